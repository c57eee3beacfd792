//! A session at another time or place: what changes, and what is kept.

use super::super::de;
use super::super::subjects::changed;
use super::{if_you_cannot_come, quoted, why};
use crate::Words;
use domain::letters::{Former, Meeting, Place};

pub fn moved(w: Words, meeting: &Meeting, former: &Former) -> String {
    let title = quoted(w, meeting);
    let (fr, en) = changed(former.change(meeting));
    w.say(format!("La session {title} change {fr}."), format!("The session {title} changes its {en}."))
}

pub fn session_moved(
    w: Words,
    meeting: &Meeting,
    former: &Former,
    reason: Option<&str>,
    kept: String,
) -> Vec<String> {
    let now = w.say(
        "Voici ce qui vaut désormais, puis ce qui était prévu.",
        "This is what holds from now on, then what was planned.",
    );
    let first = format!("{} {now}", moved(w, meeting, former));
    [Some(first), why(w, reason), Some(kept)].into_iter().flatten().collect()
}

pub fn kept_seat(w: Words, place: &Place) -> String {
    let kept = if place.to_themselves {
        w.say("Votre place est conservée.", "Your seat is kept.")
    } else {
        w.say(
            format!("La place {} est conservée.", de(&place.person)),
            format!("The seat of {} is kept.", place.person),
        )
    };
    format!("{kept} {}", if_you_cannot_come(w, place))
}

pub fn kept_offer(w: Words, place: &Place) -> String {
    if place.to_themselves {
        return w.say(
            "La place qui vous est proposée attend toujours votre réponse.",
            "The seat that is offered to you still waits for your answer.",
        );
    }
    w.say(
        format!("La place proposée à {} attend toujours sa réponse.", place.person),
        format!("The seat offered to {} still waits for an answer.", place.person),
    )
}

pub fn kept_request(w: Words, place: &Place) -> String {
    if place.to_themselves {
        return w.say("Votre demande est conservée, à son rang.", "Your request is kept, with its rank.");
    }
    w.say(
        format!("La demande {} est conservée, à son rang.", de(&place.person)),
        format!("The request of {} is kept, with its rank.", place.person),
    )
}
