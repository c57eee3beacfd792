use super::*;
use crate::enrolments::{Beneficiary, Reservation};
use crate::ids::ReservationId;
use chrono::DateTime;
use proptest::prelude::*;
use std::collections::HashMap;

fn at(second: i64) -> Instant {
    Instant::from_utc(DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap())
}

/// Who waits alone, since the second of their number.
fn person(id: i64) -> Claim {
    Claim { claimant: Claimant::Waiting(EnrolmentId(id)), employer: None, group: None, ranked_at: at(id) }
}

fn member(id: i64, group: i64) -> Claim {
    Claim { group: Some(GroupId(group)), ranked_at: at(group), ..person(id) }
}

fn newcomer(number: usize) -> Claim {
    Claim { claimant: Claimant::New(number), ranked_at: at(1000), ..person(0) }
}

fn room(capacity: u32, held: u32) -> Seats {
    Seats { capacity, over: 0, held, reservations: vec![] }
}

fn serve_open(seats: Seats, claims: &[Claim]) -> Served {
    serve(seats, &Queue { claims: claims.to_vec(), is_open: true }).unwrap()
}

#[test]
fn the_head_of_the_queue_is_served_first() {
    let served = serve_open(room(3, 1), &[person(9), person(4), person(7)]);
    assert_eq!(served.promoted, [EnrolmentId(4), EnrolmentId(7)]);
    assert_eq!(served.seats.free(), 0);
}

#[test]
fn a_group_that_does_not_fit_keeps_its_rank_and_the_next_is_served() {
    let queue = [member(1, 1), member(2, 1), member(3, 1), person(10)];
    let served = serve_open(room(2, 0), &queue);
    assert_eq!(served.promoted, [EnrolmentId(10)]);
    let first = served.rank_of(Claimant::Waiting(EnrolmentId(1))).unwrap();
    assert_eq!((first.place, first.group_needs, first.free), (1, Some(3), 1));
    assert_eq!(rank(&served.seats, &queue[..3], EnrolmentId(1)), Some(first));
}

#[test]
fn seats_set_aside_look_taken_to_others_and_serve_their_own() {
    let mut seats = room(2, 0);
    let acme = OrganisationId(5);
    seats.reserve(ReservationId(1), Beneficiary::Company(acme), 2).unwrap();
    assert_eq!(serve_open(seats.clone(), &[person(1)]).promoted, []);
    let own = Claim { employer: Some(acme), ..person(2) };
    let served = serve_open(seats, &[person(1), own]);
    assert_eq!(served.promoted, [EnrolmentId(2)]);
    assert_eq!((served.seats.held, served.seats.reserved(), served.seats.free()), (1, 1, 0));
}

#[test]
fn who_comes_goes_behind_those_who_wait_and_has_a_seat_at_once_or_waits() {
    let served = serve_open(room(3, 0), &[newcomer(0), newcomer(1), person(1), person(2)]);
    assert_eq!(served.promoted, [EnrolmentId(1), EnrolmentId(2)]);
    assert_eq!(served.seated, [Claimant::New(0)]);
    let rank = served.rank_of(Claimant::New(1)).unwrap();
    assert_eq!((rank.place, rank.waiting, served.waiting.len()), (1, 1, 1));
    assert_eq!(served.rank_of(Claimant::New(0)), None);
}

#[test]
fn of_one_instant_rows_go_by_their_number_and_before_those_who_have_none() {
    let now = |claim: Claim| Claim { ranked_at: at(0), ..claim };
    let approved = Claim { claimant: Claimant::Approved(EnrolmentId(5)), ..person(5) };
    let queue = [newcomer(1), newcomer(0), person(6), approved, person(4)].map(now);
    let waiting: Vec<Claimant> = serve_open(room(0, 0), &queue).waiting.iter().map(|one| one.0).collect();
    let four_and_six = [4, 6].map(|id| Claimant::Waiting(EnrolmentId(id)));
    let expected = [four_and_six[0], approved.claimant, four_and_six[1], Claimant::New(0), Claimant::New(1)];
    assert_eq!(waiting, expected);
}

