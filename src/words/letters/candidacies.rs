//! The letters about a candidacy.

use super::super::Words;
use crate::domain::letters::{CandidacyNews, Dossier};

fn title(w: Words, of: &Dossier) -> String {
    w.quoted(&of.title)
}

/// What stands in the list of a mailbox.
pub fn subject(w: Words, of: &Dossier, news: &CandidacyNews) -> String {
    let what = match news {
        CandidacyNews::Submitted => w.say("Votre candidature est déposée", "Your application is handed in"),
        CandidacyNews::PieceRefused { piece, .. } => w.say(
            format!("Une pièce est à renvoyer ({piece})"),
            format!("A document is to be sent again ({piece})"),
        ),
        CandidacyNews::Eligible { .. } => w.say("Vous êtes éligible", "You are eligible"),
        CandidacyNews::NotEligible { .. } => {
            w.say("Votre candidature n’est pas éligible", "Your application is not eligible")
        }
        CandidacyNews::Admitted => w.say("Vous êtes admis", "You are admitted"),
        CandidacyNews::Withdrawn { .. } => {
            w.say("Votre candidature est retirée", "Your application is withdrawn")
        }
    };
    w.say(format!("{what}\u{a0}: {}", of.title), format!("{what}: {}", of.title))
}

pub fn received_subject(w: Words, of: &Dossier) -> String {
    w.say(
        format!("Une candidature à lire\u{a0}: {}, {}", of.candidate, of.title),
        format!("An application to read: {}, {}", of.candidate, of.title),
    )
}

pub fn sentences(w: Words, of: &Dossier, news: &CandidacyNews) -> Vec<String> {
    let (title, certifier) = (title(w, of), &of.certifier);
    match news {
        CandidacyNews::Submitted => vec![
            w.say(
                format!("Votre candidature à la certification {title} est déposée. {certifier} va lire votre dossier."),
                format!("Your application for the certification {title} is handed in. {certifier} will read your file."),
            ),
            w.say(
                "Chaque réponse vous parviendra par courriel\u{a0}; votre page montre à tout moment où vous en êtes.",
                "Each answer will reach you by e-mail; your page always shows how you stand.",
            ),
        ],
        CandidacyNews::PieceRefused { piece, reason } => vec![
            w.say(
                format!("{certifier} a lu votre dossier pour la certification {title}\u{a0}: la pièce {} est à renvoyer.", w.quoted(piece)),
                format!("{certifier} read your file for the certification {title}: the document {} is to be sent again.", w.quoted(piece)),
            ),
            w.say(format!("Motif\u{a0}: {reason}"), format!("Reason: {reason}")),
        ],
        CandidacyNews::Eligible { conditions } => vec![
            w.say(
                format!("Vous remplissez les conditions d’entrée de la certification {title}."),
                format!("You meet the conditions of entry of the certification {title}."),
            ),
            w.eligibility(conditions),
            w.say(
                format!("Il reste à {certifier} à vous admettre\u{a0}: vous en serez prévenu."),
                format!("{certifier} has still to admit you: you will be told."),
            ),
        ],
        CandidacyNews::NotEligible { conditions } => vec![
            w.say(
                format!("Votre candidature à la certification {title} n’a pas pu être retenue."),
                format!("Your application for the certification {title} could not be accepted."),
            ),
            w.eligibility(conditions),
            w.say(
                "Quand ce qui manque sera réuni, vous pourrez candidater de nouveau.",
                "When what is missing is there, you may apply again.",
            ),
        ],
        CandidacyNews::Admitted => vec![
            w.say(
                format!("{certifier} vous admet à la certification {title}."),
                format!("{certifier} admits you to the certification {title}."),
            ),
            w.say(
                "Inscrivez-vous aux sessions de la formation certifiante. Vous serez ensuite convoqué devant le jury.",
                "Enrol in the sessions of the certifying training. You will then be convened before the jury.",
            ),
        ],
        CandidacyNews::Withdrawn { reason } => {
            let first = w.say(
                format!("Votre candidature à la certification {title} est retirée."),
                format!("Your application for the certification {title} is withdrawn."),
            );
            let why = reason
                .as_ref()
                .map(|reason| w.say(format!("Motif\u{a0}: {reason}"), format!("Reason: {reason}")));
            [first].into_iter().chain(why).collect()
        }
    }
}

pub fn received(w: Words, of: &Dossier) -> Vec<String> {
    let title = title(w, of);
    vec![w.say(
        format!("{} candidate à la certification {title}. Le dossier attend votre lecture.", of.candidate),
        format!("{} applies for the certification {title}. The file waits for you to read it.", of.candidate),
    )]
}
