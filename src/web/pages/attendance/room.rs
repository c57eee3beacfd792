//! The room of one half-day: who is there, who signed, the code, and the trainer's word.

use super::filling::Filled;
use super::{has_room, proof, read, slot_label};
use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use crate::pages::session_rows::place;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::attendance::{Mark, Presence, Proof, Sheet};
use domain::calendar::{Instant, Zone};
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::sessions::SessionState;
use domain::signatures::{Oddity, Refusal, Window, may_sign, oddities};
use serde::Deserialize;
use std::collections::HashMap;
use store::sessions::{KeptSlot, Listed};
use store::sheets::{KeptSheet, Square};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/salle/{slot}", Action::MarkAttendance, show);
    routes.post("/sessions/{session}/salle/{slot}/contresignature", Action::Countersign, countersign);
}

/// What may be answered, with the class of its colour.
const ANSWERS: [(Mark, &str); 5] = [
    (Mark::Present, "present"),
    (Mark::Late, "late"),
    (Mark::LeftEarly, "late"),
    (Mark::AbsentExcused, "absent"),
    (Mark::AbsentUnexcused, "absent"),
];

struct Answer {
    mark: Mark,
    label: &'static str,
    class: &'static str,
    chosen: bool,
}

/// One person, in the list of the room.
struct Person {
    id: EnrolmentId,
    name: String,
    employer: String,
    /// Signature, or what is missing.
    proof: String,
    is_signed: bool,
    is_missing: bool,
    /// Who noted it, and when.
    noted: String,
    /// What stands, as the form brings it back.
    seen: String,
    answers: Vec<Answer>,
    minutes: String,
    is_asked_to_sign: bool,
}

/// The trainer's word: who gave it, or what it would be given to.
struct Word {
    by: String,
    outdated: bool,
    /// Digest of the sheet as it shows here; none while something is missing.
    sheet: Option<String>,
}

#[derive(Template)]
#[template(path = "attendance/room.html")]
pub struct RoomPage {
    shell: Shell,
    base: String,
    session: SessionId,
    slot: SlotId,
    back_title: String,
    when: String,
    counted: String,
    people: Vec<Person>,
    open: bool,
    /// Whether people may be added and signatures withdrawn.
    runs: bool,
    /// Whether it may be signed here and now.
    signable: bool,
    /// Length of the half-day, in minutes.
    length: u32,
    word: Word,
    unsigned: Vec<EnrolmentId>,
    may_ask: bool,
    oddities: Vec<String>,
    mistakes: Mistakes,
    /// What the script of the page starts from.
    state: String,
}

/// Where a room is.
pub struct At {
    pub session: SessionId,
    pub slot: SlotId,
}

impl At {
    pub fn of(visit: &Visit<'_>) -> Result<Self, Problem> {
        Ok(Self { session: visit.part("session")?, slot: visit.part("slot")? })
    }

    pub fn base(&self) -> String {
        format!("/sessions/{}/salle/{}", self.session, self.slot)
    }
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, &[], Mistakes::default())?)
}

/// The room with the answers as somebody filled them, and what is to be mended.
pub fn page(visit: &Visit<'_>, filled: &[Filled], mistakes: Mistakes) -> Result<RoomPage, Problem> {
    let at = At::of(visit)?;
    let (w, now) = (visit.w, visit.house.clock.now());
    let (listed, kept) = visit.read(|conn| read(conn, visit, at.session))?;
    let slot = kept.slots.iter().find(|kept| kept.id == at.slot).ok_or(Problem::NotFound)?;
    let (zone, sheet) = (listed.zone, kept.sheet());
    let begun = slot.slot.starts_at <= now;
    let is_open = has_room(&listed, slot, now);
    let here: Vec<&Square> = kept.squares.iter().filter(|square| square.slot == at.slot).collect();
    let people: Vec<Person> = here.iter().map(|square| person(w, square, &sheet, zone, filled)).collect();
    let came = here.iter().filter(|s| sheet.stands(s.enrolment, at.slot).mark.came()).count();
    let names: HashMap<EnrolmentId, String> =
        here.iter().map(|square| (square.enrolment, square.name.listed())).collect();
    let state =
        super::offline::state(visit, &at, &slot.slot, zone, super::offline::people(w, &here, &sheet, zone));
    Ok(RoomPage {
        shell: visit.shell(listed.title.clone()),
        base: at.base(),
        session: at.session,
        slot: at.slot,
        back_title: w.attendance_sheet().to_owned(),
        when: format!(
            "{}, {}, {}",
            slot_label(w, slot),
            w.hours(slot.slot.starts, slot.slot.ends),
            place(w, listed.commune.as_ref())
        ),
        counted: w.present_of(came, here.len()),
        people,
        open: is_open && begun,
        runs: is_open,
        signable: is_open && Window::of(&slot.slot).holds(now),
        length: slot.slot.minutes(),
        word: word(w, &kept, &sheet, slot, &listed, now),
        may_ask: is_open && slot.slot.ends_at <= now && visit.actor.may(Action::AskSignature).is_ok(),
        unsigned: unsigned(&sheet, at.slot),
        oddities: odd(w, slot, &here, &names, zone),
        mistakes,
        state,
    })
}

/// Who came and has no signature.
fn unsigned(sheet: &Sheet, slot: SlotId) -> Vec<EnrolmentId> {
    let signature = |(_, proof)| match proof {
        Proof::Signature(who) => Some(who),
        Proof::Presence(_) | Proof::Countersignature => None,
    };
    sheet.missing_in(slot).into_iter().filter_map(signature).collect()
}

