//! Is it still what was written? The same answer for a database, a file, and a test.

use super::checkpoints::{Checkpoint, Flaw, Signed};
use super::seals::Seal;
use super::{FIRST, Head, Row, SecretName};
use crate::domain::keys::PublicKey;
use std::collections::BTreeSet;
use std::fmt;

/// A row of an archive, or the number of one that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Row(Box<Row>),
    Unreadable(i64),
}

/// A head that a checkpoint, or a seal kept outside, says a chain had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub number: i64,
    pub hash: String,
    /// The number of the checkpoint.
    pub checkpoint: i64,
}

/// Where a journal is read from, a batch at a time: an empty one is the end.
///
/// It may be written to meanwhile: what is asked for later may know more.
pub trait Archive {
    type Error;

    /// Whether it has every checkpoint that was made, or those of some chains only.
    fn is_whole(&self) -> bool;
    /// Names that rows, heads or checkpoints give, after one, in the order of their bytes.
    fn chains(&mut self, after: &str) -> Result<Vec<String>, Self::Error>;
    /// Rows of a chain with a greater number, in order.
    fn rows(&mut self, chain: &str, after: i64) -> Result<Vec<Found>, Self::Error>;
    fn head(&mut self, chain: &str) -> Result<Option<Head>, Self::Error>;
    /// What checkpoints say of a chain beyond a number, in order; at least as many as [`Self::rows`]
    /// gives at once.
    fn anchors(&mut self, chain: &str, after: i64) -> Result<Vec<Anchor>, Self::Error>;
    /// Checkpoints with a greater number, in order.
    fn checkpoints(&mut self, after: i64) -> Result<Vec<Checkpoint>, Self::Error>;
    /// Every key that may have signed one, with its number.
    fn keys(&mut self) -> Result<Vec<(i64, PublicKey)>, Self::Error>;
}

/// What is wrong with a row, or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("the row was altered")]
    Altered,
    #[error("the row cannot be read: it was altered")]
    Unreadable,
    #[error("its {0} was altered")]
    Secret(SecretName),
    #[error("a row before this one is missing")]
    MissingBefore,
    #[error("rows after this one are missing")]
    MissingAfter,
    #[error("the chain does not end with this row as it says")]
    Head,
    #[error("checkpoint {0} covers another row in this place")]
    NotCovered(i64),
    #[error("rows after this one are missing, up to number {number}: checkpoint {checkpoint} covers them")]
    Cut { checkpoint: i64, number: i64 },
    #[error("the seal that was kept covers another row in this place")]
    NotSealed,
    #[error("rows after this one are missing, up to number {0}: the seal that was kept covers them")]
    CutBeforeSeal(i64),
}

/// The first thing in a chain that is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub chain: String,
    /// The row, and what it is about; none where a chain has no row left.
    pub row: Option<(i64, String)>,
    pub wrong: Wrong,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chain, row, wrong } = self;
        match row {
            Some((id, about)) if about.is_empty() => {
                write!(f, "the journal is broken at row {id} (chain {chain}): {wrong}")
            }
            Some((id, about)) => {
                write!(f, "the journal is broken at row {id} ({about}, chain {chain}): {wrong}")
            }
            None => {
                let (number, who) = match wrong {
                    Wrong::Cut { checkpoint, number } => (*number, format!("checkpoint {checkpoint}")),
                    Wrong::CutBeforeSeal(number) => (*number, "the seal that was kept".to_owned()),
                    _ => return write!(f, "the journal is broken: no row of chain {chain} is left"),
                };
                write!(f, "the journal is broken: no row of chain {chain} is left, {who} covers {number}")
            }
        }
    }
}

/// What is wrong with a seal that was kept outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsealed {
    #[error("the seal that was given was not signed by the key in it")]
    Forged,
    #[error("checkpoint {0} of the seal that was kept is missing")]
    Missing(i64),
    #[error("checkpoint {0} is not the one of the seal that was kept")]
    Other(i64),
    #[error("the key of the seal that was kept is not known here")]
    UnknownKey,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    pub rows: i64,
    pub chains: i64,
    pub checkpoints: i64,
    /// The break at the row with the smallest number.
    pub first: Option<Break>,
    /// The first checkpoint that does not hold.
    pub flaw: Option<(i64, Flaw)>,
    pub unsealed: Option<Unsealed>,
}

