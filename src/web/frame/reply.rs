//! What goes back.

use super::error::Problem;
use super::page::Notice;
use super::visit::Visit;
use actions::exports::Export;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use askama::Template;

/// What an answer does to the cookie of the log-in.
#[derive(Debug)]
pub enum LoginCookie {
    Set(String),
    End,
}

/// A table that a spreadsheet opens.
pub const CSV: &str = "text/csv; charset=utf-8";

/// What an answer carries.
#[derive(Debug)]
pub enum Body {
    Whole(Vec<u8>),
    /// What was made so far, and what makes the rest while it is fetched.
    Pieces(Vec<u8>, Export),
}

/// An answer, still a plain value.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Body,
    pub login: Option<LoginCookie>,
    pub notice: Option<Notice>,
    pub language: Option<words::Language>,
    /// The name that the browser keeps for having signed here.
    pub device: Option<String>,
}

impl Reply {
    fn new(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Self {
        let headers = vec![(header::CONTENT_TYPE, HeaderValue::from_static(content_type))];
        let body = Body::Whole(body);
        Self { status, headers, body, login: None, notice: None, language: None, device: None }
    }

    /// A page, for the reader's eyes only: nothing on the way may keep it.
    pub fn page(page: &impl Template) -> Result<Self, Problem> {
        Self::page_with(StatusCode::OK, page)
    }

    /// The form again, as it was filled, with what is to be mended.
    pub fn form_again(page: &impl Template) -> Result<Self, Problem> {
        Self::page_with(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    pub fn page_with(status: StatusCode, page: &impl Template) -> Result<Self, Problem> {
        let text = page.render().map_err(|e| Problem::Fault(e.to_string()))?;
        let mut reply = Self::new(status, "text/html; charset=utf-8", text.into_bytes());
        reply.headers.push((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
        Ok(reply)
    }

    /// Goes on elsewhere, after something was done.
    pub fn see(path: &str) -> Self {
        let mut reply = Self::new(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Vec::new());
        match HeaderValue::from_str(path) {
            Ok(location) => reply.headers.push((header::LOCATION, location)),
            Err(_) => reply.headers.push((header::LOCATION, HeaderValue::from_static("/"))),
        }
        reply
    }

    /// Goes on elsewhere and says there what was done.
    pub fn see_with(path: &str, notice: impl Into<String>) -> Self {
        let mut reply = Self::see(path);
        reply.notice = Some(Notice(notice.into()));
        reply
    }

    /// A file to keep. The name is ours: ASCII, no quotes.
    pub fn file(name: &str, content_type: &'static str, body: Vec<u8>) -> Self {
        let mut reply = Self::new(StatusCode::OK, content_type, body);
        if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            reply.headers.push((header::CONTENT_DISPOSITION, disposition));
        }
        reply.headers.push((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
        reply
    }

    /// A file to keep that may be long: it is made while it is fetched.
    pub fn export(
        visit: &Visit<'_>,
        name: &str,
        content_type: &'static str,
        export: Export,
    ) -> Result<Self, Problem> {
        let mut reply = Self::file(name, content_type, Vec::new());
        reply.body = Self::pieces(visit, content_type, export)?.body;
        Ok(reply)
    }

    /// What is made while it is fetched. Its first piece is made here, where a failure still has a page; what is short
    /// is whole then, and goes with its length.
    pub fn pieces(
        visit: &Visit<'_>,
        content_type: &'static str,
        mut export: Export,
    ) -> Result<Self, Problem> {
        let first = export.next(visit.house)?;
        let mut reply = Self::new(StatusCode::OK, content_type, Vec::new());
        reply.body = if first.is_last { Body::Whole(first.bytes) } else { Body::Pieces(first.bytes, export) };
        Ok(reply)
    }

    pub fn text(status: StatusCode, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, content_type, body.into())
    }

    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    #[must_use]
    pub fn with_device(mut self, device: &str) -> Self {
        self.device = Some(device.to_owned());
        self
    }

    #[must_use]
    pub fn with_login(mut self, login: LoginCookie) -> Self {
        self.login = Some(login);
        self
    }
}
