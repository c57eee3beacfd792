//! How it travels: tables that people send and get back (CSV, TSV, XLSX), calendars, journals, and the QR
//! codes that lead back to us, declarations to the State.
//!
//! The only room that names the crates of these formats. Everything here is plain values: bytes or text in, text
//! cells out. What a cell means is decided by the caller, and what went wrong is told to people by `words`.

pub mod calendar;
mod csv_out;
pub mod declarations;
mod guard;
pub mod journals;
pub mod qr_codes;
pub mod registers;
mod tables;
mod workbooks;

pub use csv_out::{CsvWriter, write_csv};
pub use domain::imports::Unreadable;
pub use tables::{Limits, Row, Table, read_pasted, read_table, read_table_within};
