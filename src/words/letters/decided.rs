//! A jury has decided.

use super::Said;
use super::turns::{blocks_of, decision_of_the_jury, of_title};
use crate::Words;
use domain::juries::verdicts::Decision;
use domain::letters::{BlockOutcome, Dossier};

pub(super) const LABEL: (&str, &str) = ("Décision du jury", "Decision of the jury");

pub(super) fn said(w: Words, of: &Dossier, decision: Decision, blocks: &[BlockOutcome]) -> Said {
    let first = decision_of_the_jury(w, decision, of);
    let sentences = [first].into_iter().chain(blocks_of(w, blocks)).chain(after(w, decision)).collect();
    Said {
        subject: of_title(w, &w.say("Le jury a rendu sa décision", "The jury has decided"), &of.title),
        sentences,
        button: w.see_my_application(),
    }
}

/// What may come next.
fn after(w: Words, decision: Decision) -> Option<String> {
    match decision {
        Decision::Awarded => None,
        Decision::Partial => Some(w.say(
            "Les blocs acquis le restent pour de bon. Vous pourrez vous présenter de nouveau pour les autres.",
            "The blocks that you acquired stay acquired. You may come again for the others.",
        )),
        Decision::Failed | Decision::Absent => Some(w.say(
            "Vous pourrez vous présenter de nouveau\u{a0}: le certificateur vous le dira.",
            "You may come again: the certifier will tell you.",
        )),
        Decision::Excluded => {
            Some(w.say("Votre page dit comment contester.", "Your page says how to contest it."))
        }
    }
}
