//! What can be obtained, and how.

use super::{Language, Words, phrases};
use domain::certifications::{
    AccessRoute, Acquisition, AssessmentKind, JuryRules, Level, MOST_ASSESSMENTS, MOST_BLOCKS, MOST_MEMBERS,
    MOST_POINTS, Refusal, Requirement, Standing,
};
use domain::courses::Stage;
use domain::text::Title;

impl Words {
    pub const fn access_route(self, route: AccessRoute) -> &'static str {
        match (self.0, route) {
            (Language::Fr, AccessRoute::Initial) => "Formation initiale",
            (Language::Fr, AccessRoute::Apprenticeship) => "Apprentissage",
            (Language::Fr, AccessRoute::Continuing) => "Formation continue",
            (Language::Fr, AccessRoute::ProfessionalisationContract) => "Contrat de professionnalisation",
            (Language::Fr, AccessRoute::Vae) => "Validation des acquis de l’expérience (VAE)",
            (Language::Fr, AccessRoute::Equivalence) => "Équivalence d’un diplôme étranger",
            (Language::Fr, AccessRoute::IndividualCandidate) => "Candidature libre",
            (Language::En, AccessRoute::Initial) => "Initial training",
            (Language::En, AccessRoute::Apprenticeship) => "Apprenticeship",
            (Language::En, AccessRoute::Continuing) => "Continuing training",
            (Language::En, AccessRoute::ProfessionalisationContract) => "Professionalisation contract",
            (Language::En, AccessRoute::Vae) => "Recognition of prior experience (VAE)",
            (Language::En, AccessRoute::Equivalence) => "Equivalence of a foreign diploma",
            (Language::En, AccessRoute::IndividualCandidate) => "Individual candidate",
        }
    }

    pub const fn assessment_kind(self, kind: AssessmentKind) -> &'static str {
        match (self.0, kind) {
            (Language::Fr, AssessmentKind::Project) => "Projet",
            (Language::Fr, AssessmentKind::CaseStudy) => "Étude de cas",
            (Language::Fr, AssessmentKind::Practical) => "Mise en situation",
            (Language::Fr, AssessmentKind::Written) => "Écrit",
            (Language::Fr, AssessmentKind::Oral) => "Oral",
            (Language::En, AssessmentKind::Project) => "Project",
            (Language::En, AssessmentKind::CaseStudy) => "Case study",
            (Language::En, AssessmentKind::Practical) => "Practical",
            (Language::En, AssessmentKind::Written) => "Written",
            (Language::En, AssessmentKind::Oral) => "Oral",
        }
    }

    pub const fn acquisition(self, acquisition: Acquisition) -> &'static str {
        match (self.0, acquisition) {
            (Language::Fr, Acquisition::Each) => "chaque épreuve est réussie",
            (Language::Fr, Acquisition::Together) => "le total des points atteint celui des seuils",
            (Language::En, Acquisition::Each) => "each assessment is passed",
            (Language::En, Acquisition::Together) => "all points together reach those to pass",
        }
    }

    pub fn certification_level(self, level: Option<Level>) -> String {
        match level {
            Some(level) => self.say(format!("niveau\u{a0}{level}"), format!("level {level}")),
            None => self.say("sans niveau", "no level"),
        }
    }

    /// « Bac + 5 » and its like, beside the number.
    pub fn level_choice(self, level: Level) -> String {
        let like = match (self.0, level.number()) {
            (Language::Fr, 2) => "sans diplôme",
            (Language::Fr, 3) => "CAP, BEP",
            (Language::Fr, 4) => "bac",
            (Language::Fr, 5) => "bac\u{a0}+\u{a0}2",
            (Language::Fr, 6) => "licence, bac\u{a0}+\u{a0}3 ou 4",
            (Language::Fr, 7) => "master, ingénieur",
            (Language::Fr, _) => "doctorat",
            (Language::En, 2) => "no diploma",
            (Language::En, 3) => "vocational certificate",
            (Language::En, 4) => "baccalaureate",
            (Language::En, 5) => "two years of higher education",
            (Language::En, 6) => "bachelor",
            (Language::En, 7) => "master, engineer",
            (Language::En, _) => "doctorate",
        };
        self.say(format!("{level} ({like})"), format!("{level} ({like})"))
    }

    pub fn requirement(self, requirement: &Requirement) -> String {
        match requirement {
            Requirement::Attended(Stage::Awareness) => {
                self.say("Avoir suivi une session de sensibilisation", "An awareness session attended")
            }
            Requirement::Attended(Stage::Practice) => {
                self.say("Avoir suivi une session de mise en pratique", "A practice session attended")
            }
            Requirement::Attended(Stage::Certification) => {
                self.say("Avoir suivi la formation certifiante", "The certifying training attended")
            }
            Requirement::Level(level) => self.say(
                format!("Un niveau de qualification de {} ou plus", self.level_choice(*level)),
                format!("A qualification of level {} or above", self.level_choice(*level)),
            ),
            Requirement::Piece(name) => name.to_string(),
        }
    }

    pub fn points(self, most: u32, pass: u32) -> String {
        self.say(
            format!("{most}\u{a0}points, réussie à partir de {pass}"),
            format!("{most} points, passed from {pass}"),
        )
    }

    pub fn blocks_counted(self, blocks: i64) -> String {
        match blocks {
            1 => self.say("un bloc de compétences", "one block of competencies"),
            n => self.say(format!("{n}\u{a0}blocs de compétences"), format!("{n} blocks of competencies")),
        }
    }

    pub fn jury_rules(self, rules: JuryRules) -> String {
        let (members, quorum, outside) = (rules.members, rules.quorum, rules.outside_percent);
        let chair = match (self.0, rules.outside_chair) {
            (Language::Fr, true) => ", présidence extérieure",
            (Language::Fr, false) => "",
            (Language::En, true) => ", chaired from outside",
            (Language::En, false) => "",
        };
        self.say(
            format!(
                "{members}\u{a0}membres au moins, dont {outside}\u{a0}% extérieurs au certificateur\u{a0}; quorum de {quorum}{chair}"
            ),
            format!("{members} members at least, {outside}% of them from outside the certifier; quorum of {quorum}{chair}"),
        )
    }

    pub fn validity(self, months: Option<u32>) -> String {
        match months {
            None => self.say("sans limite de durée", "for always"),
            Some(1) => self.say("un mois", "one month"),
            Some(n) if n % 12 == 0 => match n / 12 {
                1 => self.say("un an", "one year"),
                years => self.say(format!("{years}\u{a0}ans"), format!("{years} years")),
            },
            Some(n) => self.say(format!("{n}\u{a0}mois"), format!("{n} months")),
        }
    }

    /// What a reader should know of the registration; nothing while it runs.
    pub fn certification_standing(self, standing: Standing) -> Option<&'static str> {
        match (self.0, standing) {
            (_, Standing::Registered) => None,
            (Language::Fr, Standing::NotYet) => Some(
                "L’enregistrement n’a pas encore pris effet\u{a0}: vérifiez sa date avant de candidater.",
            ),
            (Language::Fr, Standing::Ended) => Some(
                "L’enregistrement est échu. La certification reste délivrée à qui y est entré avant son échéance.",
            ),
            (Language::Fr, Standing::NoLongerIssued) => {
                Some("L’enregistrement est échu et la date limite de délivrance est passée.")
            }
            (Language::En, Standing::NotYet) => {
                Some("The registration has not taken effect yet: check its date before applying.")
            }
            (Language::En, Standing::Ended) => {
                Some("The registration has ended. Whoever entered before may still obtain the certification.")
            }
            (Language::En, Standing::NoLongerIssued) => {
                Some("The registration has ended, and the last day of issue is past.")
            }
        }
    }

    pub fn certification_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Dates => self.say(
                "L’enregistrement prend effet avant de finir, et la date limite de délivrance ne vient pas avant sa fin.",
                "The registration takes effect before it ends, and the last day of issue is not before its end.",
            ),
            Refusal::Validity => self.say(
                "La durée de validité s’écrit en mois, de 1 à 1\u{202f}200\u{a0}; laissez vide si elle est sans limite.",
                "The validity is written in months, from 1 to 1,200; leave it empty when it has no limit.",
            ),
            Refusal::NoRoute => {
                self.say("Cochez au moins une voie d’accès.", "Tick at least one access route.")
            }
            Refusal::Blocks => self.say(
                format!("Décrivez de 1 à {MOST_BLOCKS}\u{a0}blocs de compétences."),
                format!("Describe 1 to {MOST_BLOCKS} blocks of competencies."),
            ),
            Refusal::ForeignBlock => self.say(
                "Le code de chaque bloc commence par celui de la fiche, par exemple RNCP99999BC01.",
                "The code of each block begins with that of the record, for instance RNCP99999BC01.",
            ),
            Refusal::SameBlock => self.say("Deux blocs portent le même code.", "Two blocks have the same code."),
            Refusal::Assessments => self.say(
                format!("Chaque bloc a de 1 à {MOST_ASSESSMENTS}\u{a0}épreuves."),
                format!("Each block has 1 to {MOST_ASSESSMENTS} assessments."),
            ),
            Refusal::Points => self.say(
                format!("Une épreuve compte de 1 à {MOST_POINTS}\u{a0}points, et son seuil ne les dépasse pas."),
                format!("An assessment counts 1 to {MOST_POINTS} points, and no more are needed to pass it."),
            ),
            Refusal::Requirements => self.say(
                "La même condition est écrite deux fois, ou il y en a trop.",
                "The same condition is written twice, or there are too many.",
            ),
            Refusal::JuryMembers => self.say(
                format!("Le jury compte de 1 à {MOST_MEMBERS}\u{a0}membres, et son quorum n’en demande pas plus."),
                format!("The jury has 1 to {MOST_MEMBERS} members, and its quorum asks for no more."),
            ),
            Refusal::OutsideShare => self.say(
                "La part de membres extérieurs va de 0 à 100\u{a0}%.",
                "The share of outside members goes from 0 to 100%.",
            ),
            Refusal::NoProgramme => self.say(
                "Votre organisme ne participe encore à aucun programme\u{a0}: demandez à l’opérateur de l’y inscrire.",
                "Your organisation takes part in no programme yet: ask the operator to add it.",
            ),
            Refusal::Known => self.say(
                "Cette fiche est déjà dans vos certifications\u{a0}: modifiez-la.",
                "This record is among your certifications already: edit it.",
            ),
        }
    }

    pub fn title_mistake(self) -> String {
        self.say(
            format!("Donnez un intitulé d’une ligne, de {}\u{a0}caractères au plus.", Title::MAX),
            format!("Give a title of one line, of at most {} characters.", Title::MAX),
        )
    }

    pub fn nth_block(self, number: usize) -> String {
        self.say(format!("Bloc\u{a0}{number}"), format!("Block {number}"))
    }

    pub fn nth_assessment(self, number: usize) -> String {
        self.say(format!("Épreuve\u{a0}{number}"), format!("Assessment {number}"))
    }

    pub fn not_in_register(self, code: &str) -> String {
        self.say(
            format!("Aucune ligne de ce fichier ne parle de {code}."),
            format!("No line of this file is about {code}."),
        )
    }
}

