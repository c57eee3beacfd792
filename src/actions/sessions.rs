//! Planning, announcing and running sessions.

use super::enrolments::{self, Telling};
use super::{Done, House};
use domain::access::{Action, Actor, Subject};
use domain::calendar::Instant;
use domain::enrolments::EnrolmentState;
use domain::ids::{AccountId, OrganisationId, SessionId};
use domain::journal::evidence;
use domain::journal::standing::{DELETED, kinds};
use domain::letters::Former;
use domain::sessions::{Plan, Refusal, Session, SessionState, SessionStep};
use store::{self, Conn, journal::Line};

/// Writes a new draft of a course of the training body's own.
pub fn plan(house: &House, actor: &Actor, plan: &Plan) -> Done<SessionId> {
    let reach = actor.may(Action::PlanSession)?;
    let now = house.clock.now();
    plan.check()?;
    house.store.write(|conn| {
        let course = store::courses::of_version(conn, &reach, plan.version)?;
        check_trainers(conn, course.training_body, &plan.trainers, &[], now)?;
        let id = store::sessions::insert(conn, course.training_body, course.programme, plan, now)?;
        let (to, evidence) = (Some(SessionState::Draft.as_str()), planned(conn, id)?);
        let line = Line { kind: kinds::SESSION, to, evidence: Some(&evidence), ..Line::default() };
        note(conn, actor, id, line, now)?;
        Ok(id)
    })
}

/// Changes the plan of a session that has not begun; the course and its version stay. Once it is
/// announced, another time or place is told to everyone who has a place or waits for one. Answers
/// whether they were told. `edition` is the one that the new plan was written over: another one is stale.
pub fn replan(
    house: &House,
    actor: &Actor,
    id: SessionId,
    edition: i32,
    plan: &Plan,
    reason: Option<&str>,
) -> Done<bool> {
    let reach = actor.may(Action::PlanSession)?;
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let seen = store::sessions::get(conn, &reach, id)?;
        if !seen.state.may_be_replanned() {
            return Err(Refusal::PlanFrozen.into());
        }
        if seen.edition != edition {
            return Err(store::Error::Stale.into());
        }
        let plan = Plan { version: seen.plan.version, ..plan.clone() };
        if seen.state.is_public() {
            plan.check_public(now)?;
        } else {
            plan.check()?;
        }
        check_trainers(conn, seen.training_body, &plan.trainers, &seen.plan.trainers, now)?;
        let dropped = store::sessions::dropped(conn, &seen, &plan)?;
        if store::signatures::any(conn, id, &dropped)? {
            return Err(Refusal::SlotSigned.into());
        }
        let moved = seen.state.is_public() && plan.moves(&seen.plan);
        store::sessions::replace(conn, &seen, &plan, seen.sequence + i32::from(moved))?;
        let (to, evidence) = (Some(if moved { "moved" } else { "edited" }), planned(conn, id)?);
        let line = Line { kind: kinds::PLAN, to, reason, evidence: Some(&evidence), ..Line::default() };
        note(conn, actor, id, line, now)?;
        let session = store::sessions::get(conn, &reach, id)?;
        if moved {
            tell_moved(conn, house, actor, &session, &Former::of(&seen.plan), reason, now)?;
        }
        enrolments::shorten(conn, house, actor, &session, now)?;
        // Another capacity, or a queue that opens again, may bring seats to those who wait.
        enrolments::resize(conn, house, actor, &session, plan.capacity, now)?;
        Ok(moved)
    })
}

fn tell_moved(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    session: &Session,
    former: &Former,
    reason: Option<&str>,
    now: Instant,
) -> Done<()> {
    use EnrolmentState::{Confirmed, Offered, Waiting};
    let concerned = store::enrolments::of_session(conn, session.id, &[Confirmed, Offered, Waiting])?;
    let mut telling = Telling::new(conn, house, actor, session, now)?;
    for one in concerned {
        telling.moved(one.id, one.state, reason, former);
    }
    telling.send(conn)
}

/// Takes a draft away: nobody outside the training body ever saw it.
pub fn delete(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    let reach = actor.may(Action::PlanSession)?;
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let seen = store::sessions::get(conn, &reach, id)?;
        // What may still be published is a draft.
        seen.state.step(SessionStep::Publish)?;
        let (from, to) = (Some(seen.state.as_str()), Some(DELETED));
        note(conn, actor, id, Line { kind: kinds::SESSION, from, to, ..Line::default() }, now)?;
        Ok(store::sessions::delete(conn, &seen)?)
    })
}

