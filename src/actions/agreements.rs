//! Asking an organisation whether it takes part in a programme, and what it answers.

use super::{Act, Done, House};
use addresses::Page;
use domain::access::{Action, Actor, Subject};
use domain::agreements::{AgreementState, AgreementStep, check_again};
use domain::calendar::Instant;
use domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use domain::letters::{AgreementNews, Message, Partnership};
use domain::organisations::Refusal;
use store::agreements::{Agreement, Side};
use store::journal::Line;

/// Letters that one may get in a day about one request, however often it is taken back and asked again.
const LETTERS_A_DAY: i32 = 2;

/// Brings an organisation that is known into a programme. One that has people of its own is asked first, once, and
/// answers when it likes: the agreement is answered then. One that has nobody takes part at once.
pub(super) fn bring_in(
    act: &mut Act<'_>,
    programme: ProgrammeId,
    organisation: OrganisationId,
) -> Done<Option<AgreementId>> {
    act.hold(|conn| store::organisations::hold(conn, organisation))?;
    if store::organisations::takes_part(act.conn, programme, organisation)? {
        return Err(Refusal::TakesPart.into());
    }
    let known = store::agreements::between(act.conn, programme, organisation)?;
    let waits = known.filter(|(_, state, _)| *state == AgreementState::Asked).map(|(id, ..)| id);
    if !store::members::has_keepers(act.conn, organisation, act.today())? {
        if let Some(id) = waits {
            step(act, organisation, (id, AgreementState::Asked), AgreementStep::Withdraw)?;
        }
        join(act, programme, organisation)?;
        return Ok(None);
    }
    if waits.is_some() {
        return Ok(waits);
    }
    let id = ask(act, programme, organisation, known)?;
    let reach = act.actor.may(Action::ReadAgreements)?;
    let partnership = told(act.house, &store::agreements::get(act.conn, &reach, Side::Asking, id)?);
    let message = Message::Agreement { partnership, news: AgreementNews::AgreementWanted };
    for (account, to) in store::members::keepers_of(act.conn, organisation, act.today())? {
        // Taken back and asked again is told again, and not without end.
        let occasion = |time| format!("agreement:{id}:{}:{account}:{time}", act.today().iso());
        let occasions: Vec<String> = (1..=LETTERS_A_DAY).map(occasion).collect();
        let told = store::outbox::told(act.conn, &occasions)?;
        if let Some(occasion) = occasions.into_iter().find(|one| !told.contains(one)) {
            act.post_once(&to, &message, Some(occasion))?;
        }
    }
    Ok(Some(id))
}

/// Asks for the first time, or again after what was answered or taken back.
fn ask(
    act: &mut Act<'_>,
    programme: ProgrammeId,
    organisation: OrganisationId,
    known: Option<(AgreementId, AgreementState, Option<Instant>)>,
) -> Done<AgreementId> {
    let Some((id, ended, at)) = known else {
        let id = store::agreements::add(act.conn, programme, organisation, act.now)?;
        note(act, organisation, id, (None, AgreementState::Asked))?;
        return Ok(id);
    };
    check_again(ended, at.unwrap_or(act.now), act.now)?;
    step(act, organisation, (id, ended), AgreementStep::Ask)?;
    Ok(id)
}

/// Makes an organisation whose row is held take part in a programme.
fn join(act: &mut Act<'_>, programme: ProgrammeId, organisation: OrganisationId) -> Done<()> {
    store::organisations::join(act.conn, programme, organisation)?;
    let (reference, programme) = (format!("organisation:{organisation}"), programme.to_string());
    let line =
        Line { kind: "organisation_joined", reference: &reference, to: Some(&programme), ..Line::default() };
    act.note(Subject::Organisation(organisation), &[line])
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
    house.act(actor, Action::AnswerAgreement, |act| {
        let seen = store::agreements::get(act.conn, &act.reach, Side::Asked, id)?;
        act.hold(|conn| store::organisations::hold(conn, seen.organisation))?;
        let next = step(act, seen.organisation, (id, seen.state), given)?;
        // It may have come in meanwhile, while it had nobody to answer.
        if store::organisations::takes_part(act.conn, seen.programme, seen.organisation)? {
            return Err(Refusal::TakesPart.into());
        }
        let partnership = told(act.house, &seen);
        let news = if next == AgreementState::Given {
            join(act, seen.programme, seen.organisation)?;
            AgreementNews::AgreementGiven
        } else {
            AgreementNews::AgreementDeclined
        };
        tell(act, seen.operator, &Message::Agreement { partnership, news })?;
        Ok(seen)
    })
}

/// Takes back what was asked for a programme of one's own.
pub fn withdraw(house: &House, actor: &Actor, id: AgreementId) -> Done<Agreement> {
    house.act(actor, Action::WithdrawAgreement, |act| {
        let seen = store::agreements::get(act.conn, &act.reach, Side::Asking, id)?;
        act.hold(|conn| store::organisations::hold(conn, seen.organisation))?;
        step(act, seen.organisation, (id, seen.state), AgreementStep::Withdraw)?;
        Ok(seen)
    })
}

/// Moves an agreement as it was seen, and writes it down; the caller holds the organisation's row.
fn step(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    (id, seen): (AgreementId, AgreementState),
    step: AgreementStep,
) -> Done<AgreementState> {
    let next = seen.step(step)?;
    store::agreements::shift(act.conn, (id, seen), next, act.now)?;
    note(act, organisation, id, (Some(seen), next))?;
    Ok(next)
}

fn note(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    id: AgreementId,
    (from, to): (Option<AgreementState>, AgreementState),
) -> Done<()> {
    let reference = format!("agreement:{id}");
    let line = Line {
        kind: "agreement",
        reference: &reference,
        from: from.map(AgreementState::as_str),
        to: Some(to.as_str()),
        ..Line::default()
    };
    act.note(Subject::Organisation(organisation), &[line])
}

fn told(house: &House, of: &Agreement) -> Partnership {
    Partnership {
        organisation: of.organisation_name.clone(),
        operator: of.operator_name.clone(),
        programme: of.programme_name.clone(),
        link: house.sender.link(&Page::Agreement(of.id)),
    }
}

/// Writes to everyone who keeps an organisation.
fn tell(act: &mut Act<'_>, organisation: OrganisationId, message: &Message) -> Done<()> {
    for (_, to) in store::members::keepers_of(act.conn, organisation, act.today())? {
        act.post(&to, message)?;
    }
    Ok(())
}
