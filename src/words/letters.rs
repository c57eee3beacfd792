//! Letters: what they say, and how far they are.

mod agreements;
mod candidacies;
mod certificates;
mod juries;
mod sentences;
mod signatures;
mod subjects;
mod surveys;

use super::{Language, Words, phrases};
use domain::calendar::{Instant, Zone};
use domain::enrolments::Rank;
use domain::letters::{CandidacyNews, LetterKind, Meeting, Message, Progress};
use domain::sessions::Slot;

phrases! {
    letters { fr "Courrier" en "Letters" }
    letters_help {
        fr "Chaque lettre que Parcours envoie, de la plus récente à la plus ancienne, et où elle en est."
        en "Every letter that Parcours sends, newest first, and how far it is."
    }
    letters_empty {
        fr "Aucune lettre pour l’instant. Confirmations, convocations et rappels apparaîtront ici dès leur envoi."
        en "No letter yet. Confirmations, joining letters and reminders will appear here as they are sent."
    }
    letters_caption { fr "Lettres, de la plus récente à la plus ancienne" en "Letters, newest first" }
    letters_pages { fr "Pages du courrier" en "Pages of letters" }
    own_letters { fr "Mes courriels" en "My e-mails" }
    own_letters_help {
        fr "Ce que Parcours vous a écrit, et ce que vos demandes ont fait écrire à d’autres. Chaque courriel se lit dans la messagerie de son destinataire."
        en "What Parcours wrote to you, and what your requests made it write to others. Each e-mail is read in the mailbox of its addressee."
    }
    own_letters_empty {
        fr "Aucun courriel pour l’instant. Ce que Parcours vous écrira se suivra ici, jusqu’à son envoi."
        en "No e-mail yet. What Parcours writes to you will be followed here, until it is sent."
    }
    own_letters_caption { fr "Courriels, du plus récent au plus ancien" en "E-mails, newest first" }
    own_letter_written { fr "Écrit le" en "Written" }
    letters_of_place { fr "Courriels à propos de cette place" en "E-mails about this seat" }
    letter_next_try { fr "prochain essai le" en "next try on" }
    letter_recipient { fr "Destinataire" en "To" }
    letter_subject_label { fr "Objet" en "Subject" }
    letter_written { fr "Écrite le" en "Written" }
    letter_progress_label { fr "État" en "Progress" }
    letter_retry { fr "Renvoyer" en "Send again" }
    letter_retried {
        fr "La lettre repart\u{a0}: son état se met à jour dans la minute."
        en "The letter is leaving again: its progress is updated within a minute."
    }
    letter_over {
        fr "Cette lettre ne peut plus repartir\u{a0}: le lien qu’elle portait est effacé. Refaites l’envoi depuis la page qui l’a écrite, ou prévenez directement la personne."
        en "This letter cannot leave again: the link in it is erased. Send a new one from the page that wrote it, or tell the person yourself."
    }
    letter_answers_to { fr "Réponses à" en "Answers go to" }
    letter_calendars { fr "Agenda" en "Calendar" }
    demo_letters_help {
        fr "Dans la démonstration aucun courriel ne part\u{a0}: voici les lettres que leurs destinataires auraient reçues."
        en "In the demonstration no e-mail leaves: these are the letters that people would have received."
    }
    demo_letters_empty {
        fr "Aucune lettre ici. Inscrivez quelqu’un à une session\u{a0}: sa confirmation arrive dans la seconde."
        en "No letter here. Enrol somebody in a session: the confirmation arrives within a second."
    }
    demo_letters_filter { fr "Adresse du destinataire, ou le début d’un de ses mots" en "Address of the recipient, or how one of its words begins" }
    demo_letters_all { fr "Voir tout le courrier" en "See all letters" }
    letter_when { fr "Quand" en "When" }
    letter_where { fr "Où" en "Where" }
    letter_former_when { fr "Date précédente" en "Former date" }
    letter_former_where { fr "Lieu précédent" en "Former place" }
    letter_former_video { fr "Visioconférence précédente" en "Former video meeting" }
    letter_video { fr "Visioconférence" en "Video meeting" }
    letter_at_a_distance { fr "À\u{a0}distance" en "At a distance" }
    letter_for_whom { fr "Pour" en "For" }
    letter_organiser { fr "Organisme" en "Training body" }
    see_my_certificates { fr "Voir mes certificats" en "See my certificates" }
    letter_link_plain { fr "Si le bouton ne s’ouvre pas, copiez cette adresse\u{a0}:" en "If the button does not open, copy this address:" }
    letter_foot_plain {
        fr "Lettre envoyée par Parcours. Cette adresse ne reçoit pas de réponse."
        en "Sent by Parcours. Nobody reads answers to this address."
    }
}

