//! The attendance sheet of a session: people by half-days.

use super::doors::Doors;
use super::error::Problem;
use super::page::Shell;
use super::reply::Reply;
use super::session_rows::place;
use super::visit::Visit;
use crate::actions::{self, attendance::Cell};
use crate::domain::access::Action;
use crate::domain::attendance::Mark;
use crate::domain::calendar::Instant;
use crate::domain::ids::{EnrolmentId, SessionId, SlotId};
use crate::domain::sessions::SessionState;
use crate::store;
use crate::store::marks::{Attendee, Noted};
use crate::store::sessions::{Details, KeptSlot};
use crate::words::Words;
use askama::Template;
use std::collections::HashMap;

pub fn doors(site: &mut Doors) {
    site.get("/sessions/{session}/presences", Action::MarkAttendance, sheet);
    site.post("/sessions/{session}/presences", Action::MarkAttendance, save);
}

/// What may be answered, with the class of its colour.
const ANSWERS: [(Mark, &str); 5] = [
    (Mark::Present, "present"),
    (Mark::Late, "late"),
    (Mark::LeftEarly, "late"),
    (Mark::AbsentExcused, "absent"),
    (Mark::AbsentUnexcused, "absent"),
];

struct Column {
    slot: SlotId,
    label: String,
    begun: bool,
}

struct Answer {
    value: &'static str,
    label: &'static str,
    class: &'static str,
    chosen: bool,
}

/// One person in one half-day.
struct Square {
    /// `enrolment.slot.seen`: the answer comes back with what stood there.
    name: String,
    slot: String,
    begun: bool,
    answers: Vec<Answer>,
    /// Who noted it, and when.
    noted: String,
}

struct Person {
    name: String,
    employer: String,
    squares: Vec<Square>,
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
    people: Vec<Person>,
    open: bool,
    conflicts: Vec<String>,
}

/// « BAILLEUL Anouk », as official lists write it.
fn listed_name(one: &Attendee) -> String {
    format!("{} {}", one.family_name.to_uppercase(), one.given_name)
}

fn slot_label(w: Words, kept: &KeptSlot) -> String {
    let (weekday, number, month) = w.leaf(kept.slot.day);
    format!("{weekday} {number}\u{a0}{month} {}", w.half_day(kept.slot.half_day))
}

fn page(visit: &Visit<'_>, conflicts: &[(EnrolmentId, SlotId)]) -> Result<SheetPage, Problem> {
    let id: SessionId = visit.part("session")?;
    let (w, now) = (visit.w, visit.house.clock.now());
    let (details, attendees, noted) = visit.house.store.read(|conn| {
        let details = store::sessions::details(conn, &visit.reach, id)?;
        let attendees = store::marks::attendees(conn, id)?;
        Ok::<_, store::Error>((details, attendees, store::marks::of_session(conn, id)?))
    })?;
    let marks: HashMap<(EnrolmentId, SlotId), Noted> =
        noted.into_iter().map(|n| ((n.enrolment, n.slot), n)).collect();
    let state = details.listed.state;
    let open = !matches!(state, SessionState::Closed | SessionState::Cancelled | SessionState::Draft);
    let clashes = |one: &Attendee, slot: &KeptSlot| conflicts.contains(&(one.enrolment, slot.id));
    let conflicts = attendees
        .iter()
        .flat_map(|one| details.slots.iter().filter(|slot| clashes(one, slot)).map(move |slot| (one, slot)))
        .map(|(one, slot)| format!("{}, {}", listed_name(one), slot_label(w, slot)))
        .collect();
    let people: Vec<Person> = attendees.iter().map(|one| person(w, one, &details, &marks, now)).collect();
    let begun = || details.slots.iter().filter(|s| s.slot.starts_at <= now);
    let is_expected = |one: &Attendee, slot: &KeptSlot| {
        marks.get(&(one.enrolment, slot.id)).is_none_or(|noted| noted.mark == Mark::Expected)
    };
    let missing = attendees.iter().map(|one| begun().filter(|slot| is_expected(one, slot)).count()).sum();
    Ok(SheetPage {
        shell: visit.shell(w.attendance_sheet()),
        id,
        status: if state == SessionState::Closed {
            w.sheet_is_closed().to_owned()
        } else {
            w.marks_missing(missing)
        },
        facts: facts(w, &details),
        title: details.listed.title.clone(),
        columns: details
            .slots
            .iter()
            .map(|s| Column { slot: s.id, label: slot_label(w, s), begun: s.slot.starts_at <= now })
            .collect(),
        people,
        open,
        conflicts,
    })
}

fn person(
    w: Words,
    one: &Attendee,
    details: &Details,
    marks: &HashMap<(EnrolmentId, SlotId), Noted>,
    now: Instant,
) -> Person {
    let zone = details.listed.zone();
    let squares = details
        .slots
        .iter()
        .map(|slot| {
            let noted = marks.get(&(one.enrolment, slot.id));
            let stands = noted.map_or(Mark::Expected, |n| n.mark);
            Square {
                name: format!("{}.{}.{stands}", one.enrolment, slot.id),
                slot: slot_label(w, slot),
                begun: slot.slot.starts_at <= now,
                answers: ANSWERS
                    .iter()
                    .map(|(mark, class)| Answer {
                        value: mark.as_str(),
                        label: w.mark(*mark),
                        class,
                        chosen: *mark == stands,
                    })
                    .collect(),
                noted: noted.map(|n| format!("{}, {}", n.by, w.short_moment(n.at, zone))).unwrap_or_default(),
            }
        })
        .collect();
    Person { name: listed_name(one), employer: one.employer.clone().unwrap_or_default(), squares }
}

fn facts(w: Words, details: &Details) -> Vec<(&'static str, String)> {
    let (listed, zone) = (&details.listed, details.listed.zone());
    vec![
        (w.session(), format!("{}, {}", listed.title, w.span(listed.starts_at, listed.ends_at, zone))),
        (w.where_held(), place(w, listed.commune.as_deref())),
        (w.trainers_label(), details.trainers.join(", ")),
    ]
}

fn sheet(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, &[])?)
}

/// Reads `enrolment.slot.seen = wanted`; what is none of ours is left aside.
fn cell(name: &str, value: &str) -> Option<Cell> {
    let mut parts = name.splitn(3, '.');
    Some(Cell {
        enrolment: parts.next()?.parse().ok()?,
        slot: parts.next()?.parse().ok()?,
        seen: parts.next()?.parse().ok()?,
        wanted: value.parse().ok()?,
    })
}

fn save(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let form: Vec<(String, String)> = visit.form()?;
    let cells: Vec<Cell> = form.iter().filter_map(|(name, value)| cell(name, value)).collect();
    let everyone = form.iter().find(|(name, _)| name == "tous").and_then(|(_, slot)| slot.parse().ok());
    let marked = actions::attendance::mark(visit.house, &visit.actor, id, &cells, everyone)?;
    if marked.conflicts.is_empty() {
        let path = format!("/sessions/{id}/presences");
        return Ok(Reply::see_with(&path, visit.w.marks_saved(marked.written)));
    }
    Reply::form_again(&page(visit, &marked.conflicts)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_back_with_what_stood_there() {
        let read = cell("12.34.expected", "present").map(|c| (c.enrolment.0, c.slot.0, c.seen, c.wanted));
        assert_eq!(read, Some((12, 34, Mark::Expected, Mark::Present)));
        for (name, value) in [("tous", "3"), ("12.34", "present"), ("12.34.expected", "ici"), ("a.b.c", "")] {
            assert!(cell(name, value).is_none(), "{name}={value}");
        }
    }
}
