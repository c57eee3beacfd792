//! A candidacy is handed in.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Candidature déposée", "Application handed in");

pub(super) fn said(w: Words, of: &Dossier) -> Said {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let sentences = vec![
        w.say(
            format!("Votre candidature à la certification {title} est déposée. {certifier} va lire votre dossier."),
            format!("Your application for the certification {title} is handed in. {certifier} will read your file."),
        ),
        w.say(
            "Chaque réponse vous parviendra par courriel\u{a0}; votre page montre à tout moment où vous en êtes.",
            "Each answer will reach you by e-mail; your page always shows how you stand.",
        ),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre candidature est déposée", "Your application is handed in"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
