//! The declaration to the State.

use super::{Language, Words, phrases};
use domain::calendar::Day;
use domain::declarations::{
    Alert, DeclarationState, FileState, Lack, ReasonKind, Refusal, UnreadableReport, alert,
};

impl Words {
    pub const fn declaration_state(self, state: DeclarationState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, DeclarationState::Incomplete) => "Incomplète",
            (Language::Fr, DeclarationState::Ready) => "Prête",
            (Language::Fr, DeclarationState::Batched) => "Dans un fichier",
            (Language::Fr, DeclarationState::Exported) => "Dans un fichier écrit",
            (Language::Fr, DeclarationState::Deposited) => "Déposée",
            (Language::Fr, DeclarationState::Accepted) => "Acceptée",
            (Language::Fr, DeclarationState::Rejected) => "Rejetée",
            (Language::En, DeclarationState::Incomplete) => "Incomplete",
            (Language::En, DeclarationState::Ready) => "Ready",
            (Language::En, DeclarationState::Batched) => "In a file",
            (Language::En, DeclarationState::Exported) => "In a written file",
            (Language::En, DeclarationState::Deposited) => "Deposited",
            (Language::En, DeclarationState::Accepted) => "Accepted",
            (Language::En, DeclarationState::Rejected) => "Rejected",
        }
    }

    pub const fn declaration_file_state(self, state: FileState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, FileState::Batched) => "En préparation",
            (Language::Fr, FileState::Exported) => "Écrit, à déposer",
            (Language::Fr, FileState::Deposited) => "Déposé",
            (Language::Fr, FileState::GivenUp) => "Abandonné",
            (Language::En, FileState::Batched) => "Being prepared",
            (Language::En, FileState::Exported) => "Written, to be deposited",
            (Language::En, FileState::Deposited) => "Deposited",
            (Language::En, FileState::GivenUp) => "Given up",
        }
    }

    /// What comes next for a file.
    pub const fn declaration_file_next(self, state: FileState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, FileState::Batched) => {
                "La préparation n’est pas terminée. Si elle s’est arrêtée, reprenez-la\u{a0}: rien n’est perdu."
            }
            (Language::Fr, FileState::Exported) => {
                "Téléchargez le fichier, déposez-le sur le portail des certificateurs, puis notez ici le jour du dépôt."
            }
            (Language::Fr, FileState::Deposited) => {
                "Quand le portail donne son compte rendu de traitement, déposez-le ici\u{a0}: chaque déclaration sera acceptée ou rejetée."
            }
            (Language::Fr, FileState::GivenUp) => "Les déclarations de ce fichier attendent le suivant.",
            (Language::En, FileState::Batched) => {
                "The preparation is not finished. If it stopped, go on with it: nothing is lost."
            }
            (Language::En, FileState::Exported) => {
                "Download the file, deposit it on the certifiers’ portal, then note the day of the deposit here."
            }
            (Language::En, FileState::Deposited) => {
                "When the portal gives its processing report, drop it here: each declaration is accepted or rejected."
            }
            (Language::En, FileState::GivenUp) => "The declarations of this file wait for the next one.",
        }
    }

    /// What is missing, or cannot be.
    pub const fn declaration_lack(self, lack: Lack) -> &'static str {
        match (self.0, lack) {
            (Language::Fr, Lack::Contract) => "Les numéros du certificateur auprès de la Caisse des Dépôts",
            (Language::Fr, Lack::Certification) => "La certification",
            (Language::Fr, Lack::IssueDate) => "Le jour de la décision du jury",
            (Language::Fr, Lack::BirthName) => "Le nom de naissance",
            (Language::Fr, Lack::FirstName) => "Le premier prénom",
            (Language::Fr, Lack::BirthYear) => "L’année de naissance",
            (Language::Fr, Lack::Sex) => "Le sexe",
            (Language::Fr, Lack::BornAfterIssue) => "La naissance serait après la décision du jury",
            (Language::Fr, Lack::ValidityEndsBeforeIssue) => "La validité finirait avant de commencer",
            (Language::Fr, Lack::ExamEndsBeforeStart) => "L’examen finirait avant de commencer",
            (Language::En, Lack::Contract) => "The certifier’s numbers with the Caisse des Dépôts",
            (Language::En, Lack::Certification) => "The certification",
            (Language::En, Lack::IssueDate) => "The day on which the jury decided",
            (Language::En, Lack::BirthName) => "The birth name",
            (Language::En, Lack::FirstName) => "The first given name",
            (Language::En, Lack::BirthYear) => "The year of birth",
            (Language::En, Lack::Sex) => "The sex",
            (Language::En, Lack::BornAfterIssue) => "The birth would be after the decision of the jury",
            (Language::En, Lack::ValidityEndsBeforeIssue) => "The validity would end before it begins",
            (Language::En, Lack::ExamEndsBeforeStart) => "The examination would end before it begins",
        }
    }

    /// Who tells it, and when.
    pub const fn declaration_source(self, lack: Lack) -> &'static str {
        match (self.0, lack) {
            (Language::Fr, Lack::Contract) => "Le certificateur les donne une fois pour toutes.",
            (Language::Fr, Lack::Certification) => "Celle de la candidature.",
            (Language::Fr, Lack::IssueDate) => "Connu quand le certificat est délivré.",
            (Language::En, Lack::Contract) => "The certifier gives them once and for all.",
            (Language::En, Lack::Certification) => "That of the application.",
            (Language::En, Lack::IssueDate) => "Known once the certificate is issued.",
            (Language::Fr, _) => "Le candidat le renseigne avec son identité de naissance.",
            (Language::En, _) => "The candidate tells it with their identity at birth.",
        }
    }

    pub const fn declaration_reason(self, kind: ReasonKind) -> &'static str {
        match (self.0, kind) {
            (Language::Fr, ReasonKind::Identity) => "Titulaire introuvable",
            (Language::Fr, ReasonKind::Ambiguous) => "Plusieurs titulaires possibles",
            (Language::Fr, ReasonKind::Other) => "Autre motif",
            (Language::En, ReasonKind::Identity) => "Holder not found",
            (Language::En, ReasonKind::Ambiguous) => "Several holders possible",
            (Language::En, ReasonKind::Other) => "Another reason",
        }
    }

    /// What to do about a rejection.
    pub const fn declaration_remedy(self, kind: ReasonKind) -> &'static str {
        match (self.0, kind) {
            (Language::Fr, ReasonKind::Identity) => {
                "Le titulaire est invité à vérifier son nom, son prénom, la date et le lieu de naissance. Quand c’est fait, marquez la déclaration comme corrigée."
            }
            (Language::Fr, ReasonKind::Ambiguous) => {
                "Le titulaire est invité à ajouter ses autres prénoms et sa commune de naissance. Quand c’est fait, marquez la déclaration comme corrigée."
            }
            (Language::Fr, ReasonKind::Other) => {
                "Corrigez ce que dit le motif, puis marquez la déclaration comme corrigée."
            }
            (Language::En, ReasonKind::Identity) => {
                "The holder is asked to check their names, date and place of birth. Once that is done, mark the declaration as corrected."
            }
            (Language::En, ReasonKind::Ambiguous) => {
                "The holder is asked to add their other given names and their municipality of birth. Once that is done, mark the declaration as corrected."
            }
            (Language::En, ReasonKind::Other) => {
                "Mend what the reason says, then mark the declaration as corrected."
            }
        }
    }

    /// What is said of a deadline; nothing while it is far.
    pub fn declaration_pressing(self, state: DeclarationState, due_on: Day, today: Day) -> String {
        alert(state, due_on, today).map_or_else(String::new, |alert| self.declaration_alert(alert))
    }

    /// What the holder is told of the declaration of what they obtained.
    pub const fn declaration_own_standing(
        self,
        state: DeclarationState,
        reason: Option<ReasonKind>,
    ) -> &'static str {
        match (self.0, state) {
            (Language::Fr, DeclarationState::Rejected) if matches!(reason, Some(ReasonKind::Other)) => {
                "La Caisse des Dépôts n’a pas pris la déclaration de votre certification, pour un motif qui ne vient pas de vous\u{a0}: le certificateur la déclarera de nouveau."
            }
            (Language::En, DeclarationState::Rejected) if matches!(reason, Some(ReasonKind::Other)) => {
                "The Caisse des Dépôts did not take the declaration of your certification, for a reason that is not yours: the certifier declares it again."
            }
            (Language::Fr, DeclarationState::Incomplete) => {
                "Vous avez obtenu la certification. Pour la déclarer à la Caisse des Dépôts, il manque encore ce que voici."
            }
            (Language::Fr, DeclarationState::Rejected) => {
                "La Caisse des Dépôts n’a pas pris la déclaration de votre certification. Vérifiez votre identité de naissance\u{a0}: le certificateur la déclarera de nouveau."
            }
            (Language::Fr, DeclarationState::Accepted) => {
                "Votre certification est déclarée à la Caisse des Dépôts\u{a0}: elle figure dans votre passeport de compétences."
            }
            (Language::Fr, _) => {
                "Vous avez obtenu la certification. Le certificateur la déclare à la Caisse des Dépôts\u{a0}: elle figurera dans votre passeport de compétences."
            }
            (Language::En, DeclarationState::Incomplete) => {
                "You obtained the certification. To declare it to the Caisse des Dépôts, the following is still missing."
            }
            (Language::En, DeclarationState::Rejected) => {
                "The Caisse des Dépôts did not take the declaration of your certification. Check your identity at birth: the certifier declares it again."
            }
            (Language::En, DeclarationState::Accepted) => {
                "Your certification is declared to the Caisse des Dépôts: it appears in your skills passport."
            }
            (Language::En, _) => {
                "You obtained the certification. The certifier declares it to the Caisse des Dépôts: it will appear in your skills passport."
            }
        }
    }

    pub fn declarations_put_right(self, many: usize) -> String {
        match many {
            0 => self.say(
                "Aucune ne peut repartir\u{a0}: il manque toujours quelque chose, ou le certificat est révoqué.",
                "None can leave again: something is still missing, or the certificate is revoked.",
            ),
            1 => self.say(
                "Une déclaration repartira avec le prochain fichier.",
                "One declaration leaves with the next file.",
            ),
            _ => self.say(
                format!("{many}\u{a0}déclarations repartiront avec le prochain fichier."),
                format!("{many}\u{a0}declarations leave with the next file."),
            ),
        }
    }

    /// Some in a file lost what it tells of them.
    pub fn declarations_lost(self, state: FileState, many: i64) -> String {
        let number = self.number(many);
        if state == FileState::Deposited {
            return self.say(
                format!("Certificats révoqués depuis la préparation de ce fichier\u{a0}: {number}. Ce que l’État a accepté se corrige à la main, sur le portail des certificateurs."),
                format!("Certificates revoked since this file was prepared: {number}. What the State accepted is corrected by hand, on the certifiers’ portal."),
            );
        }
        self.say(
            format!("Certificats révoqués depuis la préparation de ce fichier\u{a0}: {number}. Abandonnez-le et préparez-en un autre pour ne pas les déclarer."),
            format!("Certificates revoked since this file was prepared: {number}. Give it up and prepare another one, so that they are not declared."),
        )
    }

    pub fn declaration_alert(self, alert: Alert) -> String {
        match alert {
            Alert::Soon { days_left: 0 } => self.say("Dernier jour aujourd’hui", "Last day today"),
            Alert::Soon { days_left: 1 } => self.say("Plus qu’un jour", "One day left"),
            Alert::Soon { days_left } => {
                self.say(format!("Plus que {days_left}\u{a0}jours"), format!("{days_left}\u{a0}days left"))
            }
            Alert::Overdue { days_late: 1 } => self.say("En retard d’un jour", "One day late"),
            Alert::Overdue { days_late } => self
                .say(format!("En retard de {days_late}\u{a0}jours"), format!("{days_late}\u{a0}days late")),
        }
    }

    pub fn declarations_counted(self, many: i64) -> String {
        match many {
            1 => self.say("1\u{a0}déclaration", "1\u{a0}declaration"),
            _ => {
                let number = self.number(many);
                self.say(format!("{number}\u{a0}déclarations"), format!("{number}\u{a0}declarations"))
            }
        }
    }

    /// On the button that makes a file.
    pub fn prepare_file(self, ready: i64) -> String {
        match ready {
            1 => {
                self.say("Préparer le fichier (1\u{a0}déclaration)", "Prepare the file (1\u{a0}declaration)")
            }
            _ => {
                let number = self.number(ready);
                self.say(
                    format!("Préparer le fichier ({number}\u{a0}déclarations)"),
                    format!("Prepare the file ({number}\u{a0}declarations)"),
                )
            }
        }
    }

    /// On the page of home.
    pub fn declarations_pressing(self, many: i64) -> String {
        match many {
            1 => self.say(
                "Une déclaration à l’État arrive à échéance ou est en retard",
                "One declaration to the State comes to its deadline or is late",
            ),
            _ => self.say(
                format!("{many}\u{a0}déclarations à l’État arrivent à échéance ou sont en retard"),
                format!("{many}\u{a0}declarations to the State come to their deadline or are late"),
            ),
        }
    }

    pub fn report_taken(self, accepted: usize, rejected: usize, open: usize) -> String {
        let open_fr = if open > 0 { format!(", {open} sans réponse") } else { String::new() };
        let open_en = if open > 0 { format!(", {open} without an answer") } else { String::new() };
        self.say(
            format!(
                "Compte rendu pris en compte\u{a0}: {accepted} acceptée(s), {rejected} rejetée(s){open_fr}."
            ),
            format!("Report taken in: {accepted} accepted, {rejected} rejected{open_en}."),
        )
    }

    pub fn declaration_refusal(self, no: &Refusal) -> String {
        match no {
            Refusal::Illegal(_) | Refusal::IllegalFile(_) => self.say(
                "Ce n’est plus possible dans cet état\u{a0}: rechargez la page.",
                "This is not possible in this state any more: reload the page.",
            ),
            Refusal::NotDeposited => self.say(
                "Un compte rendu répond à un fichier déposé\u{a0}: notez d’abord le jour du dépôt. Un fichier dont une partie a déjà reçu réponse ne se rejette pas en entier.",
                "A report answers a file that was deposited: note the day of the deposit first. A file of which a part was answered is not rejected as a whole.",
            ),
            Refusal::NoDeclarant => self.say(
                "Donnez d’abord vos numéros auprès de la Caisse des Dépôts.",
                "Give your numbers with the Caisse des Dépôts first.",
            ),
            Refusal::NobodyReady => {
                self.say("Aucune déclaration n’est prête à partir.", "No declaration is ready to leave.")
            }
            Refusal::DepositDay => self.say(
                "Le jour du dépôt va de la préparation du fichier à aujourd’hui.",
                "The day of the deposit lies between the preparation of the file and today.",
            ),
            Refusal::ReasonMissing => self.say("Écrivez le motif.", "Write the reason."),
            Refusal::WouldLack(lack) => {
                let lack = self.declaration_lack(*lack);
                self.say(
                    format!("Elle ne peut pas repartir ainsi\u{a0}: {lack}."),
                    format!("It cannot leave again like this: {lack}."),
                )
            }
            Refusal::InAFile => self.say(
                "Elle est dans un fichier\u{a0}: ses données restent ce qu’elles sont.",
                "It is in a file: its data stay as they are.",
            ),
            Refusal::OnThePortalOnly => self.say(
                "L’État l’a acceptée\u{a0}: elle se corrige à la main, sur le portail des certificateurs.",
                "The State accepted it: it is corrected by hand, on the certifiers’ portal.",
            ),
            Refusal::CertificateLost => self.say(
                "Son certificat est révoqué\u{a0}: elle ne se déclare plus.",
                "Its certificate is revoked: it is declared no more.",
            ),
            Refusal::Contradicts(id) => self.say(
                format!("Ce compte rendu dit de {id} le contraire de ce qui est déjà noté\u{a0}: rien n’a été pris en compte."),
                format!("This report says of {id} the contrary of what is noted already: nothing was taken in."),
            ),
            Refusal::Empty => self.say("Un fichier a au moins une déclaration.", "A file has a declaration at least."),
            Refusal::Full => self.say(
                "Un fichier a 200\u{202f}000\u{a0}déclarations au plus.",
                "A file has 200,000\u{a0}declarations at most.",
            ),
            Refusal::Twice(id) => {
                self.say(format!("{id} figure deux fois dans le fichier."), format!("{id} stands twice in the file."))
            }
            Refusal::OtherContract(id) => self.say(
                format!("{id} relève d’un autre contrat."),
                format!("{id} belongs to another contract."),
            ),
            Refusal::Scattered(code) => self.say(
                format!("Les déclarations de {code} ne se suivent pas."),
                format!("The declarations of {code} do not stand together."),
            ),
            Refusal::Undated => self.say(
                "Un fichier est daté de 1900 à 2099\u{a0}: l’horloge de ce serveur se trompe.",
                "A file is dated from 1900 to 2099: the clock of this server is wrong.",
            ),
            Refusal::OtherFile { flow } => self.say(
                format!("Ce compte rendu répond à un autre fichier ({flow})."),
                format!("This report answers another file ({flow})."),
            ),
            Refusal::UnknownPassage { id } => self.say(
                format!("Ce compte rendu parle de {id}, qui n’est pas dans ce fichier\u{a0}: rien n’a été pris en compte."),
                format!("This report speaks of {id}, which is not in this file: nothing was taken in."),
            ),
            Refusal::AnsweredTwice(id) => self.say(
                format!("Ce compte rendu répond deux fois à {id}\u{a0}: rien n’a été pris en compte."),
                format!("This report answers {id} twice: nothing was taken in."),
            ),
            Refusal::Report(unreadable) => self.unreadable_report(*unreadable),
        }
    }

    fn unreadable_report(self, why: UnreadableReport) -> String {
        let why = match why {
            UnreadableReport::TooLarge { .. } => self.say("il est trop grand", "it is too large"),
            UnreadableReport::NotUtf8 => {
                self.say("il n’est pas écrit en UTF-8", "it is not written in UTF-8")
            }
            UnreadableReport::Doctype | UnreadableReport::Entity => self.say(
                "il définit des types ou des entités, ce qu’aucun compte rendu ne fait",
                "it defines types or entities, which no report does",
            ),
            UnreadableReport::Damaged => self.say("il est abîmé", "it is damaged"),
            UnreadableReport::NotAReport => {
                self.say("ce n’est pas un compte rendu de traitement", "it is no processing report")
            }
            UnreadableReport::NoFlow => {
                self.say("il ne dit pas à quel fichier il répond", "it does not say which file it answers")
            }
            UnreadableReport::NoPassageId => self.say(
                "une de ses lignes n’a pas d’identifiant technique",
                "one of its lines has no technical number",
            ),
            UnreadableReport::TooMany => {
                self.say("il a plus de lignes qu’un fichier", "it has more lines than a file")
            }
            UnreadableReport::LongText { .. } => {
                self.say("un de ses textes est trop long", "one of its texts is too long")
            }
        };
        self.say(
            format!("Ce fichier ne peut pas être lu\u{a0}: {why}. Déposez le fichier XML tel que le portail le donne."),
            format!("This file cannot be read: {why}. Drop the XML file as the portal gives it."),
        )
    }
}

