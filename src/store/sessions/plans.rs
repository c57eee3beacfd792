//! Plans, as they are written.

use super::super::among::AmongExpression as _;
use super::super::schema::{
    accounts, course_versions, courses, memberships, organisations, rooms, session_trainers, sessions, slots,
};
use super::super::{Conn, Error, Kept};
use super::is_live;
use diesel::prelude::*;
use domain::access::Role;
use domain::calendar::{Day, Instant, Zone};
use domain::ids::{AccountId, CourseVersionId, OrganisationId, ProgrammeId, SessionId, SlotId};
use domain::reference::CommuneCode;
use domain::sessions::{Plan, Promotion, Session, SessionState, Slot};

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = sessions)]
#[diesel(treat_none_as_null = true)]
struct Columns<'a> {
    version_id: CourseVersionId,
    zone: Zone,
    commune: Option<CommuneCode>,
    place: &'a str,
    video_link: &'a str,
    minimum: i32,
    enrol_by: Instant,
    queue_closes_hours: i32,
    offer_hours: Option<i32>,
    starts_at: Instant,
    ends_at: Instant,
    queue_closes_at: Instant,
}

/// Everything of a plan but its capacity, which only the seats change.
fn columns(plan: &Plan) -> Kept<Columns<'_>> {
    let (Some(starts_at), Some(ends_at)) = (plan.starts_at(), plan.ends_at()) else {
        return Err(Error::broken(NoSlot));
    };
    Ok(Columns {
        version_id: plan.version,
        zone: plan.zone,
        commune: plan.venue.commune.clone(),
        place: &plan.venue.place,
        video_link: &plan.venue.video_link,
        minimum: small(plan.minimum),
        enrol_by: plan.enrol_by,
        queue_closes_hours: small(plan.queue_closes_hours),
        offer_hours: match plan.promotion {
            Promotion::Confirm => None,
            Promotion::Offer { hours } => Some(small(hours)),
        },
        starts_at,
        ends_at,
        queue_closes_at: starts_at.plus_hours(-i64::from(plan.queue_closes_hours)),
    })
}

#[derive(Debug, thiserror::Error)]
#[error("a plan without a half-day was to be kept")]
struct NoSlot;

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Writes a new draft.
pub fn insert(
    conn: &mut Conn,
    body: OrganisationId,
    programme: ProgrammeId,
    plan: &Plan,
    now: Instant,
) -> Kept<SessionId> {
    let id = diesel::insert_into(sessions::table)
        .values((
            columns(plan)?,
            sessions::training_body_id.eq(body),
            sessions::programme_id.eq(programme),
            sessions::state.eq(SessionState::Draft),
            sessions::capacity.eq(small(plan.capacity)),
            sessions::over.eq(0),
            sessions::held.eq(0),
            sessions::reserved.eq(0),
            sessions::sequence.eq(0),
            sessions::edition.eq(0),
            sessions::created_at.eq(now),
        ))
        .returning(sessions::id)
        .get_result(conn)?;
    tell_catalogue(conn, id)?;
    attach(conn, id, plan, &[])?;
    Ok(id)
}

/// Writes what the catalogue finds a session by: the title and the name of the training body.
fn tell_catalogue(conn: &mut Conn, id: SessionId) -> Kept<()> {
    let (title, body): (String, String) = sessions::table
        .inner_join(course_versions::table)
        .inner_join(organisations::table)
        .filter(sessions::id.eq(id))
        .select((course_versions::search_key, organisations::search_key))
        .first(conn)?;
    let known = sessions::search_key.eq(searched_by(&title, &body));
    diesel::update(sessions::table.find(id)).set(known).execute(conn)?;
    Ok(())
}

/// What a session is found by, from the keys of its title and of its training body.
pub fn searched_by(title: &str, body: &str) -> String {
    format!("{title} {body}")
}

/// Writes it anew for all sessions of a training body, whose name changed.
pub fn tell_catalogue_anew(conn: &mut Conn, body: OrganisationId) -> Kept<()> {
    let key: String = organisations::table.find(body).select(organisations::search_key).first(conn)?;
    let titles: Vec<(CourseVersionId, String)> = course_versions::table
        .inner_join(courses::table)
        .filter(courses::training_body_id.eq(body))
        .select((course_versions::id, course_versions::search_key))
        .load(conn)?;
    for (version, title) in titles {
        let held =
            sessions::table.filter(sessions::training_body_id.eq(body).and(sessions::version_id.eq(version)));
        let known = sessions::search_key.eq(searched_by(&title, &key));
        diesel::update(held).set(known).execute(conn)?;
    }
    Ok(())
}

