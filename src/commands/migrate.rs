//! `parcours migrate`: brings the database to this version.

use crate::settings::Settings;
use store::Store;

pub fn run(settings: &Settings) -> anyhow::Result<()> {
    let ran = Store::open(&settings.database_url, 1)?.migrate()?;
    for name in &ran {
        say!("{name}")?;
    }
    say!("{} migrations run; the database is of this version", ran.len())
}
