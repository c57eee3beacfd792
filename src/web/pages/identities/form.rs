//! What a candidate is asked of who they are by birth.

use crate::forms::lookup::{self, LookUp};
use crate::forms::{Ask as _, Choice, Field, Form, Optional, Refused, Text, Tick};
use domain::declarations::{
    BirthDate, Birthplace, CivilName, Country, Holder, OtherNames, PlaceName, Sex, ValueError,
};
use domain::identities::{Refusal, Told};
use domain::named;
use domain::reference::{self, Commune, CommuneCode};
use domain::text::{Language, search_key};
use std::iter;
use words::Words;

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

const BIRTH_NAME: Field<CivilName> = Field::line("nom", Words::birth_name, Words::birth_name_missing)
    .help(Words::birth_name_help)
    .missing(Words::birth_name_missing)
    .why(wrong);
const USUAL_NAME: Optional<CivilName> =
    Field::line("nom_usage", Words::usual_name, Words::birth_name_missing)
        .help(Words::usual_name_help)
        .why(wrong)
        .optional();
const FIRST_NAME: Field<CivilName> = Field::line("prenom", Words::first_name, Words::first_name_missing)
    .missing(Words::first_name_missing)
    .why(wrong);
const SECOND_NAME: Optional<CivilName> =
    Field::line("prenom2", Words::second_name, Words::first_name_missing).why(wrong).optional();
const THIRD_NAME: Optional<CivilName> =
    Field::line("prenom3", Words::third_name, Words::first_name_missing).why(wrong).optional();
const BORN: Field<BirthDate> = Field::line("naissance", Words::birth_date_label, Words::birth_date_wrong)
    .help(Words::birth_date_help)
    .missing(Words::birth_date_missing);
const SEX: Field<Sex> = Field::select("sexe", Words::sex_label, Words::sex_missing);
const PLACE: Field<Place> = Field::select("lieu", Words::born_in, Words::born_in_missing);
const COMMUNE: LookUp = LookUp::new(
    "commune",
    "commune_code",
    Words::birth_commune,
    (Words::birth_commune_choose, Words::birth_commune_several, Words::birth_commune_unknown),
)
.help(Words::birth_commune_help);
const COUNTRY: Text = Text::line("pays", Words::birth_country).help(Words::birth_country_help);
const TOWN: Optional<PlaceName> =
    Field::line("ville", Words::birth_town, Words::birth_country_missing).why(wrong).optional();
const ATTESTED: Tick = Tick::new("attestation", Words::attest_identity);

fn wrong(w: Words, why: ValueError) -> String {
    w.civil_line_mistake(why)
}

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotAttested => ATTESTED.name(),
            Self::BornLater => BORN.name(),
            Self::NoLetter | Self::Unprintable(_) => BIRTH_NAME.name(),
        })
    }
}

/// Asks who somebody is by birth: nothing yet, or what was told before, to be attested again.
pub fn ask<'v>(form: Form<'v>, known: Option<&Holder>) -> Form<'v> {
    let w = form.words();
    let names = known.map(|holder| &holder.other_names);
    let birthplace = known.map(|holder| &holder.birthplace);
    let place = birthplace.map(|place| match place {
        Birthplace::France { .. } => Place::France,
        Birthplace::Abroad { .. } => Place::Abroad,
        Birthplace::Unknown => Place::Unknown,
    });
    let (commune, country, town) = match birthplace {
        Some(Birthplace::France { commune, name }) => (Some((commune, name.as_ref())), None, None),
        Some(Birthplace::Abroad { country, town }) => (None, Some(&country.name), town.as_ref()),
        Some(Birthplace::Unknown) | None => (None, None, None),
    };
    let choose = || iter::once(Choice::new("", w.choose()));
    let sexes = Sex::ALL.iter().map(|sex| Choice::new(sex, w.sex(*sex)));
    let places = Place::ALL.iter().map(|place| Choice::new(place, place.said(w)));
    form.ask_again(BIRTH_NAME, known.map(|holder| &holder.birth_name))
        .ask_again(USUAL_NAME, names.and_then(|names| names.usual.as_ref()))
        .ask_again(FIRST_NAME, known.map(|holder| &holder.first_name))
        .together("pair", "", |form| {
            form.ask_again(SECOND_NAME, names.and_then(|names| names.second.as_ref()))
                .ask_again(THIRD_NAME, names.and_then(|names| names.third.as_ref()))
        })
        // As the form reads it, in whatever language.
        .ask_again(BORN, known.map(|holder| Words(Language::Fr).short_birth_date(holder.born)))
        .ask_again(SEX, known.map(|holder| holder.sex))
        .among(choose().chain(sexes))
        .together("group", w.birthplace_label(), |form| {
            form.ask_again(PLACE, place)
                .among(choose().chain(places))
                .ask_again(COMMUNE, commune.map(|(code, name)| typed(code, name)))
                .ask_again(COUNTRY, country)
                .ask_again(TOWN, town)
        })
        .ask(ATTESTED)
        .carry(COMMUNE.chosen(), commune.map(|(code, _)| code.to_string()).unwrap_or_default())
}

