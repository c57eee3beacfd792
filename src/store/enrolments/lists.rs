//! Places as pages list and count them.

use super::within;
use crate::domain::access::{Extent, Reach};
use crate::domain::calendar::{Day, Instant};
use crate::domain::courses::Stage;
use crate::domain::enrolments::{Candidate, EnrolmentState, GroupPolicy};
use crate::domain::ids::{AccountId, EnrolmentId, GroupId, PersonId, SessionId};
use crate::store::schema::{
    accounts, course_versions, courses, employments, enrolments, groups, organisations, people, sessions,
    surveys,
};
use crate::store::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;

/// A place as lists show it: the person, the session, the state.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = enrolments)]
pub struct Seated {
    pub id: EnrolmentId,
    #[diesel(column_name = person_id)]
    pub person: PersonId,
    #[diesel(select_expression = people::given_name)]
    pub given_name: String,
    #[diesel(select_expression = people::family_name)]
    pub family_name: String,
    #[diesel(select_expression = people::email.nullable())]
    pub email: Option<String>,
    #[diesel(select_expression = organisations::name.nullable())]
    pub employer: Option<String>,
    pub state: EnrolmentState,
    /// Minutes really followed, once the session is closed.
    pub minutes: Option<i32>,
    #[diesel(column_name = group_id)]
    pub group: Option<GroupId>,
    pub ranked_at: Option<Instant>,
    pub offered_until: Option<Instant>,
    #[diesel(select_expression = sessions::id)]
    pub session: SessionId,
    #[diesel(select_expression = course_versions::title)]
    pub title: String,
    #[diesel(select_expression = sessions::starts_at)]
    pub starts_at: Instant,
    #[diesel(select_expression = sessions::ends_at)]
    pub ends_at: Instant,
    #[diesel(select_expression = sessions::zone)]
    pub zone: String,
    #[diesel(select_expression = sessions::commune)]
    pub commune: Option<String>,
    #[diesel(select_expression = courses::stage)]
    pub stage: Stage,
    #[diesel(select_expression = groups::policy.nullable())]
    pub policy: Option<GroupPolicy>,
    /// The account that the person opened, if any.
    #[diesel(select_expression = accounts::id.nullable())]
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
            .select(Seated::as_select())
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

/// One place within reach, as lists show it.
pub fn seated(conn: &mut Conn, reach: &Reach, id: EnrolmentId) -> Kept<Seated> {
    let id = match reach.extent() {
        Extent::Enrolment(own) if own == id => id,
        _ => within(reach).filter(enrolments::id.eq(id)).select(enrolments::id).first(conn)?,
    };
    rows_of(conn, &[id])?.into_iter().next().ok_or(Error::Missing)
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

fn rows_of(conn: &mut Conn, ids: &[EnrolmentId]) -> Kept<Vec<Seated>> {
    rows_where!(conn, enrolments::id.eq_any(ids))
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

/// How a company stands, in one question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing {
    /// Of its people of today, those whom it sent and who came to an awareness session.
    pub aware: i64,
    pub staff: i64,
    /// Surveys that wait for its answer.
    pub awaited: i64,
}

pub fn standing(conn: &mut Conn, reach: &Reach, day: Day, now: Instant) -> Kept<Standing> {
    use diesel::AggregateExpressionMethods as _;
    use diesel::dsl::{count, count_star};
    let Extent::Company(company) = reach.extent() else { return Ok(Standing::default()) };
    let today = employments::table
        .filter(employments::company_id.eq(company).and(employments::starts_on.le(day)))
        .filter(employments::ends_on.is_null().or(employments::ends_on.ge(day)));
    let staff = today.select(count_star()).single_value();
    let awaited = surveys::table
        .filter(surveys::company_id.eq(company).and(surveys::until.gt(now)))
        .filter(surveys::sent_at.is_not_null().and(surveys::answered_on.is_null()))
        .select(count_star())
        .single_value();
    let (aware, staff, awaited): (i64, Option<i64>, Option<i64>) = enrolments::table
        .inner_join(sessions::table.inner_join(course_versions::table.inner_join(courses::table)))
        .filter(enrolments::employer_id.eq(company).and(courses::stage.eq(Stage::Awareness)))
        .filter(enrolments::person_id.eq_any(today.select(employments::person_id)))
        .filter(enrolments::state.eq_any([EnrolmentState::Attended, EnrolmentState::PartlyAttended]))
        .select((count(enrolments::person_id).aggregate_distinct(), staff, awaited))
        .first(conn)?;
    Ok(Standing { aware, staff: staff.unwrap_or(0), awaited: awaited.unwrap_or(0) })
}
