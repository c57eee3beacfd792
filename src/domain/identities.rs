//! Who a candidate is by birth: what their certificate prints and what the State finds them by. It is told in a
//! candidacy and nowhere else, and kept as a few texts under names that never change.

use super::calendar::Day;
use super::declarations::{BirthDate, Birthplace, CivilName, Country, Holder, OtherNames, PlaceName, Sex};
use crate::reference::CommuneCode;

/// What a candidate tells of their birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub holder: Holder,
    /// Whether they said that all of it is that of their civil status.
    pub is_attested: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("nobody said that this is their civil status")]
    NotAttested,
    #[error("nobody is born later than today")]
    BornLater,
    #[error("a name has a letter at least")]
    NoLetter,
    #[error("no font has the sign « {0} »")]
    Unprintable(char),
}

impl Told {
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.holder.born.earliest().is_some_and(|day| day > today) {
            return Err(Refusal::BornLater);
        }
        let is_a_name = |name: &CivilName| name.as_str().chars().any(char::is_alphabetic);
        if !self.holder.names().all(is_a_name) {
            return Err(Refusal::NoLetter);
        }
        if self.is_attested { Ok(()) } else { Err(Refusal::NotAttested) }
    }
}

/// What is kept and is no identity: it was sealed by a later release, or it was never one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is kept is no identity: {0} cannot be read")]
pub struct Unreadable(pub &'static str);

// What was sealed years ago is read by these names: they only ever become more.
const BIRTH_NAME: &str = "birth_name";
const USUAL_NAME: &str = "usual_name";
const FIRST_NAME: &str = "first_name";
const SECOND_NAME: &str = "second_name";
const THIRD_NAME: &str = "third_name";
const BORN: &str = "born";
const SEX: &str = "sex";
const COMMUNE: &str = "birth_commune";
const COMMUNE_NAME: &str = "birth_commune_name";
const COUNTRY: &str = "birth_country";
const COUNTRY_NAME: &str = "birth_country_name";
const TOWN: &str = "birth_town";

/// An identity as texts by name, as it is kept.
pub fn texts(holder: &Holder) -> Vec<(&'static str, String)> {
    let names = &holder.other_names;
    let mut texts = vec![
        (BIRTH_NAME, holder.birth_name.as_str().to_owned()),
        (FIRST_NAME, holder.first_name.as_str().to_owned()),
        (BORN, date(holder.born)),
        (SEX, holder.sex.to_string()),
    ];
    let others = [(USUAL_NAME, &names.usual), (SECOND_NAME, &names.second), (THIRD_NAME, &names.third)];
    for (name, value) in others {
        texts.extend(value.as_ref().map(|value| (name, value.as_str().to_owned())));
    }
    match &holder.birthplace {
        Birthplace::Unknown => {}
        Birthplace::France { commune, name } => {
            texts.push((COMMUNE, commune.to_string()));
            texts.extend(name.as_ref().map(|name| (COMMUNE_NAME, name.as_str().to_owned())));
        }
        Birthplace::Abroad { country, town } => {
            texts.extend(country.code.as_ref().map(|code| (COUNTRY, code.to_string())));
            texts.push((COUNTRY_NAME, country.name.as_str().to_owned()));
            texts.extend(town.as_ref().map(|town| (TOWN, town.as_str().to_owned())));
        }
    }
    texts
}

/// `1988-04-07`, `1988-04` or `1988`: as far as it is known.
fn date(born: BirthDate) -> String {
    let month = born.month().map_or_else(String::new, |month| format!("-{month:02}"));
    let day = born.day().map_or_else(String::new, |day| format!("-{day:02}"));
    format!("{}{month}{day}", born.year())
}

/// The identity that texts by name tell: each goes through the parser of what was typed.
pub fn read<'a>(text: impl Fn(&str) -> Option<&'a str>) -> Result<Holder, Unreadable> {
    let sex: Sex = text(SEX).and_then(|sex| sex.parse().ok()).ok_or(Unreadable(SEX))?;
    let birthplace = if let Some(commune) = text(COMMUNE) {
        let commune: CommuneCode = commune.parse().map_err(|_| Unreadable(COMMUNE))?;
        Birthplace::France { commune, name: perhaps(&text, COMMUNE_NAME)? }
    } else if text(COUNTRY_NAME).is_some() {
        let name: PlaceName = surely(&text, COUNTRY_NAME)?;
        let country = Country { code: perhaps(&text, COUNTRY)?, name };
        Birthplace::Abroad { country, town: perhaps(&text, TOWN)? }
    } else {
        Birthplace::Unknown
    };
    Ok(Holder {
        birth_name: surely(&text, BIRTH_NAME)?,
        first_name: surely(&text, FIRST_NAME)?,
        other_names: OtherNames {
            usual: perhaps(&text, USUAL_NAME)?,
            second: perhaps(&text, SECOND_NAME)?,
            third: perhaps(&text, THIRD_NAME)?,
        },
        born: surely(&text, BORN)?,
        sex,
        birthplace,
    })
}

