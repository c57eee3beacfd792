//! The two names of a certificate: the short number that people quote, and the code that only its paper tells.

use crate::certifications::RecordCode;
use std::fmt;
use std::str::FromStr;

/// The number that is printed: `RNCP99999-2026-000042`, the record, the year of issue and a rank in it. It can be
/// guessed: by itself it opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CertificateNumber {
    record: RecordCode,
    year: u16,
    rank: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number is expected as the certificate prints it: RNCP99999-2026-000042")]
pub struct NumberError;

impl CertificateNumber {
    /// Ranks go from 1 to this.
    pub const MOST: u32 = 999_999;

    /// Years from 2000 to 2199.
    pub fn new(record: RecordCode, year: i32, rank: u32) -> Result<Self, NumberError> {
        let year = u16::try_from(year).ok().filter(|year| (2000..2200).contains(year)).ok_or(NumberError)?;
        if (1..=Self::MOST).contains(&rank) { Ok(Self { record, year, rank }) } else { Err(NumberError) }
    }

    pub fn record(&self) -> &RecordCode {
        &self.record
    }

    pub fn year(&self) -> i32 {
        i32::from(self.year)
    }

    pub fn rank(&self) -> u32 {
        self.rank
    }
}

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{:06}", self.record, self.year, self.rank)
    }
}

impl FromStr for CertificateNumber {
    type Err = NumberError;

    /// Forgives small letters, other dashes, blanks (in the place of dashes where there are none), and zeros left out.
    fn from_str(typed: &str) -> Result<Self, NumberError> {
        let tidy: String = if typed.contains(is_dash) {
            typed.chars().filter(|c| !c.is_whitespace()).map(|c| if is_dash(c) { '-' } else { c }).collect()
        } else {
            typed.split_whitespace().collect::<Vec<_>>().join("-")
        };
        let parts: Vec<&str> = tidy.split('-').collect();
        let [record, year, rank] = parts.as_slice() else { return Err(NumberError) };
        let digits = |text: &str, most: usize| {
            let right = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            right.then(|| text.parse::<u32>().ok()).flatten().ok_or(NumberError)
        };
        let year = i32::try_from(digits(year, 4)?).map_err(|_| NumberError)?;
        Self::new(record.parse().map_err(|_| NumberError)?, year, digits(rank, 6)?)
    }
}

/// The code in the link of a certificate: whoever has it holds the paper or was shown it. 125 random bits as five
/// groups of five, in the digits and capitals of Douglas Crockford’s base 32, which leaves out I, L, O and U.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VerificationCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has twenty-five letters and digits, as the certificate prints it")]
pub struct VerificationCodeError;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 25;
const GROUP: usize = 5;

impl VerificationCode {
    /// Of sixteen random bytes; the last three bits are not used.
    pub fn new(random: [u8; 16]) -> Self {
        let number = u128::from_be_bytes(random) >> 3;
        let places = (0..LENGTH).rev().map(|place| (number >> (5 * place)) & 31);
        Self(places.filter_map(letter).collect())
    }

    /// As it is kept, and as a link has it: without dashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn letter(value: u128) -> Option<char> {
    let place = usize::try_from(value).ok()?;
    ALPHABET.get(place).copied().map(char::from)
}

/// In groups, as it is printed.
impl fmt::Display for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<&str> =
            (0..LENGTH / GROUP).filter_map(|group| self.0.get(group * GROUP..(group + 1) * GROUP)).collect();
        f.write_str(&groups.join("-"))
    }
}

impl FromStr for VerificationCode {
    type Err = VerificationCodeError;

    /// Forgives small letters, blanks and dashes, O for 0, I and L for 1.
    fn from_str(typed: &str) -> Result<Self, VerificationCodeError> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !is_dash(*c))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let right = code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b));
        if right { Ok(Self(code)) } else { Err(VerificationCodeError) }
    }
}

/// Whatever a keyboard, a word processor or a copied page makes of a dash.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_read_as_people_copy_it() {
        let number: CertificateNumber = "RNCP99999-2026-000042".parse().unwrap();
        assert_eq!((number.record().as_str(), number.year(), number.rank()), ("RNCP99999", 2026, 42));
        for typed in [
            "rncp99999-2026-42",
            "rncp99999 2026 42",
            " RNCP 99999 – 2026 – 000042 ",
            "RNCP99999\u{2011}2026\u{2011}000042",
        ] {
            assert_eq!(typed.parse::<CertificateNumber>().unwrap(), number, "{typed}");
        }
        assert_eq!(number.to_string(), "RNCP99999-2026-000042");
        assert_eq!(
            "RS9999-2026-000001".parse::<CertificateNumber>().unwrap().to_string(),
            "RS9999-2026-000001"
        );
        for typed in [
            "",
            "RNCP99999",
            "RNCP99999-2026",
            "RNCP99999-2026-0",
            "RNCP99999-2026-1000000",
            "RNCP99999-1999-1",
            "RNCP99999-2026-1-1",
            "RNCP99999-2026-+1",
            "RNCP99999BC01-2026-1",
        ] {
            assert_eq!(typed.parse::<CertificateNumber>(), Err(NumberError), "{typed}");
        }
    }

    #[test]
    fn a_code_is_read_as_people_copy_it() {
        let code = VerificationCode::new([0xff; 16]);
        assert_eq!(code.to_string(), "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ");
        assert_eq!(VerificationCode::new([0; 16]).as_str(), "0".repeat(25));
        let mut one = [0; 16];
        one[15] = 8;
        assert_eq!(VerificationCode::new(one).to_string(), "00000-00000-00000-00000-00001");
        for typed in [
            "ooooo ooooo ooooo ooooo ooool",
            "OOOOO–OOOOO–OOOOO–OOOOO–0000i",
            &format!("{}1", "0".repeat(24)),
        ] {
            assert_eq!(typed.parse::<VerificationCode>().unwrap(), VerificationCode::new(one), "{typed}");
        }
        for typed in ["", "0", &"0".repeat(24), &"0".repeat(26), &"U".repeat(25), &"é".repeat(25)] {
            assert_eq!(typed.parse::<VerificationCode>(), Err(VerificationCodeError), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn codes_come_back_and_no_two_of_them_are_alike(one: [u8; 16], other: [u8; 16]) {
            let code = VerificationCode::new(one);
            prop_assert_eq!(code.to_string().parse(), Ok(code.clone()));
            prop_assert_eq!(code.as_str().to_lowercase().parse(), Ok(code.clone()));
            let same = u128::from_be_bytes(one) >> 3 == u128::from_be_bytes(other) >> 3;
            prop_assert_eq!(code == VerificationCode::new(other), same);
        }

        #[test]
        fn numbers_come_back(record in 1u32..100_000, year in 2000i32..2200, rank in 1..=CertificateNumber::MOST) {
            let record: RecordCode = format!("RNCP{record}").parse().unwrap();
            let number = CertificateNumber::new(record, year, rank).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
