//! A candidate comes before the jury soon.

use super::Said;
use super::turns::{of_title, sits};
use crate::Words;
use domain::juries::Meeting;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Rappel du passage devant le jury", "Reminder of the jury");

pub(super) fn said(w: Words, of: &Dossier, meeting: &Meeting) -> Said {
    let title = w.quoted(&of.title);
    let sentences = vec![
        w.say(
            format!("Votre passage devant le jury de la certification {title} approche."),
            format!("Your appearance before the jury of the certification {title} comes near."),
        ),
        sits(w, meeting),
        w.say("Venez avec une pièce d’identité.", "Bring an identity document."),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Rappel de votre passage devant le jury", "Reminder of your jury"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
