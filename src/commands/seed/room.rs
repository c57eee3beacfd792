//! What happened in the room of one session: who came, who signed in which way, the trainer's word, and the closing
//! with what follows for each place.

use super::dice::{Dice, Of};
use super::letters::{Post, came};
use super::places::{Places, own};
use super::sessions::Tale;
use crate::commands::demonstration::flourish;
use actions::signatures::{Connection, Signing, row};
use domain::access::{Actor, Role};
use domain::attendance::{Mark, Presence, Sheet};
use domain::calendar::Instant;
use domain::ids::{EnrolmentId, PersonId, SlotId};
use domain::journal::{evidence, standing::kinds};
use domain::sessions::{SessionStep, Slot};
use domain::signatures::{CONNECTION_DAYS, Hand, Way};
use store::journal::{By, Line};

/// One person in the room.
#[derive(Clone, Copy)]
struct Guest {
    place: EnrolmentId,
    person: PersonId,
    /// Never came.
    stays_away: bool,
}

/// How a session is attended.
struct Room {
    dice: Dice,
    sheet: Sheet,
    guests: Vec<Guest>,
    /// The trainer's device goes round; else everybody signs on their own.
    on_tablet: bool,
    /// The trainer notes everybody, and not only who is not simply there.
    notes_all: bool,
}

/// Lets a session that has begun take place, up to now.
pub fn hold(tale: &mut Tale<'_>, places: &mut Places, post: &mut Post) -> anyhow::Result<()> {
    post.reminders(tale, places)?;
    let now = tale.now();
    if !tale.session.state.is_public() || tale.session.starts_at > now {
        return Ok(());
    }
    tale.shift(tale.session.starts_at, By::from(&Actor::HOUSE), SessionStep::Start, None, None)?;
    let mut dice = tale.stage.region.dice(Of::Room, tale.number);
    let mut guests = Vec::new();
    for who in places.confirmed() {
        let row = &places.place(who)?.row;
        guests.push(Guest { place: row.id, person: row.person_id, stays_away: dice.is(5) });
    }
    let sheet = Sheet {
        slots: tale.slots.clone(),
        people: guests.iter().map(|guest| guest.place).collect(),
        ..Sheet::default()
    };
    let (on_tablet, notes_all) = (dice.is(40), dice.is(25));
    let mut room = Room { dice, sheet, guests, on_tablet, notes_all };
    for (id, slot) in tale.slots.clone() {
        if slot.ends_at < now {
            room.half_day(tale, id, &slot)?;
        } else if slot.starts_at <= now {
            room.open(tale, id, slot.starts_at);
        }
    }
    room.close(tale, places, post)
}

impl Room {
    fn half_day(&mut self, tale: &mut Tale<'_>, id: SlotId, slot: &Slot) -> anyhow::Result<()> {
        self.open(tale, id, slot.starts_at.plus_minutes(-12));
        let mut signing: Vec<(Instant, Guest)> = Vec::new();
        let noted_at = slot.starts_at.plus_minutes(35);
        let mut unsigned = Vec::new();
        for guest in self.guests.clone() {
            let mark = match self.dice.below(1000) {
                _ if guest.stays_away => Mark::AbsentExcused,
                0..920 => Mark::Present,
                920..950 => Mark::Late,
                950..965 => Mark::LeftEarly,
                965..990 => Mark::AbsentExcused,
                _ => Mark::AbsentUnexcused,
            };
            let told = mark.is_partial().then(|| slot.minutes().saturating_sub(25).max(1));
            if mark != Mark::Present || self.notes_all {
                let presence = Presence::new(mark, told, slot.minutes())?;
                self.note(tale, id, guest, presence, noted_at)?;
            }
            if !mark.came() {
                continue;
            }
            if self.dice.is(1) {
                unsigned.push((guest, mark));
            } else {
                // Who is noted signs afterwards: the sheet before a signature has what was noted.
                signing.push((noted_at.plus_seconds(self.dice.between(1, 1500)), guest));
            }
        }
        signing.sort_by_key(|(at, guest)| (*at, guest.place));
        for (at, guest) in signing {
            self.sign(tale, id, guest, at)?;
        }
        let after = slot.ends_at.plus_minutes(4);
        for (guest, mark) in unsigned {
            if mark == Mark::Present && !self.notes_all {
                let presence = Presence::new(mark, None, slot.minutes())?;
                self.note(tale, id, guest, presence, after)?;
            }
            self.waive(tale, id, guest, after.plus_minutes(1));
        }
        // Some sheets of the last days still wait for the trainer's word.
        if tale.now().seconds_since(slot.ends_at) > 4 * 86_400 || self.dice.is(60) {
            let at = after.plus_minutes(self.dice.between(2, 60)).min(tale.now());
            self.countersign(tale, id, at);
        }
        Ok(())
    }

    fn open(&mut self, tale: &mut Tale<'_>, slot: SlotId, at: Instant) {
        if self.on_tablet {
            return;
        }
        tale.out.rooms.push(store::seed::Room {
            slot_id: slot,
            secret: self.dice.digits(),
            opened_at: at,
            opened_by: tale.trainer,
        });
        let reference = format!("slot:{slot}");
        let line = Line { kind: "room", reference: &reference, to: Some("open"), ..Line::default() };
        tale.tell(at, tale.trainer(), &line);
    }

