//! What this database is for: a real programme, the demonstration, or made-up people for load work.

use super::schema::installation;
use super::{Conn, Kept};
use crate::domain::calendar::Instant;
use diesel::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Demonstration,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Demonstration => "demonstration",
        }
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
            installation::purpose.eq(purpose.name()),
            installation::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
