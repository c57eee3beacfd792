//! Planning, announcing and running sessions.

use super::enrolments::{self, Telling};
use super::{Act, Done, House};
use addresses::Page;
use domain::access::{Action, Actor, Subject};
use domain::enrolments::EnrolmentState;
use domain::ids::{AccountId, OrganisationId, SessionId};
use domain::journal::evidence;
use domain::journal::standing::{DELETED, kinds};
use domain::letters::Former;
use domain::sessions::{Plan, Refusal, Session, SessionState, SessionStep};
use store::{self, Conn, journal::Line};

/// Writes a new draft of a course of the training body's own.
pub fn plan(house: &House, actor: &Actor, plan: &Plan) -> Done<SessionId> {
    house.act(actor, Action::PlanSession, |act| {
        plan.check()?;
        let course = store::courses::of_version(act.conn, &act.reach, plan.version)?;
        check_trainers(act, course.training_body, &plan.trainers, &[])?;
        let id = store::sessions::insert(act.conn, course.training_body, course.programme, plan, act.now)?;
        let (to, evidence) = (Some(SessionState::Draft.as_str()), planned(act.conn, id)?);
        let line = Line { kind: kinds::SESSION, to, evidence: Some(&evidence), ..Line::default() };
        note(act, id, line)?;
        act.made(&Page::Session(id));
        Ok(id)
    })
}

/// Changes the plan of a session that has not begun; the course and its version stay. Once it is
/// announced, another time or place is told to everyone who has a place or waits for one. Answers
/// whether they were told. `edition` is the one that the new plan was written over: another one is stale.
pub fn replan(
    house: &House,
    actor: &Actor,
    (id, edition): (SessionId, i32),
    plan: &Plan,
    reason: Option<&str>,
) -> Done<bool> {
    house.act_holding(actor, Action::PlanSession, &[id], |act| {
        let seen = store::sessions::get(act.conn, &act.reach, id)?;
        if !seen.state.may_be_replanned() {
            return Err(Refusal::PlanFrozen.into());
        }
        if seen.edition != edition {
            return Err(store::Error::Stale.into());
        }
        let plan = Plan { version: seen.plan.version, ..plan.clone() };
        if seen.state.is_public() {
            plan.check_public(act.now)?;
        } else {
            plan.check()?;
        }
        check_trainers(act, seen.training_body, &plan.trainers, &seen.plan.trainers)?;
        let dropped = store::sessions::dropped(act.conn, &seen, &plan)?;
        if store::signatures::any(act.conn, id, &dropped)? {
            return Err(Refusal::SlotSigned.into());
        }
        let moved = seen.state.is_public() && plan.moves(&seen.plan);
        store::sessions::replace(act.conn, &seen, &plan, seen.sequence + i32::from(moved))?;
        let (to, evidence) = (Some(if moved { "moved" } else { "edited" }), planned(act.conn, id)?);
        let line = Line { kind: kinds::PLAN, to, reason, evidence: Some(&evidence), ..Line::default() };
        note(act, id, line)?;
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        if moved {
            tell_moved(act, &session, &Former::of(&seen.plan), reason)?;
        }
        enrolments::shorten(act, &session)?;
        // Another capacity, or a queue that opens again, may bring seats to those who wait.
        enrolments::resize(act, &session, plan.capacity)?;
        Ok(moved)
    })
}

fn tell_moved(act: &mut Act<'_>, session: &Session, former: &Former, reason: Option<&str>) -> Done<()> {
    use EnrolmentState::{Confirmed, Offered, Waiting};
    let concerned = store::enrolments::of_session(act.conn, session.id, &[Confirmed, Offered, Waiting])?;
    let mut telling = Telling::new(act, session)?;
    for one in concerned {
        telling.moved(one.id, one.state, reason, former);
    }
    telling.send(act)
}

/// Takes a draft away: nobody outside the training body ever saw it.
pub fn delete(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    house.act_holding(actor, Action::PlanSession, &[id], |act| {
        let seen = store::sessions::get(act.conn, &act.reach, id)?;
        // What may still be published is a draft.
        seen.state.step(SessionStep::Publish)?;
        let (from, to) = (Some(seen.state.as_str()), Some(DELETED));
        note(act, id, Line { kind: kinds::SESSION, from, to, ..Line::default() })?;
        Ok(store::sessions::delete(act.conn, &seen)?)
    })
}

