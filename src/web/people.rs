//! An employer's list of employees.

use super::doors::Doors;
use super::error::Problem;
use super::fields::{Choice, Field};
use super::mistakes::Mistakes;
use super::page::Shell;
use super::reply::Reply;
use super::visit::Visit;
use crate::actions;
use crate::domain::access::Action;
use crate::domain::calendar::{Day, Zone};
use crate::domain::ids::PersonId;
use crate::domain::imports::{self, Line};
use crate::domain::people::{Employee, JobGroup, NewEmployee, Refusal, Resemblance};
use crate::store::{self, people::Presence};
use crate::words::Words;
use askama::Template;
use serde::Deserialize;

pub fn doors(site: &mut Doors) {
    site.get("/salaries", Action::ReadStaff, list);
    site.get("/salaries/nouveau", Action::AddStaff, ask_new);
    site.post("/salaries", Action::AddStaff, add);
    site.get("/salaries/{person}", Action::ReadStaff, show);
    site.post("/salaries/{person}", Action::EditStaff, edit);
    site.get("/salaries/{person}/depart", Action::EditStaff, ask_end);
    site.post("/salaries/{person}/depart", Action::EditStaff, end);
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
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    categorie: String,
    #[serde(default)]
    presence: String,
    #[serde(default)]
    apres: String,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let search: Search = visit.query()?;
    let today = visit.house.clock.now().day(Zone::PARIS);
    let former = search.presence == "partis";
    let wanted = store::people::Wanted {
        words: search.q.clone(),
        job_group: search.categorie.parse().ok(),
        presence: if former { Presence::Former } else { Presence::Current },
    };
    let (page, count) = visit.house.store.read(|conn| {
        let page = store::people::list(conn, &visit.reach, &wanted, &search.apres, today)?;
        Ok::<_, store::Error>((page, store::people::count(conn, &visit.reach, today)?))
    })?;
    let w = visit.w;
    let next = page.next.map(|cursor| {
        let encoded = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let Search { q, categorie, presence, .. } = &search;
        let kept = [("q", q), ("categorie", categorie), ("presence", presence), ("apres", &cursor)];
        let pairs: Vec<String> =
            kept.iter().map(|(name, text)| format!("{name}={}", encoded(text))).collect();
        format!("/salaries?{}", pairs.join("&"))
    });
    Reply::page(&ListPage {
        shell: visit.shell(w.staff_title(count)),
        filtered: !search.q.is_empty() || wanted.job_group.is_some() || former || !search.apres.is_empty(),
        words: search.q,
        groups: groups(w, wanted.job_group, w.staff_every_group()),
        former,
        people: page.rows.iter().map(|e| employee_view(w, e)).collect(),
        next,
    })
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
        name: person.listed_name(),
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
    /// « C’est une autre personne ».
    #[serde(default)]
    another: String,
}

impl Form {
    fn of(employee: &Employee) -> Self {
        let Employee { person, employment } = employee;
        Self {
            family_name: person.family_name.to_string(),
            given_name: person.given_name.to_string(),
            email: person.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            staff_number: employment.staff_number.clone().unwrap_or_default(),
            job_group: employment.job_group.map(|g| g.to_string()).unwrap_or_default(),
            starts_on: employment.starts_on.iso(),
            another: String::new(),
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
#[template(path = "people/form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    button: &'static str,
    fields: Vec<Field>,
    mistakes: Mistakes,
    /// Somebody on the list who resembles the one being added.
    alike: Option<PersonId>,
    /// Where a departure is reported.
    departure: Option<String>,
}

fn new_page(visit: &Visit<'_>, form: &Form, mistakes: Mistakes, alike: Option<PersonId>) -> FormPage {
    FormPage {
        shell: visit.shell(visit.w.person_new_title()),
        action: "/salaries".to_owned(),
        button: visit.w.person_add(),
        fields: form.fields(visit.w, &mistakes),
        mistakes,
        alike,
        departure: None,
    }
}

fn ask_new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&new_page(visit, &Form::default(), Mistakes::default(), None))
}

fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: Form = visit.form()?;
    let new = match form.read(visit.w) {
        Ok(new) => new,
        Err(mistakes) => return Reply::form_again(&new_page(visit, &form, mistakes, None)),
    };
    let answer = if form.another.is_empty() { Resemblance::NotAsked } else { Resemblance::SomebodyElse };
    match actions::people::add(visit.house, &visit.actor, &new, answer) {
        Ok(_) => {
            let name = format!("{} {}", new.given_name, new.family_name);
            Ok(Reply::see_with("/salaries", visit.w.person_added(&name)))
        }
        Err(actions::Error::Person(no)) => {
            let mut mistakes = Mistakes::default();
            let (field, alike) = match no {
                Refusal::Twice { known } => ("staff_number", Some(known)),
                Refusal::Alike { known } => ("family_name", Some(known)),
                Refusal::StaffNumberTaken => ("staff_number", None),
                Refusal::Left | Refusal::EndsBeforeStart => ("starts_on", None),
            };
            mistakes.add(field, visit.w.person_refusal(no));
            Reply::form_again(&new_page(visit, &form, mistakes, alike))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "people/former.html")]
struct FormerPage {
    shell: Shell,
    person: EmployeeView,
}

fn found(visit: &Visit<'_>) -> Result<(Employee, Day), Problem> {
    let id: PersonId = visit.part("person")?;
    let today = visit.house.clock.now().day(Zone::PARIS);
    Ok((visit.house.store.read(|conn| store::people::get(conn, &visit.reach, id, today))?, today))
}

fn edit_page(visit: &Visit<'_>, known: &Employee, form: &Form, mistakes: Mistakes) -> FormPage {
    let id = known.person.id;
    FormPage {
        shell: visit.shell(visit.w.person_edit_title(&known.person.full_name())),
        action: format!("/salaries/{id}"),
        button: visit.w.save(),
        fields: form.fields(visit.w, &mistakes),
        mistakes,
        alike: None,
        departure: Some(format!("/salaries/{id}/depart")),
    }
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, today) = found(visit)?;
    if known.employment.is_current(today) {
        return Reply::page(&edit_page(visit, &known, &Form::of(&known), Mistakes::default()));
    }
    let shell = visit.shell(known.person.full_name());
    Reply::page(&FormerPage { shell, person: employee_view(visit.w, &known) })
}

fn edit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, _) = found(visit)?;
    let form: Form = visit.form()?;
    let to = match form.read(visit.w) {
        Ok(to) => to,
        Err(mistakes) => return Reply::form_again(&edit_page(visit, &known, &form, mistakes)),
    };
    match actions::people::edit(visit.house, &visit.actor, known.person.id, &to) {
        Ok(()) => {
            let name = format!("{} {}", to.given_name, to.family_name);
            Ok(Reply::see_with("/salaries", visit.w.person_saved(&name)))
        }
        Err(actions::Error::Person(no @ Refusal::StaffNumberTaken)) => {
            let mut mistakes = Mistakes::default();
            mistakes.add("staff_number", visit.w.person_refusal(no));
            Reply::form_again(&edit_page(visit, &known, &form, mistakes))
        }
        Err(actions::Error::Person(no @ Refusal::EndsBeforeStart)) => {
            let mistakes = Mistakes::one("starts_on", visit.w.person_refusal(no));
            Reply::form_again(&edit_page(visit, &known, &form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "people/departure.html")]
struct DeparturePage {
    shell: Shell,
    id: PersonId,
    last_day: Field,
    mistakes: Mistakes,
}

#[derive(Deserialize)]
struct DepartureForm {
    #[serde(default)]
    last_day: String,
}

fn departure_page(visit: &Visit<'_>, known: &Employee, typed: String, mistakes: Mistakes) -> DeparturePage {
    DeparturePage {
        shell: visit.shell(visit.w.person_leave_title(&known.person.full_name())),
        id: known.person.id,
        last_day: Field::date("last_day", visit.w.ends_on(), typed).mended_by(&mistakes),
        mistakes,
    }
}

fn ask_end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, today) = found(visit)?;
    let last = known.employment.ends_on.unwrap_or(today);
    Reply::page(&departure_page(visit, &known, last.iso(), Mistakes::default()))
}

fn end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, _) = found(visit)?;
    let form: DepartureForm = visit.form()?;
    let mut mistakes = Mistakes::default();
    let Ok(last_day) = form.last_day.parse::<Day>() else {
        mistakes.add("last_day", visit.w.day_mistake());
        return Reply::form_again(&departure_page(visit, &known, form.last_day, mistakes));
    };
    match actions::people::end(visit.house, &visit.actor, known.person.id, last_day) {
        Ok(()) => {
            let said = visit.w.person_left(&known.person.full_name(), &visit.w.short_day(last_day));
            Ok(Reply::see_with("/salaries", said))
        }
        Err(actions::Error::Person(no)) => {
            mistakes.add("last_day", visit.w.person_refusal(no));
            Reply::form_again(&departure_page(visit, &known, form.last_day, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}
