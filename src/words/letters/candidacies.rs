//! The letters about a candidacy.

use super::super::Words;
use super::{certificates, juries};
use domain::juries::verdicts::Decision;
use domain::letters::{CandidacyNews, Dossier};

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
        CandidacyNews::Convened { .. } => {
            w.say("Convocation devant le jury", "You are convened before the jury")
        }
        CandidacyNews::Moved { .. } => {
            w.say("Votre jury change de date ou de lieu", "Your jury changes its date or place")
        }
        CandidacyNews::JuryReminder { .. } => {
            w.say("Rappel de votre passage devant le jury", "Reminder of your jury")
        }
        CandidacyNews::Released { .. } => {
            w.say("Votre passage devant le jury est reporté", "Your jury is put off")
        }
        CandidacyNews::Decided { .. } => w.say("Le jury a rendu sa décision", "The jury has decided"),
        CandidacyNews::Corrected { .. } => {
            w.say("La décision du jury est corrigée", "The decision of the jury is corrected")
        }
        CandidacyNews::Resit => w.say("Le rattrapage est ouvert", "The resit is open"),
        CandidacyNews::AppealAnswered { .. } => w.say("Réponse à votre recours", "Answer to your appeal"),
        CandidacyNews::Certified { .. } => {
            w.say("Votre certificat est délivré", "Your certificate is issued")
        }
        CandidacyNews::Superseded { .. } => {
            w.say("Votre certificat est remplacé", "Your certificate is replaced")
        }
        CandidacyNews::Revoked { .. } => w.say("Votre certificat est révoqué", "Your certificate is revoked"),
        CandidacyNews::Renewed { .. } => {
            w.say("Votre certificat est renouvelé", "Your certificate is renewed")
        }
        CandidacyNews::NotFoundByState { .. } => {
            w.say("Votre identité de naissance est à vérifier", "Your identity at birth is to be checked")
        }
        CandidacyNews::Ending { .. } => {
            w.say("Votre certificat arrive à son terme", "Your certificate comes to its end")
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
        CandidacyNews::Convened { .. }
        | CandidacyNews::Moved { .. }
        | CandidacyNews::JuryReminder { .. }
        | CandidacyNews::Released { .. }
        | CandidacyNews::Decided { .. }
        | CandidacyNews::Corrected { .. }
        | CandidacyNews::Resit
        | CandidacyNews::AppealAnswered { .. } => before_a_jury(w, of, news),
        CandidacyNews::Certified { .. }
        | CandidacyNews::Superseded { .. }
        | CandidacyNews::Revoked { .. }
        | CandidacyNews::Renewed { .. }
        | CandidacyNews::NotFoundByState { .. }
        | CandidacyNews::Ending { .. } => certificates::sentences(w, of, news),
    }
}

/// What comes between the admission and the certificate.
fn before_a_jury(w: Words, of: &Dossier, news: &CandidacyNews) -> Vec<String> {
    let (title, certifier) = (title(w, of), &of.certifier);
    match news {
        CandidacyNews::Convened { meeting } => vec![
            w.say(
                format!("{certifier} vous convoque devant le jury de la certification {title}."),
                format!("{certifier} convenes you before the jury of the certification {title}."),
            ),
            juries::meeting(w, &meeting.meeting),
            w.say(
                "Venez avec une pièce d’identité. Votre page dit quels blocs sont évalués.",
                "Bring an identity document. Your page says which blocks are assessed.",
            ),
        ],
        CandidacyNews::Moved { meeting } => vec![
            w.say(
                format!("Le jury de la certification {title} change de date ou de lieu."),
                format!("The jury of the certification {title} changes its date or place."),
            ),
            juries::meeting(w, &meeting.meeting),
        ],
        CandidacyNews::JuryReminder { meeting } => vec![
            w.say(
                format!("Votre passage devant le jury de la certification {title} approche."),
                format!("Your appearance before the jury of the certification {title} comes near."),
            ),
            juries::meeting(w, &meeting.meeting),
            w.say("Venez avec une pièce d’identité.", "Bring an identity document."),
        ],
        CandidacyNews::Released { reason } => vec![
            w.say(
                format!("Vous ne passez pas devant le jury prévu pour la certification {title}. Vous serez convoqué devant un autre."),
                format!("You do not come before the jury that was planned for the certification {title}. You will be convened before another one."),
            ),
            w.say(format!("Motif\u{a0}: {reason}"), format!("Reason: {reason}")),
        ],
        CandidacyNews::Decided { decision, blocks } => {
            let first = decided(w, *decision, &title);
            [first].into_iter().chain(juries::blocks(w, blocks)).chain(after(w, *decision)).collect()
        }
        CandidacyNews::Corrected { decision, blocks, reason } => {
            let why = w.say(
                format!("Le jury a corrigé son procès-verbal. Motif\u{a0}: {reason}"),
                format!("The jury corrected its minutes. Reason: {reason}"),
            );
            let now = decided(w, *decision, &title);
            [why, now].into_iter().chain(juries::blocks(w, blocks)).collect()
        }
        CandidacyNews::Resit => vec![w.say(
            format!("Vous pouvez vous présenter de nouveau à la certification {title}, pour les blocs qui vous manquent. Ceux que vous avez acquis le restent."),
            format!("You may come again for the certification {title}, for the blocks that you are missing. Those that you acquired stay acquired."),
        )],
        CandidacyNews::AppealAnswered { is_upheld, answer } => vec![
            if *is_upheld {
                w.say(
                    format!("{certifier} donne suite à votre recours sur la certification {title}. Le jury corrigera son procès-verbal."),
                    format!("{certifier} upholds your appeal about the certification {title}. The jury will correct its minutes."),
                )
            } else {
                w.say(
                    format!("{certifier} ne donne pas suite à votre recours sur la certification {title}."),
                    format!("{certifier} dismisses your appeal about the certification {title}."),
                )
            },
            answer.clone(),
        ],
        CandidacyNews::Submitted
        | CandidacyNews::PieceRefused { .. }
        | CandidacyNews::Eligible { .. }
        | CandidacyNews::NotEligible { .. }
        | CandidacyNews::Admitted
        | CandidacyNews::Withdrawn { .. }
        | CandidacyNews::Certified { .. }
        | CandidacyNews::Superseded { .. }
        | CandidacyNews::Revoked { .. }
        | CandidacyNews::Renewed { .. }
        | CandidacyNews::NotFoundByState { .. }
        | CandidacyNews::Ending { .. } => Vec::new(),
    }
}

fn decided(w: Words, decision: Decision, title: &str) -> String {
    let said = w.decision(decision).to_lowercase();
    w.say(
        format!("Décision du jury pour la certification {title}\u{a0}: {said}."),
        format!("Decision of the jury for the certification {title}: {said}."),
    )
}

/// What may come next.
fn after(w: Words, decision: Decision) -> Option<String> {
    match decision {
        Decision::Awarded => None,
        Decision::Partial => Some(w.say(
            "Les blocs acquis le restent pour de bon. Vous pourrez vous présenter de nouveau pour les autres.",
            "The blocks that you acquired stay acquired. You may come again for the others.",
        )),
        Decision::Failed | Decision::Absent => Some(w.say(
            "Vous pourrez vous présenter de nouveau\u{a0}: le certificateur vous le dira.",
            "You may come again: the certifier will tell you.",
        )),
        Decision::Excluded => {
            Some(w.say("Votre page dit comment contester.", "Your page says how to contest it."))
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
