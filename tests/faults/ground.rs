//! What each fault starts with: an empty database with its world, a program that serves it, and an empty ledger.

use crate::Kind;
use crate::database::Database;
use crate::ledger::{Comparison, Ledger};
use crate::postgres::Cluster;
use crate::program::Program;
use crate::scratch;
use crate::world::World;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

pub struct Ground {
    pub program: Program,
    pub database: Database,
    pub world: World,
    pub ledger: Ledger,
}

/// What came of a fault on one database.
#[derive(Debug, Default)]
pub struct Report {
    /// What was done and seen, in figures.
    pub figures: Vec<String>,
    /// A sentence for each promise that was broken.
    pub broken: Vec<String>,
}

impl Ground {
    /// In a folder of its own, or as a database of its own in the cluster.
    pub fn new(kind: Kind, fault: &str, cluster: Option<&Cluster>) -> Self {
        let url = match cluster {
            Some(cluster) if kind == Kind::Postgres => {
                cluster.tell(&format!("CREATE DATABASE {fault}")).unwrap();
                cluster.url(fault)
            }
            _ => {
                let folder = scratch::folder().join(fault);
                fs::create_dir_all(&folder).unwrap();
                format!("sqlite:{}", folder.join("parcours.db").display())
            }
        };
        Self::of(kind, fault, url)
    }

    /// In the database of this address, which is empty.
    pub fn of(kind: Kind, fault: &str, url: String) -> Self {
        let mut program = Program::at(&url);
        program.log = Some(log(kind, fault));
        program.run(&["migrate"]);
        let database = Database { url };
        let world = World::found(&database);
        Self { program, database, world, ledger: Ledger::default() }
    }

    /// The ledger, the database, the journal and the log of the server, all compared.
    pub fn compare(&self) -> Comparison {
        let mut comparison = self.ledger.compare(&self.database);
        let verified = self.program.command().args(["journal", "verify"]).output().unwrap();
        if !verified.status.success() {
            let said = String::from_utf8_lossy(&verified.stderr).into_owned();
            comparison.broken.push(format!("the journal does not hold: {}", said.trim()));
        }
        if !self.ledger.is_awake(&self.database) {
            comparison.broken.push("the comparison would not notice a lie".to_owned());
        }
        if self.log().contains("panicked at") {
            comparison.broken.push("the server panicked".to_owned());
        }
        if !comparison.faults.is_empty() {
            comparison.broken.push(format!("acts were answered {:?}", comparison.faults));
            comparison
                .broken
                .extend(self.complaints().into_iter().map(|said| format!("the server said {said}")));
        }
        comparison
    }

    /// The faults that the server logged, each once.
    fn complaints(&self) -> BTreeSet<String> {
        let log = self.log();
        let faults = log.lines().filter_map(|line| line.split_once("ERROR"));
        faults.map(|(_, said)| said.split(" path=").next().unwrap_or_default().trim().to_owned()).collect()
    }

    /// What the server complained about so far.
    pub fn log(&self) -> String {
        self.program.log.as_ref().and_then(|log| fs::read_to_string(log).ok()).unwrap_or_default()
    }
}

fn log(kind: Kind, fault: &str) -> PathBuf {
    scratch::folder().join(format!("{fault}-{}.log", kind.name()))
}

impl Report {
    pub fn says(&mut self, figure: impl Into<String>) {
        self.figures.push(figure.into());
    }

    /// Breaks a promise, in words, unless it was kept.
    pub fn promise(&mut self, is_kept: bool, words: impl Into<String>) {
        if !is_kept {
            self.broken.push(words.into());
        }
    }

    /// What the clients know and what the database holds.
    pub fn takes(&mut self, comparison: Comparison) {
        let Comparison { done, refused, failed, unknown, unknown_yet_kept, .. } = comparison;
        self.says(format!(
            "{done} acts acknowledged, {refused} refused, {failed} told « not now », {unknown} of unknown outcome ({unknown_yet_kept} kept)"
        ));
        self.broken.extend(comparison.broken);
    }
}
