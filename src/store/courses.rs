//! What is taught, in versions. A sheet is never changed: a change writes another one.

use super::among::AmongExpression as _;
use super::backend::Backend;
use super::schema::{course_versions, courses, programmes, session_trainers, sessions};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::Instant;
use domain::courses::{Course, Sheet, Stage};
use domain::ids::{CourseId, CourseVersionId, OrganisationId, ProgrammeId};
use domain::text::Name;
use std::collections::HashMap;

fn within(reach: &Reach) -> courses::BoxedQuery<'static, Backend> {
    let all = courses::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::TrainingBody(body) => all.filter(courses::training_body_id.eq(body)),
        Extent::TaughtBy(account, body) => {
            let taught = session_trainers::table
                .inner_join(sessions::table.inner_join(course_versions::table))
                .filter(session_trainers::account_id.eq(account))
                .select(course_versions::course_id);
            all.filter(courses::training_body_id.eq(body).and(courses::id.eq_any(taught)))
        }
        Extent::OperatedBy(operator) => {
            let own = programmes::table.filter(programmes::operator_id.eq(operator)).select(programmes::id);
            all.filter(courses::programme_id.eq_any(own))
        }
        _ => all.filter(courses::id.lt(CourseId(0))),
    }
}

type Row = (CourseId, OrganisationId, ProgrammeId, Stage);

const ROW: (courses::id, courses::training_body_id, courses::programme_id, courses::stage) =
    (courses::id, courses::training_body_id, courses::programme_id, courses::stage);

#[derive(Queryable, Selectable)]
#[diesel(table_name = course_versions)]
struct VersionRow {
    id: CourseVersionId,
    #[diesel(column_name = course_id)]
    course: CourseId,
    number: i32,
    title: Name,
    aims: String,
    prerequisites: String,
    audience: String,
    minutes: i32,
}

fn course((id, training_body, programme, stage): Row, version: VersionRow) -> Course {
    Course {
        id,
        training_body,
        programme,
        stage,
        version: version.id,
        number: version.number,
        sheet: Sheet {
            title: version.title,
            aims: version.aims,
            prerequisites: version.prerequisites,
            audience: version.audience,
            minutes: version.minutes.unsigned_abs(),
        },
    }
}

/// Rows with their newest versions, in the order of the rows.
fn whole(conn: &mut Conn, rows: Vec<Row>) -> Kept<Vec<Course>> {
    let ids: Vec<CourseId> = rows.iter().map(|r| r.0).collect();
    let versions: Vec<VersionRow> = course_versions::table
        .filter(course_versions::course_id.among(ids.iter().copied()))
        .order(course_versions::number)
        .select(VersionRow::as_select())
        .load(conn)?;
    let mut newest: HashMap<CourseId, VersionRow> = versions.into_iter().map(|v| (v.course, v)).collect();
    Ok(rows.into_iter().filter_map(|row| Some(course(row, newest.remove(&row.0)?))).collect())
}

/// Courses within reach with their newest sheets, the newest course first.
pub fn list(conn: &mut Conn, reach: &Reach, before: Option<CourseId>) -> Kept<Page<Course>> {
    let mut all = within(reach);
    if let Some(before) = before {
        all = all.filter(courses::id.lt(before));
    }
    let rows: Vec<Row> = all.order(courses::id.desc()).limit(ROWS_AND_ONE).select(ROW).load(conn)?;
    let page = Page::cut(rows, |row| row.0.to_string());
    Ok(Page { rows: whole(conn, page.rows)?, next: page.next })
}

/// Whether there is a course within reach.
pub fn is_any(conn: &mut Conn, reach: &Reach) -> Kept<bool> {
    let found: Option<CourseId> = within(reach).select(courses::id).first(conn).optional()?;
    Ok(found.is_some())
}

/// The courses that a session may be planned of; a training body has some dozens at most.
pub fn choices(conn: &mut Conn, reach: &Reach) -> Kept<Vec<Course>> {
    const MOST: i64 = 500;
    let rows: Vec<Row> = within(reach).order(courses::id.desc()).limit(MOST).select(ROW).load(conn)?;
    let mut all = whole(conn, rows)?;
    all.sort_by_key(|c| c.sheet.title.search_key());
    Ok(all)
}

/// A course within reach, with its newest sheet.
pub fn get(conn: &mut Conn, reach: &Reach, id: CourseId) -> Kept<Course> {
    let row: Row = within(reach).filter(courses::id.eq(id)).select(ROW).first(conn)?;
    whole(conn, vec![row])?.pop().ok_or(Error::Missing)
}

/// The course that a version within reach belongs to, with that version's sheet.
pub fn of_version(conn: &mut Conn, reach: &Reach, id: CourseVersionId) -> Kept<Course> {
    let version: VersionRow = course_versions::table.find(id).select(VersionRow::as_select()).first(conn)?;
    let row: Row = within(reach).filter(courses::id.eq(version.course)).select(ROW).first(conn)?;
    Ok(course(row, version))
}

pub fn insert(
    conn: &mut Conn,
    body: OrganisationId,
    programme: ProgrammeId,
    stage: Stage,
    sheet: &Sheet,
    now: Instant,
) -> Kept<CourseId> {
    let id = diesel::insert_into(courses::table)
        .values((
            courses::training_body_id.eq(body),
            courses::programme_id.eq(programme),
            courses::stage.eq(stage),
            courses::created_at.eq(now),
        ))
        .returning(courses::id)
        .get_result(conn)?;
    add_version(conn, id, 1, sheet, now)?;
    Ok(id)
}

/// Writes another sheet of a course. Of two people who write the same number, one is refused.
pub fn add_version(conn: &mut Conn, course: CourseId, number: i32, sheet: &Sheet, now: Instant) -> Kept<()> {
    diesel::insert_into(course_versions::table)
        .values((
            course_versions::course_id.eq(course),
            course_versions::number.eq(number),
            course_versions::title.eq(&sheet.title),
            course_versions::search_key.eq(sheet.title.search_key()),
            course_versions::aims.eq(&sheet.aims),
            course_versions::prerequisites.eq(&sheet.prerequisites),
            course_versions::audience.eq(&sheet.audience),
            course_versions::minutes.eq(i32::try_from(sheet.minutes).unwrap_or(i32::MAX)),
            course_versions::made_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