    fn note(
        &mut self,
        tale: &mut Tale<'_>,
        slot: SlotId,
        guest: Guest,
        presence: Presence,
        at: Instant,
    ) -> anyhow::Result<()> {
        let stood = self.sheet.stands(guest.place, slot);
        tale.out.marks.push(store::seed::Noted {
            enrolment_id: guest.place,
            slot_id: slot,
            mark: presence.mark,
            minutes: i32::try_from(presence.minutes)?,
            marked_at: at,
            marked_by: tale.trainer,
        });
        self.sheet.presences.insert((guest.place, slot), presence);
        let reference = format!("enrolment:{}/slot:{slot}", guest.place);
        let (from, to) = (stood.to_string(), presence.to_string());
        let line = Line {
            kind: kinds::MARK,
            reference: &reference,
            from: Some(&from),
            to: Some(&to),
            ..Line::default()
        };
        tale.tell(at, tale.trainer(), &line);
        Ok(())
    }

    fn sign(&mut self, tale: &mut Tale<'_>, slot: SlotId, guest: Guest, at: Instant) -> anyhow::Result<()> {
        let person = tale.stage.region.person(guest.person)?;
        let account = tale.stage.region.account(guest.person, &person);
        let (way, by) = match (self.on_tablet, account) {
            (true, _) => (Way::Tablet, tale.trainer()),
            (false, Some(_)) => (Way::Account, own(account)),
            (false, None) => (Way::Link, own(None)),
        };
        let hand = match self.dice.below(4) {
            0 => Hand::Drawn(flourish(guest.place.0)),
            _ => Hand::Typed(person.full_name()),
        };
        let connection = Connection {
            address: format!("192.0.2.{}", self.dice.between(1, 254)),
            agent: "Mozilla/5.0 (Android 15; Mobile)".to_owned(),
            device: (way != Way::Tablet).then(|| format!("{:032x}", guest.place.0)),
        };
        let new = Signing {
            who: guest.place,
            slot,
            way,
            hand: &hand,
            connection: &connection,
            signed_at: at,
            received_at: at,
            salt: self.dice.digits(),
        };
        let mut row = row(&self.sheet, &new);
        let (evidence, digest) = (row.evidence().text(), row.evidence().digest());
        // As the rounds forget it.
        if at < tale.now().plus_days(-CONNECTION_DAYS) {
            (row.connection_salt, row.address, row.agent, row.device) = (None, None, None, None);
        }
        tale.out.signatures.push(row);
        self.sheet.signed.insert((guest.place, slot), digest);
        let reference = format!("enrolment:{}/slot:{slot}", guest.place);
        let line = Line {
            kind: kinds::SIGNATURE,
            reference: &reference,
            to: Some(way.as_str()),
            evidence: Some(&evidence),
            ..Line::default()
        };
        tale.tell(at, by, &line);
        Ok(())
    }

    fn waive(&mut self, tale: &mut Tale<'_>, slot: SlotId, guest: Guest, at: Instant) {
        let reason = "Partie avant de signer, présence attestée par le formateur";
        tale.out.waivers.push(store::seed::Waiver {
            slot_id: slot,
            enrolment_id: guest.place,
            reason: reason.to_owned(),
            waived_at: at,
            waived_by: tale.body.manager,
        });
        self.sheet.waived.insert((Some(guest.place), slot));
        let reference = format!("enrolment:{}/slot:{slot}", guest.place);
        let line = Line {
            kind: kinds::WAIVER,
            reference: &reference,
            to: Some("waived"),
            reason: Some(reason),
            ..Line::default()
        };
        tale.tell(at, tale.manager(), &line);
    }

    fn countersign(&mut self, tale: &mut Tale<'_>, slot: SlotId, at: Instant) {
        if self.guests.is_empty() {
            return;
        }
        let sheet = self.sheet.text(slot);
        let reference = format!("slot:{slot}");
        let line = Line {
            kind: kinds::COUNTERSIGNATURE,
            reference: &reference,
            to: Some(Role::Trainer.as_str()),
            evidence: Some(&sheet),
            ..Line::default()
        };
        tale.tell(at, tale.trainer(), &line);
        self.sheet.countersigned.entry(slot).or_default().insert(sheet.clone());
        tale.out.countersignatures.push(store::seed::Countersignature {
            slot_id: slot,
            account_id: tale.trainer,
            role: Role::Trainer,
            signed_at: at,
            sheet,
        });
    }

    /// The day after, once every proof is there.
    fn close(self, tale: &mut Tale<'_>, places: &mut Places, post: &mut Post) -> anyhow::Result<()> {
        let at = tale.session.ends_at.plus_minutes(20 * 60);
        if at > tale.now() || !self.sheet.missing().is_empty() {
            return Ok(());
        }
        let manager = tale.manager();
        let mut followed = Vec::new();
        for who in places.confirmed() {
            let id = places.place(who)?.row.id;
            let Some(step) = self.sheet.outcome(id) else { continue };
            places.step(tale, at, who, manager, step, None, None)?;
            let minutes = self.sheet.followed(id);
            places.place(who)?.row.minutes = Some(i32::try_from(minutes)?);
            followed.push((id, minutes));
        }
        let counted = evidence::closing(self.sheet.times(), followed);
        tale.shift(at, manager, SessionStep::Close, None, Some(&counted))?;
        for who in 0..places.rows().len() {
            let place = places.place(who)?;
            if came(place.row.state) {
                let minutes = i64::from(place.row.minutes.unwrap_or(0));
                post.thanks(tale, place, at, minutes)?;
            }
        }
        Ok(())
    }
}
