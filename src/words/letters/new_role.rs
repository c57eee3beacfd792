//! An account that is open holds one more role.

use super::Said;
use crate::Words;
use domain::access::Role;

pub(super) const LABEL: (&str, &str) = ("Nouveau rôle", "New role");

pub(super) fn said(w: Words, role: Role, organisation: Option<&str>, by: Option<&str>) -> Said {
    let subject = match organisation {
        Some(name) => w.say(
            format!("Un nouveau rôle dans Parcours\u{a0}: {name}"),
            format!("A new role in Parcours: {name}"),
        ),
        None => w.say("Un nouveau rôle dans Parcours", "A new role in Parcours"),
    };
    let role = match organisation {
        Some(name) => format!("{}, {name}", w.role(role)),
        None => w.role(role).to_owned(),
    };
    let first = match by {
        Some(by) => w.say(
            format!("{by} vous a ouvert un rôle de plus dans Parcours\u{a0}: {role}."),
            format!("{by} has opened one more role to you in Parcours: {role}."),
        ),
        None => w.say(
            format!("Un rôle de plus vous est ouvert dans Parcours\u{a0}: {role}."),
            format!("One more role is open to you in Parcours: {role}."),
        ),
    };
    let how = w.say(
        "Votre adresse et votre mot de passe ne changent pas. Dans le menu à votre nom, choisissez pour qui vous agissez.",
        "Your address and your password stay the same. In the menu under your name, choose for whom you act.",
    );
    Said { subject, sentences: vec![first, how], button: w.either("Me connecter", "Log in") }
}
