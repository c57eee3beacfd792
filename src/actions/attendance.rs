//! Noting who came, and closing a session with what follows for each place in it.

use super::sessions::{held, shift};
use super::{Done, Error, House, enrolments, journal};
use crate::domain::access::{Action, Actor, Reach, Subject};
use crate::domain::attendance::{Mark, Noting, noting, outcome};
use crate::domain::calendar::Instant;
use crate::domain::enrolments::EnrolmentState;
use crate::domain::ids::{EnrolmentId, SessionId, SlotId};
use crate::domain::sessions::{Refusal, Session, SessionStep};
use crate::store::{self, Conn, journal::Line, sessions::KeptSlot};
use std::collections::HashMap;

/// One answer of the sheet: what stood there when the page was opened, and what is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub enrolment: EnrolmentId,
    pub slot: SlotId,
    pub seen: Mark,
    pub wanted: Mark,
}

/// What became of the answers.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    pub written: usize,
    /// Noted otherwise by somebody else since the page was opened, and left as they stand.
    pub conflicts: Vec<(EnrolmentId, SlotId)>,
}

/// Notes the answers of a sheet. `everyone` names a half-day in which all who have no answer yet
/// were present.
pub fn mark(
    house: &House,
    actor: &Actor,
    id: SessionId,
    cells: &[Cell],
    everyone: Option<SlotId>,
) -> Done<Marked> {
    let reach = actor.may(Action::MarkAttendance)?;
    let by = actor.account().ok_or(store::Error::Missing)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let session = begun(conn, actor, &reach, id, now)?;
        let sheet = Sheet::load(conn, session.id)?;
        let mut marked = Marked::default();
        let mut lines = Vec::new();
        for cell in cells.iter().copied().chain(sheet.presumed(cells, everyone)) {
            let (stands, here) =
                (sheet.stands(cell.enrolment, cell.slot), sheet.people.contains(&cell.enrolment));
            match noting(cell.seen, stands, cell.wanted) {
                Noting::Keep => continue,
                Noting::Write if here => {}
                Noting::Write | Noting::Conflict => {
                    marked.conflicts.push((cell.enrolment, cell.slot));
                    continue;
                }
            }
            let slot = sheet.slot(cell.slot)?;
            if slot.slot.starts_at > now {
                return Err(Refusal::NotBegun.into());
            }
            let minutes = i32::try_from(cell.wanted.minutes(slot.slot.minutes())).unwrap_or(i32::MAX);
            store::marks::note(conn, cell.enrolment, cell.slot, cell.wanted, minutes, by, now)?;
            marked.written += 1;
            lines.push((format!("enrolment:{}/slot:{}", cell.enrolment, cell.slot), stands, cell.wanted));
        }
        let lines: Vec<Line<'_>> = lines
            .iter()
            .map(|(reference, from, to)| Line {
                kind: "mark",
                reference,
                from: Some(from.as_str()),
                to: Some(to.as_str()),
                ..Line::default()
            })
            .collect();
        store::journal::write(conn, actor, Subject::Session(id), now, &lines)?;
        Ok(marked)
    })
}

/// Closes a session that is over and fully marked: each confirmed place gets its outcome.
pub fn close(house: &House, actor: &Actor, id: SessionId) -> Done<()> {
    let reach = actor.may(Action::CloseSession)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let session = begun(conn, actor, &reach, id, now)?;
        let next = session.state.step(SessionStep::Close)?;
        if now < session.ends_at {
            return Err(Refusal::NotEnded.into());
        }
        let sheet = Sheet::load(conn, id)?;
        let seated = store::enrolments::of_session(conn, id, &[EnrolmentState::Confirmed])?;
        let mut outcomes = Vec::new();
        let mut missing = 0;
        for one in &seated {
            let marks: Vec<Mark> = sheet.slots.iter().map(|s| sheet.stands(one.id, s.id)).collect();
            match outcome(&marks) {
                Some(step) => outcomes.push((one, step)),
                None => missing += marks.iter().filter(|m| **m == Mark::Expected).count(),
            }
        }
        if missing > 0 {
            return Err(Refusal::MarksMissing { missing: u32::try_from(missing).unwrap_or(u32::MAX) }.into());
        }
        for (one, step) in outcomes {
            enrolments::step(conn, actor, one, step, None, None, now)?;
        }
        shift(conn, actor, &session, next, None, now)?;
        Ok::<_, Error>(store::checkpoints::expect(conn, id)?)
    })?;
    journal::seal_after_closing(house);
    Ok(())
}

/// A session that has begun, held; started on the way if the clock has not done it yet.
fn begun(conn: &mut Conn, actor: &Actor, reach: &Reach, id: SessionId, now: Instant) -> Done<Session> {
    let seen = held(conn, reach, id)?;
    let Some(step) = seen.begun(now)? else { return Ok(seen) };
    shift(conn, actor, &seen, seen.state.step(step)?, None, now)?;
    Ok(store::sessions::get(conn, reach, id)?)
}

/// The attendance sheet as it stands, under the hold of its session.
struct Sheet {
    slots: Vec<KeptSlot>,
    people: Vec<EnrolmentId>,
    marks: HashMap<(EnrolmentId, SlotId), Mark>,
}

impl Sheet {
    fn load(conn: &mut Conn, id: SessionId) -> Done<Self> {
        let seated = store::enrolments::of_session(conn, id, &[EnrolmentState::Confirmed])?;
        Ok(Self {
            slots: store::sessions::slots(conn, id)?,
            people: seated.into_iter().map(|one| one.id).collect(),
            marks: store::marks::of_session(conn, id)?
                .into_iter()
                .map(|noted| ((noted.enrolment, noted.slot), noted.mark))
                .collect(),
        })
    }

    fn stands(&self, enrolment: EnrolmentId, slot: SlotId) -> Mark {
        self.marks.get(&(enrolment, slot)).copied().unwrap_or(Mark::Expected)
    }

    fn slot(&self, id: SlotId) -> Done<&KeptSlot> {
        Ok(self.slots.iter().find(|slot| slot.id == id).ok_or(store::Error::Missing)?)
    }

    /// Those of a half-day who have no mark and of whom nothing else is wanted: present.
    fn presumed(&self, cells: &[Cell], everyone: Option<SlotId>) -> Vec<Cell> {
        let Some(slot) = everyone else { return Vec::new() };
        let answered =
            |id| cells.iter().any(|c| c.enrolment == id && c.slot == slot && c.wanted != Mark::Expected);
        self.people
            .iter()
            .filter(|id| self.stands(**id, slot) == Mark::Expected && !answered(**id))
            .map(|id| Cell { enrolment: *id, slot, seen: Mark::Expected, wanted: Mark::Present })
            .collect()
    }
}
