//! Signing a half-day, in the room or afterwards, and what the training body does with the proofs.

mod arrivals;
mod proofs;

pub use arrivals::{Arrival, Arrived, MOST, Outcome, What, arrive, collect};
pub use proofs::{ask, countersign, waive, withdraw};

use super::attendance::begun;
use super::{Act, Done, Error, House, enrolments, link_requests};
use addresses::Page;
use credentials::room_codes;
use domain::access::{Action, Actor, Subject};
use domain::attendance::Sheet;
use domain::calendar::Instant;
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::journal::evidence;
use domain::journal::standing::kinds;
use domain::people::EmailAddress;
use domain::sessions::{Session, SessionState};
use domain::signatures::{CODE_CHANGES, Hand, Refusal, Way, Window, good_codes, may_sign};
pub use exchange::qr_codes::Qr;
use exchange::qr_codes::qr;
use store::signatures::{NewSignature, Signable};
use store::{self, journal::Line};

/// How a signature reached us. Kept for a time only.
#[derive(Debug, Clone, Default)]
pub struct Connection {
    pub address: String,
    pub agent: String,
    /// A name that the browser keeps for itself; none on the trainer's device.
    pub device: Option<String>,
}

/// What the room shows.
#[derive(Debug, Clone)]
pub struct Shown {
    pub code: String,
    /// Seconds for which it shows.
    pub seconds: i64,
    /// Leads a phone to the page where the code is used.
    pub qr: Qr,
}

/// The code of a half-day, as it shows now. The first look opens the room, though it only asks: what it
/// writes is when, once, and a second look changes nothing.
pub fn show_code(house: &House, actor: &Actor, id: SessionId, slot: SlotId) -> Done<Shown> {
    let reach = actor.may(Action::ShowRoomCode)?;
    let by = actor.account().ok_or(store::Error::Missing)?;
    let room = house.store.read(|conn| store::sessions::room(conn, &reach, id, slot))?;
    open_to_sign(room.state)?;
    let window = Window::around(room.starts_at, room.ends_at);
    if !window.holds(house.clock.now()) {
        let zone = room.zone;
        return Err(Refusal::NotOpen { from: window.from, until: window.until, zone }.into());
    }
    let secret = match room.secret {
        Some(secret) => secret,
        None => {
            let fresh = room_codes::secret().map_err(|e| Error::Fault(e.to_string()))?;
            house.act_holding(actor, Action::ShowRoomCode, &[id], |act| {
                // Another look may have opened it meanwhile.
                if let Some(secret) = store::sessions::room(act.conn, &act.reach, id, slot)?.secret {
                    return Ok(secret);
                }
                store::signatures::open_room(act.conn, slot, &fresh, by, act.now)?;
                let reference = format!("slot:{slot}");
                let line = Line { kind: "room", reference: &reference, to: Some("open"), ..Line::default() };
                act.note(Subject::Session(id), &[line])?;
                Ok(fresh)
            })?
        }
    };
    let now = house.clock.now();
    let number = good_codes(now).next().unwrap_or_default();
    let seconds = CODE_CHANGES - now.utc().timestamp().rem_euclid(CODE_CHANGES);
    let code = room_codes::code(&secret, number);
    let qr = qr(&house.sender.link(&Page::Room(&code))).map_err(|e| Error::Fault(e.to_string()))?;
    Ok(Shown { code, seconds, qr })
}

/// Hours around now in which half-days are looked at for a code: enough to say of the one before that it is over.
const AROUND: i64 = 12;

/// The half-days that the reader may sign about now.
pub fn signable(house: &House, actor: &Actor) -> Done<Vec<Signable>> {
    let reach = actor.may(Action::SignAttendance)?;
    let now = house.clock.now();
    Ok(house.store.read(|conn| {
        store::signatures::signable(conn, &reach, now.plus_hours(-AROUND), now.plus_hours(AROUND))
    })?)
}

