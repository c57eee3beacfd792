//! How it is told. The only room that says lettre: letters, the courier, and the ways out.

use crate::domain::calendar::Instant;
use crate::domain::letters::{Addressee, Message};
use crate::store::outbox::Letter;

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

/// A letter could not be rendered: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("the letter could not be rendered: {0}")]
pub struct Fault(pub String);

impl Sender {
    /// Renders a finished letter, due now. `occasion` names what must be said only once.
    pub fn letter(
        &self,
        to: &Addressee,
        message: &Message,
        occasion: Option<String>,
        now: Instant,
    ) -> Result<Letter, Fault> {
        let _ = (to, message, occasion, now);
        Err(Fault("the letters are being written".to_owned()))
    }
}
