//! What the certifier does: plans a jury, names who sits and who comes, and convenes them.

use super::telling::{board, tell_candidates, tell_members};
use super::{held, note, reference, step};
use crate::candidacies;
use crate::{Act, Done, House};
use addresses::Page;
use domain::access::{Action, Actor, Role, Subject};
use domain::calendar::Instant;
use domain::candidacies::{CandidacyState, CandidacyStep};
use domain::ids::{AccountId, AttemptId, CandidacyId, CertificationId, JurorId, JuryId};
use domain::juries::composition::Stage;
use domain::juries::{Capacity, JuryState, JuryStep, MOST_CANDIDATES, Meeting, Refusal, reason, text};
use domain::letters::{CandidacyNews, JuryNews};
use store::juries::Attempt;
use store::{self, journal::Line};

/// Plans a jury for a certification: it may be composed from then on.
pub fn plan(house: &House, actor: &Actor, certification: CertificationId, meeting: &Meeting) -> Done<JuryId> {
    house.act(actor, Action::ComposeJury, |act| {
        let meeting = checked(meeting, act.now)?;
        let version = store::certifications::version_now(act.conn, &act.reach, certification)?;
        let id = store::juries::insert(act.conn, (certification, version), &meeting, act.now)?;
        let to = Some(JuryState::Composing.as_str());
        let line = Line { kind: "jury", reference: &reference(id), to, ..Line::default() };
        note(act, id, &[line])?;
        act.made(&Page::Jury(id));
        Ok(id)
    })
}

fn checked(meeting: &Meeting, now: Instant) -> Result<Meeting, Refusal> {
    let place = text(&meeting.place)?;
    if place.is_empty() {
        return Err(Refusal::PlaceMissing);
    }
    // A jury of this morning may still be put on record.
    if meeting.starts_at.plus_days(1) < now {
        return Err(Refusal::Past);
    }
    Ok(Meeting { place, ..meeting.clone() })
}

/// Moves a jury to another time or place; whoever was convened is told.
pub fn replan(house: &House, actor: &Actor, id: JuryId, meeting: &Meeting) -> Done<()> {
    house.act(actor, Action::ComposeJury, |act| {
        let meeting = checked(meeting, act.now)?;
        let mut whole = held(act, id)?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        if whole.seen.meeting == meeting {
            return Ok(());
        }
        store::juries::plan(act.conn, &whole.seen, &meeting)?;
        let line = Line { kind: "jury_moved", reference: &reference(id), ..Line::default() };
        note(act, id, &[line])?;
        whole.seen.meeting = meeting;
        if whole.seen.state != JuryState::Convened {
            return Ok(());
        }
        tell_members(act, &whole, &JuryNews::Moved)?;
        let moved = CandidacyNews::JuryMoved { meeting: board(act, &whole)? };
        tell_candidates(act, &whole, &moved)
    })
}

/// Names a juror of the certifier a member. Where the jury was convened already they are told.
pub fn add_member(
    house: &House,
    actor: &Actor,
    id: JuryId,
    account: AccountId,
    capacity: Capacity,
) -> Done<JurorId> {
    house.act(actor, Action::ComposeJury, |act| {
        let whole = held(act, id)?;
        let today = act.today();
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        let certifier = Some(whole.seen.certifier);
        if !store::members::is_held(act.conn, account, certifier, Role::Juror, today)? {
            return Err(Refusal::NoJuror.into());
        }
        if whole.member(Some(account)).is_some() {
            return Err(Refusal::MemberTwice.into());
        }
        let juror = store::juries::add_juror(act.conn, id, account, capacity)?;
        note_juror(act, id, juror, Some(capacity.as_str()))?;
        if whole.seen.state == JuryState::Convened {
            let whole = super::whole(act.conn, &act.reach, id, today)?;
            let own = super::Whole {
                jurors: whole.jurors.iter().filter(|one| one.id == juror).cloned().collect(),
                ..whole
            };
            tell_members(act, &own, &JuryNews::Convened)?;
        }
        Ok(juror)
    })
}

/// Takes a member away.
pub fn remove_member(house: &House, actor: &Actor, id: JuryId, juror: JurorId) -> Done<()> {
    with_member(house, actor, id, juror, |act| {
        store::juries::remove_juror(act.conn, juror)?;
        note_juror(act, id, juror, Some("removed"))
    })
}

/// Names the member who presides.
pub fn name_chair(house: &House, actor: &Actor, id: JuryId, juror: JurorId) -> Done<()> {
    with_member(house, actor, id, juror, |act| {
        store::juries::name_chair(act.conn, id, juror)?;
        note_juror(act, id, juror, Some("chair"))
    })
}

