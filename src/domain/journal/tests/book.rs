//! A journal in memory, and how random ones are made.

use crate::journal::checkpoints::{Checkpoint, Unsigned, leaf};
use crate::journal::seals::Seal;
use crate::journal::standing::Fact;
use crate::journal::verifying::{Anchor, Archive, Break, Found, Verdict, verify};
use crate::journal::{FIRST, Head, Row, Secret, SecretName, digest};
use crate::keys::{PublicKey, Signature};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::convert::Infallible;

/// Read so few at once that every journal takes several batches.
const BATCH: usize = 3;

/// A journal in memory.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub rows: Vec<Row>,
    pub heads: Vec<Head>,
    pub checkpoints: Vec<Checkpoint>,
    /// How often its keys are asked for before they are there.
    pub late_keys: usize,
}

pub fn key() -> PublicKey {
    PublicKey::new(&[7; 32])
}

/// Stands in for the signature: nobody forges it here.
pub fn sign(message: &[u8]) -> Signature {
    let text = String::from_utf8_lossy(message).into_owned();
    Signature::new(digest([Some(key().as_str()), Some(text.as_str())]).as_bytes())
}

pub fn signed(by: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    *by == key() && sign(message) == *signature
}

impl Book {
    pub fn stands(&self, chain: &str) -> Option<&Head> {
        self.heads.iter().find(|head| head.chain == chain)
    }

    pub fn write(&mut self, line: &Line) {
        let chain = format!("session:{}", line.chain);
        let before = self.stands(&chain).cloned();
        let secret = |name, text: &Option<String>| {
            Some(Secret { name, salt: format!("salt{}", self.rows.len()), text: text.clone()? })
        };
        let secrets =
            [secret(SecretName::Reason, &line.reason), secret(SecretName::Evidence, &line.evidence)];
        let secrets: Vec<Secret> = secrets.into_iter().flatten().collect();
        let digest_of = |name| secrets.iter().find(|s| s.name == name).map(Secret::digest);
        let mut row = Row {
            id: i64::try_from(self.rows.len()).unwrap() + 1,
            number: before.as_ref().map_or(0, |head| head.number) + 1,
            at: "2026-11-26T17:04:05.123456".to_owned(),
            kind: line.kind.clone(),
            reference: format!("enrolment:{}", line.about),
            account: line.account,
            role: "trainer".to_owned(),
            from: line.from.clone(),
            to: Some("present".to_owned()),
            reason_digest: digest_of(SecretName::Reason),
            evidence_digest: digest_of(SecretName::Evidence),
            hash: String::new(),
            chain: chain.clone(),
            secrets,
        };
        row.hash = row.hash_after(before.as_ref().map_or(FIRST, |head| &head.hash));
        self.heads.retain(|head| head.chain != chain);
        self.heads.push(Head { chain, number: row.number, hash: row.hash.clone() });
        self.heads.sort_by(|one, other| one.chain.cmp(&other.chain));
        self.rows.push(row);
    }

    pub fn checkpoint(&mut self) {
        let covered = |head: &&Head| !self.checkpoints.iter().any(|c| c.heads.contains(head));
        let heads: Vec<Head> = self.heads.iter().filter(covered).cloned().collect();
        if heads.is_empty() {
            return;
        }
        let last = self.checkpoints.last();
        let unsigned = Unsigned {
            number: last.map_or(0, |c| c.number) + 1,
            at: "2026-11-26T18:00:00.000000".to_owned(),
            previous: last.map_or(FIRST, |c| &c.root).to_owned(),
            heads,
        };
        self.checkpoints.push(unsigned.signed(1, sign));
    }

    /// The last seal of a chain.
    pub fn seal(&self, chain: &str) -> Seal {
        let covers = |c: &&Checkpoint| c.heads.iter().any(|head| head.chain == chain);
        let checkpoint = self.checkpoints.iter().rfind(covers).unwrap();
        Seal {
            head: checkpoint.heads.iter().find(|head| head.chain == chain).unwrap().clone(),
            checkpoint: checkpoint.number,
            root: checkpoint.root.clone(),
            signature: checkpoint.signature.clone(),
            key: key(),
        }
    }

    pub fn numbers(&self, chain: &str) -> Vec<usize> {
        (0..self.rows.len()).filter(|at| self.rows[*at].chain == chain).collect()
    }

    /// Takes the rows of a chain away from one on, and lets its head say so.
    pub fn cut(&mut self, chain: &str, from: i64) {
        self.rows.retain(|row| row.chain != chain || row.number < from);
        let last = self.rows.iter().rfind(|row| row.chain == chain).cloned();
        self.heads.retain(|head| head.chain != chain);
        self.heads.extend(last.map(|row| Head { chain: row.chain, number: row.number, hash: row.hash }));
    }

