//! The parties of a programme: the list, a page each, and the form.

mod form;
mod known;

use crate::forms::{Choice, Declared, Form};
use crate::frame::reply::CSV;
use crate::frame::visit::address;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::organisations::{Registered, decides_what_it_is};
use askama::Template;
use domain::access::{Action, Extent};
use domain::ids::OrganisationId;
use domain::organisations::{Capacity, Organisation, Profile};
use domain::reference::{self, CommuneCode};
use serde::{Deserialize, Serialize};
use std::iter;
use store::{self, Portion};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/entreprises", Action::ReadOrganisations, list);
    routes.get_blocking("/entreprises/export.csv", Action::ExportOrganisations, export);
    routes.form_at("/entreprises/nouvelle", "/entreprises", Action::RegisterOrganisation, register);
    routes.get("/entreprises/{organisation}", Action::ReadOrganisations, show);
    routes.form("/entreprises/{organisation}/modification", Action::EditOrganisation, edit);
    routes.get("/organisation", Action::ReadOrganisations, own);
    known::routes(routes);
}

struct ListedView {
    id: OrganisationId,
    name: String,
    capacities: Vec<&'static str>,
    commune: String,
    siret: String,
    headcount: String,
}

#[derive(Template)]
#[template(path = "organisations/list.html")]
struct ListPage {
    shell: Shell,
    words: String,
    /// What was asked for, and what may be.
    kind: String,
    kinds: Vec<Choice>,
    department: String,
    departments: Vec<Choice>,
    filtered: bool,
    may_register: bool,
    organisations: Vec<ListedView>,
    next: Option<String>,
    /// Where the whole list is a file, for those who may take it away.
    file: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
struct Search {
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    departement: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    apres: String,
}

impl Search {
    fn wanted(&self) -> store::organisations::Wanted {
        store::organisations::Wanted {
            words: self.q.clone(),
            capacity: self.role.parse().ok(),
            department: reference::department(&self.departement).map(|d| d.code.to_owned()),
        }
    }

