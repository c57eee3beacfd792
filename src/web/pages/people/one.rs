//! One employee: what the employer knows of them, their account, their departure.

use super::{EMAIL, EmployeeView, ask_employee, employee, employee_view};
use crate::forms::{Declared, Field, Form};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::accounts::Opening;
use domain::calendar::{Day, Zone};
use domain::ids::PersonId;
use domain::people::Employee;
use words::Words;

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/salaries/{person}", Action::ReadStaff, show);
    routes.form_of_page("/salaries/{person}", Action::EditStaff, edit);
    routes.post("/salaries/{person}/invitation", Action::InviteEmployee, invite);
    routes.form("/salaries/{person}/depart", Action::EditStaff, end);
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
    Ok((visit.read(|conn| store::people::get(conn, &visit.reach, id, today))?, today))
}

/// How far somebody's own account is, below what the employer knows of them.
#[derive(Template)]
#[template(path = "people/account.html")]
struct AccountPart {
    shell: Shell,
    id: PersonId,
    account: String,
    /// What the button does that invites; none when there is nothing to invite to.
    invite: Option<&'static str>,
}

fn edit_form<'v>(visit: &'v Visit<'v>, known: &Employee) -> Declared<'v> {
    let (w, id, now) = (visit.w, known.person.id, visit.house.clock.now());
    let (opening, earlier) = visit.read(|conn| {
        let opening = store::accounts::opening(conn, id, now)?;
        Ok((opening, store::people::earlier_times(conn, &visit.reach, &known.employment)?))
    })?;
    let has_address = known.person.email.is_some();
    let invite = match opening {
        Opening::Open => None,
        Opening::NotInvited => Some(w.employee_invite()),
        Opening::Invited { .. } | Opening::Unanswered { .. } => Some(w.employee_invite_again()),
    };
    let account = match opening {
        Opening::Open => w.employee_account_open().to_owned(),
        Opening::Invited { on } => w.employee_invited(&w.short_day(on.day(Zone::OFFICE))),
        Opening::Unanswered { since } => w.employee_unanswered(&w.short_day(since.day(Zone::OFFICE))),
        Opening::NotInvited if has_address => w.employee_not_invited().to_owned(),
        Opening::NotInvited => w.employee_without_address().to_owned(),
    };
    let mut form = Form::new(visit, w.person_edit_title(&known.person.name.full()))
        .to(path_of(id))
        .back("/salaries", w.staff());
    for (from, until) in earlier {
        // Times at the company before this one.
        form = form.lede(w.employed_before(&w.short_day(from), until.map(|d| w.short_day(d)).as_deref()));
    }
    ask_employee(form, w, Some(known))
        .button(w.save())
        .or(format!("/salaries/{id}/depart"), w.person_leaves())
        .after(&AccountPart { shell: visit.shell(""), id, account, invite: invite.filter(|_| has_address) })
}

fn path_of(id: PersonId) -> String {
    format!("/salaries/{id}")
}

/// Writes to somebody a link that opens their own account.
fn invite(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, today) = found(visit)?;
    let id = known.person.id;
    match actions::members::invite_employee(visit.house, &visit.actor, id) {
        Ok(()) => {
            let said = visit.w.employee_invitation_leaves(&known.person.name.full());
            Ok(Reply::see_with(&path_of(id), said))
        }
        Err(actions::Error::Refused(actions::Refusal::Account(no))) if known.employment.is_current(today) => {
            edit_form(visit, &known)?.told(EMAIL, visit.w.employee_invite_refusal(no))
        }
        Err(other) => Err(other.into()),
    }
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (known, today) = found(visit)?;
    if known.employment.is_current(today) {
        return edit_form(visit, &known)?.show();
    }
    let shell = visit.shell(known.person.name.full());
    Reply::page(&FormerPage { shell, person: employee_view(visit.w, &known) })
}

fn edit<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, (known, _)) = (visit.w, found(visit)?);
    let id = known.person.id;
    Ok(edit_form(visit, &known)?.submits(
        move |form| employee(form, w),
        move |to| {
            actions::people::edit(visit.house, &visit.actor, id, &to)?;
            Ok(to.name.full())
        },
        move |name| Reply::see_with("/salaries", w.person_saved(&name)),
    ))
}

const LAST_DAY: Field<Day> = Field::day("last_day", Words::ends_on, Words::day_mistake);

fn end<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, (known, today)) = (visit.w, found(visit)?);
    let (id, name) = (known.person.id, known.person.name.full());
    Ok(Form::new(visit, w.person_leave_title(&name))
        .back(path_of(id), w.staff_edit())
        .lede(w.person_leave_help())
        .ask_again(LAST_DAY, known.employment.ends_on.map(Day::iso))
        .proposing(today.iso())
        .button(w.person_leave_do())
        .submits(
            |form| form.get(LAST_DAY),
            move |day| {
                actions::people::end(visit.house, &visit.actor, id, day)?;
                Ok(day)
            },
            move |day| Reply::see_with("/salaries", w.person_left(&name, &w.short_day(day))),
        ))
}
