//! A seal: where a chain stood when a checkpoint covered it, as a text that people keep outside.

use super::Head;
use crate::keys::{PublicKey, Signature};
use std::fmt;
use std::str::FromStr;

const MARK: &str = "parcours-seal-1/";
/// Characters of a line, wherever a seal is set: no mail program breaks those.
const WIDTH: usize = 60;
/// Digits that tell whether all was copied.
const CHECK: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    pub head: Head,
    pub checkpoint: i64,
    pub root: String,
    pub signature: Signature,
    pub key: PublicKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSeal {
    #[error("there is no seal in it: it begins with {MARK}")]
    Absent,
    #[error("the seal was not copied whole, or is mistyped")]
    Damaged,
}

impl Seal {
    /// The text in lines that stay whole.
    pub fn lines(&self) -> Vec<String> {
        let text: Vec<char> = self.to_string().chars().collect();
        text.chunks(WIDTH).map(|line| line.iter().collect()).collect()
    }

    fn body(&self) -> String {
        let Head { chain, number, hash } = &self.head;
        let (signature, key) = (self.signature.as_str(), self.key.as_str());
        format!("{MARK}{chain}/{number}/{hash}/{}/{}/{signature}/{key}/", self.checkpoint, self.root)
    }
}

fn check_of(body: &str) -> String {
    super::digest([Some(body)]).chars().take(CHECK).collect()
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body();
        write!(f, "{body}{}", check_of(&body))
    }
}

impl FromStr for Seal {
    type Err = NoSeal;

    /// Finds a seal in a letter or a print: line breaks, marks of quoting, capitals and what stands
    /// around it do not matter.
    fn from_str(text: &str) -> Result<Self, NoSeal> {
        let is_noise = |c: &char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '>' | '|' | '=' | '"' | '\'' | '\u{200b}' | '\u{2060}')
        };
        let text: String = text.chars().filter(|c| !is_noise(c)).flat_map(char::to_lowercase).collect();
        let (_, rest) = text.split_once(MARK).ok_or(NoSeal::Absent)?;
        let parts: Vec<&str> = rest.splitn(8, '/').collect();
        let [chain, number, hash, checkpoint, root, signature, key, end] = parts.as_slice() else {
            return Err(NoSeal::Damaged);
        };
        let seal = Self {
            head: Head {
                chain: (*chain).to_owned(),
                number: number.parse().map_err(|_| NoSeal::Damaged)?,
                hash: (*hash).to_owned(),
            },
            checkpoint: checkpoint.parse().map_err(|_| NoSeal::Damaged)?,
            root: (*root).to_owned(),
            signature: signature.parse().map_err(|_| NoSeal::Damaged)?,
            key: key.parse().map_err(|_| NoSeal::Damaged)?,
        };
        if end.starts_with(&check_of(&seal.body())) { Ok(seal) } else { Err(NoSeal::Damaged) }
    }
}
