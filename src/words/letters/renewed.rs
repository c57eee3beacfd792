//! Another period of a certificate.

use super::Said;
use super::turns::{held, of_title};
use crate::Words;
use domain::calendar::Day;
use domain::letters::{Bearing, Dossier};

pub(super) const LABEL: (&str, &str) = ("Certificat renouvelé", "Certificate renewed");

pub(super) fn said(w: Words, of: &Dossier, about: &Bearing, until: Day) -> Said {
    let (certifier, number, title) = (&of.certifier, &about.number, w.quoted(&about.title));
    let day = w.date(until);
    let sentences = vec![
        w.say(
            format!("{certifier} a renouvelé votre certificat {title}. Le nouveau porte le numéro {number} et vaut jusqu’au {day}."),
            format!("{certifier} renewed your certificate {title}. The new one has number {number} and is valid until {day}."),
        ),
        held(w),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre certificat est renouvelé", "Your certificate is renewed"),
            &of.title,
        ),
        sentences,
        button: w.see_my_certificates(),
    }
}
