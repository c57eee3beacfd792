//! An employer's list of employees.

mod one;

use crate::forms::fields::{Choice, Field};
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::{CSV, Reply};
use crate::frame::route::Routes;
use crate::frame::visit::{Visit, address};
use actions::{self, people::Joined};
use askama::Template;
use domain::access::Action;
use domain::ids::PersonId;
use domain::imports::{self, Line};
use domain::people::{Employee, JobGroup, NewEmployee, Refusal, Resemblance};
use serde::{Deserialize, Serialize};
use store::{self, Portion, people::Presence};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/salaries", Action::ReadStaff, list);
    routes.get_blocking("/salaries/export.csv", Action::ExportStaff, export);
    routes.get("/salaries/nouveau", Action::AddStaff, ask_new);
    routes.post("/salaries", Action::AddStaff, add);
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
    let (page, count) = visit.house.store.read(|conn| {
        let page = store::people::list(conn, &visit.reach, &wanted, Portion::Page, &search.apres, today)?;
        Ok::<_, store::Error>((page, store::people::count(conn, &visit.reach, today)?))
    })?;
    let w = visit.w;
    let former = search.wants_former();
    Reply::page(&ListPage {
        shell: visit.shell(w.staff_title(count)),
        filtered: !search.q.is_empty() || wanted.job_group.is_some() || former || !search.apres.is_empty(),
        groups: groups(w, wanted.job_group, w.staff_every_group()),
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

fn groups(w: Words, chosen: Option<JobGroup>, none: &'static str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", none, chosen.is_none())];
    choices.extend(
        JobGroup::ALL.iter().map(|g| Choice::new(g.as_str(), w.job_group_name(*g), chosen == Some(*g))),
    );
    choices
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

#[derive(Deserialize, Default)]
struct Form {
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    given_name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    staff_number: String,
    #[serde(default)]
    job_group: String,
    #[serde(default)]
    starts_on: String,
    /// « C’est une autre personne », or the number of somebody who comes back.
    #[serde(default)]
    another: String,
}

impl Form {
    fn of(employee: &Employee) -> Self {
        let Employee { person, employment } = employee;
        Self {
            family_name: person.name.family.to_string(),
            given_name: person.name.given.to_string(),
            email: person.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            staff_number: employment.staff_number.clone().unwrap_or_default(),
            job_group: employment.job_group.map(|g| g.to_string()).unwrap_or_default(),
            starts_on: employment.starts_on.iso(),
            another: String::new(),
        }
    }

    fn answer(&self) -> Resemblance {
        match self.another.parse() {
            Ok(person) => Resemblance::ComesBack(person),
            Err(_) if self.another.is_empty() => Resemblance::NotAsked,
            Err(_) => Resemblance::SomebodyElse,
        }
    }

    /// The same rules as for a line of a list.
    fn read(&self, w: Words) -> Result<NewEmployee, Mistakes> {
        let mut line = Line::default();
        for field in imports::Field::ALL {
            line.put(*field, self.typed(*field));
        }
        line.read().map_err(|mistakes| {
            let mut said = Mistakes::default();
            for mistake in &mistakes {
                said.add(mistake.field().as_str(), w.import_mistake(mistake));
            }
            said
        })
    }

    fn typed(&self, field: imports::Field) -> &str {
        match field {
            imports::Field::FamilyName => &self.family_name,
            imports::Field::GivenName => &self.given_name,
            imports::Field::Email => &self.email,
            imports::Field::StaffNumber => &self.staff_number,
            imports::Field::JobGroup => &self.job_group,
            imports::Field::StartsOn => &self.starts_on,
        }
    }

    fn fields(&self, w: Words, mistakes: &Mistakes) -> Vec<Field> {
        [
            Field::input("family_name", "text", w.family_name(), &self.family_name),
            Field::input("given_name", "text", w.given_name(), &self.given_name),
            Field::input("email", "email", w.person_email(), &self.email)
                .help(w.person_email_help())
                .optional(w),
            Field::input("staff_number", "text", w.staff_number(), &self.staff_number)
                .help(w.staff_number_help())
                .optional(w),
            Field::select(
                "job_group",
                w.job_group(),
                groups(w, self.job_group.parse().ok(), w.job_group_unknown()),
            )
            .optional(w),
            Field::date("starts_on", w.starts_on(), &self.starts_on).optional(w),
        ]
        .into_iter()
        .map(|field| field.mended_by(mistakes))
        .collect()
    }
}

#[derive(Template)]
#[template(path = "people/new.html")]
struct NewPage {
    shell: Shell,
    fields: Vec<Field>,
    mistakes: Mistakes,
    /// Somebody on the list who resembles the one being added.
    alike: Option<PersonId>,
    /// Somebody of this name who left.
    former: Option<PersonId>,
}

fn new_page(visit: &Visit<'_>, form: &Form, mistakes: Mistakes) -> NewPage {
    NewPage {
        shell: visit.shell(visit.w.person_new_title()),
        fields: form.fields(visit.w, &mistakes),
        mistakes,
        alike: None,
        former: None,
    }
}

fn ask_new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&new_page(visit, &Form::default(), Mistakes::default()))
}

fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: Form = visit.form()?;
    let new = match form.read(visit.w) {
        Ok(new) => new,
        Err(mistakes) => return Reply::form_again(&new_page(visit, &form, mistakes)),
    };
    let name = new.name.full();
    match actions::people::add(visit.house, &visit.actor, &new, form.answer()) {
        Ok(Joined::New(_)) => Ok(Reply::see_with("/salaries", visit.w.person_added(&name))),
        Ok(Joined::Back(_)) => Ok(Reply::see_with("/salaries", visit.w.person_is_back(&name))),
        Err(actions::Error::Refused(actions::Refusal::Person(no))) => {
            let (field, alike, former) = match no {
                Refusal::Twice { known } => ("staff_number", Some(known), None),
                Refusal::Alike { known } => ("family_name", Some(known), None),
                Refusal::MayBeBack { known } => ("family_name", None, Some(known)),
                Refusal::StaffNumberTaken => ("staff_number", None, None),
                Refusal::Left | Refusal::BackTooEarly { .. } | Refusal::EndsBeforeStart => {
                    ("starts_on", None, None)
                }
            };
            let mistakes = Mistakes::one(field, visit.w.person_refusal(no));
            Reply::form_again(&NewPage { alike, former, ..new_page(visit, &form, mistakes) })
        }
        Err(other) => Err(other.into()),
    }
}
