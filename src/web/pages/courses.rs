//! What is taught.

use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::courses::{Course, Refusal, Sheet, Stage, minutes_typed};
use domain::ids::CourseId;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/formations", Action::ReadCourses, list);
    routes.get("/formations/nouvelle", Action::EditCourse, ask_new);
    routes.post("/formations", Action::EditCourse, add);
    routes.get("/formations/{course}", Action::EditCourse, ask_change);
    routes.post("/formations/{course}", Action::EditCourse, edit);
}

#[derive(Template)]
#[template(path = "courses/list.html")]
struct ListPage {
    shell: Shell,
    may_edit: bool,
    courses: Vec<Course>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Cursor {
    #[serde(default)]
    apres: Option<String>,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let before = visit.query::<Cursor>()?.apres.and_then(|text| text.parse().ok());
    let page = visit.house.store.read(|conn| store::courses::list(conn, &visit.reach, before))?;
    Reply::page(&ListPage {
        shell: visit.shell(visit.w.courses()),
        may_edit: visit.actor.may(Action::EditCourse).is_ok(),
        courses: page.rows,
        next: page.next,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CourseForm {
    titre: String,
    programme: String,
    etape: String,
    objectifs: String,
    prerequis: String,
    public: String,
    duree: String,
    /// The version that was read, when one is changed.
    version: i32,
}

impl CourseForm {
    fn sheet(&self, visit: &Visit<'_>, mistakes: &mut Mistakes) -> Option<Sheet> {
        let title = mistakes.read("titre", self.titre.parse(), visit.w.course_title_missing());
        let minutes = minutes_typed(&self.duree).ok_or(());
        let minutes = mistakes.read("duree", minutes, visit.w.course_duration_missing());
        let tidy = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        Some(Sheet {
            title: title?,
            aims: tidy(&self.objectifs),
            prerequisites: tidy(&self.prerequis),
            audience: tidy(&self.public),
            minutes: minutes?,
        })
    }
}

#[derive(Template)]
#[template(path = "courses/form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    form: CourseForm,
    seen: Option<i32>,
    programmes: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    mistakes: Mistakes,
}

fn new_page(visit: &Visit<'_>, form: CourseForm, mistakes: Mistakes) -> Result<FormPage, Problem> {
    let body = visit.actor.organisation().ok_or(Problem::NotFound)?;
    let programmes = visit.house.store.read(|conn| store::programmes::joined_by(conn, body))?;
    let stages = Stage::ALL.iter().map(|s| (s.to_string(), visit.w.stage(*s).to_owned())).collect();
    Ok(FormPage {
        shell: visit.shell(visit.w.new_course()),
        action: "/formations".to_owned(),
        form,
        seen: None,
        programmes: programmes.iter().map(|p| (p.id.to_string(), p.short_name.to_string())).collect(),
        stages,
        mistakes,
    })
}

fn ask_new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&new_page(visit, CourseForm::default(), Mistakes::default())?)
}

fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: CourseForm = visit.form()?;
    let mut mistakes = Mistakes::default();
    let sheet = form.sheet(visit, &mut mistakes);
    let no_programme = visit.w.course_refusal(Refusal::NoProgramme);
    let programme = mistakes.read("programme", form.programme.parse(), no_programme);
    let stage = mistakes.read("etape", form.etape.parse::<Stage>(), visit.w.stage_missing());
    let (Some(sheet), Some(programme), Some(stage)) = (sheet, programme, stage) else {
        return Reply::form_again(&new_page(visit, form, mistakes)?);
    };
    match actions::courses::add(visit.house, &visit.actor, programme, stage, &sheet) {
        Ok(_) => Ok(Reply::see_with("/formations", visit.w.course_saved())),
        Err(Error::Refused(actions::Refusal::Course(no))) => {
            let mistakes = Mistakes::one(field_of(no), visit.w.course_refusal(no));
            Reply::form_again(&new_page(visit, form, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn field_of(no: Refusal) -> &'static str {
    match no {
        Refusal::AimsMissing | Refusal::TextTooLong => "objectifs",
        Refusal::Duration => "duree",
        Refusal::NoProgramme => "programme",
    }
}

fn change_page(visit: &Visit<'_>, id: CourseId, form: CourseForm, mistakes: Mistakes) -> FormPage {
    FormPage {
        shell: visit.shell(visit.w.edit_course()),
        action: format!("/formations/{id}"),
        seen: Some(form.version),
        form,
        programmes: Vec::new(),
        stages: Vec::new(),
        mistakes,
    }
}

fn ask_change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CourseId = visit.part("course")?;
    let course = visit.house.store.read(|conn| store::courses::get(conn, &visit.reach, id))?;
    let form = CourseForm {
        titre: course.sheet.title.to_string(),
        objectifs: course.sheet.aims,
        prerequis: course.sheet.prerequisites,
        public: course.sheet.audience,
        duree: visit.w.duration(course.sheet.minutes.into()),
        version: course.number,
        ..CourseForm::default()
    };
    Reply::page(&change_page(visit, id, form, Mistakes::default()))
}

fn edit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CourseId = visit.part("course")?;
    let form: CourseForm = visit.form()?;
    let mut mistakes = Mistakes::default();
    let Some(sheet) = form.sheet(visit, &mut mistakes) else {
        // Whose course it is comes before what is wrong with the form.
        visit.house.store.read(|conn| store::courses::get(conn, &visit.reach, id))?;
        return Reply::form_again(&change_page(visit, id, form, mistakes));
    };
    match actions::courses::edit(visit.house, &visit.actor, id, form.version, &sheet) {
        Ok(()) => Ok(Reply::see_with("/formations", visit.w.course_saved())),
        Err(Error::Refused(actions::Refusal::Course(no))) => {
            let mistakes = Mistakes::one(field_of(no), visit.w.course_refusal(no));
            Reply::form_again(&change_page(visit, id, form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}
