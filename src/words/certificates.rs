//! What a certificate says, on paper.

use super::{Words, phrases};
use crate::domain::calendar::Day;
use crate::domain::certificates::{Claims, Scope};
use crate::domain::certifications::Register;

impl Words {
    /// What the paper calls itself.
    pub fn certificate_heading(self, claims: &Claims) -> String {
        match (&claims.scope, claims.record.register()) {
            (Scope::Block { .. }, _) => {
                self.say("Certificat de bloc de compétences", "Certificate of a block of competencies")
            }
            (Scope::Whole, Register::Rncp) => {
                self.say("Certification professionnelle", "Professional certification")
            }
            (Scope::Whole, Register::Rs) => self.say("Certificat", "Certificate"),
        }
    }

    /// « Vu la décision du jury du 12 janvier 2026, l’organisme certificateur atteste que ».
    pub fn certificate_opening(self, jury: Day) -> String {
        let day = self.date(jury);
        self.say(
            format!("Vu la décision du jury du {day}, l’organisme certificateur atteste que"),
            format!("By decision of the jury of {day}, the certifier attests that"),
        )
    }

    /// Between the name of the holder and that of what they hold.
    pub fn certificate_obtained(self, scope: &Scope) -> String {
        match scope {
            Scope::Whole => self.say("a obtenu la certification", "has obtained the certification"),
            Scope::Block { .. } => {
                self.say("a acquis le bloc de compétences", "has acquired the block of competencies")
            }
        }
    }

    /// « enregistrée au Répertoire national des certifications professionnelles sous le numéro RNCP99999, niveau 7 ».
    pub fn certificate_registration(self, claims: &Claims) -> String {
        let (record, register) = (&claims.record, claims.record.register().title());
        let level = claims.level.map(|level| format!(", {}", self.certification_level(Some(level))));
        let level = level.unwrap_or_default();
        self.say(
            format!("enregistrée au {register} sous le numéro {record}{level}"),
            format!("entered in the French national register “{register}” under number {record}{level}"),
        )
    }

    /// « 7 avril 1988, Lille (Nord) », as far as it is known.
    pub fn certificate_birth(self, claims: &Claims) -> Option<String> {
        let born = claims.holder.born.map(|born| self.birth_date(born));
        let place = claims.holder.birthplace.as_ref().map(ToString::to_string);
        let known: Vec<String> = born.into_iter().chain(place).collect();
        (!known.is_empty()).then(|| known.join(", "))
    }

    /// « du 12 janvier 2026 au 12 janvier 2031 ».
    pub fn certificate_period(self, from: Day, until: Option<Day>) -> String {
        let first = self.date(from);
        match until.map(|until| self.date(until)) {
            Some(last) => self.say(format!("du {first} au {last}"), format!("from {first} to {last}")),
            None => self.say(
                format!("à compter du {first}, sans limite"),
                format!("from {first}, without limit of time"),
            ),
        }
    }
}

phrases! {
    certificate_usual_name { fr "Nom d’usage\u{a0}:" en "Usual name:" }
    certificate_born { fr "Date et lieu de naissance\u{a0}:" en "Date and place of birth:" }
    certificate_of { fr "de la certification" en "of the certification" }
    certificate_block_alone {
        fr "L’acquisition de ce bloc ne vaut pas, à elle seule, obtention de la certification."
        en "This block alone does not amount to the certification."
    }
    certificate_number { fr "Numéro" en "Number" }
    certificate_issued { fr "Délivré le" en "Issued on" }
    certificate_valid { fr "Validité" en "Validity" }
    certificate_replaces { fr "Remplace le certificat" en "Replaces certificate" }
    certificate_for_certifier { fr "Pour l’organisme certificateur" en "For the certifier" }
    certificate_check { fr "À vérifier sur" en "Check it at" }
    certificate_qr {
        fr "Code QR menant à la page où ce certificat se vérifie"
        en "QR code leading to the page where this certificate can be checked"
    }
    certificate_badge {
        fr "Justificatif vérifiable (Open Badges 3.0) de ce certificat"
        en "Verifiable credential (Open Badges 3.0) of this certificate"
    }
    certificate_attached {
        fr "Le fichier PDF porte en pièce jointe le badge numérique signé (Open Badges 3.0)."
        en "The PDF file carries the signed digital badge (Open Badges 3.0)."
    }
}
