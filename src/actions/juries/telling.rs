//! Who is told what of a jury.

use super::Whole;
use crate::{Act, Done, House, candidacies};
use addresses::Page;
use domain::access::{Action, Actor};
use domain::juries::JuryState;
use domain::letters::{Board, BoardNews, CandidacyNews, JuryNews, Message, jury_occasion};

pub fn board(act: &mut Act<'_>, whole: &Whole) -> Done<Board> {
    let (certifier, _) = store::certifications::certifier(act.conn, whole.seen.certifier)?;
    Ok(Board {
        certifier: certifier.to_string(),
        title: whole.about.title.to_string(),
        code: whole.about.code.to_string(),
        meeting: whole.seen.meeting.clone(),
        link: act.house.sender.link(&Page::Jury(whole.seen.id)),
    })
}

/// To every member.
pub fn tell_members(act: &mut Act<'_>, whole: &Whole, news: &JuryNews) -> Done<()> {
    let news = BoardNews::JuryNews { news: news.clone() };
    let message = Message::Jury { board: board(act, whole)?, news };
    for juror in &whole.jurors {
        let to = store::accounts::addressee(act.conn, juror.account)?;
        act.post(&to, &message)?;
    }
    Ok(())
}

/// The same to every candidate.
pub fn tell_candidates(act: &mut Act<'_>, whole: &Whole, news: &CandidacyNews) -> Done<()> {
    let reach = act.actor.may(Action::ComposeJury)?;
    for attempt in &whole.attempts {
        let seen = store::candidacies::get(act.conn, &reach, attempt.candidacy)?;
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        candidacies::tell_candidate(act, &seen, &entrance, news.clone())?;
    }
    Ok(())
}

/// Reminds the members and the candidates of every jury that sits in so many days, each once; answers how many juries.
pub fn remind(house: &House, days_before: &[i64]) -> Done<usize> {
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
        house.act(&Actor::HOUSE, Action::RunRounds, |act| {
            act.hold(|conn| store::juries::hold(conn, id))?;
            let whole = super::whole(act.conn, &act.reach, id, act.today())?;
            if whole.seen.state != JuryState::Convened || whole.seen.meeting.starts_at != starts_at {
                return Ok(());
            }
            let board = board(act, &whole)?;
            let news = BoardNews::JuryNews { news: JuryNews::Reminder };
            let message = Message::Jury { board: board.clone(), news };
            for (number, juror) in whole.jurors.iter().enumerate() {
                let to = store::accounts::addressee(act.conn, juror.account)?;
                // The first one, the chair, tells that all of them were told.
                let named = if number == 0 { mark.clone() } else { occasion(&juror.account.to_string()) };
                act.post_once(&to, &message, Some(named))?;
            }
            for attempt in &whole.attempts {
                let seen = store::candidacies::get(act.conn, &act.reach, attempt.candidacy)?;
                let entrance = store::certifications::entrance(act.conn, seen.version)?;
                let news = CandidacyNews::JuryReminder { meeting: board.clone() };
                let named = Some(occasion(&format!("attempt:{}", attempt.id)));
                candidacies::tell_once(act, &seen, &entrance, (news, named))?;
            }
            Ok(())
        })?;
        reminded += 1;
    }
    Ok(reminded)
}
