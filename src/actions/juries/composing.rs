//! What the certifier does: plans a jury, names who sits and who comes, and convenes them.

use super::telling::{board, tell_candidates, tell_members};
use super::{held, note, reference, step};
use crate::candidacies;
use crate::{Done, House};
use domain::access::{Action, Actor, Role, Subject};
use domain::calendar::{Instant, Zone};
use domain::candidacies::{CandidacyState, CandidacyStep};
use domain::ids::{AccountId, AttemptId, CandidacyId, CertificationId, JurorId, JuryId};
use domain::juries::composition::Stage;
use domain::juries::{Capacity, JuryState, JuryStep, MOST_CANDIDATES, Meeting, Refusal, reason, text};
use domain::letters::{CandidacyNews, JuryNews};
use store::juries::Attempt;
use store::{self, Conn, journal::Line};

/// Plans a jury for a certification: it may be composed from then on.
pub fn plan(house: &House, actor: &Actor, certification: CertificationId, meeting: &Meeting) -> Done<JuryId> {
    let reach = actor.may(Action::ComposeJury)?;
    let now = house.clock.now();
    let meeting = checked(meeting, now)?;
    house.store.write(|conn| {
        let version = store::certifications::version_now(conn, &reach, certification)?;
        let id = store::juries::insert(conn, (certification, version), &meeting, now)?;
        let to = Some(JuryState::Composing.as_str());
        let line = Line { kind: "jury", reference: &reference(id), to, ..Line::default() };
        note(conn, actor, id, &[line], now)?;
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
    let reach = actor.may(Action::ComposeJury)?;
    let now = house.clock.now();
    let meeting = checked(meeting, now)?;
    house.store.write(|conn| {
        let mut whole = held(conn, &reach, id, now.day(Zone::PARIS))?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        if whole.seen.meeting == meeting {
            return Ok(());
        }
        store::juries::plan(conn, &whole.seen, &meeting)?;
        let line = Line { kind: "jury_moved", reference: &reference(id), ..Line::default() };
        note(conn, actor, id, &[line], now)?;
        whole.seen.meeting = meeting;
        if whole.seen.state != JuryState::Convened {
            return Ok(());
        }
        tell_members(conn, house, actor, &whole, &JuryNews::Moved, now)?;
        let moved = CandidacyNews::JuryMoved { meeting: board(conn, house, &whole)? };
        tell_candidates(conn, house, actor, &whole, &moved, now)
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
    let reach = actor.may(Action::ComposeJury)?;
    let now = house.clock.now();
    let today = now.day(Zone::PARIS);
    house.store.write(|conn| {
        let whole = held(conn, &reach, id, today)?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        let certifier = Some(whole.seen.certifier);
        if !store::members::is_held(conn, account, certifier, Role::Juror, today)? {
            return Err(Refusal::NoJuror.into());
        }
        if whole.member(Some(account)).is_some() {
            return Err(Refusal::MemberTwice.into());
        }
        let juror = store::juries::add_juror(conn, id, account, capacity)?;
        note_juror(conn, actor, id, juror, Some(capacity.as_str()), now)?;
        if whole.seen.state == JuryState::Convened {
            let whole = super::whole(conn, &reach, id, today)?;
            let own = super::Whole {
                jurors: whole.jurors.iter().filter(|one| one.id == juror).cloned().collect(),
                ..whole
            };
            tell_members(conn, house, actor, &own, &JuryNews::Convened, now)?;
        }
        Ok(juror)
    })
}

/// Takes a member away.
pub fn remove_member(house: &House, actor: &Actor, id: JuryId, juror: JurorId) -> Done<()> {
    with_member(house, actor, id, juror, |conn, now| {
        store::juries::remove_juror(conn, juror)?;
        note_juror(conn, actor, id, juror, Some("removed"), now)
    })
}

/// Names the member who presides.
pub fn name_chair(house: &House, actor: &Actor, id: JuryId, juror: JurorId) -> Done<()> {
    with_member(house, actor, id, juror, |conn, now| {
        store::juries::name_chair(conn, id, juror)?;
        note_juror(conn, actor, id, juror, Some("chair"), now)
    })
}

fn with_member(
    house: &House,
    actor: &Actor,
    id: JuryId,
    juror: JurorId,
    change: impl FnOnce(&mut Conn, Instant) -> Done<()>,
) -> Done<()> {
    let reach = actor.may(Action::ComposeJury)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let whole = held(conn, &reach, id, now.day(Zone::PARIS))?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        if !whole.jurors.iter().any(|one| one.id == juror) {
            return Err(store::Error::Missing.into());
        }
        change(conn, now)
    })
}

fn note_juror(
    conn: &mut Conn,
    actor: &Actor,
    id: JuryId,
    juror: JurorId,
    to: Option<&str>,
    now: Instant,
) -> Done<()> {
    let line = Line { kind: "juror", reference: &format!("juror:{juror}"), to, ..Line::default() };
    note(conn, actor, id, &[line], now)
}

/// Puts admitted candidates before the jury; where it was convened already they are convened with it.
pub fn add_candidates(house: &House, actor: &Actor, id: JuryId, candidates: &[CandidacyId]) -> Done<()> {
    let reach = actor.may(Action::ComposeJury)?;
    let now = house.clock.now();
    let today = now.day(Zone::PARIS);
    let mut candidates = candidates.to_vec();
    candidates.sort_unstable();
    candidates.dedup();
    house.store.write(|conn| {
        let whole = held(conn, &reach, id, today)?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        if whole.attempts.len() + candidates.len() > MOST_CANDIDATES {
            return Err(Refusal::TooManyCandidates.into());
        }
        for candidacy in &candidates {
            let seen = candidacies::held(conn, &reach, *candidacy)?;
            if seen.state != CandidacyState::Admitted || seen.certification != whole.seen.certification {
                return Err(Refusal::NotWaiting.into());
            }
            let attempt = match store::juries::add_attempt(conn, id, *candidacy, now) {
                Err(store::Error::Taken(store::Unique::AttemptOnce)) => {
                    return Err(Refusal::NotWaiting.into());
                }
                other => other?,
            };
            let reference = format!("attempt:{attempt}");
            let line = Line { kind: "attempt", reference: &reference, to: Some("named"), ..Line::default() };
            note(conn, actor, id, &[line], now)?;
        }
        if whole.seen.state != JuryState::Convened {
            return Ok(());
        }
        let whole = super::whole(conn, &reach, id, today)?;
        // Nobody comes before a member who may not judge them.
        whole.holds_at(Stage::Named)?;
        let new = whole.attempts.iter().filter(|one| candidates.contains(&one.candidacy)).cloned().collect();
        convened(conn, house, actor, &super::Whole { attempts: new, ..whole }, now)
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
    let reach = actor.may(Action::ComposeJury)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let whole = held(conn, &reach, id, now.day(Zone::PARIS))?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        let one = whole.attempts.iter().find(|one| one.id == attempt).ok_or(store::Error::Missing)?;
        let reason = if whole.seen.state == JuryState::Convened { reason(typed)? } else { text(typed)? };
        released(conn, house, actor, &whole, one, &reason, now)
    })
}

/// Convenes members and candidates: none of the rules may be broken.
pub fn convene(house: &House, actor: &Actor, id: JuryId) -> Done<()> {
    let reach = actor.may(Action::ComposeJury)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let whole = held(conn, &reach, id, now.day(Zone::PARIS))?;
        step(conn, actor, &whole.seen, JuryStep::Convene, None, now)?;
        whole.holds_at(Stage::Named)?;
        tell_members(conn, house, actor, &whole, &JuryNews::Convened, now)?;
        convened(conn, house, actor, &whole, now)
    })
}

