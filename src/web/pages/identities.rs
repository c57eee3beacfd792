//! Who a candidate is by birth, for themselves and for the certifier.

mod form;

use crate::forms::{Declared, Form};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::identities::Identity;
use actions::{self, Error, candidacies::Whole};
use askama::Template;
use domain::access::Action;
use domain::calendar::Zone;
use domain::declarations::Holder;
use domain::ids::CandidacyId;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/candidatures/{candidacy}/identite", Action::ReadIdentity, one);
    routes.get("/candidatures/{candidacy}/identite/saisie", Action::TellIdentity, ask);
    routes.form_of_page("/candidatures/{candidacy}/identite/saisie", Action::TellIdentity, tell);
}

/// The candidacy within reach, the identity told in it, and whether it may be told now.
fn found(visit: &Visit<'_>) -> Result<(Whole, Option<Identity>, bool), Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    let found = visit.house.store.read(|conn| {
        let whole = actions::candidacies::whole(conn, &visit.reach, id)?;
        let identity = actions::identities::read(visit.house, conn, &visit.reach, id)?;
        let is_open = actions::identities::is_open(conn, &whole.seen)?;
        Ok::<_, Error>((whole, identity, is_open))
    })?;
    Ok(found)
}

#[derive(Template)]
#[template(path = "identities/one.html")]
struct OnePage {
    shell: Shell,
    id: CandidacyId,
    /// What the candidacy is called for its reader.
    candidacy: String,
    is_own: bool,
    /// Whether the reader may tell it, or tell it anew.
    may_tell: bool,
    facts: Vec<(&'static str, String)>,
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (whole, identity, is_open) = found(visit)?;
    let is_own = visit.actor.person() == Some(whole.seen.person);
    let candidacy = if is_own { whole.entrance.title.to_string() } else { whole.candidate.full() };
    Reply::page(&OnePage {
        shell: visit.shell(visit.w.identity()),
        id: whole.seen.id,
        candidacy,
        is_own,
        may_tell: is_own && is_open,
        facts: identity.map(|identity| facts(visit.w, &identity)).unwrap_or_default(),
    })
}

fn facts(w: Words, identity: &Identity) -> Vec<(&'static str, String)> {
    let Holder { birth_name, other_names, born, sex, birthplace, .. } = &identity.holder;
    let mut facts = vec![(w.birth_name(), birth_name.as_str().to_owned())];
    facts.extend(other_names.usual.as_ref().map(|name| (w.usual_name(), name.as_str().to_owned())));
    facts.extend([
        (w.first_names(), identity.holder.given_names().join(", ")),
        (w.birth_date_label(), w.short_birth_date(*born)),
        (w.sex_label(), w.sex(*sex).to_owned()),
        (w.birthplace_label(), w.birthplace(birthplace)),
        (w.identity_confirmed_on(), w.moment(identity.confirmed_at, Zone::OFFICE)),
    ]);
    facts
}

/// The form, while it may be told.
fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (whole, _, is_open) = found(visit)?;
    if is_open { tell(visit)?.show() } else { Ok(Reply::see(&path_of(whole.seen.id))) }
}

fn tell<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, (whole, identity, _)) = (visit.w, found(visit)?);
    let id = whole.seen.id;
    let form = Form::new(visit, w.identity())
        .from(&format!("/candidatures/{id}"), w.candidacy())
        .lede(w.identity_help())
        .button(w.save());
    Ok(form::ask(form, identity.as_ref().map(|identity| &identity.holder)).submits(
        form::told,
        move |told| actions::identities::tell(visit.house, &visit.actor, id, &told),
        move |()| Reply::see_with(&path_of(id), w.identity_told()),
    ))
}

fn path_of(id: CandidacyId) -> String {
    format!("/candidatures/{id}/identite")
}
