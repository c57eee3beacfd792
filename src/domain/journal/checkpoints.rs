//! A checkpoint: the heads that moved since the one before, under one root that is signed.

use super::{FIRST, Head, digest};
use crate::keys::{PublicKey, Signature};
use std::collections::HashSet;

const VERSION: &str = "1";

/// Checks a signature of a message under a key; given by the room that signs.
pub type Signed = fn(&PublicKey, &[u8], &Signature) -> bool;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkpoint {
    pub number: i64,
    /// As [`super::moment`] writes it.
    pub at: String,
    /// The root of the checkpoint before it, or [`FIRST`].
    pub previous: String,
    pub root: String,
    /// The digest of each head, in the order of the names of their chains.
    pub leaves: Vec<String>,
    /// The heads that are known here: all of them, or those of one chain.
    pub heads: Vec<Head>,
    /// The number of the key that signed it.
    pub key: i64,
    pub signature: Signature,
}

/// A checkpoint that waits for its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsigned {
    pub number: i64,
    pub at: String,
    pub previous: String,
    pub heads: Vec<Head>,
}

impl Unsigned {
    pub fn signed(mut self, key: i64, sign: impl FnOnce(&[u8]) -> Signature) -> Checkpoint {
        self.heads.sort_by(|one, other| one.chain.cmp(&other.chain));
        let leaves: Vec<String> = self.heads.iter().map(leaf).collect();
        let root = root(self.number, &self.at, &self.previous, &leaves);
        Checkpoint {
            signature: sign(&message(&root)),
            number: self.number,
            at: self.at,
            previous: self.previous,
            root,
            leaves,
            heads: self.heads,
            key,
        }
    }
}

/// The digest of one head: what a file about one chain tells of the others.
pub fn leaf(head: &Head) -> String {
    let number = head.number.to_string();
    digest([Some(head.chain.as_str()), Some(number.as_str()), Some(head.hash.as_str())])
}

/// What is signed of a root: never the text of anything else that a key may sign.
pub fn message(root: &str) -> Vec<u8> {
    format!("parcours journal checkpoint {VERSION}\n{root}\n").into_bytes()
}

fn root(number: i64, at: &str, previous: &str, leaves: &[String]) -> String {
    let (number, count) = (number.to_string(), leaves.len().to_string());
    let first = [VERSION, &number, at, previous, &count].map(Some);
    digest(first.into_iter().chain(leaves.iter().map(|leaf| Some(leaf.as_str()))))
}

/// Why a checkpoint is not what was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("a checkpoint before it is missing")]
    MissingBefore,
    #[error("it does not follow from the one before it")]
    OtherPrevious,
    #[error("it was altered")]
    Altered,
    #[error("the key that signed it is not known here")]
    UnknownKey,
    #[error("its signature does not hold")]
    Signature,
}

impl Checkpoint {
    /// Whether it stands by itself: its root covers its parts, and a known key signed it.
    pub fn check(&self, keys: &[(i64, PublicKey)], signed: Signed) -> Result<(), Flaw> {
        let leaves: HashSet<&str> = self.leaves.iter().map(String::as_str).collect();
        let covers = self.heads.iter().all(|head| leaves.contains(leaf(head).as_str()));
        if !covers || root(self.number, &self.at, &self.previous, &self.leaves) != self.root {
            return Err(Flaw::Altered);
        }
        let (_, key) = keys.iter().find(|(id, _)| *id == self.key).ok_or(Flaw::UnknownKey)?;
        if signed(key, &message(&self.root), &self.signature) { Ok(()) } else { Err(Flaw::Signature) }
    }

    /// Whether it comes right after another one, or is the first.
    pub fn follows(&self, before: Option<&(i64, String)>) -> Result<(), Flaw> {
        let (number, root) = before.map_or((0, FIRST), |(number, root)| (*number, root.as_str()));
        match (self.number == number + 1, self.previous == root) {
            (false, _) => Err(Flaw::MissingBefore),
            (true, false) => Err(Flaw::OtherPrevious),
            (true, true) => Ok(()),
        }
    }
}
