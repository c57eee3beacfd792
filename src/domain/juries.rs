//! The examination board that decides on a certification: its life, who may sit, what it decides, and the minutes.

pub mod composition;
pub mod minutes;
pub mod verdicts;

use super::calendar::{Instant, Zone};
use super::certifications::JuryRules;
use super::ids::{AccountId, CertificationId, JurorId, JuryId, OrganisationId};
use super::named;
use composition::Breach;

named! {
    JuryState {
        /// Members and candidates come and go; nobody else knows of it.
        Composing = "composing",
        /// Members and candidates know where and when.
        Convened = "convened",
        /// It sits: it assesses, and nobody else sees what.
        Sitting = "sitting",
        /// Its minutes are sealed, and each candidate sees their own result.
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

named! {
    JuryStep {
        Convene = "convene",
        Open = "open",
        /// It breaks off before it decided: what was assessed stays, nobody sees it.
        Adjourn = "adjourn",
        Close = "close",
        Cancel = "cancel",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a jury that is {from} cannot {step}")]
pub struct Illegal {
    pub from: JuryState,
    pub step: JuryStep,
}

impl JuryState {
    /// The whole life of a jury; no other line of the house chooses a state.
    pub fn step(self, step: JuryStep) -> Result<Self, Illegal> {
        use JuryState::{Cancelled, Closed, Composing, Convened, Sitting};
        Ok(match (self, step) {
            (Composing, JuryStep::Convene) | (Sitting, JuryStep::Adjourn) => Convened,
            (Convened, JuryStep::Open) => Sitting,
            (Sitting, JuryStep::Close) => Closed,
            (Composing | Convened, JuryStep::Cancel) => Cancelled,
            _ => return Err(Illegal { from: self, step }),
        })
    }

    /// Whether members and candidates may still change.
    pub const fn is_open_to_change(self) -> bool {
        matches!(self, Self::Composing | Self::Convened)
    }
}

named! {
    /// In what capacity somebody sits.
    Capacity {
        /// From outside: neither of the certifier nor of a body that trained a candidate.
        Professional = "professional",
        Certifier = "certifier",
        Trainer = "trainer",
    }
}

named! {
    SittingMode {
        OnSite = "on_site",
        Remote = "remote",
        Mixed = "mixed",
    }
}

/// Where and when a jury sits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub starts_at: Instant,
    pub zone: Zone,
    pub mode: SittingMode,
    /// An address, a room, a link.
    pub place: String,
}

/// The longest place, remark, reason or statement, in characters.
pub const LONGEST_TEXT: usize = 2000;
/// Candidates of one jury, at most.
pub const MOST_CANDIDATES: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jury {
    pub id: JuryId,
    pub certification: CertificationId,
    pub certifier: OrganisationId,
    pub state: JuryState,
    pub meeting: Meeting,
    /// Those of the record when the jury was planned.
    pub rules: JuryRules,
    pub opened_at: Option<Instant>,
    pub closed_at: Option<Instant>,
}

/// A member of a jury, with what ties them to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Juror {
    pub id: JurorId,
    pub account: AccountId,
    pub name: String,
    pub capacity: Capacity,
    pub is_chair: bool,
    pub statement: Option<Statement>,
    /// Whether they are there, once the jury sits.
    pub is_present: bool,
    pub ties: Vec<Tie>,
}

/// What a member says of what ties them to the candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub made_at: Instant,
    /// The interest that they tell; none when they have none.
    pub interest: Option<String>,
}

/// What is known to tie a member to the certifier, to those who train, or to a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tie {
    /// Works for the certifier, or for a body that trained a candidate.
    Inside { organisation: String },
    /// Trained this candidate.
    Trained { candidate: String },
    /// Works, or manages staff, where this candidate works.
    SameEmployer { candidate: String, company: String },
    /// Is this candidate.
    IsCandidate,
}

impl Juror {
    /// Whether they count as coming from outside.
    pub fn is_outside(&self) -> bool {
        self.capacity == Capacity::Professional && !self.is_inside()
    }

    fn is_inside(&self) -> bool {
        self.ties.iter().any(|tie| matches!(tie, Tie::Inside { .. }))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Illegal(#[from] Illegal),
    #[error("the jury cannot sit like this")]
    Composition(Vec<Breach>),
    #[error("members and candidates do not change any more")]
    Settled,
    #[error("they are a member already")]
    MemberTwice,
    #[error("they are no juror of this certifier")]
    NoJuror,
    #[error("this candidate does not wait for a jury")]
    NotWaiting,
    #[error("a jury has {MOST_CANDIDATES} candidates at most")]
    TooManyCandidates,
    #[error("only the chair does this")]
    ChairOnly,
    #[error("only a member who is present does this")]
    PresentOnly,
    #[error("the jury does not sit")]
    NotSitting,
    #[error("the jury is not closed")]
    NotClosed,
    #[error("it sits in the past")]
    Past,
    #[error("it does not sit yet: its day is to come")]
    TooEarly,
    #[error("a place is wanted")]
    PlaceMissing,
    #[error("a text is longer than {LONGEST_TEXT} characters")]
    TextTooLong,
    #[error("a reason is wanted")]
    ReasonMissing,
    #[error("an interest is wanted, or that there is none")]
    StatementMissing,
    #[error("{0} candidates are not assessed yet")]
    NotAssessed(usize),
    #[error("they signed these minutes already")]
    SignedAlready,
    #[error("there is an appeal against this result already")]
    AppealOnce,
    #[error("there is no result to appeal against")]
    NoResult,
    #[error("a certificate tells of this result")]
    Certified,
    #[error("they came before another jury since")]
    TriedSince,
    #[error(transparent)]
    Verdict(#[from] verdicts::Refusal),
}

/// A text that somebody wrote, cut of what surrounds it.
pub fn text(typed: &str) -> Result<String, Refusal> {
    let text = typed.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > LONGEST_TEXT { Err(Refusal::TextTooLong) } else { Ok(text) }
}

/// The same, when there must be one.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    text(typed).and_then(|text| if text.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(text) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_life_keeps_to_its_table(steps in proptest::collection::vec(0usize..JuryStep::ALL.len(), 0..20)) {
            let mut state = JuryState::Composing;
            for at in steps {
                let step = JuryStep::ALL[at];
                match state.step(step) {
                    Ok(next) => {
                        prop_assert!(!matches!(state, JuryState::Closed | JuryState::Cancelled));
                        prop_assert!(next != JuryState::Composing);
                        prop_assert_eq!(next == JuryState::Closed, step == JuryStep::Close);
                        // What candidates were assessed in is never cancelled.
                        prop_assert!(state != JuryState::Sitting || next != JuryState::Cancelled);
                        state = next;
                    }
                    Err(illegal) => prop_assert_eq!(illegal, Illegal { from: state, step }),
                }
            }
        }
    }

    #[test]
    fn texts_are_cut_and_bounded() {
        assert_eq!(text(" un\r\ndeux ").unwrap(), "un\ndeux");
        assert_eq!(text(&"é".repeat(LONGEST_TEXT + 1)), Err(Refusal::TextTooLong));
        assert_eq!(reason("  "), Err(Refusal::ReasonMissing));
    }
}
