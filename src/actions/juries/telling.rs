//! Who is told what of a jury.

use super::Whole;
use crate::{Done, Error, House, candidacies, letters};
use domain::access::{Action, Actor};
use domain::calendar::{Instant, Zone};
use domain::juries::JuryState;
use domain::letters::{Board, BoardNews, CandidacyNews, JuryNews, Message, jury_occasion};
use store::{self, Conn};

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
    let news = BoardNews::JuryNews { news: news.clone() };
    let message = Message::Jury { board: board(conn, house, whole)?, news };
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

/// Reminds the members and the candidates of every jury that sits in so many days, each once; answers how many juries.
pub fn remind(house: &House, days_before: &[i64]) -> Done<usize> {
    let reach = Actor::HOUSE.may(Action::RunRounds)?;
    let now = house.clock.now();
    // A day more than the calendar says: the zones are up to a day apart.
    let horizon = now.plus_days(days_before.iter().copied().max().unwrap_or(0) + 2);
    let coming = house.store.read(|conn| store::juries::coming(conn, now, horizon))?;
    let mut reminded = 0;
    for (id, starts_at, zone) in coming {
        let day = starts_at.day(zone);
        let days = day.days_since(now.day(zone));
        if !days_before.contains(&days) {
            continue;
        }
        let occasion = |of: &str| jury_occasion(days, id, day, of);
        let mark = occasion("members");
        if house.store.read(|conn| store::outbox::told(conn, std::slice::from_ref(&mark)))?.contains(&mark) {
            continue;
        }
        house.store.write(|conn| {
            store::juries::hold(conn, id)?;
            let whole = super::whole(conn, &reach, id, now.day(Zone::PARIS))?;
            if whole.seen.state != JuryState::Convened || whole.seen.meeting.starts_at != starts_at {
                return Ok(());
            }
            let board = board(conn, house, &whole)?;
            let news = BoardNews::JuryNews { news: JuryNews::Reminder };
            let message = Message::Jury { board: board.clone(), news };
            for (number, juror) in whole.jurors.iter().enumerate() {
                let to = store::accounts::addressee(conn, juror.account)?;
                // The first one, the chair, tells that all of them were told.
                let named = if number == 0 { mark.clone() } else { occasion(&juror.account.to_string()) };
                letters::post(conn, house, &Actor::HOUSE, &to, &message, Some(named), now)?;
            }
            for attempt in &whole.attempts {
                let seen = store::candidacies::get(conn, &reach, attempt.candidacy)?;
                let entrance = store::certifications::entrance(conn, seen.version)?;
                let news = CandidacyNews::JuryReminder { meeting: board.clone() };
                let named = Some(occasion(&format!("attempt:{}", attempt.id)));
                candidacies::tell_once(conn, house, &Actor::HOUSE, &seen, &entrance, (news, named), now)?;
            }
            Ok::<_, Error>(())
        })?;
        reminded += 1;
    }
    Ok(reminded)
}
