//! What the files of the national register say of one record.

use super::{BlockCode, Level, RecordCode};
use crate::calendar::Day;
use crate::organisations::Siret;
use crate::text::Title;
use std::collections::BTreeMap;

/// A record as France compétences publishes it. What a file leaves out, or says in a way that cannot be read, is not
/// there: somebody completes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub code: RecordCode,
    pub title: Option<Title>,
    pub level: Option<Level>,
    pub decided_on: Option<Day>,
    pub effective_on: Option<Day>,
    pub registered_until: Option<Day>,
    pub last_issue_on: Option<Day>,
    /// Whether blocks may be acquired one by one; none where the files do not say.
    pub is_partial: Option<bool>,
    /// In the order of their codes.
    pub blocks: BTreeMap<BlockCode, Title>,
    pub certifiers: Vec<Siret>,
}

impl Entry {
    /// Nothing but the code.
    pub fn of(code: RecordCode) -> Self {
        Self {
            code,
            title: None,
            level: None,
            decided_on: None,
            effective_on: None,
            registered_until: None,
            last_issue_on: None,
            is_partial: None,
            blocks: BTreeMap::new(),
            certifiers: Vec::new(),
        }
    }

    /// Takes one cell of a line about this record, by the name that its column has in the files.
    pub fn take(&mut self, column: &str, cell: &str) {
        let day = || cell.get(..10).unwrap_or(cell).parse::<Day>().ok();
        match column {
            "Intitule" => self.title = cell.parse().ok(),
            "Nomenclature_Europe_Niveau" => self.level = cell.parse().ok(),
            "Date_Decision" => self.decided_on = day(),
            "Date_Effet" => self.effective_on = day(),
            "Date_Fin_Enregistrement" => self.registered_until = day(),
            "Validation_Partielle" => self.is_partial = yes_or_no(cell),
            "Siret_Certificateur" => self.certifiers.extend(cell.parse::<Siret>()),
            _ => {}
        }
    }

    /// Takes a block; one of another record, or without a title, is left out.
    pub fn take_block(&mut self, code: &str, title: &str) {
        if let (Ok(code), Ok(title)) = (code.parse::<BlockCode>(), title.parse())
            && code.is_of(&self.code)
        {
            self.blocks.insert(code, title);
        }
    }
}

fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "oui" | "1" | "true" | "vrai" => Some(true),
        "non" | "0" | "false" | "faux" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_by_their_columns_and_what_cannot_be_read_is_not_there() {
        let mut entry = Entry::of("RNCP99999".parse().unwrap());
        for (column, cell) in [
            ("Intitule", "Chef de projet IA"),
            ("Nomenclature_Europe_Niveau", "NIV7"),
            ("Date_Effet", "2026-01-01T00:00:00+01:00"),
            ("Date_Fin_Enregistrement", "31/12/2028"),
            ("Date_Decision", "bientôt"),
            ("Validation_Partielle", "Oui"),
            ("Siret_Certificateur", "90010001300017"),
            ("Siret_Certificateur", "?"),
            ("Autre", "x"),
        ] {
            entry.take(column, cell);
        }
        entry.take_block("RNCP99999BC02", "Piloter");
        entry.take_block("RNCP99999BC01", "Cadrer");
        entry.take_block("RNCP1BC01", "D’une autre fiche");
        assert_eq!(entry.title.unwrap().as_str(), "Chef de projet IA");
        assert_eq!(entry.level.unwrap().number(), 7);
        assert_eq!(entry.effective_on, "2026-01-01".parse().ok());
        assert_eq!(entry.registered_until, "2028-12-31".parse().ok());
        assert_eq!((entry.decided_on, entry.is_partial), (None, Some(true)));
        let blocks: Vec<_> = entry.blocks.values().map(Title::as_str).collect();
        assert_eq!(blocks, ["Cadrer", "Piloter"]);
    }
}
