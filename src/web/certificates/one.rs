//! One certificate: what it says, its paper and its badge; and what its certifier does with it.

use super::{facts, mark};
use crate::actions::certificates::Extent;
use crate::actions::{self, Error};
use crate::domain::access::Action;
use crate::domain::badges::BadgeId;
use crate::domain::certificates::{CertificateState, Claims};
use crate::store;
use crate::store::certificates::Certificate;
use crate::web::doors::Doors;
use crate::web::error::Problem;
use crate::web::mistakes::Mistakes;
use crate::web::page::Shell;
use crate::web::reply::Reply;
use crate::web::sure::{SureForm, SurePage};
use crate::web::visit::Visit;
use askama::Template;

pub fn doors(site: &mut Doors) {
    site.get("/certificats/{certificate}/fiche", Action::ReadCertificates, one);
    site.get_apart("/certificats/{certificate}/papier.pdf", Action::ReadCertificates, paper);
    site.get("/certificats/{certificate}/remplacement", Action::ChangeCertificate, ask_supersede);
    site.post("/certificats/{certificate}/remplacement", Action::ChangeCertificate, supersede);
    site.get("/certificats/{certificate}/renouvellement", Action::ChangeCertificate, ask_renew);
    site.post("/certificats/{certificate}/renouvellement", Action::ChangeCertificate, renew);
    site.get("/certificats/{certificate}/revocation", Action::ChangeCertificate, ask_revoke);
    site.post("/certificats/{certificate}/revocation", Action::ChangeCertificate, revoke);
}

#[derive(Template)]
#[template(path = "certificates/one.html")]
struct OnePage {
    shell: Shell,
    seen: Certificate,
    claims: Claims,
    /// The whole address at which anybody checks it.
    link: String,
    digest: String,
    facts: Vec<(&'static str, String)>,
    /// Whether the reader may replace or revoke it.
    may_change: bool,
    may_renew: bool,
    /// What is told of its standing.
    told: (String, String),
}

impl OnePage {
    fn mark(&self) -> &'static str {
        mark(self.seen.state)
    }
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let uuid: BadgeId = visit.part("certificate")?;
    let (seen, files, successor) = visit.house.store.read(|conn| {
        let seen = store::certificates::get(conn, &visit.reach, uuid)?;
        let files = store::certificates::files(conn, seen.id)?;
        let successor = store::certificates::successor(conn, seen.id)?;
        Ok::<_, store::Error>((seen, files, successor))
    })?;
    let claims = actions::certificates::claims(visit.house, &seen)?;
    let validity = claims.validity(seen.standing(), super::soon(visit).0);
    let is_valid = seen.state == CertificateState::Valid;
    let may_change = is_valid && visit.actor.may(Action::ChangeCertificate).is_ok();
    Reply::page(&OnePage {
        shell: visit.shell(w.certificate_word()),
        link: format!("{}/verifier/{}", visit.site.public_url, claims.code.as_str()),
        digest: files.paper_digest,
        facts: facts(w, &claims, Extent::Everything),
        may_change,
        may_renew: may_change && claims.renewable_from(super::soon(visit).0).is_ok(),
        told: (w.validity_title(validity), w.validity_sentence(validity, successor.as_deref())),
        seen,
        claims,
    })
}

/// To keep and to print, as it was issued.
fn paper(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (seen, bytes) = actions::certificates::paper(visit.house, &visit.reach, visit.part("certificate")?)?;
    Ok(Reply::file(&format!("{}.pdf", seen.number), "application/pdf", bytes))
}

/// What is done to a certificate; for a reason, but to renew it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Supersede,
    Renew,
    Revoke,
}

fn sure(visit: &Visit<'_>, deed: Deed, reason: &str, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let uuid: BadgeId = visit.part("certificate")?;
    let seen = visit.house.store.read(|conn| store::certificates::get(conn, &visit.reach, uuid))?;
    let (title, help, path) = match deed {
        Deed::Supersede => (w.supersede_label(), w.supersede_help(), "remplacement"),
        Deed::Renew => (w.renew_label(), w.renew_help(), "renouvellement"),
        Deed::Revoke => (w.revoke_label(), w.revoke_help(), "revocation"),
    };
    Ok(SurePage {
        shell: visit.shell(title),
        action: format!("/certificats/{uuid}/{path}"),
        back: format!("/certificats/{uuid}/fiche"),
        back_label: seen.number,
        help,
        quoted: String::new(),
        asked: (deed != Deed::Renew).then(|| w.certificate_reason_label()),
        reason: reason.to_owned(),
        buttons: vec![("", title)],
        is_grave: deed == Deed::Revoke,
        mistakes,
    })
}

fn ask_supersede(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&sure(visit, Deed::Supersede, "", Mistakes::default())?)
}

fn ask_renew(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&sure(visit, Deed::Renew, "", Mistakes::default())?)
}

fn ask_revoke(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&sure(visit, Deed::Revoke, "", Mistakes::default())?)
}

fn supersede(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let uuid: BadgeId = visit.part("certificate")?;
    known(visit, uuid)?;
    let form: SureForm = visit.form()?;
    match actions::certificates::supersede(visit.house, &visit.actor, uuid, &form.motif) {
        Ok(new) => Ok(Reply::see_with(&format!("/certificats/{new}/fiche"), visit.w.superseded_done())),
        Err(error) => again(visit, Deed::Supersede, &form.motif, error),
    }
}

fn renew(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let uuid: BadgeId = visit.part("certificate")?;
    known(visit, uuid)?;
    match actions::certificates::renew(visit.house, &visit.actor, uuid) {
        Ok(new) => Ok(Reply::see_with(&format!("/certificats/{new}/fiche"), visit.w.renewed_done())),
        Err(error) => again(visit, Deed::Renew, "", error),
    }
}

fn revoke(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let uuid: BadgeId = visit.part("certificate")?;
    known(visit, uuid)?;
    let form: SureForm = visit.form()?;
    match actions::certificates::revoke(visit.house, &visit.actor, uuid, &form.motif) {
        Ok(()) => Ok(Reply::see_with(&format!("/certificats/{uuid}/fiche"), visit.w.revoked_done())),
        Err(error) => again(visit, Deed::Revoke, &form.motif, error),
    }
}

/// What is out of reach is not found, whatever was sent.
fn known(visit: &Visit<'_>, uuid: BadgeId) -> Result<(), Problem> {
    visit.house.store.read(|conn| store::certificates::get(conn, &visit.reach, uuid))?;
    Ok(())
}

fn again(visit: &Visit<'_>, deed: Deed, reason: &str, error: Error) -> Result<Reply, Problem> {
    let Error::Certificate(no) = error else { return Err(error.into()) };
    let mistakes = Mistakes::one("motif", visit.w.certificate_refusal(&no));
    Reply::form_again(&sure(visit, deed, reason, mistakes)?)
}
