//! People and whom they work for.

use super::{Language, Words, phrases};
use domain::accounts;
use domain::calendar::Day;
use domain::people::{JobGroup, Refusal};

phrases! {
    staff { fr "Salariés" en "Employees" }
    staff_search { fr "Nom ou prénom" en "Name" }
    staff_show { fr "Afficher" en "Show" }
    staff_current { fr "Dans l’entreprise" en "With the company" }
    staff_former { fr "Partis" en "Left" }
    staff_presence { fr "Présence" en "Presence" }
    staff_every_group { fr "Toutes" en "All" }
    staff_add_one { fr "Ajouter un salarié" en "Add an employee" }
    staff_import { fr "Importer une liste" en "Import a list" }
    staff_enrol { fr "Inscrire à une session" en "Enrol in a session" }
    staff_choose { fr "Choisir" en "Choose" }
    staff_edit { fr "Modifier" en "Edit" }
    staff_empty_title { fr "Vos salariés seront ici" en "Your employees will be here" }
    staff_empty_help {
        fr "Ajoutez-les un par un, ou collez la liste de votre logiciel de paie\u{a0}: quinze personnes prennent trois minutes."
        en "Add them one by one, or paste the list from your payroll software: fifteen people take three minutes."
    }
    staff_none_found {
        fr "Personne ne correspond à cette recherche. Essayez les premières lettres du nom, ou changez les filtres."
        en "Nobody matches this search. Try the first letters of the name, or change the filters."
    }
    staff_lede {
        fr "Seule votre entreprise voit cette liste. Cochez les personnes à inscrire ensemble à une session."
        en "Only your company sees this list. Tick the people to enrol in a session together."
    }
    person_email { fr "Adresse électronique" en "E-mail address" }
    person_email_help {
        fr "Pour les convocations. Sans adresse, elles passent par vous."
        en "For joining letters. Without one they go through you."
    }
    staff_number { fr "Matricule" en "Staff number" }
    staff_number_help {
        fr "Le numéro de votre logiciel de paie\u{a0}: il évite les doublons."
        en "The number in your payroll software: it prevents duplicates."
    }
    job_group { fr "Catégorie" en "Job group" }
    job_group_unknown { fr "Non précisée" en "Not given" }
    starts_on { fr "Date d’entrée" en "First day" }
    ends_on { fr "Dernier jour" en "Last day" }
    without_email { fr "sans adresse" en "no address" }
    person_new_title { fr "Qui rejoint votre liste\u{202f}?" en "Who joins your list?" }
    person_add { fr "Ajouter à la liste" en "Add to the list" }
    person_is_another {
        fr "C’est une autre personne\u{a0}: l’ajouter quand même"
        en "This is somebody else: add them anyway"
    }
    person_see_known { fr "Voir la personne déjà inscrite dans votre liste" en "See the person already on your list" }
    person_see_former { fr "Voir la personne qui est partie" en "See the person who left" }
    person_who_is_it { fr "Qui est-ce\u{202f}?" en "Who is it?" }
    person_comes_back { fr "C’est la même personne\u{a0}: elle revient" en "It is the same person: they come back" }
    person_comes_back_help {
        fr "Une nouvelle période commence\u{a0}; son historique reste le sien."
        en "A new period begins; they keep their history."
    }
    person_is_new { fr "C’est quelqu’un d’autre\u{a0}: l’ajouter" en "It is somebody else: add them" }
    employee_account { fr "Son compte" en "Their account" }
    employee_account_open {
        fr "Cette personne a ouvert son compte\u{a0}: elle suit elle-même ses formations."
        en "This person has opened their account: they follow their own training."
    }
    employee_not_invited {
        fr "Cette personne n’a pas encore de compte. Les convocations lui arrivent par lettre, avec un lien personnel."
        en "This person has no account yet. Joining letters reach them with a personal link."
    }
    employee_without_address {
        fr "Sans adresse électronique, cette personne ne peut pas être invitée\u{a0}: ajoutez-la ci-dessus."
        en "Without an e-mail address this person cannot be invited: add it above."
    }
    employee_invite { fr "Inviter à ouvrir un compte" en "Invite to open an account" }
    employee_invite_again { fr "Renvoyer l’invitation" en "Send the invitation again" }
    employee_invite_help {
        fr "L’invitation part à son adresse, avec un lien valable sept jours. Un lien envoyé avant ne sert plus. Ce que la personne fait de son compte ne regarde qu’elle."
        en "The invitation goes to their address, with a link that is good for seven days. A link sent before works no longer. What the person does with the account is their own business."
    }
    person_leaves { fr "Signaler un départ" en "Report a departure" }
    person_leave_help {
        fr "Son historique de formation reste dans votre entreprise jusqu’à ce jour. Vous ne verrez rien de sa vie ensuite. Ses inscriptions à venir ne sont pas annulées\u{a0}: faites-le depuis la session si besoin."
        en "The training history up to that day stays with your company. You will see nothing of what follows. Coming enrolments are not cancelled: do so from the session if needed."
    }
    person_leave_do { fr "Enregistrer le départ" en "Save the departure" }
    person_left_note {
        fr "Cette personne ne fait plus partie de votre entreprise\u{a0}: ses coordonnées ne vous sont plus montrées."
        en "This person is no longer with your company: how to reach them is no longer shown to you."
    }
    name_empty_mistake { fr "Ce nom manque." en "This name is missing." }
    name_long_mistake { fr "Ce nom est trop long\u{a0}: 120\u{a0}caractères au plus." en "This name is too long: 120 characters at most." }
    name_control_mistake { fr "Ce nom contient un caractère invisible\u{a0}: tapez-le à nouveau." en "This name holds an invisible character: please type it again." }
    staff_number_mistake { fr "Ce matricule est trop long\u{a0}: 40\u{a0}caractères au plus." en "This staff number is too long: 40 characters at most." }
}

