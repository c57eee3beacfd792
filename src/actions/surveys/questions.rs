//! What the surveys of a course ask. The answers that were given keep the question that they were given to.

use crate::{Act, Done, House};
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
    edit(house, actor, course, |act, course| {
        let asked = store::surveys::live(act.conn, course.id, inquiry)?;
        if asked.len() >= MOST_QUESTIONS {
            return Err(Refusal::TooManyQuestions.into());
        }
        let last = asked.iter().map(|question| question.position).max().unwrap_or(0);
        let id = store::surveys::insert(act.conn, course.id, inquiry, last + 1, wording, act.now)?;
        tell(act, course, id, "asked")
    })
}

/// Puts another question in the place of one.
pub fn change(house: &House, actor: &Actor, course: CourseId, id: QuestionId, wording: &Wording) -> Done<()> {
    wording.check()?;
    edit(house, actor, course, |act, course| {
        let seen = question(act, course, id)?;
        if seen.wording == *wording {
            return Ok(());
        }
        store::surveys::retire(act.conn, id, act.now)?;
        tell(act, course, id, "retired")?;
        let new = store::surveys::insert(act.conn, course.id, seen.inquiry, seen.position, wording, act.now)?;
        tell(act, course, new, "asked")
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
    edit(house, actor, course, |act, course| {
        let seen = question(act, course, id)?;
        let mut order: Vec<QuestionId> =
            store::surveys::live(act.conn, course.id, seen.inquiry)?.iter().map(|one| one.id).collect();
        let at = order.iter().position(|one| *one == id).ok_or(store::Error::Missing)?;
        let to = match place {
            Place::Up => at.checked_sub(1),
            Place::Down => Some(at + 1).filter(|next| *next < order.len()),
        };
        let Some(to) = to else { return Ok(()) };
        order.swap(at, to);
        for (position, one) in (1..).zip(order) {
            store::surveys::place(act.conn, one, position)?;
        }
        Ok(())
    })
}

/// Asks a question no more.
pub fn retire(house: &House, actor: &Actor, course: CourseId, id: QuestionId) -> Done<()> {
    edit(house, actor, course, |act, course| {
        let seen = question(act, course, id)?;
        store::surveys::retire(act.conn, seen.id, act.now)?;
        tell(act, course, seen.id, "retired")
    })
}

/// Works on the questions of a course within reach, under the hold of its training body.
fn edit(
    house: &House,
    actor: &Actor,
    course: CourseId,
    work: impl FnOnce(&mut Act<'_>, &Course) -> Done<()>,
) -> Done<()> {
    house.act(actor, Action::EditQuestions, |act| {
        let course = store::courses::get(act.conn, &act.reach, course)?;
        act.hold(|conn| store::organisations::hold(conn, course.training_body))?;
        work(act, &course)
    })
}

fn question(act: &mut Act<'_>, course: &Course, id: QuestionId) -> Done<Question> {
    Ok(store::surveys::question(act.conn, &act.reach, course.id, id)?)
}

fn tell(act: &mut Act<'_>, course: &Course, id: QuestionId, to: &str) -> Done<()> {
    let reference = format!("course:{}/question:{id}", course.id);
    let line = Line { kind: "question", reference: &reference, to: Some(to), ..Line::default() };
    act.note(Subject::Organisation(course.training_body), &[line])
}
