//! Somebody on their way to a certification.

use super::{Language, Words, phrases};
use domain::candidacies::{
    CandidacyState, Condition, Eligibility, LARGEST_PIECE, LONGEST_TEXT, PieceState, Refusal, Standing,
};

impl Words {
    pub const fn candidacy_state(self, state: CandidacyState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, CandidacyState::Draft) => "En préparation",
            (Language::Fr, CandidacyState::Submitted) => "Déposée",
            (Language::Fr, CandidacyState::Eligible) => "Éligible",
            (Language::Fr, CandidacyState::NotEligible) => "Non éligible",
            (Language::Fr, CandidacyState::Admitted) => "Admise en formation",
            (Language::Fr, CandidacyState::Convened) => "Convoquée devant le jury",
            (Language::Fr, CandidacyState::Assessed) => "Évaluée",
            (Language::Fr, CandidacyState::Decided) => "Décision rendue",
            (Language::Fr, CandidacyState::Withdrawn) => "Retirée",
            (Language::En, CandidacyState::Draft) => "Being prepared",
            (Language::En, CandidacyState::Submitted) => "Handed in",
            (Language::En, CandidacyState::Eligible) => "Eligible",
            (Language::En, CandidacyState::NotEligible) => "Not eligible",
            (Language::En, CandidacyState::Admitted) => "Admitted to the training",
            (Language::En, CandidacyState::Convened) => "Convened before the jury",
            (Language::En, CandidacyState::Assessed) => "Assessed",
            (Language::En, CandidacyState::Decided) => "Decided",
            (Language::En, CandidacyState::Withdrawn) => "Withdrawn",
        }
    }

    /// What the candidate, or the certifier, may expect next.
    pub const fn candidacy_next(self, state: CandidacyState, is_candidate: bool) -> &'static str {
        match (self.0, state, is_candidate) {
            (Language::Fr, CandidacyState::Draft, _) => {
                "Réunissez ce qui est demandé ci-dessous, puis déposez votre candidature."
            }
            (Language::Fr, CandidacyState::Submitted, true) => {
                "Le certificateur lit votre dossier. Chaque réponse vous parvient par courriel et s’affiche ici."
            }
            (Language::Fr, CandidacyState::Submitted, false) => {
                "Lisez les pièces, puis confirmez ce que disent les conditions d’entrée."
            }
            (Language::Fr, CandidacyState::Eligible, true) => {
                "Vous remplissez les conditions. Le certificateur doit encore vous admettre."
            }
            (Language::Fr, CandidacyState::Eligible, false) => {
                "Le candidat remplit les conditions\u{a0}: vous pouvez l’admettre."
            }
            (Language::Fr, CandidacyState::NotEligible, true) => {
                "Vous pourrez candidater de nouveau quand ce qui manque sera réuni."
            }
            (Language::Fr, CandidacyState::Admitted, true) => {
                "Vous êtes admis\u{a0}: inscrivez-vous aux sessions de la formation certifiante. La convocation devant le jury suivra."
            }
            (Language::Fr, CandidacyState::Admitted, false) => {
                "Le candidat suit la formation certifiante ou attend un jury."
            }
            (Language::Fr, CandidacyState::Convened, true) => {
                "Votre convocation dit où et quand vous êtes attendu."
            }
            (Language::Fr, CandidacyState::Assessed, _) => {
                "Le jury délibère\u{a0}: aucun résultat n’est visible avant la fin."
            }
            (Language::Fr, CandidacyState::Decided, true) => "Le jury a rendu sa décision.",
            (Language::Fr, _, _) => "",
            (Language::En, CandidacyState::Draft, _) => {
                "Gather what is asked for below, then hand your application in."
            }
            (Language::En, CandidacyState::Submitted, true) => {
                "The certifier is reading your file. Each answer reaches you by e-mail and shows here."
            }
            (Language::En, CandidacyState::Submitted, false) => {
                "Read the documents, then confirm what the conditions of entry come to."
            }
            (Language::En, CandidacyState::Eligible, true) => {
                "You meet the conditions. The certifier has still to admit you."
            }
            (Language::En, CandidacyState::Eligible, false) => {
                "The candidate meets the conditions: you may admit them."
            }
            (Language::En, CandidacyState::NotEligible, true) => {
                "You may apply again when what is missing is there."
            }
            (Language::En, CandidacyState::Admitted, true) => {
                "You are admitted: enrol in the sessions of the certifying training. You will be convened before the jury later."
            }
            (Language::En, CandidacyState::Admitted, false) => {
                "The candidate follows the certifying training or waits for a jury."
            }
            (Language::En, CandidacyState::Convened, true) => {
                "Your letter says where and when you are expected."
            }
            (Language::En, CandidacyState::Assessed, _) => {
                "The jury deliberates: no result is visible before it ends."
            }
            (Language::En, CandidacyState::Decided, true) => "The jury has decided.",
            (Language::En, _, _) => "",
        }
    }

    pub const fn piece_state(self, state: PieceState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, PieceState::Sent) => "à lire",
            (Language::Fr, PieceState::Accepted) => "acceptée",
            (Language::Fr, PieceState::Refused) => "refusée",
            (Language::En, PieceState::Sent) => "to be read",
            (Language::En, PieceState::Accepted) => "accepted",
            (Language::En, PieceState::Refused) => "refused",
        }
    }

    /// How a condition stands: by what it is met, or what is missing.
    pub fn condition_standing(self, standing: &Standing) -> String {
        match standing {
            Standing::AttendedOn(title, day) => self.say(
                format!("{title}, suivie le {}", self.day(*day)),
                format!("{title}, attended on {}", self.day(*day)),
            ),
            Standing::HasLevel(level) => {
                self.say(format!("niveau {level} déclaré"), format!("level {level} declared"))
            }
            Standing::Accepted => self.say("pièce acceptée", "document accepted"),
            Standing::ToRead => self.say("pièce reçue, à lire", "document received, to be read"),
            Standing::PieceRefused => self.say(
                "pièce refusée\u{a0}: une autre est attendue",
                "document refused: another one is wanted",
            ),
            Standing::LevelBelow(level) => {
                self.say(format!("niveau {level} déclaré"), format!("level {level} declared"))
            }
            Standing::Missing => self.say("il manque", "missing"),
        }
    }

    /// « Éligible parce que… » or « Il manque… », in one sentence for the journal and the letters.
    pub fn eligibility(self, found: &Eligibility) -> String {
        let is_met = |c: &&Condition| c.standing.is_met();
        let told = |c: &Condition| {
            format!("{} ({})", self.requirement(&c.requirement), self.condition_standing(&c.standing))
        };
        let lacks: Vec<String> = found.conditions.iter().filter(|c| !is_met(c)).map(told).collect();
        let route = (!found.route_is_open)
            .then(|| self.say("la voie d’accès choisie n’est pas ouverte", "the route chosen is not open"));
        let lacks: Vec<String> = route.into_iter().chain(lacks).collect();
        if !lacks.is_empty() {
            return self.say(
                format!("Il manque\u{a0}: {}.", lacks.join("\u{a0}; ")),
                format!("Missing: {}.", lacks.join("; ")),
            );
        }
        let met: Vec<String> = found.conditions.iter().filter(is_met).map(told).collect();
        if met.is_empty() {
            return self
                .say("Éligible\u{a0}: aucune condition n’est posée.", "Eligible: no condition is set.");
        }
        self.say(
            format!("Éligible parce que\u{a0}: {}.", met.join("\u{a0}; ")),
            format!("Eligible because: {}.", met.join("; ")),
        )
    }

    pub fn candidacy_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Illegal(illegal) => {
                let state = self.candidacy_state(illegal.from).to_lowercase();
                self.say(
                    format!(
                        "Ce n’est plus possible\u{a0}: la candidature est maintenant «\u{a0}{state}\u{a0}»."
                    ),
                    format!("This is no longer possible: the application is now “{state}”."),
                )
            }
            Refusal::Once => self.say(
                "Vous avez déjà une candidature en cours pour cette certification.",
                "You have an application for this certification already.",
            ),
            Refusal::Route => self.say(
                "Choisissez une voie d’accès à laquelle cette certification est ouverte.",
                "Choose an access route that this certification is open to.",
            ),
            Refusal::TextTooLong => self.say(
                format!("Un des textes dépasse {LONGEST_TEXT} caractères."),
                format!("One of the texts is longer than {LONGEST_TEXT} characters."),
            ),
            Refusal::AccommodationMissing => self.say(
                "Dites ce qu’il faut aménager, en une phrase.",
                "Say what is to be arranged, in a sentence.",
            ),
            Refusal::PieceKind => {
                self.say("Envoyez un PDF, ou une image JPEG ou PNG.", "Send a PDF, or a JPEG or PNG picture.")
            }
            Refusal::PieceTooLarge => {
                let most = LARGEST_PIECE / 1_000_000;
                self.say(
                    format!("Ce fichier dépasse {most}\u{a0}Mo."),
                    format!("This file is larger than {most} MB."),
                )
            }
            Refusal::PieceUnknown => self.say(
                "Cette pièce n’est pas demandée pour cette certification.",
                "This document is not asked for by this certification.",
            ),
            Refusal::Closed => self.say(
                "Le dossier n’accepte plus de changement à ce stade.",
                "The file takes no more changes at this stage.",
            ),
            Refusal::Incomplete => self.say(
                "Il manque encore quelque chose\u{a0}: la liste ci-dessous dit quoi.",
                "Something is still missing: the list below says what.",
            ),
            Refusal::PiecesToRead => self.say(
                "Une pièce n’a pas encore été lue\u{a0}: acceptez-la ou refusez-la d’abord.",
                "A document was not read yet: accept or refuse it first.",
            ),
            Refusal::Lacking => self.say(
                "Quelque chose manque\u{a0}: le candidat n’est pas éligible.",
                "Something is missing: the candidate is not eligible.",
            ),
            Refusal::NothingLacking => self.say(
                "Rien ne manque\u{a0}: le candidat est éligible.",
                "Nothing is missing: the candidate is eligible.",
            ),
            Refusal::ReasonMissing => {
                self.say("Donnez un motif, en une phrase.", "Give a reason, in a sentence.")
            }
            Refusal::NothingToResit => self.say(
                "Il n’y a rien à rattraper\u{a0}: tout est acquis, ou le candidat est exclu.",
                "There is nothing to resit: everything is acquired, or the candidate is excluded.",
            ),
        }
    }

    pub fn apply_for(self, title: &str) -> String {
        self.say(format!("Candidater\u{a0}: {title}"), format!("Apply: {title}"))
    }

    /// « Curriculum vitæ » is sent with this button.
    pub fn send_piece_named(self, name: &str) -> String {
        self.say(format!("Envoyer\u{a0}: {name}"), format!("Send: {name}"))
    }

    pub fn candidacies_to_judge(self, count: i64) -> String {
        match count {
            1 => self.say("Une candidature attend votre réponse", "One application waits for your answer"),
            n => self.say(
                format!("{n}\u{a0}candidatures attendent votre réponse"),
                format!("{n} applications wait for your answer"),
            ),
        }
    }
}

