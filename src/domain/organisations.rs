//! The parties of a programme: companies, training bodies, certifiers, funders, operators.

use super::ids::OrganisationId;
use super::named;
use super::reference::CommuneCode;
use super::reference::{self, Opco};
use super::text::Name;
use std::fmt;
use std::str::FromStr;

named! {
    /// What an organisation may be in a programme; it may be several at once.
    Capacity {
        Company = "company",
        TrainingBody = "training_body",
        Certifier = "certifier",
        Funder = "funder",
        Operator = "operator",
    }
}

/// A French establishment number: fourteen digits whose Luhn sum is right, or, for La Poste,
/// whose plain sum is divisible by five.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Siret(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiretError {
    #[error("a SIRET has fourteen digits")]
    Length,
    #[error("the check digit of this SIRET is not right")]
    Checksum,
}

const LA_POSTE: &str = "356000000";

impl Siret {
    /// The first establishment of a made-up company: the eight digits of its number, then everything that makes the
    /// sums right. None for more than eight digits.
    pub fn made_up(number: u32) -> Option<Self> {
        let siren = with_check_digit(&format!("{number:08}"));
        with_check_digit(&format!("{siren}0001")).parse().ok()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The company (unité légale) that the establishment belongs to: the first nine digits.
    pub fn siren(&self) -> &str {
        self.0.get(..9).unwrap_or_default()
    }
}

impl FromStr for Siret {
    type Err = SiretError;

    fn from_str(typed: &str) -> Result<Self, SiretError> {
        let digits: String =
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
        if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(SiretError::Length);
        }
        let post_office = digits.starts_with(LA_POSTE) && plain_sum(&digits).is_multiple_of(5);
        if luhn(&digits) || post_office { Ok(Self(digits)) } else { Err(SiretError::Checksum) }
    }
}

/// `900 000 001 00009`, as it is printed.
impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.0.chars().enumerate() {
            if matches!(place, 3 | 6 | 9) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2, digit) {
                (0, d) => d,
                (_, d) if d > 4 => 2 * d - 9,
                (_, d) => 2 * d,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The digits with the one behind them that makes their Luhn sum right.
fn with_check_digit(digits: &str) -> String {
    let right = (0..10).map(|last| format!("{digits}{last}")).find(|whole| luhn(whole));
    right.unwrap_or_else(|| digits.to_owned())
}

fn plain_sum(digits: &str) -> u32 {
    digits.bytes().map(|byte| u32::from(byte - b'0')).sum()
}

/// The number under which a training body is declared to the State (NDA): eleven digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Nda(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a declaration number has eleven digits")]
pub struct NdaError;

impl Nda {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the département stands in both of its places, as in every number seen; one that differs is only
    /// remarked on.
    pub fn is_usual(&self) -> bool {
        self.0.get(2..4) == self.0.get(9..11)
    }
}

impl FromStr for Nda {
    type Err = NdaError;

    fn from_str(typed: &str) -> Result<Self, NdaError> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let right = digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit());
        if right { Ok(Self(digits)) } else { Err(NdaError) }
    }
}

/// `32 59 11055 59`, as it is printed.
impl fmt::Display for Nda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.0.chars().enumerate() {
            if matches!(place, 2 | 4 | 9) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// A number by which an organisation is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    Siret(Siret),
    Nda(Nda),
}

impl FromStr for Number {
    type Err = SiretError;

    fn from_str(typed: &str) -> Result<Self, SiretError> {
        typed.parse().map(Self::Nda).or_else(|_| typed.parse().map(Self::Siret))
    }
}

/// The number of a collective agreement (IDCC): four digits, zeros kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Idcc(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an IDCC has at most four digits")]
pub struct IdccError;

impl Idcc {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Idcc {
    type Err = IdccError;

    fn from_str(typed: &str) -> Result<Self, IdccError> {
        match typed.trim().parse::<u16>() {
            Ok(number @ 1..=9999) => Ok(Self(format!("{number:04}"))),
            _ => Err(IdccError),
        }
    }
}

named! {
    /// The edition of the nomenclature that an activity code belongs to; codes of two editions
    /// are never compared.
    Nomenclature {
        NafRev2 = "NAF_REV2",
        Naf2025 = "NAF_2025",
    }
}

/// A code of main activity (APE) with its nomenclature, `85.59A`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Activity {
    pub code: String,
    pub nomenclature: Nomenclature,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no activity of the NAF has this code")]
pub struct ActivityError;

impl FromStr for Activity {
    type Err = ActivityError;

