//! A candidacy waits for the certifier.

use super::Said;
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Candidature à lire", "Application to read");

pub(super) fn said(w: Words, of: &Dossier) -> Said {
    let (title, candidate) = (w.quoted(&of.title), &of.candidate);
    Said {
        subject: w.say(
            format!("Une candidature à lire\u{a0}: {candidate}, {}", of.title),
            format!("An application to read: {candidate}, {}", of.title),
        ),
        sentences: vec![w.say(
            format!("{candidate} candidate à la certification {title}. Le dossier attend votre lecture."),
            format!("{candidate} applies for the certification {title}. The file waits for you to read it."),
        )],
        button: w.either("Lire le dossier", "Read the file"),
    }
}
