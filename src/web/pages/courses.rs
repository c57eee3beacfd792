//! What is taught.

use crate::forms::{Ask as _, Choice, Declared, Field, Form, Refused, Text};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::courses::{Course, Length, Refusal, Sheet, Stage};
use domain::ids::ProgrammeId;
use domain::text::Name;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/formations", Action::ReadCourses, list);
    routes.form_at("/formations/nouvelle", "/formations", Action::EditCourse, add);
    routes.form("/formations/{course}", Action::EditCourse, edit);
}

#[derive(Template)]
#[template(path = "courses/list.html")]
struct ListPage {
    shell: Shell,
    may_edit: bool,
    courses: Vec<Course>,
    next: Option<String>,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let before = visit.after()?;
    let page = visit.read(|conn| store::courses::list(conn, &visit.reach, before))?;
    Reply::page(&ListPage {
        shell: visit.shell(visit.w.courses()),
        may_edit: visit.actor.may(Action::EditCourse).is_ok(),
        courses: page.rows,
        next: page.next,
    })
}

const TITLE: Field<Name> =
    Field::line("titre", Words::course_title, Words::course_title_missing).help(Words::course_title_help);
const PROGRAMME: Field<ProgrammeId> =
    Field::select("programme", Words::programme, Words::course_without_programme);
const STAGE: Field<Stage> = Field::select("etape", Words::stage_label, Words::stage_missing);
const AIMS: Text = Text::new("objectifs", Words::course_aims).help(Words::course_aims_help);
const PREREQUISITES: Text = Text::new("prerequis", Words::course_prerequisites).optional();
const AUDIENCE: Text = Text::new("public", Words::course_audience).optional();
const LENGTH: Field<Length> = Field::line("duree", Words::course_duration, Words::course_duration_missing)
    .help(Words::course_duration_help);
/// The version that was read, when a course is changed.
const VERSION: &str = "version";

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::AimsMissing | Self::TextTooLong => AIMS.name(),
            Self::Duration => LENGTH.name(),
            Self::NoProgramme => PROGRAMME.name(),
        })
    }
}

fn sheet(form: &Form<'_>) -> Option<Sheet> {
    Some(Sheet {
        title: form.get(TITLE)?,
        aims: form.get(AIMS)?,
        prerequisites: form.get(PREREQUISITES)?,
        audience: form.get(AUDIENCE)?,
        minutes: form.get(LENGTH)?.minutes(),
    })
}

fn add<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let body = visit.actor.organisation().ok_or(Problem::NotFound)?;
    let programmes = visit.read(|conn| store::programmes::joined_by(conn, body))?;
    Ok(Form::new(visit, w.new_course())
        .to("/formations")
        .from("/formations", w.courses())
        .ask(TITLE)
        .ask(PROGRAMME)
        .among(programmes.iter().map(|one| Choice::new(one.id, one.short_name.as_str())))
        .ask(STAGE)
        .among(Stage::ALL.iter().map(|stage| Choice::new(stage, w.stage(*stage))))
        .ask(AIMS)
        .ask(PREREQUISITES)
        .ask(AUDIENCE)
        .ask(LENGTH)
        .button(w.save_course())
        .submits(
            |form| Some((form.get(PROGRAMME)?, form.get(STAGE)?, sheet(form)?)),
            |(programme, stage, sheet)| {
                actions::courses::add(visit.house, &visit.actor, programme, stage, &sheet)
            },
            move |_| Reply::see_with("/formations", w.course_saved()),
        ))
}

fn edit<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("course")?);
    let course = visit.read(|conn| store::courses::get(conn, &visit.reach, id))?;
    let Sheet { title, aims, prerequisites, audience, minutes } = course.sheet;
    Ok(Form::new(visit, w.edit_course())
        .from("/formations", w.courses())
        .lede(w.edit_course_help())
        .carry(VERSION, course.number)
        .ask_with(TITLE, title)
        .ask_with(AIMS, aims)
        .ask_with(PREREQUISITES, prerequisites)
        .ask_with(AUDIENCE, audience)
        .ask_with(LENGTH, w.duration(minutes.into()))
        .button(w.save_course())
        .submits(
            // Who names no version read none.
            |form| Some((form.sent(VERSION).parse().unwrap_or_default(), sheet(form)?)),
            move |(version, sheet)| actions::courses::edit(visit.house, &visit.actor, id, version, &sheet),
            move |()| Reply::see_with("/formations", w.course_saved()),
        ))
}
