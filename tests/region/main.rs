//! The region on one machine: what the program does with many people, and what it keeps when things break. It starts
//! the real release server; `docs/performance.md` and `docs/reliability.md` say how to run it and what came of it.

// A measurement may fall.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout
)]

mod baseline;
mod bulk;
mod certificates;
mod client;
mod database;
mod floor;
mod letters;
mod load;
#[path = "../stories/mail_server.rs"]
#[expect(dead_code, reason = "stories ask it for more")]
mod mail_server;
mod pages;
#[path = "../stories/harness/postgres.rs"]
mod postgres;
mod program;
mod roll;
#[path = "../stories/harness/scratch.rs"]
mod scratch;
#[path = "../faults/world.rs"]
#[expect(dead_code, reason = "what is to be broken asks it for more")]
mod world;
mod writes;

use clap::{Parser, ValueEnum};
use load::{Load, Outcome};
use pages::Measured;
use program::{Account, Program, Server};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// As durable as an installation, with the memory of a small one.
const DURABLE: &[&str] = &["shared_buffers=512MB", "max_wal_size=4GB"];

#[derive(Debug, Parser)]
#[command(about = "Measures the release server on a made-up region")]
struct Wish {
    /// People of the region; of several regions, to see how the cost of a page grows: 23000,230000
    #[arg(long, default_value = "23000", value_delimiter = ',')]
    people: Vec<u64>,
    /// Sessions of each region; in proportion to the people if not said
    #[arg(long)]
    sessions: Option<u64>,
    /// Where they are kept
    #[arg(long, default_value = "sqlite")]
    database: Database,
    /// Seconds that each page is asked for
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Requests under way at any moment
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// What is measured: pages, acts, bulk, certificates, letters; all of it if not said
    #[arg(long, value_delimiter = ',')]
    parts: Vec<Part>,
    /// Of the pages, only those of this role
    #[arg(long)]
    role: Option<String>,
    /// A file in which the costs of pages and acts are kept
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Such a file, to compare with: tests/region/baseline/sqlite.tsv
    #[arg(long)]
    against: Option<PathBuf>,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Every page of every role
    Pages,
    /// One deed at a time: enrolments, signatures
    Acts,
    /// What takes long: lists in and out
    Bulk,
    /// Five hundred certificates at one go
    Certificates,
    /// Ten thousand letters to a mail server, which takes minutes
    Letters,
}

impl Wish {
    fn wants(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }
}

fn main() {
    let wish = Wish::parse();
    let cluster = (wish.database == Database::Postgres).then(|| postgres::Cluster::start(DURABLE).unwrap());
    let mut sizes = Vec::new();
    for people in &wish.people {
        let name = format!("region_{people}");
        let url = match &cluster {
            None => format!("sqlite:{}", scratch::folder().join(&name).display()),
            Some(cluster) => {
                cluster.tell(&format!("CREATE DATABASE {name}")).unwrap();
                cluster.url(&name)
            }
        };
        sizes.push((*people, measure(&wish, *people, &url)));
    }
    if sizes.len() > 1 && wish.wants(Part::Pages) {
        pages::compare(&sizes);
    }
    drop(cluster);
    scratch::end();
}

/// What the server answers when it does nothing, and microseconds of processor for each: the best of three, since what else a
/// machine does only takes away.
fn bare(server: &Server, load: &Load) -> (Outcome, f64) {
    let once = |_| {
        let (came, computed) = server.computing(|| load.again_and_again(&client::get("/livez", "")));
        let each = came.each(computed);
        (came, each)
    };
    (0..3).map(once).max_by(|a, b| a.0.per_second.total_cmp(&b.0.per_second)).expect("three")
}

fn measure(wish: &Wish, people: u64, url: &str) -> Vec<Measured> {
    let program = Program::at(url);
    println!("# {people} people on {:?}, {} requests at once\n", wish.database, wish.connections);

    let began = Instant::now();
    program.run(&["migrate"]);
    let (people_said, sessions) = (people.to_string(), wish.sessions.map(|sessions| sessions.to_string()));
    let mut seed = vec!["seed", "--people", &people_said];
    seed.extend(sessions.iter().flat_map(|sessions| ["--sessions", sessions.as_str()]));
    let said = program.run(&seed);
    let accounts = Account::all(&said);
    println!("seeded in {:.1} s", began.elapsed().as_secs_f64());
    if let Ok(file) = fs::metadata(url.trim_start_matches("sqlite:")) {
        println!("the database takes {} MB", file.len() / 1_000_000);
    }

    let server = program.serve();
    println!(
        "ready to serve after {:.2} s, {} MB in memory\n",
        server.ready_after.as_secs_f64(),
        server.memory()
    );

    server.settle();
    let load = Load { address: server.address, connections: wish.connections, seconds: wish.seconds };
    let (bare, processor) = bare(&server, &load);
    println!("the bare answer (`/livez`): {bare}, {processor:.0} µs of processor\n");
    let mut pages = Vec::new();
    if wish.wants(Part::Pages) {
        pages = pages::measure(&server, &load, &accounts, bare.per_second, wish.role.as_deref());
        pages::judge(&pages);
    }
    let mut costs: Vec<_> = pages.iter().map(|page| page.cost.clone()).collect();
    if wish.wants(Part::Acts) {
        costs.extend(writes::measure(&program, &server, &load, &accounts));
    }
    if let Some(file) = &wish.keep {
        baseline::keep(file, &costs);
    }
    if let Some(file) = &wish.against {
        baseline::compare(file, &costs);
    }
    if wish.wants(Part::Bulk) {
        let employer = accounts.iter().find(|a| a.role == "employer").expect("an employer");
        bulk::Bulk { program: &program, employer }.measure(&server);
    }
    if wish.wants(Part::Certificates) {
        certificates::measure(&database::Database { url: url.to_owned() }, &server);
    }
    drop(server);
    if wish.wants(Part::Letters) {
        letters::measure(&program);
    }
    pages
}
