//! Companies, training bodies and the others.

use super::{Language, Words, phrases};
use domain::organisations::{Capacity, Refusal, SiretError};

phrases! {
    organisation_opco_mistake { fr "Choisissez un opérateur dans la liste." en "Choose an operator from the list." }
    organisations { fr "Entreprises" en "Organisations" }
    organisations_lede {
        fr "Les entreprises et les partenaires du programme\u{a0}: organismes de formation, certificateurs, financeurs."
        en "The companies and partners of the programme: training bodies, certifiers, funders."
    }
    organisations_title { fr "Qui prend part au programme" en "Who takes part in the programme" }
    organisation_search { fr "Nom" en "Name" }
    organisation_kind { fr "Rôle" en "Part" }
    organisation_every_kind { fr "Tous" en "All" }
    organisation_department { fr "Département" en "County" }
    organisation_everywhere { fr "Tous" en "All" }
    organisation_show { fr "Afficher" en "Show" }
    organisation_register { fr "Enregistrer une organisation" en "Register an organisation" }
    organisation_empty_title { fr "Les partenaires du programme seront ici" en "The partners of the programme will be here" }
    organisation_empty_help {
        fr "Commencez par un organisme de formation, puis une première entreprise."
        en "Begin with a training body, then a first company."
    }
    organisation_none_found {
        fr "Aucune organisation ne correspond. Essayez les premières lettres du nom, ou changez les filtres."
        en "No organisation matches. Try the first letters of the name, or change the filters."
    }
    organisation_new_title { fr "Quelle organisation rejoint le programme\u{202f}?" en "Which organisation joins the programme?" }
    organisation_known { fr "Est-elle déjà connue\u{202f}?" en "Is it known already?" }
    organisation_number { fr "SIRET ou numéro de déclaration d’activité" en "SIRET or provider registration number" }
    organisation_known_help {
        fr "Une organisation d’un autre programme s’ajoute au vôtre sans être saisie à nouveau. Si elle a déjà ses membres, elle donne d’abord son accord."
        en "An organisation of another programme is added to yours without being typed again. If it has its members already, it gives its agreement first."
    }
    organisation_look_up { fr "Chercher" en "Look up" }
    organisation_number_mistake {
        fr "Un SIRET compte quatorze chiffres, un numéro de déclaration onze\u{a0}: relisez celui-ci."
        en "A SIRET has fourteen digits, a registration number eleven: read this one again."
    }
    organisation_number_free {
        fr "Aucune organisation ne porte ce numéro\u{a0}: enregistrez-la ci-dessous."
        en "No organisation bears this number: register it below."
    }
    organisation_otherwise { fr "Sinon, enregistrez-la" en "Otherwise, register it" }
    organisation_programme { fr "Programme" en "Programme" }
    organisation_programme_help {
        fr "Celui auquel elle prend part dès maintenant. Un opérateur n’en rejoint aucun\u{a0}: il aura le sien."
        en "The one in which it takes part from now on. An operator joins none: it will have its own."
    }
    organisation_programme_choose { fr "À choisir" en "To be chosen" }
    organisation_programme_none { fr "Aucun pour l’instant" en "None for now" }
    organisation_programmes { fr "Programmes" en "Programmes" }
    organisation_name { fr "Nom" en "Name" }
    organisation_siret { fr "SIRET" en "SIRET" }
    organisation_siret_help {
        fr "Quatorze chiffres, avec ou sans espaces. Obligatoire pour une entreprise ou un organisme de formation."
        en "Fourteen digits, with or without spaces. Required of a company or a training body."
    }
    organisation_siret_length { fr "Un SIRET compte quatorze chiffres\u{a0}: vérifiez qu’il n’en manque pas." en "A SIRET has fourteen digits: check that none is missing." }
    organisation_siret_sum { fr "Un chiffre de ce SIRET semble faux\u{a0}: relisez-le sur un document officiel." en "A digit of this SIRET seems wrong: read it again on an official paper." }
    organisation_capacities { fr "Cette organisation est" en "This organisation is" }
    organisation_capacities_help { fr "Elle peut tenir plusieurs rôles." en "It may play several parts." }
    organisation_commune { fr "Commune" en "Municipality" }
    organisation_commune_help { fr "Le nom ou le code postal\u{a0}; nous la cherchons pour vous." en "The name or the postal code; we look it up for you." }
    organisation_commune_choose { fr "Laquelle de ces communes\u{202f}?" en "Which of these municipalities?" }
    organisation_commune_several { fr "Plusieurs communes répondent à ce nom\u{a0}: choisissez la bonne ci-dessous." en "Several municipalities answer to this name: choose the right one below." }
    organisation_commune_none { fr "Aucune commune ne répond à ce nom\u{a0}: essayez le code postal." en "No municipality answers to this name: try the postal code." }
    organisation_activity { fr "Activité principale (NAF)" en "Main activity (NAF)" }
    organisation_activity_help { fr "Le code APE, comme 85.59A, ou quelques mots." en "The APE code, like 85.59A, or a few words." }
    organisation_activity_choose { fr "Laquelle de ces activités\u{202f}?" en "Which of these activities?" }
    organisation_activity_several { fr "Plusieurs activités correspondent\u{a0}: choisissez la bonne ci-dessous." en "Several activities match: choose the right one below." }
    organisation_activity_none { fr "Aucune activité ne correspond\u{a0}: essayez le code APE ou un autre mot." en "No activity matches: try the APE code or another word." }
    organisation_headcount { fr "Effectif" en "Headcount" }
    organisation_headcount_help { fr "Personnes employées par l’entreprise, tous établissements réunis." en "People employed by the company, all establishments together." }
    organisation_headcount_mistake { fr "Écrivez l’effectif en chiffres\u{a0}: 42." en "Write the headcount in digits: 42." }
    organisation_idcc { fr "Convention collective (IDCC)" en "Collective agreement (IDCC)" }
    organisation_idcc_help { fr "Le numéro à quatre chiffres du bulletin de paie\u{a0}: il nous dit l’OPCO probable." en "The four-digit number on the pay slip: it tells us the likely OPCO." }
    organisation_idcc_mistake { fr "Un IDCC compte au plus quatre chiffres." en "An IDCC has at most four digits." }
    organisation_opco { fr "OPCO" en "OPCO" }
    organisation_opco_none { fr "Je ne sais pas" en "I do not know" }
    organisation_nda { fr "Numéro de déclaration d’activité (NDA)" en "Provider registration number (NDA)" }
    organisation_nda_help { fr "Onze chiffres, pour un organisme de formation." en "Eleven digits, for a training body." }
    organisation_nda_mistake { fr "Un numéro de déclaration compte onze chiffres." en "A registration number has eleven digits." }
    organisation_nda_missing {
        fr "Pensez à ajouter son numéro de déclaration d’activité\u{a0}: ses documents en auront besoin."
        en "Remember to add its registration number: its documents will need it."
    }
    organisation_nda_odd {
        fr "Son numéro de déclaration a une forme inhabituelle\u{a0}: relisez-le."
        en "Its registration number has an unusual shape: read it again."
    }
    organisation_approves {
        fr "Les demandes des salariés attendent l’accord de l’entreprise"
        en "Requests by employees wait for the company’s word"
    }
    organisation_approves_yes { fr "attendent l’accord de l’entreprise" en "wait for the company’s word" }
    organisation_approves_no { fr "sont acceptées sans attendre" en "are taken without waiting" }
    organisation_requests { fr "Demandes des salariés" en "Requests by employees" }
    organisation_edit { fr "Modifier la fiche" en "Edit this page" }
    organisation_unknown { fr "non renseigné" en "not given" }
    organisation_staff { fr "Voir les salariés" en "See the employees" }
}

