//! An organisation that is known already, found by its number and added to a programme without being typed again.

use super::commune_name;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::organisations::Brought;
use askama::Template;
use domain::access::Action;
use domain::ids::{AgreementId, ProgrammeId};
use domain::organisations::{Number, Siret};
use serde::Deserialize;

pub(super) fn routes(routes: &mut Routes) {
    routes.post("/entreprises/participations", Action::RegisterOrganisation, join);
}

/// What was looked for, and what was found.
#[derive(Debug, Template)]
#[template(path = "organisations/lookup.html")]
pub(super) struct Lookup {
    shell: Shell,
    pub(super) typed: String,
    pub(super) mistake: String,
    pub(super) found: Vec<KnownView>,
    /// The number, when it is right and nobody bears it: it goes on to the form.
    pub(super) free: Option<Number>,
}

#[derive(Debug)]
pub(super) struct KnownView {
    pub(super) name: String,
    pub(super) siret: String,
    pub(super) commune: String,
    /// The page of the organisation, for who reaches it already.
    pub(super) page: Option<String>,
    pub(super) takes_part: String,
    /// What it was asked and has not answered yet.
    pub(super) asked: Vec<AgreementId>,
    /// Programmes that it may join, with what the button says.
    pub(super) joins: Vec<(ProgrammeId, String)>,
}

pub(super) fn look_up(visit: &Visit<'_>, typed: &str) -> Result<Lookup, Problem> {
    let w = visit.w;
    let nothing = |mistake: &str| Lookup {
        shell: visit.shell(""),
        typed: typed.trim().to_owned(),
        mistake: mistake.to_owned(),
        found: Vec::new(),
        free: None,
    };
    if typed.trim().is_empty() {
        return Ok(nothing(""));
    }
    let Ok(number) = typed.parse::<Number>() else {
        return Ok(nothing(w.organisation_number_mistake()));
    };
    let (programmes, bearers, waiting) = visit.read(|conn| {
        let programmes = store::programmes::list(conn, &visit.reach)?;
        let ids: Vec<ProgrammeId> = programmes.iter().map(|p| p.id).collect();
        let bearers = store::organisations::bearers(conn, &number, &ids)?;
        let waiting = match bearers.as_slice() {
            [] => Vec::new(),
            some => {
                store::agreements::waiting(conn, &ids, &some.iter().map(|one| one.id).collect::<Vec<_>>())?
            }
        };
        Ok((programmes, bearers, waiting))
    })?;
    let found = bearers.into_iter().map(|bearer| {
        let (joined, open): (Vec<_>, Vec<_>) =
            programmes.iter().partition(|p| bearer.programmes.contains(&p.id));
        let asked: Vec<_> = waiting.iter().filter(|(_, _, of)| *of == bearer.id).collect();
        let is_asked = |id| asked.iter().any(|(_, programme, _)| *programme == id);
        let open = open.into_iter().filter(|p| !is_asked(p.id));
        let names: Vec<&str> = joined.iter().map(|p| p.name.as_str()).collect();
        KnownView {
            page: (!joined.is_empty()).then(|| format!("/entreprises/{}", bearer.id)),
            name: bearer.name,
            siret: bearer.siret.to_string(),
            commune: bearer.commune.as_ref().map(commune_name).unwrap_or_default(),
            takes_part: if names.is_empty() { String::new() } else { w.organisation_takes_part(&names) },
            asked: asked.iter().map(|(id, ..)| *id).collect(),
            joins: open.map(|p| (p.id, w.organisation_join(p.name.as_str()))).collect(),
        }
    });
    let found: Vec<KnownView> = found.collect();
    let free = Some(number).filter(|_| found.is_empty());
    Ok(Lookup { found, free, ..nothing("") })
}

#[derive(Deserialize)]
struct JoinForm {
    programme: String,
    siret: String,
}

fn join(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: JoinForm = visit.form()?;
    let programme: ProgrammeId = form.programme.parse().map_err(|_| Problem::Unreadable)?;
    let siret: Siret = form.siret.parse().map_err(|_| Problem::Unreadable)?;
    let brought = actions::organisations::bring(visit.house, &visit.actor, programme, &siret)?;
    Ok(told(visit, &brought))
}

/// Leads to the page of what takes part now, or to that of what it was asked.
pub(super) fn told(visit: &Visit<'_>, brought: &Brought) -> Reply {
    match brought {
        Brought::Joined { id, name } => {
            Reply::see_with(&format!("/entreprises/{id}"), visit.w.organisation_joined(name.as_str()))
        }
        Brought::Asked { agreement, name } => {
            Reply::see_with(&format!("/accords/{agreement}"), visit.w.agreement_asked_now(name.as_str()))
        }
    }
}
