//! What lines of the journal keep as evidence, as text: always made in the same way, so that it is made
//! again from what is kept elsewhere, and compared.
//!
//! The evidence of a trainer's word is the text of the sheet ([`Sheet::text`]).
//!
//! [`Sheet::text`]: crate::attendance::Sheet::text

use super::moment;
use crate::calendar::Instant;
use crate::ids::{EnrolmentId, SlotId};
use crate::signatures::Way;
use crate::text::hexadecimal;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

const PLAN: &str = "parcours-plan/1";
const CLOSING: &str = "parcours-closing/1";

/// SHA-256 of a text, in hexadecimal.
pub fn digest(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

/// Digest of how a signature reached us. The salt, and what it hides, are forgotten after a time.
pub fn connection(salt: &str, address: &str, agent: &str, device: Option<&str>) -> String {
    digest(&format!("parcours-connection/1\n{salt}\n{address}\n{agent}\n{}", device.unwrap_or_default()))
}

/// What is proved of a signature: who, when, how, what the hand left, and the sheet before it.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'a> {
    pub enrolment: EnrolmentId,
    pub slot: SlotId,
    pub way: Way,
    pub signed_at: Instant,
    pub received_at: Instant,
    pub typed: Option<&'a str>,
    pub drawn: Option<&'a str>,
    pub sheet_digest: &'a str,
    pub connection_digest: &'a str,
}

impl Signature<'_> {
    /// A line each, always in this order.
    pub fn text(&self) -> String {
        format!(
            "parcours-signature/1\nenrolment:{}\nslot:{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.enrolment,
            self.slot,
            self.way,
            moment(self.signed_at),
            moment(self.received_at),
            self.typed.unwrap_or_default(),
            self.drawn.unwrap_or_default(),
            self.sheet_digest,
            self.connection_digest,
        )
    }

    /// By which the sheet tells this signature from every other one.
    pub fn digest(&self) -> String {
        digest(&self.text())
    }
}

/// From when to when a half-day lasts.
pub fn times(starts_at: Instant, ends_at: Instant) -> String {
    format!("{} {}", moment(starts_at), moment(ends_at))
}

/// The half-days of a plan.
pub fn plan(slots: impl IntoIterator<Item = (SlotId, Instant, Instant)>) -> String {
    listed(PLAN, slots)
}

/// What a closing counted: the half-days as they were then, and the minutes that each person followed.
pub fn closing(
    slots: impl IntoIterator<Item = (SlotId, Instant, Instant)>,
    followed: impl IntoIterator<Item = (EnrolmentId, u32)>,
) -> String {
    let mut text = listed(CLOSING, slots);
    for (who, minutes) in followed {
        // Writing to a String cannot fail.
        let _ = write!(text, "\nenrolment:{who} {minutes}");
    }
    text
}

fn listed(mark: &str, slots: impl IntoIterator<Item = (SlotId, Instant, Instant)>) -> String {
    let mut text = mark.to_owned();
    for (slot, starts_at, ends_at) in slots {
        let _ = write!(text, "\nslot:{slot} {}", times(starts_at, ends_at));
    }
    text
}

/// The lines of a plan or a closing: what each is about, and what is said of it.
pub fn read(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let (mark, lines) = text.split_once('\n').unwrap_or((text, ""));
    let lines = if mark == PLAN || mark == CLOSING { lines } else { "" };
    lines.lines().filter_map(|line| line.split_once(' '))
}
