//! Is it still what was written? The same answer for a database, a file, and a test.

pub use super::faults::{Break, Fault, Unsealed, Wrong};

use super::checkpoints::{Checkpoint, Flaw, Signed, leaf};
use super::seals::Seal;
use super::standing::{Difference, Fact, Testimony, kinds};
use super::{FIRST, Head, Row, SecretName};
use crate::keys::PublicKey;
use std::collections::BTreeSet;

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
    /// What stands beside a chain, to be compared with what it tells; nothing where there is only the chain.
    fn facts(&mut self, chain: &str) -> Result<Option<Vec<Fact>>, Self::Error>;
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    pub rows: i64,
    pub chains: i64,
    pub checkpoints: i64,
    /// Texts that stood beside a row and were erased: what they said is not compared any more.
    pub erased: i64,
    /// The break at the row with the smallest number.
    pub first: Option<Break>,
    /// The first thing beside the journal that it tells otherwise.
    pub differs: Option<Difference>,
    /// The first checkpoint that does not hold.
    pub flaw: Option<(i64, Flaw)>,
    pub unsealed: Option<Unsealed>,
}

impl Verdict {
    pub fn holds(&self) -> bool {
        let Self { first, differs, flaw, unsealed, .. } = self;
        first.is_none() && differs.is_none() && flaw.is_none() && unsealed.is_none()
    }

    fn add(&mut self, Walked { found, differs, erased }: Walked) {
        // A chain without any row comes after every row.
        let rank = |found: &Break| found.row.as_ref().map_or(i64::MAX, |(id, _)| *id);
        self.erased += erased;
        self.differs = self.differs.take().or(differs);
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
    let mut keys = archive.keys()?;
    let mut checkpoints = Checkpoints { kept: seal, ..Checkpoints::default() };
    loop {
        let batch = archive.checkpoints(checkpoints.after())?;
        if batch.is_empty() {
            break;
        }
        for checkpoint in batch {
            let mut check = checkpoint.check(&keys, signed);
            if check == Err(Flaw::UnknownKey) {
                // It may have come since they were read.
                keys = archive.keys()?;
                check = checkpoint.check(&keys, signed);
            }
            checkpoints.see(&checkpoint, check, archive.is_whole());
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
    /// That checkpoint holds, and has not the head of the seal.
    covers_another: bool,
}

impl Checkpoints<'_> {
    /// A number may have been altered to any other one.
    fn after(&self) -> i64 {
        self.before.as_ref().map_or(i64::MIN, |(number, _)| *number)
    }

    fn see(&mut self, checkpoint: &Checkpoint, check: Result<(), Flaw>, whole: bool) {
        let number = checkpoint.number;
        let flaw = match check {
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
        if let Some(seal) = self.kept.filter(|seal| seal.checkpoint == number) {
            self.found = Some(checkpoint.root.clone());
            // The signature is over the root: what it says of the head is found under it.
            self.covers_another = check.is_ok()
                && checkpoint.root == seal.root
                && !checkpoint.leaves.contains(&leaf(&seal.head));
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
            Some(_) if self.covers_another => Some(Unsealed::Forged),
            Some(_) if !keys.iter().any(|(_, key)| *key == seal.key) => Some(Unsealed::UnknownKey),
            Some(_) => None,
        }
    }
}

/// What was found of one chain.
struct Walked {
    found: Result<i64, Break>,
    differs: Option<Difference>,
    erased: i64,
}

/// Verifies one chain by itself, and what stands beside it; of checkpoints only what they say of it.
pub fn verify_chain<A: Archive>(archive: &mut A, chain: &str) -> Result<Option<Fault>, A::Error> {
    let walked = walk(archive, chain, &BTreeSet::new(), None)?;
    Ok(match walked.found {
        Err(found) => Some(Fault::Broken(found)),
        Ok(_) => walked.differs.map(Fault::Differs),
    })
}

/// Computes a chain again from its first row, and compares what stands with what it told.
fn walk<A: Archive>(
    archive: &mut A,
    chain: &str,
    distrusted: &BTreeSet<i64>,
    seal: Option<&Seal>,
) -> Result<Walked, A::Error> {
    let mut walk = Walk { chain, number: 0, hash: FIRST.to_owned(), last: None, seal, erased: 0 };
    let mut testimony = Testimony::default();
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
            let found = walk.end(head.as_ref(), anchors.first());
            let mut differs = None;
            if found.is_ok()
                && let Some(facts) = archive.facts(chain)?
            {
                differs = testimony.against(chain, &facts);
                // Whatever came to stand meanwhile has its line in the same transaction.
                if differs.is_some() && archive.head(chain)?.is_some_and(|head| head.number > walk.number) {
                    continue;
                }
            }
            return Ok(Walked { found, differs, erased: walk.erased });
        }
        for found in &rows {
            match walk.step(found, &anchors) {
                Ok(row) => testimony.hear(row),
                Err(wrong) => {
                    let found = Err(walk.broken(found, wrong));
                    return Ok(Walked { found, differs: None, erased: walk.erased });
                }
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
    erased: i64,
}

impl Walk<'_> {
    /// Before the first row too: a number may have been altered to any other one.
    fn after(&self) -> i64 {
        if self.last.is_some() { self.number } else { i64::MIN }
    }

    fn step<'f>(&mut self, found: &'f Found, anchors: &[Anchor]) -> Result<&'f Row, Wrong> {
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
        for name in SecretName::ALL {
            let is_gone = row.digest_of(*name).is_some() && !row.secrets.iter().any(|s| s.name == *name);
            if is_gone && *name == SecretName::Evidence && kinds::names_nobody(&row.kind) {
                return Err(Wrong::Emptied(*name));
            }
            self.erased += i64::from(is_gone);
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
        Ok(row)
    }

    /// `beyond` is the first that a checkpoint says of rows after the last one.
    fn end(&self, head: Option<&Head>, beyond: Option<&Anchor>) -> Result<i64, Break> {
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
        Err(Break { chain: self.chain.to_owned(), row: self.last.clone(), wrong })
    }

    fn broken(&self, found: &Found, wrong: Wrong) -> Break {
        let row = match found {
            Found::Row(row) => (row.id, row.reference.clone()),
            Found::Unreadable(id) => (*id, String::new()),
        };
        Break { chain: self.chain.to_owned(), row: Some(row), wrong }
    }
}
