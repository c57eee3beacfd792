//! The State did not find the holder, or found several.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::declarations::ReasonKind;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Identité à vérifier", "Identity to check");

pub(super) fn said(w: Words, of: &Dossier, kind: ReasonKind) -> Said {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    let first = match kind {
        ReasonKind::Ambiguous => w.say(
            format!("{certifier} a déclaré à l’État que vous détenez la certification {title}. Plusieurs personnes portent l’identité déclarée."),
            format!("{certifier} declared to the State that you hold the certification {title}. Several people bear the identity that was declared."),
        ),
        ReasonKind::Identity | ReasonKind::Other => w.say(
            format!("{certifier} a déclaré à l’État que vous détenez la certification {title}. Personne n’y est connu sous l’identité déclarée."),
            format!("{certifier} declared to the State that you hold the certification {title}. Nobody is known there under the identity that was declared."),
        ),
    };
    let check = w.say(
        "Vérifiez sur votre page vos nom et prénoms de naissance, tous vos prénoms, la date et la commune, tels qu’ils figurent sur votre acte de naissance. Sans cela, la certification n’apparaît pas dans votre passeport de compétences.",
        "Check on your page your names at birth, all your given names, the date and the municipality, as on your birth certificate. Without this the certification does not appear in your skills passport.",
    );
    let sentences = vec![first, check];
    Said {
        subject: of_title(
            w,
            &w.say("Votre identité de naissance est à vérifier", "Your identity at birth is to be checked"),
            &of.title,
        ),
        sentences,
        button: w.see_declaration(),
    }
}
