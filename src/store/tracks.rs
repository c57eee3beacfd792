//! The courses that lead to a certification, and the places of its candidates in their sessions.

use super::backend::Backend;
use super::candidacies::covered;
use super::schema::{
    candidacies, certification_courses, certifications, course_versions, courses, enrolments, marks,
    organisations, sessions, slots,
};
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, Instant, Zone};
use domain::certifications::Certification;
use domain::courses::Stage;
use domain::enrolments::EnrolmentState;
use domain::ids::{CandidacyId, CertificationId, CourseId, EnrolmentId};
use domain::text::Name;

/// A certifying course as its newest sheet has it.
#[derive(Debug, Clone)]
pub struct Course {
    pub id: CourseId,
    pub title: Name,
    pub training_body: Name,
    pub minutes: u32,
    /// Whether it leads to the certification that it was asked for.
    pub leads: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = course_versions)]
struct CourseRow {
    #[diesel(select_expression = courses::id)]
    id: CourseId,
    title: Name,
    #[diesel(select_expression = organisations::name)]
    training_body: Name,
    minutes: i32,
    #[diesel(select_expression = certification_courses::course_id.nullable())]
    leads: Option<CourseId>,
}

/// Of rows in the order of their versions, the newest of each course, by title.
fn newest(rows: Vec<CourseRow>) -> Vec<Course> {
    let mut all: Vec<Course> = Vec::new();
    for CourseRow { id, title, training_body, minutes, leads } in rows {
        let course =
            Course { id, title, training_body, minutes: minutes.unsigned_abs(), leads: leads.is_some() };
        match all.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = course,
            None => all.push(course),
        }
    }
    all.sort_by_key(|course| (course.title.search_key(), course.id));
    all
}

/// The certifying courses of the programme of a certification, which the caller has found within its reach.
pub fn choices(conn: &mut Conn, _reach: &Reach, of: &Certification) -> Kept<Vec<Course>> {
    let leads = certification_courses::course_id
        .eq(courses::id)
        .and(certification_courses::certification_id.eq(of.id));
    let rows: Vec<CourseRow> = courses::table
        .inner_join(organisations::table)
        .inner_join(course_versions::table)
        .left_join(certification_courses::table.on(leads))
        .filter(courses::programme_id.eq(of.programme).and(courses::stage.eq(Stage::Certification)))
        .order(course_versions::number)
        .select(CourseRow::as_select())
        .load(conn)?;
    Ok(newest(rows))
}

/// The courses that lead to a certification, as everyone may know them.
pub fn of(conn: &mut Conn, id: CertificationId) -> Kept<Vec<Course>> {
    let rows: Vec<CourseRow> = certification_courses::table
        .inner_join(courses::table.inner_join(organisations::table).inner_join(course_versions::table))
        .filter(certification_courses::certification_id.eq(id))
        .order(course_versions::number)
        .select(CourseRow::as_select())
        .load(conn)?;
    Ok(newest(rows))
}

/// Keeps which courses lead to a certification. The caller holds its certifier.
pub fn replace(conn: &mut Conn, id: CertificationId, wanted: &[CourseId]) -> Kept<()> {
    let own = certification_courses::table.filter(certification_courses::certification_id.eq(id));
    diesel::delete(own).execute(conn)?;
    for course in wanted {
        diesel::insert_into(certification_courses::table)
            .values((
                certification_courses::certification_id.eq(id),
                certification_courses::course_id.eq(course),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// A candidate's place in a session of a course that leads to their certification.
#[derive(Debug, Clone)]
pub struct Place {
    pub id: EnrolmentId,
    pub state: EnrolmentState,
    pub title: Name,
    pub training_body: Name,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: Zone,
    pub days: usize,
    pub planned_minutes: u32,
    /// As far as it was noted, or as the closing of the session has it.
    pub followed_minutes: u32,
}

#[derive(Queryable)]
struct PlaceRow {
    id: EnrolmentId,
    state: EnrolmentState,
    settled: Option<i32>,
    title: Name,
    training_body: Name,
    span: (Instant, Instant, Zone),
    slot: (Day, Instant, Instant),
    noted: Option<i32>,
}

/// The places that the candidate of a candidacy within reach has in sessions that lead to its certification, in order
/// of time. Who reaches the candidacy reads them by it, though they reach no place of anybody.
pub fn places(conn: &mut Conn, reach: &Reach, id: CandidacyId) -> Kept<Vec<Place>> {
    let its_track = certification_courses::certification_id.eq(candidacies::certification_id);
    let seated =
        enrolments::session_id.eq(sessions::id).and(enrolments::person_id.eq(candidacies::person_id));
    let noted = marks::enrolment_id.eq(enrolments::id).and(marks::slot_id.eq(slots::id));
    let all = candidacies::table
        .inner_join(certifications::table)
        .inner_join(certification_courses::table.on(its_track))
        .inner_join(
            course_versions::table.on(course_versions::course_id.eq(certification_courses::course_id)),
        )
        .inner_join(sessions::table.on(sessions::version_id.eq(course_versions::id)))
        .inner_join(organisations::table.on(organisations::id.eq(sessions::training_body_id)))
        .inner_join(enrolments::table.on(seated))
        .inner_join(slots::table.on(slots::session_id.eq(sessions::id)))
        .left_join(marks::table.on(noted))
        .into_boxed::<Backend>();
    let rows: Vec<PlaceRow> = covered!(all, reach)
        .filter(candidacies::id.eq(id))
        .order((sessions::starts_at, enrolments::id, slots::starts_at))
        .select((
            enrolments::id,
            enrolments::state,
            enrolments::minutes,
            course_versions::title,
            organisations::name,
            (sessions::starts_at, sessions::ends_at, sessions::zone),
            (slots::day, slots::starts_at, slots::ends_at),
            marks::minutes.nullable(),
        ))
        .load(conn)?;
    Ok(put_together(rows))
}

/// Places out of their half-days, which stand in order of time.
fn put_together(rows: Vec<PlaceRow>) -> Vec<Place> {
    let mut all: Vec<Place> = Vec::new();
    let mut last_day = None;
    for row in rows.into_iter().filter(|row| row.state.is_live()) {
        let (day, from, to) = row.slot;
        if all.last().is_none_or(|place| place.id != row.id) {
            let (starts_at, ends_at, zone) = row.span;
            all.push(Place {
                id: row.id,
                state: row.state,
                title: row.title,
                training_body: row.training_body,
                starts_at,
                ends_at,
                zone,
                days: 0,
                planned_minutes: 0,
                followed_minutes: row.settled.unwrap_or_default().unsigned_abs(),
            });
            last_day = None;
        }
        let Some(place) = all.last_mut() else { continue };
        if last_day != Some(day) {
            place.days += 1;
            last_day = Some(day);
        }
        place.planned_minutes += u32::try_from(to.seconds_since(from) / 60).unwrap_or_default();
        if row.settled.is_none() {
            place.followed_minutes += row.noted.unwrap_or_default().unsigned_abs();
        }
    }
    all
}
