//! Correcting a presence once the session is closed.

use super::{read, slot_label};
use crate::forms::{Ask as _, Choice, Declared, Field, Form, Optional, REASON_NAME, Refused, Text};
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::attendance::Correction;
use domain::access::Action;
use domain::attendance::{Mark, Refusal};
use domain::ids::{EnrolmentId, SessionId, SlotId};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/sessions/{session}/presences/{slot}/{enrolment}", Action::CorrectAttendance, correct);
}

const MARK: Field<Mark> = Field::select("presence", Words::presence_label, Words::presence_missing);
const MINUTES: Optional<u32> = Field::number("minutes", Words::minutes_followed, Words::minutes_wrong)
    .help(Words::minutes_correct_help)
    .optional();
const WHY: Text = Text::new(REASON_NAME, Words::waive_reason);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Minutes(_) => Some(MINUTES.name()),
            Self::ReasonMissing => Some(WHY.name()),
            Self::NoAnswer => Some(MARK.name()),
            Self::NotClosed => None,
        }
    }
}

fn correct<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, session): (Words, SessionId) = (visit.w, visit.part("session")?);
    let (slot, who): (SlotId, EnrolmentId) = (visit.part("slot")?, visit.part("enrolment")?);
    let (listed, kept) = visit.read(|conn| read(conn, visit, session))?;
    let square = kept.squares.iter().find(|square| square.enrolment == who && square.slot == slot);
    let name = square.map(|square| square.name.listed()).ok_or(Problem::NotFound)?;
    let label =
        kept.slots.iter().find(|one| one.id == slot).map(|one| slot_label(w, one)).unwrap_or_default();
    let stands = kept.sheet().stands(who, slot);
    let marks = Mark::ALL.iter().filter(|mark| **mark != Mark::Expected);
    let back = format!("/sessions/{session}/presences");
    Ok(Form::new(visit, w.correct_title())
        .narrow()
        .back(&back, w.attendance_sheet())
        .lede(format!("{name}, {}, {label}", listed.title))
        .lede(w.correct_help())
        .ask_with(MARK, stands.mark)
        .among(marks.map(|mark| Choice::new(mark, w.mark(*mark))))
        .ask_again(MINUTES, stands.mark.is_partial().then_some(stands.minutes))
        .ask(WHY)
        .button(w.correct_it())
        .submits(
            |form| Some((form.get(MARK)?, form.get(MINUTES)?, form.get(WHY)?)),
            move |(mark, minutes, why)| {
                let wanted = Correction { who, slot, mark, minutes, reason: &why };
                actions::attendance::correct(visit.house, &visit.actor, session, wanted)
            },
            move |()| Reply::see_with(&back, w.presence_corrected_notice()),
        ))
}
