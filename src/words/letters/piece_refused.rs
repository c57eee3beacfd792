//! A document is to be sent again.

use super::Said;
use super::turns::{because, of_title};
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Pièce à renvoyer", "Document to send again");

pub(super) fn said(w: Words, of: &Dossier, piece: &str, reason: &str) -> Said {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let what = w.say(
        format!("Une pièce est à renvoyer ({piece})"),
        format!("A document is to be sent again ({piece})"),
    );
    let piece = w.quoted(piece);
    let sentences = vec![
        w.say(
            format!("{certifier} a lu votre dossier pour la certification {title}\u{a0}: la pièce {piece} est à renvoyer."),
            format!("{certifier} read your file for the certification {title}: the document {piece} is to be sent again."),
        ),
        because(w, reason),
    ];
    Said { subject: of_title(w, &what, &of.title), sentences, button: w.see_my_application() }
}
