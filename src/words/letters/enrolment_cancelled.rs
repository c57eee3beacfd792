//! An enrolment is cancelled, or its seat passed on.

use super::Said;
use super::turns::{about, de, other_sessions, why};
use crate::Words;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Inscription annulée", "Enrolment cancelled");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, reason: Option<&str>, passed_to: Option<&str>) -> Said {
    let title = w.quoted(&m.title);
    let (what, first) = if p.to_themselves {
        (
            w.say("Votre inscription est annulée", "Your enrolment is cancelled"),
            w.say(
                format!("Votre inscription à la session {title} est annulée."),
                format!("Your enrolment in the session {title} is cancelled."),
            ),
        )
    } else {
        (
            w.say(
                format!("L’inscription {} est annulée", de(&p.person)),
                format!("The enrolment of {} is cancelled", p.person),
            ),
            w.say(
                format!("L’inscription {} à la session {title} est annulée.", de(&p.person)),
                format!("The enrolment of {} in the session {title} is cancelled.", p.person),
            ),
        )
    };
    let told = match passed_to {
        Some(colleague) => Some(w.say(
            format!("Motif\u{a0}: l’employeur a confié cette place à {colleague}."),
            format!("Reason: the employer has passed this seat on to {colleague}."),
        )),
        None => why(w, reason),
    };
    Said {
        subject: about(w, &what, m),
        sentences: [Some(first), told, Some(other_sessions(w))].into_iter().flatten().collect(),
        button: w.see_the_open_sessions(),
    }
}
