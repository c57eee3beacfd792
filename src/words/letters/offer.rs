//! A seat is held until somebody answers.

use super::Said;
use super::turns::about;
use crate::Words;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Place proposée", "Seat offered");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, until: Instant) -> Said {
    let (title, person) = (w.quoted(&m.title), &p.person);
    let until = w.moment_there(until, m.zone);
    let (what, first) = if p.to_themselves {
        (
            w.say("Une place vous est proposée", "A seat is offered to you"),
            w.say(
                format!("Une place s’est libérée à la session {title}\u{a0}: elle vous est proposée."),
                format!("A seat came free in the session {title}: it is offered to you."),
            ),
        )
    } else {
        (
            w.say(format!("Une place est proposée à {person}"), format!("A seat is offered to {person}")),
            w.say(
                format!("Une place s’est libérée à la session {title}\u{a0}: elle est proposée à {person}."),
                format!("A seat came free in the session {title}: it is offered to {person}."),
            ),
        )
    };
    let deadline = w.say(
        format!("Elle est gardée jusqu’au {until}. Sans réponse d’ici là, elle ira à la personne suivante."),
        format!("It is held until {until}. Without an answer by then it goes to the next person."),
    );
    Said {
        subject: about(w, &what, m),
        sentences: vec![first, deadline],
        button: w.either("Répondre à la proposition", "Answer the offer"),
    }
}
