//! What a certificate says, on paper.

use super::{Language, Words, phrases};
use domain::calendar::Day;
use domain::certificates::{CertificateState, Claims, Holder, Refusal, Scope, Validity};
use domain::certifications::{Block, Register};
use domain::declarations::Birthplace;
use domain::reference;

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
    pub fn certificate_birth(self, holder: &Holder) -> Option<String> {
        let born = holder.born.map(|born| self.birth_date(born));
        let place = holder.birthplace.as_ref().map(ToString::to_string);
        let known: Vec<String> = born.into_iter().chain(place).collect();
        (!known.is_empty()).then(|| known.join(", "))
    }

    /// What was earned, in the badge.
    pub fn badge_description(self, claims: &Claims) -> String {
        let (certifier, title) = (&claims.certifier, self.quoted(claims.title.as_str()));
        let registered = self.certificate_registration(claims);
        match &claims.scope {
            Scope::Whole => self.say(
                format!("Certification {title}, {registered}, délivrée par {certifier}."),
                format!("Certification {title}, {registered}, issued by {certifier}."),
            ),
            Scope::Block { code, .. } => self.say(
                format!("Bloc de compétences {code} de la certification {title}, {registered}, délivré par {certifier}."),
                format!("Block of competencies {code} of the certification {title}, {registered}, issued by {certifier}."),
            ),
        }
    }

    /// What one had to do, in the badge.
    pub fn badge_criteria(self, blocks: &[&Block]) -> String {
        let opening = self.say(
            "Un jury a constaté l’acquisition des blocs de compétences que voici, au vu des évaluations de chacun.",
            "A jury found that the following blocks of competencies are acquired, by the assessments of each.",
        );
        let line = |block: &&Block| {
            let assessed: Vec<&str> = block.assessments.iter().map(|one| one.title.as_str()).collect();
            let (code, title, assessed) = (&block.code, &block.title, assessed.join(", "));
            self.say(
                format!("– {code}, {title}\u{a0}: {assessed}."),
                format!("– {code}, {title}: {assessed}."),
            )
        };
        [opening].into_iter().chain(blocks.iter().map(line)).collect::<Vec<_>>().join("\n")
    }

    /// The answer to whoever checks.
    pub fn validity_title(self, validity: Validity) -> String {
        match validity {
            Validity::Valid => self.say("Ce certificat est valable", "This certificate is valid"),
            Validity::NotYet(_) => {
                self.say("Ce certificat n’est pas encore valable", "This certificate is not valid yet")
            }
            Validity::Expired(_) => {
                self.say("Ce certificat n’est plus valable", "This certificate has expired")
            }
            Validity::Superseded(_) => {
                self.say("Ce certificat a été remplacé", "This certificate was superseded")
            }
            Validity::Revoked(_) => self.say("Ce certificat est révoqué", "This certificate is revoked"),
        }
    }

    /// The answer in a word.
    pub const fn validity_mark(self, validity: Validity) -> &'static str {
        match (self.0, validity) {
            (Language::Fr, Validity::Valid) => "Valable",
            (Language::Fr, Validity::NotYet(_)) => "Pas encore valable",
            (Language::Fr, Validity::Expired(_)) => "Expiré",
            (Language::Fr, Validity::Superseded(_)) => "Remplacé",
            (Language::Fr, Validity::Revoked(_)) => "Révoqué",
            (Language::En, Validity::Valid) => "Valid",
            (Language::En, Validity::NotYet(_)) => "Not valid yet",
            (Language::En, Validity::Expired(_)) => "Expired",
            (Language::En, Validity::Superseded(_)) => "Superseded",
            (Language::En, Validity::Revoked(_)) => "Revoked",
        }
    }

    /// How many certificates somebody has of a jury.
    pub fn certificates_kept(self, many: usize) -> String {
        match many {
            1 => self.say("1\u{a0}certificat", "1\u{a0}certificate"),
            _ => self.say(format!("{many}\u{a0}certificats"), format!("{many}\u{a0}certificates")),
        }
    }

    pub fn validity_sentence(
        self,
        validity: Validity,
        successor: Option<(&str, CertificateState)>,
    ) -> String {
        match validity {
            Validity::Valid => self.say(
                "Il a été délivré ici, et rien ne l’a remplacé ni révoqué.",
                "It was issued here, and nothing superseded or revoked it.",
            ),
            Validity::NotYet(day) => {
                let day = self.date(day);
                self.say(format!("Il l’est à partir du {day}."), format!("It is from {day} on."))
            }
            Validity::Expired(day) => {
                let day = self.date(day);
                self.say(format!("Son dernier jour était le {day}."), format!("Its last day was {day}."))
            }
            Validity::Superseded(day) => {
                let day = self.date(day);
                match successor {
                    Some((number, CertificateState::Revoked)) => self.say(
                        format!("Depuis le {day}, le certificat {number} tenait lieu de celui-ci\u{a0}; il est révoqué."),
                        format!("Since {day}, certificate {number} stood in its place; it is revoked."),
                    ),
                    Some((number, _)) => self.say(
                        format!("Depuis le {day}, le certificat {number} tient lieu de celui-ci."),
                        format!("Since {day}, certificate {number} stands in its place."),
                    ),
                    None => self.say(
                        format!("Depuis le {day}, un autre certificat tient lieu de celui-ci."),
                        format!("Since {day}, another certificate stands in its place."),
                    ),
                }
            }
            Validity::Revoked(day) => {
                let day = self.date(day);
                self.say(
                    format!("Depuis le {day}, il ne fait plus foi."),
                    format!("Since {day} it holds no more."),
                )
            }
        }
    }

    pub fn certificates_issued(self, many: usize) -> String {
        match many {
            1 => self.say("Un certificat est délivré.", "One certificate is issued."),
            _ => self.say(
                format!("{many} certificats sont délivrés."),
                format!("{many} certificates are issued."),
            ),
        }
    }

    /// Who was left out, since no paper can print their name.
    pub fn certificates_unprintable(self, names: &[(String, char)]) -> String {
        let names: Vec<String> =
            names.iter().map(|(name, sign)| format!("{name} («\u{a0}{sign}\u{a0}»)")).collect();
        let names = names.join(", ");
        self.say(
            format!("Sans certificat, car un caractère de leur nom ne peut pas être imprimé\u{a0}: {names}."),
            format!("Without a certificate, since a character of their name cannot be printed: {names}."),
        )
    }

    /// On the button that issues them.
    pub fn issue_certificates(self, many: usize) -> String {
        match many {
            1 => self.say("Délivrer le certificat", "Issue the certificate"),
            _ => {
                self.say(format!("Délivrer les {many} certificats"), format!("Issue the {many} certificates"))
            }
        }
    }

    /// On the page of home.
    pub fn certificates_ending(self, many: i64) -> String {
        match many {
            1 => self.say(
                "Un certificat se termine dans les 90\u{a0}jours",
                "One certificate ends within 90\u{a0}days",
            ),
            _ => self.say(
                format!("{many} certificats se terminent dans les 90\u{a0}jours"),
                format!("{many} certificates end within 90\u{a0}days"),
            ),
        }
    }

    pub fn certificate_refusal(self, no: &Refusal) -> String {
        match no {
            Refusal::Illegal(_) => self.say(
                "Ce certificat a déjà été remplacé ou révoqué.",
                "This certificate was already superseded or revoked.",
            ),
            Refusal::NoIssuer => self.say(
                "Dites d’abord sous quel nom vous signez vos certificats.",
                "Say first under which name you sign your certificates.",
            ),
            Refusal::NoHost => self.say(
                "Ce serveur n’a pas d’adresse publique en https\u{a0}: un certificat doit en nommer une, pour être vérifié. Demandez-la à qui tient le serveur.",
                "This server has no public https address: a certificate must name one, to be checked. Ask whoever runs the server for it.",
            ),
            Refusal::IssuerName => self.say(
                "Un nom court a 1 à 60 lettres minuscules sans accent, chiffres et tirets.",
                "A short name has 1 to 60 small letters without accents, digits and hyphens.",
            ),
            Refusal::IssuerNameTaken => self.say(
                "Un autre certificateur signe sous ce nom\u{a0}: choisissez-en un autre.",
                "Another certifier signs under this name: choose another one.",
            ),
            Refusal::NothingToIssue => self.say(
                "Personne n’attend de certificat de ce jury.",
                "Nobody waits for a certificate of this jury.",
            ),
            Refusal::NoIdentity => self.say(
                "L’identité de naissance n’est pas renseignée\u{a0}: un certificat ne se délivre pas sans elle. Le candidat la renseigne sur la page de sa candidature.",
                "The identity at birth is not told: no certificate is issued without it. The candidate tells it on the page of the application.",
            ),
            Refusal::ReasonMissing => self.say("Écrivez le motif.", "Write the reason."),
            Refusal::Endless => self.say(
                "Ce certificat est sans limite de durée\u{a0}: il ne se renouvelle pas.",
                "This certificate is without end: it is not renewed.",
            ),
            Refusal::TooEarly => self.say(
                "Un certificat se renouvelle à partir de 90\u{a0}jours avant sa fin.",
                "A certificate is renewed from 90\u{a0}days before its end on.",
            ),
            Refusal::Renewed => {
                self.say("Ce certificat est déjà renouvelé.", "This certificate was renewed already.")
            }
            Refusal::NotLost => self.say(
                "Ne se délivre à nouveau que ce qui a été révoqué, et que le jury accorde toujours.",
                "Only what was revoked, and what the jury still awards, is issued anew.",
            ),
            Refusal::Unprintable(sign) => self.say(
                format!("Le caractère «\u{a0}{sign}\u{a0}» d’un nom ne peut pas être imprimé\u{a0}: le certificat n’est pas délivré."),
                format!("The character “{sign}” of a name cannot be printed: the certificate is not issued."),
            ),
            Refusal::UnprintableRecord(sign) => self.say(
                format!("Le caractère «\u{a0}{sign}\u{a0}» d’un intitulé de la fiche ou du nom du certificateur ne peut pas être imprimé\u{a0}: rien n’est délivré."),
                format!("The character “{sign}” of a title of the record, or of the certifier’s name, cannot be printed: nothing is issued."),
            ),
            Refusal::NumbersSpent => self.say(
                "Les 999\u{202f}999 numéros de cette fiche sont donnés pour l’année.",
                "The 999,999 numbers of this record are given for this year.",
            ),
        }
    }

    /// « Tourcoing (Nord) », as a certificate prints it; none where it is not known.
    pub fn certificate_birthplace(self, place: &Birthplace) -> Option<String> {
        match place {
            Birthplace::Unknown => None,
            Birthplace::France { commune, .. } => {
                let known = reference::commune(commune.as_str());
                let with = |known: &reference::Commune| {
                    let department = reference::department(known.department)?;
                    Some(format!("{} ({})", known.name, department.name))
                };
                Some(known.and_then(with).unwrap_or_else(|| self.birthplace(place)))
            }
            Birthplace::Abroad { .. } => Some(self.birthplace(place)),
        }
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
    certificates { fr "Certificats" en "Certificates" }
    certificate_files { fr "À garder et à montrer" en "To keep and to show" }
    certificate_was_issued { fr "Tel qu’il a été délivré" en "As it was issued" }
    certificate_page { fr "Où il se vérifie" en "Where it is checked" }
    issue_anew_label { fr "Délivrer à nouveau" en "Issue anew" }
    issue_anew_help {
        fr "Un autre certificat sera délivré pour ce que le jury a accordé, sous un nouveau numéro. Celui-ci reste révoqué."
        en "Another certificate will be issued for what the jury awarded, under a new number. This one stays revoked."
    }
    issued_anew_done { fr "Le certificat est délivré à nouveau, son titulaire est prévenu." en "The certificate is issued anew, its holder is told." }
    picture_other_title { fr "Cette image n’est pas celle qui a été délivrée" en "This is not the picture that was issued" }
    picture_other {
        fr "Elle contient un badge que nous avons délivré, mais ce qu’elle montre a été changé\u{a0}: ne croyez que ce qui est écrit ici."
        en "It contains a badge that we issued, but what it shows was changed: believe only what is written here."
    }
    certificate_says { fr "Ce que dit ce certificat" en "What this certificate says" }
    certificate_birth_label { fr "Naissance" en "Birth" }
    certificate_block_label { fr "Bloc de compétences" en "Block of competencies" }
    certificate_jury { fr "Décision du jury" en "Decision of the jury" }
    issuer_signatory_missing { fr "Écrivez le nom de qui signe." en "Write the name of who signs." }
    issuer_quality_missing { fr "Écrivez en quelle qualité cette personne signe." en "Write in which capacity they sign." }
    certificate_word { fr "Certificat" en "Certificate" }
    certificates_help {
        fr "Les certificats que vous avez délivrés, les plus récents d’abord. Un certificat se remplace ou se révoque, il ne s’efface pas."
        en "The certificates that you issued, the newest first. A certificate is superseded or revoked, it is never erased."
    }
    own_certificates_help {
        fr "Ce que vous avez obtenu\u{a0}: le document à imprimer, le badge numérique, et le lien que vous pouvez donner à qui veut vérifier."
        en "What you obtained: the document to print, the digital badge, and the link that you may give to whoever wants to check."
    }
    no_certificates_title { fr "Aucun certificat" en "No certificate" }
    no_certificates_help {
        fr "Quand un jury a rendu sa décision, sa page mène à la délivrance."
        en "Once a jury has decided, its page leads to the issue of certificates."
    }
    no_own_certificates_help {
        fr "Vos certificats seront ici dès qu’un jury aura décidé et que le certificateur les aura délivrés."
        en "Your certificates will be here once a jury has decided and the certifier has issued them."
    }
    no_ending_title { fr "Aucun certificat ne se termine bientôt" en "No certificate ends soon" }
    no_ending_help {
        fr "Aucun de ceux que vous voyez ici ne se termine dans les 90\u{a0}jours."
        en "None of those that you see here ends within 90\u{a0}days."
    }
    certificates_ending_help { fr "Leurs titulaires en sont prévenus." en "Their holders are told." }
    all_certificates { fr "Tous" en "All" }
    ending_certificates { fr "Se terminent dans 90\u{a0}jours" en "End within 90\u{a0}days" }
    certificate_holder { fr "Titulaire" en "Holder" }
    certificate_obtains { fr "Obtenu" en "Obtained" }
    certificate_until { fr "Jusqu’au" en "Until" }
    certificate_endless { fr "Sans limite" en "Without end" }
    certificate_state_label { fr "État" en "State" }
    certificate_paper { fr "Télécharger le certificat (PDF)" en "Download the certificate (PDF)" }
    badge_picture { fr "Badge (SVG)" en "Badge (SVG)" }
    badge_picture_png { fr "Badge (PNG)" en "Badge (PNG)" }
    badge_document { fr "Badge (JSON)" en "Badge (JSON)" }
    certificate_share { fr "Lien à donner à qui veut vérifier" en "Link to give to whoever wants to check" }
    certificate_digest { fr "Empreinte du PDF (SHA-256)" en "Digest of the PDF (SHA-256)" }
    certificate_reason_label { fr "Motif" en "Reason" }
    supersede_label { fr "Remplacer ce certificat" en "Replace this certificate" }
    supersede_help {
        fr "Un nouveau certificat sera délivré avec l’identité que le titulaire a renseignée en dernier. Ce que le jury a décidé et la durée de validité ne changent pas. Celui-ci restera vérifiable, et renverra au nouveau."
        en "A new certificate will be issued with the identity that the holder told last. What the jury decided and the validity stay. This one can still be checked, and leads to the new one."
    }
    superseded_done { fr "Le nouveau certificat est délivré, son titulaire est prévenu." en "The new certificate is issued, its holder is told." }
    renew_label { fr "Renouveler ce certificat" en "Renew this certificate" }
    renew_help {
        fr "Un autre certificat sera délivré pour la période qui suit, de la durée que dit la fiche. Celui-ci ne change pas\u{a0}: il vaut jusqu’à son dernier jour."
        en "Another certificate will be issued for the period that follows, as long as the record says. This one does not change: it holds until its last day."
    }
    renewed_done { fr "Le certificat est renouvelé, son titulaire est prévenu." en "The certificate is renewed, its holder is told." }
    revoke_label { fr "Révoquer ce certificat" en "Revoke this certificate" }
    revoke_help {
        fr "C’est définitif. Qui le vérifiera lira qu’il est révoqué, et depuis quel jour\u{a0}; le motif n’est dit qu’au titulaire."
        en "This is final. Whoever checks it will read that it is revoked, and since which day; the reason is told to the holder alone."
    }
    revoked_done { fr "Le certificat est révoqué, son titulaire est prévenu." en "The certificate is revoked, its holder is told." }
    issuing_title { fr "Délivrer les certificats" en "Issue the certificates" }
    issuing_help {
        fr "Un certificat pour chaque certification obtenue\u{a0}; après une décision partielle, un pour chaque bloc acquis. Ce qu’un certificat dit est figé le jour où il est délivré."
        en "One certificate for each certification obtained; after a partial decision, one for each block acquired. What a certificate says is frozen on the day of its issue."
    }
    issuing_nobody { fr "Ce jury n’a rien accordé à certifier." en "This jury awarded nothing to certify." }
    issuing_done { fr "Délivré" en "Issued" }
    issuing_waits { fr "À délivrer" en "To issue" }
    issuing_lacks { fr "Identité de naissance à renseigner par le candidat" en "The candidate has to tell their identity at birth" }
    certificate_whole { fr "Certification" en "Certification" }
    issuer_title { fr "Signature des certificats" en "How certificates are signed" }
    issuer_help {
        fr "Vos certificats sont signés sous un nom court, qui figure dans l’adresse de vos clés publiques et dans chaque badge. Il se choisit une fois pour toutes."
        en "Your certificates are signed under a short name, which stands in the address of your public keys and in every badge. It is chosen once and for all."
    }
    issuer_name { fr "Nom court" en "Short name" }
    issuer_name_help { fr "Par exemple institut-du-nord. Lettres minuscules, chiffres, tirets." en "For example institut-du-nord. Small letters, digits, hyphens." }
    issuer_signatory { fr "Qui signe" en "Who signs" }
    issuer_signatory_help { fr "Prénom et nom, comme imprimés sur le certificat." en "Given name and surname, as the certificate prints them." }
    issuer_quality { fr "En qualité de" en "In the capacity of" }
    issuer_quality_help { fr "Par exemple directrice générale." en "For example managing director." }
    issuer_kept { fr "Vos certificats seront signés ainsi à partir de maintenant." en "Your certificates are signed like this from now on." }
    issuer_address { fr "Clés publiques" en "Public keys" }
    issuer_settle { fr "Régler la signature des certificats" en "Settle how certificates are signed" }
    verify_title { fr "Vérifier un certificat" en "Check a certificate" }
    verify_help {
        fr "Trois façons, sans compte. Rien de ce que vous tapez ou déposez n’est gardé."
        en "Three ways, without an account. Nothing that you type or drop is kept."
    }
    verify_by_code { fr "Avec le code imprimé" en "By the printed code" }
    verify_code { fr "Code" en "Code" }
    verify_code_help { fr "Vingt-cinq signes en cinq groupes, au bas du certificat. Le QR code y mène aussi." en "Twenty-five characters in five groups, at the foot of the certificate. The QR code leads there too." }
    verify_by_number { fr "Avec le numéro et le nom" en "By the number and the surname" }
    verify_number { fr "Numéro" en "Number" }
    verify_number_help { fr "Par exemple RNCP99999-2026-000042." en "For example RNCP99999-2026-000042." }
    verify_surname { fr "Nom du titulaire" en "Surname of the holder" }
    verify_surname_help { fr "De naissance ou d’usage." en "At birth or in use." }
    verify_by_file { fr "Avec le fichier" en "By the file" }
    verify_file { fr "Certificat en PDF, ou badge en SVG, PNG ou JSON" en "Certificate as PDF, or badge as SVG, PNG or JSON" }
    verify_file_help { fr "Le fichier est comparé à celui qui a été délivré, puis oublié." en "The file is compared with what was issued, then forgotten." }
    verify_button { fr "Vérifier" en "Check" }
    verify_again { fr "Vérifier un autre certificat" en "Check another certificate" }
    code_wrong { fr "Un code a vingt-cinq lettres et chiffres\u{a0}: recopiez-le du certificat." en "A code has twenty-five letters and digits: copy it from the certificate." }
    number_wrong { fr "Un numéro s’écrit comme RNCP99999-2026-000042." en "A number is written like RNCP99999-2026-000042." }
    surname_missing { fr "Écrivez le nom du titulaire." en "Write the surname of the holder." }
    file_missing { fr "Choisissez un fichier." en "Choose a file." }
    code_unknown_title { fr "Aucun certificat ne porte ce code" en "No certificate bears this code" }
    code_unknown {
        fr "Vérifiez chaque signe. Si le code est bien recopié, ce document n’a pas été délivré ici."
        en "Check every character. If the code is copied right, this document was not issued here."
    }
    number_unknown_title { fr "Ce numéro et ce nom ne vont pas ensemble" en "This number and this surname do not belong together" }
    number_unknown {
        fr "Aucun certificat de ce numéro n’a été délivré à quelqu’un de ce nom. Vérifiez l’un et l’autre, ou utilisez le code."
        en "No certificate of this number was issued to somebody of this surname. Check both, or use the code."
    }
    file_same { fr "Ce fichier est, sans aucun changement, celui qui a été délivré." en "This file is, without any change, what was issued." }
    file_altered_title { fr "Ce fichier a été modifié" en "This file was altered" }
    file_altered {
        fr "Il porte la référence d’un certificat délivré ici, et ne dit pas la même chose que lui. Ne vous y fiez pas. Voici ce qui a été délivré sous cette référence."
        en "It bears the reference of a certificate issued here, and does not say the same. Do not rely on it. Here is what was issued under this reference."
    }
    paper_unknown_title { fr "Ce PDF n’est aucun de ceux qui ont été délivrés ici" en "This PDF is none of those issued here" }
    paper_unknown {
        fr "Il a été modifié, réimprimé par un autre logiciel, ou vient d’ailleurs. Le code imprimé au bas du certificat dit ce qu’il en est."
        en "It was altered, printed again by another program, or comes from elsewhere. The code printed at its foot tells what holds."
    }
    badge_unknown_title { fr "Ce badge n’a pas été délivré ici" en "This badge was not issued here" }
    badge_unknown {
        fr "Il vient d’un autre émetteur, ou de personne."
        en "It comes from another issuer, or from nobody."
    }
    file_unreadable_title { fr "Aucun badge n’a été trouvé dans ce fichier" en "No badge was found in this file" }
    file_unreadable {
        fr "Déposez le certificat en PDF tel que vous l’avez reçu, ou un badge en SVG, PNG ou JSON d’un mégaoctet au plus."
        en "Drop the certificate as PDF as you received it, or a badge as SVG, PNG or JSON of one megabyte at most."
    }
    verify_outline {
        fr "Le numéro et le nom disent si le certificat est valable. Tout ce qu’il imprime ne se lit qu’avec son code."
        en "The number and the surname tell whether the certificate holds. Everything that it prints is read by its code only."
    }
    verified_today { fr "Vérifié le" en "Checked on" }
}
