//! Attendance: the sheet of a whole session, and the room of each half-day.

mod closing;
mod code;
mod correction;
mod filling;
mod offline;
mod own;
mod room;
mod sign_here;

use super::session_rows::place;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::{Action, Reach};
use domain::attendance::{Mark, Presence, Proof, Sheet};
use domain::calendar::{Instant, Zone};
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::sessions::SessionState;
use domain::signatures::{Way, Window};
use store::enrolments::Seated;
use store::sessions::{KeptSlot, Listed};
use store::sheets::{KeptSheet, Signed, Square};
use store::{self, Conn};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/presences", Action::ReadAttendance, sheet);
    room::routes(routes);
    filling::routes(routes);
    code::routes(routes);
    sign_here::routes(routes);
    offline::routes(routes);
    closing::routes(routes);
    correction::routes(routes);
    own::routes(routes);
}

/// What was written by a hand, as pages show it.
pub struct Ink {
    pub typed: String,
    /// The path of a drawing in a box of 600 × 200.
    pub drawn: String,
}

impl Ink {
    fn of(signed: &Signed) -> Self {
        Self {
            typed: signed.typed.clone().unwrap_or_default(),
            drawn: signed.drawn.clone().unwrap_or_default(),
        }
    }
}

/// One person in one half-day, on the sheet of the session.
struct Cell {
    slot: String,
    presence: String,
    /// The class of its colour.
    mark: &'static str,
    proof: String,
    ink: Option<Ink>,
    /// Where it is corrected, once the session is closed.
    correct: Option<String>,
}

/// One half-day of a place, as its page shows it (`templates/enrolments/half_days.html`).
pub struct HalfDay {
    pub slot: SlotId,
    pub label: String,
    pub hours: String,
    pub presence: String,
    pub mark: &'static str,
    pub followed: String,
    pub proof: String,
    pub is_signed: bool,
}

/// The half-days of a place (`slots`, where they are known already) that its reader found within their reach, once its session has begun. Told to
/// the person and to who runs the session.
pub fn half_days(
    conn: &mut Conn,
    w: Words,
    reach: &Reach,
    seated: &Seated,
    slots: Option<&[KeptSlot]>,
    now: Instant,
) -> Result<Vec<HalfDay>, store::Error> {
    let begun = Window::around(seated.starts_at, seated.ends_at).from <= now;
    if !begun || !seated.state.has_place() || !reach.extent().tells_venue() {
        return Ok(Vec::new());
    }
    let slots = match slots {
        Some(known) => known.to_vec(),
        None => store::sessions::slots(conn, seated.session)?,
    };
    let kept = store::sheets::of_place(conn, seated.session, seated.id, slots)?;
    let (sheet, zone): (Sheet, Zone) = (kept.sheet(), seated.zone);
    let told = |square: &Square| {
        let slot = kept.slots.iter().find(|slot| slot.id == square.slot)?;
        let presence = sheet.stands(square.enrolment, square.slot);
        let followed = presence.mark.came().then(|| w.duration(i64::from(presence.minutes)));
        Some(HalfDay {
            slot: square.slot,
            is_signed: square.signed.is_some(),
            label: slot_label(w, slot),
            hours: w.hours(slot.slot.starts, slot.slot.ends),
            presence: w.mark(presence.mark).to_owned(),
            mark: colour(presence.mark),
            followed: followed.unwrap_or_default(),
            proof: proof(w, square, presence, zone),
        })
    };
    Ok(kept.squares.iter().filter_map(told).collect())
}

struct Row {
    name: String,
    employer: String,
    cells: Vec<Cell>,
    followed: String,
}

struct Column {
    label: String,
    room: Option<String>,
    /// Where the trainer's word is given anew, once a closed session was corrected.
    word: Option<String>,
    status: String,
}

#[derive(Template)]
#[template(path = "attendance/sheet.html")]
struct SheetPage {
    shell: Shell,
    id: SessionId,
    title: String,
    status: String,
    facts: Vec<(&'static str, String)>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    may_close: bool,
}

fn slot_label(w: Words, kept: &KeptSlot) -> String {
    let (weekday, number, month) = w.leaf(kept.slot.day);
    format!("{weekday} {number}\u{a0}{month} {}", w.half_day(kept.slot.half_day))
}

/// The class under which a mark shows.
const fn colour(mark: Mark) -> &'static str {
    match mark {
        Mark::Expected => "",
        Mark::Present => "ok",
        Mark::Late | Mark::LeftEarly => "wait",
        Mark::AbsentExcused | Mark::AbsentUnexcused => "no",
    }
}

/// Seconds between a signature and its coming, from which both times show.
const KEPT_FOR: i64 = 120;

/// What proves a square, or what is missing.
fn proof(w: Words, square: &Square, presence: Presence, zone: Zone) -> String {
    if let Some(signed) = &square.signed {
        let moment = w.short_moment(signed.at, zone);
        let told = match signed.way {
            _ if !presence.mark.came() => return w.signature_set_aside(&moment),
            Way::Afterwards => w.signed_on(&moment, signed.way),
            Way::Account | Way::Link | Way::Tablet => {
                w.signed_at(&w.time(signed.at.minute(zone)), signed.way)
            }
        };
        // Kept on the device for a while: then it is the device that says when.
        if signed.received_at.seconds_since(signed.at) < KEPT_FOR {
            return told;
        }
        return format!("{told}, {}", w.received_on(&w.short_moment(signed.received_at, zone)));
    }
    if let Some(reason) = &square.waived {
        return format!("{}{} {reason}", w.without_signature(), w.colon());
    }
    if presence.mark.came() { w.missing_signature().to_owned() } else { String::new() }
}