fn person(w: Words, square: &Square, sheet: &Sheet, zone: Zone, filled: &[Filled]) -> Person {
    let stands = sheet.stands(square.enrolment, square.slot);
    let filled = filled.iter().find(|one| one.cell.enrolment == square.enrolment);
    let chosen = filled.map_or(stands.mark, |one| one.cell.wanted);
    let minutes = match filled {
        Some(one) => one.minutes.clone(),
        None if stands.mark.is_partial() => stands.minutes.to_string(),
        None => String::new(),
    };
    Person {
        id: square.enrolment,
        name: square.name.listed(),
        employer: square.employer.clone().unwrap_or_default(),
        proof: proof_of(w, square, stands, zone),
        is_signed: square.signed.is_some(),
        is_missing: sheet.lacks(square.enrolment, square.slot).is_some(),
        noted: noted_by(w, square, zone),
        seen: stands.to_string(),
        answers: ANSWERS
            .iter()
            .map(|(mark, class)| Answer { mark: *mark, label: w.mark(*mark), class, chosen: *mark == chosen })
            .collect(),
        minutes,
        is_asked_to_sign: is_asked_to_sign(square, sheet),
    }
}

/// Who noted somebody, and when.
pub fn noted_by(w: Words, square: &Square, zone: Zone) -> String {
    let noted = square.noted.as_ref();
    noted.map(|noted| format!("{}, {}", noted.by, w.short_moment(noted.at, zone))).unwrap_or_default()
}

/// Who made a presence what it is, and when: whoever noted it, or the person, by signing.
pub fn made_by(w: Words, square: &Square, zone: Zone) -> String {
    match (&square.noted, &square.signed) {
        (Some(noted), _) if noted.mark != Mark::Expected => noted_by(w, square, zone),
        (_, Some(signed)) => w.signed_at(&w.time(signed.at.minute(zone)), signed.way),
        _ => String::new(),
    }
}

/// Whether the device is handed to somebody: they may sign, and nothing proves yet that they were there.
fn is_asked_to_sign(square: &Square, sheet: &Sheet) -> bool {
    let proven = square.signed.is_some() || square.waived.is_some();
    !proven && may_sign(sheet, square.enrolment, square.slot).is_ok()
}

/// What proves that somebody was there, or what is missing.
pub fn proof_of(w: Words, square: &Square, stands: Presence, zone: Zone) -> String {
    match square.asked_at {
        Some(at) if square.signed.is_none() && square.waived.is_none() => {
            format!("{} {}", w.asked_to_sign(), w.short_moment(at, zone))
        }
        _ if stands.mark == Mark::Expected => w.to_be_noted().to_owned(),
        _ => proof(w, square, stands, zone),
    }
}

fn word(w: Words, kept: &KeptSheet, sheet: &Sheet, slot: &KeptSlot, listed: &Listed, now: Instant) -> Word {
    let closed = listed.state == SessionState::Closed;
    let last = kept.words.iter().rfind(|word| word.slot == slot.id);
    let current = sheet.is_countersigned(slot.id);
    let ready = !current
        && slot.slot.ends_at <= now
        && !sheet.people.is_empty()
        && (closed || sheet.missing_in(slot.id).iter().all(|(_, p)| *p == Proof::Countersignature));
    Word {
        by: last
            .map(|word| w.countersigned(&word.by, word.role, &w.short_moment(word.at, listed.zone)))
            .unwrap_or_default(),
        outdated: last.is_some() && !current,
        sheet: ready.then(|| credentials::digest(&sheet.text(slot.id))),
    }
}

fn odd(
    w: Words,
    slot: &KeptSlot,
    here: &[&Square],
    names: &HashMap<EnrolmentId, String>,
    zone: Zone,
) -> Vec<String> {
    let traces: Vec<_> = here.iter().filter_map(|square| square.trace()).collect();
    let list = |people: &[EnrolmentId]| {
        people.iter().filter_map(|id| names.get(id).cloned()).collect::<Vec<_>>().join(", ")
    };
    oddities(&slot.slot, &traces)
        .iter()
        .map(|odd| match odd {
            Oddity::OneDevice { people } => w.one_device(&list(people)),
            Oddity::LongAfterStart { people } => w.long_after_start(&list(people)),
            Oddity::BurstAfterEnd { people, at } => {
                w.burst_after_end(&list(people), &w.time(at.minute(zone)))
            }
            Oddity::ReceivedLate { people } => w.received_late(&list(people)),
        })
        .collect()
}

#[derive(Deserialize)]
struct WordForm {
    #[serde(default)]
    feuille: String,
}

fn countersign(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (at, form): (At, WordForm) = (At::of(visit)?, visit.form()?);
    let done =
        actions::signatures::countersign(visit.house, &visit.actor, at.session, at.slot, &form.feuille);
    match done {
        Ok(()) => Ok(Reply::see_with(&at.base(), visit.w.countersigned_notice())),
        Err(Error::Refused(actions::Refusal::Signature(no))) => refused(visit, no),
        Err(other) => Err(other.into()),
    }
}

/// The room again, with the sentence of a refusal.
pub fn refused(visit: &Visit<'_>, no: Refusal) -> Result<Reply, Problem> {
    Reply::form_again(&page(visit, &[], Mistakes::one("", visit.w.signature_refusal(no)))?)
}
