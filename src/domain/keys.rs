//! Keys as the house knows them: what each is for, what may be published of it, and secrets that only
//! `credentials` opens.

use super::ids::OrganisationId;
use super::text::{from_hexadecimal, hexadecimal};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// What a signing key is for. Each purpose has one active key; those that were retired stay published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Signs the checkpoints of the journal.
    Journal,
    /// Seals what candidates entrust: their documents, what is to be arranged for them.
    Candidacy,
    /// Seals who candidates are by birth, and what the State is told of them.
    Identity,
    /// Seals forms on their way through a log-in.
    KeptForms,
    /// Seals certificates: what they say, and their papers.
    Certificate,
    /// Signs the badges and status lists of a certifier as tokens (VC-JWT).
    BadgeTokens(OrganisationId),
    /// Signs the badges and status lists of a certifier as documents (embedded proofs).
    BadgeDocuments(OrganisationId),
}

/// How a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// Ed25519, over the message.
    Ed25519,
    /// ECDSA on P-256, over the SHA-256 of the message: `ES256`.
    P256,
}

impl KeyPurpose {
    /// Readers of tokens know P-256 best, proofs in documents want Ed25519.
    pub const fn curve(self) -> Curve {
        match self {
            // What only seals could sign on either.
            Self::Journal
            | Self::Candidacy
            | Self::KeptForms
            | Self::Identity
            | Self::Certificate
            | Self::BadgeDocuments(_) => Curve::Ed25519,
            Self::BadgeTokens(_) => Curve::P256,
        }
    }
}

impl fmt::Display for KeyPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal => f.write_str("journal"),
            Self::Candidacy => f.write_str("candidacy"),
            Self::KeptForms => f.write_str("kept_forms"),
            Self::Identity => f.write_str("identity"),
            Self::Certificate => f.write_str("certificate"),
            Self::BadgeTokens(certifier) => write!(f, "badge_tokens:{certifier}"),
            Self::BadgeDocuments(certifier) => write!(f, "badge_documents:{certifier}"),
        }
    }
}

/// Why a key is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this server has no master key: name its file in PARCOURS_KEY_FILE")]
    NoMasterKey,
    #[error(
        "this was sealed under another master key: put its file back; if it is lost for good, `parcours journal new-key` seals on, and opens nothing of what was encrypted before"
    )]
    OtherMasterKey,
}

/// A secret as it is kept: encrypted, with the name of the key that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no sealed value")]
pub struct NotSealed;

impl Sealed {
    /// `body` is opaque text; the version and the name of the key stand before it.
    pub fn new(key: &str, body: &str) -> Self {
        Self(format!("1.{key}.{body}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the key that opens it, and what is encrypted.
    pub fn parts(&self) -> (&str, &str) {
        let rest = self.0.strip_prefix("1.").unwrap_or_default();
        rest.split_once('.').unwrap_or_default()
    }
}

impl FromStr for Sealed {
    type Err = NotSealed;

    fn from_str(text: &str) -> Result<Self, NotSealed> {
        let sealed = Self(text.to_owned());
        let (key, body) = sealed.parts();
        if key.is_empty() || body.is_empty() { Err(NotSealed) } else { Ok(sealed) }
    }
}

/// A value that is written in hexadecimal, lower case.
macro_rules! hexadecimals {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            pub fn new(bytes: &[u8]) -> Self {
                Self(hexadecimal(bytes))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub fn bytes(&self) -> Vec<u8> {
                from_hexadecimal(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = NotHexadecimal;

            fn from_str(text: &str) -> Result<Self, NotHexadecimal> {
                from_hexadecimal(text).map(|_| Self(text.to_owned())).ok_or(NotHexadecimal)
            }
        }
    )+};
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not written in hexadecimal")]
pub struct NotHexadecimal;

hexadecimals! {
    /// The part of a signing key that everyone may know.
    PublicKey,
    Signature,
}

impl PublicKey {
    /// The curve that it lies on, told by its length: an Ed25519 key has 32 bytes, a compressed point of P-256 has 33.
    pub fn curve(&self) -> Option<Curve> {
        match self.0.len() / 2 {
            32 => Some(Curve::Ed25519),
            33 => Some(Curve::P256),
            _ => None,
        }
    }

    /// What two people compare: the first sixteen bytes of its digest.
    pub fn fingerprint(&self) -> String {
        let digest = hexadecimal(&Sha256::digest(self.bytes()));
        let groups: Vec<&str> = (0..8).filter_map(|group| digest.get(group * 4..group * 4 + 4)).collect();
        groups.join(" ")
    }
}
