//! Somebody has not answered a survey yet.

use super::Said;
use super::turns::{about, de, few_questions, last_one, nameless};
use crate::Words;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};
use domain::surveys::Moment;

pub(super) const LABEL: (&str, &str) = ("Rappel d’enquête", "Survey reminder");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, moment: Moment, until: Instant) -> Said {
    let title = w.quoted(&m.title);
    let first = match (moment, p.to_themselves) {
        (Moment::Hot, true) => w.say(
            format!("Vous avez suivi la session {title} et nous n’avons pas encore votre avis."),
            format!("You took part in the session {title} and we do not have your opinion yet."),
        ),
        (Moment::Cold, true) => w.say(
            format!("Nous n’avons pas encore votre avis sur ce qui reste, dans votre travail, de la session {title}."),
            format!("We do not have your opinion yet on what is left, in your work, of the session {title}."),
        ),
        (_, false) => w.say(
            format!("Nous n’avons pas encore l’avis {} sur la session {title}.", de(&p.person)),
            format!("We do not have the opinion of {} on the session {title} yet.", p.person),
        ),
    };
    let ask = format!("{} {}", few_questions(w, m, until), last_one(w));
    Said {
        subject: about(w, &w.say("Rappel, votre avis", "Reminder, your opinion"), m),
        sentences: vec![first, ask, nameless(w)],
        button: w.give_my_opinion(),
    }
}
