//! Two and three servers on one PostgreSQL behind HAProxy: one is killed under load, then each is restarted in turn.

use crate::client::{self, Connection};
use crate::fleet::{Fleet, Span};
use crate::ground::{Ground, Report};
use crate::ledger::Ledger;
use crate::load::Load;
use crate::postgres::Cluster;
use crate::proxy::Proxy;
use crate::sink::Sink;
use crate::workload::Workload;
use crate::{Kind, patiently};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Sessions of tomorrow whose people are reminded, by whichever server comes first.
const RECALLED: usize = 8;
const READERS: usize = 4;
/// Nobody waits longer for a page.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest time without anything acknowledged while one of three servers is gone.
const BOUND: Duration = Duration::from_secs(3);
/// How long the proxy needs to see that a server is there again.
const SEEN: Duration = Duration::from_millis(1500);

pub fn missing() -> Option<String> {
    Proxy::missing()
}

pub fn run(cluster: &Cluster, is_short: bool) -> Report {
    let mut report = Report::default();
    let ground = Ground::new(Kind::Postgres, "servers", Some(cluster));
    let sink = Sink::start();
    let reminded = ground.world.fill_tomorrow(&ground.database, RECALLED);
    let times = if is_short { 1 } else { 10 };
    ground.world.top_up(&ground.database, 1500 * times, 300 * times);
    let mut fleet = Fleet::start(&ground, 3, &sink.url());
    let proxy = Proxy::start("servers", &fleet.addresses);
    let up = patiently(Duration::from_secs(10), || client::is_ready(proxy.address));
    report.promise(up, "nothing comes through the proxy");
    thread::sleep(SEEN);
    let cookies = ground.world.cookies(proxy.address);
    measure(&fleet, &cookies.employers[0], if is_short { 1.0 } else { 5.0 }, &mut report);

    let mut load = Workload::new(&ground.world, &ground.ledger, &cookies, proxy.address);
    load.pause = Duration::from_millis(50);
    let (mut kills, mut restarts) = (Spans::default(), Spans::default());
    let reads = Reads::default();
    thread::scope(|scope| {
        let _over = Over(&reads.over);
        for _ in 0..READERS {
            scope.spawn(|| reads.on(proxy.address, &cookies.employers[0]));
        }
        load.run(|| {
            for time in 0..times {
                kills.add(&ground.ledger, || one_is_killed(&mut fleet, time % 3));
                restarts.add(&ground.ledger, || all_restart(&mut fleet, &mut report));
            }
        });
    });
    let clients = load.enrolling + load.signing + load.importing;
    kills.promise_kill(clients, &mut report);
    restarts.promise_restart(&mut report);
    reads.promise(&mut report);
    letters(&ground, &sink, times, &mut report);
    recalled(&ground, reminded, &mut report);
    report.promise(fleet.lives(), "a server ended by itself");
    drop(fleet);
    report.takes(ground.compare());
    report
}

/// Answers a second, through the proxy, of one, two and three servers.
fn measure(fleet: &Fleet<'_>, cookie: &str, seconds: f64, report: &mut Report) {
    let mut rates = Vec::new();
    for number in 1..=fleet.addresses.len() {
        let proxy = Proxy::start(&format!("measure{number}"), &fleet.addresses[..number]);
        patiently(Duration::from_secs(10), || client::is_ready(proxy.address));
        thread::sleep(SEEN);
        let load = Load { address: proxy.address, connections: 16, seconds };
        rates.push(format!("{:.0}", load.again_and_again(&client::get("/inscriptions", cookie)).per_second));
    }
    report.says(format!("{} pages a second with one, two, three servers", rates.join(", ")));
}

fn one_is_killed(fleet: &mut Fleet<'_>, number: usize) {
    fleet.kill(number);
    thread::sleep(Duration::from_secs(4));
    fleet.start_again(number);
    thread::sleep(SEEN);
}

/// Each in turn is told to stop, waited for, started and seen.
fn all_restart(fleet: &mut Fleet<'_>, report: &mut Report) {
    for number in 0..fleet.addresses.len() {
        fleet.stop(number, report);
        fleet.start_again(number);
        thread::sleep(SEEN);
    }
}

#[derive(Default)]
struct Spans(Vec<Span>);

impl Spans {
    fn add(&mut self, ledger: &Ledger, act: impl FnOnce()) {
        let from = Instant::now();
        act();
        self.0.push(Span::of(ledger, from));
    }

    fn pause(&self) -> Duration {
        self.0.iter().map(|span| span.pause).max().unwrap_or_default()
    }

