//! What to do next, for each role.

use super::{Language, Words, phrases};
use domain::courses::Stage;

phrases! {
    to_do { fr "À faire" en "To do" }
    nothing_to_do { fr "Rien ne vous attend\u{a0}: tout est à jour." en "Nothing awaits you: everything is up to date." }
    open_it { fr "Ouvrir" en "Open" }
    answer_it { fr "Répondre" en "Answer" }
    see_why { fr "Voir pourquoi" en "See why" }
    see_letter { fr "Voir le courrier" en "See the letter" }
    see_session { fr "Voir la session" en "See the session" }
    see_details { fr "Voir le détail" en "See the details" }
    finish_it { fr "Terminer" en "Finish" }
    open_sheet { fr "Ouvrir la feuille de présence" en "Open the attendance sheet" }
    road_map { fr "Votre feuille de route" en "Your road map" }
    staff_sessions { fr "Prochaines sessions de vos salariés" en "Your employees’ next sessions" }
    no_staff_sessions {
        fr "Aucun de vos salariés n’est inscrit à une session à venir. Le catalogue montre celles où il reste des places."
        en "None of your employees is enrolled in a coming session. The catalogue shows those with seats left."
    }
    your_enrolled { fr "Vos inscrits" en "Your people" }
    bring_your_list { fr "Apportez votre liste de salariés" en "Bring your list of employees" }
    bring_your_list_help {
        fr "Collez-la depuis un tableur\u{a0}: quinze personnes, trois minutes."
        en "Paste it from a spreadsheet: fifteen people, three minutes."
    }
    plan_a_session { fr "Planifier une session" en "Plan a session" }
    coming_sessions { fr "Sessions à venir" en "Coming sessions" }
    open_programme { fr "Le programme et ses chiffres" en "The programme and its figures" }
    open_programme_help {
        fr "Objectifs, partenaires et résultats à ce jour, sans aucun nom de personne."
        en "Targets, partners and results to date, without anybody’s name."
    }
    see_organisations { fr "Les organisations du programme" en "The organisations of the programme" }
    see_organisations_help {
        fr "Entreprises, organismes de formation, financeurs et certificateurs."
        en "Companies, training bodies, funders and certifiers."
    }
    invite_colleagues { fr "Invitez vos collègues" en "Invite your colleagues" }
    invite_colleagues_help {
        fr "Chacun reçoit un lien personnel pour ouvrir son accès."
        en "Each receives a personal link to open their access."
    }
    keep_accounts { fr "Les comptes" en "The accounts" }
    keep_accounts_help { fr "Chercher, suspendre, inviter de nouveau." en "Search, suspend, invite again." }
    keep_organisations { fr "Les organisations" en "The organisations" }
    keep_organisations_help { fr "Enregistrer une organisation et inviter sa première personne." en "Register an organisation and invite its first person." }
    keep_programme { fr "Le programme" en "The programme" }
    keep_programme_help { fr "Région, opérateur, objectifs." en "Region, operator, targets." }
    keep_letters { fr "Le courrier" en "The letters" }
    keep_letters_help { fr "Ce qui est parti, ce qui n’a pas pu être remis." en "What was sent, and what could not be delivered." }
    first_operator { fr "Pour commencer\u{a0}: enregistrez l’opérateur" en "To begin: register the operator" }
    first_operator_help {
        fr "L’organisation qui conduit le programme. Vous inviterez ensuite sa première personne."
        en "The organisation that runs the programme. You will then invite its first person."
    }
    first_programme { fr "Ensuite\u{a0}: ouvrez le programme" en "Next: open the programme" }
    first_programme_help {
        fr "Sa région, son opérateur, ses dates. L’opérateur y fera entrer entreprises et organismes de formation."
        en "Its region, its operator, its dates. The operator will then bring in companies and training bodies."
    }
    first_training_body {
        fr "Pour commencer\u{a0}: faites entrer un organisme de formation"
        en "To begin: bring in a training body"
    }
    first_training_body_help {
        fr "C’est lui qui décrit ses formations et publie ses sessions."
        en "It describes its courses and publishes its sessions."
    }
    first_company { fr "Faites entrer une première entreprise" en "Bring in a first company" }
    first_company_help {
        fr "Elle apporte sa liste de salariés et les inscrit."
        en "It brings its list of employees and enrols them."
    }
    first_course { fr "Pour commencer\u{a0}: décrivez votre première formation" en "To begin: describe your first course" }
    first_course_help {
        fr "Titre, objectifs, public et durée\u{a0}; les sessions viennent ensuite."
        en "Title, aims, audience and duration; the sessions come next."
    }
    next_session { fr "Rien n’est prévu\u{a0}: planifiez une session" en "Nothing is planned: plan a session" }
    next_session_help {
        fr "Ses demi-journées, son lieu, ses places. Rien n’est public avant que vous ne la publiiez."
        en "Its half-days, its place, its seats. Nothing is public before you publish it."
    }
    register_it { fr "Enregistrer" en "Register" }
    found_it { fr "Ouvrir le programme" en "Open the programme" }
    describe_it { fr "Décrire" en "Describe" }
    no_part_yet {
        fr "Votre compte n’a pas encore de rôle dans une organisation. La personne qui vous a invité peut vous en donner un."
        en "Your account has no role in an organisation yet. Whoever invited you can give you one."
    }
    funder_help {
        fr "Les chiffres du programme que vous financez, à jour à chaque ouverture."
        en "The figures of the programme that you fund, up to date whenever you open them."
    }
    certifier_help {
        fr "Suivez le programme et invitez les membres de vos jurys. Les candidatures se déposent aujourd’hui hors de Parcours."
        en "Follow the programme and invite your jury members. For now candidacies are made outside Parcours."
    }
    juror_help {
        fr "Suivez le programme dont vous êtes membre de jury. Les délibérations se tiennent aujourd’hui hors de Parcours."
        en "Follow the programme whose jury you belong to. For now deliberations are held outside Parcours."
    }
    administrator_help {
        fr "Vous tenez l’installation\u{a0}: comptes, organisations, programme et courrier."
        en "You keep the installation: accounts, organisations, programme and letters."
    }
    path_title { fr "Votre parcours" en "Your path" }
    path_help {
        fr "De la sensibilisation à la certification, étape par étape. Choisissez une session pour commencer"
        en "From awareness to certification, step by step. Choose a session to begin"
    }
    station_done { fr "Fait" en "Done" }
    station_here { fr "Vous êtes ici" en "You are here" }
    station_next { fr "À venir" en "To come" }
}

