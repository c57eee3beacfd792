//! Correcting a presence once the session is closed.

use super::{read, slot_label};
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::attendance::Correction;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::attendance::Mark;
use domain::ids::{EnrolmentId, SessionId, SlotId};
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    let one = "/sessions/{session}/presences/{slot}/{enrolment}";
    routes.get(one, Action::CorrectAttendance, ask);
    routes.post(one, Action::CorrectAttendance, correct);
}

#[derive(Deserialize, Default)]
struct Form {
    #[serde(default)]
    presence: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    motif: String,
}

#[derive(Template)]
#[template(path = "attendance/correct.html")]
struct CorrectPage {
    shell: Shell,
    session: SessionId,
    about: String,
    action: String,
    marks: Vec<(String, &'static str)>,
    form: Form,
    mistakes: Mistakes,
}

fn page(visit: &Visit<'_>, form: Option<Form>, mistakes: Mistakes) -> Result<CorrectPage, Problem> {
    let (session, slot, who): (SessionId, SlotId, EnrolmentId) =
        (visit.part("session")?, visit.part("slot")?, visit.part("enrolment")?);
    let (listed, kept) = visit.house.store.read(|conn| read(conn, visit, session))?;
    let name = kept
        .squares
        .iter()
        .find(|s| s.enrolment == who && s.slot == slot)
        .map(|s| s.name.listed())
        .ok_or(Problem::NotFound)?;
    let label = kept.slots.iter().find(|k| k.id == slot).map(|k| slot_label(visit.w, k)).unwrap_or_default();
    let stands = kept.sheet().stands(who, slot);
    let form = form.unwrap_or_else(|| Form {
        presence: stands.mark.to_string(),
        minutes: if stands.mark.is_partial() { stands.minutes.to_string() } else { String::new() },
        motif: String::new(),
    });
    let marks = Mark::ALL
        .iter()
        .filter(|mark| **mark != Mark::Expected)
        .map(|mark| (mark.to_string(), visit.w.mark(*mark)))
        .collect();
    Ok(CorrectPage {
        shell: visit.shell(visit.w.correct_title()),
        session,
        about: format!("{name}, {}, {label}", listed.title),
        action: format!("/sessions/{session}/presences/{slot}/{who}"),
        marks,
        form,
        mistakes,
    })
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, None, Mistakes::default())?)
}

fn correct(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (session, slot, who): (SessionId, SlotId, EnrolmentId) =
        (visit.part("session")?, visit.part("slot")?, visit.part("enrolment")?);
    let form: Form = visit.form()?;
    let Ok(mark) = form.presence.parse::<Mark>() else { return Err(Problem::Unreadable) };
    let minutes = form.minutes.trim().parse().ok();
    let wanted = Correction { who, slot, mark, minutes, reason: &form.motif };
    match actions::attendance::correct(visit.house, &visit.actor, session, wanted) {
        Ok(()) => Ok(Reply::see_with(
            &format!("/sessions/{session}/presences"),
            visit.w.presence_corrected_notice(),
        )),
        Err(Error::Refused(actions::Refusal::Attendance(no))) => {
            let field = match no {
                domain::attendance::Refusal::Minutes(_) => "minutes",
                domain::attendance::Refusal::ReasonMissing => "motif",
                domain::attendance::Refusal::NoAnswer => "presence",
                domain::attendance::Refusal::NotClosed => "",
            };
            let mistakes = Mistakes::one(field, visit.w.attendance_refusal(no));
            Reply::form_again(&page(visit, Some(form), mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
