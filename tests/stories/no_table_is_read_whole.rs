//! What the pages ask is found by an index, on both databases, however many people there are.

use crate::every_door::World;
use crate::harness::{Database, stories};
use parcours::store::Store;
use parcours::web::doors;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, Once, PoisonError};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

stories! {
    both: every_page_finds_its_rows_by_an_index;
}

/// Tables that grow with the people of the region.
const LARGE: &[&str] = &[
    "accounts",
    "answers",
    "chains",
    "employments",
    "enrolments",
    "journal",
    "journal_secrets",
    "links",
    "logins",
    "marks",
    "memberships",
    "organisations",
    "outbox",
    "people",
    "sessions",
    "session_trainers",
    "signatures",
    "slots",
    "surveys",
    "waivers",
    "countersignatures",
    "reservations",
    "imports",
    "import_rows",
];

/// Statements that may: a page in the order of the key stops after its rows; the figures of the whole region are counted
/// a hundredth of the time at most (`src/web/lately.rs`); what is in an empty list is nothing.
const ON_PURPOSE: &[&str] =
    &["FROM outbox ORDER BY outbox.id DESC LIMIT", "count( DISTINCT enrolments.person_id)", "WHERE (1=0)"];

/// Databases and what they were asked, by this story and by those that run beside it.
static HEARD: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());

struct Ear;

impl io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = String::from_utf8_lossy(bytes);
        if let Some((_, statement)) = line.split_once("statement=") {
            let quoted = statement.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let statement = quoted.unwrap_or(statement).replace("\\\"", "\"");
            let named = line.split_once("database=").and_then(|(_, rest)| rest.split(' ').next());
            let database = named.unwrap_or_default().trim_matches('"').to_owned();
            HEARD.lock().unwrap_or_else(PoisonError::into_inner).insert((database, statement));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Ear {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hears = EnvFilter::new("parcours::sql=trace");
        tracing_subscriber::fmt().with_env_filter(hears).with_ansi(false).with_writer(|| Ear).init();
    });
}

fn every_page_finds_its_rows_by_an_index(database: &Database) {
    listen();
    let world = World::found(database);
    for door in doors(true).into_iter().filter(|door| door.method == "GET") {
        for ((role, _), email) in &world.people {
            world.town.log_in(email).get(&world.path(&door, *role));
        }
    }
    let store = Store::open(&database.url, 1).unwrap();
    let heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let name = database.url.rsplit('/').next().unwrap();
    let own = heard.iter().filter(|(database, _)| database == name).map(|(_, statement)| statement);
    let mut seen = 0;
    let mut faults = Vec::new();
    for statement in own.filter(|statement| statement.starts_with("SELECT") && statement.contains(" FROM ")) {
        seen += 1;
        match store.plan(statement) {
            Ok(_) if ON_PURPOSE.iter().any(|part| statement.replace(['`', '"'], "").contains(part)) => {}
            Ok(steps) => {
                let whole = steps.iter().filter(|step| reads_whole(step));
                faults.extend(whole.map(|step| format!("{}\n    in {statement}", step.trim())));
            }
            Err(error) => faults.push(format!("{error}\n    in {statement}")),
        }
    }
    assert!(seen > 60, "only {seen} statements were heard");
    assert!(faults.is_empty(), "{} of {seen}:\n{}", faults.len(), faults.join("\n"));
}

/// Whether a step of a plan reads a large table from its first row to its last.
fn reads_whole(step: &str) -> bool {
    let step = step.trim().trim_start_matches("->").trim();
    let table = step.strip_prefix("SCAN ").or_else(|| step.strip_prefix("Seq Scan on "));
    table.and_then(|rest| rest.split(' ').next()).is_some_and(|table| LARGE.contains(&table))
        && !step.contains(" USING INDEX ")
}