/// Announces a session in the catalogue, and opens it to requests.
pub fn publish(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    let reach = actor.may(Action::PublishSession)?;
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let seen = store::sessions::get(conn, &reach, id)?;
        let next = seen.state.step(SessionStep::Publish)?;
        seen.plan.check_public(now)?;
        shift(conn, actor, &seen, next, None, None, now)
    })
}

/// Says that a session takes place, and calls everyone who has a place.
pub fn confirm(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    let reach = actor.may(Action::ConfirmSession)?;
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let seen = store::sessions::get(conn, &reach, id)?;
        let next = seen.state.step(SessionStep::Confirm)?;
        shift(conn, actor, &seen, next, None, None, now)?;
        let session = store::sessions::get(conn, &reach, id)?;
        let seated = store::enrolments::of_session(conn, id, &[EnrolmentState::Confirmed])?;
        let mut telling = Telling::new(conn, house, actor, &session, now)?;
        for one in seated {
            telling.joining(one.id);
        }
        telling.send(conn)
    })
}

/// Begins a session whose first half-day has begun.
pub fn start(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    let reach = actor.may(Action::StartSession)?;
    let now = house.clock.now();
    house.store.write_holding(&[id], |conn| {
        let seen = store::sessions::get(conn, &reach, id)?;
        let next = seen.state.step(SessionStep::Start)?;
        if now < seen.starts_at {
            return Err(Refusal::NotBegun.into());
        }
        shift(conn, actor, &seen, next, None, None, now)
    })
}

/// Begins every announced session whose first half-day has begun; answers how many.
pub fn start_due(house: &House) -> Done<usize> {
    let now = house.clock.now();
    let due = house.store.read(|conn| store::sessions::due_to_start(conn, now))?;
    let mut started = 0;
    for id in due {
        match start(house, &Actor::HOUSE, id) {
            Ok(()) => started += 1,
            // Another server or the training body was faster, or moved it meanwhile.
            Err(super::Error::Session(_) | super::Error::Store(store::Error::Stale)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(started)
}

/// Calls a session off: every live place in it ends, and everyone is told why.
pub fn cancel(house: &House, actor: &Actor, id: SessionId, reason: &str) -> Done<()> {
    let reach = actor.may(Action::CancelSession)?;
    let now = house.clock.now();
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    house.store.write_holding(&[id], |conn| {
        let seen = store::sessions::get(conn, &reach, id)?;
        let next = seen.state.step(SessionStep::Cancel)?;
        shift(conn, actor, &seen, next, Some(reason), None, now)?;
        if seen.state != SessionState::Draft {
            store::sessions::raise_sequence(conn, id)?;
        }
        let session = store::sessions::get(conn, &reach, id)?;
        enrolments::cancel_all(conn, house, actor, &session, reason, now)
    })
}

/// Moves a session to its next state and writes it into its journal, with the evidence that this state
/// rests on.
pub(super) fn shift(
    conn: &mut Conn,
    actor: &Actor,
    seen: &Session,
    next: SessionState,
    reason: Option<&str>,
    evidence: Option<&str>,
    now: Instant,
) -> Done<()> {
    store::sessions::shift(conn, seen, next)?;
    let (from, to) = (Some(seen.state.as_str()), Some(next.as_str()));
    let line = Line { kind: kinds::SESSION, from, to, reason, evidence, ..Line::default() };
    note(conn, actor, seen.id, line, now)
}

/// A line about the session itself.
fn note(conn: &mut Conn, actor: &Actor, id: SessionId, line: Line<'_>, now: Instant) -> Done<()> {
    let line = Line { reference: &format!("session:{id}"), ..line };
    Ok(store::journal::write(conn, actor, Subject::Session(id), now, &[line])?)
}

/// The half-days as they are planned now, for the journal.
fn planned(conn: &mut Conn, id: SessionId) -> Done<String> {
    let slots = store::sessions::slots(conn, id)?;
    Ok(evidence::plan(slots.iter().map(|kept| (kept.id, kept.slot.starts_at, kept.slot.ends_at))))
}

/// Trainers are members of the training body; those who taught the session already may stay.
fn check_trainers(
    conn: &mut Conn,
    body: OrganisationId,
    wanted: &[AccountId],
    already: &[AccountId],
    now: Instant,
) -> Done<()> {
    if wanted.iter().all(|one| already.contains(one)) {
        return Ok(());
    }
    let today = now.day(domain::calendar::Zone::PARIS);
    let own = store::sessions::trainers_of(conn, body, today)?;
    let foreign = wanted.iter().any(|one| !already.contains(one) && !own.iter().any(|(id, _)| id == one));
    if foreign { Err(Refusal::ForeignTrainer.into()) } else { Ok(()) }
}
