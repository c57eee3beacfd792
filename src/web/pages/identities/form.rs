//! The form of an identity, as it was typed.

use crate::forms::fields::Choice;
use crate::forms::mistakes::Mistakes;
use domain::declarations::{Birthplace, CivilName, Country, Holder, OtherNames, PlaceName, ValueError};
use domain::identities::Told;
use domain::named;
use domain::reference::CommuneCode;
use domain::reference::{self, Commune};
use domain::text::{Language, search_key};
use serde::Deserialize;
use std::str::FromStr;
use words::Words;

/// Communes that are offered when a text means several: more than any name has namesakes.
const OFFERED: usize = 30;

named! {
    /// Where somebody was born, as far as it decides what is asked.
    Place {
        France = "france",
        Abroad = "etranger",
        Unknown = "inconnu",
    }
}

impl Place {
    pub const fn said(self, w: Words) -> &'static str {
        match self {
            Self::France => w.born_in_france(),
            Self::Abroad => w.born_abroad(),
            Self::Unknown => w.born_unknown(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    pub nom: String,
    pub nom_usage: String,
    pub prenom: String,
    pub prenom2: String,
    pub prenom3: String,
    pub naissance: String,
    pub sexe: String,
    pub lieu: String,
    pub commune: String,
    /// The one that was chosen where several were offered.
    pub commune_code: String,
    pub pays: String,
    pub ville: String,
    pub attestation: String,
}

/// What the form is answered: what is to be mended, and the communes to choose from.
#[derive(Debug, Default)]
pub struct Answer {
    pub mistakes: Mistakes,
    pub communes: Vec<Choice>,
}

/// What a typed commune turned out to mean.
enum Meaning {
    One(Birthplace),
    Several(Vec<Choice>),
    /// It bears a code that no commune of today has, and a name.
    Gone(Choice),
    Unknown,
}

impl Form {
    /// What was told before; to be attested again.
    pub fn of(holder: &Holder) -> Self {
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let names = &holder.other_names;
        let mut form = Self {
            nom: text(Some(holder.birth_name.as_str())),
            nom_usage: text(names.usual.as_ref().map(CivilName::as_str)),
            prenom: text(Some(holder.first_name.as_str())),
            prenom2: text(names.second.as_ref().map(CivilName::as_str)),
            prenom3: text(names.third.as_ref().map(CivilName::as_str)),
            // As the form reads it, in whatever language.
            naissance: Words(Language::Fr).short_birth_date(holder.born),
            sexe: holder.sex.to_string(),
            ..Self::default()
        };
        let place = match &holder.birthplace {
            Birthplace::Unknown => Place::Unknown,
            Birthplace::France { commune, name } => {
                let today = reference::commune(commune.as_str()).map(|one| one.name);
                let name = text(today.or(name.as_ref().map(PlaceName::as_str)));
                format!("{commune} {name}").trim().clone_into(&mut form.commune);
                form.commune_code = commune.to_string();
                Place::France
            }
            Birthplace::Abroad { country, town } => {
                form.pays = text(Some(country.name.as_str()));
                form.ville = text(town.as_ref().map(PlaceName::as_str));
                Place::Abroad
            }
        };
        place.as_str().clone_into(&mut form.lieu);
        form
    }

    /// What was told, or what is to be mended or chosen first.
    pub fn read(&self, w: Words) -> Result<Told, Answer> {
        let mut answer = Answer::default();
        let mistakes = &mut answer.mistakes;
        let birth_name = required(mistakes, w, "nom", &self.nom, w.birth_name_missing());
        let usual = optional(mistakes, w, "nom_usage", &self.nom_usage);
        let first_name = required(mistakes, w, "prenom", &self.prenom, w.first_name_missing());
        let second = optional(mistakes, w, "prenom2", &self.prenom2);
        let third = optional(mistakes, w, "prenom3", &self.prenom3);
        let wrong =
            if self.naissance.trim().is_empty() { w.birth_date_missing() } else { w.birth_date_wrong() };
        let born = mistakes.read("naissance", self.naissance.parse(), wrong);
        let sex = mistakes.read("sexe", self.sexe.parse(), w.sex_missing());
        let place = mistakes.read("lieu", self.lieu.parse::<Place>(), w.born_in_missing());
        let birthplace = place.and_then(|place| self.birthplace(w, place, &mut answer));
        let is_attested = !self.attestation.is_empty();
        if !is_attested {
            answer.mistakes.add("attestation", w.attest_missing());
        }
        match (birth_name, first_name, born, sex, birthplace) {
            (Some(birth_name), Some(first_name), Some(born), Some(sex), Some(birthplace))
                if answer.mistakes.is_empty() =>
            {
                let other_names = OtherNames { usual, second, third };
                let holder = Holder { birth_name, first_name, other_names, born, sex, birthplace };
                Ok(Told { holder, is_attested })
            }
            _ => Err(answer),
        }
    }

    fn birthplace(&self, w: Words, place: Place, answer: &mut Answer) -> Option<Birthplace> {
        let mistakes = &mut answer.mistakes;
        match place {
            Place::Unknown => Some(Birthplace::Unknown),
            Place::Abroad if search_key(&self.pays) == "france" => {
                mistakes.add("pays", w.birth_country_france());
                None
            }
            Place::Abroad => {
                let name = required(mistakes, w, "pays", &self.pays, w.birth_country_missing())?;
                let town = optional(mistakes, w, "ville", &self.ville);
                Some(Birthplace::Abroad { country: Country { code: None, name }, town })
            }
            Place::France if search_key(&self.commune).is_empty() => {
                mistakes.add("commune", w.birth_commune_missing());
                None
            }
            Place::France => match self.commune_meant(w) {
                Meaning::One(place) => Some(place),
                Meaning::Several(choices) => {
                    mistakes.add("commune", w.birth_commune_several());
                    answer.communes = choices;
                    None
                }
                Meaning::Gone(choice) => {
                    mistakes.add("commune", w.birth_commune_gone());
                    answer.communes = vec![choice];
                    None
                }
                Meaning::Unknown => {
                    mistakes.add("commune", w.birth_commune_unknown());
                    None
                }
            },
        }
    }

    fn commune_meant(&self, w: Words) -> Meaning {
        let found = reference::communes_matching(&self.commune, OFFERED);
        if found.is_empty() {
            return self.commune_of_old(w);
        }
        let typed = search_key(&self.commune);
        let namesakes: Vec<&Commune> =
            found.iter().copied().filter(|one| search_key(one.name) == typed).collect();
        let chosen = found.iter().find(|one| one.code == self.commune_code);
        // The code of one commune is the postal code of another: five digits alone may mean several too.
        let meant = if namesakes.is_empty() { &found } else { &namesakes };
        match (chosen, meant.as_slice()) {
            (Some(one), _) | (None, [one]) => {
                one.code.parse().map_or(Meaning::Unknown, |code| Meaning::One(Birthplace::in_commune(code)))
            }
            (None, several) => Meaning::Several(several.iter().map(|one| offered(one)).collect()),
        }
    }

    /// A commune that was merged since: its code and its name, which the person has to confirm, since neither is in
    /// a list.
    fn commune_of_old(&self, w: Words) -> Meaning {
        let (code, name) = self.commune.trim().split_once(char::is_whitespace).unwrap_or_default();
        let (Ok(code), Ok(name)) = (code.parse::<CommuneCode>(), name.to_uppercase().parse::<PlaceName>())
        else {
            return Meaning::Unknown;
        };
        if self.commune_code == code.as_str() {
            return Meaning::One(Birthplace::France { commune: code, name: Some(name) });
        }
        let detail = format!("{code}, {}", w.commune_is_gone());
        Meaning::Gone(Choice::new(code.as_str(), name.as_str(), false).detailed(detail))
    }
}

fn offered(one: &Commune) -> Choice {
    let department = reference::department(one.department).map(|of| of.name).unwrap_or_default();
    Choice::new(one.code, one.name, false).detailed(format!("{} {department}", one.code))
}

fn required<T: FromStr<Err = ValueError>>(
    mistakes: &mut Mistakes,
    w: Words,
    field: &'static str,
    typed: &str,
    missing: &str,
) -> Option<T> {
    if typed.trim().is_empty() {
        mistakes.add(field, missing);
        return None;
    }
    optional(mistakes, w, field, typed)
}

fn optional<T: FromStr<Err = ValueError>>(
    mistakes: &mut Mistakes,
    w: Words,
    field: &'static str,
    typed: &str,
) -> Option<T> {
    mistakes.parse(field, typed, |why| w.civil_line_mistake(why))
}
