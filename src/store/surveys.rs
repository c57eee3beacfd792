//! Who is asked what they think of a session, and whether they answered. What they said is kept apart, in
//! `results`, with nothing that leads from one to the other.

pub use questions::{insert, live, of_course, place, question, retire};
pub use results::{Count, Rate, counts, keep, rates};

use super::among::AmongExpression as _;
use super::backend::Backend;
use super::schema::{course_versions, enrolments, organisations, sessions, surveys};
use super::sessions::is_done;
use super::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, Instant, Zone};
use domain::enrolments::EnrolmentState;
use domain::ids::{CourseId, EnrolmentId, OrganisationId, SessionId, SurveyId};
use domain::sessions::SessionState;
use domain::surveys::{Audience, COLD_DAYS, Inquiry, Moment, Window};

mod questions;
mod results;

/// Surveys that a reach covers: those that the reader was asked themselves. Nobody reads another's.
fn within(reach: &Reach) -> surveys::BoxedQuery<'static, Backend> {
    let all = surveys::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::Survey(survey) => all.filter(surveys::id.eq(survey)),
        Extent::Person(person) => {
            let own =
                enrolments::table.filter(enrolments::person_id.eq(person)).select(enrolments::id.nullable());
            all.filter(surveys::enrolment_id.eq_any(own))
        }
        Extent::Company(company) => all.filter(surveys::company_id.eq(company)),
        _ => all.filter(surveys::id.lt(SurveyId(0))),
    }
}

/// A survey as whoever is asked sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = surveys)]
pub struct Asked {
    pub id: SurveyId,
    #[diesel(column_name = session_id)]
    pub session: SessionId,
    pub moment: Moment,
    pub audience: Audience,
    pub until: Instant,
    pub answered_on: Option<Day>,
    #[diesel(select_expression = course_versions::course_id)]
    pub course: CourseId,
    #[diesel(select_expression = course_versions::title)]
    pub title: String,
    #[diesel(select_expression = organisations::name)]
    pub body: String,
    #[diesel(select_expression = sessions::starts_at)]
    pub starts_at: Instant,
    #[diesel(select_expression = sessions::ends_at)]
    pub ends_at: Instant,
    #[diesel(select_expression = sessions::zone)]
    pub zone: Zone,
}

impl Asked {
    pub fn inquiry(&self) -> Inquiry {
        Inquiry { moment: self.moment, audience: self.audience }
    }
}

fn rows_of(conn: &mut Conn, ids: &[SurveyId]) -> Kept<Vec<Asked>> {
    Ok(surveys::table
        .inner_join(sessions::table.inner_join(course_versions::table).inner_join(organisations::table))
        .filter(surveys::id.eq_any(ids))
        .order(surveys::id.desc())
        .select(Asked::as_select())
        .load(conn)?)
}

/// A survey within reach.
pub fn get(conn: &mut Conn, reach: &Reach, id: SurveyId) -> Kept<Asked> {
    let id = within(reach).filter(surveys::id.eq(id)).select(surveys::id).first(conn)?;
    rows_of(conn, &[id])?.pop().ok_or(Error::Missing)
}

/// What the reader was asked and told of, newest first.
pub fn list(conn: &mut Conn, reach: &Reach) -> Kept<Vec<Asked>> {
    const MOST: i64 = 100;
    let ids: Vec<SurveyId> = within(reach)
        .filter(surveys::sent_at.is_not_null())
        .order(surveys::id.desc())
        .limit(MOST)
        .select(surveys::id)
        .load(conn)?;
    if ids.is_empty() { Ok(Vec::new()) } else { rows_of(conn, &ids) }
}

/// How many surveys wait for the reader's answer.
pub fn awaited(conn: &mut Conn, reach: &Reach, now: Instant) -> Kept<i64> {
    Ok(within(reach)
        .filter(surveys::sent_at.is_not_null().and(surveys::answered_on.is_null()))
        .filter(surveys::until.gt(now))
        .count()
        .get_result(conn)?)
}

/// Whom a survey goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Respondent {
    Trainee(EnrolmentId),
    Employer(OrganisationId),
}

