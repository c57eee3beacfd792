//! What the surveys of a course ask. The answers that were given keep the question that they were given to.

use crate::{Done, House};
use domain::access::{Action, Actor, Subject};
use domain::calendar::Instant;
use domain::courses::Course;
use domain::ids::{CourseId, QuestionId};
use domain::surveys::{Inquiry, MOST_QUESTIONS, Question, Refusal, Wording};
use store::{self, Conn, journal::Line};
use words::Words;

/// The questions that every course begins with.
pub fn lay_down(conn: &mut Conn, course: CourseId, now: Instant) -> Done<()> {
    for inquiry in Inquiry::ALL {
        for (position, wording) in (1..).zip(Words::first_questions(inquiry)) {
            store::surveys::insert(conn, course, inquiry, position, &wording, now)?;
        }
    }
    Ok(())
}

/// Adds a question at the end of its set.
pub fn add(house: &House, actor: &Actor, course: CourseId, inquiry: Inquiry, wording: &Wording) -> Done<()> {
    wording.check()?;
    edit(house, actor, course, |conn, course, now| {
        let asked = store::surveys::live(conn, course.id, inquiry)?;
        if asked.len() >= MOST_QUESTIONS {
            return Err(Refusal::TooManyQuestions.into());
        }
        let last = asked.iter().map(|question| question.position).max().unwrap_or(0);
        let id = store::surveys::insert(conn, course.id, inquiry, last + 1, wording, now)?;
        tell(conn, actor, course, id, "asked", now)
    })
}

/// Puts another question in the place of one.
pub fn change(house: &House, actor: &Actor, course: CourseId, id: QuestionId, wording: &Wording) -> Done<()> {
    wording.check()?;
    edit(house, actor, course, |conn, course, now| {
        let seen = question(conn, actor, course, id)?;
        if seen.wording == *wording {
            return Ok(());
        }
        store::surveys::retire(conn, id, now)?;
        tell(conn, actor, course, id, "retired", now)?;
        let new = store::surveys::insert(conn, course.id, seen.inquiry, seen.position, wording, now)?;
        tell(conn, actor, course, new, "asked", now)
    })
}

/// Where a question goes among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Up,
    Down,
}

/// Changes places with the question before or after it; at the end of the set it stays.
pub fn move_by_one(house: &House, actor: &Actor, course: CourseId, id: QuestionId, place: Place) -> Done<()> {
    edit(house, actor, course, |conn, course, _| {
        let seen = question(conn, actor, course, id)?;
        let mut order: Vec<QuestionId> =
            store::surveys::live(conn, course.id, seen.inquiry)?.iter().map(|one| one.id).collect();
        let at = order.iter().position(|one| *one == id).ok_or(store::Error::Missing)?;
        let to = match place {
            Place::Up => at.checked_sub(1),
            Place::Down => Some(at + 1).filter(|next| *next < order.len()),
        };
        let Some(to) = to else { return Ok(()) };
        order.swap(at, to);
        for (position, one) in (1..).zip(order) {
            store::surveys::place(conn, one, position)?;
        }
        Ok(())
    })
}

/// Asks a question no more.
pub fn retire(house: &House, actor: &Actor, course: CourseId, id: QuestionId) -> Done<()> {
    edit(house, actor, course, |conn, course, now| {
        let seen = question(conn, actor, course, id)?;
        store::surveys::retire(conn, seen.id, now)?;
        tell(conn, actor, course, seen.id, "retired", now)
    })
}

/// Works on the questions of a course within reach, under the hold of its training body.
fn edit(
    house: &House,
    actor: &Actor,
    course: CourseId,
    work: impl FnOnce(&mut Conn, &Course, Instant) -> Done<()>,
) -> Done<()> {
    let reach = actor.may(Action::EditQuestions)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let course = store::courses::get(conn, &reach, course)?;
        store::organisations::hold(conn, course.training_body)?;
        work(conn, &course, now)
    })
}

fn question(conn: &mut Conn, actor: &Actor, course: &Course, id: QuestionId) -> Done<Question> {
    let reach = actor.may(Action::EditQuestions)?;
    Ok(store::surveys::question(conn, &reach, course.id, id)?)
}

fn tell(conn: &mut Conn, actor: &Actor, course: &Course, id: QuestionId, to: &str, now: Instant) -> Done<()> {
    let reference = format!("course:{}/question:{id}", course.id);
    let line = Line { kind: "question", reference: &reference, to: Some(to), ..Line::default() };
    Ok(store::journal::write(conn, actor, Subject::Organisation(course.training_body), now, &[line])?)
}
