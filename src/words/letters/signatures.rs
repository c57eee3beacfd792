//! The paragraphs of letters about signed half-days.

use super::super::Words;
use super::sentences::quoted;
use domain::calendar::Instant;
use domain::letters::{Meeting, Place};
use domain::sessions::Slot;

fn half_day(w: Words, slot: &Slot) -> String {
    format!("{}, {}, {}", w.day(slot.day), w.half_day(slot.half_day), w.hours(slot.starts, slot.ends))
}

pub fn link(w: Words, meeting: &Meeting) -> Vec<String> {
    let title = quoted(w, meeting);
    vec![
        w.say(
            format!("Vous avez demandé, dans la salle, de quoi signer votre présence à la session {title}."),
            format!("You asked in the room for the way to sign your attendance at the session {title}."),
        ),
        w.say(
            "Ouvrez votre page, puis entrez le code que montre l’écran de la salle. Si vous n’avez rien demandé, ne faites rien.",
            "Open your page, then enter the code that the screen in the room shows. If you asked for nothing, do nothing.",
        ),
    ]
}

pub fn wanted(w: Words, meeting: &Meeting, place: &Place, slot: &Slot, until: Instant) -> Vec<String> {
    let (title, when) = (quoted(w, meeting), half_day(w, slot));
    let until = w.moment(until, meeting.zone);
    let first = if place.to_themselves {
        w.say(
            format!("Vous étiez à la session {title} ({when}), et votre signature manque sur la feuille de présence."),
            format!("You were at the session {title} ({when}), and your signature is missing from the attendance sheet."),
        )
    } else {
        w.say(
            format!("{} était à la session {title} ({when}), et sa signature manque sur la feuille de présence.", place.person),
            format!("{} was at the session {title} ({when}), and their signature is missing from the attendance sheet.", place.person),
        )
    };
    vec![
        first,
        w.say(
            format!("Une minute suffit, sans compte ni code, jusqu’au {until}. Si ce n’est pas exact, répondez à ce message."),
            format!("A minute is enough, without an account or a code, until {until}. If this is not right, answer this message."),
        ),
    ]
}

pub fn unsigned(w: Words, meeting: &Meeting, place: &Place, slots: &[(Slot, String)]) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = if place.to_themselves {
        w.say(
            format!("La session {title} est close. Votre présence y compte sans votre signature\u{a0}:"),
            format!("The session {title} is closed. Your attendance counts without your signature:"),
        )
    } else {
        w.say(
            format!(
                "La session {title} est close. La présence de {} y compte sans signature\u{a0}:",
                place.person
            ),
            format!(
                "The session {title} is closed. The attendance of {} counts without a signature:",
                place.person
            ),
        )
    };
    let mut sentences = vec![first];
    sentences.extend(slots.iter().map(|(slot, reason)| {
        w.say(
            format!("{}. Motif\u{a0}: {reason}", half_day(w, slot)),
            format!("{}. Reason: {reason}", half_day(w, slot)),
        )
    }));
    sentences.push(
        w.say("Si ce n’est pas exact, répondez à ce message.", "If this is not right, answer this message."),
    );
    sentences
}
