//! Sessions that anyone may find, and the calendar of them.

use super::session_rows::{SeatsMeter, SessionRow, place};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actix_web::http::header;
use askama::Template;
use domain::access::{Action, Role};
use domain::calendar::{Day, Minute, Zone};
use domain::courses::Stage;
use domain::ids::SessionId;
use domain::organisations::Nda;
use domain::reference;
use domain::sessions::SessionState;
use serde::Deserialize;
use store::catalogue::{Sheet, Wanted, Where};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/catalogue", Action::ReadPublicPages, list);
    routes.get_blocking("/catalogue.ics", Action::ReadPublicPages, feed);
    routes.get("/catalogue/{session}", Action::ReadPublicPages, one);
}

/// What is looked for, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    q: String,
    ou: String,
    etape: String,
    du: String,
    apres: String,
}

/// The name that the filter gives to what has no place.
const AT_A_DISTANCE: &str = "distance";

impl Filter {
    fn wanted(&self) -> Wanted<'_> {
        let midnight = Minute::from_after_midnight(0);
        let from = self.du.parse::<Day>().ok().zip(midnight);
        Wanted {
            text: &self.q,
            stage: self.etape.parse().ok(),
            place: match self.ou.as_str() {
                "" => Where::Anywhere,
                AT_A_DISTANCE => Where::AtADistance,
                code => Where::Department(code),
            },
            from: from.and_then(|(day, time)| Zone::PARIS.instant(day, time).ok()),
            after: self.apres.parse().ok(),
        }
    }

    /// The same question, for the page that starts after `next`.
    fn link(&self, next: &str) -> String {
        let text = |t: &str| {
            percent_encoding::utf8_percent_encode(t, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        format!(
            "/catalogue?q={}&ou={}&etape={}&du={}&apres={next}",
            text(&self.q),
            text(&self.ou),
            text(&self.etape),
            text(&self.du)
        )
    }
}

#[derive(Template)]
#[template(path = "catalogue/list.html")]
struct ListPage {
    shell: Shell,
    places: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    found: String,
    rows: Vec<SessionRow>,
    next: Option<String>,
    filter: Filter,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let filter: Filter = visit.query()?;
    let (w, now) = (visit.w, visit.house.clock.now());
    let (page, waiting, regions) = visit.read(|conn| {
        let page = store::catalogue::list(conn, &filter.wanted(), now)?;
        let ids: Vec<SessionId> = page.rows.iter().map(|row| row.id).collect();
        let waiting = store::sessions::waiting(conn, &ids)?;
        Ok((page, waiting, store::catalogue::regions(conn)?))
    })?;
    let departments = reference::departments().iter().filter(|d| regions.iter().any(|r| r == d.region));
    let mut places = vec![
        (String::new(), w.anywhere().to_owned()),
        (AT_A_DISTANCE.to_owned(), w.at_a_distance().to_owned()),
    ];
    places.extend(departments.map(|d| (d.code.to_owned(), format!("{} ({})", d.name, d.code))));
    let mut stages = vec![(String::new(), w.any_stage().to_owned())];
    stages.extend(Stage::ALL.iter().map(|s| (s.to_string(), w.stage(*s).to_owned())));
    let waits = |id: SessionId| waiting.get(&id).copied().unwrap_or(0);
    Reply::page(&ListPage {
        shell: visit.shell(w.catalogue()),
        places,
        stages,
        found: w.sessions_found(page.rows.len(), page.next.is_some()),
        rows: page.rows.iter().map(|listed| SessionRow::public(w, listed, waits(listed.id))).collect(),
        next: page.next.map(|next| filter.link(&next)),
        filter,
    })
}

/// What a reader may do about a session.
enum Ask {
    /// The employer chooses whom to enrol.
    Staff,
    Oneself,
    LogIn,
    /// Nothing, and why; empty for those who only look.
    Nothing(&'static str),
}

impl Ask {
    fn of(visit: &Visit<'_>, sheet: &Sheet) -> Self {
        let (w, now) = (visit.w, visit.house.clock.now());
        match sheet.listed.state {
            SessionState::Cancelled => return Self::Nothing(w.this_is_cancelled()),
            SessionState::Running => return Self::Nothing(w.this_is_running()),
            SessionState::Closed => return Self::Nothing(w.this_is_over()),
            SessionState::Published | SessionState::Confirmed | SessionState::Draft => {}
        }
        if now >= sheet.enrol_by || now >= sheet.queue_closes_at {
            return Self::Nothing(w.requests_are_over());
        }
        // The page is public: what its reader may do besides is asked of whoever is logged in.
        let actor = visit.login.map_or(visit.actor, store::logins::Login::actor);
        match (actor.role(), actor.may(Action::RequestEnrolment)) {
            (Role::Anyone, _) => Self::LogIn,
            (Role::Employer, Ok(_)) => Self::Staff,
            (_, Ok(_)) if actor.person().is_some() => Self::Oneself,
            _ => Self::Nothing(""),
        }
    }
}

#[derive(Template)]
#[template(path = "catalogue/one.html")]
struct OnePage {
    shell: Shell,
    id: SessionId,
    summary: String,
    is_cancelled: bool,
    /// Nobody counts the seats of what is over or off.
    tells_seats: bool,
    aims: Vec<String>,
    facts: Vec<(&'static str, String)>,
    slots: Vec<String>,
    registered: Option<String>,
    seats: SeatsMeter,
    is_full: bool,
    waiting: i64,
    deadline: String,
    ask: Ask,
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let sheet = visit.read(|conn| store::catalogue::sheet(conn, id))?;
    let (w, listed) = (visit.w, &sheet.listed);
    let zone = listed.zone;
    let summary =
        format!("{}, {}.", w.span(listed.starts_at, listed.ends_at, zone), place(w, listed.commune.as_ref()));
    let nda = sheet.nda.as_deref().map(|nda| nda.parse::<Nda>().map_or(nda.to_owned(), |n| n.to_string()));
    Reply::page(&OnePage {
        shell: visit.shell(listed.title.clone()),
        id,
        summary,
        is_cancelled: listed.state == SessionState::Cancelled,
        tells_seats: !matches!(listed.state, SessionState::Cancelled | SessionState::Closed),
        aims: sheet.aims.lines().map(|line| line.trim().to_owned()).filter(|l| !l.is_empty()).collect(),
        facts: facts(w, &sheet),
        slots: sheet
            .slots
            .iter()
            .map(|s| format!("{}, {}", w.day(s.day), w.hours(s.starts, s.ends)))
            .collect(),
        registered: nda.map(|nda| w.registered_under(&nda)),
        seats: SeatsMeter::of(w, listed),
        is_full: listed.free() == 0,
        waiting: sheet.waiting,
        deadline: w.deadline(&w.moment(sheet.enrol_by, zone)),
        ask: Ask::of(visit, &sheet),
    })
}

fn facts(w: Words, sheet: &Sheet) -> Vec<(&'static str, String)> {
    let or = |text: &str, otherwise: &str| {
        if text.trim().is_empty() { otherwise.to_owned() } else { text.to_owned() }
    };
    let mut whereabouts = place(w, sheet.listed.commune.as_ref());
    if sheet.listed.commune.is_some() {
        whereabouts = format!("{whereabouts}. {}", w.place_told_later());
    }
    if sheet.has_video {
        whereabouts = format!("{}. {}", whereabouts.trim_end_matches('.'), w.video_told_later());
    }
    vec![
        (w.stage_label(), w.stage(sheet.listed.stage).to_owned()),
        (w.public_place(), whereabouts),
        (w.length_label(), w.duration(sheet.minutes.into())),
        (w.course_audience(), or(&sheet.audience, w.everyone())),
        (w.course_prerequisites(), or(&sheet.prerequisites, w.no_prerequisites())),
        (w.training_body(), sheet.listed.body.clone()),
    ]
}

fn feed(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let calendar = actions::catalogue::feed(visit.house, &visit.actor, visit.w)?;
    let reply = Reply::pieces(visit, "text/calendar; charset=utf-8", calendar)?;
    Ok(reply.with(header::CACHE_CONTROL, "public, max-age=300"))
}
