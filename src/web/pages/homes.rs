//! What to do next, for each role.

mod employer;
mod first_steps;
mod path;
mod staff;

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::{Action, Part, Role};
use domain::certificates::renewal_window;
use domain::declarations::warned_until;
use store::agreements::Awaited;
use store::{Conn, Kept};

pub fn routes(routes: &mut Routes) {
    routes.get("/accueil", Action::ReadHome, home);
}

fn home(visit: &Visit<'_>) -> Result<Reply, Problem> {
    match visit.actor.part() {
        None => simple(visit, visit.w.no_part_yet(), vec![]),
        Some(Part::Trainee(person)) => path::home(visit, person),
        Some(Part::Member(member)) => match member.role {
            Role::Employer => employer::home(visit),
            Role::TrainingManager | Role::Trainer => staff::home(visit),
            Role::Operator | Role::Auditor => staff::steering(visit),
            Role::Funder => {
                let asked = visit.read(|conn| agreements_wanted(conn, visit))?;
                let todos = asked.into_iter().chain([programme(visit), members(visit)]).collect();
                simple(visit, visit.w.funder_help(), todos)
            }
            Role::Certifier => certifier(visit),
            Role::Juror => juror(visit),
            Role::Administrator => {
                let mut todos = visit.read(|conn| first_steps::of_administrator(conn, visit))?;
                todos.extend(administration(visit));
                simple(visit, visit.w.administrator_help(), todos)
            }
            Role::Trainee | Role::Link | Role::Anyone | Role::House => Err(Problem::NotFound),
        },
    }
}

/// Something that awaits the reader, and the one thing to do about it.
#[derive(Debug, Clone)]
pub struct Todo {
    pub title: String,
    pub detail: String,
    pub href: String,
    pub button: String,
}

#[derive(Template)]
#[template(path = "homes/simple.html")]
struct SimplePage {
    shell: Shell,
    help: &'static str,
    todos: Vec<Todo>,
}

/// « Bonjour Nadia ».
fn hello(visit: &Visit<'_>) -> String {
    let name = visit.login.map(|l| l.name.clone()).unwrap_or_default();
    visit.w.hello(name.split(' ').next().unwrap_or_default())
}

fn simple(visit: &Visit<'_>, help: &'static str, todos: Vec<Todo>) -> Result<Reply, Problem> {
    Reply::page(&SimplePage { shell: visit.shell(hello(visit)), help, todos })
}

/// What the reader's organisation is asked by programmes: nobody else can answer.
fn agreements_wanted(conn: &mut Conn, visit: &Visit<'_>) -> Kept<Vec<Todo>> {
    let Ok(reach) = visit.actor.may(Action::AnswerAgreement) else { return Ok(Vec::new()) };
    let todo = |one: Awaited| Todo {
        title: visit.w.agreement_wanted(&one.operator_name),
        detail: one.programme_name,
        href: format!("/accords/{}", one.id),
        button: visit.w.answer_it().to_owned(),
    };
    Ok(store::agreements::awaited(conn, &reach)?.into_iter().map(todo).collect())
}

/// What candidates wait for comes first.
fn certifier(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let reach = visit.actor.may(Action::ReadCandidacies).map_err(actions::Error::from)?;
    let today = visit.today();
    let soon = renewal_window(today);
    let warned = warned_until(today);
    let (waiting, ending, pressing, asked) = visit.read(|conn| {
        let waiting = store::candidacies::to_judge(conn, &reach)?;
        let ending = store::certificates::ending(conn, &reach, soon)?;
        let (_, pressing) = store::declarations::pressing(conn, &reach, warned)?;
        Ok((waiting, ending, pressing, agreements_wanted(conn, visit)?))
    })?;
    let candidacies = (waiting > 0).then(|| Todo {
        title: w.candidacies_to_judge(waiting),
        detail: w.candidacies_to_judge_help().to_owned(),
        href: "/candidatures?etat=submitted".to_owned(),
        button: w.read_candidacies().to_owned(),
    });
    let ending = (ending > 0).then(|| Todo {
        title: w.certificates_ending(ending),
        detail: w.certificates_ending_help().to_owned(),
        href: "/certificats?fin=bientot".to_owned(),
        button: w.open_it().to_owned(),
    });
    let pressing = (pressing > 0).then(|| Todo {
        title: w.declarations_pressing(pressing),
        detail: w.declarations_help().to_owned(),
        href: "/declarations".to_owned(),
        button: w.open_it().to_owned(),
    });
    let records = Todo {
        title: w.keep_certifications().to_owned(),
        detail: w.keep_certifications_help().to_owned(),
        href: "/certifications".to_owned(),
        button: w.open_it().to_owned(),
    };
    let todos = candidacies
        .into_iter()
        .chain(pressing)
        .chain(ending)
        .chain(asked)
        .chain([records, programme(visit), members(visit)])
        .collect();
    simple(visit, w.certifier_help(), todos)
}

/// What others wait for comes first: a statement, a signature.
fn juror(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let account = visit.actor.account().ok_or(Problem::NotFound)?;
    let (statements, minutes) = visit.read(|conn| {
        let statements = store::juries::statements_awaited(conn, account)?;
        Ok((statements, store::juries::to_sign(conn, account)?))
    })?;
    let todo = |title: String, button: &str| Todo {
        title,
        detail: w.own_juries_help().to_owned(),
        href: "/jurys".to_owned(),
        button: button.to_owned(),
    };
    let statements = (statements > 0).then(|| todo(w.statements_awaited(statements), w.state_it()));
    let minutes = (minutes > 0).then(|| todo(w.minutes_awaited(minutes), w.sign_them()));
    let all = todo(w.juries().to_owned(), w.open_juries());
    let todos = statements.into_iter().chain(minutes).chain([all, programme(visit)]).collect();
    simple(visit, w.juror_help(), todos)
}

fn programme(visit: &Visit<'_>) -> Todo {
    let w = visit.w;
    Todo {
        title: w.open_programme().to_owned(),
        detail: w.open_programme_help().to_owned(),
        href: "/programme".to_owned(),
        button: w.open_it().to_owned(),
    }
}

fn members(visit: &Visit<'_>) -> Todo {
    let w = visit.w;
    Todo {
        title: w.invite_colleagues().to_owned(),
        detail: w.invite_colleagues_help().to_owned(),
        href: "/membres".to_owned(),
        button: w.open_it().to_owned(),
    }
}

fn administration(visit: &Visit<'_>) -> Vec<Todo> {
    let w = visit.w;
    let todo = |title: &str, detail: &str, href: &str| Todo {
        title: title.to_owned(),
        detail: detail.to_owned(),
        href: href.to_owned(),
        button: w.open_it().to_owned(),
    };
    vec![
        todo(w.keep_accounts(), w.keep_accounts_help(), "/comptes"),
        todo(w.keep_organisations(), w.keep_organisations_help(), "/entreprises"),
        todo(w.keep_programme(), w.keep_programme_help(), "/programme"),
        todo(w.keep_letters(), w.keep_letters_help(), "/courrier"),
    ]
}
