//! `parcours backup` and `parcours restore`: the embedded database as one file.

use crate::settings::Settings;
use std::path::Path;
use store::Store;

pub fn back_up(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    Store::open_existing(&settings.database_url, 1)?.back_up(file)?;
    say!("copied to {}", file.display())
}

pub fn restore(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    match Store::restore(&settings.database_url, file)? {
        Some(before) => say!("restored; what was there before is {}", before.display()),
        None => say!("restored"),
    }
}
