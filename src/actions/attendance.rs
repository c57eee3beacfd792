//! Noting who came, and closing a session with what follows for each place in it.

use super::sessions::shift;
use super::{Act, Done, House, enrolments, journal, surveys};
use domain::access::{Action, Actor, Subject};
use domain::attendance::{Mark, Noting, Presence, Proof, Sheet, noting};
use domain::calendar::Instant;
use domain::enrolments::{Enrolment, EnrolmentState, EnrolmentStep};
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::journal::standing::kinds;
use domain::journal::{evidence, verifying};
use domain::sessions::{Refusal, Session, SessionState, SessionStep, Slot};
use std::collections::BTreeMap;
use store::journal::{Line, archive};
use store::{self, Conn};

/// One answer of the sheet: what stood there when the page was opened, and what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub enrolment: EnrolmentId,
    pub slot: SlotId,
    pub seen: Presence,
    pub wanted: Mark,
    /// Minutes followed, by who came late or left early.
    pub minutes: Option<u32>,
}

/// What became of the answers.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    pub written: usize,
    /// Noted otherwise by somebody else since the page was opened, and left as they stand.
    pub conflicts: Vec<(EnrolmentId, SlotId)>,
    /// Noted as absent though they signed: left as they stand until the signature is withdrawn.
    pub signed: Vec<(EnrolmentId, SlotId)>,
    /// Partly there, and nobody said how long: then nothing at all was written.
    pub untold: Vec<(EnrolmentId, SlotId)>,
}

/// Notes the answers of a sheet. `everyone` names a half-day in which all who have no answer yet
/// were present.
pub fn mark(
    house: &House,
    actor: &Actor,
    id: SessionId,
    cells: &[Cell],
    everyone: Option<SlotId>,
) -> Done<Marked> {
    house.act_holding(actor, Action::MarkAttendance, &[id], |act| {
        let session = begun(act, id)?;
        let sheet = store::sheets::load(act.conn, session.id)?.sheet();
        let mut marked = Marked::default();
        let mut wanted = Vec::new();
        for cell in cells.iter().copied().chain(presumed(&sheet, cells, everyone)) {
            let place = (cell.enrolment, cell.slot);
            match weigh(&sheet, &cell, act.now)? {
                Weighed::Keep => {}
                Weighed::Write(presence) => wanted.push((place, presence)),
                Weighed::Conflict => marked.conflicts.push(place),
                Weighed::Signed => marked.signed.push(place),
                Weighed::Untold => marked.untold.push(place),
            }
        }
        if !marked.untold.is_empty() {
            return Ok(Marked { untold: marked.untold, ..Marked::default() });
        }
        marked.written = wanted.len();
        note(act, id, &sheet, &wanted, None)?;
        Ok(marked)
    })
}

/// What may be done with one answer.
pub(super) enum Weighed {
    Keep,
    Write(Presence),
    Conflict,
    Signed,
    Untold,
}

/// Decides on one answer against the sheet as it stands, under the hold of its session.
pub(super) fn weigh(sheet: &Sheet, cell: &Cell, now: Instant) -> Done<Weighed> {
    let place = (cell.enrolment, cell.slot);
    let slot = sheet.slot(cell.slot).ok_or(store::Error::Missing)?;
    let stands = sheet.stands(cell.enrolment, cell.slot);
    let told = cell.minutes.or_else(|| Presence::by_the_clock(cell.wanted, slot, now));
    // Who left the answer as it was seen says nothing new.
    let untouched = cell.wanted == cell.seen.mark && cell.minutes.is_none_or(|m| m == cell.seen.minutes);
    if untouched {
        return Ok(Weighed::Keep);
    }
    let Ok(wanted) = Presence::new(cell.wanted, told, slot.minutes()) else { return Ok(Weighed::Untold) };
    Ok(match noting(cell.seen, stands, wanted) {
        Noting::Keep => Weighed::Keep,
        Noting::Conflict => Weighed::Conflict,
        Noting::Write if !sheet.people.contains(&cell.enrolment) => Weighed::Conflict,
        Noting::Write if slot.starts_at > now => return Err(Refusal::NotBegun.into()),
        Noting::Write if sheet.signed.contains_key(&place) && !wanted.mark.came() => Weighed::Signed,
        Noting::Write => Weighed::Write(wanted),
    })
}

