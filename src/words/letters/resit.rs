//! Another attempt is open.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Rattrapage ouvert", "Resit open");

pub(super) fn said(w: Words, of: &Dossier) -> Said {
    let title = w.quoted(&of.title);
    let sentences = vec![w.say(
        format!("Vous pouvez vous présenter de nouveau à la certification {title}, pour les blocs qui vous manquent. Ceux que vous avez acquis le restent."),
        format!("You may come again for the certification {title}, for the blocks that you are missing. Those that you acquired stay acquired."),
    )];
    Said {
        subject: of_title(w, &w.say("Le rattrapage est ouvert", "The resit is open"), &of.title),
        sentences,
        button: w.see_my_application(),
    }
}
