//! What changed for the people of an employer.

use super::Said;
use super::turns::{about, moved};
use crate::Words;
use domain::letters::{Former, Meeting};

pub(super) const LABEL: (&str, &str) = ("Du nouveau pour l’employeur", "News for the employer");

pub(super) fn said(w: Words, m: &Meeting, former: Option<&Former>) -> Said {
    let title = w.quoted(&m.title);
    let stand = w.say(
        format!("Voici où en sont vos salariés après ce qui vient de changer pour la session {title}. Ils en sont prévenus eux aussi."),
        format!("This is how your employees stand after what has just changed in the session {title}. They are told as well."),
    );
    Said {
        subject: about(w, &w.say("Du nouveau pour vos salariés", "News of your employees"), m),
        sentences: former.map(|former| moved(w, m, former)).into_iter().chain([stand]).collect(),
        button: w.see_this_session(),
    }
}
