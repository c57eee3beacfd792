//! Parcours runs a public training programme, from awareness to practice, with proof.
//!
//! This is the command line; what it starts lies in the rooms, each a crate with its own page of documentation:
//!
//! - [`domain`]: what is true
//! - [`store`]: how it is kept
//! - [`actions`]: what one can do
//! - [`credentials`]: how it is proved
//! - `papers`: how it is printed
//! - [`exchange`]: how it travels
//! - [`mail`]: how it is told
//! - [`words`]: how it is said
//! - [`web`]: how it is shown
//!
//! Data flow from the web through the domain to the store; each room's `Cargo.toml` holds the line.

mod commands;
mod settings;

use clap::Parser as _;
use commands::Cli;
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
