//! How names are kept, and how they are found again.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What two texts have in common when a person says they are the same: lower case, no accents, ligatures spelt
/// out, every run of punctuation and white space one single space.
///
/// Both databases sort and search on it, since neither folds «É» and they disagree on the rest.
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    if text.is_ascii() {
        // Nothing to take apart: lists of a hundred thousand names come this way.
        for c in text.chars() {
            if !c.is_ascii_alphanumeric() {
                gap = true;
                continue;
            }
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.push(c.to_ascii_lowercase());
        }
        return key;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        // lower case may decompose anew («İ» gives a dotted i)
        if is_combining_mark(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !key.is_empty() {
            key.push(' ');
        }
        gap = false;
        match c {
            'œ' => key.push_str("oe"),
            'æ' => key.push_str("ae"),
            'ß' => key.push_str("ss"),
            c => key.push(c),
        }
    }
    key
}

/// Bytes as text, two digits each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// What [`hexadecimal`] wrote: lower case, an even number of digits.
pub fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Whether every word of `query` begins some word of `key`, itself made by [`search_key`].
/// An empty query matches everything.
pub fn words_match(key: &str, query: &str) -> bool {
    key_matches(key, &search_key(query))
}

/// [`words_match`] for a query whose key is already made.
pub(crate) fn key_matches(key: &str, query_key: &str) -> bool {
    query_key.split_whitespace().all(|wanted| key.split(' ').any(|word| word.starts_with(wanted)))
}

/// Characters of a reason that somebody gives, at most.
pub const LONGEST_REASON: usize = 2000;

/// A reason as somebody typed it, without outer spaces; none where nothing is to be read, or too much.
pub fn reason(typed: &str) -> Option<&str> {
    let reason = typed.trim();
    let is_seen = reason.chars().any(|c| !c.is_whitespace() && !is_invisible(c));
    (is_seen && reason.chars().count() <= LONGEST_REASON).then_some(reason)
}

/// Whether a spreadsheet that opens an export may take a cell for a formula and run it.
///
/// Some programs skip white space before they look for one. Apostrophes are skipped too, so that a cell that already
/// bore one gets a second one in an export and loses only that when it comes back.
pub fn runs_as_formula(cell: &str) -> bool {
    let start = cell.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n'])
}

/// The name of a person, a place, an organisation: one line of 1 to [`Name::MAX`] characters, without control
/// characters, outer spaces or double spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// Why a text is no [`Name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum NameError {
    #[error("a name is empty")]
    Empty,
    #[error("a name or a title has too many characters")]
    TooLong,
    #[error("a name has a control character in it")]
    Control,
}

impl Name {
    /// In characters, not bytes.
    pub const MAX: usize = 120;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is found and sorted under.
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(typed: &str) -> Result<Self, NameError> {
        one_line(typed, Self::MAX).map(Self)
    }
}

/// The title of something registered elsewhere, which may be a long sentence: one line of 1 to [`Title::MAX`]
/// characters, as tidy as a [`Name`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title(String);

impl Title {
    /// In characters, not bytes.
    pub const MAX: usize = 400;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Title {
    type Err = NameError;

    fn from_str(typed: &str) -> Result<Self, NameError> {
        one_line(typed, Self::MAX).map(Self)
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn one_line(typed: &str, most: usize) -> Result<String, NameError> {
    let mut line = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.is_empty() {
        return Err(NameError::Empty);
    }
    if line.chars().any(is_invisible) {
        return Err(NameError::Control);
    }
    if line.chars().count() > most { Err(NameError::TooLong) } else { Ok(line) }
}

/// What is not seen, turns the direction of what is, or is no character for XML: it has no place in a name.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

super::named! {
    /// A language that the house speaks.
    Language {
        Fr = "fr",
        En = "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_ligatures_and_punctuation_do_not_count() {
        for (text, key) in [
            ("Élodie  NOËL", "elodie noel"),
            ("Cœur-de-l’Œuvre", "coeur de l oeuvre"),
            ("L'Haÿ-les-Roses", "l hay les roses"),
            ("Straße & Fils, S.A.R.L.", "strasse fils s a r l"),
            ("ẞ Ægidius", "ss aegidius"),
            ("  \u{a0}Léa\u{202f}!\t", "lea"),
            ("e\u{301}te\u{301}", "ete"),
            ("№ ２", "no 2"),
            ("İzmir", "izmir"),
            ("’ - …", ""),
            ("", ""),
        ] {
            assert_eq!(search_key(text), key, "{text:?}");
        }
    }

    #[test]
    fn a_query_finds_by_the_beginnings_of_words_in_any_order() {
        let key = search_key("Jean-Noël Müller-Dupré");
        for query in ["", "jean", "noë mul", "DUP Jean", "jean-noel", "é", " du "] {
            let found = words_match(&key, query);
            assert_eq!(found, query != "é", "{query:?}");
        }
        assert!(!words_match(&key, "ean"));
        assert!(!words_match(&key, "jean paul"));
        assert!(!words_match("", "jean"));
    }

    #[test]
    fn a_name_is_tidied_at_the_door_or_refused() {
        let name: Name = " Marie \u{a0} \n Curie\t".parse().unwrap();
        assert_eq!(name.as_str(), "Marie Curie");
        assert_eq!(format!("{name:>13}"), "  Marie Curie");
        assert_eq!(name.search_key(), "marie curie");
        assert_eq!(" \u{2003} ".parse::<Name>(), Err(NameError::Empty));
        assert_eq!("a\u{0}b".parse::<Name>(), Err(NameError::Control));
        assert_eq!("a\u{7f}".parse::<Name>(), Err(NameError::Control));
        assert_eq!("a\u{fffe}b".parse::<Title>(), Err(NameError::Control));
        assert_eq!("é".repeat(120).parse::<Name>().unwrap().as_str().len(), 240);
        assert_eq!("é".repeat(121).parse::<Name>(), Err(NameError::TooLong));
    }

    proptest::proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "\\PC{0,40}") {
            let key = search_key(&text);
            proptest::prop_assert_eq!(&search_key(&key), &key);
            proptest::prop_assert!(words_match(&key, &text));
        }

        #[test]
        fn plain_letters_take_a_shorter_way_to_the_same_key(text in "[ -~]{0,30}a") {
            // The accent makes it go the long way.
            let long = search_key(&format!("{text}é"));
            proptest::prop_assert_eq!(long, format!("{}e", search_key(&text)));
        }

        #[test]
        fn a_name_parses_to_itself(text in "\\PC{0,60}") {
            if let Ok(name) = text.parse::<Name>() {
                proptest::prop_assert_eq!(name.as_str().parse::<Name>(), Ok(name.clone()));
            }
        }
    }
}
