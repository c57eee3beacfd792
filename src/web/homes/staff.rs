//! The home of a training body, of a trainer, and of who steers the programme.

use super::{Todo, hello};
use crate::domain::access::Action;
use crate::domain::sessions::SessionState;
use crate::store::{self, sessions::Listed, sessions::Shelf};
use crate::web::error::Problem;
use crate::web::page::Shell;
use crate::web::reply::Reply;
use crate::web::session_rows::{SessionRow, place};
use crate::web::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "homes/staff.html")]
struct StaffPage {
    shell: Shell,
    help: String,
    todos: Vec<Todo>,
    rows: Vec<SessionRow>,
    may_plan: bool,
}

/// A training body's manager and its trainers.
pub fn home(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let now = visit.house.clock.now();
    let reach = visit.actor.may(Action::ReadSessions).map_err(crate::actions::Error::from)?;
    let may_plan = visit.actor.may(Action::PlanSession).is_ok();
    let letters = visit.actor.may(Action::ReadLetters).ok();
    let (coming, to_close, drafts, waiting, lost) = visit.house.store.read(|conn| {
        let coming = store::sessions::list(conn, &reach, Shelf::Coming, now, None)?.rows;
        let to_close = store::sessions::list(conn, &reach, Shelf::ToClose, now, None)?.rows;
        let drafts = if may_plan {
            store::sessions::list(conn, &reach, Shelf::Drafts, now, None)?.rows
        } else {
            Vec::new()
        };
        let ids: Vec<_> = coming.iter().map(|s| s.id).collect();
        let waiting = store::sessions::waiting(conn, &ids)?;
        let lost = match &letters {
            Some(reach) => store::outbox::given_up(conn, reach, now, 3)?,
            None => Vec::new(),
        };
        Ok::<_, store::Error>((coming, to_close, drafts, waiting, lost))
    })?;
    let w = visit.w;
    let about = |one: &Listed| {
        format!("{}, {}", w.span(one.starts_at, one.ends_at, one.zone()), place(w, one.commune.as_deref()))
    };
    let mut todos = Vec::new();
    for one in &to_close {
        todos.push(Todo {
            title: if may_plan { w.mark_and_close(&one.title) } else { w.mark_presences(&one.title) },
            detail: about(one),
            href: format!("/sessions/{}/presences", one.id),
            button: w.open_sheet().to_owned(),
        });
    }
    for one in coming.iter().filter(|s| s.state == SessionState::Running) {
        todos.push(Todo {
            title: w.running_now(&one.title),
            detail: about(one),
            href: format!("/sessions/{}/presences", one.id),
            button: w.open_sheet().to_owned(),
        });
    }
    for one in coming.iter().filter(|s| may_plan && waiting.get(&s.id).is_some_and(|n| *n > 0)) {
        todos.push(Todo {
            title: w.people_wait_for(waiting.get(&one.id).copied().unwrap_or(0), &one.title),
            detail: about(one),
            href: format!("/sessions/{}", one.id),
            button: w.see_session().to_owned(),
        });
    }
    for one in &drafts {
        todos.push(Todo {
            title: w.draft_to_publish(&one.title),
            detail: about(one),
            href: format!("/sessions/{}", one.id),
            button: w.finish_it().to_owned(),
        });
    }
    todos.extend(lost.iter().map(|letter| Todo {
        title: w.letter_lost(&letter.to_name),
        detail: w.letter_lost_help(&letter.to_email),
        href: "/courrier".to_owned(),
        button: w.see_letter().to_owned(),
    }));
    let name = visit.login.map(|l| l.name.clone()).unwrap_or_default();
    let title = w.hello_awaits(name.split(' ').next().unwrap_or_default(), todos.len());
    Reply::page(&StaffPage {
        shell: visit.shell(title),
        help: w.coming_sessions_count(coming.len()),
        todos,
        rows: coming
            .iter()
            .map(|s| SessionRow::own(w, s, waiting.get(&s.id).copied().unwrap_or(0)))
            .collect(),
        may_plan,
    })
}

/// Who steers or audits a programme: what is coming, and where to look closer.
pub fn steering(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let now = visit.house.clock.now();
    let reach = visit.actor.may(Action::ReadSessions).map_err(crate::actions::Error::from)?;
    let coming =
        visit.house.store.read(|conn| store::sessions::list(conn, &reach, Shelf::Coming, now, None))?.rows;
    let w = visit.w;
    let todo = |title: &str, detail: &str, href: &str| Todo {
        title: title.to_owned(),
        detail: detail.to_owned(),
        href: href.to_owned(),
        button: w.open_it().to_owned(),
    };
    let mut todos = vec![
        todo(w.open_programme(), w.open_programme_help(), "/programme"),
        todo(w.see_organisations(), w.see_organisations_help(), "/entreprises"),
    ];
    if visit.actor.may(Action::InviteMember).is_ok() {
        todos.push(super::members(visit));
    }
    Reply::page(&StaffPage {
        shell: visit.shell(hello(visit)),
        help: w.coming_sessions_count(coming.len()),
        todos,
        rows: coming.iter().map(|s| SessionRow::own(w, s, 0)).collect(),
        may_plan: false,
    })
}
