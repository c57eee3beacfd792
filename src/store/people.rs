//! People, and whom they work for and when.

mod rows;

pub use rows::{NewEmployment, NewPerson, add_many, rows_of};

use super::backend::{Backend, Searched};
use super::names::{Place, Way, in_order, on_the_way, patterns, ways};
use super::schema::{employments, people};
use super::{Conn, Kept, Page, Portion};
use diesel::dsl::{InnerJoin, IntoBoxed, exists, not};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, Instant};
use domain::ids::{EmploymentId, OrganisationId, PersonId};
use domain::people::{EmailAddress, Employee, Employment, JobGroup, NewEmployee, Person, PersonName};
use std::collections::HashSet;

type Employed = IntoBoxed<'static, InnerJoin<employments::table, people::table>, Backend>;

diesel::alias!(employments as again: Again);

/// Employments whose people a reach covers: an employer's list, and a person's own.
fn within(reach: &Reach) -> Employed {
    let all = employments::table.inner_join(people::table).into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::Company(company) => all.filter(employments::company_id.eq(company)),
        Extent::Person(person) => all.filter(employments::person_id.eq(person)),
        _ => all.filter(employments::id.lt(EmploymentId(0))),
    }
}

/// Times that ended, of those who are not there again.
fn over(rows: Employed, today: Day) -> Employed {
    let there_again = again
        .filter(again.field(employments::person_id).eq(employments::person_id))
        .filter(again.field(employments::company_id).eq(employments::company_id))
        .filter(
            again
                .field(employments::ends_on)
                .is_null()
                .or(again.field(employments::ends_on).assume_not_null().ge(today)),
        );
    rows.filter(employments::ends_on.lt(today)).filter(not(exists(there_again)))
}

/// Times that share the number, the address or the name of somebody new.
fn resembling(rows: Employed, new: &NewEmployee) -> Employed {
    rows.filter(
        employments::search_key
            .eq(key(new))
            .or(people::email.is_not_null().and(people::email.eq(new.email.clone())))
            .or(employments::staff_number
                .is_not_null()
                .and(employments::staff_number.eq(new.staff_number.clone()))),
    )
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = employments)]
struct Row {
    #[diesel(select_expression = people::id)]
    person: PersonId,
    #[diesel(select_expression = (people::given_name, people::family_name))]
    name: PersonName,
    #[diesel(select_expression = people::email)]
    email: Option<EmailAddress>,
    id: EmploymentId,
    #[diesel(column_name = company_id)]
    company: OrganisationId,
    search_key: String,
    staff_number: Option<String>,
    job_group: Option<JobGroup>,
    starts_on: Day,
    ends_on: Option<Day>,
}

impl Row {
    /// Where somebody may be reached is no business of an employer whom they left.
    fn employee(self, today: Day) -> Employee {
        let mut employee = self.whole();
        if !employee.employment.is_current(today) {
            employee.person.email = None;
        }
        employee
    }

    fn whole(self) -> Employee {
        let employment = Employment {
            id: self.id,
            person: self.person,
            company: self.company,
            staff_number: self.staff_number,
            job_group: self.job_group,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        };
        let person = Person { id: self.person, name: self.name, email: self.email };
        Employee { person, employment }
    }
}

/// Which employees a list shows.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words of the name.
    pub words: String,
    pub job_group: Option<JobGroup>,
    pub presence: Presence,
}

/// Whether somebody still works for the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Presence {
    #[default]
    Current,
    Former,
}

