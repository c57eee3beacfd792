//! What is asked of an organisation.

use crate::forms::lookup::{self, LookUp, Meaning};
use crate::forms::{Ask as _, Choice, Field, Form, Optional, Refused, Several, Text, Tick};
use actions::organisations::Joining;
use domain::organisations::{Activity, Capacity, Idcc, Nda, Number, Organisation, Profile, Refusal, Siret};
use domain::programmes::Programme;
use domain::reference::{self, CommuneCode, Opco};
use domain::text::{Name, NameError, search_key};
use std::iter;
use words::Words;

const PROGRAMME: Text =
    Text::select("programme", Words::organisation_programme).help(Words::organisation_programme_help);
/// What the form says when a new organisation takes part in no programme.
const NOWHERE: &str = "aucun";
const NAME: Field<Name> =
    Field::line("name", Words::organisation_name, Words::name_empty_mistake).why(name_wrong);
const SIRET: Optional<Siret> =
    Field::line("siret", Words::organisation_siret, Words::organisation_siret_help)
        .help(Words::organisation_siret_help)
        .why(|w, why| w.siret_mistake(why).to_owned())
        .optional();
const CAPACITIES: Several<Capacity> =
    Several::boxes("capacities", Words::organisation_capacities).help(Words::organisation_capacities_help);
const COMMUNE: LookUp = LookUp::new(
    "commune",
    "commune_code",
    Words::organisation_commune,
    (
        Words::organisation_commune_choose,
        Words::organisation_commune_several,
        Words::organisation_commune_none,
    ),
)
.help(Words::organisation_commune_help)
.optional();
const ACTIVITY: LookUp = LookUp::new(
    "activity",
    "activity_code",
    Words::organisation_activity,
    (
        Words::organisation_activity_choose,
        Words::organisation_activity_several,
        Words::organisation_activity_none,
    ),
)
.help(Words::organisation_activity_help)
.optional();
const HEADCOUNT: Optional<u32> =
    Field::line("headcount", Words::organisation_headcount, Words::organisation_headcount_mistake)
        .help(Words::organisation_headcount_help)
        .optional();
const IDCC: Optional<Idcc> = Field::line("idcc", Words::organisation_idcc, Words::organisation_idcc_mistake)
    .help(Words::organisation_idcc_help)
    .optional();
const OPCO: Optional<Opco> =
    Field::select("opco", Words::organisation_opco, Words::organisation_opco_mistake).optional();
/// The agreement for which an operator was suggested already.
const OPCO_ASKED: &str = "opco_asked";
const NDA: Optional<Nda> = Field::line("nda", Words::organisation_nda, Words::organisation_nda_mistake)
    .help(Words::organisation_nda_help)
    .optional();
const APPROVES: Tick = Tick::new("approves_requests", Words::organisation_approves);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoCapacity => CAPACITIES.name(),
            Self::SiretMissing | Self::Twice | Self::TakesPart => SIRET.name(),
            Self::WhichProgramme => PROGRAMME.name(),
            Self::NoProgramme => return None,
            Self::Commune => COMMUNE.name(),
        })
    }
}

fn name_wrong(w: Words, why: NameError) -> String {
    match why {
        NameError::Empty => w.name_empty_mistake(),
        NameError::TooLong => w.name_long_mistake(),
        NameError::Control => w.name_control_mistake(),
    }
    .to_owned()
}

/// Asks for the programme that a new organisation takes part in, where it may be one of several.
pub fn ask_programme<'v>(form: Form<'v>, several: &[Programme]) -> Form<'v> {
    let w = form.words();
    let programmes = several.iter().map(|one| Choice::new(one.id, one.name.as_str()));
    form.ask(PROGRAMME).among(
        iter::once(Choice::new("", w.organisation_programme_choose()))
            .chain(programmes)
            .chain([Choice::new(NOWHERE, w.organisation_programme_none())]),
    )
}

pub fn joining(form: &Form<'_>) -> Joining {
    match form.sent(PROGRAMME.name()) {
        NOWHERE => Joining::Nowhere,
        id => id.parse().map_or(Joining::Usual, Joining::This),
    }
}

