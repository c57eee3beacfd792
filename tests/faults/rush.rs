//! Hundreds ask for a place in one session at the same moment; others look at their pages meanwhile.

use crate::Kind;
use crate::client::{self, Connection};
use crate::fleet::Fleet;
use crate::ground::{Ground, Report};
use crate::ledger::{Act, Came, Ledger};
use crate::postgres::Cluster;
use crate::sink::Sink;
use crate::workload::came;
use crate::world::Crowd;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Who wants one of the [`SEATS`].
const CLIENTS: usize = 400;
const SEATS: u32 = 30;
/// People who look at pages of their own.
const READERS: usize = 4;
/// How long they look while nothing else happens, to compare with.
const IDLE: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_mins(1);
/// A page during the rush may take so many times what it takes otherwise, at the 99th percentile, and no page longer than
/// [`BOUND`]. The embedded database computes in the server itself, on the cores that the pages want.
const SLOWER: u32 = 5;
const BOUND: Duration = Duration::from_secs(1);

pub fn run(kind: Kind, cluster: Option<&Cluster>) -> Report {
    let mut report = Report::default();
    let ground = Ground::new(kind, "rush", cluster);
    let sink = Sink::start();
    let crowd = ground.world.crowd(&ground.database, CLIENTS);
    for servers in if kind == Kind::Postgres { 1..=2 } else { 1..=1 } {
        let fleet = Fleet::start(&ground, servers, &sink.url());
        let cookies = ground.world.cookies(fleet.addresses[0]);
        let bystanders = Bystanders::default();
        let idle = || {
            thread::scope(|scope| {
                bystanders.look(scope, &fleet.addresses, &cookies.employers[0]);
                thread::sleep(IDLE);
                bystanders.leave()
            })
        };
        let before = idle();
        let session = ground.world.popular_session(&ground.database, SEATS);
        let (answers, took, during) = thread::scope(|scope| {
            bystanders.look(scope, &fleet.addresses, &cookies.employers[0]);
            let (answers, took) = everybody_asks(&ground.ledger, &fleet.addresses, &crowd, session);
            (answers, took, bystanders.leave())
        });
        let after = idle();
        let not_now = answers.iter().filter(|came| **came != Came::Done).count();
        report.promise(not_now == 0, format!("{not_now} of {CLIENTS} were not served"));
        let (seated, waiting) =
            (ground.database.in_state(session, "confirmed"), ground.database.in_state(session, "waiting"));
        let all = usize::try_from(seated + waiting).unwrap_or_default();
        report.promise(seated == i64::from(SEATS), format!("{seated} people on {SEATS} seats"));
        report.promise(all == CLIENTS, format!("{all} places for {CLIENTS} people"));
        // The machine may have had other things to do at either time.
        let usual = before.p99().max(after.p99());
        let (rush, longest) = (during.p99(), during.longest());
        report.promise(
            kind == Kind::Sqlite || rush <= usual * SLOWER,
            format!("pages took {rush:?} at the 99th percentile, {usual:?} otherwise"),
        );
        report.promise(longest <= BOUND, format!("a page took {longest:?}"));
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        report.says(format!(
            "{CLIENTS} at once, {servers} server(s): {seated} seated and {waiting} waiting after {:.1} s; {} pages of others, p99 {:.0} ms ({:.0} otherwise), longest {:.0} ms",
            took.as_secs_f64(),
            during.0.len(),
            millis(rush),
            millis(usual),
            millis(longest),
        ));
    }
    report.takes(ground.compare());
    report
}

/// Each from a connection that is open already; the statuses that they were told, and until when.
fn everybody_asks(
    ledger: &Ledger,
    servers: &[SocketAddr],
    crowd: &Crowd,
    session: i64,
) -> (Vec<Came>, Duration) {
    let start = Barrier::new(crowd.people.len() + 1);
    let path = format!("/sessions/{session}/demande");
    thread::scope(|scope| {
        let asks = |(number, (person, cookie)): (usize, &(i64, String))| {
            let (start, address) = (&start, servers[number % servers.len()]);
            let act = Act::Enrol { session, company: 0, people: vec![*person] };
            let request = client::post(&path, cookie, "");
            scope.spawn(move || {
                let mut connection = Connection::open(address, PATIENCE).unwrap();
                let number = ledger.begins(act);
                start.wait();
                let came = connection.ask(&request).map_or(Came::Unknown, |answer| came(answer.status));
                ledger.ends(number, came);
                came
            })
        };
        let clients: Vec<_> = crowd.people.iter().enumerate().map(asks).collect();
        start.wait();
        let began = Instant::now();
        let answers = clients.into_iter().map(|client| client.join().unwrap()).collect();
        (answers, began.elapsed())
    })
}

/// People whose pages have nothing to do with the session.
#[derive(Default)]
struct Bystanders {
    gone: AtomicBool,
    times: Mutex<Vec<Duration>>,
}

/// How long their pages took, in order.
struct Times(Vec<Duration>);

impl Bystanders {
    fn look<'scope>(
        &'scope self,
        scope: &'scope thread::Scope<'scope, '_>,
        servers: &[SocketAddr],
        cookie: &str,
    ) {
        self.gone.store(false, Ordering::Relaxed);
        for number in 0..READERS {
            let (address, cookie) = (servers[number % servers.len()], cookie.to_owned());
            scope.spawn(move || {
                let mut connection = Connection::open(address, PATIENCE).unwrap();
                for path in ["/catalogue", "/compte", "/inscriptions", "/salaries"].iter().cycle() {
                    if self.gone.load(Ordering::Relaxed) {
                        return;
                    }
                    let asked = Instant::now();
                    let page = connection.ask(&client::get(path, &cookie)).unwrap();
                    assert_eq!(page.status, 200, "{path}");
                    self.times.lock().unwrap().push(asked.elapsed());
                    thread::sleep(Duration::from_millis(10));
                }
            });
        }
    }

    fn leave(&self) -> Times {
        self.gone.store(true, Ordering::Relaxed);
        let mut times = std::mem::take(&mut *self.times.lock().unwrap());
        times.sort_unstable();
        Times(times)
    }
}

impl Times {
    fn p99(&self) -> Duration {
        self.0.get(self.0.len() * 99 / 100).copied().unwrap_or_default()
    }

    fn longest(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }
}
