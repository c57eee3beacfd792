//! Places as pages list and count them.

use super::super::among::AmongExpression as _;
use super::within;
use crate::backend::Backend;
use crate::schema::{
    accounts, course_versions, courses, employments, enrolments, groups, organisations, people, programmes,
    session_trainers, sessions, surveys,
};
use crate::sessions::{After as SessionAfter, AfterError, is_live};
use crate::{Conn, Error, Kept, Page, Portion, ROWS_AND_ONE};
use diesel::dsl::{InnerJoin, IntoBoxed, Select, exists, not};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, Instant, Zone};
use domain::courses::Stage;
use domain::enrolments::{Claim, Claimant, EnrolmentState, GroupPolicy};
use domain::ids::{AccountId, EnrolmentId, GroupId, PersonId, SessionId};
use domain::people::PersonName;
use domain::reference::CommuneCode;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

/// A place as lists show it: the person, the session, the state.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = enrolments)]
pub struct Seated {
    pub id: EnrolmentId,
    #[diesel(column_name = person_id)]
    pub person: PersonId,
    #[diesel(select_expression = (people::given_name, people::family_name))]
    pub name: PersonName,
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
    pub zone: Zone,
    #[diesel(select_expression = sessions::commune)]
    pub commune: Option<CommuneCode>,
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
    pub fn claim(&self) -> Option<Claim> {
        let ranked_at = self.ranked_at.filter(|_| self.state == EnrolmentState::Waiting)?;
        let group = self.group.filter(|_| self.policy == Some(GroupPolicy::AllOrNone));
        Some(Claim { claimant: Claimant::Waiting(self.id), employer: None, group, ranked_at })
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

/// The last row of a page of places: the next page starts after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub session: SessionAfter,
    pub id: EnrolmentId,
}

/// `1797321600000000-7-12`: where its session stands, and the number of the place.
impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.session, self.id)
    }
}

impl FromStr for After {
    type Err = AfterError;

    fn from_str(text: &str) -> Result<Self, AfterError> {
        let (session, id) = text.rsplit_once('-').ok_or(AfterError)?;
        Ok(Self { session: session.parse()?, id: id.parse().map_err(|_| AfterError)? })
    }
}

/// Places within reach by the date of their session: the coming ones, the next first; or those that are
/// over or were closed or called off after they began, the last first. Those of one session stand together.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    past: bool,
    now: Instant,
    portion: Portion,
    after: Option<After>,
) -> Kept<Page<Seated>> {
    let ids = by_date(conn, reach, past, now, portion, after)?;
    let mut rows = if ids.is_empty() { Vec::new() } else { rows_of(conn, &ids)? };
    rows.sort_unstable_by_key(|row| (row.starts_at, row.session, row.id));
    if past {
        rows.reverse();
    }
    Ok(Page::cut_to(portion, rows, |row| {
        let session = SessionAfter { starts_at: row.starts_at, id: row.session };
        After { session, id: row.id }.to_string()
    }))
}

/// The minutes that people within reach followed in each of these sessions together, once it is closed.
pub fn followed_in(conn: &mut Conn, reach: &Reach, sessions: &[SessionId]) -> Kept<HashMap<SessionId, i64>> {
    if sessions.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(SessionId, i32)> = within(reach)
        .filter(enrolments::session_id.among(sessions.iter().copied()).and(enrolments::minutes.is_not_null()))
        .select((enrolments::session_id, enrolments::minutes.assume_not_null()))
        .load(conn)?;
    let mut together = HashMap::new();
    for (session, minutes) in rows {
        *together.entry(session).or_default() += i64::from(minutes);
    }
    Ok(together)
}

/// What a list of places is put together from, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Of sessions that have begun and are neither over nor done.
    Begun,
    Ahead,
    /// Both at once: for whose places are few.
    Coming,
    /// Of all the others that have begun, the last first.
    Past,
}

