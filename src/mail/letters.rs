//! From what a letter says to what is sent: one sheet for every kind, set as text and as a page.

use super::{Fault, Sender};
use addresses::Page;
use askama::Template;
use domain::calendar::{Instant, Zone};
use domain::journal::seals::Seal;
use domain::letters::{Addressee, Leads, Meeting, Message, Outcome, SessionNews};
use domain::sessions::Slot;
use store::outbox::{self, Letter};
use words::{Said, Words};

impl Sender {
    /// Renders a finished letter, due now. `calendars` are the entries that go with it; `occasion`
    /// names what must be said only once.
    pub fn letter(
        &self,
        to: &Addressee,
        message: &Message,
        calendars: &[String],
        occasion: Option<String>,
        now: Instant,
    ) -> Result<Letter, Fault> {
        let sheet = self.sheet(to, message);
        let place = message.place();
        Ok(Letter {
            kind: message.kind(),
            to_email: to.email.clone(),
            to_name: to.name.clone(),
            reply_to: message.meeting().and_then(|m| m.organiser_email.clone()),
            text_body: TextSheet::of(&sheet).render()?,
            html_body: sheet.render()?,
            subject: sheet.subject,
            calendars: outbox::packed(calendars),
            message_id: format!("<{}@{}>", uuid::Uuid::new_v4(), self.domain),
            secret: message.secret_link().is_some(),
            session_id: message.meeting().map(|m| m.session),
            enrolment_id: place.map(|p| p.enrolment),
            company_id: message.company(),
            caused_by: None,
            occasion,
            created_at: now,
            due_at: now,
            attempts: 0,
        })
    }

    fn sheet(&self, to: &Addressee, message: &Message) -> Sheet {
        let w = Words(to.language);
        let meeting = message.meeting();
        let Said { subject, sentences, button } = w.letter(message);
        let link = self.leads(message).map(|address| Link { words: button, address });
        let answered = meeting.filter(|m| m.organiser_email.is_some());
        Sheet {
            language: w.code(),
            subject,
            greeting: w.letter_greeting(&to.name),
            handed: handed(w, message),
            sentences,
            facts: facts(w, message),
            link,
            link_plain: w.letter_link_plain(),
            colon: w.colon(),
            signature: meeting.map_or_else(|| w.product().to_owned(), |m| m.organiser.clone()),
            foot: answered.map_or_else(
                || w.letter_foot_plain().to_owned(),
                |meeting| w.letter_foot(&meeting.organiser),
            ),
        }
    }

    /// Where the letter leads on: to what it is about, or to other sessions.
    fn leads(&self, message: &Message) -> Option<String> {
        match message.kind().nature().leads {
            Leads::Catalogue => Some(self.link(&Page::Catalogue)),
            Leads::There | Leads::Passages | Leads::Certificates | Leads::Declaration => {
                message.link().map(str::to_owned)
            }
        }
    }
}

/// Somebody without an address gets the letter, and the link in it, from their employer's hands.
fn handed(w: Words, message: &Message) -> Option<String> {
    let place = message.place().filter(|p| !p.to_themselves)?;
    message.secret_link().map(|_| w.letter_to_be_handed(&place.person))
}

fn facts(w: Words, message: &Message) -> Vec<Fact> {
    let Some(meeting) = message.meeting() else { return Vec::new() };
    let mut facts = Vec::new();
    let lines = message.results().iter().map(|one| Line::plain(outcome(w, one))).collect();
    facts.push(Fact { label: w.letter_for_whom(), lines });
    if let Some(place) = message.place().filter(|p| !p.to_themselves) {
        facts.push(Fact { label: w.letter_for_whom(), lines: vec![Line::plain(place.person.clone())] });
    }
    facts.push(Fact { label: w.letter_when(), lines: when(w, meeting.zone, &meeting.slots) });
    if let Message::Session { news: SessionNews::SessionSealed { seal, at }, .. } = message {
        facts.extend(sealed(w, seal, *at, meeting.zone));
        facts.retain(|fact| !fact.lines.is_empty());
        return facts;
    }
    facts.extend(venue(w, message.gives_venue(), &Spot::of(meeting), [w.letter_where(), w.letter_video()]));
    facts.extend(former(w, message, meeting));
    let mut contact = vec![Line::plain(meeting.organiser.clone())];
    if let Some(email) = &meeting.organiser_email {
        contact.push(Line { text: email.clone(), address: Some(format!("mailto:{email}")) });
    }
    facts.push(Fact { label: w.letter_organiser(), lines: contact });
    facts.retain(|fact| !fact.lines.is_empty());
    facts
}

