//! A list of staff that an employer sends: which column is what, and what becomes of each line.

mod columns;
mod guesses;
mod headings;
mod matching;
mod verdicts;

pub use columns::{Column, Layout, Sheet, Teller};
pub use verdicts::{Change, Mistake, Staff, Verdict, judge};

use super::named;

/// Hours during which what was sent waits to be confirmed; then it is forgotten.
pub const KEPT_HOURS: i64 = 24;

/// Why nothing was read. `Display` is for logs; it quotes nothing of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unreadable {
    #[error("there is nothing in it")]
    Empty,
    #[error("there is a header line and nothing below it")]
    NoRows,
    #[error("more than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("more than {limit} rows")]
    TooManyRows { limit: usize },
    #[error("line {line} has more than {limit} columns")]
    TooWide { line: usize, limit: usize },
    #[error("a cell of line {line} has more than {limit} characters")]
    CellTooLong { line: usize, limit: usize },
    #[error("a quotation mark opened on line {line} is never closed")]
    Unclosed { line: usize },
    #[error("the text is in no encoding that we read")]
    Encoding,
    #[error("neither text nor a workbook")]
    NotAWorkbook,
    #[error("a PDF document")]
    Pdf,
    #[error("a picture")]
    Picture,
    #[error("an OpenDocument file")]
    OpenDocument,
    #[error("a workbook in a binary format (xls, xlsb)")]
    OldWorkbook,
    #[error("a workbook under a password")]
    Protected,
    #[error("a workbook that inflates beyond all measure")]
    Bomb,
    #[error("a workbook that does not open")]
    Damaged,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("the columns {missing:?} are missing")]
    ColumnsMissing { missing: Vec<Field>, found: Vec<String> },
    #[error("the columns {first} and {second} tell the same thing")]
    ColumnTwice { first: Column, second: Column },
}

named! {
    /// What a line tells of somebody.
    Field {
        FamilyName = "family_name",
        GivenName = "given_name",
        Email = "email",
        StaffNumber = "staff_number",
        JobGroup = "job_group",
        StartsOn = "starts_on",
    }
}

named! {
    /// What a reader answers of a line that resembles somebody and may be somebody else.
    Answer {
        SamePerson = "same",
        SomebodyElse = "other",
    }
}

/// A line as it was typed, its cells put in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Where the person finds it in what they sent, from 1.
    pub number: usize,
    /// In the order of [`Field::ALL`].
    cells: [String; 6],
    pub answer: Option<Answer>,
}

impl Line {
    pub fn new(number: usize, cells: [String; 6]) -> Self {
        Self { number, cells, answer: None }
    }

    pub fn cells(&self) -> &[String; 6] {
        &self.cells
    }

    pub fn cell(&self, field: Field) -> &str {
        self.cells.get(field as usize).map(String::as_str).unwrap_or_default()
    }

    pub fn put(&mut self, field: Field, text: impl Into<String>) {
        if let Some(cell) = self.cells.get_mut(field as usize) {
            *cell = text.into();
        }
    }
}
