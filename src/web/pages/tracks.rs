//! The training that leads to a certification: the certifier says which courses, and everyone sees what comes of it.

use super::enrolments::mark;
use crate::forms::{Choice, Declared, Form, Several};
use crate::frame::visit::address;
use crate::frame::{Reply, Routes, Visit};
use domain::access::Action;
use domain::courses::Stage;
use domain::ids::{CertificationId, CourseId};
use store::tracks::{Course, Place};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/certifications/{certification}/formations", Action::EditCertification, set);
}

const COURSES: Several<CourseId> = Several::boxes("formation", Words::track_courses);

fn set<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part::<CertificationId>("certification")?);
    let (kept, courses) = visit.read(|conn| {
        let kept = store::certifications::own(conn, &visit.reach, id)?;
        let courses = store::tracks::choices(conn, &visit.reach, &kept)?;
        Ok((kept, courses))
    })?;
    let back = format!("/certifications/{id}");
    let choice = |course: &Course| Choice::new(course.id, course.title.as_str()).detailed(said(w, course));
    let form = Form::new(visit, w.track())
        .from(&back, kept.record.title.as_str())
        .lede(w.track_help())
        .ask_again(COURSES, courses.iter().filter(|course| course.leads).map(|course| course.id))
        .among(courses.iter().map(choice))
        .button(w.save())
        .submits(
            |form| form.get(COURSES),
            move |wanted| actions::tracks::set(visit.house, &visit.actor, id, &wanted),
            move |()| Reply::see_with(&back, w.track_saved()),
        );
    Ok(if courses.is_empty() {
        form.nothing(w.track_no_courses_title(), w.track_no_courses_help())
    } else {
        form
    })
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
