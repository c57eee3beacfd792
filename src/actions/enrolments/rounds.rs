//! What happens to places by the clock alone. Each is harmless to run twice.

use super::allocation::{Arrival, allocate};
use super::changes::end_reservation;
use super::telling::Telling;
use super::{Act, Done, step};
use crate::House;
use domain::access::{Action, Actor};
use domain::calendar::Instant;
use domain::enrolments::{EnrolmentState, EnrolmentStep};
use domain::ids::SessionId;
use store::{self, Conn};

/// Ends offers whose hour has passed; each seat passes on in the transaction that frees it.
pub fn lapse_offers(house: &House) -> Done<usize> {
    each(house, store::enrolments::sessions_with_lapsed_offers, |act, id| {
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        let before = store::enrolments::seats(act.conn, id)?;
        let mut seats = before.clone();
        let mut telling = Telling::new(act, &session)?;
        for one in store::enrolments::of_session(act.conn, id, &[EnrolmentState::Offered])? {
            if one.offered_until.is_some_and(|until| until <= act.now) {
                let state = step(act, &one, EnrolmentStep::Expire, None, None)?;
                seats.release();
                telling.no_place(one.id, state, None);
            }
        }
        telling.send(act)?;
        allocate(act, &session, &before, seats, &Arrival::Nobody)?;
        Ok(())
    })
}

/// Ends the waiting of those whose queue is closed, and of requests that nobody approved.
pub fn close_queues(house: &House) -> Done<usize> {
    each(house, store::enrolments::sessions_with_closed_queues, |act, id| {
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        if session.queue_is_open(act.now) {
            return Ok(());
        }
        let mut telling = Telling::new(act, &session)?;
        let ending = [EnrolmentState::Waiting, EnrolmentState::Requested];
        for one in store::enrolments::of_session(act.conn, id, &ending)? {
            let state = step(act, &one, EnrolmentStep::Expire, None, None)?;
            telling.no_place(one.id, state, None);
        }
        telling.send(act)
    })
}

/// Gives the rest of reservations whose date has come back to all.
pub fn end_reservations(house: &House) -> Done<usize> {
    each(house, store::enrolments::sessions_with_ended_reservations, |act, id| {
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        for reservation in store::enrolments::ended_reservations(act.conn, id, act.now)? {
            end_reservation(act, &session, reservation)?;
        }
        Ok(())
    })
}

/// Runs `work` for each session that `find` names, each in its own transaction under its row lock.
/// One that fails keeps none of the others waiting; the first failure is answered at the end.
fn each(
    house: &House,
    find: fn(&mut Conn, Instant) -> store::Kept<Vec<SessionId>>,
    work: impl Fn(&mut Act<'_>, SessionId) -> Done<()>,
) -> Done<usize> {
    let now = house.clock.now();
    let sessions = house.store.read(|conn| find(conn, now))?;
    let mut first_failure = None;
    for id in &sessions {
        let done = house.act_holding(&Actor::HOUSE, Action::RunRounds, &[*id], |act| work(act, *id));
        if let Err(error) = done {
            tracing::warn!("the rounds left session {id} as it was: {error}");
            first_failure.get_or_insert(error);
        }
    }
    match first_failure {
        Some(error) => Err(error),
        None => Ok(sessions.len()),
    }
}
