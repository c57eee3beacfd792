//! The seats of a session: held, set aside and free.

use super::{Claim, Refusal};
use crate::ids::{GroupId, OrganisationId, ReservationId};

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

    /// Seats a whole party, or nobody of it.
    pub(super) fn seat(&mut self, party: &[Claim]) -> bool {
        let mut seats = self.clone();
        let all = party.iter().all(|claim| seats.give(claim));
        if all {
            *self = seats;
        }
        all
    }

    /// One seat, out of those set aside for the claim first; false when there is none.
    fn give(&mut self, claim: &Claim) -> bool {
        let any_free = self.free() > 0;
        match self.reservations.iter_mut().find(|aside| aside.seats > 0 && aside.serves(claim)) {
            Some(own) => own.seats -= 1,
            None if any_free => {}
            None => return false,
        }
        self.held += 1;
        true
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
    fn serves(&self, claim: &Claim) -> bool {
        match self.beneficiary {
            Beneficiary::Company(company) => claim.employer == Some(company),
            Beneficiary::Group(group) => claim.group == Some(group),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(capacity: u32, held: u32) -> Seats {
        Seats { capacity, over: 0, held, reservations: vec![] }
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
}
