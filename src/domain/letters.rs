//! Every letter that the house sends, and to whom.

mod about;
mod kinds;

pub use about::{
    Bearing, BlockOutcome, Board, Change, Dossier, Former, Meeting, Outcome, Partnership, Place,
};
pub use kinds::{
    AccountNews, AgreementNews, BoardNews, Calendar, CandidacyNews, JuryNews, Leads, LetterKind, Link,
    Nature, PlaceNews, SessionNews, Venue,
};

use super::calendar::{Day, Instant};
use super::ids::{AccountId, EnrolmentId, JuryId, LetterId, OrganisationId, SessionId, SurveyId};
use super::text::Language;

/// Days before the first half-day on which a reminder leaves.
pub const REMINDER_DAYS: &[i64] = &[7, 1];

/// Names the reminder of one place so many days before a first day: it is said once, and again when the
/// session has moved to another day.
pub fn reminder_occasion(days: i64, place: EnrolmentId, first: Day) -> String {
    format!("reminder:{days}:{place}:{}", first.iso())
}

/// Names the reminder of a jury so many days before its day, for one of those who come: it is said once, and again when the
/// jury has moved to another day.
pub fn jury_occasion(days: i64, jury: JuryId, day: Day, of: &str) -> String {
    format!("jury_reminder:{days}:{jury}:{}:{of}", day.iso())
}

/// Names the seal of a closed session for one of those who keep it.
pub fn seal_occasion(session: SessionId, keeper: AccountId) -> String {
    format!("seal:{session}:{keeper}")
}

/// Names the invitation to a survey, and its one reminder.
pub fn survey_occasion(survey: SurveyId, is_reminder: bool) -> String {
    let turn = if is_reminder { "reminder" } else { "first" };
    format!("survey:{survey}:{turn}")
}

/// Days during which a letter that was given up may be sent again and calls for somebody; then what it
/// opens is blanked.
pub const GIVEN_UP_DAYS: i64 = 14;

/// Minutes to wait before each further try of a letter; after the last it is given up.
pub const RETRY_MINUTES: &[i64] = &[1, 5, 30, 120, 360, 720, 1440];

/// When a letter that failed after so many earlier tries is tried again; none when it is given up.
/// Letters that fail together do not come back together: their numbers spread them over half a minute.
pub fn next_try(letter: LetterId, tries_before: i32, now: Instant) -> Option<Instant> {
    let minutes = usize::try_from(tries_before).ok().and_then(|tries| RETRY_MINUTES.get(tries))?;
    Some(now.plus_minutes(*minutes).plus_seconds(letter.0.rem_euclid(30)))
}

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

    /// Whether the letter was given up because its address was refused, not because no try came through.
    pub fn was_refused(self) -> bool {
        let tries = usize::try_from(self.attempts).unwrap_or(0);
        self.progress() == Progress::GivenUp && tries <= RETRY_MINUTES.len()
    }
}

/// What a letter says: what it is about, and what it tells of that.
#[derive(Debug, Clone)]
pub enum Message {
    /// `link` is the whole address that it leads to.
    Account {
        link: String,
        news: AccountNews,
    },
    Session {
        meeting: Meeting,
        /// Within whose reach the letter lies.
        company: Option<OrganisationId>,
        link: String,
        news: SessionNews,
    },
    Place {
        meeting: Meeting,
        place: Place,
        news: PlaceNews,
    },
    Candidacy {
        dossier: Dossier,
        news: CandidacyNews,
    },
    Agreement {
        partnership: Partnership,
        news: AgreementNews,
    },
    Jury {
        board: Board,
        news: BoardNews,
    },
}

impl Message {
    pub const fn kind(&self) -> LetterKind {
        match self {
            Self::Account { news, .. } => news.kind(),
            Self::Session { news, .. } => news.kind(),
            Self::Place { news, .. } => news.kind(),
            Self::Candidacy { news, .. } => news.kind(),
            Self::Agreement { news, .. } => news.kind(),
            Self::Jury { news, .. } => news.kind(),
        }
    }

    pub const fn meeting(&self) -> Option<&Meeting> {
        match self {
            Self::Session { meeting, .. } | Self::Place { meeting, .. } => Some(meeting),
            Self::Account { .. } | Self::Candidacy { .. } | Self::Agreement { .. } | Self::Jury { .. } => {
                None
            }
        }
    }

