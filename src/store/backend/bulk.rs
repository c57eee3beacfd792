//! Rows by the thousand, each database in the way that it does best: COPY on PostgreSQL, one prepared
//! insert after the other within a transaction on SQLite.

use super::{Conn, Error, Store, as_one_question, words};
use diesel::prelude::*;
use diesel::sql_query;

/// What a connection that loads may keep in memory, in KiB: the pages of indexes that are written in no order.
const LOADING_CACHE: i64 = 256 * 1024;

/// A row of one table that may go in among thousands; [`in_bulk`] makes it one.
pub(crate) trait Bulk: Sized {
    const TABLE: &'static str;
    fn copy(rows: &[Self], conn: &mut PgConnection) -> QueryResult<usize>;
    fn insert(&self, conn: &mut SqliteConnection) -> QueryResult<usize>;
}

/// Says of `Insertable` rows that they may go in by the thousand. Their derive says
/// `treat_none_as_default_value = false`: all rows of one COPY have the same columns.
macro_rules! in_bulk {
    ($($table:ident <- $row:ty),+ $(,)?) => {$(
        impl $crate::backend::Bulk for $row {
            const TABLE: &'static str = stringify!($table);

            fn copy(rows: &[Self], conn: &mut diesel::PgConnection) -> diesel::QueryResult<usize> {
                use diesel::ExecuteCopyFromDsl as _;
                diesel::copy_from($table::table).from_insertable(rows).execute(conn)
            }

            fn insert(&self, conn: &mut diesel::SqliteConnection) -> diesel::QueryResult<usize> {
                use diesel::RunQueryDsl as _;
                diesel::insert_into($table::table).values(self).execute(conn)
            }
        }
    )+};
}
pub(crate) use in_bulk;

/// Writes rows, in the transaction of the caller.
pub(crate) fn add_all<R: Bulk>(conn: &mut Conn, rows: &[R]) -> Result<(), Error> {
    match conn {
        _ if rows.is_empty() => {}
        Conn::Postgres(conn) => {
            R::copy(rows, conn)?;
        }
        Conn::Sqlite(conn) => as_one_question(|| {
            words::keep_apart(conn, R::TABLE, rows.len(), |conn| {
                rows.iter().try_for_each(|row| row.insert(conn).map(|_| ()))
            })
        })?,
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    number: i64,
}

/// Numbers that no row of a table has or will be given, in order, so that rows can name each other before they
/// are written. SQLite has one writer: what follows its last number is free.
pub(crate) fn numbers(conn: &mut Conn, table: &'static str, many: usize) -> Result<Vec<i64>, Error> {
    let many = i64::try_from(many).unwrap_or(i64::MAX);
    let found: Vec<Number> = match conn {
        Conn::Postgres(conn) => sql_query(format!(
            "SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS number FROM generate_series(1, $1)"
        ))
        .bind::<diesel::sql_types::BigInt, _>(many)
        .load(conn)?,
        Conn::Sqlite(conn) => {
            let last: Vec<Number> =
                sql_query(format!("SELECT seq AS number FROM sqlite_sequence WHERE name = '{table}'"))
                    .load(conn)?;
            let last = last.first().map_or(0, |last| last.number);
            return Ok((last + 1..=last + many).collect());
        }
    };
    Ok(found.into_iter().map(|found| found.number).collect())
}

/// Makes the next number of a table follow the rows that were written with theirs. SQLite sees it by itself.
pub(crate) fn catch_up(conn: &mut Conn, table: &'static str) -> Result<(), Error> {
    if let Conn::Postgres(conn) = conn {
        sql_query(format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), GREATEST((SELECT max(id) FROM {table}), 1))"
        ))
        .execute(conn)?;
    }
    Ok(())
}

/// Has the database look at what was loaded before it plans questions about it. PostgreSQL does it by itself some
/// minutes later; SQLite plans by its indexes alone.
pub(crate) fn look_again(conn: &mut Conn) -> Result<(), Error> {
    if let Conn::Postgres(conn) = conn {
        sql_query("ANALYZE").execute(conn)?;
    }
    Ok(())
}

impl Store {
    /// Gives the connection that writes the memory that loading takes, for as long as the store is open.
    pub fn make_room_for_loading(&self) -> Result<(), Error> {
        let Some(writer) = &self.writer else { return Ok(()) };
        writer.set_up(|conn| {
            Ok(sql_query(format!("PRAGMA cache_size = -{LOADING_CACHE}")).execute(conn).map(|_| ())?)
        })
    }
}
