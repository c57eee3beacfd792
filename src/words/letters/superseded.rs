//! Another certificate stands in the place of one.

use super::Said;
use super::turns::{because, of_title};
use crate::Words;
use domain::letters::{Bearing, Dossier};

pub(super) const LABEL: (&str, &str) = ("Certificat remplacé", "Certificate replaced");

pub(super) fn said(w: Words, of: &Dossier, about: &Bearing, reason: &str) -> Said {
    let (certifier, number, title) = (&of.certifier, &about.number, w.quoted(&about.title));
    let sentences = vec![
        w.say(
            format!("{certifier} a délivré un nouveau certificat {title} à la place du numéro {number}."),
            format!("{certifier} issued a new certificate {title} in place of number {number}."),
        ),
        because(w, reason),
        w.say(
            "L’ancien ne fait plus foi\u{a0}: sa vérification renvoie au nouveau, que vous téléchargez sur votre page.",
            "The old one holds no more: whoever checks it is told of the new one, which you download on your page.",
        ),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre certificat est remplacé", "Your certificate is replaced"),
            &of.title,
        ),
        sentences,
        button: w.see_my_certificates(),
    }
}