#[test]
fn a_closed_queue_calls_nobody_and_takes_nobody_in() {
    let closed = |claims: &[Claim]| serve(room(1, 0), &Queue { claims: claims.to_vec(), is_open: false });
    let served = closed(&[person(1), newcomer(0)]).unwrap();
    assert_eq!((served.promoted, served.seated, served.waiting), (vec![], vec![Claimant::New(0)], vec![]));
    assert_eq!(closed(&[newcomer(0), newcomer(1)]), Err(Refusal::Full));
    assert_eq!(closed(&[person(1)]).unwrap().seats, room(1, 0));
}

/// A number of people who ask together: how many, as a whole or each for themselves, of which employer, when, and whether
/// they wait already.
type Party = (usize, bool, Option<i64>, i64, bool);

fn party() -> impl Strategy<Value = Party> {
    (1usize..5, any::<bool>(), prop::option::of(0i64..3), 0i64..6, any::<bool>())
}

/// Those who come later all come now; they come in the order of their numbers, while the rows are in any order.
fn claims(parties: &[Party]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (number, (size, whole, employer, second, waits)) in (0i64..).zip(parties) {
        for _ in 0..*size {
            let row = EnrolmentId(i64::try_from(claims.len()).unwrap());
            claims.push(Claim {
                claimant: if *waits { Claimant::Waiting(row) } else { Claimant::New(claims.len()) },
                employer: employer.map(OrganisationId),
                group: whole.then_some(GroupId(number)),
                ranked_at: if *waits { at(*second) } else { at(1000) },
            });
        }
    }
    claims
}

/// Seats of which some are held and some set aside for companies and groups, and a queue of rows in any order.
fn scene() -> impl Strategy<Value = (Seats, Vec<Claim>)> {
    let aside = prop::collection::vec((any::<bool>(), 0i64..4, 1u32..4), 0..4);
    let queue = prop::collection::vec(party(), 0..12).prop_map(|parties| claims(&parties)).prop_shuffle();
    (0u32..20, 0u32..20, aside, queue).prop_map(|(capacity, held, aside, queue)| {
        let mut seats = room(capacity, held);
        for (id, (company, whose, wanted)) in (0i64..).zip(aside) {
            let beneficiary = if company {
                Beneficiary::Company(OrganisationId(whose))
            } else {
                Beneficiary::Group(GroupId(whose))
            };
            // More than is free is not set aside.
            let _ = seats.reserve(ReservationId(id), beneficiary, wanted);
        }
        seats.over = held.saturating_sub(capacity);
        (seats, queue)
    })
}

fn by_arrival(queue: &[Claim]) -> Vec<Claim> {
    let mut ordered = queue.to_vec();
    ordered.sort_by_key(|one| match one.claimant {
        Claimant::Waiting(id) | Claimant::Approved(id) => (one.ranked_at, id.0),
        Claimant::New(number) => (one.ranked_at, i64::try_from(number).unwrap()),
    });
    ordered
}

/// Of how many the party is that somebody has a seat with or not at all.
fn need(queue: &[Claim], one: &Claim) -> u32 {
    count(queue.iter().filter(|c| one.group.is_some() && c.group == one.group).count().max(1))
}

fn set_aside<'a>(seats: &'a Seats, one: &'a Claim) -> impl Iterator<Item = &'a Reservation> {
    seats.reservations.iter().filter(|aside| match aside.beneficiary {
        Beneficiary::Company(company) => one.employer == Some(company),
        Beneficiary::Group(group) => one.group == Some(group),
    })
}

/// Everybody who has a seat now.
fn with_seat(served: &Served) -> Vec<Claimant> {
    let promoted = served.promoted.iter().map(|id| Claimant::Waiting(*id));
    promoted.chain(served.seated.iter().copied()).collect()
}

/// Those who were passed by, each with somebody who came after them and has a seat.
fn overtaken(queue: &[Claim], served: &Served) -> Vec<(Claim, Claim)> {
    let (ordered, with_seat) = (by_arrival(queue), with_seat(served));
    let has_seat = |one: &Claim| with_seat.contains(&one.claimant);
    let mut pairs = Vec::new();
    for (place, first) in ordered.iter().enumerate().filter(|(_, one)| !has_seat(one)) {
        pairs.extend(ordered[place..].iter().filter(|one| has_seat(one)).map(|later| (*first, *later)));
    }
    pairs
}

