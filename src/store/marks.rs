//! Who came, half-day by half-day: what is noted.

use super::schema::{marks, slots};
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::attendance::Presence;
use domain::calendar::Instant;
use domain::enrolments::EnrolmentState;
use domain::ids::{AccountId, EnrolmentId, SlotId};

/// Who stands on the sheet.
pub(super) const ON_THE_SHEET: [EnrolmentState; 4] = [
    EnrolmentState::Confirmed,
    EnrolmentState::Attended,
    EnrolmentState::PartlyAttended,
    EnrolmentState::Absent,
];

/// Notes one presence over what was there, if anything was. The caller holds the session.
pub fn note(
    conn: &mut Conn,
    enrolment: EnrolmentId,
    slot: SlotId,
    presence: Presence,
    by: AccountId,
    now: Instant,
) -> Kept<()> {
    let values = (
        marks::mark.eq(presence.mark),
        marks::minutes.eq(i32::try_from(presence.minutes).unwrap_or(i32::MAX)),
        marks::marked_at.eq(now),
        marks::marked_by.eq(by),
    );
    let changed = diesel::update(marks::table.find((enrolment, slot))).set(values).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(marks::table)
            .values((marks::enrolment_id.eq(enrolment), marks::slot_id.eq(slot), values))
            .execute(conn)?;
    }
    let earlier = slots::noted_at.is_null().or(slots::noted_at.lt(now));
    diesel::update(slots::table.filter(slots::id.eq(slot).and(earlier)))
        .set(slots::noted_at.eq(now))
        .execute(conn)?;
    Ok(())
}
