//! Giving a place back, answering an offer, passing it on; seats set aside and above capacity.

use super::allocation::{Arrival, Newcomer, add_row, allocate, one_above};
use super::telling::Telling;
use super::{Done, give_way, step};
use crate::House;
use domain::access::{Action, Actor, Reach, Subject};
use domain::calendar::Instant;
use domain::enrolments::{
    AskedBy, Beneficiary, Enrolment, EnrolmentState, EnrolmentStep, Illegal, Refusal, may_ask,
};
use domain::ids::{EnrolmentId, PersonId, ReservationId, SessionId};
use domain::sessions::Session;
use store::{self, Conn, journal};

/// A reason somebody gave, or the refusal to go on without one.
pub fn reason_given(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason) }
}

/// Works on an enrolment and its session, both read under the hold of the session, and with what time it is then: ranks and
/// journal follow the order in which the session was had.
pub fn on_place<T>(
    house: &House,
    reach: &Reach,
    id: EnrolmentId,
    work: impl FnOnce(&mut Conn, Enrolment, Session, Instant) -> Done<T>,
) -> Done<T> {
    let session = house.store.read(|conn| store::enrolments::get(conn, reach, id))?.session;
    house.store.write_holding(&[session], |conn| {
        let seen = store::enrolments::get(conn, reach, id)?;
        let session = store::sessions::open(conn, seen.session)?;
        work(conn, seen, session, house.clock.now())
    })
}

/// Gives a place back; the seat passes to the head of the queue in the same transaction.
pub fn cancel(house: &House, actor: &Actor, id: EnrolmentId, reason: &str) -> Done<()> {
    let reach = actor.may(Action::CancelEnrolment)?;
    let reason = reason_given(reason)?;
    on_place(house, &reach, id, |conn, seen, session, now| {
        if now >= session.starts_at {
            return Err(Refusal::Begun.into());
        }
        step(conn, actor, &seen, EnrolmentStep::Cancel, None, Some(reason), now)?;
        let mut telling = Telling::new(conn, house, actor, &session, now)?;
        telling.cancelled(seen.id, Some(reason), seen.state.has_place());
        telling.send(conn)?;
        give_back(conn, house, actor, &session, &seen, now)
    })
}

/// The seat of an enrolment that has just ended goes to the next.
fn give_back(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    session: &Session,
    ended: &Enrolment,
    now: Instant,
) -> Done<()> {
    let before = store::enrolments::seats(conn, session.id)?;
    let mut seats = before.clone();
    if ended.state.holds_seat() {
        seats.release();
    }
    // Also when no seat comes back: a group that waited for one member less may fit now.
    allocate(conn, house, actor, session, &before, seats, &Arrival::Nobody, now)?;
    Ok(())
}

/// What somebody says to an offered seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Decline,
}

/// Answers an offer; past its deadline it cannot be accepted any more.
pub fn answer(house: &House, actor: &Actor, id: EnrolmentId, answer: Answer) -> Done<()> {
    let reach = actor.may(Action::AnswerOffer)?;
    on_place(house, &reach, id, |conn, seen, session, now| {
        if seen.state != EnrolmentState::Offered {
            let step = match answer {
                Answer::Accept => EnrolmentStep::Confirm,
                Answer::Decline => EnrolmentStep::Decline,
            };
            return Err(Illegal { from: seen.state, step }.into());
        }
        let mut telling = Telling::new(conn, house, actor, &session, now)?;
        match answer {
            Answer::Accept if seen.offered_until.is_none_or(|until| now >= until) => {
                Err(Refusal::OfferLapsed.into())
            }
            Answer::Accept => {
                step(conn, actor, &seen, EnrolmentStep::Confirm, None, None, now)?;
                telling.confirmed(seen.id);
                telling.send(conn)
            }
            Answer::Decline => {
                let state = step(conn, actor, &seen, EnrolmentStep::Decline, None, None, now)?;
                telling.no_place(seen.id, state, None);
                telling.send(conn)?;
                give_back(conn, house, actor, &session, &seen, now)
            }
        }
    })
}

