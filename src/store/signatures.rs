//! Signed half-days: the people's signatures, the trainers' word, and what is done without.

use super::among::AmongExpression as _;
use super::backend::in_bulk;
use super::schema::{
    arrivals, countersignatures, course_versions, enrolments, late_signings, people, rooms, sessions,
    signatures, slots, waivers,
};
use super::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::{Reach, Role};
use domain::attendance::Presence;
use domain::calendar::{Instant, Zone};
use domain::enrolments::EnrolmentState;
use domain::ids::{AccountId, EnrolmentId, SessionId, SignatureId, SlotId};
use domain::journal::evidence;
use domain::people::{EmailAddress, PersonName};
use domain::sessions::SessionState;
use domain::signatures::Way;

/// A signature to be written down.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = signatures, treat_none_as_default_value = false)]
pub struct NewSignature {
    pub enrolment_id: EnrolmentId,
    pub slot_id: SlotId,
    pub way: Way,
    pub signed_at: Instant,
    pub received_at: Instant,
    pub typed: Option<String>,
    pub drawn: Option<String>,
    pub sheet_digest: String,
    pub connection_digest: String,
    pub connection_salt: Option<String>,
    pub address: Option<String>,
    pub agent: Option<String>,
    pub device: Option<String>,
}

in_bulk! { signatures <- NewSignature }

impl NewSignature {
    /// What the journal keeps as proof of it.
    pub fn evidence(&self) -> evidence::Signature<'_> {
        evidence::Signature {
            enrolment: self.enrolment_id,
            slot: self.slot_id,
            way: self.way,
            signed_at: self.signed_at,
            received_at: self.received_at,
            typed: self.typed.as_deref(),
            drawn: self.drawn.as_deref(),
            sheet_digest: &self.sheet_digest,
            connection_digest: &self.connection_digest,
        }
    }
}

/// A signature that stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = signatures)]
pub struct Signature {
    pub id: SignatureId,
    #[diesel(column_name = enrolment_id)]
    pub enrolment: EnrolmentId,
    #[diesel(column_name = slot_id)]
    pub slot: SlotId,
    pub way: Way,
    pub signed_at: Instant,
}

/// Of one person's places, the half-days that are signed.
pub fn of_enrolments(conn: &mut Conn, ids: &[EnrolmentId]) -> Kept<Vec<(EnrolmentId, SlotId)>> {
    Ok(signatures::table
        .filter(signatures::enrolment_id.among(ids.iter().copied()).and(signatures::withdrawn_at.is_null()))
        .select((signatures::enrolment_id, signatures::slot_id))
        .load(conn)?)
}

/// The signature that stands for somebody in a half-day.
pub fn standing(conn: &mut Conn, enrolment: EnrolmentId, slot: SlotId) -> Kept<Option<Signature>> {
    Ok(signatures::table
        .filter(signatures::slot_id.eq(slot).and(signatures::enrolment_id.eq(enrolment)))
        .filter(signatures::withdrawn_at.is_null())
        .select(Signature::as_select())
        .first(conn)
        .optional()?)
}

