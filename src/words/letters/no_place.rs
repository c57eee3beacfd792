//! A request ended without a place.

use super::Said;
use super::turns::{about, de, other_sessions, why};
use crate::Words;
use domain::enrolments::EnrolmentState;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Sans place", "No seat");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, state: EnrolmentState, reason: Option<&str>) -> Said {
    let title = w.quoted(&m.title);
    let (what, first) = if p.to_themselves {
        (
            w.say("Votre demande n’a pas abouti", "Your request ended without a seat"),
            w.say(
                format!("Votre demande pour la session {title} n’a pas abouti."),
                format!("Your request for the session {title} ended without a seat."),
            ),
        )
    } else {
        (
            w.say(
                format!("La demande {} n’a pas abouti", de(&p.person)),
                format!("The request of {} ended without a seat", p.person),
            ),
            w.say(
                format!("La demande {} pour la session {title} n’a pas abouti.", de(&p.person)),
                format!("The request of {} for the session {title} ended without a seat.", p.person),
            ),
        )
    };
    let first = ended(w, state).map(|ended| format!("{first} {ended}")).unwrap_or(first);
    Said {
        subject: about(w, &what, m),
        sentences: [Some(first), why(w, reason), Some(other_sessions(w))].into_iter().flatten().collect(),
        button: w.see_the_open_sessions(),
    }
}

/// How it came to its end.
fn ended(w: Words, state: EnrolmentState) -> Option<String> {
    match state {
        EnrolmentState::Refused => {
            Some(w.say("L’employeur ne l’a pas approuvée.", "The employer did not approve it."))
        }
        EnrolmentState::Expired => Some(w.say(
            "Le délai est passé sans qu’une place ait pu être confirmée.",
            "The time passed before a seat could be confirmed.",
        )),
        EnrolmentState::Declined => {
            Some(w.say("La place proposée a été déclinée.", "The seat that was offered was declined."))
        }
        EnrolmentState::Requested
        | EnrolmentState::Waiting
        | EnrolmentState::Offered
        | EnrolmentState::Confirmed
        | EnrolmentState::Cancelled
        | EnrolmentState::Transferred
        | EnrolmentState::Attended
        | EnrolmentState::PartlyAttended
        | EnrolmentState::Absent => None,
    }
}
