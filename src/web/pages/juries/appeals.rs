//! A candidate contests a result; the certifier answers.

use super::{path_of, with_candidate};
use crate::forms::{Declared, Form, REASON_NAME, Text};
use crate::frame::{Problem, Reply, Routes, Visit};
use domain::access::Action;
use domain::ids::{AttemptId, CandidacyId};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/candidatures/{candidacy}/passages/{attempt}/recours", Action::AppealResult, appeal);
    routes.form("/jurys/{jury}/candidats/{attempt}/recours", Action::AnswerAppeal, answer);
}

const GROUNDS: Text = Text::new(REASON_NAME, Words::appeal_grounds);
const ANSWER: Text = Text::new(REASON_NAME, Words::answer_label);
const VERDICT: &str = "reponse";
const UPHELD: &str = "accueilli";

fn appeal<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let (id, attempt): (CandidacyId, AttemptId) = (visit.part("candidacy")?, visit.part("attempt")?);
    let seen = visit.read(|conn| {
        let seen = store::candidacies::get(conn, &visit.reach, id)?;
        let tried = store::juries::attempts_of_candidacy(conn, &visit.reach, id)?;
        let own = tried.iter().any(|one| one.id == attempt && one.result.is_some());
        if !own {
            return Err(store::Error::Missing);
        }
        store::certifications::entrance(conn, seen.version)
    })?;
    let back = format!("/candidatures/{id}/passages");
    Ok(Form::new(visit, w.make_appeal())
        .narrow()
        .from(&back, seen.title.as_str())
        .lede(w.appeal_help())
        .ask(GROUNDS)
        .button(w.send_appeal())
        .submits(
            |form| form.get(GROUNDS),
            move |grounds| actions::juries::appeal(visit.house, &visit.actor, id, attempt, &grounds),
            move |()| Reply::see_with(&back, w.appeal_made()),
        ))
}

fn answer<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let (id, attempt, _, found) = with_candidate(visit)?;
    let appeal =
        visit.read(|conn| store::juries::appeal(conn, &visit.reach, attempt))?.ok_or(Problem::NotFound)?;
    let back = path_of(id);
    Ok(Form::new(visit, w.answer_appeal())
        .narrow()
        .from(&back, found.name.full())
        .quote(appeal.grounds)
        .ask(ANSWER)
        .answer(VERDICT, UPHELD, w.uphold())
        .answer(VERDICT, "rejete", w.dismiss())
        .submits(
            |form| Some((form.sent(VERDICT) == UPHELD, form.get(ANSWER)?)),
            move |(is_upheld, answer)| {
                actions::juries::answer_appeal(visit.house, &visit.actor, (id, attempt), is_upheld, &answer)
            },
            move |()| Reply::see_with(&back, w.appeal_answered()),
        ))
}
