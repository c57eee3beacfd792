//! The journal of a session: who did what, and when.

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::{Action, Subject};
use domain::ids::{EnrolmentId, SessionId};
use domain::keys::KeyPurpose;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/journal", Action::ReadJournal, journal);
    routes.get_blocking("/sessions/{session}/journal/fichier", Action::ExportJournal, file);
}

struct Entry {
    iso: String,
    when: String,
    what: String,
    /// Whose enrolment it is about, if any.
    person: String,
    who: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "sessions/journal.html")]
struct JournalPage {
    shell: Shell,
    id: SessionId,
    title: String,
    when: String,
    body: String,
    lines: Vec<Entry>,
    seal: Option<SealCard>,
    has_key: bool,
    may_export: bool,
    next: Option<String>,
}

/// Where the last checkpoint found the journal.
struct SealCard {
    facts: [(&'static str, String); 5],
    lines: Vec<String>,
    text: String,
}

/// The enrolment that a line is about: «enrolment:12», or «enrolment:12/slot:3».
fn enrolment_of(reference: &str) -> Option<EnrolmentId> {
    reference.strip_prefix("enrolment:")?.split('/').next()?.parse().ok()
}

#[derive(Deserialize)]
struct Cursor {
    #[serde(default)]
    apres: String,
}

fn journal(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let before = visit.query::<Cursor>()?.apres.parse().ok();
    let (listed, page, people, made) = visit.read(|conn| {
        let listed = store::sessions::listed(conn, &visit.reach, id)?;
        let page = store::journal::of(conn, &visit.reach, Subject::Session(id), before)?;
        let concerned: Vec<_> = page.rows.iter().filter_map(|told| enrolment_of(&told.reference)).collect();
        let people = store::enrolments::reached(conn, &concerned)?;
        let made = store::checkpoints::last_seal(conn, &Subject::Session(id).to_string())?;
        Ok((listed, page, people, made))
    })?;
    let person_of = |reference: &str| {
        let id = enrolment_of(reference)?;
        people.iter().find(|r| r.enrolment == id).map(|r| r.name.full())
    };
    let (w, zone) = (visit.w, listed.zone);
    let lines = page
        .rows
        .into_iter()
        .map(|told| Entry {
            iso: told.at.iso(),
            when: w.short_moment(told.at, zone),
            person: person_of(&told.reference).unwrap_or_default(),
            what: w.journal_line(&told.kind, told.from.as_deref(), told.to.as_deref()),
            who: told.by.unwrap_or_else(|| w.role(told.role).to_owned()),
            reason: told.reason.unwrap_or_default(),
        })
        .collect();
    Reply::page(&JournalPage {
        shell: visit.shell(w.journal()),
        id,
        when: w.span(listed.starts_at, listed.ends_at, zone),
        title: listed.title,
        body: listed.body,
        lines,
        seal: made.map(|made| SealCard {
            facts: w.seal_facts(&made.seal, made.at, zone),
            lines: made.seal.lines(),
            text: made.seal.to_string(),
        }),
        has_key: actions::keys::check(visit.house, KeyPurpose::Journal).is_ok(),
        may_export: visit.actor.may(Action::ExportJournal).is_ok(),
        next: page.next,
    })
}

/// The same file as `parcours journal export` writes.
fn file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let (export, _) = actions::journal::export(visit.house, &visit.actor, id)?;
    Reply::export(visit, &format!("journal-session-{id}.jsonl"), "application/jsonl; charset=utf-8", export)
}
