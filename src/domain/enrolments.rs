//! A place in a session: its life, who gets a seat, who waits and why.

use super::calendar::Instant;
use super::ids::{EnrolmentId, GroupId, OrganisationId, PersonId, ReservationId, SessionId};
use super::named;
use super::sessions::Session;
use std::collections::HashSet;

named! {
    EnrolmentState {
        /// Waits for the employer's word; holds no seat and has no rank.
        Requested = "requested",
        Waiting = "waiting",
        /// A seat is held for them until they answer.
        Offered = "offered",
        Confirmed = "confirmed",
        Refused = "refused",
        Expired = "expired",
        Declined = "declined",
        Cancelled = "cancelled",
        Transferred = "transferred",
        Attended = "attended",
        PartlyAttended = "partly_attended",
        Absent = "absent",
    }
}

named! {
    EnrolmentStep {
        Confirm = "confirm",
        Wait = "wait",
        Offer = "offer",
        Refuse = "refuse",
        Decline = "decline",
        Expire = "expire",
        Cancel = "cancel",
        Transfer = "transfer",
        Attend = "attend",
        AttendPartly = "attend_partly",
        Miss = "miss",
        /// A correction of the sheet gave another outcome.
        CorrectToAttended = "correct_to_attended",
        CorrectToPartlyAttended = "correct_to_partly_attended",
        CorrectToAbsent = "correct_to_absent",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an enrolment that is {from} cannot {step}")]
pub struct Illegal {
    pub from: EnrolmentState,
    pub step: EnrolmentStep,
}

impl EnrolmentState {
    /// The whole life of an enrolment; no other line of the house chooses a state.
    pub fn step(self, step: EnrolmentStep) -> Result<Self, Illegal> {
        use EnrolmentState::*;
        use EnrolmentStep::*;
        Ok(match (self, step) {
            (Requested | Waiting | Offered, Confirm) => Confirmed,
            (Requested, Wait) => Waiting,
            (Requested, Refuse) => Refused,
            (Waiting, Offer) => Offered,
            (Offered, Decline) => Declined,
            (Requested | Waiting | Offered, Expire) => Expired,
            (Requested | Waiting | Offered | Confirmed, Cancel) => Cancelled,
            (Confirmed, Transfer) => Transferred,
            (Confirmed, Attend) => Attended,
            (Confirmed, AttendPartly) => PartlyAttended,
            (Confirmed, Miss) => Absent,
            (PartlyAttended | Absent, CorrectToAttended) => Attended,
            (Attended | Absent, CorrectToPartlyAttended) => PartlyAttended,
            (Attended | PartlyAttended, CorrectToAbsent) => Absent,
            _ => return Err(Illegal { from: self, step }),
        })
    }

    /// Whether a seat of the session is taken by it.
    pub const fn holds_seat(self) -> bool {
        self.has_place() || matches!(self, Self::Offered)
    }

    /// Whether the seat is the person's own: an offered one is held, but not theirs yet. Only who has
    /// a place is told where to go, and finds the session in their calendar.
    pub const fn has_place(self) -> bool {
        matches!(self, Self::Confirmed | Self::Attended | Self::PartlyAttended | Self::Absent)
    }

    /// Whether the person is in the session: at most one such row for each person and session.
    pub fn is_live(self) -> bool {
        self.holds_seat() || matches!(self, Self::Requested | Self::Waiting)
    }
}

named! {
    /// What a group wants when the session cannot take all of it.
    GroupPolicy {
        AllOrNone = "all_or_none",
        AsManyAsFit = "as_many_as_fit",
    }
}

/// Someone's place, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    pub id: EnrolmentId,
    pub session: SessionId,
    pub person: PersonId,
    /// The employer it was made under; it stays when the person moves on.
    pub employer: Option<OrganisationId>,
    pub group: Option<GroupId>,
    pub state: EnrolmentState,
    /// When the request was complete (approved): the place in the queue.
    pub ranked_at: Option<Instant>,
    /// Until when an offered seat is held.
    pub offered_until: Option<Instant>,
}

/// For whom staff set seats aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Beneficiary {
    Company(OrganisationId),
    Group(GroupId),
}

