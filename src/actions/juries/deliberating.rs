//! What the members do: state their interests, sit, assess, decide, and sign.

use super::telling::tell_members;
use super::{Records, Whole, asked, held, note, seal, step};
use crate::candidacies;
use crate::{Act, Done, Error, House};
use domain::access::{Action, Actor, Reach};
use domain::calendar::Instant;
use domain::candidacies::{CandidacyState, CandidacyStep};
use domain::certifications::BlockCode;
use domain::ids::{AccountId, AttemptId, CandidacyId, JurorId, JuryId};
use domain::juries::composition::Stage;
use domain::juries::minutes::{self, Minutes};
use domain::juries::verdicts::{Decision, Finding, Grid};
use domain::juries::{JuryState, JuryStep, Refusal, reason, text};
use domain::letters::{BlockOutcome, CandidacyNews, JuryNews};
use std::collections::HashMap;
use store::juries::Attempt;
use store::{self, Conn, journal, journal::Line};

/// States what ties a member to the candidates; none for «nothing».
pub fn state_interest(house: &House, actor: &Actor, id: JuryId, interest: Option<&str>) -> Done<()> {
    house.act(actor, Action::StateInterest, |act| {
        let interest = match interest {
            None => None,
            Some(typed) => Some(text(typed)?)
                .filter(|text| !text.is_empty())
                .ok_or(Refusal::StatementMissing)
                .map(Some)?,
        };
        let whole = held(act, id)?;
        let own = whole.member(act.actor.account()).ok_or(store::Error::Missing)?;
        if !whole.seen.state.is_open_to_change() {
            return Err(Refusal::Settled.into());
        }
        store::juries::state_interest(act.conn, own.id, interest.as_deref(), act.now)?;
        let reference = format!("juror:{}", own.id);
        let to = Some(if interest.is_some() { "interest" } else { "no_interest" });
        let line = Line {
            kind: "statement",
            reference: &reference,
            to,
            reason: interest.as_deref(),
            ..Line::default()
        };
        note(act, id, &[line])
    })
}

/// Opens the sitting with the members who are there.
pub fn open(house: &House, actor: &Actor, id: JuryId, present: &[JurorId]) -> Done<()> {
    house.act(actor, Action::ChairJury, |act| {
        let before = held(act, id)?;
        let today = act.today();
        before.chair(act.actor)?;
        if act.now.day(before.seen.meeting.zone) < before.seen.meeting.starts_at.day(before.seen.meeting.zone)
        {
            return Err(Refusal::TooEarly.into());
        }
        store::juries::come(act.conn, id, present)?;
        let whole = super::whole(act.conn, &act.reach, id, today)?;
        step(act, &whole.seen, JuryStep::Open, None)?;
        Ok(whole.holds_at(Stage::Sitting)?)
    })
}

/// Breaks a sitting off before it decides: what was assessed stays.
pub fn adjourn(house: &House, actor: &Actor, id: JuryId, typed: &str) -> Done<()> {
    house.act(actor, Action::ChairJury, |act| {
        let reason = reason(typed)?;
        let whole = held(act, id)?;
        whole.chair(act.actor)?;
        step(act, &whole.seen, JuryStep::Adjourn, Some(&reason))?;
        Ok(())
    })
}

/// Keeps what the jury found of one candidate; it may find otherwise until it closes.
pub fn assess(house: &House, actor: &Actor, id: JuryId, attempt: AttemptId, grid: &Grid) -> Done<Decision> {
    house.act(actor, Action::AssessCandidate, |act| {
        let whole = held(act, id)?;
        if whole.seen.state != JuryState::Sitting {
            return Err(Refusal::NotSitting.into());
        }
        whole.member(act.actor.account()).filter(|own| own.is_present).ok_or(Refusal::PresentOnly)?;
        let one = whole.attempts.iter().find(|one| one.id == attempt).ok_or(store::Error::Missing)?;
        let decision = found(act.conn, one, grid)?;
        store::juries::keep_grid(act.conn, attempt, grid)?;
        // What was found is in the line too, where nobody but the jury reads it before the end.
        let evidence = told(grid);
        let reference = format!("attempt:{attempt}");
        let line = Line {
            kind: "assessment",
            reference: &reference,
            to: Some("assessed"),
            evidence: Some(&evidence),
            ..Line::default()
        };
        note(act, id, &[line])?;
        let seen = candidacies::held(act, one.candidacy)?;
        if seen.state == CandidacyState::Convened {
            candidacies::step(act, &seen, CandidacyStep::Assess, None)?;
        }
        Ok(decision)
    })
}