/// Writes presences down, with a line of the journal for each: a mark, or once the session is closed a
/// correction with its reason.
pub(super) fn note(
    act: &mut Act<'_>,
    session: SessionId,
    sheet: &Sheet,
    wanted: &[((EnrolmentId, SlotId), Presence)],
    reason: Option<&str>,
) -> Done<()> {
    let by = act.actor.account().ok_or(store::Error::Missing)?;
    let kind = if reason.is_some() { kinds::CORRECTION } else { kinds::MARK };
    let mut told = Vec::new();
    for ((enrolment, slot), presence) in wanted {
        store::marks::note(act.conn, *enrolment, *slot, *presence, by, act.now)?;
        let stood = sheet.stands(*enrolment, *slot);
        told.push((format!("enrolment:{enrolment}/slot:{slot}"), stood.to_string(), presence.to_string()));
    }
    let lines: Vec<Line<'_>> = told
        .iter()
        .map(|(reference, from, to)| Line {
            kind,
            reference,
            from: Some(from),
            to: Some(to),
            reason,
            ..Line::default()
        })
        .collect();
    act.note(Subject::Session(session), &lines)
}

/// Those of a half-day who have no mark and of whom nothing else is wanted: present.
fn presumed(sheet: &Sheet, cells: &[Cell], everyone: Option<SlotId>) -> Vec<Cell> {
    let Some(slot) = everyone else { return Vec::new() };
    let answered =
        |id| cells.iter().any(|c| c.enrolment == id && c.slot == slot && c.wanted != Mark::Expected);
    sheet
        .people
        .iter()
        .filter(|id| sheet.stands(**id, slot).mark == Mark::Expected && !answered(**id))
        .map(|id| Cell {
            enrolment: *id,
            slot,
            seen: Presence::EXPECTED,
            wanted: Mark::Present,
            minutes: None,
        })
        .collect()
}

/// Closes a session that is over and whose proofs are all there or done without: each confirmed
/// place gets its outcome and the minutes followed.
pub fn close(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    house.act_holding(actor, Action::CloseSession, &[id], |act| {
        let session = begun(act, id)?;
        let next = session.state.step(SessionStep::Close)?;
        if act.now < session.ends_at {
            return Err(Refusal::NotEnded.into());
        }
        let kept = store::sheets::load(act.conn, id)?;
        let sheet = kept.sheet();
        complete(&sheet)?;
        proved(act.conn, id)?;
        let mut followed = Vec::new();
        for one in store::enrolments::of_session(act.conn, id, &[EnrolmentState::Confirmed])? {
            let Some(step) = sheet.outcome(one.id) else { continue };
            let minutes = sheet.followed(one.id);
            enrolments::step(act, &one, step, None, None)?;
            store::enrolments::set_minutes(act.conn, one.id, minutes)?;
            followed.push((one.id, minutes));
        }
        let counted = evidence::closing(sheet.times(), followed);
        shift(act, &session, next, None, Some(&counted))?;
        store::checkpoints::expect(act.conn, id)?;
        tell_unsigned(act, &session, &kept, &sheet)?;
        surveys::thank(act, &session)
    })?;
    journal::seal_after_closing(house);
    Ok(())
}

/// Whether the proofs are those that the journal tells of: a table may have been written to past it.
fn proved(conn: &mut Conn, id: SessionId) -> Done<()> {
    let chain = Subject::Session(id).to_string();
    let Some(fault) = verifying::verify_chain(&mut archive::Whole(conn), &chain)? else { return Ok(()) };
    tracing::error!("session {id} is not closed: {fault}");
    Err(Refusal::NotAsTold { row: fault.row() }.into())
}

/// Whether every proof of a sheet is there or done without.
fn complete(sheet: &Sheet) -> Result<(), Refusal> {
    let missing = sheet.missing();
    if missing.is_empty() {
        return Ok(());
    }
    let count = |wanted: fn(&Proof) -> bool| {
        u32::try_from(missing.iter().filter(|(_, proof)| wanted(proof)).count()).unwrap_or(u32::MAX)
    };
    Err(Refusal::ProofsMissing {
        presences: count(|p| matches!(p, Proof::Presence(_))),
        signatures: count(|p| matches!(p, Proof::Signature(_))),
        countersignatures: count(|p| matches!(p, Proof::Countersignature)),
    })
}

