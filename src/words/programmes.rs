//! The public programme.

use super::{Language, Words, phrases};
use domain::programmes::{Refusal, TargetKind};

phrases! {
    set_targets_title { fr "Fixer les objectifs" en "Set the targets" }
    targets_help {
        fr "Ceux de la convention. Une ligne vide n’est pas un objectif."
        en "Those of the agreement. An empty line is no target."
    }
    targets_saved { fr "Les objectifs sont à jour." en "The targets are up to date." }
    programme_none_title { fr "Aucun programme n’est encore ouvert" en "No programme is open yet" }
    programme_none_help {
        fr "Vos pages se rempliront dès que l’opérateur vous aura rattaché à son programme."
        en "Your pages will fill as soon as the operator has made you a partner of its programme."
    }
    programme_none_admin {
        fr "Enregistrez d’abord l’organisation qui l’opère, puis créez le programme."
        en "First register the organisation that operates it, then found the programme."
    }
    other_programmes { fr "Vos autres programmes" en "Your other programmes" }
    programme_found { fr "Créer un programme" en "Found a programme" }
    programme_found_title { fr "Quel programme ouvrez-vous\u{202f}?" en "Which programme do you open?" }
    programme_found_help {
        fr "Un territoire, un opérateur, des dates. L’opérateur enregistre ensuite ses partenaires."
        en "A territory, an operator, dates. The operator then registers its partners."
    }
    programme_name { fr "Nom du programme" en "Name of the programme" }
    programme_short_name { fr "Nom court" en "Short name" }
    programme_short_name_help { fr "Un sigle ou un mot, pour les listes\u{a0}: «\u{a0}IAHDF\u{a0}»." en "Letters or a word, for lists: “IAHDF”." }
    programme_region { fr "Région" en "Region" }
    programme_operator { fr "Opérateur" en "Operator" }
    programme_operator_help {
        fr "L’organisation qui pilote le programme."
        en "The organisation that runs the programme."
    }
    programme_no_operator {
        fr "Aucune organisation n’est encore opérateur\u{a0}: enregistrez-la d’abord."
        en "No organisation is an operator yet: register it first."
    }
    programme_starts { fr "Premier jour" en "First day" }
    programme_ends { fr "Dernier jour" en "Last day" }
    programme_choose { fr "À choisir" en "To be chosen" }
    programme_region_mistake { fr "Choisissez la région." en "Choose the region." }
    programme_operator_mistake { fr "Choisissez l’opérateur." en "Choose the operator." }
    programme_figures { fr "Où en est le programme" en "How far the programme is" }
    programme_targets { fr "Ce que le programme vise" en "What the programme aims at" }
    programme_target { fr "Objectif" en "Target" }
    programme_people { fr "Personnes" en "People" }
    programme_by { fr "Échéance" en "Deadline" }
    programme_funders { fr "Financeurs" en "Funders" }
    programme_training_bodies { fr "Organismes de formation" en "Training bodies" }
    programme_certifiers { fr "Certificateurs" en "Certifiers" }
    programme_nobody_yet { fr "aucun pour l’instant" en "none yet" }
    programme_companies { fr "entreprises engagées" en "companies taking part" }
    programme_sessions { fr "sessions annoncées" en "sessions announced" }
    programme_aware { fr "personnes sensibilisées" en "people made aware" }
    fewer_than_five { fr "moins de 5" en "fewer than 5" }
}

impl Words {
    pub fn target_mistake(self, label: &str) -> String {
        self.say(
            format!("{label}\u{a0}: écrivez un nombre de personnes, et une année ou rien."),
            format!("{label}: write a number of people, and a year or nothing."),
        )
    }

    pub const fn target_kind(self, kind: TargetKind) -> &'static str {
        match (self.0, kind) {
            (Language::Fr, TargetKind::Employees) => "Salariés de la région au départ",
            (Language::Fr, TargetKind::CivilServants) => "Agents publics de la région au départ",
            (Language::Fr, TargetKind::PeopleAware) => "Personnes à sensibiliser",
            (Language::Fr, TargetKind::PostsConcerned) => "Postes à pourvoir ou à former",
            (Language::Fr, TargetKind::ExpertsToRecruit) => "Experts à recruter",
            (Language::Fr, TargetKind::ExpertsToTrain) => "Experts à former",
            (Language::En, TargetKind::Employees) => "Employees of the region at the start",
            (Language::En, TargetKind::CivilServants) => "Civil servants of the region at the start",
            (Language::En, TargetKind::PeopleAware) => "People to be made aware",
            (Language::En, TargetKind::PostsConcerned) => "Posts to fill or to train for",
            (Language::En, TargetKind::ExpertsToRecruit) => "Experts to recruit",
            (Language::En, TargetKind::ExpertsToTrain) => "Experts to train",
        }
    }

    /// « Hauts-de-France, depuis le 1er janvier 2018, opéré par … ».
    pub fn programme_lede(self, region: &str, operator: &str, from: &str, to: Option<&str>) -> String {
        let (fr, en) = match to {
            Some(to) => (format!("du {from} au {to}"), format!("from {from} to {to}")),
            None => (format!("depuis le {from}"), format!("since {from}")),
        };
        self.say(
            format!("{region}, {fr}. Opérateur\u{a0}: {operator}."),
            format!("{region}, {en}. Operator: {operator}."),
        )
    }

    pub fn programme_founded(self, name: &str) -> String {
        self.say(
            format!("Le programme «\u{a0}{name}\u{a0}» est créé. Invitez maintenant son opérateur."),
            format!("The programme “{name}” is founded. Now invite its operator."),
        )
    }

    pub fn programme_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::EndsBeforeStart => self.say(
                "Le dernier jour précède le premier\u{a0}: vérifiez les deux dates.",
                "The last day lies before the first: check both dates.",
            ),
            Refusal::Region => self.programme_region_mistake().to_owned(),
            Refusal::NotAnOperator => self.say(
                "Cette organisation n’est pas opérateur\u{a0}: cochez «\u{a0}opérateur\u{a0}» sur sa fiche d’abord.",
                "This organisation is no operator: tick “operator” on its page first.",
            ),
        }
    }
}
