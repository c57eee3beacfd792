//! What stands in the tables of one session, as its chain must tell it.

use super::{Conn, Kept, SecretName, moment};
use crate::schema::{
    countersignatures, enrolments, late_signings, marks, sessions, signatures, slots, waivers,
};
use diesel::prelude::*;
use domain::access::Role;
use domain::attendance::{Mark, Presence};
use domain::calendar::Instant;
use domain::enrolments::EnrolmentState;
use domain::ids::{AccountId, EnrolmentId, SessionId, SlotId};
use domain::journal::evidence;
use domain::journal::standing::{About, Fact, WITHDRAWN};
use domain::sessions::SessionState;
use domain::signatures::Way;

/// Everything that the session's chain is answerable for, in the order in which it came to stand.
pub fn of_session(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let mut facts = plan(conn, session)?;
    facts.extend(places(conn, session)?);
    facts.extend(presences(conn, session)?);
    facts.extend(asked(conn, session)?);
    facts.extend(signed(conn, session)?);
    facts.extend(waived(conn, session)?);
    facts.extend(words(conn, session)?);
    Ok(facts)
}

fn fact(about: About, reference: String, stands: &impl ToString) -> Fact {
    Fact { about, reference, stands: stands.to_string(), at: None, by: None, secret: None }
}

/// How a person in a half-day is referred to, and a half-day of which nobody is named.
fn place(who: Option<EnrolmentId>, slot: SlotId) -> String {
    who.map_or_else(|| format!("slot:{slot}"), |who| format!("enrolment:{who}/slot:{slot}"))
}

fn plan(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let state: Option<SessionState> =
        sessions::table.find(session).select(sessions::state).first(conn).optional()?;
    let times: Vec<(SlotId, Instant, Instant)> = slots::table
        .filter(slots::session_id.eq(session))
        .select((slots::id, slots::starts_at, slots::ends_at))
        .load(conn)?;
    let state = state.map(|state| fact(About::Session, format!("session:{session}"), &state));
    let times = times
        .into_iter()
        .map(|(slot, from, until)| fact(About::Slot, place(None, slot), &evidence::times(from, until)));
    Ok(state.into_iter().chain(times).collect())
}

fn places(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let found: Vec<(EnrolmentId, EnrolmentState, Option<i32>)> = enrolments::table
        .filter(enrolments::session_id.eq(session))
        .select((enrolments::id, enrolments::state, enrolments::minutes))
        .load(conn)?;
    let mut facts = Vec::with_capacity(found.len());
    for (who, state, minutes) in found {
        facts.push(fact(About::Enrolment, format!("enrolment:{who}"), &state));
        facts.extend(minutes.map(|minutes| fact(About::Minutes, format!("enrolment:{who}"), &minutes)));
    }
    Ok(facts)
}

fn presences(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let found: Vec<(EnrolmentId, SlotId, Mark, i32, Instant, AccountId)> = enrolments::table
        .inner_join(marks::table)
        .filter(enrolments::session_id.eq(session))
        .select((
            marks::enrolment_id,
            marks::slot_id,
            marks::mark,
            marks::minutes,
            marks::marked_at,
            marks::marked_by,
        ))
        .load(conn)?;
    let noted = |(who, slot, mark, minutes, at, by): (_, _, _, i32, _, AccountId)| Fact {
        at: Some(moment(at)),
        by: Some(by.0),
        ..fact(About::Presence, place(Some(who), slot), &Presence { mark, minutes: minutes.unsigned_abs() })
    };
    Ok(found.into_iter().map(noted).collect())
}

fn asked(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let found: Vec<(EnrolmentId, SlotId, Instant, Instant, AccountId)> = enrolments::table
        .inner_join(late_signings::table)
        .filter(enrolments::session_id.eq(session))
        .select((
            late_signings::enrolment_id,
            late_signings::slot_id,
            late_signings::until,
            late_signings::asked_at,
            late_signings::asked_by,
        ))
        .load(conn)?;
    let one = |(who, slot, until, at, by): (_, _, _, _, AccountId)| Fact {
        at: Some(moment(at)),
        by: Some(by.0),
        ..fact(About::Asked, place(Some(who), slot), &moment(until))
    };
    Ok(found.into_iter().map(one).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = signatures)]
