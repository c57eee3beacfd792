//! `parcours doctor`: is everything there that serving needs?

use super::hosting;
use crate::actions;
use crate::credentials;
use crate::domain::keys::KeyPurpose;
use crate::settings::{KeyFile, Settings, WayOut};
use crate::store::{self, Store};
use anyhow::{Context as _, bail, ensure};
use std::fs;
use std::path::Path;

/// How far the clocks of this machine and of the database may be apart.
const SKEW_SECONDS: i64 = 5;

type Check = fn(&Settings) -> anyhow::Result<String>;

/// A line each, `ok` or `FAILED`; fails when one did.
#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub fn run() -> anyhow::Result<()> {
    let settings = match Settings::read() {
        Ok(settings) => settings,
        Err(error) => {
            println!("FAILED  settings: {error:#}");
            bail!("one check failed");
        }
    };
    println!("ok      settings: people type {}", settings.public_url);
    let checks: [(&str, Check); 5] =
        [("database", database), ("key", key), ("mail", mail), ("clock", clock), ("folders", folders)];
    let mut failed = 0;
    for (name, check) in checks {
        match check(&settings) {
            Ok(said) => println!("ok      {name}: {said}"),
            Err(error) => {
                failed += 1;
                println!("FAILED  {name}: {error:#}");
            }
        }
    }
    ensure!(failed == 0, "{failed} of the checks failed");
    Ok(())
}

fn database(settings: &Settings) -> anyhow::Result<String> {
    let store = Store::open(&settings.database_url, 1)?;
    if !store.is_ready()? && !store.is_embedded() {
        bail!("reached, but older than this program: run `parcours migrate`");
    }
    Ok(match store.file() {
        Some(file) => format!("embedded, {}", file.display()),
        None => "PostgreSQL, of this version".to_owned(),
    })
}

fn key(settings: &Settings) -> anyhow::Result<String> {
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
    let house = hosting::house(settings)?;
    if !house.store.is_ready()? {
        return Ok(format!("{}, for a database that is not of this version yet", file.display()));
    }
    let signs = house.store.read(|conn| store::keys::active(conn, KeyPurpose::Journal))?.is_some();
    if house.keys.is_none() {
        ensure!(!signs, "{} is missing: put it back, or nothing more is sealed", file.display());
        return Ok(format!("none yet: `serve` makes {}", file.display()));
    }
    Ok(match actions::keys::check(&house, KeyPurpose::Journal)? {
        Some(public) => format!("{}, the journal is signed by {}", file.display(), public.fingerprint()),
        None => format!("{}, nothing was signed yet", file.display()),
    })
}

fn mail(settings: &Settings) -> anyhow::Result<String> {
    hosting::transport(settings)?.check()?;
    Ok(match &settings.way_out {
        WayOut::Smtp(_) => "the mail server answers".to_owned(),
        WayOut::Folder(folder) => {
            format!("no mail server: letters become files in {}", folder.display())
        }
    })
}

fn clock(settings: &Settings) -> anyhow::Result<String> {
    let house = hosting::house(settings)?;
    let theirs = house.store.clock()?;
    let skew = house.clock.now().seconds_since(theirs);
    ensure!(
        skew.abs() <= SKEW_SECONDS,
        "this machine and the database are {skew} s apart: set both by the same time server"
    );
    Ok(format!("{} UTC", house.clock.now().0.format("%Y-%m-%d %H:%M:%S")))
}

fn folders(settings: &Settings) -> anyhow::Result<String> {
    let store = Store::open(&settings.database_url, 1)?;
    let Some(file) = store.file() else { return Ok("none is needed".to_owned()) };
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    writable(folder)?;
    Ok(format!("{} can be written to", folder.display()))
}

fn writable(folder: &Path) -> anyhow::Result<()> {
    let about = || format!("{} cannot be written to", folder.display());
    fs::create_dir_all(folder).with_context(about)?;
    let trial = folder.join(".parcours-doctor");
    fs::write(&trial, b"").with_context(about)?;
    fs::remove_file(&trial).with_context(about)
}
