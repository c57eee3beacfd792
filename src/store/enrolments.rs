//! Places: who is in which session, in which state.

pub use due::{
    ended_reservations, sessions_with_closed_queues, sessions_with_ended_reservations,
    sessions_with_lapsed_offers, shorten_offers, shorten_reservations,
};
pub use enrollable::{
    Choosable, MOST_CHOOSABLE, add_person, alike_in, choosable, company_with, employed, employer_of,
    known_person, without_employer,
};
pub use lists::{
    After, Seated, Standing, Tally, all_of_person, all_of_session, followed_in, list, seated, standing,
    tallies, told_apart,
};
pub use seats::{
    SetAside, add_group, add_reservation, keep_seats, queue, ranks, reservations, seats,
    session_of_reservation,
};

use super::among::AmongExpression as _;
use super::backend::Backend;
use super::schema::{accounts, enrolments, people, programmes, session_trainers, sessions};
use super::{Conn, Error, Kept};
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::Instant;
use domain::enrolments::{Enrolment, EnrolmentState};
use domain::ids::{AccountId, EnrolmentId, GroupId, OrganisationId, PersonId, SessionId};
use domain::people::PersonName;
use domain::text::Language;
use std::collections::HashMap;

mod due;
mod enrollable;
mod lists;
mod seats;

type Boxed = enrolments::BoxedQuery<'static, Backend>;

/// Enrolments that a reach covers. A company's are those made under it, whoever employs the person now.
pub(super) fn within(reach: &Reach) -> Boxed {
    let all = enrolments::table.into_boxed();
    let its_session = || sessions::table.filter(sessions::id.eq(enrolments::session_id));
    match reach.extent() {
        Extent::Everything => all,
        Extent::Person(person) => all.filter(enrolments::person_id.eq(person)),
        Extent::Company(company) => all.filter(enrolments::employer_id.eq(company)),
        Extent::Enrolment(enrolment) => all.filter(enrolments::id.eq(enrolment)),
        Extent::TrainingBody(body) => {
            let own = its_session().filter(sessions::training_body_id.eq(body));
            all.filter(exists(own))
        }
        Extent::TaughtBy(account, body) => {
            let own = its_session().filter(sessions::training_body_id.eq(body));
            let taught = session_trainers::table
                .filter(session_trainers::session_id.eq(enrolments::session_id))
                .filter(session_trainers::account_id.eq(account));
            all.filter(exists(own).and(exists(taught)))
        }
        Extent::OperatedBy(operator) => {
            let own = programmes::table
                .inner_join(sessions::table)
                .filter(sessions::id.eq(enrolments::session_id))
                .filter(programmes::operator_id.eq(operator));
            all.filter(exists(own))
        }
        _ => all.filter(enrolments::id.lt(EnrolmentId(0))),
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
        .filter(enrolments::session_id.eq(session).and(enrolments::state.among(states)))
        .order(enrolments::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Who, of these, is in the session already.
pub fn live_in(conn: &mut Conn, session: SessionId, people: &[PersonId]) -> Kept<Vec<PersonId>> {
    let live: Vec<_> = EnrolmentState::ALL.iter().copied().filter(|s| s.is_live()).collect();
    Ok(enrolments::table
        .filter(enrolments::session_id.eq(session).and(enrolments::person_id.among(people.iter().copied())))
        .filter(enrolments::state.among(live))
        .select(enrolments::person_id)
        .load(conn)?)
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

/// Keeps the minutes that somebody really followed. The caller holds the session.
pub fn set_minutes(conn: &mut Conn, id: EnrolmentId, minutes: u32) -> Kept<()> {
    let minutes = i32::try_from(minutes).unwrap_or(i32::MAX);
    diesel::update(enrolments::table.find(id)).set(enrolments::minutes.eq(minutes)).execute(conn)?;
    Ok(())
}

/// The minutes that each person of a closed session really followed.
pub fn followed(conn: &mut Conn, session: SessionId) -> Kept<HashMap<EnrolmentId, i32>> {
    let rows: Vec<(EnrolmentId, i32)> = enrolments::table
        .filter(enrolments::session_id.eq(session).and(enrolments::minutes.is_not_null()))
        .select((enrolments::id, enrolments::minutes.assume_not_null()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Everything that a letter about a place needs to know of the person.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = enrolments)]
pub struct Reached {
    #[diesel(column_name = id)]
    pub enrolment: EnrolmentId,
    #[diesel(column_name = person_id)]
    pub person: PersonId,
    #[diesel(select_expression = (people::given_name, people::family_name))]
    pub name: PersonName,
    #[diesel(select_expression = people::email)]
    pub email: Option<String>,
    #[diesel(select_expression = accounts::language.nullable())]
    pub language: Option<Language>,
    #[diesel(column_name = employer_id)]
    pub employer: Option<OrganisationId>,
    pub state: EnrolmentState,
    pub calendar_uid: String,
}

/// Those of these enrolments, with whom letters go to.
pub fn reached(conn: &mut Conn, ids: &[EnrolmentId]) -> Kept<Vec<Reached>> {
    Ok(enrolments::table
        .inner_join(people::table)
        .left_join(accounts::table.on(accounts::person_id.eq(people::id.nullable())))
        .filter(enrolments::id.among(ids.iter().copied()))
        .order(enrolments::id)
        .select(Reached::as_select())
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
        .filter(enrolments::session_id.eq(session).and(enrolments::state.among(states)))
        .order(enrolments::id)
        .select(Reached::as_select())
        .load(conn)?)
}
