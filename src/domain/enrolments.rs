//! A place in a session: its life, who gets a seat, who waits and why.

mod queue;
mod refusals;
mod requests;
mod seats;
mod states;

pub use queue::{Claim, Claimant, Queue, Rank, Served, promotion, rank, serve};
pub use refusals::Refusal;
pub use requests::{AskedBy, GroupPolicy, MOST_AT_ONCE, Same, may_ask};
pub use seats::{Beneficiary, Reservation, Seats};
pub use states::{EnrolmentState, EnrolmentStep, Illegal};

use super::calendar::Instant;
use super::ids::{EnrolmentId, GroupId, OrganisationId, PersonId, SessionId};

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
