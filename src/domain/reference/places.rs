use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::text::search_key;

use super::{by_code, lines};

/// A commune of the day, or a municipal arrondissement of Paris, Lyon or Marseille.
#[derive(Debug, PartialEq, Eq)]
pub struct Commune {
    /// INSEE code, five characters (`59350`, `2A004`); not a postal code.
    pub code: &'static str,
    pub name: &'static str,
    /// Code of its département.
    pub department: &'static str,
    /// None, one or several, a space between: see [`Commune::postal_codes`].
    pub postal_codes: &'static str,
    /// People counted; 0 where nobody is.
    pub population: u32,
    key: String,
}

/// INSEE code of a commune or of a municipal arrondissement (`59350`, `2A004`). One that was merged since is no less
/// somebody's birthplace, so that the list of today does not decide.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommuneCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a commune: 59350 or 2A004 is expected")]
pub struct NotACommune;

impl CommuneCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its name of today; the code of one that is no more.
    pub fn name(&self) -> &str {
        self.known().map_or(&self.0, |commune| commune.name)
    }

    /// The commune as the list of today has it.
    pub fn known(&self) -> Option<&'static Commune> {
        commune(&self.0)
    }
}

impl fmt::Display for CommuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CommuneCode {
    type Err = NotACommune;

    fn from_str(typed: &str) -> Result<Self, NotACommune> {
        let code = typed.trim().to_ascii_uppercase();
        let (department, number) = code.split_at_checked(2).ok_or(NotACommune)?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let in_france = matches!(department, "2A" | "2B") || (digits(department) && department != "99");
        if number.len() == 3 && digits(number) && in_france { Ok(Self(code)) } else { Err(NotACommune) }
    }
}

impl From<&'static Commune> for CommuneCode {
    fn from(commune: &'static Commune) -> Self {
        Self(commune.code.to_owned())
    }
}

/// A département, or an overseas collectivity.
#[derive(Debug, PartialEq, Eq)]
pub struct Department {
    /// Two or three characters (`59`, `2A`, `974`).
    pub code: &'static str,
    pub name: &'static str,
    /// Code of its region.
    pub region: &'static str,
}

/// A region, or a collectivity that stands as its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    pub code: &'static str,
    pub name: &'static str,
}

static COMMUNES: LazyLock<Vec<Commune>> = LazyLock::new(|| {
    lines(include_str!("communes.csv"))
        .filter_map(|line| {
            let mut cells = line.split(',');
            let (code, name, department) = (cells.next()?, cells.next()?, cells.next()?);
            let (postal_codes, population) = (cells.next()?, cells.next()?.parse().ok()?);
            Some(Commune { code, name, department, postal_codes, population, key: search_key(name) })
        })
        .collect()
});

static DEPARTMENTS: LazyLock<Vec<Department>> = LazyLock::new(|| {
    lines(include_str!("departments.csv"))
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some(Department { code: cells.next()?, name: cells.next()?, region: cells.next()? })
        })
        .collect()
});

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    lines(include_str!("regions.csv"))
        .filter_map(|line| line.split_once(','))
        .map(|(code, name)| Region { code, name })
        .collect()
});

impl Commune {
    /// Its postal codes, one by one.
    pub fn postal_codes(&self) -> impl Iterator<Item = &'static str> {
        self.postal_codes.split_whitespace()
    }

    fn answers_to(&self, word: &str) -> bool {
        // what the post and half of France write
        let unabbreviated = match word {
            "st" => "saint",
            "ste" => "sainte",
            other => other,
        };
        self.key.split(' ').any(|of_name| of_name.starts_with(word) || of_name == unabbreviated)
            || starts_with_code(self.code, word)
            || self.postal_codes().any(|code| code.starts_with(word))
    }
}

/// Whether `code` begins with `word`, which is in lower case (`2a`).
fn starts_with_code(code: &str, word: &str) -> bool {
    code.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The commune of this INSEE code.
pub fn commune(code: &str) -> Option<&'static Commune> {
    by_code(&COMMUNES, code, |one| one.code)
}

