//! What a stranger is told who brings a code, a number with a name, or a file. Nobody needs an account for it, and
//! nobody learns of a person whose certificate they do not hold.

use super::{claims, drawn, issued, surname_digest};
use crate::{Done, Error, House, keys};
use credentials::badges::{self, Unreadable};
use domain::calendar::Zone;
use domain::certificates::{
    CertificateNumber, CertificateState, Claims, Standing, Validity, VerificationCode,
};
use domain::text::search_key;
use store::certificates::{Certificate, Held, Successor};
use store::{self, Conn};

/// How much a stranger is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// They hold the paper, or its code: everything that it prints.
    Everything,
    /// They hold the badge, which tells of no birth.
    Badge,
    /// They know the number and the surname: whether it holds, and of what.
    Outline,
}

/// A certificate as a stranger may check it.
#[derive(Debug, Clone)]
pub struct Checked {
    pub claims: Claims,
    pub standing: Standing,
    pub validity: Validity,
    /// What stands in its place.
    pub successor: Option<Successor>,
    /// SHA-256 of its paper.
    pub paper_digest: String,
    pub extent: Extent,
}

/// What holds the code of a paper.
pub fn by_code(house: &House, code: &VerificationCode) -> Done<Option<Checked>> {
    let digest = credentials::digest(code.as_str());
    house.store.read(|conn| {
        let found = store::certificates::find(conn, Held::Code(&digest))?;
        found.map(|seen| checked(conn, house, &seen, Extent::Everything)).transpose()
    })
}

/// What bears a number, told to whom knows the surname of its holder. A wrong name and a number that was never given
/// are answered alike: no row is found.
pub fn by_number(house: &House, number: &CertificateNumber, surname: &str) -> Done<Option<Checked>> {
    let surname_digest = surname_digest(keys::master(house)?, number, &search_key(surname));
    let held = Held::Number { number: &number.to_string(), surname_digest: &surname_digest };
    house.store.read(|conn| {
        let found = store::certificates::find(conn, held)?;
        found.map(|seen| checked(conn, house, &seen, Extent::Outline)).transpose()
    })
}

/// What a file is that somebody brings.
#[derive(Debug, Clone)]
pub enum Brought {
    /// What was issued, to the byte or to the sign.
    Same(Box<Checked>),
    /// The badge in a picture that is not as it was drawn: what it shows proves nothing.
    OtherPicture(Box<Checked>),
    /// It says that it is this one, and is not what was issued.
    Altered(Box<Checked>),
    /// A PDF that was never issued here, or is not as it was issued.
    UnknownPaper,
    /// A badge that was never issued here.
    UnknownBadge,
    Unreadable(Unreadable),
}

/// Compares a file with what was issued. Nothing in it is believed.
pub fn by_file(house: &House, file: &[u8]) -> Done<Brought> {
    if file.starts_with(b"%PDF-") {
        let digest = credentials::checksum(file);
        return house.store.read(|conn| {
            let found = store::certificates::find(conn, Held::Paper(&digest))?;
            let checked = found.map(|seen| checked(conn, house, &seen, Extent::Everything)).transpose()?;
            Ok(checked.map_or(Brought::UnknownPaper, |checked| Brought::Same(Box::new(checked))))
        });
    }
    let presented = match badges::read(file) {
        Ok(presented) => presented,
        Err(unreadable) => return Ok(Brought::Unreadable(unreadable)),
    };
    let found = house.store.read(|conn| {
        let Some(seen) = store::certificates::find(conn, Held::Badge(presented.id))? else { return Ok(None) };
        let issued = issued(conn, &seen)?;
        Ok::<_, Error>(Some((issued, Box::new(checked(conn, house, &seen, Extent::Badge)?))))
    })?;
    let Some((issued, checked)) = found else { return Ok(Brought::UnknownBadge) };
    if !presented.is(&issued) {
        return Ok(Brought::Altered(checked));
    }
    let is_as_drawn = match presented.picture {
        Some(kind) => drawn(&checked.claims, &issued, kind)? == file,
        None => true,
    };
    Ok(if is_as_drawn { Brought::Same(checked) } else { Brought::OtherPicture(checked) })
}

fn checked(conn: &mut Conn, house: &House, seen: &Certificate, extent: Extent) -> Done<Checked> {
    let claims = claims(house, seen)?;
    let standing = seen.standing();
    let successor = match standing.state {
        CertificateState::Superseded => store::certificates::successor(conn, seen.id)?,
        CertificateState::Valid | CertificateState::Revoked => None,
    };
    let paper_digest = store::certificates::paper_digest(conn, seen.id)?;
    let validity = claims.validity(standing, house.clock.now().day(Zone::OFFICE));
    Ok(Checked { claims, standing, validity, successor, paper_digest, extent })
}
