//! The jury of a candidate sits at another time or place.

use super::Said;
use super::turns::{of_title, sits};
use crate::Words;
use domain::juries::Meeting;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Jury déplacé", "Jury moved");

pub(super) fn said(w: Words, of: &Dossier, meeting: &Meeting) -> Said {
    let title = w.quoted(&of.title);
    let sentences = vec![
        w.say(
            format!("Le jury de la certification {title} change de date ou de lieu."),
            format!("The jury of the certification {title} changes its date or place."),
        ),
        sits(w, meeting),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre jury change de date ou de lieu", "Your jury changes its date or place"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
