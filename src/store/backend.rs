//! The only file that knows there are two databases, with what lies in its folder.

mod address;
mod bulk;
mod files;
mod migrations;
mod plans;
mod shape;
mod turns;
mod words;
mod writer;

pub(super) use bulk::{Bulk, add_all, catch_up, in_bulk, look_again, numbers};
pub use files::NoCopy;
pub(super) use words::{Beginning, Searched, rows_with, shapes, words_of};

use turns::Turns;
use writer::{Length, Writer};

use super::error::{Error, Unique};
use diesel::backend::Backend as Reader;
use diesel::connection::{InstrumentationEvent, TransactionManager};
use diesel::deserialize::{self, FromSql};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::result::DatabaseErrorInformation;
use diesel::sql_types::Timestamp;
use diesel::{MultiConnection, sql_query};
use domain::calendar::Instant;
use domain::ids::SessionId;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

/// How long a request waits for a connection before the answer is «busy».
const PATIENCE: Duration = Duration::from_secs(3);
/// Of the connections of a server, one in so many is for reading only: however many acts wait for rows, pages are shown.
const KEPT_FOR_READING: u32 = 4;

/// A connection to either database.
#[derive(MultiConnection)]
pub enum Conn {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

pub(super) type Backend = <Conn as Connection>::Backend;
type Transactions = <Conn as Connection>::TransactionManager;

/// A moment is kept by each database in its own way (`domain/columns/moments.rs`).
impl FromSql<Timestamp, Backend> for Instant {
    fn from_sql(bytes: <Backend as Reader>::RawValue<'_>) -> deserialize::Result<Self> {
        bytes.from_sql::<Self, Timestamp>()
    }
}

/// Why a database cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error("DATABASE_URL starts with sqlite: or postgres://, this one does not")]
    Scheme,
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    #[error(
        "there is no database at {}: run `parcours migrate` to make it there, or say where it is, in DATABASE_URL or in the file that PARCOURS_SETTINGS names",
        .0.display()
    )]
    Absent(PathBuf),
    #[error("the migration failed: {0}")]
    Migration(String),
    #[error("another server uses {} already", .0.display())]
    InUse(PathBuf),
    #[error(
        "the database was made by another state of this program, with other migrations: begin anew, with `parcours demo --fresh`, or with a new database in DATABASE_URL and `parcours migrate`"
    )]
    Others,
}

impl From<diesel::result::Error> for Unfit {
    fn from(error: diesel::result::Error) -> Self {
        Self::Migration(error.to_string())
    }
}

/// Where the data are, told from the scheme of a URL and from nothing else.
#[derive(Debug, Clone)]
enum Place {
    Postgres(String),
    Sqlite(PathBuf),
}

impl Place {
    fn of(url: &str) -> Result<Self, Unfit> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(address::with_defaults(url)));
        }
        let path = url.strip_prefix("sqlite:").filter(|p| !p.is_empty()).ok_or(Unfit::Scheme)?;
        Ok(Self::Sqlite(path.strip_prefix("//").unwrap_or(path).into()))
    }

    /// The last part of the address, which says nothing secret.
    fn name(&self) -> String {
        let whole = match self {
            Self::Postgres(url) => url.split('?').next().unwrap_or_default().to_owned(),
            Self::Sqlite(path) => path.to_string_lossy().into_owned(),
        };
        whole.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Where the file of an embedded database lies.
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => path.parent().filter(|folder| !folder.as_os_str().is_empty()),
            Self::Postgres(_) => None,
        }
    }

    fn make_folder(&self) -> Result<(), Unfit> {
        let Some(folder) = self.folder() else { return Ok(()) };
        std::fs::create_dir_all(folder).map_err(|e| Unfit::Unreachable(format!("{}: {e}", folder.display())))
    }

    fn claim(&self) -> Result<Option<std::fs::File>, Unfit> {
        let Self::Sqlite(path) = self else { return Ok(None) };
        let mut lock = path.as_os_str().to_owned();
        lock.push(".lock");
        let file = std::fs::File::create(&lock)
            .map_err(|e| Unfit::Unreachable(format!("{}: {e}", Path::new(&lock).display())))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(_) => Err(Unfit::InUse(path.clone())),
        }
    }

    fn connect(&self) -> ConnectionResult<Conn> {
        let mut conn = self.connect_plain()?;
        let database = self.name();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| count(&event, &database));
        Ok(conn)
    }

    fn connect_plain(&self) -> ConnectionResult<Conn> {
        match self {
            Self::Postgres(url) => {
                let mut conn = PgConnection::establish(url)?;
                sql_query("SET TIME ZONE 'UTC'")
                    .execute(&mut conn)
                    .map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Postgres(conn))
            }
            Self::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())
                    .map_err(|e| ConnectionError::BadConnection(format!("{}: {e}", path.display())))?;
                // FULL: an acknowledged commit survives a power cut. Two megabytes hold the tops of all trees; the rest
                // lies in the system's own cache, once for all connections.
                for pragma in [
                    "PRAGMA busy_timeout = 5000",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA cache_size = -2000",
                    "PRAGMA temp_store = MEMORY",
                ] {
                    sql_query(pragma)
                        .execute(&mut conn)
                        .map_err(ConnectionError::CouldntSetupConfiguration)?;
                }
                Ok(Conn::Sqlite(conn))
            }
        }
    }
}

