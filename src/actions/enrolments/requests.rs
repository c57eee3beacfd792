//! Asking for places, through every door: the employer, the trainee, the staff.

use super::allocation::{Arrival, Given, Newcomer, add_row, allocate, seat_above};
use super::changes::on_place;
use super::telling::Telling;
use super::{Act, Done, step};
use crate::House;
use domain::access::{Action, Actor};
use domain::enrolments::{
    AskedBy, EnrolmentState, EnrolmentStep, GroupPolicy, MOST_AT_ONCE, Refusal, Same, may_ask,
};
use domain::ids::{EnrolmentId, OrganisationId, PersonId, SessionId};
use domain::organisations::Siret;
use domain::people::{EmailAddress, PersonName};
use std::collections::HashSet;
use store::{self, Conn};

/// What an employer asks for.
#[derive(Debug, Clone)]
pub struct Request {
    pub session: SessionId,
    pub people: Vec<PersonId>,
    pub policy: GroupPolicy,
}

/// What became of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub confirmed: usize,
    pub waiting: usize,
    /// Waits for the employer's word.
    pub requested: usize,
    /// Those who were in the session before, and of whom nothing was changed.
    pub already: usize,
}

impl From<Given> for Asked {
    fn from(given: Given) -> Self {
        Self { confirmed: given.confirmed.len(), waiting: given.waiting.len(), ..Self::default() }
    }
}

/// Asks for places for one's employees, all in one transaction. Who is in the session already is
/// left as they are.
pub fn request(house: &House, actor: &Actor, wanted: &Request) -> Done<Asked> {
    house.act_holding(actor, Action::RequestEnrolment, &[wanted.session], |act| {
        let company = act.actor.organisation().ok_or(Refusal::NotEmployed)?;
        let people = distinct(&wanted.people);
        if people.is_empty() {
            return Err(Refusal::Nobody.into());
        }
        if people.len() > MOST_AT_ONCE {
            return Err(Refusal::TooMany { most: MOST_AT_ONCE }.into());
        }
        let session = store::sessions::open(act.conn, wanted.session)?;
        may_ask(&session, AskedBy::Others, act.now)?;
        let day = session.starts_at.day(session.plan.zone);
        if store::enrolments::employed(act.conn, company, &people, day)?.len() < people.len() {
            return Err(Refusal::NotEmployed.into());
        }
        let live: HashSet<_> =
            store::enrolments::live_in(act.conn, session.id, &people)?.into_iter().collect();
        let fresh: Vec<_> = people.iter().copied().filter(|p| !live.contains(p)).collect();
        if fresh.is_empty() {
            return Err(Refusal::Twice.into());
        }
        let whole_group = wanted.policy == GroupPolicy::AllOrNone && fresh.len() > 1;
        if whole_group && fresh.len() > session.plan.capacity as usize {
            return Err(Refusal::GroupTooLarge { capacity: session.plan.capacity }.into());
        }
        let group = match fresh.len() {
            1 => None,
            _ => Some(store::enrolments::add_group(
                act.conn,
                session.id,
                Some(company),
                wanted.policy,
                act.now,
            )?),
        };
        let newcomers = fresh
            .iter()
            .map(|person| Newcomer {
                person: *person,
                employer: Some(company),
                group,
                whole_group,
                asked_by: act.actor.account(),
            })
            .collect();
        let seats = store::enrolments::seats(act.conn, session.id)?;
        let given = allocate(act, &session, &seats, seats.clone(), &Arrival::New(newcomers))?;
        if let Some(account) = act.actor.account() {
            let telling = Telling::new(act, &session)?;
            let seated = given.confirmed.iter().map(|id| (*id, None));
            let waiting = given.waiting.iter().map(|(id, rank)| (*id, Some(*rank)));
            let results: Vec<_> = seated.chain(waiting).collect();
            telling.summary(act, account, Some(company), &results)?;
        }
        Ok(Asked { already: live.len(), ..given.into() })
    })
}

fn distinct(people: &[PersonId]) -> Vec<PersonId> {
    let mut seen = HashSet::new();
    people.iter().copied().filter(|p| seen.insert(*p)).collect()
}

/// Asks for a place for oneself; the employer is asked first, where it wants to be.
pub fn request_for_oneself(house: &House, actor: &Actor, session: SessionId) -> Done<Asked> {
    house.act_holding(actor, Action::RequestEnrolment, &[session], |act| {
        let person = act.actor.person().ok_or(Refusal::NotEmployed)?;
        let session = store::sessions::open(act.conn, session)?;
        may_ask(&session, AskedBy::Others, act.now)?;
        if !store::enrolments::live_in(act.conn, session.id, &[person])?.is_empty() {
            return Err(Refusal::Twice.into());
        }
        let today = act.now.day(session.plan.zone);
        let employer = store::enrolments::employer_of(act.conn, person, today)?;
        let one = Newcomer {
            person,
            employer: employer.map(|(company, _)| company),
            group: None,
            whole_group: false,
            asked_by: act.actor.account(),
        };
        if employer.is_some_and(|(_, approves)| approves) {
            let id = add_row(act, &session, &one, EnrolmentState::Requested, None)?;
            let telling = Telling::new(act, &session)?;
            telling.approval_wanted(act, id, session.plan.enrol_by.min(session.queue_closes_at()))?;
            if let Some(account) = act.actor.account() {
                telling.summary(act, account, None, &[(id, None)])?;
            }
            return Ok(Asked { requested: 1, ..Asked::default() });
        }
        let seats = store::enrolments::seats(act.conn, session.id)?;
        let arrival = Arrival::New(vec![one]);
        Ok(allocate(act, &session, &seats, seats.clone(), &arrival)?.into())
    })
}