/// Passes a confirmed seat on to a colleague; it does not come back to the queue.
pub fn substitute(house: &House, actor: &Actor, id: EnrolmentId, by: PersonId) -> Done<EnrolmentId> {
    let reach = actor.may(Action::SubstituteEnrolment)?;
    let company = actor.organisation().ok_or(Refusal::NotEmployed)?;
    on_place(house, &reach, id, |conn, seen, session, now| {
        if now >= session.starts_at {
            return Err(Refusal::Begun.into());
        }
        if seen.state != EnrolmentState::Confirmed {
            return Err(Illegal { from: seen.state, step: EnrolmentStep::Transfer }.into());
        }
        let day = session.starts_at.day(session.plan.zone);
        if store::enrolments::employed(conn, company, &[by], day)?.is_empty() {
            return Err(Refusal::NotEmployed.into());
        }
        let live = store::enrolments::of_session(conn, session.id, &[EnrolmentState::Waiting])?;
        let theirs = |e: &&Enrolment| e.person == by && e.employer == Some(company);
        if let Some(waiting) = live.iter().find(theirs) {
            // Who waited for a seat of their own leaves the queue for this one.
            give_way(conn, actor, waiting, now)?;
        } else if !store::enrolments::live_in(conn, session.id, &[by])?.is_empty() {
            return Err(Refusal::Twice.into());
        }
        give_way(conn, actor, &seen, now)?;
        let one = Newcomer {
            person: by,
            employer: Some(company),
            group: seen.group,
            whole_group: false,
            asked_by: actor.account(),
        };
        let new = add_row(conn, actor, &session, &one, EnrolmentState::Confirmed, Some(now), now)?;
        let mut telling = Telling::new(conn, house, actor, &session, now)?;
        telling.passed_on(conn, seen.id, new)?;
        telling.confirmed(new);
        telling.send(conn)?;
        let seats = store::enrolments::seats(conn, session.id)?;
        allocate(conn, house, actor, &session, &seats, seats.clone(), &Arrival::Nobody, now)?;
        Ok(new)
    })
}

/// Moves somebody to another session of the same training body, where a seat must be free; the one
/// left behind passes to the next in its queue.
pub fn transfer(house: &House, actor: &Actor, id: EnrolmentId, to: SessionId, reason: &str) -> Done<()> {
    let reach = actor.may(Action::TransferEnrolment)?;
    let reason = reason_given(reason)?;
    let from = house.store.read(|conn| store::enrolments::get(conn, &reach, id))?.session;
    house.store.write_holding(&[from, to], |conn| {
        let now = house.clock.now();
        let seen = store::enrolments::get(conn, &reach, id)?;
        let old = store::sessions::get(conn, &reach, from)?;
        let new = store::sessions::get(conn, &reach, to)?;
        if now >= old.starts_at {
            return Err(Refusal::Begun.into());
        }
        if old.training_body != new.training_body || from == to {
            return Err(Refusal::ForeignSession.into());
        }
        may_ask(&new, AskedBy::Staff, now)?;
        if !store::enrolments::live_in(conn, to, &[seen.person])?.is_empty() {
            return Err(Refusal::Twice.into());
        }
        step(conn, actor, &seen, EnrolmentStep::Transfer, None, Some(reason), now)?;
        let mut telling = Telling::new(conn, house, actor, &old, now)?;
        telling.cancelled(seen.id, Some(reason), true);
        telling.send(conn)?;
        let one = Newcomer {
            person: seen.person,
            employer: seen.employer,
            group: None,
            whole_group: false,
            asked_by: actor.account(),
        };
        let seats = store::enrolments::seats(conn, to)?;
        let given = allocate(conn, house, actor, &new, &seats, seats.clone(), &Arrival::New(vec![one]), now)?;
        if given.confirmed.is_empty() {
            return Err(Refusal::NotEnoughFree { free: 0 }.into());
        }
        give_back(conn, house, actor, &old, &seen, now)
    })
}

/// Seats somebody above the capacity, by one's name and reason.
pub fn exceed(house: &House, actor: &Actor, id: EnrolmentId, reason: &str) -> Done<()> {
    let reach = actor.may(Action::ExceedCapacity)?;
    let reason = reason_given(reason)?;
    on_place(house, &reach, id, |conn, seen, session, now| {
        if seen.state != EnrolmentState::Waiting {
            return Err(Illegal { from: seen.state, step: EnrolmentStep::Confirm }.into());
        }
        let before = store::enrolments::seats(conn, session.id)?;
        let seats = one_above(conn, actor, &session, &before, id, reason, now)?;
        step(conn, actor, &seen, EnrolmentStep::Confirm, None, Some(reason), now)?;
        let mut telling = Telling::new(conn, house, actor, &session, now)?;
        telling.promoted(seen.id, EnrolmentState::Confirmed, None);
        telling.send(conn)?;
        // A group may have become small enough for what is free.
        allocate(conn, house, actor, &session, &seats, seats.clone(), &Arrival::Nobody, now)?;
        Ok(())
    })
}