/// What a grid comes to for the candidate of an attempt.
fn found(conn: &mut Conn, attempt: &Attempt, grid: &Grid) -> Done<Decision> {
    let asked = asked(conn, attempt)?;
    for written in grid.findings.iter().map(|finding| &finding.reason).chain([&grid.remarks]) {
        text(written)?;
    }
    Ok(grid.decision(&asked.blocks, &asked.held, asked.is_partial).map_err(Refusal::from)?)
}

/// A grid as text, always made in the same way.
fn told(grid: &Grid) -> String {
    let one = |finding: &Finding| {
        let points =
            |points: &Option<u32>| points.map_or_else(|| "-".to_owned(), |points| points.to_string());
        let points: Vec<String> = finding.points.iter().map(points).collect();
        format!("{}={} [{}] {}", finding.code, finding.result, points.join(" "), finding.reason)
    };
    let found: Vec<String> = grid.findings.iter().map(one).collect();
    format!("{}\n{}\n{}", grid.appearance, found.join("\n"), grid.remarks)
}

/// Closes the sitting: the decisions are taken, the minutes sealed and signed by the chair, everybody told.
pub fn close(house: &House, actor: &Actor, id: JuryId) -> Done<()> {
    house.act(actor, Action::ChairJury, |act| {
        let by = act.actor.account().ok_or(store::Error::Missing)?;
        let mut whole = held(act, id)?;
        whole.chair(act.actor)?;
        step(act, &whole.seen, JuryStep::Close, None)?;
        whole.holds_at(Stage::Sitting)?;
        whole.seen.closed_at = Some(act.now);
        let verdicts = verdicts(act.conn, &act.reach, &whole)?;
        publish(act, &whole, &verdicts, Version { number: 1, correction: None }, by)?;
        for verdict in &verdicts {
            let seen = candidacies::held(act, verdict.attempt.candidacy)?;
            candidacies::step(act, &seen, CandidacyStep::Decide, None)?;
            let entrance = store::certifications::entrance(act.conn, seen.version)?;
            let news =
                CandidacyNews::Decided { decision: verdict.decision, blocks: verdict.outcomes.clone() };
            candidacies::tell_candidate(act, &seen, &entrance, news)?;
        }
        tell_others(act, whole)
    })?;
    seal(house);
    Ok(())
}

/// Corrects what a closed jury decided of one candidate: another version of the minutes, with its reason.
pub fn correct(
    house: &House,
    actor: &Actor,
    (id, attempt): (JuryId, AttemptId),
    grid: &Grid,
    typed: &str,
) -> Done<Decision> {
    let decision = house.act(actor, Action::ChairJury, |act| {
        let why = reason(typed)?;
        let by = act.actor.account().ok_or(store::Error::Missing)?;
        let whole = held(act, id)?;
        whole.chair(act.actor)?;
        if whole.seen.state != JuryState::Closed {
            return Err(Refusal::NotClosed.into());
        }
        let one = whole.attempts.iter().find(|one| one.id == attempt).ok_or(store::Error::Missing)?.clone();
        if store::juries::is_tried_since(act.conn, one.candidacy, attempt)? {
            return Err(Refusal::TriedSince.into());
        }
        if store::certificates::is_certified(act.conn, attempt)? {
            return Err(Refusal::Certified.into());
        }
        let decision = found(act.conn, &one, grid)?;
        store::juries::keep_grid(act.conn, attempt, grid)?;
        let whole = super::whole(act.conn, &act.reach, id, act.today())?;
        let verdicts = verdicts(act.conn, &act.reach, &whole)?;
        let last = store::juries::minutes_of(act.conn, &act.reach, id)?.first().map_or(0, |last| last.number);
        let version = Version { number: last + 1, correction: Some(&why) };
        publish(act, &whole, &verdicts, version, by)?;
        let seen = store::candidacies::get(act.conn, &act.reach, one.candidacy)?;
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        let blocks = verdicts.iter().find(|verdict| verdict.attempt.id == attempt);
        let news = CandidacyNews::Corrected {
            decision,
            blocks: blocks.map(|verdict| verdict.outcomes.clone()).unwrap_or_default(),
            reason: why.clone(),
        };
        candidacies::tell_candidate(act, &seen, &entrance, news)?;
        tell_others(act, whole)?;
        Ok(decision)
    })?;
    seal(house);
    Ok(decision)
}

