//! The journal of a session: its seal, and how it is proved outside.

use super::{Words, phrases};
use domain::calendar::{Instant, Zone};
use domain::journal::seals::Seal;
use domain::keys;

phrases! {
    seal { fr "Sceau du journal" en "Seal of the journal" }
    seal_help {
        fr "Imprimez ou recopiez ce sceau et gardez-le hors de Parcours\u{a0}: il prouve que rien de ce qui précède n’a été changé ni retiré."
        en "Print this seal or copy it, and keep it outside Parcours: it proves that nothing before it was changed or taken away."
    }
    seal_none_yet {
        fr "Ce journal n’est pas encore scellé. Il le sera bientôt, et dès la clôture de la session."
        en "This journal is not sealed yet. It will be soon, and as soon as the session is closed."
    }
    seal_no_key {
        fr "Ce journal n’est pas scellé\u{a0}: la clé de signature manque à ce serveur. Demandez à l’administrateur de lancer «\u{a0}parcours doctor\u{a0}»."
        en "This journal is not sealed: this server lacks the signing key. Ask the administrator to run “parcours doctor”."
    }
    seal_stopped {
        fr "Les lignes suivantes ne seront pas scellées\u{a0}: la clé de signature manque à ce serveur. Demandez à l’administrateur de lancer «\u{a0}parcours doctor\u{a0}»."
        en "Later rows will not be sealed: this server lacks the signing key. Ask the administrator to run “parcours doctor”."
    }
    seal_row { fr "Dernière ligne scellée" en "Last sealed row" }
    seal_row_digest { fr "Empreinte de cette ligne" en "Digest of this row" }
    checkpoint { fr "Point de contrôle" en "Checkpoint" }
    checkpoint_root { fr "Racine" en "Root" }
    signing_key { fr "Clé de signature" en "Signing key" }
    seal_to_keep { fr "Sceau à conserver" en "Seal to keep" }
    print_seal { fr "Imprimer le sceau" en "Print the seal" }
    copy_seal { fr "Copier le sceau" en "Copy the seal" }
    seal_copied { fr "Sceau copié" en "Seal copied" }
    download_journal { fr "Télécharger le journal" en "Download the journal" }
    download_journal_help {
        fr "Le fichier se vérifie sans notre base de données, par la commande «\u{a0}parcours journal check\u{a0}». Il contient les motifs et les preuves\u{a0}: ne le transmettez qu’à qui doit les lire."
        en "The file is verified without our database, by the command “parcours journal check”. It holds the reasons and the evidence: give it only to those who must read them."
    }
}

impl Words {
    fn seal_row_of(self, chain: &str, number: i64) -> String {
        self.say(format!("{chain}, ligne {number}"), format!("{chain}, row {number}"))
    }

    /// « n° 14, le jeudi 3 décembre 2026 à 17 h ».
    fn checkpoint_of(self, number: i64, at: Instant, zone: Zone) -> String {
        let at = self.moment(at, zone);
        self.say(format!("n°\u{a0}{number}, le {at}"), format!("no. {number}, {at}"))
    }

    /// What a seal says, for those who compare it by eye.
    pub fn seal_facts(self, seal: &Seal, at: Instant, zone: Zone) -> [(&'static str, String); 5] {
        [
            (self.seal_row(), self.seal_row_of(&seal.head.chain, seal.head.number)),
            (self.seal_row_digest(), seal.head.hash.clone()),
            (self.checkpoint(), self.checkpoint_of(seal.checkpoint, at, zone)),
            (self.checkpoint_root(), seal.root.clone()),
            (self.signing_key(), seal.key.fingerprint()),
        ]
    }

    pub const fn key_refusal(self, no: keys::Refusal) -> &'static str {
        match no {
            keys::Refusal::NoMasterKey => self.no_master_key(),
            keys::Refusal::OtherMasterKey => self.other_master_key(),
        }
    }
}

phrases! {
    no_master_key {
        fr "Ce serveur n’a pas de clé\u{a0}: il ne peut ni signer ni ouvrir ce qui est chiffré. L’administrateur doit nommer son fichier de clé (PARCOURS_KEY_FILE)."
        en "This server has no key: it can neither sign nor open what is encrypted. The administrator has to name its key file (PARCOURS_KEY_FILE)."
    }
    other_master_key {
        fr "Ceci a été chiffré avec une autre clé que celle de ce serveur. L’administrateur doit remettre en place le fichier de clé d’origine."
        en "This was encrypted under another key than the one of this server. The administrator has to put the original key file back."
    }
}
