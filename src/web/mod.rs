//! How it is shown. Routes, forms, pages; it translates and decides nothing.

mod assets;
mod doors;
mod error;
mod guard;
mod page;
mod reply;
mod server;
mod visit;

mod accounts;
mod attendance;
mod catalogue;
mod courses;
mod enrolments;
mod homes;
mod imports;
mod letters;
mod members;
mod mistakes;
mod organisations;
mod people;
mod public;
mod sessions;

pub use doors::{Door, all as doors};
pub use server::{Server, Site, serve};