    pub const fn place(&self) -> Option<&Place> {
        match self {
            Self::Place { place, .. } => Some(place),
            Self::Account { .. }
            | Self::Session { .. }
            | Self::Candidacy { .. }
            | Self::Agreement { .. }
            | Self::Jury { .. } => None,
        }
    }

    /// The company within whose reach the letter lies.
    pub const fn company(&self) -> Option<OrganisationId> {
        match self {
            Self::Session { company, .. } => *company,
            Self::Place { place, .. } => place.company,
            Self::Account { .. } | Self::Candidacy { .. } | Self::Agreement { .. } | Self::Jury { .. } => {
                None
            }
        }
    }

    /// What became of several requests, in a letter that tells it.
    pub fn results(&self) -> &[Outcome] {
        match self {
            Self::Session {
                news: SessionNews::RequestReceived { results } | SessionNews::StaffNews { results, .. },
                ..
            } => results,
            _ => &[],
        }
    }

    /// What was before, in a letter about a session that has moved.
    pub const fn former(&self) -> Option<&Former> {
        match self {
            Self::Place { news: PlaceNews::SessionMoved { former, .. }, .. } => Some(former),
            Self::Session { news: SessionNews::StaffNews { former, .. }, .. } => former.as_ref(),
            _ => None,
        }
    }

    /// Whether the reader, or the person it is handed to, has a seat: only they are told where to go.
    pub fn gives_venue(&self) -> bool {
        self.kind().nature().venue == Venue::Told && self.is_of_a_seat()
    }

    /// Whoever passes a letter on to somebody else keeps their own calendar as it is.
    pub fn calendar(&self) -> Calendar {
        if self.is_of_a_seat() && self.place().is_some_and(|place| place.to_themselves) {
            return self.kind().nature().calendar;
        }
        Calendar::Nothing
    }

    const fn is_of_a_seat(&self) -> bool {
        matches!(self, Self::Place { news, .. } if news.is_of_a_seat())
    }

    /// The whole address of what it is about; none where there is nothing to open.
    pub fn link(&self) -> Option<&str> {
        let link = match self {
            Self::Account { link, .. } | Self::Session { link, .. } => link,
            Self::Place { place, .. } => &place.link,
            Self::Candidacy { dossier, .. } => &dossier.link,
            Self::Agreement { partnership, .. } => &partnership.link,
            Self::Jury { board, .. } => &board.link,
        };
        Some(link.as_str()).filter(|link| !link.is_empty())
    }

    /// A link that opens something by itself: the letter that holds it is a secret.
    pub fn secret_link(&self) -> Option<&str> {
        self.link().filter(|_| self.kind().nature().link == Link::Secret)
    }
}

/// To whom a letter goes, and in which language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    pub email: String,
    pub name: String,
    pub language: Language,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Zone;

    #[test]
    fn a_letter_is_tried_later_and_later_then_given_up() {
        let now = Zone::PARIS.instant("2026-11-24".parse().unwrap(), "10:00".parse().unwrap()).unwrap();
        let waits: Vec<i64> = (0..)
            .map_while(|tries| next_try(LetterId(60), tries, now))
            .map(|at| at.seconds_since(now))
            .collect();
        assert_eq!(waits, RETRY_MINUTES.iter().map(|m| m * 60).collect::<Vec<_>>());
        assert_eq!(next_try(LetterId(61), 0, now), Some(now.plus_seconds(61)));
    }

    #[test]
    fn progress_is_told_from_the_trace() {
        let queued = Trace { attempts: 0, sent: false, given_up: false, failed_before: false };
        let on_its_way = Trace { attempts: 1, ..queued };
        let failed = Trace { failed_before: true, ..on_its_way };
        for (trace, progress) in [
            (queued, Progress::Queued),
            (on_its_way, Progress::OnItsWay),
            (failed, Progress::TryingAgain),
            (Trace { given_up: true, ..failed }, Progress::GivenUp),
            (Trace { sent: true, ..on_its_way }, Progress::Sent),
        ] {
            assert_eq!(trace.progress(), progress, "{trace:?}");
        }
    }

    #[test]
    fn a_refused_address_is_told_from_a_silent_one() {
        let first = Trace { attempts: 1, sent: false, given_up: true, failed_before: true };
        assert!(first.was_refused());
        let tries = i32::try_from(RETRY_MINUTES.len()).unwrap();
        assert!(!Trace { attempts: tries + 1, ..first }.was_refused());
        assert!(!Trace { given_up: false, ..first }.was_refused());
    }
}
