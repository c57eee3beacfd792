//! Lists of staff: reading, verdicts, what is given back.

mod columns;
mod unreadable;

use super::{Language, Words, phrases};
use domain::calendar::Day;
use domain::imports::{Answer, Change, Field, Mistake, Refusal, Verdict};
use domain::text::NameError;

phrases! {
    import_title { fr "Collez votre liste, nous la relisons avec vous" en "Paste your list, we read it with you" }
    import_help {
        fr "Une ligne par personne\u{a0}: nom et prénom suffisent. Adresse, matricule, catégorie et date d’entrée sont reconnus s’ils y sont. Rien n’est enregistré avant votre accord."
        en "One line a person: family name and given name are enough. Address, staff number, job group and first day are recognised when they are there. Nothing is saved before you agree."
    }
    import_paste { fr "Cellules copiées depuis votre tableur" en "Cells copied from your spreadsheet" }
    import_paste_help {
        fr "Sélectionnez les lignes, titres compris, copiez, puis collez ici."
        en "Select the rows with their headings, copy, then paste here."
    }
    import_file { fr "Ou un fichier" en "Or a file" }
    import_file_help { fr ".xlsx ou .csv, 5\u{a0}Mo et 5\u{202f}000\u{a0}lignes au plus." en ".xlsx or .csv, 5 MB and 5,000 rows at most." }
    import_model { fr "Télécharger un modèle" en "Download a model" }
    import_read { fr "Relire la liste" en "Read the list" }
    import_lines { fr "Lignes de la liste" en "Lines of the list" }
    import_line { fr "Ligne" en "Line" }
    import_verdict { fr "Verdict" en "Verdict" }
    import_all { fr "Toutes les lignes" en "All lines" }
    import_new { fr "Nouvelle" en "New" }
    import_news { fr "Nouvelles" en "New" }
    import_known { fr "Déjà connue" en "Known already" }
    import_knowns { fr "Déjà connues" en "Known already" }
    import_changed { fr "Mise à jour" en "Updated" }
    import_changeds { fr "Mises à jour" en "Updated" }
    import_to_mend { fr "À compléter" en "To mend" }
    import_twin { fr "Écartée" en "Left out" }
    import_twins { fr "Écartées" en "Left out" }
    import_nothing_changes { fr "Rien ne change." en "Nothing changes." }
    import_check { fr "Vérifier à nouveau" en "Check again" }
    import_enrol { fr "Inscrire ces personnes" en "Enrol these people" }
    import_to_list { fr "Voir mes salariés" en "See my employees" }
    import_give_back { fr "Télécharger les lignes non retenues" en "Download the lines left out" }
    import_give_back_help {
        fr "Complétez ce fichier puis envoyez-le de la même façon\u{a0}: seules ces personnes seront ajoutées."
        en "Complete this file and send it the same way: only these people will be added."
    }
    import_nothing_saved { fr "Rien n’est encore enregistré." en "Nothing is saved yet." }
    import_guessed_untitled {
        fr "Sans ligne de titres, nous avons reconnu les colonnes à leur contenu\u{a0}: vérifiez noms et prénoms."
        en "Without a line of headings we told the columns from what stands in them: check family and given names."
    }
    import_guessed_titled {
        fr "Ces titres ne nous disent rien\u{a0}: nous avons reconnu les colonnes à leur contenu. Vérifiez noms et prénoms."
        en "These headings tell us nothing: we told the columns from what stands in them. Check family and given names."
    }
    import_columns { fr "Ce que contient chaque colonne" en "What each column holds" }
    import_columns_help {
        fr "Changez ce qui n’est pas juste, puis relisez la liste. Ce que vous avez déjà complété reste."
        en "Change what is not right, then read the list again. What you have mended already stays."
    }
    import_columns_read { fr "Relire avec ces colonnes" en "Read again with these columns" }
    import_first_is_titles { fr "La première ligne porte les titres" en "The first line holds the headings" }
    import_back { fr "Retour" en "Comes back" }
    import_backs { fr "Retours" en "Come back" }
    import_choose { fr "Choisissez" en "Choose" }
    import_same_people {
        fr "Pour toutes ces adresses, c’est la même personne"
        en "For all these addresses, it is the same person"
    }
    import_same_people_help {
        fr "Pour plusieurs lignes, seule l’adresse a changé. Sans réponse, elles ne changent rien."
        en "For several lines only the address has changed. Without an answer they change nothing."
    }
    import_other_lines { fr "Lignes suivantes" en "Next lines" }
    import_finished { fr "Votre liste est à jour" en "Your list is up to date" }
    import_again { fr "Importer une autre liste" en "Import another list" }
    import_empty_tab { fr "Aucune ligne ici." en "No line here." }
    import_reason_heading { fr "Motif" en "Reason" }
}

