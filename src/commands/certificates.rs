//! `parcours certificates`: what is needed to check them when nothing serves any more, and other keys to sign with.

use super::hosting;
use crate::settings::Settings;
use actions::{self, House};
use anyhow::{Context as _, ensure};
use credentials::badges::Issued;
use domain::access::{Action, Actor};
use domain::certificates::Issuer;
use std::fs;
use std::path::Path;

/// Keys, status lists and badges of every certifier, as files at their addresses: a folder that is whole or is not there.
pub fn export(settings: &Settings, folder: &Path, days: u32) -> anyhow::Result<()> {
    let house = hosting::ready_house(settings)?;
    ensure!(!folder.exists(), "{} is there already: name a new folder", folder.display());
    let partial = folder.with_added_extension("partial");
    ensure!(!partial.exists(), "{} is left of an export that was cut short: remove it", partial.display());
    private_folder(&partial).with_context(|| format!("{} cannot be made", partial.display()))?;
    let written = written(&house, &partial, i64::from(days));
    let (issuers, badges) = match written.and_then(|count| Ok(fs::rename(&partial, folder).map(|()| count)?))
    {
        Ok(count) => count,
        Err(error) => {
            // What was begun is of no use; why it failed is.
            let _ = fs::remove_dir_all(&partial);
            return Err(error);
        }
    };
    say!(
        "{badges} badges of {issuers} certifiers are in {}; their status lists may be relied on for {days} days",
        folder.display()
    )
}

/// A new folder that nobody else reads: badges name people.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn written(house: &House, folder: &Path, days: i64) -> anyhow::Result<(usize, usize)> {
    let reach = Actor::HOUSE.may(Action::PublishLists)?;
    let issuers = house.store.read(store::certificates::issuers)?;
    let mut badges = 0;
    for issuer in &issuers {
        publish(house, folder, issuer, days).with_context(|| issuer.did.to_string())?;
        let mut after = None;
        loop {
            let piece = house
                .store
                .read(|conn| store::certificates::badges(conn, &reach, issuer.certifier, after))?;
            let Some(last) = piece.last() else { break };
            after = Some(last.id);
            for badge in &piece {
                let signed = Issued { document: badge.document.clone(), token: badge.token.clone() };
                both(&folder.join("certificats"), &badge.uuid.to_string(), &signed)?;
                badges += 1;
            }
        }
    }
    Ok((issuers.len(), badges))
}

fn publish(house: &House, folder: &Path, issuer: &Issuer, days: i64) -> anyhow::Result<()> {
    let own = folder.join("certificateurs").join(issuer.did.name());
    let (did, keys) = house.store.read(|conn| actions::certificates::documents(conn, issuer))?;
    file(&own.join("did.json"), &did)?;
    file(&own.join("jwks.json"), &keys)?;
    for (number, list) in actions::certificates::signed_lists(house, issuer, days)? {
        both(&own.join("listes"), &number.to_string(), &list)?;
    }
    Ok(())
}

/// A document and a token, beside each other.
fn both(folder: &Path, name: &str, signed: &Issued) -> anyhow::Result<()> {
    file(&folder.join(format!("{name}.json")), &signed.document)?;
    file(&folder.join(format!("{name}.jwt")), &signed.token)
}

fn file(path: &Path, text: &str) -> anyhow::Result<()> {
    let about = || format!("{} cannot be written", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(about)?;
    }
    fs::write(path, text).with_context(about)
}

/// Other keys sign for a certifier from now on.
pub fn new_keys(settings: &Settings, name: &str) -> anyhow::Result<()> {
    let house = hosting::ready_house(settings)?;
    let issuer = house.store.read(|conn| store::certificates::issuer_named(conn, name));
    let issuer = issuer.with_context(|| format!("no certifier signs as « {name} »"))?;
    let keys = actions::certificates::renew_keys(&house, &Actor::HOUSE, &issuer)?;
    for key in keys {
        say!("{} signs for {} from now on", key.fingerprint(), issuer.did)?;
    }
    say!("what the old keys signed is still checked with them")
}
