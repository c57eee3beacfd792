//! Words of the catalogue pages.

use super::{Language, Words, phrases};
use domain::programmes::TargetKind;

phrases! {
    at_a_distance { fr "À\u{a0}distance" en "At a distance" }
    words_label { fr "Mots" en "Words" }
    place_filter { fr "Lieu" en "Place" }
    anywhere { fr "Partout" en "Anywhere" }
    any_stage { fr "Toutes" en "All" }
    stage_filter { fr "Étape" en "Stage" }
    from_filter { fr "À partir du" en "From" }
    show { fr "Afficher" en "Show" }
    change_filters { fr "Changer les filtres" en "Change the filters" }
    subscribe { fr "S’abonner au calendrier (.ics)" en "Subscribe to the calendar (.ics)" }
    catalogue_help {
        fr "Choisissez un lieu ou une date\u{a0}; une place se demande en une minute."
        en "Choose a place or a date; a seat is asked for in a minute."
    }
    nothing_found_title { fr "Aucune session ne correspond" en "No session matches" }
    nothing_found_help {
        fr "Élargissez le lieu ou la date, ou revenez bientôt."
        en "Widen the place or the date, or come back soon."
    }
    all_sessions { fr "Toutes les sessions" en "All sessions" }
    you_will_know { fr "Ce que vous saurez faire" en "What you will be able to do" }
    in_practice { fr "En pratique" en "In practice" }
    public_place { fr "Lieu" en "Place" }
    place_told_later {
        fr "L’adresse est donnée aux personnes qui ont une place."
        en "The address is given to people who have a seat."
    }
    video_told_later {
        fr "Le lien de connexion est donné aux personnes qui ont une place."
        en "The link is given to people who have a seat."
    }
    training_body { fr "Organisme de formation" en "Training body" }
    no_prerequisites { fr "Aucun" en "None" }
    everyone { fr "Tous les salariés" en "All employees" }
    length_label { fr "Durée" en "Length" }
    the_seats { fr "Les places" en "The seats" }
    this_is_cancelled { fr "Cette session est annulée." en "This session is cancelled." }
    this_is_running { fr "Cette session a commencé." en "This session has begun." }
    this_is_over { fr "Cette session est terminée." en "This session is over." }
    requests_are_over {
        fr "La date limite d’inscription est passée\u{a0}: adressez-vous à l’organisme de formation."
        en "The enrolment deadline has passed: please ask the training body."
    }
    full_but_queue {
        fr "La session est complète\u{a0}; la liste d’attente est ouverte, et chacun y est servi à son rang."
        en "The session is full; the waiting list is open, and everyone is served in turn."
    }
    enrol_staff { fr "Inscrire des salariés" en "Enrol employees" }
    ask_for_seat { fr "Demander une place" en "Ask for a seat" }
    log_in_to_ask { fr "Se connecter pour demander une place" en "Log in to ask for a seat" }
    find_session { fr "Trouver une session" en "Find a session" }
    path_drawing {
        fr "Le parcours en trois étapes\u{a0}: comprendre, pratiquer, certifier"
        en "The path in three stages: understand, practise, certify"
    }
    path_one { fr "Comprendre" en "Understand" }
    path_two { fr "Pratiquer" en "Practise" }
    path_three { fr "Certifier" en "Certify" }
    path_one_help {
        fr "Une première session pour savoir ce que l’on peut en attendre dans son métier."
        en "A first session to see what can be expected of it in one’s own trade."
    }
    path_two_help {
        fr "Des ateliers sur les cas de l’entreprise, avec ses équipes."
        en "Workshops on the company’s own cases, with its teams."
    }
    path_three_help {
        fr "Des compétences vérifiées, reconnues par une certification."
        en "Skills that are checked, and recognised by a certification."
    }
    one_path { fr "Un parcours, trois étapes" en "One path, three stages" }
    where_we_are { fr "Où en est le programme" en "Where the programme stands" }
    figure_people { fr "personnes ont suivi une session" en "people attended a session" }
    figure_companies { fr "entreprises touchées" en "companies reached" }
    figure_companies_proof { fr "celles dont une personne est venue" en "those of whom somebody came" }
    figure_held { fr "sessions tenues" en "sessions held" }
    figure_held_proof { fr "closes, présences notées" en "closed, attendance noted" }
    figure_seats { fr "places ouvertes" en "open seats" }
    next_sessions { fr "Les prochaines sessions" en "The next sessions" }
    see_all_sessions { fr "Voir toutes les sessions" en "See all sessions" }
    no_next_sessions {
        fr "Les prochaines sessions seront annoncées ici."
        en "The next sessions will be announced here."
    }
    home_help {
        fr "Les entreprises y inscrivent leurs équipes, chacun y suit son parcours, et l’on voit ce qui en est sorti."
        en "Companies enrol their teams, everyone follows their own path, and what came of it can be seen."
    }
    for_companies { fr "Vous êtes une entreprise" en "You are a company" }
    for_companies_help {
        fr "Inscrivez quinze personnes en trois minutes. Vous savez qui va où, quand, et ce qui en est sorti."
        en "Enrol fifteen people in three minutes. You know who goes where, when, and what came of it."
    }
    for_employees { fr "Vous êtes salarié" en "You are an employee" }
    for_employees_help {
        fr "Demandez une place, recevez votre convocation, suivez votre parcours."
        en "Ask for a seat, receive your joining letter, follow your path."
    }
    targets_title { fr "Ce que vise le programme" en "What the programme aims at" }
}

