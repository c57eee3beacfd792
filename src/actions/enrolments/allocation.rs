//! The one place where seats are given.

use super::telling::Telling;
use super::{Done, note, step};
use crate::House;
use domain::access::{Actor, Subject};
use domain::calendar::Instant;
use domain::enrolments::{
    Claim, Claimant, Enrolment, EnrolmentState, EnrolmentStep, Queue, Rank, Refusal, Seats, Served,
    promotion, serve,
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

impl Arrival {
    /// Seats that they claim from now on.
    fn claims(&self, now: Instant) -> Vec<Claim> {
        match self {
            Self::New(newcomers) => {
                newcomers.iter().enumerate().map(|(number, one)| one.claim(number, now)).collect()
            }
            Self::Approved(one) => {
                let claimant = Claimant::Approved(one.id);
                vec![Claim { claimant, employer: one.employer, group: None, ranked_at: now }]
            }
            Self::Nobody => Vec::new(),
        }
    }
}

impl Newcomer {
    fn claim(&self, number: usize, now: Instant) -> Claim {
        let group = self.group.filter(|_| self.whole_group);
        Claim { claimant: Claimant::New(number), employer: self.employer, group, ranked_at: now }
    }
}

/// What became of those who came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub confirmed: Vec<EnrolmentId>,
    /// With the place in the queue that each was told.
    pub waiting: Vec<(EnrolmentId, Rank)>,
}

impl Given {
    fn add(&mut self, id: EnrolmentId, rank: Option<Rank>) {
        match rank {
            None => self.confirmed.push(id),
            Some(rank) => self.waiting.push((id, rank)),
        }
    }

    fn tell(&self, telling: &mut Telling<'_>) {
        for id in &self.confirmed {
            telling.confirmed(*id);
        }
        for (id, rank) in &self.waiting {
            telling.waiting(*id, *rank);
        }
    }
}

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
    seats: Seats,
    arrival: &Arrival,
    now: Instant,
) -> Done<Given> {
    let queue = queue(conn, session, arrival, now)?;
    let served = serve(seats, &queue)?;
    store::enrolments::keep_seats(conn, session.id, before, &served.seats)?;
    let mut telling = Telling::new(conn, house, actor, session, now)?;
    promote(conn, actor, session, &served, &mut telling, now)?;
    let given = admit(conn, actor, session, arrival, &served, now)?;
    given.tell(&mut telling);
    telling.send(conn)?;
    Ok(given)
}

fn queue(conn: &mut Conn, session: &Session, arrival: &Arrival, now: Instant) -> Done<Queue> {
    let mut claims = store::enrolments::queue(conn, session.id)?;
    claims.extend(arrival.claims(now));
    Ok(Queue { claims, is_open: session.queue_is_open(now) })
}

/// Moves those who waited and whom a seat reaches.
fn promote(
    conn: &mut Conn,
    actor: &Actor,
    session: &Session,
    served: &Served,
    telling: &mut Telling<'_>,
    now: Instant,
) -> Done<()> {
    if served.promoted.is_empty() {
        return Ok(());
    }
    let (how, until) = promotion(session, now);
    let waiting = store::enrolments::of_session(conn, session.id, &[EnrolmentState::Waiting])?;
    for one in waiting.iter().filter(|one| served.promoted.contains(&one.id)) {
        let next = step(conn, actor, one, how, until, None, now)?;
        telling.promoted(one.id, next, until);
    }
    Ok(())
}

/// Writes down those who came, each with a seat or in the queue.
fn admit(
    conn: &mut Conn,
    actor: &Actor,
    session: &Session,
    arrival: &Arrival,
    served: &Served,
    now: Instant,
) -> Done<Given> {
    let mut given = Given::default();
    match arrival {
        Arrival::New(newcomers) => {
            for (number, one) in newcomers.iter().enumerate() {
                let rank = served.rank_of(Claimant::New(number));
                given.add(arrive(conn, actor, session, one, rank, now)?, rank);
            }
        }
        Arrival::Approved(one) => {
            let rank = served.rank_of(Claimant::Approved(one.id));
            let how = if rank.is_none() { EnrolmentStep::Confirm } else { EnrolmentStep::Wait };
            step(conn, actor, one, how, None, None, now)?;
            given.add(one.id, rank);
        }
        Arrival::Nobody => {}
    }
    Ok(given)
}

/// Writes the row of somebody who comes, with a seat or in the queue.
fn arrive(
    conn: &mut Conn,
    actor: &Actor,
    session: &Session,
    one: &Newcomer,
    rank: Option<Rank>,
    now: Instant,
) -> Done<EnrolmentId> {
    let state = if rank.is_none() { EnrolmentState::Confirmed } else { EnrolmentState::Waiting };
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
