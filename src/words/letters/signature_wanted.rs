//! A half-day is to be signed afterwards.

use super::Said;
use super::turns::{about, half_day};
use crate::Words;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};
use domain::sessions::Slot;

pub(super) const LABEL: (&str, &str) = ("Signature attendue", "Signature wanted");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, slot: &Slot, until: Instant) -> Said {
    let (title, when) = (w.quoted(&m.title), half_day(w, slot));
    let until = w.moment(until, m.zone);
    let first = if p.to_themselves {
        w.say(
            format!("Vous étiez à la session {title} ({when}), et votre signature manque sur la feuille de présence."),
            format!("You were at the session {title} ({when}), and your signature is missing from the attendance sheet."),
        )
    } else {
        w.say(
            format!("{} était à la session {title} ({when}), et sa signature manque sur la feuille de présence.", p.person),
            format!("{} was at the session {title} ({when}), and their signature is missing from the attendance sheet.", p.person),
        )
    };
    let how = w.say(
        format!("Une minute suffit, sans compte ni code, jusqu’au {until}. Si ce n’est pas exact, répondez à ce message."),
        format!("A minute is enough, without an account or a code, until {until}. If this is not right, answer this message."),
    );
    Said {
        subject: about(w, &w.say("Votre signature est attendue", "Your signature is wanted"), m),
        sentences: vec![first, how],
        button: w.sign_my_attendance(),
    }
}
