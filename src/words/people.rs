//! People and whom they work for.

use super::Words;
use crate::domain::people::Refusal;

impl Words {
    pub fn person_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Twice => {
                self.say("Cette personne est déjà dans votre liste.", "This person is on your list already.")
            }
            Refusal::EndsBeforeStart => self.say(
                "Le dernier jour précède le premier\u{a0}: vérifiez les deux dates.",
                "The last day lies before the first: check both dates.",
            ),
        }
    }
}
