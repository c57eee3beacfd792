//! Who a candidate is by birth, for themselves and for the certifier.

mod form;

use crate::forms::fields::Choice;
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::identities::Identity;
use actions::{self, Error, candidacies::Whole};
use askama::Template;
use domain::access::Action;
use domain::calendar::Zone;
use domain::declarations::{Holder, Sex};
use domain::identities::Refusal;
use domain::ids::CandidacyId;
use form::{Answer, Form, Place};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/candidatures/{candidacy}/identite", Action::ReadIdentity, one);
    routes.get("/candidatures/{candidacy}/identite/saisie", Action::TellIdentity, ask);
    routes.post("/candidatures/{candidacy}/identite/saisie", Action::TellIdentity, tell);
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

#[derive(Template)]
#[template(path = "identities/form.html")]
struct FormPage {
    shell: Shell,
    id: CandidacyId,
    form: Form,
    sexes: Vec<(String, String)>,
    places: Vec<(String, String)>,
    communes: Vec<Choice>,
    mistakes: Mistakes,
}

fn form_page(visit: &Visit<'_>, id: CandidacyId, form: Form, answer: Answer) -> FormPage {
    let w = visit.w;
    let none = (String::new(), w.choose().to_owned());
    let sexes = Sex::ALL.iter().map(|sex| (sex.to_string(), w.sex(*sex).to_owned()));
    let places = Place::ALL.iter().map(|place| (place.to_string(), place.said(w).to_owned()));
    FormPage {
        shell: visit.shell(w.identity()),
        id,
        form,
        sexes: [none.clone()].into_iter().chain(sexes).collect(),
        places: [none].into_iter().chain(places).collect(),
        communes: answer.communes,
        mistakes: answer.mistakes,
    }
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (whole, identity, is_open) = found(visit)?;
    let id = whole.seen.id;
    if !is_open {
        return Ok(Reply::see(&format!("/candidatures/{id}/identite")));
    }
    let form = identity.map(|identity| Form::of(&identity.holder)).unwrap_or_default();
    Reply::page(&form_page(visit, id, form, Answer::default()))
}

fn tell(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = found(visit)?.0.seen.id;
    let form: Form = visit.form()?;
    let told = match form.read(visit.w) {
        Ok(told) => told,
        Err(answer) => return Reply::form_again(&form_page(visit, id, form, answer)),
    };
    let refused = match actions::identities::tell(visit.house, &visit.actor, id, &told) {
        Ok(()) => {
            return Ok(Reply::see_with(&format!("/candidatures/{id}/identite"), visit.w.identity_told()));
        }
        Err(Error::Refused(actions::Refusal::Identity(no))) => {
            Mistakes::one(field_of(no), visit.w.identity_refusal(no))
        }
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => {
            Mistakes::one("", visit.w.candidacy_refusal(no))
        }
        Err(other) => return Err(other.into()),
    };
    Reply::form_again(&form_page(visit, id, form, Answer { mistakes: refused, ..Answer::default() }))
}

const fn field_of(no: Refusal) -> &'static str {
    match no {
        Refusal::NotAttested => "attestation",
        Refusal::BornLater => "naissance",
        Refusal::NoLetter | Refusal::Unprintable(_) => "nom",
    }
}
