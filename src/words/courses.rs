//! What is taught.

use super::{Language, Words, phrases};
use domain::courses::{Refusal, SHEET_TEXT, Stage};

impl Words {
    pub const fn stage(self, stage: Stage) -> &'static str {
        match (self.0, stage) {
            (Language::Fr, Stage::Awareness) => "Sensibilisation",
            (Language::Fr, Stage::Practice) => "Mise en pratique",
            (Language::En, Stage::Awareness) => "Awareness",
            (Language::En, Stage::Practice) => "Practice",
            (_, Stage::Certification) => "Certification",
        }
    }

    pub fn course_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::AimsMissing => self.say(
                "Dites en une phrase ce que l’on saura faire après la formation.",
                "Say in a sentence what people will be able to do afterwards.",
            ),
            Refusal::TextTooLong => self.say(
                format!("Un des textes dépasse {SHEET_TEXT} caractères."),
                format!("One of the texts is longer than {SHEET_TEXT} characters."),
            ),
            Refusal::Duration => self.say(
                "La durée va de 10\u{a0}minutes à 1\u{202f}000\u{a0}heures.",
                "The duration goes from 10 minutes to 1,000 hours.",
            ),
            Refusal::NoProgramme => self.course_without_programme().to_owned(),
        }
    }
}

phrases! {
    course_without_programme {
        fr "Votre organisme ne participe encore à aucun programme\u{a0}: demandez à l’opérateur de l’y inscrire."
        en "Your training body takes part in no programme yet: ask the operator to add it."
    }
    courses { fr "Formations" en "Courses" }
    courses_help {
        fr "Ce que votre organisme enseigne. Une session s’annonce à partir d’une formation et en garde la version."
        en "What your training body teaches. A session is announced from a course and keeps its version."
    }
    no_courses_title { fr "Vos formations seront ici" en "Your courses will be here" }
    no_courses_help {
        fr "Décrivez une formation une fois\u{a0}: ses objectifs, son public, sa durée. Vous en planifierez ensuite autant de sessions que vous voulez."
        en "Describe a course once: its aims, its audience, its length. You then plan as many sessions of it as you like."
    }
    new_course { fr "Ajouter une formation" en "Add a course" }
    edit_course { fr "Modifier la formation" en "Edit the course" }
    edit_course_help {
        fr "L’enregistrement crée une nouvelle version. Les sessions déjà planifiées gardent celle avec laquelle elles ont été annoncées."
        en "Saving makes a new version. Sessions that are planned already keep the one they were announced with."
    }
    course { fr "Formation" en "Course" }
    course_title { fr "Intitulé" en "Title" }
    course_title_help { fr "Tel qu’il paraîtra dans le catalogue." en "As it will appear in the catalogue." }
    course_title_missing {
        fr "Donnez un intitulé d’une ligne, de 120\u{a0}caractères au plus."
        en "Give a title of one line, of at most 120 characters."
    }
    programme { fr "Programme" en "Programme" }
    stage_label { fr "Étape du parcours" en "Stage of the path" }
    stage_missing { fr "Choisissez l’étape du parcours." en "Choose the stage of the path." }
    course_aims { fr "Objectifs" en "Aims" }
    course_aims_help { fr "Ce que l’on saura faire après, une ligne par objectif." en "What people will be able to do, one line an aim." }
    course_prerequisites { fr "Prérequis" en "Prerequisites" }
    course_audience { fr "Public" en "Audience" }
    course_duration { fr "Durée prévue" en "Planned length" }
    course_duration_help { fr "Par exemple 3\u{a0}h\u{a0}30, ou 14\u{a0}h." en "For instance 3 h 30, or 14 h." }
    course_duration_missing {
        fr "Écrivez la durée en heures et minutes, par exemple 3\u{a0}h\u{a0}30."
        en "Write the length in hours and minutes, for instance 3 h 30."
    }
    save_course { fr "Enregistrer la formation" en "Save the course" }
    course_saved { fr "La formation est enregistrée." en "The course is saved." }
    plan_from_course { fr "Planifier une session" en "Plan a session" }
}

impl Words {
    pub fn version_number(self, number: i32) -> String {
        self.say(format!("version\u{a0}{number}"), format!("version {number}"))
    }
}
