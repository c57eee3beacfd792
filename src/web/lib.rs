//! How it is shown. Routes, forms, pages; it translates and decides nothing.

mod assets;
mod bodies;
mod doors;
mod error;
mod fields;
mod guard;
mod hosting;
mod metrics;
mod mistakes;
mod page;
mod reply;
mod sending;
mod server;
mod session_rows;
mod streaming;
mod sure;
mod uploads;
mod visit;

mod accounts;
mod attendance;
mod candidacies;
mod catalogue;
mod certificates;
mod certifications;
mod courses;
mod declarations;
mod enrolments;
mod homes;
mod identities;
mod imports;
mod juries;
mod keys;
mod lately;
mod letters;
mod members;
mod organisations;
mod people;
mod programmes;
mod public;
mod sessions;
mod surveys;
mod tracks;

pub use doors::{Door, all as doors};
pub use hosting::run;
pub use server::{Server, Site, serve};
