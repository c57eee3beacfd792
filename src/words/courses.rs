//! What is taught.

use super::{Language, Words};
use crate::domain::courses::{Refusal, SHEET_TEXT, Stage};

impl Words {
    pub const fn stage(self, stage: Stage) -> &'static str {
        match (self.0, stage) {
            (Language::Fr, Stage::Awareness) => "Sensibilisation",
            (Language::Fr, Stage::Practice) => "Mise en pratique",
            (Language::En, Stage::Awareness) => "Awareness",
            (Language::En, Stage::Practice) => "Practice",
            (_, Stage::Certification) => "Certification",
        }
    }

    pub fn course_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::AimsMissing => self.say(
                "Dites en une phrase ce que l’on saura faire après la formation.",
                "Say in a sentence what people will be able to do afterwards.",
            ),
            Refusal::TextTooLong => self.say(
                format!("Un des textes dépasse {SHEET_TEXT} caractères."),
                format!("One of the texts is longer than {SHEET_TEXT} characters."),
            ),
            Refusal::Duration => self.say(
                "La durée va de 10\u{a0}minutes à 1\u{202f}000\u{a0}heures.",
                "The duration goes from 10 minutes to 1,000 hours.",
            ),
            Refusal::NoProgramme => self.say(
                "Votre organisme ne participe encore à aucun programme\u{a0}: demandez à l’opérateur de l’y inscrire.",
                "Your training body takes part in no programme yet: ask the operator to add it.",
            ),
        }
    }
}
