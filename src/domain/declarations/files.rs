//! A file for the State: who sends it under which numbers, and its life.

use super::Envelope;
use super::values::{ClientId, ContractId, FlowId};
use crate::calendar::Instant;
use crate::named;

/// Under which numbers a certifier declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declarant {
    pub client: ClientId,
    pub contract: ContractId,
    /// The same client, or whoever is mandated to deposit.
    pub sender: ClientId,
    /// Whether the file says what it does; see [`Envelope::says_action`].
    pub says_action: bool,
}

impl Declarant {
    /// What stands around the passages of a file.
    pub fn envelope(&self, flow: FlowId, made_at: Instant) -> Envelope {
        Envelope {
            flow,
            made_at,
            sender: self.sender.clone(),
            certifier: self.client.clone(),
            contract: self.contract.clone(),
            says_action: self.says_action,
        }
    }
}

named! {
    FileState {
        /// Its passages are being chosen, or were chosen and not written.
        Batched = "batched",
        /// Written once: it never changes.
        Exported = "exported",
        /// Somebody sent it through the portal of the State.
        Deposited = "deposited",
        GivenUp = "given_up",
    }
}

named! {
    FileStep {
        Export = "export",
        Deposit = "deposit",
        GiveUp = "give_up",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a file that is {from} cannot {step}")]
pub struct IllegalFile {
    pub from: FileState,
    pub step: FileStep,
}

impl FileState {
    /// The whole life of a file; no other line of the house chooses a state. What was deposited is not given up: the State
    /// answers it.
    pub fn step(self, step: FileStep) -> Result<Self, IllegalFile> {
        use FileState::{Batched, Deposited, Exported, GivenUp};
        Ok(match (self, step) {
            (Batched, FileStep::Export) => Exported,
            (Exported, FileStep::Deposit) => Deposited,
            (Batched | Exported, FileStep::GiveUp) => GivenUp,
            _ => return Err(IllegalFile { from: self, step }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_deposited_waits_for_its_report() {
        use FileState::{Batched, Deposited, Exported, GivenUp};
        assert_eq!(Batched.step(FileStep::Export), Ok(Exported));
        assert_eq!(Exported.step(FileStep::Deposit), Ok(Deposited));
        for from in [Batched, Exported] {
            assert_eq!(from.step(FileStep::GiveUp), Ok(GivenUp));
        }
        for from in [Deposited, GivenUp] {
            for step in FileStep::ALL.iter().copied() {
                assert_eq!(from.step(step), Err(IllegalFile { from, step }));
            }
        }
    }
}
