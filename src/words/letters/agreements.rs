//! The letters about an agreement: what an organisation is asked, and what it answered.

use super::super::Words;
use domain::agreements::NO_STANDS_DAYS;
use domain::letters::Partnership;

pub fn wanted_subject(w: Words, of: &Partnership) -> String {
    w.say(
        format!("{} vous demande votre accord\u{a0}: {}", of.operator, of.programme),
        format!("{} asks for your agreement: {}", of.operator, of.programme),
    )
}

pub fn wanted(w: Words, of: &Partnership) -> Vec<String> {
    let programme = w.quoted(&of.programme);
    vec![
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
    ]
}

pub fn given_subject(w: Words, of: &Partnership) -> String {
    w.say(
        format!("{} prend part à votre programme", of.organisation),
        format!("{} takes part in your programme", of.organisation),
    )
}

pub fn given(w: Words, of: &Partnership) -> Vec<String> {
    let programme = w.quoted(&of.programme);
    vec![w.say(
        format!(
            "{} a accepté\u{a0}: cette organisation prend désormais part au programme {programme}. Elle tient elle-même sa fiche et ses membres.",
            of.organisation
        ),
        format!(
            "{} has agreed: this organisation takes part in the programme {programme} from now on. It keeps its page and its members itself.",
            of.organisation
        ),
    )]
}

pub fn declined_subject(w: Words, of: &Partnership) -> String {
    w.say(
        format!("{} ne prend pas part à votre programme", of.organisation),
        format!("{} does not take part in your programme", of.organisation),
    )
}

pub fn declined(w: Words, of: &Partnership) -> Vec<String> {
    let programme = w.quoted(&of.programme);
    vec![
        w.say(
            format!("{} a répondu non pour le programme {programme}. Rien ne change pour vous.", of.organisation),
            format!("{} has said no for the programme {programme}. Nothing changes for you.", of.organisation),
        ),
        w.say(
            format!("Vous pourrez lui redemander dans {NO_STANDS_DAYS}\u{a0}jours\u{a0}; elle peut aussi changer d’avis d’ici là."),
            format!("You may ask it again in {NO_STANDS_DAYS} days; it may also change its mind before."),
        ),
    ]
}
