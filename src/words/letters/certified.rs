//! Certificates are there.

use super::Said;
use super::turns::{held, of_title};
use crate::Words;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Certificat délivré", "Certificate issued");

pub(super) fn said(w: Words, of: &Dossier, titles: &[String]) -> Said {
    let sentences = if *titles == [of.title.clone()] {
        whole(w, of)
    } else {
        let blocks = titles.iter().map(|title| format!("– {title}"));
        [of_blocks(w, of)].into_iter().chain(blocks).chain([held(w)]).collect()
    };
    Said {
        subject: of_title(w, &w.say("Votre certificat est délivré", "Your certificate is issued"), &of.title),
        sentences,
        button: w.see_my_certificates(),
    }
}

fn whole(w: Words, of: &Dossier) -> Vec<String> {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    vec![
        w.say(
            format!("{certifier} vous délivre la certification {title}. Toutes nos félicitations\u{202f}!"),
            format!("{certifier} issues you the certification {title}. Congratulations!"),
        ),
        held(w),
    ]
}

fn of_blocks(w: Words, of: &Dossier) -> String {
    let (title, certifier) = (w.quoted(&of.title), &of.certifier);
    w.say(
        format!("{certifier} vous délivre un certificat pour chaque bloc de la certification {title} que vous avez acquis\u{a0}:"),
        format!("{certifier} issues you a certificate for each block of the certification {title} that you acquired:"),
    )
}
