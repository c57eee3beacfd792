//! The sheet of a half-day, filled and sent without a script.

use super::room::{At, made_by, page};
use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::attendance::{Cell, Marked};
use actions::{self, Error};
use domain::access::Action;
use domain::attendance::Mark;
use domain::ids::{EnrolmentId, SlotId};
use domain::sessions;
use std::collections::HashMap;
use store::sheets::Square;

pub fn routes(routes: &mut Routes) {
    routes.post("/sessions/{session}/salle/{slot}", Action::MarkAttendance, save);
}

/// An answer, and its minutes as they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub cell: Cell,
    pub minutes: String,
}

/// Reads `enrolment.seen = wanted` and `minutes.enrolment = number`; what is none of ours is left aside.
fn read(form: &[(String, String)], slot: SlotId) -> Vec<Filled> {
    let typed: HashMap<EnrolmentId, &str> = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("minutes.")?.parse().ok()?, value.trim())))
        .collect();
    form.iter()
        .filter_map(|(name, value)| {
            let (enrolment, seen) = name.split_once('.')?;
            let (enrolment, wanted): (EnrolmentId, Mark) = (enrolment.parse().ok()?, value.parse().ok()?);
            let minutes = typed.get(&enrolment).copied().filter(|_| wanted.is_partial()).unwrap_or_default();
            // What is no number of minutes is none that a half-day has.
            let told = (!minutes.is_empty()).then(|| minutes.parse().unwrap_or(0));
            let cell = Cell { enrolment, slot, seen: seen.parse().ok()?, wanted, minutes: told };
            Some(Filled { cell, minutes: minutes.to_owned() })
        })
        .collect()
}

fn save(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let at = At::of(visit)?;
    let form: Vec<(String, String)> = visit.form()?;
    let filled = read(&form, at.slot);
    let cells: Vec<Cell> = filled.iter().map(|one| one.cell).collect();
    let everyone = form.iter().any(|(name, _)| name == "tous").then_some(at.slot);
    let marked = match actions::attendance::mark(visit.house, &visit.actor, at.session, &cells, everyone) {
        Ok(marked) => marked,
        Err(Error::Refused(actions::Refusal::Session(no))) => {
            let sentence = match no {
                sessions::Refusal::PlanFrozen => visit.w.room_is_closed().to_owned(),
                no => visit.w.session_refusal(no),
            };
            let mistakes = Mistakes::one("", sentence);
            return Reply::form_again(&page(visit, &filled, mistakes)?);
        }
        Err(other) => return Err(other.into()),
    };
    let mistakes = told(visit, &marked, &at)?;
    if mistakes.is_empty() {
        return Ok(Reply::see_with(&at.base(), visit.w.marks_saved(marked.written)));
    }
    // What was not taken is shown as it was filled; what was, as it stands now.
    let left = if marked.untold.is_empty() { Vec::new() } else { filled };
    Reply::form_again(&page(visit, &left, mistakes)?)
}

/// What is to be said of answers that were not taken.
fn told(visit: &Visit<'_>, marked: &Marked, at: &At) -> Result<Mistakes, Problem> {
    let mut mistakes = Mistakes::default();
    if marked.conflicts.is_empty() && marked.signed.is_empty() && marked.untold.is_empty() {
        return Ok(mistakes);
    }
    let (listed, kept) = visit.read(|conn| super::read(conn, visit, at.session))?;
    let (w, zone) = (visit.w, listed.zone);
    let list = |places: &[(EnrolmentId, SlotId)], name: &dyn Fn(&Square) -> String| {
        let find = |place: &(EnrolmentId, SlotId)| {
            kept.squares.iter().find(|square| (square.enrolment, square.slot) == *place)
        };
        places.iter().filter_map(find).map(name).collect::<Vec<_>>().join(", ")
    };
    let name = |square: &Square| square.name.listed();
    if !marked.untold.is_empty() {
        let length = kept.sheet().minutes_of(at.slot);
        mistakes.add("", w.minutes_untold(&list(&marked.untold, &name), length));
    }
    if !marked.signed.is_empty() {
        mistakes.add("", w.signed_not_absent(&list(&marked.signed, &name)));
    }
    if !marked.conflicts.is_empty() {
        let by = |square: &Square| format!("{} ({})", square.name.listed(), made_by(w, square, zone));
        mistakes.add("", format!("{} {}", w.sheet_conflicts(), list(&marked.conflicts, &by)));
    }
    Ok(mistakes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attendance::Presence;

    const SLOT: SlotId = SlotId(34);

    fn form(pairs: &[(&str, &str)]) -> Vec<Filled> {
        let own: Vec<_> = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        read(&own, SLOT)
    }

    #[test]
    fn an_answer_comes_back_with_what_stood_there() {
        let late = Presence { mark: Mark::Late, minutes: 185 };
        let cell = Cell {
            enrolment: EnrolmentId(12),
            slot: SLOT,
            seen: late,
            wanted: Mark::LeftEarly,
            minutes: Some(60),
        };
        let filled = Filled { cell, minutes: "60".to_owned() };
        assert_eq!(form(&[("12.late-185", "left_early"), ("minutes.12", " 60 ")]), [filled]);
        assert_eq!(form(&[("12.late-185", "present"), ("minutes.12", "60")])[0].cell.minutes, None);
        for (name, value) in [("tous", "3"), ("12", "present"), ("12.late", "present"), ("a.late-1", "late")]
        {
            assert_eq!(form(&[(name, value)]), [], "{name}={value}");
        }
    }

    #[test]
    fn minutes_that_are_no_number_are_not_taken_for_nothing() {
        let minutes = |typed: &str| form(&[("12.late-185", "late"), ("minutes.12", typed)])[0].cell.minutes;
        assert_eq!(minutes(" "), None);
        for typed in ["-5", "abc", "1.5", "1,5", "99999999999"] {
            assert_eq!(minutes(typed), Some(0), "{typed}");
        }
    }
}