/// The members who were there beside the chair have minutes to sign.
fn tell_others(act: &mut Act<'_>, mut whole: Whole) -> Done<()> {
    whole.jurors.retain(|juror| juror.is_present && Some(juror.account) != act.actor.account());
    tell_members(act, &whole, &JuryNews::MinutesToSign)
}

/// What the jury decides of one candidate.
struct Verdict {
    attempt: Attempt,
    grid: Grid,
    decision: Decision,
    held: Vec<BlockCode>,
    outcomes: Vec<BlockOutcome>,
}

/// What each candidate's grid comes to; all of them must be there.
fn verdicts(conn: &mut Conn, reach: &Reach, whole: &Whole) -> Done<Vec<Verdict>> {
    let missing = whole.attempts.iter().filter(|attempt| attempt.appearance.is_none()).count();
    if missing > 0 {
        return Err(Refusal::NotAssessed(missing).into());
    }
    let mut findings = store::juries::results_of(conn, reach, whole.attempts.iter().map(|one| one.id))?;
    let mut held: HashMap<CandidacyId, Vec<(AttemptId, BlockCode)>> = HashMap::new();
    for (candidacy, by, block) in store::juries::held(conn, whole.attempts.iter().map(|one| one.candidacy))? {
        held.entry(candidacy).or_default().push((by, block));
    }
    let mut records = Records::default();
    let mut verdicts = Vec::with_capacity(whole.attempts.len());
    for attempt in &whole.attempts {
        let (blocks, is_partial) = records.of(conn, attempt.version)?;
        let known = held.remove(&attempt.candidacy).unwrap_or_default();
        let before = known.into_iter().filter(|(by, _)| *by < attempt.id);
        let held: Vec<BlockCode> = before.map(|(_, block)| block).collect();
        let Some(appearance) = attempt.appearance else { continue };
        let findings = findings.remove(&attempt.id).unwrap_or_default();
        let grid = Grid { appearance, findings, remarks: attempt.remarks.clone() };
        let decision = grid.decision(blocks, &held, *is_partial).map_err(Refusal::from)?;
        let titled = |finding: &Finding| {
            let block = blocks.iter().find(|block| block.code == finding.code)?;
            Some(BlockOutcome {
                code: finding.code.to_string(),
                title: block.title.to_string(),
                result: finding.result,
            })
        };
        let outcomes = grid.findings.iter().filter_map(titled).collect();
        verdicts.push(Verdict { attempt: attempt.clone(), grid, decision, held, outcomes });
    }
    Ok(verdicts)
}

/// Which version of the minutes is made, and why there is another one.
#[derive(Clone, Copy)]
struct Version<'a> {
    number: i32,
    correction: Option<&'a str>,
}

/// Writes the decisions, and the minutes that say them.
fn publish(
    act: &mut Act<'_>,
    whole: &Whole,
    verdicts: &[Verdict],
    version: Version<'_>,
    by: AccountId,
) -> Done<()> {
    let id = whole.seen.id;
    for verdict in verdicts.iter().filter(|verdict| verdict.attempt.decision != Some(verdict.decision)) {
        store::juries::decide(act.conn, verdict.attempt.id, verdict.decision, act.now)?;
        let reference = format!("attempt:{}", verdict.attempt.id);
        let line = Line {
            kind: journal::kinds::DECISION,
            reference: &reference,
            from: verdict.attempt.decision.map(Decision::as_str),
            to: Some(verdict.decision.as_str()),
            reason: version.correction,
            ..Line::default()
        };
        note(act, id, &[line])?;
    }
    let (certifier, _) = store::certifications::certifier(act.conn, whole.seen.certifier)?;
    let body = written(whole, certifier.as_str(), verdicts, version)
        .text()
        .map_err(|unreadable| Error::Fault(unreadable.to_string()))?;
    let minutes = store::juries::add_minutes(act.conn, id, (version.number, &body), by, act.now)?;
    let reference = format!("minutes:{}", version.number);
    let sealed = Line {
        kind: journal::kinds::MINUTES,
        reference: &reference,
        to: Some("sealed"),
        reason: version.correction,
        evidence: Some(&body),
        ..Line::default()
    };
    note(act, id, &[sealed])?;
    store::juries::sign_minutes(act.conn, minutes, by, act.now)?;
    let signed =
        Line { kind: "minutes_signed", reference: &reference, to: Some("signed"), ..Line::default() };
    note(act, id, &[signed])
}

