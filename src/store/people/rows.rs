//! People and their employments as rows, for lists that are long.

use super::key;
use crate::backend::{add_all, in_bulk, numbers};
use crate::schema::{employments, people};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::{Day, Instant};
use domain::ids::{OrganisationId, PersonId};
use domain::people::{EmailAddress, JobGroup, NewEmployee};
use domain::text::Name;

/// Somebody, to be written down under a number that was set aside.
#[derive(Debug, Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
pub struct NewPerson {
    pub id: PersonId,
    pub given_name: Name,
    pub family_name: Name,
    pub search_key: String,
    pub email: Option<EmailAddress>,
    pub created_at: Instant,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = employments, treat_none_as_default_value = false)]
pub struct NewEmployment {
    pub person_id: PersonId,
    pub company_id: OrganisationId,
    pub search_key: String,
    pub staff_number: Option<String>,
    pub job_group: Option<JobGroup>,
    pub starts_on: Day,
}

in_bulk! {
    people <- NewPerson,
    employments <- NewEmployment,
}

/// Somebody who begins to work for a company, as the rows are written.
pub fn rows_of(
    id: PersonId,
    company: OrganisationId,
    new: &NewEmployee,
    starts_on: Day,
    now: Instant,
) -> (NewPerson, NewEmployment) {
    let key = key(new);
    let person = NewPerson {
        id,
        given_name: new.name.given.clone(),
        family_name: new.name.family.clone(),
        search_key: key.clone(),
        email: new.email.clone(),
        created_at: now,
    };
    let employment = NewEmployment {
        person_id: id,
        company_id: company,
        search_key: key,
        staff_number: new.staff_number.clone(),
        job_group: new.job_group,
        starts_on,
    };
    (person, employment)
}

/// Writes down people who begin to work for a company, each from their day on, and answers who they are now.
pub fn add_many(
    conn: &mut Conn,
    company: OrganisationId,
    news: &[(&NewEmployee, Day)],
    now: Instant,
) -> Kept<Vec<PersonId>> {
    let ids: Vec<PersonId> = numbers(conn, "people", news.len())?.into_iter().map(PersonId).collect();
    let rows = ids.iter().zip(news).map(|(id, (new, day))| rows_of(*id, company, new, *day, now));
    let (people, employments): (Vec<NewPerson>, Vec<NewEmployment>) = rows.unzip();
    add_all(conn, &people)?;
    add_all(conn, &employments)?;
    Ok(ids)
}
