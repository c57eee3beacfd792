//! The one place where seats are given.

use super::telling::Telling;
use super::{Act, Done, note, step};
use domain::access::Subject;
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
pub fn allocate(
    act: &mut Act<'_>,
    session: &Session,
    before: &Seats,
    mut seats: Seats,
    arrival: &Arrival,
) -> Done<Given> {
    let open = session.queue_is_open(act.now);
    let waiting = if open { waiting_rows(act.conn, session)? } else { Vec::new() };
    let mut queue = if open { store::enrolments::queue(act.conn, session.id)? } else { Vec::new() };
    let newcomers = match arrival {
        Arrival::New(newcomers) => newcomers.as_slice(),
        Arrival::Approved(_) | Arrival::Nobody => &[],
    };
    for (number, one) in (0i64..).zip(newcomers) {
        queue.push(Candidate {
            id: EnrolmentId(PROVISIONAL + number),
            employer: one.employer,
            group: one.group.filter(|_| one.whole_group),
            ranked_at: act.now,
        });
    }
    if let Arrival::Approved(one) = arrival {
        queue.push(Candidate { id: one.id, employer: one.employer, group: None, ranked_at: act.now });
    }
    let seated = seats.serve(&queue);
    queue.retain(|c| !seated.contains(&c.id));
    let newcomers_waiting = queue.iter().any(|c| c.id.0 >= PROVISIONAL || is(arrival, c.id));
    if newcomers_waiting && !open {
        return Err(Refusal::Full.into());
    }
    store::enrolments::keep_seats(act.conn, session.id, before, &seats)?;

    let mut given = Given::default();
    let mut telling = Telling::new(act, session)?;
    for one in waiting.iter().filter(|e| seated.contains(&e.id)) {
        let (how, until) = promotion(session, act.now);
        let next = step(act, one, how, until, None)?;
        telling.promoted(one.id, next, until);
    }
    for (number, one) in (0i64..).zip(newcomers) {
        let provisional = EnrolmentId(PROVISIONAL + number);
        let id = arrive(act, session, one, seated.contains(&provisional))?;
        for candidate in queue.iter_mut().filter(|c| c.id == provisional) {
            candidate.id = id;
        }
        if seated.contains(&provisional) { given.confirmed.push(id) } else { given.waiting.push((id, None)) }
    }
    if let Arrival::Approved(one) = arrival {
        let has_seat = seated.contains(&one.id);
        let how = if has_seat { EnrolmentStep::Confirm } else { EnrolmentStep::Wait };
        step(act, one, how, None, None)?;
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
    telling.send(act)?;
    Ok(given)
}

fn is(arrival: &Arrival, id: EnrolmentId) -> bool {
    matches!(arrival, Arrival::Approved(one) if one.id == id)
}

fn waiting_rows(conn: &mut Conn, session: &Session) -> Done<Vec<Enrolment>> {
    Ok(store::enrolments::of_session(conn, session.id, &[EnrolmentState::Waiting])?)
}

/// Writes the row of somebody who comes, with a seat or in the queue.
fn arrive(act: &mut Act<'_>, session: &Session, one: &Newcomer, has_seat: bool) -> Done<EnrolmentId> {
    let state = if has_seat { EnrolmentState::Confirmed } else { EnrolmentState::Waiting };
    add_row(act, session, one, state, Some(act.now))
}

/// Writes a new row and its line in the journal.
pub fn add_row(
    act: &mut Act<'_>,
    session: &Session,
    one: &Newcomer,
    state: EnrolmentState,
    ranked_at: Option<Instant>,
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
        created_at: act.now,
        changed_at: act.now,
    };
    let id = match store::enrolments::add(act.conn, &new) {
        Err(store::Error::Taken(store::Unique::EnrolmentOnce)) => return Err(Refusal::Twice.into()),
        other => other?,
    };
    note(act, session.id, id, (None, state), None)?;
    Ok(id)
}

/// Sets another capacity and serves the queue with what it brings.
///
/// The caller holds the row of the session.
pub fn resize(act: &mut Act<'_>, session: &Session, capacity: u32) -> Done<()> {
    let before = store::enrolments::seats(act.conn, session.id)?;
    let mut seats = before.clone();
    seats.resize(capacity)?;
    allocate(act, session, &before, seats, &Arrival::Nobody)?;
    Ok(())
}

/// Counts one seat above the capacity, by somebody's name and reason; the caller holds the row of
/// the session and gives the seat.
pub fn one_above(
    act: &mut Act<'_>,
    session: &Session,
    before: &Seats,
    id: EnrolmentId,
    reason: &str,
) -> Done<Seats> {
    let mut seats = before.clone();
    seats.exceed();
    let line = journal::Line {
        kind: "seat_above_capacity",
        reference: &format!("enrolment:{id}"),
        reason: Some(reason),
        ..journal::Line::default()
    };
    act.note(Subject::Session(session.id), &[line])?;
    store::enrolments::keep_seats(act.conn, session.id, before, &seats)?;
    Ok(seats)
}

/// Seats somebody whom staff add where no seat is free.
pub fn seat_above(
    act: &mut Act<'_>,
    session: &Session,
    seats: &Seats,
    one: &Newcomer,
    reason: &str,
) -> Done<()> {
    let id = add_row(act, session, one, EnrolmentState::Confirmed, Some(act.now))?;
    one_above(act, session, seats, id, reason)?;
    let mut telling = Telling::new(act, session)?;
    telling.confirmed(id);
    telling.send(act)
}
