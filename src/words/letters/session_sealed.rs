//! The seal of a closed session, to be kept.

use super::Said;
use super::turns::about;
use crate::Words;
use domain::letters::Meeting;

pub(super) const LABEL: (&str, &str) = ("Sceau du journal", "Seal of the journal");

pub(super) fn said(w: Words, m: &Meeting) -> Said {
    let title = w.quoted(&m.title);
    Said {
        subject: about(w, &w.say("Sceau à conserver", "A seal to keep"), m),
        sentences: vec![
            w.say(
                format!("La session {title} est close, et son journal est scellé."),
                format!("The session {title} is closed, and its journal is sealed."),
            ),
            w.say(
                "Conservez cette lettre. Le sceau ci-dessous dit où en était le journal à cet instant\u{a0}: si des lignes y étaient plus tard changées ou retirées, même par quelqu’un qui tient la base de données, la comparaison le montrerait.",
                "Keep this letter. The seal below says where the journal stood at that moment: if rows were later changed or taken away, even by somebody who holds the database, comparing would show it.",
            ),
            w.say(
                "Pour comparer, l’administrateur lance «\u{a0}parcours journal verify --checkpoint\u{a0}» suivi du sceau.",
                "To compare, the administrator runs “parcours journal verify --checkpoint” followed by the seal.",
            ),
        ],
        button: w.either("Ouvrir le journal de la session", "Open the journal of the session"),
    }
}