    /// The same question at another address, after a row or from the first.
    fn link(&self, path: &str, after: &str) -> String {
        address(path, &Self { apres: after.to_owned(), ..self.clone() })
    }
}

/// What the page lists, all its pages in one file.
fn export(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let wanted = visit.query::<Search>()?.wanted();
    let export = actions::organisations::export(&visit.actor, visit.w, wanted)?;
    Reply::export(visit, "entreprises.csv", CSV, export)
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let search: Search = visit.query()?;
    let wanted = search.wanted();
    let page = visit
        .read(|conn| store::organisations::list(conn, &visit.reach, &wanted, Portion::Page, &search.apres))?;
    let w = visit.w;
    let may_export = visit.actor.may(Action::ExportOrganisations).is_ok();
    let every_kind = iter::once(Choice::new("", w.organisation_every_kind()));
    let kinds = Capacity::ALL.iter().map(|one| Choice::new(one, w.capacity(*one)));
    let everywhere = iter::once(Choice::new("", w.organisation_everywhere()));
    let departments = reference::departments();
    let departments =
        departments.iter().map(|one| Choice::new(one.code, format!("{} ({})", one.name, one.code)));
    Reply::page(&ListPage {
        shell: visit.shell(w.organisations_title()),
        filtered: !search.q.is_empty()
            || wanted.capacity.is_some()
            || wanted.department.is_some()
            || !search.apres.is_empty(),
        next: page.next.map(|cursor| search.link("/entreprises", &cursor)),
        file: (may_export && !page.rows.is_empty()).then(|| search.link("/entreprises/export.csv", "")),
        words: search.q,
        kind: wanted.capacity.map(|one| one.to_string()).unwrap_or_default(),
        kinds: every_kind.chain(kinds).collect(),
        department: wanted.department.clone().unwrap_or_default(),
        departments: everywhere.chain(departments).collect(),
        may_register: visit.actor.may(Action::RegisterOrganisation).is_ok(),
        organisations: page.rows.into_iter().map(|row| listed_view(w, row)).collect(),
    })
}

fn listed_view(w: Words, row: store::organisations::Listed) -> ListedView {
    ListedView {
        id: row.id,
        name: row.name,
        capacities: row.capacities.iter().map(|c| w.capacity(*c)).collect(),
        commune: row.commune.as_ref().map(commune_name).unwrap_or_default(),
        siret: row.siret.map(|s| s.to_string()).unwrap_or_default(),
        headcount: row.headcount.map(|n| w.headcount(n)).unwrap_or_default(),
    }
}

/// « Douai (59) ».
pub(super) fn commune_name(code: &CommuneCode) -> String {
    code.known().map_or_else(|| code.to_string(), |c| format!("{} ({})", c.name, c.department))
}

#[derive(Template)]
#[template(path = "organisations/page.html")]
struct OrganisationPage {
    shell: Shell,
    id: OrganisationId,
    capacities: Vec<&'static str>,
    facts: Vec<(&'static str, String)>,
    may_list: bool,
    may_read_staff: bool,
    /// Whether its page and its people are the reader's to keep.
    keeps: bool,
    /// Said to who might keep it, were it not for its own people.
    kept_by_itself: String,
    /// Whether the page of what it is asked is the reader's too.
    is_own: bool,
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: OrganisationId = visit.part("organisation")?;
    let today = visit.today();
    let edits = visit.actor.may(Action::EditOrganisation).ok();
    let (known, programmes, keeps, has_people) = visit.read(|conn| {
        let known = store::organisations::get(conn, &visit.reach, id)?;
        let programmes = store::programmes::with(conn, &visit.reach, id)?;
        let keeps = edits.map_or(Ok(false), |reach| store::members::covers(conn, &reach, id, today))?;
        let is_asked = edits.is_some() && !keeps;
        let has_people = is_asked && store::members::keeps_itself(conn, id, today)?;
        Ok((known, programmes, keeps, has_people))
    })?;
    let w = visit.w;
    let is_own = visit.actor.organisation() == Some(id);
    let Profile { name, capacities, .. } = &known.profile;
    let mut facts = facts(w, &known);
    if !programmes.is_empty() {
        let names: Vec<&str> = programmes.iter().map(|p| p.name.as_str()).collect();
        facts.push((w.organisation_programmes(), names.join(", ")));
    }
    Reply::page(&OrganisationPage {
        shell: visit.shell(name.as_str()),
        id,
        capacities: capacities.iter().map(|c| w.capacity(*c)).collect(),
        facts,
        may_list: decides_what_it_is(visit.reach.extent()),
        kept_by_itself: match edits {
            Some(_) if !keeps && has_people => w.organisation_keeps_itself(name.as_str()),
            Some(_) if !keeps => w.organisation_kept_by_another(name.as_str()),
            _ => String::new(),
        },
        keeps,
        may_read_staff: visit.actor.may(Action::ReadStaff).is_ok() && is_own,
        is_own: is_own && visit.actor.may(Action::ReadAgreements).is_ok(),
    })
}

fn facts(w: Words, known: &Organisation) -> Vec<(&'static str, String)> {
    let profile = &known.profile;
    let unknown = || w.organisation_unknown().to_owned();
    let is = |capacity| profile.capacities.contains(&capacity);
    let activity = profile.activity.as_ref().map(|a| {
        let label = reference::naf(&a.code).map(|n| n.label).unwrap_or_default();
        format!("{} {label}", a.code)
    });
    let mut facts = vec![
        (w.organisation_siret(), profile.siret.as_ref().map_or_else(unknown, ToString::to_string)),
        (w.organisation_commune(), profile.commune.as_ref().map_or_else(unknown, commune_name)),
        (w.organisation_activity(), activity.unwrap_or_else(unknown)),
        (w.organisation_headcount(), profile.headcount.map_or_else(unknown, |n| w.headcount(n))),
    ];
    if is(Capacity::Company) {
        let requests = if known.approves_requests {
            w.organisation_approves_yes()
        } else {
            w.organisation_approves_no()
        };
        facts.push((
            w.organisation_idcc(),
            profile.idcc.as_ref().map_or_else(unknown, |i| i.as_str().to_owned()),
        ));
        facts.push((w.organisation_opco(), profile.opco.map_or_else(unknown, |o| o.label().to_owned())));
        facts.push((w.organisation_requests(), requests.to_owned()));
    }
    if is(Capacity::TrainingBody) {
        facts.push((w.organisation_nda(), profile.nda.as_ref().map_or_else(unknown, ToString::to_string)));
    }
    facts
}

/// Leads a member to the page of the organisation that they act for; an administrator acts for none.
#[expect(clippy::unnecessary_wraps, reason = "a handler like the others")]
fn own(visit: &Visit<'_>) -> Result<Reply, Problem> {
    match visit.actor.organisation() {
        Some(id) => Ok(Reply::see(&format!("/entreprises/{id}"))),
        None => Ok(Reply::see("/entreprises")),
    }
}

#[derive(Deserialize)]
struct Looked {
    #[serde(default)]
    numero: String,
}

fn register<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let lookup = known::look_up(visit, &visit.query::<Looked>()?.numero)?;
    let programmes = visit.read(|conn| store::programmes::list(conn, &visit.reach))?;
    let form = Form::new(visit, w.organisation_new_title())
        .to("/entreprises")
        .back("/entreprises", w.back())
        .headed(w.organisation_otherwise())
        .button(w.save());
    let form = match programmes.as_slice() {
        [] => form,
        [one] => form.lede(joins(visit, one.name.as_str())),
        several => form::ask_programme(form, several),
    };
    form::ask(form, None, lookup.free.as_ref(), true)
        .submits(
            |form| Some((form::profile(form, None)?, form::joining(form))),
            |((profile, approves), joining)| {
                let (house, actor) = (visit.house, &visit.actor);
                let done = actions::organisations::register(house, actor, &profile, approves, joining)?;
                Ok((done, profile))
            },
            move |(done, profile)| match done {
                Registered::Known(brought) => known::told(visit, &brought),
                Registered::New(id) => {
                    let said = w.organisation_registered(profile.name.as_str());
                    Reply::see_with(&format!("/entreprises/{id}"), with_advice(w, said, &profile))
                }
            },
        )
        .before(&lookup)
}

fn joins(visit: &Visit<'_>, programme: &str) -> String {
    match visit.reach.extent() {
        Extent::Everything => visit.w.organisation_joins_unless_operator(programme),
        _ => visit.w.organisation_joins(programme),
    }
}

/// What was done, and what of it one should look at again.
fn with_advice(w: Words, said: String, profile: &Profile) -> String {
    let trains = profile.capacities.contains(&Capacity::TrainingBody);
    match &profile.nda {
        None if trains => format!("{said} {}", w.organisation_nda_missing()),
        Some(nda) if !nda.is_usual() => format!("{said} {}", w.organisation_nda_odd()),
        Some(_) | None => said,
    }
}

/// The organisation of the path, if it is the reader's to keep.
fn edit<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id, now) = (visit.w, visit.part("organisation")?, visit.house.clock.now());
    let known = visit.house.store.read(|conn| actions::organisations::kept(conn, &visit.reach, id, now))?;
    let decides = decides_what_it_is(visit.reach.extent());
    let path = format!("/entreprises/{id}");
    let form = Form::new(visit, w.organisation_edit_title(known.profile.name.as_str()))
        .back(&path, w.back())
        .button(w.save());
    Ok(form::ask(form, Some(&known), None, decides).submits(
        move |form| form::profile(form, (!decides).then_some(&known.profile)),
        move |(profile, approves)| {
            actions::organisations::edit(visit.house, &visit.actor, id, &profile, approves)?;
            Ok(profile)
        },
        move |profile| {
            let said = w.organisation_saved(profile.name.as_str());
            Reply::see_with(&path, with_advice(w, said, &profile))
        },
    ))
}