/// Writes down that somebody is asked; `sent_at` is none when no letter reaches them.
pub fn add(
    conn: &mut Conn,
    session: SessionId,
    inquiry: Inquiry,
    who: Respondent,
    window: Window,
    sent_at: Option<Instant>,
) -> Kept<SurveyId> {
    let (enrolment, company) = match who {
        Respondent::Trainee(enrolment) => (Some(enrolment), None),
        Respondent::Employer(company) => (None, Some(company)),
    };
    Ok(diesel::insert_into(surveys::table)
        .values((
            surveys::session_id.eq(session),
            surveys::moment.eq(inquiry.moment),
            surveys::audience.eq(inquiry.audience),
            surveys::enrolment_id.eq(enrolment),
            surveys::company_id.eq(company),
            surveys::sent_at.eq(sent_at),
            surveys::remind_at.eq(window.remind_at),
            surveys::until.eq(window.until),
        ))
        .returning(surveys::id)
        .get_result(conn)?)
}

/// Notes that a survey was answered; of two answers at once the second finds it so.
pub fn close(conn: &mut Conn, id: SurveyId, day: Day) -> Kept<bool> {
    let open = surveys::table.filter(surveys::id.eq(id).and(surveys::answered_on.is_null()));
    Ok(diesel::update(open).set(surveys::answered_on.eq(day)).execute(conn)? == 1)
}

/// Closed sessions whose cold survey is due and was not asked yet, the oldest first. Those whose course
/// asks nothing of anybody who was there are left out.
pub fn sessions_to_ask(conn: &mut Conn, now: Instant, most: i64) -> Kept<Vec<SessionId>> {
    use super::schema::questions;
    use diesel::dsl::{exists, not};
    let came = enrolments::table
        .filter(enrolments::session_id.eq(sessions::id))
        .filter(enrolments::state.among([EnrolmentState::Attended, EnrolmentState::PartlyAttended]));
    let sent = came.clone().filter(enrolments::employer_id.is_not_null());
    let asks = |audience: Audience| {
        questions::table
            .filter(questions::course_id.eq(course_versions::course_id))
            .filter(questions::moment.eq(Moment::Cold).and(questions::audience.eq(audience)))
            .filter(questions::retired_at.is_null())
    };
    let asked =
        surveys::table.filter(surveys::session_id.eq(sessions::id)).filter(surveys::moment.eq(Moment::Cold));
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(is_done().and(sessions::state.eq(SessionState::Closed)))
        .filter(sessions::ends_at.le(now.plus_days(-COLD_DAYS.0)))
        .filter(sessions::ends_at.gt(now.plus_days(-COLD_DAYS.2)))
        .filter(
            exists(came)
                .and(exists(asks(Audience::Trainee)))
                .or(exists(sent).and(exists(asks(Audience::Employer)))),
        )
        .filter(not(exists(asked)))
        .order((sessions::ends_at, sessions::id))
        .limit(most)
        .select(sessions::id)
        .load(conn)?)
}

/// Whether a moment of a session was asked already.
pub fn was_asked(conn: &mut Conn, session: SessionId, moment: Moment) -> Kept<bool> {
    let asked = surveys::table.filter(surveys::session_id.eq(session).and(surveys::moment.eq(moment)));
    Ok(diesel::select(diesel::dsl::exists(asked)).get_result(conn)?)
}

/// Somebody who did not answer and is to be reminded.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = surveys)]
pub struct Silent {
    pub id: SurveyId,
    #[diesel(column_name = session_id)]
    pub session: SessionId,
    pub moment: Moment,
    #[diesel(column_name = enrolment_id)]
    pub enrolment: Option<EnrolmentId>,
    #[diesel(column_name = company_id)]
    pub company: Option<OrganisationId>,
    pub until: Instant,
}

/// Surveys to recall, the oldest first.
pub fn to_remind(conn: &mut Conn, now: Instant, most: i64) -> Kept<Vec<Silent>> {
    Ok(surveys::table
        .filter(surveys::sent_at.is_not_null().and(surveys::reminded_at.is_null()))
        .filter(surveys::answered_on.is_null().and(surveys::remind_at.le(now)))
        .filter(surveys::until.gt(now))
        .order((surveys::remind_at, surveys::id))
        .limit(most)
        .select(Silent::as_select())
        .load(conn)?)
}

/// Notes a reminder, unless the answer came meanwhile.
pub fn remind(conn: &mut Conn, id: SurveyId, now: Instant) -> Kept<bool> {
    let silent = surveys::table
        .filter(surveys::id.eq(id))
        .filter(surveys::answered_on.is_null().and(surveys::reminded_at.is_null()));
    Ok(diesel::update(silent).set(surveys::reminded_at.eq(Some(now))).execute(conn)? == 1)
}
