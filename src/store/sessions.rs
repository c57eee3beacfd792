//! Runs of a course, their half-days and trainers.

pub use headings::{Heading, heading, headings, open_sessions, sister_sessions, venue};
pub use lists::{
    After, AfterError, Details, Imprint, Listed, Named, Shelf, details, imprint, list, listed, named,
    of_course, waiting,
};
pub(super) use plans::tell_catalogue_anew;
pub use plans::{
    coming, delete, dropped, due_to_start, insert, raise_sequence, replace, searched_by, trainers_of,
};

use super::backend::Backend;
use super::literal::{Literal, literal};
use super::schema::{course_versions, organisations, programmes, rooms, session_trainers, sessions, slots};
use super::{Conn, Error, Kept};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, HalfDay, Instant, Minute, Zone};
use domain::ids::{AccountId, CourseVersionId, OrganisationId, ProgrammeId, SessionId, SlotId};
use domain::letters::Meeting;
use domain::reference::CommuneCode;
use domain::sessions::{Plan, Promotion, Session, SessionState, Slot, Venue};

/// Narrows a boxed query on sessions to what a reach covers. What is public of a session is read
/// by the catalogue. A macro, because a query with its joins has a type of its own.
macro_rules! covered {
    ($query:expr, $reach:expr) => {
        match $reach.extent() {
            Extent::Everything => $query,
            Extent::TrainingBody(body) => $query.filter(sessions::training_body_id.eq(body)),
            Extent::TaughtBy(account, body) => {
                let taught = session_trainers::table
                    .filter(session_trainers::session_id.eq(sessions::id))
                    .filter(session_trainers::account_id.eq(account));
                $query.filter(sessions::training_body_id.eq(body).and(diesel::dsl::exists(taught)))
            }
            Extent::OperatedBy(operator) => {
                let own = programmes::table
                    .filter(programmes::id.eq(sessions::programme_id))
                    .filter(programmes::operator_id.eq(operator));
                $query.filter(diesel::dsl::exists(own))
            }
            _ => $query.filter(sessions::id.lt(SessionId(0))),
        }
    };
}
mod headings;
mod lists;
mod plans;

/// Announced or running. In the words of the migration: an index of these alone is found by them.
pub(super) fn is_live() -> Literal<Bool> {
    literal("sessions.state IN ('published', 'confirmed', 'running')")
}

/// Closed or cancelled; see [`is_live`].
pub(super) fn is_done() -> Literal<Bool> {
    literal("sessions.state IN ('closed', 'cancelled')")
}

/// Not announced; see [`is_live`].
fn is_draft() -> Literal<Bool> {
    literal("sessions.state = 'draft'")
}

fn within(reach: &Reach) -> sessions::BoxedQuery<'static, Backend> {
    covered!(sessions::table.into_boxed(), reach)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct Row {
    id: SessionId,
    version_id: CourseVersionId,
    training_body_id: OrganisationId,
    programme_id: ProgrammeId,
    state: SessionState,
    zone: Zone,
    commune: Option<CommuneCode>,
    place: String,
    video_link: String,
    capacity: i32,
    minimum: i32,
    enrol_by: Instant,
    queue_closes_hours: i32,
    offer_hours: Option<i32>,
    starts_at: Instant,
    ends_at: Instant,
    sequence: i32,
    edition: i32,
}

/// A slot with its number.
#[derive(Debug, Clone)]
pub struct KeptSlot {
    pub id: SlotId,
    pub slot: Slot,
}

#[derive(Queryable)]
struct SlotRow {
    id: SlotId,
    day: Day,
    half_day: HalfDay,
    starts_minute: i32,
    ends_minute: i32,
    starts_at: Instant,
    ends_at: Instant,
}

