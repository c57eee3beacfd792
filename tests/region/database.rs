//! The region's database, asked beside the program.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    said: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    said: String,
}

pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres")
}

pub fn postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap()
}

/// As durable as the program's own connections.
pub fn embedded(url: &str) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(url.trim_start_matches("sqlite:")).unwrap();
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;",
    )
    .unwrap();
    conn
}

/// The database of a program, by its URL.
pub struct Database {
    pub url: String,
}

impl Database {
    /// What a question with one number answers, named `said`.
    pub fn number(&self, question: &str) -> i64 {
        let answer: Number = if is_postgres(&self.url) {
            sql_query(question).get_result(&mut postgres(&self.url)).unwrap()
        } else {
            sql_query(question).get_result(&mut embedded(&self.url)).unwrap()
        };
        answer.said
    }

    /// What a question with one text answers, named `said`.
    pub fn text(&self, question: &str) -> String {
        let answer: Word = if is_postgres(&self.url) {
            sql_query(question).get_result(&mut postgres(&self.url)).unwrap()
        } else {
            sql_query(question).get_result(&mut embedded(&self.url)).unwrap()
        };
        answer.said
    }

    /// How many rows a statement changed.
    pub fn change(&self, statement: &str) -> usize {
        if is_postgres(&self.url) {
            sql_query(statement).execute(&mut postgres(&self.url)).unwrap()
        } else {
            sql_query(statement).execute(&mut embedded(&self.url)).unwrap()
        }
    }
}
