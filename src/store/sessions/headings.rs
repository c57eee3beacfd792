//! Sessions as those see them who ask for places.

use super::super::among::AmongExpression as _;
use super::is_live;
use crate::schema::{course_versions, sessions};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::{Instant, Zone};
use domain::ids::{OrganisationId, SessionId};
use domain::reference::CommuneCode;
use domain::sessions::SessionState;

/// A session as somebody who asks for places sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Heading {
    pub id: SessionId,
    #[diesel(select_expression = course_versions::title)]
    pub title: String,
    pub state: SessionState,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: Zone,
    pub commune: Option<CommuneCode>,
    pub capacity: i32,
    pub held: i32,
    pub reserved: i32,
    pub enrol_by: Instant,
}

impl Heading {
    /// Seats that anyone may be given.
    pub fn free(&self) -> u32 {
        u32::try_from(self.capacity - self.held - self.reserved).unwrap_or(0)
    }
}

/// What is public of a session that was published once.
pub fn heading(conn: &mut Conn, session: SessionId) -> Kept<Heading> {
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(sessions::id.eq(session).and(sessions::state.ne(SessionState::Draft)))
        .select(Heading::as_select())
        .first(conn)?)
}

/// The public side of some sessions, the next ones first.
pub fn headings(conn: &mut Conn, sessions: &[SessionId]) -> Kept<Vec<Heading>> {
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(sessions::id.among(sessions.iter().copied()))
        .order((sessions::starts_at, sessions::id))
        .select(Heading::as_select())
        .load(conn)?)
}

/// Sessions that still take requests, the next ones first.
pub fn open_sessions(conn: &mut Conn, now: Instant, most: i64) -> Kept<Vec<Heading>> {
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(is_live().and(sessions::state.among([SessionState::Published, SessionState::Confirmed])))
        // No queue closes after the beginning.
        .filter(sessions::starts_at.gt(now))
        .filter(sessions::queue_closes_at.gt(now).and(sessions::enrol_by.gt(now)))
        .order((sessions::starts_at, sessions::id))
        .limit(most)
        .select(Heading::as_select())
        .load(conn)?)
}

/// Other sessions of the same training body that still lie ahead.
pub fn sister_sessions(conn: &mut Conn, session: SessionId, now: Instant) -> Kept<Vec<Heading>> {
    let body: OrganisationId =
        sessions::table.find(session).select(sessions::training_body_id).first(conn)?;
    Ok(sessions::table
        .inner_join(course_versions::table)
        .filter(sessions::training_body_id.eq(body).and(sessions::id.ne(session)))
        .filter(is_live().and(sessions::state.among([SessionState::Published, SessionState::Confirmed])))
        .filter(sessions::starts_at.gt(now))
        .order((sessions::starts_at, sessions::id))
        .limit(50)
        .select(Heading::as_select())
        .load(conn)?)
}

/// Where a session is held, for those who have a place there: the address and the link.
pub fn venue(conn: &mut Conn, session: SessionId) -> Kept<(String, String)> {
    Ok(sessions::table.find(session).select((sessions::place, sessions::video_link)).first(conn)?)
}