/// The half-days of a session, in order.
pub fn slots(conn: &mut Conn, session: SessionId) -> Kept<Vec<KeptSlot>> {
    let rows: Vec<SlotRow> = slots::table
        .filter(slots::session_id.eq(session))
        .order((slots::starts_at, slots::id))
        .select((
            slots::id,
            slots::day,
            slots::half_day,
            slots::starts_minute,
            slots::ends_minute,
            slots::starts_at,
            slots::ends_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|row| {
            let minute = |m| Minute::from_after_midnight(m).ok_or_else(|| Error::broken(OutOfDay(m)));
            let slot = Slot {
                day: row.day,
                half_day: row.half_day,
                starts: minute(row.starts_minute)?,
                ends: minute(row.ends_minute)?,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
            };
            Ok(KeptSlot { id: row.id, slot })
        })
        .collect()
}

#[derive(Debug, thiserror::Error)]
#[error("{0} is no minute of a day")]
struct OutOfDay(i32);

/// A session within reach, whole.
pub fn get(conn: &mut Conn, reach: &Reach, id: SessionId) -> Kept<Session> {
    let row = within(reach).filter(sessions::id.eq(id)).select(Row::as_select()).first(conn)?;
    whole(conn, row)
}

/// A session that people outside may ask for places in: everything but drafts.
pub fn open(conn: &mut Conn, id: SessionId) -> Kept<Session> {
    let row = sessions::table
        .filter(sessions::id.eq(id).and(sessions::state.ne(SessionState::Draft)))
        .select(Row::as_select())
        .first(conn)?;
    whole(conn, row)
}

/// A half-day whose room may be shown, with the secret of its codes once it was.
#[derive(Debug, Clone, Queryable)]
pub struct HalfDayRoom {
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: Zone,
    pub state: SessionState,
    pub secret: Option<String>,
}

/// The room of a half-day within reach.
pub fn room(conn: &mut Conn, reach: &Reach, session: SessionId, slot: SlotId) -> Kept<HalfDayRoom> {
    let joined = sessions::table
        .inner_join(slots::table)
        .left_join(rooms::table.on(rooms::slot_id.eq(slots::id)))
        .into_boxed::<Backend>();
    Ok(covered!(joined, reach)
        .filter(sessions::id.eq(session).and(slots::id.eq(slot)))
        .select((slots::starts_at, slots::ends_at, sessions::zone, sessions::state, rooms::secret.nullable()))
        .first(conn)?)
}

fn whole(conn: &mut Conn, row: Row) -> Kept<Session> {
    let slots = slots(conn, row.id)?.into_iter().map(|s| s.slot).collect();
    let trainers: Vec<AccountId> = session_trainers::table
        .filter(session_trainers::session_id.eq(row.id))
        .order(session_trainers::account_id)
        .select(session_trainers::account_id)
        .load(conn)?;
    let zone = row.zone;
    Ok(Session {
        id: row.id,
        training_body: row.training_body_id,
        programme: row.programme_id,
        state: row.state,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        sequence: row.sequence,
        edition: row.edition,
        plan: Plan {
            version: row.version_id,
            zone,
            slots,
            venue: Venue { commune: row.commune, place: row.place, video_link: row.video_link },
            capacity: row.capacity.unsigned_abs(),
            minimum: row.minimum.unsigned_abs(),
            enrol_by: row.enrol_by,
            queue_closes_hours: row.queue_closes_hours.unsigned_abs(),
            promotion: row
                .offer_hours
                .map_or(Promotion::Confirm, |hours| Promotion::Offer { hours: hours.unsigned_abs() }),
            trainers,
        },
    })
}

/// Moves a session to another state, unless somebody moved it since it was read.
pub fn shift(conn: &mut Conn, seen: &Session, next: SessionState) -> Kept<()> {
    let untouched = sessions::table.filter(sessions::id.eq(seen.id).and(sessions::state.eq(seen.state)));
    match diesel::update(untouched).set(sessions::state.eq(next)).execute(conn)? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}

/// A session as letters tell it.
pub fn meeting(conn: &mut Conn, session: &Session, now: Instant) -> Kept<Meeting> {
    let today = now.day(Zone::OFFICE);
    let organiser_email = super::accounts::contact_of(conn, session.training_body, today)?.map(|c| c.email);
    Ok(Meeting { organiser_email, ..announced(conn, session)? })
}

/// The same, without whom answers go to.
pub fn announced(conn: &mut Conn, session: &Session) -> Kept<Meeting> {
    let (title, organiser): (String, String) = sessions::table
        .inner_join(course_versions::table)
        .inner_join(organisations::table)
        .filter(sessions::id.eq(session.id))
        .select((course_versions::title, organisations::name))
        .first(conn)?;
    let plan = &session.plan;
    Ok(Meeting {
        session: session.id,
        title,
        organiser,
        organiser_email: None,
        zone: plan.zone,
        slots: plan.slots.clone(),
        commune: plan.venue.commune.as_ref().and_then(CommuneCode::known).map(|c| c.name.to_owned()),
        place: plan.venue.place.clone(),
        video_link: plan.venue.video_link.clone(),
        sequence: session.sequence,
        capacity: plan.capacity,
    })
}
