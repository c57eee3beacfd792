//! A candidate contests a result; the certifier answers.

use super::note;
use crate::candidacies;
use crate::{Done, House};
use addresses::Page;
use domain::access::{Action, Actor, Subject};
use domain::ids::{AttemptId, CandidacyId, JuryId};
use domain::juries::{Refusal, reason};
use domain::letters::{CandidacyNews, Dossier, Message};
use store::{self, Unique, journal::Line};

/// Contests the result of an attempt of one's own.
pub fn appeal(
    house: &House,
    actor: &Actor,
    candidacy: CandidacyId,
    attempt: AttemptId,
    grounds: &str,
) -> Done<()> {
    house.act(actor, Action::AppealResult, |act| {
        let grounds = reason(grounds)?;
        let seen = candidacies::held(act, candidacy)?;
        let tried = store::juries::attempts_of_candidacy(act.conn, &act.reach, candidacy)?;
        let one = tried.iter().find(|one| one.id == attempt).ok_or(store::Error::Missing)?;
        if one.result.is_none() {
            return Err(Refusal::NoResult.into());
        }
        let id = match store::juries::make_appeal(act.conn, attempt, &grounds, act.now) {
            Err(store::Error::Taken(Unique::AppealOnce)) => return Err(Refusal::AppealOnce.into()),
            other => other?,
        };
        let reference = format!("appeal:{id}");
        let line = Line {
            kind: "appeal",
            reference: &reference,
            to: Some("made"),
            reason: Some(&grounds),
            ..Line::default()
        };
        act.note(Subject::Candidacy(candidacy), &[line])?;
        let today = act.today();
        let Some(to) = store::accounts::contact_of(act.conn, seen.certifier, today)? else { return Ok(()) };
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        let address = act.house.sender.link(&Page::Jury(one.jury));
        let dossier = Dossier { link: address, ..candidacies::dossier(act, &seen, &entrance)? };
        let message = Message::Candidacy { dossier, news: CandidacyNews::AppealReceived };
        act.post(&to, &message)
    })
}

/// Answers an appeal. Where it is upheld, the jury corrects its minutes.
pub fn answer(
    house: &House,
    actor: &Actor,
    (jury, attempt): (JuryId, AttemptId),
    is_upheld: bool,
    answer: &str,
) -> Done<()> {
    house.act(actor, Action::AnswerAppeal, |act| {
        let answer = reason(answer)?;
        let one = store::juries::attempt(act.conn, &act.reach, jury, attempt)?;
        act.hold(|conn| store::juries::hold(conn, jury))?;
        let appeal = store::juries::appeal(act.conn, &act.reach, attempt)?.ok_or(store::Error::Missing)?;
        store::juries::answer_appeal(act.conn, appeal.id, &answer, is_upheld, act.now)?;
        let reference = format!("appeal:{}", appeal.id);
        let line = Line {
            kind: "appeal",
            reference: &reference,
            from: Some("made"),
            to: Some(if is_upheld { "upheld" } else { "dismissed" }),
            reason: Some(&answer),
            ..Line::default()
        };
        note(act, jury, &[line])?;
        let seen = store::candidacies::get(act.conn, &act.reach, one.candidacy)?;
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        let news = CandidacyNews::AppealAnswered { is_upheld, answer: answer.clone() };
        candidacies::tell_candidate(act, &seen, &entrance, news)
    })
}
