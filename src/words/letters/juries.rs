//! The letters about a jury.

use super::super::Words;
use domain::juries::Meeting;
use domain::letters::{BlockOutcome, Board, Dossier, JuryNews};

pub fn subject(w: Words, board: &Board, news: &JuryNews) -> String {
    let what = match news {
        JuryNews::Convened => w.say("Convocation du jury", "You are convened to a jury"),
        JuryNews::Moved => w.say("Le jury change de date ou de lieu", "The jury changes its date or place"),
        JuryNews::Reminder => w.say("Rappel du jury", "Reminder of the jury"),
        JuryNews::Cancelled { .. } => w.say("Le jury est annulé", "The jury is cancelled"),
        JuryNews::MinutesToSign => w.say("Procès-verbal à signer", "Minutes to sign"),
    };
    w.say(format!("{what}\u{a0}: {}", board.title), format!("{what}: {}", board.title))
}

/// Where and when, in one sentence.
pub fn meeting(w: Words, meeting: &Meeting) -> String {
    let (when, how) = (w.moment_there(meeting.starts_at, meeting.zone), w.sitting_mode(meeting.mode));
    w.say(
        format!("Le jury se tient {when}. {how}\u{a0}: {}", meeting.place),
        format!("The jury sits {when}. {how}: {}", meeting.place),
    )
}

pub fn sentences(w: Words, board: &Board, news: &JuryNews) -> Vec<String> {
    let title = w.quoted(&board.title);
    match news {
        JuryNews::Convened => vec![
            w.say(
                format!("{} vous convoque comme membre du jury de la certification {title}.", board.certifier),
                format!("{} convenes you as a member of the jury of the certification {title}.", board.certifier),
            ),
            meeting(w, &board.meeting),
            w.say(
                "Avant ce jour, faites votre déclaration d’intérêts\u{a0}: sans elle, vous ne pouvez pas siéger.",
                "Before that day, make your statement of interests: without it you cannot sit.",
            ),
        ],
        JuryNews::Moved => vec![
            w.say(
                format!("Le jury de la certification {title} change de date ou de lieu."),
                format!("The jury of the certification {title} changes its date or place."),
            ),
            meeting(w, &board.meeting),
        ],
        JuryNews::Reminder => vec![
            w.say(
                format!("Le jury de la certification {title} dont vous êtes membre approche."),
                format!("The jury of the certification {title} of which you are a member comes near."),
            ),
            meeting(w, &board.meeting),
        ],
        JuryNews::Cancelled { reason } => vec![
            w.say(
                format!("Le jury de la certification {title} ne se tient pas."),
                format!("The jury of the certification {title} does not sit."),
            ),
            w.say(format!("Motif\u{a0}: {reason}"), format!("Reason: {reason}")),
        ],
        JuryNews::MinutesToSign => vec![w.say(
            format!("Le procès-verbal du jury de la certification {title} est scellé. Il attend votre signature."),
            format!("The minutes of the jury of the certification {title} are sealed. They wait for your signature."),
        )],
    }
}

/// What became of the blocks, a line each.
pub fn blocks(w: Words, blocks: &[BlockOutcome]) -> Vec<String> {
    let line = |block: &BlockOutcome| {
        let result = w.block_result(block.result).to_lowercase();
        format!("{} {}{} {result}", block.code, w.quoted(&block.title), w.colon())
    };
    blocks.iter().map(line).collect()
}

pub fn appeal_subject(w: Words, of: &Dossier) -> String {
    w.say(
        format!("Un recours à traiter\u{a0}: {}, {}", of.candidate, of.title),
        format!("An appeal to answer: {}, {}", of.candidate, of.title),
    )
}

pub fn appeal(w: Words, of: &Dossier) -> Vec<String> {
    let title = w.quoted(&of.title);
    vec![w.say(
        format!(
            "{} conteste son résultat à la certification {title}. Le recours attend votre réponse.",
            of.candidate
        ),
        format!(
            "{} contests their result for the certification {title}. The appeal waits for your answer.",
            of.candidate
        ),
    )]
}
