//! A candidacy is withdrawn.

use super::Said;
use super::turns::{because, of_title};
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Candidature retirée", "Application withdrawn");

pub(super) fn said(w: Words, of: &Dossier, reason: Option<&str>) -> Said {
    let title = w.quoted(&of.title);
    let first = w.say(
        format!("Votre candidature à la certification {title} est retirée."),
        format!("Your application for the certification {title} is withdrawn."),
    );
    let sentences = [first].into_iter().chain(reason.map(|reason| because(w, reason))).collect();
    Said {
        subject: of_title(
            w,
            &w.say("Votre candidature est retirée", "Your application is withdrawn"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