    /// Only what the embedded nomenclature (NAF rev. 2) lists can be chosen.
    fn from_str(typed: &str) -> Result<Self, ActivityError> {
        let naf = reference::naf(typed).ok_or(ActivityError)?;
        Ok(Self { code: naf.code.to_owned(), nomenclature: Nomenclature::NafRev2 })
    }
}

named! {
    /// Classes of headcount of the legal unit; TPE, PME, ETI and GE follow from them.
    SizeBand {
        Micro = "1-9",
        Small = "10-49",
        Medium = "50-249",
        Intermediate = "250-4999",
        Large = "5000+",
    }
}

impl SizeBand {
    pub fn of(headcount: u32) -> Self {
        match headcount {
            0..=9 => Self::Micro,
            10..=49 => Self::Small,
            50..=249 => Self::Medium,
            250..=4999 => Self::Intermediate,
            _ => Self::Large,
        }
    }
}

/// What is known of an organisation, as it was typed and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub name: Name,
    pub capacities: Vec<Capacity>,
    /// Not every party has one: a service of the State acts under another's.
    pub siret: Option<Siret>,
    pub activity: Option<Activity>,
    /// INSEE code of the municipality, one that the list of today knows.
    pub commune: Option<CommuneCode>,
    /// People employed by the legal unit.
    pub headcount: Option<u32>,
    pub idcc: Option<Idcc>,
    pub opco: Option<Opco>,
    pub nda: Option<Nda>,
}

/// An organisation of the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub profile: Profile,
    /// Whether a request made by an employee waits for the employer's word.
    pub approves_requests: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("an organisation has at least one capacity")]
    NoCapacity,
    #[error("a company and a training body are known by their SIRET")]
    SiretMissing,
    #[error("an organisation with this SIRET is here already")]
    Twice,
    #[error("the organisation takes part in this programme already")]
    TakesPart,
    #[error("several programmes might be meant")]
    WhichProgramme,
    #[error("who registers it runs no programme")]
    NoProgramme,
    #[error("the municipality is not known")]
    Commune,
}

impl Profile {
    /// What must hold before an organisation is kept.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.capacities.is_empty() {
            return Err(Refusal::NoCapacity);
        }
        let trades = self.capacities.iter().any(|c| matches!(c, Capacity::Company | Capacity::TrainingBody));
        if trades && self.siret.is_none() {
            return Err(Refusal::SiretMissing);
        }
        match &self.commune {
            Some(code) if code.known().is_none() => Err(Refusal::Commune),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sirets_are_right_by_luhn_or_by_the_rule_of_la_poste() {
        for right in
            ["73282932000074", "55208131766522", "35600000000048", "900 000 001 00009", "35600000049837"]
        {
            assert!(right.parse::<Siret>().is_ok(), "{right}");
        }
        for wrong in ["73282932000075", "35600000049838", "35600000000049"] {
            assert_eq!(wrong.parse::<Siret>(), Err(SiretError::Checksum), "{wrong}");
        }
        for wrong in ["", "7328293200007", "7328293200007A", "732829320000744"] {
            assert_eq!(wrong.parse::<Siret>(), Err(SiretError::Length), "{wrong}");
        }
    }

    #[test]
    fn made_up_numbers_are_right_and_differ() {
        let numbers: Vec<Siret> = (0..2000).filter_map(|n| Siret::made_up(90_000_000 + n)).collect();
        assert_eq!(numbers.iter().collect::<std::collections::HashSet<_>>().len(), 2000);
        assert_eq!(numbers.first().map(Siret::siren), Some("900000001"));
        assert_eq!(Siret::made_up(123_456_789), None);
    }

    #[test]
    fn the_size_band_changes_at_its_borders() {
        let bands: Vec<_> = [9, 10, 49, 50, 249, 250, 4999, 5000].map(|n| SizeBand::of(n).as_str()).into();
        assert_eq!(bands, ["1-9", "10-49", "10-49", "50-249", "50-249", "250-4999", "250-4999", "5000+"]);
    }

    #[test]
    fn an_idcc_keeps_its_zeros() {
        assert_eq!("44".parse::<Idcc>().map(|i| i.as_str().to_owned()), Ok("0044".into()));
        assert!("0".parse::<Idcc>().is_err() && "12345".parse::<Idcc>().is_err());
    }
}
