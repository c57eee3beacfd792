//! Places: who is in which session, in which state, and the seats that they hold.

use super::backend::Backend;
use super::names::patterns;
use super::schema::{
    accounts, course_versions, courses, employments, enrolments, groups, organisations, people, programmes,
    reservations, session_trainers, sessions,
};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use crate::domain::access::{Extent, Reach};
use crate::domain::calendar::{Day, Instant};
use crate::domain::courses::Stage;
use crate::domain::enrolments::{
    Beneficiary, Candidate, Enrolment, EnrolmentState, GroupPolicy, Reservation, Seats,
};
use crate::domain::ids::{
    AccountId, EnrolmentId, GroupId, OrganisationId, PersonId, ReservationId, SessionId,
};
use crate::domain::text::Language;
use diesel::prelude::*;

type Boxed = enrolments::BoxedQuery<'static, Backend>;

/// Enrolments that a reach covers. A company's are those made under it, whoever employs the person now.
fn within(reach: &Reach) -> Boxed {
    let all = enrolments::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::Person(person) => all.filter(enrolments::person_id.eq(person)),
        Extent::Company(company) => all.filter(enrolments::employer_id.eq(company)),
        Extent::Enrolment(enrolment) => all.filter(enrolments::id.eq(enrolment)),
        Extent::TrainingBody(body) => {
            let own = sessions::table.filter(sessions::training_body_id.eq(body)).select(sessions::id);
            all.filter(enrolments::session_id.eq_any(own))
        }
        Extent::TaughtBy(account, body) => {
            let taught = session_trainers::table
                .inner_join(sessions::table)
                .filter(session_trainers::account_id.eq(account).and(sessions::training_body_id.eq(body)))
                .select(session_trainers::session_id);
            all.filter(enrolments::session_id.eq_any(taught))
        }
        Extent::OperatedBy(operator) => {
            let own = programmes::table.filter(programmes::operator_id.eq(operator)).select(programmes::id);
            let sessions = sessions::table.filter(sessions::programme_id.eq_any(own)).select(sessions::id);
            all.filter(enrolments::session_id.eq_any(sessions))
        }
        Extent::Certifier(_) | Extent::JudgedBy(_) | Extent::Figures | Extent::Nothing => {
            all.filter(enrolments::id.lt(EnrolmentId(0)))
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = enrolments)]
struct Row {
    id: EnrolmentId,
    session_id: SessionId,
    person_id: PersonId,
    employer_id: Option<OrganisationId>,
    group_id: Option<GroupId>,
    state: EnrolmentState,
    ranked_at: Option<Instant>,
    offered_until: Option<Instant>,
}

impl From<Row> for Enrolment {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            session: row.session_id,
            person: row.person_id,
            employer: row.employer_id,
            group: row.group_id,
            state: row.state,
            ranked_at: row.ranked_at,
            offered_until: row.offered_until,
        }
    }
}

/// An enrolment within reach.
pub fn get(conn: &mut Conn, reach: &Reach, id: EnrolmentId) -> Kept<Enrolment> {
    Ok(within(reach).filter(enrolments::id.eq(id)).select(Row::as_select()).first::<Row>(conn)?.into())
}

