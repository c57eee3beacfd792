//! A candidate contests a result; the certifier answers.

use super::with_candidate;
use crate::forms::confirm::{SureForm, SurePage};
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::{self, Error};
use domain::access::Action;
use domain::ids::{AttemptId, CandidacyId};

pub fn routes(routes: &mut Routes) {
    routes.get("/candidatures/{candidacy}/passages/{attempt}/recours", Action::AppealResult, ask_appeal);
    routes.post("/candidatures/{candidacy}/passages/{attempt}/recours", Action::AppealResult, appeal);
    routes.get("/jurys/{jury}/candidats/{attempt}/recours", Action::AnswerAppeal, ask_answer);
    routes.post("/jurys/{jury}/candidats/{attempt}/recours", Action::AnswerAppeal, answer);
}

fn appeal_page(visit: &Visit<'_>, grounds: &str, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let (id, attempt): (CandidacyId, AttemptId) = (visit.part("candidacy")?, visit.part("attempt")?);
    let seen = visit.house.store.read(|conn| {
        let seen = store::candidacies::get(conn, &visit.reach, id)?;
        let tried = store::juries::attempts_of_candidacy(conn, &visit.reach, id)?;
        let own = tried.iter().any(|one| one.id == attempt && one.result.is_some());
        if !own {
            return Err(store::Error::Missing);
        }
        store::certifications::entrance(conn, seen.version)
    })?;
    Ok(SurePage {
        shell: visit.shell(w.make_appeal()),
        action: format!("/candidatures/{id}/passages/{attempt}/recours"),
        back: format!("/candidatures/{id}/passages"),
        back_label: seen.title.to_string(),
        help: w.appeal_help(),
        quoted: String::new(),
        asked: Some(w.appeal_grounds()),
        reason: grounds.to_owned(),
        buttons: vec![("", w.send_appeal())],
        is_grave: false,
        mistakes,
    })
}

fn ask_appeal(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&appeal_page(visit, "", Mistakes::default())?)
}

fn appeal(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, attempt): (CandidacyId, AttemptId) = (visit.part("candidacy")?, visit.part("attempt")?);
    let form: SureForm = visit.form()?;
    match actions::juries::appeal(visit.house, &visit.actor, id, attempt, &form.motif) {
        Ok(()) => Ok(Reply::see_with(&format!("/candidatures/{id}/passages"), visit.w.appeal_made())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.jury_refusal(&no));
            Reply::form_again(&appeal_page(visit, &form.motif, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn answer_page(visit: &Visit<'_>, typed: &str, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let (id, attempt, _, found) = with_candidate(visit)?;
    let appeal = visit
        .house
        .store
        .read(|conn| store::juries::appeal(conn, &visit.reach, attempt))?
        .ok_or(Problem::NotFound)?;
    Ok(SurePage {
        shell: visit.shell(w.answer_appeal()),
        action: format!("/jurys/{id}/candidats/{attempt}/recours"),
        back: format!("/jurys/{id}"),
        back_label: found.name.full(),
        help: "",
        quoted: appeal.grounds,
        asked: Some(w.answer_label()),
        reason: typed.to_owned(),
        buttons: vec![("accueilli", w.uphold()), ("rejete", w.dismiss())],
        is_grave: false,
        mistakes,
    })
}

fn ask_answer(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&answer_page(visit, "", Mistakes::default())?)
}

fn answer(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, attempt, ..) = with_candidate(visit)?;
    let form: SureForm = visit.form()?;
    let is_upheld = form.reponse == "accueilli";
    match actions::juries::answer_appeal(visit.house, &visit.actor, (id, attempt), is_upheld, &form.motif) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.appeal_answered())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.jury_refusal(&no));
            Reply::form_again(&answer_page(visit, &form.motif, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
