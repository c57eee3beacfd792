//! An account is opened to somebody.

use super::Said;
use super::turns::one_use;
use crate::Words;
use domain::calendar::Instant;

pub(super) const LABEL: (&str, &str) = ("Invitation", "Invitation");

pub(super) fn said(w: Words, organisation: Option<&str>, by: Option<&str>, until: Instant) -> Said {
    let subject = match organisation {
        Some(name) => {
            w.say(format!("Votre accès à Parcours\u{a0}: {name}"), format!("Your access to Parcours: {name}"))
        }
        None => w.say("Votre accès à Parcours", "Your access to Parcours"),
    };
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
    let sentences = vec![first, format!("{how} {}", one_use(w, until)), stranger];
    Said { subject, sentences, button: w.choose_my_password() }
}
