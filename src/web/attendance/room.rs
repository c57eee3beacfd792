//! The room of one half-day: who is there, who signed, the code, and the trainer's word.

use super::{has_room, proof, read, slot_label};
use crate::actions::attendance::{Cell, Marked};
use crate::actions::{self, Error};
use crate::credentials;
use crate::domain::access::Action;
use crate::domain::attendance::{Mark, Presence, Proof, Sheet};
use crate::domain::calendar::{Instant, Zone};
use crate::domain::ids::{EnrolmentId, SessionId, SlotId};
use crate::domain::sessions::{self, SessionState};
use crate::domain::signatures::{Oddity, Refusal, Window, may_sign, oddities};
use crate::store;
use crate::store::sessions::{KeptSlot, Listed};
use crate::store::sheets::{KeptSheet, Square};
use crate::web::doors::Doors;
use crate::web::error::Problem;
use crate::web::mistakes::Mistakes;
use crate::web::page::Shell;
use crate::web::reply::Reply;
use crate::web::session_rows::place;
use crate::web::visit::Visit;
use crate::words::Words;
use askama::Template;
use serde::Deserialize;
use std::collections::HashMap;

pub fn doors(site: &mut Doors) {
    site.get("/sessions/{session}/salle/{slot}", Action::MarkAttendance, show);
    site.post("/sessions/{session}/salle/{slot}", Action::MarkAttendance, save);
    site.post("/sessions/{session}/salle/{slot}/contresignature", Action::Countersign, countersign);
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
pub fn page(visit: &Visit<'_>, filled: &[Cell], mistakes: Mistakes) -> Result<RoomPage, Problem> {
    let at = At::of(visit)?;
    let (w, now) = (visit.w, visit.house.clock.now());
    let (listed, kept) = visit.house.store.read(|conn| read(conn, visit, at.session))?;
    let slot = kept.slots.iter().find(|kept| kept.id == at.slot).ok_or(Problem::NotFound)?;
    let (zone, sheet) = (listed.zone(), kept.sheet());
    let begun = slot.slot.starts_at <= now;
    let is_open = has_room(&listed, slot, now);
    let here: Vec<&Square> = kept.squares.iter().filter(|square| square.slot == at.slot).collect();
    let people: Vec<Person> = here.iter().map(|square| person(w, square, &sheet, zone, filled)).collect();
    let came = here.iter().filter(|s| sheet.stands(s.enrolment, at.slot).mark.came()).count();
    let names: HashMap<EnrolmentId, String> =
        here.iter().map(|square| (square.enrolment, square.listed_name())).collect();
    let state = super::offline::state(visit, &at, &slot.slot, super::offline::people(w, &here, &sheet, zone));
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
            place(w, listed.commune.as_deref())
        ),
        counted: w.present_of(came, here.len()),
        people,
        open: is_open && begun,
        runs: is_open,
        signable: is_open && Window::of(&slot.slot).holds(now),
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

fn person(w: Words, square: &Square, sheet: &Sheet, zone: Zone, filled: &[Cell]) -> Person {
    let stands = sheet.stands(square.enrolment, square.slot);
    let filled = filled.iter().find(|cell| cell.enrolment == square.enrolment);
    let chosen = filled.map_or(stands.mark, |cell| cell.wanted);
    let minutes = match filled {
        Some(cell) => cell.minutes.map(|m| m.to_string()).unwrap_or_default(),
        None if stands.mark.is_partial() => stands.minutes.to_string(),
        None => String::new(),
    };
    let noted = square
        .noted
        .as_ref()
        .map(|noted| format!("{}, {}", noted.by, w.short_moment(noted.at, zone)))
        .unwrap_or_default();
    Person {
        id: square.enrolment,
        name: square.listed_name(),
        employer: square.employer.clone().unwrap_or_default(),
        proof: proof_of(w, square, stands, zone),
        is_signed: square.signed.is_some(),
        is_missing: sheet.lacks(square.enrolment, square.slot).is_some(),
        noted,
        seen: stands.to_string(),
        answers: ANSWERS
            .iter()
            .map(|(mark, class)| Answer { mark: *mark, label: w.mark(*mark), class, chosen: *mark == chosen })
            .collect(),
        minutes,
        is_asked_to_sign: is_asked_to_sign(square, sheet),
    }
}

/// Whether the device is handed to somebody: they may sign, and nothing proves yet that they were there.
pub fn is_asked_to_sign(square: &Square, sheet: &Sheet) -> bool {
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
            .map(|word| w.countersigned(&word.by, word.role, &w.short_moment(word.at, listed.zone())))
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

/// Reads `enrolment.seen = wanted` and `minutes.enrolment = number`; what is none of ours is left aside.
fn cells(form: &[(String, String)], slot: SlotId) -> Vec<Cell> {
    let minutes: HashMap<EnrolmentId, u32> = form
        .iter()
        .filter_map(|(name, value)| {
            Some((name.strip_prefix("minutes.")?.parse().ok()?, value.trim().parse().ok()?))
        })
        .collect();
    form.iter()
        .filter_map(|(name, value)| {
            let (enrolment, seen) = name.split_once('.')?;
            let (enrolment, wanted): (EnrolmentId, Mark) = (enrolment.parse().ok()?, value.parse().ok()?);
            let told = minutes.get(&enrolment).copied().filter(|_| wanted.is_partial());
            Some(Cell { enrolment, slot, seen: seen.parse().ok()?, wanted, minutes: told })
        })
        .collect()
}

fn save(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let at = At::of(visit)?;
    let form: Vec<(String, String)> = visit.form()?;
    let cells = cells(&form, at.slot);
    let everyone = form.iter().any(|(name, _)| name == "tous").then_some(at.slot);
    let marked = match actions::attendance::mark(visit.house, &visit.actor, at.session, &cells, everyone) {
        Ok(marked) => marked,
        Err(Error::Session(no)) => {
            let sentence = match no {
                sessions::Refusal::PlanFrozen => visit.w.room_is_closed().to_owned(),
                no => visit.w.session_refusal(no),
            };
            let mistakes = Mistakes::one("", sentence);
            return Reply::form_again(&page(visit, &cells, mistakes)?);
        }
        Err(other) => return Err(other.into()),
    };
    let mistakes = told(visit, &marked, at.session)?;
    if mistakes.is_empty() {
        return Ok(Reply::see_with(&at.base(), visit.w.marks_saved(marked.written)));
    }
    // What was not taken is shown as it was filled; what was, as it stands now.
    let left: Vec<Cell> = if marked.untold.is_empty() { Vec::new() } else { cells };
    Reply::form_again(&page(visit, &left, mistakes)?)
}

/// What is to be said of answers that were not taken.
fn told(visit: &Visit<'_>, marked: &Marked, session: SessionId) -> Result<Mistakes, Problem> {
    let mut mistakes = Mistakes::default();
    if marked.conflicts.is_empty() && marked.signed.is_empty() && marked.untold.is_empty() {
        return Ok(mistakes);
    }
    let kept = visit.house.store.read(|conn| store::sheets::load(conn, session))?;
    let names = |places: &[(EnrolmentId, SlotId)]| {
        let named = |place: &(EnrolmentId, SlotId)| {
            kept.squares.iter().find(|s| (s.enrolment, s.slot) == *place).map(Square::listed_name)
        };
        places.iter().filter_map(named).collect::<Vec<_>>().join(", ")
    };
    let w = visit.w;
    if !marked.untold.is_empty() {
        mistakes.add("", w.minutes_untold(&names(&marked.untold)));
    }
    if !marked.signed.is_empty() {
        mistakes.add("", w.signed_not_absent(&names(&marked.signed)));
    }
    if !marked.conflicts.is_empty() {
        mistakes.add("", format!("{} {}", w.sheet_conflicts(), names(&marked.conflicts)));
    }
    Ok(mistakes)
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
        Err(Error::Signature(no)) => refused(visit, no),
        Err(other) => Err(other.into()),
    }
}

/// The room again, with the sentence of a refusal.
pub fn refused(visit: &Visit<'_>, no: Refusal) -> Result<Reply, Problem> {
    Reply::form_again(&page(visit, &[], Mistakes::one("", visit.w.signature_refusal(no)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_back_with_what_stood_there() {
        let slot = SlotId(34);
        let form = |pairs: &[(&str, &str)]| {
            let own: Vec<_> = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            cells(&own, slot)
        };
        let late = Presence { mark: Mark::Late, minutes: 185 };
        assert_eq!(
            form(&[("12.late-185", "left_early"), ("minutes.12", " 60 ")]),
            [Cell {
                enrolment: EnrolmentId(12),
                slot,
                seen: late,
                wanted: Mark::LeftEarly,
                minutes: Some(60)
            }]
        );
        assert_eq!(form(&[("12.late-185", "present"), ("minutes.12", "60")])[0].minutes, None);
        for (name, value) in [("tous", "3"), ("12", "present"), ("12.late", "present"), ("a.late-1", "late")]
        {
            assert_eq!(form(&[(name, value)]), [], "{name}={value}");
        }
    }
}
