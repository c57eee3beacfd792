//! The seats of a session, those set aside, and who waits for one.

use super::super::among::AmongExpression as _;
use crate::schema::{enrolments, groups, organisations, reservations, sessions};
use crate::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::calendar::Instant;
use domain::enrolments::{
    Beneficiary, Claim, Claimant, EnrolmentState, GroupPolicy, Rank, Reservation, Seats, rank,
};
use domain::ids::{EnrolmentId, GroupId, OrganisationId, ReservationId, SessionId};
use std::collections::HashMap;

/// The seats of a session whose row the caller holds.
pub fn seats(conn: &mut Conn, session: SessionId) -> Kept<Seats> {
    seats_of(conn, &[session])?.remove(&session).ok_or(Error::Missing)
}

fn seats_of(conn: &mut Conn, ids: &[SessionId]) -> Kept<HashMap<SessionId, Seats>> {
    type Aside = (SessionId, ReservationId, Option<OrganisationId>, Option<GroupId>, i32);
    let rooms: Vec<(SessionId, i32, i32, i32)> = sessions::table
        .filter(sessions::id.among(ids.iter().copied()))
        .select((sessions::id, sessions::capacity, sessions::over, sessions::held))
        .load(conn)?;
    let aside: Vec<Aside> = reservations::table
        .filter(reservations::session_id.among(ids.iter().copied()))
        .order(reservations::id)
        .select((
            reservations::session_id,
            reservations::id,
            reservations::company_id,
            reservations::group_id,
            reservations::seats,
        ))
        .load(conn)?;
    let reservations_in = |session| {
        let own = aside.iter().filter(move |a| a.0 == session);
        own.filter_map(|(_, id, company, group, seats)| {
            let beneficiary = company.map(Beneficiary::Company).or(group.map(Beneficiary::Group))?;
            Some(Reservation { id: *id, beneficiary, seats: seats.unsigned_abs() })
        })
        .collect()
    };
    let seats = |(id, capacity, over, held): (SessionId, i32, i32, i32)| {
        let (capacity, over, held) = (capacity.unsigned_abs(), over.unsigned_abs(), held.unsigned_abs());
        (id, Seats { capacity, over, held, reservations: reservations_in(id) })
    };
    Ok(rooms.into_iter().map(seats).collect())
}

/// How far those who wait among these are in their queues; each stands with its session.
pub fn ranks(conn: &mut Conn, waiting: &[(EnrolmentId, SessionId)]) -> Kept<HashMap<EnrolmentId, Rank>> {
    let ids: Vec<SessionId> = waiting.iter().map(|(_, session)| *session).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (seats, queues) = (seats_of(conn, &ids)?, queues(conn, &ids)?);
    let rank = |(id, session): &(EnrolmentId, SessionId)| {
        Some((*id, rank(seats.get(session)?, queues.get(session)?, *id)?))
    };
    Ok(waiting.iter().filter_map(rank).collect())
}

