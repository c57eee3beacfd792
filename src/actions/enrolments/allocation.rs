//! The one place where seats are given.

use super::telling::Telling;
use super::{Act, Done, note, step};
use domain::access::Subject;
use domain::calendar::Instant;
use domain::enrolments::{
    Claim, Claimant, Enrolment, EnrolmentState, EnrolmentStep, Queue, Rank, Refusal, Seats, Served,
    promotion, serve,
};
use domain::ids::{AccountId, EnrolmentId, GroupId, OrganisationId, PersonId};
use domain::sessions::Session;
use store::{self, journal};

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

    fn tell(&self, telling: &mut Telling) {
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
pub fn allocate(
    act: &mut Act<'_>,
    session: &Session,
    before: &Seats,
    seats: Seats,
    arrival: &Arrival,
) -> Done<Given> {
    let queue = queue(act, session, arrival)?;
    let served = serve(seats, &queue)?;
    store::enrolments::keep_seats(act.conn, session.id, before, &served.seats)?;
    let mut telling = Telling::new(act, session)?;
    promote(act, session, &served, &mut telling)?;
    let given = admit(act, session, arrival, &served)?;
    given.tell(&mut telling);
    telling.send(act)?;
    Ok(given)
}

fn queue(act: &mut Act<'_>, session: &Session, arrival: &Arrival) -> Done<Queue> {
    let mut claims = store::enrolments::queue(act.conn, session.id)?;
    claims.extend(arrival.claims(act.now));
    Ok(Queue { claims, is_open: session.queue_is_open(act.now) })
}

/// Moves those who waited and whom a seat reaches.
fn promote(act: &mut Act<'_>, session: &Session, served: &Served, telling: &mut Telling) -> Done<()> {
    if served.promoted.is_empty() {
        return Ok(());
    }
    let (how, until) = promotion(session, act.now);
    let waiting = store::enrolments::of_session(act.conn, session.id, &[EnrolmentState::Waiting])?;
    for one in waiting.iter().filter(|one| served.promoted.contains(&one.id)) {
        let next = step(act, one, how, until, None)?;
        telling.promoted(one.id, next, until);
    }
    Ok(())
}

/// Writes down those who came, each with a seat or in the queue.
fn admit(act: &mut Act<'_>, session: &Session, arrival: &Arrival, served: &Served) -> Done<Given> {
    let mut given = Given::default();
    match arrival {
        Arrival::New(newcomers) => {
            for (number, one) in newcomers.iter().enumerate() {
                let rank = served.rank_of(Claimant::New(number));
                given.add(arrive(act, session, one, rank)?, rank);
            }
        }
        Arrival::Approved(one) => {
            let rank = served.rank_of(Claimant::Approved(one.id));
            let how = if rank.is_none() { EnrolmentStep::Confirm } else { EnrolmentStep::Wait };
            step(act, one, how, None, None)?;
            given.add(one.id, rank);
        }
        Arrival::Nobody => {}
    }
    Ok(given)
}

/// Writes the row of somebody who comes, with a seat or in the queue.
fn arrive(act: &mut Act<'_>, session: &Session, one: &Newcomer, rank: Option<Rank>) -> Done<EnrolmentId> {
    let state = if rank.is_none() { EnrolmentState::Confirmed } else { EnrolmentState::Waiting };
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
