//! What the certifier answers to a candidacy.

use super::telling::tell_candidate;
use super::{Whole, held, step, whole};
use crate::{Done, House};
use domain::access::{Action, Actor, Subject};
use domain::candidacies::{CandidacyState, CandidacyStep, PieceState, Refusal, Verdict};
use domain::ids::{CandidacyId, PieceId};
use domain::juries::verdicts::Decision;
use domain::letters::CandidacyNews;
use domain::text::Language;
use store::{self, journal::Line};
use words::Words;

/// What became of a candidacy that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    Eligible,
    NotEligible,
}

/// Accepts a piece as it was sent.
pub fn accept_piece(house: &House, actor: &Actor, id: CandidacyId, piece: PieceId) -> Done<()> {
    judge_piece(house, actor, id, piece, None)
}

/// Refuses a piece, and tells the candidate why: they may send another one.
pub fn refuse_piece(house: &House, actor: &Actor, id: CandidacyId, piece: PieceId, reason: &str) -> Done<()> {
    match reason.trim() {
        "" => Err(Refusal::ReasonMissing.into()),
        reason => judge_piece(house, actor, id, piece, Some(reason)),
    }
}

fn judge_piece(
    house: &House,
    actor: &Actor,
    id: CandidacyId,
    piece: PieceId,
    refused_for: Option<&str>,
) -> Done<()> {
    house.act(actor, Action::JudgeCandidacy, |act| {
        let seen = held(act, id)?;
        if seen.state != CandidacyState::Submitted {
            return Err(Refusal::Closed.into());
        }
        let file = store::candidacies::file(act.conn, &act.reach, id, piece)?;
        let state = if refused_for.is_some() { PieceState::Refused } else { PieceState::Accepted };
        store::candidacies::judge_piece(act.conn, piece, state, refused_for, act.now)?;
        let line = Line {
            kind: "piece",
            reference: &format!("piece:{piece}"),
            from: Some(file.state.as_str()),
            to: Some(state.as_str()),
            reason: refused_for,
            ..Line::default()
        };
        act.note(Subject::Candidacy(id), &[line])?;
        let Some(reason) = refused_for else { return Ok(()) };
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        let news = CandidacyNews::PieceRefused { piece: file.name.to_string(), reason: reason.to_owned() };
        tell_candidate(act, &seen, &entrance, news)
    })
}

/// Says whether the candidate may enter, as the conditions stand: the certifier confirms what they come to, and never
/// another answer. What they came to is kept in the journal in words.
pub fn decide(house: &House, actor: &Actor, id: CandidacyId, expected: Answered) -> Done<Answered> {
    house.act(actor, Action::JudgeCandidacy, |act| {
        held(act, id)?;
        let Whole { seen, entrance, eligibility: found, .. } = whole(act.conn, &act.reach, id)?;
        let answer = match (found.verdict(), expected) {
            (Verdict::ToRead, _) => return Err(Refusal::PiecesToRead.into()),
            (Verdict::Eligible, Answered::Eligible) => Answered::Eligible,
            (Verdict::Eligible, Answered::NotEligible) => return Err(Refusal::NothingLacking.into()),
            (Verdict::Lacking, Answered::NotEligible) => Answered::NotEligible,
            (Verdict::Lacking, Answered::Eligible) => return Err(Refusal::Lacking.into()),
        };
        let explained = Words(Language::Fr).eligibility(&found);
        let next = match answer {
            Answered::Eligible => CandidacyStep::FindEligible,
            Answered::NotEligible => CandidacyStep::FindNotEligible,
        };
        step(act, &seen, next, Some(&explained))?;
        let news = match answer {
            Answered::Eligible => CandidacyNews::Eligible { conditions: found },
            Answered::NotEligible => CandidacyNews::NotEligible { conditions: found },
        };
        tell_candidate(act, &seen, &entrance, news)?;
        Ok(answer)
    })
}

/// Lets an eligible candidate in.
pub fn admit(house: &House, actor: &Actor, id: CandidacyId) -> Done<()> {
    house.act(actor, Action::JudgeCandidacy, |act| {
        let seen = held(act, id)?;
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        step(act, &seen, CandidacyStep::Admit, None)?;
        tell_candidate(act, &seen, &entrance, CandidacyNews::Admitted)
    })
}

/// Lets a candidate come before another jury, for the blocks that they do not hold yet.
pub fn resit(house: &House, actor: &Actor, id: CandidacyId) -> Done<()> {
    house.act(actor, Action::JudgeCandidacy, |act| {
        let seen = held(act, id)?;
        let tried = store::juries::attempts_of_candidacy(act.conn, &act.reach, id)?;
        let last = tried.last().and_then(|one| one.result.as_ref()).map(|result| result.decision);
        if matches!(last, Some(Decision::Awarded | Decision::Excluded)) {
            return Err(Refusal::NothingToResit.into());
        }
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        step(act, &seen, CandidacyStep::Resit, None)?;
        tell_candidate(act, &seen, &entrance, CandidacyNews::Resit)
    })
}
