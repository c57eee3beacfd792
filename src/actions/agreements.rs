//! Asking an organisation whether it takes part in a programme, and what it answers.

use super::{Done, House, letters};
use domain::access::{Action, Actor, Subject};
use domain::agreements::{AgreementState, AgreementStep, check_again};
use domain::calendar::{Instant, Zone};
use domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use domain::letters::{AgreementNews, Message, Partnership};
use domain::organisations::Refusal;
use store::agreements::{Agreement, Side};
use store::journal::Line;
use store::{self, Conn};

/// Brings an organisation that is known into a programme. One that has people of its own is asked first, once, and
/// answers when it likes: the agreement is answered then. One that has nobody takes part at once.
pub(super) fn bring_in(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    programme: ProgrammeId,
    organisation: OrganisationId,
    now: Instant,
) -> Done<Option<AgreementId>> {
    store::organisations::hold(conn, organisation)?;
    if store::organisations::takes_part(conn, programme, organisation)? {
        return Err(Refusal::TakesPart.into());
    }
    let known = store::agreements::between(conn, programme, organisation)?;
    let waits = known.filter(|(_, state, _)| *state == AgreementState::Asked).map(|(id, ..)| id);
    if store::members::keepers_of(conn, organisation, now.day(Zone::PARIS))?.is_empty() {
        if let Some(id) = waits {
            step(conn, actor, organisation, (id, AgreementState::Asked), AgreementStep::Withdraw, now)?;
        }
        join(conn, actor, programme, organisation, now)?;
        return Ok(None);
    }
    if waits.is_some() {
        return Ok(waits);
    }
    let id = ask(conn, actor, programme, organisation, known, now)?;
    let reach = actor.may(Action::ReadAgreements)?;
    let partnership = told(house, &store::agreements::get(conn, &reach, Side::Asking, id)?);
    tell(
        conn,
        house,
        actor,
        organisation,
        &Message::Agreement { partnership, news: AgreementNews::AgreementWanted },
        now,
    )?;
    Ok(Some(id))
}

/// Asks for the first time, or again after what was answered or taken back.
fn ask(
    conn: &mut Conn,
    actor: &Actor,
    programme: ProgrammeId,
    organisation: OrganisationId,
    known: Option<(AgreementId, AgreementState, Option<Instant>)>,
    now: Instant,
) -> Done<AgreementId> {
    let Some((id, ended, at)) = known else {
        let id = store::agreements::add(conn, programme, organisation, now)?;
        note(conn, actor, organisation, id, (None, AgreementState::Asked), now)?;
        return Ok(id);
    };
    check_again(ended, at.unwrap_or(now), now)?;
    step(conn, actor, organisation, (id, ended), AgreementStep::Ask, now)?;
    Ok(id)
}

/// Makes an organisation whose row is held take part in a programme.
fn join(
    conn: &mut Conn,
    actor: &Actor,
    programme: ProgrammeId,
    organisation: OrganisationId,
    now: Instant,
) -> Done<()> {
    store::organisations::join(conn, programme, organisation)?;
    let (reference, programme) = (format!("organisation:{organisation}"), programme.to_string());
    let line =
        Line { kind: "organisation_joined", reference: &reference, to: Some(&programme), ..Line::default() };
    Ok(store::journal::write(conn, actor, Subject::Organisation(organisation), now, &[line])?)
}

/// Says yes for one's own organisation: it takes part from now on, and the operator is told.
pub fn agree(house: &House, actor: &Actor, id: AgreementId) -> Done<Agreement> {
    answer(house, actor, id, AgreementStep::Agree)
}

/// Says no for one's own organisation; the operator is told.
pub fn decline(house: &House, actor: &Actor, id: AgreementId) -> Done<Agreement> {
    answer(house, actor, id, AgreementStep::Decline)
}

fn answer(house: &House, actor: &Actor, id: AgreementId, given: AgreementStep) -> Done<Agreement> {
    let reach = actor.may(Action::AnswerAgreement)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let seen = store::agreements::get(conn, &reach, Side::Asked, id)?;
        store::organisations::hold(conn, seen.organisation)?;
        let next = step(conn, actor, seen.organisation, (id, seen.state), given, now)?;
        // It may have come in meanwhile, while it had nobody to answer.
        if store::organisations::takes_part(conn, seen.programme, seen.organisation)? {
            return Err(Refusal::TakesPart.into());
        }
        let partnership = told(house, &seen);
        let news = if next == AgreementState::Given {
            join(conn, actor, seen.programme, seen.organisation, now)?;
            AgreementNews::AgreementGiven
        } else {
            AgreementNews::AgreementDeclined
        };
        tell(conn, house, actor, seen.operator, &Message::Agreement { partnership, news }, now)?;
        Ok(seen)
    })
}

/// Takes back what was asked for a programme of one's own.
pub fn withdraw(house: &House, actor: &Actor, id: AgreementId) -> Done<Agreement> {
    let reach = actor.may(Action::WithdrawAgreement)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let seen = store::agreements::get(conn, &reach, Side::Asking, id)?;
        store::organisations::hold(conn, seen.organisation)?;
        step(conn, actor, seen.organisation, (id, seen.state), AgreementStep::Withdraw, now)?;
        Ok(seen)
    })
}

/// Moves an agreement as it was seen, and writes it down; the caller holds the organisation's row.
fn step(
    conn: &mut Conn,
    actor: &Actor,
    organisation: OrganisationId,
    (id, seen): (AgreementId, AgreementState),
    step: AgreementStep,
    now: Instant,
) -> Done<AgreementState> {
    let next = seen.step(step)?;
    store::agreements::shift(conn, (id, seen), next, now)?;
    note(conn, actor, organisation, id, (Some(seen), next), now)?;
    Ok(next)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    organisation: OrganisationId,
    id: AgreementId,
    (from, to): (Option<AgreementState>, AgreementState),
    now: Instant,
) -> Done<()> {
    let reference = format!("agreement:{id}");
    let line = Line {
        kind: "agreement",
        reference: &reference,
        from: from.map(AgreementState::as_str),
        to: Some(to.as_str()),
        ..Line::default()
    };
    Ok(store::journal::write(conn, actor, Subject::Organisation(organisation), now, &[line])?)
}

fn told(house: &House, of: &Agreement) -> Partnership {
    Partnership {
        organisation: of.organisation_name.clone(),
        operator: of.operator_name.clone(),
        programme: of.programme_name.clone(),
        link: format!("{}/accords/{}", house.sender.public_url, of.id),
    }
}

/// Writes to everyone who keeps an organisation.
fn tell(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    organisation: OrganisationId,
    message: &Message,
    now: Instant,
) -> Done<()> {
    for (_, to) in store::members::keepers_of(conn, organisation, now.day(Zone::PARIS))? {
        letters::post(conn, house, actor, &to, message, None, now)?;
    }
    Ok(())
}