impl Words {
    pub const fn target_sentence(self, kind: TargetKind) -> &'static str {
        match (self.0, kind) {
            (Language::Fr, TargetKind::Employees) => "salariés du privé dans la région",
            (Language::Fr, TargetKind::CivilServants) => "agents publics dans la région",
            (Language::Fr, TargetKind::PeopleAware) => "personnes à sensibiliser",
            (Language::Fr, TargetKind::PostsConcerned) => "postes à former ou à pourvoir",
            (Language::Fr, TargetKind::ExpertsToRecruit) => "experts à recruter",
            (Language::Fr, TargetKind::ExpertsToTrain) => "personnes à former au niveau expert",
            (Language::En, TargetKind::Employees) => "private employees in the region",
            (Language::En, TargetKind::CivilServants) => "civil servants in the region",
            (Language::En, TargetKind::PeopleAware) => "people to be made aware",
            (Language::En, TargetKind::PostsConcerned) => "posts to train or recruit for",
            (Language::En, TargetKind::ExpertsToRecruit) => "experts to recruit",
            (Language::En, TargetKind::ExpertsToTrain) => "people to raise to expert",
        }
    }

    /// Until when a target was set, seen from this year.
    pub fn by_year(self, year: i32, this_year: i32) -> String {
        if year < this_year {
            return self.say(format!("échéance passée\u{a0}: {year}"), format!("past deadline: {year}"));
        }
        self.say(format!("d’ici {year}"), format!("by {year}"))
    }

    /// The year alone, for a table; one that is over says so.
    pub fn target_year(self, year: i32, this_year: i32) -> String {
        if year < this_year {
            return self.say(format!("{year} (passée)"), format!("{year} (past)"));
        }
        year.to_string()
    }

    /// What stands under the number of people, when the programme has a target.
    pub fn share_of_target(self, people: i64, target: i64, year: Option<i32>, this_year: i32) -> String {
        let percent = match people * 100 / target.max(1) {
            0 if people > 0 => self.say("Moins de 1", "Less than 1"),
            whole => whole.to_string(),
        };
        let by = match year {
            Some(year) if year < this_year => format!(" ({})", self.by_year(year, this_year)),
            Some(year) => format!(" {}", self.by_year(year, this_year)),
            None => String::new(),
        };
        let target = self.number(target);
        self.say(
            format!("{percent}\u{202f}% de l’objectif de {target}{by}"),
            format!("{percent}% of the target of {target}{by}"),
        )
    }

    pub fn in_sessions(self, sessions: i64) -> String {
        match (self.0, sessions) {
            (Language::Fr, 1) => "dans une session à venir".into(),
            (Language::Fr, n) => format!("dans {} sessions à venir", self.number(n)),
            (Language::En, 1) => "in one session to come".into(),
            (Language::En, n) => format!("in {} sessions to come", self.number(n)),
        }
    }

    pub fn figures_of(self, day: &str) -> String {
        self.say(format!("Chiffres du {day}"), format!("Figures of {day}"))
    }

    pub fn sessions_found(self, found: usize, more: bool) -> String {
        match (self.0, found, more) {
            (Language::Fr, n, true) => format!("{n} sessions sur cette page, d’autres ensuite"),
            (Language::Fr, 0, false) => "Aucune session".into(),
            (Language::Fr, 1, false) => "Une session".into(),
            (Language::Fr, n, false) => format!("{n} sessions"),
            (Language::En, n, true) => format!("{n} sessions on this page, more after them"),
            (Language::En, 0, false) => "No session".into(),
            (Language::En, 1, false) => "One session".into(),
            (Language::En, n, false) => format!("{n} sessions"),
        }
    }

    /// The sentence that goes with the number of a training body, as its announcements must say it.
    pub fn registered_under(self, nda: &str) -> String {
        self.say(
            format!("Enregistré sous le numéro {nda}. Cet enregistrement ne vaut pas agrément de l’État."),
            format!("Registered under number {nda}. This registration is not an approval by the State."),
        )
    }

    pub fn deadline(self, moment: &str) -> String {
        self.say(format!("Inscriptions jusqu’au {moment}."), format!("Enrolment until {moment}."))
    }
}