impl Words {
    /// The heading of a column, one that the import reads back.
    pub const fn import_field(self, field: Field) -> &'static str {
        match field {
            Field::FamilyName => self.family_name(),
            Field::GivenName => self.given_name(),
            Field::Email => self.person_email(),
            Field::StaffNumber => self.staff_number(),
            Field::JobGroup => self.job_group(),
            Field::StartsOn => self.starts_on(),
        }
    }

    /// « Même personne, ligne 5 »: what a reader of the screen hears of the choice.
    pub fn import_question(self, line: usize) -> String {
        self.say(format!("Même personne\u{202f}? Ligne\u{a0}{line}"), format!("Same person? Line {line}"))
    }

    pub fn import_answer(self, answer: Answer, asked: Option<&Mistake>) -> String {
        match (answer, asked) {
            (Answer::SamePerson, Some(Mistake::AnotherAddress { .. })) => self.say(
                "C’est la même personne (changer l’adresse)",
                "It is the same person (change the address)",
            ),
            (Answer::SamePerson, Some(Mistake::MayBeBack { .. })) => {
                self.say("C’est la même personne (elle revient)", "It is the same person (they come back)")
            }
            (Answer::SamePerson, _) => self.say("C’est la même personne", "It is the same person"),
            (Answer::SomebodyElse, _) => {
                self.say("C’est quelqu’un d’autre (ajouter)", "It is somebody else (add them)")
            }
        }
    }

    /// Of somebody who comes back: « Partie le 31/12/2025\u{a0}: … ».
    pub fn import_left_before(self, left: Day) -> String {
        let left = self.short_day(left);
        self.say(
            format!("Départ le {left}\u{a0}: la même personne revient, son historique reste le sien."),
            format!("Left on {left}: the same person comes back and keeps their history."),
        )
    }

    /// « Nom, ligne 5 »: what a reader of the screen hears of a cell.
    pub fn import_cell(self, field: Field, line: usize) -> String {
        let name = self.import_field(field);
        self.say(format!("{name}, ligne\u{a0}{line}"), format!("{name}, line {line}"))
    }

    /// « 42 personnes sont prêtes, 2 lignes restent à compléter ».
    pub fn import_ready(self, to_keep: usize, known: usize, to_mend: usize) -> String {
        let mend = match (self.0, to_mend) {
            (_, 0) => String::new(),
            (Language::Fr, 1) => ", une ligne reste à compléter".to_owned(),
            (Language::Fr, n) => format!(", {n}\u{a0}lignes restent à compléter"),
            (Language::En, 1) => ", one line is still to be mended".to_owned(),
            (Language::En, n) => format!(", {n} lines are still to be mended"),
        };
        let ready = match (self.0, to_keep, known) {
            (_, 0, k) if k > 0 => self.import_known_already(k),
            (Language::Fr, 0, _) => "Personne n’est encore prêt".to_owned(),
            (Language::Fr, 1, _) => "Une personne est prête".to_owned(),
            (Language::Fr, n, _) => format!("{n}\u{a0}personnes sont prêtes"),
            (Language::En, 0, _) => "Nobody is ready yet".to_owned(),
            (Language::En, 1, _) => "One person is ready".to_owned(),
            (Language::En, n, _) => format!("{n} people are ready"),
        };
        format!("{ready}{mend}")
    }

    /// « 15 personnes déjà connues ».
    pub fn import_known_already(self, known: usize) -> String {
        match (self.0, known) {
            (Language::Fr, 1) => "1\u{a0}personne déjà connue".to_owned(),
            (Language::Fr, n) => format!("{n}\u{a0}personnes déjà connues"),
            (Language::En, 1) => "1 person known already".to_owned(),
            (Language::En, n) => format!("{n} people known already"),
        }
    }

    pub fn import_read_lines(self, total: usize) -> String {
        match (self.0, total) {
            (Language::Fr, 1) => "Une ligne lue.".to_owned(),
            (Language::Fr, n) => format!("{n}\u{a0}lignes lues."),
            (Language::En, 1) => "One line read.".to_owned(),
            (Language::En, n) => format!("{n} lines read."),
        }
    }

    /// What the button does: « Ajouter 15 personnes ».
    pub fn import_confirm(self, added: usize, changed: usize) -> String {
        let people = |n: usize| match (self.0, n) {
            (Language::Fr, 1) => "1\u{a0}personne".to_owned(),
            (Language::Fr, n) => format!("{n}\u{a0}personnes"),
            (Language::En, 1) => "1 person".to_owned(),
            (Language::En, n) => format!("{n} people"),
        };
        match (added, changed) {
            (0, 0) => self.say("Terminer", "Finish"),
            (n, 0) => self.say(format!("Ajouter {}", people(n)), format!("Add {}", people(n))),
            (0, n) => self.say(format!("Mettre à jour {}", people(n)), format!("Update {}", people(n))),
            (a, c) => self.say(
                format!("Ajouter {} et en mettre {c} à jour", people(a)),
                format!("Add {} and update {c}", people(a)),
            ),
        }
    }

    /// What was done: « 15 personnes ajoutées, 2 mises à jour, 3 déjà connues. »
    pub fn import_done(self, added: usize, back: usize, changed: usize, known: usize) -> String {
        let mut parts = Vec::new();
        if added > 0 {
            parts.push(match (self.0, added) {
                (Language::Fr, 1) => "1\u{a0}personne ajoutée".to_owned(),
                (Language::Fr, n) => format!("{n}\u{a0}personnes ajoutées"),
                (Language::En, 1) => "1 person added".to_owned(),
                (Language::En, n) => format!("{n} people added"),
            });
        }
        if back > 0 {
            parts.push(match (self.0, back) {
                (Language::Fr, 1) => "1\u{a0}personne revenue".to_owned(),
                (Language::Fr, n) => format!("{n}\u{a0}personnes revenues"),
                (Language::En, 1) => "1 person back".to_owned(),
                (Language::En, n) => format!("{n} people back"),
            });
        }
        if changed > 0 {
            parts.push(match (self.0, changed) {
                (Language::Fr, 1) => "1\u{a0}fiche mise à jour".to_owned(),
                (Language::Fr, n) => format!("{n}\u{a0}fiches mises à jour"),
                (Language::En, n) => format!("{n} updated"),
            });
        }
        if known > 0 {
            parts.push(self.import_known_already(known));
        }
        if parts.is_empty() {
            return self.say("Aucune ligne n’a été retenue.", "No line was kept.");
        }
        format!("{}.", parts.join(", "))
    }

    pub fn import_left_out(self, refused: usize) -> String {
        match (self.0, refused) {
            (Language::Fr, 1) => "Une ligne n’a pas été retenue".to_owned(),
            (Language::Fr, n) => format!("{n}\u{a0}lignes n’ont pas été retenues"),
            (Language::En, 1) => "One line was left out".to_owned(),
            (Language::En, n) => format!("{n} lines were left out"),
        }
    }

    pub fn import_ignored(self, headings: &[String]) -> String {
        let names = headings.join(", ");
        self.say(
            format!("Colonnes laissées de côté\u{a0}: {names}."),
            format!("Columns left aside: {names}."),
        )
    }

    pub fn import_change(self, change: &Change) -> String {
        let arrow = |what: &str, from: Option<String>, to: String| match from {
            Some(from) => {
                self.say(format!("{what}\u{a0}: {from} devient {to}"), format!("{what}: {from} becomes {to}"))
            }
            None => self.say(format!("{what}\u{a0}: {to}"), format!("{what}: {to}")),
        };
        match change {
            Change::Name { from, to } => arrow(self.family_name(), Some(from.clone()), to.clone()),
            Change::Email { from, to } => {
                arrow(self.person_email(), from.as_ref().map(ToString::to_string), to.to_string())
            }
            Change::StaffNumber { from, to } => arrow(self.staff_number(), from.clone(), to.clone()),
            Change::JobGroup { from, to } => arrow(
                self.job_group(),
                from.map(|g| self.job_group_name(g).to_owned()),
                self.job_group_name(*to).to_owned(),
            ),
            Change::StartsOn { from, to } => {
                arrow(self.starts_on(), Some(self.short_day(*from)), self.short_day(*to))
            }
        }
    }

    pub fn import_mistake(self, mistake: &Mistake) -> String {
        match mistake {
            Mistake::Name { field, why } => match (field, why) {
                (Field::FamilyName, NameError::Empty) => {
                    self.say("Le nom manque.", "The family name is missing.")
                }
                (Field::GivenName, NameError::Empty) => {
                    self.say("Le prénom manque.", "The given name is missing.")
                }
                (_, NameError::Empty) => self.name_empty_mistake().to_owned(),
                (_, NameError::TooLong) => self.name_long_mistake().to_owned(),
                (_, NameError::Control) => self.name_control_mistake().to_owned(),
            },
            Mistake::Email => self.email_mistake().to_owned(),
            Mistake::Formula { field } => {
                let name = self.import_field(*field);
                self.say(
                    format!("{name}\u{a0}: cette cellule commence par =, +, - ou @, et un tableur l’exécuterait comme une formule. Retirez ce signe."),
                    format!("{name}: this cell begins with =, +, - or @, and a spreadsheet would run it as a formula. Take the sign out."),
                )
            }
            Mistake::StaffNumberLong => self.staff_number_mistake().to_owned(),
            Mistake::StaffNumberOf { name } => {
                self.say(format!("Ce matricule est celui de {name}."), format!("This staff number is that of {name}."))
            }
            Mistake::JobGroup => self.say(
                "Écrivez ouvrier, employé, technicien ou cadre.",
                "Write worker, clerk, technician or manager.",
            ),
            Mistake::StartsOn => self.day_mistake().to_owned(),
            Mistake::AnotherAddress { name, known } => {
                let known = known.as_ref().map(ToString::to_string).unwrap_or_default();
                self.say(
                    format!("{name} est déjà dans votre liste, à l’adresse {known}. Est-ce la même personne\u{202f}?"),
                    format!("{name} is on your list already, at the address {known}. Is it the same person?"),
                )
            }
            Mistake::MayBeBack { name, left } => {
                let left = self.short_day(*left);
                self.say(
                    format!("{name} a quitté votre entreprise le {left}. Est-ce la même personne\u{202f}?"),
                    format!("{name} left your company on {left}. Is it the same person?"),
                )
            }
            Mistake::BackTooEarly { left } => self.person_back_too_early(*left),
            Mistake::Namesakes => self.say(
                "Plusieurs personnes portent ce nom dans votre liste\u{a0}: indiquez le matricule ou l’adresse.",
                "Several people on your list have this name: give the staff number or the address.",
            ),
        }
    }

    /// Why a line is left out, on one line; empty when it is not.
    pub fn import_reason(self, verdict: &Verdict) -> String {
        match verdict {
            Verdict::ToMend(mistakes) => {
                mistakes.iter().map(|m| self.import_mistake(m)).collect::<Vec<_>>().join(" ")
            }
            Verdict::Twin { line } => self.say(
                format!("La même personne est déjà en ligne\u{a0}{line}."),
                format!("The same person stands on line {line} already."),
            ),
            Verdict::New(_) | Verdict::Known(_) | Verdict::Changed { .. } | Verdict::Back { .. } => {
                String::new()
            }
        }
    }

    pub fn import_refusal(self, no: &Refusal) -> String {
        match no {
            Refusal::Unreadable(why) => self.unreadable_list(*why),
            Refusal::ColumnTwice { first, second } if first == second => {
                let name = self.import_column(*first);
                self.say(
                    format!("Deux colonnes sont dites «\u{a0}{name}\u{a0}»\u{a0}: gardez-en une, ne reprenez pas l’autre."),
                    format!("Two columns are said to be “{name}”: keep one, leave the other out."),
                )
            }
            Refusal::ColumnTwice { first, second } => {
                let (first, second) = (self.import_column(*first), self.import_column(*second));
                self.say(
                    format!("«\u{a0}{first}\u{a0}» et «\u{a0}{second}\u{a0}» disent deux fois la même chose\u{a0}: gardez l’une, ne reprenez pas l’autre."),
                    format!("“{first}” and “{second}” tell the same thing twice: keep one, leave the other out."),
                )
            }
            Refusal::ColumnsMissing { missing, found } if found.is_empty() => {
                let missing = self.columns_named(missing);
                self.say(
                    format!("Il manque {missing}\u{a0}: dites où."),
                    format!("We miss {missing}: say where."),
                )
            }
            Refusal::ColumnsMissing { missing, found } => {
                let (missing, found) = (self.columns_named(missing), found.join(", "));
                self.say(
                    format!("Il manque {missing}. Titres trouvés\u{a0}: {found}. Ajoutez le titre en tête de la bonne colonne, puis renvoyez la liste."),
                    format!("We miss {missing}. Headings found: {found}. Put the heading on top of the right column, then send the list again."),
                )
            }
        }
    }
}