/// Seats set aside until a date, and not yet named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    pub id: ReservationId,
    pub beneficiary: Beneficiary,
    pub seats: u32,
}

/// Someone who asks for a seat now or waits for one. `group` is set for groups *all or none* only:
/// the members of the others stand for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub id: EnrolmentId,
    pub employer: Option<OrganisationId>,
    pub group: Option<GroupId>,
    pub ranked_at: Instant,
}

/// The seats of a session, counted under its row lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    pub capacity: u32,
    /// Seats granted above the capacity, each by somebody's name and reason.
    pub over: u32,
    /// Confirmed, offered, and those who came or were missed.
    pub held: u32,
    pub reservations: Vec<Reservation>,
}

impl Seats {
    pub fn reserved(&self) -> u32 {
        self.reservations.iter().map(|r| r.seats).sum()
    }

    /// Seats that anyone may be given.
    pub fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.held + self.reserved())
    }

    /// Whether one person of this employer could be seated now, were nobody waiting.
    pub fn has_room_for(&self, employer: Option<OrganisationId>) -> bool {
        let own = |r: &&Reservation| matches!(r.beneficiary, Beneficiary::Company(c) if employer == Some(c));
        self.free() + self.reservations.iter().filter(own).map(|r| r.seats).sum::<u32>() > 0
    }

    /// Seats that this candidate may be given: the free ones, and those set aside for them.
    fn open_to(&self, one: &Candidate) -> u32 {
        self.free() + self.reservations.iter().filter(|r| r.serves(one)).map(|r| r.seats).sum::<u32>()
    }

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

    /// One seat for `one`, from what is set aside for them first.
    fn take(&mut self, one: &Candidate) {
        if let Some(own) = self.reservations.iter_mut().find(|r| r.seats > 0 && r.serves(one)) {
            own.seats -= 1;
        }
        self.held += 1;
    }

    /// A seat above the capacity, for somebody who cannot be given a free one.
    pub fn exceed(&mut self) {
        self.held += 1;
        self.settle_over();
    }

    /// A seat comes back; one granted above the capacity is not given to anybody else.
    pub fn release(&mut self) {
        self.held = self.held.saturating_sub(1);
        self.settle_over();
    }

    /// Sets another capacity, never below what is held and set aside.
    pub fn resize(&mut self, capacity: u32) -> Result<(), Refusal> {
        let taken = self.held + self.reserved();
        if capacity + self.over < taken {
            return Err(Refusal::BelowTaken { taken: taken - self.over });
        }
        self.capacity = capacity;
        self.settle_over();
        Ok(())
    }

    /// Takes free seats out of the common lot.
    pub fn reserve(
        &mut self,
        id: ReservationId,
        beneficiary: Beneficiary,
        seats: u32,
    ) -> Result<(), Refusal> {
        if seats == 0 || seats > self.free() {
            return Err(Refusal::NotEnoughFree { free: self.free() });
        }
        self.reservations.push(Reservation { id, beneficiary, seats });
        Ok(())
    }

    /// Gives the rest of a reservation back to all.
    pub fn unreserve(&mut self, id: ReservationId) {
        self.reservations.retain(|r| r.id != id);
        self.settle_over();
    }

    /// What stands above the capacity is exactly what no free seat could carry.
    fn settle_over(&mut self) {
        self.over = (self.held + self.reserved()).saturating_sub(self.capacity);
    }
}

impl Reservation {
    fn serves(&self, one: &Candidate) -> bool {
        match self.beneficiary {
            Beneficiary::Company(company) => one.employer == Some(company),
            Beneficiary::Group(group) => one.group == Some(group),
        }
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

/// Who asks: staff may add people after the deadline, others may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    Staff,
    Others,
}

super::named! {
    /// What somebody whom staff add has in common with somebody of the session.
    Same {
        NameAndAddress = "name_and_address",
        Name = "name",
        Address = "address",
    }
}

impl Same {
    pub fn of(name: bool, address: bool) -> Option<Self> {
        match (name, address) {
            (true, true) => Some(Self::NameAndAddress),
            (true, false) => Some(Self::Name),
            (false, true) => Some(Self::Address),
            (false, false) => None,
        }
    }

