//! The letters about a certificate.

use super::super::Words;
use domain::declarations::ReasonKind;
use domain::letters::{CandidacyNews, Dossier};

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
        CandidacyNews::Superseded { about, reason } => {
            let (number, title) = (&about.number, w.quoted(&about.title));
            vec![
                w.say(
                    format!("{certifier} a délivré un nouveau certificat {title} à la place du numéro {number}."),
                    format!("{certifier} issued a new certificate {title} in place of number {number}."),
                ),
                because(reason),
                w.say(
                    "L’ancien ne fait plus foi\u{a0}: sa vérification renvoie au nouveau, que vous téléchargez sur votre page.",
                    "The old one holds no more: whoever checks it is told of the new one, which you download on your page.",
                ),
            ]
        }
        CandidacyNews::Revoked { about, reason } => {
            let (number, title) = (&about.number, w.quoted(&about.title));
            vec![
                w.say(
                    format!("{certifier} a révoqué votre certificat {title}, numéro {number}."),
                    format!("{certifier} revoked your certificate {title}, number {number}."),
                ),
                because(reason),
                w.say(
                    format!("Toute vérification dit qu’il est révoqué, et depuis quel jour\u{a0}; le motif n’est dit qu’à vous. Pour le contester, adressez-vous à {certifier}."),
                    format!("Whoever checks it learns that it is revoked, and since which day; the reason is told to you alone. To contest it, turn to {certifier}."),
                ),
            ]
        }
        CandidacyNews::Ending { about, until } => {
            let (number, title, day) = (&about.number, w.quoted(&about.title), w.date(*until));
            vec![
                w.say(
                    format!("Votre certificat {title}, numéro {number}, est valable jusqu’au {day}."),
                    format!("Your certificate {title}, number {number}, is valid until {day}."),
                ),
                w.say(
                    format!("Pour le renouveler, adressez-vous à {certifier}."),
                    format!("To renew it, turn to {certifier}."),
                ),
            ]
        }
        CandidacyNews::Renewed { about, until } => {
            let (number, title, day) = (&about.number, w.quoted(&about.title), w.date(*until));
            vec![
                w.say(
                    format!("{certifier} a renouvelé votre certificat {title}. Le nouveau porte le numéro {number} et vaut jusqu’au {day}."),
                    format!("{certifier} renewed your certificate {title}. The new one has number {number} and is valid until {day}."),
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
        _ => Vec::new(),
    }
}

fn held(w: Words) -> String {
    w.say(
        "Votre page garde le document à imprimer et le badge numérique. Le document se vérifie sur notre site, par son code, son QR code ou son fichier\u{a0}; le badge se vérifie aussi sans nous.",
        "Your page keeps the document to print and the digital badge. The document is checked on our site, by its code, its QR code or its file; the badge is checked without us, too.",
    )
}
