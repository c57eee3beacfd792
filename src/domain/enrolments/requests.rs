//! Who may ask for places, and how.

use super::Refusal;
use crate::calendar::Instant;
use crate::named;
use crate::sessions::{Session, SessionState};

/// Who asks: staff may add people after the deadline, others may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    Staff,
    Others,
}

/// The most people enrolled in one go.
pub const MOST_AT_ONCE: usize = 500;

/// Whether a request may be made at all now.
pub fn may_ask(session: &Session, by: AskedBy, now: Instant) -> Result<(), Refusal> {
    match by {
        AskedBy::Others if !session.state.is_public() => Err(Refusal::NotOpen),
        AskedBy::Others if !session.takes_requests(now) => Err(Refusal::TooLate),
        AskedBy::Staff if !(session.state.is_public() || session.state == SessionState::Running) => {
            Err(Refusal::NotOpen)
        }
        AskedBy::Staff if now >= session.ends_at => Err(Refusal::TooLate),
        AskedBy::Others | AskedBy::Staff => Ok(()),
    }
}

named! {
    /// What a group wants when the session cannot take all of it.
    GroupPolicy {
        AllOrNone = "all_or_none",
        AsManyAsFit = "as_many_as_fit",
    }
}

named! {
    /// What somebody whom staff add has in common with somebody of the session.
    Same {
        NameAndAddress = "name_and_address",
        Name = "name",
        Address = "address",
    }
}

impl Same {
    pub fn of(name: bool, address: bool) -> Option<Self> {
        match (name, address) {
            (true, true) => Some(Self::NameAndAddress),
            (true, false) => Some(Self::Name),
            (false, true) => Some(Self::Address),
            (false, false) => None,
        }
    }

    /// Whether it could be somebody else all the same.
    pub fn may_differ(self) -> bool {
        self != Self::NameAndAddress
    }
}
