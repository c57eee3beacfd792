//! Who is given the seats of a session, who waits for one and why.

use super::{EnrolmentStep, Refusal, Seats};
use crate::calendar::Instant;
use crate::ids::{EnrolmentId, GroupId, OrganisationId};
use crate::sessions::{Promotion, Session};
use std::collections::HashSet;

#[cfg(test)]
mod tests;

/// Who claims a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claimant {
    Waiting(EnrolmentId),
    /// Comes now: the employer has just agreed.
    Approved(EnrolmentId),
    /// Comes now, and has no row yet; the number is theirs among those who come together.
    New(usize),
}

/// Someone who claims a seat now or waits for one. `group` is set for groups *all or none* only: the members of the others
/// stand for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    pub claimant: Claimant,
    pub employer: Option<OrganisationId>,
    pub group: Option<GroupId>,
    pub ranked_at: Instant,
}

/// Those who wait for a seat of a session and those who come for one now, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub claims: Vec<Claim>,
    /// Nobody is called out of a closed queue, and nobody is taken into it.
    pub is_open: bool,
}

/// What became of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Those who waited and whom a seat reaches.
    pub promoted: Vec<EnrolmentId>,
    /// Those who came and have a seat at once.
    pub seated: Vec<Claimant>,
    /// Everybody who waits from now on, from the head of the queue.
    pub waiting: Vec<(Claimant, Rank)>,
    pub seats: Seats,
}

/// Why somebody waits, and how far they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// 1 for the next to be served.
    pub place: u32,
    /// People waiting in all.
    pub waiting: u32,
    pub capacity: u32,
    pub held: u32,
    pub reserved: u32,
    pub free: u32,
    /// Seats that a group *all or none* needs together.
    pub group_needs: Option<u32>,
}

/// Serves a queue from its head: whose need fits has a seat from now on, and the others wait.
///
/// A group *all or none* that does not fit keeps its rank and is passed over. One pass is enough: serving only ever takes
/// seats away from those who were passed over. Who would have to wait in a closed queue is refused, with all who came.
pub fn serve(mut seats: Seats, queue: &Queue) -> Result<Served, Refusal> {
    let claims = in_order(queue.claims.iter().filter(|claim| queue.is_open || claim.claimant.comes_now()));
    let mut has_seat = HashSet::new();
    for party in parties(&claims) {
        if seats.seat(&party) {
            has_seat.extend(party.iter().map(|claim| claim.claimant));
        }
    }
    let (seated, waiting): (Vec<_>, Vec<_>) =
        claims.into_iter().partition(|claim| has_seat.contains(&claim.claimant));
    if !(queue.is_open || waiting.is_empty()) {
        return Err(Refusal::Full);
    }
    Ok(Served::new(seats, &seated, &waiting))
}

impl Served {
    fn new(seats: Seats, seated: &[Claim], waiting: &[Claim]) -> Self {
        let ranked = |(place, claim): (usize, &Claim)| (claim.claimant, rank_at(&seats, waiting, place));
        let waiting = waiting.iter().enumerate().map(ranked).collect();
        let mut served = Self { promoted: Vec::new(), seated: Vec::new(), waiting, seats };
        for claim in seated {
            match claim.claimant {
                Claimant::Waiting(id) => served.promoted.push(id),
                Claimant::Approved(_) | Claimant::New(_) => served.seated.push(claim.claimant),
            }
        }
        served
    }

    /// How far somebody is who waits; none for who has a seat.
    pub fn rank_of(&self, claimant: Claimant) -> Option<Rank> {
        self.waiting.iter().find(|(waits, _)| *waits == claimant).map(|(_, rank)| *rank)
    }
}

/// The place of one person in a queue, explained; none when they do not wait in it.
pub fn rank(seats: &Seats, queue: &[Claim], id: EnrolmentId) -> Option<Rank> {
    let waiting = in_order(queue);
    let place = waiting.iter().position(|claim| claim.claimant == Claimant::Waiting(id))?;
    Some(rank_at(seats, &waiting, place))
}

fn rank_at(seats: &Seats, waiting: &[Claim], place: usize) -> Rank {
    let group = waiting.get(place).and_then(|claim| claim.group);
    let members = |group| waiting.iter().filter(|claim| claim.group == Some(group)).count();
    Rank {
        place: count(place + 1),
        waiting: count(waiting.len()),
        capacity: seats.capacity,
        held: seats.held,
        reserved: seats.reserved(),
        free: seats.free(),
        group_needs: group.map(|group| count(members(group))),
    }
}

fn count(people: usize) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}

/// The order of arrival.
fn in_order<'a>(claims: impl IntoIterator<Item = &'a Claim>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = claims.into_iter().copied().collect();
    claims.sort_by_key(|claim| (claim.ranked_at, claim.claimant.turn()));
    claims
}

/// Those who have a seat together or not at all, each party where the first of it stands.
fn parties(claims: &[Claim]) -> Vec<Vec<Claim>> {
    let mut parties: Vec<Vec<Claim>> = Vec::new();
    for claim in claims {
        let theirs = |party: &&mut Vec<Claim>| party.first().is_some_and(|first| first.group == claim.group);
        match claim.group.and_then(|_| parties.iter_mut().find(theirs)) {
            Some(party) => party.push(*claim),
            None => parties.push(vec![*claim]),
        }
    }
    parties
}

impl Claimant {
    const fn comes_now(self) -> bool {
        match self {
            Self::Waiting(_) => false,
            Self::Approved(_) | Self::New(_) => true,
        }
    }

    /// Who goes first of those who came at the same instant: the older row, and last who has none yet.
    const fn turn(self) -> (bool, i64, usize) {
        match self {
            Self::Waiting(id) | Self::Approved(id) => (false, id.0, 0),
            Self::New(number) => (true, 0, number),
        }
    }
}

/// What happens to a waiting person whom a seat reaches: confirmed, or offered until an hour that
/// never lies beyond the closing of the queue.
pub fn promotion(session: &Session, now: Instant) -> (EnrolmentStep, Option<Instant>) {
    match session.plan.promotion {
        Promotion::Confirm => (EnrolmentStep::Confirm, None),
        Promotion::Offer { hours } => {
            let until = now.plus_hours(i64::from(hours)).min(session.queue_closes_at());
            (EnrolmentStep::Offer, Some(until))
        }
    }
}
