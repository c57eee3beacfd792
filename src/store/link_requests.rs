//! Links that somebody asked to be sent, until it is looked at whether there is anybody to send one to.

use super::schema::link_requests;
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::Instant;

/// One that waits to be looked at.
#[derive(Debug, Clone, Queryable)]
pub struct LinkRequest {
    id: i64,
    /// As it was typed, in lower case.
    pub email: String,
    /// The code of the room that they stand in; none where they want a new password.
    pub room_code: Option<String>,
    pub asked_at: Instant,
}

pub fn add(conn: &mut Conn, email: &str, room_code: Option<&str>, now: Instant) -> Kept<()> {
    diesel::insert_into(link_requests::table)
        .values((
            link_requests::email.eq(email),
            link_requests::room_code.eq(room_code),
            link_requests::asked_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Some of them, the oldest first, after one.
pub fn waiting(conn: &mut Conn, after: Option<&LinkRequest>, most: i64) -> Kept<Vec<LinkRequest>> {
    Ok(link_requests::table
        .filter(link_requests::id.gt(after.map_or(0, |one| one.id)))
        .order(link_requests::id)
        .limit(most)
        .load(conn)?)
}

/// Forgets those that were asked for by then, and answers how many.
pub fn sweep(conn: &mut Conn, by: Instant) -> Kept<usize> {
    Ok(diesel::delete(link_requests::table.filter(link_requests::asked_at.le(by))).execute(conn)?)
}

/// Takes one away; answers whether it was still there, or somebody else looked at it first.
pub fn take(conn: &mut Conn, one: &LinkRequest) -> Kept<bool> {
    Ok(diesel::delete(link_requests::table.find(one.id)).execute(conn)? == 1)
}
