//! What the members of a jury are told.

use super::Said;
use super::turns::{because, of_title, sits};
use crate::Words;
use domain::letters::{Board, JuryNews};

pub(super) const LABEL: (&str, &str) = ("Nouvelles d’un jury", "News of a jury");

pub(super) fn said(w: Words, board: &Board, news: &JuryNews) -> Said {
    let what = match news {
        JuryNews::Convened => w.say("Convocation du jury", "You are convened to a jury"),
        JuryNews::Moved => w.say("Le jury change de date ou de lieu", "The jury changes its date or place"),
        JuryNews::Reminder => w.say("Rappel du jury", "Reminder of the jury"),
        JuryNews::Cancelled { .. } => w.say("Le jury est annulé", "The jury is cancelled"),
        JuryNews::MinutesToSign => w.say("Procès-verbal à signer", "Minutes to sign"),
    };
    Said {
        subject: of_title(w, &what, &board.title),
        sentences: sentences(w, board, news),
        button: w.either("Voir le jury", "See the jury"),
    }
}

fn sentences(w: Words, board: &Board, news: &JuryNews) -> Vec<String> {
    let (title, certifier, sits) = (w.quoted(&board.title), &board.certifier, sits(w, &board.meeting));
    match news {
        JuryNews::Convened => vec![
            w.say(
                format!("{certifier} vous convoque comme membre du jury de la certification {title}."),
                format!("{certifier} convenes you as a member of the jury of the certification {title}."),
            ),
            sits,
            w.say(
                "Avant ce jour, faites votre déclaration d’intérêts\u{a0}: sans elle, vous ne pouvez pas siéger.",
                "Before that day, make your statement of interests: without it you cannot sit.",
            ),
        ],
        JuryNews::Moved => {
            let moved = w.say(
                format!("Le jury de la certification {title} change de date ou de lieu."),
                format!("The jury of the certification {title} changes its date or place."),
            );
            vec![moved, sits]
        }
        JuryNews::Reminder => {
            let near = w.say(
                format!("Le jury de la certification {title} dont vous êtes membre approche."),
                format!("The jury of the certification {title} of which you are a member comes near."),
            );
            vec![near, sits]
        }
        JuryNews::Cancelled { reason } => {
            let cancelled = w.say(
                format!("Le jury de la certification {title} ne se tient pas."),
                format!("The jury of the certification {title} does not sit."),
            );
            vec![cancelled, because(w, reason)]
        }
        JuryNews::MinutesToSign => vec![w.say(
            format!("Le procès-verbal du jury de la certification {title} est scellé. Il attend votre signature."),
            format!("The minutes of the jury of the certification {title} are sealed. They wait for your signature."),
        )],
    }
}
