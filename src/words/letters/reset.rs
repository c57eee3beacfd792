//! A new password is chosen.

use super::Said;
use super::turns::one_use;
use crate::Words;
use domain::calendar::Instant;

pub(super) const LABEL: (&str, &str) = ("Nouveau mot de passe", "New password");

pub(super) fn said(w: Words, until: Instant) -> Said {
    Said {
        subject: w.say("Choisissez un nouveau mot de passe", "Choose a new password"),
        sentences: vec![
            w.say(
                "Un nouveau mot de passe a été demandé pour votre compte.",
                "A new password was asked for your account.",
            ),
            one_use(w, until),
            w.say(
                "Si la demande ne vient pas de vous, ne faites rien\u{a0}: votre mot de passe reste le même.",
                "If the request is not yours, do nothing: your password stays as it is.",
            ),
        ],
        button: w.choose_my_password(),
    }
}