/// Asks what an organisation is like: what is kept, or a number that was looked for in vain. `decides`: whether the
/// reader says what it is.
pub fn ask<'v>(
    form: Form<'v>,
    known: Option<&Organisation>,
    number: Option<&Number>,
    decides: bool,
) -> Form<'v> {
    let w = form.words();
    let profile = known.map(|known| &known.profile);
    let (siret, nda) = match number {
        Some(Number::Siret(siret)) => (Some(siret), None),
        Some(Number::Nda(nda)) => (None, Some(nda)),
        None => (profile.and_then(|one| one.siret.as_ref()), profile.and_then(|one| one.nda.as_ref())),
    };
    let commune = profile.and_then(|one| one.commune.as_ref());
    let activity = profile.and_then(|one| one.activity.as_ref()).map(|one| one.code.clone());
    let idcc = profile.and_then(|one| one.idcc.as_ref()).map(|one| one.as_str().to_owned());
    let opcos = Opco::ALL.iter().map(|one| Choice::new(one, one.label()));
    let mut form = form.ask_again(NAME, profile.map(|one| &one.name));
    if decides {
        form = form
            .ask_again(SIRET, siret)
            .ask_again(CAPACITIES, profile.map(|one| one.capacities.as_slice()).unwrap_or_default())
            .among(Capacity::ALL.iter().map(|one| Choice::new(one, w.capacity(*one))));
    }
    form.ask_again(
        COMMUNE,
        commune.and_then(CommuneCode::known).map(|one| format!("{} ({})", one.name, one.code)),
    )
    .ask_again(ACTIVITY, activity.as_ref())
    .ask_again(HEADCOUNT, profile.and_then(|one| one.headcount))
    .ask_again(IDCC, idcc.as_ref())
    .ask_again(OPCO, profile.and_then(|one| one.opco))
    .among(iter::once(Choice::new("", w.organisation_opco_none())).chain(opcos))
    .ask_again(NDA, nda)
    .ask_again(APPROVES, known.filter(|known| known.approves_requests).map(|_| Tick::YES))
    .carry(OPCO_ASKED, idcc.unwrap_or_default())
}

/// The profile that was typed, and whether its employees' requests are approved; nothing where something is to be mended or
/// chosen first. What an organisation is and its SIRET come from `fixed` where they are not the reader's to say.
pub fn profile(form: &mut Form<'_>, fixed: Option<&Profile>) -> Option<(Profile, bool)> {
    let (capacities, siret) = match fixed {
        Some(known) => (known.capacities.clone(), known.siret.clone()),
        None => (form.get(CAPACITIES)?, form.get(SIRET)?),
    };
    let commune = form.find(COMMUNE, |typed, chosen| lookup::commune(typed, chosen, lookup::by_post));
    let activity = form.find(ACTIVITY, activity);
    let (idcc, opco) = (form.get(IDCC)?, form.get(OPCO)?);
    if opco.is_none() {
        suggest(form, idcc.as_ref())?;
    }
    let profile = Profile {
        name: form.get(NAME)?,
        capacities,
        siret,
        activity: activity.ok()?,
        commune: commune.ok()?.map(CommuneCode::from),
        headcount: form.get(HEADCOUNT)?,
        idcc,
        opco,
        nda: form.get(NDA)?,
    };
    Some((profile, form.get(APPROVES)?))
}

/// Suggests the operator that a collective agreement leads to, once: nothing where it is to be looked at first.
fn suggest(form: &mut Form<'_>, idcc: Option<&Idcc>) -> Option<()> {
    let Some(idcc) = idcc.map(Idcc::as_str).filter(|idcc| form.sent(OPCO_ASKED) != *idcc) else {
        return Some(());
    };
    let Some(suggested) = reference::opco_of_idcc(idcc) else { return Some(()) };
    form.propose(OPCO, suggested);
    form.carry_instead(OPCO_ASKED, idcc);
    form.mend(OPCO, form.words().opco_suggested(suggested.label()))
}

fn activity(typed: &str, chosen: &str) -> Meaning<Activity> {
    const OFFERED: usize = 12;
    if search_key(typed).is_empty() {
        return Meaning::Nothing;
    }
    if let Ok(activity) = typed.parse() {
        return Meaning::One(activity);
    }
    let found = reference::naf_matching(typed, OFFERED);
    match (found.iter().find(|one| one.code == chosen), found.as_slice()) {
        (Some(one), _) | (None, [one]) => one.code.parse().map_or(Meaning::Unknown, Meaning::One),
        (None, []) => Meaning::Unknown,
        (None, several) => Meaning::Several(
            several.iter().map(|one| Choice::new(one.code, one.label).detailed(one.code)).collect(),
        ),
    }
}
