//! What the house does by itself: reminders, expiries, offers that lapse.

use super::enrolments::{self, Telling};
use super::{Done, House, sessions};
use crate::clock::{self, Beat};
use crate::domain::access::{Action, Actor, Reach};
use crate::domain::calendar::Instant;
use crate::domain::enrolments::EnrolmentState;
use crate::domain::ids::SessionId;
use crate::domain::letters::{REMINDER_DAYS, reminder_occasion};
use crate::store;
use std::time::Duration;

/// Between two rounds.
const PAUSE: Duration = Duration::from_mins(1);

/// How many days before a session its people are reminded of it.
#[derive(Debug, Clone)]
pub struct Reminders(pub Vec<i64>);

impl Default for Reminders {
    fn default() -> Self {
        Self(REMINDER_DAYS.to_vec())
    }
}

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Sessions whose offers lapsed.
    pub offers: usize,
    /// Sessions whose queue closed.
    pub queues: usize,
    /// Sessions whose reservations came to their date.
    pub reservations: usize,
    /// Sessions that began.
    pub starts: usize,
    /// Reminders written.
    pub reminders: usize,
    /// Duties that failed; the log says how, and the next round tries them again.
    pub failures: usize,
}

/// One round. Every duty is harmless to repeat, and to do on two servers at once; one that fails
/// keeps none of the others waiting.
pub fn run(house: &House, reminders: &Reminders) -> Done<Report> {
    Actor::HOUSE.may(Action::RunRounds)?;
    let mut failures = 0;
    let mut done = |duty: &str, outcome: Done<usize>| {
        outcome.unwrap_or_else(|error| {
            tracing::warn!("the rounds could not finish {duty}: {error}");
            failures += 1;
            0
        })
    };
    let offers = done("offers that lapse", enrolments::lapse_offers(house));
    let queues = done("queues that close", enrolments::close_queues(house));
    let reservations = done("reservations that end", enrolments::end_reservations(house));
    let starts = done("sessions that begin", sessions::start_due(house));
    let reminders = done("reminders", remind(house, reminders));
    Ok(Report { offers, queues, reservations, starts, reminders, failures })
}

/// Makes the rounds every minute, until the answer is stopped or dropped.
pub fn spawn(house: House, reminders: Reminders) -> std::io::Result<Beat> {
    clock::every(PAUSE, "rounds", move |_| {
        if let Err(error) = run(&house, &reminders) {
            tracing::error!("the rounds were not made: {error}");
        }
    })
}

/// Reminds the people of every session that is so many days away, each once.
fn remind(house: &House, reminders: &Reminders) -> Done<usize> {
    let reach = Actor::HOUSE.may(Action::RunRounds)?;
    let now = house.clock.now();
    // A day more than the calendar says: the zones are up to a day apart.
    let horizon = now.plus_days(reminders.0.iter().copied().max().unwrap_or(0) + 2);
    let coming = house.store.read(|conn| store::sessions::coming(conn, now, horizon))?;
    let mut written = 0;
    for (session, starts_at, zone) in coming {
        let days = starts_at.day(zone).days_since(now.day(zone));
        if reminders.0.contains(&days) {
            written += remind_of(house, &reach, session, days, now)?;
        }
    }
    Ok(written)
}

/// Whoever was told less than a day ago that they have a place knows.
fn remind_of(house: &House, reach: &Reach, id: SessionId, days: i64, now: Instant) -> Done<usize> {
    let untold = |conn: &mut store::Conn| -> Done<Vec<_>> {
        let places = store::enrolments::of_session(conn, id, &[EnrolmentState::Confirmed])?;
        let occasions: Vec<_> = places.iter().map(|p| reminder_occasion(days, p.id)).collect();
        let told = store::outbox::told(conn, &occasions)?;
        let assured = store::outbox::assured(conn, id, now.plus_days(-1))?;
        let fresh = places.into_iter().map(|p| p.id);
        Ok(fresh
            .filter(|id| !assured.contains(id) && !told.contains(&reminder_occasion(days, *id)))
            .collect())
    };
    if house.store.read(untold)?.is_empty() {
        return Ok(0);
    }
    house.store.write(|conn| {
        store::sessions::hold(conn, id)?;
        let session = store::sessions::get(conn, reach, id)?;
        let places = untold(conn)?;
        let mut telling = Telling::new(conn, house, &Actor::HOUSE, &session, now)?;
        for place in &places {
            telling.reminder(*place, days);
        }
        telling.send(conn)?;
        Ok(places.len())
    })
}