/// The communes that a person may mean, at most `limit`: each word typed begins a word of the name, the INSEE
/// code or a postal code. The exact name comes first, then the most people. Nothing typed, nothing found.
pub fn communes_matching(query: &str, limit: usize) -> Vec<&'static Commune> {
    let query = search_key(query);
    if query.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = query.split(' ').collect();
    let mut found: Vec<&'static Commune> =
        COMMUNES.iter().filter(|commune| words.iter().all(|word| commune.answers_to(word))).collect();
    found.sort_by_key(|commune| (commune.key != query, Reverse(commune.population), commune.code));
    found.truncate(limit);
    found
}

/// The département of this code.
pub fn department(code: &str) -> Option<&'static Department> {
    by_code(&DEPARTMENTS, code, |one| one.code)
}

/// All of them, by code.
pub fn departments() -> &'static [Department] {
    &DEPARTMENTS
}

/// All of them, in order of code.
pub fn communes() -> &'static [Commune] {
    &COMMUNES
}

/// The region of this INSEE code (`32`).
pub fn region(code: &str) -> Option<&'static Region> {
    by_code(&REGIONS, code, |one| one.code)
}

/// All of them, by code.
pub fn regions() -> &'static [Region] {
    &REGIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(query: &str) -> &'static str {
        communes_matching(query, 1).first().map_or("nothing", |commune| commune.name)
    }

    #[test]
    fn every_line_is_there_in_order_and_hangs_together() {
        assert_eq!(COMMUNES.len(), 35_014);
        assert_eq!((departments().len(), regions().len()), (109, 26));
        assert!(COMMUNES.is_sorted_by(|a, b| a.code < b.code));
        assert!(departments().is_sorted_by(|a, b| a.code < b.code));
        assert!(regions().is_sorted_by(|a, b| a.code < b.code));
        for commune in &*COMMUNES {
            assert_eq!(commune.code.len(), 5, "{commune:?}");
            assert!(commune.code.starts_with(commune.department), "{commune:?}");
            let department = department(commune.department).unwrap();
            assert!(region(department.region).is_some(), "{department:?}");
            assert!(commune.postal_codes().all(|code| code.len() == 5), "{commune:?}");
        }
    }

    #[test]
    fn hauts_de_france_has_its_five() {
        assert_eq!(region("32").unwrap().name, "Hauts-de-France");
        let codes: Vec<_> = departments().iter().filter(|d| d.region == "32").map(|d| d.code).collect();
        assert_eq!(codes, ["02", "59", "60", "62", "80"]);
        let communes = COMMUNES.iter().filter(|c| codes.contains(&c.department)).count();
        assert_eq!(communes, 3_782);
    }

    #[test]
    fn a_code_leads_to_its_commune() {
        for (code, name) in [
            ("59350", "Lille"),
            ("2A004", "Ajaccio"),
            ("75115", "Paris 15e Arrondissement"),
            ("01001", "L'Abergement-Clémenciat"),
        ] {
            assert_eq!(commune(code).unwrap().name, name);
        }
        assert_eq!(commune("59350").unwrap().postal_codes().count(), 5);
        assert!(commune("59000").is_none());
        assert!(commune("").is_none());
    }

    #[test]
    fn a_person_finds_theirs_as_they_write_it() {
        assert_eq!(first("LILLE"), "Lille");
        assert_eq!(first("lil"), "Lille");
        assert_eq!(first("59800"), "Lille");
        assert_eq!(first("62193"), "Calais");
        assert_eq!(first("2a004"), "Ajaccio");
        assert_eq!(first("st etienne"), "Saint-Étienne");
        assert_eq!(first("Saint Étienne 42"), "Saint-Étienne");
        assert_eq!(first("l’hay-les-roses"), "L'Haÿ-les-Roses");
        assert_eq!(first("paris 15"), "Paris 15e Arrondissement");
        assert_eq!(first("marseille"), "Marseille");
        // the exact name before a larger one that merely begins so
        assert_eq!(first("ham"), "Ham");
        assert_eq!(first("xyzzy"), "nothing");
        assert!(communes_matching(" ’ ", 10).is_empty());
        assert!(communes_matching("lille", 0).is_empty());
        assert_eq!(communes_matching("a", 7).len(), 7);
        assert!(communes_matching("villen", 5).is_sorted_by_key(|c| Reverse(c.population)));
    }
}
