//! Words of the surveys, and the questions that a course begins with.

use super::{Language, Words, phrases};
use domain::surveys::{
    FEWEST, Inquiry, MOST_QUESTIONS, Moment, QuestionKind, Refusal, Said, Wording, percent,
};

phrases! {
    question_set_missing { fr "Choisissez l’enquête dans la liste." en "Choose the survey from the list." }
    question_kind_missing { fr "Choisissez la forme de la réponse." en "Choose the kind of answer." }
    surveys { fr "Enquêtes" en "Surveys" }
    my_surveys { fr "Mes enquêtes" en "My surveys" }
    my_surveys_help {
        fr "Ce que l’on vous demande après une session. Vos réponses sont gardées sans nom."
        en "What you are asked after a session. Your answers are kept without a name."
    }
    no_surveys_title { fr "Vos enquêtes seront ici" en "Your surveys will be here" }
    no_surveys_help {
        fr "Après chaque session, quelques questions vous seront posées\u{a0}; vous verrez ici celles qui vous attendent."
        en "After each session you will be asked a few questions; those that wait for you will be here."
    }
    survey_answer { fr "Donner mon avis" en "Give my opinion" }
    survey_send { fr "Envoyer mes réponses" en "Send my answers" }
    survey_help {
        fr "Deux minutes. Aucune réponse n’est obligatoire\u{a0}; répondez au moins à une question."
        en "Two minutes. No answer is compulsory; please answer at least one question."
    }
    survey_nameless {
        fr "Vos réponses sont gardées sans votre nom. Personne ne peut ouvrir celles d’une seule personne, et rien n’est montré d’un groupe de moins de cinq réponses."
        en "Your answers are kept without your name. Nobody can open those of one person, and nothing is shown of a group of fewer than five answers."
    }
    survey_text_help {
        fr "Sans nom ni détail qui désigne quelqu’un\u{a0}: ce texte sera lu tel quel."
        en "Without names or details that point at somebody: this text will be read as it is."
    }
    survey_thanks { fr "Merci, vos réponses sont enregistrées." en "Thank you, your answers are saved." }
    survey_answered_title { fr "Vous avez répondu, merci" en "You have answered, thank you" }
    survey_answered_help {
        fr "On ne répond qu’une fois\u{a0}: rien d’autre n’est à faire, et votre réponse ne change plus."
        en "One answers once only: nothing else is to be done, and your answer does not change any more."
    }
    survey_over_title { fr "Cette enquête est terminée" en "This survey is over" }
    scale_not_at_all { fr "pas du tout" en "not at all" }
    scale_entirely { fr "tout à fait" en "entirely" }
    yes { fr "Oui" en "Yes" }
    no { fr "Non" en "No" }
    survey_open { fr "À répondre" en "To be answered" }
    survey_answered { fr "Répondu" en "Answered" }
    survey_over { fr "Terminée" en "Over" }
    results { fr "Résultats" en "Results" }
    results_help {
        fr "Les réponses sont comptées ensemble. Rien n’est montré d’un groupe de moins de cinq, et personne ne peut ouvrir celles d’une seule personne."
        en "Answers are counted together. Nothing is shown of a group of fewer than five, and nobody can open those of one person."
    }
    course_results_help {
        fr "Toutes les sessions que vous suivez, ensemble. Une question remplacée garde ses résultats."
        en "All the sessions that you follow, together. A question that was replaced keeps its results."
    }
    no_results_title { fr "Les résultats seront ici" en "Results will be here" }
    no_results_help {
        fr "L’enquête à chaud part à la clôture de la session, l’enquête à froid soixante jours après la dernière demi-journée."
        en "The end-of-course survey leaves when the session closes, the follow-up survey sixty days after the last half-day."
    }
    rates_caption { fr "Taux de réponse" en "Response rates" }
    rate_column { fr "Taux" en "Rate" }
    sent_column { fr "Envoyées" en "Sent" }
    answered_column { fr "Réponses" en "Answers" }
    unreached_column { fr "Sans adresse" en "No address" }
    survey_column { fr "Enquête" en "Survey" }
    too_few { fr "Trop peu de réponses pour les montrer." en "Too few answers to show them." }
    no_texts { fr "Personne n’a écrit de réponse." en "Nobody wrote an answer." }
    answer_column { fr "Réponse" en "Answer" }
    people_column { fr "Personnes" en "People" }
    share_column { fr "Part" en "Share" }
    question_retired { fr "n’est plus posée" en "not asked any more" }
    questions { fr "Questions" en "Questions" }
    questions_help {
        fr "Peu de questions, claires. Une question modifiée en devient une autre\u{a0}: les réponses déjà reçues gardent la leur."
        en "Few questions, and clear ones. A question that is changed becomes another one: answers already given keep theirs."
    }
    no_questions {
        fr "Aucune question\u{a0}: cette enquête ne part pas."
        en "No question: this survey does not leave."
    }
    add_question { fr "Ajouter une question" en "Add a question" }
    edit_question { fr "Modifier la question" en "Edit the question" }
    edit_question_help {
        fr "La question d’avant n’est plus posée et garde ses résultats."
        en "The question as it was is not asked any more and keeps its results."
    }
    question_edit { fr "Modifier" en "Edit" }
    question_up { fr "Monter" en "Move up" }
    question_down { fr "Descendre" en "Move down" }
    question_remove { fr "Retirer" en "Remove" }
    question_set { fr "Enquête" en "Survey" }
    question_kind_label { fr "Forme de la réponse" en "Form of the answer" }
    question_fr { fr "Question en français" en "Question in French" }
    question_en { fr "Question en anglais" en "Question in English" }
    question_en_help {
        fr "Facultatif\u{a0}: sans elle, la question française est montrée à tous."
        en "Optional: without it the French question is shown to all."
    }
    save_question { fr "Enregistrer la question" en "Save the question" }
    question_saved { fr "La question est enregistrée." en "The question is saved." }
    question_removed { fr "La question n’est plus posée." en "The question is not asked any more." }
    course_surveys { fr "Questions et résultats" en "Questions and results" }
}

