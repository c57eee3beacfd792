//! The ways out: a mail server, a folder of files, or nowhere at all.

use super::Sender;
use lettre::address::AddressError;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::response::Category;
use lettre::transport::smtp::{self, PoolConfig};
use lettre::{Message, SmtpTransport, Transport as _};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use store::outbox::{self, Envelope};

/// How long a mail server may take for each answer.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Connections to it that stay open.
const CONNECTIONS: u32 = 2;

/// Where letters go.
#[derive(Clone)]
pub enum Transport {
    Smtp(SmtpTransport),
    /// One `.eml` file a letter.
    Folder(PathBuf),
    /// Nowhere: the letters stay in the outbox to be read there.
    Captured,
}

/// Why a way out cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error("the address of the mail server cannot be used: {0}")]
    Url(String),
    #[error("the mail server does not answer: {0}")]
    Silent(String),
}

/// Why one letter did not leave. It displays as the letter's own page says it, with the mail server's words, which may
/// name a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{said}")]
pub struct Undelivered {
    /// Whether no further try will help: this mailbox is refused. Else it was the network, the server or our own
    /// settings.
    pub for_good: bool,
    /// The cause without anybody's words, for the log.
    pub cause: String,
    said: String,
}

impl Undelivered {
    fn for_now(cause: String) -> Self {
        Self { for_good: false, said: cause.clone(), cause }
    }

    fn for_good(cause: String) -> Self {
        Self { for_good: true, ..Self::for_now(cause) }
    }
}

impl Transport {
    /// A mail server by its URL: `smtp://relay:25`, `smtps://user:password@relay`, and
    /// `smtp://user:password@relay:587?tls=required` for STARTTLS.
    pub fn smtp(url: &str, patience: Duration) -> Result<Self, Unusable> {
        let server = SmtpTransport::from_url(url).map_err(|e| Unusable::Url(told(&e)))?;
        let pool = PoolConfig::new().max_size(CONNECTIONS);
        Ok(Self::Smtp(server.timeout(Some(patience)).pool_config(pool).build()))
    }

    /// Whether a mail server, if there is one, would take letters now.
    pub fn check(&self) -> Result<(), Unusable> {
        let Self::Smtp(server) = self else { return Ok(()) };
        match server.test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err(Unusable::Silent("no greeting".to_owned())),
            Err(error) => Err(Unusable::Silent(told(&error))),
        }
    }

    pub fn send(&self, sender: &Sender, letter: &Envelope) -> Result<(), Undelivered> {
        match self {
            Self::Smtp(server) => {
                let message = message(sender, letter)?;
                server.send(&message).map(|_| ()).map_err(|error| undelivered(&error))
            }
            Self::Folder(folder) => {
                let message = message(sender, letter)?;
                write_whole(folder, &file_name(letter), &message.formatted())
                    .map_err(|error| Undelivered::for_now(error.to_string()))
            }
            Self::Captured => Ok(()),
        }
    }
}

/// The letter as it travels: the text, the page and, when the session has one day, its entry side by
/// side; every entry also attached as a file.
fn message(sender: &Sender, letter: &Envelope) -> Result<Message, Undelivered> {
    let ours = |e: AddressError| Undelivered::for_now(format!("our own address cannot be used: {e}"));
    let theirs = |e: AddressError| Undelivered::for_good(format!("the address cannot be used: {e}"));
    let mut from: Mailbox = sender.from.parse().map_err(ours)?;
    from.name.get_or_insert_with(|| "Parcours".to_owned());
    let to = Mailbox::new(Some(letter.to_name.clone()), letter.to_email.parse().map_err(theirs)?);
    let mut headers = Message::builder()
        .from(from)
        .to(to)
        .subject(letter.subject.as_str())
        .message_id(Some(letter.message_id.clone()))
        .date(SystemTime::from(letter.created_at.utc()))
        .header(AutoSubmitted);
    if let Some(address) = &letter.reply_to {
        headers = headers.reply_to(Mailbox::new(None, address.parse().map_err(ours)?));
    }
    let calendars = outbox::unpacked(&letter.calendars);
    let mut readings = MultiPart::alternative_plain_html(letter.text_body.clone(), letter.html_body.clone());
    if let [calendar] = calendars.as_slice() {
        let part = SinglePart::builder().header(calendar_type(calendar)?);
        readings = readings.singlepart(part.body(calendar.clone()));
    }
    let mut whole = MultiPart::mixed().multipart(readings);
    for (number, calendar) in calendars.iter().enumerate() {
        let name = format!("invitation-{}.ics", number + 1);
        whole = whole.singlepart(Attachment::new(name).body(calendar.clone(), calendar_type(calendar)?));
    }
    headers.multipart(whole).map_err(|e| Undelivered::for_now(e.to_string()))
}

/// The type of a calendar part says the method that the calendar says.
fn calendar_type(calendar: &str) -> Result<ContentType, Undelivered> {
    let method = calendar.lines().find_map(|line| line.strip_prefix("METHOD:")).unwrap_or("PUBLISH");
    ContentType::parse(&format!("text/calendar; charset=utf-8; method={}", method.trim()))
        .map_err(|e| Undelivered::for_now(e.to_string()))
}

/// RFC 3834: absence notices do not answer.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// A refusal counts for good only when it speaks of the mailbox (5y5 of RFC 5321): a wrong password
/// of ours or an unknown command must not cost anybody their letter.
fn undelivered(error: &smtp::Error) -> Undelivered {
    let speaks_of_mailbox = error.status().is_some_and(|code| code.category == Category::MailSystem);
    let cause = match error.status() {
        Some(code) => format!("the mail server answers {code}"),
        None if error.is_response() => "the mail server's answer cannot be read".to_owned(),
        None => told(error),
    };
    Undelivered { for_good: error.is_permanent() && speaks_of_mailbox, cause, said: told(error) }
}

/// An error with its causes, on one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        let said = source.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        cause = source.source();
    }
    text.chars().take(500).collect()
}

fn file_name(letter: &Envelope) -> String {
    let unique: String =
        letter.message_id.chars().take_while(|c| *c != '@').filter(char::is_ascii_alphanumeric).collect();
    format!("{:06}-{unique}.eml", letter.id.0)
}

/// Whoever watches the folder never sees half a letter.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{name}.part"));
    fs::write(&unfinished, bytes)?;
    fs::rename(&unfinished, folder.join(name))
}
