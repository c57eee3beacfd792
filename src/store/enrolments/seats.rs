//! The seats of a session, those set aside, and who waits for one.

use crate::domain::calendar::Instant;
use crate::domain::enrolments::{Beneficiary, Candidate, EnrolmentState, GroupPolicy, Reservation, Seats};
use crate::domain::ids::{EnrolmentId, GroupId, OrganisationId, ReservationId, SessionId};
use crate::store::schema::{enrolments, groups, organisations, reservations, sessions};
use crate::store::{Conn, Error, Kept};
use diesel::prelude::*;

/// The seats of a session whose row the caller holds.
pub fn seats(conn: &mut Conn, session: SessionId) -> Kept<Seats> {
    type Aside = (ReservationId, Option<OrganisationId>, Option<GroupId>, i32);
    let (capacity, over, held): (i32, i32, i32) = sessions::table
        .find(session)
        .select((sessions::capacity, sessions::over, sessions::held))
        .first(conn)?;
    let rows: Vec<Aside> = reservations::table
        .filter(reservations::session_id.eq(session))
        .order(reservations::id)
        .select((reservations::id, reservations::company_id, reservations::group_id, reservations::seats))
        .load(conn)?;
    let reservations = rows
        .into_iter()
        .filter_map(|(id, company, group, seats)| {
            let beneficiary = company.map(Beneficiary::Company).or(group.map(Beneficiary::Group))?;
            Some(Reservation { id, beneficiary, seats: seats.unsigned_abs() })
        })
        .collect();
    Ok(Seats {
        capacity: capacity.unsigned_abs(),
        over: over.unsigned_abs(),
        held: held.unsigned_abs(),
        reservations,
    })
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
pub fn queue(conn: &mut Conn, session: SessionId) -> Kept<Vec<Candidate>> {
    type Waiting =
        (EnrolmentId, Option<OrganisationId>, Option<GroupId>, Option<GroupPolicy>, Option<Instant>);
    let rows: Vec<Waiting> = enrolments::table
        .left_join(groups::table)
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq(EnrolmentState::Waiting)))
        .select((
            enrolments::id,
            enrolments::employer_id,
            enrolments::group_id,
            groups::policy.nullable(),
            enrolments::ranked_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, employer, group, policy, ranked_at)| {
            let group = group.filter(|_| policy == Some(GroupPolicy::AllOrNone));
            let ranked_at = ranked_at.ok_or(Error::Missing)?;
            Ok(Candidate { id, employer, group, ranked_at })
        })
        .collect()
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
