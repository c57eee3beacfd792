//! A programme asks an organisation whether it takes part.

use super::Said;
use crate::Words;
use domain::letters::Partnership;

pub(super) const LABEL: (&str, &str) = ("Accord demandé", "Agreement asked for");

pub(super) fn said(w: Words, of: &Partnership) -> Said {
    let programme = w.quoted(&of.programme);
    Said {
        subject: w.say(
            format!("{} vous demande votre accord\u{a0}: {}", of.operator, of.programme),
            format!("{} asks for your agreement: {}", of.operator, of.programme),
        ),
        sentences: vec![
            w.say(
                format!("{} souhaite que {} prenne part au programme {programme}.", of.operator, of.organisation),
                format!("{} would like {} to take part in the programme {programme}.", of.operator, of.organisation),
            ),
            w.say(
                "Si vous acceptez, cet opérateur verra votre fiche. Vos membres, votre liste de salariés et ce que vous faites ailleurs lui restent fermés.",
                "If you agree, this operator will see your page. Your members, your list of employees and what you do elsewhere stay closed to it.",
            ),
            w.say(
                "Rien ne change tant que vous n’avez pas répondu.",
                "Nothing changes as long as you have not answered.",
            ),
        ],
        button: w.either("Répondre", "Answer"),
    }
}