fn surely<'a, T: std::str::FromStr>(
    text: &impl Fn(&str) -> Option<&'a str>,
    name: &'static str,
) -> Result<T, Unreadable> {
    perhaps(text, name)?.ok_or(Unreadable(name))
}

fn perhaps<'a, T: std::str::FromStr>(
    text: &impl Fn(&str) -> Option<&'a str>,
    name: &'static str,
) -> Result<Option<T>, Unreadable> {
    text(name).map(str::parse).transpose().map_err(|_| Unreadable(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(born: &str, birthplace: Birthplace) -> Holder {
        Holder {
            birth_name: "d’Hérouville-Ñuñez".parse().unwrap(),
            first_name: "Zoé".parse().unwrap(),
            other_names: OtherNames::default(),
            born: born.parse().unwrap(),
            sex: Sex::Female,
            birthplace,
        }
    }

    fn read_back(texts: &[(&'static str, String)]) -> Result<Holder, Unreadable> {
        read(|name| texts.iter().find(|(of, _)| *of == name).map(|(_, text)| text.as_str()))
    }

    #[test]
    fn what_is_kept_is_read_back_as_it_was_told() {
        let abroad = |code: Option<&str>, town: Option<&str>| Birthplace::Abroad {
            country: Country {
                code: code.map(|code| code.parse().unwrap()),
                name: "Côte d’Ivoire".parse().unwrap(),
            },
            town: town.map(|town| town.parse().unwrap()),
        };
        let gone = Birthplace::France { commune: "59355".parse().unwrap(), name: "LOMME".parse().ok() };
        let places = [
            Birthplace::Unknown,
            Birthplace::in_commune("59350".parse().unwrap()),
            Birthplace::France { commune: "2A004".parse().unwrap(), name: None },
            gone,
            abroad(None, None),
            abroad(Some("99326"), None),
            abroad(None, Some("Abidjan")),
            abroad(Some("99326"), Some("Yamoussoukro")),
        ];
        for place in places {
            for born in ["07/04/1988", "04/1988", "1988", "00/00/1901", "29/02/2000"] {
                let told = holder(born, place.clone());
                assert_eq!(read_back(&texts(&told)), Ok(told));
            }
        }
        let mut named = holder("1988", Birthplace::Unknown);
        named.sex = Sex::Male;
        named.other_names = OtherNames {
            usual: "Lefèbvre".parse().ok(),
            second: "Œdipe".parse().ok(),
            third: "Anne-Sophie".parse().ok(),
        };
        assert_eq!(read_back(&texts(&named)), Ok(named));
    }

    #[test]
    fn the_names_under_which_it_is_kept_stay() {
        let mut told = holder("07/04/1988", Birthplace::in_commune("59350".parse().unwrap()));
        told.other_names.usual = "Delmotte".parse().ok();
        let kept: Vec<String> =
            texts(&told).into_iter().map(|(name, text)| format!("{name}={text}")).collect();
        assert_eq!(
            kept,
            [
                "birth_name=d’Hérouville-Ñuñez",
                "first_name=Zoé",
                "born=1988-04-07",
                "sex=female",
                "usual_name=Delmotte",
                "birth_commune=59350",
                "birth_commune_name=LILLE",
            ]
        );
    }

    #[test]
    fn what_is_no_identity_is_told_by_its_name() {
        let told = holder("1988", Birthplace::in_commune("59350".parse().unwrap()));
        let with = |name: &'static str, text: Option<&str>| {
            let mut texts = texts(&told);
            texts.retain(|(of, _)| *of != name);
            texts.extend(text.map(|text| (name, text.to_owned())));
            read_back(&texts)
        };
        for (name, text) in [
            (BIRTH_NAME, None),
            (BORN, Some("88")),
            (SEX, Some("")),
            (COMMUNE, Some("x")),
            (USUAL_NAME, Some("")),
        ] {
            assert_eq!(with(name, text), Err(Unreadable(name)));
        }
    }

    #[test]
    fn nobody_is_born_tomorrow_and_everybody_attests() {
        let today: Day = "2026-11-29".parse().unwrap();
        let told = |born: &str, is_attested| Told { holder: holder(born, Birthplace::Unknown), is_attested };
        assert_eq!(told("1988", true).check(today), Ok(()));
        assert_eq!(told("1988", false).check(today), Err(Refusal::NotAttested));
        assert_eq!(told("30/11/2026", true).check(today), Err(Refusal::BornLater));
        assert_eq!(told("29/11/2026", true).check(today), Ok(()));
    }
}
