//! The journal of one session as a file: a JSON value a line. `docs/journal.md` tells its form.

use domain::journal::checkpoints::Checkpoint;
use domain::journal::standing::Fact;
use domain::journal::verifying::{Anchor, Archive, Found};
use domain::journal::{Head, Row, Secret};
use domain::keys::PublicKey;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Write};

/// The form of the file.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    /// Comes first: what the file holds, up to which row.
    Journal {
        version: u32,
        chain: String,
        number: i64,
        hash: String,
    },
    Key {
        id: i64,
        public_key: String,
    },
    Checkpoint {
        number: i64,
        at: String,
        previous_root: String,
        root: String,
        key: i64,
        signature: String,
        /// The head of this chain that it covers.
        row: i64,
        hash: String,
        leaves: Vec<String>,
    },
    Row(#[serde(with = "RowForm")] Row),
}

/// A row as it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Row", deny_unknown_fields)]
struct RowForm {
    id: i64,
    chain: String,
    number: i64,
    at: String,
    kind: String,
    reference: String,
    account: Option<i64>,
    role: String,
    from: Option<String>,
    to: Option<String>,
    reason_digest: Option<String>,
    evidence_digest: Option<String>,
    hash: String,
    #[serde(with = "secrets")]
    secrets: Vec<Secret>,
}

/// The secrets of a row as they stand in the file.
mod secrets {
    use super::Secret;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Kept {
        name: String,
        salt: String,
        text: String,
    }

    pub fn serialize<S: Serializer>(secrets: &[Secret], to: S) -> Result<S::Ok, S::Error> {
        let kept = |Secret { name, salt, text }: &Secret| Kept {
            name: name.to_string(),
            salt: salt.clone(),
            text: text.clone(),
        };
        to.collect_seq(secrets.iter().map(kept))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Secret>, D::Error> {
        let secret = |Kept { name, salt, text }| {
            Ok(Secret {
                name: name.parse().map_err(|_| D::Error::custom("it keeps something unknown"))?,
                salt,
                text,
            })
        };
        Vec::<Kept>::deserialize(from)?.into_iter().map(secret).collect()
    }
}

/// Writes the file, a part at a time.
pub struct Writer<'a, W>(&'a mut W);

impl<'a, W: Write> Writer<'a, W> {
    /// Writes what follows of a file, its head before all.
    pub fn go_on(out: &'a mut W) -> Self {
        Self(out)
    }

    pub fn head(&mut self, head: &Head) -> io::Result<()> {
        let Head { chain, number, hash } = head.clone();
        self.line(&Line::Journal { version: VERSION, chain, number, hash })
    }

    pub fn key(&mut self, id: i64, key: &PublicKey) -> io::Result<()> {
        self.line(&Line::Key { id, public_key: key.as_str().to_owned() })
    }

    /// With the one head that is told of it; a checkpoint without any is left out.
    pub fn checkpoint(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        let Some(head) = checkpoint.heads.first() else { return Ok(()) };
        self.line(&Line::Checkpoint {
            number: checkpoint.number,
            at: checkpoint.at.clone(),
            previous_root: checkpoint.previous.clone(),
            root: checkpoint.root.clone(),
            key: checkpoint.key,
            signature: checkpoint.signature.as_str().to_owned(),
            row: head.number,
            hash: head.hash.clone(),
            leaves: checkpoint.leaves.clone(),
        })
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line(&Line::Row(row.clone()))
    }

    fn line(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut *self.0, line)?;
        self.0.write_all(b"\n")
    }
}

/// Why a file cannot be verified.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("line {line} of the file cannot be read as it was written: {why}")]
    Line { line: usize, why: String },
    #[error("the file does not begin like the journal of a session")]
    NoJournal,
    #[error("the file is of version {0}, which this program does not know")]
    Version(u32),
    #[error("the file cannot be read: {0}")]
    File(#[from] io::Error),
}

/// A file that was read: an archive of one chain.
#[derive(Debug)]
pub struct Exported {
    pub head: Head,
    keys: Vec<(i64, PublicKey)>,
    checkpoints: Vec<Checkpoint>,
    rows: Vec<Row>,
}

