//! The public programme: what it aims at, who takes part, how far it is.

mod targets;

use crate::forms::fields::{Choice, Field};
use crate::forms::mistakes::Mistakes;
use crate::frame::cache::Counted;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use askama::Template;
use domain::access::{Action, Extent};
use domain::calendar::Day;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::Capacity;
use domain::programmes::{NewProgramme, Programme, Refusal, Target, TargetKind, is_told};
use domain::reference;
use domain::text::Name;
use serde::Deserialize;
use store::{self, programmes::Figures};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get_blocking("/programme", Action::ReadProgramme, show);
    routes.get("/programmes/nouveau", Action::FoundProgramme, ask_new);
    routes.post("/programmes", Action::FoundProgramme, found);
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
            visit.house.store.read(|conn| store::programmes::first_of(conn, own))?.and_then(find)
        }
        _ => None,
    };
    Ok(own.or(programmes.first()).cloned())
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let may_found = visit.actor.may(Action::FoundProgramme).is_ok();
    let programmes = visit.house.store.read(|conn| store::programmes::list(conn, &visit.reach))?;
    let Some(programme) = chosen(visit, &programmes)? else {
        return Reply::page(&NonePage { shell: visit.shell(w.programme_none_title()), may_found });
    };
    let (targets, parties, figures) = visit.house.store.read(|conn| {
        let targets = store::programmes::targets(conn, programme.id)?;
        let parties = store::programmes::parties(conn, &programme)?;
        let figures =
            visit.site.figures_of.ask(programme.id, || store::programmes::figures(conn, programme.id))?;
        Ok::<_, store::Error>((targets, parties, figures))
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

#[derive(Deserialize, Default)]
struct Form {
    #[serde(default)]
    name: String,
    #[serde(default)]
    short_name: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    operator: String,
    #[serde(default)]
    starts_on: String,
    #[serde(default)]
    ends_on: String,
}

impl Form {
    fn read(&self, w: Words) -> Result<NewProgramme, Mistakes> {
        let mut mistakes = Mistakes::default();
        let mut name = |id, typed: &str| {
            let parsed = typed.parse::<Name>();
            parsed.map_err(|_| mistakes.add(id, w.name_empty_mistake())).ok()
        };
        let (whole, short) = (name("name", &self.name), name("short_name", &self.short_name));
        let region = reference::region(&self.region).map(|r| r.code.to_owned());
        if region.is_none() {
            mistakes.add("region", w.programme_region_mistake());
        }
        let operator = self.operator.parse::<OrganisationId>().ok();
        if operator.is_none() {
            mistakes.add("operator", w.programme_operator_mistake());
        }
        let starts_on = self.starts_on.parse::<Day>().ok();
        if starts_on.is_none() {
            mistakes.add("starts_on", w.day_mistake());
        }
        let ends_on = mistakes.parse("ends_on", &self.ends_on, |_| w.day_mistake().to_owned());
        match (whole, short, region, operator, starts_on) {
            (Some(name), Some(short_name), Some(region), Some(operator), Some(starts_on))
                if mistakes.is_empty() =>
            {
                Ok(NewProgramme { short_name, name, region, operator, starts_on, ends_on })
            }
            _ => Err(mistakes),
        }
    }
}

#[derive(Template)]
#[template(path = "programmes/form.html")]
struct FormPage {
    shell: Shell,
    fields: Vec<Field>,
    mistakes: Mistakes,
    has_operator: bool,
}

fn page(visit: &Visit<'_>, form: &Form, mistakes: Mistakes) -> Result<FormPage, Problem> {
    let w = visit.w;
    let organisations = visit
        .house
        .store
        .read(|conn| store::organisations::choices(conn, &visit.reach, Capacity::Operator, 200))?;
    let mut operators = vec![Choice::new("", w.programme_choose(), form.operator.is_empty())];
    operators.extend(organisations.iter().map(|(id, name)| {
        let id = id.to_string();
        let chosen = form.operator == id;
        Choice::new(id, name.clone(), chosen)
    }));
    let mut regions = vec![Choice::new("", w.programme_choose(), form.region.is_empty())];
    regions.extend(reference::regions().iter().map(|r| Choice::new(r.code, r.name, form.region == r.code)));
    let fields = [
        Field::input("name", "text", w.programme_name(), &form.name),
        Field::input("short_name", "text", w.programme_short_name(), &form.short_name)
            .help(w.programme_short_name_help()),
        Field::select("region", w.programme_region(), regions),
        Field::select("operator", w.programme_operator(), operators).help(w.programme_operator_help()),
        Field::date("starts_on", w.programme_starts(), &form.starts_on),
        Field::date("ends_on", w.programme_ends(), &form.ends_on).optional(w),
    ];
    Ok(FormPage {
        shell: visit.shell(w.programme_found_title()),
        fields: fields.into_iter().map(|f| f.mended_by(&mistakes)).collect(),
        mistakes,
        has_operator: !organisations.is_empty(),
    })
}

fn ask_new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, &Form::default(), Mistakes::default())?)
}

fn found(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: Form = visit.form()?;
    let new = match form.read(visit.w) {
        Ok(new) => new,
        Err(mistakes) => return Reply::form_again(&page(visit, &form, mistakes)?),
    };
    match actions::programmes::found(visit.house, &visit.actor, &new) {
        Ok(_) => Ok(Reply::see_with("/programme", visit.w.programme_founded(new.name.as_str()))),
        Err(actions::Error::Refused(actions::Refusal::Programme(no))) => {
            let field = match no {
                Refusal::EndsBeforeStart => "ends_on",
                Refusal::Region => "region",
                Refusal::NotAnOperator => "operator",
            };
            let mut mistakes = Mistakes::default();
            mistakes.add(field, visit.w.programme_refusal(no));
            Reply::form_again(&page(visit, &form, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
