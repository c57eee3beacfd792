//! The letters that ask what people think of a session.

use super::super::Words;
use super::de;
use super::sentences::quoted;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};
use domain::surveys::Moment;

pub fn thank_you(
    w: Words,
    meeting: &Meeting,
    place: &Place,
    minutes: i64,
    until: Option<Instant>,
) -> Vec<String> {
    let (title, hours, person) = (quoted(w, meeting), w.duration(minutes), &place.person);
    let first = if place.to_themselves {
        w.say(
            format!("Merci d’avoir suivi la session {title}. Vous en avez suivi {hours}."),
            format!("Thank you for taking part in the session {title}. You followed {hours} of it."),
        )
    } else {
        w.say(
            format!("{person} a suivi {hours} de la session {title}. Merci de sa participation."),
            format!("{person} followed {hours} of the session {title}. Thank you for their taking part."),
        )
    };
    let Some(until) = until else { return vec![first] };
    let ask = if place.to_themselves {
        w.say(
            format!(
                "Dites-nous ce que vous en pensez, en deux minutes, avant le {}.",
                ends(w, meeting, until)
            ),
            format!("Tell us what you think of it, in two minutes, before {}.", ends(w, meeting, until)),
        )
    } else {
        w.say(
            format!(
                "L’avis {} nous est utile, en deux minutes, avant le {}.",
                de(person),
                ends(w, meeting, until)
            ),
            format!("The opinion of {person} helps us: two minutes, before {}.", ends(w, meeting, until)),
        )
    };
    vec![first, ask, nameless(w)]
}

pub fn cold(w: Words, meeting: &Meeting, place: &Place, until: Instant) -> Vec<String> {
    let (title, person) = (quoted(w, meeting), &place.person);
    let first = if place.to_themselves {
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
    vec![first, few_questions(w, meeting, until), nameless(w)]
}

pub fn reminder(w: Words, meeting: &Meeting, place: &Place, moment: Moment, until: Instant) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = match (moment, place.to_themselves) {
        (Moment::Hot, true) => w.say(
            format!("Vous avez suivi la session {title} et nous n’avons pas encore votre avis."),
            format!("You took part in the session {title} and we do not have your opinion yet."),
        ),
        (Moment::Cold, true) => w.say(
            format!("Nous n’avons pas encore votre avis sur ce qui reste, dans votre travail, de la session {title}."),
            format!("We do not have your opinion yet on what is left, in your work, of the session {title}."),
        ),
        (_, false) => w.say(
            format!("Nous n’avons pas encore l’avis {} sur la session {title}.", de(&place.person)),
            format!("We do not have the opinion of {} on the session {title} yet.", place.person),
        ),
    };
    vec![first, format!("{} {}", few_questions(w, meeting, until), last_one(w)), nameless(w)]
}

pub fn employer(w: Words, meeting: &Meeting, until: Instant) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = w.say(
        format!("Il y a quelques semaines, des personnes de votre entreprise suivaient la session {title}. Qu’est-ce qui est passé dans la pratique\u{202f}?"),
        format!("Some weeks ago people of your company took part in the session {title}. What of it is put into practice?"),
    );
    vec![first, few_questions(w, meeting, until), nameless_company(w)]
}

pub fn employer_reminder(w: Words, meeting: &Meeting, until: Instant) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = w.say(
        format!("Nous n’avons pas encore l’avis de votre entreprise sur la session {title}."),
        format!("We do not have the opinion of your company on the session {title} yet."),
    );
    vec![first, format!("{} {}", few_questions(w, meeting, until), last_one(w)), nameless_company(w)]
}

fn ends(w: Words, meeting: &Meeting, until: Instant) -> String {
    w.moment_there(until, meeting.zone)
}

fn few_questions(w: Words, meeting: &Meeting, until: Instant) -> String {
    let until = ends(w, meeting, until);
    w.say(
        format!("Quelques questions, deux minutes, sans compte à ouvrir, avant le {until}."),
        format!("A few questions, two minutes, no account to open, before {until}."),
    )
}

fn last_one(w: Words) -> String {
    w.say("C’est notre seul rappel.", "This is our only reminder.")
}

fn nameless(w: Words) -> String {
    w.say(
        "Les réponses sont gardées sans nom\u{a0}: ni l’organisme de formation ni l’employeur ne lisent celles d’une personne.",
        "Answers are kept without a name: neither the training body nor the employer reads those of one person.",
    )
}

fn nameless_company(w: Words) -> String {
    w.say(
        "Les réponses sont gardées sans le nom de l’entreprise.",
        "Answers are kept without the name of the company.",
    )
}