phrases! {
    certifications { fr "Certifications" en "Certifications" }
    certifications_help {
        fr "Ce que l’on peut obtenir au bout du parcours, et comment."
        en "What can be obtained at the end of the path, and how."
    }
    no_certifications_title { fr "Les certifications seront ici" en "Certifications will be here" }
    no_certifications_help {
        fr "Le certificateur du programme y décrit la fiche enregistrée\u{a0}: blocs, épreuves, conditions d’entrée, jury."
        en "The programme’s certifier describes the registered record here: blocks, assessments, conditions, jury."
    }
    new_certification { fr "Ajouter une certification" en "Add a certification" }
    edit_certification { fr "Modifier la fiche" en "Edit the record" }
    edit_certification_help {
        fr "L’enregistrement crée une nouvelle version. Les candidatures déjà déposées gardent celle sous laquelle elles l’ont été."
        en "Saving makes a new version. Candidates who applied already keep the one that they applied under."
    }
    certification_saved { fr "La fiche est enregistrée." en "The record is saved." }
    record_code { fr "Numéro de fiche" en "Number of the record" }
    record_code_help {
        fr "Celui du répertoire national\u{a0}: RNCP ou RS, puis des chiffres."
        en "That of the national register: RNCP or RS, then digits."
    }
    record_code_mistake {
        fr "Écrivez RNCP ou RS suivi de un à cinq chiffres, par exemple RNCP99999."
        en "Write RNCP or RS followed by one to five digits, for instance RNCP99999."
    }
    certifier { fr "Certificateur" en "Certifier" }
    certification_title { fr "Intitulé enregistré" en "Registered title" }
    certification_title_help {
        fr "Mot pour mot\u{a0}: c’est lui qui figurera sur le parchemin."
        en "Word for word: it is what the certificate will say."
    }
    level_label { fr "Niveau de qualification" en "Qualification level" }
    no_level { fr "Sans niveau" en "No level" }
    registration { fr "Enregistrement" en "Registration" }
    decided_on_label { fr "Date de décision" en "Date of the decision" }
    effective_on_label { fr "Prend effet le" en "Takes effect on" }
    registered_until_label { fr "Fin de l’enregistrement" en "End of the registration" }
    last_issue_label { fr "Date limite de délivrance" en "Last day of issue" }
    validity_label { fr "Durée de validité du certificat, en mois" en "Validity of the certificate, in months" }
    validity_help { fr "Vide si elle est sans limite." en "Empty when it has no limit." }
    validity_fact { fr "Validité" en "Validity" }
    partial_label { fr "Les blocs peuvent être acquis un à un" en "Blocks may be acquired one by one" }
    partial_yes { fr "Chaque bloc acquis l’est pour toujours." en "Each block that is acquired stays acquired." }
    routes_label { fr "Voies d’accès" en "Access routes" }
    blocks_label { fr "Blocs de compétences" en "Blocks of competencies" }
    blocks_help {
        fr "Pour chacun, ses épreuves et ce qui l’acquiert. Une ligne laissée vide n’est pas gardée."
        en "For each, its assessments and what acquires it. A line left empty is not kept."
    }
    block_code { fr "Code" en "Code" }
    block_title { fr "Intitulé du bloc" en "Title of the block" }
    block_acquired_when { fr "Acquis quand" en "Acquired when" }
    block_code_mistake {
        fr "Un code de bloc n’est pas reconnu\u{a0}: numéro de fiche, BC, deux chiffres (RNCP99999BC01)."
        en "The code of a block cannot be read: number of the record, BC, two digits (RNCP99999BC01)."
    }
    add_block { fr "Ajouter un bloc" en "Add a block" }
    add_assessment { fr "Ajouter une épreuve" en "Add an assessment" }
    assessments_label { fr "Épreuves" en "Assessments" }
    assessment_title { fr "Épreuve" en "Assessment" }
    assessment_kind_label { fr "Nature" en "Kind" }
    most_points_label { fr "Points" en "Points" }
    pass_points_label { fr "Seuil" en "To pass" }
    assessment_mistake {
        fr "Une épreuve n’est pas complète\u{a0}: il lui faut un intitulé, des points et un seuil en nombres entiers."
        en "An assessment is not complete: it needs a title, points and points to pass, in whole numbers."
    }
    conditions { fr "Conditions d’entrée" en "Conditions of entry" }
    conditions_help {
        fr "Ce qui rend une candidature éligible. Le candidat voit à tout moment ce qu’il lui manque."
        en "What makes a candidate eligible. Candidates always see what they still lack."
    }
    no_conditions { fr "Aucune." en "None." }
    required_stages { fr "Étapes du parcours à avoir suivies" en "Stages of the path to have attended" }
    required_level { fr "Niveau de qualification minimal" en "Minimal qualification level" }
    no_required_level { fr "Aucun" en "None" }
    required_pieces { fr "Pièces à fournir" en "Documents to give" }
    required_pieces_help { fr "Une par ligne, de 120\u{a0}caractères au plus." en "One a line, of at most 120 characters." }
    jury { fr "Jury" en "Jury" }
    jury_members_label { fr "Membres, au moins" en "Members, at least" }
    jury_outside_label { fr "Membres extérieurs, en %" en "Outside members, in %" }
    jury_quorum_label { fr "Quorum" en "Quorum" }
    jury_chair_label { fr "La présidence est extérieure au certificateur" en "The chair comes from outside the certifier" }
    whole_number_missing { fr "Écrivez un nombre entier." en "Write a whole number." }
    day_missing { fr "Choisissez un jour." en "Choose a day." }
    save_record { fr "Enregistrer la fiche" en "Save the record" }
    from_register { fr "Reprendre du répertoire national" en "Take from the national register" }
    from_register_help {
        fr "France compétences publie les fiches en fichiers CSV réunis dans un ZIP. Déposez l’archive, ou le fichier «\u{a0}Standard\u{a0}» ou «\u{a0}Blocs\u{a0}» d’où vient votre fiche\u{a0}: ce qu’il en dit remplit le formulaire, que vous complétez avant d’enregistrer."
        en "France compétences publishes the records as CSV files in one ZIP. Send the archive, or the “Standard” or “Blocs” file that your record comes from: what it says fills the form, which you complete before saving."
    }
    register_file { fr "Fichier du répertoire" en "File of the register" }
    register_file_help {
        fr "ZIP ou CSV, 5\u{a0}Mo au plus. Si l’archive est plus lourde, réunissez ses fichiers «\u{a0}Standard\u{a0}» et «\u{a0}Blocs\u{a0}» dans un ZIP à part."
        en "ZIP or CSV, 5 MB at most. If the archive is larger, put its “Standard” and “Blocs” files in a ZIP of their own." }
    register_file_missing { fr "Choisissez un fichier." en "Choose a file." }
    register_damaged { fr "Ce fichier ne s’ouvre pas\u{a0}: l’archive ou le CSV est abîmé." en "This file does not open: the archive or the CSV is damaged." }
    read_register { fr "Lire le fichier" en "Read the file" }
    register_read {
        fr "Rempli avec ce que dit le répertoire. Rien n’est encore enregistré\u{a0}: complétez et vérifiez."
        en "Filled with what the register says. Nothing is saved yet: complete and check it."
    }
    not_among_certifiers {
        fr "Le répertoire ne nomme pas votre SIRET parmi les certificateurs de cette fiche."
        en "The register does not name your SIRET among the certifiers of this record."
    }
    keep_certifications { fr "Tenir les fiches à jour" en "Keep the records up to date" }
    keep_certifications_help {
        fr "Blocs, épreuves, conditions d’entrée, règles du jury\u{a0}: ce que les candidats lisent."
        en "Blocks, assessments, conditions of entry, rules of the jury: what candidates read."
    }
    how_to_apply { fr "Candidater" en "Apply" }
}
