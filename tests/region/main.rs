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

mod client;
mod floor;
mod load;
mod pages;
#[path = "../stories/harness/postgres.rs"]
mod postgres;
mod program;
#[path = "../stories/harness/scratch.rs"]
mod scratch;
mod writes;

use clap::{Parser, ValueEnum};
use program::{Account, Program};
use std::fs;
use std::time::Instant;

/// As durable as an installation, with the memory of a small one.
const DURABLE: &[&str] = &["shared_buffers=512MB", "max_wal_size=4GB"];

#[derive(Debug, Parser)]
#[command(about = "Measures the release server on a made-up region")]
struct Wish {
    /// People of the region
    #[arg(long, default_value_t = 23_000)]
    people: u64,
    /// Where they are kept
    #[arg(long, default_value = "sqlite")]
    database: Database,
    /// Seconds that each page is asked for
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Requests under way at any moment
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Measures only the pages of this role, and writes nothing
    #[arg(long)]
    role: Option<String>,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

fn main() {
    let wish = Wish::parse();
    measure(&wish);
    scratch::end();
}

fn measure(wish: &Wish) {
    let folder = scratch::folder();
    let cluster = (wish.database == Database::Postgres).then(|| postgres::Cluster::start(DURABLE).unwrap());
    let url = match &cluster {
        None => format!("sqlite:{}", folder.join("region.db").display()),
        Some(cluster) => {
            cluster.tell("CREATE DATABASE region").unwrap();
            cluster.url("region")
        }
    };
    let program = Program::at(&url);
    println!("# {} people on {:?}, {} requests at once\n", wish.people, wish.database, wish.connections);

    let began = Instant::now();
    program.run(&["migrate"]);
    let said = program.run(&["seed", "--people", &wish.people.to_string()]);
    let accounts = Account::all(&said);
    println!("seeded in {:.1} s", began.elapsed().as_secs_f64());
    if let Ok(file) = fs::metadata(folder.join("region.db")) {
        println!("the database takes {} MB", file.len() / 1_000_000);
    }

    let server = program.serve();
    println!(
        "ready to serve after {:.2} s, {} MB in memory\n",
        server.ready_after.as_secs_f64(),
        server.memory()
    );

    server.settle();
    let load = load::Load { address: server.address, connections: wish.connections, seconds: wish.seconds };
    let bare = load.again_and_again(&client::get("/livez", ""));
    println!("the bare answer (`/livez`): {bare}\n");
    pages::measure(&server, &load, &accounts, bare.per_second, wish.role.as_deref());
    if wish.role.is_none() {
        writes::measure(&program, &server, &load, &accounts);
    }
}
