//! Words that find rows: the one index that each database has in its own way, FTS5 on SQLite and GIN on PostgreSQL. The
//! migrations leave it out, for they are twins; [`Store::migrate`] makes it after them. Whoever changes what an index
//! holds changes its name, so that it is made anew.

use super::migrations::at_once;
use super::{Conn, Error, Store, Unfit};
use crate::literal::{Literal, literal};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

/// Stands before the first word of a text, and before each of the others. No word holds either.
const FIRST: char = '^';
const LATER: char = '~';

/// What is found by words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Searched {
    /// The people of a company, which owns their words.
    Staff,
    Organisations,
    Accounts,
    /// Sessions of the catalogue.
    Announced,
    /// Letters by their address, in a demonstration.
    Letters,
}

/// How a kind of rows is searched.
struct Index {
    table: &'static str,
    /// Columns that its words are made from.
    columns: &'static str,
    /// Its words in SQL that both databases read; `{}` stands before each column.
    words: String,
    /// Which rows it holds.
    rows: Option<&'static str>,
    /// Whether SQLite keeps the rows of the shortest beginnings too: where words have owners, each begins few.
    short: bool,
}

/// The words of an address begin after these.
const IN_ADDRESSES: [&str; 5] = ["@", ".", "-", "_", "+"];

fn address(column: &str) -> String {
    let bare = format!("'{LATER}' || {column}");
    IN_ADDRESSES.iter().fold(bare, |text, sign| format!("replace({text}, '{sign}', ' {LATER}')"))
}

impl Searched {
    const ALL: [Self; 5] = [Self::Staff, Self::Organisations, Self::Accounts, Self::Announced, Self::Letters];

    fn index(self) -> Index {
        let name = |owner: &str| {
            format!("{owner}'{FIRST}' || replace({{}}search_key, ' ', ' ' || {owner}'{LATER}')")
        };
        let (table, columns, words, rows) = match self {
            // The owner is part of the word: what is found is a company's own, however many bear the name elsewhere.
            Self::Staff => {
                ("employments", "company_id, search_key", name("CAST({}company_id AS TEXT) || "), None)
            }
            Self::Organisations => ("organisations", "search_key", name(""), None),
            Self::Accounts => {
                let words = format!("{} || ' ' || {}", name(""), address("{}email"));
                ("accounts", "search_key, email", words, None)
            }
            Self::Announced => {
                ("sessions", "search_key, state", name(""), Some("{}state IN ('published', 'confirmed')"))
            }
            Self::Letters => ("outbox", "to_email", address("{}to_email"), None),
        };
        Index { table, columns, words, rows, short: self != Self::Staff }
    }
}

impl Index {
    fn name(&self) -> String {
        format!("words_of_{}", self.table)
    }

    fn words_of(&self, row: &str) -> String {
        self.words.replace("{}", row)
    }

    /// Which rows it holds, after this word of SQL; empty when it holds them all.
    fn only(&self, word: &str, row: &str) -> String {
        self.rows.map(|rows| format!(" {word} {}", rows.replace("{}", row))).unwrap_or_default()
    }

    /// As PostgreSQL keeps and asks it: the words as they are, none of them taken for another.
    fn vector(&self) -> String {
        format!("array_to_tsvector(string_to_array({}, ' '))", self.words_of(""))
    }
}

/// A word of which the beginning is known, and whether it may be the first of its text.
#[derive(Debug, Clone)]
pub(crate) struct Beginning {
    pub(crate) word: String,
    pub(crate) may_be_first: bool,
}

/// Numbers of rows that have a word for each of these beginnings, `most` of them at most, in no order. An owner's rows
/// only, where words have owners.
pub(crate) fn rows_with(
    conn: &mut Conn,
    what: Searched,
    owner: &str,
    words: &[Beginning],
    most: i64,
) -> Result<Vec<i64>, Error> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let index = what.index();
    let (name, table) = (index.name(), index.table);
    let (statement, quotes, prefix, and, or) = match conn {
        Conn::Sqlite(_) => (
            format!("SELECT rowid AS id FROM {name} WHERE {name} MATCH ? LIMIT ?"),
            '"',
            "*",
            " AND ",
            " OR ",
        ),
        Conn::Postgres(_) => {
            let (vector, only) = (index.vector(), index.only("AND", ""));
            (
                format!("SELECT id FROM {table} WHERE {vector} @@ $1::tsquery{only} LIMIT $2"),
                '\'',
                ":*",
                " & ",
                " | ",
            )
        }
    };
    let wanted = |beginning: &Beginning| {
        let one = |mark: char| format!("{quotes}{owner}{mark}{}{quotes}{prefix}", beginning.word);
        if beginning.may_be_first { format!("({}{or}{})", one(FIRST), one(LATER)) } else { one(LATER) }
    };
    let wanted = words.iter().map(wanted).collect::<Vec<_>>().join(and);
    let found: Vec<Found> =
        sql_query(statement).bind::<Text, _>(wanted).bind::<BigInt, _>(most).load(conn)?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// The words of a row as its index has them, told from the row itself: for a walk along a list of which many fit.
pub(crate) fn words_of(what: Searched) -> Literal<Text> {
    let index = what.index();
    literal(format!("({})", index.words_of(&format!("{}.", index.table))))
}

