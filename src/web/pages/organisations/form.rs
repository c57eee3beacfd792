use super::known::Lookup;
use crate::forms::fields::{Choice, Field};
use crate::forms::mistakes::Mistakes;
use crate::frame::page::Shell;
use actions::organisations::Joining;
use askama::Template;
use domain::organisations::{Activity, Capacity, Idcc, Number, Organisation, Profile, Refusal};
use domain::programmes::Programme;
use domain::reference::{self, CommuneCode, Opco};
use domain::text::{Name, NameError, search_key};
use serde::Deserialize;
use words::Words;

/// What the form says when a new organisation takes part in no programme.
const NOWHERE: &str = "aucun";
/// What may be chosen when a text means several things.
const OFFERED: usize = 12;

/// The form of an organisation, as it was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Form {
    #[serde(default)]
    name: String,
    #[serde(default)]
    siret: String,
    #[serde(default)]
    capacities: Vec<String>,
    #[serde(default)]
    commune: String,
    #[serde(default)]
    commune_code: String,
    #[serde(default)]
    activity: String,
    #[serde(default)]
    activity_code: String,
    #[serde(default)]
    headcount: String,
    #[serde(default)]
    idcc: String,
    #[serde(default)]
    opco: String,
    /// The agreement for which an operator was suggested already.
    #[serde(default)]
    opco_asked: String,
    #[serde(default)]
    nda: String,
    #[serde(default)]
    approves_requests: String,
    /// Where several take part in what is registered: the number of one, or [`NOWHERE`].
    #[serde(default)]
    programme: String,
}

/// What the form is answered: what is to be mended, and what may be chosen.
#[derive(Debug, Default)]
pub struct Answer {
    mistakes: Mistakes,
    communes: Vec<Choice>,
    activities: Vec<Choice>,
    /// The operator that the collective agreement leads to.
    suggested: Option<Opco>,
}

impl Answer {
    pub fn refused(w: Words, no: Refusal) -> Self {
        let field = match no {
            Refusal::NoCapacity => "capacities",
            Refusal::SiretMissing | Refusal::Twice | Refusal::TakesPart => "siret",
            Refusal::WhichProgramme => "programme",
            Refusal::Commune => "commune",
        };
        Self { mistakes: Mistakes::one(field, w.organisation_refusal(no)), ..Self::default() }
    }
}

/// What a typed text turned out to mean.
enum Meaning<T> {
    Nothing,
    One(T),
    Several(Vec<Choice>),
    Unknown,
}

impl Form {
    pub fn of(known: &Organisation) -> Self {
        let profile = &known.profile;
        let text = |value: Option<String>| value.unwrap_or_default();
        let commune = profile.commune.as_ref().and_then(CommuneCode::known);
        Self {
            name: profile.name.to_string(),
            siret: text(profile.siret.as_ref().map(ToString::to_string)),
            capacities: profile.capacities.iter().map(ToString::to_string).collect(),
            // The name with its code is found again as this one commune.
            commune: text(commune.map(|c| format!("{} ({})", c.name, c.code))),
            commune_code: text(profile.commune.as_ref().map(ToString::to_string)),
            activity: text(profile.activity.as_ref().map(|a| a.code.clone())),
            activity_code: text(profile.activity.as_ref().map(|a| a.code.clone())),
            headcount: text(profile.headcount.map(|n| n.to_string())),
            idcc: text(profile.idcc.as_ref().map(|i| i.as_str().to_owned())),
            opco: text(profile.opco.map(|o| o.to_string())),
            opco_asked: text(profile.idcc.as_ref().map(|i| i.as_str().to_owned())),
            nda: text(profile.nda.as_ref().map(ToString::to_string)),
            approves_requests: if known.approves_requests { "oui".to_owned() } else { String::new() },
            programme: String::new(),
        }
    }

    /// An empty form, but for a number that was looked for in vain.
    pub fn numbered(number: Option<&Number>) -> Self {
        match number {
            Some(Number::Siret(siret)) => Self { siret: siret.to_string(), ..Self::default() },
            Some(Number::Nda(nda)) => Self { nda: nda.to_string(), ..Self::default() },
            None => Self::default(),
        }
    }

    pub fn approves(&self) -> bool {
        !self.approves_requests.is_empty()
    }

    pub fn joining(&self) -> Joining {
        match self.programme.parse() {
            Ok(id) => Joining::This(id),
            Err(_) if self.programme == NOWHERE => Joining::Nowhere,
            Err(_) => Joining::Usual,
        }
    }