impl ManageConnection for Place {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        Self::connect(self).map_err(Self::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        let tally = TALLY.get();
        let answered = sql_query("SELECT 1").execute(conn);
        TALLY.set(tally);
        answered.map(|_| ()).map_err(Self::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        !matches!(Transactions::transaction_manager_status_mut(conn).transaction_depth(), Ok(None))
            || std::thread::panicking()
    }
}

type Connections = Pool<Place>;

/// The house's memory: many readers, and as many writers as the database bears.
#[derive(Clone)]
pub struct Store {
    place: Place,
    connections: Connections,
    /// Of an embedded database, whose connections only read.
    writer: Option<Arc<Writer>>,
    acts: Arc<Acts>,
}

/// Who may write now, where a database bears several writers.
struct Acts {
    /// With a connection.
    all: Turns<()>,
    /// By the session that they decide on.
    sessions: Turns<SessionId>,
}

impl Acts {
    /// Those who wait are told « busy » now.
    fn send_away(&self) {
        self.all.send_away();
        self.sessions.send_away();
    }
}

impl Store {
    /// Opens the database that `url` names; an embedded one is made, empty, when it is not there.
    pub fn open(url: &str, connections: u32) -> Result<Self, Unfit> {
        let place = Place::of(url)?;
        place.make_folder()?;
        if let Place::Sqlite(path) = &place
            && !path.exists()
        {
            // Who may not make it hears so when they use it.
            let _ = files::make_private(path);
        }
        Ok(Self::at(place, connections))
    }

    /// The same, refused where no embedded database is: whoever looks for one in the wrong folder makes none.
    pub fn open_existing(url: &str, connections: u32) -> Result<Self, Unfit> {
        let place = Place::of(url)?;
        if let Place::Sqlite(path) = &place {
            // A folder that may not be entered is not an empty one.
            let is_there =
                path.try_exists().map_err(|e| Unfit::Unreachable(format!("{}: {e}", path.display())))?;
            if !is_there {
                return Err(Unfit::Absent(std::path::absolute(path).unwrap_or_else(|_| path.clone())));
            }
        }
        Ok(Self::at(place, connections))
    }

    fn at(place: Place, connections: u32) -> Self {
        let pool = |size: u32| {
            Pool::builder()
                .max_size(size)
                // None is made that nobody asks for: one on its way while a command ends is torn down within OpenSSL.
                .min_idle(Some(0))
                .test_on_check_out(matches!(place, Place::Postgres(_)))
                .build_unchecked(place.clone())
        };
        if matches!(place, Place::Sqlite(_)) {
            // A new file becomes one with a write-ahead log only while nobody else opens it: two at once are told
            // «locked», without the patience that they ask for. Who cannot reach it hears so when they use it.
            drop(place.connect());
        }
        let writer = matches!(place, Place::Sqlite(_)).then(|| Arc::new(Writer::of(place.clone())));
        let most = connections.saturating_sub(connections.div_ceil(KEPT_FOR_READING)).max(1);
        let acts = Acts { all: Turns::of(most as usize), sessions: Turns::of(1) };
        Self { connections: pool(connections), place, writer, acts: Arc::new(acts) }
    }

