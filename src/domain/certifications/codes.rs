//! The codes of the national registers: of a record, and of a block of it.

use crate::named;
use std::fmt;
use std::str::FromStr;

named! {
    /// The two national registers.
    Register {
        Rncp = "RNCP",
        Rs = "RS",
    }
}

impl Register {
    /// What it is called in full.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Rncp => "Répertoire national des certifications professionnelles",
            Self::Rs => "Répertoire spécifique",
        }
    }
}

/// The number of a record: `RNCP99999`, `RS9999`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("RNCP or RS and one to five digits are expected")]
pub struct RecordCodeError;

impl RecordCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its public page at France compétences.
    pub fn register_page(&self) -> String {
        let (register, number) = match self.register() {
            Register::Rncp => ("rncp", self.0.trim_start_matches("RNCP")),
            Register::Rs => ("rs", self.0.trim_start_matches("RS")),
        };
        format!("https://www.francecompetences.fr/recherche/{register}/{number}/")
    }

    /// The register that keeps it.
    pub fn register(&self) -> Register {
        if self.0.starts_with(Register::Rncp.as_str()) { Register::Rncp } else { Register::Rs }
    }
}

impl FromStr for RecordCode {
    type Err = RecordCodeError;

    fn from_str(typed: &str) -> Result<Self, RecordCodeError> {
        let code = tidy(typed);
        let digits = code.strip_prefix("RNCP").or_else(|| code.strip_prefix("RS")).ok_or(RecordCodeError)?;
        let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if is_number { Ok(Self(code)) } else { Err(RecordCodeError) }
    }
}

/// The code of a block of competencies: `RNCP99999BC01`. What stands in the specific register (RS) has no
/// blocks there: its one block bears the number of the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number of the record, BC and two digits are expected")]
pub struct BlockCodeError;

impl BlockCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a block of that record.
    pub fn is_of(&self, record: &RecordCode) -> bool {
        self.0 == record.0 || self.0.strip_prefix(&record.0).is_some_and(|rest| rest.starts_with("BC"))
    }
}

impl FromStr for BlockCode {
    type Err = BlockCodeError;

    fn from_str(typed: &str) -> Result<Self, BlockCodeError> {
        let code = tidy(typed);
        if code.starts_with("RS") && code.parse::<RecordCode>().is_ok() {
            return Ok(Self(code));
        }
        let (record, number) = code.split_once("BC").ok_or(BlockCodeError)?;
        let is_block = record.starts_with("RNCP")
            && record.parse::<RecordCode>().is_ok()
            && number.len() == 2
            && number.bytes().all(|b| b.is_ascii_digit());
        if is_block { Ok(Self(code)) } else { Err(BlockCodeError) }
    }
}

impl fmt::Display for RecordCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BlockCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn tidy(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_the_register_writes_them_and_no_others() {
        for (typed, code) in [("rncp 99999", "RNCP99999"), ("RS715", "RS715")] {
            assert_eq!(typed.parse::<RecordCode>().unwrap().as_str(), code);
        }
        assert_eq!("RS715".parse::<RecordCode>().unwrap().register(), Register::Rs);
        assert_eq!("RNCP100".parse::<RecordCode>().unwrap().register(), Register::Rncp);
        for typed in ["", "RNCP", "RNCP123456", "RNCPX", "99999", "RS1a", "RNCP99999BC01"] {
            assert!(typed.parse::<RecordCode>().is_err(), "{typed}");
        }
        assert_eq!("rncp100bc02".parse::<BlockCode>().unwrap().as_str(), "RNCP100BC02");
        for typed in ["RNCP99999", "RNCP99999BC1", "RNCP99999BC001", "RS715BC01", "BC01"] {
            assert!(typed.parse::<BlockCode>().is_err(), "{typed}");
        }
        let (short, long): (RecordCode, RecordCode) =
            ("RNCP9999".parse().unwrap(), "RNCP99999".parse().unwrap());
        let block: BlockCode = "RNCP99999BC01".parse().unwrap();
        assert!(block.is_of(&long) && !block.is_of(&short));
        assert!("RS715".parse::<BlockCode>().unwrap().is_of(&"RS715".parse().unwrap()));
    }
}
