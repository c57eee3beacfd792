//! An organisation has said yes to a programme.

use super::Said;
use crate::Words;
use domain::letters::Partnership;

pub(super) const LABEL: (&str, &str) = ("Accord donné", "Agreement given");

pub(super) fn said(w: Words, of: &Partnership) -> Said {
    let programme = w.quoted(&of.programme);
    Said {
        subject: w.say(
            format!("{} prend part à votre programme", of.organisation),
            format!("{} takes part in your programme", of.organisation),
        ),
        sentences: vec![w.say(
            format!(
                "{} a accepté\u{a0}: cette organisation prend désormais part au programme {programme}. Elle tient elle-même sa fiche et ses membres.",
                of.organisation
            ),
            format!(
                "{} has agreed: this organisation takes part in the programme {programme} from now on. It keeps its page and its members itself.",
                of.organisation
            ),
        )],
        button: w.either("Voir la réponse", "See the answer"),
    }
}
