//! The server is told to stop under load: what it has begun to answer it answers, and it ends well.

use crate::Kind;
use crate::client::{self, Connection};
use crate::ground::{Ground, Report};
use crate::postgres::Cluster;
use crate::program::Server;
use crate::workload::Workload;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Readers that keep their connection, beside those who act.
const READERS: usize = 8;
const PATIENCE: Duration = Duration::from_secs(30);

/// What the readers saw of one stop.
#[derive(Default)]
struct Seen {
    /// When each request that had no answer was sent.
    unanswered: Mutex<Vec<Instant>>,
    /// Answers of which a part came.
    cut: AtomicUsize,
    whole: AtomicUsize,
}

pub fn run(kind: Kind, stops: usize, rng: u64, cluster: Option<&Cluster>) -> Report {
    let mut report = Report::default();
    let ground = Ground::new(kind, "stop", cluster);
    let mut dice = StdRng::seed_from_u64(rng);
    let (mut answered, mut too_late, mut longest) = (0, 0, Duration::ZERO);
    for _ in 0..stops {
        ground.world.top_up(&ground.database, 80, 40);
        let mut server = ground.program.serve();
        let cookies = ground.world.cookies(server.address);
        let load = Workload::new(&ground.world, &ground.ledger, &cookies, server.address);
        let (seen, address) = (Seen::default(), server.address);
        let moment = Duration::from_millis(dice.random_range(100..500));
        let asked = thread::scope(|scope| {
            for _ in 0..READERS {
                scope.spawn(|| reads(address, &cookies.employers[0], &seen));
            }
            load.run(|| {
                thread::sleep(moment);
                let asked = Instant::now();
                end(&mut server, &mut report);
                longest = longest.max(asked.elapsed());
                asked
            })
        });
        answered += seen.whole.into_inner();
        let unanswered = seen.unanswered.into_inner().unwrap();
        let lost = unanswered.iter().filter(|sent| **sent < asked).count();
        too_late += unanswered.len() - lost;
        report.promise(lost == 0, format!("{lost} requests from before the signal had no answer"));
        let cut = seen.cut.into_inner();
        report.promise(cut == 0, format!("{cut} answers were cut"));
    }
    report.says(format!(
        "{stops} stops under load, {answered} pages read, {too_late} asked for after the signal and not answered, {:.2} s at most from the signal to the end",
        longest.as_secs_f64()
    ));
    report.takes(ground.compare());
    report
}

/// Tells it to stop, and waits for it.
fn end(server: &mut Server, report: &mut Report) {
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let status = server.child.wait().unwrap();
    report.promise(status.success(), format!("it ended with {status}"));
}

/// Reads one page after the other on one connection, until nobody listens any more.
fn reads(address: SocketAddr, cookie: &str, seen: &Seen) {
    let request = client::get("/inscriptions", cookie);
    while let Ok(mut connection) = Connection::open(address, PATIENCE) {
        loop {
            let sent = Instant::now();
            if connection.send(&request).is_err() {
                break;
            }
            match connection.answer() {
                Ok(answer) => {
                    seen.whole.fetch_add(1, Ordering::Relaxed);
                    if answer.header("connection").is_some_and(|said| said.eq_ignore_ascii_case("close")) {
                        break;
                    }
                }
                Err(error) => {
                    if error.kind() == ErrorKind::UnexpectedEof {
                        seen.cut.fetch_add(1, Ordering::Relaxed);
                    }
                    seen.unanswered.lock().unwrap().push(sent);
                    break;
                }
            }
        }
    }
}
