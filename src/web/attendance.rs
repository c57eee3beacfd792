//! Attendance: the sheet of a whole session, and the room of each half-day.

mod closing;
mod code;
mod correction;
mod filling;
mod offline;
mod own;
mod room;
mod sign_here;

use super::doors::Doors;
use super::error::Problem;
use super::page::Shell;
use super::reply::Reply;
use super::session_rows::place;
use super::visit::Visit;
use crate::domain::access::Action;
use crate::domain::attendance::{Mark, Presence, Proof, Sheet};
use crate::domain::calendar::{Instant, Zone};
use crate::domain::ids::{EnrolmentId, SessionId, SlotId};
use crate::domain::sessions::SessionState;
use crate::domain::signatures::Window;
use crate::store::sessions::{KeptSlot, Listed};
use crate::store::sheets::{KeptSheet, Signed, Square};
use crate::store::{self, Conn};
use crate::words::Words;
use askama::Template;

pub fn doors(site: &mut Doors) {
    site.get("/sessions/{session}/presences", Action::MarkAttendance, sheet);
    room::doors(site);
    filling::doors(site);
    code::doors(site);
    sign_here::doors(site);
    offline::doors(site);
    closing::doors(site);
    correction::doors(site);
    own::doors(site);
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

struct Row {
    name: String,
    employer: String,
    cells: Vec<Cell>,
    followed: String,
}

struct Column {
    label: String,
    room: Option<String>,
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
        let at = w.signed_at(&w.time(signed.at.minute(zone)), signed.way);
        // Kept on the device for a while: then it is the device that says when.
        if signed.received_at.seconds_since(signed.at) < KEPT_FOR {
            return at;
        }
        return format!("{at}, {}", w.received_on(&w.short_moment(signed.received_at, zone)));
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
    let (listed, kept, trainers) = visit.house.store.read(|conn| {
        let (listed, kept) = read(conn, visit, id)?;
        Ok::<_, store::Error>((listed, kept, store::sessions::trainer_names(conn, id)?))
    })?;
    let zone = listed.zone();
    let sheet = kept.sheet();
    let missing = sheet.missing();
    let closed = listed.state == SessionState::Closed;
    let may_correct = closed && visit.actor.may(Action::CorrectAttendance).is_ok();
    let status = |slot: &KeptSlot| {
        let left = missing.iter().filter(|(s, p)| *s == slot.id && *p != Proof::Countersignature).count();
        match kept.words.iter().rfind(|word| word.slot == slot.id) {
            _ if left > 0 || slot.slot.starts_at > now => String::new(),
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
        status: if closed { w.sheet_is_closed().to_owned() } else { w.marks_missing(marks_left) },
        facts: vec![
            (w.session(), format!("{}, {}", listed.title, w.span(listed.starts_at, listed.ends_at, zone))),
            (w.where_held(), place(w, listed.commune.as_deref())),
            (w.trainers_label(), trainers.join(", ")),
        ],
        title: listed.title.clone(),
        columns: kept
            .slots
            .iter()
            .map(|slot| Column {
                label: slot_label(w, slot),
                room: has_room(&listed, slot, now).then(|| format!("/sessions/{id}/salle/{}", slot.id)),
                status: status(slot),
            })
            .collect(),
        rows: rows(w, &kept, &sheet, id, zone, may_correct),
        may_close: listed.state == SessionState::Running
            && now >= listed.ends_at
            && visit.actor.may(Action::CloseSession).is_ok(),
    })
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
                    name: square.listed_name(),
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