impl Exported {
    pub fn read(file: impl BufRead) -> Result<Self, Unreadable> {
        let mut lines = (1..).zip(file.lines());
        let (_, first) = lines.next().ok_or(Unreadable::NoJournal)?;
        let head = match serde_json::from_str(&first?) {
            Ok(Line::Journal { version: VERSION, chain, number, hash }) => Head { chain, number, hash },
            Ok(Line::Journal { version, .. }) => return Err(Unreadable::Version(version)),
            Ok(_) | Err(_) => return Err(Unreadable::NoJournal),
        };
        let mut read = Self { head, keys: Vec::new(), checkpoints: Vec::new(), rows: Vec::new() };
        for (line, text) in lines {
            read.add(&text?).map_err(|why| Unreadable::Line { line, why })?;
        }
        Ok(read)
    }

    /// The row up to which checkpoints cover the chain, and the key of the last of them.
    pub fn covered(&self) -> Option<(i64, &PublicKey)> {
        let last = self.checkpoints.last()?;
        let (_, key) = self.keys.iter().find(|(id, _)| *id == last.key)?;
        Some((last.heads.first()?.number, key))
    }

    fn add(&mut self, text: &str) -> Result<(), String> {
        match serde_json::from_str(text).map_err(|e| e.to_string())? {
            Line::Journal { .. } => return Err("the file begins twice".to_owned()),
            Line::Key { id, public_key } => {
                self.keys.push((id, public_key.parse().map_err(|_| "this is no key")?));
            }
            Line::Checkpoint { number, at, previous_root, root, key, signature, row, hash, leaves } => {
                self.checkpoints.push(Checkpoint {
                    number,
                    at,
                    previous: previous_root,
                    root,
                    leaves,
                    heads: vec![Head { chain: self.head.chain.clone(), number: row, hash }],
                    key,
                    signature: signature.parse().map_err(|_| "this is no signature")?,
                });
            }
            Line::Row(row) => self.rows.push(row),
        }
        Ok(())
    }
}

impl Archive for Exported {
    type Error = std::convert::Infallible;

    fn is_whole(&self) -> bool {
        false
    }

    fn chains(&mut self, after: &str) -> Result<Vec<String>, Self::Error> {
        let chain = Some(&self.head.chain).filter(|chain| chain.as_str() > after);
        Ok(chain.cloned().into_iter().collect())
    }

    /// In the order of the file: where that is not the order of the numbers, a row is missing.
    fn rows(&mut self, _: &str, after: i64) -> Result<Vec<Found>, Self::Error> {
        let passed = usize::try_from(after).unwrap_or(0);
        Ok(self.rows.iter().skip(passed).map(|row| Found::Row(Box::new(row.clone()))).collect())
    }

    fn head(&mut self, chain: &str) -> Result<Option<Head>, Self::Error> {
        Ok((self.head.chain == chain).then(|| self.head.clone()))
    }

    fn anchors(&mut self, chain: &str, after: i64) -> Result<Vec<Anchor>, Self::Error> {
        let mut anchors = Vec::new();
        for checkpoint in &self.checkpoints {
            let of_chain = checkpoint.heads.iter().filter(|h| h.chain == chain && h.number > after);
            anchors.extend(of_chain.map(|head| Anchor {
                number: head.number,
                hash: head.hash.clone(),
                checkpoint: checkpoint.number,
            }));
        }
        Ok(anchors)
    }

    fn checkpoints(&mut self, after: i64) -> Result<Vec<Checkpoint>, Self::Error> {
        Ok(self.checkpoints.iter().filter(|checkpoint| checkpoint.number > after).cloned().collect())
    }

    fn keys(&mut self) -> Result<Vec<(i64, PublicKey)>, Self::Error> {
        Ok(self.keys.clone())
    }

    fn facts(&mut self, _: &str) -> Result<Option<Vec<Fact>>, Self::Error> {
        Ok(None)
    }
}
