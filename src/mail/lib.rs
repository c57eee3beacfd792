//! How it is told. The only room that says lettre: letters, the courier, and the ways out.

mod courier;
mod letters;
mod transport;

use addresses::Page;

pub use courier::Courier;
pub use transport::{PATIENCE, Transport, Undelivered, Unusable};

/// Who signs the letters, and where their links lead.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The public address, without a slash at the end: `https://parcours.example`.
    pub public_url: String,
    /// The fixed address on our own domain that letters come from.
    pub from: String,
    /// The part after `@` of the Message-ID.
    pub domain: String,
}

impl Sender {
    /// The address of a page, as it stands in letters and in calendars.
    pub fn link(&self, to: &Page<'_>) -> String {
        format!("{}{to}", self.public_url)
    }
}

/// A letter could not be rendered: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("the letter could not be rendered: {0}")]
pub struct Fault(pub String);
