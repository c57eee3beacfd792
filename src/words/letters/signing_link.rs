//! The way to sign in the room.

use super::Said;
use super::turns::about;
use crate::Words;
use domain::letters::Meeting;

pub(super) const LABEL: (&str, &str) = ("Lien pour signer", "Link to sign");

pub(super) fn said(w: Words, m: &Meeting) -> Said {
    let title = w.quoted(&m.title);
    Said {
        subject: about(w, &w.say("Votre lien pour signer", "Your link to sign"), m),
        sentences: vec![
            w.say(
                format!("Vous avez demandé, dans la salle, de quoi signer votre présence à la session {title}."),
                format!("You asked in the room for the way to sign your attendance at the session {title}."),
            ),
            w.say(
                "Ouvrez votre page, puis entrez le code que montre l’écran de la salle. Si vous n’avez rien demandé, ne faites rien.",
                "Open your page, then enter the code that the screen in the room shows. If you asked for nothing, do nothing.",
            ),
        ],
        button: w.sign_my_attendance(),
    }
}
