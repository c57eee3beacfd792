//! Somebody is on the waiting list.

use super::Said;
use super::turns::about;
use crate::Words;
use domain::enrolments::Rank;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Liste d’attente", "Waiting list");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, rank: Rank) -> Said {
    let (title, nth, person) = (w.quoted(&m.title), w.ordinal(rank.place), &p.person);
    let (what, first) = if p.to_themselves {
        (
            w.say("Vous êtes sur la liste d’attente", "You are on the waiting list"),
            w.say(
                format!("Vous êtes {nth} sur la liste d’attente de la session {title}."),
                format!("You are {nth} on the waiting list of the session {title}."),
            ),
        )
    } else {
        (
            w.say(format!("{person} est sur la liste d’attente"), format!("{person} is on the waiting list")),
            w.say(
                format!("{person} est {nth} sur la liste d’attente de la session {title}."),
                format!("{person} is {nth} on the waiting list of the session {title}."),
            ),
        )
    };
    let order = w.say(
        "La liste se suit dans l’ordre des demandes. Dès qu’une place se libère, une lettre l’annonce.",
        "The list is served in the order of requests. As soon as a seat comes free, a letter tells it.",
    );
    Said {
        subject: about(w, &what, m),
        sentences: vec![format!("{first} {}", w.waiting_reason(rank)), order],
        button: w.either("Suivre cette demande", "Follow this request"),
    }
}
