//! What a trainer's device sends: presences and signatures, some of them kept while there was no network.

use super::{Connection, Signing, keep, salt};
use crate::attendance::{Cell, Weighed, begun, note, weigh};
use crate::{Act, Done, Error, House};
use domain::access::{Action, Actor};
use domain::attendance::{Mark, Presence, Sheet};
use domain::calendar::Instant;
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::sessions::Session;
use domain::signatures::{Hand, Refusal, Way, Window};
use std::collections::HashMap;

/// One thing that was done on the device.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Made by the device, once for each deed: the same one twice is done once.
    pub name: String,
    pub who: EnrolmentId,
    /// By the clock of the device.
    pub at: Instant,
    pub what: What,
}

#[derive(Debug, Clone)]
pub enum What {
    /// `after` names deeds of the same device that this one follows or takes the place of: what was seen
    /// is what the last of them that came has made.
    Noted {
        seen: Presence,
        after: Vec<String>,
        wanted: Mark,
        minutes: Option<u32>,
    },
    Signed(Hand),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Kept,
    /// It had come before, or it stands so already.
    Already,
    /// Noted otherwise by somebody else meanwhile: nothing changed, and this is what stands.
    Conflict {
        stands: Presence,
    },
    /// Partly there, and not said how long.
    Untold,
    /// Nobody can be noted before the half-day begins.
    NotBegun,
    Refused(Refusal),
}

#[derive(Debug, Clone)]
pub struct Arrived {
    pub name: String,
    pub who: EnrolmentId,
    pub outcome: Outcome,
}

/// The most that is taken in one go.
pub const MOST: usize = 100;

/// Takes in what a device did for one half-day, each exactly once, in the order of the device. What
/// cannot be done is answered one by one, and hinders nothing else.
pub fn arrive(
    house: &House,
    actor: &Actor,
    (id, slot): (SessionId, SlotId),
    arrivals: &[Arrival],
    connection: &Connection,
) -> Done<Vec<Arrived>> {
    actor.may(Action::MarkAttendance)?;
    let arrivals: Vec<(&Arrival, String)> =
        arrivals.iter().take(MOST).map(|one| Ok((one, salt()?))).collect::<Done<_>>()?;
    house.act_holding(actor, Action::CollectSignature, &[id], |act| {
        let mut tablet = Tablet::open(act, (id, slot), connection)?;
        let names: Vec<String> = arrivals.iter().flat_map(|(one, _)| one.names()).collect();
        tablet.known = store::signatures::arrived(act.conn, &names)?.into_iter().collect();
        let mut answers = Vec::with_capacity(arrivals.len());
        for (one, salt) in &arrivals {
            let outcome = if tablet.known.contains_key(&one.name) {
                Outcome::Already
            } else {
                tablet.take(act, one, salt)?
            };
            // What stood so already is remembered too: weighed again, it could write over what came after.
            let is_settled = matches!(outcome, Outcome::Kept | Outcome::Already);
            if is_settled && !tablet.known.contains_key(&one.name) {
                let made = tablet.sheet.stands(one.who, slot);
                store::signatures::arrive(act.conn, &one.name, slot, made, act.now)?;
                tablet.known.insert(one.name.clone(), made);
            }
            answers.push(Arrived { name: one.name.clone(), who: one.who, outcome });
        }
        Ok(answers)
    })
}

/// Somebody signs on the trainer's device, here and now.
pub fn collect(
    house: &House,
    actor: &Actor,
    (id, slot): (SessionId, SlotId),
    (who, hand): (EnrolmentId, &Hand),
    connection: &Connection,
) -> Done<()> {
    let salt = salt()?;
    house.act_holding(actor, Action::CollectSignature, &[id], |act| {
        let at = act.now;
        Tablet::open(act, (id, slot), connection)?.sign(act, (who, hand), at, &salt).map(drop)
    })
}

