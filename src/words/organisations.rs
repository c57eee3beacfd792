//! Companies, training bodies and the others.

use super::Words;
use crate::domain::organisations::Refusal;

impl Words {
    pub fn organisation_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::NoCapacity => self.say(
                "Dites ce qu’est cette organisation\u{a0}: entreprise, organisme de formation…",
                "Say what this organisation is: a company, a training body…",
            ),
            Refusal::SiretMissing => self.say(
                "Une entreprise ou un organisme de formation se reconnaît à son SIRET\u{a0}: indiquez-le.",
                "A company or a training body is known by its SIRET: please give it.",
            ),
            Refusal::Twice => self.say(
                "Une organisation porte déjà ce SIRET\u{a0}: ouvrez sa fiche plutôt que d’en créer une autre.",
                "An organisation with this SIRET is here already: open its page rather than making another.",
            ),
            Refusal::Commune => self.say(
                "Cette commune n’est pas reconnue\u{a0}: choisissez-la dans la liste.",
                "This municipality is not known: choose it from the list.",
            ),
        }
    }
}