fn with_member(
    house: &House,
    actor: &Actor,
    id: JuryId,
    juror: JurorId,
    change: impl FnOnce(&mut Act<'_>) -> Done<()>,
) -> Done<()> {
    house.act(actor, Action::ComposeJury, |act| {
        let whole = held(act, id)?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        if !whole.jurors.iter().any(|one| one.id == juror) {
            return Err(store::Error::Missing.into());
        }
        change(act)
    })
}

fn note_juror(act: &mut Act<'_>, id: JuryId, juror: JurorId, to: Option<&str>) -> Done<()> {
    let line = Line { kind: "juror", reference: &format!("juror:{juror}"), to, ..Line::default() };
    note(act, id, &[line])
}

/// Puts admitted candidates before the jury; where it was convened already they are convened with it.
pub fn add_candidates(house: &House, actor: &Actor, id: JuryId, candidates: &[CandidacyId]) -> Done<()> {
    house.act(actor, Action::ComposeJury, |act| {
        let mut candidates = candidates.to_vec();
        candidates.sort_unstable();
        candidates.dedup();
        let whole = held(act, id)?;
        let today = act.today();
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        if whole.attempts.len() + candidates.len() > MOST_CANDIDATES {
            return Err(Refusal::TooManyCandidates.into());
        }
        for candidacy in &candidates {
            let seen = candidacies::held(act, *candidacy)?;
            if seen.state != CandidacyState::Admitted || seen.certification != whole.seen.certification {
                return Err(Refusal::NotWaiting.into());
            }
            let attempt = match store::juries::add_attempt(act.conn, id, *candidacy, act.now) {
                Err(store::Error::Taken(store::Unique::AttemptOnce)) => {
                    return Err(Refusal::NotWaiting.into());
                }
                other => other?,
            };
            let reference = format!("attempt:{attempt}");
            let line = Line { kind: "attempt", reference: &reference, to: Some("named"), ..Line::default() };
            note(act, id, &[line])?;
        }
        if whole.seen.state != JuryState::Convened {
            return Ok(());
        }
        let whole = super::whole(act.conn, &act.reach, id, today)?;
        // Nobody comes before a member who may not judge them.
        whole.holds_at(Stage::Named)?;
        let new = whole.attempts.iter().filter(|one| candidates.contains(&one.candidacy)).cloned().collect();
        convened(act, &super::Whole { attempts: new, ..whole })
    })
}

/// Takes a candidate back: they wait for another jury.
pub fn remove_candidate(
    house: &House,
    actor: &Actor,
    id: JuryId,
    attempt: AttemptId,
    typed: &str,
) -> Done<()> {
    house.act(actor, Action::ComposeJury, |act| {
        let whole = held(act, id)?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        let one = whole.attempts.iter().find(|one| one.id == attempt).ok_or(store::Error::Missing)?;
        let reason = if whole.seen.state == JuryState::Convened { reason(typed)? } else { text(typed)? };
        released(act, &whole, one, &reason)
    })
}

/// Convenes members and candidates: none of the rules may be broken.
pub fn convene(house: &House, actor: &Actor, id: JuryId) -> Done<()> {
    house.act(actor, Action::ComposeJury, |act| {
        let whole = held(act, id)?;
        step(act, &whole.seen, JuryStep::Convene, None)?;
        whole.holds_at(Stage::Named)?;
        tell_members(act, &whole, &JuryNews::Convened)?;
        convened(act, &whole)
    })
}

fn convened(act: &mut Act<'_>, whole: &super::Whole) -> Done<()> {
    for attempt in &whole.attempts {
        let seen = candidacies::held(act, attempt.candidacy)?;
        candidacies::step(act, &seen, CandidacyStep::Convene, None)?;
    }
    let news = CandidacyNews::Convened { meeting: board(act, whole)? };
    tell_candidates(act, whole, &news)
}

/// Cancels a jury that decided nothing: its candidates wait for another one.
pub fn cancel(house: &House, actor: &Actor, id: JuryId, typed: &str) -> Done<()> {
    house.act(actor, Action::ComposeJury, |act| {
        let reason = reason(typed)?;
        let whole = held(act, id)?;
        step(act, &whole.seen, JuryStep::Cancel, Some(&reason))?;
        if whole.seen.state == JuryState::Convened {
            let news = JuryNews::Cancelled { reason: reason.clone() };
            tell_members(act, &whole, &news)?;
        }
        for attempt in &whole.attempts {
            released(act, &whole, attempt, &reason)?;
        }
        Ok(())
    })
}

fn released(act: &mut Act<'_>, whole: &super::Whole, attempt: &Attempt, reason: &str) -> Done<()> {
    store::juries::remove_attempt(act.conn, attempt.id)?;
    let reference = format!("attempt:{}", attempt.id);
    let line = Line { kind: "attempt", reference: &reference, to: Some("removed"), ..Line::default() };
    act.note(Subject::Jury(whole.seen.id), &[line])?;
    let seen = candidacies::held(act, attempt.candidacy)?;
    if seen.state != CandidacyState::Convened {
        return Ok(());
    }
    candidacies::step(act, &seen, CandidacyStep::Release, Some(reason))?;
    let entrance = store::certifications::entrance(act.conn, seen.version)?;
    let news = CandidacyNews::Released { reason: reason.to_owned() };
    candidacies::tell_candidate(act, &seen, &entrance, news)
}