/// Announces a session in the catalogue, and opens it to requests.
pub fn publish(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    house.act_holding(actor, Action::PublishSession, &[id], |act| {
        let seen = store::sessions::get(act.conn, &act.reach, id)?;
        let next = seen.state.step(SessionStep::Publish)?;
        seen.plan.check_public(act.now)?;
        shift(act, &seen, next, None, None)
    })
}

/// Says that a session takes place, and calls everyone who has a place.
pub fn confirm(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    house.act_holding(actor, Action::ConfirmSession, &[id], |act| {
        let seen = store::sessions::get(act.conn, &act.reach, id)?;
        let next = seen.state.step(SessionStep::Confirm)?;
        shift(act, &seen, next, None, None)?;
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        let seated = store::enrolments::of_session(act.conn, id, &[EnrolmentState::Confirmed])?;
        let mut telling = Telling::new(act, &session)?;
        for one in seated {
            telling.joining(one.id);
        }
        telling.send(act)
    })
}

/// Begins a session whose first half-day has begun.
pub fn start(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    house.act_holding(actor, Action::StartSession, &[id], |act| {
        let seen = store::sessions::get(act.conn, &act.reach, id)?;
        let next = seen.state.step(SessionStep::Start)?;
        if act.now < seen.starts_at {
            return Err(Refusal::NotBegun.into());
        }
        shift(act, &seen, next, None, None)
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
            Err(
                super::Error::Refused(crate::Refusal::Session(_)) | super::Error::Store(store::Error::Stale),
            ) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(started)
}

/// Calls a session off: every live place in it ends, and everyone is told why.
pub fn cancel(house: &House, actor: &Actor, id: SessionId, reason: &str) -> Done<()> {
    house.act_holding(actor, Action::CancelSession, &[id], |act| {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let seen = store::sessions::get(act.conn, &act.reach, id)?;
        let next = seen.state.step(SessionStep::Cancel)?;
        shift(act, &seen, next, Some(reason), None)?;
        if seen.state != SessionState::Draft {
            store::sessions::raise_sequence(act.conn, id)?;
        }
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        enrolments::cancel_all(act, &session, reason)
    })
}

/// Moves a session to its next state and writes it into its journal, with the evidence that this state
/// rests on.
pub(super) fn shift(
    act: &mut Act<'_>,
    seen: &Session,
    next: SessionState,
    reason: Option<&str>,
    evidence: Option<&str>,
) -> Done<()> {
    store::sessions::shift(act.conn, seen, next)?;
    let (from, to) = (Some(seen.state.as_str()), Some(next.as_str()));
    let line = Line { kind: kinds::SESSION, from, to, reason, evidence, ..Line::default() };
    note(act, seen.id, line)
}

/// A line about the session itself.
fn note(act: &mut Act<'_>, id: SessionId, line: Line<'_>) -> Done<()> {
    let line = Line { reference: &format!("session:{id}"), ..line };
    act.note(Subject::Session(id), &[line])
}

/// The half-days as they are planned now, for the journal.
fn planned(conn: &mut Conn, id: SessionId) -> Done<String> {
    let slots = store::sessions::slots(conn, id)?;
    Ok(evidence::plan(slots.iter().map(|kept| (kept.id, kept.slot.starts_at, kept.slot.ends_at))))
}

/// Trainers are members of the training body; those who taught the session already may stay.
fn check_trainers(
    act: &mut Act<'_>,
    body: OrganisationId,
    wanted: &[AccountId],
    already: &[AccountId],
) -> Done<()> {
    if wanted.iter().all(|one| already.contains(one)) {
        return Ok(());
    }
    let today = act.today();
    let own = store::sessions::trainers_of(act.conn, body, today)?;
    let foreign = wanted.iter().any(|one| !already.contains(one) && !own.iter().any(|(id, _)| id == one));
    if foreign { Err(Refusal::ForeignTrainer.into()) } else { Ok(()) }
}
