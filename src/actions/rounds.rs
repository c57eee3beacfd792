//! What the house does by itself: reminders, expiries, offers that lapse, and forgetting what is over.

use super::enrolments::{self, Telling};
use super::{Done, House, certificates, journal, juries, once, sessions, surveys};
use clock::{self, Beat, Outcome, Stop};
use domain::access::{Action, Actor};
use domain::accounts::{FAILURES_COUNT_MINUTES, RESET_HOURS};
use domain::calendar::{Day, Instant, Zone};
use domain::enrolments::EnrolmentState;
use domain::ids::{EnrolmentId, SessionId};
use domain::imports::KEPT_HOURS;
use domain::letters::{GIVEN_UP_DAYS, REMINDER_DAYS, reminder_occasion};
use domain::signatures::CONNECTION_DAYS;
use std::time::Duration;
use store::enrolments::Reached;
use store::{self, Conn};

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
    /// Surveys asked some weeks after, and recalled.
    pub surveys: usize,
    /// Closed sessions whose seals were sent.
    pub seals: usize,
    /// Juries whose members and candidates were reminded.
    pub juries: usize,
    /// Status lists that were signed anew.
    pub lists: usize,
    /// Holders who were told that their certificate ends.
    pub endings: usize,
    /// Rows that count no more: gone, or blanked.
    pub forgotten: usize,
    /// Duties that failed; the log says how, and the next round tries them again.
    pub failures: usize,
}

/// One round. Every duty is harmless to repeat, and to do on two servers at once; one that fails
/// keeps none of the others waiting.
pub fn run(house: &House, reminders: &Reminders) -> Done<Report> {
    make(house, reminders, &Stop::default())
}

fn make(house: &House, reminders: &Reminders, stop: &Stop) -> Done<Report> {
    Actor::HOUSE.may(Action::RunRounds)?;
    let mut failures = 0;
    let mut done = |duty: &str, work: &dyn Fn() -> Done<usize>| {
        if stop.is_asked() {
            return 0;
        }
        work().unwrap_or_else(|error| {
            tracing::warn!("the rounds could not finish {duty}: {error}");
            failures += 1;
            0
        })
    };
    let offers = done("offers that lapse", &|| enrolments::lapse_offers(house));
    let queues = done("queues that close", &|| enrolments::close_queues(house));
    let reservations = done("reservations that end", &|| enrolments::end_reservations(house));
    let starts = done("sessions that begin", &|| sessions::start_due(house));
    let juries = done("reminders of juries", &|| juries::remind(house, &reminders.0));
    let reminded = done("reminders", &|| remind(house, reminders));
    let surveys =
        done("surveys", &|| surveys::ask(house)) + done("silent surveys", &|| surveys::recall(house));
    let seals = done("seals of the journal", &|| journal::keep_sealed(house));
    let lists = done("status lists", &|| certificates::publish(house));
    let endings = done("certificates that end", &|| certificates::warn_of_ends(house));
    let forgotten = done("what is forgotten", &|| forget(house));
    Ok(Report {
        offers,
        queues,
        reservations,
        starts,
        reminders: reminded,
        surveys,
        seals,
        juries,
        lists,
        endings,
        forgotten,
        failures,
    })
}

/// Makes the rounds every minute, until the answer is stopped or dropped.
pub fn spawn(house: House, reminders: Reminders) -> std::io::Result<Beat> {
    clock::every(PAUSE, "rounds", move |stop| match make(&house, &reminders, stop) {
        Ok(Report { failures: 0, .. }) => Outcome::Done,
        Ok(_) => Outcome::Failed,
        Err(error) => {
            tracing::error!("the rounds were not made: {error}");
            Outcome::Failed
        }
    })
}

/// Reminds the people of every session that is so many days away, each once.
fn remind(house: &House, reminders: &Reminders) -> Done<usize> {
    let now = house.clock.now();
    // A day more than the calendar says: the zones are up to a day apart.
    let horizon = now.plus_days(reminders.0.iter().copied().max().unwrap_or(0) + 2);
    let coming = house.store.read(|conn| store::sessions::coming(conn, now, horizon))?;
    let mut written = 0;
    for (session, starts_at, zone) in coming {
        let first = starts_at.day(zone);
        let days = first.days_since(now.day(zone));
        if reminders.0.contains(&days) {
            written += remind_of(house, session, first, days)?;
        }
    }
    Ok(written)
}

fn remind_of(house: &House, id: SessionId, first: Day, days: i64) -> Done<usize> {
    let now = house.clock.now();
    if house.store.read(|conn| untold(conn, id, first, days, now))?.is_empty() {
        return Ok(0);
    }
    house.act_holding(&Actor::HOUSE, Action::RunRounds, &[id], |act| {
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        if session.first_day() != first {
            // It moved meanwhile.
            return Ok(0);
        }
        let places = untold(act.conn, id, first, days, act.now)?;
        let mut telling = Telling::new(act, &session)?;
        for place in &places {
            telling.reminder(*place, days);
        }
        telling.send(act)?;
        Ok(places.len())
    })
}

/// The places of a session whose holder is to be reminded of it. Whoever was told less than a day ago
/// that they have a place knows; whom no letter reaches is left out.
fn untold(conn: &mut Conn, id: SessionId, first: Day, days: i64, now: Instant) -> Done<Vec<EnrolmentId>> {
    let places = store::enrolments::of_session_letters(conn, id, &[EnrolmentState::Confirmed])?;
    let occasions: Vec<_> = places.iter().map(|p| reminder_occasion(days, p.enrolment, first)).collect();
    let told = store::outbox::told(conn, &occasions)?;
    let assured = store::outbox::assured(conn, id, now.plus_days(-1))?;
    let mut untold = Vec::new();
    for (place, occasion) in places.iter().zip(&occasions) {
        let knows = assured.contains(&place.enrolment) || told.contains(occasion);
        if !knows && is_reached(conn, place, now)? {
            untold.push(place.enrolment);
        }
    }
    Ok(untold)
}

/// By their own address, or by their employer's contact.
fn is_reached(conn: &mut Conn, place: &Reached, now: Instant) -> Done<bool> {
    match (&place.email, place.employer) {
        (Some(_), _) => Ok(true),
        (None, None) => Ok(false),
        (None, Some(company)) => {
            Ok(store::accounts::contact_of(conn, company, now.day(Zone::OFFICE))?.is_some())
        }
    }
}

/// Forgets what is over: log-ins, failures and links that count no more, links that could not be sent, lists that were not
/// confirmed, and what letters that were given up would have opened. Answers how many rows.
fn forget(house: &House) -> Done<usize> {
    house.act(&Actor::HOUSE, Action::RunRounds, |act| {
        Ok(store::logins::sweep(act.conn, act.now)?
            + store::accounts::sweep_failures(act.conn, act.now.plus_minutes(-FAILURES_COUNT_MINUTES))?
            + store::links::sweep(act.conn, act.now)?
            + store::link_requests::sweep(act.conn, act.now.plus_hours(-RESET_HOURS))?
            + store::imports::sweep(act.conn, act.now.plus_hours(-KEPT_HOURS))?
            + store::sent_forms::sweep(act.conn, act.now.plus_hours(-once::KEPT_HOURS))?
            + store::signatures::forget_connections(act.conn, act.now.plus_days(-CONNECTION_DAYS))?
            + store::signatures::forget_arrivals(act.conn, act.now.plus_days(-CONNECTION_DAYS))?
            + store::outbox::blank_given_up(act.conn, act.now.plus_days(-GIVEN_UP_DAYS))?)
    })
}
