//! Some weeks after, what is left of a session.

use super::Said;
use super::turns::{about, few_questions, nameless};
use crate::Words;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Enquête à froid", "Follow-up survey");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, until: Instant) -> Said {
    let (title, person) = (w.quoted(&m.title), &p.person);
    let first = if p.to_themselves {
        w.say(
            format!("Il y a quelques semaines, vous suiviez la session {title}. Qu’en reste-t-il dans votre travail\u{202f}?"),
            format!("Some weeks ago you took part in the session {title}. What is left of it in your work?"),
        )
    } else {
        w.say(
            format!("Il y a quelques semaines, {person} suivait la session {title}. Qu’en reste-t-il dans son travail\u{202f}?"),
            format!("Some weeks ago {person} took part in the session {title}. What is left of it in their work?"),
        )
    };
    let what = w.say("Quelques semaines après, votre avis", "Some weeks on, your opinion");
    Said {
        subject: about(w, &what, m),
        sentences: vec![first, few_questions(w, m, until), nameless(w)],
        button: w.give_my_opinion(),
    }
}
