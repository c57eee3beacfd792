//! `parcours migrate`: brings the database to this version.

use crate::settings::Settings;
use crate::store::Store;

#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    let ran = Store::open(&settings.database_url, 1)?.migrate()?;
    for name in &ran {
        println!("{name}");
    }
    println!("{} migrations run; the database is of this version", ran.len());
    Ok(())
}