/// What a seal says, and the seal itself in lines that no mail program breaks.
fn sealed(w: Words, seal: &Seal, at: Instant, zone: Zone) -> Vec<Fact> {
    let said =
        w.seal_facts(seal, at, zone).map(|(label, text)| Fact { label, lines: vec![Line::plain(text)] });
    let lines = seal.lines().into_iter().map(Line::plain).collect();
    said.into_iter().chain([Fact { label: w.seal_to_keep(), lines }]).collect()
}

fn outcome(w: Words, one: &Outcome) -> String {
    let state = w.enrolment_state(one.state).to_lowercase();
    let colon = w.colon();
    match one.rank {
        Some(rank) => {
            format!("{}{colon} {state}, {}. {}", one.person, w.ordinal(rank.place), w.waiting_reason(rank))
        }
        None => format!("{}{colon} {state}", one.person),
    }
}

fn when(w: Words, zone: Zone, slots: &[Slot]) -> Vec<Line> {
    let clock = w.local_time(zone).map(|clock| format!("({clock})"));
    w.letter_days(slots).into_iter().chain(clock).map(Line::plain).collect()
}

/// What a session that has moved was to be: only what is no longer so.
fn former(w: Words, message: &Message, meeting: &Meeting) -> Vec<Fact> {
    let Some(former) = message.former() else { return Vec::new() };
    let change = former.change(meeting);
    let mut facts = Vec::new();
    if change.days || change.hours {
        facts.push(Fact { label: w.letter_former_when(), lines: when(w, former.zone, &former.slots) });
    }
    // Who is told the municipality only would read the same one twice.
    if change.place && (message.gives_venue() || former.commune != meeting.commune) {
        let spot = Spot { commune: &former.commune, place: &former.place, video_link: &former.video_link };
        let labels = [w.letter_former_where(), w.letter_former_video()];
        facts.extend(venue(w, message.gives_venue(), &spot, labels));
    }
    facts
}

/// Where people meet, or were to meet.
struct Spot<'a> {
    commune: &'a Option<String>,
    place: &'a str,
    video_link: &'a str,
}

impl<'a> Spot<'a> {
    fn of(meeting: &'a Meeting) -> Self {
        Self { commune: &meeting.commune, place: &meeting.place, video_link: &meeting.video_link }
    }
}

/// The municipality is public; the address and the video link are for those who have a seat.
fn venue(w: Words, gives_all: bool, spot: &Spot<'_>, [there, video]: [&'static str; 2]) -> Vec<Fact> {
    let commune = spot.commune.iter().cloned();
    if !gives_all {
        let place: Vec<Line> = commune.map(Line::plain).collect();
        let place =
            if place.is_empty() { vec![Line::plain(w.letter_at_a_distance().to_owned())] } else { place };
        return vec![Fact { label: there, lines: place }];
    }
    let address = spot.place.lines().map(str::to_owned).filter(|line| !line.trim().is_empty());
    let lines = address.chain(commune).map(Line::plain).collect();
    let link = Some(spot.video_link).filter(|link| !link.is_empty());
    vec![
        Fact { label: there, lines },
        Fact { label: video, lines: link.map(Line::address).into_iter().collect() },
    ]
}

/// One letter, before it is set.
#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Sheet {
    language: &'static str,
    subject: String,
    greeting: String,
    handed: Option<String>,
    sentences: Vec<String>,
    facts: Vec<Fact>,
    link: Option<Link>,
    link_plain: &'static str,
    colon: &'static str,
    signature: String,
    foot: String,
}

/// The same letter for those who read plain text.
#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct TextSheet<'a> {
    greeting: &'a str,
    handed: Option<&'a str>,
    sentences: &'a [String],
    facts: &'a [Fact],
    link: Option<&'a Link>,
    colon: &'static str,
    signature: &'a str,
    foot: &'a str,
}

impl<'a> TextSheet<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        Self {
            greeting: &sheet.greeting,
            handed: sheet.handed.as_deref(),
            sentences: &sheet.sentences,
            facts: &sheet.facts,
            link: sheet.link.as_ref(),
            colon: sheet.colon,
            signature: &sheet.signature,
            foot: &sheet.foot,
        }
    }
}

struct Fact {
    label: &'static str,
    lines: Vec<Line>,
}

struct Line {
    text: String,
    /// Where a click leads.
    address: Option<String>,
}

impl Line {
    fn plain(text: String) -> Self {
        Self { text, address: None }
    }

    /// A link only when it is one: what was typed may be a telephone number.
    fn address(typed: &str) -> Self {
        let is_web = typed.starts_with("https://") || typed.starts_with("http://");
        Self { text: typed.to_owned(), address: is_web.then(|| typed.to_owned()) }
    }
}

struct Link {
    words: &'static str,
    address: String,
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self(error.to_string())
    }
}

#[cfg(test)]
mod tests;
