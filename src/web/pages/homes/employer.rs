//! The employer's home: who goes where, who waits, whom to answer.

use super::Todo;
use crate::frame::{Problem, Reply, Shell, Visit};
use crate::pages::enrolments::Offer;
use askama::Template;
use domain::access::Action;
use domain::enrolments::EnrolmentState;
use domain::ids::{EnrolmentId, SessionId};
use store::{self, enrolments::Seated, enrolments::Tally, sessions::Heading};
use words::Words;

/// A coming session with the company's own people in it.
struct SessionRow {
    offer: Offer,
    seated: i64,
    waiting: i64,
    asked: i64,
}

#[derive(Template)]
#[template(path = "homes/employer.html")]
struct EmployerPage {
    shell: Shell,
    company: String,
    aware: String,
    has_aware: bool,
    todos: Vec<Todo>,
    sessions: Vec<SessionRow>,
}

pub fn home(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let now = visit.house.clock.now();
    let today = now.day(domain::calendar::Zone::OFFICE);
    let reach = visit.actor.may(Action::ReadPlaces).map_err(actions::Error::from)?;
    let letters = visit.actor.may(Action::ReadLetters).map_err(actions::Error::from)?;
    let (tallies, headings, pending, lost, standing, asked) = visit.read(|conn| {
        let tallies = store::enrolments::tallies(conn, &reach, now)?;
        let ids: Vec<SessionId> = tallies.iter().map(|t| t.session).collect();
        let headings = store::sessions::headings(conn, &ids)?;
        let pending = store::enrolments::told_apart(conn, &reach, &tallies, now)?;
        let lost = store::outbox::given_up(conn, &letters, now, 3)?;
        let standing = store::enrolments::standing(conn, &reach, today, now)?;
        let asked = super::agreements_wanted(conn, visit)?;
        Ok((tallies, headings, pending, lost, standing, asked))
    })?;
    let w = visit.w;
    let mut todos = todos(w, &pending, &tallies);
    todos.extend(asked);
    todos.extend(lost.iter().map(|letter| Todo {
        title: w.letter_lost(&letter.to_name),
        detail: w.letter_lost_help(&letter.to_email),
        href: "/courrier".to_owned(),
        button: w.see_letter().to_owned(),
    }));
    if standing.awaited > 0 {
        todos.push(Todo {
            title: w.surveys_awaited(standing.awaited),
            detail: w.my_surveys_help().to_owned(),
            href: "/mes-enquetes".to_owned(),
            button: w.survey_answer().to_owned(),
        });
    }
    if standing.staff == 0 {
        todos.push(Todo {
            title: w.bring_your_list().to_owned(),
            detail: w.bring_your_list_help().to_owned(),
            href: "/salaries/import".to_owned(),
            button: w.import_employees().to_owned(),
        });
    }
    let name = visit.login.map(|l| l.name.clone()).unwrap_or_default();
    let hello = w.hello_awaits(name.split(' ').next().unwrap_or_default(), todos.len());
    let shell = visit.shell(hello);
    Reply::page(&EmployerPage {
        company: shell.of.clone(),
        shell,
        aware: w.aware_of_staff(standing.aware, standing.staff),
        has_aware: standing.aware > 0,
        todos,
        sessions: headings.iter().map(|h| row(w, h, &tallies)).collect(),
    })
}

fn row(w: Words, heading: &Heading, tallies: &[Tally]) -> SessionRow {
    let count = |wanted: fn(EnrolmentState) -> bool| {
        tallies.iter().filter(|t| t.session == heading.id && wanted(t.state)).map(|t| t.people).sum()
    };
    SessionRow {
        offer: Offer::new(w, heading, format!("/catalogue/{}", heading.id)),
        seated: count(EnrolmentState::holds_seat),
        waiting: count(|s| s == EnrolmentState::Waiting),
        asked: count(|s| s == EnrolmentState::Requested),
    }
}

/// Requests and offers one by one, since each wants an answer; those who wait together, by session.
fn todos(w: Words, pending: &[Seated], tallies: &[Tally]) -> Vec<Todo> {
    let about = |one: &Seated| format!("{}, {}", one.title, w.span(one.starts_at, one.ends_at, one.zone));
    let mut todos = Vec::new();
    for one in pending {
        let href = format!("/inscriptions/{}", one.id);
        match one.state {
            EnrolmentState::Requested => todos.push(Todo {
                title: w.request_of(&one.name.full()),
                detail: about(one),
                href,
                button: w.answer_it().to_owned(),
            }),
            EnrolmentState::Offered => todos.push(Todo {
                title: w.offer_to(&one.name.full()),
                detail: about(one),
                href,
                button: w.answer_it().to_owned(),
            }),
            _ => {}
        }
    }
    let answers: i64 = tallies.iter().filter(|t| t.awaits_answer()).map(|t| t.people).sum();
    let untold = answers - i64::try_from(todos.len()).unwrap_or(answers);
    if untold > 0 {
        todos.push(Todo {
            title: w.more_to_answer(untold),
            detail: String::new(),
            href: "/inscriptions".to_owned(),
            button: w.open_it().to_owned(),
        });
    }
    for tally in tallies.iter().filter(|t| t.state == EnrolmentState::Waiting) {
        // With two at most, the first and the last are everyone.
        let place = |id: Option<EnrolmentId>| pending.iter().find(|p| Some(p.id) == id);
        let Some(first) = place(tally.first) else { continue };
        let last = place(tally.last).filter(|last| last.id != first.id);
        let names: Vec<String> =
            [Some(first), last].into_iter().flatten().map(|one| one.name.full()).collect();
        todos.push(Todo {
            title: w.people_wait(tally.people, &names),
            detail: about(first),
            href: format!("/inscriptions/{}", first.id),
            button: w.see_why().to_owned(),
        });
    }
    todos
}