/// The employer's word: the request is complete from now on, and takes its place in the queue.
pub fn approve(house: &House, actor: &Actor, id: EnrolmentId) -> Done<Asked> {
    on_place(house, actor, Action::ApproveEnrolment, id, |act, seen, session| {
        // Only what waits for a word can be approved: a second click must not take a second seat.
        if seen.state != EnrolmentState::Requested {
            return Err(domain::enrolments::Illegal { from: seen.state, step: EnrolmentStep::Wait }.into());
        }
        may_ask(&session, AskedBy::Others, act.now)?;
        let seats = store::enrolments::seats(act.conn, session.id)?;
        let arrival = Arrival::Approved(seen);
        Ok(allocate(act, &session, &seats, seats.clone(), &arrival)?.into())
    })
}

/// The employer says no; the person learns it, with the reason.
pub fn refuse(house: &House, actor: &Actor, id: EnrolmentId, reason: &str) -> Done<()> {
    on_place(house, actor, Action::ApproveEnrolment, id, |act, seen, session| {
        let reason = super::changes::reason_given(reason)?;
        let state = step(act, &seen, EnrolmentStep::Refuse, None, Some(reason))?;
        let mut telling = Telling::new(act, &session)?;
        telling.no_place(seen.id, state, Some(reason));
        telling.send(act)
    })
}

/// Somebody whom the staff of a training body add by hand.
#[derive(Debug, Clone)]
pub struct ByHand {
    pub name: PersonName,
    pub email: Option<EmailAddress>,
    /// The employer, for who has one.
    pub company: Option<Siret>,
    /// Why a seat above the capacity is granted, should none be free.
    pub exceed: Option<String>,
    /// Whose namesake they are, or who has the same address, as somebody looked at it and said.
    pub not: Vec<EnrolmentId>,
}

/// Adds somebody by hand, also after the deadline, through the same allocator.
pub fn add(house: &House, actor: &Actor, session: SessionId, who: &ByHand) -> Done<Asked> {
    house.act_holding(actor, Action::AddEnrolment, &[session], |act| {
        let session = store::sessions::get(act.conn, &act.reach, session)?;
        may_ask(&session, AskedBy::Staff, act.now)?;
        let company = match &who.company {
            None => None,
            Some(siret) => Some(store::enrolments::company_with(act.conn, siret.as_str())?),
        };
        look_twice(act.conn, session.id, who)?;
        let person = person_by_hand(act, session.id, who, company)?;
        let one = Newcomer {
            person,
            employer: company,
            group: None,
            whole_group: false,
            asked_by: act.actor.account(),
        };
        let seats = store::enrolments::seats(act.conn, session.id)?;
        if let Some(reason) = who.exceed.as_deref().filter(|_| !seats.has_room_for(company)) {
            act.actor.may(Action::ExceedCapacity)?;
            seat_above(act, &session, &seats, &one, reason)?;
            return Ok(Asked { confirmed: 1, ..Asked::default() });
        }
        let arrival = Arrival::New(vec![one]);
        Ok(allocate(act, &session, &seats, seats.clone(), &arrival)?.into())
    })
}

/// Nobody gets a second place: who has the name or the address of somebody in the session may be them.
fn look_twice(conn: &mut Conn, session: SessionId, who: &ByHand) -> Done<()> {
    let email = who.email.as_ref().map(EmailAddress::as_str);
    for (id, state, name, address) in
        store::enrolments::alike_in(conn, session, &who.name.search_key(), email)?
    {
        match Same::of(name, address) {
            Some(same) if !(same.may_differ() && who.not.contains(&id)) => {
                return Err(Refusal::Alike { id, state, same }.into());
            }
            _ => {}
        }
    }
    Ok(())
}

fn person_by_hand(
    act: &mut Act<'_>,
    session: SessionId,
    who: &ByHand,
    company: Option<OrganisationId>,
) -> Done<PersonId> {
    let key = who.name.search_key();
    let email = who.email.as_ref().map(EmailAddress::as_str);
    let known = match company {
        Some(company) => store::enrolments::known_person(act.conn, company, &key, email, act.today())?,
        None => store::enrolments::without_employer(act.conn, session, &key, email)?,
    };
    if let Some(known) = known {
        let is_in = !store::enrolments::live_in(act.conn, session, &[known])?.is_empty();
        match who.not.as_slice() {
            [] if is_in => return Err(Refusal::Twice.into()),
            // Somebody looked: a namesake, and not this one.
            [_, ..] if is_in => {}
            _ => return Ok(known),
        }
    }
    let (given, family) = (who.name.given.as_str(), who.name.family.as_str());
    Ok(store::enrolments::add_person(act.conn, given, family, &key, email, act.now)?)
}
