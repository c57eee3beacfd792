//! What a certifier declares to the State of those who hold its certifications (« accrochage »): the life of a
//! declaration, and what keeps it from being sent.
//!
//! `docs/declarations.md` says on which facts it rests, and which could not be verified.

mod batches;
mod deadlines;
mod files;
mod passages;
mod reports;
mod values;

pub use batches::{Batch, Depositor, Envelope, HEAVY_FILE, MOST_PASSAGES, Placed};
pub use deadlines::{ALERT_DAYS, Alert, DEADLINE_MONTHS, alert, deadline, warned_until};
pub use files::{Declarant, FileState, FileStep, IllegalFile};
pub use passages::{
    Birthplace, Country, Details, Draft, Exam, ExamMode, Holder, Honours, Initiative, Lack, OtherNames,
    Passage, Sex,
};
pub use reports::{Answer, Answers, Reason, ReasonKind, RejectedPassage, Report, UnreadableReport};
pub use values::{
    BirthDate, CivilName, ClientId, ContractId, CountryCode, FlowId, Line, OptionLabel, PlaceName,
    PostalCode, ProofLink, TechnicalId, ValueError,
};

use super::certifications::RecordCode;
use super::named;

named! {
    DeclarationState {
        /// Something that the State asks for is missing.
        Incomplete = "incomplete",
        Ready = "ready",
        /// Chosen for a file that is not written yet.
        Batched = "batched",
        /// The file is written and never changes.
        Exported = "exported",
        /// Somebody sent the file through the portal of the State.
        Deposited = "deposited",
        Accepted = "accepted",
        Rejected = "rejected",
    }
}

named! {
    DeclarationStep {
        /// Nothing is missing any more.
        Complete = "complete",
        Batch = "batch",
        Export = "export",
        Deposit = "deposit",
        Accept = "accept",
        Reject = "reject",
        /// What was rejected was put right: it goes with a new file.
        Correct = "correct",
        /// The file is given up before it was deposited: those in it wait for another.
        GiveUp = "give_up",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a declaration that is {from} cannot {step}")]
pub struct Illegal {
    pub from: DeclarationState,
    pub step: DeclarationStep,
}

impl DeclarationState {
    /// The whole life of a declaration; no other line of the house chooses a state.
    pub fn step(self, step: DeclarationStep) -> Result<Self, Illegal> {
        use DeclarationState::*;
        use DeclarationStep::*;
        Ok(match (self, step) {
            (Incomplete, Complete) => Ready,
            (Ready, Batch) => Batched,
            (Batched, Export) => Exported,
            (Exported, Deposit) => Deposited,
            (Deposited, Accept) => Accepted,
            (Deposited, Reject) => Rejected,
            (Rejected, Correct) => Ready,
            (Batched | Exported, GiveUp) => Ready,
            _ => return Err(Illegal { from: self, step }),
        })
    }

    /// Whether a file tells of it: what it tells does not change.
    pub const fn is_told(self) -> bool {
        matches!(self, Self::Batched | Self::Exported | Self::Deposited | Self::Accepted)
    }

    /// What becomes of it when its data were changed and `lacks` are left. What is in a file, or behind it, keeps the
    /// data that the file tells.
    pub fn edited(self, lacks: &[Lack]) -> Result<Self, Refusal> {
        use DeclarationState::*;
        match (self, lacks) {
            (Incomplete, []) => Ok(self.step(DeclarationStep::Complete)?),
            (Rejected, []) => Ok(self.step(DeclarationStep::Correct)?),
            (Incomplete, _) | (Ready, []) => Ok(self),
            (Ready | Rejected, [first, ..]) => Err(Refusal::WouldLack(*first)),
            (Batched | Exported | Deposited, _) => Err(Refusal::InAFile),
            (Accepted, _) => Err(Refusal::OnThePortalOnly),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Illegal(#[from] Illegal),
    #[error(transparent)]
    IllegalFile(#[from] IllegalFile),
    #[error("only a file that was deposited, and is not answered yet, is answered")]
    NotDeposited,
    #[error("nothing is declared before the certifier gave its numbers")]
    NoDeclarant,
    #[error("nobody is ready to be declared")]
    NobodyReady,
    #[error("a file is deposited after it was written, and not later than today")]
    DepositDay,
    #[error("a reason is wanted")]
    ReasonMissing,
    #[error(transparent)]
    Report(#[from] UnreadableReport),
    #[error("without {0} it could not be declared any more")]
    WouldLack(Lack),
    #[error("it is in a file: its data stay as they were written")]
    InAFile,
    #[error("the State holds it: it is corrected by hand on the portal")]
    OnThePortalOnly,
    #[error("a file has one passage or more")]
    Empty,
    #[error("a file has {MOST_PASSAGES} passages at most")]
    Full,
    #[error("{0} stands in this file already")]
    Twice(TechnicalId),
    #[error("{0} belongs to another contract")]
    OtherContract(TechnicalId),
    #[error("the passages of {0} do not stand together")]
    Scattered(RecordCode),
    #[error("a file is dated from 1900 to 2099")]
    Undated,
    #[error("this report answers the file {flow}, not this one")]
    OtherFile { flow: String },
    #[error("the report speaks of {id}, which is not in the file")]
    UnknownPassage { id: String },
    #[error("whoever lost their certificate is declared no more")]
    CertificateLost,
    #[error("the report says another thing of {0} than one before it")]
    Contradicts(TechnicalId),
    #[error("the report answers {0} twice")]
    AnsweredTwice(TechnicalId),
}

#[cfg(test)]
mod tests;