impl Words {
    pub const fn letter_kind(self, kind: LetterKind) -> &'static str {
        match (self.0, kind) {
            (_, LetterKind::Invitation) => "Invitation",
            (Language::Fr, LetterKind::Reset) => "Nouveau mot de passe",
            (Language::Fr, LetterKind::NewRole) => "Nouveau rôle",
            (Language::Fr, LetterKind::ApprovalWanted) => "Demande à approuver",
            (Language::Fr, LetterKind::RequestReceived) => "Demande reçue",
            (Language::Fr, LetterKind::StaffNews) => "Du nouveau pour l’employeur",
            (Language::Fr, LetterKind::Confirmed) => "Place confirmée",
            (Language::Fr, LetterKind::Waiting) => "Liste d’attente",
            (Language::Fr, LetterKind::Offer) => "Place proposée",
            (Language::Fr, LetterKind::Promoted) => "Place libérée",
            (Language::Fr, LetterKind::NoPlace) => "Sans place",
            (Language::Fr, LetterKind::EnrolmentCancelled) => "Inscription annulée",
            (Language::Fr, LetterKind::Joining) => "Convocation",
            (Language::Fr, LetterKind::Reminder) => "Rappel",
            (Language::Fr, LetterKind::SigningLink) => "Lien pour signer",
            (Language::Fr, LetterKind::SignatureWanted) => "Signature attendue",
            (Language::Fr, LetterKind::UnsignedPresence) => "Présence sans signature",
            (Language::Fr, LetterKind::SessionMoved) => "Session déplacée",
            (Language::Fr, LetterKind::SessionCancelled) => "Session annulée",
            (Language::Fr, LetterKind::ThankYou) => "Remerciement",
            (Language::Fr, LetterKind::ColdSurvey) => "Enquête à froid",
            (Language::Fr, LetterKind::SurveyReminder) => "Rappel d’enquête",
            (Language::Fr, LetterKind::EmployerSurvey) => "Enquête à l’employeur",
            (Language::Fr, LetterKind::EmployerReminder) => "Rappel à l’employeur",
            (Language::Fr, LetterKind::SessionSealed) => "Sceau du journal",
            (Language::Fr, LetterKind::CandidacyNews) => "Nouvelles d’une candidature",
            (Language::Fr, LetterKind::CandidacyReceived) => "Candidature à lire",
            (Language::Fr, LetterKind::JuryNews) => "Nouvelles d’un jury",
            (Language::Fr, LetterKind::AppealReceived) => "Recours à traiter",
            (Language::Fr, LetterKind::AgreementWanted) => "Accord demandé",
            (Language::Fr, LetterKind::AgreementGiven) => "Accord donné",
            (Language::Fr, LetterKind::AgreementDeclined) => "Accord refusé",
            (Language::En, LetterKind::Reset) => "New password",
            (Language::En, LetterKind::NewRole) => "New role",
            (Language::En, LetterKind::ApprovalWanted) => "To be approved",
            (Language::En, LetterKind::RequestReceived) => "Request received",
            (Language::En, LetterKind::StaffNews) => "News for the employer",
            (Language::En, LetterKind::Confirmed) => "Seat confirmed",
            (Language::En, LetterKind::Waiting) => "Waiting list",
            (Language::En, LetterKind::Offer) => "Seat offered",
            (Language::En, LetterKind::Promoted) => "Seat freed",
            (Language::En, LetterKind::NoPlace) => "No seat",
            (Language::En, LetterKind::EnrolmentCancelled) => "Enrolment cancelled",
            (Language::En, LetterKind::Joining) => "Joining letter",
            (Language::En, LetterKind::Reminder) => "Reminder",
            (Language::En, LetterKind::SigningLink) => "Link to sign",
            (Language::En, LetterKind::SignatureWanted) => "Signature wanted",
            (Language::En, LetterKind::UnsignedPresence) => "Presence without a signature",
            (Language::En, LetterKind::SessionMoved) => "Session moved",
            (Language::En, LetterKind::SessionCancelled) => "Session cancelled",
            (Language::En, LetterKind::ThankYou) => "Thank-you letter",
            (Language::En, LetterKind::ColdSurvey) => "Follow-up survey",
            (Language::En, LetterKind::SurveyReminder) => "Survey reminder",
            (Language::En, LetterKind::EmployerSurvey) => "Survey of the employer",
            (Language::En, LetterKind::EmployerReminder) => "Reminder to the employer",
            (Language::En, LetterKind::SessionSealed) => "Seal of the journal",
            (Language::En, LetterKind::CandidacyNews) => "News of an application",
            (Language::En, LetterKind::CandidacyReceived) => "Application to read",
            (Language::En, LetterKind::JuryNews) => "News of a jury",
            (Language::En, LetterKind::AppealReceived) => "Appeal to answer",
            (Language::En, LetterKind::AgreementWanted) => "Agreement asked for",
            (Language::En, LetterKind::AgreementGiven) => "Agreement given",
            (Language::En, LetterKind::AgreementDeclined) => "Agreement declined",
        }
    }

    pub const fn letter_progress(self, progress: Progress) -> &'static str {
        match (self.0, progress) {
            (Language::Fr, Progress::Queued) => "Dans la file",
            (Language::Fr, Progress::OnItsWay) => "En route",
            (Language::Fr, Progress::Sent) => "Envoyée",
            (Language::Fr, Progress::TryingAgain) => "Nouvel essai prévu",
            (Language::Fr, Progress::GivenUp) => "Non remise",
            (Language::En, Progress::Queued) => "Queued",
            (Language::En, Progress::OnItsWay) => "On its way",
            (Language::En, Progress::Sent) => "Sent",
            (Language::En, Progress::TryingAgain) => "To be tried again",
            (Language::En, Progress::GivenUp) => "Not delivered",
        }
    }

    /// How far a letter is, in a word, and what more there is to say: `moment` is when it was sent, or is
    /// tried again.
    pub fn letter_told(self, progress: Progress, refused: bool, moment: &str) -> (&'static str, String) {
        let on = || self.say(format!("le {moment}"), format!("on {moment}"));
        match progress {
            Progress::Queued => (self.either("À envoyer", "To be sent"), String::new()),
            Progress::OnItsWay => (self.either("En route", "On its way"), String::new()),
            Progress::Sent => (self.either("Envoyé", "Sent"), on()),
            Progress::TryingAgain => (self.either("Nouvel essai", "To be tried again"), on()),
            Progress::GivenUp if refused => {
                (self.either("Abandonné", "Given up"), self.say("adresse refusée", "address refused"))
            }
            Progress::GivenUp => (
                self.either("Abandonné", "Given up"),
                self.say("aucun essai n’a abouti", "no try came through"),
            ),
        }
    }

    /// The words of the link or button that a letter leads on with.
    pub fn letter_link(self, message: &Message) -> &'static str {
        match message {
            Message::CandidacyNews { news, .. } if news.is_of_a_certificate() => self.see_my_certificates(),
            Message::CandidacyNews { news: CandidacyNews::NotFoundByState { .. }, .. } => {
                self.see_declaration()
            }
            _ => self.link_of(message.kind()),
        }
    }

    const fn link_of(self, kind: LetterKind) -> &'static str {
        match (self.0, kind) {
            (Language::Fr, LetterKind::Invitation | LetterKind::Reset) => "Choisir mon mot de passe",
            (Language::Fr, LetterKind::NewRole) => "Me connecter",
            (Language::Fr, LetterKind::ApprovalWanted) => "Répondre à la demande",
            (Language::Fr, LetterKind::RequestReceived | LetterKind::StaffNews) => "Voir cette session",
            (Language::Fr, LetterKind::SessionSealed) => "Ouvrir le journal de la session",
            (Language::Fr, LetterKind::CandidacyNews) => "Voir ma candidature",
            (Language::Fr, LetterKind::CandidacyReceived) => "Lire le dossier",
            (Language::Fr, LetterKind::JuryNews) => "Voir le jury",
            (Language::Fr, LetterKind::AppealReceived) => "Lire le recours",
            (Language::Fr, LetterKind::AgreementWanted) => "Répondre",
            (Language::Fr, LetterKind::AgreementGiven | LetterKind::AgreementDeclined) => "Voir la réponse",
            (Language::Fr, LetterKind::Offer) => "Répondre à la proposition",
            (Language::Fr, LetterKind::Waiting) => "Suivre cette demande",
            (
                Language::Fr,
                LetterKind::NoPlace | LetterKind::EnrolmentCancelled | LetterKind::SessionCancelled,
            ) => "Voir les sessions ouvertes",
            (
                Language::Fr,
                LetterKind::Confirmed
                | LetterKind::Promoted
                | LetterKind::Joining
                | LetterKind::Reminder
                | LetterKind::UnsignedPresence
                | LetterKind::SessionMoved,
            ) => "Ouvrir la page de cette place",
            (
                Language::Fr,
                LetterKind::ThankYou
                | LetterKind::ColdSurvey
                | LetterKind::SurveyReminder
                | LetterKind::EmployerSurvey
                | LetterKind::EmployerReminder,
            ) => "Donner mon avis",
            (Language::Fr, LetterKind::SigningLink | LetterKind::SignatureWanted) => "Signer ma présence",
            (Language::En, LetterKind::SigningLink | LetterKind::SignatureWanted) => "Sign my attendance",
            (Language::En, LetterKind::Invitation | LetterKind::Reset) => "Choose my password",
            (Language::En, LetterKind::NewRole) => "Log in",
            (Language::En, LetterKind::ApprovalWanted) => "Answer the request",
            (Language::En, LetterKind::RequestReceived | LetterKind::StaffNews) => "See this session",
            (Language::En, LetterKind::SessionSealed) => "Open the journal of the session",
            (Language::En, LetterKind::CandidacyNews) => "See my application",
            (Language::En, LetterKind::CandidacyReceived) => "Read the file",
            (Language::En, LetterKind::JuryNews) => "See the jury",
            (Language::En, LetterKind::AppealReceived) => "Read the appeal",
            (Language::En, LetterKind::AgreementWanted) => "Answer",
            (Language::En, LetterKind::AgreementGiven | LetterKind::AgreementDeclined) => "See the answer",
            (Language::En, LetterKind::Offer) => "Answer the offer",
            (Language::En, LetterKind::Waiting) => "Follow this request",
            (
                Language::En,
                LetterKind::NoPlace | LetterKind::EnrolmentCancelled | LetterKind::SessionCancelled,
            ) => "See the open sessions",
            (
                Language::En,
                LetterKind::Confirmed
                | LetterKind::Promoted
                | LetterKind::Joining
                | LetterKind::Reminder
                | LetterKind::UnsignedPresence
                | LetterKind::SessionMoved,
            ) => "Open the page of this seat",
            (
                Language::En,
                LetterKind::ThankYou
                | LetterKind::ColdSurvey
                | LetterKind::SurveyReminder
                | LetterKind::EmployerSurvey
                | LetterKind::EmployerReminder,
            ) => "Give my opinion",
        }
    }

    pub fn letter_subject(self, message: &Message) -> String {
        subjects::subject(self, message)
    }

    /// The body of a letter, a paragraph each.
    pub fn letter_sentences(self, message: &Message) -> Vec<String> {
        sentences::sentences(self, message)
    }

    /// To whom, after « Renvoyer ».
    pub fn letter_to(self, name: &str) -> String {
        self.say(format!("à {name}"), format!("to {name}"))
    }

    pub fn letter_greeting(self, name: &str) -> String {
        self.say(format!("Bonjour {name},"), format!("Dear {name},"))
    }

    /// Where an answer goes, at the foot.
    pub fn letter_foot(self, organiser: &str) -> String {
        self.say(
            format!("Lettre envoyée par Parcours\u{a0}; votre réponse ira à {organiser}."),
            format!("Sent by Parcours; your answer goes to {organiser}."),
        )
    }

    /// Said at the top of a letter that one person receives for another.
    pub fn letter_to_be_handed(self, person: &str) -> String {
        self.say(
            format!(
                "À remettre à {person}, dont nous n’avons pas l’adresse électronique. Le lien de cette lettre lui sert de code d’accès."
            ),
            format!(
                "To be handed to {person}, whose e-mail address we do not have. The link in this letter is their access code."
            ),
        )
    }

    /// Each day with its hours: « jeudi 3 décembre 2026, 9 h – 12 h 30 et 14 h – 17 h ».
    pub fn letter_days(self, slots: &[Slot]) -> Vec<String> {
        let mut days: Vec<(domain::calendar::Day, String)> = Vec::new();
        for slot in slots {
            let hours = self.hours(slot.starts, slot.ends);
            match days.last_mut() {
                Some((day, told)) if *day == slot.day => {
                    *told = self.say(format!("{told} et {hours}"), format!("{told} and {hours}"));
                }
                _ => days.push((slot.day, hours)),
            }
        }
        days.into_iter().map(|(day, hours)| format!("{}, {hours}", self.day(day))).collect()
    }

    /// Which clock the hours are read on, wherever it is not the one of Paris.
    pub fn local_time(self, zone: Zone) -> Option<String> {
        let place = match zone.as_str() {
            "Europe/Paris" => return None,
            "America/Guadeloupe" => "Guadeloupe",
            "America/Martinique" => "Martinique",
            "America/Cayenne" => self.either("Guyane", "French Guiana"),
            "Indian/Reunion" => self.either("La Réunion", "Réunion"),
            "Indian/Mayotte" => "Mayotte",
            "Pacific/Noumea" => self.either("Nouvelle-Calédonie", "New Caledonia"),
            "Pacific/Tahiti" => self.either("Polynésie française", "French Polynesia"),
            "America/Miquelon" => "Saint-Pierre-et-Miquelon",
            other => other,
        };
        Some(self.say(format!("heure locale, {place}"), format!("local time, {place}")))
    }

    /// A moment on the clock of a zone, which is named where it is not the one of Paris.
    pub fn moment_there(self, at: Instant, zone: Zone) -> String {
        match self.local_time(zone) {
            None => self.moment(at, zone),
            Some(clock) => format!("{} ({clock})", self.moment(at, zone)),
        }
    }

    /// Why somebody waits: what is taken, or what a group still lacks.
    pub fn waiting_reason(self, rank: Rank) -> String {
        let Rank { capacity, held, reserved, free, group_needs, .. } = rank;
        match (group_needs, reserved) {
            (Some(needs), _) => self.say(
                format!("Le groupe demande {needs}\u{a0}places ensemble et il en reste {free}\u{a0}: il garde son rang."),
                format!("The group asks for {needs} seats together and {free} are free: it keeps its rank."),
            ),
            (None, 0) => self.say(
                if capacity == 1 {
                    "La seule place est prise.".to_owned()
                } else {
                    format!("Les {capacity}\u{a0}places sont prises.")
                },
                if capacity == 1 { "The only seat is taken.".to_owned() } else { format!("All {capacity} seats are taken.") },
            ),
            (None, reserved) => self.say(
                format!("Les {capacity}\u{a0}places sont prises ({held}) ou réservées ({reserved})."),
                format!("All {capacity} seats are taken ({held}) or set aside ({reserved})."),
            ),
        }
    }

    /// « jeudi 3 décembre », or « à partir du jeudi 3 décembre » when there are several days.
    fn letter_date(self, meeting: &Meeting) -> Option<String> {
        let (first, last) = (meeting.slots.first()?, meeting.slots.last()?);
        let day = self.day_of_year(first.day);
        if first.day == last.day {
            return Some(day);
        }
        Some(self.say(format!("à partir du {day}"), format!("from {day}")))
    }

    /// What stands between a label and what it names.
    pub const fn colon(self) -> &'static str {
        self.either("\u{a0}:", ":")
    }

    const fn either(self, fr: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Language::Fr => fr,
            Language::En => en,
        }
    }
}

/// « d’Élodie », « de Lou ».
pub(super) fn de(name: &str) -> String {
    let letters = domain::text::search_key(name);
    let elides = match letters.as_bytes() {
        [b'a' | b'e' | b'i' | b'o' | b'u', ..] => true,
        [b'y', second, ..] => !b"aeiou".contains(second),
        _ => false,
    };
    if elides { format!("d’{name}") } else { format!("de {name}") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_elided_as_one_says_it() {
        let said = ["Élodie", "Lou", "Yves", "Yasmine", "Œdipe", "Hugo"].map(super::de);
        assert_eq!(said, ["d’Élodie", "de Lou", "d’Yves", "de Yasmine", "d’Œdipe", "de Hugo"]);
    }
}
