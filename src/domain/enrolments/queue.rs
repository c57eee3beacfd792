//! Who is given the seats of a session, who waits for one and why.

use super::{EnrolmentStep, Seats};
use crate::calendar::Instant;
use crate::ids::{EnrolmentId, GroupId, OrganisationId};
use crate::sessions::{Promotion, Session};
use std::collections::HashSet;

/// Someone who asks for a seat now or waits for one. `group` is set for groups *all or none* only:
/// the members of the others stand for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub id: EnrolmentId,
    pub employer: Option<OrganisationId>,
    pub group: Option<GroupId>,
    pub ranked_at: Instant,
}

impl Seats {
    /// Serves a queue from its head and answers who has a seat from now on, in order.
    ///
    /// A group *all or none* that does not fit keeps its rank and is passed over. One pass is
    /// enough: serving only ever takes seats away from those who were passed over.
    pub fn serve(&mut self, queue: &[Candidate]) -> Vec<EnrolmentId> {
        let mut queue = queue.to_vec();
        queue.sort_by_key(|c| (c.ranked_at, c.id));
        let mut seated = Vec::new();
        let mut seen = HashSet::new();
        for one in &queue {
            let party: Vec<Candidate> = match one.group {
                Some(group) if !seen.insert(group) => continue,
                Some(group) => queue.iter().filter(|c| c.group == Some(group)).copied().collect(),
                None => vec![*one],
            };
            let need = u32::try_from(party.len()).unwrap_or(u32::MAX);
            if need <= self.open_to(one) {
                for member in &party {
                    self.take(member);
                    seated.push(member.id);
                }
            }
        }
        seated
    }
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

/// The place of one person in a queue, explained; none when they do not wait in it.
pub fn rank(seats: &Seats, queue: &[Candidate], id: EnrolmentId) -> Option<Rank> {
    let mut queue = queue.to_vec();
    queue.sort_by_key(|c| (c.ranked_at, c.id));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let place = queue.iter().position(|c| c.id == id)?;
    let group = queue.get(place).and_then(|c| c.group);
    Some(Rank {
        place: count(place + 1),
        waiting: count(queue.len()),
        capacity: seats.capacity,
        held: seats.held,
        reserved: seats.reserved(),
        free: seats.free(),
        group_needs: group.map(|g| count(queue.iter().filter(|c| c.group == Some(g)).count())),
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enrolments::Beneficiary;
    use crate::ids::ReservationId;
    use chrono::DateTime;
    use proptest::prelude::*;

    fn at(second: i64) -> Instant {
        Instant::from_utc(DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap())
    }

    fn person(id: i64) -> Candidate {
        Candidate { id: EnrolmentId(id), employer: None, group: None, ranked_at: at(id) }
    }

    fn member(id: i64, group: i64) -> Candidate {
        Candidate { group: Some(GroupId(group)), ranked_at: at(group), ..person(id) }
    }

    fn room(capacity: u32, held: u32) -> Seats {
        Seats { capacity, over: 0, held, reservations: vec![] }
    }

    #[test]
    fn the_head_of_the_queue_is_served_first() {
        let mut seats = room(3, 1);
        assert_eq!(seats.serve(&[person(9), person(4), person(7)]), [EnrolmentId(4), EnrolmentId(7)]);
        assert_eq!(seats.free(), 0);
    }

    #[test]
    fn a_group_that_does_not_fit_keeps_its_rank_and_the_next_is_served() {
        let mut seats = room(2, 0);
        let queue = [member(1, 1), member(2, 1), member(3, 1), person(10)];
        assert_eq!(seats.serve(&queue), [EnrolmentId(10)]);
        let rank = rank(&seats, &queue[..3], EnrolmentId(1)).unwrap();
        assert_eq!((rank.place, rank.group_needs, rank.free), (1, Some(3), 1));
    }

    #[test]
    fn seats_set_aside_look_taken_to_others_and_serve_their_own() {
        let mut seats = room(2, 0);
        let acme = OrganisationId(5);
        seats.reserve(ReservationId(1), Beneficiary::Company(acme), 2).unwrap();
        assert_eq!(seats.serve(&[person(1)]), []);
        let own = Candidate { employer: Some(acme), ..person(2) };
        assert_eq!(seats.serve(&[person(1), own]), [EnrolmentId(2)]);
        assert_eq!((seats.held, seats.reserved(), seats.free()), (1, 1, 0));
    }

    proptest! {
        /// Whatever the queue, nobody whose need fits is left waiting, nobody is seated twice,
        /// groups are seated whole or not at all, and no chair is invented.
        #[test]
        fn nobody_who_fits_is_left_waiting(
            capacity in 1u32..20,
            held in 0u32..20,
            parties in prop::collection::vec((1usize..5, any::<bool>()), 0..12),
        ) {
            let mut seats = room(capacity, held.min(capacity));
            let mut queue = Vec::new();
            for (number, (size, whole)) in parties.iter().enumerate() {
                for _ in 0..*size {
                    let id = i64::try_from(queue.len()).unwrap();
                    let group = i64::try_from(number).unwrap();
                    queue.push(if *whole { member(id, group) } else { Candidate { ranked_at: at(group), ..person(id) } });
                }
            }
            let before = seats.clone();
            let seated: HashSet<_> = seats.serve(&queue).into_iter().collect();
            prop_assert_eq!(seats.held, before.held + u32::try_from(seated.len()).unwrap());
            prop_assert!(seats.held <= seats.capacity);
            for one in queue.iter().filter(|c| !seated.contains(&c.id)) {
                let party = queue.iter().filter(|c| one.group.is_some() && c.group == one.group);
                let need = u32::try_from(party.count().max(1)).unwrap();
                prop_assert!(need > seats.free(), "{:?} fits and waits", one);
            }
            for one in &queue {
                let party = queue.iter().filter(|c| one.group.is_some() && c.group == one.group);
                let (inside, outside): (Vec<&Candidate>, Vec<&Candidate>) = party.partition(|c| seated.contains(&c.id));
                prop_assert!(inside.is_empty() || outside.is_empty());
            }
        }
    }
}
