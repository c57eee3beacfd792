//! Lists of staff: reading, verdicts, what is given back.

use super::{Language, Words, phrases};
use crate::domain::imports::{Change, Field, Mistake, Refusal, Unreadable, Verdict};
use crate::domain::text::NameError;

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
    import_guessed {
        fr "Sans ligne de titres, nous avons reconnu les colonnes à leur contenu\u{a0}: vérifiez noms et prénoms."
        en "Without a line of headings we told the columns from what stands in them: check family and given names."
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
    pub fn import_done(self, added: usize, changed: usize, known: usize) -> String {
        let mut parts = Vec::new();
        if added > 0 {
            parts.push(match (self.0, added) {
                (Language::Fr, 1) => "1\u{a0}personne ajoutée".to_owned(),
                (Language::Fr, n) => format!("{n}\u{a0}personnes ajoutées"),
                (Language::En, 1) => "1 person added".to_owned(),
                (Language::En, n) => format!("{n} people added"),
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
            Mistake::StaffNumberLong => self.staff_number_mistake().to_owned(),
            Mistake::StaffNumberOf { name } => {
                self.say(format!("Ce matricule est celui de {name}."), format!("This staff number is that of {name}."))
            }
            Mistake::JobGroup => self.say(
                "Écrivez ouvrier, employé, technicien ou cadre.",
                "Write worker, clerk, technician or manager.",
            ),
            Mistake::StartsOn => self.day_mistake().to_owned(),
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
            Verdict::New(_) | Verdict::Known(_) | Verdict::Changed { .. } => String::new(),
        }
    }

    pub fn import_refusal(self, no: &Refusal) -> String {
        match no {
            Refusal::Unreadable(why) => self.unreadable_list(*why),
            Refusal::ColumnsMissing { missing, found } => {
                let missing = missing
                    .iter()
                    .map(|f| format!("«\u{a0}{}\u{a0}»", self.import_field(*f)))
                    .collect::<Vec<_>>();
                let (missing, found) = (missing.join(", "), found.join(", "));
                self.say(
                    format!("Il manque la colonne {missing}. Titres trouvés\u{a0}: {found}. Ajoutez le titre en tête de la bonne colonne, puis renvoyez la liste."),
                    format!("The column {missing} is missing. Headings found: {found}. Put the heading on top of the right column, then send the list again."),
                )
            }
        }
    }

    fn unreadable_list(self, why: Unreadable) -> String {
        let number = |n: usize| self.number(i64::try_from(n).unwrap_or(i64::MAX));
        match why {
            Unreadable::Empty => self.say(
                "Rien n’a été collé ni envoyé\u{a0}: collez vos lignes, ou choisissez un fichier.",
                "Nothing was pasted or sent: paste your rows, or choose a file.",
            ),
            Unreadable::NoRows => self.say(
                "Nous ne trouvons qu’une ligne de titres\u{a0}: ajoutez au moins une personne en dessous.",
                "We find only a line of headings: add at least one person below it.",
            ),
            Unreadable::TooLarge { limit } => self.say(
                format!("Ce fichier dépasse {}\u{a0}Mo. Gardez seulement les colonnes utiles, ou envoyez-le en deux fois.", limit / 1_000_000),
                format!("This file is larger than {} MB. Keep only the useful columns, or send it in two parts.", limit / 1_000_000),
            ),
            Unreadable::TooManyRows { limit } => self.say(
                format!("Cette liste dépasse {}\u{a0}lignes. Envoyez-la en plusieurs fois.", number(limit)),
                format!("This list has more than {} rows. Send it in several parts.", number(limit)),
            ),
            Unreadable::TooWide { line, limit } => self.say(
                format!("La ligne\u{a0}{line} compte plus de {limit}\u{a0}colonnes. Gardez seulement les colonnes utiles."),
                format!("Line {line} has more than {limit} columns. Keep only the useful ones."),
            ),
            Unreadable::CellTooLong { line, limit } => self.say(
                format!("Une cellule de la ligne\u{a0}{line} dépasse {}\u{a0}caractères. Raccourcissez-la.", number(limit)),
                format!("A cell of line {line} has more than {} characters. Shorten it.", number(limit)),
            ),
            Unreadable::Unclosed { line } => self.say(
                format!("Un guillemet ouvert à la ligne\u{a0}{line} n’est jamais refermé. Retirez-le ou fermez-le."),
                format!("A quotation mark opened on line {line} is never closed. Take it out or close it."),
            ),
            Unreadable::Encoding => self.say(
                "Les lettres de ce fichier ne se lisent pas. Dans Excel, enregistrez-le en .xlsx ou en «\u{a0}CSV UTF-8\u{a0}».",
                "The letters of this file cannot be read. In Excel, save it as .xlsx or as “CSV UTF-8”.",
            ),
            Unreadable::NotAWorkbook => self.say(
                "Ce fichier n’est pas un tableau. Enregistrez votre liste au format .xlsx ou .csv.",
                "This file is no table. Save your list as .xlsx or .csv.",
            ),
            Unreadable::Pdf => self.say(
                "Ce fichier est un PDF. Envoyez le tableau d’origine, au format .xlsx ou .csv, ou collez ses lignes.",
                "This file is a PDF. Send the table it was made from, as .xlsx or .csv, or paste its rows.",
            ),
            Unreadable::Picture => self.say(
                "Ce fichier est une image. Envoyez le tableau lui-même, au format .xlsx ou .csv, ou collez ses lignes.",
                "This file is a picture. Send the table itself, as .xlsx or .csv, or paste its rows.",
            ),
            Unreadable::OpenDocument => self.say(
                "Ce fichier vient de LibreOffice. Enregistrez-le sous le format .xlsx ou .csv, puis renvoyez-le.",
                "This file is LibreOffice’s own. Save it as .xlsx or .csv, then send it again.",
            ),
            Unreadable::OldWorkbook => self.say(
                "Ce classeur est d’un ancien format d’Excel. Enregistrez-le au format .xlsx, puis renvoyez-le.",
                "This workbook is in an old Excel format. Save it as .xlsx, then send it again.",
            ),
            Unreadable::Protected => self.say(
                "Ce classeur est protégé par un mot de passe. Retirez la protection, puis renvoyez-le.",
                "This workbook is under a password. Take the protection off, then send it again.",
            ),
            Unreadable::Bomb => self.say(
                "Une fois ouvert, ce classeur serait démesuré\u{a0}: nous ne l’ouvrons pas. Copiez les lignes utiles et collez-les.",
                "Once opened this workbook would be beyond all measure: we do not open it. Copy the useful rows and paste them.",
            ),
            Unreadable::Damaged => self.say(
                "Ce classeur ne s’ouvre pas\u{a0}: il est sans doute abîmé. Enregistrez-le à nouveau, ou collez ses lignes.",
                "This workbook does not open: it is probably damaged. Save it again, or paste its rows.",
            ),
        }
    }
}
