//! The command line.

use clap::Parser as _;
use parcours::commands::Cli;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match parcours::commands::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parcours: {error:#}");
            ExitCode::FAILURE
        }
    }
}