impl Verdict {
    pub fn holds(&self) -> bool {
        self.first.is_none() && self.flaw.is_none() && self.unsealed.is_none()
    }

    fn add(&mut self, found: Result<i64, Break>) {
        // A chain without any row comes after every row.
        let rank = |found: &Break| found.row.as_ref().map_or(i64::MAX, |(id, _)| *id);
        match found {
            Ok(rows) => {
                self.rows += rows;
                self.chains += 1;
            }
            Err(found) if self.first.as_ref().is_none_or(|known| rank(&found) < rank(known)) => {
                self.first = Some(found);
            }
            Err(_) => {}
        }
    }
}

/// Verifies a whole archive, against a seal that was kept outside when there is one.
pub fn verify<A: Archive>(archive: &mut A, signed: Signed, seal: Option<&Seal>) -> Result<Verdict, A::Error> {
    let mut verdict = Verdict::default();
    let keys = archive.keys()?;
    let mut checkpoints = Checkpoints { kept: seal, ..Checkpoints::default() };
    loop {
        let batch = archive.checkpoints(checkpoints.after())?;
        if batch.is_empty() {
            break;
        }
        for checkpoint in batch {
            checkpoints.see(&checkpoint, &keys, signed, archive.is_whole());
        }
    }
    verdict.checkpoints = checkpoints.count;
    verdict.flaw = checkpoints.flaw;
    verdict.unsealed = seal.and_then(|seal| checkpoints.unsealed(seal, &keys, signed));
    let mut after = String::new();
    let mut sealed = seal;
    loop {
        let chains = archive.chains(&after)?;
        let Some(last) = chains.last() else { break };
        after.clone_from(last);
        for chain in &chains {
            let kept = sealed.take_if(|seal| seal.head.chain == *chain);
            verdict.add(walk(archive, chain, &checkpoints.distrusted, kept)?);
        }
    }
    // The seal of a chain of which nothing is left.
    if let Some(seal) = sealed {
        verdict.add(walk(archive, &seal.head.chain, &checkpoints.distrusted, Some(seal))?);
    }
    Ok(verdict)
}

/// What was seen of the checkpoints.
#[derive(Default)]
struct Checkpoints<'a> {
    kept: Option<&'a Seal>,
    count: i64,
    before: Option<(i64, String)>,
    flaw: Option<(i64, Flaw)>,
    /// Those that do not hold say nothing about rows.
    distrusted: BTreeSet<i64>,
    /// The root of the checkpoint that the seal names.
    found: Option<String>,
}

impl Checkpoints<'_> {
    /// A number may have been altered to any other one.
    fn after(&self) -> i64 {
        self.before.as_ref().map_or(i64::MIN, |(number, _)| *number)
    }

    fn see(&mut self, checkpoint: &Checkpoint, keys: &[(i64, PublicKey)], signed: Signed, whole: bool) {
        let number = checkpoint.number;
        let flaw = match checkpoint.check(keys, signed) {
            Err(flaw) => {
                self.distrusted.insert(number);
                Some(flaw)
            }
            Ok(()) => {
                let follows = checkpoint.follows(self.before.as_ref()).err();
                follows.filter(|flaw| whole || *flaw != Flaw::MissingBefore)
            }
        };
        self.flaw = self.flaw.or(flaw.map(|flaw| (number, flaw)));
        if self.kept.is_some_and(|seal| seal.checkpoint == number) {
            self.found = Some(checkpoint.root.clone());
        }
        self.count += 1;
        self.before = Some((number, checkpoint.root.clone()));
    }

    fn unsealed(&self, seal: &Seal, keys: &[(i64, PublicKey)], signed: Signed) -> Option<Unsealed> {
        let message = super::checkpoints::message(&seal.root);
        if !signed(&seal.key, &message, &seal.signature) {
            return Some(Unsealed::Forged);
        }
        match &self.found {
            None => Some(Unsealed::Missing(seal.checkpoint)),
            Some(root) if *root != seal.root => Some(Unsealed::Other(seal.checkpoint)),
            Some(_) if !keys.iter().any(|(_, key)| *key == seal.key) => Some(Unsealed::UnknownKey),
            Some(_) => None,
        }
    }
}

