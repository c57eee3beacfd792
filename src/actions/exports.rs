//! Files that people take away, made a piece at a time: whoever is slow keeps nobody waiting.

use super::{Done, House};
use exchange::CsvWriter;
use std::fmt;
use store::{self, Conn, Kept, Page};

/// Some of a file.
#[derive(Debug)]
pub struct Piece {
    pub bytes: Vec<u8>,
    /// Whether nothing comes after it.
    pub is_last: bool,
}

/// A file that is made while it is fetched. Between two pieces it holds neither a connection nor a transaction, only the
/// place of the last row: it is no picture of one moment, and docs/decisions/0012-exports-stream.md says what holds.
pub struct Export(Box<Next>);

type Next = dyn FnMut(&House) -> Done<Piece> + Send;

impl Export {
    /// `next` makes a piece with one short read. When it fails it stays where it was.
    pub(super) fn new(next: impl FnMut(&House) -> Done<Piece> + Send + 'static) -> Self {
        Self(Box::new(next))
    }

    /// What follows; nothing is to be asked for after the last piece. One that failed may be asked for again.
    pub fn next(&mut self, house: &House) -> Done<Piece> {
        (self.0)(house)
    }
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Export")
    }
}

/// A table, a portion of its rows at a time; `read` answers those after a cursor.
pub(super) fn table<Row>(
    headings: &[&str],
    read: impl Fn(&mut Conn, &str) -> Kept<Page<Row>> + Send + 'static,
    cells: impl Fn(&Row) -> Vec<String> + Send + 'static,
) -> Export {
    let (mut table, mut after) = (CsvWriter::begin(headings), String::new());
    Export::new(move |house| {
        let page = house.store.read::<_, store::Error>(|conn| read(conn, &after))?;
        for row in &page.rows {
            table.row(&cells(row));
        }
        let is_last = page.next.is_none();
        after = page.next.unwrap_or_default();
        Ok(Piece { bytes: table.take(), is_last })
    })
}
