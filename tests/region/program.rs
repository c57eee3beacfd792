//! The program under measure: its commands, its server, and what the system knows of it.

// A vocabulary for all harnesses: not each word is said in each.
#![allow(dead_code)]

use crate::scratch;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

/// 32 bytes in base64, as good as any for data that are made up.
const KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n";
const BINARY: &str = env!("CARGO_BIN_EXE_parcours");

pub struct Program {
    pub database_url: String,
    /// Where the server complains; on our own standard error when there is none.
    pub log: Option<PathBuf>,
}

/// An account that the region was made with.
#[derive(Debug, Clone)]
pub struct Account {
    pub role: String,
    pub email: String,
    pub password: String,
}

impl Account {
    /// The lines `role<TAB>email<TAB>password` that a command printed.
    pub fn all(said: &str) -> Vec<Self> {
        said.lines()
            .filter_map(|line| {
                let mut parts = line.split('\t').map(str::to_owned);
                Some(Self { role: parts.next()?, email: parts.next()?, password: parts.next()? })
            })
            .collect()
    }
}

impl Program {
    /// The name of the file of the master key, in the folder of the run.
    pub const KEY_FILE: &str = "master.key";

    /// With a key of its own, so that the journal is sealed as in an installation.
    pub fn at(database_url: &str) -> Self {
        static WRITTEN: OnceLock<()> = OnceLock::new();
        WRITTEN.get_or_init(|| {
            fs::write(scratch::folder().join(Self::KEY_FILE), KEY).expect("a temporary folder");
        });
        Self { database_url: database_url.to_owned(), log: None }
    }

    /// The program with its settings, to be told what to do.
    pub fn command(&self) -> Command {
        let mut command = Command::new(BINARY);
        let folder = scratch::folder();
        command
            .current_dir(folder)
            .env("DATABASE_URL", &self.database_url)
            .env("PARCOURS_KEY_FILE", folder.join(Self::KEY_FILE))
            .env("PARCOURS_LETTERS_FOLDER", folder.join("letters"))
            .env("PARCOURS_SECRETS_PER_MINUTE", "10000")
            .env("PARCOURS_LOG", "warn")
            .env("PARCOURS_SERVER_TIMING", "yes")
            // As docs/install/parcours.service says it.
            .env("MIMALLOC_PURGE_DELAY", "0");
        command
    }

    /// Runs a command to its end and gives what it printed.
    pub fn run(&self, words: &[&str]) -> String {
        let output = self.command().args(words).stderr(Stdio::inherit()).output().expect("the program runs");
        assert!(output.status.success(), "{words:?}: {}", output.status);
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Starts the server and waits until it can serve.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    pub fn serve_with(&self, settings: &[(&str, &str)]) -> Server {
        self.serve_at(scratch::free_address(), settings)
    }

    /// The same, where a server was before.
    pub fn serve_at(&self, address: SocketAddr, settings: &[(&str, &str)]) -> Server {
        let began = Instant::now();
        let mut command = self.command();
        command.arg("serve").env("PARCOURS_LISTEN", address.to_string()).envs(settings.iter().copied());
        if let Some(log) = &self.log {
            command.stderr(File::options().append(true).create(true).open(log).expect("a log"));
        }
        let child = command.spawn().expect("the server starts");
        let mut server = Server { child, address, ready_after: Duration::ZERO };
        while !crate::client::is_ready(address) {
            assert!(server.child.try_wait().unwrap().is_none(), "the server ended at its start");
            assert!(began.elapsed() < Duration::from_secs(30), "the server is not ready after 30 s");
            thread::sleep(Duration::from_millis(2));
        }
        server.ready_after = began.elapsed();
        server
    }
}

/// A running server; dropped, it is killed.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    pub ready_after: Duration,
}

impl Server {
    /// Megabytes that it holds, now.
    pub fn memory(&self) -> u64 {
        self.kilobytes("VmRSS:") / 1000
    }

    /// Megabytes that it held at most since [`Server::forget_peak`].
    pub fn peak(&self) -> u64 {
        self.kilobytes("VmHWM:") / 1000
    }

    pub fn forget_peak(&self) {
        let _ = fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5");
    }

    /// Waits until what it does by itself after its start is done, a minute at most.
    pub fn settle(&self) {
        // The system too: what was filled in has to be on the disk before anything is measured.
        let _ = Command::new("sync").status();
        for _ in 0..60 {
            let before = self.ticks();
            thread::sleep(Duration::from_secs(1));
            if self.ticks() - before <= 1 {
                break;
            }
        }
    }

    /// Runs something that asks it, and tells for how long it computed meanwhile.
    pub fn computing<T>(&self, asks: impl FnOnce() -> T) -> (T, Duration) {
        let before = self.ticks();
        let came = asks();
        (came, Duration::from_millis((self.ticks() - before) * 10))
    }

    /// Hundredths of a second that it computed so far.
    fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after_the_name = stat.rsplit(") ").next().unwrap_or_default();
        let numbers = after_the_name.split(' ').skip(11).take(2);
        numbers.filter_map(|number| number.parse::<u64>().ok()).sum()
    }

    fn kilobytes(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
