//! A seat is confirmed.

use super::Said;
use super::turns::{about, called, de, if_you_cannot_come, seat, with_joining};
use crate::Words;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Place confirmée", "Seat confirmed");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, goes_ahead: bool) -> Said {
    let title = w.quoted(&m.title);
    let first = if p.to_themselves {
        w.say(
            format!("Votre place à la session {title} est confirmée."),
            format!("Your seat in the session {title} is confirmed."),
        )
    } else {
        w.say(
            format!("La place {} à la session {title} est confirmée.", de(&p.person)),
            format!("The seat of {} in the session {title} is confirmed.", p.person),
        )
    };
    let what = with_joining(w, p, goes_ahead, seat(w, p, ("est confirmée", "is confirmed")));
    Said {
        subject: about(w, &what, m),
        sentences: [vec![first, if_you_cannot_come(w, p)], called(w, p, goes_ahead)].concat(),
        button: w.to_the_page_of_the_seat(),
    }
}