phrases! {
    level_missing { fr "Choisissez un niveau dans la liste." en "Choose a level from the list." }
    candidacies { fr "Candidatures" en "Applications" }
    candidacies_help {
        fr "Chaque candidature à vos certifications, de la plus récente à la plus ancienne."
        en "Every application for your certifications, newest first."
    }
    own_candidacies_help {
        fr "Vos candidatures, et où elles en sont."
        en "Your applications, and how they stand."
    }
    no_candidacies_title { fr "Les candidatures seront ici" en "Applications will be here" }
    no_candidacies_help {
        fr "Aucune pour l’instant. Chacune apparaît dès que le candidat la dépose."
        en "None yet. Each appears as soon as the candidate hands it in."
    }
    no_own_candidacies_help {
        fr "Une certification se prépare au bout du parcours. Choisissez-en une, voyez ce qu’elle demande, et commencez votre dossier."
        en "A certification is prepared at the end of the path. Choose one, see what it asks for, and begin your file."
    }
    see_certifications { fr "Voir les certifications" en "See the certifications" }
    candidacy { fr "Candidature" en "Application" }
    candidate { fr "Candidat" en "Candidate" }
    candidacy_state_label { fr "État" en "State" }
    submitted_on { fr "Déposée le" en "Handed in on" }
    all_states { fr "Tous les états" en "All states" }
    route_label { fr "Voie d’accès" en "Access route" }
    route_missing { fr "Choisissez une voie d’accès." en "Choose an access route." }
    own_level { fr "Votre plus haut niveau de qualification" en "Your highest qualification" }
    level_told { fr "Niveau déclaré" en "Level declared" }
    motivation_label { fr "Votre projet, en quelques phrases" en "Your project, in a few sentences" }
    motivation_fact { fr "Projet" en "Project" }
    accommodation_box { fr "J’ai besoin d’un aménagement" en "I need an arrangement" }
    accommodation_label { fr "Ce qu’il faut aménager" en "What is to be arranged" }
    accommodation_help {
        fr "Dites seulement ce qu’il vous faut (temps supplémentaire, salle accessible, grands caractères…), jamais pourquoi. Seuls le certificateur et vous le lisez\u{a0}; c’est chiffré."
        en "Say only what you need (more time, an accessible room, large print…), never why. Only the certifier and you read it; it is encrypted."
    }
    accommodation_fact { fr "Aménagement" en "Arrangement" }
    begin_candidacy { fr "Commencer le dossier" en "Begin the file" }
    candidacy_begun {
        fr "Votre dossier est ouvert. Rien n’est encore déposé."
        en "Your file is open. Nothing is handed in yet."
    }
    change_candidacy { fr "Modifier" en "Change" }
    candidacy_saved { fr "Le dossier est enregistré." en "The file is saved." }
    your_file { fr "Le dossier" en "The file" }
    piece_file { fr "Fichier" en "File" }
    piece_file_help { fr "PDF, JPEG ou PNG, 5\u{a0}Mo au plus. Chiffré dès son arrivée." en "PDF, JPEG or PNG, 5 MB at most. Encrypted as it arrives." }
    piece_missing { fr "Choisissez un fichier." en "Choose a file." }
    piece_sent { fr "La pièce est enregistrée." en "The document is saved." }
    send_piece { fr "Envoyer" en "Send" }
    replace_piece { fr "Remplacer" en "Replace" }
    open_piece { fr "Ouvrir" en "Open" }
    accept_piece { fr "Accepter" en "Accept" }
    refuse_piece { fr "Refuser" en "Refuse" }
    piece_judged { fr "La réponse est enregistrée." en "The answer is saved." }
    refusal_reason_label { fr "Motif du refus" en "Reason of the refusal" }
    hand_in { fr "Déposer la candidature" en "Hand in the application" }
    handed_in {
        fr "Votre candidature est déposée. Le certificateur en est prévenu."
        en "Your application is handed in. The certifier is told."
    }
    what_is_missing { fr "Il manque encore quelque chose pour déposer." en "Something is still missing before you can hand it in." }
    confirm_eligible { fr "Confirmer l’éligibilité" en "Confirm the eligibility" }
    confirm_not_eligible { fr "Répondre «\u{a0}non éligible\u{a0}»" en "Answer “not eligible”" }
    eligibility_answered { fr "La réponse est enregistrée, et le candidat prévenu." en "The answer is saved, and the candidate told." }
    admit_candidate { fr "Admettre" en "Admit" }
    candidate_admitted { fr "Le candidat est admis, et prévenu." en "The candidate is admitted, and told." }
    withdraw_candidacy { fr "Retirer la candidature" en "Withdraw the application" }
    withdraw_sure {
        fr "La candidature prend fin. Ce qui a été envoyé reste au dossier\u{a0}; une nouvelle candidature reste possible."
        en "The application ends. What was sent stays in the file; another application remains possible."
    }
    candidacy_withdrawn { fr "La candidature est retirée." en "The application is withdrawn." }
    candidacy_journal { fr "Ce qui s’est passé" en "What happened" }
    candidacies_to_judge_help {
        fr "Lisez les pièces et répondez\u{a0}: chaque candidat voit où il en est."
        en "Read the documents and answer: every candidate sees how they stand."
    }
    read_candidacies { fr "Lire les candidatures" en "Read the applications" }
    your_candidacy { fr "Voir ma candidature" en "See my application" }
}