struct Signature {
    enrolment_id: EnrolmentId,
    slot_id: SlotId,
    way: Way,
    signed_at: Instant,
    received_at: Instant,
    typed: Option<String>,
    drawn: Option<String>,
    sheet_digest: String,
    connection_digest: String,
    connection_salt: Option<String>,
    address: Option<String>,
    agent: Option<String>,
    device: Option<String>,
    withdrawn_at: Option<Instant>,
}

impl Signature {
    fn fact(&self) -> Fact {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let connection = match &self.connection_salt {
            Some(salt) => {
                let (address, agent) = (text(&self.address), text(&self.agent));
                evidence::connection(salt, &address, &agent, self.device.as_deref())
            }
            None => self.connection_digest.clone(),
        };
        let evidence = evidence::Signature {
            enrolment: self.enrolment_id,
            slot: self.slot_id,
            way: self.way,
            signed_at: self.signed_at,
            received_at: self.received_at,
            typed: self.typed.as_deref(),
            drawn: self.drawn.as_deref(),
            sheet_digest: &self.sheet_digest,
            connection_digest: &connection,
        };
        let stands = if self.withdrawn_at.is_some() { WITHDRAWN } else { self.way.as_str() };
        Fact {
            at: Some(moment(self.withdrawn_at.unwrap_or(self.received_at))),
            secret: Some((SecretName::Evidence, evidence.text())),
            ..fact(About::Signature, place(Some(self.enrolment_id), self.slot_id), &stands)
        }
    }
}

fn signed(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let found: Vec<Signature> = enrolments::table
        .inner_join(signatures::table)
        .filter(enrolments::session_id.eq(session))
        .order(signatures::id)
        .select(Signature::as_select())
        .load(conn)?;
    Ok(found.iter().map(Signature::fact).collect())
}

fn waived(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let columns =
        (waivers::slot_id, waivers::enrolment_id, waivers::reason, waivers::waived_at, waivers::waived_by);
    // Each question has the index that serves it.
    let of_people = slots::table
        .inner_join(waivers::table)
        .filter(slots::session_id.eq(session).and(waivers::enrolment_id.is_not_null()))
        .select(columns);
    let mut found: Vec<(SlotId, Option<EnrolmentId>, String, Instant, AccountId)> = of_people.load(conn)?;
    let of_trainers = slots::table
        .inner_join(waivers::table)
        .filter(slots::session_id.eq(session).and(waivers::enrolment_id.is_null()))
        .select(columns);
    found.extend(of_trainers.load::<(SlotId, Option<EnrolmentId>, String, Instant, AccountId)>(conn)?);
    let one = |(slot, who, reason, at, by): (_, _, _, _, AccountId)| Fact {
        at: Some(moment(at)),
        by: Some(by.0),
        secret: Some((SecretName::Reason, reason)),
        ..fact(About::Waiver, place(who, slot), &"waived")
    };
    Ok(found.into_iter().map(one).collect())
}

fn words(conn: &mut Conn, session: SessionId) -> Kept<Vec<Fact>> {
    let found: Vec<(SlotId, AccountId, Role, Instant, String)> = slots::table
        .inner_join(countersignatures::table)
        .filter(slots::session_id.eq(session))
        .order(countersignatures::id)
        .select((
            countersignatures::slot_id,
            countersignatures::account_id,
            countersignatures::role,
            countersignatures::signed_at,
            countersignatures::sheet,
        ))
        .load(conn)?;
    let one = |(slot, by, role, at, sheet): (_, AccountId, Role, _, _)| Fact {
        at: Some(moment(at)),
        by: Some(by.0),
        secret: Some((SecretName::Evidence, sheet)),
        ..fact(About::Word, place(None, slot), &role)
    };
    Ok(found.into_iter().map(one).collect())
}
