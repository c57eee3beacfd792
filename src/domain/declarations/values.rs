//! The values of a declaration, each parsed at the door. What is parsed can be written in a file of the State as it
//! stands: no later line checks a length or a character again.

use crate::calendar::Day;
use crate::reference::CommuneCode;
use crate::text::is_invisible;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Why something typed is no value of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    #[error("nothing is written")]
    Empty,
    #[error("{most} characters at most")]
    TooLong { most: usize },
    #[error("a character in it is not seen, or no file can carry it")]
    Unseen,
    #[error("a technical number has 1 to 255 letters, digits, dots, dashes")]
    TechnicalId,
    #[error("the number of a file has 1 to 50 letters, digits, dashes")]
    FlowId,
    #[error("a client number has eight letters and digits")]
    ClientId,
    #[error("a contract number has 1 to 20 characters without blanks")]
    ContractId,
    #[error("a country other than France has an INSEE code 99 and three digits")]
    Country,
    #[error("a link begins with https:// and has 255 characters at most")]
    Link,
    #[error("not a date of birth: 07/04/1988, 04/1988 or 1988 is expected")]
    BirthDate,
}

/// One line of 1 to `MOST` characters, without outer or double spaces, and without anything that is not seen or that
/// XML cannot carry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line<const MOST: usize>(String);

/// A name of somebody's civil status.
pub type CivilName = Line<60>;
/// A town or a country as it is printed.
pub type PlaceName = Line<40>;
/// Where an examination was held; foreign ones too.
pub type PostalCode = Line<9>;
/// The option of a certification that was chosen.
pub type OptionLabel = Line<255>;

impl<const MOST: usize> Line<MOST> {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> fmt::Display for Line<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MOST: usize> FromStr for Line<MOST> {
    type Err = ValueError;

    fn from_str(typed: &str) -> Result<Self, ValueError> {
        let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return Err(ValueError::Empty);
        }
        if line.chars().any(is_invisible) {
            return Err(ValueError::Unseen);
        }
        if line.chars().count() > MOST {
            return Err(ValueError::TooLong { most: MOST });
        }
        Ok(Self(line))
    }
}

/// Numbers and codes in plain letters: a type each, so that one is never taken for another.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $read:ident or $error:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(typed: &str) -> Result<Self, ValueError> {
                $read(typed.trim()).map(Self).ok_or(ValueError::$error)
            }
        }
    )+};
}

codes! {
    /// What a passage is called between the State and us: drawn once, the same in every file that tells of it, and
    /// never given to another.
    TechnicalId = technical or TechnicalId;
    /// What a file is called; each has its own.
    FlowId = flow or FlowId;
    /// The number under which the State knows who sends or certifies.
    ClientId = client or ClientId;
    /// The number of a certifier's contract with the State.
    ContractId = contract or ContractId;
    /// A country other than France by its INSEE code, `99109`.
    CountryCode = country or Country;
    /// Where a stranger may check the certification.
    ProofLink = link or Link;
}

fn technical(text: &str) -> Option<String> {
    let right = (1..=255).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    right.then(|| text.to_owned())
}

fn flow(text: &str) -> Option<String> {
    let right =
        (1..=50).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    right.then(|| text.to_owned())
}

fn client(text: &str) -> Option<String> {
    let right = text.len() == 8 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    right.then(|| text.to_ascii_uppercase())
}

fn contract(text: &str) -> Option<String> {
    let right = (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    right.then(|| text.to_owned())
}

fn country(text: &str) -> Option<String> {
    let digits = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    (digits && text.starts_with("99") && text != "99100").then(|| text.to_owned())
}

fn link(text: &str) -> Option<String> {
    let host = text.strip_prefix("https://")?;
    let right =
        !host.is_empty() && text.len() <= 255 && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    right.then(|| text.to_owned())
}

/// Drawn at random rather than counted: a database made anew would count from one again, and the State would take a
/// new passage for an old one.
impl From<Uuid> for TechnicalId {
    fn from(drawn: Uuid) -> Self {
        Self(drawn.hyphenated().to_string())
    }
}

impl From<Uuid> for FlowId {
    fn from(drawn: Uuid) -> Self {
        Self(drawn.hyphenated().to_string())
    }
}

impl CommuneCode {
    /// Its name of today in capitals, as civil status has it; none for a commune that is no more, or whose name is
    /// longer than the State takes.
    pub fn place_name(&self) -> Option<PlaceName> {
        self.known().and_then(|commune| commune.name.to_uppercase().parse().ok())
    }
}

impl CountryCode {
    /// Without the 99 in front: `109`.
    pub fn number(&self) -> &str {
        self.0.get(2..).unwrap_or_default()
    }
}

/// A date of birth as far as it is known: a year, perhaps a month of it, perhaps a day of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BirthDate {
    year: u32,
    month: Option<u32>,
    day: Option<u32>,
}

impl BirthDate {
    /// Years from 1900 on; a day without its month says nothing, and is refused.
    pub fn new(year: u32, month: Option<u32>, day: Option<u32>) -> Result<Self, ValueError> {
        let born = Self { year, month, day };
        let right = (1900..2200).contains(&year) && (month.is_some() || day.is_none());
        if right && born.earliest().is_some() { Ok(born) } else { Err(ValueError::BirthDate) }
    }

    pub fn year(self) -> u32 {
        self.year
    }

    pub fn month(self) -> Option<u32> {
        self.month
    }

    pub fn day(self) -> Option<u32> {
        self.day
    }

    /// The first day that it may be.
    pub fn earliest(self) -> Option<Day> {
        let year = i32::try_from(self.year).ok()?;
        let day = chrono::NaiveDate::from_ymd_opt(year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        day.map(Day)
    }
}

impl FromStr for BirthDate {
    type Err = ValueError;

    /// Reads `07/04/1988`, `04/1988`, `1988`, `1988-04-07`, and zeros for what is not known (`00/00/1988`), as civil
    /// status of other countries has it.
    fn from_str(typed: &str) -> Result<Self, ValueError> {
        let parts: Vec<&str> = typed.trim().split(['/', '-', '.']).map(str::trim).collect();
        let (year, month, day) = match parts.as_slice() {
            [year] => (year, &"0", &"0"),
            [year, month] | [month, year] if year.len() == 4 => (year, month, &"0"),
            [year, month, day] | [day, month, year] if year.len() == 4 => (year, month, day),
            _ => return Err(ValueError::BirthDate),
        };
        let number = |text: &str| {
            let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            if digits {
                text.parse::<u32>().map_err(|_| ValueError::BirthDate)
            } else {
                Err(ValueError::BirthDate)
            }
        };
        let known = |text: &str| number(text).map(|number| Some(number).filter(|number| *number > 0));
        Self::new(number(year)?, known(month)?, known(day)?)
    }
}
