//! Letters: what they say, and how far they are.

mod admitted;
mod agreement_declined;
mod agreement_given;
mod agreement_wanted;
mod appeal_answered;
mod appeal_received;
mod approval_wanted;
mod candidacy_received;
mod certified;
mod cold_survey;
mod confirmed;
mod convened;
mod corrected;
mod decided;
mod eligible;
mod employer_reminder;
mod employer_survey;
mod ending;
mod enrolment_cancelled;
mod invitation;
mod joining;
mod jury_moved;
mod jury_news;
mod jury_reminder;
mod new_role;
mod no_place;
mod not_eligible;
mod not_found_by_state;
mod offer;
mod piece_refused;
mod promoted;
mod released;
mod reminder;
mod renewed;
mod request_received;
mod reset;
mod resit;
mod revoked;
mod session_cancelled;
mod session_moved;
mod session_sealed;
mod signature_wanted;
mod signing_link;
mod staff_news;
mod submitted;
mod superseded;
mod survey_reminder;
mod thank_you;
mod turns;
mod unsigned_presence;
mod waiting;
mod withdrawn;

pub(super) use turns::de;

use super::{Language, Words, phrases};
use domain::calendar::{Instant, Zone};
use domain::enrolments::Rank;
use domain::letters::{
    AccountNews, AgreementNews, Board, BoardNews, CandidacyNews, Dossier, LetterKind, Meeting, Message,
    Partnership, Place, PlaceNews, Progress, SessionNews,
};
use domain::sessions::Slot;

/// All that one letter says, beside the facts of what it is about.
#[derive(Debug)]
pub struct Said {
    /// What stands in the list of a mailbox.
    pub subject: String,
    /// The body, a paragraph each.
    pub sentences: Vec<String>,
    /// On the link or button that it leads on with.
    pub button: &'static str,
}

/// Which file says a letter, and from what. Each has the name of its kind as `LABEL`, in French and in English.
macro_rules! letters {
    ($($group:ident($w:ident $(, $of:ident: $type:ty)*) $news:ident { $(
        $kind:ident $file:ident $own:tt ($($given:expr),*);
    )+ })+) => {
        $(fn $group($w: Words $(, $of: $type)*, news: &$news) -> Said {
            match news { $($news::$kind $own => $file::said($w $(, $given)*)),+ }
        })+

        impl Words {
            pub const fn letter_kind(self, kind: LetterKind) -> &'static str {
                let (fr, en) = match kind { $($(LetterKind::$kind => $file::LABEL,)+)+ };
                self.either(fr, en)
            }
        }
    };
}

letters! {
    account(w) AccountNews {
        Invitation invitation { organisation, by, until } (organisation.as_deref(), by.as_deref(), *until);
        Reset reset { until } (*until);
        NewRole new_role { role, organisation, by } (*role, organisation.as_deref(), by.as_deref());
    }
    session(w, m: &Meeting) SessionNews {
        RequestReceived request_received { results } (m, results);
        StaffNews staff_news { former, .. } (m, former.as_ref());
        EmployerSurvey employer_survey { until } (m, *until);
        EmployerReminder employer_reminder { until } (m, *until);
        SessionSealed session_sealed { .. } (m);
    }
    place(w, m: &Meeting, p: &Place) PlaceNews {
        ApprovalWanted approval_wanted { until } (m, p, *until);
        Confirmed confirmed { goes_ahead } (m, p, *goes_ahead);
        Waiting waiting { rank } (m, p, *rank);
        Offer offer { until } (m, p, *until);
        Promoted promoted { goes_ahead } (m, p, *goes_ahead);
        NoPlace no_place { state, reason } (m, p, *state, reason.as_deref());
        EnrolmentCancelled enrolment_cancelled { reason, passed_to, .. }
            (m, p, reason.as_deref(), passed_to.as_deref());
        Joining joining {} (m, p);
        Reminder reminder { days } (m, p, *days);
        SigningLink signing_link {} (m);
        SignatureWanted signature_wanted { slot, until } (m, p, slot, *until);
        UnsignedPresence unsigned_presence { slots } (m, p, slots);
        SessionMoved session_moved { reason, state, former } (m, p, reason.as_deref(), *state, former);
        SessionCancelled session_cancelled { reason, .. } (m, reason);
        ThankYou thank_you { minutes, until } (m, p, *minutes, *until);
        ColdSurvey cold_survey { until } (m, p, *until);
        SurveyReminder survey_reminder { moment, until } (m, p, *moment, *until);
    }
    candidacy(w, of: &Dossier) CandidacyNews {
        CandidacyReceived candidacy_received {} (of);
        AppealReceived appeal_received {} (of);
        Submitted submitted {} (of);
        PieceRefused piece_refused { piece, reason } (of, piece, reason);
        Eligible eligible { conditions } (of, conditions);
        NotEligible not_eligible { conditions } (of, conditions);
        Admitted admitted {} (of);
        Withdrawn withdrawn { reason } (of, reason.as_deref());
        Convened convened { meeting } (of, &meeting.meeting);
        JuryMoved jury_moved { meeting } (of, &meeting.meeting);
        JuryReminder jury_reminder { meeting } (of, &meeting.meeting);
        Released released { reason } (of, reason);
        Decided decided { decision, blocks } (of, *decision, blocks);
        Corrected corrected { decision, blocks, reason } (of, *decision, blocks, reason);
        Resit resit {} (of);
        AppealAnswered appeal_answered { is_upheld, answer } (of, *is_upheld, answer);
        Certified certified { titles } (of, titles);
        Superseded superseded { about, reason } (of, about, reason);
        Revoked revoked { about, reason } (of, about, reason);
        Renewed renewed { about, until } (of, about, *until);
        Ending ending { about, until } (of, about, *until);
        NotFoundByState not_found_by_state { kind } (of, *kind);
    }
    agreement(w, of: &Partnership) AgreementNews {
        AgreementWanted agreement_wanted {} (of);
        AgreementGiven agreement_given {} (of);
        AgreementDeclined agreement_declined {} (of);
    }
    jury(w, board: &Board) BoardNews {
        JuryNews jury_news { news } (board, news);
    }
}

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
    choose_my_password { fr "Choisir mon mot de passe" en "Choose my password" }
    see_this_session { fr "Voir cette session" en "See this session" }
    see_the_open_sessions { fr "Voir les sessions ouvertes" en "See the open sessions" }
    to_the_page_of_the_seat { fr "Ouvrir la page de cette place" en "Open the page of this seat" }
    give_my_opinion { fr "Donner mon avis" en "Give my opinion" }
    see_my_application { fr "Voir ma candidature" en "See my application" }
    letter_link_plain { fr "Si le bouton ne s’ouvre pas, copiez cette adresse\u{a0}:" en "If the button does not open, copy this address:" }
    letter_foot_plain {
        fr "Lettre envoyée par Parcours. Cette adresse ne reçoit pas de réponse."
        en "Sent by Parcours. Nobody reads answers to this address."
    }
}

impl Words {
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

    pub fn letter(self, message: &Message) -> Said {
        match message {
            Message::Account { news, .. } => account(self, news),
            Message::Session { meeting, news, .. } => session(self, meeting, news),
            Message::Place { meeting, place: theirs, news } => place(self, meeting, theirs, news),
            Message::Candidacy { dossier, news } => candidacy(self, dossier, news),
            Message::Agreement { partnership, news } => agreement(self, partnership, news),
            Message::Jury { board, news } => jury(self, board, news),
        }
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
