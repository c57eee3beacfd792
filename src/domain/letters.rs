//! Every letter that the house sends, and to whom.

use super::calendar::{Instant, Zone};
use super::enrolments::{EnrolmentState, Rank};
use super::ids::{EnrolmentId, OrganisationId, SessionId};
use super::named;
use super::sessions::Slot;
use super::text::Language;

named! {
    LetterKind {
        /// To an account that does not have its password yet.
        Invitation = "invitation",
        Reset = "reset",
        /// To the employer: someone of its staff asks for a place.
        ApprovalWanted = "approval_wanted",
        /// To whoever asked, with what became of each request.
        RequestReceived = "request_received",
        Confirmed = "confirmed",
        Waiting = "waiting",
        Offer = "offer",
        Promoted = "promoted",
        /// The request ended without a place: refused, lapsed, or the queue closed.
        NoPlace = "no_place",
        EnrolmentCancelled = "enrolment_cancelled",
        /// The joining letter (convocation).
        Joining = "joining",
        Reminder = "reminder",
        SessionMoved = "session_moved",
        SessionCancelled = "session_cancelled",
    }
}

/// Days before the first half-day on which a reminder leaves.
pub const REMINDER_DAYS: &[i64] = &[7, 1];

/// Minutes to wait before each further try of a letter; after the last it is given up.
pub const RETRY_MINUTES: &[i64] = &[1, 5, 30, 120, 360, 720, 1440];

/// What is told of a letter from its dates and attempts; never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Queued,
    OnItsWay,
    Sent,
    TryingAgain,
    GivenUp,
}

/// The dates and counts that [`Progress`] is told from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    pub attempts: i32,
    pub sent: bool,
    pub given_up: bool,
    /// Whether the last try left an error behind.
    pub failed_before: bool,
}

impl Trace {
    pub fn progress(self) -> Progress {
        match self {
            Self { sent: true, .. } => Progress::Sent,
            Self { given_up: true, .. } => Progress::GivenUp,
            Self { attempts: 0, .. } => Progress::Queued,
            Self { failed_before: true, .. } => Progress::TryingAgain,
            Self { .. } => Progress::OnItsWay,
        }
    }
}

/// A session as letters tell it: everything printed, nothing to look up.
#[derive(Debug, Clone)]
pub struct Meeting {
    pub session: SessionId,
    pub title: String,
    /// The training body, and whom answers go to.
    pub organiser: String,
    pub organiser_email: Option<String>,
    pub zone: Zone,
    /// In order of time.
    pub slots: Vec<Slot>,
    /// Name of the municipality; none at a distance.
    pub commune: Option<String>,
    pub place: String,
    pub video_link: String,
    pub sequence: i32,
    /// Seats in all, for whoever waits.
    pub capacity: u32,
}

/// Somebody's place in a meeting, as a letter tells it.
#[derive(Debug, Clone)]
pub struct Place {
    pub enrolment: EnrolmentId,
    pub company: Option<OrganisationId>,
    /// Full name of the person whose place it is; the letter may go to the employer's contact
    /// when the person has no address.
    pub person: String,
    /// Whether the reader is that person.
    pub to_themselves: bool,
    pub calendar_uid: String,
    /// The whole address of the personal page of this place.
    pub link: String,
}

/// What a letter says.
#[derive(Debug, Clone)]
pub enum Message {
    Invitation {
        organisation: Option<String>,
        by: Option<String>,
        link: String,
        until: Instant,
    },
    Reset {
        link: String,
        until: Instant,
    },
    ApprovalWanted {
        meeting: Meeting,
        place: Place,
        link: String,
        until: Instant,
    },
    RequestReceived {
        meeting: Meeting,
        company: Option<OrganisationId>,
        results: Vec<Told>,
        link: String,
    },
    Confirmed {
        meeting: Meeting,
        place: Place,
    },
    Waiting {
        meeting: Meeting,
        place: Place,
        rank: Rank,
    },
    Offer {
        meeting: Meeting,
        place: Place,
        until: Instant,
    },
    Promoted {
        meeting: Meeting,
        place: Place,
    },
    NoPlace {
        meeting: Meeting,
        place: Place,
        state: EnrolmentState,
        reason: Option<String>,
    },
    EnrolmentCancelled {
        meeting: Meeting,
        place: Place,
        reason: Option<String>,
        had_seat: bool,
    },
    Joining {
        meeting: Meeting,
        place: Place,
    },
    /// `days` before the first half-day.
    Reminder {
        meeting: Meeting,
        place: Place,
        days: i64,
    },
    SessionMoved {
        meeting: Meeting,
        place: Place,
        reason: Option<String>,
        has_seat: bool,
    },
    SessionCancelled {
        meeting: Meeting,
        place: Place,
        reason: String,
        had_seat: bool,
    },
}

/// What became of one of several requests.
#[derive(Debug, Clone)]
pub struct Told {
    pub person: String,
    pub state: EnrolmentState,
    pub rank: Option<Rank>,
}

/// To whom a letter goes, and in which language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    pub email: String,
    pub name: String,
    pub language: Language,
}
