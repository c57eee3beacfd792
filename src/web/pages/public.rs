//! The public home: the programme, what it reached, its next sessions.

use super::session_rows::SessionRow;
use crate::frame::cache::Counted;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::calendar::Zone;
use domain::ids::SessionId;
use domain::programmes::{TargetKind, is_told};

pub fn routes(routes: &mut Routes) {
    routes.get_blocking("/", Action::ReadPublicPages, home);
}

/// A figure: its number, what it counts, and where it comes from.
struct Figure {
    number: String,
    what: &'static str,
    proof: String,
}

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage {
    shell: Shell,
    programme: Option<String>,
    figures: Vec<Figure>,
    figures_of: String,
    targets: Vec<Figure>,
    rows: Vec<SessionRow>,
}

impl Counted for store::catalogue::Figures {
    fn rows(&self) -> i64 {
        self.people + self.companies + self.held + self.sessions
    }
}

const NEXT_SESSIONS: i64 = 4;

fn home(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (w, now) = (visit.w, visit.house.clock.now());
    let (front, figures, next, waiting) = visit.read(|conn| {
        let next = store::catalogue::next(conn, now, NEXT_SESSIONS)?;
        let ids: Vec<SessionId> = next.iter().map(|listed| listed.id).collect();
        let waiting = store::sessions::waiting(conn, &ids)?;
        let figures = visit.site.figures.ask((), || store::catalogue::figures(conn, now))?;
        Ok((store::catalogue::front(conn)?, figures, next, waiting))
    })?;
    let targets = front.as_ref().map(|f| f.targets.as_slice()).unwrap_or_default();
    let aware = targets.iter().find(|t| t.0 == TargetKind::PeopleAware);
    let this_year = now.day(Zone::OFFICE).year();
    let number = |n: i64| w.number(n);
    let told = |n: i64| if is_told(n) { w.number(n) } else { w.fewer_than_five().to_owned() };
    let figures = vec![
        Figure {
            number: told(figures.people),
            what: w.figure_people(),
            proof: aware
                .filter(|_| is_told(figures.people))
                .map(|t| w.share_of_target(figures.people, t.1, t.2, this_year))
                .unwrap_or_default(),
        },
        Figure {
            number: told(figures.companies),
            what: w.figure_companies(),
            proof: w.figure_companies_proof().to_owned(),
        },
        Figure {
            number: number(figures.held),
            what: w.figure_held(),
            proof: w.figure_held_proof().to_owned(),
        },
        Figure {
            number: number(figures.seats),
            what: w.figure_seats(),
            proof: w.in_sessions(figures.sessions),
        },
    ];
    let targets = targets
        .iter()
        .map(|(kind, people, by)| Figure {
            number: number(*people),
            what: w.target_sentence(*kind),
            proof: by.map(|year| w.by_year(year, this_year)).unwrap_or_default(),
        })
        .collect();
    let row = |listed| SessionRow::public(w, listed, waiting.get(&listed.id).copied().unwrap_or(0));
    Reply::page(&HomePage {
        shell: visit.shell(w.motto()),
        programme: front.map(|f| format!("{} – {}", f.short_name, f.name)),
        figures,
        figures_of: w.figures_of(&w.day(now.day(Zone::OFFICE))),
        targets,
        rows: next.iter().map(row).collect(),
    })
}
