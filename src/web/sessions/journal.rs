//! The journal of a session: who did what, and when.

use crate::domain::access::{Action, Subject};
use crate::domain::ids::SessionId;
use crate::store;
use crate::web::doors::Doors;
use crate::web::error::Problem;
use crate::web::page::Shell;
use crate::web::reply::Reply;
use crate::web::visit::Visit;
use askama::Template;
use serde::Deserialize;

pub fn doors(site: &mut Doors) {
    site.get("/sessions/{session}/journal", Action::ReadJournal, journal);
}

struct Entry {
    iso: String,
    when: String,
    what: String,
    who: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "sessions/journal.html")]
struct JournalPage {
    shell: Shell,
    id: SessionId,
    title: String,
    lines: Vec<Entry>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Cursor {
    #[serde(default)]
    apres: String,
}

fn journal(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let before = visit.query::<Cursor>()?.apres.parse().ok();
    let (details, page) = visit.house.store.read(|conn| {
        let details = store::sessions::details(conn, &visit.reach, id)?;
        let page = store::journal::of(conn, &visit.reach, Subject::Session(id), before)?;
        Ok::<_, store::Error>((details, page))
    })?;
    let (w, zone) = (visit.w, details.listed.zone());
    let lines = page
        .rows
        .into_iter()
        .map(|told| Entry {
            iso: told.at.iso(),
            when: w.short_moment(told.at, zone),
            what: w.journal_line(&told.kind, told.from.as_deref(), told.to.as_deref()),
            who: told.by.unwrap_or_else(|| w.role(told.role).to_owned()),
            reason: told.reason.unwrap_or_default(),
        })
        .collect();
    Reply::page(&JournalPage {
        shell: visit.shell(w.journal()),
        id,
        title: details.listed.title,
        lines,
        next: page.next,
    })
}
