//! One request, as its handler sees it.

use super::error::Problem;
use super::page::{Notice, Shell};
use super::site::Site;
use actions::House;
use actix_web::web::Bytes;
use domain::access::{Actor, Reach};
use domain::calendar::{Day, Zone};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use store::Conn;
use store::logins::Login;
use words::Words;

/// Everything that came with a request, read once.
#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    /// The path as its route says it: `/place/{link}`; empty where none leads there.
    pub pattern: String,
    pub query: String,
    pub parameters: Vec<(String, String)>,
    pub body: Bytes,
    pub content_type: String,
    /// The address of the client, told by a proxy only when the settings name it.
    pub address: String,
    pub agent: String,
    pub cookie: Option<String>,
    /// The name that the browser keeps since it first signed here; a fresh one before that.
    pub device: String,
    pub notice: Option<Notice>,
    pub language_cookie: Option<String>,
    pub accepts: String,
    /// The kinds of file that the sender wants, as it says it.
    pub wants: String,
    /// The page of ours from which the request came, when the browser says so.
    pub came_from: Option<String>,
    /// Whether it comes from our own pages or from nobody's.
    pub is_same_site: bool,
    /// Whether its sender could not tell an answer that was cut from a whole one: before HTTP/1.1 the end of the
    /// connection is the end of the answer.
    pub is_old: bool,
    /// Whether its path can be gone back to: what only takes forms is no page.
    pub has_page: bool,
}

impl Request {
    /// A part of the path, by the name it has in the route.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The address of a page that is asked a question: its fields as [`Visit::query`] reads them.
pub fn address(path: &str, question: &impl Serialize) -> String {
    match serde_html_form::to_string(question) {
        Ok(asked) if !asked.is_empty() => format!("{path}?{asked}"),
        Ok(_) | Err(_) => path.to_owned(),
    }
}

/// A request whose sender is known and whom the policy lets in.
pub struct Visit<'a> {
    pub house: &'a House,
    pub site: &'a Site,
    pub request: &'a Request,
    pub actor: Actor,
    /// What the policy granted for the action of this route.
    pub reach: Reach,
    pub login: Option<&'a Login>,
    pub w: Words,
}

impl Visit<'_> {
    /// The day of the office.
    pub fn today(&self) -> Day {
        self.house.clock.now().day(Zone::OFFICE)
    }

    /// Requests that check or make a secret are few for each address.
    pub fn slow_down(&self) -> Result<(), Problem> {
        match self.site.throttle.check(&self.request.address) {
            Some(seconds) => Err(Problem::TooMany { seconds }),
            None => Ok(()),
        }
    }

    /// Reads what is kept.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, store::Error>,
    ) -> Result<T, store::Error> {
        self.house.store.read(work)
    }

    /// A part of the path as what it names; what cannot be one is not found.
    pub fn part<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.request.parameter(name).and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)
    }

    /// The secret of the personal link in the path.
    pub fn link(&self) -> &str {
        self.request.parameter("link").unwrap_or_default()
    }

    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_html_form::from_str(&self.request.query).map_err(|_| Problem::Unreadable)
    }

    /// The row after which a list goes on (`?apres=`); none for its first page, or where it names no row.
    pub fn after<T: FromStr>(&self) -> Result<Option<T>, Problem> {
        #[derive(Deserialize)]
        struct Cursor {
            #[serde(default)]
            apres: String,
        }
        Ok(self.query::<Cursor>()?.apres.parse().ok())
    }

    /// The form of the body, its fields still as they were typed.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_html_form::from_bytes(&self.request.body).map_err(|_| Problem::Unreadable)
    }

    /// What stands around every page.
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::new(self, title.into())
    }
}
