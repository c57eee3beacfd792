//! A candidate contests a result; the certifier answers.

use super::note;
use crate::candidacies;
use crate::{Done, House, letters};
use domain::access::{Action, Actor, Subject};
use domain::calendar::Zone;
use domain::ids::{AttemptId, CandidacyId, JuryId};
use domain::juries::{Refusal, reason};
use domain::letters::{CandidacyNews, Dossier, Message};
use store::{self, Unique, journal, journal::Line};

/// Contests the result of an attempt of one's own.
pub fn appeal(
    house: &House,
    actor: &Actor,
    candidacy: CandidacyId,
    attempt: AttemptId,
    grounds: &str,
) -> Done<()> {
    let reach = actor.may(Action::AppealResult)?;
    let grounds = reason(grounds)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let seen = candidacies::held(conn, &reach, candidacy)?;
        let tried = store::juries::attempts_of_candidacy(conn, &reach, candidacy)?;
        let one = tried.iter().find(|one| one.id == attempt).ok_or(store::Error::Missing)?;
        if one.result.is_none() {
            return Err(Refusal::NoResult.into());
        }
        let id = match store::juries::make_appeal(conn, attempt, &grounds, now) {
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
        journal::write(conn, actor, Subject::Candidacy(candidacy), now, &[line])?;
        let today = now.day(Zone::PARIS);
        let Some(to) = store::accounts::contact_of(conn, seen.certifier, today)? else { return Ok(()) };
        let entrance = store::certifications::entrance(conn, seen.version)?;
        let link = format!("{}/jurys/{}", house.sender.public_url, one.jury);
        let dossier = Dossier { link, ..candidacies::dossier(conn, house, &seen, &entrance)? };
        let message = Message::Candidacy { dossier, news: CandidacyNews::AppealReceived };
        letters::post(conn, house, actor, &to, &message, None, now)
    })
}

/// Answers an appeal. Where it is upheld, the jury corrects its minutes.
pub fn answer(
    house: &House,
    actor: &Actor,
    jury: JuryId,
    attempt: AttemptId,
    is_upheld: bool,
    answer: &str,
) -> Done<()> {
    let reach = actor.may(Action::AnswerAppeal)?;
    let answer = reason(answer)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let one = store::juries::attempt(conn, &reach, jury, attempt)?;
        store::juries::hold(conn, jury)?;
        let appeal = store::juries::appeal(conn, &reach, attempt)?.ok_or(store::Error::Missing)?;
        store::juries::answer_appeal(conn, appeal.id, &answer, is_upheld, now)?;
        let reference = format!("appeal:{}", appeal.id);
        let line = Line {
            kind: "appeal",
            reference: &reference,
            from: Some("made"),
            to: Some(if is_upheld { "upheld" } else { "dismissed" }),
            reason: Some(&answer),
            ..Line::default()
        };
        note(conn, actor, jury, &[line], now)?;
        let seen = store::candidacies::get(conn, &reach, one.candidacy)?;
        let entrance = store::certifications::entrance(conn, seen.version)?;
        let news = CandidacyNews::AppealAnswered { is_upheld, answer: answer.clone() };
        candidacies::tell_candidate(conn, house, actor, &seen, &entrance, news, now)
    })
}
