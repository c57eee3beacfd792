//! The joining letter (convocation).

use super::Said;
use super::turns::{about, arrangements, de, if_you_cannot_come};
use crate::Words;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Convocation", "Joining letter");

pub(super) fn said(w: Words, m: &Meeting, p: &Place) -> Said {
    let title = w.quoted(&m.title);
    let (what, first) = if p.to_themselves {
        (
            w.say("Votre convocation", "Your joining letter"),
            w.say(
                format!("Nous avons le plaisir de vous attendre à la session {title}."),
                format!("We look forward to seeing you at the session {title}."),
            ),
        )
    } else {
        (
            w.say(format!("Convocation {}", de(&p.person)), format!("Joining letter of {}", p.person)),
            w.say(
                format!("Nous avons le plaisir d’attendre {} à la session {title}.", p.person),
                format!("We look forward to seeing {} at the session {title}.", p.person),
            ),
        )
    };
    Said {
        subject: about(w, &what, m),
        sentences: vec![first, arrangements(w), if_you_cannot_come(w, p)],
        button: w.to_the_page_of_the_seat(),
    }
}