fn by_date(
    conn: &mut Conn,
    reach: &Reach,
    past: bool,
    now: Instant,
    portion: Portion,
    after: Option<After>,
) -> Kept<Vec<EnrolmentId>> {
    let parts: &[When] = match reach.extent() {
        _ if past => &[When::Past],
        Extent::Person(_) | Extent::Company(_) | Extent::Enrolment(_) => &[When::Coming],
        _ => &[When::Begun, When::Ahead],
    };
    let mut ids = Vec::new();
    for when in parts {
        let missing = portion.and_one() - i64::try_from(ids.len()).unwrap_or(0);
        if missing > 0 {
            ids.extend(at_a_time(conn, reach, *when, now, after, missing)?);
        }
    }
    Ok(ids)
}

type Dated =
    IntoBoxed<'static, Select<InnerJoin<enrolments::table, sessions::table>, enrolments::id>, Backend>;

/// Enrolments as `within` covers them, told by the columns of the session that the list is ordered by; none at all for
/// whom it covers none.
fn dated(reach: &Reach) -> Option<Dated> {
    let all = enrolments::table.inner_join(sessions::table).select(enrolments::id).into_boxed::<Backend>();
    Some(match reach.extent() {
        Extent::Everything => all,
        Extent::Person(person) => all.filter(enrolments::person_id.eq(person)),
        Extent::Company(company) => all.filter(enrolments::employer_id.eq(company)),
        Extent::Enrolment(enrolment) => all.filter(enrolments::id.eq(enrolment)),
        Extent::TrainingBody(body) => all.filter(sessions::training_body_id.eq(body)),
        Extent::TaughtBy(account, body) => {
            let taught = session_trainers::table
                .filter(session_trainers::session_id.eq(sessions::id))
                .filter(session_trainers::account_id.eq(account));
            all.filter(sessions::training_body_id.eq(body).and(exists(taught)))
        }
        Extent::OperatedBy(operator) => {
            let own = programmes::table
                .filter(programmes::id.eq(sessions::programme_id))
                .filter(programmes::operator_id.eq(operator));
            all.filter(exists(own))
        }
        _ => return None,
    })
}

fn at_a_time(
    conn: &mut Conn,
    reach: &Reach,
    when: When,
    now: Instant,
    after: Option<After>,
    most: i64,
) -> Kept<Vec<EnrolmentId>> {
    let Some(places) = dated(reach) else { return Ok(Vec::new()) };
    let begun = sessions::starts_at.le(now);
    let under_way = || is_live().and(sessions::ends_at.gt(now));
    let mut places = match when {
        When::Begun => places.filter(under_way().and(begun)),
        When::Coming => places.filter(sessions::starts_at.gt(now).or(under_way())),
        When::Ahead => places.filter(sessions::starts_at.gt(now)),
        When::Past => places.filter(begun.and(not(under_way()))),
    };
    if let Some(After { session: SessionAfter { starts_at, id: session }, id }) = after {
        // Said thrice: an index leads to where the page begins, and of sessions that begin together those before are passed.
        places = if when == When::Past {
            let earlier = || sessions::starts_at.lt(starts_at);
            places
                .filter(sessions::starts_at.le(starts_at))
                .filter(earlier().or(sessions::id.le(session)))
                .filter(earlier().or(sessions::id.lt(session)).or(enrolments::id.lt(id)))
        } else {
            let later = || sessions::starts_at.gt(starts_at);
            places
                .filter(sessions::starts_at.ge(starts_at))
                .filter(later().or(sessions::id.ge(session)))
                .filter(later().or(sessions::id.gt(session)).or(enrolments::id.gt(id)))
        };
    }
    // By session before place: many begin at the same hour, and only the places of one are ever put in order.
    let places = if when == When::Past {
        places.order((sessions::starts_at.desc(), sessions::id.desc(), enrolments::id.desc()))
    } else {
        places.order((sessions::starts_at, sessions::id, enrolments::id))
    };
    Ok(places.limit(most).load(conn)?)
}

/// All places of one session, which the caller has found within its reach: at most what a room
/// holds and who waits for it.
pub fn all_of_session(conn: &mut Conn, _reach: &Reach, session: SessionId) -> Kept<Vec<Seated>> {
    rows_where!(conn, enrolments::session_id.eq(session))
}