phrases! {
    declarations { fr "Déclarations" en "Declarations" }
    declaration_title { fr "Déclaration à l’État" en "Declaration to the State" }
    declarations_title { fr "Déclarations à l’État" en "Declarations to the State" }
    declarations_help {
        fr "Chaque titulaire d’une certification entière se déclare à la Caisse des Dépôts dans les trois mois de la décision du jury. Un bloc seul ne se déclare pas."
        en "Each holder of a whole certification is declared to the Caisse des Dépôts within three months of the decision of the jury. A block alone is not declared."
    }
    declarations_to_do { fr "À faire" en "To do" }
    declarations_sent { fr "Envoyées" en "Sent" }
    declarations_accepted { fr "Acceptées" en "Accepted" }
    declaration_files { fr "Fichiers" en "Files" }
    declaration_file { fr "Fichier" en "File" }
    no_declarations_title { fr "Rien à déclarer ici" en "Nothing to declare here" }
    no_declarations_help {
        fr "Une déclaration naît avec chaque certificat d’une certification entière."
        en "A declaration is born with each certificate of a whole certification."
    }
    no_declaration_files_title { fr "Aucun fichier" en "No file" }
    no_declaration_files_help { fr "Préparez-en un dès qu’une déclaration est prête." en "Prepare one as soon as a declaration is ready." }
    declaration_holder { fr "Titulaire" en "Holder" }
    declaration_due { fr "Échéance" en "Deadline" }
    declaration_state_label { fr "État" en "State" }
    declaration_made { fr "Préparé le" en "Prepared on" }
    declaration_passages { fr "Déclarations" en "Declarations" }
    declaration_numbers { fr "Numéros de déclarant" en "Declarant’s numbers" }
    declaration_numbers_help {
        fr "La Caisse des Dépôts vous les a donnés avec votre accès au portail des certificateurs."
        en "The Caisse des Dépôts gave them to you with your access to the certifiers’ portal."
    }
    declaration_client { fr "Identifiant client (idClient)" en "Client number (idClient)" }
    declaration_client_help { fr "Huit lettres et chiffres." en "Eight letters and digits." }
    declaration_client_wrong { fr "Un identifiant client a huit lettres et chiffres." en "A client number has eight letters and digits." }
    declaration_contract { fr "Identifiant de contrat (idContrat)" en "Contract number (idContrat)" }
    declaration_contract_help { fr "Vingt signes au plus, sans espace." en "Twenty characters at most, without spaces." }
    declaration_contract_wrong { fr "Un identifiant de contrat a 1 à 20 signes, sans espace." en "A contract number has 1 to 20 characters, without spaces." }
    declaration_sender { fr "Identifiant client du déposant" en "Client number of the depositor" }
    declaration_sender_help { fr "Seulement si un tiers de confiance dépose pour vous." en "Only if a trusted third party deposits for you." }
    declaration_action { fr "Écrire l’élément «\u{a0}action\u{a0}» (schéma 1.1.5)" en "Write the element “action” (schema 1.1.5)" }
    declaration_numbers_kept { fr "Vos numéros sont enregistrés." en "Your numbers are kept." }
    declaration_numbers_missing { fr "Sans vos numéros de déclarant, aucune déclaration n’est complète." en "Without your declarant’s numbers no declaration is complete." }
    declaration_give_numbers { fr "Donner mes numéros de déclarant" en "Give my declarant’s numbers" }
    file_prepared { fr "Le fichier est écrit." en "The file is written." }
    finish_file { fr "Reprendre la préparation" en "Go on with the preparation" }
    download_file { fr "Télécharger le fichier XML" en "Download the XML file" }
    note_deposit { fr "Noter le dépôt" en "Note the deposit" }
    deposit_day { fr "Jour du dépôt" en "Day of the deposit" }
    deposit_day_wrong { fr "Écrivez le jour comme 29/11/2026." en "Write the day as 29/11/2026." }
    deposit_noted { fr "Le dépôt est noté." en "The deposit is noted." }
    give_up_file { fr "Abandonner ce fichier" en "Give this file up" }
    give_up_file_help {
        fr "À faire seulement s’il n’a pas été déposé. Les déclarations qu’il contient attendront le fichier suivant."
        en "Only if it was not deposited. The declarations in it wait for the next file."
    }
    file_given_up { fr "Le fichier est abandonné." en "The file is given up." }
    refuse_file { fr "Le portail a refusé tout le fichier" en "The portal refused the whole file" }
    refuse_file_help {
        fr "Chaque déclaration du fichier sera rejetée, et repartira une fois corrigée."
        en "Each declaration of the file is rejected, and leaves again once it is corrected."
    }
    file_refused { fr "Les déclarations du fichier sont rejetées." en "The declarations of the file are rejected." }
    portal_says { fr "Ce que dit le portail" en "What the portal says" }
    report_label { fr "Compte rendu de traitement" en "Processing report" }
    report_file { fr "Fichier XML du compte rendu" en "XML file of the report" }
    report_file_help { fr "Il est comparé au fichier déposé, et gardé tel quel." en "It is compared with the file that was deposited, and kept as it came." }
    report_missing { fr "Choisissez le fichier du compte rendu." en "Choose the file of the report." }
    take_report { fr "Prendre en compte" en "Take it in" }
    report_of { fr "Compte rendu du" en "Report of" }
    file_digest { fr "Empreinte du fichier (SHA-256)" en "Digest of the file (SHA-256)" }
    flow_label { fr "Identifiant du flux (idFlux)" en "Number of the flow (idFlux)" }
    technical_label { fr "Identifiant technique" en "Technical number" }
    declaration_corrected { fr "Marquer comme corrigée" en "Mark as corrected" }
    declaration_corrected_done { fr "La déclaration repartira avec le prochain fichier." en "The declaration leaves with the next file." }
    declaration_still_lacks { fr "Il manque toujours quelque chose." en "Something is still missing." }
    declaration_own_lost { fr "Votre certificat est révoqué\u{a0}: il ne se déclare plus à la Caisse des Dépôts." en "Your certificate is revoked: it is not declared to the Caisse des Dépôts any more." }
    declaration_lost { fr "Son certificat est révoqué\u{a0}: elle ne se déclare plus. Si l’État l’a déjà reçue, corrigez-la sur le portail des certificateurs." en "Its certificate is revoked: it is declared no more. If the State has it already, correct it on the certifiers’ portal." }
    report_as_it_came { fr "Télécharger" en "Download" }
    declaration_file_answered { fr "Chaque déclaration de ce fichier a reçu sa réponse." en "Each declaration of this file was answered." }
    put_right_all { fr "Marquer les rejetées comme corrigées" en "Mark the rejected ones as corrected" }
    put_right_help {
        fr "Celles auxquelles rien ne manque repartiront avec le prochain fichier. Ce fichier-ci reste tel qu’il a été déposé."
        en "Those that lack nothing leave with the next file. This one stays as it was deposited."
    }
    declaration_recheck { fr "Vérifier de nouveau" en "Check again" }
    declaration_by_hand {
        fr "L’État l’a acceptée. Une erreur se corrige à la main, sur le portail des certificateurs."
        en "The State accepted it. A mistake is corrected by hand, on the certifiers’ portal."
    }
    declaration_until { fr "Fin de validité" en "End of validity" }
    given_names { fr "Prénoms" en "Given names" }
    declaration_facts { fr "Ce qui est déclaré" en "What is declared" }
    declaration_wanted { fr "Ce que l’État demande" en "What the State asks for" }
    declaration_complete { fr "Rien ne manque." en "Nothing is missing." }
    declaration_own_help {
        fr "Quand vous aurez obtenu la certification entière, le certificateur la déclarera à la Caisse des Dépôts\u{a0}: elle figurera dans votre passeport de compétences. Voici ce qu’il lui faut."
        en "Once you have obtained the whole certification, the certifier declares it to the Caisse des Dépôts: it appears in your skills passport. Here is what is needed."
    }
    declaration_candidate_help {
        fr "Ce que la déclaration de cette personne demandera, et ce qui est déjà là."
        en "What the declaration of this person will ask for, and what is there already."
    }
    declaration_there { fr "Renseigné." en "Known." }
    see_declaration { fr "Voir ce qui est prêt" en "See what is ready" }
}
