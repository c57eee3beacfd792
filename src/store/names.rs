//! Lists that go by name: where a page starts, and how words find rows.

use crate::domain::text::search_key;

/// The place of a row in a list by name: its key, then its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) key: String,
    pub(super) id: i64,
}

impl Place {
    /// As a cursor in an address.
    pub(super) fn cursor(key: &str, id: i64) -> String {
        format!("{id}~{key}")
    }

    /// A cursor that is none of ours starts at the beginning.
    pub(super) fn read(cursor: &str) -> Option<Self> {
        let (id, key) = cursor.split_once('~')?;
        Some(Self { key: key.to_owned(), id: id.parse().ok()? })
    }
}

/// For each word of a query, the two patterns of a key in which some word begins with it. A key holds letters, digits
/// and single spaces, so that nothing in a pattern needs an escape.
pub(super) fn patterns(query: &str) -> Vec<(String, String)> {
    search_key(query).split_whitespace().map(|word| (format!("{word}%"), format!("% {word}%"))).collect()
}
