//! An organisation has said no to a programme.

use super::Said;
use crate::Words;
use domain::agreements::NO_STANDS_DAYS;
use domain::letters::Partnership;

pub(super) const LABEL: (&str, &str) = ("Accord refusé", "Agreement declined");

pub(super) fn said(w: Words, of: &Partnership) -> Said {
    let programme = w.quoted(&of.programme);
    Said {
        subject: w.say(
            format!("{} ne prend pas part à votre programme", of.organisation),
            format!("{} does not take part in your programme", of.organisation),
        ),
        sentences: vec![
            w.say(
                format!("{} a répondu non pour le programme {programme}. Rien ne change pour vous.", of.organisation),
                format!("{} has said no for the programme {programme}. Nothing changes for you.", of.organisation),
            ),
            w.say(
                format!("Vous pourrez lui redemander dans {NO_STANDS_DAYS}\u{a0}jours\u{a0}; elle peut aussi changer d’avis d’ici là."),
                format!("You may ask it again in {NO_STANDS_DAYS} days; it may also change its mind before."),
            ),
        ],
        button: w.either("Voir la réponse", "See the answer"),
    }
}
