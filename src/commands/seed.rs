//! `parcours seed`: a large made-up region, for load work, as it stands at the last quarter of an hour. The same number to
//! begin with gives the same region then, but for the hashes of passwords and the key of the journal.

mod dice;
mod founding;
mod letters;
mod names;
mod places;
mod region;
mod room;
mod sessions;

use super::hosting;
use crate::settings::Settings;
use actions::{self, House};
use anyhow::Context as _;
use clock::Clock;
use domain::access::Role;
use domain::calendar::{Instant, Zone};
use domain::ids::PersonId;
use founding::PASSWORD;
use indicatif::{ProgressBar, ProgressStyle};
use region::Region;
use sessions::{Counters, Stage};
use std::sync::mpsc;
use store::{self, installation::Purpose};

/// People that are written in one transaction, and sessions.
const PEOPLE_AT_ONCE: i64 = 5_000;
const SESSIONS_AT_ONCE: i64 = 100;
/// Batches that may wait to be written: so much is in memory at most.
const WAITING: usize = 2;
/// Sessions under one checkpoint of the journal.
const SESSIONS_SEALED: i64 = 1_500;
/// Minutes between two of them.
const BETWEEN_SEALS: i64 = 120;
/// One session for so many people, if nothing else is said: 20,000 for 230,000.
const SESSIONS_FOR: (i64, i64) = (20, 230);

/// Seconds of a quarter of an hour.
const QUARTER: i64 = 15 * 60;

/// How large a region.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub people: i64,
    pub sessions: Option<i64>,
    pub rng: u64,
}

/// Prints the accounts to log in with, a line each.
pub fn run(settings: &Settings, size: Size) -> anyhow::Result<()> {
    let (house, _claimed) = hosting::serving_house(settings)?;
    hosting::is_ready(&house.store)?;
    anyhow::ensure!(
        house.store.read(store::installation::is_empty)?,
        "there is something in this database already: a made-up region goes into an empty one only"
    );
    let accounts = load(&house, size, quarter(house.clock.now()))?;
    for (role, email) in accounts {
        say!("{role}\t{email}\t{PASSWORD}")?;
    }
    Ok(())
}

/// The last quarter of an hour: whoever comes a minute later finds the same region.
fn quarter(now: Instant) -> Instant {
    let begun = now.utc().timestamp() / QUARTER * QUARTER;
    chrono::DateTime::from_timestamp(begun, 0).map_or(now, Instant::from_utc)
}

/// Loads the region as it stands at `now`, and answers the accounts to log in with.
fn load(house: &House, size: Size, now: Instant) -> anyhow::Result<Vec<(Role, String)>> {
    let sessions = size.sessions.unwrap_or(size.people * SESSIONS_FOR.0 / SESSIONS_FOR.1).max(10);
    let hash = house.passwords.hash(PASSWORD)?;
    house.store.make_room_for_loading()?;
    // Written first: what was cut short is never taken for anything else.
    let programme = house.store.write(|conn| {
        store::installation::found(conn, Purpose::MadeUp, now)?;
        founding::found(conn, size.rng, now, sessions, &hash).map_err(Stopped::Other)
    });
    let programme = programme.map_err(Stopped::into_error)?;
    let region = Region::draw(size.rng, now, now.day(Zone::OFFICE), size.people, programme.taken, hash)?;
    let stage = Stage { region: &region, programme: &programme, sender: &house.sender, sessions };
    write(house, &stage, size.people)?;
    house.store.write(store::seed::settle)?;
    let mut accounts = programme.accounts.clone();
    let employer = region.company(0)?.contact_email();
    let trainee = region.person(PersonId(1))?.email.context("the trainee has an address")?;
    accounts.push((Role::Employer, employer));
    accounts.push((Role::Trainee, trainee.to_string()));
    accounts.sort_by_key(|(role, _)| *role);
    Ok(accounts)
}

/// What goes into one transaction.
enum Batch {
    Staff(store::seed::Staff),
    Sessions(store::seed::Sessions),
}

