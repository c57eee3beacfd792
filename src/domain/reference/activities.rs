use std::sync::LazyLock;

use crate::text::{key_matches, search_key};

use super::{by_code, lines};

/// A sub-class of the French list of activities, NAF rév. 2: what a company says its main activity is (its APE).
#[derive(Debug, PartialEq, Eq)]
pub struct Naf {
    /// `85.59A`
    pub code: &'static str,
    pub label: &'static str,
    key: String,
}

static NAF: LazyLock<Vec<Naf>> = LazyLock::new(|| {
    lines(include_str!("naf_rev2.csv"))
        .filter_map(|line| line.split_once(','))
        .map(|(code, label)| {
            // a label with a comma in it stands between quotes; none has a quote in it
            let label = label.trim_matches('"');
            Naf { code, label, key: search_key(label) }
        })
        .collect()
});

/// Sections of NAF rév. 2: letter, first and last division, label. NAF 2025 moves every letter from K on.
#[rustfmt::skip]
const SECTIONS: [(char, u8, u8, &str); 21] = [
    ('A',  1,  3, "Agriculture, sylviculture et pêche"),
    ('B',  5,  9, "Industries extractives"),
    ('C', 10, 33, "Industrie manufacturière"),
    ('D', 35, 35, "Électricité, gaz, vapeur et air conditionné"),
    ('E', 36, 39, "Eau, assainissement, déchets et dépollution"),
    ('F', 41, 43, "Construction"),
    ('G', 45, 47, "Commerce et réparation d’automobiles et de motocycles"),
    ('H', 49, 53, "Transports et entreposage"),
    ('I', 55, 56, "Hébergement et restauration"),
    ('J', 58, 63, "Information et communication"),
    ('K', 64, 66, "Finance et assurance"),
    ('L', 68, 68, "Activités immobilières"),
    ('M', 69, 75, "Activités spécialisées, scientifiques et techniques"),
    ('N', 77, 82, "Services administratifs et de soutien"),
    ('O', 84, 84, "Administration publique"),
    ('P', 85, 85, "Enseignement"),
    ('Q', 86, 88, "Santé humaine et action sociale"),
    ('R', 90, 93, "Arts, spectacles et activités récréatives"),
    ('S', 94, 96, "Autres activités de services"),
    ('T', 97, 98, "Activités des ménages"),
    ('U', 99, 99, "Activités extraterritoriales"),
];

/// The activity of this code, with or without its dot, in any case (`85.59A`, `8559a`).
pub fn naf(code: &str) -> Option<&'static Naf> {
    let bare = bare(code);
    let (class, letter) = (bare.get(..4)?, bare.get(4..)?);
    let code = format!("{}.{}{letter}", class.get(..2)?, class.get(2..)?);
    by_code(&NAF, &code, |one| one.code)
}

/// The activities that a person may mean, at most `limit`: what is typed begins the code, or each of its words
/// begins a word of the label. Labels that begin with it come first, then by code. Nothing typed, nothing found.
pub fn naf_matching(query: &str, limit: usize) -> Vec<&'static Naf> {
    let (key, code) = (search_key(query), bare(query));
    if key.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<&'static Naf> =
        NAF.iter().filter(|naf| bare(naf.code).starts_with(&code) || key_matches(&naf.key, &key)).collect();
    found.sort_by_key(|naf| (!naf.key.starts_with(&key), naf.code));
    found.truncate(limit);
    found
}

/// The section that a code of NAF rév. 2 (or only its division) lies in: its letter and its label.
pub fn naf_section(code: &str) -> Option<(char, &'static str)> {
    let division: u8 = bare(code).get(..2)?.parse().ok()?;
    SECTIONS
        .iter()
        .find(|(_, first, last, _)| (*first..=*last).contains(&division))
        .map(|(letter, _, _, label)| (*letter, *label))
}

/// A code as it is compared: letters and digits, in upper case.
fn bare(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_there_in_order_and_has_a_section() {
        assert_eq!(NAF.len(), 732);
        assert!(NAF.is_sorted_by(|a, b| a.code < b.code));
        for naf in &*NAF {
            assert_eq!(naf.code.len(), 6, "{naf:?}");
            assert!(!naf.label.contains('"') && !naf.label.is_empty(), "{naf:?}");
            assert!(naf_section(naf.code).is_some(), "{naf:?}");
        }
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        for code in ["85.59A", "8559A", "85.59a", " 8559 a "] {
            assert_eq!(naf(code).unwrap().label, "Formation continue d'adultes", "{code:?}");
        }
        for code in ["", "85", "85.59", "8559", "85.59C", "8559AA", "é5.59A", "A8559"] {
            assert!(naf(code).is_none(), "{code:?}");
        }
    }

    #[test]
    fn an_activity_is_found_by_code_or_by_words() {
        let codes = |query, limit| naf_matching(query, limit).iter().map(|n| n.code).collect::<Vec<_>>();
        assert_eq!(codes("85.59", 9), ["85.59A", "85.59B"]);
        assert_eq!(codes("8559a", 9), ["85.59A"]);
        assert_eq!(codes("formation ADULTES", 9), ["85.59A"]);
        assert_eq!(codes("télécom filaire", 9), ["61.10Z"]);
        assert_eq!(codes("commerce", 3).len(), 3);
        assert!(codes("", 9).is_empty() && codes(".", 9).is_empty() && codes("xyzzy", 9).is_empty());
    }

    #[test]
    fn sections_of_the_second_revision() {
        assert_eq!(naf_section("85.59A"), Some(('P', "Enseignement")));
        assert_eq!(naf_section("0111Z").unwrap().0, 'A');
        assert_eq!(naf_section("62.01Z").unwrap().0, 'J');
        assert_eq!(naf_section("43").unwrap().0, 'F');
        for none in ["04", "34", "00.00Z", "", "8", "Z"] {
            assert_eq!(naf_section(none), None, "{none:?}");
        }
    }
}
