//! `parcours backup` and `parcours restore`: the embedded database as one file.

use crate::settings::Settings;
use crate::store::Store;
use std::path::Path;

#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub fn back_up(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    let store = Store::open(&settings.database_url, 1)?;
    if let Some(database) = store.file() {
        anyhow::ensure!(store.is_ready()?, "there is nothing to copy yet at {}", database.display());
    }
    store.back_up(file)?;
    println!("copied to {}", file.display());
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub fn restore(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    match Store::restore(&settings.database_url, file)? {
        Some(before) => println!("restored; what was there before is {}", before.display()),
        None => println!("restored"),
    }
    Ok(())
}
