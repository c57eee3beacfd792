//! The command line: one file a command. Each ends with one line that says what was done, or fails
//! with one that says what and what to do.

/// Says a line on standard output.
macro_rules! say {
    ($($words:tt)*) => { $crate::commands::said(format_args!($($words)*)) };
}

mod admin;
mod backup;
mod certificates;
mod demo;
mod demonstration;
mod doctor;
mod hosting;
mod import;
mod journal;
mod migrate;
mod seed;
mod serve;

use crate::settings::{LogFormat, Settings};
use actions::imports::Mode;
use anyhow::Context as _;
use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Runs a public training programme: sessions, enrolments, attendance, with proof.
#[derive(Debug, Parser)]
#[command(name = "parcours", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves a made-up programme from a database of its own; letters are kept, none is sent
    Demo {
        /// Where it answers
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// The folder of its database
        #[arg(long, default_value = "var/demo")]
        data: PathBuf,
        /// Begins again: what was done in the demonstration is forgotten
        #[arg(long)]
        fresh: bool,
    },
    /// Serves the programme; settings from parcours.toml and the environment
    Serve,
    /// Brings the database to this version
    Migrate,
    /// Checks settings, database, key, mail, clock and folders; makes nothing
    Doctor,
    /// Administrators
    #[command(subcommand)]
    Admin(Admin),
    /// Brings lists in
    #[command(subcommand)]
    Import(Import),
    /// Fills an empty database with a large made-up region, for load work
    Seed {
        /// How many people work there
        #[arg(long, value_parser = clap::value_parser!(i64).range(100..=10_000_000))]
        people: i64,
        /// How many sessions there are; twenty for 230 people if not said
        #[arg(long, value_parser = clap::value_parser!(i64).range(10..=1_000_000))]
        sessions: Option<i64>,
        /// The number that chance begins with: the same one gives the same region
        #[arg(long, default_value_t = 1)]
        rng: u64,
    },
    /// Copies the embedded database to a new file, also while it serves
    Backup { file: PathBuf },
    /// Puts a copy in the place of the embedded database, while nothing serves
    Restore { file: PathBuf },
    /// The journal
    #[command(subcommand)]
    Journal(Journal),
    /// Certificates
    #[command(subcommand)]
    Certificates(Certificates),
}

#[derive(Debug, Subcommand)]
enum Certificates {
    /// Writes keys, status lists and badges as files, with which badges are checked while nothing serves
    Export {
        folder: PathBuf,
        /// Days for which the lists may be relied on; a revocation made later is unknown to them
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: u32,
    },
    /// Signs for a certifier with new keys from now on; what the old ones signed stays valid
    NewKeys {
        /// The short name under which the certifier signs
        name: String,
    },
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Makes an administrator, the first or another one, and prints the one-time link that sets the password
    Create { email: String },
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Employees of a company, from CSV or XLSX
    Employees {
        /// The SIRET of the company
        #[arg(long)]
        company: String,
        file: PathBuf,
        /// Says what would be done, and writes nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Journal {
    /// Checks every chain from its first row, and every checkpoint; names the first broken row
    Verify {
        /// A seal that was kept outside: its text, or a file with the letter that brought it
        #[arg(long, value_name = "FILE|TEXT")]
        checkpoint: Option<String>,
    },
    /// Writes the journal of one session to a file that is checked without our database
    Export {
        /// The number of the session
        #[arg(long)]
        session: i64,
        file: PathBuf,
    },
    /// Checks a file that was exported, without any database; names the first altered row
    Check {
        file: PathBuf,
        /// A seal that was kept outside: its text, or a file with the letter that brought it
        #[arg(long, value_name = "FILE|TEXT")]
        checkpoint: Option<String>,
    },
    /// Signs with a new key from now on; what the old one signed stays valid
    NewKey,
}

/// Whoever reads no further, as `| head` does, has what they wanted.
fn said(words: std::fmt::Arguments<'_>) -> anyhow::Result<()> {
    match writeln!(std::io::stdout().lock(), "{words}") {
        Err(cut) if cut.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(cut).context("standard output cannot be written to")
        }
        _ => Ok(()),
    }
}

/// An error with its causes; databases and parsers tell theirs in several lines.
pub fn one_line(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        match said.as_str() {
            "" => said = cause,
            // Some tell their cause themselves.
            already if already.contains(&cause) => {}
            _ => said = format!("{said}: {cause}"),
        }
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Does what the command line says.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Demo { listen, data, fresh } => {
            log("warn", LogFormat::Text)?;
            demo::run(listen, &data, fresh)
        }
        Command::Serve => serve::run(&settings()?),
        Command::Migrate => migrate::run(&settings()?),
        Command::Doctor => doctor::run(),
        Command::Admin(Admin::Create { email }) => admin::create(&settings()?, &email),
        Command::Import(Import::Employees { company, file, dry_run }) => {
            let mode = if dry_run { Mode::DryRun } else { Mode::Keep };
            import::employees(&settings()?, &company, &file, mode)
        }
        Command::Seed { people, sessions, rng } => {
            seed::run(&settings()?, seed::Size { people, sessions, rng })
        }
        Command::Backup { file } => backup::back_up(&settings()?, &file),
        Command::Restore { file } => backup::restore(&settings()?, &file),
        Command::Journal(Journal::Verify { checkpoint }) => {
            journal::verify(&settings()?, checkpoint.as_deref())
        }
        Command::Journal(Journal::Export { session, file }) => journal::export(&settings()?, session, &file),
        Command::Journal(Journal::Check { file, checkpoint }) => journal::check(&file, checkpoint.as_deref()),
        Command::Journal(Journal::NewKey) => journal::new_key(&settings()?),
        Command::Certificates(Certificates::Export { folder, days }) => {
            certificates::export(&settings()?, &folder, days)
        }
        Command::Certificates(Certificates::NewKeys { name }) => certificates::new_keys(&settings()?, &name),
    }
}

fn settings() -> anyhow::Result<Settings> {
    let settings = Settings::read()?;
    log(&settings.log, settings.log_format)?;
    Ok(settings)
}

/// What is logged. A word that is no level would be taken for the name of a module, and nothing be logged.
fn filter(text: &str) -> anyhow::Result<EnvFilter> {
    let is_known = |part: &str| part.contains(['=', '[']) || part.parse::<LevelFilter>().is_ok();
    let said = || {
        format!(
            "log is error, warn, info or debug, or a filter with levels like « warn,parcours::requests=debug », not « {text} »"
        )
    };
    anyhow::ensure!(text.split(',').map(str::trim).all(is_known), said());
    EnvFilter::try_new(text).with_context(said)
}

/// Logs go to standard error: paths and causes, nothing about people.
fn log(text: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter = filter(text)?;
    // A log that nobody reads any more is no reason to stop.
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_of_the_log_has_levels() {
        for right in ["info", "WARN", "warn,parcours::requests=debug", "off"] {
            assert!(filter(right).is_ok(), "{right}");
        }
        for wrong in ["verbose", "parcours", "warn,parcours=loud"] {
            let said = filter(wrong).unwrap_err().to_string();
            assert!(said.contains(&format!("not « {wrong} »")), "{said}");
        }
    }

    #[test]
    fn an_error_is_one_line_and_says_nothing_twice() {
        let error = anyhow::anyhow!("no route\n\tto the host").context("it failed: no route\n\tto the host");
        assert_eq!(one_line(&error.context("trial")), "trial: it failed: no route to the host");
    }
}
