//! The public programme: what it aims at, who takes part, how far it is.

mod targets;

use crate::forms::{Ask as _, Choice, Declared, Field, Form, Optional, Refused};
use crate::frame::cache::Counted;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::{Action, Extent};
use domain::calendar::Day;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::Capacity;
use domain::programmes::{NewProgramme, Programme, Refusal, Target, TargetKind, is_told};
use domain::reference;
use domain::text::Name;
use serde::Deserialize;
use std::iter;
use store::{self, programmes::Figures};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get_blocking("/programme", Action::ReadProgramme, show);
    routes.form_at("/programmes/nouveau", "/programmes", Action::FoundProgramme, found);
    targets::routes(routes);
}

struct FigureView {
    label: &'static str,
    number: String,
    below: String,
}

struct TargetView {
    label: &'static str,
    people: String,
    by: String,
}

#[derive(Template)]
#[template(path = "programmes/page.html")]
struct ProgrammePage {
    shell: Shell,
    lede: String,
    figures: Vec<FigureView>,
    targets: Vec<TargetView>,
    /// What each kind of partner is called, and their names.
    parties: Vec<(&'static str, Vec<String>)>,
    /// Other programmes within reach.
    others: Vec<(ProgrammeId, String)>,
    may_found: bool,
    /// The programme whose targets the reader may set.
    sets: Option<ProgrammeId>,
}

#[derive(Template)]
#[template(path = "programmes/none.html")]
struct NonePage {
    shell: Shell,
    may_found: bool,
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    programme: String,
}

/// The programme that is asked for; without a word that of the reader, who may have several: the one that their
/// organisation came in by, or the one that was founded first.
fn chosen(visit: &Visit<'_>, programmes: &[Programme]) -> Result<Option<Programme>, Problem> {
    let find = |id: ProgrammeId| programmes.iter().find(|one| one.id == id);
    let Which { programme } = visit.query()?;
    if !programme.is_empty() {
        let named = programme.parse().ok().and_then(find);
        return named.cloned().map(Some).ok_or(Problem::NotFound);
    }
    let own = match visit.actor.organisation() {
        Some(own) if programmes.len() > 1 => {
            visit.read(|conn| store::programmes::first_of(conn, own))?.and_then(find)
        }
        _ => None,
    };
    Ok(own.or(programmes.first()).cloned())
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let may_found = visit.actor.may(Action::FoundProgramme).is_ok();
    let programmes = visit.read(|conn| store::programmes::list(conn, &visit.reach))?;
    let Some(programme) = chosen(visit, &programmes)? else {
        return Reply::page(&NonePage { shell: visit.shell(w.programme_none_title()), may_found });
    };
    let (targets, parties, figures) = visit.read(|conn| {
        let targets = store::programmes::targets(conn, programme.id)?;
        let parties = store::programmes::parties(conn, &programme)?;
        let figures =
            visit.site.figures_of.ask(programme.id, || store::programmes::figures(conn, programme.id))?;
        Ok((targets, parties, figures))
    })?;
    let this_year = visit.today().year();
    let discreet = matches!(visit.reach.extent(), Extent::Figures(_));
    let others = programmes.iter().filter(|one| one.id != programme.id);
    Reply::page(&ProgrammePage {
        shell: visit.shell(programme.name.as_str()),
        lede: lede(w, &programme, &parties),
        figures: figure_views(w, figures, &targets, discreet, this_year),
        targets: targets.iter().map(|t| target_view(w, t, this_year)).collect(),
        parties: [
            (Capacity::Funder, w.programme_funders()),
            (Capacity::TrainingBody, w.programme_training_bodies()),
            (Capacity::Certifier, w.programme_certifiers()),
        ]
        .map(|(kind, label)| (label, named(&parties, kind)))
        .into(),
        others: others.map(|one| (one.id, one.name.to_string())).collect(),
        may_found,
        sets: visit.actor.may(Action::SetTargets).ok().map(|_| programme.id),
    })
}

impl Counted for Figures {
    fn rows(&self) -> i64 {
        self.companies + self.sessions + self.aware
    }
}

fn named(parties: &[(Capacity, String)], kind: Capacity) -> Vec<String> {
    parties.iter().filter(|(capacity, _)| *capacity == kind).map(|(_, name)| name.clone()).collect()
}

fn lede(w: Words, programme: &Programme, parties: &[(Capacity, String)]) -> String {
    let region = reference::region(&programme.region).map_or(programme.region.as_str(), |r| r.name);
    let operator = named(parties, Capacity::Operator).join(", ");
    let ends = programme.ends_on.map(|day| w.short_day(day));
    w.programme_lede(region, &operator, &w.short_day(programme.starts_on), ends.as_deref())
}

fn figure_views(
    w: Words,
    figures: Figures,
    targets: &[Target],
    discreet: bool,
    this_year: i32,
) -> Vec<FigureView> {
    let told = |count: i64| {
        if discreet && !is_told(count) { w.fewer_than_five().to_owned() } else { w.number(count) }
    };
    let aim = targets.iter().find(|t| t.kind == TargetKind::PeopleAware);
    let hidden = discreet && !is_told(figures.aware);
    let share =
        aim.filter(|_| !hidden).map(|t| w.share_of_target(figures.aware, t.people, t.by_year, this_year));
    vec![
        FigureView {
            label: w.programme_aware(),
            number: told(figures.aware),
            below: share.unwrap_or_default(),
        },
        FigureView { label: w.programme_companies(), number: told(figures.companies), below: String::new() },
        FigureView {
            label: w.programme_sessions(),
            number: w.number(figures.sessions),
            below: String::new(),
        },
    ]
}

fn target_view(w: Words, target: &Target, this_year: i32) -> TargetView {
    TargetView {
        label: w.target_kind(target.kind),
        people: w.number(target.people),
        by: target.by_year.map(|year| w.target_year(year, this_year)).unwrap_or_default(),
    }
}

const NAME: Field<Name> = Field::line("name", Words::programme_name, Words::name_empty_mistake);
const SHORT_NAME: Field<Name> =
    Field::line("short_name", Words::programme_short_name, Words::name_empty_mistake)
        .help(Words::programme_short_name_help);
const REGION: Field<String> =
    Field::select("region", Words::programme_region, Words::programme_region_mistake)
        .missing(Words::programme_region_mistake);
const OPERATOR: Field<OrganisationId> =
    Field::select("operator", Words::programme_operator, Words::programme_operator_mistake)
        .help(Words::programme_operator_help);
const STARTS_ON: Field<Day> = Field::day("starts_on", Words::programme_starts, Words::day_mistake);
const ENDS_ON: Optional<Day> = Field::day("ends_on", Words::programme_ends, Words::day_mistake).optional();

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::EndsBeforeStart => ENDS_ON.name(),
            Self::Region => REGION.name(),
            Self::NotAnOperator => OPERATOR.name(),
        })
    }
}