    /// The programmes that may take in what is registered, to choose from.
    pub fn programmes(&self, w: Words, several: &[Programme]) -> Field {
        let choice = |value: &str, label: &str| Choice::new(value, label, self.programme == value);
        let mut choices = vec![choice("", w.organisation_programme_choose())];
        choices.extend(several.iter().map(|one| choice(&one.id.to_string(), one.name.as_str())));
        choices.push(choice(NOWHERE, w.organisation_programme_none()));
        Field::select("programme", w.organisation_programme(), choices).help(w.organisation_programme_help())
    }

    /// The profile that was typed, or what is to be mended or chosen first. What an organisation is and its SIRET
    /// come from `fixed` where they are not the reader's to say.
    pub fn read(&self, w: Words, fixed: Option<&Profile>) -> Result<Profile, Answer> {
        let mut answer = Answer::default();
        let mistakes = &mut answer.mistakes;
        let name = self.name.parse::<Name>().map_err(|why| mistakes.add("name", name_mistake(w, why))).ok();
        let (capacities, siret) = if let Some(known) = fixed {
            (known.capacities.clone(), known.siret.clone())
        } else {
            let chosen: Vec<Capacity> = self.capacities.iter().filter_map(|c| c.parse().ok()).collect();
            (chosen, mistakes.parse("siret", &self.siret, |why| w.siret_mistake(why).to_owned()))
        };
        let commune = match self.commune_meant() {
            Meaning::Nothing => None,
            Meaning::One(code) => Some(code),
            Meaning::Several(choices) => {
                mistakes.add("commune", w.organisation_commune_several());
                answer.communes = choices;
                None
            }
            Meaning::Unknown => {
                mistakes.add("commune", w.organisation_commune_none());
                None
            }
        };
        let activity = match self.activity_meant() {
            Meaning::Nothing => None,
            Meaning::One(activity) => Some(activity),
            Meaning::Several(choices) => {
                mistakes.add("activity", w.organisation_activity_several());
                answer.activities = choices;
                None
            }
            Meaning::Unknown => {
                mistakes.add("activity", w.organisation_activity_none());
                None
            }
        };
        let headcount =
            mistakes.parse("headcount", &self.headcount, |_| w.organisation_headcount_mistake().to_owned());
        let idcc: Option<Idcc> =
            mistakes.parse("idcc", &self.idcc, |_| w.organisation_idcc_mistake().to_owned());
        let nda = mistakes.parse("nda", &self.nda, |_| w.organisation_nda_mistake().to_owned());
        let opco = self.opco.parse::<Opco>().ok();
        if let (Some(idcc), None) = (&idcc, opco)
            && self.opco_asked != idcc.as_str()
            && let Some(suggested) = reference::opco_of_idcc(idcc.as_str())
        {
            answer.suggested = Some(suggested);
            mistakes.add("opco", w.opco_suggested(suggested.label()));
        }
        match name {
            Some(name) if answer.mistakes.is_empty() => {
                Ok(Profile { name, capacities, siret, activity, commune, headcount, idcc, opco, nda })
            }
            _ => Err(answer),
        }
    }

    fn commune_meant(&self) -> Meaning<CommuneCode> {
        let typed = search_key(&self.commune);
        if typed.is_empty() {
            return Meaning::Nothing;
        }
        let found = reference::communes_matching(&self.commune, OFFERED);
        if let Some(chosen) = found.iter().find(|c| c.code == self.commune_code) {
            return Meaning::One((*chosen).into());
        }
        let namesakes: Vec<_> = found.iter().copied().filter(|c| search_key(c.name) == typed).collect();
        match (found.as_slice(), namesakes.as_slice()) {
            ([], _) => Meaning::Unknown,
            ([one], _) | (_, [one]) => Meaning::One((*one).into()),
            _ => Meaning::Several(
                found
                    .iter()
                    .map(|c| {
                        let department =
                            reference::department(c.department).map(|d| d.name).unwrap_or_default();
                        let postal = c.postal_codes().next().unwrap_or_default();
                        Choice::new(c.code, c.name, false).detailed(format!("{postal} {department}").trim())
                    })
                    .collect(),
            ),
        }
    }

    fn activity_meant(&self) -> Meaning<Activity> {
        if search_key(&self.activity).is_empty() {
            return Meaning::Nothing;
        }
        if let Ok(activity) = self.activity.parse() {
            return Meaning::One(activity);
        }
        let found = reference::naf_matching(&self.activity, OFFERED);
        let chosen = found.iter().find(|n| n.code == self.activity_code);
        match (chosen, found.as_slice()) {
            (Some(one), _) | (None, [one]) => one.code.parse().map_or(Meaning::Unknown, Meaning::One),
            (None, []) => Meaning::Unknown,
            (None, several) => Meaning::Several(
                several.iter().map(|n| Choice::new(n.code, n.label, false).detailed(n.code)).collect(),
            ),
        }
    }