impl Words {
    pub const fn inquiry(self, inquiry: Inquiry) -> &'static str {
        match (self.0, inquiry) {
            (Language::Fr, Inquiry::HOT) => "À chaud, stagiaires",
            (Language::Fr, Inquiry::EMPLOYER) => "À froid, employeurs",
            (Language::Fr, Inquiry { moment: Moment::Cold, .. }) => "À froid, stagiaires",
            (Language::Fr, Inquiry { moment: Moment::Hot, .. }) => "À chaud, employeurs",
            (Language::En, Inquiry::HOT) => "End of course, trainees",
            (Language::En, Inquiry::EMPLOYER) => "Follow-up, employers",
            (Language::En, Inquiry { moment: Moment::Cold, .. }) => "Follow-up, trainees",
            (Language::En, Inquiry { moment: Moment::Hot, .. }) => "End of course, employers",
        }
    }

    /// « Votre avis : L’IA au quotidien ».
    pub fn survey_title(self, title: &str) -> String {
        self.say(format!("Votre avis\u{a0}: {title}"), format!("Your opinion: {title}"))
    }

    pub fn survey_title_of(self, of: &str) -> String {
        self.say(format!("Enquêtes\u{a0}: {of}"), format!("Surveys: {of}"))
    }

    /// « Une enquête attend votre avis ».
    pub fn surveys_awaited(self, awaited: i64) -> String {
        match awaited {
            1 => self.say("Une enquête attend votre avis", "A survey waits for your opinion"),
            n => self.say(
                format!("{n}\u{a0}enquêtes attendent votre avis"),
                format!("{n} surveys wait for your opinion"),
            ),
        }
    }

    pub fn survey_until(self, moment: &str) -> String {
        self.say(format!("Jusqu’au {moment}."), format!("Until {moment}."))
    }

    pub fn survey_was_until(self, moment: &str) -> String {
        self.say(
            format!("Elle était ouverte jusqu’au {moment}. Les réponses reçues sont comptées\u{a0}; la vôtre ne peut plus l’être."),
            format!("It was open until {moment}. The answers that came are counted; yours cannot be any more."),
        )
    }

    pub fn survey_answered_on(self, day: &str) -> String {
        self.say(format!("Répondu le {day}."), format!("Answered on {day}."))
    }

    pub const fn question_kind(self, kind: QuestionKind) -> &'static str {
        match (self.0, kind) {
            (Language::Fr, QuestionKind::Scale) => "De 1 à 5",
            (Language::Fr, QuestionKind::YesNo) => "Oui ou non",
            (Language::Fr, QuestionKind::Text) => "Texte libre",
            (Language::En, QuestionKind::Scale) => "From 1 to 5",
            (Language::En, QuestionKind::YesNo) => "Yes or no",
            (Language::En, QuestionKind::Text) => "Free text",
        }
    }

    /// « 4,2 sur 5 en moyenne, 9 réponses sur 11 ».
    pub fn spread_summary(self, mean: Option<i64>, answered: i64, asked: i64) -> String {
        let of = self.answers_of(answered, asked);
        let Some(tenths) = mean else { return of };
        let (whole, tenth) = (tenths / 10, tenths % 10);
        self.say(
            format!("{whole},{tenth} sur 5 en moyenne, {of}"),
            format!("{whole}.{tenth} of 5 on average, {of}"),
        )
    }

    pub fn answers_of(self, answered: i64, asked: i64) -> String {
        let some = if answered > 1 { ("réponses", "answers") } else { ("réponse", "answer") };
        self.say(
            format!("{answered}\u{a0}{} sur {asked}", some.0),
            format!("{answered} {} of {asked}", some.1),
        )
    }

    pub fn percentage(self, part: i64, whole: i64) -> String {
        match percent(part, whole) {
            Some(share) => self.say(format!("{share}\u{202f}%"), format!("{share}%")),
            None => "–".to_owned(),
        }
    }

    pub fn scale_step(self, rating: i32) -> String {
        match rating {
            1 => format!("1, {}", self.scale_not_at_all()),
            5 => format!("5, {}", self.scale_entirely()),
            other => other.to_string(),
        }
    }

    pub fn survey_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Answered => self.survey_answered_help().to_owned(),
            Refusal::Over => self.survey_over_title().to_owned(),
            Refusal::Nothing => self.say(
                "Répondez à une question au moins, puis envoyez.",
                "Answer at least one question, then send.",
            ),
            Refusal::TextTooLong => self.say(
                format!("Un texte dépasse {} caractères\u{a0}: raccourcissez-le.", Said::MAX),
                format!("A text is longer than {} characters: please shorten it.", Said::MAX),
            ),
            Refusal::QuestionMissing => {
                self.say("Écrivez la question, en français.", "Write the question, in French.")
            }
            Refusal::QuestionTooLong => self.say(
                format!("Une question a {}\u{a0}caractères au plus.", Wording::MAX),
                format!("A question has at most {} characters.", Wording::MAX),
            ),
            Refusal::TooManyQuestions => self.say(
                format!(
                    "Une enquête a {MOST_QUESTIONS}\u{a0}questions au plus\u{a0}: retirez-en une d’abord."
                ),
                format!("A survey has at most {MOST_QUESTIONS} questions: remove one first."),
            ),
        }
    }

    /// What the pages say of the threshold.
    pub fn threshold(self) -> String {
        self.say(format!("Il en faut {FEWEST} au moins."), format!("At least {FEWEST} are needed."))
    }

    /// The questions that a course begins with, in both languages.
    pub fn first_questions(inquiry: Inquiry) -> Vec<Wording> {
        let texts: &[(QuestionKind, &str, &str)] = match inquiry {
            Inquiry::HOT => HOT,
            Inquiry::COLD => COLD,
            Inquiry::EMPLOYER => EMPLOYER,
            Inquiry { .. } => &[],
        };
        let wording = |(kind, fr, en): &(QuestionKind, &str, &str)| Wording {
            kind: *kind,
            fr: (*fr).to_owned(),
            en: (*en).to_owned(),
        };
        texts.iter().map(wording).collect()
    }
}

