//! Thanks at the closing, with the survey.

use super::Said;
use super::turns::{about, de, nameless};
use crate::Words;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Remerciement", "Thank-you letter");

pub(super) fn said(w: Words, m: &Meeting, p: &Place, minutes: i64, until: Option<Instant>) -> Said {
    let (title, hours, person) = (w.quoted(&m.title), w.duration(minutes), &p.person);
    let (what, first) = if p.to_themselves {
        (
            w.say("Merci de votre participation", "Thank you for taking part"),
            w.say(
                format!("Merci d’avoir suivi la session {title}. Vous en avez suivi {hours}."),
                format!("Thank you for taking part in the session {title}. You followed {hours} of it."),
            ),
        )
    } else {
        (
            w.say(
                format!("Merci de la participation {}", de(person)),
                format!("Thank you, {person} took part"),
            ),
            w.say(
                format!("{person} a suivi {hours} de la session {title}. Merci de sa participation."),
                format!("{person} followed {hours} of the session {title}. Thank you for their taking part."),
            ),
        )
    };
    let sentences = match until {
        Some(until) => vec![first, ask(w, m, p, until), nameless(w)],
        None => vec![first],
    };
    Said { subject: about(w, &what, m), sentences, button: w.give_my_opinion() }
}

fn ask(w: Words, m: &Meeting, p: &Place, until: Instant) -> String {
    let (person, until) = (&p.person, w.moment_there(until, m.zone));
    if p.to_themselves {
        return w.say(
            format!("Dites-nous ce que vous en pensez, en deux minutes, avant le {until}."),
            format!("Tell us what you think of it, in two minutes, before {until}."),
        );
    }
    w.say(
        format!("L’avis {} nous est utile, en deux minutes, avant le {until}.", de(person)),
        format!("The opinion of {person} helps us: two minutes, before {until}."),
    )
}
