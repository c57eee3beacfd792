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

use super::Done;
use domain::access::{Actor, Subject};
use domain::calendar::Instant;
use domain::enrolments::{Enrolment, EnrolmentState, EnrolmentStep};
use domain::ids::{EnrolmentId, SessionId};
use store::{self, Conn, journal};

/// Moves an enrolment by one step and writes it into the journal of its session.
pub(super) fn step(
    conn: &mut Conn,
    actor: &Actor,
    seen: &Enrolment,
    step: EnrolmentStep,
    offered_until: Option<Instant>,
    reason: Option<&str>,
    now: Instant,
) -> Done<EnrolmentState> {
    let next = seen.state.step(step)?;
    store::enrolments::shift(conn, seen, next, offered_until, now)?;
    note(conn, actor, seen.session, seen.id, Some(seen.state), next, reason, now)?;
    Ok(next)
}

/// Ends an enrolment because a seat is passed on to a colleague: the journal says so in place of a reason.
pub(super) fn give_way(conn: &mut Conn, actor: &Actor, seen: &Enrolment, now: Instant) -> Done<()> {
    let next = seen.state.step(EnrolmentStep::Cancel)?;
    store::enrolments::shift(conn, seen, next, None, now)?;
    let line = journal::Line {
        kind: journal::kinds::SUBSTITUTION,
        reference: &format!("enrolment:{}", seen.id),
        from: Some(seen.state.as_str()),
        to: Some(next.as_str()),
        ..journal::Line::default()
    };
    Ok(journal::write(conn, actor, Subject::Session(seen.session), now, &[line])?)
}

/// A line of the journal about one enrolment.
#[expect(clippy::too_many_arguments, reason = "who, when, from, to and why of one line")]
fn note(
    conn: &mut Conn,
    actor: &Actor,
    session: SessionId,
    id: EnrolmentId,
    from: Option<EnrolmentState>,
    to: EnrolmentState,
    reason: Option<&str>,
    now: Instant,
) -> Done<()> {
    let line = journal::Line {
        kind: journal::kinds::ENROLMENT,
        reference: &format!("enrolment:{id}"),
        from: from.map(EnrolmentState::as_str),
        to: Some(to.as_str()),
        reason,
        ..journal::Line::default()
    };
    Ok(journal::write(conn, actor, Subject::Session(session), now, &[line])?)
}
