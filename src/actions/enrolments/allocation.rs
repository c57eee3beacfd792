//! The one place where seats are given.

use super::telling::Telling;
use super::{Done, note, step};
use crate::House;
use domain::access::{Actor, Subject};
use domain::calendar::Instant;
use domain::enrolments::{
    Candidate, Enrolment, EnrolmentState, EnrolmentStep, Rank, Refusal, Seats, promotion, rank,
};
use domain::ids::{AccountId, EnrolmentId, GroupId, OrganisationId, PersonId};
use domain::sessions::Session;
use store::{self, Conn, journal};

/// Somebody for whom a place is asked, and who has no row yet.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer {
    pub person: PersonId,
    pub employer: Option<OrganisationId>,
    /// Kept with the row, whatever the policy.
    pub group: Option<GroupId>,
    /// Whether the group is seated whole or not at all.
    pub whole_group: bool,
    pub asked_by: Option<AccountId>,
}

/// Who comes to the queue.
pub enum Arrival {
    New(Vec<Newcomer>),
    /// A request whose approval was given.
    Approved(Enrolment),
    Nobody,
}

/// What became of those who came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub confirmed: Vec<EnrolmentId>,
    /// With the place in the queue that each was told.
    pub waiting: Vec<(EnrolmentId, Option<Rank>)>,
}

/// Numbers that no row will ever have, for those who have none yet: after everyone of the same rank.
const PROVISIONAL: i64 = i64::MAX - 1_000_000;

/// Serves the queue of a session together with who comes to it, and keeps and tells the outcome.
///
/// The caller holds the row of the session; `seats` are what it made of them since (a seat given
/// back, another capacity), `before` what the database still says.
#[expect(clippy::too_many_arguments, reason = "who, where, from which seats to which, whom and when")]
pub fn allocate(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    session: &Session,
    before: &Seats,
    mut seats: Seats,
    arrival: &Arrival,
    now: Instant,
) -> Done<Given> {
    let open = session.queue_is_open(now);
    let waiting = if open { waiting_rows(conn, session)? } else { Vec::new() };
    let mut queue = if open { store::enrolments::queue(conn, session.id)? } else { Vec::new() };
    let newcomers = match arrival {
        Arrival::New(newcomers) => newcomers.as_slice(),
        Arrival::Approved(_) | Arrival::Nobody => &[],
    };
    for (number, one) in (0i64..).zip(newcomers) {
        queue.push(Candidate {
            id: EnrolmentId(PROVISIONAL + number),
            employer: one.employer,
            group: one.group.filter(|_| one.whole_group),
            ranked_at: now,
        });
    }
    if let Arrival::Approved(one) = arrival {
        queue.push(Candidate { id: one.id, employer: one.employer, group: None, ranked_at: now });
    }
    let seated = seats.serve(&queue);
    queue.retain(|c| !seated.contains(&c.id));
    let newcomers_waiting = queue.iter().any(|c| c.id.0 >= PROVISIONAL || is(arrival, c.id));
    if newcomers_waiting && !open {
        return Err(Refusal::Full.into());
    }
    store::enrolments::keep_seats(conn, session.id, before, &seats)?;

    let mut given = Given::default();
    let mut telling = Telling::new(conn, house, actor, session, now)?;
    for one in waiting.iter().filter(|e| seated.contains(&e.id)) {
        let (how, until) = promotion(session, now);
        let next = step(conn, actor, one, how, until, None, now)?;
        telling.promoted(one.id, next, until);
    }
    for (number, one) in (0i64..).zip(newcomers) {
        let provisional = EnrolmentId(PROVISIONAL + number);
        let id = arrive(conn, actor, session, one, seated.contains(&provisional), now)?;
        for candidate in queue.iter_mut().filter(|c| c.id == provisional) {
            candidate.id = id;
        }
        if seated.contains(&provisional) { given.confirmed.push(id) } else { given.waiting.push((id, None)) }
    }
    if let Arrival::Approved(one) = arrival {
        let has_seat = seated.contains(&one.id);
        let how = if has_seat { EnrolmentStep::Confirm } else { EnrolmentStep::Wait };
        step(conn, actor, one, how, None, None, now)?;
        if has_seat { given.confirmed.push(one.id) } else { given.waiting.push((one.id, None)) }
    }
    for id in &given.confirmed {
        telling.confirmed(*id);
    }
    for (id, place) in &mut given.waiting {
        *place = rank(&seats, &queue, *id);
        if let Some(place) = *place {
            telling.waiting(*id, place);
        }
    }
    telling.send(conn)?;
    Ok(given)
}

