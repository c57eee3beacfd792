//! Runs the stories. Each is a trial for each machine it wants (`a_trainee_cancels::the_seat_is_freed::postgres`); what
//! lacks its machine is ignored, and the last line says why.
//!
//! A story is a function that borrows its [`Database`]; the file says which ones it tells, and where:
//!
//! ```ignore
//! stories! {
//!     both: the_last_seat_goes_to_the_first, the_next_one_waits;
//!     sqlite: a_backup_is_restored;
//!     chromium: a_trainee_enrols_on_a_phone;
//!     xmllint: a_file_is_valid_by_its_schema;
//!     verifiers: others_accept_what_we_sign;
//!     papers: others_read_what_we_print;
//! }
//! ```
//!
//! `cargo test --test stories cancels` runs the stories whose file or name says «cancels», on both databases;
//! `… -- ::sqlite` runs all, on one. `PARCOURS_TEST_REQUIRE=postgres,browser,checkers` makes a missing machine a failure.

// A vocabulary for all stories: not each word is said on each day.
#![allow(dead_code)]

mod databases;
pub mod ear;
mod postgres;
pub mod scratch;
pub mod xmllint;

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::thread;

use libtest_mimic::{Arguments, Failed, Trial};

pub use databases::{Database, Databases, Kind};

use crate::browser::{checkers, driver};
use crate::verifiers::{self, papers};

/// Where a story happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Both,
    Sqlite,
    Postgres,
    Chromium,
    Xmllint,
    Verifiers,
    Papers,
}

/// What must be on the machine for a trial to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Machine {
    Sqlite,
    Postgres,
    Chromium,
    Xmllint,
    Verifiers,
    Papers,
}

pub struct Story {
    name: String,
    place: Place,
    tell: fn(&Database),
}

impl Story {
    /// On SQLite and on PostgreSQL: what almost every story wants.
    pub fn both(module: &str, name: &str, tell: fn(&Database)) -> Self {
        Self::at(Place::Both, module, name, tell)
    }

    /// On SQLite only: backups, the lock beside the file, and what never meets a database.
    pub fn sqlite(module: &str, name: &str, tell: fn(&Database)) -> Self {
        Self::at(Place::Sqlite, module, name, tell)
    }

    /// On PostgreSQL only: several servers.
    pub fn postgres(module: &str, name: &str, tell: fn(&Database)) -> Self {
        Self::at(Place::Postgres, module, name, tell)
    }

    /// In Chromium, on SQLite: the story may open browsers.
    pub fn chromium(module: &str, name: &str, tell: fn(&Database)) -> Self {
        Self::at(Place::Chromium, module, name, tell)
    }

    /// Beside xmllint, which judges XML by a schema.
    pub fn xmllint(module: &str, name: &str, tell: fn(&Database)) -> Self {
        Self::at(Place::Xmllint, module, name, tell)
    }

    /// With the programs of others that check badges (`tests/verifiers`), on SQLite.
    pub fn verifiers(module: &str, name: &str, tell: fn(&Database)) -> Self {
        Self::at(Place::Verifiers, module, name, tell)
    }

    /// With the programs of others that judge papers (`tests/verifiers/papers.rs`), on SQLite.
    pub fn papers(module: &str, name: &str, tell: fn(&Database)) -> Self {
        Self::at(Place::Papers, module, name, tell)
    }

    fn at(place: Place, module: &str, name: &str, tell: fn(&Database)) -> Self {
        let file = module.rsplit("::").next().unwrap_or(module);
        Self { name: format!("{file}::{name}"), place, tell }
    }

    fn trial(&self, machine: Machine, databases: &'static Databases) -> Trial {
        let tell = self.tell;
        let kind = if machine == Machine::Postgres { Kind::Postgres } else { Kind::Sqlite };
        Trial::test(machine.name_of(self), move || listened_to(|| tell(&databases.migrated(kind))))
    }
}

