//! What the database does by itself on this machine: nothing of the program can be faster.

use crate::scratch;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// As many PostgreSQL connections as the server has by default.
const CONNECTIONS: usize = 8;
const TIME: Duration = Duration::from_secs(2);

/// Durable commits of one small row a second.
pub fn commits(url: &str) -> f64 {
    let done = AtomicU64::new(0);
    let began = Instant::now();
    if url.starts_with("postgres") {
        PgConnection::establish(url).unwrap().batch_execute(TABLE).unwrap();
        thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                scope.spawn(|| {
                    let mut conn = PgConnection::establish(url).unwrap();
                    while began.elapsed() < TIME {
                        sql_query(ROW).execute(&mut conn).unwrap();
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
    } else {
        let mut conn = embedded();
        while began.elapsed() < TIME {
            conn.batch_execute("BEGIN IMMEDIATE").unwrap();
            sql_query(ROW).execute(&mut conn).unwrap();
            conn.batch_execute("COMMIT").unwrap();
            done.fetch_add(1, Ordering::Relaxed);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let done = done.into_inner() as f64;
    done / began.elapsed().as_secs_f64()
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS floor (word TEXT NOT NULL)";
const ROW: &str = "INSERT INTO floor (word) VALUES ('a row of some length, as an enrolment has one, with its state and its dates')";

/// A file beside the region's, as durable as it.
fn embedded() -> SqliteConnection {
    let file = scratch::folder().join("floor.db");
    let mut conn = SqliteConnection::establish(&file.display().to_string()).unwrap();
    conn.batch_execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").unwrap();
    conn.batch_execute(TABLE).unwrap();
    conn
}
