//! The only place where a failure becomes a status and a page.

use super::page::{ProblemPage, Shell};
use super::reply::Reply;
use actions::Refusal;
use actix_web::http::StatusCode;
use actix_web::http::header;
use addresses::Page;
use domain::accounts;
use words::Words;

/// What lies behind an error, for the log.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut causes = String::new();
    let mut cause = error.source();
    while let Some(source) = cause {
        causes = format!("{causes}: {source}");
        cause = source.source();
    }
    causes
}

/// Why a request has no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("not found, or not to be seen")]
    NotFound,
    #[error("nothing here answers this method")]
    WrongMethod {
        /// The methods that are answered, as `Allow` lists them.
        allow: String,
    },
    #[error("nobody is logged in")]
    LogInFirst,
    #[error("the request comes from another site")]
    OtherSite,
    /// In another tab its reader took another part, or another log-in.
    #[error("the form was drawn for another log-in")]
    DrawnForAnother,
    #[error("the request cannot be read")]
    Unreadable,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body did not come in time")]
    TooSlow,
    /// The bodies that are on their way hold all the memory that there is for them, or the sender's share of it.
    #[error("too much is being sent at this moment")]
    Crowded,
    /// What could be cut on its way without anybody noticing is not begun.
    #[error("a long file is asked for by HTTP/1.0")]
    OldProtocol,
    #[error("too many requests")]
    TooMany { seconds: u64 },
    #[error(transparent)]
    Action(#[from] actions::Error),
    #[error("{0}")]
    Fault(String),
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        Self::Action(error.into())
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::LogInFirst => StatusCode::SEE_OTHER,
            Self::OtherSite => StatusCode::FORBIDDEN,
            Self::DrawnForAnother => StatusCode::CONFLICT,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Crowded => StatusCode::SERVICE_UNAVAILABLE,
            Self::OldProtocol => StatusCode::UPGRADE_REQUIRED,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Action(error) => match error {
                actions::Error::Denied(_) => StatusCode::FORBIDDEN,
                actions::Error::Again => StatusCode::CONFLICT,
                actions::Error::Refused(no) => match no {
                    Refusal::Account(accounts::Refusal::Throttled { .. }) => StatusCode::TOO_MANY_REQUESTS,
                    Refusal::Account(accounts::Refusal::LinkSpent) => StatusCode::NOT_FOUND,
                    Refusal::Key(_) => StatusCode::SERVICE_UNAVAILABLE,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                },
                actions::Error::Store(store) => match store {
                    store::Error::Missing => StatusCode::NOT_FOUND,
                    store::Error::Stale | store::Error::Taken(_) => StatusCode::CONFLICT,
                    store::Error::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
                    store::Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
                },
                actions::Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// Seconds after which another try makes sense.
    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany { seconds } => Some(*seconds),
            Self::Crowded => Some(10),
            Self::Action(actions::Error::Refused(Refusal::Account(accounts::Refusal::Throttled {
                seconds,
            }))) => Some(u64::try_from(*seconds).unwrap_or(60)),
            Self::Action(actions::Error::Store(store::Error::Busy(_))) => Some(3),
            _ => None,
        }
    }

    /// The title, and the sentences below it.
    pub fn told(&self, w: Words) -> (&'static str, String) {
        match self {
            Self::NotFound
            | Self::LogInFirst
            | Self::Action(actions::Error::Store(store::Error::Missing)) => {
                (w.not_found_title(), w.not_found_help().to_owned())
            }
            Self::WrongMethod { .. } => (w.wrong_method_title(), w.wrong_method_help().to_owned()),
            Self::OtherSite => (w.other_site_title(), w.other_site_help().to_owned()),
            Self::DrawnForAnother => (w.drawn_for_another_title(), w.drawn_for_another_help().to_owned()),
            Self::Unreadable => (w.unreadable_title(), w.unreadable_help().to_owned()),
            Self::TooLarge => (w.too_large_title(), w.too_large_help().to_owned()),
            Self::TooSlow => (w.too_slow_title(), w.too_slow_help().to_owned()),
            Self::Crowded => (w.busy_title(), w.busy_help().to_owned()),
            Self::OldProtocol => (w.old_protocol_title(), w.old_protocol_help().to_owned()),
            Self::TooMany { .. } => (w.too_many_title(), w.too_many_help().to_owned()),
            Self::Fault(_) => (w.broken_title(), w.broken_help().to_owned()),
            Self::Action(error) => match error {
                actions::Error::Denied(_) => (w.forbidden_title(), w.forbidden_help().to_owned()),
                actions::Error::Again => (w.stale_title(), w.sent_before().to_owned()),
                actions::Error::Refused(Refusal::Account(accounts::Refusal::LinkSpent)) => {
                    (w.spent_title(), w.spent_help().to_owned())
                }
                actions::Error::Refused(no) => (w.refused_title(), refusal(w, no)),
                actions::Error::Store(store::Error::Stale | store::Error::Taken(_)) => {
                    (w.stale_title(), w.stale_help().to_owned())
                }
                actions::Error::Store(store::Error::Busy(_)) => (w.busy_title(), w.busy_help().to_owned()),
                actions::Error::Store(store::Error::Missing) => {
                    (w.not_found_title(), w.not_found_help().to_owned())
                }
                actions::Error::Store(store::Error::Broken(_)) | actions::Error::Fault(_) => {
                    (w.broken_title(), w.broken_help().to_owned())
                }
            },
        }
    }

    /// What to do about it, and where.
    fn ways(&self, w: Words) -> Vec<(Page<'static>, &'static str)> {
        match self {
            Self::Action(actions::Error::Refused(Refusal::Account(accounts::Refusal::LinkSpent))) => {
                vec![(Page::ForgottenPassword, w.ask_new_link()), (Page::LogIn, w.log_in())]
            }
            _ => Vec::new(),
        }
    }

    /// The page that says it; faults are logged here, once, with their causes.
    pub fn reply(&self, shell: Shell) -> Reply {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(door = %shell.pattern, "{self}{}", causes(self));
        }
        let (title, help) = self.told(shell.w);
        let offer_parts = status == StatusCode::NOT_FOUND && shell.parts().len() > 1;
        let mut shell = shell.titled(title);
        if status.is_server_error() {
            // Whether somebody is logged in may be what could not be read.
            shell.rooms = None;
        }
        let reply =
            Reply::page_with(status, &ProblemPage { ways: self.ways(shell.w), shell, help, offer_parts })
                .unwrap_or_else(|_| Reply::text(status, "text/plain; charset=utf-8", title));
        self.mark(reply)
    }

    /// The reply with the headers that the failure calls for.
    pub fn mark(&self, reply: Reply) -> Reply {
        let reply = match self {
            Self::WrongMethod { allow } => reply.with(header::ALLOW, allow),
            Self::OldProtocol => reply.with(header::UPGRADE, "HTTP/1.1"),
            _ => reply,
        };
        match self.retry_after() {
            Some(seconds) => reply.with(header::RETRY_AFTER, &seconds.to_string()),
            None => reply,
        }
    }
}