/// Who came and did not sign hears that their presence counts all the same, and why.
fn tell_unsigned(
    act: &mut Act<'_>,
    session: &Session,
    kept: &store::sheets::KeptSheet,
    sheet: &Sheet,
) -> Done<()> {
    let mut unsigned: BTreeMap<EnrolmentId, Vec<(Slot, String)>> = BTreeMap::new();
    for square in &kept.squares {
        let place = (square.enrolment, square.slot);
        let came = sheet.stands(place.0, place.1).mark.came() && !sheet.signed.contains_key(&place);
        if let (true, Some(reason), Some(slot)) = (came, &square.waived, sheet.slot(square.slot)) {
            unsigned.entry(square.enrolment).or_default().push((*slot, reason.clone()));
        }
    }
    let mut telling = enrolments::Telling::new(act, session)?;
    for (who, slots) in unsigned {
        telling.unsigned(who, slots);
    }
    telling.send(act)
}

/// What a closed session is to say of somebody in one half-day, and why.
#[derive(Debug, Clone, Copy)]
pub struct Correction<'a> {
    pub who: EnrolmentId,
    pub slot: SlotId,
    pub mark: Mark,
    /// Minutes followed, by who came late or left early.
    pub minutes: Option<u32>,
    pub reason: &'a str,
}

/// Corrects what a closed session says of somebody in one half-day, for a reason. Their outcome and
/// minutes follow.
pub fn correct(
    house: &House,
    actor: &Actor,
    id: SessionId,
    Correction { who, slot, mark, minutes, reason }: Correction<'_>,
) -> Done<()> {
    use domain::attendance::Refusal;

    house.act_holding(actor, Action::CorrectAttendance, &[id], |act| {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        if mark == Mark::Expected {
            return Err(Refusal::NoAnswer.into());
        }
        if store::sessions::get(act.conn, &act.reach, id)?.state != SessionState::Closed {
            return Err(Refusal::NotClosed.into());
        }
        let mut sheet = store::sheets::load(act.conn, id)?.sheet();
        if !sheet.people.contains(&who) {
            return Err(store::Error::Missing.into());
        }
        let length = sheet.slot(slot).ok_or(store::Error::Missing)?.minutes();
        let wanted = Presence::new(mark, minutes, length).map_err(Refusal::Minutes)?;
        if wanted == sheet.stands(who, slot) {
            return Ok(());
        }
        note(act, id, &sheet, &[((who, slot), wanted)], Some(reason))?;
        sheet.presences.insert((who, slot), wanted);
        store::enrolments::set_minutes(act.conn, who, sheet.followed(who))?;
        let one = store::enrolments::get(act.conn, &act.reach, who)?;
        follow(act, &one, &sheet, reason)
    })
}

/// The outcome of an enrolment follows a correction.
fn follow(act: &mut Act<'_>, one: &Enrolment, sheet: &Sheet, reason: &str) -> Done<()> {
    let step = match sheet.outcome(one.id) {
        Some(EnrolmentStep::Attend) => EnrolmentStep::CorrectToAttended,
        Some(EnrolmentStep::AttendPartly) => EnrolmentStep::CorrectToPartlyAttended,
        _ => EnrolmentStep::CorrectToAbsent,
    };
    // The same outcome with other minutes is no step.
    if one.state.step(step).is_ok() {
        enrolments::step(act, one, step, None, Some(reason))?;
    }
    Ok(())
}

/// A session that has begun, which the caller holds; started on the way if the clock has not done it yet.
pub(super) fn begun(act: &mut Act<'_>, id: SessionId) -> Done<Session> {
    let seen = store::sessions::get(act.conn, &act.reach, id)?;
    let Some(step) = seen.begun(act.now)? else { return Ok(seen) };
    shift(act, &seen, seen.state.step(step)?, None, None)?;
    Ok(store::sessions::get(act.conn, &act.reach, id)?)
}
