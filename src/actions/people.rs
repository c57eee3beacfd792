//! An employer's list: who joins it, what changes, who leaves.

use super::exports::{self, Export};
use super::{Act, Done, House};
use addresses::Page;
use domain::access::{Action, Actor, Subject};
use domain::calendar::{Day, Zone};
use domain::ids::{OrganisationId, PersonId};
use domain::imports::Field;
use domain::people::{Employee, Joining, NewEmployee, Refusal, Resemblance};
use store::journal::Line;
use store::people::{Presence, Wanted};
use store::{self, Conn, Portion, Unique};
use words::Words;

/// How somebody joined a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    New(PersonId),
    /// They had left: it is the same person, for a second time there.
    Back(PersonId),
}

impl Joined {
    pub fn person(self) -> PersonId {
        match self {
            Self::New(person) | Self::Back(person) => person,
        }
    }
}

/// Adds somebody to the list of the actor's company. When a name or an address is on the list already, or was, `answer`
/// says whose it is.
pub fn add(house: &House, actor: &Actor, new: &NewEmployee, answer: Resemblance) -> Done<Joined> {
    house.act(actor, Action::AddStaff, |act| {
        let company = act.actor.organisation().ok_or(store::Error::Missing)?;
        act.hold(|conn| store::organisations::hold(conn, company))?;
        let today = act.today();
        let alike = store::people::resembling_current(act.conn, &act.reach, company, new, today)?;
        let former = store::people::resembling_former(act.conn, &act.reach, company, new, today)?;
        let starts_on = new.starts_on.unwrap_or(today);
        match new.joining(&alike, &former, answer)? {
            Joining::New => {
                let person = store::people::add(act.conn, company, new, starts_on, act.now)?;
                told(act, company, person, "employee_added")?;
                act.made(&Page::Person(person));
                Ok(Joined::New(person))
            }
            Joining::Back(known) => {
                let person = known.person.id;
                store::people::rejoin(act.conn, company, person, new, starts_on)?;
                told(act, company, person, "employee_back")?;
                act.made(&Page::Person(person));
                Ok(Joined::Back(person))
            }
        }
    })
}

/// Writes anew what the employer says of somebody who works for it.
pub fn edit(house: &House, actor: &Actor, person: PersonId, to: &NewEmployee) -> Done<()> {
    house.act(actor, Action::EditStaff, |act| {
        let today = act.today();
        let known = store::people::get(act.conn, &act.reach, person, today)?;
        if !known.employment.is_current(today) {
            return Err(Refusal::Left.into());
        }
        known.check_change(to)?;
        act.hold(|conn| store::organisations::hold(conn, known.employment.company))?;
        match store::people::set(act.conn, &known, to) {
            Err(store::Error::Taken(Unique::StaffNumber)) => return Err(Refusal::StaffNumberTaken.into()),
            other => other?,
        }
        told(act, known.employment.company, person, "employee_edited")?;
        Ok(())
    })
}

/// Ends somebody's time at the company on its last day. Their enrolments stay with it as they are.
pub fn end(house: &House, actor: &Actor, person: PersonId, last_day: Day) -> Done<()> {
    house.act(actor, Action::EditStaff, |act| {
        let today = act.today();
        let known = store::people::get(act.conn, &act.reach, person, today)?;
        known.check_end(last_day, today)?;
        act.hold(|conn| store::organisations::hold(conn, known.employment.company))?;
        store::people::end(act.conn, known.employment.id, last_day)?;
        told(act, known.employment.company, person, "employee_left")?;
        Ok(())
    })
}

fn told(act: &mut Act<'_>, company: OrganisationId, person: PersonId, kind: &str) -> Done<()> {
    let reference = format!("person:{person}");
    let line = Line { kind, reference: &reference, ..Line::default() };
    act.note(Subject::Organisation(company), &[line])
}

/// The list of the actor's company, or a part of it, as a file that [`super::imports`] reads back. Who left has a last
/// day in it.
pub fn export(house: &House, actor: &Actor, w: Words, wanted: Wanted) -> Done<Export> {
    let reach = actor.may(Action::ExportStaff)?;
    let today = house.clock.now().day(Zone::OFFICE);
    let tells_end = wanted.presence == Presence::Former;
    let mut headings: Vec<&str> = Field::ALL.iter().map(|field| w.import_field(*field)).collect();
    headings.extend(tells_end.then(|| w.ends_on()));
    let read = move |conn: &mut Conn, after: &str| {
        store::people::list(conn, &reach, &wanted, Portion::Piece, after, today)
    };
    Ok(exports::table(&headings, read, move |employee| {
        let mut cells = cells(w, employee);
        if tells_end {
            let last_day = employee.employment.ends_on.map(|day| w.sheet_day(day));
            cells.push(last_day.unwrap_or_default());
        }
        cells
    }))
}

fn cells(w: Words, employee: &Employee) -> Vec<String> {
    let Employee { person, employment } = employee;
    let cell = |field: &Field| match field {
        Field::FamilyName => person.name.family.to_string(),
        Field::GivenName => person.name.given.to_string(),
        Field::Email => person.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        Field::StaffNumber => employment.staff_number.clone().unwrap_or_default(),
        Field::JobGroup => employment.job_group.map(|g| w.job_group_name(g).to_owned()).unwrap_or_default(),
        Field::StartsOn => w.sheet_day(employment.starts_on),
    };
    Field::ALL.iter().map(cell).collect()
}