/// One thread makes the rows up, this one writes them.
fn write(house: &House, stage: &Stage<'_>, people: i64) -> anyhow::Result<()> {
    let mut sealing = Sealing::new(house, stage.sessions);
    // The first one makes the key, which the journal tells: every other row comes after it.
    sealing.seal()?;
    let counters = Counters { journal: house.store.read(store::seed::last_row)?, ..Counters::default() };
    let bar = ProgressBar::new((people + stage.sessions).unsigned_abs())
        .with_style(ProgressStyle::with_template("{wide_bar} {pos}/{len}")?);
    std::thread::scope(|scope| {
        let (give, take) = mpsc::sync_channel(WAITING);
        let author = scope.spawn(move || imagine(stage, counters, &give));
        let mut written = Ok(());
        for batch in take {
            written = keep(house, stage, &batch, &mut sealing);
            if written.is_err() {
                break;
            }
            bar.inc(match &batch {
                Batch::Staff(staff) => staff.people.len() as u64,
                Batch::Sessions(all) => all.sessions.len() as u64,
            });
        }
        let imagined = author.join().map_err(|_| anyhow::anyhow!("the region could not be made up"))?;
        bar.finish_and_clear();
        written.and(imagined)
    })
}

fn keep(house: &House, stage: &Stage<'_>, batch: &Batch, sealing: &mut Sealing<'_>) -> anyhow::Result<()> {
    match batch {
        Batch::Staff(staff) => {
            house.store.write(|conn| store::seed::keep_staff(conn, stage.programme.id, staff))?;
            Ok(())
        }
        Batch::Sessions(all) => {
            house.store.write(|conn| store::seed::keep_sessions(conn, all))?;
            sealing.after(i64::try_from(all.sessions.len())?)
        }
    }
}

/// Makes all rows up, batch by batch. Ends early when nobody takes them any more.
fn imagine(stage: &Stage<'_>, mut counters: Counters, give: &mpsc::SyncSender<Batch>) -> anyhow::Result<()> {
    let companies = &stage.region.companies;
    let mut from = 0;
    while from < companies.len() {
        let mut people = 0;
        let fits = |company: &&region::Company| {
            people += company.size;
            people - company.size < PEOPLE_AT_ONCE
        };
        let many = companies.iter().skip(from).take_while(fits).count();
        if give.send(Batch::Staff(stage.region.staff(from..from + many)?)).is_err() {
            return Ok(());
        }
        from += many;
    }
    for first in (0..stage.sessions).step_by(usize::try_from(SESSIONS_AT_ONCE)?) {
        let mut all = store::seed::Sessions::default();
        for number in first..(first + SESSIONS_AT_ONCE).min(stage.sessions) {
            sessions::play(stage, number, &mut counters, &mut all)
                .with_context(|| format!("session {number} could not be made up"))?;
        }
        if give.send(Batch::Sessions(all)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// Checkpoints of the journal on the way, on a clock that is set back: each looks through what came since the one
/// before, and the first round of a server finds nothing to do. Without a master key nothing is sealed.
struct Sealing<'a> {
    house: &'a House,
    left: i64,
    unsealed: i64,
}

impl<'a> Sealing<'a> {
    fn new(house: &'a House, sessions: i64) -> Self {
        Self { house, left: sessions, unsealed: 0 }
    }

    fn after(&mut self, sessions: i64) -> anyhow::Result<()> {
        self.left -= sessions;
        self.unsealed += sessions;
        if self.left > 0 && self.unsealed < SESSIONS_SEALED {
            return Ok(());
        }
        self.unsealed = 0;
        self.seal()
    }

    fn seal(&self) -> anyhow::Result<()> {
        if self.house.keys.is_none() {
            return Ok(());
        }
        let clock = Clock::default();
        clock.advance_minutes(-(self.left * BETWEEN_SEALS / SESSIONS_SEALED));
        let then = House { clock, ..self.house.clone() };
        actions::journal::checkpoint(&then)?;
        Ok(())
    }
}

/// Why the founding stopped, in a transaction that answers both kinds of failure.
enum Stopped {
    Store(store::Error),
    Other(anyhow::Error),
}

impl From<store::Error> for Stopped {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl Stopped {
    fn into_error(self) -> anyhow::Error {
        match self {
            Self::Store(error) => error.into(),
            Self::Other(error) => error,
        }
    }
}
