//! `parcours journal`: is it still what was written?

use super::hosting;
use crate::settings::Settings;
use crate::store::journal;
use anyhow::bail;

#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub fn verify(settings: &Settings) -> anyhow::Result<()> {
    let house = hosting::ready_house(settings)?;
    let chains = house.store.read(journal::chains)?;
    let (mut lines, mut first): (i64, Option<(String, journal::Break)>) = (0, None);
    for chain in &chains {
        match house.store.read(|conn| journal::verify(conn, chain))? {
            Ok(count) => lines += count,
            Err(found) if first.as_ref().is_none_or(|(_, known)| found.id < known.id) => {
                first = Some((chain.clone(), found));
            }
            Err(_) => {}
        }
    }
    if let Some((chain, journal::Break { id, reference, why })) = first {
        bail!(
            "the journal is broken at row {id} ({reference}, chain {chain}): {why}; compare it with a backup"
        );
    }
    println!("{lines} rows in {} chains hold", chains.len());
    Ok(())
}
