//! Writing what is taught.

use super::{Act, Done, House, surveys};
use addresses::Page;
use domain::access::{Action, Actor, Subject};
use domain::courses::{Refusal, Sheet, Stage};
use domain::ids::{CourseId, OrganisationId, ProgrammeId};
use store::{self, journal::Line};

/// Adds a course to a programme that the training body takes part in.
pub fn add(
    house: &House,
    actor: &Actor,
    programme: ProgrammeId,
    stage: Stage,
    sheet: &Sheet,
) -> Done<CourseId> {
    house.act(actor, Action::EditCourse, |act| {
        let body = act.actor.organisation().ok_or(store::Error::Missing)?;
        sheet.check()?;
        act.hold(|conn| store::organisations::hold(conn, body))?;
        let takes_part = store::programmes::joined_by(act.conn, body)?.iter().any(|p| p.id == programme);
        if !takes_part {
            return Err(Refusal::NoProgramme.into());
        }
        let id = store::courses::insert(act.conn, body, programme, stage, sheet, act.now)?;
        surveys::lay_down(act.conn, id, act.now)?;
        tell(act, body, id, 1)?;
        act.made(&Page::Course(id));
        Ok(id)
    })
}

/// Writes another version of a course, unless somebody wrote one since version `seen` was read.
/// Sessions that were announced keep the version that they were announced with.
pub fn edit(house: &House, actor: &Actor, id: CourseId, seen: i32, sheet: &Sheet) -> Done<()> {
    house.act(actor, Action::EditCourse, |act| {
        sheet.check()?;
        let course = store::courses::get(act.conn, &act.reach, id)?;
        act.hold(|conn| store::organisations::hold(conn, course.training_body))?;
        let course = store::courses::get(act.conn, &act.reach, course.id)?;
        if course.number != seen {
            return Err(store::Error::Stale.into());
        }
        if course.sheet == *sheet {
            return Ok(());
        }
        store::courses::add_version(act.conn, id, seen + 1, sheet, act.now)?;
        tell(act, course.training_body, id, seen + 1)
    })
}

fn tell(act: &mut Act<'_>, body: OrganisationId, id: CourseId, number: i32) -> Done<()> {
    let (reference, from, to) = (format!("course:{id}"), (number - 1).to_string(), number.to_string());
    let from = (number > 1).then_some(from.as_str());
    let line = Line { kind: "course", reference: &reference, from, to: Some(&to), ..Line::default() };
    let subject = Subject::Organisation(body);
    act.note(subject, &[line])
}
