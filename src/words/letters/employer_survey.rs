//! An employer is asked what a session has brought.

use super::Said;
use super::turns::{about, few_questions, nameless_company};
use crate::Words;
use domain::calendar::Instant;
use domain::letters::Meeting;

pub(super) const LABEL: (&str, &str) = ("Enquête à l’employeur", "Survey of the employer");

pub(super) fn said(w: Words, m: &Meeting, until: Instant) -> Said {
    let title = w.quoted(&m.title);
    let first = w.say(
        format!("Il y a quelques semaines, des personnes de votre entreprise suivaient la session {title}. Qu’est-ce qui est passé dans la pratique\u{202f}?"),
        format!("Some weeks ago people of your company took part in the session {title}. What of it is put into practice?"),
    );
    Said {
        subject: about(w, &w.say("Votre avis d’employeur", "Your opinion as an employer"), m),
        sentences: vec![first, few_questions(w, m, until), nameless_company(w)],
        button: w.give_my_opinion(),
    }
}
