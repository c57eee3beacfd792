//! Appeals against results, and their answers.

use crate::schema::{appeals, attempts};
use crate::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::Reach;
use domain::calendar::Instant;
use domain::ids::{AppealId, AttemptId, CandidacyId, JuryId};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = appeals)]
pub struct Appeal {
    pub id: AppealId,
    #[diesel(column_name = attempt_id)]
    pub attempt: AttemptId,
    pub grounds: String,
    pub made_at: Instant,
    pub answer: Option<String>,
    pub is_upheld: Option<bool>,
}

/// Appeals against the results of a jury that the caller has found within its reach.
pub fn of_jury(conn: &mut Conn, _reach: &Reach, jury: JuryId) -> Kept<Vec<Appeal>> {
    Ok(appeals::table
        .inner_join(attempts::table)
        .filter(attempts::jury_id.eq(jury))
        .order(appeals::id)
        .select(Appeal::as_select())
        .load(conn)?)
}

/// Appeals by a candidate whose candidacy the caller has found within its reach.
pub fn of_candidacy(conn: &mut Conn, _reach: &Reach, candidacy: CandidacyId) -> Kept<Vec<Appeal>> {
    Ok(appeals::table
        .inner_join(attempts::table)
        .filter(attempts::candidacy_id.eq(candidacy))
        .order(appeals::id)
        .select(Appeal::as_select())
        .load(conn)?)
}

/// The appeal against one result that the caller has found within its reach.
pub fn find(conn: &mut Conn, _reach: &Reach, attempt: AttemptId) -> Kept<Option<Appeal>> {
    Ok(appeals::table
        .filter(appeals::attempt_id.eq(attempt))
        .select(Appeal::as_select())
        .first(conn)
        .optional()?)
}

/// [`crate::Unique::AppealOnce`] when there is one.
pub fn make(conn: &mut Conn, attempt: AttemptId, grounds: &str, now: Instant) -> Kept<AppealId> {
    Ok(diesel::insert_into(appeals::table)
        .values((appeals::attempt_id.eq(attempt), appeals::grounds.eq(grounds), appeals::made_at.eq(now)))
        .returning(appeals::id)
        .get_result(conn)?)
}

pub fn answer(conn: &mut Conn, id: AppealId, answer: &str, is_upheld: bool, now: Instant) -> Kept<()> {
    let open = appeals::table.find(id).filter(appeals::answered_at.is_null());
    let answered = diesel::update(open)
        .set((appeals::answer.eq(answer), appeals::is_upheld.eq(is_upheld), appeals::answered_at.eq(now)))
        .execute(conn)?;
    if answered == 1 { Ok(()) } else { Err(Error::Stale) }
}
