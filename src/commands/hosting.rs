//! What the commands that serve, and those that act, have in common.

use crate::settings::{KeyFile, Settings, WayOut};
use actions::link_requests;
use actions::rounds::{self, Reminders};
use actions::{self, House};
use anyhow::Context as _;
use clock::{Beat, Clock};
use credentials::{self, Cost, Keys, Passwords};
use domain::keys::KeyPurpose;
use mail::{Courier, Sender, Transport, Unusable};
use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;
use store::{self, Store, Unfit};
use web::Hosting;

/// Passwords that are hashed at the same time: each takes 19 MiB.
const HASHES_AT_ONCE: usize = 4;

/// How long a mail server may take for each of its answers.
const SMTP_PATIENCE: Duration = Duration::from_secs(30);

/// The house that the settings describe, in this database.
pub fn house(settings: &Settings, store: Store) -> anyhow::Result<House> {
    let sender = Sender {
        public_url: settings.public_url.clone(),
        from: settings.mail_from.clone(),
        domain: settings.mail_domain().to_owned(),
    };
    let passwords = Passwords::new(Cost::OWASP, HASHES_AT_ONCE)?;
    let (keys, checkpoint_minutes) = (keys(settings)?, i64::from(settings.checkpoint_minutes));
    let issuer_host = issuer_host(settings);
    Ok(House {
        store,
        clock: Clock::default(),
        passwords,
        sender,
        keys,
        checkpoint_minutes,
        issuer_host,
        once: None,
    })
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
        KeyFile::Beside(file) if is_there(file)? => Some(Keys::read(file)?),
        KeyFile::Beside(_) | KeyFile::None => None,
    })
}

/// What cannot be looked for is not missing.
fn is_there(file: &Path) -> anyhow::Result<bool> {
    file.try_exists().with_context(|| file.display().to_string())
}

/// The house of a server, and what holds an embedded database for it until it is dropped. That database is made and
/// brought to this version, and given its master key if it has none.
pub fn serving_house(settings: &Settings) -> anyhow::Result<(House, Option<File>)> {
    let store = Store::open(&settings.database_url, settings.connections)?;
    let claimed = store.claim()?;
    if store.is_embedded() {
        for name in store.migrate()? {
            tracing::info!(migration = name, "migrated");
        }
    }
    let mut house = house(settings, store)?;
    if let KeyFile::Beside(file) = &settings.key_file
        && house.keys.is_none()
    {
        let is_signed = house.store.read(|conn| store::keys::active(conn, KeyPurpose::Journal))?.is_some();
        anyhow::ensure!(
            !is_signed,
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
    if house.keys.is_some() {
        match actions::keys::check(&house, KeyPurpose::Journal) {
            // It is away, or older than this program: /readyz says so.
            Ok(_) | Err(actions::Error::Store(_)) => {}
            Err(error) => {
                tracing::error!("the master key is not the one that this database was sealed under: {error}");
            }
        }
    }
    Ok((house, claimed))
}

/// The house of a command that acts, refused unless its database is there and of this version.
pub fn ready_house(settings: &Settings) -> anyhow::Result<House> {
    let house = house(settings, Store::open_existing(&settings.database_url, settings.connections)?)?;
    is_ready(&house.store)?;
    Ok(house)
}

/// Refuses a database that is older than this program, or that others made.
pub fn is_ready(store: &Store) -> anyhow::Result<()> {
    if store.is_made_by_others()? {
        return Err(Unfit::Others.into());
    }
    anyhow::ensure!(store.is_ready()?, "the database is older than this program: run `parcours migrate`");
    Ok(())
}

pub fn listener(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).with_context(|| format!("{address} cannot be listened on"))
}

/// Where the pages are served, and `/metrics` if it has a listener of its own.
pub fn at(settings: &Settings, listener: TcpListener, metrics_listener: Option<TcpListener>) -> Hosting {
    Hosting {
        listener,
        metrics_listener,
        workers: settings.workers,
        drain: Duration::from_secs(settings.drain_seconds.into()),
    }
}

/// How letters leave, by the settings.
pub fn transport(settings: &Settings) -> Result<Transport, Unusable> {
    match &settings.way_out {
        WayOut::Smtp(url) => Transport::smtp(url, SMTP_PATIENCE),
        WayOut::Folder(folder) => Ok(Transport::Folder(folder.clone())),
    }
}

/// What goes on beside the pages, until it is dropped: the courier, the rounds, and the links that people ask for.
pub fn beside(house: &House, settings: &Settings, transport: Transport) -> std::io::Result<[Beat; 3]> {
    let courier = Courier {
        store: house.store.clone(),
        clock: house.clock.clone(),
        sender: house.sender.clone(),
        transport,
    };
    let reminders = Reminders(settings.reminder_days.clone());
    Ok([courier.spawn()?, rounds::spawn(house.clone(), reminders)?, link_requests::spawn(house.clone())?])
}
