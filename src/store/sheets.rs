//! The attendance sheet of a session, whole: who came, with what proof.

use super::among::AmongExpression as _;
use super::marks::ON_THE_SHEET;
use super::schema::{
    accounts, countersignatures, enrolments, late_signings, marks, organisations, people, signatures, slots,
    waivers,
};
use super::sessions::KeptSlot;
use super::{Conn, Kept, sessions};
use diesel::prelude::*;
use domain::access::Role;
use domain::attendance::{Mark, Presence, Sheet};
use domain::calendar::Instant;
use domain::enrolments::EnrolmentState;
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::journal::evidence;
use domain::people::PersonName;
use domain::signatures::{Trace, Way};

/// One person in one half-day, with everything that is known of it.
#[derive(Debug, Clone, Queryable)]
pub struct Square {
    pub enrolment: EnrolmentId,
    pub slot: SlotId,
    pub name: PersonName,
    pub employer: Option<String>,
    pub state: EnrolmentState,
    pub noted: Option<Noted>,
    pub signed: Option<Signed>,
    /// Why the signature is done without.
    pub waived: Option<String>,
    /// When the person was asked to sign afterwards.
    pub asked_at: Option<Instant>,
}

/// What was noted, when and by whom.
#[derive(Debug, Clone, Queryable)]
pub struct Noted {
    pub mark: Mark,
    pub minutes: i32,
    pub at: Instant,
    pub by: String,
}

/// The signature that stands.
#[derive(Debug, Clone, Queryable)]
pub struct Signed {
    pub way: Way,
    pub at: Instant,
    pub received_at: Instant,
    pub typed: Option<String>,
    pub drawn: Option<String>,
    pub device: Option<String>,
    sheet_digest: String,
    connection_digest: String,
}

impl Signed {
    fn evidence(&self, (enrolment, slot): (EnrolmentId, SlotId)) -> evidence::Signature<'_> {
        evidence::Signature {
            enrolment,
            slot,
            way: self.way,
            signed_at: self.at,
            received_at: self.received_at,
            typed: self.typed.as_deref(),
            drawn: self.drawn.as_deref(),
            sheet_digest: &self.sheet_digest,
            connection_digest: &self.connection_digest,
        }
    }
}

impl Square {
    pub fn trace(&self) -> Option<Trace> {
        let signed = self.signed.as_ref()?;
        Some(Trace {
            enrolment: self.enrolment,
            way: signed.way,
            signed_at: signed.at,
            received_at: signed.received_at,
            device: signed.device.clone(),
            noted: self.noted.as_ref().is_some_and(|noted| noted.mark != Mark::Expected),
        })
    }
}

/// Who put their word to a half-day, when, and on which sheet.
#[derive(Debug, Clone, Queryable)]
pub struct Countersignature {
    pub slot: SlotId,
    pub by: String,
    /// In whose name.
    pub role: Role,
    pub at: Instant,
    pub sheet: String,
}

/// The sheet of a session as it is kept.
#[derive(Debug, Clone)]
pub struct KeptSheet {
    /// The half-days in order.
    pub slots: Vec<KeptSlot>,
    /// People by name, and for each the half-days in order.
    pub squares: Vec<Square>,
    /// The words that were given, the latest last.
    pub words: Vec<Countersignature>,
    /// Half-days that do without the trainer's word, and why.
    pub wordless: Vec<(SlotId, String)>,
}

impl KeptSheet {
    /// As the domain decides on it.
    pub fn sheet(&self) -> Sheet {
        let mut sheet =
            Sheet { slots: self.slots.iter().map(|kept| (kept.id, kept.slot)).collect(), ..Sheet::default() };
        for square in &self.squares {
            let place = (square.enrolment, square.slot);
            if sheet.people.last() != Some(&square.enrolment) {
                sheet.people.push(square.enrolment);
            }
            if let Some(noted) = &square.noted {
                let presence = Presence { mark: noted.mark, minutes: noted.minutes.unsigned_abs() };
                sheet.presences.insert(place, presence);
            }
            if let Some(signed) = &square.signed {
                sheet.signed.insert(place, signed.evidence(place).digest());
            }
            if square.waived.is_some() {
                sheet.waived.insert((Some(square.enrolment), square.slot));
            }
        }
        sheet.waived.extend(self.wordless.iter().map(|(slot, _)| (None, *slot)));
        for word in &self.words {
            sheet.countersigned.entry(word.slot).or_default().insert(word.sheet.clone());
        }
        sheet
    }
}

