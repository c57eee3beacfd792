//! What can be wrong with a journal, and how it is said.

use super::SecretName;
use super::standing::{Difference, How};
use std::fmt;

/// What is wrong with a row, or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("the row was altered")]
    Altered,
    #[error("the row cannot be read: it was altered")]
    Unreadable,
    #[error("its {0} was altered")]
    Secret(SecretName),
    #[error("its {0} was taken away, and names nobody")]
    Emptied(SecretName),
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
    #[error("the seal that was given was not signed like this by the key in it")]
    Forged,
    #[error("checkpoint {0} of the seal that was kept is missing")]
    Missing(i64),
    #[error("checkpoint {0} is not the one of the seal that was kept")]
    Other(i64),
    #[error("the key of the seal that was kept is not known here")]
    UnknownKey,
}

/// What is wrong with one chain, or with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    Broken(Break),
    #[error("{0}")]
    Differs(Difference),
}

impl Fault {
    /// The row of the journal that is broken, or tells what does not stand.
    pub fn row(&self) -> Option<i64> {
        match self {
            Self::Broken(found) => found.row.as_ref().map(|(id, _)| *id),
            Self::Differs(Difference { how: How::Altered(row) | How::Gone(row), .. }) => Some(*row),
            Self::Differs(_) => None,
        }
    }
}
