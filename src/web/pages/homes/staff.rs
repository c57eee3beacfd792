//! The home of a training body, of a trainer, and of who steers the programme.

use super::{Todo, first_steps, hello};
use crate::frame::{Problem, Reply, Shell, Visit};
use crate::pages::session_rows::{SessionRow, place};
use askama::Template;
use domain::access::{Action, Reach};
use domain::ids::SessionId;
use domain::sessions::SessionState;
use std::collections::HashMap;
use store::outbox::Sending;
use store::sessions::{Listed, Shelf};
use store::{self, Conn, Kept};
use words::Words;

#[derive(Template)]
#[template(path = "homes/staff.html")]
struct StaffPage {
    shell: Shell,
    help: String,
    todos: Vec<Todo>,
    rows: Vec<SessionRow>,
    may_plan: bool,
}

/// What a training body's home shows, read at once.
struct Desk {
    coming: Vec<Listed>,
    to_close: Vec<Listed>,
    drafts: Vec<Listed>,
    /// How many wait, for each coming session.
    waiting: HashMap<SessionId, i64>,
    lost: Vec<Sending>,
    first_steps: Vec<Todo>,
    /// What programmes ask the training body.
    asked: Vec<Todo>,
    may_plan: bool,
}

impl Desk {
    fn read(conn: &mut Conn, visit: &Visit<'_>, reach: &Reach) -> Kept<Self> {
        let now = visit.house.clock.now();
        let may_plan = visit.actor.may(Action::PlanSession).is_ok();
        let shelf = |conn: &mut Conn, shelf| {
            store::sessions::list(conn, reach, shelf, now, None).map(|page| page.rows)
        };
        let coming = shelf(conn, Shelf::Coming)?;
        let to_close = shelf(conn, Shelf::ToClose)?;
        let drafts = if may_plan { shelf(conn, Shelf::Drafts)? } else { Vec::new() };
        let ids: Vec<_> = coming.iter().map(|s| s.id).collect();
        let waiting = store::sessions::waiting(conn, &ids)?;
        let lost = match visit.actor.may(Action::ReadLetters) {
            Ok(reach) => store::outbox::given_up(conn, &reach, now, 3)?,
            Err(_) => Vec::new(),
        };
        let nothing = coming.is_empty() && to_close.is_empty() && drafts.is_empty();
        let first_steps = if nothing { first_steps::of_training_body(conn, visit)? } else { Vec::new() };
        let asked = super::agreements_wanted(conn, visit)?;
        Ok(Self { coming, to_close, drafts, waiting, lost, first_steps, asked, may_plan })
    }

    fn waiting_for(&self, session: &Listed) -> i64 {
        self.waiting.get(&session.id).copied().unwrap_or(0)
    }

    /// First what is late, then what is on, then what may be done today.
    fn todos(&self, w: Words) -> Vec<Todo> {
        let of_session = |one: &Listed, title: String, page: &str, button: &str| Todo {
            title,
            detail: format!(
                "{}, {}",
                w.span(one.starts_at, one.ends_at, one.zone),
                place(w, one.commune.as_ref())
            ),
            href: format!("/sessions/{}{page}", one.id),
            button: button.to_owned(),
        };
        let close = |one: &Listed| {
            if one.state == SessionState::Closed {
                return of_session(one, w.countersign_again(&one.title), "/presences", w.open_sheet());
            }
            let title =
                if self.may_plan { w.mark_and_close(&one.title) } else { w.mark_presences(&one.title) };
            of_session(one, title, "/presences", w.open_sheet())
        };
        let run = |one: &Listed| of_session(one, w.running_now(&one.title), "/presences", w.open_sheet());
        let fill = |one: &Listed| {
            of_session(one, w.people_wait_for(self.waiting_for(one), &one.title), "", w.see_session())
        };
        let finish = |one: &Listed| of_session(one, w.draft_to_publish(&one.title), "", w.finish_it());
        let find = |letter: &Sending| Todo {
            title: w.letter_lost(&letter.to_name),
            detail: w.letter_lost_help(&letter.to_email),
            href: "/courrier".to_owned(),
            button: w.see_letter().to_owned(),
        };
        let is_running = |one: &&Listed| one.state == SessionState::Running;
        let is_wanted = |one: &&Listed| self.may_plan && self.waiting_for(one) > 0;
        let mut todos = self.first_steps.clone();
        todos.extend(self.to_close.iter().map(close));
        todos.extend(self.coming.iter().filter(is_running).map(run));
        todos.extend(self.coming.iter().filter(is_wanted).map(fill));
        todos.extend(self.asked.iter().cloned());
        todos.extend(self.drafts.iter().map(finish));
        todos.extend(self.lost.iter().map(find));
        todos
    }
}

/// A training body's manager and its trainers.
pub fn home(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let reach = visit.actor.may(Action::ReadSessions).map_err(actions::Error::from)?;
    let desk = visit.read(|conn| Desk::read(conn, visit, &reach))?;
    let w = visit.w;
    let todos = desk.todos(w);
    let name = visit.login.map(|l| l.name.clone()).unwrap_or_default();
    let title = w.hello_awaits(name.split(' ').next().unwrap_or_default(), todos.len());
    Reply::page(&StaffPage {
        shell: visit.shell(title),
        help: w.coming_sessions_count(desk.coming.len()),
        todos,
        rows: desk.coming.iter().map(|s| SessionRow::own(w, s, desk.waiting_for(s))).collect(),
        may_plan: desk.may_plan,
    })
}

/// Who steers or audits a programme: what is coming, and where to look closer.
pub fn steering(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let now = visit.house.clock.now();
    let reach = visit.actor.may(Action::ReadSessions).map_err(actions::Error::from)?;
    let (coming, mut todos) = visit.read(|conn| {
        let coming = store::sessions::list(conn, &reach, Shelf::Coming, now, None)?.rows;
        let mut todos = first_steps::of_operator(conn, visit)?;
        todos.extend(super::agreements_wanted(conn, visit)?);
        Ok((coming, todos))
    })?;
    let w = visit.w;
    let todo = |title: &str, detail: &str, href: &str| Todo {
        title: title.to_owned(),
        detail: detail.to_owned(),
        href: href.to_owned(),
        button: w.open_it().to_owned(),
    };
    todos.push(todo(w.open_programme(), w.open_programme_help(), "/programme"));
    todos.push(todo(w.see_organisations(), w.see_organisations_help(), "/entreprises"));
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
