//! How the database finds what it is asked for, in its own words. For the test of the plans.

use super::{Conn, Error, Store};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

impl Store {
    /// The steps of a statement of this database, whatever its parameters are. PostgreSQL is told to read no table whole
    /// unless it cannot help it: the tables of a test are small.
    pub fn plan(&self, statement: &str) -> Result<Vec<String>, Error> {
        self.read(|conn| match conn {
            Conn::Sqlite(_) => {
                let steps: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(conn)?;
                Ok(steps.into_iter().map(|step| step.detail).collect())
            }
            Conn::Postgres(_) => {
                let most = (1..5_000).take_while(|n| statement.contains(&format!("${n}"))).last().unwrap_or(0);
                let blanks = vec!["NULL"; most].join(", ");
                let given = if most == 0 { String::new() } else { format!("({blanks})") };
                // Of a small table any order is read faster than the index of words, if it may be.
                let ordered = if statement.contains(" @@ ") { "off" } else { "on" };
                conn.batch_execute(&format!(
                    "SET enable_seqscan = off; SET enable_indexscan = {ordered}; SET enable_indexonlyscan = {ordered};
                     SET plan_cache_mode = force_generic_plan; PREPARE asked AS {statement}"
                ))?;
                let lines: Result<Vec<Line>, _> = sql_query(format!("EXPLAIN EXECUTE asked{given}")).load(conn);
                conn.batch_execute(
                    "DEALLOCATE asked; RESET enable_seqscan; RESET enable_indexscan; RESET enable_indexonlyscan;
                     RESET plan_cache_mode",
                )?;
                Ok(lines?.into_iter().map(|line| line.line).collect())
            }
        })
    }
}
