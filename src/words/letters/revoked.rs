//! A certificate is revoked.

use super::Said;
use super::turns::{because, of_title};
use crate::Words;
use domain::letters::{Bearing, Dossier};

pub(super) const LABEL: (&str, &str) = ("Certificat révoqué", "Certificate revoked");

pub(super) fn said(w: Words, of: &Dossier, about: &Bearing, reason: &str) -> Said {
    let (certifier, number, title) = (&of.certifier, &about.number, w.quoted(&about.title));
    let sentences = vec![
        w.say(
            format!("{certifier} a révoqué votre certificat {title}, numéro {number}."),
            format!("{certifier} revoked your certificate {title}, number {number}."),
        ),
        because(w, reason),
        w.say(
            format!("Toute vérification dit qu’il est révoqué, et depuis quel jour\u{a0}; le motif n’est dit qu’à vous. Pour le contester, adressez-vous à {certifier}."),
            format!("Whoever checks it learns that it is revoked, and since which day; the reason is told to you alone. To contest it, turn to {certifier}."),
        ),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre certificat est révoqué", "Your certificate is revoked"),
            &of.title,
        ),
        sentences,
        button: w.see_my_certificates(),
    }
}