/// Enrolments of a session in some states, in the order in which they were made.
pub fn of_session(conn: &mut Conn, session: SessionId, states: &[EnrolmentState]) -> Kept<Vec<Enrolment>> {
    let rows: Vec<Row> = enrolments::table
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq_any(states)))
        .order(enrolments::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Who, of these, is in the session already.
pub fn live_in(conn: &mut Conn, session: SessionId, people: &[PersonId]) -> Kept<Vec<PersonId>> {
    let live: Vec<_> = EnrolmentState::ALL.iter().copied().filter(|s| s.is_live()).collect();
    Ok(enrolments::table
        .filter(enrolments::session_id.eq(session).and(enrolments::person_id.eq_any(people)))
        .filter(enrolments::state.eq_any(live))
        .select(enrolments::person_id)
        .load(conn)?)
}

/// Who, of these, works for a company on a day or later.
pub fn employed(
    conn: &mut Conn,
    company: OrganisationId,
    people: &[PersonId],
    day: Day,
) -> Kept<Vec<PersonId>> {
    Ok(employments::table
        .filter(employments::company_id.eq(company).and(employments::person_id.eq_any(people)))
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

/// The seats of a session whose row the caller holds.
pub fn seats(conn: &mut Conn, session: SessionId) -> Kept<Seats> {
    type Aside = (ReservationId, Option<OrganisationId>, Option<GroupId>, i32);
    let (capacity, over, held): (i32, i32, i32) = sessions::table
        .find(session)
        .select((sessions::capacity, sessions::over, sessions::held))
        .first(conn)?;
    let rows: Vec<Aside> = reservations::table
        .filter(reservations::session_id.eq(session))
        .order(reservations::id)
        .select((reservations::id, reservations::company_id, reservations::group_id, reservations::seats))
        .load(conn)?;
    let reservations = rows
        .into_iter()
        .filter_map(|(id, company, group, seats)| {
            let beneficiary = company.map(Beneficiary::Company).or(group.map(Beneficiary::Group))?;
            Some(Reservation { id, beneficiary, seats: seats.unsigned_abs() })
        })
        .collect();
    Ok(Seats {
        capacity: capacity.unsigned_abs(),
        over: over.unsigned_abs(),
        held: held.unsigned_abs(),
        reservations,
    })
}

/// Keeps the seats as they were decided, under the same hold; what is left of no reservation goes.
pub fn keep_seats(conn: &mut Conn, session: SessionId, before: &Seats, after: &Seats) -> Kept<()> {
    if before == after {
        return Ok(());
    }
    let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    diesel::update(sessions::table.find(session))
        .set((
            sessions::capacity.eq(count(after.capacity)),
            sessions::over.eq(count(after.over)),
            sessions::held.eq(count(after.held)),
            sessions::reserved.eq(count(after.reserved())),
        ))
        .execute(conn)?;
    for old in &before.reservations {
        if !after.reservations.iter().any(|r| r.id == old.id) {
            diesel::delete(reservations::table.find(old.id)).execute(conn)?;
        }
    }
    for one in after.reservations.iter().filter(|r| !before.reservations.contains(r)) {
        if one.seats == 0 {
            diesel::delete(reservations::table.find(one.id)).execute(conn)?;
        } else {
            diesel::update(reservations::table.find(one.id))
                .set(reservations::seats.eq(count(one.seats)))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Writes a reservation down; its seats are taken out of the common lot by the caller.
pub fn add_reservation(
    conn: &mut Conn,
    session: SessionId,
    beneficiary: Beneficiary,
    seats: u32,
    until: Instant,
    reason: &str,
) -> Kept<ReservationId> {
    let (company, group) = match beneficiary {
        Beneficiary::Company(company) => (Some(company), None),
        Beneficiary::Group(group) => (None, Some(group)),
    };
    Ok(diesel::insert_into(reservations::table)
        .values((
            reservations::session_id.eq(session),
            reservations::company_id.eq(company),
            reservations::group_id.eq(group),
            reservations::seats.eq(i32::try_from(seats).unwrap_or(i32::MAX)),
            reservations::until.eq(until),
            reservations::reason.eq(reason),
        ))
        .returning(reservations::id)
        .get_result(conn)?)
}

/// A reservation as the session page shows it.
#[derive(Debug, Clone, Queryable)]
pub struct SetAside {
    pub id: ReservationId,
    pub company_id: Option<OrganisationId>,
    pub company: Option<String>,
    pub group: Option<GroupId>,
    pub seats: i32,
    pub until: Instant,
    pub reason: String,
}

pub fn reservations(conn: &mut Conn, session: SessionId) -> Kept<Vec<SetAside>> {
    Ok(reservations::table
        .left_join(organisations::table)
        .filter(reservations::session_id.eq(session))
        .order(reservations::id)
        .select((
            reservations::id,
            reservations::company_id,
            organisations::name.nullable(),
            reservations::group_id,
            reservations::seats,
            reservations::until,
            reservations::reason,
        ))
        .load(conn)?)
}

/// The session that a reservation stands in.
pub fn session_of_reservation(conn: &mut Conn, id: ReservationId) -> Kept<SessionId> {
    Ok(reservations::table.find(id).select(reservations::session_id).first(conn)?)
}

/// Everyone who waits, in no particular order. Only groups *all or none* count as groups.
pub fn queue(conn: &mut Conn, session: SessionId) -> Kept<Vec<Candidate>> {
    type Waiting =
        (EnrolmentId, Option<OrganisationId>, Option<GroupId>, Option<GroupPolicy>, Option<Instant>);
    let rows: Vec<Waiting> = enrolments::table
        .left_join(groups::table)
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq(EnrolmentState::Waiting)))
        .select((
            enrolments::id,
            enrolments::employer_id,
            enrolments::group_id,
            groups::policy.nullable(),
            enrolments::ranked_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, employer, group, policy, ranked_at)| {
            let group = group.filter(|_| policy == Some(GroupPolicy::AllOrNone));
            let ranked_at = ranked_at.ok_or(Error::Missing)?;
            Ok(Candidate { id, employer, group, ranked_at })
        })
        .collect()
}

/// A place to be written down.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = enrolments)]
pub struct NewEnrolment {
    pub session_id: SessionId,
    pub person_id: PersonId,
    pub employer_id: Option<OrganisationId>,
    pub group_id: Option<GroupId>,
    pub state: EnrolmentState,
    pub ranked_at: Option<Instant>,
    pub asked_by: Option<AccountId>,
    pub calendar_uid: String,
    pub created_at: Instant,
    pub changed_at: Instant,
}

pub fn add(conn: &mut Conn, new: &NewEnrolment) -> Kept<EnrolmentId> {
    Ok(diesel::insert_into(enrolments::table).values(new).returning(enrolments::id).get_result(conn)?)
}

pub fn add_group(
    conn: &mut Conn,
    session: SessionId,
    company: Option<OrganisationId>,
    policy: GroupPolicy,
    now: Instant,
) -> Kept<GroupId> {
    Ok(diesel::insert_into(groups::table)
        .values((
            groups::session_id.eq(session),
            groups::company_id.eq(company),
            groups::policy.eq(policy),
            groups::created_at.eq(now),
        ))
        .returning(groups::id)
        .get_result(conn)?)
}

/// Moves an enrolment, unless somebody moved it since it was read.
pub fn shift(
    conn: &mut Conn,
    seen: &Enrolment,
    next: EnrolmentState,
    offered_until: Option<Instant>,
    now: Instant,
) -> Kept<()> {
    let untouched =
        enrolments::table.filter(enrolments::id.eq(seen.id).and(enrolments::state.eq(seen.state)));
    let ranked_at = seen.ranked_at.or((next == EnrolmentState::Waiting).then_some(now));
    let moved = diesel::update(untouched)
        .set((
            enrolments::state.eq(next),
            enrolments::offered_until.eq(offered_until),
            enrolments::ranked_at.eq(ranked_at),
            enrolments::changed_at.eq(now),
        ))
        .execute(conn)?;
    if moved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Everything that a letter about a place needs to know of the person.
#[derive(Debug, Clone, Queryable)]
pub struct Reached {
    pub enrolment: EnrolmentId,
    pub person: PersonId,
    pub given_name: String,
    pub family_name: String,
    pub email: Option<String>,
    pub language: Option<Language>,
    pub employer: Option<OrganisationId>,
    pub state: EnrolmentState,
    pub calendar_uid: String,
}

impl Reached {
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

type ReachedColumns = (
    enrolments::id,
    enrolments::person_id,
    people::given_name,
    people::family_name,
    diesel::helper_types::Nullable<people::email>,
    diesel::helper_types::Nullable<accounts::language>,
    enrolments::employer_id,
    enrolments::state,
    enrolments::calendar_uid,
);

fn reached_columns() -> ReachedColumns {
    (
        enrolments::id,
        enrolments::person_id,
        people::given_name,
        people::family_name,
        people::email.nullable(),
        accounts::language.nullable(),
        enrolments::employer_id,
        enrolments::state,
        enrolments::calendar_uid,
    )
}

/// Those of these enrolments, with whom letters go to.
pub fn reached(conn: &mut Conn, ids: &[EnrolmentId]) -> Kept<Vec<Reached>> {
    Ok(enrolments::table
        .inner_join(people::table)
        .left_join(accounts::table.on(accounts::person_id.eq(people::id.nullable())))
        .filter(enrolments::id.eq_any(ids))
        .order(enrolments::id)
        .select(reached_columns())
        .load(conn)?)
}

/// The enrolments of a session in some states, with whom letters go to.
pub fn of_session_letters(
    conn: &mut Conn,
    session: SessionId,
    states: &[EnrolmentState],
) -> Kept<Vec<Reached>> {
    Ok(enrolments::table
        .inner_join(people::table)
        .left_join(accounts::table.on(accounts::person_id.eq(people::id.nullable())))
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq_any(states)))
        .order(enrolments::id)
        .select(reached_columns())
        .load(conn)?)
}

/// Sessions with an offer that lapsed.
pub fn sessions_with_lapsed_offers(conn: &mut Conn, now: Instant) -> Kept<Vec<SessionId>> {
    Ok(enrolments::table
        .filter(enrolments::state.eq(EnrolmentState::Offered).and(enrolments::offered_until.le(now)))
        .select(enrolments::session_id)
        .distinct()
        .order(enrolments::session_id)
        .load(conn)?)
}

/// No offer of a session is held beyond `until` from now on; answers whose was.
pub fn shorten_offers(conn: &mut Conn, session: SessionId, until: Instant) -> Kept<Vec<EnrolmentId>> {
    let longer = enrolments::table
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq(EnrolmentState::Offered)))
        .filter(enrolments::offered_until.gt(until));
    let ids: Vec<EnrolmentId> = longer.order(enrolments::id).select(enrolments::id).load(conn)?;
    diesel::update(enrolments::table.filter(enrolments::id.eq_any(&ids)))
        .set(enrolments::offered_until.eq(until))
        .execute(conn)?;
    Ok(ids)
}

/// No seat of a session is set aside beyond `until` from now on.
pub fn shorten_reservations(conn: &mut Conn, session: SessionId, until: Instant) -> Kept<()> {
    diesel::update(
        reservations::table.filter(reservations::session_id.eq(session).and(reservations::until.gt(until))),
    )
    .set(reservations::until.eq(until))
    .execute(conn)?;
    Ok(())
}

/// Sessions whose queue is closed and where somebody still waits or asks.
pub fn sessions_with_closed_queues(conn: &mut Conn, now: Instant) -> Kept<Vec<SessionId>> {
    Ok(enrolments::table
        .inner_join(sessions::table)
        .filter(enrolments::state.eq_any([EnrolmentState::Waiting, EnrolmentState::Requested]))
        .filter(sessions::queue_closes_at.le(now))
        .select(enrolments::session_id)
        .distinct()
        .order(enrolments::session_id)
        .load(conn)?)
}

/// Sessions with a reservation whose date has come.
pub fn sessions_with_ended_reservations(conn: &mut Conn, now: Instant) -> Kept<Vec<SessionId>> {
    Ok(reservations::table
        .filter(reservations::until.le(now))
        .select(reservations::session_id)
        .distinct()
        .order(reservations::session_id)
        .load(conn)?)
}

/// Reservations of a session whose date has come.
pub fn ended_reservations(conn: &mut Conn, session: SessionId, now: Instant) -> Kept<Vec<ReservationId>> {
    Ok(reservations::table
        .filter(reservations::session_id.eq(session).and(reservations::until.le(now)))
        .order(reservations::id)
        .select(reservations::id)
        .load(conn)?)
}

/// A place as lists show it: the person, the session, the state.
#[derive(Debug, Clone, Queryable)]
pub struct Seated {
    pub id: EnrolmentId,
    pub person: PersonId,
    pub given_name: String,
    pub family_name: String,
    pub email: Option<String>,
    pub employer: Option<String>,
    pub state: EnrolmentState,
    pub group: Option<GroupId>,
    pub ranked_at: Option<Instant>,
    pub offered_until: Option<Instant>,
    pub session: SessionId,
    pub title: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: String,
    pub commune: Option<String>,
    pub stage: Stage,
    pub policy: Option<GroupPolicy>,
    /// The account that the person opened, if any.
    pub account: Option<AccountId>,
}

impl Seated {
    /// Their place in the queue, while they wait.
    pub fn candidate(&self) -> Option<Candidate> {
        let ranked_at = self.ranked_at.filter(|_| self.state == EnrolmentState::Waiting)?;
        let group = self.group.filter(|_| self.policy == Some(GroupPolicy::AllOrNone));
        Some(Candidate { id: self.id, employer: None, group, ranked_at })
    }

    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// « CARPENTIER Lou ».
    pub fn listed_name(&self) -> String {
        format!("{} {}", self.family_name.to_uppercase(), self.given_name)
    }
}

/// Places with all that lists show of them, in one query, newest first.
macro_rules! rows_where {
    ($conn:ident, $which:expr) => {
        Ok(enrolments::table
            .inner_join(people::table)
            .inner_join(sessions::table.inner_join(course_versions::table.inner_join(courses::table)))
            .left_join(organisations::table.on(enrolments::employer_id.eq(organisations::id.nullable())))
            .left_join(groups::table.on(enrolments::group_id.eq(groups::id.nullable())))
            .left_join(accounts::table.on(accounts::person_id.eq(people::id.nullable())))
            .filter($which)
            .order(enrolments::id.desc())
            .select((
                enrolments::id,
                enrolments::person_id,
                people::given_name,
                people::family_name,
                people::email.nullable(),
                organisations::name.nullable(),
                enrolments::state,
                enrolments::group_id,
                enrolments::ranked_at,
                enrolments::offered_until,
                sessions::id,
                course_versions::title,
                sessions::starts_at,
                sessions::ends_at,
                sessions::zone,
                sessions::commune,
                courses::stage,
                groups::policy.nullable(),
                accounts::id.nullable(),
            ))
            .load($conn)?)
    };
}

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub session: Option<SessionId>,
    pub person: Option<PersonId>,
    /// All states when empty.
    pub states: Vec<EnrolmentState>,
    /// Only sessions that end after this moment.
    pub ends_after: Option<Instant>,
    pub before: Option<EnrolmentId>,
}

/// Places within reach, newest first.
pub fn list(conn: &mut Conn, reach: &Reach, wanted: &Wanted) -> Kept<Page<Seated>> {
    let rows = listed(conn, reach, wanted, ROWS_AND_ONE)?;
    Ok(Page::cut(rows, |r| r.id.to_string()))
}

/// All places of one session, which the caller has found within its reach: at most what a room
/// holds and who waits for it.
pub fn all_of_session(conn: &mut Conn, _reach: &Reach, session: SessionId) -> Kept<Vec<Seated>> {
    rows_where!(conn, enrolments::session_id.eq(session))
}

/// All places of one person within reach, oldest session first.
pub fn all_of_person(conn: &mut Conn, reach: &Reach, person: PersonId) -> Kept<Vec<Seated>> {
    let wanted = Wanted { person: Some(person), ..Wanted::default() };
    let mut rows = listed(conn, reach, &wanted, 300)?;
    rows.sort_by_key(|r| (r.starts_at, r.id));
    Ok(rows)
}

fn listed(conn: &mut Conn, reach: &Reach, wanted: &Wanted, most: i64) -> Kept<Vec<Seated>> {
    let mut ids = within(reach);
    if let Some(session) = wanted.session {
        ids = ids.filter(enrolments::session_id.eq(session));
    }
    if let Some(person) = wanted.person {
        ids = ids.filter(enrolments::person_id.eq(person));
    }
    if !wanted.states.is_empty() {
        ids = ids.filter(enrolments::state.eq_any(wanted.states.clone()));
    }
    if let Some(before) = wanted.before {
        ids = ids.filter(enrolments::id.lt(before));
    }
    if let Some(moment) = wanted.ends_after {
        let later = sessions::table.filter(sessions::ends_at.gt(moment)).select(sessions::id);
        ids = ids.filter(enrolments::session_id.eq_any(later));
    }
    let ids: Vec<EnrolmentId> =
        ids.order(enrolments::id.desc()).limit(most).select(enrolments::id).load(conn)?;
    if ids.is_empty() { Ok(Vec::new()) } else { rows_of(conn, &ids) }
}

/// Places within reach that are not settled, in sessions that are not over: at most a page of them, where those that
/// await an answer leave no room to those who only wait.
pub fn pending(conn: &mut Conn, reach: &Reach, now: Instant) -> Kept<Vec<Seated>> {
    use EnrolmentState::{Offered, Requested, Waiting};
    let coming = sessions::table.filter(sessions::ends_at.gt(now)).select(sessions::id);
    let ids: Vec<EnrolmentId> = within(reach)
        .filter(enrolments::state.eq_any([Requested, Offered, Waiting]))
        .filter(enrolments::session_id.eq_any(coming))
        .order((enrolments::state.eq(Waiting), enrolments::id.desc()))
        .limit(ROWS_AND_ONE)
        .select(enrolments::id)
        .load(conn)?;
    if ids.is_empty() { Ok(Vec::new()) } else { rows_of(conn, &ids) }
}

fn rows_of(conn: &mut Conn, ids: &[EnrolmentId]) -> Kept<Vec<Seated>> {
    rows_where!(conn, enrolments::id.eq_any(ids))
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

/// A session as somebody who asks for places sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Heading {
    pub id: SessionId,
    pub title: String,
    pub state: crate::domain::sessions::SessionState,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: String,
    pub commune: Option<String>,
    pub capacity: i32,
    pub held: i32,
    pub reserved: i32,
    pub enrol_by: Instant,
}

impl Heading {
    /// Seats that anyone may be given.
    pub fn free(&self) -> u32 {
        u32::try_from(self.capacity - self.held - self.reserved).unwrap_or(0)
    }
}

type HeadingColumns = (
    sessions::id,
    course_versions::title,
    sessions::state,
    sessions::starts_at,
    sessions::ends_at,
    sessions::zone,
    sessions::commune,
    sessions::capacity,
    sessions::held,
    sessions::reserved,
    sessions::enrol_by,
);

const HEADING: HeadingColumns = (
    sessions::id,
    course_versions::title,
    sessions::state,
    sessions::starts_at,
    sessions::ends_at,
    sessions::zone,
    sessions::commune,
    sessions::capacity,
    sessions::held,
    sessions::reserved,
    sessions::enrol_by,
);

/// What is public of a session that was published once.
pub fn heading(conn: &mut Conn, session: SessionId) -> Kept<Heading> {
    use crate::domain::sessions::SessionState;
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(sessions::id.eq(session).and(sessions::state.ne(SessionState::Draft)))
        .select(HEADING)
        .first(conn)?)
}