/// Employees within reach by name, a portion at a time; `after` is the cursor of the one before.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    wanted: &Wanted,
    portion: Portion,
    after: &str,
    today: Day,
) -> Kept<Page<Employee>> {
    let ways = match reach.extent() {
        Extent::Company(company) => ways(conn, Searched::Staff, &company.to_string(), &wanted.words)?,
        // Nobody else has a list that is long.
        _ => vec![Way::Along(patterns(&wanted.words))],
    };
    let after = Place::read(after);
    let mut rows: Vec<Row> = Vec::new();
    for way in ways {
        let mut some = on_the_way!(within_on(reach, &way), way, employments, EmploymentId);
        if let Some(group) = wanted.job_group {
            some = some.filter(employments::job_group.eq(group));
        }
        some = match wanted.presence {
            Presence::Current => {
                some.filter(employments::ends_on.is_null().or(employments::ends_on.ge(today)))
            }
            Presence::Former => over(some, today),
        };
        if let Some(Place { key, id }) = after.clone() {
            let id = EmploymentId(id);
            some = some
                .filter(employments::search_key.ge(key.clone()))
                .filter(employments::search_key.gt(key).or(employments::id.gt(id)));
        }
        let some = some.order((employments::search_key, employments::id)).limit(portion.and_one());
        rows.extend(some.select(Row::as_select()).load(conn)?);
    }
    let rows = in_order(rows, portion.and_one(), |row| (&row.search_key, row.id.0));
    let page = Page::cut_to(portion, rows, |row| Place::cursor(&row.search_key, row.id.0));
    Ok(Page { rows: page.rows.into_iter().map(|row| row.employee(today)).collect(), next: page.next })
}

/// The same rows as [`within`]. Where numbers are known they are what is looked up, and not the list of the company:
/// neither database reads that for a span of companies.
fn within_on(reach: &Reach, way: &Way) -> Employed {
    match (reach.extent(), way) {
        (Extent::Company(company), Way::These(..)) => employments::table
            .inner_join(people::table)
            .filter(employments::company_id.between(company, company))
            .into_boxed(),
        _ => within(reach),
    }
}

/// Everybody within reach who works for a company, by name.
pub fn current(conn: &mut Conn, reach: &Reach, company: OrganisationId, today: Day) -> Kept<Vec<Employee>> {
    let rows: Vec<Row> = within(reach)
        .filter(employments::company_id.eq(company))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(today)))
        .order((employments::search_key, employments::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.employee(today)).collect())
}

/// How many people within reach work for their company today.
pub fn count(conn: &mut Conn, reach: &Reach, today: Day) -> Kept<i64> {
    let Extent::Company(company) = reach.extent() else {
        let there = employments::ends_on.is_null().or(employments::ends_on.ge(today));
        return Ok(within(reach).filter(there).count().get_result(conn)?);
    };
    // Two counts along an index each, and nobody's row is read.
    let all = employments::table.filter(employments::company_id.eq(company));
    let gone = all.filter(employments::ends_on.lt(today));
    Ok(all.count().get_result::<i64>(conn)? - gone.count().get_result::<i64>(conn)?)
}

/// Somebody within reach, with the latest employment there.
pub fn get(conn: &mut Conn, reach: &Reach, person: PersonId, today: Day) -> Kept<Employee> {
    let row: Row = within(reach)
        .filter(employments::person_id.eq(person))
        .order((employments::starts_on.desc(), employments::id.desc()))
        .select(Row::as_select())
        .first(conn)?;
    Ok(row.employee(today))
}

/// Those who work for a company and share the number, the address or the name of somebody new.
pub fn resembling_current(
    conn: &mut Conn,
    reach: &Reach,
    company: OrganisationId,
    new: &NewEmployee,
    today: Day,
) -> Kept<Vec<Employee>> {
    let rows: Vec<Row> = resembling(within(reach), new)
        .filter(employments::company_id.eq(company))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(today)))
        .order(employments::id)
        .limit(MOST_ALIKE)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.employee(today)).collect())
}

/// Those who left a company and share the number, the address or the name of somebody new; see [`former`].
pub fn resembling_former(
    conn: &mut Conn,
    reach: &Reach,
    company: OrganisationId,
    new: &NewEmployee,
    today: Day,
) -> Kept<Vec<Employee>> {
    let rows: Vec<Row> = over(resembling(within(reach), new), today)
        .filter(employments::company_id.eq(company))
        .order((employments::ends_on.desc(), employments::id.desc()))
        .limit(MOST_ALIKE)
        .select(Row::as_select())
        .load(conn)?;
    Ok(last_times(rows))
}

const MOST_ALIKE: i64 = 20;

