//! A candidate will be convened before another jury.

use super::Said;
use super::turns::{because, of_title};
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Passage reporté", "Jury put off");

pub(super) fn said(w: Words, of: &Dossier, reason: &str) -> Said {
    let title = w.quoted(&of.title);
    let sentences = vec![
        w.say(
            format!("Vous ne passez pas devant le jury prévu pour la certification {title}. Vous serez convoqué devant un autre."),
            format!("You do not come before the jury that was planned for the certification {title}. You will be convened before another one."),
        ),
        because(w, reason),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre passage devant le jury est reporté", "Your jury is put off"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
