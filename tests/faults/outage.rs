//! PostgreSQL goes away under load, told to stop and killed, and comes back. The server stays.

use crate::client::{self, Connection};
use crate::ground::{Ground, Report};
use crate::postgres::Cluster;
use crate::program::Server;
use crate::workload::Workload;
use crate::{Kind, patiently};
use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// How long it is gone.
const GONE: Duration = Duration::from_secs(2);
/// How long the server may need to serve again, once the database is back.
const BACK: Duration = Duration::from_secs(20);
/// Nobody waits longer for a « not now » than for a connection of the pool, and some.
const NOT_NOW: Duration = Duration::from_secs(8);

pub fn run(cluster: &Cluster, times: usize) -> Report {
    let mut report = Report::default();
    let ground = Ground::new(Kind::Postgres, "outage", Some(cluster));
    ground.world.top_up(&ground.database, 800 * times, 200 * times);
    let server = ground.program.serve();
    let cookies = ground.world.cookies(server.address);
    let load = Workload::new(&ground.world, &ground.ledger, &cookies, server.address);
    let mut longest = Duration::ZERO;
    load.run(|| {
        for _ in 0..times {
            for killed in [false, true] {
                thread::sleep(Duration::from_secs(1));
                let gone = if killed { kill(cluster) } else { cluster.pg_ctl(&["stop", "-m", "fast"]) };
                gone.unwrap();
                is_told(&server, &cookies.employers[0], &mut report);
                thread::sleep(GONE);
                switch_on(cluster);
                let began = Instant::now();
                let before = ground.ledger.done();
                let again =
                    patiently(BACK, || client::is_ready(server.address) && ground.ledger.done() > before);
                report.promise(again, "nothing is acknowledged after the database came back");
                longest = longest.max(began.elapsed());
            }
        }
        thread::sleep(Duration::from_secs(1));
    });
    drop(server);
    let comparison = ground.compare();
    report.says(format!(
        "gone {} times, {:.1} s at most until it served again, {} « not now » were kept nevertheless",
        2 * times,
        longest.as_secs_f64(),
        comparison.failed_yet_kept
    ));
    report.takes(comparison);
    report
}

/// The postmaster and its children: one that outlives it for a moment would still answer.
fn kill(cluster: &Cluster) -> Result<(), String> {
    let file = fs::read_to_string(cluster.data().join("postmaster.pid")).map_err(|e| e.to_string())?;
    let postmaster = file.lines().next().unwrap_or_default().trim();
    signal("-STOP", [postmaster])?;
    let children = fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"))
        .map_err(|e| e.to_string())?;
    signal("-KILL", children.split_whitespace().chain([postmaster]))
}

fn signal<'a>(signal: &str, processes: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
    let sent = Command::new("kill").arg(signal).args(processes).status();
    sent.is_ok_and(|status| status.success()).then_some(()).ok_or_else(|| format!("kill {signal} failed"))
}

/// Its children let go of its memory a moment after it was killed.
fn switch_on(cluster: &Cluster) {
    assert!(
        patiently(Duration::from_secs(30), || cluster.switch_on().is_ok()),
        "PostgreSQL does not start again"
    );
}

/// While the database is gone, pages and acts are told « not now », when to come again, and `/readyz` says why.
fn is_told(server: &Server, employer: &str, report: &mut Report) {
    let act = client::post("/inscriptions", employer, "session=1&mode=as_many_as_fit&person=1");
    let requests = [client::get("/catalogue", ""), client::get("/accueil", employer), act];
    let (answers, ready) = thread::scope(|scope| {
        let asked = requests.map(|request| scope.spawn(move || not_now(server, &request)));
        let ready = client::ask(server.address, &client::get("/readyz", "")).unwrap();
        (asked.map(|asked| asked.join().unwrap()), ready)
    });
    report.broken.extend(answers.into_iter().filter_map(Result::err));
    report.promise(ready.status == 503, format!("/readyz answers {} without a database", ready.status));
    report.promise(
        ready.text() == "the database cannot be reached\n",
        format!("/readyz says « {} »", ready.text().trim()),
    );
    let alive = client::ask(server.address, &client::get("/livez", "")).unwrap();
    report.promise(alive.status == 200, "/livez does not answer without a database");
}

fn not_now(server: &Server, request: &[u8]) -> Result<(), String> {
    let line = String::from_utf8_lossy(request).lines().next().unwrap_or_default().to_owned();
    let answer = Connection::open(server.address, NOT_NOW).and_then(|mut c| c.ask(request));
    let answer = answer.map_err(|error| format!("{line}: {error}"))?;
    match (answer.status, answer.header("retry-after"), answer.text().contains("<h1")) {
        (503, Some(_), true) => Ok(()),
        (status, retry, sentence) => {
            Err(format!("{line}: {status}, Retry-After: {retry:?}, a sentence: {sentence}"))
        }
    }
}
