//! Certificates: issued after a jury, replaced and revoked by the certifier; and what a stranger is told of them.

mod changing;
mod checking;
mod issuing;
mod making;
mod publishing;

pub use changing::{issue_anew, renew, revoke, supersede, warn_of_ends};
pub use checking::{Brought, Checked, Extent, by_code, by_file, by_number};
pub use issuing::{Outcome, holder, issue};
pub use publishing::{LIST_DAYS, documents, publish, renew_keys, signed_lists};

use super::{Act, Done, Error, House, keys};
use credentials::Keys;
pub use credentials::badges::Picture;
use credentials::badges::{self, Form, Issued};
use domain::access::{Action, Actor, Reach, Subject};
use domain::badges::Label;
use domain::certificates::{CertificateNumber, CertificateState, Claims, Issuer, Refusal, Signatory};
use domain::ids::CandidacyId;
use domain::keys::{KeyPurpose, Sealed};
use store::certificates::{Certificate, Held};
use store::{self, Conn, Unique, journal::Line};
use uuid::Uuid;

/// Says under which name a certifier signs, once, and who answers for what it issues from now on. Its keys are made, so
/// that everyone finds them before the first certificate.
pub fn settle_issuer(house: &House, actor: &Actor, name: &str, signatory: Signatory) -> Done<()> {
    let reach = actor.may(Action::EditIssuer)?;
    let certifier = store::certificates::certifier_of(&reach)?;
    for text in [&signatory.name, &signatory.quality] {
        if let Some(sign) = papers::unprintable(text.as_str()) {
            return Err(Refusal::Unprintable(sign).into());
        }
    }
    keys::master(house)?;
    house.act(actor, Action::EditIssuer, |act| {
        let issuer = match store::certificates::issuer_of(act.conn, certifier)? {
            Some(known) => Issuer { signatory, ..known },
            None => Issuer::new(certifier, act.house.issuer_host.as_deref(), name, signatory)?,
        };
        match store::certificates::keep_issuer(act.conn, &issuer, act.now) {
            Err(store::Error::Taken(Unique::IssuerName)) => return Err(Refusal::IssuerNameTaken.into()),
            other => other?,
        }
        let (did, name) = (issuer.did.to_string(), &issuer.signatory.name);
        let said = format!("{name}, {}", issuer.signatory.quality);
        let line = Line {
            kind: "issuer",
            reference: &did,
            to: Some("settled"),
            reason: Some(&said),
            ..Line::default()
        };
        act.note(Subject::Organisation(certifier), &[line])
    })?;
    for purpose in [KeyPurpose::BadgeTokens(certifier), KeyPurpose::BadgeDocuments(certifier)] {
        keys::signer(house, purpose)?;
    }
    Ok(())
}

/// What a certificate that was read within a reach, or by its code, says.
pub fn claims(house: &House, seen: &Certificate) -> Done<Claims> {
    opened(house, seen.uuid, &seen.claims)
}

/// What the certificate of that badge says.
pub(super) fn opened(house: &House, uuid: Uuid, claims: &Sealed) -> Done<Claims> {
    let opened = keys::master(house)?.open(KeyPurpose::Certificate, &claims_of(uuid), claims)?;
    serde_json::from_slice(&opened).map_err(|e| Error::Fault(format!("certificate {uuid}: {e}")))
}

/// A certificate within reach on paper, to the byte as it was issued.
pub fn paper(house: &House, reach: &Reach, uuid: Uuid) -> Done<(Certificate, Vec<u8>)> {
    let (seen, sealed) = house.store.read(|conn| {
        let seen = store::certificates::get(conn, reach, uuid)?;
        let sealed = store::certificates::paper(conn, seen.id)?;
        Ok::<_, Error>((seen, sealed))
    })?;
    let paper = keys::master(house)?.open(KeyPurpose::Certificate, &paper_of(seen.uuid), &sealed)?;
    Ok((seen, paper))
}

/// A badge in its picture, for whoever knows its name.
pub fn picture(house: &House, uuid: Uuid, kind: Picture) -> Done<Vec<u8>> {
    let (seen, issued) = house.store.read(|conn| {
        let seen = store::certificates::find(conn, Held::Badge(uuid))?.ok_or(store::Error::Missing)?;
        let issued = issued(conn, &seen)?;
        Ok::<_, Error>((seen, issued))
    })?;
    drawn(&claims(house, &seen)?, &issued, kind)
}

/// The badge as it was signed.
fn issued(conn: &mut Conn, seen: &Certificate) -> Result<Issued, store::Error> {
    let (document, token) = store::certificates::badge(conn, seen.id)?;
    Ok(Issued { document, token })
}

/// The picture of a badge, the same to the byte each time.
fn drawn(claims: &Claims, issued: &Issued, kind: Picture) -> Done<Vec<u8>> {
    let (title, certifier) = (claims.scope_title().clone(), claims.certifier.clone());
    let label = Label { title, certifier, language: making::LANGUAGE };
    Ok(match kind {
        Picture::Svg => badges::baked_svg(&label, issued, Form::Token).into_bytes(),
        Picture::Png => badges::baked_png(&label, issued, Form::Token)?,
    })
}

/// Under which a certificate is found by its number and a surname of its holder, given as a search key.
fn surname_digest(keys: &Keys, number: &CertificateNumber, surname_key: &str) -> String {
    keys.digest(KeyPurpose::Certificate, &format!("{number}/{surname_key}"))
}

fn claims_of(uuid: Uuid) -> String {
    format!("claims:{uuid}")
}

fn paper_of(uuid: Uuid) -> String {
    format!("paper:{uuid}")
}

/// Writes what became of a certificate into the journal of its candidacy.
fn note(
    act: &mut Act<'_>,
    candidacy: CandidacyId,
    (number, evidence): (&str, Option<&str>),
    (from, to): (Option<CertificateState>, CertificateState),
    reason: Option<&str>,
) -> Done<()> {
    let line = Line {
        kind: "certificate",
        reference: &format!("certificate:{number}"),
        from: from.map(CertificateState::as_str),
        to: Some(to.as_str()),
        reason,
        evidence,
    };
    act.note(Subject::Candidacy(candidacy), &[line])
}
