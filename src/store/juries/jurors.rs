//! The members of a jury, and what ties them to those they judge.

use crate::among::AmongExpression as _;
use crate::schema::{
    accounts, employments, enrolments, juries, jurors, memberships, organisations, session_trainers, sessions,
};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::access::{Reach, Role};
use domain::calendar::{Day, Instant};
use domain::enrolments::EnrolmentState;
use domain::ids::{AccountId, JurorId, JuryId, OrganisationId, PersonId};
use domain::juries::{Capacity, Juror, JuryState, Statement, Tie};
use domain::text::Name;
use std::collections::{HashMap, HashSet};

#[derive(Queryable, Selectable)]
#[diesel(table_name = jurors)]
struct Row {
    id: JurorId,
    account_id: AccountId,
    capacity: Capacity,
    is_chair: bool,
    stated_at: Option<Instant>,
    interest: Option<String>,
    is_present: bool,
}

/// The members of a jury that the caller has found within its reach, the chair first, with what ties them to its
/// `candidates` on a day.
pub fn of(
    conn: &mut Conn,
    _reach: &Reach,
    jury: JuryId,
    certifier: OrganisationId,
    candidates: &[(PersonId, String)],
    today: Day,
) -> Kept<Vec<Juror>> {
    let rows: Vec<(Row, String, Option<PersonId>)> = jurors::table
        .inner_join(accounts::table)
        .filter(jurors::jury_id.eq(jury))
        .order((jurors::is_chair.desc(), accounts::search_key, jurors::id))
        .select((Row::as_select(), accounts::name, accounts::person_id))
        .load(conn)?;
    let sitting: Vec<(AccountId, Option<PersonId>)> =
        rows.iter().map(|(row, _, person)| (row.account_id, *person)).collect();
    let mut ties = Ties::of(conn, certifier, &sitting, candidates, today)?;
    let juror = |(row, name, _): (Row, String, _)| Juror {
        id: row.id,
        account: row.account_id,
        name,
        capacity: row.capacity,
        is_chair: row.is_chair,
        statement: row.stated_at.map(|made_at| Statement { made_at, interest: row.interest }),
        is_present: row.is_present,
        ties: ties.0.remove(&row.account_id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(juror).collect())
}

/// What ties each account, in three questions for all of them.
struct Ties(HashMap<AccountId, Vec<Tie>>);

impl Ties {
    fn of(
        conn: &mut Conn,
        certifier: OrganisationId,
        sitting: &[(AccountId, Option<PersonId>)],
        candidates: &[(PersonId, String)],
        today: Day,
    ) -> Kept<Self> {
        if sitting.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let names: HashMap<PersonId, &str> =
            candidates.iter().map(|(person, name)| (*person, name.as_str())).collect();
        let taught = taught(conn, &names)?;
        let bodies: HashSet<OrganisationId> = taught.iter().map(|(_, body, _)| *body).collect();
        let parts = parts(conn, sitting, today)?;
        let jobs = jobs(conn, sitting, &names, today)?;
        let mut ties: HashMap<AccountId, Vec<Tie>> = HashMap::new();
        for (account, person) in sitting {
            let found = ties.entry(*account).or_default();
            let own: Vec<_> = parts.iter().filter(|part| part.account == *account).collect();
            found.extend(own.iter().filter_map(|part| part.inside(certifier, &bodies)));
            if person.is_some_and(|person| names.contains_key(&person)) {
                found.push(Tie::IsCandidate);
            }
            let trained: HashSet<PersonId> =
                taught.iter().filter(|(_, _, by)| *by == Some(*account)).map(|(who, ..)| *who).collect();
            let name = |who: &PersonId| names.get(who).map(|name| (*name).to_owned());
            let mut trained: Vec<String> = trained.iter().filter_map(name).collect();
            trained.sort();
            found.extend(trained.into_iter().map(|candidate| Tie::Trained { candidate }));
            let manages = own.iter().filter(|part| part.role == Role::Employer).map(|part| part.organisation);
            let works = jobs.iter().filter(|job| Some(job.person) == *person).map(|job| job.company);
            let companies: HashSet<OrganisationId> = manages.chain(works).collect();
            let shared = jobs.iter().filter(|job| companies.contains(&job.company));
            found.extend(shared.filter(|job| Some(job.person) != *person).filter_map(|job| {
                let company = job.name.to_string();
                Some(Tie::SameEmployer { candidate: name(&job.person)?, company })
            }));
        }
        Ok(Self(ties))
    }
}

type Taught = (PersonId, OrganisationId, Option<AccountId>);

/// By which bodies, and by whom, candidates were trained or will be.
fn taught(conn: &mut Conn, names: &HashMap<PersonId, &str>) -> Kept<Vec<Taught>> {
    let places = EnrolmentState::ALL.iter().copied().filter(|state| state.has_place());
    Ok(enrolments::table
        .inner_join(sessions::table.left_join(session_trainers::table))
        .filter(enrolments::person_id.among(names.keys().copied()))
        .filter(enrolments::state.among(places))
        .select((enrolments::person_id, sessions::training_body_id, session_trainers::account_id.nullable()))
        .distinct()
        .load(conn)?)
}

#[derive(Queryable)]
struct Part {
    account: AccountId,
    role: Role,
    organisation: OrganisationId,
    name: Name,
}

impl Part {
    fn inside(&self, certifier: OrganisationId, bodies: &HashSet<OrganisationId>) -> Option<Tie> {
        let works = match self.role {
            Role::Certifier => self.organisation == certifier,
            Role::TrainingManager | Role::Trainer => {
                self.organisation == certifier || bodies.contains(&self.organisation)
            }
            _ => false,
        };
        works.then(|| Tie::Inside { organisation: self.name.to_string() })
    }
}

fn parts(conn: &mut Conn, sitting: &[(AccountId, Option<PersonId>)], today: Day) -> Kept<Vec<Part>> {
    Ok(memberships::table
        .inner_join(organisations::table)
        .filter(memberships::account_id.among(sitting.iter().map(|(account, _)| *account)))
        .filter(memberships::starts_on.le(today))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .order(memberships::id)
        .select((memberships::account_id, memberships::role, organisations::id, organisations::name))
        .load(conn)?)
}

#[derive(Queryable)]
struct Job {
    person: PersonId,
    company: OrganisationId,
    name: Name,
}

fn jobs(
    conn: &mut Conn,
    sitting: &[(AccountId, Option<PersonId>)],
    names: &HashMap<PersonId, &str>,
    today: Day,
) -> Kept<Vec<Job>> {
    let people: Vec<_> =
        sitting.iter().filter_map(|(_, person)| *person).chain(names.keys().copied()).collect();
    if people.is_empty() {
        return Ok(Vec::new());
    }
    Ok(employments::table
        .inner_join(organisations::table)
        .filter(employments::person_id.among(people))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(today)))
        .order(employments::id)
        .select((employments::person_id, organisations::id, organisations::name))
        .load(conn)?)
}

