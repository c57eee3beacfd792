//! A result is contested.

use super::Said;
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Recours à traiter", "Appeal to answer");

pub(super) fn said(w: Words, of: &Dossier) -> Said {
    let (title, candidate) = (w.quoted(&of.title), &of.candidate);
    Said {
        subject: w.say(
            format!("Un recours à traiter\u{a0}: {candidate}, {}", of.title),
            format!("An appeal to answer: {candidate}, {}", of.title),
        ),
        sentences: vec![w.say(
            format!("{candidate} conteste son résultat à la certification {title}. Le recours attend votre réponse."),
            format!("{candidate} contests their result for the certification {title}. The appeal waits for your answer."),
        )],
        button: w.either("Lire le recours", "Read the appeal"),
    }
}
