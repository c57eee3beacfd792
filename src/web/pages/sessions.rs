//! Planning and running sessions.

mod journal;
mod plan;

use super::enrolments::SessionPlaces;
use super::session_rows::{SeatsMeter, SessionRow, place, state_class};
use crate::forms::{Declared, Form, REASON_NAME, Text};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Done, House};
use askama::Template;
use domain::access::{Action, Actor};
use domain::calendar::Instant;
use domain::ids::SessionId;
use domain::sessions::{SessionState, SessionStep};
use domain::signatures::OPENS_BEFORE;
use serde::Deserialize;
use store::sessions::{Details, Listed, Shelf};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions", Action::ReadSessions, list);
    routes.get("/sessions/{session}", Action::ReadSessions, one);
    routes.post("/sessions/{session}/publication", Action::PublishSession, |visit| {
        step(visit, actions::sessions::publish, visit.w.published())
    });
    routes.post("/sessions/{session}/maintien", Action::ConfirmSession, |visit| {
        step(visit, actions::sessions::confirm, visit.w.confirmed_session())
    });
    routes.post("/sessions/{session}/debut", Action::StartSession, |visit| {
        step(visit, actions::sessions::start, visit.w.started())
    });
    routes.post("/sessions/{session}/suppression", Action::PlanSession, delete);
    routes.form("/sessions/{session}/annulation", Action::CancelSession, cancel);
    plan::routes(routes);
    journal::routes(routes);
}

#[derive(Template)]
#[template(path = "sessions/list.html")]
struct ListPage {
    shell: Shell,
    may_plan: bool,
    vue: &'static str,
    shelf: &'static str,
    shelves: Vec<(&'static str, &'static str, bool)>,
    rows: Vec<SessionRow>,
    next: Option<String>,
    /// Whether a reader who finds nothing to come has sessions that are over.
    has_past: bool,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    vue: String,
    #[serde(default)]
    apres: String,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let asked: Asked = visit.query()?;
    let w = visit.w;
    let all = [
        ("a-venir", w.shelf_coming(), Shelf::Coming),
        ("passees", w.shelf_past(), Shelf::Past),
        ("brouillons", w.shelf_drafts(), Shelf::Drafts),
    ];
    let &(vue, label, shelf) = all.iter().find(|s| s.0 == asked.vue).unwrap_or(&all[0]);
    let now = visit.house.clock.now();
    let (page, waiting, has_past) = visit.read(|conn| {
        let page = store::sessions::list(conn, &visit.reach, shelf, now, asked.apres.parse().ok())?;
        let ids: Vec<SessionId> = page.rows.iter().map(|row| row.id).collect();
        let waiting = store::sessions::waiting(conn, &ids)?;
        let has_past = page.rows.is_empty()
            && shelf == Shelf::Coming
            && !store::sessions::list(conn, &visit.reach, Shelf::Past, now, None)?.rows.is_empty();
        Ok((page, waiting, has_past))
    })?;
    let row = |listed: &Listed| SessionRow::own(w, listed, waiting.get(&listed.id).copied().unwrap_or(0));
    Reply::page(&ListPage {
        shell: visit.shell(w.sessions()),
        may_plan: visit.actor.may(Action::PlanSession).is_ok(),
        vue,
        shelf: label,
        shelves: all.iter().map(|(name, label, _)| (*name, *label, *name == vue)).collect(),
        rows: page.rows.iter().map(row).collect(),
        next: page.next,
        has_past,
    })
}

