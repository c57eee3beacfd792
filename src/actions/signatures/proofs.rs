//! What the training body does with the proofs of a half-day: puts its word to it, does without one, asks for
//! one, or withdraws one.

use super::opened;
use crate::{Act, Done, House, enrolments};
use domain::access::{Action, Actor, Subject};
use domain::attendance::{Proof, Sheet};
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::journal::moment;
use domain::journal::standing::{WITHDRAWN, kinds};
use domain::sessions::SessionState;
use domain::signatures::{LATE_DAYS, Refusal};
use store::{self, journal::Line};

/// A trainer, or the training body by its manager, puts their word to a half-day. `seen` is the sheet that they read: another one is not
/// countersigned. Everyone is noted by then, and who came has signed or may do without.
pub fn countersign(house: &House, actor: &Actor, id: SessionId, slot: SlotId, seen: &str) -> Done<()> {
    house.act_holding(actor, Action::Countersign, &[id], |act| {
        let by = act.actor.account().ok_or(store::Error::Missing)?;
        let (sheet, is_closed) = to_countersign(act, id)?;
        let until = sheet.slot(slot).ok_or(store::Error::Missing)?.ends_at;
        if act.now < until {
            let zone = store::sessions::get(act.conn, &act.reach, id)?.plan.zone;
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
        store::signatures::countersign(act.conn, slot, (by, act.actor.role()), &text, act.now)?;
        let reference = format!("slot:{slot}");
        let line = Line {
            kind: kinds::COUNTERSIGNATURE,
            reference: &reference,
            to: Some(act.actor.role().as_str()),
            evidence: Some(&text),
            ..Line::default()
        };
        act.note(Subject::Session(id), &[line])
    })
}

/// The sheet that somebody puts their word to, and whether its session is closed: a correction asks for
/// the word anew, and has a reason of its own where a signature is missing.
fn to_countersign(act: &mut Act<'_>, id: SessionId) -> Done<(Sheet, bool)> {
    if store::sessions::get(act.conn, &act.reach, id)?.state == SessionState::Closed {
        return Ok((store::sheets::load(act.conn, id)?.sheet(), true));
    }
    Ok((opened(act, id)?, false))
}

/// Does without proofs of a half-day, and says why: a person's signature, or the trainer's word when
/// nobody is named. Those that are not missing are left alone. Answers how many.
pub fn waive(
    house: &House,
    actor: &Actor,
    (id, slot): (SessionId, SlotId),
    whose: &[Option<EnrolmentId>],
    reason: &str,
) -> Done<usize> {
    house.act_holding(actor, Action::WaiveProof, &[id], |act| {
        let by = act.actor.account().ok_or(store::Error::Missing)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let sheet = opened(act, id)?;
        let missing = sheet.missing_in(slot);
        let is_missing = |who: &Option<EnrolmentId>| {
            let proof = who.map_or(Proof::Countersignature, Proof::Signature);
            missing.contains(&(slot, proof))
        };
        let mut waived = 0;
        for who in whose.iter().filter(|who| is_missing(who)) {
            store::signatures::waive(act.conn, slot, *who, reason, by, act.now)?;
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
            act.note(Subject::Session(id), &[line])?;
        }
        Ok(waived)
    })
}

/// Asks people who came and did not sign to do so afterwards, once the half-day is over, by a letter with their link. Answers
/// to how many.
pub fn ask(house: &House, actor: &Actor, id: SessionId, slot: SlotId, whom: &[EnrolmentId]) -> Done<usize> {
    house.act_holding(actor, Action::AskSignature, &[id], |act| {
        let by = act.actor.account().ok_or(store::Error::Missing)?;
        let sheet = opened(act, id)?;
        let times = *sheet.slot(slot).ok_or(store::Error::Missing)?;
        if act.now < times.ends_at {
            return Err(Refusal::SignableStill.into());
        }
        let missing = sheet.missing_in(slot);
        let until = act.now.plus_days(LATE_DAYS);
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        let mut telling = enrolments::Telling::new(act, &session)?;
        let mut asked = 0;
        for who in whom.iter().filter(|who| missing.contains(&(slot, Proof::Signature(**who)))) {
            store::signatures::ask_late(act.conn, *who, slot, by, act.now, until)?;
            let (reference, until_text) = (format!("enrolment:{who}/slot:{slot}"), moment(until));
            let to = Some(until_text.as_str());
            let line = Line { kind: kinds::ASKED, reference: &reference, to, ..Line::default() };
            act.note(Subject::Session(id), &[line])?;
            telling.signature_wanted(*who, times, until);
            asked += 1;
        }
        telling.send(act)?;
        Ok(asked)
    })
}

/// A signature does not count any more, for a reason. It stays in the records.
pub fn withdraw(
    house: &House,
    actor: &Actor,
    id: SessionId,
    (who, slot): (EnrolmentId, SlotId),
    reason: &str,
) -> Done<()> {
    house.act_holding(actor, Action::WithdrawSignature, &[id], |act| {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let sheet = opened(act, id)?;
        if !sheet.people.contains(&who) {
            return Err(store::Error::Missing.into());
        }
        let standing = store::signatures::standing(act.conn, who, slot)?.ok_or(Refusal::NotSigned)?;
        store::signatures::withdraw(act.conn, standing.id, act.now)?;
        let reference = format!("enrolment:{who}/slot:{slot}");
        let line = Line {
            kind: kinds::SIGNATURE,
            reference: &reference,
            from: Some(standing.way.as_str()),
            to: Some(WITHDRAWN),
            reason: Some(reason),
            ..Line::default()
        };
        act.note(Subject::Session(id), &[line])
    })
}
