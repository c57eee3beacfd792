//! A session is not held.

use super::Said;
use super::turns::{about, other_sessions, why};
use crate::Words;
use domain::letters::Meeting;

pub(super) const LABEL: (&str, &str) = ("Session annulée", "Session cancelled");

pub(super) fn said(w: Words, m: &Meeting, reason: &str) -> Said {
    let title = w.quoted(&m.title);
    let first = w.say(
        format!("La session {title} n’aura pas lieu\u{a0}: l’organisme de formation l’a annulée."),
        format!("The session {title} will not be held: the training body has cancelled it."),
    );
    Said {
        subject: about(w, &w.say("Session annulée", "Session cancelled"), m),
        sentences: [Some(first), why(w, Some(reason)), Some(other_sessions(w))]
            .into_iter()
            .flatten()
            .collect(),
        button: w.see_the_open_sessions(),
    }
}
