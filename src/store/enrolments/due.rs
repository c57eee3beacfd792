//! What of the queues and of the seats set aside has come to its date.

use super::super::among::AmongExpression as _;
use crate::schema::{enrolments, reservations, sessions};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::Instant;
use domain::enrolments::EnrolmentState;
use domain::ids::{EnrolmentId, ReservationId, SessionId};

/// Sessions with an offer that lapsed.
pub fn sessions_with_lapsed_offers(conn: &mut Conn, now: Instant) -> Kept<Vec<SessionId>> {
    Ok(enrolments::table
        .filter(enrolments::state.eq(EnrolmentState::Offered).and(enrolments::offered_until.le(now)))
        .select(enrolments::session_id)
        .distinct()
        .order(enrolments::session_id)
        .load(conn)?)
}

/// No offer of a session is held beyond `until` from now on; answers whose was.
pub fn shorten_offers(conn: &mut Conn, session: SessionId, until: Instant) -> Kept<Vec<EnrolmentId>> {
    let longer = enrolments::table
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq(EnrolmentState::Offered)))
        .filter(enrolments::offered_until.gt(until));
    let ids: Vec<EnrolmentId> = longer.order(enrolments::id).select(enrolments::id).load(conn)?;
    diesel::update(enrolments::table.filter(enrolments::id.eq_any(&ids)))
        .set(enrolments::offered_until.eq(until))
        .execute(conn)?;
    Ok(ids)
}

/// No seat of a session is set aside beyond `until` from now on.
pub fn shorten_reservations(conn: &mut Conn, session: SessionId, until: Instant) -> Kept<()> {
    diesel::update(
        reservations::table.filter(reservations::session_id.eq(session).and(reservations::until.gt(until))),
    )
    .set(reservations::until.eq(until))
    .execute(conn)?;
    Ok(())
}

/// Sessions whose queue is closed and where somebody still waits or asks.
pub fn sessions_with_closed_queues(conn: &mut Conn, now: Instant) -> Kept<Vec<SessionId>> {
    Ok(enrolments::table
        .inner_join(sessions::table)
        .filter(enrolments::state.among([EnrolmentState::Waiting, EnrolmentState::Requested]))
        .filter(sessions::queue_closes_at.le(now))
        .select(enrolments::session_id)
        .distinct()
        .order(enrolments::session_id)
        .load(conn)?)
}

/// Sessions with a reservation whose date has come.
pub fn sessions_with_ended_reservations(conn: &mut Conn, now: Instant) -> Kept<Vec<SessionId>> {
    Ok(reservations::table
        .filter(reservations::until.le(now))
        .select(reservations::session_id)
        .distinct()
        .order(reservations::session_id)
        .load(conn)?)
}

/// Reservations of a session whose date has come.
pub fn ended_reservations(conn: &mut Conn, session: SessionId, now: Instant) -> Kept<Vec<ReservationId>> {
    Ok(reservations::table
        .filter(reservations::session_id.eq(session).and(reservations::until.le(now)))
        .order(reservations::id)
        .select(reservations::id)
        .load(conn)?)
}