    /// Connections that are in use now, and the most there may be.
    pub fn connections(&self) -> (u32, u32) {
        let state = self.connections.state();
        let in_use = state.connections.saturating_sub(state.idle_connections);
        let writing = self.writer.as_ref().map(|writer| u32::from(writer.is_busy()));
        (in_use + writing.unwrap_or_default(), self.connections.max_size() + u32::from(writing.is_some()))
    }

    /// Whether somebody writes to an embedded database: to write now is to wait.
    pub fn is_writing(&self) -> bool {
        self.writer.as_ref().is_some_and(|writer| writer.is_busy())
    }

    pub fn is_embedded(&self) -> bool {
        matches!(self.place, Place::Sqlite(_))
    }

    /// The file of an embedded database.
    pub fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::Sqlite(path) => Some(path),
            Place::Postgres(_) => None,
        }
    }

    /// Holds the embedded database for one server, until the answer is dropped. On PostgreSQL
    /// several servers share the work and nothing is held.
    pub fn claim(&self) -> Result<Option<std::fs::File>, Unfit> {
        self.place.claim()
    }

    /// Runs `work` on a connection that only reads.
    pub fn read<T, E: From<Error>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        work(&mut *checked_out(&self.connections, PATIENCE)?)
    }

    /// Runs `work` in one transaction that may write, for milliseconds. What it answers is durable; on an embedded
    /// database others' acts may share its commit, and none of them is told before.
    pub fn write<T, E: From<Error>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.write_for(Length::Short, work)
    }

    /// The same, for what takes seconds.
    pub fn write_long<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_for(Length::Long, work)
    }

    /// The same, holding the rows of sessions from the first word to the last: whatever is decided on the seats or the state of
    /// a session is decided here. Who wants the same session waits in the order of arrival.
    pub fn write_holding<T, E: From<Error>>(
        &self,
        sessions: &[SessionId],
        work: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.writer.is_some() {
            return self.write(work);
        }
        // In the order of their numbers: nobody waits for somebody who waits for them.
        let mut sessions = sessions.to_vec();
        sessions.sort_unstable();
        sessions.dedup();
        let _turns = sessions.iter().map(|id| self.acts.sessions.take(*id)).collect::<Result<Vec<_>, _>>()?;
        self.write(|conn| {
            for id in sessions {
                hold(conn, Held::Session, &id.to_string())?;
            }
            work(conn)
        })
    }

    fn write_for<T, E: From<Error>>(
        &self,
        length: Length,
        work: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(writer) = &self.writer {
            return writer.write(length, work);
        }
        let _turn = self.acts.all.take(())?;
        let conn = checked_out(&self.connections, turns::PATIENCE);
        // Without a database nobody waits for the impatience of all who came before.
        let conn = &mut *conn.inspect_err(|_| self.acts.send_away())?;
        Transactions::begin_transaction(conn).map_err(Error::from)?;
        match work(conn) {
            Ok(done) => match Transactions::commit_transaction(conn) {
                Ok(()) => Ok(done),
                Err(error) => Err(Error::from(error).into()),
            },
            Err(refused) => {
                Transactions::rollback_transaction(conn).map_err(Error::from)?;
                Err(refused)
            }
        }
    }

    /// What time the database thinks it is.
    pub fn clock(&self) -> Result<Instant, Error> {
        #[derive(QueryableByName)]
        struct Answer {
            #[diesel(sql_type = diesel::sql_types::Timestamp)]
            now: Instant,
        }
        self.read(|conn| {
            let question = match conn {
                Conn::Sqlite(_) => "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now') AS now",
                Conn::Postgres(_) => "SELECT (now() AT TIME ZONE 'UTC') AS now",
            };
            let answer: Answer = sql_query(question).get_result(conn)?;
            Ok(answer.now)
        })
    }
}

