//! Parcours runs a public training programme, from awareness to practice, with proof.
//!
//! The rooms, each with its own page of documentation:
//!
//! - [`domain`]: what is true
//! - [`store`]: how it is kept
//! - [`actions`]: what one can do
//! - [`credentials`]: how it is proved
//! - [`papers`]: how it is printed
//! - [`exchange`]: how it travels
//! - [`mail`]: how it is told
//! - [`words`]: how it is said
//! - [`web`]: how it is shown
//!
//! Data flow from the web through the domain to the store; `tests/house.rs` holds the line.

pub mod actions;
pub mod clock;
pub mod commands;
pub mod credentials;
pub mod domain;
pub mod exchange;
pub mod mail;
pub mod papers;
pub mod settings;
pub mod store;
pub mod web;
pub mod words;