/// The one thing to do now, if the reader is who does it.
struct Next {
    sentence: &'static str,
    /// Where a press of the main button goes, and its words.
    step: Option<(String, &'static str)>,
    /// Whether what is missing before closing is what comes next.
    closing: bool,
    attendance: bool,
}

impl Next {
    fn of(w: Words, actor: &Actor, listed: &Listed, now: Instant) -> Self {
        let id = listed.id;
        let begun = listed.starts_at <= now;
        let (sentence, step, action) = match listed.state {
            SessionState::Draft => {
                (w.do_draft(), Some(("publication", w.publish_session())), Action::PublishSession)
            }
            SessionState::Published if !begun => {
                (w.do_published(), Some(("maintien", w.confirm_session())), Action::ConfirmSession)
            }
            SessionState::Confirmed if !begun => (w.do_confirmed(), None, Action::StartSession),
            SessionState::Running if listed.ends_at <= now => (w.do_close(), None, Action::CloseSession),
            SessionState::Published | SessionState::Confirmed => {
                (w.do_running(), Some(("debut", w.start_session())), Action::StartSession)
            }
            SessionState::Running => (w.do_running(), None, Action::MarkAttendance),
            SessionState::Closed => (w.do_closed(), None, Action::MarkAttendance),
            SessionState::Cancelled => (w.do_cancelled(), None, Action::MarkAttendance),
        };
        let step = step.filter(|_| actor.may(action).is_ok());
        let open = !matches!(listed.state, SessionState::Draft | SessionState::Cancelled);
        Self {
            sentence,
            step: step.map(|(noun, words)| (format!("/sessions/{id}/{noun}"), words)),
            closing: listed.state == SessionState::Running
                && listed.ends_at <= now
                && actor.may(Action::CloseSession).is_ok(),
            // The first room opens a little before it begins.
            attendance: listed.starts_at.plus_minutes(-OPENS_BEFORE) <= now
                && open
                && actor.may(Action::ReadAttendance).is_ok(),
        }
    }
}

#[derive(Template)]
#[template(path = "sessions/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one link is shown")]
struct OnePage {
    shell: Shell,
    id: SessionId,
    mark: &'static str,
    state: &'static str,
    seats: SeatsMeter,
    summary: String,
    next: Next,
    is_public: bool,
    may_replan: bool,
    may_cancel: bool,
    may_delete: bool,
    may_read_sheet: bool,
    may_read_letters: bool,
    may_read_journal: bool,
    may_read_surveys: bool,
    facts: Vec<(&'static str, String)>,
    slots: Vec<String>,
    places: SessionPlaces,
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let now = visit.house.clock.now();
    let (details, places) = visit.read(|conn| {
        let details = store::sessions::details(conn, &visit.reach, id)?;
        let places = SessionPlaces::read(conn, visit, &details.listed)?;
        Ok((details, places))
    })?;
    let (w, listed) = (visit.w, &details.listed);
    let may = |action| visit.actor.may(action).is_ok();
    let zone = listed.zone;
    let summary =
        format!("{}, {}.", w.span(listed.starts_at, listed.ends_at, zone), place(w, listed.commune.as_ref()));
    Reply::page(&OnePage {
        shell: visit.shell(listed.title.clone()),
        id,
        mark: state_class(listed.state),
        state: w.session_state(listed.state),
        seats: SeatsMeter::of(w, listed),
        summary,
        next: Next::of(w, &visit.actor, listed, now),
        is_public: listed.state.is_public(),
        may_replan: may(Action::PlanSession) && listed.state.may_be_replanned(),
        may_cancel: may(Action::CancelSession) && listed.state.step(SessionStep::Cancel).is_ok(),
        may_delete: may(Action::PlanSession) && listed.state == SessionState::Draft,
        may_read_sheet: may(Action::ReadAttendance),
        may_read_letters: may(Action::ReadLetters),
        may_read_journal: may(Action::ReadJournal),
        may_read_surveys: may(Action::ReadSurveys),
        facts: facts(w, &details),
        slots: details.slots.iter().map(|s| half_day(w, &s.slot)).collect(),
        places,
    })
}

fn half_day(w: Words, slot: &domain::sessions::Slot) -> String {
    format!("{}, {}", w.day(slot.day), w.hours(slot.starts, slot.ends))
}

fn facts(w: Words, details: &Details) -> Vec<(&'static str, String)> {
    let zone = details.listed.zone;
    let mut facts = vec![
        (w.training_body(), details.listed.body.clone()),
        (w.course(), w.version_number(details.version)),
        (w.session_commune(), place(w, details.listed.commune.as_ref())),
    ];
    if !details.place.is_empty() {
        facts.push((w.session_place(), details.place.clone()));
    }
    if !details.video_link.is_empty() {
        facts.push((w.video_label(), details.video_link.clone()));
    }
    let trainers = match details.trainers.as_slice() {
        [] => w.no_trainer_named().to_owned(),
        named => named.join(", "),
    };
    facts.extend([
        (w.trainers_label(), trainers),
        (w.minimum_short(), details.minimum.to_string()),
        (w.deadline_label(), w.moment(details.enrol_by, zone)),
        (w.queue_label(), w.moment(details.queue_closes_at, zone)),
    ]);
    facts
}

fn step(
    visit: &Visit<'_>,
    act: fn(&House, &Actor, SessionId) -> Done<()>,
    said: &'static str,
) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    act(visit.house, &visit.actor, id)?;
    Ok(Reply::see_with(&format!("/sessions/{id}"), said))
}

fn delete(visit: &Visit<'_>) -> Result<Reply, Problem> {
    actions::sessions::delete(visit.house, &visit.actor, visit.part("session")?)?;
    Ok(Reply::see_with("/sessions?vue=brouillons", visit.w.draft_deleted()))
}

const WHY: Text = Text::new(REASON_NAME, Words::cancel_reason);

fn cancel<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part::<SessionId>("session")?);
    let (details, waiting) = visit.read(|conn| {
        let details = store::sessions::details(conn, &visit.reach, id)?;
        let waiting = store::sessions::waiting(conn, &[id])?.remove(&id).unwrap_or(0);
        Ok((details, waiting))
    })?;
    let listed = &details.listed;
    let (day, back) = (w.day(listed.starts_at.day(listed.zone)), format!("/sessions/{id}"));
    Ok(Form::new(visit, w.cancel_question(&listed.title, &day))
        .grave()
        .back(&back, listed.title.as_str())
        .lede(w.cancel_consequence(listed.held, waiting))
        .ask(WHY)
        .button(w.cancel_session())
        .or(&back, w.keep_session())
        .submits(
            |form| form.get(WHY),
            move |why| actions::sessions::cancel(visit.house, &visit.actor, id, &why),
            move |()| Reply::see_with(&back, w.cancelled_session()),
        ))
}
