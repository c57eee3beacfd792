//! What a form says of itself while it is away, in the reader's browser: which one it is, for whom it was drawn, from what, and
//! where it leads; and what follows from it, at every address that takes something.

use super::error::Problem;
use super::reply::Reply;
use super::visit::{Request, Visit};
use actions::{House, Once};
use actix_web::http::StatusCode;
use addresses::Page;
use credentials::{Token, digest};
use domain::access::Actor;
use futures_util::{FutureExt as _, future, stream};
use multer::Multipart;
use store::logins::part_name;

/// Under this name it stands in a form.
pub const NAME: &str = "envoi";
/// Letters that the digest of one field has.
const SHORT: usize = 6;

/// A form as it was drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Random: what it asks for is done once.
    number: String,
    /// The account, and the part that it acted in; empty for a form that anybody may send.
    whom: String,
    /// The digests of the values that it was drawn from, a field after the other; empty where nothing was kept.
    pub edition: String,
    /// The page to go back to.
    pub leads: String,
}

impl Sent {
    /// Of a form that is drawn now, for somebody.
    pub fn draw(whom: &str, edition: &str, leads: &str) -> String {
        // Without randomness nothing else works either: it may then be sent twice.
        let number = Token::new().map(|token| token.as_str().to_owned()).unwrap_or_default();
        format!("{number}.{whom}.{edition}.{leads}")
    }

    /// As it came. What no page of ours wrote says nothing.
    pub fn read(request: &Request) -> Self {
        let text = first_field(request).filter(|(name, _)| name == NAME);
        let mut parts = text.iter().flat_map(|(_, text)| text.splitn(4, '.').map(str::to_owned));
        let mut next = || parts.next().unwrap_or_default();
        Self { number: next(), whom: next(), edition: next(), leads: next() }
    }

    /// Whether it was drawn for somebody else than who sends it: in another tab they took another part, or another log-in.
    fn is_for_another(&self, visit: &Visit<'_>) -> bool {
        !self.whom.is_empty() && visit.login.is_some() && self.whom != whom(visit.actor)
    }

    fn once(&self) -> Option<Once> {
        (!self.number.is_empty()).then(|| Once::new(&self.number))
    }

    /// Where it led when it was sent before; none where it was not.
    fn led(&self, visit: &Visit<'_>) -> Result<Option<Reply>, Problem> {
        if self.number.is_empty() {
            return Ok(None);
        }
        let Some(made) = visit.read(|conn| store::sent_forms::made(conn, &self.number))? else {
            return Ok(None);
        };
        let page = made.unwrap_or_else(|| self.leads.clone());
        // What is no page of this house is nowhere to go.
        let is_here = page.starts_with('/') && !page.starts_with("//");
        let page = if is_here { page } else { Page::Home.to_string() };
        Ok(Some(Reply::see_with(&page, visit.w.sent_before())))
    }

    /// Whether it was drawn from anything that somebody else may change.
    pub fn is_of_what_is_kept(&self) -> bool {
        let empty = short(&[]);
        (0..).map_while(|number| self.of_field(number)).any(|drawn| drawn != empty)
    }

    /// The digest that a field had when it was drawn.
    pub fn of_field(&self, number: usize) -> Option<&str> {
        self.edition.get(number * SHORT..(number + 1) * SHORT)
    }
}

/// Does what a form asks for: for whom it was drawn, and once.
pub fn once(
    visit: &Visit<'_>,
    work: impl Fn(&Visit<'_>) -> Result<Reply, Problem>,
) -> Result<Reply, Problem> {
    let sent = Sent::read(visit.request);
    if sent.is_for_another(visit) {
        return Err(Problem::DrawnForAnother);
    }
    let once = sent.once();
    let house = House { once: once.clone(), ..visit.house.clone() };
    let answered = work(&Visit { house: &house, ..*visit });
    let is_done = once.is_some_and(|once| once.is_kept());
    match answered {
        Ok(reply) if is_done || reply.status < StatusCode::BAD_REQUEST => Ok(reply),
        // What was done already may be why it cannot be done.
        other => match sent.led(visit)? {
            Some(led) if !is_done => Ok(led),
            _ => other,
        },
    }
}

/// The field that stands first in a body: what a form says of itself.
fn first_field(request: &Request) -> Option<(String, String)> {
    if let Ok(boundary) = multer::parse_boundary(&request.content_type) {
        let body = stream::once(future::ready(Ok::<_, std::io::Error>(request.body.clone())));
        return first_part(Multipart::new(body, boundary)).now_or_never().flatten();
    }
    let first = request.body.split(|byte| *byte == b'&').next()?;
    serde_html_form::from_bytes::<Vec<(String, String)>>(first).ok()?.into_iter().next()
}

async fn first_part(mut form: Multipart<'_>) -> Option<(String, String)> {
    let part = form.next_field().await.ok()??;
    let name = part.name()?.to_owned();
    (name == NAME).then_some(())?;
    Some((name, part.text().await.ok()?))
}

/// Who acts, as one word.
pub fn whom(actor: Actor) -> String {
    match (actor.account(), actor.part()) {
        (Some(account), Some(part)) => format!("{account}-{}", part_name(part)),
        (Some(account), None) => account.to_string(),
        (None, _) => String::new(),
    }
}

/// The digest of what a field has: what surrounds it, the way its lines end and the order of several say nothing.
pub fn short(values: &[String]) -> String {
    let mut values: Vec<String> = values
        .iter()
        .map(|value| value.trim().replace("\r\n", "\n"))
        .filter(|value| !value.is_empty())
        .collect();
    values.sort_unstable();
    digest(&values.join("\0")).chars().take(SHORT).collect()
}
