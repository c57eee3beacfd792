//! Giving a place back, answering an offer, passing it on; seats set aside and above capacity.

use super::allocation::{Arrival, Newcomer, add_row, allocate, one_above};
use super::telling::Telling;
use super::{Act, Done, give_way, step};
use crate::House;
use domain::access::{Action, Actor, Subject};
use domain::calendar::Instant;
use domain::enrolments::{
    AskedBy, Beneficiary, Enrolment, EnrolmentState, EnrolmentStep, Illegal, Refusal, may_ask,
};
use domain::ids::{EnrolmentId, PersonId, ReservationId, SessionId};
use domain::sessions::Session;
use store::{self, journal};

/// A reason somebody gave, or the refusal to go on without one.
pub fn reason_given(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason) }
}

/// Works on an enrolment and its session, both read under the hold of the session: ranks and journal follow the order in
/// which the session was had.
pub fn on_place<T>(
    house: &House,
    actor: &Actor,
    action: Action,
    id: EnrolmentId,
    work: impl FnOnce(&mut Act<'_>, Enrolment, Session) -> Done<T>,
) -> Done<T> {
    let reach = actor.may(action)?;
    let session = house.store.read(|conn| store::enrolments::get(conn, &reach, id))?.session;
    house.act_holding(actor, action, &[session], |act| {
        let seen = store::enrolments::get(act.conn, &act.reach, id)?;
        let session = store::sessions::open(act.conn, seen.session)?;
        work(act, seen, session)
    })
}

/// Gives a place back; the seat passes to the head of the queue in the same transaction.
pub fn cancel(house: &House, actor: &Actor, id: EnrolmentId, reason: &str) -> Done<()> {
    on_place(house, actor, Action::CancelEnrolment, id, |act, seen, session| {
        let reason = reason_given(reason)?;
        if act.now >= session.starts_at {
            return Err(Refusal::Begun.into());
        }
        step(act, &seen, EnrolmentStep::Cancel, None, Some(reason))?;
        let mut telling = Telling::new(act, &session)?;
        telling.cancelled(seen.id, Some(reason), seen.state.has_place());
        telling.send(act)?;
        give_back(act, &session, &seen)
    })
}

/// The seat of an enrolment that has just ended goes to the next.
fn give_back(act: &mut Act<'_>, session: &Session, ended: &Enrolment) -> Done<()> {
    let before = store::enrolments::seats(act.conn, session.id)?;
    let mut seats = before.clone();
    if ended.state.holds_seat() {
        seats.release();
    }
    // Also when no seat comes back: a group that waited for one member less may fit now.
    allocate(act, session, &before, seats, &Arrival::Nobody)?;
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
    on_place(house, actor, Action::AnswerOffer, id, |act, seen, session| {
        if seen.state != EnrolmentState::Offered {
            let step = match answer {
                Answer::Accept => EnrolmentStep::Confirm,
                Answer::Decline => EnrolmentStep::Decline,
            };
            return Err(Illegal { from: seen.state, step }.into());
        }
        let mut telling = Telling::new(act, &session)?;
        match answer {
            Answer::Accept if seen.offered_until.is_none_or(|until| act.now >= until) => {
                Err(Refusal::OfferLapsed.into())
            }
            Answer::Accept => {
                step(act, &seen, EnrolmentStep::Confirm, None, None)?;
                telling.confirmed(seen.id);
                telling.send(act)
            }
            Answer::Decline => {
                let state = step(act, &seen, EnrolmentStep::Decline, None, None)?;
                telling.no_place(seen.id, state, None);
                telling.send(act)?;
                give_back(act, &session, &seen)
            }
        }
    })
}

/// Passes a confirmed seat on to a colleague; it does not come back to the queue.
pub fn substitute(house: &House, actor: &Actor, id: EnrolmentId, by: PersonId) -> Done<EnrolmentId> {
    on_place(house, actor, Action::SubstituteEnrolment, id, |act, seen, session| {
        let company = act.actor.organisation().ok_or(Refusal::NotEmployed)?;
        if act.now >= session.starts_at {
            return Err(Refusal::Begun.into());
        }
        if seen.state != EnrolmentState::Confirmed {
            return Err(Illegal { from: seen.state, step: EnrolmentStep::Transfer }.into());
        }
        let day = session.starts_at.day(session.plan.zone);
        if store::enrolments::employed(act.conn, company, &[by], day)?.is_empty() {
            return Err(Refusal::NotEmployed.into());
        }
        let live = store::enrolments::of_session(act.conn, session.id, &[EnrolmentState::Waiting])?;
        let theirs = |e: &&Enrolment| e.person == by && e.employer == Some(company);
        if let Some(waiting) = live.iter().find(theirs) {
            // Who waited for a seat of their own leaves the queue for this one.
            give_way(act, waiting)?;
        } else if !store::enrolments::live_in(act.conn, session.id, &[by])?.is_empty() {
            return Err(Refusal::Twice.into());
        }
        give_way(act, &seen)?;
        let one = Newcomer {
            person: by,
            employer: Some(company),
            group: seen.group,
            whole_group: false,
            asked_by: act.actor.account(),
        };
        let new = add_row(act, &session, &one, EnrolmentState::Confirmed, Some(act.now))?;
        let mut telling = Telling::new(act, &session)?;
        telling.passed_on(act, seen.id, new)?;
        telling.confirmed(new);
        telling.send(act)?;
        let seats = store::enrolments::seats(act.conn, session.id)?;
        allocate(act, &session, &seats, seats.clone(), &Arrival::Nobody)?;
        Ok(new)
    })
}

/// Moves somebody to another session of the same training body, where a seat must be free; the one
/// left behind passes to the next in its queue.
pub fn transfer(house: &House, actor: &Actor, id: EnrolmentId, to: SessionId, reason: &str) -> Done<()> {
    let reach = actor.may(Action::TransferEnrolment)?;
    let reason = reason_given(reason)?;
    let from = house.store.read(|conn| store::enrolments::get(conn, &reach, id))?.session;
    house.act_holding(actor, Action::TransferEnrolment, &[from, to], |act| {
        let seen = store::enrolments::get(act.conn, &act.reach, id)?;
        let old = store::sessions::get(act.conn, &act.reach, from)?;
        let new = store::sessions::get(act.conn, &act.reach, to)?;
        if act.now >= old.starts_at {
            return Err(Refusal::Begun.into());
        }
        if old.training_body != new.training_body || from == to {
            return Err(Refusal::ForeignSession.into());
        }
        may_ask(&new, AskedBy::Staff, act.now)?;
        if !store::enrolments::live_in(act.conn, to, &[seen.person])?.is_empty() {
            return Err(Refusal::Twice.into());
        }
        step(act, &seen, EnrolmentStep::Transfer, None, Some(reason))?;
        let mut telling = Telling::new(act, &old)?;
        telling.cancelled(seen.id, Some(reason), true);
        telling.send(act)?;
        let one = Newcomer {
            person: seen.person,
            employer: seen.employer,
            group: None,
            whole_group: false,
            asked_by: act.actor.account(),
        };
        let seats = store::enrolments::seats(act.conn, to)?;
        let given = allocate(act, &new, &seats, seats.clone(), &Arrival::New(vec![one]))?;
        if given.confirmed.is_empty() {
            return Err(Refusal::NotEnoughFree { free: 0 }.into());
        }
        give_back(act, &old, &seen)
    })
}

/// Seats somebody above the capacity, by one's name and reason.
pub fn exceed(house: &House, actor: &Actor, id: EnrolmentId, reason: &str) -> Done<()> {
    on_place(house, actor, Action::ExceedCapacity, id, |act, seen, session| {
        let reason = reason_given(reason)?;
        if seen.state != EnrolmentState::Waiting {
            return Err(Illegal { from: seen.state, step: EnrolmentStep::Confirm }.into());
        }
        let before = store::enrolments::seats(act.conn, session.id)?;
        let seats = one_above(act, &session, &before, id, reason)?;
        step(act, &seen, EnrolmentStep::Confirm, None, Some(reason))?;
        let mut telling = Telling::new(act, &session)?;
        telling.promoted(seen.id, EnrolmentState::Confirmed, None);
        telling.send(act)?;
        // A group may have become small enough for what is free.
        allocate(act, &session, &seats, seats.clone(), &Arrival::Nobody)?;
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
    house.act_holding(actor, Action::ReserveSeats, &[session], |act| {
        let reason = reason_given(&aside.reason)?;
        let session = store::sessions::get(act.conn, &act.reach, session)?;
        if !session.queue_is_open(act.now) {
            return Err(Refusal::NotOpen.into());
        }
        if aside.until <= act.now || aside.until > session.queue_closes_at() {
            return Err(Refusal::ReservationDate.into());
        }
        if let Beneficiary::Group(group) = aside.beneficiary
            && !store::enrolments::queue(act.conn, session.id)?.iter().any(|one| one.group == Some(group))
        {
            return Err(store::Error::Missing.into());
        }
        let before = store::enrolments::seats(act.conn, session.id)?;
        let mut seats = before.clone();
        seats.reserve(ReservationId(0), aside.beneficiary, aside.seats)?;
        let id = store::enrolments::add_reservation(
            act.conn,
            session.id,
            aside.beneficiary,
            aside.seats,
            aside.until,
            reason,
        )?;
        note_reservation(act, &session, id, Some(reason))?;
        let kept = store::enrolments::seats(act.conn, session.id)?;
        // Keeps the sum of what is set aside, and serves who it was set aside for.
        allocate(act, &session, &before, kept, &Arrival::Nobody)?;
        Ok(())
    })
}

/// Gives what is left of a reservation back to all.
pub fn unreserve(house: &House, actor: &Actor, id: ReservationId) -> Done<SessionId> {
    actor.may(Action::ReserveSeats)?;
    let session = house.store.read(|conn| store::enrolments::session_of_reservation(conn, id))?;
    house.act_holding(actor, Action::ReserveSeats, &[session], |act| {
        let session = store::sessions::get(act.conn, &act.reach, session)?;
        end_reservation(act, &session, id)?;
        Ok(session.id)
    })
}

/// Ends one reservation of a session whose row the caller holds.
pub fn end_reservation(act: &mut Act<'_>, session: &Session, id: ReservationId) -> Done<()> {
    let before = store::enrolments::seats(act.conn, session.id)?;
    let mut seats = before.clone();
    seats.unreserve(id);
    note_reservation(act, session, id, None)?;
    allocate(act, session, &before, seats, &Arrival::Nobody)?;
    Ok(())
}

/// Brings what is held for a while within the queue of a session that was planned anew, and tells
/// those whose offer ends earlier now.
///
/// The caller holds the row of the session.
pub fn shorten(act: &mut Act<'_>, session: &Session) -> Done<()> {
    let until = session.queue_closes_at();
    let mut telling = Telling::new(act, session)?;
    for id in store::enrolments::shorten_offers(act.conn, session.id, until)? {
        // What is over already is told by the round that ends it.
        if until > act.now {
            telling.promoted(id, EnrolmentState::Offered, Some(until));
        }
    }
    store::enrolments::shorten_reservations(act.conn, session.id, until)?;
    telling.send(act)
}

fn note_reservation(
    act: &mut Act<'_>,
    session: &Session,
    id: ReservationId,
    reason: Option<&str>,
) -> Done<()> {
    let kind = if reason.is_some() { "seats_set_aside" } else { "reservation_ended" };
    let line =
        journal::Line { kind, reference: &format!("reservation:{id}"), reason, ..journal::Line::default() };
    act.note(Subject::Session(session.id), &[line])
}