/// Those who left a company, each with the last time there, who left last first. Their addresses are for knowing them
/// again, never for showing.
pub fn former(conn: &mut Conn, reach: &Reach, company: OrganisationId, today: Day) -> Kept<Vec<Employee>> {
    let rows: Vec<Row> = over(within(reach), today)
        .filter(employments::company_id.eq(company))
        .order((employments::ends_on.desc(), employments::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(last_times(rows))
}

fn last_times(newest_first: Vec<Row>) -> Vec<Employee> {
    let mut seen = HashSet::new();
    newest_first.into_iter().filter(|row| seen.insert(row.person)).map(Row::whole).collect()
}

/// When somebody within reach was at a company before the time that they are there for now, newest first.
pub fn earlier_times(conn: &mut Conn, reach: &Reach, known: &Employment) -> Kept<Vec<(Day, Option<Day>)>> {
    Ok(within(reach)
        .filter(employments::person_id.eq(known.person).and(employments::company_id.eq(known.company)))
        .filter(employments::id.ne(known.id))
        .order((employments::starts_on.desc(), employments::id.desc()))
        .limit(20)
        .select((employments::starts_on, employments::ends_on))
        .load(conn)?)
}

/// Family name first: lists go by it.
fn key(of: &NewEmployee) -> String {
    of.name.search_key()
}

/// Writes somebody down who begins to work for a company.
pub fn add(
    conn: &mut Conn,
    company: OrganisationId,
    new: &NewEmployee,
    starts_on: Day,
    now: Instant,
) -> Kept<PersonId> {
    let key = key(new);
    let person: PersonId = diesel::insert_into(people::table)
        .values((
            people::given_name.eq(&new.name.given),
            people::family_name.eq(&new.name.family),
            people::search_key.eq(&key),
            people::email.eq(&new.email),
            people::created_at.eq(now),
        ))
        .returning(people::id)
        .get_result(conn)?;
    employ(conn, company, person, new, starts_on)?;
    Ok(person)
}

/// Writes down that somebody who is known begins to work for a company.
pub fn employ(
    conn: &mut Conn,
    company: OrganisationId,
    person: PersonId,
    new: &NewEmployee,
    starts_on: Day,
) -> Kept<()> {
    diesel::insert_into(employments::table)
        .values((
            employments::person_id.eq(person),
            employments::company_id.eq(company),
            employments::search_key.eq(key(new)),
            employments::staff_number.eq(&new.staff_number),
            employments::job_group.eq(new.job_group),
            employments::starts_on.eq(starts_on),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes down that somebody who left comes back: the same person, for a second time there. What is not said of them
/// anew stays as it was.
pub fn rejoin(
    conn: &mut Conn,
    company: OrganisationId,
    person: PersonId,
    new: &NewEmployee,
    starts_on: Day,
) -> Kept<()> {
    describe(conn, person, new)?;
    if let Some(email) = &new.email {
        diesel::update(people::table.find(person)).set(people::email.eq(Some(email))).execute(conn)?;
    }
    employ(conn, company, person, new, starts_on)
}

fn describe(conn: &mut Conn, person: PersonId, to: &NewEmployee) -> Kept<()> {
    diesel::update(people::table.find(person))
        .set((
            people::given_name.eq(&to.name.given),
            people::family_name.eq(&to.name.family),
            people::search_key.eq(key(to)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes anew what an employer says of somebody on its list; the caller has found them within its reach.
pub fn set(conn: &mut Conn, known: &Employee, to: &NewEmployee) -> Kept<()> {
    describe(conn, known.person.id, to)?;
    diesel::update(people::table.find(known.person.id)).set(people::email.eq(&to.email)).execute(conn)?;
    diesel::update(employments::table.find(known.employment.id))
        .set((
            employments::search_key.eq(key(to)),
            employments::staff_number.eq(&to.staff_number),
            employments::job_group.eq(to.job_group),
            employments::starts_on.eq(to.starts_on.unwrap_or(known.employment.starts_on)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends a time at a company on its last day.
pub fn end(conn: &mut Conn, employment: EmploymentId, last_day: Day) -> Kept<()> {
    diesel::update(employments::table.find(employment))
        .set(employments::ends_on.eq(Some(last_day)))
        .execute(conn)?;
    Ok(())
}
