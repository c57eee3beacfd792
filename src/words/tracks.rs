//! The training that leads to a certification.

use super::{Words, phrases};

impl Words {
    /// « 21 h suivies sur 63 h ».
    pub fn followed_of_planned(self, followed: u32, planned: u32) -> String {
        let (followed, planned) = (self.duration(i64::from(followed)), self.duration(i64::from(planned)));
        self.say(format!("{followed} suivies sur {planned}"), format!("{followed} followed of {planned}"))
    }

    pub fn days_counted(self, days: usize) -> String {
        match days {
            1 => self.say("un jour", "one day"),
            n => self.say(format!("{n}\u{a0}jours"), format!("{n} days")),
        }
    }
}

phrases! {
    track { fr "Formation certifiante" en "Certifying training" }
    track_help {
        fr "Cochez les formations du programme qui mènent à cette certification. Elles s’affichent sur la page publique, et vous voyez sur chaque candidature les sessions que le candidat suit."
        en "Tick the courses of the programme that lead to this certification. They show on the public page, and on each application you see which sessions the candidate follows."
    }
    track_no_courses_title { fr "Aucune formation certifiante dans ce programme" en "No certifying course in this programme" }
    track_no_courses_help {
        fr "Un organisme de formation du programme doit d’abord créer une formation à l’étape «\u{a0}certification\u{a0}»."
        en "A training body of the programme has first to write a course of the stage “certification”."
    }
    track_courses { fr "Formations" en "Courses" }
    track_saved { fr "La formation certifiante est enregistrée." en "The certifying training is saved." }
    track_lede { fr "Ces formations mènent à la certification." en "These courses lead to the certification." }
    track_sessions { fr "Voir les sessions" en "See the sessions" }
    track_no_place_own {
        fr "Vous n’avez encore de place dans aucune session. Choisissez-en une dans le catalogue et demandez une place, ou voyez-le avec votre employeur."
        en "You have no place in any session yet. Choose one in the catalogue and ask for a place, or see it with your employer."
    }
    track_no_place {
        fr "Le candidat n’a encore de place dans aucune session qui mène à cette certification."
        en "The candidate has no place yet in any session that leads to this certification."
    }
    track_catalogue { fr "Chercher une session" en "Look for a session" }
    track_of_certification { fr "Ce que demande la certification" en "What the certification asks" }
}
