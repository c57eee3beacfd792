//! Who came, half-day by half-day, with what proof, and what follows for each enrolment.

use super::calendar::Instant;
use super::enrolments::EnrolmentStep;
use super::ids::{EnrolmentId, SlotId};
use super::named;
use super::sessions::Slot;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write as _};
use std::str::FromStr;

named! {
    /// What is known of one person in one half-day.
    Mark {
        Expected = "expected",
        Present = "present",
        Late = "late",
        LeftEarly = "left_early",
        AbsentExcused = "absent_excused",
        AbsentUnexcused = "absent_unexcused",
    }
}

impl Mark {
    pub fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly)
    }

    /// Whether only part of the half-day was followed: then the minutes are told.
    pub fn is_partial(self) -> bool {
        matches!(self, Self::Late | Self::LeftEarly)
    }
}

/// A mark with the minutes really followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    pub mark: Mark,
    pub minutes: u32,
}

impl Presence {
    pub const EXPECTED: Self = Self { mark: Mark::Expected, minutes: 0 };

    /// A mark in a half-day of `of` minutes. Who came late or left early followed some of them, and
    /// less than all: how many is told.
    pub fn new(mark: Mark, told: Option<u32>, of: u32) -> Result<Self, MinutesMissing> {
        let minutes = match mark {
            Mark::Present => of,
            Mark::Late | Mark::LeftEarly => {
                told.filter(|minutes| (1..of).contains(minutes)).ok_or(MinutesMissing { of })?
            }
            Mark::Expected | Mark::AbsentExcused | Mark::AbsentUnexcused => 0,
        };
        Ok(Self { mark, minutes })
    }

    /// The minutes that the clock tells of who comes in or goes out right now, during the half-day.
    pub fn by_the_clock(mark: Mark, slot: &Slot, now: Instant) -> Option<u32> {
        let followed = match mark {
            Mark::Late => slot.ends_at.seconds_since(now),
            Mark::LeftEarly => now.seconds_since(slot.starts_at),
            Mark::Expected | Mark::Present | Mark::AbsentExcused | Mark::AbsentUnexcused => return None,
        };
        u32::try_from(followed / 60).ok().filter(|minutes| (1..slot.minutes()).contains(minutes))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the minutes followed are told: one or more, and less than {of}")]
pub struct MinutesMissing {
    pub of: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Minutes(#[from] MinutesMissing),
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("a correction says who came and who did not")]
    NoAnswer,
    #[error("the session is not closed: its sheet is simply filled")]
    NotClosed,
}

/// `late-185`: how a presence travels in forms and stands in the journal.
impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.mark, self.minutes)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no presence")]
pub struct PresenceError;

impl FromStr for Presence {
    type Err = PresenceError;

    fn from_str(text: &str) -> Result<Self, PresenceError> {
        let (mark, minutes) = text.split_once('-').ok_or(PresenceError)?;
        Ok(Self {
            mark: mark.parse().map_err(|_| PresenceError)?,
            minutes: minutes.parse().map_err(|_| PresenceError)?,
        })
    }
}

/// What becomes of a presence that somebody wants to note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noting {
    /// It stands so already, or the person left it as they saw it.
    Keep,
    Write,
    /// Somebody else noted another one since the page was opened: it is not written over.
    Conflict,
}

/// Decides on one presence: as it was seen, as it stands, as it is wanted.
pub fn noting(seen: Presence, stands: Presence, wanted: Presence) -> Noting {
    if wanted == seen || wanted == stands {
        Noting::Keep
    } else if seen == stands {
        Noting::Write
    } else {
        Noting::Conflict
    }
}

/// What the marks of all half-days make of an enrolment; none while one is still missing.
pub fn outcome(marks: &[Mark]) -> Option<EnrolmentStep> {
    if marks.is_empty() || marks.contains(&Mark::Expected) {
        return None;
    }
    let came = marks.iter().filter(|m| m.came()).count();
    Some(match came {
        0 => EnrolmentStep::Miss,
        all if all == marks.len() => EnrolmentStep::Attend,
        _ => EnrolmentStep::AttendPartly,
    })
}

/// A proof that a session needs before it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Proof {
    /// Whether the person came.
    Presence(EnrolmentId),
    /// The signature of a person who came.
    Signature(EnrolmentId),
    /// Somebody's word for the half-day, on the sheet as it stands: the trainer's, or the training body's.
    Countersignature,
}

