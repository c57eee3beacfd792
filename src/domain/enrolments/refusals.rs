//! Why a place is not given, or not changed.

use super::{EnrolmentState, Illegal, Same};
use crate::ids::EnrolmentId;

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