    /// Whether it could be somebody else all the same.
    pub fn may_differ(self) -> bool {
        self != Self::NameAndAddress
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Illegal(#[from] Illegal),
    #[error("this session is not open to requests")]
    NotOpen,
    #[error("the deadline has passed")]
    TooLate,
    #[error("this person is in this session already")]
    Twice,
    #[error("somebody in this session has the same {same}")]
    Alike { id: EnrolmentId, state: EnrolmentState, same: Same },
    #[error("nobody was chosen")]
    Nobody,
    #[error("too many people at once: {most} at most")]
    TooMany { most: usize },
    #[error("no seat is free and the queue is closed")]
    Full,
    #[error("the group is larger than the room: {capacity} seats")]
    GroupTooLarge { capacity: u32 },
    #[error("the offer has lapsed")]
    OfferLapsed,
    #[error("{free} seats are free")]
    NotEnoughFree { free: u32 },
    #[error("{taken} seats are held or set aside")]
    BelowTaken { taken: u32 },
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("the session has begun: what happened there is told by its attendance")]
    Begun,
    #[error("this person did not work for the company")]
    NotEmployed,
    #[error("the other session is of another training body")]
    ForeignSession,
    #[error("the date of the reservation has passed or lies after the session")]
    ReservationDate,
}

/// The most people enrolled in one go.
pub const MOST_AT_ONCE: usize = 500;

/// Whether a request may be made at all now.
pub fn may_ask(session: &Session, by: AskedBy, now: Instant) -> Result<(), Refusal> {
    use super::sessions::SessionState;
    match by {
        AskedBy::Others if !session.state.is_public() => Err(Refusal::NotOpen),
        AskedBy::Others if !session.takes_requests(now) => Err(Refusal::TooLate),
        AskedBy::Staff if !(session.state.is_public() || session.state == SessionState::Running) => {
            Err(Refusal::NotOpen)
        }
        AskedBy::Staff if now >= session.ends_at => Err(Refusal::TooLate),
        _ => Ok(()),
    }
}

/// What happens to a waiting person whom a seat reaches: confirmed, or offered until an hour that
/// never lies beyond the closing of the queue.
pub fn promotion(session: &Session, now: Instant) -> (EnrolmentStep, Option<Instant>) {
    use super::sessions::Promotion;
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

    #[test]
    fn a_seat_above_the_capacity_is_given_to_nobody_when_it_comes_back() {
        let mut seats = room(1, 1);
        seats.exceed();
        assert_eq!((seats.held, seats.over), (2, 1));
        seats.release();
        assert_eq!((seats.held, seats.over, seats.free()), (1, 0, 0));
        seats.release();
        assert_eq!(seats.free(), 1);
    }

    #[test]
    fn the_capacity_never_falls_below_what_is_taken() {
        let mut seats = room(13, 12);
        assert_eq!(seats.resize(11), Err(Refusal::BelowTaken { taken: 12 }));
        seats.resize(12).unwrap();
        assert_eq!(seats.free(), 0);
    }

    #[test]
    fn ended_states_end() {
        use EnrolmentState::*;
        for ended in [Refused, Expired, Declined, Cancelled, Transferred, Attended, PartlyAttended, Absent] {
            for step in EnrolmentStep::ALL {
                let corrects = step.as_str().starts_with("correct_to_");
                let outcome = matches!(ended, Attended | PartlyAttended | Absent);
                // An outcome may be corrected into another outcome, and into nothing else.
                if let Ok(next) = ended.step(*step) {
                    assert!(corrects && outcome && next != ended, "{ended} {step}");
                }
            }
        }
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
