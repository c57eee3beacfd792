//! An appeal is answered.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Réponse au recours", "Answer to the appeal");

pub(super) fn said(w: Words, of: &Dossier, is_upheld: bool, answer: &str) -> Said {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let first = if is_upheld {
        w.say(
            format!("{certifier} donne suite à votre recours sur la certification {title}. Le jury corrigera son procès-verbal."),
            format!("{certifier} upholds your appeal about the certification {title}. The jury will correct its minutes."),
        )
    } else {
        w.say(
            format!("{certifier} ne donne pas suite à votre recours sur la certification {title}."),
            format!("{certifier} dismisses your appeal about the certification {title}."),
        )
    };
    let sentences = vec![first, answer.to_owned()];
    Said {
        subject: of_title(w, &w.say("Réponse à votre recours", "Answer to your appeal"), &of.title),
        sentences,
        button: w.see_my_application(),
    }
}