/// Whether anybody signed one of these half-days of a session, be it withdrawn since.
pub fn any(conn: &mut Conn, session: SessionId, slots: &[SlotId]) -> Kept<bool> {
    let found = enrolments::table
        .inner_join(signatures::table)
        .filter(enrolments::session_id.eq(session).and(signatures::slot_id.eq_any(slots)));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Writes a signature down. The caller holds the session.
pub fn add(conn: &mut Conn, new: &NewSignature) -> Kept<SignatureId> {
    Ok(diesel::insert_into(signatures::table).values(new).returning(signatures::id).get_result(conn)?)
}

/// A signature does not count any more; it stays to be read.
pub fn withdraw(conn: &mut Conn, id: SignatureId, now: Instant) -> Kept<()> {
    diesel::update(signatures::table.find(id)).set(signatures::withdrawn_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Forgets from where and with what people signed before a moment. Answers how many.
pub fn forget_connections(conn: &mut Conn, before: Instant) -> Kept<usize> {
    let old = signatures::table
        .filter(signatures::received_at.lt(before).and(signatures::connection_salt.is_not_null()));
    let nothing: Option<String> = None;
    Ok(diesel::update(old)
        .set((
            signatures::connection_salt.eq(&nothing),
            signatures::address.eq(&nothing),
            signatures::agent.eq(&nothing),
            signatures::device.eq(&nothing),
        ))
        .execute(conn)?)
}

/// A half-day that somebody may sign, with the secret of its codes once the room shows them.
#[derive(Debug, Clone, Queryable)]
pub struct Signable {
    pub enrolment: EnrolmentId,
    pub name: PersonName,
    pub session: SessionId,
    pub title: String,
    pub zone: Zone,
    pub slot: SlotId,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub secret: Option<String>,
}

/// The half-days within reach where the person has a place, and that begin or end around a moment.
pub fn signable(conn: &mut Conn, reach: &Reach, from: Instant, until: Instant) -> Kept<Vec<Signable>> {
    let own: Vec<EnrolmentId> = super::enrolments::within(reach)
        .filter(enrolments::state.eq(EnrolmentState::Confirmed))
        .select(enrolments::id)
        .load(conn)?;
    around(conn, &own, from, until)
}

/// The same of everyone who is written to at an address.
pub fn signable_at(
    conn: &mut Conn,
    email: &EmailAddress,
    from: Instant,
    until: Instant,
) -> Kept<Vec<Signable>> {
    let own: Vec<EnrolmentId> = enrolments::table
        .inner_join(people::table)
        .filter(people::email.eq(email).and(enrolments::state.eq(EnrolmentState::Confirmed)))
        .select(enrolments::id)
        .load(conn)?;
    around(conn, &own, from, until)
}

/// Of these places, the half-days that begin or end around a moment.
pub fn around(conn: &mut Conn, own: &[EnrolmentId], from: Instant, until: Instant) -> Kept<Vec<Signable>> {
    Ok(enrolments::table
        .inner_join(people::table)
        .inner_join(sessions::table.inner_join(course_versions::table))
        .inner_join(slots::table.on(slots::session_id.eq(sessions::id)))
        .left_join(rooms::table.on(rooms::slot_id.eq(slots::id)))
        .filter(enrolments::id.eq_any(own))
        .filter(slots::ends_at.ge(from).and(slots::starts_at.le(until)))
        .order((slots::starts_at, slots::id))
        .select((
            enrolments::id,
            (people::given_name, people::family_name),
            sessions::id,
            course_versions::title,
            sessions::zone,
            slots::id,
            slots::starts_at,
            slots::ends_at,
            rooms::secret.nullable(),
        ))
        .load(conn)?)
}

/// The rooms that were opened since a moment and may still be signed in: when their half-days begin and end, and
/// the secret of their codes. Says nothing of anybody.
pub fn open_rooms(conn: &mut Conn, since: Instant) -> Kept<Vec<(Instant, Instant, String)>> {
    let runs = [SessionState::Published, SessionState::Confirmed, SessionState::Running];
    Ok(rooms::table
        .inner_join(slots::table.inner_join(sessions::table))
        .filter(rooms::opened_at.ge(since).and(sessions::state.eq_any(runs)))
        .select((slots::starts_at, slots::ends_at, rooms::secret))
        .load(conn)?)
}

/// Opens the room of a half-day. The caller holds the session.
pub fn open_room(conn: &mut Conn, slot: SlotId, secret: &str, by: AccountId, now: Instant) -> Kept<()> {
    diesel::insert_into(rooms::table)
        .values((
            rooms::slot_id.eq(slot),
            rooms::secret.eq(secret),
            rooms::opened_at.eq(now),
            rooms::opened_by.eq(by),
        ))
        .execute(conn)?;
    Ok(())
}

/// Somebody's word for a half-day, in the role in which they give it.
pub fn countersign(
    conn: &mut Conn,
    slot: SlotId,
    (by, role): (AccountId, Role),
    sheet: &str,
    now: Instant,
) -> Kept<()> {
    diesel::insert_into(countersignatures::table)
        .values((
            countersignatures::slot_id.eq(slot),
            countersignatures::account_id.eq(by),
            countersignatures::role.eq(role),
            countersignatures::signed_at.eq(now),
            countersignatures::sheet.eq(sheet),
        ))
        .execute(conn)?;
    diesel::update(slots::table.find(slot)).set(slots::confirmed_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Does without a proof. The caller holds the session, and has seen that it is missing.
pub fn waive(
    conn: &mut Conn,
    slot: SlotId,
    enrolment: Option<EnrolmentId>,
    reason: &str,
    by: AccountId,
    now: Instant,
) -> Kept<()> {
    diesel::insert_into(waivers::table)
        .values((
            waivers::slot_id.eq(slot),
            waivers::enrolment_id.eq(enrolment),
            waivers::reason.eq(reason),
            waivers::waived_at.eq(now),
            waivers::waived_by.eq(by),
        ))
        .execute(conn)?;
    Ok(())
}

/// Somebody may sign afterwards, until a moment; asked again, until the later one.
pub fn ask_late(
    conn: &mut Conn,
    enrolment: EnrolmentId,
    slot: SlotId,
    by: AccountId,
    now: Instant,
    until: Instant,
) -> Kept<()> {
    let values =
        (late_signings::asked_at.eq(now), late_signings::asked_by.eq(by), late_signings::until.eq(until));
    let again = diesel::update(late_signings::table.find((enrolment, slot))).set(values).execute(conn)?;
    if again == 0 {
        diesel::insert_into(late_signings::table)
            .values((late_signings::enrolment_id.eq(enrolment), late_signings::slot_id.eq(slot), values))
            .execute(conn)?;
    }
    Ok(())
}

/// The half-days that somebody was asked to sign afterwards, and still may.
pub fn late_slots(conn: &mut Conn, enrolment: EnrolmentId, now: Instant) -> Kept<Vec<SlotId>> {
    Ok(late_signings::table
        .filter(late_signings::enrolment_id.eq(enrolment).and(late_signings::until.gt(now)))
        .filter(
            late_signings::slot_id.ne_all(
                signatures::table
                    .filter(signatures::enrolment_id.eq(enrolment).and(signatures::withdrawn_at.is_null()))
                    .select(signatures::slot_id),
            ),
        )
        .order(late_signings::slot_id)
        .select(late_signings::slot_id)
        .load(conn)?)
}

/// Which of these came before, and the presence that each made.
pub fn arrived(conn: &mut Conn, names: &[String]) -> Kept<Vec<(String, Presence)>> {
    let rows: Vec<(String, String)> = arrivals::table
        .filter(arrivals::name.eq_any(names))
        .select((arrivals::name, arrivals::presence))
        .load(conn)?;
    rows.into_iter().map(|(name, text)| Ok((name, text.parse().map_err(Error::broken)?))).collect()
}

/// Forgets what came before a moment: no device sends it again by then. Answers how many.
pub fn forget_arrivals(conn: &mut Conn, before: Instant) -> Kept<usize> {
    Ok(diesel::delete(arrivals::table.filter(arrivals::arrived_at.lt(before))).execute(conn)?)
}

/// Remembers that it came.
pub fn arrive(conn: &mut Conn, name: &str, slot: SlotId, made: Presence, now: Instant) -> Kept<()> {
    diesel::insert_into(arrivals::table)
        .values((
            arrivals::name.eq(name),
            arrivals::slot_id.eq(slot),
            arrivals::presence.eq(made.to_string()),
            arrivals::arrived_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
