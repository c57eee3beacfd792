//! What the certifier answers.

use super::again;
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::candidacies::Answered;
use actions::{self, Error};
use domain::access::Action;
use domain::ids::{CandidacyId, PieceId};
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.post("/candidatures/{candidacy}/pieces/{piece}", Action::JudgeCandidacy, judge_piece);
    routes.post("/candidatures/{candidacy}/eligibilite", Action::JudgeCandidacy, decide);
    routes.post("/candidatures/{candidacy}/admission", Action::JudgeCandidacy, admit);
    routes.post("/candidatures/{candidacy}/rattrapage", Action::JudgeCandidacy, resit);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AnswerForm {
    reponse: String,
    motif: String,
}

fn judge_piece(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, piece): (CandidacyId, PieceId) = (visit.part("candidacy")?, visit.part("piece")?);
    let form: AnswerForm = visit.form()?;
    let answered = if form.reponse == "acceptee" {
        actions::candidacies::accept_piece(visit.house, &visit.actor, id, piece)
    } else {
        actions::candidacies::refuse_piece(visit.house, &visit.actor, id, piece, &form.motif)
    };
    match answered {
        Ok(()) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.piece_judged())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, Some(piece), no),
        Err(other) => Err(other.into()),
    }
}

fn decide(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    let form: AnswerForm = visit.form()?;
    let expected = if form.reponse == "eligible" { Answered::Eligible } else { Answered::NotEligible };
    match actions::candidacies::decide(visit.house, &visit.actor, id, expected) {
        Ok(_) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.eligibility_answered())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, None, no),
        Err(other) => Err(other.into()),
    }
}

fn admit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    match actions::candidacies::admit(visit.house, &visit.actor, id) {
        Ok(()) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.candidate_admitted())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, None, no),
        Err(other) => Err(other.into()),
    }
}

fn resit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    match actions::candidacies::resit(visit.house, &visit.actor, id) {
        Ok(()) => Ok(Reply::see_with(&format!("/candidatures/{id}/passages"), visit.w.resit_opened())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, None, no),
        Err(other) => Err(other.into()),
    }
}
