//! The training that leads to a certification: the certifier says which courses, and everyone sees what comes of it.

use super::enrolments::mark;
use crate::forms::fields::Choice;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::{Visit, address};
use askama::Template;
use domain::access::Action;
use domain::courses::Stage;
use domain::ids::{CertificationId, CourseId};
use serde::Deserialize;
use store::tracks::{Course, Place};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/certifications/{certification}/formations", Action::EditCertification, ask);
    routes.post("/certifications/{certification}/formations", Action::EditCertification, set);
}

#[derive(Template)]
#[template(path = "tracks/form.html")]
struct FormPage {
    shell: Shell,
    id: CertificationId,
    certification: String,
    courses: Vec<Choice>,
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CertificationId = visit.part("certification")?;
    let (kept, courses) = visit.house.store.read(|conn| {
        let kept = store::certifications::own(conn, &visit.reach, id)?;
        let courses = store::tracks::choices(conn, &visit.reach, &kept)?;
        Ok::<_, store::Error>((kept, courses))
    })?;
    let w = visit.w;
    let choice = |course: &Course| {
        Choice::new(course.id.to_string(), course.title.as_str(), course.leads).detailed(said(w, course))
    };
    Reply::page(&FormPage {
        shell: visit.shell(w.track()),
        id,
        certification: kept.record.title.to_string(),
        courses: courses.iter().map(choice).collect(),
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Form {
    formation: Vec<String>,
}

fn set(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CertificationId = visit.part("certification")?;
    let form: Form = visit.form()?;
    let wanted: Result<Vec<CourseId>, _> = form.formation.iter().map(|text| text.parse()).collect();
    let wanted = wanted.map_err(|_| Problem::Unreadable)?;
    actions::tracks::set(visit.house, &visit.actor, id, &wanted)?;
    Ok(Reply::see_with(&format!("/certifications/{id}"), visit.w.track_saved()))
}

/// A course as everyone reads of it: its title, who teaches it and how long, where its sessions are.
pub fn told(w: Words, course: &Course) -> (String, String, String) {
    let wanted = [("etape", Stage::Certification.as_str()), ("q", course.title.as_str())];
    (course.title.to_string(), said(w, course), address("/catalogue", &wanted))
}

fn said(w: Words, course: &Course) -> String {
    format!("{}, {}", course.training_body, w.duration(i64::from(course.minutes)))
}

/// A place in the training that leads to a certification, in the reader's words.
pub struct Followed {
    /// Where the candidate finds the place; empty for a certifier, who reaches no place.
    pub href: String,
    pub title: String,
    pub training_body: String,
    pub when: String,
    pub state: &'static str,
    pub mark: &'static str,
    /// Hours followed, of those planned.
    pub hours: String,
}

impl Followed {
    pub fn new(w: Words, place: &Place, is_own: bool) -> Self {
        let when = w.span(place.starts_at, place.ends_at, place.zone);
        Self {
            href: if is_own { format!("/inscriptions/{}", place.id) } else { String::new() },
            title: place.title.to_string(),
            training_body: place.training_body.to_string(),
            when: format!("{when} ({})", w.days_counted(place.days)),
            state: w.enrolment_state(place.state),
            mark: mark(place.state),
            hours: w.followed_of_planned(place.followed_minutes, place.planned_minutes),
        }
    }
}