    fn acknowledged(&self) -> usize {
        self.0.iter().map(|span| span.acknowledged).sum()
    }

    /// Only what was under way at the kill may be lost, and only at once.
    fn promise_kill(&self, clients: usize, report: &mut Report) {
        for span in &self.0 {
            report.promise(span.lost <= clients, format!("{} acts were lost at one kill", span.lost));
            let late = span.last_lost > Duration::from_secs(2);
            report.promise(!late, format!("an act was lost {:?} after the kill", span.last_lost));
        }
        let lost: usize = self.0.iter().map(|span| span.lost).sum();
        report.promise(self.acknowledged() > 0, "nothing was acknowledged around the kills");
        report.promise(self.pause() < BOUND, format!("nothing was acknowledged for {:?}", self.pause()));
        report.says(format!(
            "{} servers killed under load: {lost} acts cut, {} acknowledged meanwhile, longest pause {:.2} s",
            self.0.len(),
            self.acknowledged(),
            self.pause().as_secs_f64()
        ));
    }

    fn promise_restart(&self, report: &mut Report) {
        let lost: usize = self.0.iter().map(|span| span.lost).sum();
        report.promise(lost == 0, format!("{lost} acts were cut by rolling restarts"));
        report.promise(self.pause() < BOUND, format!("a restart was a pause of {:?}", self.pause()));
        report.says(format!(
            "{} rolling restarts: {lost} acts cut of {}, longest pause {:.2} s",
            self.0.len(),
            self.acknowledged() + lost,
            self.pause().as_secs_f64()
        ));
    }
}

/// Pages that are read all the time.
#[derive(Default)]
struct Reads {
    over: AtomicBool,
    whole: AtomicUsize,
    lost: Mutex<Vec<String>>,
}

struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Reads {
    fn on(&self, address: SocketAddr, cookie: &str) {
        let request = client::get("/inscriptions", cookie);
        let mut kept = None;
        while !self.over.load(Ordering::Relaxed) {
            let connection = kept.take().map_or_else(|| Connection::open(address, PATIENCE), Ok);
            let answer = connection.and_then(|mut connection| {
                let answer = connection.ask(&request)?;
                kept = Some(connection);
                Ok(answer)
            });
            match answer {
                Ok(answer) if answer.status == 200 => {
                    self.whole.fetch_add(1, Ordering::Relaxed);
                }
                Ok(answer) => self.lost.lock().unwrap().push(format!("a page: {}", answer.status)),
                Err(error) => self.lost.lock().unwrap().push(format!("a page: {error}")),
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// What only reads may be asked twice: nobody sees that a server was killed.
    fn promise(self, report: &mut Report) {
        let lost = self.lost.into_inner().unwrap();
        report.says(format!("{} pages read meanwhile, {} lost", self.whole.into_inner(), lost.len()));
        report.broken.extend(lost);
    }
}

/// Every letter leaves, and only those twice that a killed server had in hand. It would be left alone for ten minutes: the
/// harness does not wait.
fn letters(ground: &Ground, sink: &Sink, kills: usize, report: &mut Report) {
    let queued = || ground.database.letters().iter().filter(|l| l.progress == "queued").count();
    let settled = patiently(Duration::from_mins(3), || queued() <= kills);
    report.promise(settled, format!("{} letters wait", queued()));
    thread::sleep(Duration::from_secs(3));
    let in_hand = queued();
    report.promise(in_hand <= kills, format!("{in_hand} letters are in hand after {kills} kills"));
    ground
        .database
        .tell("UPDATE outbox SET due_at = created_at WHERE sent_at IS NULL AND given_up_at IS NULL");
    let left = patiently(Duration::from_secs(30), || queued() == 0);
    report.promise(left, format!("{} letters did not leave", queued()));
    let (came, repeats) = (sink.came().len(), sink.repeats());
    report.promise(repeats <= in_hand, format!("{repeats} letters came twice, {in_hand} were in hand"));
    report.broken.extend(sink.compare(&ground.database));
    report.says(format!("{came} letters arrived, {repeats} twice of {in_hand} in hand at a kill"));
}

fn recalled(ground: &Ground, people: usize, report: &mut Report) {
    let count = |what: &str| {
        ground.database.count(&format!("SELECT count({what}) AS rows FROM outbox WHERE kind = 'reminder'"))
    };
    let (written, different) = (count("*"), count("DISTINCT enrolment_id"));
    let wanted = i64::try_from(people).unwrap_or_default();
    report.promise(
        written == wanted && different == wanted,
        format!("{written} reminders to {different} people, of {people}"),
    );
    report.says(format!("{written} reminders written once"));
}
