//! The questions of a course. A row is never changed but to be moved or retired.

use crate::schema::questions;
use crate::{Conn, Kept, courses};
use diesel::prelude::*;
use domain::access::Reach;
use domain::calendar::Instant;
use domain::ids::{CourseId, QuestionId};
use domain::surveys::{Audience, Inquiry, Moment, Question, QuestionKind, Wording};

#[derive(Queryable, Selectable)]
#[diesel(table_name = questions)]
struct Row {
    id: QuestionId,
    course_id: CourseId,
    moment: Moment,
    audience: Audience,
    position: i32,
    kind: QuestionKind,
    text_fr: String,
    text_en: String,
    retired_at: Option<Instant>,
}

impl From<Row> for Question {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            course: row.course_id,
            inquiry: Inquiry { moment: row.moment, audience: row.audience },
            position: row.position,
            wording: Wording { kind: row.kind, fr: row.text_fr, en: row.text_en },
            is_retired: row.retired_at.is_some(),
        }
    }
}

/// Every question that a course ever asked, in the order of its sets.
pub fn of_course(conn: &mut Conn, course: CourseId) -> Kept<Vec<Question>> {
    let rows: Vec<Row> = questions::table
        .filter(questions::course_id.eq(course))
        .order((questions::moment.desc(), questions::audience.desc(), questions::position, questions::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Question::from).collect())
}

/// The questions of a set that are asked now.
pub fn live(conn: &mut Conn, course: CourseId, inquiry: Inquiry) -> Kept<Vec<Question>> {
    let mut all = of_course(conn, course)?;
    all.retain(|question| question.inquiry == inquiry && !question.is_retired);
    Ok(all)
}

/// A question of a course within reach that is asked now.
pub fn question(conn: &mut Conn, reach: &Reach, course: CourseId, id: QuestionId) -> Kept<Question> {
    let course = courses::get(conn, reach, course)?.id;
    let row: Row = questions::table
        .filter(questions::id.eq(id).and(questions::course_id.eq(course)))
        .filter(questions::retired_at.is_null())
        .select(Row::as_select())
        .first(conn)?;
    Ok(row.into())
}

pub fn insert(
    conn: &mut Conn,
    course: CourseId,
    inquiry: Inquiry,
    position: i32,
    wording: &Wording,
    now: Instant,
) -> Kept<QuestionId> {
    Ok(diesel::insert_into(questions::table)
        .values((
            questions::course_id.eq(course),
            questions::moment.eq(inquiry.moment),
            questions::audience.eq(inquiry.audience),
            questions::position.eq(position),
            questions::kind.eq(wording.kind),
            questions::text_fr.eq(&wording.fr),
            questions::text_en.eq(&wording.en),
            questions::made_at.eq(now),
        ))
        .returning(questions::id)
        .get_result(conn)?)
}

/// Puts a question at another place of its set.
pub fn place(conn: &mut Conn, id: QuestionId, position: i32) -> Kept<()> {
    diesel::update(questions::table.find(id)).set(questions::position.eq(position)).execute(conn)?;
    Ok(())
}

/// A question is asked no more; its answers stay.
pub fn retire(conn: &mut Conn, id: QuestionId, now: Instant) -> Kept<()> {
    diesel::update(questions::table.find(id)).set(questions::retired_at.eq(Some(now))).execute(conn)?;
    Ok(())
}
