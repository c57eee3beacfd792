//! What the columns of a list are called, and what is said of them.

use crate::{Language, Words};
use domain::imports::{Column, Field};

impl Words {
    pub const fn import_column(self, column: Column) -> &'static str {
        match (self.0, column) {
            (_, Column::FamilyName) => self.family_name(),
            (_, Column::GivenName) => self.given_name(),
            (Language::Fr, Column::FamilyGiven) => "Nom et prénom",
            (Language::En, Column::FamilyGiven) => "Family name and given name",
            (Language::Fr, Column::GivenFamily) => "Prénom et nom",
            (Language::En, Column::GivenFamily) => "Given name and family name",
            (_, Column::Email) => self.person_email(),
            (_, Column::StaffNumber) => self.staff_number(),
            (_, Column::JobGroup) => self.job_group(),
            (_, Column::StartsOn) => self.starts_on(),
            (Language::Fr, Column::LeftOut) => "Ne pas reprendre",
            (Language::En, Column::LeftOut) => "Leave out",
        }
    }

    /// What a column without a title is called.
    pub fn import_column_number(self, number: usize) -> String {
        self.say(format!("colonne\u{a0}{number}"), format!("column {number}"))
    }

    pub const fn import_guessed(self, titled: bool) -> &'static str {
        if titled { self.import_guessed_titled() } else { self.import_guessed_untitled() }
    }

    pub fn import_columns_missing(self, missing: &[Field], titles: &[String]) -> String {
        if titles.is_empty() {
            return self.say(
                "Nous n’avons pas reconnu où sont le nom et le prénom\u{a0}: dites-le ci-dessous.",
                "We could not tell where the family name and the given name are: say so below.",
            );
        }
        let (missing, titles) = (self.columns_named(missing), titles.join(", "));
        self.say(
            format!("Il manque {missing}. Titres trouvés\u{a0}: {titles}. Dites ci-dessous ce que contient chaque colonne."),
            format!("We miss {missing}. Headings found: {titles}. Say below what each column holds."),
        )
    }

    /// « la colonne « Nom » », « les colonnes « Nom » et « Prénom » ».
    pub(super) fn columns_named(self, fields: &[Field]) -> String {
        let quoted = |f: &Field| {
            let name = self.import_field(*f);
            self.say(format!("«\u{a0}{name}\u{a0}»"), format!("“{name}”"))
        };
        let names = fields.iter().map(quoted).collect::<Vec<_>>();
        let names = names.join(self.say(" et ", " and ").as_str());
        match fields.len() {
            1 => self.say(format!("la colonne {names}"), format!("the column {names}")),
            _ => self.say(format!("les colonnes {names}"), format!("the columns {names}")),
        }
    }
}
