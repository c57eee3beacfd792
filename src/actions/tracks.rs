//! The training that leads to a certification: which courses, as its certifier says.

use super::{Done, House};
use domain::access::{Action, Actor, Subject};
use domain::ids::{CertificationId, CourseId};
use store::{self, journal::Line};

/// Says which certifying courses of its programme lead to a certification, in place of those that did.
pub fn set(house: &House, actor: &Actor, id: CertificationId, wanted: &[CourseId]) -> Done<()> {
    house.act(actor, Action::EditCertification, |act| {
        let kept = store::certifications::own(act.conn, &act.reach, id)?;
        act.hold(|conn| store::organisations::hold(conn, kept.certifier))?;
        let choices = store::tracks::choices(act.conn, &act.reach, &kept)?;
        if wanted.iter().any(|one| choices.iter().all(|course| course.id != *one)) {
            return Err(store::Error::Missing.into());
        }
        let those = |chosen: &dyn Fn(&store::tracks::Course) -> bool| -> Vec<CourseId> {
            choices.iter().filter(|course| chosen(course)).map(|course| course.id).collect()
        };
        let before = those(&|course| course.leads);
        let after = those(&|course| wanted.contains(&course.id));
        if before == after {
            return Ok(());
        }
        store::tracks::replace(act.conn, id, &after)?;
        let (reference, from, to) = (format!("certification:{id}"), numbers(&before), numbers(&after));
        let (from, to) = (Some(from.as_str()), Some(to.as_str()));
        let line = Line { kind: "track", reference: &reference, from, to, ..Line::default() };
        act.note(Subject::Organisation(kept.certifier), &[line])
    })
}

/// « 12 15 », as the journal tells it; `none` where there is none.
fn numbers(courses: &[CourseId]) -> String {
    let mut numbers: Vec<i64> = courses.iter().map(|course| course.0).collect();
    numbers.sort_unstable();
    match numbers.as_slice() {
        [] => "none".to_owned(),
        some => some.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}