/// Seats that staff set aside.
#[derive(Debug, Clone)]
pub struct SetAside {
    pub beneficiary: Beneficiary,
    pub seats: u32,
    pub until: Instant,
    pub reason: String,
}

/// Sets free seats aside for a company or for a group *all or none* that waits, until a date.
pub fn reserve(house: &House, actor: &Actor, session: SessionId, aside: &SetAside) -> Done<()> {
    let reach = actor.may(Action::ReserveSeats)?;
    let reason = reason_given(&aside.reason)?;
    house.store.write_holding(&[session], |conn| {
        let now = house.clock.now();
        let session = store::sessions::get(conn, &reach, session)?;
        if !session.queue_is_open(now) {
            return Err(Refusal::NotOpen.into());
        }
        if aside.until <= now || aside.until > session.queue_closes_at() {
            return Err(Refusal::ReservationDate.into());
        }
        if let Beneficiary::Group(group) = aside.beneficiary
            && !store::enrolments::queue(conn, session.id)?.iter().any(|one| one.group == Some(group))
        {
            return Err(store::Error::Missing.into());
        }
        let before = store::enrolments::seats(conn, session.id)?;
        let mut seats = before.clone();
        seats.reserve(ReservationId(0), aside.beneficiary, aside.seats)?;
        let id = store::enrolments::add_reservation(
            conn,
            session.id,
            aside.beneficiary,
            aside.seats,
            aside.until,
            reason,
        )?;
        note_reservation(conn, actor, &session, id, Some(reason), now)?;
        let kept = store::enrolments::seats(conn, session.id)?;
        // Keeps the sum of what is set aside, and serves who it was set aside for.
        allocate(conn, house, actor, &session, &before, kept, &Arrival::Nobody, now)?;
        Ok(())
    })
}

/// Gives what is left of a reservation back to all.
pub fn unreserve(house: &House, actor: &Actor, id: ReservationId) -> Done<SessionId> {
    let reach = actor.may(Action::ReserveSeats)?;
    let session = house.store.read(|conn| store::enrolments::session_of_reservation(conn, id))?;
    house.store.write_holding(&[session], |conn| {
        let now = house.clock.now();
        let session = store::sessions::get(conn, &reach, session)?;
        end_reservation(conn, house, actor, &session, id, now)?;
        Ok(session.id)
    })
}

/// Ends one reservation of a session whose row the caller holds.
pub fn end_reservation(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    session: &Session,
    id: ReservationId,
    now: Instant,
) -> Done<()> {
    let before = store::enrolments::seats(conn, session.id)?;
    let mut seats = before.clone();
    seats.unreserve(id);
    note_reservation(conn, actor, session, id, None, now)?;
    allocate(conn, house, actor, session, &before, seats, &Arrival::Nobody, now)?;
    Ok(())
}

/// Brings what is held for a while within the queue of a session that was planned anew, and tells
/// those whose offer ends earlier now.
///
/// The caller holds the row of the session.
pub fn shorten(conn: &mut Conn, house: &House, actor: &Actor, session: &Session, now: Instant) -> Done<()> {
    let until = session.queue_closes_at();
    let mut telling = Telling::new(conn, house, actor, session, now)?;
    for id in store::enrolments::shorten_offers(conn, session.id, until)? {
        // What is over already is told by the round that ends it.
        if until > now {
            telling.promoted(id, EnrolmentState::Offered, Some(until));
        }
    }
    store::enrolments::shorten_reservations(conn, session.id, until)?;
    telling.send(conn)
}

fn note_reservation(
    conn: &mut Conn,
    actor: &Actor,
    session: &Session,
    id: ReservationId,
    reason: Option<&str>,
    now: Instant,
) -> Done<()> {
    let kind = if reason.is_some() { "seats_set_aside" } else { "reservation_ended" };
    let line =
        journal::Line { kind, reference: &format!("reservation:{id}"), reason, ..journal::Line::default() };
    Ok(journal::write(conn, actor, Subject::Session(session.id), now, &[line])?)
}