fn is(arrival: &Arrival, id: EnrolmentId) -> bool {
    matches!(arrival, Arrival::Approved(one) if one.id == id)
}

fn waiting_rows(conn: &mut Conn, session: &Session) -> Done<Vec<Enrolment>> {
    Ok(store::enrolments::of_session(conn, session.id, &[EnrolmentState::Waiting])?)
}

/// Writes the row of somebody who comes, with a seat or in the queue.
fn arrive(
    conn: &mut Conn,
    actor: &Actor,
    session: &Session,
    one: &Newcomer,
    has_seat: bool,
    now: Instant,
) -> Done<EnrolmentId> {
    let state = if has_seat { EnrolmentState::Confirmed } else { EnrolmentState::Waiting };
    add_row(conn, actor, session, one, state, Some(now), now)
}

/// Writes a new row and its line in the journal.
pub fn add_row(
    conn: &mut Conn,
    actor: &Actor,
    session: &Session,
    one: &Newcomer,
    state: EnrolmentState,
    ranked_at: Option<Instant>,
    now: Instant,
) -> Done<EnrolmentId> {
    let new = store::enrolments::NewEnrolment {
        session_id: session.id,
        person_id: one.person,
        employer_id: one.employer,
        group_id: one.group,
        state,
        ranked_at,
        asked_by: one.asked_by,
        calendar_uid: uuid::Uuid::new_v4().to_string(),
        created_at: now,
        changed_at: now,
    };
    let id = match store::enrolments::add(conn, &new) {
        Err(store::Error::Taken(store::Unique::EnrolmentOnce)) => return Err(Refusal::Twice.into()),
        other => other?,
    };
    note(conn, actor, session.id, id, None, state, None, now)?;
    Ok(id)
}

/// Sets another capacity and serves the queue with what it brings.
///
/// The caller holds the row of the session.
pub fn resize(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    session: &Session,
    capacity: u32,
    now: Instant,
) -> Done<()> {
    let before = store::enrolments::seats(conn, session.id)?;
    let mut seats = before.clone();
    seats.resize(capacity)?;
    allocate(conn, house, actor, session, &before, seats, &Arrival::Nobody, now)?;
    Ok(())
}

/// Counts one seat above the capacity, by somebody's name and reason; the caller holds the row of
/// the session and gives the seat.
pub fn one_above(
    conn: &mut Conn,
    actor: &Actor,
    session: &Session,
    before: &Seats,
    id: EnrolmentId,
    reason: &str,
    now: Instant,
) -> Done<Seats> {
    let mut seats = before.clone();
    seats.exceed();
    let line = journal::Line {
        kind: "seat_above_capacity",
        reference: &format!("enrolment:{id}"),
        reason: Some(reason),
        ..journal::Line::default()
    };
    journal::write(conn, actor, Subject::Session(session.id), now, &[line])?;
    store::enrolments::keep_seats(conn, session.id, before, &seats)?;
    Ok(seats)
}

/// Seats somebody whom staff add where no seat is free.
#[expect(clippy::too_many_arguments, reason = "who, where, from which seats, whom, why and when")]
pub fn seat_above(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    session: &Session,
    seats: &Seats,
    one: &Newcomer,
    reason: &str,
    now: Instant,
) -> Done<()> {
    let id = add_row(conn, actor, session, one, EnrolmentState::Confirmed, Some(now), now)?;
    one_above(conn, actor, session, seats, id, reason, now)?;
    let mut telling = Telling::new(conn, house, actor, session, now)?;
    telling.confirmed(id);
    telling.send(conn)
}
