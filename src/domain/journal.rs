//! The journal as it is proved: rows in chains, checkpoints over their heads, seals that people keep.
//!
//! Nothing here reads a database or a file: what is verified comes through [`verifying::Archive`].

pub mod checkpoints;
pub mod evidence;
mod faults;
pub mod seals;
pub mod standing;
pub mod verifying;

use super::text::hexadecimal;
use sha2::{Digest as _, Sha256};

/// The way in which a row is hashed.
const VERSION: &str = "1";
/// What stands before the first row of a chain, and before the first checkpoint.
pub const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Where a chain stands: its last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub chain: String,
    pub number: i64,
    pub hash: String,
}

/// What a row keeps apart, so that it can be erased without breaking the chain: the row holds its
/// digest alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    pub name: SecretName,
    pub salt: String,
    pub text: String,
}

super::named! {
    SecretName {
        /// Why somebody did it, in their words.
        Reason = "reason",
        /// What was kept as proof, in the form that the caller always gives it.
        Evidence = "evidence",
    }
}

impl Secret {
    pub fn digest(&self) -> String {
        digest([Some(self.name.as_str()), Some(self.salt.as_str()), Some(self.text.as_str())])
    }
}

/// A row with everything that its hash covers, as text: what cannot be read as what it was is altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// By which the row is named; no part of the hash.
    pub id: i64,
    pub chain: String,
    pub number: i64,
    /// UTC with six decimals: `2026-11-26T17:04:05.123456`.
    pub at: String,
    pub kind: String,
    pub reference: String,
    pub account: Option<i64>,
    pub role: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub reason_digest: Option<String>,
    pub evidence_digest: Option<String>,
    pub hash: String,
    /// Those that were not erased.
    pub secrets: Vec<Secret>,
}

impl Row {
    /// The hash of this row after a row of that hash.
    pub fn hash_after(&self, before: &str) -> String {
        let (number, account) = (self.number.to_string(), self.account.map(|id| id.to_string()));
        digest([
            Some(VERSION),
            Some(before),
            Some(self.chain.as_str()),
            Some(number.as_str()),
            Some(self.at.as_str()),
            Some(self.kind.as_str()),
            Some(self.reference.as_str()),
            account.as_deref(),
            Some(self.role.as_str()),
            self.from.as_deref(),
            self.to.as_deref(),
            self.reason_digest.as_deref(),
            self.evidence_digest.as_deref(),
        ])
    }

    /// What the row says that a secret of that name must give.
    pub fn digest_of(&self, name: SecretName) -> Option<&str> {
        match name {
            SecretName::Reason => self.reason_digest.as_deref(),
            SecretName::Evidence => self.evidence_digest.as_deref(),
        }
    }
}

/// A moment as rows and checkpoints hash it.
pub fn moment(at: super::calendar::Instant) -> String {
    at.0.format("%Y-%m-%dT%H:%M:%S%.6f").to_string()
}

/// SHA-256 over parts, each behind its length; what is absent is not what is empty.
fn digest<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let mut sum = Sha256::new();
    for part in parts {
        match part {
            Some(part) => {
                sum.update(format!("{}:", part.len()));
                sum.update(part);
            }
            None => sum.update("-"),
        }
    }
    hexadecimal(&sum.finalize())
}

#[cfg(test)]
mod tests;
