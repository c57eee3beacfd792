//! A session begins soon.

use super::Said;
use super::turns::{about, if_you_cannot_come};
use crate::Words;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Rappel", "Reminder");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, days: i64) -> Said {
    let (title, when, person) = (w.quoted(&m.title), in_days(w, days), &p.person);
    let first = if p.to_themselves {
        w.say(
            format!("La session {title} commence {when}\u{a0}: votre place vous attend."),
            format!("The session {title} starts {when}: your seat is waiting for you."),
        )
    } else {
        w.say(
            format!("La session {title} commence {when}\u{a0}: une place y attend {person}."),
            format!("The session {title} starts {when}: a seat is waiting for {person}."),
        )
    };
    Said {
        subject: about(w, &w.say(format!("Rappel, {when}"), format!("Reminder, {when}")), m),
        sentences: vec![first, if_you_cannot_come(w, p)],
        button: w.to_the_page_of_the_seat(),
    }
}

/// « demain », « dans 7 jours ».
fn in_days(w: Words, days: i64) -> String {
    match days {
        0 => w.say("aujourd’hui", "today"),
        1 => w.say("demain", "tomorrow"),
        n => w.say(format!("dans {n}\u{a0}jours"), format!("in {n} days")),
    }
}