impl Arrival {
    fn names(&self) -> Vec<String> {
        let after = match &self.what {
            What::Noted { after, .. } => after.clone(),
            What::Signed(_) => Vec::new(),
        };
        after.into_iter().chain([self.name.clone()]).collect()
    }
}

/// The trainer's device, in one half-day of a session that is held.
struct Tablet<'a> {
    session: Session,
    slot: SlotId,
    connection: &'a Connection,
    /// As the deeds before left it.
    sheet: Sheet,
    /// What came before, by name, and the presence that it made.
    known: HashMap<String, Presence>,
}

impl<'a> Tablet<'a> {
    fn open(act: &mut Act<'_>, (id, slot): (SessionId, SlotId), connection: &'a Connection) -> Done<Self> {
        let seen = store::sessions::get(act.conn, &act.reach, id)?;
        let session = match seen.begun(act.now) {
            Ok(Some(_)) => begun(act, id)?,
            Ok(None) | Err(_) => seen,
        };
        let sheet = store::sheets::load(act.conn, id)?.sheet();
        Ok(Self { session, slot, connection, sheet, known: HashMap::new() })
    }

    fn take(&mut self, act: &mut Act<'_>, one: &Arrival, salt: &str) -> Done<Outcome> {
        // A clock that runs ahead is set right.
        let at = one.at.min(act.now);
        let result = match &one.what {
            What::Noted { seen, after, wanted, minutes } => {
                let seen = after.iter().rev().find_map(|name| self.known.get(name)).unwrap_or(seen);
                let cell = Cell {
                    enrolment: one.who,
                    slot: self.slot,
                    seen: *seen,
                    wanted: *wanted,
                    minutes: *minutes,
                };
                return self.note(act, &cell, at);
            }
            What::Signed(hand) => self.sign(act, (one.who, hand), at, salt),
        };
        match result {
            Ok(digest) => {
                self.sheet.signed.insert((one.who, self.slot), digest);
                Ok(Outcome::Kept)
            }
            Err(Error::Refused(crate::Refusal::Signature(no))) => Ok(Outcome::Refused(no)),
            Err(other) => Err(other),
        }
    }

    fn note(&mut self, act: &mut Act<'_>, cell: &Cell, at: Instant) -> Done<Outcome> {
        let slot = self.sheet.slot(self.slot).ok_or(store::Error::Missing)?;
        if slot.starts_at > at {
            return Ok(Outcome::NotBegun);
        }
        if self.session.begun(act.now).is_err() {
            return Ok(Outcome::Refused(Refusal::Closed));
        }
        if !self.sheet.people.contains(&cell.enrolment) {
            return Ok(Outcome::Refused(Refusal::NoPlace));
        }
        let place = (cell.enrolment, cell.slot);
        Ok(match weigh(&self.sheet, cell, at)? {
            Weighed::Keep => Outcome::Already,
            Weighed::Conflict => Outcome::Conflict { stands: self.sheet.stands(cell.enrolment, cell.slot) },
            Weighed::Signed => Outcome::Refused(Refusal::Signed),
            Weighed::Untold => Outcome::Untold,
            Weighed::Write(presence) => {
                let wanted = [(place, presence)];
                note(act, self.session.id, &self.sheet, &wanted, None)?;
                self.sheet.presences.insert(place, presence);
                Outcome::Kept
            }
        })
    }

    fn sign(
        &self,
        act: &mut Act<'_>,
        (who, hand): (EnrolmentId, &Hand),
        at: Instant,
        salt: &str,
    ) -> Done<String> {
        let slot = self.sheet.slot(self.slot).ok_or(store::Error::Missing)?;
        let window = Window::of(slot);
        if !window.holds(at) {
            let zone = self.session.plan.zone;
            return Err(Refusal::NotOpen { from: window.from, until: window.until, zone }.into());
        }
        let new = Signing {
            who,
            slot: self.slot,
            way: Way::Tablet,
            hand,
            connection: self.connection,
            signed_at: at,
            received_at: act.now,
            salt: salt.to_owned(),
        };
        keep(act, &self.session, &self.sheet, &new)
    }
}