/// Writes `pub fn stories()`, the list of a file.
macro_rules! stories {
    ($($place:ident: $($story:ident),+ $(,)?);+ $(;)?) => {
        pub fn stories() -> Vec<$crate::harness::Story> {
            vec![$($($crate::harness::Story::$place(module_path!(), stringify!($story), $story)),+),+]
        }
    };
}
pub(crate) use stories;

impl Place {
    fn machines(self) -> &'static [Machine] {
        match self {
            Self::Both => &[Machine::Sqlite, Machine::Postgres],
            Self::Sqlite => &[Machine::Sqlite],
            Self::Postgres => &[Machine::Postgres],
            Self::Chromium => &[Machine::Chromium],
            Self::Xmllint => &[Machine::Xmllint],
            Self::Verifiers => &[Machine::Verifiers],
            Self::Papers => &[Machine::Papers],
        }
    }
}

impl Machine {
    fn name_of(self, story: &Story) -> String {
        let machine = match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Chromium => "chromium",
            Self::Xmllint => "xmllint",
            Self::Verifiers => "verifiers",
            Self::Papers => "papers",
        };
        format!("{}::{machine}", story.name)
    }
}

/// The machines that this run lacks, each with the reason.
struct Missing {
    postgres: Option<String>,
    browser: Option<String>,
    checkers: Option<String>,
    xmllint: Option<String>,
    verifiers: Option<String>,
    papers: Option<String>,
}

impl Missing {
    fn here() -> Self {
        Self {
            postgres: postgres::Programs::find().err(),
            browser: driver::Programs::find().err(),
            checkers: checkers::missing(),
            xmllint: xmllint::missing(),
            verifiers: verifiers::missing(),
            papers: papers::missing(),
        }
    }

    fn for_a(&self, machine: Machine) -> Option<&str> {
        match machine {
            Machine::Sqlite => None,
            Machine::Postgres => self.postgres.as_deref(),
            Machine::Chromium => self.browser.as_deref(),
            Machine::Xmllint => self.xmllint.as_deref(),
            Machine::Verifiers => self.verifiers.as_deref(),
            Machine::Papers => self.papers.as_deref(),
        }
    }

    /// What is required and missing, as one sentence.
    fn refuse(&self, required: &str) -> Result<(), String> {
        for word in required.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let checkers = [&self.checkers, &self.xmllint, &self.verifiers, &self.papers];
            let missing = match word {
                "postgres" => self.postgres.as_ref(),
                "browser" => self.browser.as_ref(),
                "checkers" => checkers.into_iter().find_map(Option::as_ref),
                _ => {
                    return Err(format!(
                        "PARCOURS_TEST_REQUIRE knows postgres, browser and checkers, not « {word} »"
                    ));
                }
            };
            if let Some(reason) = missing {
                return Err(format!("PARCOURS_TEST_REQUIRE asks for {word}, and there is {reason}"));
            }
        }
        Ok(())
    }

    /// What the chosen stories could not be told on: the last line of the run.
    fn not_run(&self, chosen: &[Machine]) -> Option<String> {
        let count = |machine| chosen.iter().filter(|chosen| **chosen == machine).count();
        let stories = |count: usize| if count == 1 { "1 story".into() } else { format!("{count} stories") };
        let journeys = count(Machine::Chromium);
        let mut parts = Vec::new();
        if let (Some(reason), 1..) = (&self.postgres, count(Machine::Postgres)) {
            parts.push(format!("{} on PostgreSQL ({reason})", stories(count(Machine::Postgres))));
        }
        if let (Some(reason), 1..) = (&self.verifiers, count(Machine::Verifiers)) {
            parts.push(format!(
                "{} with the verifiers of badges ({reason})",
                stories(count(Machine::Verifiers))
            ));
        }
        if let (Some(reason), 1..) = (&self.papers, count(Machine::Papers)) {
            parts.push(format!("{} with the judges of papers ({reason})", stories(count(Machine::Papers))));
        }
        match (&self.browser, &self.checkers) {
            (Some(reason), _) if journeys > 0 => {
                parts.push(format!("{} in Chromium ({reason})", stories(journeys)));
            }
            (None, Some(reason)) if journeys > 0 => parts.push(format!("the checks of the pages ({reason})")),
            _ => {}
        }
        if let (Some(reason), 1..) = (&self.xmllint, count(Machine::Xmllint)) {
            parts.push(format!("{} beside xmllint ({reason})", stories(count(Machine::Xmllint))));
        }
        (!parts.is_empty()).then(|| format!("not run: {}", parts.join("; ")))
    }
}