/// A connection, waited for in slices of [`PATIENCE`]: a dead one in the pool must not eat the whole wait. Whoever waits for
/// others to give theirs back may be more patient than whoever waits for a database that is not there.
fn checked_out(pool: &Connections, behind_others: Duration) -> Result<PooledConnection<Place>, Error> {
    let since = Stopwatch::now();
    loop {
        match pool.get_timeout(PATIENCE / 6) {
            Ok(conn) => return Ok(conn),
            Err(error) => {
                let state = pool.state();
                let in_use = state.connections.saturating_sub(state.idle_connections);
                let patience = if in_use < pool.max_size() { PATIENCE } else { behind_others };
                if since.elapsed() >= patience {
                    return Err(Error::Busy(error.to_string()));
                }
            }
        }
    }
}

/// Tables whose rows actions hold while they decide.
#[derive(Debug, Clone, Copy)]
pub(super) enum Held {
    Session,
    Company,
    Candidacy,
    Jury,
    Chain,
}

/// Holds a row until the end of the transaction; answers whether it is there and held. SQLite has one
/// writer, which holds everything.
pub(super) fn hold(conn: &mut Conn, what: Held, key: &str) -> Result<bool, Error> {
    use diesel::sql_types::{BigInt, Text};
    let Conn::Postgres(conn) = conn else { return Ok(true) };
    let by_id = |statement: &str| {
        sql_query(statement.to_owned()).bind::<BigInt, _>(key.parse::<i64>().unwrap_or_default())
    };
    let held = match what {
        Held::Session => by_id("SELECT id FROM sessions WHERE id = $1 FOR UPDATE").execute(conn),
        Held::Company => by_id("SELECT id FROM organisations WHERE id = $1 FOR UPDATE").execute(conn),
        Held::Candidacy => by_id("SELECT id FROM candidacies WHERE id = $1 FOR UPDATE").execute(conn),
        Held::Jury => by_id("SELECT id FROM juries WHERE id = $1 FOR UPDATE").execute(conn),
        Held::Chain => sql_query("SELECT chain FROM chains WHERE chain = $1 FOR UPDATE")
            .bind::<Text, _>(key)
            .execute(conn),
    }?;
    Ok(held > 0)
}

/// Writes the head of a chain that has no row yet, unless it is there.
pub(super) fn begin_chain(conn: &mut Conn, chain: &str, hash: &str) -> Result<(), Error> {
    use diesel::sql_types::Text;
    let statement = match conn {
        Conn::Sqlite(_) => "INSERT OR IGNORE INTO chains (chain, number, hash) VALUES (?, 0, ?)",
        Conn::Postgres(_) => {
            "INSERT INTO chains (chain, number, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING"
        }
    };
    sql_query(statement).bind::<Text, _>(chain).bind::<Text, _>(hash).execute(conn)?;
    Ok(())
}

/// Which unique rule of ours a database says was broken.
pub(super) fn broken_rule(about: &(dyn DatabaseErrorInformation + Send + Sync)) -> Unique {
    let said = about.constraint_name().unwrap_or_else(|| about.message());
    // PostgreSQL names the index, SQLite the columns.
    let rules = [
        ("accounts_email", "accounts.email", Unique::AccountEmail),
        ("appeals_once", "appeals.attempt_id", Unique::AppealOnce),
        ("attempts_once", "attempts.candidacy_id", Unique::AttemptOnce),
        ("candidacies_once", "candidacies.certification_id, candidacies.person_id", Unique::CandidacyOnce),
        ("checkpoints_pkey", "checkpoints.number", Unique::CheckpointNumber),
        ("employments_once", "employments.company_id, employments.person_id", Unique::EmploymentOnce),
        ("employments_staff_number", "employments.company_id, employments.staff_number", Unique::StaffNumber),
        ("enrolments_once", "enrolments.session_id, enrolments.person_id", Unique::EnrolmentOnce),
        ("issuers_by_name", "issuers.name", Unique::IssuerName),
        ("jurors_once", "jurors.jury_id, jurors.account_id", Unique::JurorOnce),
        ("organisations_siret", "organisations.siret", Unique::OrganisationSiret),
        ("outbox_occasion_key", "outbox.occasion", Unique::OutboxOccasion),
        ("sent_forms_pkey", "sent_forms.number", Unique::FormOnce),
        ("signing_keys_active", "signing_keys.purpose", Unique::SigningKeyActive),
    ];
    rules
        .iter()
        .find(|(index, columns, _)| said.contains(index) || said.contains(columns))
        .map_or(Unique::Other, |r| r.2)
}