/// Sessions that still take requests, the next ones first.
pub fn open_sessions(conn: &mut Conn, now: Instant, most: i64) -> Kept<Vec<Heading>> {
    use crate::domain::sessions::SessionState;
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(sessions::state.eq_any([SessionState::Published, SessionState::Confirmed]))
        .filter(sessions::queue_closes_at.gt(now).and(sessions::enrol_by.gt(now)))
        .order((sessions::starts_at, sessions::id))
        .limit(most)
        .select(HEADING)
        .load(conn)?)
}

/// An employee who may be chosen for a session.
#[derive(Debug, Clone, Queryable)]
pub struct Choosable {
    pub person: PersonId,
    pub given_name: String,
    pub family_name: String,
    pub job_group: Option<crate::domain::people::JobGroup>,
}

impl Choosable {
    pub fn listed_name(&self) -> String {
        format!("{} {}", self.family_name.to_uppercase(), self.given_name)
    }
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
    let mut staff = employments::table
        .inner_join(people::table)
        .filter(employments::company_id.eq(company))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(day)))
        .into_boxed();
    if !named.is_empty() {
        staff = staff.filter(employments::person_id.eq_any(named.to_vec()));
    }
    for (first, later) in patterns(search) {
        staff = staff.filter(employments::search_key.like(first).or(employments::search_key.like(later)));
    }
    Ok(staff
        .order((employments::search_key, employments::id))
        .limit(MOST_CHOOSABLE)
        .select((people::id, people::given_name, people::family_name, employments::job_group))
        .load(conn)?)
}