impl Words {
    pub fn hello(self, name: &str) -> String {
        self.say(format!("Bonjour {name}"), format!("Good day {name}"))
    }

    /// « Bonjour Nadia, trois choses vous attendent ».
    pub fn hello_awaits(self, name: &str, things: usize) -> String {
        const CHOSES: [&str; 9] = ["", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"];
        const THINGS: [&str; 9] = ["", "", "two", "three", "four", "five", "six", "seven", "eight"];
        let number = |names: &[&str; 9]| {
            names
                .get(things)
                .filter(|n| !n.is_empty())
                .map_or_else(|| things.to_string(), |n| (*n).to_owned())
        };
        match things {
            0 => self.say(
                format!("Bonjour {name}, tout est à jour"),
                format!("Good day {name}, everything is up to date"),
            ),
            1 => self.say(
                format!("Bonjour {name}, une chose vous attend"),
                format!("Good day {name}, one thing awaits you"),
            ),
            _ => self.say(
                format!("Bonjour {name}, {} choses vous attendent", number(&CHOSES)),
                format!("Good day {name}, {} things await you", number(&THINGS)),
            ),
        }
    }

    pub fn aware_of_staff(self, aware: i64, staff: i64) -> String {
        match (aware, staff) {
            (0, _) => self.say(
                "Personne n’a encore suivi de sensibilisation.",
                "Nobody has attended an awareness session yet.",
            ),
            (1, _) => self.say(
                "Une personne a suivi une sensibilisation.",
                "One person has attended an awareness session.",
            ),
            (n, staff) if staff >= n => {
                let share = n * 100 / staff;
                self.say(
                    format!("{n} personnes ont suivi une sensibilisation, {share}\u{202f}% de votre liste."),
                    format!("{n} people have attended an awareness session, {share}% of your list."),
                )
            }
            (n, _) => self.say(
                format!("{n} personnes ont suivi une sensibilisation."),
                format!("{n} people have attended an awareness session."),
            ),
        }
    }

    pub fn letter_lost(self, to: &str) -> String {
        self.say(
            format!("Un courrier pour {to} n’a pas pu être remis"),
            format!("A letter to {to} could not be delivered"),
        )
    }

    pub fn letter_lost_help(self, email: &str) -> String {
        self.say(
            format!("L’adresse {email} refuse nos messages. Corrigez l’adresse ou remettez le courrier en main propre."),
            format!("The address {email} refuses our messages. Correct it, or hand the letter over."),
        )
    }

    pub fn request_of(self, person: &str) -> String {
        self.say(format!("{person} demande une place"), format!("{person} asks for a place"))
    }

    pub fn offer_to(self, person: &str) -> String {
        self.say(format!("Une place est proposée à {person}"), format!("A seat is offered to {person}"))
    }

    /// So many people wait; up to two are told by name.
    pub fn people_wait(self, people: i64, names: &[String]) -> String {
        match (people, names) {
            (1, [one]) => self.say(format!("{one} attend une place"), format!("{one} waits for a seat")),
            (2, [one, two]) => self.say(
                format!("{one} et {two} attendent une place"),
                format!("{one} and {two} wait for a seat"),
            ),
            (many, _) => self.say(
                format!("{many} personnes attendent une place"),
                format!("{many} people wait for a seat"),
            ),
        }
    }

    /// Requests and offers beyond those that are told one by one.
    pub fn more_to_answer(self, more: i64) -> String {
        match more {
            1 => self.say(
                "Une autre demande ou proposition attend votre réponse",
                "One more request or offer awaits your answer",
            ),
            n => self.say(
                format!("{n} autres demandes ou propositions attendent votre réponse"),
                format!("{n} more requests or offers await your answer"),
            ),
        }
    }

    pub fn people_wait_for(self, people: i64, title: &str) -> String {
        match people {
            1 => self.say(
                format!("Une personne attend une place pour «\u{a0}{title}\u{a0}»"),
                format!("One person waits for “{title}”"),
            ),
            n => self.say(
                format!("{n} personnes attendent une place pour «\u{a0}{title}\u{a0}»"),
                format!("{n} people wait for “{title}”"),
            ),
        }
    }

    pub fn n_enrolled(self, n: i64) -> String {
        match (self.0, n) {
            (Language::Fr, 1) => "1 inscrit".to_owned(),
            (Language::Fr, n) => format!("{n} inscrits"),
            (Language::En, n) => format!("{n} enrolled"),
        }
    }

    pub fn n_waiting(self, n: i64) -> String {
        self.say(format!("{n} en attente"), format!("{n} waiting"))
    }

    pub fn n_requests(self, n: i64) -> String {
        match (self.0, n) {
            (Language::Fr, 1) => "1 demande".to_owned(),
            (Language::Fr, n) => format!("{n} demandes"),
            (Language::En, 1) => "1 request".to_owned(),
            (Language::En, n) => format!("{n} requests"),
        }
    }

    pub fn mark_and_close(self, title: &str) -> String {
        self.say(
            format!("Notez les présences et clôturez «\u{a0}{title}\u{a0}»"),
            format!("Mark who came and close “{title}”"),
        )
    }

    pub fn countersign_again(self, title: &str) -> String {
        self.say(
            format!("«\u{a0}{title}\u{a0}» a été corrigée\u{a0}: à contresigner de nouveau"),
            format!("“{title}” was corrected: to be countersigned again"),
        )
    }

    pub fn mark_presences(self, title: &str) -> String {
        self.say(
            format!("Notez les présences de «\u{a0}{title}\u{a0}»"),
            format!("Mark who came to “{title}”"),
        )
    }

    pub fn running_now(self, title: &str) -> String {
        self.say(format!("«\u{a0}{title}\u{a0}» est en cours"), format!("“{title}” is running"))
    }

    pub fn draft_to_publish(self, title: &str) -> String {
        self.say(
            format!("«\u{a0}{title}\u{a0}» n’est pas encore publiée"),
            format!("“{title}” is not published yet"),
        )
    }

    pub fn coming_sessions_count(self, n: usize) -> String {
        match n {
            0 => self.say("Aucune session à venir.", "No coming session."),
            1 => self.say("Une session à venir.", "One coming session."),
            n => self.say(format!("{n} sessions à venir."), format!("{n} coming sessions.")),
        }
    }

    /// « Prochaine étape : … ».
    pub fn next_step(self, when: &str) -> String {
        self.say(format!("Prochaine étape\u{a0}: {when}"), format!("Next step: {when}"))
    }

    pub const fn stage_help(self, stage: Stage) -> &'static str {
        match (self.0, stage) {
            (Language::Fr, Stage::Awareness) => {
                "Comprendre en une demi-journée ce que l’IA change dans son métier."
            }
            (Language::Fr, Stage::Practice) => "Mener un premier projet, avec un formateur et des collègues.",
            (Language::Fr, Stage::Certification) => "Préparer la certification, bloc par bloc.",
            (Language::En, Stage::Awareness) => "Understand in half a day what AI changes in one’s job.",
            (Language::En, Stage::Practice) => "Lead a first project, with a trainer and colleagues.",
            (Language::En, Stage::Certification) => "Prepare for the certification, block by block.",
        }
    }
}
