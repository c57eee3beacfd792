//! Declarations as the State takes them (the XML of the certification holders), and the reports that it gives back.
//!
//! The schema beside this file is ours, written from public facts; `docs/declarations.md` says which.

mod reading;
mod spelling;
mod writing;

pub use reading::{MOST_MESSAGES, MOST_REPORT_BYTES, MOST_TEXT, read_report};
pub use writing::{Unwritable, Writer, Written, write};

#[cfg(test)]
mod tests;
