//! What the database does by itself on this machine: nothing of the program can be faster.

use crate::database::{embedded, is_postgres, postgres};
use crate::roll::{Colleague, STARTS_ON};
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

diesel::table! {
    people (id) {
        id -> BigInt,
        given_name -> Text,
        family_name -> Text,
        search_key -> Text,
        email -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    employments (id) {
        id -> BigInt,
        person_id -> BigInt,
        company_id -> BigInt,
        search_key -> Text,
        staff_number -> Nullable<Text>,
        job_group -> Nullable<Text>,
        starts_on -> Date,
    }
}

diesel::joinable!(employments -> people (person_id));
diesel::allow_tables_to_appear_in_same_query!(people, employments);

/// Durable commits of one small row a second.
pub fn commits(url: &str) -> f64 {
    let done = AtomicU64::new(0);
    let began = Instant::now();
    if is_postgres(url) {
        postgres(url).batch_execute(TABLE).unwrap();
        thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                scope.spawn(|| {
                    let mut conn = postgres(url);
                    while began.elapsed() < TIME {
                        sql_query(ROW).execute(&mut conn).unwrap();
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
    } else {
        let mut conn = embedded(&scratch::folder().join("floor.db").display().to_string());
        conn.batch_execute(TABLE).unwrap();
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

/// How long the database takes for the rows of so many colleagues, as its own bulk load: COPY on PostgreSQL, one
/// prepared insert after the other in one transaction on SQLite. They stay, in the region's own tables.
pub fn bulk(url: &str, company: i64, colleagues: &[Colleague]) -> Duration {
    if is_postgres(url) {
        let mut conn = postgres(url);
        let began = Instant::now();
        let (all, times) = rows(company, colleagues);
        conn.batch_execute("BEGIN").unwrap();
        diesel::copy_from(people::table).from_insertable(&all).execute(&mut conn).unwrap();
        diesel::copy_from(employments::table).from_insertable(&times).execute(&mut conn).unwrap();
        conn.batch_execute("COMMIT").unwrap();
        began.elapsed()
    } else {
        let mut conn = embedded(url);
        let began = Instant::now();
        let (all, times) = rows(company, colleagues);
        conn.batch_execute("BEGIN IMMEDIATE").unwrap();
        for row in &all {
            diesel::insert_into(people::table).values(row).execute(&mut conn).unwrap();
        }
        for row in &times {
            diesel::insert_into(employments::table).values(row).execute(&mut conn).unwrap();
        }
        conn.batch_execute("COMMIT").unwrap();
        began.elapsed()
    }
}

/// Numbers that the region's own rows do not reach.
const FIRST: i64 = 1_000_000_000;

#[derive(Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
struct PersonRow<'a> {
    id: i64,
    given_name: &'a str,
    family_name: &'a str,
    search_key: &'a str,
    email: &'a str,
    created_at: chrono::NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = employments, treat_none_as_default_value = false)]
struct TimeRow<'a> {
    id: i64,
    person_id: i64,
    company_id: i64,
    search_key: &'a str,
    staff_number: &'a str,
    job_group: &'a str,
    starts_on: chrono::NaiveDate,
}

fn rows(company: i64, colleagues: &[Colleague]) -> (Vec<PersonRow<'_>>, Vec<TimeRow<'_>>) {
    let created_at = STARTS_ON.and_hms_opt(8, 0, 0).unwrap();
    (FIRST..)
        .zip(colleagues)
        .map(|(id, one)| {
            let person = PersonRow {
                id,
                given_name: &one.given_name,
                family_name: &one.family_name,
                search_key: &one.search_key,
                email: &one.email,
                created_at,
            };
            let time = TimeRow {
                id,
                person_id: id,
                company_id: company,
                search_key: &one.search_key,
                staff_number: &one.staff_number,
                job_group: one.job_group,
                starts_on: STARTS_ON,
            };
            (person, time)
        })
        .unzip()
}

/// How long the database takes to give what an export of a company's people tells, in the order of their names; and of
/// how many.
pub fn reading(url: &str, company: i64) -> (Duration, usize) {
    type Told = (String, String, Option<String>, Option<String>, Option<String>, chrono::NaiveDate);
    let question = || {
        employments::table
            .inner_join(people::table)
            .filter(employments::company_id.eq(company))
            .order((employments::search_key, employments::id))
            .select((
                people::family_name,
                people::given_name,
                people::email,
                employments::staff_number,
                employments::job_group,
                employments::starts_on,
            ))
    };
    let began = Instant::now();
    let read = if is_postgres(url) {
        question().load::<Told>(&mut postgres(url)).unwrap()
    } else {
        question().load::<Told>(&mut embedded(url)).unwrap()
    };
    (began.elapsed(), read.len())
}
