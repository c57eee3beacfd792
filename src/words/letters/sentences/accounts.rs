//! What opens an account, or opens more to it.

use crate::Words;
use domain::access::Role;
use domain::calendar::{Instant, Zone};

fn one_use(w: Words, until: Instant) -> String {
    let until = w.moment(until, Zone::PARIS);
    w.say(
        format!("Le lien sert une seule fois, jusqu’au {until} (heure de Paris)."),
        format!("The link works once, until {until} (Paris time)."),
    )
}

pub fn invitation(w: Words, organisation: Option<&str>, by: Option<&str>, until: Instant) -> Vec<String> {
    let first = match (organisation, by) {
        (Some(name), Some(by)) => w.say(
            format!("{by} vous invite à rejoindre Parcours pour {name}."),
            format!("{by} invites you to join Parcours for {name}."),
        ),
        (Some(name), None) => w.say(
            format!("Un accès à Parcours vous est ouvert pour {name}."),
            format!("Access to Parcours is open to you for {name}."),
        ),
        (None, Some(by)) => w.say(
            format!("{by} vous invite à rejoindre Parcours."),
            format!("{by} invites you to join Parcours."),
        ),
        (None, None) => w.say("Un accès à Parcours vous est ouvert.", "Access to Parcours is open to you."),
    };
    let how = w.say(
        "Choisissez votre mot de passe pour ouvrir votre compte.",
        "Choose your password to open your account.",
    );
    let stranger = w.say(
        "Si vous n’attendiez pas cette invitation, ne faites rien\u{a0}: aucun compte ne s’ouvrira.",
        "If you did not expect this invitation, do nothing: no account will be opened.",
    );
    vec![first, format!("{how} {}", one_use(w, until)), stranger]
}

pub fn new_role(w: Words, role: Role, organisation: Option<&str>, by: Option<&str>) -> Vec<String> {
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
    vec![first, how]
}

pub fn reset(w: Words, until: Instant) -> Vec<String> {
    vec![
        w.say(
            "Un nouveau mot de passe a été demandé pour votre compte.",
            "A new password was asked for your account.",
        ),
        one_use(w, until),
        w.say(
            "Si la demande ne vient pas de vous, ne faites rien\u{a0}: votre mot de passe reste le même.",
            "If the request is not yours, do nothing: your password stays as it is.",
        ),
    ]
}