/// Whether a database's complaint passes by itself. Diesel tells no kind of these, and PostgreSQL says them in the
/// language of its server.
pub(super) fn is_passing(said: &str) -> bool {
    [
        "database is locked",
        // The schema is older than this program: `migrate` is on its way.
        "no such table",
        "no such column",
        "does not exist",
        "deadlock detected",
        "interblocage",
        "due to lock timeout",
        "obtention des verrous",
        "server closed the connection",
        "no connection to the server",
        "le serveur a fermé la connexion",
        "terminating connection",
        "arrêt des connexions",
        "could not connect",
        "disk is full",
        "No space left",
    ]
    .iter()
    .any(|known| said.contains(known))
}

/// Questions asked on this thread, when the one under way began, and the time they took.
#[derive(Debug, Clone, Copy)]
struct Tally {
    queries: i32,
    began: Option<Stopwatch>,
    spent: Duration,
    /// Rows by the thousand are one question.
    is_loading: bool,
}

impl Tally {
    const NONE: Self = Self { queries: 0, began: None, spent: Duration::ZERO, is_loading: false };
}

thread_local! {
    static TALLY: Cell<Tally> = const { Cell::new(Tally::NONE) };
}

/// Sets the count of this thread's queries back; one request runs on one thread.
pub fn start_counting() {
    TALLY.set(Tally::NONE);
}

/// Queries since [`start_counting`], and the time spent in them.
pub fn counted() -> (u32, Duration) {
    let tally = TALLY.get();
    (tally.queries.try_into().unwrap_or_default(), tally.spent)
}

/// `BEGIN`, `COMMIT` and `ROLLBACK` are no questions of a page: diesel tells of each of them twice, as what it is and
/// as a query. To read the query's text would cost more than most queries.
fn count(event: &InstrumentationEvent<'_>, database: &str) {
    let mut tally = TALLY.get();
    if tally.is_loading {
        return;
    }
    match event {
        InstrumentationEvent::StartQuery { query, .. } => {
            // What is bound says whose row it is: it is not told.
            if tracing::enabled!(target: "parcours::sql", tracing::Level::TRACE) {
                let text = query.to_string();
                let statement = text.split(" -- binds:").next().unwrap_or_default();
                tracing::trace!(target: "parcours::sql", database, statement);
            }
            tally.queries += 1;
            tally.began = Some(Stopwatch::now());
        }
        InstrumentationEvent::FinishQuery { .. } => {
            tally.spent += tally.began.take().map(|b| b.elapsed()).unwrap_or_default();
        }
        InstrumentationEvent::BeginTransaction { .. }
        | InstrumentationEvent::CommitTransaction { .. }
        | InstrumentationEvent::RollbackTransaction { .. } => {
            tally.queries -= 1;
        }
        _ => return,
    }
    TALLY.set(tally);
}

/// Runs what asks the same question for each of many rows, as one question.
pub(super) fn as_one_question<T>(work: impl FnOnce() -> T) -> T {
    let tally = TALLY.get();
    TALLY.set(Tally { is_loading: true, queries: tally.queries + 1, ..tally });
    let done = work();
    TALLY.set(Tally { is_loading: false, ..TALLY.get() });
    done
}

#[cfg(test)]
mod tests {
    use super::is_passing;

    #[test]
    fn what_passes_is_known_in_the_language_of_the_server() {
        for said in [
            "database is locked",
            "deadlock detected",
            "interblocage (deadlock) détecté",
            "canceling statement due to lock timeout",
            "annulation de la requête à cause du délai écoulé pour l'obtention des verrous",
            "no connection to the server",
        ] {
            assert!(is_passing(said), "{said}");
        }
        assert!(!is_passing("null value in column \"name\" violates not-null constraint"));
    }
}
