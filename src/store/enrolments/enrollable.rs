//! Whom one may enrol: a company's people, and those whom staff write down by hand.

use crate::among::AmongExpression as _;
use crate::backend::{Backend, Searched};
use crate::names::{Way, in_order, on_the_way, ways};
use crate::schema::{employments, enrolments, organisations, people};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, Instant};
use domain::enrolments::EnrolmentState;
use domain::ids::{EmploymentId, EnrolmentId, OrganisationId, PersonId, SessionId};
use domain::people::{JobGroup, PersonName};

/// Who, of these, works for a company on a day or later.
pub fn employed(
    conn: &mut Conn,
    company: OrganisationId,
    people: &[PersonId],
    day: Day,
) -> Kept<Vec<PersonId>> {
    Ok(employments::table
        .filter(employments::company_id.eq(company).and(employments::person_id.among(people.iter().copied())))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(day)))
        .select(employments::person_id)
        .distinct()
        .load(conn)?)
}

/// The company that somebody works for, and whether it wants to approve what its people ask for.
pub fn employer_of(conn: &mut Conn, person: PersonId, day: Day) -> Kept<Option<(OrganisationId, bool)>> {
    Ok(employments::table
        .inner_join(organisations::table)
        .filter(employments::person_id.eq(person).and(employments::starts_on.le(day)))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(day)))
        .order(employments::id.desc())
        .select((organisations::id, organisations::approves_requests))
        .first(conn)
        .optional()?)
}

/// Finds somebody of a company by address, or by the exact name when no address is given: so that
/// whom staff add by hand is not made twice.
pub fn known_person(
    conn: &mut Conn,
    company: OrganisationId,
    search_key: &str,
    email: Option<&str>,
    today: Day,
) -> Kept<Option<PersonId>> {
    let listed = employments::table.filter(employments::company_id.eq(company));
    let employed = listed
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(today)))
        .select(employments::person_id);
    // Whom staff added before; not those who have left the company since.
    let listed = listed.select(employments::person_id);
    let enrolled =
        enrolments::table.filter(enrolments::employer_id.eq(company)).select(enrolments::person_id);
    let mut known = people::table
        .filter(people::id.eq_any(employed).or(people::id.eq_any(enrolled).and(people::id.ne_all(listed))))
        .filter(people::search_key.eq(search_key.to_owned()))
        .into_boxed();
    if let Some(email) = email {
        known = known.filter(people::email.eq(email.to_owned()).or(people::email.is_null()));
    }
    Ok(known.order(people::id).select(people::id).first(conn).optional()?)
}

/// Finds somebody without an employer in a session by name and address: so that a second click adds
/// nobody.
pub fn without_employer(
    conn: &mut Conn,
    session: SessionId,
    search_key: &str,
    email: Option<&str>,
) -> Kept<Option<PersonId>> {
    let mut known = enrolments::table
        .inner_join(people::table)
        .filter(enrolments::session_id.eq(session).and(enrolments::employer_id.is_null()))
        .filter(people::search_key.eq(search_key.to_owned()))
        .into_boxed();
    known = match email {
        Some(email) => known.filter(people::email.eq(email.to_owned())),
        None => known.filter(people::email.is_null()),
    };
    Ok(known.order(people::id).select(people::id).first(conn).optional()?)
}

/// Who is in a session and has this name or this address: the place, its state, and whether each of the two is the same.
pub fn alike_in(
    conn: &mut Conn,
    session: SessionId,
    search_key: &str,
    email: Option<&str>,
) -> Kept<Vec<(EnrolmentId, EnrolmentState, bool, bool)>> {
    let live: Vec<_> = EnrolmentState::ALL.iter().copied().filter(|s| s.is_live()).collect();
    let rows: Vec<(EnrolmentId, EnrolmentState, String, Option<String>)> = enrolments::table
        .inner_join(people::table)
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq_any(live)))
        .filter(
            people::search_key
                .eq(search_key.to_owned())
                .or(people::email.is_not_null().and(people::email.eq(email.map(str::to_owned)))),
        )
        .order(enrolments::id)
        .select((enrolments::id, enrolments::state, people::search_key, people::email))
        .load(conn)?;
    let alike = |(id, state, key, address): (EnrolmentId, EnrolmentState, String, Option<String>)| {
        (id, state, key == search_key, address.is_some() && address.as_deref() == email)
    };
    Ok(rows.into_iter().map(alike).collect())
}

/// Somebody whom staff enrol and whom no list of employees holds.
pub fn add_person(
    conn: &mut Conn,
    given_name: &str,
    family_name: &str,
    search_key: &str,
    email: Option<&str>,
    now: Instant,
) -> Kept<PersonId> {
    Ok(diesel::insert_into(people::table)
        .values((
            people::given_name.eq(given_name),
            people::family_name.eq(family_name),
            people::search_key.eq(search_key),
            people::email.eq(email),
            people::created_at.eq(now),
        ))
        .returning(people::id)
        .get_result(conn)?)
}

/// The company that has this SIRET.
pub fn company_with(conn: &mut Conn, siret: &str) -> Kept<OrganisationId> {
    Ok(organisations::table.filter(organisations::siret.eq(siret)).select(organisations::id).first(conn)?)
}

/// An employee who may be chosen for a session.
#[derive(Debug, Clone, Queryable)]
pub struct Choosable {
    pub person: PersonId,
    pub name: PersonName,
    pub job_group: Option<JobGroup>,
}

/// The most people that the page of choice shows; beyond, one searches.
pub const MOST_CHOOSABLE: i64 = 500;

/// Employees of the company in reach on a day: those named, or those whose name begins so.
pub fn choosable(
    conn: &mut Conn,
    reach: &Reach,
    day: Day,
    named: &[PersonId],
    search: &str,
) -> Kept<Vec<Choosable>> {
    let Extent::Company(company) = reach.extent() else { return Ok(Vec::new()) };
    let mut rows: Vec<(Choosable, String, EmploymentId)> = Vec::new();
    for way in ways(conn, Searched::Staff, &company.to_string(), search)? {
        let staff = employments::table.inner_join(people::table).into_boxed::<Backend>();
        // Where numbers are known they are looked up, and not the list of the company.
        let staff = match way {
            Way::These(..) => staff.filter(employments::company_id.between(company, company)),
            Way::Beginning(..) | Way::Along(_) => staff.filter(employments::company_id.eq(company)),
        };
        let mut staff = on_the_way!(staff, way, employments, EmploymentId)
            .filter(employments::ends_on.is_null().or(employments::ends_on.ge(day)));
        if !named.is_empty() {
            staff = staff.filter(employments::person_id.eq_any(named.to_vec()));
        }
        let staff = staff.order((employments::search_key, employments::id)).limit(MOST_CHOOSABLE);
        let columns = (people::id, (people::given_name, people::family_name), employments::job_group);
        rows.extend(staff.select((columns, employments::search_key, employments::id)).load(conn)?);
    }
    let rows = in_order(rows, MOST_CHOOSABLE, |(_, key, id)| (key, id.0));
    Ok(rows.into_iter().map(|(choosable, ..)| choosable).collect())
}
