//! What the State answers to a file.

use super::filing::{given, note as note_file, stepped};
use super::note;
use crate::actions::{Done, Error, House, candidacies, keys};
use crate::credentials;
use crate::domain::access::{Action, Actor, Reach};
use crate::domain::calendar::Instant;
use crate::domain::declarations::{
    Answer, Answers, DeclarationState, DeclarationStep, FileState, Reason, ReasonKind, Refusal, TechnicalId,
};
use crate::domain::ids::{DeclarationFileId, DeclarationId};
use crate::domain::keys::KeyPurpose;
use crate::domain::letters::CandidacyNews;
use crate::exchange::declarations::read_report;
use crate::store::declarations::Sent;
use crate::store::{self, Conn};
use std::collections::BTreeMap;

/// What a report came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub accepted: usize,
    pub rejected: usize,
    /// Those of whom the report says nothing yet.
    pub open: usize,
}

/// Takes in the processing report of a file: all of it, or nothing. It is kept as it came. One that was taken in before
/// changes nothing.
pub fn take_report(house: &House, actor: &Actor, id: DeclarationFileId, bytes: &[u8]) -> Done<Settled> {
    let reach = actor.may(Action::Declare)?;
    let report = read_report(bytes).map_err(Refusal::from)?;
    let now = house.clock.now();
    let digest = credentials::checksum(bytes);
    house.store.write(|conn| {
        let seen = store::declarations::file(conn, &reach, id)?;
        if seen.state != FileState::Deposited {
            return Err(Refusal::NotDeposited.into());
        }
        let sent = store::declarations::sent(conn, id)?;
        let ids = sent.iter().map(|one| one.technical.clone()).collect();
        let Answers { answered, unanswered } = report.answers(&seen.flow, &ids)?;
        let sealed =
            keys::master(house)?.seal(KeyPurpose::Identity, &format!("report:{}", seen.flow), bytes)?;
        store::declarations::keep_report(conn, id, &sealed, &digest, now)?;
        let known: BTreeMap<&TechnicalId, &Sent> = sent.iter().map(|one| (&one.technical, one)).collect();
        let mut settled = Settled { accepted: 0, rejected: 0, open: unanswered.len() };
        for (technical, answer) in &answered {
            let one = known.get(technical).ok_or(store::Error::Missing)?;
            // Of what an earlier report settled, a later one says the same again.
            if one.state == DeclarationState::Deposited {
                settle(conn, house, actor, &reach, (one.id, one.state), answer, now)?;
            }
            match answer {
                Answer::Accepted | Answer::KnownAlready => settled.accepted += 1,
                Answer::Rejected(_) => settled.rejected += 1,
            }
        }
        note_file(conn, actor, &seen, seen.state, Some(&digest), None, now)?;
        Ok::<_, Error>(settled)
    })
}

fn settle(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    reach: &Reach,
    (id, state): (DeclarationId, DeclarationState),
    answer: &Answer,
    now: Instant,
) -> Done<()> {
    let next = stepped(state, answer.step())?;
    let reason = match answer {
        Answer::Accepted | Answer::KnownAlready => None,
        Answer::Rejected(reasons) => Some(summed_up(reasons)),
    };
    store::declarations::shift(conn, (id, state), next, reason.as_ref(), now)?;
    let Some(reason) = reason else { return Ok(()) };
    let kept = store::declarations::get(conn, reach, id)?;
    note(conn, actor, kept.candidacy, (state, next), Some(&reason.text), now)?;
    if reason.kind != ReasonKind::Other {
        let seen = store::candidacies::get(conn, reach, kept.candidacy)?;
        let entrance = store::certifications::entrance(conn, seen.version)?;
        let news = CandidacyNews::NotFoundByState { kind: reason.kind };
        candidacies::tell_candidate(conn, house, actor, &seen, &entrance, news, now)?;
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
    let reach = actor.may(Action::Declare)?;
    let text = given(reason)?.to_owned();
    let now = house.clock.now();
    house.store.write(|conn| {
        let seen = store::declarations::file(conn, &reach, id)?;
        let open = |one: &Sent| one.state == DeclarationState::Deposited;
        let sent = store::declarations::sent(conn, id)?;
        if seen.state != FileState::Deposited || !sent.iter().all(open) {
            return Err(Refusal::NotDeposited.into());
        }
        let reason = Reason { kind: ReasonKind::Other, text: text.clone() };
        for one in &sent {
            let next = stepped(one.state, DeclarationStep::Reject)?;
            store::declarations::shift(conn, (one.id, one.state), next, Some(&reason), now)?;
        }
        note_file(conn, actor, &seen, seen.state, None, Some(&text), now)
    })
}