impl Words {
    pub const fn job_group_name(self, group: JobGroup) -> &'static str {
        match (self.0, group) {
            (Language::Fr, JobGroup::Worker) => "Ouvrier",
            (Language::Fr, JobGroup::Clerk) => "Employé",
            (Language::Fr, JobGroup::Technician) => "Technicien, agent de maîtrise",
            (Language::Fr, JobGroup::Manager) => "Cadre",
            (Language::En, JobGroup::Worker) => "Worker",
            (Language::En, JobGroup::Clerk) => "Clerk",
            (Language::En, JobGroup::Technician) => "Technician, supervisor",
            (Language::En, JobGroup::Manager) => "Manager",
        }
    }

    /// The title of the list: how many work for the company.
    pub fn staff_title(self, count: i64) -> String {
        match (self.0, count) {
            (Language::Fr, 0) => "Votre liste de salariés est vide".to_owned(),
            (Language::Fr, 1) => "Un salarié dans votre liste".to_owned(),
            (Language::Fr, n) => format!("{}\u{a0}salariés dans votre liste", self.number(n)),
            (Language::En, 0) => "Your list of employees is empty".to_owned(),
            (Language::En, 1) => "One employee on your list".to_owned(),
            (Language::En, n) => format!("{} employees on your list", self.number(n)),
        }
    }

    pub fn person_edit_title(self, name: &str) -> String {
        self.say(format!("La fiche de {name}"), format!("What you know of {name}"))
    }

    pub fn person_leave_title(self, name: &str) -> String {
        self.say(format!("{name} quitte votre entreprise"), format!("{name} leaves your company"))
    }

    pub fn person_added(self, name: &str) -> String {
        self.say(format!("{name} est dans votre liste."), format!("{name} is on your list."))
    }

    pub fn person_is_back(self, name: &str) -> String {
        self.say(
            format!(
                "{name} revient dans votre liste\u{a0}: c’est la même personne, pour une nouvelle période."
            ),
            format!("{name} is back on your list: the same person, for a new period."),
        )
    }

    pub fn employed_before(self, from: &str, until: Option<&str>) -> String {
        match until {
            Some(until) => self.say(
                format!("Déjà dans votre entreprise du {from} au {until}."),
                format!("With your company before, from {from} to {until}."),
            ),
            None => self.say(
                format!("Déjà dans votre entreprise depuis le {from}."),
                format!("With your company before, since {from}."),
            ),
        }
    }

    pub fn employee_invited(self, day: &str) -> String {
        self.say(
            format!("Invitation envoyée le {day}, sans réponse pour l’instant."),
            format!("Invited on {day}, no answer yet."),
        )
    }

    pub fn employee_unanswered(self, day: &str) -> String {
        self.say(
            format!("Compte préparé le {day}\u{a0}: l’invitation est restée sans réponse, et son lien ne sert plus."),
            format!("Account prepared on {day}: the invitation was not answered, and its link works no longer."),
        )
    }

    pub fn employee_invitation_leaves(self, name: &str) -> String {
        self.say(format!("L’invitation part vers {name}."), format!("The invitation leaves for {name}."))
    }

    pub fn employee_invite_refusal(self, no: accounts::Refusal) -> String {
        match no {
            accounts::Refusal::AccountOpen => self.say(
                "Cette personne a déjà ouvert son compte.",
                "This person has opened their account already.",
            ),
            accounts::Refusal::NoAddress => self.employee_without_address().to_owned(),
            accounts::Refusal::AddressTaken => self.say(
                "Le compte de cette adresse est celui d’une autre personne\u{a0}: indiquez une adresse qui soit à elle seule.",
                "The account of this address is another person’s: give an address that is theirs alone.",
            ),
            other => self.account_refusal(other),
        }
    }

    pub fn person_saved(self, name: &str) -> String {
        self.say(format!("La fiche de {name} est à jour."), format!("What you know of {name} is up to date."))
    }

    pub fn person_left(self, name: &str, day: &str) -> String {
        self.say(
            format!("Le départ de {name} est noté au {day}."),
            format!("The departure of {name} is noted for {day}."),
        )
    }

    /// « depuis le 01/09/2020 », « parti le 31/12/2026 ».
    pub fn employed_until(self, day: &str) -> String {
        self.say(format!("Dernier jour\u{a0}: {day}"), format!("Last day: {day}"))
    }

    pub fn person_back_too_early(self, left: Day) -> String {
        let left = self.short_day(left);
        self.say(
            format!(
                "Cette personne était chez vous jusqu’au {left}\u{a0}: sa nouvelle date d’entrée vient après."
            ),
            format!("This person was with you until {left}: the new first day comes after it."),
        )
    }

    pub fn person_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Twice { .. } => self.say(
                "Cette personne est déjà dans votre liste\u{a0}: son matricule le dit.",
                "This person is on your list already: the staff number says so.",
            ),
            Refusal::Alike { .. } => self.say(
                "Une personne de ce nom ou à cette adresse est déjà dans votre liste. Si c’est quelqu’un d’autre, cochez la case et confirmez.",
                "Somebody with this name or address is on your list already. If this is somebody else, tick the box and confirm.",
            ),
            Refusal::MayBeBack { .. } => self.say(
                "Une personne de ce nom a quitté votre entreprise. Dites si c’est elle qui revient, puis confirmez.",
                "Somebody of this name has left your company. Say whether it is they who come back, then confirm.",
            ),
            Refusal::BackTooEarly { left } => self.person_back_too_early(left),
            Refusal::StaffNumberTaken => self.say(
                "Ce matricule est celui d’une autre personne de votre liste.",
                "This staff number is that of somebody else on your list.",
            ),
            Refusal::Left => self.say(
                "Cette personne a quitté votre entreprise\u{a0}: sa fiche ne se modifie plus.",
                "This person has left your company: nothing changes there any more.",
            ),
            Refusal::EndsBeforeStart => self.say(
                "Le dernier jour précède le premier\u{a0}: vérifiez les deux dates.",
                "The last day lies before the first: check both dates.",
            ),
        }
    }
}
