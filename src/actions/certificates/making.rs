//! A certificate made from its claims: the badge signed, the paper printed, everything sealed that tells of a birth.
//! It takes tens of milliseconds, and no transaction waits for it.

use super::{claims_of, paper_of, surname_digest};
use crate::{Done, Error, House, keys};
use credentials::{self, badges};
use domain::badges::{Achievement, Badge, Block, Extent, Holder, Issuer as Profile, Record, StatusPlace};
use domain::calendar::{Day, Instant, Minute, Zone};
use domain::certificates::{Claims, Issuer, Refusal, Scope};
use domain::certifications::Certification;
use domain::ids::{AttemptId, CandidacyId, CertificateId, OrganisationId, StatusListId};
use domain::keys::KeyPurpose;
use domain::organisations::Siret;
use domain::text::{Language, Name};
use std::fmt::Display;
use std::str::FromStr;
use store::certificates::{Files, New};
use uuid::Uuid;
use words::Words;

/// Papers and badges are written in the language of the certification.
pub const LANGUAGE: Language = Language::Fr;

/// Everything that makes the certificates of one certifier.
pub struct Press {
    pub issuer: Issuer,
    /// As it is named now.
    pub certifier: Name,
    siret: Option<Siret>,
    pair: badges::SigningPair,
}

/// A place in a status list.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub list: StatusListId,
    pub number: i32,
    pub entry: u32,
}

/// Of which jury's decision a certificate tells, and in place of which other one.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    pub candidacy: CandidacyId,
    pub attempt: AttemptId,
    pub replaces: Option<CertificateId>,
}

impl Press {
    pub fn ready(house: &House, certifier: OrganisationId) -> Done<Self> {
        let (issuer, (name, siret)) = house.store.read(|conn| {
            let issuer = store::certificates::issuer_of(conn, certifier)?;
            Ok::<_, store::Error>((issuer, store::certifications::certifier(conn, certifier)?))
        })?;
        let issuer = issuer.ok_or(Refusal::NoIssuer)?;
        Ok(Self { pair: pair(house, certifier)?, issuer, certifier: name, siret })
    }

    /// Signs, prints and seals.
    pub fn make(
        &self,
        house: &House,
        of: &Certification,
        claims: &Claims,
        (origin, place): (Origin, Place),
    ) -> Done<New> {
        let now = house.clock.now();
        let uuid = Uuid::new_v4();
        let issued = badges::issue(&self.badge(uuid, of, claims, place)?, &self.pair, now)?;
        let link = self.issuer.link(&claims.code);
        let paper = papers::certificate(claims, &link, LANGUAGE, issued.document.as_bytes())?;
        let keys = keys::master(house)?;
        let text = serde_json::to_vec(claims).map_err(|e| Error::Fault(e.to_string()))?;
        let (birth_name, usual_name) = claims.holder.surname_keys();
        let surname = |key: &str| surname_digest(keys, &claims.number, key);
        let seal = |about: &str, secret: &[u8]| keys.seal(KeyPurpose::Certificate, about, secret);
        Ok(New {
            uuid,
            number: claims.number.to_string(),
            code_digest: credentials::digest(claims.code.as_str()),
            issuer: self.issuer.certifier,
            candidacy: origin.candidacy,
            attempt: origin.attempt,
            block: match &claims.scope {
                Scope::Whole => String::new(),
                Scope::Block { code, .. } => code.to_string(),
            },
            claims: seal(&claims_of(uuid), &text)?,
            birth_name_digest: surname(&birth_name),
            usual_name_digest: usual_name.as_deref().map(surname),
            valid_from: claims.valid_from,
            valid_until: claims.valid_until,
            replaces: origin.replaces,
            list: place.list,
            entry: place.entry,
            files: Files {
                document: issued.document,
                token: issued.token,
                paper_digest: credentials::checksum(&paper),
                paper: seal(&paper_of(uuid), &paper)?,
            },
        })
    }

    fn badge(&self, uuid: Uuid, of: &Certification, claims: &Claims, place: Place) -> Done<Badge> {
        let w = Words(LANGUAGE);
        let host = self.issuer.did.host();
        let blocks = of.record.blocks.iter();
        let blocks: Vec<_> = match &claims.scope {
            Scope::Whole => blocks.collect(),
            Scope::Block { code, .. } => blocks.filter(|block| block.code == *code).collect(),
        };
        let (extent, title, anchor) = match &claims.scope {
            Scope::Whole => (Extent::Whole, claims.title.clone(), String::new()),
            Scope::Block { code, title } => (Extent::Block, title.clone(), format!("-{code}")),
        };
        let record = Record {
            code: claims.record.clone(),
            title: claims.title.clone(),
            url: read(&claims.record.register_page())?,
            blocks: blocks.iter().map(|b| Block { code: b.code.clone(), title: b.title.clone() }).collect(),
        };
        Ok(Badge {
            id: uuid,
            base: read(&self.issuer.badges())?,
            issuer: Profile {
                did: self.issuer.did.clone(),
                title: claims.certifier.clone(),
                url: read(&format!("https://{host}/"))?,
                siret: self.siret.clone(),
                nda: None,
            },
            holder: Holder {
                id: Uuid::new_v4(),
                printed_name: read(&claims.holder.printed_name())?,
                email: None,
            },
            achievement: Achievement {
                id: read(&format!("https://{host}/certifications/{}#v{}{anchor}", of.id, of.number))?,
                extent,
                title,
                description: read(&w.badge_description(claims))?,
                criteria: read(&w.badge_criteria(&blocks))?,
                language: LANGUAGE,
                record: Some(record),
            },
            valid_from: midnight(claims.valid_from)?,
            valid_until: claims.valid_until.map(last_second).transpose()?,
            status: StatusPlace { list: read(&self.issuer.list(place.number))?, index: place.entry },
        })
    }
}

/// The two keys with which a certifier signs.
pub fn pair(house: &House, certifier: OrganisationId) -> Done<badges::SigningPair> {
    let (_, tokens) = keys::signer(house, KeyPurpose::BadgeTokens(certifier))?;
    let (_, documents) = keys::signer(house, KeyPurpose::BadgeDocuments(certifier))?;
    Ok(badges::SigningPair::new(tokens, documents)?)
}

impl From<badges::Fault> for Error {
    fn from(fault: badges::Fault) -> Self {
        Self::Fault(fault.to_string())
    }
}

impl From<papers::Error> for Error {
    fn from(error: papers::Error) -> Self {
        match error {
            papers::Error::Glyph(sign) => Refusal::Unprintable(sign).into(),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// What is made of parsed values fits; were it otherwise, nothing is issued.
pub(super) fn read<T: FromStr<Err: Display>>(text: &str) -> Done<T> {
    text.parse().map_err(|error| Error::Fault(format!("« {text} »: {error}")))
}

fn midnight(day: Day) -> Done<Instant> {
    Zone::PARIS.instant(day, Minute::MIDNIGHT).map_err(|error| Error::Fault(error.to_string()))
}

fn last_second(day: Day) -> Done<Instant> {
    Ok(midnight(day.plus_days(1))?.plus_seconds(-1))
}
