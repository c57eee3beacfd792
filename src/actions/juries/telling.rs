//! Who is told what of a jury.

use super::Whole;
use crate::actions::{Done, House, candidacies, letters};
use crate::domain::access::{Action, Actor};
use crate::domain::calendar::Instant;
use crate::domain::letters::{Board, CandidacyNews, JuryNews, Message};
use crate::store::{self, Conn};

pub fn board(conn: &mut Conn, house: &House, whole: &Whole) -> Done<Board> {
    let (certifier, _) = store::certifications::certifier(conn, whole.seen.certifier)?;
    Ok(Board {
        certifier: certifier.to_string(),
        title: whole.about.title.to_string(),
        code: whole.about.code.to_string(),
        meeting: whole.seen.meeting.clone(),
        link: format!("{}/jurys/{}", house.sender.public_url, whole.seen.id),
    })
}

/// To every member.
pub fn tell_members(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    whole: &Whole,
    news: &JuryNews,
    now: Instant,
) -> Done<()> {
    let message = Message::JuryNews { board: board(conn, house, whole)?, news: news.clone() };
    for juror in &whole.jurors {
        let to = store::accounts::addressee(conn, juror.account)?;
        letters::post(conn, house, actor, &to, &message, None, now)?;
    }
    Ok(())
}

/// The same to every candidate.
pub fn tell_candidates(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    whole: &Whole,
    news: &CandidacyNews,
    now: Instant,
) -> Done<()> {
    let reach = actor.may(Action::ComposeJury)?;
    for attempt in &whole.attempts {
        let seen = store::candidacies::get(conn, &reach, attempt.candidacy)?;
        let entrance = store::certifications::entrance(conn, seen.version)?;
        candidacies::tell_candidate(conn, house, actor, &seen, &entrance, news.clone(), now)?;
    }
    Ok(())
}
