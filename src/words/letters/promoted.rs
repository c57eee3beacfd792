//! Somebody left the queue for a seat.

use super::Said;
use super::turns::{about, called, if_you_cannot_come, lowered, seat, with_joining};
use crate::Words;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Place libérée", "Seat freed");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, goes_ahead: bool) -> Said {
    let (title, person) = (w.quoted(&m.title), &p.person);
    let first = if p.to_themselves {
        w.say(
            format!("Une place s’est libérée à la session {title}, et elle est à vous\u{a0}: votre place est confirmée."),
            format!("A seat came free in the session {title}, and it is yours: your seat is confirmed."),
        )
    } else {
        w.say(
            format!("Une place s’est libérée à la session {title}\u{a0}: {person} l’obtient, sa place est confirmée."),
            format!("A seat came free in the session {title}: {person} has it, the seat is confirmed."),
        )
    };
    Said {
        subject: about(w, &what(w, p, goes_ahead), m),
        sentences: [vec![first, if_you_cannot_come(w, p)], called(w, p, goes_ahead)].concat(),
        button: w.to_the_page_of_the_seat(),
    }
}

fn what(w: Words, p: &Place, goes_ahead: bool) -> String {
    let freed = w.say("Une place s’est libérée", "A seat came free");
    if goes_ahead {
        return with_joining(w, p, true, freed);
    }
    format!("{freed}, {}", lowered(&seat(w, p, ("est confirmée", "is confirmed"))))
}