/// Names a member. [`crate::Unique::JurorOnce`] when they are one.
pub fn add(conn: &mut Conn, jury: JuryId, account: AccountId, capacity: Capacity) -> Kept<JurorId> {
    Ok(diesel::insert_into(jurors::table)
        .values((
            jurors::jury_id.eq(jury),
            jurors::account_id.eq(account),
            jurors::capacity.eq(capacity),
            jurors::is_chair.eq(false),
            jurors::is_present.eq(false),
        ))
        .returning(jurors::id)
        .get_result(conn)?)
}

pub fn remove(conn: &mut Conn, juror: JurorId) -> Kept<()> {
    diesel::delete(jurors::table.find(juror)).execute(conn)?;
    Ok(())
}

/// Whoever presided before does not any more.
pub fn name_chair(conn: &mut Conn, jury: JuryId, juror: JurorId) -> Kept<()> {
    let of_jury = jurors::table.filter(jurors::jury_id.eq(jury));
    diesel::update(of_jury).set(jurors::is_chair.eq(false)).execute(conn)?;
    diesel::update(jurors::table.find(juror)).set(jurors::is_chair.eq(true)).execute(conn)?;
    Ok(())
}

pub fn state_interest(conn: &mut Conn, juror: JurorId, interest: Option<&str>, now: Instant) -> Kept<()> {
    diesel::update(jurors::table.find(juror))
        .set((jurors::stated_at.eq(now), jurors::interest.eq(interest)))
        .execute(conn)?;
    Ok(())
}

/// These members are there, and no others.
pub fn come(conn: &mut Conn, jury: JuryId, present: &[JurorId]) -> Kept<()> {
    let of_jury = jurors::table.filter(jurors::jury_id.eq(jury));
    diesel::update(of_jury).set(jurors::is_present.eq(false)).execute(conn)?;
    let there =
        jurors::table.filter(jurors::jury_id.eq(jury)).filter(jurors::id.among(present.iter().copied()));
    diesel::update(there).set(jurors::is_present.eq(true)).execute(conn)?;
    Ok(())
}

/// Somebody who may be named a member.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    pub account: AccountId,
    pub name: String,
    pub email: String,
}

/// Those who are jurors of a certifier on a day, by name.
pub fn who_may_sit(
    conn: &mut Conn,
    _reach: &Reach,
    certifier: OrganisationId,
    today: Day,
) -> Kept<Vec<Named>> {
    let mut named: Vec<Named> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::organisation_id.eq(certifier).and(memberships::role.eq(Role::Juror)))
        .filter(memberships::starts_on.le(today).and(accounts::disabled_at.is_null()))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .order((accounts::search_key, accounts::id))
        .select((accounts::id, accounts::name, accounts::email))
        .load(conn)?;
    named.dedup_by_key(|one| one.account);
    Ok(named)
}

/// Whether somebody was there when a jury sat.
pub fn sat(conn: &mut Conn, jury: JuryId, account: AccountId) -> Kept<bool> {
    let own = jurors::table
        .filter(jurors::jury_id.eq(jury).and(jurors::account_id.eq(account)))
        .filter(jurors::is_present.eq(true));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn)?)
}

/// How many convened juries wait for somebody's statement.
pub fn awaiting(conn: &mut Conn, account: AccountId) -> Kept<i64> {
    Ok(jurors::table
        .inner_join(juries::table)
        .filter(jurors::account_id.eq(account).and(jurors::stated_at.is_null()))
        .filter(juries::state.eq(JuryState::Convened))
        .count()
        .get_result(conn)?)
}