/// The sentence of a refusal, in the words of its noun.
pub fn refusal(w: Words, no: &Refusal) -> String {
    match no {
        Refusal::Account(no) => w.account_refusal(*no),
        Refusal::Agreement(no) => w.agreement_refusal(*no),
        Refusal::Organisation(no) => w.organisation_refusal(*no),
        Refusal::Person(no) => w.person_refusal(*no),
        Refusal::Programme(no) => w.programme_refusal(*no),
        Refusal::Import(no) => w.import_refusal(no),
        Refusal::Course(no) => w.course_refusal(*no),
        Refusal::Certification(no) => w.certification_refusal(*no),
        Refusal::Candidacy(no) => w.candidacy_refusal(*no),
        Refusal::Jury(no) => w.jury_refusal(no),
        Refusal::Identity(no) => w.identity_refusal(*no),
        Refusal::Certificate(no) => w.certificate_refusal(no),
        Refusal::Declaration(no) => w.declaration_refusal(no),
        Refusal::Session(no) => w.session_refusal(*no),
        Refusal::Enrolment(no) => w.enrolment_refusal(*no),
        Refusal::Key(no) => w.key_refusal(*no).to_owned(),
        Refusal::Attendance(no) => w.attendance_refusal(*no),
        Refusal::Signature(no) => w.signature_refusal(*no),
        Refusal::Survey(no) => w.survey_refusal(*no),
    }
}
