//! A candidate is admitted.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Admission", "Admission");

pub(super) fn said(w: Words, of: &Dossier) -> Said {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let sentences = vec![
        w.say(
            format!("{certifier} vous admet à la certification {title}."),
            format!("{certifier} admits you to the certification {title}."),
        ),
        w.say(
            "Inscrivez-vous aux sessions de la formation certifiante. Vous serez ensuite convoqué devant le jury.",
            "Enrol in the sessions of the certifying training. You will then be convened before the jury.",
        ),
    ];
    Said {
        subject: of_title(w, &w.say("Vous êtes admis", "You are admitted"), &of.title),
        sentences,
        button: w.see_my_application(),
    }
}