fn written(whole: &Whole, certifier: &str, verdicts: &[Verdict], version: Version<'_>) -> Minutes {
    let (seen, about) = (&whole.seen, &whole.about);
    let at = |moment: Option<Instant>| moment.map(Instant::iso).unwrap_or_default();
    let member = |juror: &domain::juries::Juror| minutes::Member {
        name: juror.name.clone(),
        capacity: juror.capacity.to_string(),
        chair: juror.is_chair,
        outside: juror.is_outside(),
        present: juror.is_present,
        stated_at: juror.statement.as_ref().map(|statement| statement.made_at.iso()),
    };
    minutes::Minutes {
        version: version.number,
        correction: version.correction.map(str::to_owned),
        jury: seen.id.0,
        certification: minutes::Certification {
            code: about.code.to_string(),
            title: about.title.to_string(),
            level: about.level.and_then(|level| u8::try_from(level).ok()),
        },
        certifier: certifier.to_owned(),
        convened_for: seen.meeting.starts_at.local(seen.meeting.zone).format("%Y-%m-%d %H:%M").to_string(),
        zone: seen.meeting.zone.as_str().to_owned(),
        mode: seen.meeting.mode.to_string(),
        place: seen.meeting.place.clone(),
        opened_at: at(seen.opened_at),
        closed_at: at(seen.closed_at),
        rules: minutes::Rules {
            members: seen.rules.members,
            outside_percent: seen.rules.outside_percent,
            quorum: seen.rules.quorum,
            outside_chair: seen.rules.outside_chair,
        },
        members: whole.jurors.iter().map(member).collect(),
        candidates: verdicts.iter().map(candidate).collect(),
    }
}

fn candidate(verdict: &Verdict) -> minutes::Candidate {
    let block = |(finding, outcome): (&Finding, &BlockOutcome)| minutes::Found {
        code: outcome.code.clone(),
        title: outcome.title.clone(),
        points: finding.points.clone(),
        result: finding.result.to_string(),
        reason: finding.reason.clone(),
    };
    minutes::Candidate {
        attempt: verdict.attempt.id.0,
        name: verdict.attempt.name.full(),
        appearance: verdict.grid.appearance.to_string(),
        decision: verdict.decision.to_string(),
        held_before: verdict.held.iter().map(ToString::to_string).collect(),
        blocks: verdict.grid.findings.iter().zip(&verdict.outcomes).map(block).collect(),
        remarks: verdict.grid.remarks.clone(),
    }
}

/// Signs the newest minutes, as a member who was there.
pub fn sign(house: &House, actor: &Actor, id: JuryId) -> Done<()> {
    house.act(actor, Action::SignMinutes, |act| {
        let by = act.actor.account().ok_or(store::Error::Missing)?;
        let whole = held(act, id)?;
        whole.member(Some(by)).filter(|own| own.is_present).ok_or(Refusal::PresentOnly)?;
        let all = store::juries::minutes_of(act.conn, &act.reach, id)?;
        let newest = all.first().ok_or(Refusal::NotClosed)?;
        if newest.signed.iter().any(|(account, ..)| *account == by) {
            return Err(Refusal::SignedAlready.into());
        }
        store::juries::sign_minutes(act.conn, newest.id, by, act.now)?;
        let reference = format!("minutes:{}", newest.number);
        let line =
            Line { kind: "minutes_signed", reference: &reference, to: Some("signed"), ..Line::default() };
        note(act, id, &[line])
    })
}
