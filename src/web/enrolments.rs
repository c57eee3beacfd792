//! Places: asking, answering, giving back.

mod by_hand;
mod choose;
mod decide;
mod ending;
mod one;
mod place;
mod session_places;

pub use choose::Offer;
pub use session_places::SessionPlaces;

use super::doors::Doors;
use super::error::Problem;
use super::page::Shell;
use super::reply::Reply;
use super::session_rows;
use super::visit::Visit;
use crate::domain::access::{Action, Role};
use crate::domain::calendar::{Instant, Zone};
use crate::domain::enrolments::EnrolmentState;
use crate::store::{self, enrolments::Seated};
use crate::words::Words;
use askama::Template;
use serde::Deserialize;

pub fn doors(site: &mut Doors) {
    site.get("/inscriptions", Action::ReadPlaces, list);
    choose::doors(site);
    one::doors(site);
    decide::doors(site);
    by_hand::doors(site);
    session_places::doors(site);
    place::doors(site);
}

/// A row of a list of places, in the reader's words.
pub struct PlaceRow {
    pub href: String,
    pub person: String,
    pub company: String,
    pub title: String,
    pub session_href: String,
    pub when: String,
    pub place: String,
    pub state: &'static str,
    pub mark: &'static str,
    /// Hours really followed, once the session is closed.
    pub followed: String,
}

impl PlaceRow {
    pub fn new(w: Words, seated: &Seated) -> Self {
        Self {
            href: format!("/inscriptions/{}", seated.id),
            person: seated.listed_name(),
            company: seated.employer.clone().unwrap_or_default(),
            title: seated.title.clone(),
            session_href: format!("/catalogue/{}", seated.session),
            when: w.span(seated.starts_at, seated.ends_at, zone(&seated.zone)),
            place: session_rows::place(w, seated.commune.as_deref()),
            state: w.enrolment_state(seated.state),
            mark: mark(seated.state),
            followed: w.followed_and_signed(seated.minutes, 0),
        }
    }
}

/// The zone of a session as it is kept; what cannot be read is told on the clock of Paris.
pub fn zone(name: &str) -> Zone {
    name.parse().unwrap_or(Zone::PARIS)
}

/// The class of the mark that shows a state, beside its word.
pub const fn mark(state: EnrolmentState) -> &'static str {
    match state {
        EnrolmentState::Confirmed => "ok",
        EnrolmentState::Attended | EnrolmentState::PartlyAttended => "done",
        EnrolmentState::Requested | EnrolmentState::Waiting | EnrolmentState::Offered => "wait",
        EnrolmentState::Refused
        | EnrolmentState::Expired
        | EnrolmentState::Declined
        | EnrolmentState::Cancelled
        | EnrolmentState::Transferred
        | EnrolmentState::Absent => "no",
    }
}

/// « 03/12/2026 à 9 h 30 » on the clock of a session.
pub fn moment(w: Words, at: Instant, zone_name: &str) -> String {
    w.moment(at, zone(zone_name))
}

#[derive(Deserialize)]
struct ListQuery {
    #[serde(default)]
    apres: String,
    #[serde(default)]
    passees: Option<String>,
}

#[derive(Template)]
#[template(path = "enrolments/list.html")]
struct ListPage {
    shell: Shell,
    /// Each with how far it is in the queue, for who waits.
    rows: Vec<(PlaceRow, Option<String>)>,
    next: Option<String>,
    with_past: bool,
    is_employer: bool,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let ListQuery { apres, passees } = visit.query()?;
    let with_past = passees.is_some();
    let now = visit.house.clock.now();
    let (page, ranks) = visit.house.store.read(|conn| {
        let page = store::enrolments::list(conn, &visit.reach, with_past, now, apres.parse().ok())?;
        let waiting = page.rows.iter().filter(|r| r.state == EnrolmentState::Waiting);
        let waiting: Vec<_> = waiting.map(|r| (r.id, r.session)).collect();
        let ranks = store::enrolments::ranks(conn, &waiting)?;
        Ok::<_, store::Error>((page, ranks))
    })?;
    let title = match visit.actor.role() {
        Role::Employer => visit.w.enrolments_title(),
        Role::Trainee => visit.w.enrolments_title_own(),
        _ => visit.w.enrolments_title_staff(),
    };
    let past = if with_past { "passees=1&" } else { "" };
    Reply::page(&ListPage {
        shell: visit.shell(title),
        rows: page
            .rows
            .iter()
            .map(|r| (PlaceRow::new(visit.w, r), ranks.get(&r.id).map(|rank| visit.w.rank_short(rank))))
            .collect(),
        next: page.next.map(|n| format!("/inscriptions?{past}apres={n}")),
        with_past,
        is_employer: visit.actor.role() == Role::Employer,
    })
}
