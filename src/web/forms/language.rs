//! In which language somebody is written to.

use super::field::{Choice, Field};
use words::{Language, Words};

pub const LANGUAGE: Field<Language> = Field::select("langue", Words::language, Words::language_mistake);

/// Each under its own name.
pub fn languages(w: Words) -> [Choice; 2] {
    [(Language::Fr, w.french()), (Language::En, w.english())]
        .map(|(language, name)| Choice { language: language.as_str(), ..Choice::new(language, name) })
}