/// Computes a chain again from its first row; answers how many rows it has.
fn walk<A: Archive>(
    archive: &mut A,
    chain: &str,
    distrusted: &BTreeSet<i64>,
    seal: Option<&Seal>,
) -> Result<Result<i64, Break>, A::Error> {
    let mut walk = Walk { chain, number: 0, hash: FIRST.to_owned(), last: None, seal };
    loop {
        // Asked for in this order, what is written meanwhile is never taken for missing.
        let after = walk.after();
        let mut anchors = archive.anchors(chain, after)?;
        anchors.retain(|anchor| !distrusted.contains(&anchor.checkpoint));
        let rows = archive.rows(chain, after)?;
        if rows.is_empty() {
            let head = archive.head(chain)?;
            let grew = head.as_ref().is_some_and(|head| head.number > walk.number);
            if grew && !archive.rows(chain, after)?.is_empty() {
                continue;
            }
            return Ok(walk.end(head.as_ref(), anchors.first()));
        }
        for row in &rows {
            if let Err(wrong) = walk.step(row, &anchors) {
                return Ok(Err(walk.broken(row, wrong)));
            }
        }
    }
}

struct Walk<'a> {
    chain: &'a str,
    number: i64,
    hash: String,
    /// The last row that holds, and what it is about.
    last: Option<(i64, String)>,
    seal: Option<&'a Seal>,
}

impl Walk<'_> {
    /// Before the first row too: a number may have been altered to any other one.
    fn after(&self) -> i64 {
        if self.last.is_some() { self.number } else { i64::MIN }
    }

    fn step(&mut self, found: &Found, anchors: &[Anchor]) -> Result<(), Wrong> {
        let Found::Row(row) = found else { return Err(Wrong::Unreadable) };
        if row.number != self.number + 1 {
            return Err(Wrong::MissingBefore);
        }
        if row.chain != self.chain || row.hash_after(&self.hash) != row.hash {
            return Err(Wrong::Altered);
        }
        for secret in &row.secrets {
            if row.digest_of(secret.name) != Some(secret.digest().as_str()) {
                return Err(Wrong::Secret(secret.name));
            }
        }
        if let Some(anchor) = anchors.iter().find(|a| a.number == row.number && a.hash != row.hash) {
            return Err(Wrong::NotCovered(anchor.checkpoint));
        }
        if self.seal.is_some_and(|seal| seal.head.number == row.number && seal.head.hash != row.hash) {
            return Err(Wrong::NotSealed);
        }
        self.number = row.number;
        self.hash.clone_from(&row.hash);
        self.last = Some((row.id, row.reference.clone()));
        Ok(())
    }

    /// `beyond` is the first that a checkpoint says of rows after the last one.
    fn end(self, head: Option<&Head>, beyond: Option<&Anchor>) -> Result<i64, Break> {
        let stands = |head: &Head| head.number == self.number && head.hash == self.hash;
        let sealed = self.seal.map_or(0, |seal| seal.head.number);
        let wrong = match (head, beyond) {
            (_, Some(Anchor { number, checkpoint, .. })) => {
                Wrong::Cut { checkpoint: *checkpoint, number: *number }
            }
            _ if sealed > self.number => Wrong::CutBeforeSeal(sealed),
            (Some(head), None) if head.number > self.number => Wrong::MissingAfter,
            (Some(head), None) if stands(head) => return Ok(self.number),
            (Some(_) | None, None) => Wrong::Head,
        };
        Err(Break { chain: self.chain.to_owned(), row: self.last, wrong })
    }

    fn broken(&self, found: &Found, wrong: Wrong) -> Break {
        let row = match found {
            Found::Row(row) => (row.id, row.reference.clone()),
            Found::Unreadable(id) => (*id, String::new()),
        };
        Break { chain: self.chain.to_owned(), row: Some(row), wrong }
    }
}
