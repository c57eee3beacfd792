//! An employer's list of employees.

mod one;

use crate::forms::{Ask as _, Choice, Declared, Form, Refused, Text, Tick};
use crate::frame::reply::CSV;
use crate::frame::visit::address;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, people::Joined};
use askama::Template;
use domain::access::Action;
use domain::ids::PersonId;
use domain::imports::{self, Line};
use domain::people::{Employee, JobGroup, NewEmployee, Refusal, Resemblance};
use serde::{Deserialize, Serialize};
use std::iter;
use store::{self, Portion, people::Presence};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/salaries", Action::ReadStaff, list);
    routes.get_blocking("/salaries/export.csv", Action::ExportStaff, export);
    routes.form_at("/salaries/nouveau", "/salaries", Action::AddStaff, add);
    one::routes(routes);
}

struct EmployeeView {
    id: PersonId,
    name: String,
    email: String,
    staff_number: String,
    group: &'static str,
    until: String,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    shell: Shell,
    words: String,
    groups: Vec<Choice>,
    /// The one that was asked for; empty for all.
    group: String,
    former: bool,
    filtered: bool,
    people: Vec<EmployeeView>,
    next: Option<String>,
    /// Where the whole list is a file.
    file: String,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
struct Search {
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    categorie: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    presence: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    apres: String,
}

impl Search {
    fn wants_former(&self) -> bool {
        self.presence == "partis"
    }

    fn wanted(&self) -> store::people::Wanted {
        store::people::Wanted {
            words: self.q.clone(),
            job_group: self.categorie.parse().ok(),
            presence: if self.wants_former() { Presence::Former } else { Presence::Current },
        }
    }

    /// The same question at another address, after a row or from the first.
    fn link(&self, path: &str, after: &str) -> String {
        address(path, &Self { apres: after.to_owned(), ..self.clone() })
    }
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let search: Search = visit.query()?;
    let today = visit.today();
    let wanted = search.wanted();
    let (page, count) = visit.read(|conn| {
        let page = store::people::list(conn, &visit.reach, &wanted, Portion::Page, &search.apres, today)?;
        Ok((page, store::people::count(conn, &visit.reach, today)?))
    })?;
    let w = visit.w;
    let former = search.wants_former();
    Reply::page(&ListPage {
        shell: visit.shell(w.staff_title(count)),
        filtered: !search.q.is_empty() || wanted.job_group.is_some() || former || !search.apres.is_empty(),
        groups: groups(w, w.staff_every_group()),
        group: wanted.job_group.map(|group| group.to_string()).unwrap_or_default(),
        former,
        people: page.rows.iter().map(|e| employee_view(w, e)).collect(),
        next: page.next.map(|cursor| search.link("/salaries", &cursor)),
        file: search.link("/salaries/export.csv", ""),
        words: search.q,
    })
}

/// What the page lists, all its pages in one file.
fn export(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let wanted = visit.query::<Search>()?.wanted();
    let export = actions::people::export(visit.house, &visit.actor, visit.w, wanted)?;
    Reply::export(visit, "salaries.csv", CSV, export)
}

fn groups(w: Words, none: &'static str) -> Vec<Choice> {
    let all = JobGroup::ALL.iter().map(|group| Choice::new(group, w.job_group_name(*group)));
    iter::once(Choice::new("", none)).chain(all).collect()
}

fn employee_view(w: Words, employee: &Employee) -> EmployeeView {
    let Employee { person, employment } = employee;
    EmployeeView {
        id: person.id,
        name: person.name.listed(),
        email: person.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        staff_number: employment.staff_number.clone().unwrap_or_default(),
        group: employment.job_group.map(|g| w.job_group_name(g)).unwrap_or_default(),
        until: employment.ends_on.map(|day| w.employed_until(&w.short_day(day))).unwrap_or_default(),
    }
}

const FAMILY_NAME: Text = Text::line("family_name", Words::family_name);
const GIVEN_NAME: Text = Text::line("given_name", Words::given_name);
const EMAIL: Text = Text::email("email", Words::person_email).help(Words::person_email_help).optional();
const STAFF_NUMBER: Text =
    Text::line("staff_number", Words::staff_number).help(Words::staff_number_help).optional();
const JOB_GROUP: Text = Text::select("job_group", Words::job_group).optional();
const STARTS_ON: Text = Text::day("starts_on", Words::starts_on).optional();
/// Whoever resembles somebody is another person, or the number of somebody who comes back.
const ANOTHER: &str = "another";
const IS_ANOTHER: Tick = Tick::new(ANOTHER, Words::person_is_another);
const WHO_IS_IT: Text = Text::radio(ANOTHER, Words::person_who_is_it);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::Twice { .. } | Self::StaffNumberTaken => STAFF_NUMBER.name(),
            Self::Alike { .. } | Self::MayBeBack { .. } => FAMILY_NAME.name(),
            Self::Left | Self::BackTooEarly { .. } | Self::EndsBeforeStart => STARTS_ON.name(),
        })
    }
}

