//! Open Badges 3.0: what somebody has earned, as a file that anybody can check without us. Each badge is signed twice from
//! one body: as a document with an embedded proof, and as a token. `docs/badges.md` says who accepts which.
//!
//! Nothing here asks the clock or the network: the same badge, moment and keys give the same bytes.

mod baking;
mod body;
mod contexts;
mod did;
mod picture;
mod proof;
mod reading;
mod status;
mod token;

pub use baking::{Form, Picture, baked_png, baked_svg};
pub use did::{did_document, key_name, key_set};
pub use picture::svg as picture;
pub use reading::{FILE_MOST, Presented, Unreadable, read};
pub use status::{free_entry, sign_list};

use super::keys::Signer;
use domain::badges::{Badge, Did};
use domain::calendar::Instant;
use domain::keys::Curve;
use serde::Serialize;

/// Why nothing could be signed. None of these comes of what a badge says.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the badge cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the badge cannot be read as linked data: {0}")]
    Rdf(String),
    #[error("a key of the issuer is not of its curve")]
    Key,
    #[error("a status list has no entry {0}")]
    Entry(u32),
    #[error("this is no PNG picture")]
    Picture,
    #[error("it cannot be packed: {0}")]
    Packing(#[from] std::io::Error),
}

/// A badge or a status list, signed in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// JSON with an embedded proof: `application/vc+ld+json`.
    pub document: String,
    /// VC-JWT: `application/vc+jwt`.
    pub token: String,
}

/// The two keys with which an issuer signs.
pub struct SigningPair {
    tokens: Signer,
    documents: Signer,
}

impl SigningPair {
    /// `tokens` is a key of P-256, `documents` one of Ed25519.
    pub fn new(tokens: Signer, documents: Signer) -> Result<Self, Fault> {
        let right = tokens.public().curve() == Some(Curve::P256)
            && documents.public().curve() == Some(Curve::Ed25519);
        if right { Ok(Self { tokens, documents }) } else { Err(Fault::Key) }
    }

    fn token<T: Serialize>(&self, issuer: &Did, claims: &token::Claims<'_, T>) -> Result<String, Fault> {
        token::sign(claims, &key_name(issuer, &self.tokens.public()), &self.tokens)
    }

    fn proof(
        &self,
        issuer: &Did,
        unsigned: &impl Serialize,
        context: &[String],
        created: Instant,
    ) -> Result<body::Proof, Fault> {
        let key = key_name(issuer, &self.documents.public());
        proof::sign(unsigned, context, key, &self.documents, created)
    }
}

/// Signs a badge in both forms; `now` stands in the proof as the moment when it was made.
pub fn issue(badge: &Badge, pair: &SigningPair, now: Instant) -> Result<Issued, Fault> {
    let mut body = body::Credential::of(badge);
    let claims = token::Claims {
        credential: &body,
        iss: &body.issuer.id,
        sub: &body.credential_subject.id,
        jti: &body.id,
        nbf: token::seconds(badge.valid_from),
        exp: badge.valid_until.map(token::seconds),
    };
    let token = pair.token(&badge.issuer.did, &claims)?;
    body.proof = Some(vec![pair.proof(&badge.issuer.did, &body, &body.context, now)?]);
    Ok(Issued { document: serde_json::to_string(&body)?, token })
}

#[cfg(test)]
mod tests;