/// Tells the stories that the command line chooses, then ends every machine that was started.
pub fn run(stories: &[Story], migrate: fn(&str)) -> ExitCode {
    let outcome = catch_unwind(|| tell_all(stories, migrate));
    scratch::end();
    outcome.unwrap_or(ExitCode::FAILURE)
}

#[expect(clippy::print_stdout, reason = "the runner prints there too")]
fn tell_all(stories: &[Story], migrate: fn(&str)) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // A story waits more than it computes: for its browser, its database, a letter.
    let cores = thread::available_parallelism().map_or(2, Into::into);
    arguments.test_threads = arguments.test_threads.or(Some((2 * cores).clamp(4, 8)));
    let missing = Missing::here();
    if !arguments.list
        && let Err(reason) = missing.refuse(&required())
    {
        eprintln!("{reason}");
        return ExitCode::FAILURE;
    }

    let databases = Databases::new(migrate);
    let (mut trials, mut chosen) = (Vec::new(), Vec::new());
    for story in stories {
        for machine in story.place.machines().iter().copied() {
            if is_chosen(&arguments, &machine.name_of(story)) {
                chosen.push(machine);
            }
            let lacks = missing.for_a(machine).is_some();
            trials.push(story.trial(machine, databases).with_ignored_flag(lacks));
        }
    }
    listen_for_panics();
    let told = libtest_mimic::run(&arguments, trials);
    let mut code = told.exit_code();
    if arguments.list {
        return code;
    }
    if let Err(complaints) = checkers::finish() {
        println!("{complaints}\n");
        code = ExitCode::FAILURE;
    }
    if let Some(line) = missing.not_run(&chosen) {
        println!("{line}");
    }
    code
}

/// The same choice as the runner's, which it keeps to itself.
fn is_chosen(arguments: &Arguments, name: &str) -> bool {
    let says =
        |filter: &String| if arguments.exact { name == filter } else { name.contains(filter.as_str()) };
    arguments.filter.as_ref().is_none_or(says) && !arguments.skip.iter().any(says)
}

#[expect(clippy::disallowed_methods, reason = "a setting of the tests, none of the program's")]
fn required() -> String {
    std::env::var("PARCOURS_TEST_REQUIRE").unwrap_or_default()
}

thread_local! {
    static LISTENING: Cell<bool> = const { Cell::new(false) };
    static HEARD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic in the thread of a story is told with the story, not in the middle of the others.
fn listen_for_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !LISTENING.get() {
            return usual(panic);
        }
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        HEARD.set(Some(format!("{place}\n{}{}", told(panic.payload()), our_frames())));
    }));
}

/// With `RUST_BACKTRACE=1`, the calls of this crate; `full` shows them all.
#[expect(clippy::disallowed_methods, reason = "a setting of Rust's")]
fn our_frames() -> String {
    let backtrace = Backtrace::capture();
    if backtrace.status() != BacktraceStatus::Captured {
        return String::new();
    }
    let backtrace = backtrace.to_string();
    if std::env::var("RUST_BACKTRACE").is_ok_and(|wish| wish == "full") {
        return format!("\n{backtrace}");
    }
    let ours = backtrace.lines().map(str::trim);
    let ours = ours.filter(|line| line.starts_with("at ./src") || line.starts_with("at ./tests"));
    ours.fold(String::new(), |text, line| text + "\n  " + line)
}

fn listened_to(story: impl FnOnce()) -> Result<(), Failed> {
    LISTENING.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(story));
    LISTENING.set(false);
    outcome.map_err(|panic| HEARD.take().unwrap_or_else(|| told(&*panic)).into())
}

/// What a panic said.
fn told(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without words".into())
}
