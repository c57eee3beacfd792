//! What is missing before a session closes, what is done without, and what the sheet says afterwards.

use crate::{Language, Words, phrases};
use domain::signatures::Way;

phrases! {
    countersign_comes_last {
        fr "La contresignature vient en dernier, une fois la demi-journée finie\u{a0}: d’abord chaque présence notée, puis la signature de chaque personne venue, donnée ou dispensée."
        en "The countersignature comes last, once the half-day is over: first every mark noted, then the signature of everyone who came, given or done without."
    }
    read_and_countersign { fr "Relire et contresigner" en "Read and countersign" }
    ask_signatures_later {
        fr "La demi-journée n’est pas finie\u{a0}: on peut encore signer dans la salle. Ensuite, vous pourrez demander les signatures par e-mail."
        en "The half-day is not over: it can still be signed in the room. After that you can ask for the signatures by e-mail."
    }
    outcomes_title { fr "Ce que dira la clôture" en "What the closing will say" }
    outcomes_rule {
        fr "Qui est venu à toutes les demi-journées a suivi la session, même en retard ou parti plus tôt\u{a0}; qui en a manqué une l’a suivie en partie\u{a0}; qui n’est jamais venu est absent. Les heures suivies disent le reste."
        en "Whoever came to every half-day attended the session, even late or gone early; whoever missed one attended in part; whoever never came is absent. The hours followed tell the rest."
    }
    nda_short { fr "NDA" en "declaration number" }
    number_sign { fr "n°" en "no." }
    attendance_by_half_day { fr "Par demi-journée" en "By half-day" }
    sheet_read_only {
        fr "La session est close. Chaque correction est inscrite au journal, avec son motif."
        en "The session is closed. Each correction is written in the journal, with its reason."
    }
    room_is_closed {
        fr "La session est close ou annulée\u{a0}: sa feuille ne se remplit plus, et rien n’a été enregistré."
        en "The session is closed or cancelled: its sheet is not filled any more, and nothing was saved."
    }
    waive_whose { fr "De quelles signatures\u{a0}?" en "Of whom?" }
    waive_signatures { fr "Se passer des signatures" en "Do without the signatures" }
    waive_signatures_help {
        fr "Par exemple quand la feuille a été signée sur papier\u{a0}: dites pourquoi, et gardez l’original. Chacun en sera averti à la clôture."
        en "For instance when the sheet was signed on paper: say why, and keep the original. Everyone will be told at closing."
    }
    waive_reason { fr "Motif" en "Reason" }
    waive_trainer { fr "La contresignature" en "The countersignature" }
    waive_button { fr "Se passer de ces preuves" en "Do without these proofs" }
    without_signature { fr "Sans signature" en "Without a signature" }
    closing_title { fr "Ce qui manque pour clore" en "What is missing before closing" }
    nothing_missing {
        fr "Chaque preuve est là. La session peut être close."
        en "Every proof is there. The session can be closed."
    }
    closing_help {
        fr "Une session se clôt quand chaque présence est notée, signée par la personne, et contresignée par le formateur ou au nom de l’organisme."
        en "A session closes when every presence is noted, signed by the person, and countersigned by the trainer or for the training body."
    }
    close_session_button { fr "Clore la session" en "Close the session" }
    unnoted_people { fr "Présences à noter" en "Marks to be noted" }
    unsigned_people { fr "Signatures manquantes" en "Missing signatures" }
    wordless_half_day { fr "Contresignature" en "Countersignature" }
}

impl Words {
    /// Of a signature that was not given in the room: its date too.
    pub fn signed_on(self, moment: &str, way: Way) -> String {
        let how = self.signing_way(way);
        self.say(format!("a signé le {moment}, {how}"), format!("signed on {moment}, {how}"))
    }

    /// Of somebody who signed and was noted as absent by a correction.
    pub fn signature_set_aside(self, moment: &str) -> String {
        self.say(
            format!("signature du {moment} écartée par la correction"),
            format!("signature of {moment} set aside by the correction"),
        )
    }

    /// « Ensemble, 12 h 30 suivies ».
    pub fn followed_together(self, minutes: i64) -> String {
        let time = self.duration(minutes);
        self.say(format!("Ensemble, {time} suivies"), format!("Together, {time} followed"))
    }

    pub fn proofs_waived(self, waived: usize) -> String {
        match (self.0, waived) {
            (Language::Fr, 0) => "Aucune preuve ne manquait ici.".into(),
            (Language::Fr, 1) => "Une preuve est dispensée, avec votre motif.".into(),
            (Language::Fr, n) => format!("{n} preuves sont dispensées, avec votre motif."),
            (Language::En, 0) => "No proof was missing here.".into(),
            (Language::En, 1) => "One proof is done without, with your reason.".into(),
            (Language::En, n) => format!("{n} proofs are done without, with your reason."),
        }
    }

    /// What is missing before a session can be closed, in one sentence.
    pub fn proofs_missing(self, presences: u32, signatures: u32, countersignatures: u32) -> String {
        let part = |n: u32, one: (&str, &str), many: (&str, &str)| match n {
            0 => None,
            1 => Some(self.say(one.0, one.1)),
            n => Some(self.say(format!("{n} {}", many.0), format!("{n} {}", many.1))),
        };
        let parts: Vec<String> = [
            part(presences, ("une présence à noter", "one mark"), ("présences à noter", "marks")),
            part(signatures, ("une signature", "one signature"), ("signatures", "signatures")),
            part(
                countersignatures,
                ("une contresignature", "one countersignature"),
                ("contresignatures", "countersignatures"),
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        let list = parts.join(", ");
        self.say(
            format!("Il manque, avant de clore la session\u{a0}: {list}."),
            format!("Missing before the session can be closed: {list}."),
        )
    }
}