/// A commune as the form finds it again: its code and its name.
fn typed(code: &CommuneCode, name: Option<&PlaceName>) -> String {
    let today = reference::commune(code.as_str()).map(|one| one.name);
    let name = today.or(name.map(PlaceName::as_str)).unwrap_or_default();
    format!("{code} {name}").trim().to_owned()
}

/// What was told; nothing where something is to be mended or chosen first.
pub fn told(form: &mut Form<'_>) -> Option<Told> {
    let w = form.words();
    let is_attested = form.get(ATTESTED)?;
    if !is_attested {
        form.mistake(ATTESTED.name(), w.attest_missing());
    }
    let birthplace = birthplace(form);
    let holder = Holder {
        birth_name: form.get(BIRTH_NAME)?,
        first_name: form.get(FIRST_NAME)?,
        other_names: OtherNames {
            usual: form.get(USUAL_NAME)?,
            second: form.get(SECOND_NAME)?,
            third: form.get(THIRD_NAME)?,
        },
        born: form.get(BORN)?,
        sex: form.get(SEX)?,
        birthplace: birthplace?,
    };
    is_attested.then_some(Told { holder, is_attested })
}

fn birthplace(form: &mut Form<'_>) -> Option<Birthplace> {
    let w = form.words();
    match form.get(PLACE)? {
        Place::Unknown => Some(Birthplace::Unknown),
        Place::Abroad => {
            let country = form.get(COUNTRY)?;
            if search_key(&country) == "france" {
                return form.mend(COUNTRY, w.birth_country_france());
            }
            if country.is_empty() {
                return form.mend(COUNTRY, w.birth_country_missing());
            }
            match country.parse() {
                Ok(name) => {
                    Some(Birthplace::Abroad { country: Country { code: None, name }, town: form.get(TOWN)? })
                }
                Err(why) => form.mend(COUNTRY, wrong(w, why)),
            }
        }
        Place::France => {
            let (typed, chosen) = (form.get(COMMUNE)?, form.sent(COMMUNE.chosen()).to_owned());
            if let Some((code, name)) = gone(&typed) {
                return of_old(form, code, name, &chosen);
            }
            match form.find(COMMUNE, |typed, chosen| lookup::commune(typed, chosen, by_code)).ok()? {
                Some(one) => Some(Birthplace::in_commune(CommuneCode::from(one))),
                None => form.mend(COMMUNE, w.birth_commune_missing()),
            }
        }
    }
}

/// The code and the name of a commune that was merged since: neither is in a list.
fn gone(typed: &str) -> Option<(CommuneCode, PlaceName)> {
    if !reference::communes_matching(typed, 1).is_empty() {
        return None;
    }
    let (code, name) = typed.split_once(char::is_whitespace)?;
    Some((code.parse().ok()?, name.to_uppercase().parse().ok()?))
}

/// What is in no list has to be confirmed.
fn of_old(form: &mut Form<'_>, code: CommuneCode, name: PlaceName, chosen: &str) -> Option<Birthplace> {
    if chosen == code.as_str() {
        return Some(Birthplace::France { commune: code, name: Some(name) });
    }
    let w = form.words();
    let detail = format!("{code}, {}", w.commune_is_gone());
    form.offer(COMMUNE, vec![Choice::new(code.as_str(), name.as_str()).detailed(detail)]);
    form.mend(COMMUNE, w.birth_commune_gone())
}

/// A commune by the code that the State knows it by.
fn by_code(one: &Commune) -> Choice {
    let department = reference::department(one.department).map(|of| of.name).unwrap_or_default();
    Choice::new(one.code, one.name).detailed(format!("{} {department}", one.code))
}
