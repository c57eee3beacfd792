//! The command line.

use clap::Parser as _;
use parcours::commands::{self, Cli};
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parcours: {}", commands::one_line(&error));
            ExitCode::FAILURE
        }
    }
}
