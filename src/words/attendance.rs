//! Words of the attendance pages.

use super::{Language, Words, phrases};
use domain::attendance::Mark;

phrases! {
    presence_missing { fr "Choisissez une présence dans la liste." en "Choose a presence from the list." }
    minutes_wrong { fr "Écrivez un nombre de minutes." en "Write a number of minutes." }
    attendance { fr "Présences" en "Attendance" }
    attendance_sheet { fr "Feuille de présence" en "Attendance sheet" }
    attendance_caption { fr "Présences par demi-journée" en "Attendance by half-day" }
    open_attendance { fr "Ouvrir la feuille de présence" en "Open the attendance sheet" }
    trainee_column { fr "Stagiaire" en "Trainee" }
    all_present { fr "Tout le monde présent" en "Everyone present" }
    print_sheet { fr "Imprimer la feuille" en "Print the sheet" }
    trainer_signature {
        fr "Signature du formateur ou de l’organisme, date et cachet"
        en "Signature of the trainer or the training body, date and stamp"
    }
    nobody_seated_title { fr "Les stagiaires seront ici" en "Trainees will be here" }
    nobody_seated {
        fr "Personne n’a de place confirmée dans cette session."
        en "Nobody has a confirmed seat in this session."
    }
    sheet_is_closed {
        fr "La session est close. Une présence ne se corrige plus qu’avec un motif, inscrit au journal."
        en "The session is closed. A mark is only corrected with a reason, written in the journal."
    }
    sheet_conflicts {
        fr "Quelqu’un d’autre a noté ces présences entre-temps. Vos réponses à leur sujet ne sont pas enregistrées\u{a0}: vérifiez, et recommencez si besoin. Les autres le sont."
        en "Somebody else has noted these marks meanwhile. Your answers about them were not saved: check, and try again if needed. The others were."
    }
}

impl Words {
    pub const fn mark(self, mark: Mark) -> &'static str {
        match (self.0, mark) {
            (Language::Fr, Mark::Expected) => "Attendu",
            (Language::Fr, Mark::Present) => "Présent",
            (Language::Fr, Mark::Late) => "Retard",
            (Language::Fr, Mark::LeftEarly) => "Départ avancé",
            (Language::Fr, Mark::AbsentExcused) => "Excusé",
            (Language::Fr, Mark::AbsentUnexcused) => "Absent",
            (Language::En, Mark::Expected) => "Expected",
            (Language::En, Mark::Present) => "Present",
            (Language::En, Mark::Late) => "Late",
            (Language::En, Mark::LeftEarly) => "Gone early",
            (Language::En, Mark::AbsentExcused) => "Excused",
            (Language::En, Mark::AbsentUnexcused) => "Absent",
        }
    }

    pub fn marks_saved(self, written: usize) -> String {
        match (self.0, written) {
            (Language::Fr, 0) => "Rien n’avait changé.".into(),
            (Language::Fr, 1) => "Une présence est enregistrée.".into(),
            (Language::Fr, n) => format!("{n} présences sont enregistrées."),
            (Language::En, 0) => "Nothing had changed.".into(),
            (Language::En, 1) => "One mark is saved.".into(),
            (Language::En, n) => format!("{n} marks are saved."),
        }
    }

    pub fn marks_missing(self, missing: usize) -> String {
        match (self.0, missing) {
            (Language::Fr, 0) => "Toutes les présences des demi-journées commencées sont notées.".into(),
            (Language::Fr, 1) => "Il reste une présence à noter.".into(),
            (Language::Fr, n) => format!("Il reste {n} présences à noter."),
            (Language::En, 0) => "Every mark of the half-days begun is noted.".into(),
            (Language::En, 1) => "One mark is still to be noted.".into(),
            (Language::En, n) => format!("{n} marks are still to be noted."),
        }
    }
}
