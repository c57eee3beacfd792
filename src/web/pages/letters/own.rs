//! The reader's own letters, and those about one place: to whom, about what, and how far they are.

use super::{mark, parsed};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::Error;
use askama::Template;
use domain::access::{Action, Extent};
use domain::calendar::Zone;
use domain::ids::{EnrolmentId, LetterId};
use serde::Deserialize;
use store::outbox::{self, Sending};
use store::{self, Conn};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/compte/courrier", Action::ReadOwnLetters, own);
}

/// A line that tells how far a letter is; what the letter says stays with its addressee.
pub struct LetterRow {
    pub subject: String,
    pub kind: &'static str,
    pub to_name: String,
    /// Empty where the reader holds nothing but a link.
    pub to_email: String,
    pub written: String,
    pub state: &'static str,
    /// Since when it is so, or why.
    pub detail: String,
    pub mark: &'static str,
}

impl LetterRow {
    fn new(w: Words, letter: &Sending) -> Self {
        let moment = |at| w.short_moment(at, Zone::OFFICE);
        let until = letter.sent_at.unwrap_or(letter.due_at);
        let (state, detail) = w.letter_told(letter.progress(), letter.trace().was_refused(), &moment(until));
        Self {
            subject: letter.subject.clone(),
            kind: w.letter_kind(letter.kind),
            to_name: letter.to_name.clone(),
            to_email: letter.to_email.clone(),
            written: moment(letter.created_at),
            state,
            detail,
            mark: mark(letter.progress()),
        }
    }
}

/// The letters about one place, where the reader may see how far they are.
pub fn of_place(
    conn: &mut Conn,
    visit: &Visit<'_>,
    place: EnrolmentId,
) -> Result<Vec<LetterRow>, store::Error> {
    let Ok(reach) = visit.actor.may(Action::ReadPlaceLetters) else { return Ok(Vec::new()) };
    let letters = outbox::of_place(conn, &reach, place)?;
    let mut rows: Vec<_> = letters.iter().map(|letter| LetterRow::new(visit.w, letter)).collect();
    if matches!(reach.extent(), Extent::Enrolment(_)) {
        // A link may be passed on: the addresses of others do not travel with it.
        for row in &mut rows {
            row.to_email.clear();
        }
    }
    Ok(rows)
}

#[derive(Deserialize)]
struct Wanted {
    avant: Option<String>,
}

#[derive(Template)]
#[template(path = "letters/own.html")]
struct OwnPage {
    shell: Shell,
    letters: Vec<LetterRow>,
    next: Option<String>,
    is_first: bool,
}

fn own(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let Wanted { avant } = visit.query()?;
    let before: Option<LetterId> = parsed(avant.as_deref())?;
    let login = visit.login.ok_or(Problem::LogInFirst)?;
    let read = |conn: &mut Conn| outbox::own(conn, &visit.reach, login.account, &login.email, before);
    let page = visit.read(read).map_err(Error::from)?;
    Reply::page(&OwnPage {
        shell: visit.shell(visit.w.own_letters()),
        letters: page.rows.iter().map(|letter| LetterRow::new(visit.w, letter)).collect(),
        next: page.next.map(|cursor| format!("/compte/courrier?avant={cursor}")),
        is_first: before.is_none(),
    })
}
