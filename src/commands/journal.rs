//! `parcours journal`: is it still what was written?

use super::hosting;
use crate::settings::Settings;
use actions::{self, House};
use anyhow::{Context as _, bail, ensure};
use domain::access::Actor;
use domain::ids::SessionId;
use domain::journal::seals::Seal;
use domain::journal::verifying::{self, Verdict};
use domain::keys::KeyPurpose;
use exchange::journals::Exported;
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

/// Every chain, every checkpoint, and a seal that was kept outside.
pub fn verify(settings: &Settings, seal: Option<&str>) -> anyhow::Result<()> {
    let seal = seal.map(kept).transpose()?;
    let house = hosting::ready_house(settings)?;
    let verdict = actions::journal::verify(&house, &Actor::HOUSE, seal.as_ref())?;
    holds(&verdict, "compare it with a backup")?;
    let Verdict { rows, chains, checkpoints, erased, .. } = verdict;
    say!("{rows} rows in {chains} chains hold, under {checkpoints} checkpoints")?;
    if erased > 0 {
        say!("{erased} of their reasons or evidence were erased, and are not compared any more")?;
    }
    Ok(())
}

/// The journal of one session, as a file that is whole or is not there.
pub fn export(settings: &Settings, session: i64, file: &Path) -> anyhow::Result<()> {
    let house = hosting::ready_house(settings)?;
    ensure!(!file.exists(), "{} is there already: name a new file", file.display());
    let partial = file.with_added_extension("partial");
    let written = written(&house, SessionId(session), &partial);
    let rows = match written.and_then(|rows| Ok(fs::rename(&partial, file).map(|()| rows)?)) {
        Ok(rows) => rows,
        Err(error) => {
            // What was begun is of no use; why it failed is.
            let _ = fs::remove_file(&partial);
            return Err(error);
        }
    };
    say!("{rows} rows of session {session} are in {}", file.display())
}

fn written(house: &House, session: SessionId, file: &Path) -> anyhow::Result<i64> {
    let about = || format!("{} cannot be written", file.display());
    let open = OpenOptions::new().write(true).create(true).truncate(true).open(file).with_context(about)?;
    let mut out = BufWriter::new(open);
    let of_session = || format!("session {session} cannot be exported");
    let (mut export, rows) =
        actions::journal::export(house, &Actor::HOUSE, session).with_context(of_session)?;
    loop {
        let piece = export.next(house).with_context(of_session)?;
        out.write_all(&piece.bytes).with_context(about)?;
        if piece.is_last {
            break;
        }
    }
    out.flush().with_context(about)?;
    out.get_ref().sync_all().with_context(about)?;
    Ok(rows)
}

/// A file that was exported, without any database.
pub fn check(file: &Path, seal: Option<&str>) -> anyhow::Result<()> {
    let seal = seal.map(kept).transpose()?;
    let about = || file.display().to_string();
    let open = File::open(file).with_context(about)?;
    let mut exported = Exported::read(BufReader::new(open)).with_context(about)?;
    if let Some(seal) = seal.as_ref().filter(|seal| seal.head.chain != exported.head.chain) {
        bail!("the seal is of {}, the file of {}", seal.head.chain, exported.head.chain);
    }
    let Ok(verdict) = verifying::verify(&mut exported, credentials::is_signed, seal.as_ref());
    holds(&verdict, "the file is not what was exported")?;
    let (rows, chain) = (verdict.rows, &exported.head.chain);
    match exported.covered() {
        None => say!("{rows} rows of {chain} hold; no checkpoint covers them"),
        Some((covered, key)) => say!(
            "{rows} rows of {chain} hold; {} checkpoints cover them up to row {covered}, signed by {}",
            verdict.checkpoints,
            key.fingerprint()
        ),
    }
}

/// Another key signs the checkpoints from now on.
pub fn new_key(settings: &Settings) -> anyhow::Result<()> {
    let house = hosting::ready_house(settings)?;
    let key = actions::keys::renew(&house, &Actor::HOUSE, KeyPurpose::Journal)?;
    say!("the journal is signed by {} from now on", key.fingerprint())
}

/// A seal, typed or in a file: a letter that was saved, or a print that was scanned.
fn kept(given: &str) -> anyhow::Result<Seal> {
    let text = match fs::read(given) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => given.to_owned(),
    };
    text.parse().with_context(|| format!("--checkpoint is a file or the text of a seal, not « {given} »"))
}

/// Says everything that is wrong, the first broken row before all.
fn holds(verdict: &Verdict, advice: &str) -> anyhow::Result<()> {
    let flaw = verdict.flaw.map(|(number, flaw)| format!("checkpoint {number} does not hold: {flaw}"));
    let row = verdict.first.as_ref().map(ToString::to_string);
    let seal = verdict.unsealed.map(|unsealed| unsealed.to_string());
    let differs = verdict.differs.as_ref().map(ToString::to_string);
    let wrong: Vec<String> = [row, differs, flaw, seal].into_iter().flatten().collect();
    ensure!(verdict.holds(), "{}; {advice}", wrong.join("; "));
    Ok(())
}
