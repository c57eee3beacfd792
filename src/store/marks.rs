//! Who came, half-day by half-day.

use super::schema::{accounts, enrolments, marks, organisations, people, slots};
use super::{Conn, Kept};
use crate::domain::attendance::Mark;
use crate::domain::calendar::Instant;
use crate::domain::enrolments::EnrolmentState;
use crate::domain::ids::{AccountId, EnrolmentId, SessionId, SlotId};
use diesel::prelude::*;
use std::collections::HashMap;

/// Somebody on the attendance sheet.
#[derive(Debug, Clone, Queryable)]
pub struct Attendee {
    pub enrolment: EnrolmentId,
    pub given_name: String,
    pub family_name: String,
    pub employer: Option<String>,
    pub state: EnrolmentState,
}

/// What was noted of one person in one half-day, by whom and when.
#[derive(Debug, Clone, Queryable)]
pub struct Noted {
    pub enrolment: EnrolmentId,
    pub slot: SlotId,
    pub mark: Mark,
    pub at: Instant,
    pub by: String,
}

const ON_THE_SHEET: [EnrolmentState; 4] = [
    EnrolmentState::Confirmed,
    EnrolmentState::Attended,
    EnrolmentState::PartlyAttended,
    EnrolmentState::Absent,
];

/// The people of a session, by name. The caller has found the session within its reach.
pub fn attendees(conn: &mut Conn, session: SessionId) -> Kept<Vec<Attendee>> {
    Ok(enrolments::table
        .inner_join(people::table)
        .left_join(organisations::table)
        .filter(enrolments::session_id.eq(session).and(enrolments::state.eq_any(ON_THE_SHEET)))
        .order((people::search_key, enrolments::id))
        .select((
            enrolments::id,
            people::given_name,
            people::family_name,
            organisations::name.nullable(),
            enrolments::state,
        ))
        .load(conn)?)
}

/// Everything noted in a session. What was never noted has no row.
pub fn of_session(conn: &mut Conn, session: SessionId) -> Kept<Vec<Noted>> {
    Ok(marks::table
        .inner_join(slots::table)
        .inner_join(accounts::table)
        .filter(slots::session_id.eq(session))
        .select((marks::enrolment_id, marks::slot_id, marks::mark, marks::marked_at, accounts::name))
        .load(conn)?)
}

/// Minutes that each person of a session really followed. Who came to nothing is left out.
pub fn followed(conn: &mut Conn, session: SessionId) -> Kept<HashMap<EnrolmentId, i64>> {
    let rows: Vec<(EnrolmentId, Option<i64>)> = marks::table
        .inner_join(slots::table)
        .filter(slots::session_id.eq(session).and(marks::minutes.gt(0)))
        .group_by(marks::enrolment_id)
        .select((marks::enrolment_id, diesel::dsl::sum(marks::minutes)))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, minutes)| (id, minutes.unwrap_or(0))).collect())
}

/// Notes one mark over what was there, if anything was. The caller holds the session.
pub fn note(
    conn: &mut Conn,
    enrolment: EnrolmentId,
    slot: SlotId,
    mark: Mark,
    minutes: i32,
    by: AccountId,
    now: Instant,
) -> Kept<()> {
    let values =
        (marks::mark.eq(mark), marks::minutes.eq(minutes), marks::marked_at.eq(now), marks::marked_by.eq(by));
    let changed = diesel::update(marks::table.find((enrolment, slot))).set(values).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(marks::table)
            .values((marks::enrolment_id.eq(enrolment), marks::slot_id.eq(slot), values))
            .execute(conn)?;
    }
    Ok(())
}