/// Finds the half-day that a code of the room belongs to, among those of the reader.
pub fn find(house: &House, actor: &Actor, code: &str) -> Done<Signable> {
    let now = house.clock.now();
    fit(signable(house, actor)?, code, now)
}

fn fit(around: Vec<Signable>, code: &str, now: Instant) -> Done<Signable> {
    let code = room_codes::read(code);
    let fits = |one: &Signable| {
        one.secret.as_ref().is_some_and(|s| good_codes(now).any(|n| room_codes::code(s, n) == code))
    };
    let found = around.into_iter().find(fits).ok_or(Refusal::Code)?;
    let window = Window::around(found.starts_at, found.ends_at);
    if window.holds(now) {
        return Ok(found);
    }
    let zone = found.zone;
    Err(Refusal::NotOpen { from: window.from, until: window.until, zone }.into())
}

/// Whether a room shows that code, or just did. It needs nobody's leave: who stands in the room reads it there.
pub fn is_shown(house: &House, code: &str) -> Done<bool> {
    let (now, code) = (house.clock.now(), room_codes::read(code));
    let rooms = house.store.read(|conn| store::signatures::open_rooms(conn, now.plus_hours(-2 * AROUND)))?;
    Ok(rooms.iter().any(|(starts_at, ends_at, secret)| {
        Window::around(*starts_at, *ends_at).holds(now)
            && good_codes(now).any(|number| room_codes::code(secret, number) == code)
    }))
}

/// Asks for their link, for whoever is expected in the room of a code. Nothing that is said or done here tells whether there is
/// such a person.
pub fn ask_link(house: &House, code: &str, email: &str) -> Done<()> {
    let Ok(email) = email.parse::<EmailAddress>() else { return Ok(()) };
    house.act(&Actor::NOBODY, Action::ReadPublicPages, |act| {
        link_requests::ask(act, email.as_str(), Some(code))
    })
}

/// Writes the letter that [`ask_link`] asked for, to the address that is known of whoever was expected there then.
pub(super) fn send_link(act: &mut Act<'_>, code: &str, email: &str, asked_at: Instant) -> Done<()> {
    let Ok(email) = email.parse::<EmailAddress>() else { return Ok(()) };
    let (from, until) = (asked_at.plus_hours(-AROUND), asked_at.plus_hours(AROUND));
    let found = fit(store::signatures::signable_at(act.conn, &email, from, until)?, code, asked_at)?;
    let session = store::sessions::open(act.conn, found.session)?;
    let mut telling = enrolments::Telling::new(act, &session)?;
    telling.signing_link(found.enrolment);
    telling.send(act)
}

/// The trainee signs on their own device, with the code that the room shows. Answers what was signed.
pub fn sign(
    house: &House,
    actor: &Actor,
    code: &str,
    hand: &Hand,
    connection: &Connection,
) -> Done<Signable> {
    let found = find(house, actor, code)?;
    let way = if actor.account().is_some() { Way::Account } else { Way::Link };
    let own = Own { who: found.enrolment, slot: found.slot, way, hand, connection };
    put(house, actor, found.session, own)?;
    Ok(found)
}

/// The trainee signs after the half-day, because the training body asked for it.
pub fn sign_afterwards(
    house: &House,
    actor: &Actor,
    (who, slot): (EnrolmentId, SlotId),
    hand: &Hand,
    connection: &Connection,
) -> Done<()> {
    let reach = actor.may(Action::SignAttendance)?;
    let session = house.store.read(|conn| store::enrolments::get(conn, &reach, who))?.session;
    put(house, actor, session, Own { who, slot, way: Way::Afterwards, hand, connection })
}

/// A signature on its way to the sheet.
#[derive(Debug, Clone)]
pub struct Signing<'a> {
    pub who: EnrolmentId,
    pub slot: SlotId,
    pub way: Way,
    pub hand: &'a Hand,
    pub connection: &'a Connection,
    pub signed_at: Instant,
    pub received_at: Instant,
    /// Drawn before the transaction.
    pub salt: String,
}