/// Whether the room of a half-day can be opened: from a little before it begins.
fn has_room(listed: &Listed, kept: &KeptSlot, now: Instant) -> bool {
    let runs =
        matches!(listed.state, SessionState::Published | SessionState::Confirmed | SessionState::Running);
    runs && Window::of(&kept.slot).from <= now
}

fn read(conn: &mut Conn, visit: &Visit<'_>, id: SessionId) -> Result<(Listed, KeptSheet), store::Error> {
    let listed = store::sessions::listed(conn, &visit.reach, id)?;
    Ok((listed, store::sheets::load(conn, id)?))
}

fn sheet(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let (w, now) = (visit.w, visit.house.clock.now());
    let (listed, kept, told) = visit.read(|conn| {
        let (listed, kept) = read(conn, visit, id)?;
        Ok((listed, kept, store::sessions::imprint(conn, id)?))
    })?;
    let zone = listed.zone;
    let sheet = kept.sheet();
    let missing = sheet.missing();
    let closed = listed.state == SessionState::Closed;
    let may_mark = visit.actor.may(Action::MarkAttendance).is_ok();
    let may_correct = closed && visit.actor.may(Action::CorrectAttendance).is_ok();
    let outdated = |slot: &KeptSlot| {
        kept.words.iter().any(|word| word.slot == slot.id) && !sheet.is_countersigned(slot.id)
    };
    let may_countersign = closed && visit.actor.may(Action::Countersign).is_ok();
    let status = |slot: &KeptSlot| {
        let left = missing.iter().filter(|(s, p)| *s == slot.id && *p != Proof::Countersignature).count();
        match kept.words.iter().rfind(|word| word.slot == slot.id) {
            _ if (left > 0 && !closed) || slot.slot.starts_at > now => String::new(),
            Some(word) if sheet.is_countersigned(slot.id) => {
                w.countersigned(&word.by, word.role, &w.short_moment(word.at, zone))
            }
            Some(_) => w.sheet_changed_since().to_owned(),
            None => String::new(),
        }
    };
    let marks_left = sheet
        .slots
        .iter()
        .filter(|(_, slot)| slot.starts_at <= now)
        .map(|(slot, _)| {
            let is_mark = |p: &Proof| matches!(p, Proof::Presence(_));
            missing.iter().filter(|(s, p)| s == slot && is_mark(p)).count()
        })
        .sum();
    Reply::page(&SheetPage {
        shell: visit.shell(w.attendance_sheet()),
        id,
        status: if closed && !may_correct {
            w.sheet_read_only().to_owned()
        } else if closed {
            w.sheet_is_closed().to_owned()
        } else {
            w.marks_missing(marks_left)
        },
        facts: facts(w, &listed, &told),
        title: listed.title.clone(),
        columns: kept
            .slots
            .iter()
            .map(|slot| Column {
                label: slot_label(w, slot),
                room: (may_mark && has_room(&listed, slot, now))
                    .then(|| format!("/sessions/{id}/salle/{}", slot.id)),
                word: (may_countersign && outdated(slot))
                    .then(|| format!("/sessions/{id}/salle/{}#contresigner", slot.id)),
                status: status(slot),
            })
            .collect(),
        rows: rows(w, &kept, &sheet, id, zone, may_correct),
        may_close: listed.state == SessionState::Running
            && now >= listed.ends_at
            && visit.actor.may(Action::CloseSession).is_ok(),
    })
}

/// What stands above the sheet, on paper too.
fn facts(w: Words, listed: &Listed, told: &store::sessions::Imprint) -> Vec<(&'static str, String)> {
    let body = match &told.nda {
        Some(nda) => format!("{}, {} {nda}", listed.body, w.nda_short()),
        None => listed.body.clone(),
    };
    let held = match told.place.as_str() {
        "" => place(w, listed.commune.as_ref()),
        address => format!("{address}, {}", place(w, listed.commune.as_ref())),
    };
    let when = w.span(listed.starts_at, listed.ends_at, listed.zone);
    vec![
        (w.session(), format!("{}, {when} ({} {})", listed.title, w.number_sign(), listed.id)),
        (w.training_body(), body),
        (w.where_held(), held),
        (w.trainers_label(), told.trainers.join(", ")),
    ]
}

fn rows(w: Words, kept: &KeptSheet, sheet: &Sheet, id: SessionId, zone: Zone, may_correct: bool) -> Vec<Row> {
    let label =
        |slot: SlotId| kept.slots.iter().find(|k| k.id == slot).map(|k| slot_label(w, k)).unwrap_or_default();
    let mut rows: Vec<(EnrolmentId, Row)> = Vec::new();
    for square in &kept.squares {
        let presence = sheet.stands(square.enrolment, square.slot);
        let cell = Cell {
            slot: label(square.slot),
            presence: w.presence(presence),
            mark: colour(presence.mark),
            proof: proof(w, square, presence, zone),
            ink: square.signed.as_ref().map(Ink::of),
            correct: may_correct
                .then(|| format!("/sessions/{id}/presences/{}/{}", square.slot, square.enrolment)),
        };
        match rows.last_mut() {
            Some((who, row)) if *who == square.enrolment => row.cells.push(cell),
            _ => rows.push((
                square.enrolment,
                Row {
                    name: square.name.listed(),
                    employer: square.employer.clone().unwrap_or_default(),
                    cells: vec![cell],
                    followed: match sheet.followed(square.enrolment) {
                        0 if sheet.outcome(square.enrolment).is_none() => String::new(),
                        minutes => w.duration(i64::from(minutes)),
                    },
                },
            )),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}
