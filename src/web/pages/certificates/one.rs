//! One certificate: what it says, its paper and its badge; and what its certifier does with it.

use super::{facts, mark, named};
use crate::forms::{Declared, Form, REASON_NAME, Text};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
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
    routes.form("/certificats/{certificate}/remplacement", Action::ChangeCertificate, |visit| {
        deed(visit, Deed::Supersede)
    });
    routes.form("/certificats/{certificate}/renouvellement", Action::ChangeCertificate, |visit| {
        deed(visit, Deed::Renew)
    });
    routes.form("/certificats/{certificate}/nouvelle-delivrance", Action::ChangeCertificate, |visit| {
        deed(visit, Deed::IssueAnew)
    });
    routes.form("/certificats/{certificate}/revocation", Action::ChangeCertificate, |visit| {
        deed(visit, Deed::Revoke)
    });
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
    let (seen, digest, successor, is_awarded) = visit.read(|conn| {
        let seen = store::certificates::get(conn, &visit.reach, uuid)?;
        let digest = store::certificates::paper_digest(conn, seen.id)?;
        let successor = store::certificates::successor(conn, seen.id)?;
        let is_awarded = seen.state == CertificateState::Revoked
            && may_change
            && store::certificates::is_awarded(conn, &seen)?;
        Ok((seen, digest, successor, is_awarded))
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

    fn done(self, w: Words) -> &'static str {
        match self {
            Self::Supersede => w.superseded_done(),
            Self::Renew => w.renewed_done(),
            Self::IssueAnew => w.issued_anew_done(),
            Self::Revoke => w.revoked_done(),
        }
    }
}

const WHY: Text = Text::new(REASON_NAME, Words::certificate_reason_label);

fn deed<'v>(visit: &'v Visit<'v>, deed: Deed) -> Declared<'v> {
    let (w, uuid) = (visit.w, visit.part::<BadgeId>("certificate")?);
    let (seen, told) = visit.house.store.read(|conn| {
        let seen = store::certificates::get(conn, &visit.reach, uuid)?;
        let told = match deed {
            Deed::Revoke => None,
            _ => actions::identities::read(visit.house, conn, &visit.reach, seen.candidacy)?,
        };
        Ok::<_, Error>((seen, told))
    })?;
    let mut form = Form::new(visit, deed.label(w))
        .narrow()
        .from(&format!("/certificats/{uuid}/fiche"), seen.number)
        .lede(deed.help(w))
        .button(deed.label(w))
        .submits(
            |form| Some(form.get(WHY).unwrap_or_default()),
            move |why| {
                let (house, actor) = (visit.house, &visit.actor);
                match deed {
                    Deed::Supersede => actions::certificates::supersede(house, actor, uuid, &why),
                    Deed::Renew => actions::certificates::renew(house, actor, uuid),
                    Deed::IssueAnew => actions::certificates::issue_anew(house, actor, uuid),
                    Deed::Revoke => actions::certificates::revoke(house, actor, uuid, &why).map(|()| uuid),
                }
            },
            move |now| Reply::see_with(&format!("/certificats/{now}/fiche"), deed.done(w)),
        );
    if let Some(told) = told {
        // Who the new one will name, to be read once more before it is signed.
        let holder = actions::certificates::holder(&told.holder)?;
        let birth = w.certificate_birth(&holder);
        form = form.quote([Some(named(&holder)), birth].into_iter().flatten().collect::<Vec<_>>().join("\n"));
    }
    if deed.wants_reason() {
        form = form.ask(WHY);
    }
    Ok(if deed == Deed::Revoke { form.grave() } else { form })
}
