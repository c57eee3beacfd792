//! The embedded database as a file: a copy while it serves, and back again.

use super::{Conn, Place, Store, Unfit, migrations};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Why a copy of the database was not made or not taken back.
#[derive(Debug, thiserror::Error)]
pub enum NoCopy {
    #[error("this is PostgreSQL: use pg_dump and pg_restore")]
    NotEmbedded,
    #[error("{} is there already: name a new file", .0.display())]
    Exists(PathBuf),
    #[error("{} is no whole database of this program: {why}", .file.display())]
    Damaged { file: PathBuf, why: String },
    #[error("{}: {source}", .file.display())]
    File { file: PathBuf, source: io::Error },
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Text)]
    said: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

impl Store {
    /// Copies the embedded database, as it stands now, to a new file that is whole or is not there.
    pub fn back_up(&self, to: &Path) -> Result<(), NoCopy> {
        let Place::Sqlite(own) = &self.place else { return Err(NoCopy::NotEmbedded) };
        if to.exists() {
            return Err(NoCopy::Exists(to.to_owned()));
        }
        let mut conn = self.place.connect().map_err(|e| Unfit::Unreachable(e.to_string()))?;
        is_ours(sqlite(&mut conn)?).map_err(|why| NoCopy::Damaged { file: own.clone(), why })?;
        let partial = beside(to, ".partial");
        let failed = |source: io::Error| NoCopy::File { file: to.to_owned(), source };
        if partial.exists() {
            fs::remove_file(&partial).map_err(failed)?;
        }
        make_private(&partial).map_err(failed)?;
        sql_query("VACUUM INTO ?")
            .bind::<Text, _>(partial.to_string_lossy())
            .execute(sqlite(&mut conn)?)
            .map_err(|e| failed(io::Error::other(e)))?;
        File::open(&partial).and_then(|file| file.sync_all()).map_err(failed)?;
        put_in_place(&partial, to).map_err(failed)
    }

    /// Removes an embedded database, unless a server uses it.
    pub fn forget(url: &str) -> Result<(), NoCopy> {
        let place = Place::of(url)?;
        let Place::Sqlite(path) = &place else { return Err(NoCopy::NotEmbedded) };
        let _claimed = place.claim()?;
        for file in ["", "-wal", "-shm"].map(|end| beside(path, end)) {
            if file.exists() {
                fs::remove_file(&file).map_err(|source| NoCopy::File { file: file.clone(), source })?;
            }
        }
        Ok(())
    }

    /// Puts a copy in the place of the embedded database; the old one stays beside it, with
    /// `.before-restore` after its name (`-2` and so on when there is one already), and its path is
    /// answered. Refused while a server uses it.
    pub fn restore(url: &str, from: &Path) -> Result<Option<PathBuf>, NoCopy> {
        let place = Place::of(url)?;
        let Place::Sqlite(path) = &place else { return Err(NoCopy::NotEmbedded) };
        check(from)?;
        place.make_folder()?;
        let _claimed = place.claim()?;
        let failed = |source: io::Error| NoCopy::File { file: path.clone(), source };
        let partial = beside(path, ".partial");
        if partial.exists() {
            fs::remove_file(&partial).map_err(failed)?;
        }
        make_private(&partial).map_err(failed)?;
        let copied = File::open(from)
            .and_then(|mut from| io::copy(&mut from, &mut File::options().write(true).open(&partial)?));
        copied.map_err(failed)?;
        File::open(&partial).and_then(|file| file.sync_all()).map_err(failed)?;
        let before = path.exists().then(|| kept_aside(path));
        if let Some(before) = &before {
            // What was committed last may still be in the log beside the file.
            for end in ["", "-wal", "-shm"] {
                let (old, kept) = (beside(path, end), beside(before, end));
                if old.exists() {
                    fs::rename(&old, &kept).map_err(failed)?;
                }
            }
        }
        put_in_place(&partial, path).map_err(failed)?;
        Ok(before)
    }
}

/// The first name after `.before-restore` that is free: what was put aside once stays.
fn kept_aside(path: &Path) -> PathBuf {
    let first = beside(path, ".before-restore");
    let later = (2..).map(|number| beside(path, &format!(".before-restore-{number}")));
    std::iter::once(first.clone()).chain(later).find(|name| !name.exists()).unwrap_or(first)
}

fn sqlite(conn: &mut Conn) -> Result<&mut SqliteConnection, NoCopy> {
    match conn {
        Conn::Sqlite(conn) => Ok(conn),
        Conn::Postgres(_) => Err(NoCopy::NotEmbedded),
    }
}

/// Whether a file is a database of ours, whole, and made by migrations that this program goes on from.
fn check(file: &Path) -> Result<(), NoCopy> {
    let damaged = |why: String| NoCopy::Damaged { file: file.to_owned(), why };
    if !file.is_file() {
        return Err(damaged("there is no such file".to_owned()));
    }
    let mut conn =
        SqliteConnection::establish(&file.to_string_lossy()).map_err(|e| damaged(e.to_string()))?;
    let verdict: Verdict = sql_query("SELECT integrity_check AS said FROM pragma_integrity_check LIMIT 1")
        .get_result(&mut conn)
        .map_err(|e| damaged(e.to_string()))?;
    if verdict.said != "ok" {
        return Err(damaged(verdict.said));
    }
    is_ours(&mut conn).map_err(damaged)?;
    let made_by_others = migrations::are_others(&mut Conn::Sqlite(conn)).map_err(Unfit::from)?;
    if made_by_others { Err(Unfit::Others.into()) } else { Ok(()) }
}

/// Whether a database is one of ours, of whichever version; if not, why.
fn is_ours(conn: &mut SqliteConnection) -> Result<(), String> {
    let ours: Count =
        sql_query("SELECT count(*) AS rows FROM sqlite_schema WHERE name IN ('installation', 'journal')")
            .get_result(conn)
            .map_err(|e| e.to_string())?;
    if ours.rows == 2 { Ok(()) } else { Err("it lacks the tables of a programme".to_owned()) }
}

/// An empty file that nobody else on this machine reads: people are in it. What the database lays beside it is as private.
pub(super) fn make_private(file: &Path) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(|_| ())
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Renames, and makes the new name last.
fn put_in_place(partial: &Path, path: &Path) -> io::Result<()> {
    fs::rename(partial, path)?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
