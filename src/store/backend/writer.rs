//! The one writer of an embedded database. An act that finds others waiting for it leaves its commit to them: a disk
//! that makes a commit durable in a millisecond bears many acts in it, each behind its savepoint.

use super::super::error::Error;
use super::turns::PATIENCE;
use super::{Conn, Place, Transactions};
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Stopwatch};

/// Acts that share a commit, at most: the first of them waits for the last.
const TOGETHER: u32 = 32;

/// How long an act may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Milliseconds: others may wait for it before they are told that theirs is kept.
    Short,
    /// Seconds: it has a commit of its own.
    Long,
}

pub(super) struct Writer {
    place: Place,
    /// How long an act waits for those before it.
    patience: Duration,
    chair: Mutex<Chair>,
    free: Condvar,
}

/// Whoever sits in it has the connection, and the transaction that was left open in it.
#[derive(Default)]
struct Chair {
    taken: bool,
    waiting: usize,
    conn: Option<Conn>,
    open: Option<Open>,
}

/// A transaction with acts that are done and not yet kept.
struct Open {
    verdict: Arc<Verdict>,
    acts: u32,
}

/// What became of a commit; those whose acts are in it wait here.
#[derive(Default)]
struct Verdict {
    kept: Mutex<Option<Result<(), String>>>,
    told: Condvar,
}

impl Verdict {
    fn tell(&self, kept: Result<(), String>) {
        *lock(&self.kept) = Some(kept);
        self.told.notify_all();
    }

