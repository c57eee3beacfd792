//! One employee: what the employer knows of them, their account, their departure.

use super::{EmployeeView, Form, employee_view};
use crate::forms::fields::Field;
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use askama::Template;
use domain::access::Action;
use domain::accounts::Opening;
use domain::calendar::{Day, Zone};
use domain::ids::PersonId;
use domain::people::{Employee, Refusal};
use serde::Deserialize;

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/salaries/{person}", Action::ReadStaff, show);
    routes.post("/salaries/{person}", Action::EditStaff, edit);
    routes.post("/salaries/{person}/invitation", Action::InviteEmployee, invite);
    routes.get("/salaries/{person}/depart", Action::EditStaff, ask_end);
    routes.post("/salaries/{person}/depart", Action::EditStaff, end);
}

#[derive(Template)]
#[template(path = "people/former.html")]
struct FormerPage {
    shell: Shell,
    person: EmployeeView,
}

fn found(visit: &Visit<'_>) -> Result<(Employee, Day), Problem> {
    let id: PersonId = visit.part("person")?;
    let today = visit.today();
    Ok((visit.house.store.read(|conn| store::people::get(conn, &visit.reach, id, today))?, today))
}

#[derive(Template)]
#[template(path = "people/one.html")]
struct OnePage {
    shell: Shell,
    id: PersonId,
    fields: Vec<Field>,
    mistakes: Mistakes,
    /// Times at the company before this one.
    earlier: Vec<String>,
    /// How far the person's own account is.
    account: String,
    /// What the button does that invites; none when there is nothing to invite to.
    invite: Option<&'static str>,
}

fn page(visit: &Visit<'_>, known: &Employee, form: &Form, mistakes: Mistakes) -> Result<OnePage, Problem> {
    let w = visit.w;
    let now = visit.house.clock.now();
    let (opening, earlier) = visit.house.store.read(|conn| {
        let opening = store::accounts::opening(conn, known.person.id, now)?;
        Ok::<_, store::Error>((opening, store::people::earlier_times(conn, &visit.reach, &known.employment)?))
    })?;
    let has_address = known.person.email.is_some();
    let invite = match opening {
        Opening::Open => None,
        Opening::NotInvited => Some(w.employee_invite()),
        Opening::Invited { .. } | Opening::Unanswered { .. } => Some(w.employee_invite_again()),
    };
    Ok(OnePage {
        shell: visit.shell(w.person_edit_title(&known.person.name.full())),
        id: known.person.id,
        fields: form.fields(w, &mistakes),
        mistakes,
        earlier: earlier
            .into_iter()
            .map(|(from, until)| {
                w.employed_before(&w.short_day(from), until.map(|d| w.short_day(d)).as_deref())
            })
            .collect(),
        account: match opening {
            Opening::Open => w.employee_account_open().to_owned(),
            Opening::Invited { on } => w.employee_invited(&w.short_day(on.day(Zone::OFFICE))),
            Opening::Unanswered { since } => w.employee_unanswered(&w.short_day(since.day(Zone::OFFICE))),
            Opening::NotInvited if has_address => w.employee_not_invited().to_owned(),
            Opening::NotInvited => w.employee_without_address().to_owned(),
        },
        invite: invite.filter(|_| has_address),
    })
}

/// Writes to somebody a link that opens their own account.
fn invite(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, today) = found(visit)?;
    let id = known.person.id;
    match actions::members::invite_employee(visit.house, &visit.actor, id) {
        Ok(()) => {
            let said = visit.w.employee_invitation_leaves(&known.person.name.full());
            Ok(Reply::see_with(&format!("/salaries/{id}"), said))
        }
        Err(actions::Error::Refused(actions::Refusal::Account(no))) if known.employment.is_current(today) => {
            let mistakes = Mistakes::one("email", visit.w.employee_invite_refusal(no));
            Reply::form_again(&page(visit, &known, &Form::of(&known), mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, today) = found(visit)?;
    if known.employment.is_current(today) {
        return Reply::page(&page(visit, &known, &Form::of(&known), Mistakes::default())?);
    }
    let shell = visit.shell(known.person.name.full());
    Reply::page(&FormerPage { shell, person: employee_view(visit.w, &known) })
}

fn edit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, _) = found(visit)?;
    let form: Form = visit.form()?;
    let to = match form.read(visit.w) {
        Ok(to) => to,
        Err(mistakes) => return Reply::form_again(&page(visit, &known, &form, mistakes)?),
    };
    match actions::people::edit(visit.house, &visit.actor, known.person.id, &to) {
        Ok(()) => {
            let name = to.name.full();
            Ok(Reply::see_with("/salaries", visit.w.person_saved(&name)))
        }
        Err(actions::Error::Refused(actions::Refusal::Person(no @ Refusal::StaffNumberTaken))) => {
            let mut mistakes = Mistakes::default();
            mistakes.add("staff_number", visit.w.person_refusal(no));
            Reply::form_again(&page(visit, &known, &form, mistakes)?)
        }
        Err(actions::Error::Refused(actions::Refusal::Person(no @ Refusal::EndsBeforeStart))) => {
            let mistakes = Mistakes::one("starts_on", visit.w.person_refusal(no));
            Reply::form_again(&page(visit, &known, &form, mistakes)?)
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
        shell: visit.shell(visit.w.person_leave_title(&known.person.name.full())),
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
            let said = visit.w.person_left(&known.person.name.full(), &visit.w.short_day(last_day));
            Ok(Reply::see_with("/salaries", said))
        }
        Err(actions::Error::Refused(actions::Refusal::Person(no))) => {
            mistakes.add("last_day", visit.w.person_refusal(no));
            Reply::form_again(&departure_page(visit, &known, form.last_day, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}
