//! The lives of things, printed from the tables that the program runs on, in `docs/states.md`.

use crate::harness::{Database, stories};
use domain::agreements::{AgreementState, AgreementStep};
use domain::candidacies::{CandidacyState, CandidacyStep};
use domain::certificates::{CertificateState, CertificateStep};
use domain::declarations::{DeclarationState, DeclarationStep, FileState, FileStep};
use domain::enrolments::{EnrolmentState, EnrolmentStep};
use domain::juries::{JuryState, JuryStep};
use domain::sessions::{SessionState, SessionStep};
use std::fmt::{Display, Write as _};
use std::path::Path;

stories! {
    sqlite: the_printed_lives_are_the_ones_lived;
}

fn the_printed_lives_are_the_ones_lived(_: &Database) {
    let mut page = String::from(
        "# States\n\nWritten by a test (`PARCOURS_BLESS=1 cargo test --test stories states`) from the functions `step` \
         of `src/domain`. What stands in no cell is refused. What can be counted or dated (full, late, over) is no \
         state.\n",
    );
    life(&mut page, "A session", SessionState::ALL, SessionStep::ALL, |state, step| state.step(step).ok());
    life(&mut page, "An enrolment", EnrolmentState::ALL, EnrolmentStep::ALL, |state, step| {
        state.step(step).ok()
    });
    life(&mut page, "A candidacy", CandidacyState::ALL, CandidacyStep::ALL, |state, step| {
        state.step(step).ok()
    });
    life(&mut page, "A jury", JuryState::ALL, JuryStep::ALL, |state, step| state.step(step).ok());
    life(&mut page, "A certificate", CertificateState::ALL, CertificateStep::ALL, |state, step| {
        state.step(step).ok()
    });
    life(&mut page, "A declaration", DeclarationState::ALL, DeclarationStep::ALL, |state, step| {
        state.step(step).ok()
    });
    life(&mut page, "A file for the State", FileState::ALL, FileStep::ALL, |state, step| {
        state.step(step).ok()
    });
    life(&mut page, "An agreement", AgreementState::ALL, AgreementStep::ALL, |state, step| {
        state.step(step).ok()
    });
    is_kept("docs/states.md", &page);
}

fn life<S: Display + Copy, T: Display + Copy>(
    page: &mut String,
    title: &str,
    states: &[S],
    steps: &[T],
    step: impl Fn(S, T) -> Option<S>,
) {
    writeln!(page, "\n## {title}\n").unwrap();
    let names: Vec<String> = steps.iter().map(|step| format!("`{step}`")).collect();
    writeln!(page, "| from | {} |\n|---|{}", names.join(" | "), "---|".repeat(steps.len())).unwrap();
    for state in states {
        let cells: Vec<String> = steps
            .iter()
            .map(|one| step(*state, *one).map_or_else(String::new, |next| next.to_string()))
            .collect();
        writeln!(page, "| **{state}** | {} |", cells.join(" | ")).unwrap();
    }
}

/// Compares a page of `docs/` with what it should say; with `PARCOURS_BLESS` set it is written.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "a setting of the tests, none of the program's")]
pub fn is_kept(file: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("PARCOURS_BLESS").is_ok() {
        return std::fs::write(path, page).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let differs = kept.lines().zip(page.lines()).find(|(kept, now)| kept != now);
    assert!(
        kept == page,
        "{file} is not what the program does: {differs:?}. If the change is meant, run the test with PARCOURS_BLESS=1."
    );
}