fn found<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let operators =
        visit.read(|conn| store::organisations::choices(conn, &visit.reach, Capacity::Operator, 200))?;
    let choose = || iter::once(Choice::new("", w.programme_choose()));
    let has_operator = !operators.is_empty();
    let form = Form::new(visit, w.programme_found_title())
        .to("/programmes")
        .back("/programme", w.programme())
        .lede(w.programme_found_help())
        .ask(NAME)
        .ask(SHORT_NAME)
        .ask(REGION)
        .among(choose().chain(reference::regions().iter().map(|one| Choice::new(one.code, one.name))))
        .ask(OPERATOR)
        .among(choose().chain(operators.into_iter().map(|(id, name)| Choice::new(id, name))))
        .ask(STARTS_ON)
        .ask(ENDS_ON)
        .button(w.programme_found())
        .submits(
            |form| {
                Some(NewProgramme {
                    short_name: form.get(SHORT_NAME)?,
                    name: form.get(NAME)?,
                    region: form.get(REGION)?,
                    operator: form.get(OPERATOR)?,
                    starts_on: form.get(STARTS_ON)?,
                    ends_on: form.get(ENDS_ON)?,
                })
            },
            |new| {
                actions::programmes::found(visit.house, &visit.actor, &new)?;
                Ok(new.name)
            },
            move |name| Reply::see_with("/programme", w.programme_founded(name.as_str())),
        );
    Ok(if has_operator {
        form
    } else {
        form.lacks(w.programme_no_operator(), "/entreprises/nouvelle", w.organisation_register())
    })
}
