//! Which passages go together in a file, and what the file is called.

use super::Refusal;
use super::passages::Passage;
use super::values::{ClientId, ContractId, FlowId, TechnicalId};
use crate::calendar::{Instant, Zone};
use crate::certifications::RecordCode;
use crate::named;
use std::collections::HashSet;

/// Passages that a file takes at most.
pub const MOST_PASSAGES: usize = 200_000;
/// Bytes beyond which a file may be too large for the portal: an older guide says so, the newer one counts passages
/// only. It is told, not refused.
pub const HEAVY_FILE: u64 = 200_000_000;

named! {
    /// Who sends the file.
    Depositor {
        Certifier = "certifier",
        /// Somebody whom the certifier mandated.
        ThirdParty = "third_party",
    }
}

/// What a file says of itself. It is kept with the batch, so that the same file can be written again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub flow: FlowId,
    /// When the file was first written.
    pub made_at: Instant,
    /// Who sends it.
    pub sender: ClientId,
    /// Whose certifications it tells of.
    pub certifier: ClientId,
    pub contract: ContractId,
    /// Whether the file says that it creates. Files of former years did not; the schema of today is not public.
    pub says_action: bool,
}

impl Envelope {
    pub fn depositor(&self) -> Depositor {
        if self.sender == self.certifier { Depositor::Certifier } else { Depositor::ThirdParty }
    }

    /// Plain letters without blanks; the report quotes it.
    pub fn file_name(&self) -> String {
        let made = self.made_at.local(Zone::PARIS).format("%Y%m%dT%H%M%S");
        format!("CDC_{}_{made}_{}.xml", self.sender, self.flow)
    }
}

/// Where a passage stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It is the first of its certification.
    First,
    /// It follows another of the same one.
    Next,
}

/// A file as it fills up.
#[derive(Debug)]
pub struct Batch {
    envelope: Envelope,
    ids: HashSet<TechnicalId>,
    /// Certifications that have passages already, the present one too.
    begun: HashSet<RecordCode>,
    present: Option<RecordCode>,
}

impl Batch {
    pub fn open(envelope: Envelope) -> Result<Self, Refusal> {
        use chrono::Datelike;
        let year = envelope.made_at.local(Zone::PARIS).year();
        if !(1900..2100).contains(&year) {
            return Err(Refusal::Undated);
        }
        Ok(Self { envelope, ids: HashSet::new(), begun: HashSet::new(), present: None })
    }

    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// How many passages it has.
    pub fn passages(&self) -> usize {
        self.ids.len()
    }

    /// Takes one more passage, or says why it does not go with the others. Those of one certification come one after
    /// the other, since the file has each certification once.
    pub fn admit(&mut self, passage: &Passage) -> Result<Placed, Refusal> {
        if passage.contract != self.envelope.contract {
            return Err(Refusal::OtherContract(passage.id.clone()));
        }
        if self.ids.contains(&passage.id) {
            return Err(Refusal::Twice(passage.id.clone()));
        }
        if self.passages() >= MOST_PASSAGES {
            return Err(Refusal::Full);
        }
        let placed = if self.present.as_ref() == Some(&passage.certification) {
            Placed::Next
        } else if self.begun.insert(passage.certification.clone()) {
            self.present = Some(passage.certification.clone());
            Placed::First
        } else {
            return Err(Refusal::Scattered(passage.certification.clone()));
        };
        self.ids.insert(passage.id.clone());
        Ok(placed)
    }

    /// Whether it may go: the State takes no file without a passage.
    pub fn close(&self) -> Result<(), Refusal> {
        if self.ids.is_empty() { Err(Refusal::Empty) } else { Ok(()) }
    }
}