    /// The page with the form as it is filled. `decides`: whether the reader says what the organisation is.
    pub fn page(
        &self,
        shell: Shell,
        action: String,
        back: String,
        decides: bool,
        answer: Answer,
    ) -> FormPage {
        let w = shell.w;
        let Answer { mistakes, communes, activities, suggested } = answer;
        let opco = self.opco.parse().ok().or(suggested);
        let mut opcos = vec![Choice::new("", w.organisation_opco_none(), opco.is_none())];
        opcos.extend(Opco::ALL.iter().map(|o| Choice::new(o.as_str(), o.label(), opco == Some(*o))));
        let mut first = vec![Field::input("name", "text", w.organisation_name(), &self.name)];
        if decides {
            let siret = Field::input("siret", "text", w.organisation_siret(), &self.siret);
            first.push(siret.help(w.organisation_siret_help()).optional(w));
        }
        let then = vec![
            Field::lookup(
                "commune",
                "commune_code",
                w.organisation_commune(),
                &self.commune,
                w.organisation_commune_choose().to_owned(),
                communes,
            )
            .help(w.organisation_commune_help())
            .optional(w),
            Field::lookup(
                "activity",
                "activity_code",
                w.organisation_activity(),
                &self.activity,
                w.organisation_activity_choose().to_owned(),
                activities,
            )
            .help(w.organisation_activity_help())
            .optional(w),
            Field::input("headcount", "text", w.organisation_headcount(), &self.headcount)
                .help(w.organisation_headcount_help())
                .optional(w),
            Field::input("idcc", "text", w.organisation_idcc(), &self.idcc)
                .help(w.organisation_idcc_help())
                .optional(w),
            Field::select("opco", w.organisation_opco(), opcos).optional(w),
            Field::input("nda", "text", w.organisation_nda(), &self.nda)
                .help(w.organisation_nda_help())
                .optional(w),
        ];
        let mended = |fields: Vec<Field>| fields.into_iter().map(|f| f.mended_by(&mistakes)).collect();
        FormPage {
            action,
            back,
            first: mended(first),
            capacities: Capacity::ALL
                .iter()
                .filter(|_| decides)
                .map(|c| {
                    Choice::new(c.as_str(), w.capacity(*c), self.capacities.iter().any(|t| t == c.as_str()))
                })
                .collect(),
            capacities_mistake: mistakes.of("capacities").to_owned(),
            then: mended(then),
            opco_asked: suggested.map_or_else(|| self.opco_asked.clone(), |_| self.padded_idcc()),
            approves: self.approves(),
            joins: String::new(),
            lookup: None,
            mistakes,
            shell,
        }
    }

    /// As an [`Idcc`] is kept.
    fn padded_idcc(&self) -> String {
        format!("{:0>4}", self.idcc.trim())
    }
}

fn name_mistake(w: Words, why: NameError) -> &'static str {
    match why {
        NameError::Empty => w.name_empty_mistake(),
        NameError::TooLong => w.name_long_mistake(),
        NameError::Control => w.name_control_mistake(),
    }
}

#[derive(Template)]
#[template(path = "organisations/form.html")]
pub struct FormPage {
    shell: Shell,
    action: String,
    back: String,
    first: Vec<Field>,
    /// Empty when what the organisation is is not the reader's to say.
    capacities: Vec<Choice>,
    capacities_mistake: String,
    then: Vec<Field>,
    opco_asked: String,
    approves: bool,
    /// Where one that is known already is looked for; none where a known one is edited.
    lookup: Option<Lookup>,
    /// What the organisation takes part in once it is registered; empty when that is not told.
    joins: String,
    mistakes: Mistakes,
}

impl FormPage {
    /// The same, saying what the organisation will take part in.
    pub fn joining(self, joins: String) -> Self {
        Self { joins, ..self }
    }

    /// The same, with the programme to be chosen first.
    pub fn choosing(mut self, programme: Field) -> Self {
        self.first.insert(0, programme.mended_by(&self.mistakes));
        self
    }

    /// The same, with the place where one that is known already is looked for.
    pub(super) fn looking(self, lookup: Lookup) -> Self {
        Self { lookup: Some(lookup), ..self }
    }
}
