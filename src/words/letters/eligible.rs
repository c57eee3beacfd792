//! The conditions of entry are met.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::candidacies::Eligibility;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Candidature éligible", "Eligible application");

pub(super) fn said(w: Words, of: &Dossier, conditions: &Eligibility) -> Said {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let sentences = vec![
        w.say(
            format!("Vous remplissez les conditions d’entrée de la certification {title}."),
            format!("You meet the conditions of entry of the certification {title}."),
        ),
        w.eligibility(conditions),
        w.say(
            format!("Il reste à {certifier} à vous admettre\u{a0}: vous en serez prévenu."),
            format!("{certifier} has still to admit you: you will be told."),
        ),
    ];
    Said {
        subject: of_title(w, &w.say("Vous êtes éligible", "You are eligible"), &of.title),
        sentences,
        button: w.see_my_application(),
    }
}
