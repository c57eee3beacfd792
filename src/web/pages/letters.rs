//! What was sent, and what was captured.

mod own;

pub use own::{LetterRow, of_place};

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::calendar::{Instant, Zone};
use domain::ids::{LetterId, SessionId};
use domain::letters::Progress;
use serde::Deserialize;
use std::str::FromStr;
use store::outbox::{self, Sending, Whole};
use store::{self, Page};

pub fn routes(routes: &mut Routes) {
    routes.get("/courrier", Action::ReadLetters, list);
    routes.post("/courrier/{letter}/renvoi", Action::RetryLetter, retry);
    own::routes(routes);
}

/// The captured letters, which anyone may read where all people are made up.
pub fn demonstration_routes(routes: &mut Routes) {
    routes.get("/demo/courrier", Action::ReadDemoLetters, captured);
    routes.get("/demo/courrier/{letter}", Action::ReadDemoLetters, read);
    routes.get("/demo/courrier/{letter}/{entry}", Action::ReadDemoLetters, calendar);
}

#[derive(Deserialize)]
struct Wanted {
    session: Option<String>,
    #[serde(default)]
    destinataire: String,
    avant: Option<String>,
}

impl Wanted {
    fn before(&self) -> Result<Option<LetterId>, Problem> {
        parsed(self.avant.as_deref())
    }
}

fn parsed<T: FromStr>(text: Option<&str>) -> Result<Option<T>, Problem> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| Problem::NotFound)).transpose()
}

#[derive(Template)]
#[template(path = "letters/list.html")]
struct ListPage {
    shell: Shell,
    letters: Page<Sending>,
    session: Option<SessionId>,
    may_retry: bool,
    is_first: bool,
}

impl ListPage {
    fn written(&self, at: &Instant) -> String {
        self.shell.w.short_moment(*at, Zone::OFFICE)
    }

    fn progress(&self, letter: &Sending) -> &'static str {
        self.shell.w.letter_progress(letter.progress())
    }

    fn next(&self) -> Option<String> {
        let cursor = self.letters.next.as_ref()?;
        Some(match self.session {
            Some(session) => format!("/courrier?session={session}&avant={cursor}"),
            None => format!("/courrier?avant={cursor}"),
        })
    }
}

/// The class of the mark that shows how far a letter is.
fn mark(progress: Progress) -> &'static str {
    match progress {
        Progress::Sent => "mark ok",
        Progress::Queued | Progress::OnItsWay => "mark",
        Progress::TryingAgain => "mark wait",
        Progress::GivenUp => "mark no",
    }
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let wanted: Wanted = visit.query()?;
    let (session, before) = (parsed(wanted.session.as_deref())?, wanted.before()?);
    let letters = visit.read(|conn| outbox::list(conn, &visit.reach, session, before))?;
    Reply::page(&ListPage {
        shell: visit.shell(visit.w.letters()),
        letters,
        session,
        may_retry: visit.actor.may(Action::RetryLetter).is_ok(),
        is_first: before.is_none(),
    })
}

fn retry(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let leaves = actions::letters::retry(visit.house, &visit.actor, visit.part("letter")?)?;
    let said = if leaves { visit.w.letter_retried() } else { visit.w.letter_over() };
    Ok(Reply::see_with("/courrier", said))
}

#[derive(Template)]
#[template(path = "letters/captured.html")]
struct CapturedPage {
    shell: Shell,
    letters: Page<Sending>,
    recipient: String,
    is_first: bool,
}

impl CapturedPage {
    fn written(&self, at: &Instant) -> String {
        self.shell.w.short_moment(*at, Zone::OFFICE)
    }

    fn next(&self) -> Option<String> {
        let cursor = self.letters.next.as_ref()?;
        let recipient =
            percent_encoding::utf8_percent_encode(&self.recipient, percent_encoding::NON_ALPHANUMERIC);
        Some(format!("/demo/courrier?destinataire={recipient}&avant={cursor}"))
    }
}