/// Asks what an employer knows of somebody: nothing yet, or what is kept.
fn ask_employee<'v>(form: Form<'v>, w: Words, known: Option<&Employee>) -> Form<'v> {
    let (person, employment) = (known.map(|one| &one.person), known.map(|one| &one.employment));
    form.ask_again(FAMILY_NAME, person.map(|one| &one.name.family))
        .ask_again(GIVEN_NAME, person.map(|one| &one.name.given))
        .ask_again(EMAIL, person.and_then(|one| one.email.as_ref()))
        .ask_again(STAFF_NUMBER, employment.and_then(|one| one.staff_number.as_ref()))
        .ask_again(JOB_GROUP, employment.and_then(|one| one.job_group))
        .among(groups(w, w.job_group_unknown()))
        .ask_again(STARTS_ON, employment.map(|one| one.starts_on.iso()))
}

/// By the same rules as a line of a list.
fn employee(form: &mut Form<'_>, w: Words) -> Option<NewEmployee> {
    let mut line = Line::default();
    for field in imports::Field::ALL {
        line.put(*field, form.sent(field.as_str()));
    }
    line.read()
        .map_err(|mistakes| {
            for mistake in &mistakes {
                form.mistake(mistake.field().as_str(), w.import_mistake(mistake));
            }
        })
        .ok()
}

fn resemblance(another: &str) -> Resemblance {
    match another.parse() {
        Ok(person) => Resemblance::ComesBack(person),
        Err(_) if another.is_empty() => Resemblance::NotAsked,
        Err(_) => Resemblance::SomebodyElse,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "declared like the others")]
fn add<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let form = Form::new(visit, w.person_new_title()).to("/salaries").back("/salaries", w.staff());
    Ok(ask_employee(form, w, None)
        .button(w.person_add())
        .then_asks(move |form, no| match no {
            actions::Refusal::Person(Refusal::Twice { known } | Refusal::Alike { known }) => {
                form.ask(IS_ANOTHER).see(format!("/salaries/{known}"), w.person_see_known())
            }
            actions::Refusal::Person(Refusal::MayBeBack { known }) => {
                let back = Choice::new(known, w.person_comes_back()).detailed(w.person_comes_back_help());
                form.ask(WHO_IS_IT)
                    .among([back, Choice::new(Tick::YES, w.person_is_new())])
                    .see(format!("/salaries/{known}"), w.person_see_former())
            }
            _ => form,
        })
        .submits(
            move |form| Some((employee(form, w)?, resemblance(form.sent(ANOTHER)))),
            |(new, resemblance)| {
                let joined = actions::people::add(visit.house, &visit.actor, &new, resemblance)?;
                Ok((joined, new.name.full()))
            },
            move |(joined, name)| {
                let said = match joined {
                    Joined::New(_) => w.person_added(&name),
                    Joined::Back(_) => w.person_is_back(&name),
                };
                Reply::see_with("/salaries", said)
            },
        ))
}
