//! What the training body does with the proofs of a half-day: puts its word to it, does without one, asks for
//! one, or withdraws one.

use super::opened;
use crate::{Done, House, enrolments};
use domain::access::{Action, Actor, Reach, Subject};
use domain::attendance::{Proof, Sheet};
use domain::calendar::Instant;
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::journal::moment;
use domain::journal::standing::{WITHDRAWN, kinds};
use domain::sessions::SessionState;
use domain::signatures::{LATE_DAYS, Refusal};
use store::{self, Conn, journal::Line};

/// A trainer, or the training body by its manager, puts their word to a half-day. `seen` is the sheet that they read: another one is not
/// countersigned. Everyone is noted by then, and who came has signed or may do without.
pub fn countersign(house: &House, actor: &Actor, id: SessionId, slot: SlotId, seen: &str) -> Done<()> {
    let reach = actor.may(Action::Countersign)?;
    let by = actor.account().ok_or(store::Error::Missing)?;
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let (sheet, is_closed) = to_countersign(conn, actor, &reach, id, now)?;
        let until = sheet.slot(slot).ok_or(store::Error::Missing)?.ends_at;
        if now < until {
            let zone = store::sessions::get(conn, &reach, id)?.plan.zone;
            return Err(Refusal::NotOver { until, zone }.into());
        }
        let text = sheet.text(slot);
        if credentials::digest(&text) != seen {
            return Err(Refusal::SheetMoved.into());
        }
        let missing = sheet.missing_in(slot).iter().filter(|(_, p)| *p != Proof::Countersignature).count();
        if missing > 0 && !is_closed {
            return Err(Refusal::Incomplete { missing }.into());
        }
        if sheet.is_countersigned(slot) {
            return Ok(());
        }
        store::signatures::countersign(conn, slot, (by, actor.role()), &text, now)?;
        let reference = format!("slot:{slot}");
        let line = Line {
            kind: kinds::COUNTERSIGNATURE,
            reference: &reference,
            to: Some(actor.role().as_str()),
            evidence: Some(&text),
            ..Line::default()
        };
        Ok(store::journal::write(conn, actor, Subject::Session(id), now, &[line])?)
    })
}

/// The sheet that somebody puts their word to, and whether its session is closed: a correction asks for
/// the word anew, and has a reason of its own where a signature is missing.
fn to_countersign(
    conn: &mut Conn,
    actor: &Actor,
    reach: &Reach,
    id: SessionId,
    now: Instant,
) -> Done<(Sheet, bool)> {
    if store::sessions::get(conn, reach, id)?.state == SessionState::Closed {
        return Ok((store::sheets::load(conn, id)?.sheet(), true));
    }
    Ok((opened(conn, actor, reach, id, now)?, false))
}

/// Does without proofs of a half-day, and says why: a person's signature, or the trainer's word when
/// nobody is named. Those that are not missing are left alone. Answers how many.
pub fn waive(
    house: &House,
    actor: &Actor,
    id: SessionId,
    slot: SlotId,
    whose: &[Option<EnrolmentId>],
    reason: &str,
) -> Done<usize> {
    let reach = actor.may(Action::WaiveProof)?;
    let by = actor.account().ok_or(store::Error::Missing)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let sheet = opened(conn, actor, &reach, id, now)?;
        let missing = sheet.missing_in(slot);
        let is_missing = |who: &Option<EnrolmentId>| {
            let proof = who.map_or(Proof::Countersignature, Proof::Signature);
            missing.contains(&(slot, proof))
        };
        let mut waived = 0;
        for who in whose.iter().filter(|who| is_missing(who)) {
            store::signatures::waive(conn, slot, *who, reason, by, now)?;
            waived += 1;
            let reference = match who {
                Some(who) => format!("enrolment:{who}/slot:{slot}"),
                None => format!("slot:{slot}"),
            };
            let line = Line {
                kind: kinds::WAIVER,
                reference: &reference,
                to: Some("waived"),
                reason: Some(reason),
                ..Line::default()
            };
            store::journal::write(conn, actor, Subject::Session(id), now, &[line])?;
        }
        Ok(waived)
    })
}

/// Asks people who came and did not sign to do so afterwards, once the half-day is over, by a letter with their link. Answers
/// to how many.
pub fn ask(house: &House, actor: &Actor, id: SessionId, slot: SlotId, whom: &[EnrolmentId]) -> Done<usize> {
    let reach = actor.may(Action::AskSignature)?;
    let by = actor.account().ok_or(store::Error::Missing)?;
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let sheet = opened(conn, actor, &reach, id, now)?;
        let times = *sheet.slot(slot).ok_or(store::Error::Missing)?;
        if now < times.ends_at {
            return Err(Refusal::SignableStill.into());
        }
        let missing = sheet.missing_in(slot);
        let until = now.plus_days(LATE_DAYS);
        let session = store::sessions::get(conn, &reach, id)?;
        let mut telling = enrolments::Telling::new(conn, house, actor, &session, now)?;
        let mut asked = 0;
        for who in whom.iter().filter(|who| missing.contains(&(slot, Proof::Signature(**who)))) {
            store::signatures::ask_late(conn, *who, slot, by, now, until)?;
            let (reference, until_text) = (format!("enrolment:{who}/slot:{slot}"), moment(until));
            let to = Some(until_text.as_str());
            let line = Line { kind: kinds::ASKED, reference: &reference, to, ..Line::default() };
            store::journal::write(conn, actor, Subject::Session(id), now, &[line])?;
            telling.signature_wanted(*who, times, until);
            asked += 1;
        }
        telling.send(conn)?;
        Ok(asked)
    })
}

/// A signature does not count any more, for a reason. It stays in the records.
pub fn withdraw(
    house: &House,
    actor: &Actor,
    id: SessionId,
    slot: SlotId,
    who: EnrolmentId,
    reason: &str,
) -> Done<()> {
    let reach = actor.may(Action::WithdrawSignature)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let sheet = opened(conn, actor, &reach, id, now)?;
        if !sheet.people.contains(&who) {
            return Err(store::Error::Missing.into());
        }
        let standing = store::signatures::standing(conn, who, slot)?.ok_or(Refusal::NotSigned)?;
        store::signatures::withdraw(conn, standing.id, now)?;
        let reference = format!("enrolment:{who}/slot:{slot}");
        let line = Line {
            kind: kinds::SIGNATURE,
            reference: &reference,
            from: Some(standing.way.as_str()),
            to: Some(WITHDRAWN),
            reason: Some(reason),
            ..Line::default()
        };
        Ok(store::journal::write(conn, actor, Subject::Session(id), now, &[line])?)
    })
}