/// The shapes of [`words_of`] with a first or a later word that begins so.
pub(crate) fn shapes(beginning: &str) -> (String, String) {
    (format!("%{FIRST}{beginning}%"), format!("%{LATER}{beginning}%"))
}

/// Makes the indexes that are not there yet, of the rows that are.
pub(super) fn make(conn: &mut Conn) -> Result<(), Unfit> {
    Searched::ALL
        .into_iter()
        .filter(|what| *what != Searched::Letters)
        .try_for_each(|what| make_one(conn, what))
}

fn make_one(conn: &mut Conn, what: Searched) -> Result<(), Unfit> {
    let index = what.index();
    let made = match conn {
        Conn::Postgres(conn) => conn.batch_execute(&on_postgres(&index)),
        Conn::Sqlite(conn) => {
            let there = format!("SELECT count(*) AS rows FROM sqlite_schema WHERE name = '{}'", index.name());
            count(conn, &there)
                .and_then(|tables| if tables == 0 { conn.batch_execute(&on_sqlite(&index)) } else { Ok(()) })
        }
    };
    Ok(made?)
}

impl Store {
    /// Has letters found by their address. Only where anyone may look for them: a letter is written with every deed, and
    /// its words would cost more than the deed.
    pub fn make_letters_searchable(&self) -> Result<(), Unfit> {
        let mut conn = self.place.connect().map_err(|e| Unfit::Unreachable(e.to_string()))?;
        at_once(&mut conn, |conn| make_one(conn, Searched::Letters))
    }
}

/// Takes the indexes away. For the tests of the migrations.
pub(super) fn unmake(conn: &mut Conn) -> Result<(), Unfit> {
    Searched::ALL.into_iter().try_for_each(|what| {
        let name = what.index().name();
        let statements = match conn {
            Conn::Postgres(_) => format!("DROP INDEX IF EXISTS {name}"),
            Conn::Sqlite(_) => ["added", "changed", "removed"]
                .map(|when| format!("DROP TRIGGER IF EXISTS {name}_{when};"))
                .into_iter()
                .chain([format!("DROP TABLE IF EXISTS {name}")])
                .collect(),
        };
        conn.batch_execute(&statements).map_err(|e| Unfit::Migration(e.to_string()))
    })
}

fn on_postgres(index: &Index) -> String {
    let (name, table, vector, only) = (index.name(), index.table, index.vector(), index.only("WHERE", ""));
    format!("CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({vector}){only}")
}

/// A table that keeps words and no text, and the triggers that keep it true.
fn on_sqlite(index: &Index) -> String {
    let (name, table, columns) = (index.name(), index.table, index.columns);
    let remove = format!("DELETE FROM {name} WHERE rowid = old.id;");
    let (fill, add, added) =
        (index.add(&format!("FROM {table}"), ""), index.add("", "new."), index.trigger());
    // One to three letters, after the sign that stands before them.
    let short = if index.short { "prefix = '2 3 4'," } else { "" };
    format!(
        "CREATE VIRTUAL TABLE {name} USING fts5 (words, content = '', contentless_delete = 1, detail = none,
             {short} tokenize = \"ascii tokenchars '{FIRST}{LATER}'\");
         {added}
         CREATE TRIGGER {name}_changed AFTER UPDATE OF {columns} ON {table} BEGIN {remove} {add} END;
         CREATE TRIGGER {name}_removed AFTER DELETE ON {table} BEGIN {remove} END;
         {fill}"
    )
}

impl Index {
    /// Adds the words of rows to a table of FTS5.
    fn add(&self, from: &str, row: &str) -> String {
        let (name, words, only) = (self.name(), self.words_of(row), self.only("WHERE", row));
        format!("INSERT INTO {name} (rowid, words) SELECT {row}id, {words} {from}{only};")
    }

    fn trigger(&self) -> String {
        let (name, table, add) = (self.name(), self.table, self.add("", "new."));
        format!("CREATE TRIGGER {name}_added AFTER INSERT ON {table} BEGIN {add} END;")
    }
}

/// So many rows and more are added with their trigger away.
const MANY: usize = 50;

/// Adds rows to a table, and their words after them: FTS5 writes what it has at the end of each statement, and one for
/// each row is a hundred times the work. The caller's transaction holds everybody else off meanwhile.
pub(super) fn keep_apart(
    conn: &mut SqliteConnection,
    table: &str,
    rows: usize,
    add: impl FnOnce(&mut SqliteConnection) -> QueryResult<()>,
) -> QueryResult<()> {
    let index = Searched::ALL.into_iter().map(Searched::index).find(|index| index.table == table);
    let Some(index) = index.filter(|_| rows >= MANY) else { return add(conn) };
    let name = index.name();
    if count(conn, &format!("SELECT count(*) AS rows FROM sqlite_schema WHERE name = '{name}'"))? == 0 {
        return add(conn);
    }
    let last = count(conn, &format!("SELECT coalesce(max(id), 0) AS rows FROM {table}"))?;
    conn.batch_execute(&format!("DROP TRIGGER {name}_added"))?;
    add(conn)?;
    let since = format!("FROM (SELECT * FROM {table} WHERE id > {last})");
    conn.batch_execute(&format!("{} {}", index.add(&since, ""), index.trigger()))
}

fn count(conn: &mut SqliteConnection, question: &str) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    sql_query(question).get_result::<Count>(conn).map(|count| count.rows)
}
