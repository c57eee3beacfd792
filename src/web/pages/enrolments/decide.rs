//! One click each: what changes a place.

use super::one;
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::{self, Done, Error, enrolments::Answer};
use domain::access::Action;
use domain::ids::{EnrolmentId, PersonId, SessionId};
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.post("/inscriptions/{enrolment}/annulation", Action::CancelEnrolment, cancel);
    routes.post("/inscriptions/{enrolment}/reponse", Action::AnswerOffer, answer);
    routes.post("/inscriptions/{enrolment}/approbation", Action::ApproveEnrolment, approve);
    routes.post("/inscriptions/{enrolment}/refus", Action::ApproveEnrolment, refuse);
    routes.post("/inscriptions/{enrolment}/remplacement", Action::SubstituteEnrolment, substitute);
    routes.post("/inscriptions/{enrolment}/report", Action::TransferEnrolment, transfer);
    routes.post("/inscriptions/{enrolment}/depassement", Action::ExceedCapacity, exceed);
}

#[derive(Deserialize, Default)]
pub struct Decision {
    #[serde(default)]
    pub motif: String,
    #[serde(default)]
    pub reponse: String,
    #[serde(default)]
    pub person: String,
    #[serde(default)]
    pub session: String,
}

impl Decision {
    pub fn answer(&self) -> Result<Answer, Problem> {
        match self.reponse.as_str() {
            "oui" => Ok(Answer::Accept),
            "non" => Ok(Answer::Decline),
            _ => Err(Problem::Unreadable),
        }
    }
}

fn cancel(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (visit.part("enrolment")?, visit.form()?);
    match actions::enrolments::cancel(visit.house, &visit.actor, id, &form.motif) {
        Err(Error::Refused(actions::Refusal::Enrolment(no))) => {
            one::cancel_again(visit, id, &format!("/inscriptions/{id}"), &form.motif, no)
        }
        done => settled(visit, id, done),
    }
}

fn answer(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (visit.part("enrolment")?, visit.form()?);
    let said = form.answer()?;
    settled(visit, id, actions::enrolments::answer(visit.house, &visit.actor, id, said))
}

fn approve(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: EnrolmentId = visit.part("enrolment")?;
    settled(visit, id, actions::enrolments::approve(visit.house, &visit.actor, id).map(|_| ()))
}

fn refuse(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (visit.part("enrolment")?, visit.form()?);
    settled(visit, id, actions::enrolments::refuse(visit.house, &visit.actor, id, &form.motif))
}

fn substitute(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (visit.part("enrolment")?, visit.form()?);
    let by: PersonId = form.person.parse().map_err(|_| Problem::Unreadable)?;
    match actions::enrolments::substitute(visit.house, &visit.actor, id, by) {
        Ok(new) => settled(visit, new, Ok(())),
        Err(error) => settled(visit, id, Err(error)),
    }
}

fn transfer(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (visit.part("enrolment")?, visit.form()?);
    let to: SessionId = form.session.parse().map_err(|_| Problem::Unreadable)?;
    settled(visit, id, actions::enrolments::transfer(visit.house, &visit.actor, id, to, &form.motif))
}

fn exceed(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (visit.part("enrolment")?, visit.form()?);
    settled(visit, id, actions::enrolments::exceed(visit.house, &visit.actor, id, &form.motif))
}

/// Back to the page of the place, which says how it stands now; or the page again with the refusal.
fn settled(visit: &Visit<'_>, id: EnrolmentId, done: Done<()>) -> Result<Reply, Problem> {
    match done {
        Ok(()) => {
            let reach = visit.actor.may(Action::ReadPlaces).map_err(Error::from)?;
            let seated = visit.read(|conn| store::enrolments::seated(conn, &reach, id))?;
            let told = visit.w.enrolment_now(&seated.name.full(), seated.state);
            Ok(Reply::see_with(&format!("/inscriptions/{id}"), told))
        }
        Err(Error::Refused(actions::Refusal::Enrolment(no))) => one::again(visit, id, no),
        Err(other) => Err(other.into()),
    }
}
