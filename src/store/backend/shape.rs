//! What the migrations made, told in the same lines for both databases, so that they can be compared. How each
//! finds rows by words is its own: told is only of which tables.

use super::{Conn, Error, Store};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// An `INTEGER PRIMARY KEY` counts in 64 bits.
const SQLITE_COLUMNS: &str = "
    SELECT 'column ' || t.name || '.' || c.name || ' ' || CASE WHEN c.\"notnull\" THEN '' ELSE 'nullable ' END
        || CASE WHEN c.pk AND c.type = 'INTEGER' THEN 'BIGINT' ELSE upper(c.type) END AS line
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> '__diesel_schema_migrations'
        AND t.name NOT LIKE 'words_of_%'";

const POSTGRES_COLUMNS: &str = "
    SELECT 'column ' || table_name || '.' || column_name || ' '
        || CASE WHEN is_nullable = 'NO' THEN '' ELSE 'nullable ' END
        || CASE WHEN data_type LIKE 'timestamp%' THEN 'TIMESTAMP' ELSE upper(data_type) END AS line
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'";

/// Indexes with a name of ours; those of `UNIQUE` and `PRIMARY KEY` are named by each database as it likes.
const SQLITE_INDEXES: &str = "
    SELECT CASE i.origin WHEN 'c' THEN 'index ' || i.name ELSE 'key' END || ' of ' || t.name || ' ('
        || (SELECT group_concat(name, ', ' ORDER BY seqno) FROM pragma_index_info(i.name)) || ')'
        || CASE WHEN i.\"unique\" THEN ' unique' ELSE '' END || CASE WHEN i.partial THEN ' partial' ELSE '' END
        AS line
    FROM sqlite_schema t JOIN pragma_index_list(t.name) i
    WHERE t.type = 'table' AND t.name <> '__diesel_schema_migrations' AND t.name NOT LIKE 'words_of_%'
    UNION ALL
    SELECT 'key of ' || t.name || ' (' || c.name || ') unique' FROM sqlite_schema t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.pk AND c.type = 'INTEGER'
        AND t.name NOT LIKE 'words_of_%'
    UNION ALL
    SELECT 'words of ' || substr(name, 10) FROM sqlite_schema
    WHERE type = 'table' AND name LIKE 'words_of_%' AND sql LIKE 'CREATE VIRTUAL TABLE%'";

const POSTGRES_INDEXES: &str = "
    SELECT CASE WHEN k.oid IS NULL THEN 'index ' || i.relname ELSE 'key' END || ' of ' || t.relname || ' ('
        || (SELECT string_agg(a.attname, ', ' ORDER BY at.place)
            FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS at (number, place)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = at.number) || ')'
        || CASE WHEN x.indisunique THEN ' unique' ELSE '' END
        || CASE WHEN x.indpred IS NULL THEN '' ELSE ' partial' END AS line
    FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
    LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype IN ('p', 'u')
    WHERE t.relname <> '__diesel_schema_migrations' AND i.relname NOT LIKE 'words_of_%'
    UNION ALL
    SELECT 'words of ' || substr(indexname, 10) FROM pg_indexes
    WHERE schemaname = 'public' AND indexname LIKE 'words_of_%'";

impl Store {
    /// Every column with its type and every index, a line each, sorted. For the tests of the migrations.
    pub fn shape(&self) -> Result<Vec<String>, Error> {
        self.read(|conn| {
            let (columns, indexes) = match conn {
                Conn::Sqlite(_) => (SQLITE_COLUMNS, SQLITE_INDEXES),
                Conn::Postgres(_) => (POSTGRES_COLUMNS, POSTGRES_INDEXES),
            };
            let mut lines: Vec<Line> = sql_query(columns).load(conn)?;
            lines.extend(sql_query(indexes).load::<Line>(conn)?);
            let mut lines: Vec<String> = lines.into_iter().map(|line| line.line).collect();
            lines.sort();
            Ok(lines)
        })
    }
}
