//! What the State answers to a file.

use super::filing::{given, note as note_file, stepped};
use super::note;
use crate::{Act, Done, Error, House, candidacies, keys};
use domain::access::{Action, Actor, Reach};
use domain::declarations::{
    Answer, Answers, DeclarationState, DeclarationStep, FileState, FlowId, Reason, ReasonKind, Refusal,
    TechnicalId,
};
use domain::ids::{DeclarationFileId, DeclarationReportId};
use domain::keys::KeyPurpose;
use domain::letters::CandidacyNews;
use exchange::declarations::read_report;
use std::collections::BTreeMap;
use store::declarations::Sent;

/// What a report came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub accepted: usize,
    pub rejected: usize,
    /// Those of whom the report says nothing yet.
    pub open: usize,
}

/// Takes in the processing report of a file: all of it, or nothing. It is kept as it came, beside those that came before;
/// the same one again changes nothing, and one that contradicts another is refused.
pub fn take_report(house: &House, actor: &Actor, id: DeclarationFileId, bytes: &[u8]) -> Done<Settled> {
    let reach = actor.may(Action::Declare)?;
    let report = read_report(bytes).map_err(Refusal::from)?;
    let digest = credentials::checksum(bytes);
    let flow = house.store.read(|conn| store::declarations::file(conn, &reach, id))?.flow;
    let sealed = keys::master(house)?.seal(KeyPurpose::Identity, &about(&flow), bytes)?;
    house.act_at_length(actor, Action::Declare, |act| {
        let seen = store::declarations::file(act.conn, &act.reach, id)?;
        if seen.state != FileState::Deposited {
            return Err(Refusal::NotDeposited.into());
        }
        let sent = store::declarations::sent(act.conn, id)?;
        let ids = sent.iter().map(|one| one.technical.clone()).collect();
        let Answers { answered, unanswered } = report.answers(&seen.flow, &ids)?;
        let mut answers: BTreeMap<TechnicalId, Answer> = answered.into_iter().collect();
        let is_rejected = |answer: &&Answer| matches!(answer, Answer::Rejected(_));
        let rejected = answers.values().filter(is_rejected).count();
        let settled = Settled { accepted: answers.len() - rejected, rejected, open: unanswered.len() };
        if store::declarations::reports(act.conn, id)?.iter().any(|known| known.digest == digest) {
            return Ok(settled);
        }
        store::declarations::add_report(act.conn, id, &sealed, &digest, act.now)?;
        let answered: Vec<(&Sent, Answer)> =
            sent.iter().filter_map(|one| Some((one, answers.remove(&one.technical)?))).collect();
        settle(act, id, &answered)?;
        note_file(act, &seen, seen.state, (Some(&digest), None))?;
        Ok(settled)
    })
}

fn about(flow: &FlowId) -> String {
    format!("report:{flow}")
}

/// A report as it came.
pub fn read_report_of(
    house: &House,
    reach: &Reach,
    file: DeclarationFileId,
    id: DeclarationReportId,
) -> Done<Vec<u8>> {
    let (seen, sealed) = house.store.read(|conn| {
        let seen = store::declarations::file(conn, reach, file)?;
        Ok::<_, Error>((seen, store::declarations::report(conn, file, id)?))
    })?;
    Ok(keys::master(house)?.open(KeyPurpose::Identity, &about(&seen.flow), &sealed)?)
}

/// Writes the answers to those that are still open, rows before the lines of their journals.
fn settle(act: &mut Act<'_>, file: DeclarationFileId, answered: &[(&Sent, Answer)]) -> Done<()> {
    let (mut accepted, mut rejected) = (Vec::new(), Vec::new());
    for (one, answer) in answered {
        let is_open = one.file == Some(file) && one.state == DeclarationState::Deposited;
        match answer {
            Answer::Accepted | Answer::KnownAlready if is_open => accepted.push(*one),
            Answer::Rejected(reasons) if is_open => rejected.push((*one, summed_up(reasons))),
            // What an earlier report settled is said again.
            Answer::Accepted | Answer::KnownAlready if one.state == DeclarationState::Accepted => {}
            // What was put right since may have been accepted with another file.
            Answer::Rejected(_) if one.file != Some(file) || one.state != DeclarationState::Accepted => {}
            _ => return Err(Refusal::Contradicts(one.technical.clone()).into()),
        }
    }
    let ids: Vec<_> = accepted.iter().map(|one| one.id).collect();
    let to = stepped(DeclarationState::Deposited, DeclarationStep::Accept)?;
    store::declarations::accept(act.conn, &ids, (DeclarationState::Deposited, to), act.now)?;
    let no = stepped(DeclarationState::Deposited, DeclarationStep::Reject)?;
    for (one, reason) in &rejected {
        store::declarations::shift(act.conn, (one.id, one.state), no, Some(reason), act.now)?;
    }
    for one in accepted {
        note(act, one.candidacy, (Some(one.state), to), None)?;
    }
    for (one, reason) in rejected {
        note(act, one.candidacy, (Some(one.state), no), Some(&reason.text))?;
        if reason.kind != ReasonKind::Other {
            let seen = store::candidacies::get(act.conn, &act.reach, one.candidacy)?;
            let entrance = store::certifications::entrance(act.conn, seen.version)?;
            let news = CandidacyNews::NotFoundByState { kind: reason.kind };
            candidacies::tell_candidate(act, &seen, &entrance, news)?;
        }
    }
    Ok(())
}

/// One reason for all that was told: what the holder can mend comes first.
fn summed_up(reasons: &[Reason]) -> Reason {
    let kinds = [ReasonKind::Identity, ReasonKind::Ambiguous];
    let kind = kinds.into_iter().find(|kind| reasons.iter().any(|one| one.kind == *kind));
    let text: Vec<&str> = reasons.iter().map(|one| one.text.as_str()).collect();
    Reason { kind: kind.unwrap_or(ReasonKind::Other), text: text.join("\n") }
}

/// The portal refused a file as a whole: nothing of it was taken.
pub fn refuse_whole(house: &House, actor: &Actor, id: DeclarationFileId, reason: &str) -> Done<()> {
    house.act_at_length(actor, Action::Declare, |act| {
        let text = given(reason)?.to_owned();
        let seen = store::declarations::file(act.conn, &act.reach, id)?;
        let open = |one: &Sent| one.file == Some(id) && one.state == DeclarationState::Deposited;
        let sent = store::declarations::sent(act.conn, id)?;
        if seen.state != FileState::Deposited || !sent.iter().all(open) {
            return Err(Refusal::NotDeposited.into());
        }
        let reason = Reason { kind: ReasonKind::Other, text: text.clone() };
        let next = stepped(DeclarationState::Deposited, DeclarationStep::Reject)?;
        for one in &sent {
            store::declarations::shift(act.conn, (one.id, one.state), next, Some(&reason), act.now)?;
        }
        for one in &sent {
            note(act, one.candidacy, (Some(one.state), next), Some(&text))?;
        }
        note_file(act, &seen, seen.state, (None, Some(&text)))
    })
}
