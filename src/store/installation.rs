//! What this database is for: a real programme, the demonstration, or made-up people for load work.

use super::schema::{accounts, installation, organisations, people};
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::Instant;
use domain::ids::{AccountId, OrganisationId, PersonId};
use domain::named;

named! {
    /// What a database is for.
    Purpose {
        Demonstration = "demonstration",
        /// For load work.
        MadeUp = "made_up",
    }
}

/// What was written down when the data were loaded; none while nothing was.
pub fn purpose(conn: &mut Conn) -> Kept<Option<String>> {
    Ok(installation::table.select(installation::purpose).first(conn).optional()?)
}

pub fn found(conn: &mut Conn, purpose: Purpose, now: Instant) -> Kept<()> {
    diesel::insert_into(installation::table)
        .values((
            installation::id.eq(1_i64),
            installation::purpose.eq(purpose.as_str()),
            installation::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether nothing was ever put into this database.
pub fn is_empty(conn: &mut Conn) -> Kept<bool> {
    Ok(purpose(conn)?.is_none()
        && organisations::table.select(organisations::id).first::<OrganisationId>(conn).optional()?.is_none()
        && people::table.select(people::id).first::<PersonId>(conn).optional()?.is_none()
        && accounts::table.select(accounts::id).first::<AccountId>(conn).optional()?.is_none())
}
