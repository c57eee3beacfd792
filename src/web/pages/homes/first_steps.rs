//! What comes first where nothing stands yet: the next thing that only this reader can do.

use super::Todo;
use crate::frame::Visit;
use domain::access::Action;
use domain::organisations::Capacity;
use store::{self, Conn, Kept};

fn step(title: &str, detail: &str, href: &str, button: &str) -> Todo {
    Todo {
        title: title.to_owned(),
        detail: detail.to_owned(),
        href: href.to_owned(),
        button: button.to_owned(),
    }
}

/// Of the administrator: an operator, then the programme that it runs.
pub fn of_administrator(conn: &mut Conn, visit: &Visit<'_>) -> Kept<Vec<Todo>> {
    let w = visit.w;
    let (Ok(organisations), Ok(programmes)) =
        (visit.actor.may(Action::ReadOrganisations), visit.actor.may(Action::ReadProgramme))
    else {
        return Ok(Vec::new());
    };
    if store::organisations::choices(conn, &organisations, Capacity::Operator, 1)?.is_empty() {
        return Ok(vec![step(
            w.first_operator(),
            w.first_operator_help(),
            "/entreprises/nouvelle",
            w.register_it(),
        )]);
    }
    if store::programmes::list(conn, &programmes)?.is_empty() {
        return Ok(vec![step(
            w.first_programme(),
            w.first_programme_help(),
            "/programmes/nouveau",
            w.found_it(),
        )]);
    }
    Ok(Vec::new())
}

/// Of the operator: who trains, then who sends people.
pub fn of_operator(conn: &mut Conn, visit: &Visit<'_>) -> Kept<Vec<Todo>> {
    let w = visit.w;
    let (Ok(reach), Ok(_)) =
        (visit.actor.may(Action::ReadOrganisations), visit.actor.may(Action::RegisterOrganisation))
    else {
        return Ok(Vec::new());
    };
    let wanted = [
        (Capacity::TrainingBody, w.first_training_body(), w.first_training_body_help()),
        (Capacity::Company, w.first_company(), w.first_company_help()),
    ];
    let mut steps = Vec::new();
    for (capacity, title, help) in wanted {
        if store::organisations::choices(conn, &reach, capacity, 1)?.is_empty() {
            steps.push(step(title, help, "/entreprises/nouvelle", w.register_it()));
        }
    }
    Ok(steps)
}

/// Of a training body that has nothing coming: a course, then a session of it.
pub fn of_training_body(conn: &mut Conn, visit: &Visit<'_>) -> Kept<Vec<Todo>> {
    let w = visit.w;
    let (Ok(courses), Ok(_)) = (visit.actor.may(Action::ReadCourses), visit.actor.may(Action::PlanSession))
    else {
        return Ok(Vec::new());
    };
    if !store::courses::is_any(conn, &courses)? {
        return Ok(vec![step(
            w.first_course(),
            w.first_course_help(),
            "/formations/nouvelle",
            w.describe_it(),
        )]);
    }
    Ok(vec![step(w.next_session(), w.next_session_help(), "/sessions/nouvelle", w.plan_a_session())])
}
