//! A certificate ends soon.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::calendar::Day;
use domain::letters::{Bearing, Dossier};

pub(super) const LABEL: (&str, &str) = ("Fin de validité proche", "Certificate ending soon");

pub(super) fn said(w: Words, of: &Dossier, about: &Bearing, until: Day) -> Said {
    let (certifier, number, title) = (&of.certifier, &about.number, w.quoted(&about.title));
    let day = w.date(until);
    let sentences = vec![
        w.say(
            format!("Votre certificat {title}, numéro {number}, est valable jusqu’au {day}."),
            format!("Your certificate {title}, number {number}, is valid until {day}."),
        ),
        w.say(
            format!("Pour le renouveler, adressez-vous à {certifier}."),
            format!("To renew it, turn to {certifier}."),
        ),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre certificat arrive à son terme", "Your certificate comes to its end"),
            &of.title,
        ),
        sentences,
        button: w.see_my_certificates(),
    }
}
