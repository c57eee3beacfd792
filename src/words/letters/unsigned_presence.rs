//! Half-days count without a signature.

use super::Said;
use super::turns::{about, half_day};
use crate::Words;
use domain::letters::{Meeting, Place};
use domain::sessions::Slot;

pub(super) const LABEL: (&str, &str) = ("Présence sans signature", "Presence without a signature");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, slots: &[(Slot, String)]) -> Said {
    let title = w.quoted(&m.title);
    let first = if p.to_themselves {
        w.say(
            format!("La session {title} est close. Votre présence y compte sans votre signature\u{a0}:"),
            format!("The session {title} is closed. Your attendance counts without your signature:"),
        )
    } else {
        let person = &p.person;
        w.say(
            format!("La session {title} est close. La présence de {person} y compte sans signature\u{a0}:"),
            format!("The session {title} is closed. The attendance of {person} counts without a signature:"),
        )
    };
    let why = slots.iter().map(|(slot, reason)| {
        let when = half_day(w, slot);
        w.say(format!("{when}. Motif\u{a0}: {reason}"), format!("{when}. Reason: {reason}"))
    });
    let last =
        w.say("Si ce n’est pas exact, répondez à ce message.", "If this is not right, answer this message.");
    let what = w.say("Présence retenue sans signature", "Presence kept without a signature");
    Said {
        subject: about(w, &what, m),
        sentences: [first].into_iter().chain(why).chain([last]).collect(),
        button: w.to_the_page_of_the_seat(),
    }
}