    /// Hashes a chain again, as somebody would who altered a row and knows how it is made.
    pub fn hash_again(&mut self, chain: &str) {
        let mut hash = FIRST.to_owned();
        for at in self.numbers(chain) {
            self.rows[at].hash = self.rows[at].hash_after(&hash);
            hash.clone_from(&self.rows[at].hash);
        }
        self.heads.iter_mut().filter(|head| head.chain == chain).for_each(|head| head.hash.clone_from(&hash));
    }

    pub fn verdict(&mut self, seal: Option<&Seal>) -> Verdict {
        let Ok(verdict) = verify(self, signed, seal);
        verdict
    }

    #[track_caller]
    pub fn broken(&mut self) -> Break {
        self.verdict(None).first.expect("a break")
    }
}

impl Archive for Book {
    type Error = Infallible;

    fn is_whole(&self) -> bool {
        true
    }

    fn chains(&mut self, after: &str) -> Result<Vec<String>, Infallible> {
        let of_rows = self.rows.iter().map(|row| row.chain.clone());
        let of_heads = self.heads.iter().chain(self.checkpoints.iter().flat_map(|c| &c.heads));
        let all: BTreeSet<String> = of_rows.chain(of_heads.map(|head| head.chain.clone())).collect();
        Ok(all.into_iter().filter(|chain| chain.as_str() > after).take(BATCH).collect())
    }

    fn rows(&mut self, chain: &str, after: i64) -> Result<Vec<Found>, Infallible> {
        let mut rows: Vec<Row> =
            self.rows.iter().filter(|row| row.chain == chain && row.number > after).cloned().collect();
        rows.sort_by_key(|row| row.number);
        rows.truncate(BATCH);
        Ok(rows.into_iter().map(|row| Found::Row(Box::new(row))).collect())
    }

    fn head(&mut self, chain: &str) -> Result<Option<Head>, Infallible> {
        Ok(self.stands(chain).cloned())
    }

    fn anchors(&mut self, chain: &str, after: i64) -> Result<Vec<Anchor>, Infallible> {
        let heads = self.checkpoints.iter().flat_map(|c| c.heads.iter().map(move |head| (c.number, head)));
        let own = heads.filter(|(_, head)| head.chain == chain && head.number > after);
        let anchor = |(checkpoint, head): (i64, &Head)| Anchor {
            number: head.number,
            hash: head.hash.clone(),
            checkpoint,
        };
        let mut anchors: Vec<Anchor> = own.map(anchor).collect();
        anchors.sort_by_key(|anchor| anchor.number);
        anchors.truncate(BATCH);
        Ok(anchors)
    }

    fn checkpoints(&mut self, after: i64) -> Result<Vec<Checkpoint>, Infallible> {
        // The leaves are made of the heads, as a database keeps those alone.
        let with_leaves =
            |c: &Checkpoint| Checkpoint { leaves: c.heads.iter().map(leaf).collect(), ..c.clone() };
        let later = self.checkpoints.iter().filter(|c| c.number > after);
        Ok(later.take(BATCH).map(with_leaves).collect())
    }

    fn keys(&mut self) -> Result<Vec<(i64, PublicKey)>, Infallible> {
        if self.late_keys > 0 {
            self.late_keys -= 1;
            return Ok(Vec::new());
        }
        Ok(vec![(1, key())])
    }

    fn facts(&mut self, _: &str) -> Result<Option<Vec<Fact>>, Infallible> {
        Ok(None)
    }
}

/// What is written of one row.
#[derive(Debug, Clone)]
pub struct Line {
    pub chain: u8,
    pub about: u8,
    pub kind: String,
    pub account: Option<i64>,
    pub from: Option<String>,
    pub reason: Option<String>,
    pub evidence: Option<String>,
    /// Whether a checkpoint is made after it.
    pub sealed: bool,
}

pub fn line() -> impl Strategy<Value = Line> {
    let text = || proptest::option::of("[a-zé ]{0,6}");
    let (chain, about) = (1..4_u8, any::<u8>());
    (chain, about, "[a-z]{1,6}", proptest::option::of(1..99_i64), text(), text(), text(), any::<bool>())
        .prop_map(|(chain, about, kind, account, from, reason, evidence, sealed)| Line {
            chain,
            about,
            kind,
            account,
            from,
            reason,
            evidence,
            sealed,
        })
}

/// A journal with all its rows under checkpoints.
pub fn book() -> impl Strategy<Value = Book> {
    proptest::collection::vec(line(), 1..20).prop_map(|lines| {
        let mut book = Book::default();
        for line in &lines {
            book.write(line);
            if line.sealed {
                book.checkpoint();
            }
        }
        book.checkpoint();
        book
    })
}