/// How many of a company's places stand in each state, for sessions that are not over.
#[derive(Debug, Clone, Queryable)]
pub struct Tally {
    pub session: SessionId,
    pub state: EnrolmentState,
    pub people: i64,
}

/// The states of a company's places in sessions that are not over, counted by session.
pub fn tallies(conn: &mut Conn, reach: &Reach, now: Instant) -> Kept<Vec<Tally>> {
    let Extent::Company(company) = reach.extent() else { return Ok(Vec::new()) };
    let live: Vec<_> = EnrolmentState::ALL.iter().copied().filter(|s| s.is_live()).collect();
    let coming = sessions::table.filter(sessions::ends_at.gt(now)).select(sessions::id);
    Ok(enrolments::table
        .filter(enrolments::employer_id.eq(company).and(enrolments::state.eq_any(live)))
        .filter(enrolments::session_id.eq_any(coming))
        .group_by((enrolments::session_id, enrolments::state))
        .order((enrolments::session_id, enrolments::state))
        .select((enrolments::session_id, enrolments::state, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The public side of some sessions, the next ones first.
pub fn headings(conn: &mut Conn, sessions: &[SessionId]) -> Kept<Vec<Heading>> {
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(sessions::id.eq_any(sessions))
        .order((sessions::starts_at, sessions::id))
        .select(HEADING)
        .load(conn)?)
}

/// Of a company's people of today, those whom it sent and who came to an awareness session, and all of them.
pub fn awareness(conn: &mut Conn, reach: &Reach, day: Day) -> Kept<(i64, i64)> {
    use diesel::AggregateExpressionMethods as _;
    use diesel::dsl::{count, count_star};
    let Extent::Company(company) = reach.extent() else { return Ok((0, 0)) };
    let today = employments::table
        .filter(employments::company_id.eq(company).and(employments::starts_on.le(day)))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(day)));
    let staff = today.select(count_star()).single_value();
    let (aware, staff): (i64, Option<i64>) = enrolments::table
        .inner_join(sessions::table.inner_join(course_versions::table.inner_join(courses::table)))
        .filter(enrolments::employer_id.eq(company).and(courses::stage.eq(Stage::Awareness)))
        .filter(enrolments::person_id.eq_any(today.select(employments::person_id)))
        .filter(enrolments::state.eq_any([EnrolmentState::Attended, EnrolmentState::PartlyAttended]))
        .select((count(enrolments::person_id).aggregate_distinct(), staff))
        .first(conn)?;
    Ok((aware, staff.unwrap_or(0)))
}

/// The training body of a session, by number and name.
pub fn organiser(conn: &mut Conn, session: SessionId) -> Kept<(OrganisationId, String)> {
    Ok(sessions::table
        .inner_join(organisations::table)
        .filter(sessions::id.eq(session))
        .select((organisations::id, organisations::name))
        .first(conn)?)
}

/// Where a session is held, for those who have a place there: the address and the link.
pub fn venue(conn: &mut Conn, session: SessionId) -> Kept<(String, String)> {
    Ok(sessions::table.find(session).select((sessions::place, sessions::video_link)).first(conn)?)
}

/// One place within reach, as lists show it.
pub fn seated(conn: &mut Conn, reach: &Reach, id: EnrolmentId) -> Kept<Seated> {
    let id = match reach.extent() {
        Extent::Enrolment(own) if own == id => id,
        _ => within(reach).filter(enrolments::id.eq(id)).select(enrolments::id).first(conn)?,
    };
    rows_of(conn, &[id])?.into_iter().next().ok_or(Error::Missing)
}

/// Other sessions of the same training body that still lie ahead.
pub fn sister_sessions(conn: &mut Conn, session: SessionId, now: Instant) -> Kept<Vec<Heading>> {
    use crate::domain::sessions::SessionState;
    let body: OrganisationId =
        sessions::table.find(session).select(sessions::training_body_id).first(conn)?;
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(sessions::training_body_id.eq(body).and(sessions::id.ne(session)))
        .filter(sessions::state.eq_any([SessionState::Published, SessionState::Confirmed]))
        .filter(sessions::starts_at.gt(now))
        .order((sessions::starts_at, sessions::id))
        .limit(50)
        .select(HEADING)
        .load(conn)?)
}
