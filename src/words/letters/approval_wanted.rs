//! Somebody of the staff asks for a place.

use super::Said;
use super::turns::about;
use crate::Words;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Demande à approuver", "To be approved");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, until: Instant) -> Said {
    let (title, person) = (w.quoted(&m.title), &p.person);
    let until = w.moment_there(until, m.zone);
    let what = w.say(format!("{person} demande une place"), format!("{person} asks for a seat"));
    Said {
        subject: about(w, &what, m),
        sentences: vec![
            w.say(
                format!("{person} demande une place à la session {title} et attend votre accord."),
                format!("{person} asks for a seat in the session {title} and waits for your approval."),
            ),
            w.say(
                format!("Répondez avant le {until}\u{a0}: jusque-là, aucune place n’est retenue."),
                format!("Please answer before {until}: until then no seat is held."),
            ),
        ],
        button: w.either("Répondre à la demande", "Answer the request"),
    }
}
