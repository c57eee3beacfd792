//! An employer has not answered yet.

use super::Said;
use super::turns::{about, few_questions, last_one, nameless_company};
use crate::Words;
use domain::calendar::Instant;
use domain::letters::Meeting;

pub(super) const LABEL: (&str, &str) = ("Rappel à l’employeur", "Reminder to the employer");

pub(super) fn said(w: Words, m: &Meeting, until: Instant) -> Said {
    let title = w.quoted(&m.title);
    let first = w.say(
        format!("Nous n’avons pas encore l’avis de votre entreprise sur la session {title}."),
        format!("We do not have the opinion of your company on the session {title} yet."),
    );
    let what = w.say("Rappel, votre avis d’employeur", "Reminder, your opinion as an employer");
    let ask = format!("{} {}", few_questions(w, m, until), last_one(w));
    Said {
        subject: about(w, &what, m),
        sentences: vec![first, ask, nameless_company(w)],
        button: w.give_my_opinion(),
    }
}
