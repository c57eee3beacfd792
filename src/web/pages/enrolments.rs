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

use super::session_rows;
use crate::frame::reply::CSV;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::{Action, Role};
use domain::enrolments::EnrolmentState;
use domain::ids::SessionId;
use serde::Deserialize;
use std::collections::HashSet;
use store::{self, Portion, enrolments::Seated};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/inscriptions", Action::ReadPlaces, list);
    routes.get_blocking("/inscriptions/export.csv", Action::ExportPlaces, export);
    choose::routes(routes);
    one::routes(routes);
    decide::routes(routes);
    by_hand::routes(routes);
    session_places::routes(routes);
    place::routes(routes);
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
            person: seated.name.listed(),
            company: seated.employer.clone().unwrap_or_default(),
            title: seated.title.clone(),
            session_href: format!("/catalogue/{}", seated.session),
            when: w.span(seated.starts_at, seated.ends_at, seated.zone),
            place: session_rows::place(w, seated.commune.as_ref()),
            state: w.enrolment_state(seated.state),
            mark: mark(seated.state),
            followed: w.followed_and_signed(seated.minutes, 0),
        }
    }
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

#[derive(Deserialize)]
struct ListQuery {
    #[serde(default)]
    apres: String,
    #[serde(default)]
    passees: Option<String>,
}

/// A session with the reader's people in it.
struct ListedSession {
    id: SessionId,
    title: String,
    about: String,
    /// Hours followed by all of them, once it is closed.
    followed: String,
    /// Each with how far it is in the queue, for who waits.
    rows: Vec<(PlaceRow, Option<String>)>,
}

impl ListedSession {
    fn new(w: Words, one: &Seated, minutes: Option<&i64>, first: (PlaceRow, Option<String>)) -> Self {
        Self {
            id: one.session,
            title: first.0.title.clone(),
            about: format!("{}, {}", first.0.when, first.0.place),
            followed: minutes.map(|all| w.followed_together(*all)).unwrap_or_default(),
            rows: vec![first],
        }
    }
}

#[derive(Template)]
#[template(path = "enrolments/list.html")]
struct ListPage {
    shell: Shell,
    sessions: Vec<ListedSession>,
    next: Option<String>,
    past: bool,
    is_employer: bool,
    /// Where the whole list is a file, for those who may take it away.
    file: Option<&'static str>,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let ListQuery { apres, passees } = visit.query()?;
    let past = passees.is_some();
    let now = visit.house.clock.now();
    let (page, ranks, followed) = visit.read(|conn| {
        let page = store::enrolments::list(conn, &visit.reach, past, now, Portion::Page, apres.parse().ok())?;
        let waiting = page.rows.iter().filter(|r| r.state == EnrolmentState::Waiting);
        let waiting: Vec<_> = waiting.map(|r| (r.id, r.session)).collect();
        let ranks = store::enrolments::ranks(conn, &waiting)?;
        let closed: HashSet<_> =
            page.rows.iter().filter(|r| r.minutes.is_some()).map(|r| r.session).collect();
        let closed: Vec<_> = closed.into_iter().collect();
        let followed = store::enrolments::followed_in(conn, &visit.reach, &closed)?;
        Ok((page, ranks, followed))
    })?;
    let title = match visit.actor.role() {
        Role::Employer => visit.w.enrolments_title(),
        Role::Trainee => visit.w.enrolments_title_own(),
        _ => visit.w.enrolments_title_staff(),
    };
    let shelf = if past { "passees=1&" } else { "" };
    let mut sessions: Vec<ListedSession> = Vec::new();
    for one in &page.rows {
        let row = PlaceRow::new(visit.w, one);
        let entry = (row, ranks.get(&one.id).map(|rank| visit.w.rank_short(rank)));
        match sessions.iter_mut().find(|s| s.id == one.session) {
            Some(session) => session.rows.push(entry),
            None => sessions.push(ListedSession::new(visit.w, one, followed.get(&one.session), entry)),
        }
    }
    let file = if past { "/inscriptions/export.csv?passees=1" } else { "/inscriptions/export.csv" };
    let file = (!sessions.is_empty()).then_some(file);
    Reply::page(&ListPage {
        shell: visit.shell(title),
        sessions,
        next: page.next.map(|n| format!("/inscriptions?{shelf}apres={n}")),
        past,
        is_employer: visit.actor.role() == Role::Employer,
        file: file.filter(|_| visit.actor.may(Action::ExportPlaces).is_ok()),
    })
}

/// What the page lists, all its pages in one file.
fn export(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let ListQuery { passees, .. } = visit.query()?;
    let past = passees.is_some();
    let export = actions::enrolments::export(visit.house, &visit.actor, visit.w, past)?;
    let name = if past { "inscriptions-passees.csv" } else { "inscriptions.csv" };
    Reply::export(visit, name, CSV, export)
}