const HOT: &[(QuestionKind, &str, &str)] = &[
    (
        QuestionKind::Scale,
        "Ce que j’ai appris me sera utile dans mon travail.",
        "What I learnt will be useful in my work.",
    ),
    (QuestionKind::Scale, "Les explications étaient claires.", "The explanations were clear."),
    (
        QuestionKind::Scale,
        "Le rythme et l’organisation me convenaient.",
        "The pace and the organisation suited me.",
    ),
    (
        QuestionKind::YesNo,
        "Je recommanderais cette formation à un collègue.",
        "I would recommend this course to a colleague.",
    ),
    (
        QuestionKind::Text,
        "Qu’est-ce qui vous servira en premier\u{202f}? Qu’est-ce qui a manqué\u{202f}?",
        "What will you use first? What was missing?",
    ),
];

const COLD: &[(QuestionKind, &str, &str)] = &[
    (
        QuestionKind::Scale,
        "J’utilise dans mon travail ce que j’ai appris.",
        "I use what I learnt in my work.",
    ),
    (
        QuestionKind::YesNo,
        "Ma façon de travailler a changé depuis la formation.",
        "The way I work has changed since the course.",
    ),
    (
        QuestionKind::YesNo,
        "Je souhaite aller plus loin sur le parcours.",
        "I would like to go further on the path.",
    ),
    (
        QuestionKind::Text,
        "Qu’avez-vous mis en pratique\u{202f}? Qu’est-ce qui vous en empêche\u{202f}?",
        "What have you put into practice? What keeps you from it?",
    ),
];

const EMPLOYER: &[(QuestionKind, &str, &str)] = &[
    (
        QuestionKind::Scale,
        "Nos salariés mettent en pratique ce qu’ils ont appris.",
        "Our employees put what they learnt into practice.",
    ),
    (
        QuestionKind::YesNo,
        "Une façon de travailler a changé dans l’entreprise depuis cette formation.",
        "A way of working has changed in the company since this course.",
    ),
    (
        QuestionKind::Text,
        "Que leur manque-t-il pour passer de la sensibilisation à la pratique\u{202f}?",
        "What do they lack to go from awareness to practice?",
    ),
];