/// The attendance sheet of a session as it stands, with its proofs.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The half-days in order.
    pub slots: Vec<(SlotId, Slot)>,
    /// Who has a place.
    pub people: Vec<EnrolmentId>,
    pub presences: HashMap<(EnrolmentId, SlotId), Presence>,
    /// Who signed, with the digest of the evidence of that signature.
    pub signed: HashMap<(EnrolmentId, SlotId), String>,
    /// Proofs that are done without; nobody named means the trainer's.
    pub waived: HashSet<(Option<EnrolmentId>, SlotId)>,
    /// The sheets that a trainer, or the training body, put their word to.
    pub countersigned: HashMap<SlotId, HashSet<String>>,
}

impl Sheet {
    pub fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.slots.iter().find(|(slot, _)| *slot == id).map(|(_, slot)| slot)
    }

    /// From when to when each half-day lasts.
    pub fn times(&self) -> impl Iterator<Item = (SlotId, Instant, Instant)> {
        self.slots.iter().map(|(id, slot)| (*id, slot.starts_at, slot.ends_at))
    }

    /// Length of a half-day, in minutes.
    pub fn minutes_of(&self, id: SlotId) -> u32 {
        self.slot(id).map_or(0, Slot::minutes)
    }

    /// What is known of somebody in a half-day. Who signed was there, unless it was noted otherwise.
    pub fn stands(&self, who: EnrolmentId, slot: SlotId) -> Presence {
        match self.presences.get(&(who, slot)) {
            Some(presence) if presence.mark != Mark::Expected => *presence,
            _ if self.signed.contains_key(&(who, slot)) => {
                Presence { mark: Mark::Present, minutes: self.minutes_of(slot) }
            }
            _ => Presence::EXPECTED,
        }
    }

    /// The proofs that are still missing, half-day by half-day.
    pub fn missing(&self) -> Vec<(SlotId, Proof)> {
        self.slots.iter().flat_map(|(slot, _)| self.missing_in(*slot)).collect()
    }

    pub fn missing_in(&self, slot: SlotId) -> Vec<(SlotId, Proof)> {
        let lacks = self.people.iter().filter_map(|who| self.lacks(*who, slot));
        let mut missing: Vec<_> = lacks.map(|proof| (slot, proof)).collect();
        // Where nobody was, there is nothing to put one's word to.
        if !self.people.is_empty() && !self.is_countersigned(slot) && !self.waived.contains(&(None, slot)) {
            missing.push((slot, Proof::Countersignature));
        }
        missing
    }

    /// What is still missing of one person in a half-day.
    pub fn lacks(&self, who: EnrolmentId, slot: SlotId) -> Option<Proof> {
        let mark = self.stands(who, slot).mark;
        let proven = self.signed.contains_key(&(who, slot)) || self.waived.contains(&(Some(who), slot));
        match mark {
            Mark::Expected => Some(Proof::Presence(who)),
            _ if mark.came() && !proven => Some(Proof::Signature(who)),
            _ => None,
        }
    }

    /// Whether anybody answers for the half-day as it stands now.
    pub fn is_countersigned(&self, slot: SlotId) -> bool {
        let text = self.text(slot);
        self.countersigned.get(&slot).is_some_and(|texts| texts.contains(&text))
    }

    /// The half-day as a trainer puts their word to it: no names, one line a person, always in the
    /// same order.
    pub fn text(&self, slot: SlotId) -> String {
        let mut text = String::from("parcours-sheet/1\n");
        if let Some(times) = self.slot(slot) {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "slot:{slot} {} {}", times.starts_at.iso(), times.ends_at.iso());
        }
        let mut people = self.people.clone();
        people.sort_unstable();
        for who in people {
            let _ = write!(text, "enrolment:{who} {} ", self.stands(who, slot));
            let _ = match self.signed.get(&(who, slot)) {
                // Another signature of the same person makes another sheet.
                Some(digest) => writeln!(text, "signed {digest}"),
                None if self.waived.contains(&(Some(who), slot)) => writeln!(text, "waived"),
                None => writeln!(text, "unsigned"),
            };
        }
        text
    }

    /// What the half-days make of an enrolment; none while a mark is missing.
    pub fn outcome(&self, who: EnrolmentId) -> Option<EnrolmentStep> {
        outcome(&self.slots.iter().map(|(slot, _)| self.stands(who, *slot).mark).collect::<Vec<_>>())
    }

    /// Minutes really followed in all half-days.
    pub fn followed(&self, who: EnrolmentId) -> u32 {
        self.slots.iter().map(|(slot, _)| self.stands(who, *slot).minutes).sum()
    }
}

#[cfg(test)]
mod tests;