    fn wait(&self) -> Result<(), Error> {
        let mut kept = lock(&self.kept);
        loop {
            match &*kept {
                Some(kept) => return kept.clone().map_err(Error::Busy),
                None => kept = self.told.wait(kept).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Writer {
    pub fn of(place: Place) -> Self {
        Self { place, patience: PATIENCE, chair: Mutex::default(), free: Condvar::new() }
    }

    pub fn is_busy(&self) -> bool {
        lock(&self.chair).taken
    }

    /// Runs `work` and answers when it is durable, or not done at all. A refusal waits too: what it rests on may be an
    /// act in the same commit, and whoever looks for the reason must find it.
    pub fn write<T, E: From<Error>>(
        &self,
        length: Length,
        work: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut seat = self.sit()?;
        if length == Length::Long {
            seat.commit();
        }
        let verdict = seat.begin()?;
        let done = seat.act(work);
        if seat.conn.is_none() {
            // What broke the connection says more than its loss.
            return done;
        }
        if length == Length::Long || seat.is_full() {
            seat.commit();
        }
        drop(seat);
        verdict.wait()?;
        done
    }

    /// Says something to the connection itself, outside a transaction.
    pub fn set_up(&self, work: impl FnOnce(&mut Conn) -> Result<(), Error>) -> Result<(), Error> {
        let mut seat = self.sit()?;
        seat.commit();
        work(seat.conn()?)
    }

    fn sit(&self) -> Result<Seat<'_>, Error> {
        let since = Stopwatch::now();
        let mut chair = lock(&self.chair);
        chair.waiting += 1;
        while chair.taken {
            let left = self.patience.saturating_sub(since.elapsed());
            if left.is_zero() {
                chair.waiting -= 1;
                return Err(Error::Busy("the writer of the database is busy".to_owned()));
            }
            chair = self.free.wait_timeout(chair, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        chair.waiting -= 1;
        chair.taken = true;
        let (conn, open) = (chair.conn.take(), chair.open.take());
        drop(chair);
        let mut seat = Seat { writer: self, conn, open };
        if seat.conn.is_none() {
            seat.conn = Some(self.place.connect().map_err(|e| Error::Busy(e.to_string()))?);
        }
        Ok(seat)
    }
}

/// The chair, taken. Dropped, it is free again; a connection that an act broke is not handed on.
struct Seat<'a> {
    writer: &'a Writer,
    conn: Option<Conn>,
    open: Option<Open>,
}

impl Seat<'_> {
    fn conn(&mut self) -> Result<&mut Conn, Error> {
        self.conn.as_mut().ok_or_else(|| Error::Busy("the connection was lost".to_owned()))
    }

    /// Takes part in the open transaction, or opens one. SQLite takes its write lock at the first word, because a
    /// transaction that reads first and writes later fails there at once when another program wrote meanwhile.
    fn begin(&mut self) -> Result<Arc<Verdict>, Error> {
        if self.open.is_none() {
            if let Conn::Sqlite(conn) = self.conn()? {
                AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?;
            }
            self.open = Some(Open { verdict: Arc::default(), acts: 0 });
        }
        let open = self.open.as_mut().map(|open| {
            open.acts += 1;
            Arc::clone(&open.verdict)
        });
        open.ok_or_else(|| Error::Busy("the transaction was lost".to_owned()))
    }

    /// Behind a savepoint: what is refused leaves the others' acts as they are.
    fn act<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.conn.take().ok_or_else(|| Error::Busy("the connection was lost".to_owned()))?;
        let conn_at = &mut conn;
        Transactions::begin_transaction(conn_at).map_err(Error::from)?;
        // A panic drops the connection here, and the transaction with it.
        let done = work(conn_at);
        let ended = match &done {
            Ok(_) => Transactions::commit_transaction(conn_at),
            Err(_) => Transactions::rollback_transaction(conn_at),
        };
        match ended {
            Ok(()) => self.conn = Some(conn),
            // A full disk ended the whole transaction: nobody's act in it is kept, and the act's own error says why.
            Err(_) if done.is_err() => {}
            Err(error) => return Err(Error::from(error).into()),
        }
        done
    }

    fn is_full(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.acts >= TOGETHER)
    }

    fn commit(&mut self) {
        let Some(open) = self.open.take() else { return };
        let kept = match self.conn.as_mut() {
            Some(conn) => Transactions::commit_transaction(conn).map_err(|error| error.to_string()),
            None => Err("the connection was lost".to_owned()),
        };
        if kept.is_err() {
            self.conn = None;
        }
        open.verdict.tell(kept);
    }
}

impl Drop for Seat<'_> {
    /// The commit is left to somebody who waits for the chair; nobody may be left who would do it.
    fn drop(&mut self) {
        let mut chair = lock(&self.writer.chair);
        if chair.waiting == 0 || self.conn.is_none() {
            drop(chair);
            self.commit();
            chair = lock(&self.writer.chair);
        }
        chair.conn = self.conn.take();
        chair.open = self.open.take();
        chair.taken = false;
        drop(chair);
        self.writer.free.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::prelude::*;
    use diesel::sql_query;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    fn writer() -> (tempfile::TempDir, Writer) {
        let folder = tempfile::tempdir().unwrap();
        let writer = Writer::of(Place::Sqlite(folder.path().join("writer.db")));
        say(&writer, "CREATE TABLE words (word TEXT PRIMARY KEY)").unwrap();
        (folder, writer)
    }

    fn say(writer: &Writer, statement: &str) -> Result<usize, Error> {
        writer.write(Length::Short, |conn| Ok(sql_query(statement).execute(conn)?))
    }

    /// Who comes a moment later waits for the chair before this is done.
    fn say_slowly(writer: &Writer, statement: &str) -> Result<usize, Error> {
        writer.write(Length::Short, |conn| {
            let said = sql_query(statement).execute(conn)?;
            thread::sleep(Duration::from_millis(200));
            Ok(said)
        })
    }

    fn words(writer: &Writer) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            count: i64,
        }
        // Another connection: it sees what was kept.
        let mut conn = writer.place.connect().unwrap();
        sql_query("SELECT count(*) AS count FROM words").get_result::<Count>(&mut conn).unwrap().count
    }

    #[test]
    fn whoever_is_told_yes_is_kept_and_whoever_is_told_no_is_not() {
        let (_folder, writer) = writer();
        let kept = AtomicUsize::new(0);
        thread::scope(|scope| {
            for thread in 0..16 {
                let (writer, kept) = (&writer, &kept);
                scope.spawn(move || {
                    for number in 0..50 {
                        let own = format!("INSERT INTO words VALUES ('{thread}-{number}')");
                        say(writer, &own).unwrap();
                        kept.fetch_add(1, Ordering::Relaxed);
                        assert!(say(writer, &own).is_err(), "it is there already");
                        assert!(words(writer) >= i64::from(number), "one's own are there");
                    }
                });
            }
        });
        assert_eq!(words(&writer), 800);
        assert_eq!(kept.into_inner(), 800);
        assert!(!writer.is_busy());
    }

    #[test]
    fn a_refusal_leaves_those_who_share_the_commit_as_they_are() {
        let (_folder, writer) = writer();
        thread::scope(|scope| {
            let first = scope.spawn(|| say_slowly(&writer, "INSERT INTO words VALUES ('first')"));
            thread::sleep(Duration::from_millis(50));
            let second = writer.write(Length::Short, |conn| {
                sql_query("INSERT INTO words VALUES ('second')").execute(conn)?;
                Err::<(), _>(Error::Missing)
            });
            assert!(matches!(second, Err(Error::Missing)));
            first.join().unwrap().unwrap();
        });
        assert_eq!(words(&writer), 1);
    }

    #[test]
    fn whoever_is_refused_finds_the_reason() {
        let (_folder, writer) = writer();
        thread::scope(|scope| {
            let first = scope.spawn(|| say_slowly(&writer, "INSERT INTO words VALUES ('first')"));
            thread::sleep(Duration::from_millis(50));
            let again = scope.spawn(|| {
                assert!(say(&writer, "INSERT INTO words VALUES ('first')").is_err());
                words(&writer)
            });
            thread::sleep(Duration::from_millis(50));
            // Leaves the commit open meanwhile.
            say_slowly(&writer, "INSERT INTO words VALUES ('last')").unwrap();
            first.join().unwrap().unwrap();
            assert!(again.join().unwrap() > 0, "the word is there");
        });
    }

    #[test]
    fn a_panic_takes_the_acts_with_it_that_nobody_was_told_of() {
        let (_folder, writer) = writer();
        thread::scope(|scope| {
            let first = scope.spawn(|| say_slowly(&writer, "INSERT INTO words VALUES ('first')"));
            thread::sleep(Duration::from_millis(50));
            let second = scope.spawn(|| {
                writer.write(Length::Short, |_| -> Result<(), Error> { panic!("as it must in this test") })
            });
            assert!(second.join().is_err());
            assert!(matches!(first.join().unwrap(), Err(Error::Busy(_))), "it is told that it is not kept");
        });
        assert_eq!(words(&writer), 0);
        say(&writer, "INSERT INTO words VALUES ('later')").unwrap();
        assert_eq!(words(&writer), 1);
    }

    #[test]
    fn nobody_is_told_late_because_of_what_takes_long() {
        let (_folder, writer) = writer();
        thread::scope(|scope| {
            let short = scope.spawn(|| {
                let began = Stopwatch::now();
                let kept = writer.write(Length::Short, |conn| {
                    thread::sleep(Duration::from_millis(100));
                    Ok::<_, Error>(sql_query("INSERT INTO words VALUES ('short')").execute(conn)?)
                });
                (kept, began.elapsed())
            });
            thread::sleep(Duration::from_millis(50));
            let long = writer.write(Length::Long, |conn| {
                thread::sleep(Duration::from_secs(2));
                Ok::<_, Error>(sql_query("INSERT INTO words VALUES ('long')").execute(conn)?)
            });
            long.unwrap();
            let (kept, took) = short.join().unwrap();
            kept.unwrap();
            assert!(took < Duration::from_secs(1), "{took:?}");
        });
    }

    #[test]
    fn whoever_waits_too_long_is_told_so() {
        let (_folder, mut writer) = writer();
        writer.patience = Duration::from_millis(300);
        thread::scope(|scope| {
            let first = scope.spawn(|| {
                writer.write(Length::Long, |_| {
                    thread::sleep(writer.patience * 2);
                    Ok::<_, Error>(())
                })
            });
            thread::sleep(Duration::from_millis(50));
            assert!(matches!(say(&writer, "INSERT INTO words VALUES ('a')"), Err(Error::Busy(_))));
            first.join().unwrap().unwrap();
        });
        assert_eq!(words(&writer), 0);
    }
}
