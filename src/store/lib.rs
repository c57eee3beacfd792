//! How it is kept. The only room that says diesel.
//!
//! Reads for pages and writes for actions, one file a noun. What touches people's data asks for a
//! [`Reach`](domain::access::Reach) and starts from the one `within` of its table.

mod among;
mod backend;
mod error;
mod literal;
mod names;
mod schema;
mod vocabularies;

pub mod accounts;
pub mod agreements;
pub mod candidacies;
pub mod catalogue;
pub mod certificates;
pub mod certifications;
pub mod checkpoints;
pub mod courses;
pub mod declarations;
pub mod enrolments;
pub mod identities;
pub mod imports;
pub mod installation;
pub mod journal;
pub mod juries;
pub mod keys;
pub mod link_requests;
pub mod links;
pub mod logins;
pub mod marks;
pub mod members;
pub mod organisations;
pub mod outbox;
pub mod people;
pub mod programmes;
pub mod seed;
pub mod sent_forms;
pub mod sessions;
pub mod sheets;
pub mod signatures;
pub mod surveys;
pub mod tracks;

pub use backend::{Conn, NoCopy, Store, Unfit, counted, start_counting};
pub use error::{Error, Unique};
pub use vocabularies::vocabularies;

/// What a store function answers.
pub type Kept<T> = Result<T, Error>;

/// One page of a list: its rows, and where the next page starts.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Given back as the cursor of the next page; none on the last one.
    pub next: Option<String>,
}

/// Rows that a list shows at once.
pub const PAGE_ROWS: usize = 25;
/// What a list asks the database for: its rows and one more, which tells that there is a next page.
const ROWS_AND_ONE: i64 = 26;

/// How much of a list is read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// What a page shows.
    Page,
    /// What is put at once into a file that somebody takes away: read in milliseconds, kept in some ten kilobytes.
    Piece,
}

impl Portion {
    pub const fn rows(self) -> usize {
        match self {
            Self::Page => PAGE_ROWS,
            Self::Piece => 500,
        }
    }

    /// Its rows and one more, which tells that there are others after them.
    const fn and_one(self) -> i64 {
        match self {
            Self::Page => ROWS_AND_ONE,
            Self::Piece => 501,
        }
    }
}

impl<T> Page<T> {
    /// Cuts what was loaded with [`ROWS_AND_ONE`] to a page; `cursor` names a row to start after.
    fn cut(rows: Vec<T>, cursor: impl Fn(&T) -> String) -> Self {
        Self::cut_to(Portion::Page, rows, cursor)
    }

    /// The same for what was loaded with [`Portion::and_one`].
    fn cut_to(portion: Portion, mut rows: Vec<T>, cursor: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > portion.rows();
        rows.truncate(portion.rows());
        let next = more.then(|| rows.last().map(cursor)).flatten();
        Self { rows, next }
    }
}