/// All places of one person within reach, oldest session first.
pub fn all_of_person(conn: &mut Conn, reach: &Reach, person: PersonId) -> Kept<Vec<Seated>> {
    let own = within(reach).filter(enrolments::person_id.eq(person));
    let ids: Vec<EnrolmentId> =
        own.order(enrolments::id.desc()).limit(300).select(enrolments::id).load(conn)?;
    let mut rows = if ids.is_empty() { Vec::new() } else { rows_of(conn, &ids)? };
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

/// What of a company's tallies is told one by one: at most a page of those that await an answer, the newest
/// first, and the first and the last of those who wait together.
pub fn told_apart(conn: &mut Conn, reach: &Reach, tallies: &[Tally], now: Instant) -> Kept<Vec<Seated>> {
    use EnrolmentState::{Offered, Requested, Waiting};
    let mut ids: Vec<EnrolmentId> = Vec::new();
    if tallies.iter().any(Tally::awaits_answer) {
        let its_session = sessions::table.filter(sessions::id.eq(enrolments::session_id));
        ids = within(reach)
            .filter(enrolments::state.among([Requested, Offered]))
            .filter(exists(its_session.filter(sessions::ends_at.gt(now))))
            .order(enrolments::id.desc())
            .limit(ROWS_AND_ONE)
            .select(enrolments::id)
            .load(conn)?;
    }
    let waiting = tallies.iter().filter(|t| t.state == Waiting);
    ids.extend(waiting.flat_map(|t| [t.first, t.last]).flatten());
    if ids.is_empty() { Ok(Vec::new()) } else { rows_of(conn, &ids) }
}

fn rows_of(conn: &mut Conn, ids: &[EnrolmentId]) -> Kept<Vec<Seated>> {
    rows_where!(conn, enrolments::id.among(ids.iter().copied()))
}

/// How many of a company's places stand in each state, for sessions that are not over.
#[derive(Debug, Clone, Queryable)]
pub struct Tally {
    pub session: SessionId,
    pub state: EnrolmentState,
    pub people: i64,
    /// The oldest and the newest of these places.
    pub first: Option<EnrolmentId>,
    pub last: Option<EnrolmentId>,
}

impl Tally {
    /// Whether somebody must say yes or no.
    pub fn awaits_answer(&self) -> bool {
        matches!(self.state, EnrolmentState::Requested | EnrolmentState::Offered)
    }
}

/// The states of a company's places in sessions that are not over, counted by session.
pub fn tallies(conn: &mut Conn, reach: &Reach, now: Instant) -> Kept<Vec<Tally>> {
    use diesel::dsl::{count_star, max, min};
    let Extent::Company(company) = reach.extent() else { return Ok(Vec::new()) };
    let live: Vec<_> = EnrolmentState::ALL.iter().copied().filter(|s| s.is_live()).collect();
    Ok(enrolments::table
        .inner_join(sessions::table)
        .filter(enrolments::employer_id.eq(company).and(enrolments::state.among(live)))
        .filter(sessions::ends_at.gt(now))
        .group_by((enrolments::session_id, enrolments::state))
        .order((enrolments::session_id, enrolments::state))
        .select((
            enrolments::session_id,
            enrolments::state,
            count_star(),
            min(enrolments::id),
            max(enrolments::id),
        ))
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
        .filter(enrolments::state.among([EnrolmentState::Attended, EnrolmentState::PartlyAttended]))
        .select((count(enrolments::person_id).aggregate_distinct(), staff, awaited))
        .first(conn)?;
    Ok(Standing { aware, staff: staff.unwrap_or(0), awaited: awaited.unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_page_finds_its_way_back() {
        let at = chrono::DateTime::from_timestamp_micros(1_797_321_600_000_001).unwrap();
        let session = SessionAfter { starts_at: Instant::from_utc(at), id: SessionId(7) };
        let after = After { session, id: EnrolmentId(12) };
        assert_eq!(after.to_string().parse(), Ok(after));
        for text in ["", "12", "12-7", "x-7-12", "12-x-7", "12-7-x", "99999999999999999999-1-1"] {
            assert_eq!(text.parse::<After>(), Err(AfterError), "{text}");
        }
    }
}
