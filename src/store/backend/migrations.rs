//! The migrations: run, taken back, and compared with those that made a database.

use super::{Conn, Error, Store, Transactions, Unfit, words};
use crate::vocabularies;
use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::migration::MigrationVersion;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Nullable, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Any constant will do: it names the one lock under which migrations run on PostgreSQL.
const MIGRATION_LOCK: i64 = 7_267_682_774;

/// The version and the digest of each migration of this program (`build.rs`).
fn ours(conn: &Conn) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
    let all = match conn {
        Conn::Sqlite(_) => env!("MIGRATIONS_OF_SQLITE"),
        Conn::Postgres(_) => env!("MIGRATIONS_OF_POSTGRES"),
    };
    all.split(' ').filter_map(|one| one.split_once('='))
}

/// A migration that made a database.
#[derive(QueryableByName)]
struct Ran {
    #[diesel(sql_type = Text)]
    version: String,
    /// None where it ran before digests were kept.
    #[diesel(sql_type = Nullable<Text>)]
    digest: Option<String>,
}

/// Those that made a database. Diesel's own question would make its table.
fn ran(conn: &mut Conn) -> QueryResult<Vec<Ran>> {
    if !has_table(conn, "__diesel_schema_migrations")? {
        return Ok(Vec::new());
    }
    let statement = if has_table(conn, "migration_digests")? {
        "SELECT ran.version, made.digest FROM __diesel_schema_migrations ran
         LEFT JOIN migration_digests made ON made.version = ran.version"
    } else {
        "SELECT version, CAST(NULL AS TEXT) AS digest FROM __diesel_schema_migrations"
    };
    sql_query(statement).load(conn)
}

fn has_table(conn: &mut Conn, name: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        #[expect(dead_code, reason = "that there is one says it all")]
        name: String,
    }
    let statement = match conn {
        Conn::Sqlite(_) => format!("SELECT name FROM sqlite_schema WHERE name = '{name}'"),
        Conn::Postgres(_) => format!("SELECT '{name}' AS name WHERE to_regclass('{name}') IS NOT NULL"),
    };
    Ok(!sql_query(statement).load::<Found>(conn)?.is_empty())
}

/// Whether a migration of ours ran as something else, or one that is none of ours ran in the place of one. What a newer
/// program added comes after all of ours, and is no matter.
pub(super) fn are_others(conn: &mut Conn) -> QueryResult<bool> {
    let ran = ran(conn)?;
    let ours: Vec<_> = ours(conn).collect();
    let find = |version: &str| ran.iter().find(|one| one.version == version);
    let is_otherwise = ours
        .iter()
        .any(|(version, digest)| find(version).is_some_and(|one| one.digest.as_deref() != Some(digest)));
    let is_newest = |one: &Ran| ours.iter().all(|(version, _)| *version < one.version.as_str());
    let have_all_run = || ours.iter().all(|(version, _)| find(version).is_some());
    let is_none_of_ours = |one: &Ran| ours.iter().all(|(version, _)| *version != one.version);
    let is_in_the_place_of_one = |one: &Ran| is_none_of_ours(one) && !(is_newest(one) && have_all_run());
    Ok(is_otherwise || ran.iter().any(is_in_the_place_of_one))
}

impl Store {
    /// Brings the database to this version and answers the names of what it ran: all of it, or nothing.
    pub fn migrate(&self) -> Result<Vec<String>, Unfit> {
        let mut conn = self.place.connect().map_err(|e| Unfit::Unreachable(e.to_string()))?;
        let ran = at_once(&mut conn, |conn| {
            if let Conn::Postgres(_) = conn {
                sql_query(format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).execute(conn)?;
            }
            if are_others(conn)? {
                return Err(Unfit::Others);
            }
            let ran = run(conn)?;
            vocabularies::learn(conn)?;
            words::make(conn)?;
            Ok(ran)
        })?;
        Ok(ran)
    }

    /// Takes every migration back, newest first. For the tests of the migrations.
    pub fn unmigrate(&self) -> Result<(), Unfit> {
        let mut conn = self.place.connect().map_err(|e| Unfit::Unreachable(e.to_string()))?;
        words::unmake(&mut conn)?;
        let failed = |e: Box<dyn std::error::Error + Send + Sync>| Unfit::Migration(e.to_string());
        match &mut conn {
            Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(|_| ()).map_err(failed),
            Conn::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(|_| ()).map_err(failed),
        }
    }

    /// Whether the schema is at least the one that this program knows.
    pub fn is_ready(&self) -> Result<bool, Error> {
        self.read(|conn| {
            let ran = ran(conn)?;
            let has_run = |(version, digest): (&str, &str)| {
                ran.iter().any(|one| one.version == version && one.digest.as_deref() == Some(digest))
            };
            Ok(ours(conn).all(has_run) && vocabularies::are_known(conn)?)
        })
    }

    /// Whether migrations made the database that are not those of this program under the same names: it cannot be brought
    /// to any version of ours.
    pub fn is_made_by_others(&self) -> Result<bool, Error> {
        self.read(|conn| Ok(are_others(conn)?))
    }
}

/// Runs the migrations that did not run yet, and keeps what each of them was.
fn run(conn: &mut Conn) -> Result<Vec<String>, Unfit> {
    let names = |versions: Vec<MigrationVersion<'_>>| versions.iter().map(ToString::to_string).collect();
    let ran: Result<Vec<String>, _> = match conn {
        Conn::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(names),
        Conn::Postgres(conn) => conn.run_pending_migrations(POSTGRES).map(names),
    };
    let ran = ran.map_err(|e| Unfit::Migration(e.to_string()))?;
    for (version, digest) in ours(conn).filter(|(version, _)| ran.iter().any(|one| one == version)) {
        sql_query(format!(
            "INSERT INTO migration_digests (version, digest) VALUES ('{version}', '{digest}')
             ON CONFLICT (version) DO UPDATE SET digest = excluded.digest"
        ))
        .execute(conn)?;
    }
    Ok(ran)
}

/// Runs `work` in one transaction; what fails is taken back with the connection.
pub(super) fn at_once<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, Unfit>,
) -> Result<T, Unfit> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?,
        Conn::Postgres(conn) => AnsiTransactionManager::begin_transaction(conn)?,
    }
    let done = work(conn)?;
    Transactions::commit_transaction(conn)?;
    Ok(done)
}