/// Writes another plan over the one that was read. The capacity stays: the seats change it.
pub fn replace(conn: &mut Conn, seen: &Session, plan: &Plan, sequence: i32) -> Kept<()> {
    let untouched = sessions::table.filter(
        sessions::id.eq(seen.id).and(sessions::state.eq(seen.state)).and(sessions::edition.eq(seen.edition)),
    );
    let numbers = (sessions::sequence.eq(sequence), sessions::edition.eq(seen.edition + 1));
    let changed = diesel::update(untouched).set((columns(plan)?, numbers)).execute(conn)?;
    if changed != 1 {
        return Err(Error::Stale);
    }
    tell_catalogue(conn, seen.id)?;
    let gone = dropped(conn, seen, plan)?;
    let stay = super::slots(conn, seen.id)?.into_iter().filter(|kept| !gone.contains(&kept.id));
    let stay: Vec<Slot> = stay.map(|kept| kept.slot).collect();
    detach(conn, seen.id, &gone)?;
    attach(conn, seen.id, plan, &stay)
}

/// The half-days of a session that another plan has not, or not in the same way.
pub fn dropped(conn: &mut Conn, seen: &Session, plan: &Plan) -> Kept<Vec<SlotId>> {
    let moved = |slot: &Slot| plan.zone != seen.plan.zone || !plan.slots.contains(slot);
    let slots = super::slots(conn, seen.id)?.into_iter();
    Ok(slots.filter(|kept| moved(&kept.slot)).map(|kept| kept.id).collect())
}

/// Takes a draft away. The caller has seen that it is one.
pub fn delete(conn: &mut Conn, seen: &Session) -> Kept<()> {
    let all: Vec<SlotId> = super::slots(conn, seen.id)?.into_iter().map(|kept| kept.id).collect();
    detach(conn, seen.id, &all)?;
    let draft = sessions::table.filter(sessions::id.eq(seen.id).and(sessions::state.eq(SessionState::Draft)));
    match diesel::delete(draft).execute(conn)? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}

fn attach(conn: &mut Conn, id: SessionId, plan: &Plan, already: &[Slot]) -> Kept<()> {
    for slot in plan.slots.iter().filter(|slot| !already.contains(slot)) {
        diesel::insert_into(slots::table)
            .values((
                slots::session_id.eq(id),
                slots::day.eq(slot.day),
                slots::half_day.eq(slot.half_day),
                slots::starts_minute.eq(slot.starts.after_midnight()),
                slots::ends_minute.eq(slot.ends.after_midnight()),
                slots::zone.eq(plan.zone),
                slots::starts_at.eq(slot.starts_at),
                slots::ends_at.eq(slot.ends_at),
            ))
            .execute(conn)?;
    }
    for trainer in &plan.trainers {
        diesel::insert_into(session_trainers::table)
            .values((session_trainers::session_id.eq(id), session_trainers::account_id.eq(trainer)))
            .execute(conn)?;
    }
    Ok(())
}

/// What is signed holds a half-day: the caller has seen that nothing is. A code that was shown does not.
fn detach(conn: &mut Conn, id: SessionId, gone: &[SlotId]) -> Kept<()> {
    diesel::delete(rooms::table.filter(rooms::slot_id.eq_any(gone))).execute(conn)?;
    diesel::delete(slots::table.filter(slots::id.eq_any(gone))).execute(conn)?;
    diesel::delete(session_trainers::table.filter(session_trainers::session_id.eq(id))).execute(conn)?;
    Ok(())
}

/// A session is told anew to calendars: its number rises.
pub fn raise_sequence(conn: &mut Conn, id: SessionId) -> Kept<()> {
    diesel::update(sessions::table.find(id))
        .set(sessions::sequence.eq(sessions::sequence + 1))
        .execute(conn)?;
    Ok(())
}

/// The trainers of a training body on a day, by name.
pub fn trainers_of(conn: &mut Conn, body: OrganisationId, day: Day) -> Kept<Vec<(AccountId, String)>> {
    Ok(memberships::table
        .inner_join(accounts::table)
        .filter(memberships::organisation_id.eq(body).and(memberships::role.eq(Role::Trainer)))
        .filter(memberships::starts_on.le(day))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(day)))
        .filter(accounts::disabled_at.is_null())
        .order((accounts::name, accounts::id))
        .select((accounts::id, accounts::name))
        .load(conn)?)
}

/// Announced sessions whose first half-day has begun.
pub fn due_to_start(conn: &mut Conn, now: Instant) -> Kept<Vec<SessionId>> {
    Ok(sessions::table
        .filter(is_live().and(sessions::state.among([SessionState::Published, SessionState::Confirmed])))
        .filter(sessions::starts_at.le(now))
        .order((sessions::starts_at, sessions::id))
        .select(sessions::id)
        .load(conn)?)
}

/// Announced sessions that begin between two moments, each with its beginning and the clock it keeps.
pub fn coming(conn: &mut Conn, after: Instant, before: Instant) -> Kept<Vec<(SessionId, Instant, Zone)>> {
    let rows: Vec<(SessionId, Instant, String)> = sessions::table
        .filter(is_live().and(sessions::state.among([SessionState::Published, SessionState::Confirmed])))
        .filter(sessions::starts_at.gt(after).and(sessions::starts_at.lt(before)))
        .order(sessions::id)
        .select((sessions::id, sessions::starts_at, sessions::zone))
        .load(conn)?;
    rows.into_iter().map(|(id, at, zone)| Ok((id, at, zone.parse().map_err(Error::broken)?))).collect()
}
