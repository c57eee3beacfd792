//! What is missing before a session closes, each with what can be done about it.

use super::{read, slot_label};
use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::attendance::Proof;
use domain::calendar::{Instant, Zone};
use domain::enrolments::EnrolmentState;
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::sessions::SessionState;
use serde::Deserialize;
use store::sheets::KeptSheet;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/cloture", Action::CloseSession, show);
    routes.post("/sessions/{session}/cloture", Action::CloseSession, close);
    routes.post("/sessions/{session}/salle/{slot}/dispense", Action::WaiveProof, waive);
}

/// What one half-day lacks.
struct Lack {
    slot: SlotId,
    label: String,
    room: String,
    unnoted: Vec<String>,
    unsigned: Vec<Unsigned>,
    /// Whether signatures may be asked for by letter: once the half-day is over.
    may_ask: bool,
    wordless: bool,
}

impl Lack {
    /// Whether nothing but the trainer's word is missing, and it can be given.
    fn only_word(&self) -> bool {
        self.may_ask && self.wordless && self.unnoted.is_empty() && self.unsigned.is_empty()
    }
}

struct Unsigned {
    who: EnrolmentId,
    name: String,
    /// When they were asked to sign afterwards; empty if they were not.
    asked: String,
}

/// What the closing makes of one place.
struct Ending {
    name: String,
    state: &'static str,
    followed: String,
}

#[derive(Template)]
#[template(path = "attendance/closing.html")]
struct ClosingPage {
    shell: Shell,
    id: SessionId,
    title: String,
    status: String,
    lacks: Vec<Lack>,
    endings: Vec<Ending>,
    may_close: bool,
    /// The reason as it was typed, for the half-day where it was.
    typed: Option<(SlotId, String)>,
    mistakes: Mistakes,
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, None, Mistakes::default())?)
}

fn page(
    visit: &Visit<'_>,
    typed: Option<(SlotId, String)>,
    mistakes: Mistakes,
) -> Result<ClosingPage, Problem> {
    let id: SessionId = visit.part("session")?;
    let (w, now) = (visit.w, visit.house.clock.now());
    let reach = visit.actor.may(Action::CloseSession).map_err(Error::from)?;
    let (listed, kept) = visit.read(|conn| {
        store::sessions::listed(conn, &reach, id)?;
        read(conn, visit, id)
    })?;
    let lacks = lacks(visit, id, &kept, listed.zone, now);
    let endings = if lacks.is_empty() { endings(w, &kept) } else { Vec::new() };
    let over = now >= listed.ends_at && listed.state == SessionState::Running;
    let status = match listed.state {
        SessionState::Closed => w.sheet_is_closed(),
        _ if lacks.is_empty() => w.nothing_missing(),
        _ => w.closing_help(),
    };
    Ok(ClosingPage {
        shell: visit.shell(w.closing_title()),
        id,
        title: listed.title.clone(),
        status: status.to_owned(),
        may_close: over && lacks.is_empty(),
        lacks,
        endings,
        typed,
        mistakes,
    })
}

fn endings(w: Words, kept: &KeptSheet) -> Vec<Ending> {
    let sheet = kept.sheet();
    let ending = |who: &EnrolmentId| {
        let state = EnrolmentState::Confirmed.step(sheet.outcome(*who)?).ok()?;
        Some(Ending {
            name: kept.squares.iter().find(|s| s.enrolment == *who).map(|s| s.name.listed())?,
            state: w.enrolment_state(state),
            followed: w.duration(i64::from(sheet.followed(*who))),
        })
    };
    sheet.people.iter().filter_map(ending).collect()
}

fn lacks(visit: &Visit<'_>, id: SessionId, kept: &KeptSheet, zone: Zone, now: Instant) -> Vec<Lack> {
    let (w, sheet) = (visit.w, kept.sheet());
    let name = |who: EnrolmentId| {
        kept.squares.iter().find(|s| s.enrolment == who).map(|s| s.name.listed()).unwrap_or_default()
    };
    let asked = |who: EnrolmentId, slot: SlotId| {
        let square = kept.squares.iter().find(|s| s.enrolment == who && s.slot == slot);
        let at = square.and_then(|s| s.asked_at);
        at.map(|at| format!("{} {}", w.asked_to_sign(), w.short_moment(at, zone))).unwrap_or_default()
    };
    let lack = |slot: &store::sessions::KeptSlot| {
        let missing = sheet.missing_in(slot.id);
        let mut lack = Lack {
            slot: slot.id,
            label: slot_label(w, slot),
            room: format!("/sessions/{id}/salle/{}", slot.id),
            unnoted: Vec::new(),
            unsigned: Vec::new(),
            may_ask: slot.slot.ends_at <= now,
            wordless: false,
        };
        for (_, proof) in &missing {
            match proof {
                Proof::Presence(who) => lack.unnoted.push(name(*who)),
                Proof::Signature(who) => {
                    lack.unsigned.push(Unsigned { who: *who, name: name(*who), asked: asked(*who, slot.id) });
                }
                Proof::Countersignature => lack.wordless = true,
            }
        }
        (!missing.is_empty()).then_some(lack)
    };
    kept.slots.iter().filter_map(lack).collect()
}

fn close(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    match actions::attendance::close(visit.house, &visit.actor, id) {
        Ok(()) => Ok(Reply::see_with(&format!("/sessions/{id}"), visit.w.closed_session())),
        Err(Error::Refused(actions::Refusal::Session(no))) => {
            Reply::form_again(&page(visit, None, Mistakes::one("", visit.w.session_refusal(no)))?)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize, Default)]
struct WaiverForm {
    /// Enrolments, or `formateur`.
    #[serde(default)]
    qui: Vec<String>,
    #[serde(default)]
    motif: String,
}

fn waive(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, slot): (SessionId, SlotId) = (visit.part("session")?, visit.part("slot")?);
    let form: WaiverForm = visit.form()?;
    let whose: Vec<Option<EnrolmentId>> = form
        .qui
        .iter()
        .filter_map(|who| if who == "formateur" { Some(None) } else { who.parse().ok().map(Some) })
        .collect();
    match actions::signatures::waive(visit.house, &visit.actor, (id, slot), &whose, &form.motif) {
        Ok(waived) => Ok(Reply::see_with(&format!("/sessions/{id}/cloture"), visit.w.proofs_waived(waived))),
        Err(Error::Refused(actions::Refusal::Signature(no))) => {
            let mistakes = Mistakes::one("", visit.w.signature_refusal(no));
            Reply::form_again(&page(visit, Some((slot, form.motif)), mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
