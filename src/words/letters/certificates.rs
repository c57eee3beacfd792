//! The letters about a certificate.

use super::super::Words;
use crate::domain::declarations::ReasonKind;
use crate::domain::letters::{CandidacyNews, Dossier};

pub fn sentences(w: Words, of: &Dossier, news: &CandidacyNews) -> Vec<String> {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let because = |reason: &str| w.say(format!("Motif\u{a0}: {reason}"), format!("Reason: {reason}"));
    match news {
        CandidacyNews::Certified { titles } if *titles == [of.title.clone()] => vec![
            w.say(
                format!("{certifier} vous délivre la certification {title}. Toutes nos félicitations\u{202f}!"),
                format!("{certifier} issues you the certification {title}. Congratulations!"),
            ),
            held(w),
        ],
        CandidacyNews::Certified { titles } => {
            let first = w.say(
                format!("{certifier} vous délivre un certificat pour chaque bloc de la certification {title} que vous avez acquis\u{a0}:"),
                format!("{certifier} issues you a certificate for each block of the certification {title} that you acquired:"),
            );
            [first].into_iter().chain(titles.iter().map(|title| format!("– {title}"))).chain([held(w)]).collect()
        }
        CandidacyNews::Superseded { number, reason } => vec![
            w.say(
                format!("{certifier} a délivré un nouveau certificat à la place du numéro {number}, pour la certification {title}."),
                format!("{certifier} issued a new certificate in place of number {number}, for the certification {title}."),
            ),
            because(reason),
            w.say(
                "L’ancien ne fait plus foi\u{a0}: qui le vérifie est renvoyé au nouveau. Téléchargez-le sur votre page.",
                "The old one holds no more: whoever checks it is led to the new one. Fetch it on your page.",
            ),
        ],
        CandidacyNews::Revoked { number, reason } => vec![
            w.say(
                format!("{certifier} a révoqué votre certificat numéro {number}, pour la certification {title}."),
                format!("{certifier} revoked your certificate number {number}, for the certification {title}."),
            ),
            because(reason),
            w.say(
                "Qui le vérifie apprend qu’il est révoqué, et depuis quel jour\u{a0}; le motif n’est dit qu’à vous. Pour le contester, répondez au certificateur.",
                "Whoever checks it learns that it is revoked, and since which day; the reason is told to you alone. To contest it, write to the certifier.",
            ),
        ],
        CandidacyNews::Renewed { number, until } => {
            let day = w.date(*until);
            vec![
                w.say(
                    format!("{certifier} a renouvelé votre certificat pour la certification {title}. Le nouveau porte le numéro {number} et vaut jusqu’au {day}."),
                    format!("{certifier} renewed your certificate for the certification {title}. The new one has number {number} and is valid until {day}."),
                ),
                held(w),
            ]
        }
        CandidacyNews::NotFoundByState { kind } => vec![
            match kind {
                ReasonKind::Ambiguous => w.say(
                    format!("{certifier} a déclaré à l’État que vous détenez la certification {title}. Plusieurs personnes portent l’identité déclarée."),
                    format!("{certifier} declared to the State that you hold the certification {title}. Several people bear the identity that was declared."),
                ),
                ReasonKind::Identity | ReasonKind::Other => w.say(
                    format!("{certifier} a déclaré à l’État que vous détenez la certification {title}. Personne n’y est connu sous l’identité déclarée."),
                    format!("{certifier} declared to the State that you hold the certification {title}. Nobody is known there under the identity that was declared."),
                ),
            },
            w.say(
                "Vérifiez sur votre page vos nom et prénoms de naissance, tous vos prénoms, la date et la commune, tels qu’ils figurent sur votre acte de naissance. Sans cela, la certification n’apparaît pas dans votre passeport de compétences.",
                "Check on your page your names at birth, all your given names, the date and the municipality, as on your birth certificate. Without this the certification does not appear in your skills passport.",
            ),
        ],
        CandidacyNews::Ending { number, until } => {
            let day = w.date(*until);
            vec![
                w.say(
                    format!("Votre certificat numéro {number}, pour la certification {title}, est valable jusqu’au {day}."),
                    format!("Your certificate number {number}, for the certification {title}, is valid until {day}."),
                ),
                w.say(
                    format!("Pour le renouveler, adressez-vous à {certifier}."),
                    format!("To renew it, turn to {certifier}."),
                ),
            ]
        }
        _ => Vec::new(),
    }
}

fn held(w: Words) -> String {
    w.say(
        "Votre page garde le document à imprimer et le badge numérique. Chacun se vérifie sans nous, par son code, son QR code ou son fichier.",
        "Your page keeps the document to print and the digital badge. Each is checked without us, by its code, its QR code or its file.",
    )
}