impl Words {
    pub const fn capacity(self, capacity: Capacity) -> &'static str {
        match (self.0, capacity) {
            (Language::Fr, Capacity::Company) => "Entreprise",
            (Language::Fr, Capacity::TrainingBody) => "Organisme de formation",
            (Language::Fr, Capacity::Certifier) => "Certificateur",
            (Language::Fr, Capacity::Funder) => "Financeur",
            (Language::Fr, Capacity::Operator) => "Opérateur",
            (Language::En, Capacity::Company) => "Company",
            (Language::En, Capacity::TrainingBody) => "Training body",
            (Language::En, Capacity::Certifier) => "Certifier",
            (Language::En, Capacity::Funder) => "Funder",
            (Language::En, Capacity::Operator) => "Operator",
        }
    }

    pub const fn siret_mistake(self, why: SiretError) -> &'static str {
        match why {
            SiretError::Length => self.organisation_siret_length(),
            SiretError::Checksum => self.organisation_siret_sum(),
        }
    }

    pub fn organisation_registered(self, name: &str) -> String {
        self.say(format!("{name} est enregistré."), format!("{name} is registered."))
    }

    pub fn organisation_joined(self, name: &str) -> String {
        self.say(
            format!("{name} était déjà connu, et prend désormais part au programme. Sa fiche reste telle qu’elle était."),
            format!("{name} was known already, and takes part in the programme from now on. Its page stays as it was."),
        )
    }

    pub fn organisation_joins(self, programme: &str) -> String {
        self.say(
            format!("Elle prendra part au programme «\u{a0}{programme}\u{a0}»."),
            format!("It will take part in the programme “{programme}”."),
        )
    }

    /// The same for who may also register the operator of another programme.
    pub fn organisation_joins_unless_operator(self, programme: &str) -> String {
        let joins = self.organisation_joins(programme);
        self.say(
            format!("{joins} Un opérateur ne le rejoint pas\u{a0}: il aura le sien."),
            format!("{joins} An operator does not join it: it will have its own."),
        )
    }

    /// Why its page and its people are not the reader's to change.
    pub fn organisation_keeps_itself(self, name: &str) -> String {
        self.say(
            format!("{name} tient elle-même sa fiche et ses membres."),
            format!("{name} keeps its page and its members itself."),
        )
    }

    /// The same where it has nobody yet: who brought it in keeps it.
    pub fn organisation_kept_by_another(self, name: &str) -> String {
        self.say(
            format!("La fiche et les membres de {name} sont tenus par l’opérateur qui l’a enregistrée."),
            format!("The page and the members of {name} are kept by the operator that registered it."),
        )
    }

    pub fn organisation_takes_part(self, programmes: &[&str]) -> String {
        let names = programmes.join(", ");
        self.say(format!("Prend déjà part à\u{a0}: {names}."), format!("Takes part already in: {names}."))
    }

    /// What the button says: « Ajouter au programme Compétences d’avenir ».
    pub fn organisation_join(self, programme: &str) -> String {
        self.say(format!("Ajouter au programme {programme}"), format!("Add to the programme {programme}"))
    }

    pub fn organisation_saved(self, name: &str) -> String {
        self.say(format!("La fiche de {name} est à jour."), format!("The page of {name} is up to date."))
    }

    pub fn organisation_edit_title(self, name: &str) -> String {
        self.say(format!("Modifier la fiche de {name}"), format!("Edit the page of {name}"))
    }

    /// What the collective agreement suggests, to be confirmed.
    pub fn opco_suggested(self, opco: &str) -> String {
        self.say(
            format!("D’après la convention collective, l’OPCO est sans doute {opco}\u{a0}: confirmez ou changez, puis enregistrez."),
            format!("From the collective agreement the OPCO is probably {opco}: confirm or change it, then save."),
        )
    }

    /// « 214 salariés ».
    pub fn headcount(self, people: u32) -> String {
        let number = self.number(i64::from(people));
        match (self.0, people) {
            (Language::Fr, 0 | 1) => format!("{number}\u{a0}salarié"),
            (Language::Fr, _) => format!("{number}\u{a0}salariés"),
            (Language::En, 1) => "1 employee".to_owned(),
            (Language::En, _) => format!("{number} employees"),
        }
    }

    pub fn organisation_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::NoCapacity => self.say(
                "Dites ce qu’est cette organisation\u{a0}: entreprise, organisme de formation…",
                "Say what this organisation is: a company, a training body…",
            ),
            Refusal::SiretMissing => self.say(
                "Une entreprise ou un organisme de formation se reconnaît à son SIRET\u{a0}: indiquez-le.",
                "A company or a training body is known by its SIRET: please give it.",
            ),
            Refusal::Twice => self.say(
                "Une organisation porte déjà ce SIRET\u{a0}: ouvrez sa fiche plutôt que d’en créer une autre.",
                "An organisation with this SIRET is here already: open its page rather than making another.",
            ),
            Refusal::TakesPart => self.say(
                "Cette organisation prend déjà part au programme.",
                "This organisation takes part in the programme already.",
            ),
            Refusal::WhichProgramme => self.say(
                "Choisissez le programme qu’elle rejoint.",
                "Choose the programme that it joins.",
            ),
            Refusal::NoProgramme => self.say(
                "Votre organisation ne conduit encore aucun programme\u{a0}: l’administrateur en crée un, et vous enregistrerez ensuite ses partenaires.",
                "Your organisation runs no programme yet: the administrator founds one, and you register its partners then.",
            ),
            Refusal::Commune => self.say(
                "Cette commune n’est pas reconnue\u{a0}: choisissez-la dans la liste.",
                "This municipality is not known: choose it from the list.",
            ),
        }
    }
}
