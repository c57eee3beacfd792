//! Forms that were sent: what one asks for is done once, however often it arrives.

use super::schema::sent_forms;
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::Instant;

/// Keeps that a form was sent, with the address of what it made. Sent before, it breaks the rule [`Unique::FormOnce`].
///
/// [`Unique::FormOnce`]: super::Unique::FormOnce
pub fn keep(conn: &mut Conn, number: &str, made: Option<&str>, now: Instant) -> Kept<()> {
    let row = (sent_forms::number.eq(number), sent_forms::made.eq(made), sent_forms::sent_at.eq(now));
    diesel::insert_into(sent_forms::table).values(row).execute(conn)?;
    Ok(())
}

/// What a form made when it was sent; none where it was not sent.
pub fn made(conn: &mut Conn, number: &str) -> Kept<Option<Option<String>>> {
    Ok(sent_forms::table.find(number).select(sent_forms::made).first(conn).optional()?)
}

/// Forgets those that were sent by then, and answers how many.
pub fn sweep(conn: &mut Conn, by: Instant) -> Kept<usize> {
    Ok(diesel::delete(sent_forms::table.filter(sent_forms::sent_at.le(by))).execute(conn)?)
}
