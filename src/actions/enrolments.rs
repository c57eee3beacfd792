//! Asking for places, giving them, giving them back.
//!
//! Every door ends in [`allocate`]: one function counts the seats under the row lock of the
//! session, serves the queue and writes who has a seat from now on.

mod allocation;
mod changes;
mod export;
mod requests;
mod rounds;
mod telling;

pub(super) use allocation::resize;
pub(super) use changes::shorten;
pub use changes::{Answer, SetAside};
pub use changes::{answer, cancel, exceed, reserve, substitute, transfer, unreserve};
pub use export::export;
pub use requests::{Asked, ByHand, Request, add, approve, refuse, request, request_for_oneself};
pub use rounds::{close_queues, end_reservations, lapse_offers};
pub(super) use telling::{Contacts, Telling, cancel_all};

use super::{Act, Done};
use domain::access::Subject;
use domain::calendar::Instant;
use domain::enrolments::{Enrolment, EnrolmentState, EnrolmentStep};
use domain::ids::{EnrolmentId, SessionId};
use store::{self, journal};

/// Moves an enrolment by one step and writes it into the journal of its session.
pub(super) fn step(
    act: &mut Act<'_>,
    seen: &Enrolment,
    step: EnrolmentStep,
    offered_until: Option<Instant>,
    reason: Option<&str>,
) -> Done<EnrolmentState> {
    let next = seen.state.step(step)?;
    store::enrolments::shift(act.conn, seen, next, offered_until, act.now)?;
    note(act, seen.session, seen.id, (Some(seen.state), next), reason)?;
    Ok(next)
}

/// Ends an enrolment because a seat is passed on to a colleague: the journal says so in place of a reason.
pub(super) fn give_way(act: &mut Act<'_>, seen: &Enrolment) -> Done<()> {
    let next = seen.state.step(EnrolmentStep::Cancel)?;
    store::enrolments::shift(act.conn, seen, next, None, act.now)?;
    let line = journal::Line {
        kind: journal::kinds::SUBSTITUTION,
        reference: &format!("enrolment:{}", seen.id),
        from: Some(seen.state.as_str()),
        to: Some(next.as_str()),
        ..journal::Line::default()
    };
    act.note(Subject::Session(seen.session), &[line])
}

/// A line of the journal about one enrolment.
fn note(
    act: &mut Act<'_>,
    session: SessionId,
    id: EnrolmentId,
    (from, to): (Option<EnrolmentState>, EnrolmentState),
    reason: Option<&str>,
) -> Done<()> {
    let line = journal::Line {
        kind: journal::kinds::ENROLMENT,
        reference: &format!("enrolment:{id}"),
        from: from.map(EnrolmentState::as_str),
        to: Some(to.as_str()),
        reason,
        ..journal::Line::default()
    };
    act.note(Subject::Session(session), &[line])
}
