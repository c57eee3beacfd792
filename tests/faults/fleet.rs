//! Several servers of one database, each at an address that it keeps when it is started again.

use crate::ground::{Ground, Report};
use crate::ledger::{Came, Ledger};
use crate::program::Server;
use crate::scratch;
use std::net::SocketAddr;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// How long a server that was told to stop goes on: its proxy needs a second to hear of it.
const DRAIN: &str = "2";

pub struct Fleet<'a> {
    ground: &'a Ground,
    settings: Vec<(&'static str, String)>,
    pub addresses: Vec<SocketAddr>,
    servers: Vec<Option<Server>>,
}

impl<'a> Fleet<'a> {
    /// All at once, each with its courier and its rounds.
    pub fn start(ground: &'a Ground, number: usize, smtp: &str) -> Self {
        let addresses: Vec<_> = (0..number).map(|_| scratch::free_address()).collect();
        let settings = vec![
            ("PARCOURS_SMTP_URL", smtp.to_owned()),
            ("PARCOURS_DRAIN_SECONDS", DRAIN.to_owned()),
            ("PARCOURS_PROXIES", "127.0.0.1".to_owned()),
        ];
        let mut fleet = Self { ground, settings, addresses, servers: Vec::new() };
        fleet.servers = thread::scope(|scope| {
            let one = |at: &SocketAddr| fleet.serve(*at);
            let starting: Vec<_> = fleet.addresses.iter().map(|at| scope.spawn(move || one(at))).collect();
            starting.into_iter().map(|server| Some(server.join().unwrap())).collect()
        });
        fleet
    }

    fn serve(&self, at: SocketAddr) -> Server {
        let settings: Vec<_> = self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.ground.program.serve_at(at, &settings)
    }

    /// Without a word.
    pub fn kill(&mut self, number: usize) {
        drop(self.servers[number].take());
    }

    /// Told to stop, and waited for.
    pub fn stop(&mut self, number: usize, report: &mut Report) {
        let mut server = self.servers[number].take().expect("it runs");
        let pid = server.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let status = server.child.wait().unwrap();
        report.promise(status.success(), format!("a server that was told to stop ended with {status}"));
    }

    pub fn start_again(&mut self, number: usize) {
        self.servers[number] = Some(self.serve(self.addresses[number]));
    }

    /// Whether each is still the process that was started.
    pub fn lives(&mut self) -> bool {
        self.servers.iter_mut().flatten().all(|server| matches!(server.child.try_wait(), Ok(None)))
    }
}

/// What clients saw in a span of time.
#[derive(Debug)]
pub struct Span {
    pub acknowledged: usize,
    /// Acts that were told « not now » or nothing.
    pub lost: usize,
    /// The last of them, from the beginning of the span.
    pub last_lost: Duration,
    /// The longest time without anything acknowledged.
    pub pause: Duration,
}

impl Span {
    pub fn of(ledger: &Ledger, from: Instant) -> Self {
        let to = Instant::now();
        let ended = ledger.ended_between(from, to);
        let done = ended.iter().filter(|(_, came)| *came == Came::Done).map(|(at, _)| *at);
        let marks: Vec<Instant> = [from].into_iter().chain(done).chain([to]).collect();
        let lost = ended.iter().filter(|(_, came)| matches!(came, Came::Failed(_) | Came::Unknown));
        let lost: Vec<_> = lost.map(|(at, _)| *at).collect();
        Self {
            acknowledged: marks.len() - 2,
            lost: lost.len(),
            last_lost: lost.last().map_or(Duration::ZERO, |at| *at - from),
            pause: marks.windows(2).map(|two| two[1] - two[0]).max().unwrap_or_default(),
        }
    }
}
