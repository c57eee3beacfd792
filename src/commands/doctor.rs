//! `parcours doctor`: is everything there that serving needs? It makes nothing that is not there.

use super::{filter, hosting, one_line};
use crate::settings::{KeyFile, Settings, WayOut};
use anyhow::{Context as _, bail, ensure};
use clock::Clock;
use domain::keys::KeyPurpose;
use std::fs;
use std::path::{Path, PathBuf};
use store::{self, Store, Unfit};

/// How far the clocks of this machine and of the database may be apart.
const SKEW_SECONDS: i64 = 5;

type Said = anyhow::Result<String>;

/// A line each, `ok` or `FAILED`; fails when one did.
pub fn run() -> anyhow::Result<()> {
    let settings = Settings::read().and_then(|settings| filter(&settings.log).map(|_| settings));
    let checks = match settings {
        Ok(settings) => checks(&settings),
        Err(error) => vec![("settings", Err(error))],
    };
    let mut failed = 0;
    for (name, said) in checks {
        match said {
            Ok(said) => say!("ok      {name}: {said}")?,
            Err(error) => {
                failed += 1;
                say!("FAILED  {name}: {}", one_line(&error))?;
            }
        }
    }
    ensure!(failed == 0, "{failed} of the checks failed");
    Ok(())
}

/// Why a database cannot be used is said once; what would be compared with it is then judged by itself.
fn checks(settings: &Settings) -> Vec<(&'static str, Said)> {
    let (found, said) = match Found::of(settings) {
        Ok(found) => {
            let said = found.said();
            (Some(found), said)
        }
        Err(error) => (None, Err(error)),
    };
    vec![
        ("settings", Ok(format!("people type {}", settings.public_url))),
        ("database", said),
        ("key", key(settings, found.as_ref())),
        ("mail", mail(settings)),
        ("clock", clock(found.as_ref())),
        ("folders", folders(found.as_ref())),
    ]
}

/// What lies where the settings say that the database is.
enum Found {
    /// An embedded one will be made here.
    Absent(PathBuf),
    Old(Store),
    Current(Store),
}

impl Found {
    fn of(settings: &Settings) -> anyhow::Result<Self> {
        let store = match Store::open_existing(&settings.database_url, settings.connections) {
            Err(Unfit::Absent(path)) => return Ok(Self::Absent(path)),
            other => other?,
        };
        if store.is_made_by_others()? {
            return Err(Unfit::Others.into());
        }
        Ok(if store.is_ready()? { Self::Current(store) } else { Self::Old(store) })
    }

    fn said(&self) -> Said {
        Ok(match self {
            Self::Absent(path) => format!("none yet: `serve` makes {}", path.display()),
            Self::Old(store) => match store.file() {
                Some(file) => format!("embedded, {}, which `serve` brings to this version", file.display()),
                None => bail!("reached, but older than this program: run `parcours migrate`"),
            },
            Self::Current(store) => match store.file() {
                Some(file) => format!("embedded, {}, of this version", file.display()),
                None => "PostgreSQL, of this version".to_owned(),
            },
        })
    }

    fn store(&self) -> Option<&Store> {
        match self {
            Self::Old(store) | Self::Current(store) => Some(store),
            Self::Absent(_) => None,
        }
    }

    fn file(&self) -> Option<&Path> {
        match self {
            Self::Old(store) | Self::Current(store) => store.file(),
            Self::Absent(path) => Some(path),
        }
    }
}

fn key(settings: &Settings, found: Option<&Found>) -> Said {
    let file = match &settings.key_file {
        KeyFile::None => bail!(
            "none: the journal is not sealed; make a file for all servers with `openssl rand -base64 32`, and name it in PARCOURS_KEY_FILE"
        ),
        KeyFile::Beside(file) | KeyFile::Named(file) => file,
    };
    ensure!(
        !credentials::is_open_to_others(file),
        "others on this machine can read {0}: chmod 600 {0}",
        file.display()
    );
    let is_there = hosting::keys(settings)?.is_some();
    let name = file.display();
    let store = match found {
        Some(Found::Current(store)) => store,
        Some(Found::Absent(_)) if !is_there => return Ok(format!("none yet: `serve` makes {name}")),
        _ if is_there => return Ok(format!("{name}, not compared with a database")),
        _ => return Ok(format!("{name} is not there: put it back if this database had one")),
    };
    let house = hosting::house(settings, store.clone())?;
    if !is_there {
        let signs = house.store.read(|conn| store::keys::active(conn, KeyPurpose::Journal))?.is_some();
        ensure!(!signs, "{name} is missing: put it back, or nothing more is sealed");
        return Ok(format!("none yet: `serve` makes {name}"));
    }
    Ok(match actions::keys::check(&house, KeyPurpose::Journal)? {
        Some(public) => format!("{name}, the journal is signed by {}", public.fingerprint()),
        None => format!("{name}, nothing was signed yet"),
    })
}

fn mail(settings: &Settings) -> Said {
    match &settings.way_out {
        WayOut::Smtp(_) => {
            hosting::transport(settings)?.check()?;
            Ok("the mail server answers".to_owned())
        }
        WayOut::Folder(folder) => {
            writable(folder)?;
            Ok(format!("no mail server: letters become files in {}", folder.display()))
        }
    }
}

fn clock(found: Option<&Found>) -> Said {
    let clock = Clock::default();
    if let Some(store) = found.and_then(Found::store) {
        let skew = clock.now().seconds_since(store.clock()?);
        ensure!(
            skew.abs() <= SKEW_SECONDS,
            "this machine and the database are {skew} s apart: set both by the same time server"
        );
    }
    Ok(format!("{} UTC", clock.now().0.format("%Y-%m-%d %H:%M:%S")))
}

fn folders(found: Option<&Found>) -> Said {
    let Some(found) = found else { return Ok("not looked at without a database".to_owned()) };
    let Some(file) = found.file() else { return Ok("none is needed".to_owned()) };
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    writable(folder)?;
    Ok(format!("{} can be written to", folder.display()))
}

/// Whether files can be made in a folder, or in the one where it will be made.
fn writable(folder: &Path) -> anyhow::Result<()> {
    let about = || format!("{} cannot be written to", folder.display());
    let whole = std::path::absolute(folder).with_context(about)?;
    let there = whole.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&whole);
    let trial = there.join(".parcours-doctor");
    fs::write(&trial, b"").with_context(about)?;
    fs::remove_file(&trial).with_context(about)
}