proptest! {
    #[test]
    fn no_seat_is_invented((before, queue) in scene()) {
        let served = serve_open(before.clone(), &queue);
        let (after, given) = (&served.seats, count(with_seat(&served).len()));
        prop_assert_eq!(after.held, before.held + given);
        prop_assert_eq!((after.capacity, after.over), (before.capacity, before.over));
        prop_assert!(after.held + after.reserved() <= before.capacity + before.over);
        prop_assert!(given <= before.free() + before.reserved());
    }

    #[test]
    fn what_is_set_aside_is_given_to_nobody_else((before, queue) in scene()) {
        let with_seat = with_seat(&serve_open(before.clone(), &queue));
        let others = |one: &&Claim| with_seat.contains(&one.claimant) && set_aside(&before, one).next().is_none();
        prop_assert!(count(queue.iter().filter(others).count()) <= before.free());
    }

    #[test]
    fn everybody_is_seated_or_waits_and_nobody_does_both((seats, queue) in scene()) {
        let served = serve_open(seats, &queue);
        let all: Vec<Claimant> =
            with_seat(&served).into_iter().chain(served.waiting.iter().map(|(one, _)| *one)).collect();
        let different: HashSet<Claimant> = all.iter().copied().collect();
        prop_assert_eq!(all.len(), queue.len());
        prop_assert_eq!(different, queue.iter().map(|one| one.claimant).collect());
    }

    #[test]
    fn a_group_is_seated_whole_or_not_at_all((seats, queue) in scene()) {
        let with_seat = with_seat(&serve_open(seats, &queue));
        let mut answers = HashMap::new();
        for one in queue.iter().filter(|one| one.group.is_some()) {
            let has_seat = with_seat.contains(&one.claimant);
            prop_assert_eq!(*answers.entry(one.group).or_insert(has_seat), has_seat);
        }
    }

    /// Whoever is passed by needs more seats together, or makes way for somebody whom seats were set aside for.
    #[test]
    fn the_first_come_is_the_first_served((seats, queue) in scene()) {
        let served = serve_open(seats.clone(), &queue);
        for (first, later) in overtaken(&queue, &served) {
            let smaller = need(&queue, &later) < need(&queue, &first);
            prop_assert!(smaller || set_aside(&seats, &later).next().is_some(), "{later:?} before {first:?}");
        }
    }

    #[test]
    fn nobody_waits_who_fits((seats, queue) in scene()) {
        let served = serve_open(seats, &queue);
        for one in queue.iter().filter(|one| served.rank_of(one.claimant).is_some()) {
            let own: u32 = set_aside(&served.seats, one).map(|aside| aside.seats).sum();
            prop_assert!(need(&queue, one) > served.seats.free() + own, "{one:?} fits and waits");
        }
    }

    #[test]
    fn who_still_waits_is_served_nothing_more((seats, mut queue) in scene()) {
        let served = serve_open(seats, &queue);
        queue.retain(|one| served.rank_of(one.claimant).is_some());
        let again = serve_open(served.seats.clone(), &queue);
        prop_assert_eq!(again, Served { promoted: vec![], seated: vec![], ..served });
    }

    #[test]
    fn ranks_count_from_one_in_the_order_of_arrival((seats, queue) in scene()) {
        let served = serve_open(seats, &queue);
        let places: Vec<u32> = served.waiting.iter().map(|(_, rank)| rank.place).collect();
        prop_assert_eq!(places, (1..=count(served.waiting.len())).collect::<Vec<_>>());
        let mut waiting = by_arrival(&queue);
        waiting.retain(|one| served.rank_of(one.claimant).is_some());
        for (one, (claimant, rank)) in waiting.iter().zip(&served.waiting) {
            prop_assert_eq!(one.claimant, *claimant);
            prop_assert_eq!(rank.waiting, count(served.waiting.len()));
            prop_assert_eq!(rank.group_needs, one.group.map(|_| need(&queue, one)));
        }
    }

    #[test]
    fn a_closed_queue_serves_those_who_come_all_together_or_not_at_all((seats, queue) in scene()) {
        let coming: Vec<Claim> = queue.iter().filter(|one| one.claimant.comes_now()).copied().collect();
        let expected = serve_open(seats.clone(), &coming);
        match serve(seats, &Queue { claims: queue, is_open: false }) {
            Ok(served) => prop_assert_eq!(served, expected),
            Err(refusal) => {
                prop_assert_eq!(refusal, Refusal::Full);
                prop_assert!(!expected.waiting.is_empty());
            }
        }
    }
}
