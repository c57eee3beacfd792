//! `parcours import`: the same import of employees as the page, for long lists.

use super::hosting;
use crate::settings::Settings;
use actions::Error;
use actions::imports::{Mode, from_file};
use anyhow::Context as _;
use domain::access::{Action, Actor};
use domain::organisations::Siret;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write as _;
use std::path::Path;
use words::{Language, Words};

/// Prints what became of the lines; those left out on standard error, with the reason.
pub fn employees(settings: &Settings, company: &str, file: &Path, mode: Mode) -> anyhow::Result<()> {
    let siret: Siret = company.parse().with_context(|| format!("« {company} » is not a SIRET"))?;
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let house = hosting::ready_house(settings)?;
    let actor = Actor::HOUSE;
    let reach = actor.may(Action::ImportStaff)?;
    let found = house.store.read(|conn| store::organisations::by_siret(conn, &reach, &siret));
    let company = match found {
        Err(store::Error::Missing) => {
            anyhow::bail!(
                "no organisation has the SIRET {siret}: register it on the page /entreprises/nouvelle"
            )
        }
        other => other?.id,
    };
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{wide_bar} {pos}/{len}")?);
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let outcome = from_file(&house, company, (&bytes, &name), mode, |done, total| {
        bar.set_length(total.try_into().unwrap_or(u64::MAX));
        bar.set_position(done.try_into().unwrap_or(u64::MAX));
    });
    bar.finish_and_clear();
    let (summary, left_out) = match outcome {
        Err(Error::Refused(actions::Refusal::Import(no))) => {
            anyhow::bail!(
                "{}: nothing was written. {}",
                file.display(),
                Words(Language::En).import_refusal(&no)
            )
        }
        other => other.with_context(|| format!("{}: nothing was written", file.display()))?,
    };
    for (line, verdict) in &left_out {
        // Nobody may read it any more; what was imported stands.
        let _ = writeln!(std::io::stderr(), "line {line}: {}", Words(Language::En).import_reason(verdict));
    }
    say!(
        "{}{} added, {} changed, {} back, {} known already, {} left out",
        if mode == Mode::DryRun { "dry run: " } else { "" },
        summary.added,
        summary.changed,
        summary.back,
        summary.known,
        summary.refused()
    )
}
