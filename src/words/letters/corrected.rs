//! The minutes of a jury were corrected.

use super::Said;
use super::turns::{blocks_of, decision_of_the_jury, of_title};
use crate::Words;
use domain::juries::verdicts::Decision;
use domain::letters::{BlockOutcome, Dossier};

pub(super) const LABEL: (&str, &str) = ("Décision corrigée", "Decision corrected");

pub(super) fn said(
    w: Words,
    of: &Dossier,
    decision: Decision,
    blocks: &[BlockOutcome],
    reason: &str,
) -> Said {
    let why = w.say(
        format!("Le jury a corrigé son procès-verbal. Motif\u{a0}: {reason}"),
        format!("The jury corrected its minutes. Reason: {reason}"),
    );
    let now = decision_of_the_jury(w, decision, of);
    let sentences = [why, now].into_iter().chain(blocks_of(w, blocks)).collect();
    Said {
        subject: of_title(
            w,
            &w.say("La décision du jury est corrigée", "The decision of the jury is corrected"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
