//! One certificate: what it says, its paper and its badge; and what its certifier does with it.

use super::{facts, mark, named};
use crate::forms::confirm::{SureForm, SurePage};
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::certificates::Extent;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::badges::BadgeId;
use domain::certificates::{CertificateState, Claims, Validity};
use store::certificates::{Certificate, Successor};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/certificats/{certificate}/fiche", Action::ReadCertificates, one);
    routes.get_blocking("/certificats/{certificate}/papier.pdf", Action::ReadCertificates, paper);
    routes.get("/certificats/{certificate}/remplacement", Action::ChangeCertificate, ask_supersede);
    routes.post("/certificats/{certificate}/remplacement", Action::ChangeCertificate, supersede);
    routes.get("/certificats/{certificate}/renouvellement", Action::ChangeCertificate, ask_renew);
    routes.post("/certificats/{certificate}/renouvellement", Action::ChangeCertificate, renew);
    routes.get("/certificats/{certificate}/nouvelle-delivrance", Action::ChangeCertificate, ask_issue_anew);
    routes.post("/certificats/{certificate}/nouvelle-delivrance", Action::ChangeCertificate, issue_anew);
    routes.get("/certificats/{certificate}/revocation", Action::ChangeCertificate, ask_revoke);
    routes.post("/certificats/{certificate}/revocation", Action::ChangeCertificate, revoke);
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
    /// What the reader may do with it.
    deeds: Vec<Deed>,
    validity: Validity,
    successor: Option<Successor>,
    /// What is told of its standing.
    told: (String, String),
}

impl OnePage {
    fn mark(&self) -> &'static str {
        mark(self.validity)
    }

    fn holds(&self) -> bool {
        self.seen.state == CertificateState::Valid
    }
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let uuid: BadgeId = visit.part("certificate")?;
    let may_change = visit.actor.may(Action::ChangeCertificate).is_ok();
    let (seen, digest, successor, is_awarded) = visit.house.store.read(|conn| {
        let seen = store::certificates::get(conn, &visit.reach, uuid)?;
        let digest = store::certificates::paper_digest(conn, seen.id)?;
        let successor = store::certificates::successor(conn, seen.id)?;
        let is_awarded = seen.state == CertificateState::Revoked
            && may_change
            && store::certificates::is_awarded(conn, &seen)?;
        Ok::<_, store::Error>((seen, digest, successor, is_awarded))
    })?;
    let claims = actions::certificates::claims(visit.house, &seen)?;
    let today = visit.today();
    let validity = claims.validity(seen.standing(), today);
    let deeds = match seen.state {
        _ if !may_change => vec![],
        CertificateState::Valid if claims.renewable_from(today).is_ok() => {
            vec![Deed::Renew, Deed::Supersede, Deed::Revoke]
        }
        CertificateState::Valid => vec![Deed::Supersede, Deed::Revoke],
        CertificateState::Revoked if is_awarded => vec![Deed::IssueAnew],
        CertificateState::Superseded | CertificateState::Revoked => vec![],
    };
    Reply::page(&OnePage {
        shell: visit.shell(w.certificate_word()),
        link: format!("{}/verifier/{}", visit.site.public_url, claims.code.as_str()),
        digest,
        facts: facts(w, &claims, Extent::Everything),
        deeds,
        validity,
        told: (
            w.validity_title(validity),
            w.validity_sentence(validity, successor.as_ref().map(Successor::told)),
        ),
        successor,
        seen,
        claims,
    })
}

/// To keep and to print, as it was issued.
fn paper(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (seen, bytes) = actions::certificates::paper(visit.house, &visit.reach, visit.part("certificate")?)?;
    Ok(Reply::file(&format!("{}.pdf", seen.number), "application/pdf", bytes))
}

/// What is done to a certificate; for a reason, where something is taken away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Supersede,
    Renew,
    IssueAnew,
    Revoke,
}

impl Deed {
    const fn path(self) -> &'static str {
        match self {
            Self::Supersede => "remplacement",
            Self::Renew => "renouvellement",
            Self::IssueAnew => "nouvelle-delivrance",
            Self::Revoke => "revocation",
        }
    }

    fn label(self, w: Words) -> &'static str {
        match self {
            Self::Supersede => w.supersede_label(),
            Self::Renew => w.renew_label(),
            Self::IssueAnew => w.issue_anew_label(),
            Self::Revoke => w.revoke_label(),
        }
    }

    fn help(self, w: Words) -> &'static str {
        match self {
            Self::Supersede => w.supersede_help(),
            Self::Renew => w.renew_help(),
            Self::IssueAnew => w.issue_anew_help(),
            Self::Revoke => w.revoke_help(),
        }
    }

    const fn wants_reason(self) -> bool {
        matches!(self, Self::Supersede | Self::Revoke)
    }
}

fn sure(visit: &Visit<'_>, deed: Deed, reason: &str, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let uuid: BadgeId = visit.part("certificate")?;
    let (seen, told) = visit.house.store.read(|conn| {
        let seen = store::certificates::get(conn, &visit.reach, uuid)?;
        let told = match deed {
            Deed::Revoke => None,
            _ => actions::identities::read(visit.house, conn, &visit.reach, seen.candidacy)?,
        };
        Ok::<_, Error>((seen, told))
    })?;
    // Who the new one will name, to be read once more before it is signed.
    let quoted = match told {
        None => String::new(),
        Some(told) => {
            let holder = actions::certificates::holder(&told.holder)?;
            [Some(named(&holder)), w.certificate_birth(&holder)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("\n")
        }
    };
    let title = deed.label(w);
    Ok(SurePage {
        shell: visit.shell(title),
        action: format!("/certificats/{uuid}/{}", deed.path()),
        back: format!("/certificats/{uuid}/fiche"),
        back_label: seen.number,
        help: deed.help(w),
        quoted,
        asked: deed.wants_reason().then(|| w.certificate_reason_label()),
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

fn ask_issue_anew(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&sure(visit, Deed::IssueAnew, "", Mistakes::default())?)
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

fn issue_anew(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let uuid: BadgeId = visit.part("certificate")?;
    known(visit, uuid)?;
    match actions::certificates::issue_anew(visit.house, &visit.actor, uuid) {
        Ok(new) => Ok(Reply::see_with(&format!("/certificats/{new}/fiche"), visit.w.issued_anew_done())),
        Err(error) => again(visit, Deed::IssueAnew, "", error),
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
    let Error::Refused(actions::Refusal::Certificate(no)) = error else { return Err(error.into()) };
    let mistakes = Mistakes::one("motif", visit.w.certificate_refusal(&no));
    Reply::form_again(&sure(visit, deed, reason, mistakes)?)
}
