//! A session is held at another time or place.

use super::Said;
use super::turns::{about, changed, de, if_you_cannot_come, moved, why};
use crate::Words;
use domain::enrolments::EnrolmentState;
use domain::letters::{Former, Meeting, Place};

pub(super) const LABEL: (&str, &str) = ("Session déplacée", "Session moved");

pub(super) fn said(
    w: Words,
    m: &Meeting,
    p: &Place,
    reason: Option<&str>,
    state: EnrolmentState,
    former: &Former,
) -> Said {
    let (fr, en) = changed(former.change(m));
    let now = w.say(
        "Voici ce qui vaut désormais, puis ce qui était prévu.",
        "This is what holds from now on, then what was planned.",
    );
    let first = format!("{} {now}", moved(w, m, former));
    let kept = match state {
        EnrolmentState::Offered => kept_offer(w, p),
        seated if seated.has_place() => kept_seat(w, p),
        _ => kept_request(w, p),
    };
    Said {
        subject: about(w, &w.say(format!("Changement {fr}"), format!("Change of {en}")), m),
        sentences: [Some(first), why(w, reason), Some(kept)].into_iter().flatten().collect(),
        button: w.to_the_page_of_the_seat(),
    }
}

fn kept_seat(w: Words, p: &Place) -> String {
    let kept = if p.to_themselves {
        w.say("Votre place est conservée.", "Your seat is kept.")
    } else {
        w.say(
            format!("La place {} est conservée.", de(&p.person)),
            format!("The seat of {} is kept.", p.person),
        )
    };
    format!("{kept} {}", if_you_cannot_come(w, p))
}

fn kept_offer(w: Words, p: &Place) -> String {
    if p.to_themselves {
        return w.say(
            "La place qui vous est proposée attend toujours votre réponse.",
            "The seat that is offered to you still waits for your answer.",
        );
    }
    w.say(
        format!("La place proposée à {} attend toujours sa réponse.", p.person),
        format!("The seat offered to {} still waits for an answer.", p.person),
    )
}

fn kept_request(w: Words, p: &Place) -> String {
    if p.to_themselves {
        return w.say("Votre demande est conservée, à son rang.", "Your request is kept, with its rank.");
    }
    w.say(
        format!("La demande {} est conservée, à son rang.", de(&p.person)),
        format!("The request of {} is kept, with its rank.", p.person),
    )
}
