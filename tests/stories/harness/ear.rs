//! What the databases of the stories are asked.

use super::Database;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Databases and their statements, of this story and of those that run beside it.
static HEARD: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());

/// From now on. What was asked before is not heard.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hears = EnvFilter::new("parcours::sql=trace");
        tracing_subscriber::fmt().with_env_filter(hears).with_ansi(false).with_writer(|| Ear).init();
    });
}

/// Each statement that a database was asked since the last time that somebody wanted to know.
pub fn heard(database: &Database) -> BTreeSet<String> {
    let name = database.url.rsplit('/').next().unwrap_or_default();
    let mut heard = lock();
    let all = std::mem::take(&mut *heard);
    let (own, others): (BTreeSet<_>, BTreeSet<_>) = all.into_iter().partition(|(of, _)| *of == name);
    *heard = others;
    own.into_iter().map(|(_, statement)| statement).collect()
}

fn lock() -> MutexGuard<'static, BTreeSet<(String, String)>> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Ear;

impl io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = String::from_utf8_lossy(bytes);
        if let Some((_, statement)) = line.split_once("statement=") {
            let quoted = statement.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let statement = quoted.unwrap_or(statement).replace("\\\"", "\"");
            let named = line.split_once("database=").and_then(|(_, rest)| rest.split(' ').next());
            let database = named.unwrap_or_default().trim_matches('"').to_owned();
            lock().insert((database, statement));
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
