//! The joining letter (convocation) of a candidate.

use super::Said;
use super::turns::{of_title, sits};
use crate::Words;
use domain::juries::Meeting;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Convocation devant le jury", "Convened before the jury");

pub(super) fn said(w: Words, of: &Dossier, meeting: &Meeting) -> Said {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let sentences = vec![
        w.say(
            format!("{certifier} vous convoque devant le jury de la certification {title}."),
            format!("{certifier} convenes you before the jury of the certification {title}."),
        ),
        sits(w, meeting),
        w.say(
            "Venez avec une pièce d’identité. Votre page dit quels blocs sont évalués.",
            "Bring an identity document. Your page says which blocks are assessed.",
        ),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Convocation devant le jury", "You are convened before the jury"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