fn captured(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let wanted: Wanted = visit.query()?;
    let before = wanted.before()?;
    let letters = visit.read(|conn| outbox::addressed(conn, &visit.reach, &wanted.destinataire, before))?;
    Reply::page(&CapturedPage {
        shell: visit.shell(visit.w.demonstration_mail()),
        letters,
        recipient: wanted.destinataire,
        is_first: before.is_none(),
    })
}

#[derive(Template)]
#[template(path = "letters/one.html")]
struct LetterPage {
    shell: Shell,
    letter: Whole,
    written: String,
    paragraphs: Vec<Paragraph>,
    calendars: usize,
}

/// Lines between two empty ones.
type Paragraph = Vec<Vec<Piece>>;

/// A stretch of text, or an address in it.
struct Piece {
    text: String,
    href: Option<String>,
}

fn whole(visit: &Visit<'_>) -> Result<Whole, Problem> {
    let id: LetterId = visit.part("letter")?;
    Ok(visit.read(|conn| outbox::get(conn, &visit.reach, id)).map_err(|e: store::Error| e)?)
}

fn read(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let letter = whole(visit)?;
    let paragraphs = paragraphs(&letter.text_body, &visit.site.public_url);
    Reply::page(&LetterPage {
        shell: visit.shell(letter.subject.clone()),
        written: visit.w.moment(letter.created_at, Zone::OFFICE),
        paragraphs,
        calendars: outbox::unpacked(&letter.calendars).len(),
        letter,
    })
}

fn paragraphs(text: &str, ours: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = vec![Vec::new()];
    for line in text.lines() {
        match paragraphs.last_mut() {
            Some(paragraph) if !line.trim().is_empty() => paragraph.push(pieces(line, ours)),
            _ => paragraphs.push(Vec::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Addresses of our own lead to this server, under whatever name the reader came.
fn pieces(line: &str, ours: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end();
        let is_address = bare.starts_with("https://") || bare.starts_with("http://");
        let own = bare.strip_prefix(ours).filter(|path| path.starts_with('/'));
        let href = is_address.then(|| own.unwrap_or(bare).to_owned());
        match pieces.last_mut() {
            Some(last) if last.href.is_none() && href.is_none() => last.text.push_str(word),
            _ => pieces.push(Piece { text: word.to_owned(), href }),
        }
    }
    pieces
}

/// `invitation-2.ics`: one file a day, counted from 1.
struct Entry(usize);

impl FromStr for Entry {
    type Err = std::num::ParseIntError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let number = name.strip_prefix("invitation-").and_then(|rest| rest.strip_suffix(".ics"));
        number.unwrap_or_default().parse().map(Self)
    }
}

fn calendar(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let Entry(number) = visit.part("entry")?;
    let calendars = outbox::unpacked(&whole(visit)?.calendars);
    let wanted = number.checked_sub(1).and_then(|place| calendars.into_iter().nth(place));
    let text = wanted.ok_or(Problem::NotFound)?;
    Ok(Reply::file(&format!("invitation-{number}.ics"), "text/calendar; charset=utf-8", text.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_our_own_lead_to_this_server() {
        let told = paragraphs("Bonjour,\n\nVoir :\nhttp://a.example/place/x puis\n-- ", "http://a.example");
        let texts: Vec<Vec<usize>> = told.iter().map(|lines| lines.iter().map(Vec::len).collect()).collect();
        assert_eq!(texts, [vec![1], vec![1, 2, 1]]);
        let link = &told[1][1][0];
        assert_eq!(link.href.as_deref(), Some("/place/x"));
        let foreign = pieces("https://visio.example/salle", "http://a.example");
        assert_eq!(foreign[0].href.as_deref(), Some("https://visio.example/salle"));
    }

    #[test]
    fn a_file_is_named_by_its_day() {
        assert_eq!("invitation-2.ics".parse::<Entry>().ok().map(|e| e.0), Some(2));
        for name in ["invitation-.ics", "invitation-2", "2.ics", "autre"] {
            assert!(name.parse::<Entry>().is_err(), "{name}");
        }
    }
}