/// Keeps the seats as they were decided, under the same hold; what is left of no reservation goes.
pub fn keep_seats(conn: &mut Conn, session: SessionId, before: &Seats, after: &Seats) -> Kept<()> {
    if before == after {
        return Ok(());
    }
    let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    diesel::update(sessions::table.find(session))
        .set((
            sessions::capacity.eq(count(after.capacity)),
            sessions::over.eq(count(after.over)),
            sessions::held.eq(count(after.held)),
            sessions::reserved.eq(count(after.reserved())),
        ))
        .execute(conn)?;
    for old in &before.reservations {
        if !after.reservations.iter().any(|r| r.id == old.id) {
            diesel::delete(reservations::table.find(old.id)).execute(conn)?;
        }
    }
    for one in after.reservations.iter().filter(|r| !before.reservations.contains(r)) {
        if one.seats == 0 {
            diesel::delete(reservations::table.find(one.id)).execute(conn)?;
        } else {
            diesel::update(reservations::table.find(one.id))
                .set(reservations::seats.eq(count(one.seats)))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Writes a reservation down; its seats are taken out of the common lot by the caller.
pub fn add_reservation(
    conn: &mut Conn,
    session: SessionId,
    beneficiary: Beneficiary,
    seats: u32,
    until: Instant,
    reason: &str,
) -> Kept<ReservationId> {
    let (company, group) = match beneficiary {
        Beneficiary::Company(company) => (Some(company), None),
        Beneficiary::Group(group) => (None, Some(group)),
    };
    Ok(diesel::insert_into(reservations::table)
        .values((
            reservations::session_id.eq(session),
            reservations::company_id.eq(company),
            reservations::group_id.eq(group),
            reservations::seats.eq(i32::try_from(seats).unwrap_or(i32::MAX)),
            reservations::until.eq(until),
            reservations::reason.eq(reason),
        ))
        .returning(reservations::id)
        .get_result(conn)?)
}

/// A reservation as the session page shows it.
#[derive(Debug, Clone, Queryable)]
pub struct SetAside {
    pub id: ReservationId,
    pub company_id: Option<OrganisationId>,
    pub company: Option<String>,
    pub group: Option<GroupId>,
    pub seats: i32,
    pub until: Instant,
    pub reason: String,
}

pub fn reservations(conn: &mut Conn, session: SessionId) -> Kept<Vec<SetAside>> {
    Ok(reservations::table
        .left_join(organisations::table)
        .filter(reservations::session_id.eq(session))
        .order(reservations::id)
        .select((
            reservations::id,
            reservations::company_id,
            organisations::name.nullable(),
            reservations::group_id,
            reservations::seats,
            reservations::until,
            reservations::reason,
        ))
        .load(conn)?)
}

/// The session that a reservation stands in.
pub fn session_of_reservation(conn: &mut Conn, id: ReservationId) -> Kept<SessionId> {
    Ok(reservations::table.find(id).select(reservations::session_id).first(conn)?)
}

/// Everyone who waits, in no particular order. Only groups *all or none* count as groups.
pub fn queue(conn: &mut Conn, session: SessionId) -> Kept<Vec<Claim>> {
    Ok(queues(conn, &[session])?.remove(&session).unwrap_or_default())
}

fn queues(conn: &mut Conn, ids: &[SessionId]) -> Kept<HashMap<SessionId, Vec<Claim>>> {
    type Waiting = (
        SessionId,
        EnrolmentId,
        Option<OrganisationId>,
        Option<GroupId>,
        Option<GroupPolicy>,
        Option<Instant>,
    );
    let rows: Vec<Waiting> = enrolments::table
        .left_join(groups::table)
        .filter(
            enrolments::session_id
                .among(ids.iter().copied())
                .and(enrolments::state.eq(EnrolmentState::Waiting)),
        )
        .select((
            enrolments::session_id,
            enrolments::id,
            enrolments::employer_id,
            enrolments::group_id,
            groups::policy.nullable(),
            enrolments::ranked_at,
        ))
        .load(conn)?;
    let mut queues: HashMap<SessionId, Vec<Claim>> = HashMap::new();
    for (session, id, employer, group, policy, ranked_at) in rows {
        let group = group.filter(|_| policy == Some(GroupPolicy::AllOrNone));
        let (claimant, ranked_at) = (Claimant::Waiting(id), ranked_at.ok_or(Error::Missing)?);
        queues.entry(session).or_default().push(Claim { claimant, employer, group, ranked_at });
    }
    Ok(queues)
}

pub fn add_group(
    conn: &mut Conn,
    session: SessionId,
    company: Option<OrganisationId>,
    policy: GroupPolicy,
    now: Instant,
) -> Kept<GroupId> {
    Ok(diesel::insert_into(groups::table)
        .values((
            groups::session_id.eq(session),
            groups::company_id.eq(company),
            groups::policy.eq(policy),
            groups::created_at.eq(now),
        ))
        .returning(groups::id)
        .get_result(conn)?)
}
