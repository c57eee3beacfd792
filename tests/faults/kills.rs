//! The server is killed at random moments, while clients enrol, sign and import, and the courier carries letters.

use crate::Kind;
use crate::ground::{Ground, Report};
use crate::ledger::{self, Act, Came, Number};
use crate::postgres::Cluster;
use crate::scratch;
use crate::sink::Sink;
use crate::workload::{self, Workload, lines_of};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Places and signatures that wait to be asked for at each start.
const WORK: (usize, usize) = (60, 24);
/// Milliseconds from the first acknowledged act to the kill, at least and at most.
const MOMENTS: (u64, u64) = (0, 400);
/// How long that first act is waited for.
const FIRST: Duration = Duration::from_secs(5);
/// How long the letters that are left may take once nobody is killed any more.
const ARRIVED: Duration = Duration::from_mins(30);
/// Kills between two comparisons.
const COMPARED: usize = 50;
/// One kill in so many hits the command that imports, too.
const COMMANDS: usize = 4;
/// People of the list that the command imports.
const LONG_LIST: usize = 1500;
/// The share of kills that must hit an act under way, in percent: else they prove nothing.
const HIT: usize = 60;

pub fn run(kind: Kind, kills: usize, rng: u64, cluster: Option<&Cluster>) -> Report {
    let ground = Ground::new(kind, "kills", cluster);
    let sink = Sink::start();
    let mut dice = StdRng::seed_from_u64(rng);
    let mut report = Report::default();
    let (mut hits, mut commands) = (0, 0);
    for number in 1..=kills {
        ground.world.top_up(&ground.database, WORK.0, WORK.1);
        due_now(&ground);
        let before = cut(&ground);
        let moment = Duration::from_millis(dice.random_range(MOMENTS.0..MOMENTS.1));
        let killed = one_kill(&ground, &sink, moment, number % COMMANDS == 0);
        commands += usize::from(killed);
        hits += usize::from(cut(&ground) > before);
        if number % COMPARED == 0 {
            let broken = ground.ledger.compare(&ground.database).broken;
            if !broken.is_empty() {
                report.broken = broken;
                report.says(format!("stopped after kill {number}"));
                return report;
            }
        }
    }
    report.says(format!("{kills} kills, {hits} of them hit acts under way, {commands} an import command"));
    report.promise(hits * 100 >= kills * HIT, format!("only {hits} of {kills} kills hit anything"));
    letters(&ground, &sink, kills, &mut report);
    report.says(by_kind(&ground));
    report.takes(ground.compare());
    report
}

/// Starts the server, lets clients act and kills it; answers whether a command that imported was killed, too.
fn one_kill(ground: &Ground, sink: &Sink, moment: Duration, with_command: bool) -> bool {
    let mut server = ground.program.serve_with(&[("PARCOURS_SMTP_URL", &sink.url())]);
    let cookies = ground.world.cookies(server.address);
    let command = with_command.then(|| Import::begin(ground));
    let load = Workload::new(&ground.world, &ground.ledger, &cookies, server.address);
    let before = ground.ledger.done();
    load.run(|| {
        let began = Instant::now();
        while ground.ledger.done() == before && began.elapsed() < FIRST {
            thread::sleep(Duration::from_millis(2));
        }
        thread::sleep(moment);
        server.child.kill().unwrap();
        server.child.wait().unwrap();
        command.is_some_and(|command| command.end(ground))
    })
}

/// The command `parcours import employees`, under way.
struct Import {
    child: Child,
    number: Number,
    file: PathBuf,
}

impl Import {
    fn begin(ground: &Ground) -> Self {
        let act = workload::list(&ground.world, LONG_LIST);
        let Act::Import { company, mark, lines } = &act else { unreachable!("a list") };
        let file = scratch::folder().join(format!("{mark}.csv"));
        fs::write(&file, lines_of(mark, *lines)).unwrap();
        let siret = &ground.world.companies[*company].siret;
        let mut command = ground.program.command();
        command.args(["import", "employees", "--company", siret]).arg(&file);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let number = ground.ledger.begins(act);
        Self { child: command.spawn().unwrap(), number, file }
    }

    /// Kills it, unless it has ended; answers whether it was killed.
    fn end(mut self, ground: &Ground) -> bool {
        let ended = self.child.try_wait().unwrap();
        let came = match ended {
            Some(status) if status.success() => Came::Done,
            // It says that it could not write, and nothing is there.
            Some(_) => Came::Failed(503),
            None => {
                self.child.kill().unwrap();
                self.child.wait().unwrap();
                Came::Unknown
            }
        };
        ground.ledger.ends(self.number, came);
        fs::remove_file(self.file).unwrap();
        ended.is_none()
    }
}

/// A letter that was in hand when the server was killed is left alone for ten minutes, and one that failed for longer:
/// the harness does not wait, it moves their dates.
fn due_now(ground: &Ground) {
    ground
        .database
        .tell("UPDATE outbox SET due_at = created_at WHERE sent_at IS NULL AND given_up_at IS NULL");
}

/// Every letter arrives in the end, and no more of them twice than were in hand at a kill.
fn letters(ground: &Ground, sink: &Sink, kills: usize, report: &mut Report) {
    due_now(ground);
    let server = ground.program.serve_with(&[("PARCOURS_SMTP_URL", &sink.url())]);
    let began = Instant::now();
    let queued = || {
        ground
            .database
            .count("SELECT count(*) AS rows FROM outbox WHERE sent_at IS NULL AND given_up_at IS NULL")
    };
    while queued() > 0 && began.elapsed() < ARRIVED {
        thread::sleep(Duration::from_millis(500));
    }
    drop(server);
    let (left, repeats, came) = (queued(), sink.repeats(), sink.came().len());
    report.promise(left == 0, format!("{left} letters did not leave"));
    report.promise(repeats <= kills, format!("{repeats} letters came twice, after {kills} kills"));
    report.broken.extend(sink.compare(&ground.database));
    report.says(format!(
        "{came} letters arrived, {repeats} of them twice, {} kills in the middle of one",
        sink.broken_off()
    ));
}

/// Acts that were ever under way at a kill.
fn cut(ground: &Ground) -> usize {
    ledger::Kind::ALL.into_iter().map(|kind| ground.ledger.cut(kind)).sum()
}

fn by_kind(ground: &Ground) -> String {
    let figures = ledger::Kind::ALL.map(|kind| {
        let (done, hit) = (ground.ledger.count(kind, |c| c == Came::Done), ground.ledger.cut(kind));
        format!("{}: {done} done, {hit} cut", kind.name())
    });
    figures.join(", ")
}