/// What one may sign with one's own hand, here and now.
#[derive(Clone, Copy)]
struct Own<'a> {
    who: EnrolmentId,
    slot: SlotId,
    way: Way,
    hand: &'a Hand,
    connection: &'a Connection,
}

fn put(house: &House, actor: &Actor, session: SessionId, own: Own<'_>) -> Done<()> {
    let Own { who, slot, way, hand, connection } = own;
    let salt = salt()?;
    house.act_holding(actor, Action::SignAttendance, &[session], |act| {
        // The reach is the person's: it covers the place, and the place names the session.
        if store::enrolments::get(act.conn, &act.reach, who)?.session != session {
            return Err(store::Error::Missing.into());
        }
        if way == Way::Afterwards && !store::signatures::late_slots(act.conn, who, act.now)?.contains(&slot) {
            return Err(Refusal::NotAsked.into());
        }
        let sheet = store::sheets::load(act.conn, session)?.sheet();
        let session = store::sessions::open(act.conn, session)?;
        let (signed_at, received_at) = (act.now, act.now);
        let new = Signing { who, slot, way, hand, connection, signed_at, received_at, salt };
        keep(act, &session, &sheet, &new).map(drop)
    })
}

/// The randomness of one signature.
fn salt() -> Done<String> {
    room_codes::secret().map_err(|e| Error::Fault(e.to_string()))
}

/// Whether anything is signed in a session in that state.
fn open_to_sign(state: SessionState) -> Result<(), Refusal> {
    match state {
        SessionState::Published | SessionState::Confirmed | SessionState::Running => Ok(()),
        SessionState::Closed | SessionState::Cancelled | SessionState::Draft => Err(Refusal::Closed),
    }
}

/// Writes one signature down, under the hold of its session. Answers the digest of its evidence.
fn keep(act: &mut Act<'_>, session: &Session, sheet: &Sheet, new: &Signing<'_>) -> Done<String> {
    open_to_sign(session.state)?;
    if let Some(before) = store::signatures::standing(act.conn, new.who, new.slot)? {
        return Err(Refusal::Already { at: before.signed_at, zone: session.plan.zone }.into());
    }
    may_sign(sheet, new.who, new.slot)?;
    let row = row(sheet, new);
    store::signatures::add(act.conn, &row)?;
    let reference = format!("enrolment:{}/slot:{}", new.who, new.slot);
    let evidence = row.evidence().text();
    let line = Line {
        kind: kinds::SIGNATURE,
        reference: &reference,
        to: Some(new.way.as_str()),
        evidence: Some(&evidence),
        ..Line::default()
    };
    act.note(Subject::Session(session.id), &[line])?;
    Ok(row.evidence().digest())
}

/// The row of a signature on a sheet as it stood before. How it reached us can be forgotten: the digest of it stays.
pub fn row(sheet: &Sheet, new: &Signing<'_>) -> NewSignature {
    let (typed, drawn) = match new.hand {
        Hand::Typed(name) => (Some(name.clone()), None),
        Hand::Drawn(path) => (None, Some(path.clone())),
    };
    let (connection, salt) = (new.connection, &new.salt);
    let connection_digest =
        evidence::connection(salt, &connection.address, &connection.agent, connection.device.as_deref());
    NewSignature {
        enrolment_id: new.who,
        slot_id: new.slot,
        way: new.way,
        signed_at: new.signed_at,
        received_at: new.received_at,
        typed,
        drawn,
        sheet_digest: evidence::digest(&sheet.text(new.slot)),
        connection_digest,
        connection_salt: Some(salt.clone()),
        address: Some(connection.address.clone()),
        agent: Some(connection.agent.clone()),
        device: connection.device.clone(),
    }
}

/// The sheet of a session that is worked on, held, within the reach of who runs it.
fn opened(act: &mut Act<'_>, id: SessionId) -> Done<Sheet> {
    begun(act, id)?;
    Ok(store::sheets::load(act.conn, id)?.sheet())
}