fn convened(conn: &mut Conn, house: &House, actor: &Actor, whole: &super::Whole, now: Instant) -> Done<()> {
    let reach = actor.may(Action::ComposeJury)?;
    for attempt in &whole.attempts {
        let seen = candidacies::held(conn, &reach, attempt.candidacy)?;
        candidacies::step(conn, actor, &seen, CandidacyStep::Convene, None, now)?;
    }
    let news = CandidacyNews::Convened { meeting: board(conn, house, whole)? };
    tell_candidates(conn, house, actor, whole, &news, now)
}

/// Cancels a jury that decided nothing: its candidates wait for another one.
pub fn cancel(house: &House, actor: &Actor, id: JuryId, typed: &str) -> Done<()> {
    let reach = actor.may(Action::ComposeJury)?;
    let reason = reason(typed)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let whole = held(conn, &reach, id, now.day(Zone::PARIS))?;
        step(conn, actor, &whole.seen, JuryStep::Cancel, Some(&reason), now)?;
        if whole.seen.state == JuryState::Convened {
            let news = JuryNews::Cancelled { reason: reason.clone() };
            tell_members(conn, house, actor, &whole, &news, now)?;
        }
        for attempt in &whole.attempts {
            released(conn, house, actor, &whole, attempt, &reason, now)?;
        }
        Ok(())
    })
}

fn released(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    whole: &super::Whole,
    attempt: &Attempt,
    reason: &str,
    now: Instant,
) -> Done<()> {
    let reach = actor.may(Action::ComposeJury)?;
    store::juries::remove_attempt(conn, attempt.id)?;
    let reference = format!("attempt:{}", attempt.id);
    let line = Line { kind: "attempt", reference: &reference, to: Some("removed"), ..Line::default() };
    store::journal::write(conn, actor, Subject::Jury(whole.seen.id), now, &[line])?;
    let seen = candidacies::held(conn, &reach, attempt.candidacy)?;
    if seen.state != CandidacyState::Convened {
        return Ok(());
    }
    candidacies::step(conn, actor, &seen, CandidacyStep::Release, Some(reason), now)?;
    let entrance = store::certifications::entrance(conn, seen.version)?;
    let news = CandidacyNews::Released { reason: reason.to_owned() };
    candidacies::tell_candidate(conn, house, actor, &seen, &entrance, news, now)
}
