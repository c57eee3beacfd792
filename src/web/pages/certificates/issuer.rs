//! Under which name a certifier signs, and who answers for it.

use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::certificates::{Issuer, Refusal, Signatory};
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/certificats/signature", Action::EditIssuer, ask);
    routes.post("/certificats/signature", Action::EditIssuer, settle);
}

#[derive(Template)]
#[template(path = "certificates/issuer.html")]
struct IssuerPage {
    shell: Shell,
    /// Where its public keys stand, once the name is chosen.
    keys: Option<String>,
    form: Form,
    mistakes: Mistakes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    nom: String,
    signataire: String,
    qualite: String,
}

fn known(visit: &Visit<'_>) -> Result<Option<Issuer>, Problem> {
    let certifier = store::certificates::certifier_of(&visit.reach)?;
    Ok(visit.house.store.read(|conn| store::certificates::issuer_of(conn, certifier))?)
}

fn page(visit: &Visit<'_>, known: Option<&Issuer>, form: Form, mistakes: Mistakes) -> IssuerPage {
    let keys = known.map(|issuer| format!("{}/did.json", issuer.did.folder()));
    IssuerPage { shell: visit.shell(visit.w.issuer_title()), keys, form, mistakes }
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let known = known(visit)?;
    let form = known.as_ref().map_or_else(Form::default, |issuer| Form {
        nom: issuer.did.name().to_owned(),
        signataire: issuer.signatory.name.to_string(),
        qualite: issuer.signatory.quality.to_string(),
    });
    Reply::page(&page(visit, known.as_ref(), form, Mistakes::default()))
}

fn settle(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let known = known(visit)?;
    let form: Form = visit.form()?;
    let mut mistakes = Mistakes::default();
    let name = mistakes.read("signataire", form.signataire.parse(), w.issuer_signatory_missing());
    let quality = mistakes.read("qualite", form.qualite.parse(), w.issuer_quality_missing());
    let (Some(name), Some(quality)) = (name, quality) else {
        return Reply::form_again(&page(visit, known.as_ref(), form, mistakes));
    };
    let signatory = Signatory { name, quality };
    match actions::certificates::settle_issuer(visit.house, &visit.actor, form.nom.trim(), signatory) {
        Ok(()) => Ok(Reply::see_with("/certificats/signature", w.issuer_kept())),
        Err(Error::Refused(actions::Refusal::Certificate(
            no @ (Refusal::IssuerName | Refusal::IssuerNameTaken | Refusal::NoHost),
        ))) => {
            let mistakes = Mistakes::one("nom", w.certificate_refusal(&no));
            Reply::form_again(&page(visit, known.as_ref(), form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}
