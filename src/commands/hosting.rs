//! What the commands that serve, and those that act, have in common.

use crate::actions::rounds::{self, Reminders};
use crate::actions::{self, House};
use crate::clock::{Beat, Clock};
use crate::credentials::{self, Cost, Keys, Passwords};
use crate::domain::keys::KeyPurpose;
use crate::mail::{Courier, Sender, Transport, Unusable};
use crate::settings::{KeyFile, Settings, WayOut};
use crate::store::{self, Store};
use anyhow::Context as _;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

/// Passwords that are hashed at the same time: each takes 19 MiB.
const HASHES_AT_ONCE: usize = 4;

/// How long a mail server may take for each of its answers.
const SMTP_PATIENCE: Duration = Duration::from_secs(30);

/// The house that the settings describe, with a database that is there.
pub fn house(settings: &Settings) -> anyhow::Result<House> {
    house_of(settings, Store::open_existing(&settings.database_url, settings.connections)?)
}

fn house_of(settings: &Settings, store: Store) -> anyhow::Result<House> {
    let sender = Sender {
        public_url: settings.public_url.clone(),
        from: settings.mail_from.clone(),
        domain: settings.mail_domain().to_owned(),
    };
    let passwords = Passwords::new(Cost::OWASP, HASHES_AT_ONCE)?;
    let (keys, checkpoint_minutes) = (keys(settings)?, i64::from(settings.checkpoint_minutes));
    let issuer_host = issuer_host(settings);
    Ok(House { store, clock: Clock::default(), passwords, sender, keys, checkpoint_minutes, issuer_host })
}

/// Certificates name a host that anybody can reach, and no port of it.
fn issuer_host(settings: &Settings) -> Option<String> {
    settings.public_url.strip_prefix("https://").filter(|host| !host.contains(':')).map(str::to_owned)
}

/// The master key. A file that is named must be there; the one beside an embedded database is made with
/// the first start of its server.
pub fn keys(settings: &Settings) -> anyhow::Result<Option<Keys>> {
    Ok(match &settings.key_file {
        KeyFile::Named(file) => Some(Keys::read(file)?),
        KeyFile::Beside(file) if file.exists() => Some(Keys::read(file)?),
        KeyFile::Beside(_) | KeyFile::None => None,
    })
}

/// The house of a server: an embedded database is made if it is not there, and given its master key if it has none.
pub fn serving_house(settings: &Settings) -> anyhow::Result<House> {
    let mut house = house_of(settings, Store::open(&settings.database_url, settings.connections)?)?;
    // Older than this program, it is looked at when it was migrated: with the next start.
    let is_signed = house.store.is_ready().unwrap_or_default()
        && house.store.read(|conn| store::keys::active(conn, KeyPurpose::Journal))?.is_some();
    if let KeyFile::Beside(file) = &settings.key_file {
        anyhow::ensure!(
            file.exists() || !is_signed,
            "{} is missing: put it back, since another one opens nothing of what was sealed; if it is lost for good, docs/journal.md says how to go on",
            file.display()
        );
        house.keys = Some(Keys::read_or_make(file)?);
    }
    if let KeyFile::Beside(file) | KeyFile::Named(file) = &settings.key_file
        && credentials::is_open_to_others(file)
    {
        tracing::warn!("others on this machine can read the master key: chmod 600 {}", file.display());
    }
    if is_signed
        && house.keys.is_some()
        && let Err(error) = actions::keys::check(&house, KeyPurpose::Journal)
    {
        tracing::error!("the master key is not the one that this database was sealed under: {error}");
    }
    Ok(house)
}

/// The same, refused unless its database is of this version.
pub fn ready_house(settings: &Settings) -> anyhow::Result<House> {
    let house = house(settings)?;
    anyhow::ensure!(
        house.store.is_ready()?,
        "the database is older than this program: run `parcours migrate`"
    );
    Ok(house)
}

pub fn listener(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).with_context(|| format!("{address} cannot be listened on"))
}

/// How letters leave, by the settings.
pub fn transport(settings: &Settings) -> Result<Transport, Unusable> {
    match &settings.way_out {
        WayOut::Smtp(url) => Transport::smtp(url, SMTP_PATIENCE),
        WayOut::Folder(folder) => Ok(Transport::Folder(folder.clone())),
    }
}

/// What goes on beside the pages, until it is dropped: the courier and the rounds.
pub fn beside(house: &House, settings: &Settings, transport: Transport) -> std::io::Result<[Beat; 2]> {
    let courier = Courier {
        store: house.store.clone(),
        clock: house.clock.clone(),
        sender: house.sender.clone(),
        transport,
    };
    let reminders = Reminders(settings.reminder_days.clone());
    Ok([courier.spawn()?, rounds::spawn(house.clone(), reminders)?])
}
