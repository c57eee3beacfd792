//! The command line.

use clap::Parser as _;
use parcours::commands::{self, Cli};
use std::io::Write as _;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may read it any more.
            let _ = writeln!(std::io::stderr(), "parcours: {}", commands::one_line(&error));
            ExitCode::FAILURE
        }
    }
}
