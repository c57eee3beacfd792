//! What a badge says, as plain values frozen at issue: who gives it, to whom, for what, and where one asks whether it
//! still holds. `credentials` signs it; whoever receives it checks it without us.

use super::calendar::Instant;
use super::certifications::{BlockCode, RecordCode};
use super::named;
use super::organisations::{Nda, Siret};
use super::people::EmailAddress;
use super::text::{Language, Name, Title, hexadecimal};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a badge is called: drawn at random, so that nobody guesses one.
pub use uuid::Uuid as BadgeId;

/// Writes what a text that was parsed gives back.
macro_rules! shown {
    ($($name:ident),+) => {$(
        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

mod addresses;
mod texts;

pub use addresses::{Did, WebAddress};
pub use texts::Prose;

/// One badge. The same value, signed at the same moment with the same keys, gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    pub id: Uuid,
    /// Its address is this, a stroke, and its id: `https://parcours.example/certificats`.
    pub base: WebAddress,
    pub issuer: Issuer,
    pub holder: Holder,
    pub achievement: Achievement,
    /// Both are told in whole seconds; what is finer is cut.
    pub valid_from: Instant,
    pub valid_until: Option<Instant>,
    pub status: StatusPlace,
}

impl Badge {
    /// Where it can be fetched, and what it is called in itself.
    pub fn address(&self) -> String {
        format!("{}/{}", self.base.as_str().trim_end_matches('/'), self.id)
    }

    pub fn label(&self) -> Label {
        Label {
            title: self.achievement.title.clone(),
            certifier: self.issuer.title.clone(),
            language: self.achievement.language,
        }
    }
}

/// What the picture of a badge says in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub title: Title,
    pub certifier: Name,
    pub language: Language,
}

/// Who gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    pub did: Did,
    pub title: Name,
    pub url: WebAddress,
    pub siret: Option<Siret>,
    pub nda: Option<Nda>,
}

/// Who holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Random: it leads to no person, and is the same in no two badges that are not to be put together.
    pub id: Uuid,
    /// As the parchment prints it.
    pub printed_name: Prose,
    /// By which a holder may show that the badge is theirs.
    pub email: Option<HashedEmail>,
}

/// An address as a badge tells it: who knows it can compare, who does not learns nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedEmail {
    salt: String,
    hash: String,
}

impl HashedEmail {
    /// SHA-256 of the address and then the salt (Open Badges 3.0, `IdentityObject`).
    pub fn new(address: &EmailAddress, salt: &str) -> Self {
        let digest = Sha256::new().chain_update(address.as_str()).chain_update(salt).finalize();
        Self { salt: salt.to_owned(), hash: format!("sha256${}", hexadecimal(&digest)) }
    }

    pub fn salt(&self) -> &str {
        &self.salt
    }

    /// `sha256$` and the digest in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

named! {
    /// How much of a certification somebody has earned.
    Extent {
        /// All of it.
        Whole = "whole",
        /// One of its blocks.
        Block = "block",
    }
}

/// What was earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    /// One for each version of what is certified.
    pub id: WebAddress,
    pub extent: Extent,
    /// The registered title; of a block certificate, that of the block.
    pub title: Title,
    pub description: Prose,
    /// What one had to do.
    pub criteria: Prose,
    pub language: Language,
    pub record: Option<Record>,
}

/// The record of a certification in a national register, and the blocks of it that the badge stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub code: RecordCode,
    pub title: Title,
    /// Its page at the register.
    pub url: WebAddress,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub code: BlockCode,
    pub title: Title,
}

/// Where one asks whether a badge was revoked: a bit of a published list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusPlace {
    pub list: WebAddress,
    pub index: u32,
}

/// A list of what an issuer has revoked, as it stands at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    pub url: WebAddress,
    pub issuer: Did,
    pub revoked: BTreeSet<u32>,
    pub valid_from: Instant,
    /// After that nobody may rely on this copy, so that an old one cannot hide a revocation for long.
    pub valid_until: Instant,
}

impl StatusList {
    /// Entries of a list; with fewer, a list would tell whose badge is asked about (Bitstring Status List, «Herd Privacy»).
    pub const ENTRIES: u32 = 131_072;
}

/// Why a text is not what a badge may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadgeError {
    #[error("this is no public address: https://… is expected")]
    Address,
    #[error("this is no public host name")]
    Host,
    #[error("the short name of an issuer has small letters, digits and hyphens, 1 to 60")]
    IssuerName,
    #[error("the text is empty")]
    Empty,
    #[error("the text is too long")]
    TooLong,
    #[error("the text has a control character in it")]
    Control,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_address_is_the_digest_of_address_and_salt() {
        let address: EmailAddress = "Jeanne@acme.example".parse().unwrap();
        let hashed = HashedEmail::new(&address, "s4lt");
        let digest = hexadecimal(&Sha256::digest("jeanne@acme.examples4lt"));
        assert_eq!((hashed.salt(), hashed.hash()), ("s4lt", format!("sha256${digest}").as_str()));
    }
}