/// What one place says of each of these half-days of its session; the caller has found the place within
/// its reach.
pub fn of_place(
    conn: &mut Conn,
    session: SessionId,
    who: EnrolmentId,
    slots: Vec<KeptSlot>,
) -> Kept<KeptSheet> {
    Ok(KeptSheet {
        slots,
        squares: squares(conn, session, Some(who))?,
        words: Vec::new(),
        wordless: Vec::new(),
    })
}

/// The sheet of a session that the caller has found within its reach; in four questions.
pub fn load(conn: &mut Conn, session: SessionId) -> Kept<KeptSheet> {
    let own = || slots::table.filter(slots::session_id.eq(session)).select(slots::id);
    Ok(KeptSheet {
        slots: sessions::slots(conn, session)?,
        squares: squares(conn, session, None)?,
        words: countersignatures::table
            .inner_join(accounts::table)
            .filter(countersignatures::slot_id.eq_any(own()))
            .order(countersignatures::id)
            .select((
                countersignatures::slot_id,
                accounts::name,
                countersignatures::role,
                countersignatures::signed_at,
                countersignatures::sheet,
            ))
            .load(conn)?,
        wordless: waivers::table
            .filter(waivers::slot_id.eq_any(own()).and(waivers::enrolment_id.is_null()))
            .select((waivers::slot_id, waivers::reason))
            .load(conn)?,
    })
}

/// Of everyone on the sheet, or of one of them.
fn squares(conn: &mut Conn, session: SessionId, who: Option<EnrolmentId>) -> Kept<Vec<Square>> {
    let everyone = who.is_none().into_sql::<diesel::sql_types::Bool>();
    let wanted = everyone.or(enrolments::id.eq(who.unwrap_or(EnrolmentId(0))));
    let noted = marks::enrolment_id.eq(enrolments::id).and(marks::slot_id.eq(slots::id));
    let signed = signatures::enrolment_id
        .eq(enrolments::id)
        .and(signatures::slot_id.eq(slots::id))
        .and(signatures::withdrawn_at.is_null());
    let waived = waivers::enrolment_id.eq(enrolments::id.nullable()).and(waivers::slot_id.eq(slots::id));
    let asked = late_signings::enrolment_id.eq(enrolments::id).and(late_signings::slot_id.eq(slots::id));
    Ok(enrolments::table
        .inner_join(people::table)
        .inner_join(slots::table.on(slots::session_id.eq(enrolments::session_id)))
        .left_join(organisations::table.on(enrolments::employer_id.eq(organisations::id.nullable())))
        .left_join(marks::table.on(noted))
        .left_join(accounts::table.on(accounts::id.eq(marks::marked_by)))
        .left_join(signatures::table.on(signed))
        .left_join(waivers::table.on(waived))
        .left_join(late_signings::table.on(asked))
        .filter(enrolments::session_id.eq(session).and(enrolments::state.among(ON_THE_SHEET)))
        .filter(wanted)
        .order((people::search_key, enrolments::id, slots::starts_at, slots::id))
        .select((
            enrolments::id,
            slots::id,
            (people::given_name, people::family_name),
            organisations::name.nullable(),
            enrolments::state,
            (marks::mark, marks::minutes, marks::marked_at, accounts::name.assume_not_null()).nullable(),
            (
                signatures::way,
                signatures::signed_at,
                signatures::received_at,
                signatures::typed,
                signatures::drawn,
                signatures::device,
                signatures::sheet_digest,
                signatures::connection_digest,
            )
                .nullable(),
            waivers::reason.nullable(),
            late_signings::asked_at.nullable(),
        ))
        .load(conn)?)
}
