//! What the program keeps when things break: it starts the real server, breaks something, and compares what the clients
//! were told with what the database holds. `docs/reliability.md` says how to run it and what came of it.

// A harness may fall.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout
)]

mod backup;
mod bodies;
#[path = "../region/client.rs"]
mod client;
mod database;
mod disk;
mod fleet;
mod ground;
mod kills;
mod ledger;
#[path = "../region/load.rs"]
mod load;
mod mail;
mod network;
mod outage;
mod patroni;
#[path = "../stories/harness/postgres.rs"]
mod postgres;
mod primary;
#[path = "../region/program.rs"]
mod program;
mod proxy;
mod rush;
#[path = "../stories/harness/scratch.rs"]
mod scratch;
mod servers;
mod sink;
mod stop;
mod workload;
mod world;

use clap::{Parser, ValueEnum};
use ground::Report;
use postgres::Cluster;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

/// As durable as an installation.
const DURABLE: &[&str] = &["shared_buffers=128MB"];

#[derive(Debug, Parser)]
#[command(
    about = "Breaks the server, its database and its mail server, and compares what was promised with what is kept"
)]
struct Wish {
    /// A shortened run, of two minutes at most
    #[arg(long)]
    short: bool,
    /// Only these faults
    #[arg(long, value_enum)]
    only: Vec<Fault>,
    /// Only on this database
    #[arg(long, value_enum)]
    database: Option<Kind>,
    /// How often the server is killed on each database [default: 1000, in a short run 15]
    #[arg(long)]
    kills: Option<usize>,
    /// The number that chance begins with
    #[arg(long, default_value_t = 1)]
    rng: u64,
    /// The replica of the primary is not synchronous: acts are lost then, and must be missed
    #[arg(long)]
    asynchronous: bool,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

impl Wish {
    fn kills(&self) -> usize {
        self.kills.unwrap_or(if self.short { 15 } else { 1000 })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// What is broken, each in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Fault {
    /// The server is killed
    Kills,
    /// The server is told to stop
    Stop,
    /// PostgreSQL goes away and comes back
    Outage,
    /// The disk is full, and then it is not
    Disk,
    /// The database is copied under load, and put back
    Backup,
    /// The mail server has whims
    Mail,
    /// Bodies of requests that never come to their end
    Bodies,
    /// Hundreds ask for a place in one session at the same moment
    Rush,
    /// One of several servers behind HAProxy is killed, and all are restarted in turn
    Servers,
    /// The PostgreSQL primary is lost, and its replica promoted
    Primary,
}

impl Fault {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// None where there is nothing to break; the reason where it cannot be broken here, and the word that requires it.
    fn on(
        self,
        kind: Kind,
        wish: &Wish,
        cluster: Option<&Cluster>,
    ) -> Result<Option<Report>, (String, &'static str)> {
        let times = |short, full| if wish.short { short } else { full };
        Ok(Some(match (self, kind, cluster) {
            (Self::Kills, ..) => kills::run(kind, wish.kills(), wish.rng, cluster),
            (Self::Stop, ..) => stop::run(kind, times(4, 100), wish.rng, cluster),
            (Self::Outage, Kind::Postgres, Some(cluster)) => outage::run(cluster, times(1, 5)),
            (Self::Disk, ..) => {
                let disk = disk::mount(&format!("disk-{}", kind.name()));
                let disk =
                    disk.map_err(|reason| (format!("no file system could be mounted: {reason}"), "mounts"))?;
                disk::run(kind, &disk, cluster)
            }
            (Self::Backup, Kind::Sqlite, _) => backup::run(times(3, 20)),
            (Self::Bodies, ..) => bodies::run(kind, cluster),
            (Self::Rush, ..) => rush::run(kind, cluster),
            (Self::Mail, ..) => mail::run(kind, wish.short, cluster),
            (Self::Servers, Kind::Postgres, Some(cluster)) => {
                servers::missing().map_or(Ok(()), |reason| Err((reason, "servers")))?;
                servers::run(cluster, wish.short)
            }
            (Self::Primary, Kind::Postgres, _) => {
                primary::missing().map_or(Ok(()), |reason| Err((reason, "primary")))?;
                primary::run(wish.short, !wish.asynchronous)
            }
            (Self::Outage | Self::Backup | Self::Servers | Self::Primary, ..) => return Ok(None),
        }))
    }
}

fn main() -> ExitCode {
    let wish = Wish::parse();
    let outcome = catch_unwind(AssertUnwindSafe(|| break_all(&wish)));
    scratch::end();
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

/// Answers whether every promise was kept.
fn break_all(wish: &Wish) -> bool {
    let cluster = match wish.database {
        Some(Kind::Sqlite) => None,
        _ => Some(Cluster::start(DURABLE)),
    };
    let mut all_kept = true;
    if let Some(Err(reason)) = &cluster {
        println!("not tried on PostgreSQL: {reason}");
        all_kept = !is_required("postgres");
    }
    let cluster = cluster.and_then(Result::ok);
    let is_wanted = |fault: Fault, kind: Kind| {
        (wish.only.is_empty() || wish.only.contains(&fault))
            && wish.database.is_none_or(|only| only == kind)
            && (kind == Kind::Sqlite || cluster.is_some())
    };
    thread::scope(|scope| {
        // A mail server that stalls costs half a minute: in a short run the others are broken meanwhile.
        let beside = wish.short && is_wanted(Fault::Mail, Kind::Sqlite);
        let beside = beside.then(|| scope.spawn(|| is_kept(Fault::Mail, Kind::Sqlite, wish, None)));
        for fault in Fault::value_variants().iter().filter(|fault| !wish.short || **fault != Fault::Mail) {
            for kind in [Kind::Sqlite, Kind::Postgres].into_iter().filter(|kind| is_wanted(*fault, *kind)) {
                all_kept &= is_kept(*fault, kind, wish, cluster.as_ref());
            }
        }
        all_kept && beside.is_none_or(|mail| mail.join().unwrap_or_default())
    })
}

/// Breaks one thing, and says what came of it.
fn is_kept(fault: Fault, kind: Kind, wish: &Wish, cluster: Option<&Cluster>) -> bool {
    let began = Instant::now();
    let fell = |_| Ok(Some(Report { broken: vec!["the harness fell".to_owned()], ..Report::default() }));
    match catch_unwind(AssertUnwindSafe(|| fault.on(kind, wish, cluster))).unwrap_or_else(fell) {
        Ok(None) => true,
        Ok(Some(report)) => {
            tell(fault, kind, began, &report);
            report.broken.is_empty()
        }
        Err((reason, word)) => {
            println!("{} on {}: not tried, {reason}", fault.name(), kind.name());
            !is_required(word)
        }
    }
}

/// One line a fault, and one for each promise that was broken.
fn tell(fault: Fault, kind: Kind, began: Instant, report: &Report) {
    const MOST: usize = 20;
    let verdict = if report.broken.is_empty() { "kept" } else { "BROKEN" };
    let seconds = began.elapsed().as_secs();
    println!("{} on {}: {verdict} in {seconds} s. {}", fault.name(), kind.name(), report.figures.join("; "));
    for broken in report.broken.iter().take(MOST) {
        println!("  {broken}");
    }
    if report.broken.len() > MOST {
        println!("  and {} more", report.broken.len() - MOST);
    }
}

/// Asks again and again until it is so; answers whether it was in time.
pub fn patiently(time: Duration, is_so: impl Fn() -> bool) -> bool {
    let began = Instant::now();
    while !is_so() {
        if began.elapsed() > time {
            return false;
        }
        thread::sleep(Duration::from_millis(100));
    }
    true
}

/// Whether what is missing here is a failure.
#[expect(clippy::disallowed_methods, reason = "a setting of the tests, none of the program's")]
fn is_required(word: &str) -> bool {
    std::env::var("PARCOURS_TEST_REQUIRE").is_ok_and(|words| words.split(',').any(|w| w.trim() == word))
}
