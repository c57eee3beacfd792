//! Titles and texts of a badge, and the codes of the national registers.

use super::BadgeError;
use std::fmt;
use std::str::FromStr;

shown!(Title, Prose, RecordCode, BlockCode);

/// A title: one line of 1 to [`Title::MOST`] characters. Registers have longer ones than a name may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// In characters.
    pub const MOST: usize = 500;
}

impl FromStr for Title {
    type Err = BadgeError;

    fn from_str(typed: &str) -> Result<Self, BadgeError> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        bounded(&words.join(" "), Self::MOST).map(Self)
    }
}

/// A text of several lines, 1 to [`Prose::MOST`] characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// In characters.
    pub const MOST: usize = 5000;
}

impl FromStr for Prose {
    type Err = BadgeError;

    fn from_str(typed: &str) -> Result<Self, BadgeError> {
        let lines: Vec<&str> = typed.trim().lines().map(str::trim_end).collect();
        bounded(&lines.join("\n"), Self::MOST).map(Self)
    }
}

fn bounded(text: &str, most: usize) -> Result<String, BadgeError> {
    if text.is_empty() {
        return Err(BadgeError::Empty);
    }
    if text.chars().count() > most {
        return Err(BadgeError::TooLong);
    }
    if text.chars().any(|c| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        return Err(BadgeError::Control);
    }
    Ok(text.to_owned())
}

/// The code of a record: `RNCP40514`, `RS7344`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordCode(String);

impl RecordCode {
    /// The register that keeps it, as codes abbreviate it.
    pub fn register(&self) -> &'static str {
        if self.0.starts_with("RNCP") { "RNCP" } else { "RS" }
    }

    /// What people call that register.
    pub fn register_title(&self) -> &'static str {
        if self.0.starts_with("RNCP") {
            "Répertoire national des certifications professionnelles"
        } else {
            "Répertoire spécifique"
        }
    }
}

impl FromStr for RecordCode {
    type Err = BadgeError;

    fn from_str(text: &str) -> Result<Self, BadgeError> {
        let digits = text.strip_prefix("RNCP").or_else(|| text.strip_prefix("RS"));
        let right = digits.is_some_and(is_number);
        if right { Ok(Self(text.to_owned())) } else { Err(BadgeError::RecordCode) }
    }
}

/// The code of a block of competences: `RNCP37827BC01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockCode(String);

impl FromStr for BlockCode {
    type Err = BadgeError;

    fn from_str(text: &str) -> Result<Self, BadgeError> {
        let parts = text.strip_prefix("RNCP").and_then(|rest| rest.split_once("BC"));
        let right =
            parts.is_some_and(|(record, block)| is_number(record) && block.len() == 2 && is_number(block));
        if right { Ok(Self(text.to_owned())) } else { Err(BadgeError::BlockCode) }
    }
}

/// One to five digits.
fn is_number(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_registers() {
        assert_eq!("RS715".parse::<RecordCode>().unwrap().register(), "RS");
        assert_eq!("RNCP40514".parse::<RecordCode>().unwrap().register(), "RNCP");
        for text in ["RNCP", "RNCP123456", "rncp1", "RS7a", "715"] {
            assert!(text.parse::<RecordCode>().is_err(), "{text}");
        }
        assert!("RNCP37827BC01".parse::<BlockCode>().is_ok());
        for text in ["RNCP37827", "RNCP37827BC1", "RS715BC01", "RNCPBC01"] {
            assert!(text.parse::<BlockCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn texts_are_tidied_and_bounded() {
        assert_eq!(" Chef \n de projet ".parse::<Title>().unwrap().as_str(), "Chef de projet");
        assert_eq!(" a \r\nb\n".parse::<Prose>().unwrap().as_str(), "a\nb");
        assert_eq!("".parse::<Prose>(), Err(BadgeError::Empty));
        assert_eq!("a\u{0}".parse::<Title>(), Err(BadgeError::Control));
        assert_eq!("a".repeat(501).parse::<Title>(), Err(BadgeError::TooLong));
    }
}
