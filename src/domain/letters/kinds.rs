//! Every letter of the house, a row each: what it tells of its own, the name it is kept under, and what it does.

use super::about::{Bearing, BlockOutcome, Board, Former, Outcome};
use crate::access::Role;
use crate::calendar::{Day, Instant};
use crate::candidacies::Eligibility;
use crate::declarations::ReasonKind;
use crate::enrolments::{EnrolmentState, Rank};
use crate::journal::seals::Seal;
use crate::juries::verdicts::Decision;
use crate::named;
use crate::sessions::Slot;
use crate::surveys::Moment;

/// What every letter of a kind does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nature {
    pub link: Link,
    pub leads: Leads,
    pub venue: Venue,
    pub calendar: Calendar,
}

/// Whether the link in it opens something by itself: the letter is a secret then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Secret,
    Plain,
}

/// Where the letter leads on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// To what it is about.
    There,
    /// To other sessions.
    Catalogue,
    /// Of a candidacy: to what was before a jury.
    Passages,
    /// To the certificates of its reader.
    Certificates,
    /// Of a candidacy: to what is declared to the State.
    Declaration,
}

/// Whether it says where people meet, and the way into a video meeting, beyond the municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Venue {
    Told,
    Hidden,
}

/// What it does to the calendar of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// Enters the session, or changes its entry.
    Enters,
    Leaves,
    Nothing,
}

/// Declares the letters: for each group an enum of what its letters tell, and for all of them [`LetterKind`] with what each
/// kind does.
macro_rules! letters {
    ($($(#[$about:meta])* $group:ident { $(
        $(#[$doc:meta])*
        $kind:ident $({ $($(#[$note:meta])* $field:ident: $type:ty),+ $(,)? })?
            = $name:literal ($link:ident, $leads:ident, $venue:ident, $calendar:ident)
    ),+ $(,)? })+) => {
        named! {
            LetterKind { $($($(#[$doc])* $kind = $name),+),+ }
        }

        impl LetterKind {
            /// What every letter of this kind does.
            pub const fn nature(self) -> Nature {
                match self {
                    $($(Self::$kind => Nature {
                        link: Link::$link,
                        leads: Leads::$leads,
                        venue: Venue::$venue,
                        calendar: Calendar::$calendar,
                    },)+)+
                }
            }
        }

        $(
            $(#[$about])*
            #[derive(Debug, Clone)]
            pub enum $group { $($(#[$doc])* $kind $({ $($(#[$note])* $field: $type),+ })?),+ }

            impl $group {
                pub const fn kind(&self) -> LetterKind {
                    match self { $(Self::$kind { .. } => LetterKind::$kind),+ }
                }
            }
        )+
    };
}

letters! {
    /// To somebody with an account, about it.
    AccountNews {
        /// To an account that does not have its password yet.
        Invitation { organisation: Option<String>, by: Option<String>, until: Instant }
            = "invitation" (Secret, There, Hidden, Nothing),
        Reset { until: Instant } = "reset" (Secret, There, Hidden, Nothing),
        /// To an account that has its password: it holds one more role. It leads to the log-in and on to the new part.
        NewRole { role: Role, organisation: Option<String>, by: Option<String> }
            = "new_role" (Plain, There, Hidden, Nothing),
    }

    /// About a session, to whoever asked, sent people or keeps its journal.
    SessionNews {
        /// To whoever asked, with what became of each request.
        RequestReceived { results: Vec<Outcome> } = "request_received" (Plain, There, Hidden, Nothing),
        /// To the employer: what changed for its people, by somebody else's hand.
        StaffNews {
            results: Vec<Outcome>,
            /// What was before, when the session has moved.
            former: Option<Former>,
        } = "staff_news" (Plain, There, Hidden, Nothing),
        EmployerSurvey { until: Instant } = "employer_survey" (Secret, There, Hidden, Nothing),
        EmployerReminder { until: Instant } = "employer_reminder" (Secret, There, Hidden, Nothing),
        /// To the training body: where the journal of a closed session stood, to be kept outside.
        SessionSealed {
            seal: Seal,
            /// When the checkpoint was made.
            at: Instant,
        } = "session_sealed" (Plain, There, Hidden, Nothing),
    }

    /// About somebody's place in a session.
    PlaceNews {
        /// To the employer: someone of its staff asks for a place.
        ApprovalWanted { until: Instant } = "approval_wanted" (Plain, There, Hidden, Nothing),
        /// In a session that goes ahead already it is the joining letter too.
        Confirmed { goes_ahead: bool } = "confirmed" (Secret, There, Told, Enters),
        Waiting { rank: Rank } = "waiting" (Secret, There, Hidden, Nothing),
        Offer { until: Instant } = "offer" (Secret, There, Hidden, Nothing),
        /// In a session that goes ahead already it is the joining letter too.
        Promoted { goes_ahead: bool } = "promoted" (Secret, There, Told, Enters),
        /// The request ended without a place: refused, lapsed, or the queue closed.
        NoPlace { state: EnrolmentState, reason: Option<String> } = "no_place" (Plain, Catalogue, Hidden, Nothing),
        EnrolmentCancelled {
            reason: Option<String>,
            /// The colleague who has the seat now, by the employer's choice.
            passed_to: Option<String>,
            had_seat: bool,
        } = "enrolment_cancelled" (Plain, Catalogue, Hidden, Leaves),
        /// The joining letter (convocation).
        Joining = "joining" (Secret, There, Told, Enters),
        Reminder {
            /// Before the first half-day.
            days: i64,
        } = "reminder" (Secret, There, Told, Nothing),
        /// The way to sign a half-day in the room, asked for there.
        SigningLink = "signing_link" (Secret, There, Hidden, Nothing),
        /// A half-day to sign afterwards.
        SignatureWanted { slot: Slot, until: Instant } = "signature_wanted" (Secret, There, Hidden, Nothing),
        /// Half-days that count without the person's signature, each with the reason given.
        UnsignedPresence { slots: Vec<(Slot, String)> } = "unsigned_presence" (Secret, There, Hidden, Nothing),
        SessionMoved { reason: Option<String>, state: EnrolmentState, former: Former }
            = "session_moved" (Secret, There, Told, Enters),
        SessionCancelled { reason: String, had_seat: bool } = "session_cancelled" (Plain, Catalogue, Hidden, Leaves),
        /// At the closing, to who came: the hours, and the hot survey.
        ThankYou {
            /// Really followed.
            minutes: i64,
            /// When its survey ends; none when the course asks nothing.
            until: Option<Instant>,
        } = "thank_you" (Secret, There, Hidden, Nothing),
        ColdSurvey { until: Instant } = "cold_survey" (Secret, There, Hidden, Nothing),
        SurveyReminder { moment: Moment, until: Instant } = "survey_reminder" (Secret, There, Hidden, Nothing),
    }

    /// About a candidacy: to the candidate, and the first two to the certifier.
    CandidacyNews {
        /// A candidacy waits for an answer.
        CandidacyReceived = "candidacy_received" (Plain, There, Hidden, Nothing),
        /// A result is contested. It leads to the jury.
        AppealReceived = "appeal_received" (Plain, There, Hidden, Nothing),
        Submitted = "candidacy_submitted" (Plain, There, Hidden, Nothing),
        PieceRefused { piece: String, reason: String } = "piece_refused" (Plain, There, Hidden, Nothing),
        Eligible { conditions: Eligibility } = "candidacy_eligible" (Plain, There, Hidden, Nothing),
        NotEligible { conditions: Eligibility } = "candidacy_not_eligible" (Plain, There, Hidden, Nothing),
        Admitted = "candidacy_admitted" (Plain, There, Hidden, Nothing),
        Withdrawn { reason: Option<String> } = "candidacy_withdrawn" (Plain, There, Hidden, Nothing),
        /// The joining letter (convocation) for a jury.
        Convened { meeting: Board } = "candidate_convened" (Plain, Passages, Hidden, Nothing),
        /// The jury sits at another time or place.
        JuryMoved { meeting: Board } = "candidate_jury_moved" (Plain, Passages, Hidden, Nothing),
        /// The jury sits soon.
        JuryReminder { meeting: Board } = "candidate_jury_reminder" (Plain, Passages, Hidden, Nothing),
        /// The jury does not sit; the candidate waits for another one.
        Released { reason: String } = "candidate_released" (Plain, There, Hidden, Nothing),
        Decided { decision: Decision, blocks: Vec<BlockOutcome> } = "jury_decided" (Plain, Passages, Hidden, Nothing),
        /// The minutes were corrected.
        Corrected { decision: Decision, blocks: Vec<BlockOutcome>, reason: String }
            = "decision_corrected" (Plain, Passages, Hidden, Nothing),
        /// Another attempt is open.
        Resit = "resit_opened" (Plain, There, Hidden, Nothing),
        AppealAnswered { is_upheld: bool, answer: String } = "appeal_answered" (Plain, Passages, Hidden, Nothing),
        /// Certificates are there: of the certification, or of these blocks.
        Certified { titles: Vec<String> } = "certificate_issued" (Plain, Certificates, Hidden, Nothing),
        /// Another certificate stands in the place of one.
        Superseded { about: Bearing, reason: String } = "certificate_superseded" (Plain, Certificates, Hidden, Nothing),
        Revoked { about: Bearing, reason: String } = "certificate_revoked" (Plain, Certificates, Hidden, Nothing),
        /// Another period of a certificate.
        Renewed { about: Bearing, until: Day } = "certificate_renewed" (Plain, Certificates, Hidden, Nothing),
        /// It ends soon.
        Ending { about: Bearing, until: Day } = "certificate_ending" (Plain, Certificates, Hidden, Nothing),
        /// The State did not find the holder, or found several.
        NotFoundByState { kind: ReasonKind } = "holder_not_found" (Plain, Declaration, Hidden, Nothing),
    }

    /// About a programme and an organisation that it wants.
    AgreementNews {
        /// To who keeps an organisation: a programme asks whether it takes part.
        AgreementWanted = "agreement_wanted" (Plain, There, Hidden, Nothing),
        /// To who keeps the operator: what became of it.
        AgreementGiven = "agreement_given" (Plain, There, Hidden, Nothing),
        AgreementDeclined = "agreement_declined" (Plain, There, Hidden, Nothing),
    }

    /// To the members of a jury: where and when it sits, and what is asked of them.
    BoardNews {
        JuryNews { news: JuryNews } = "jury_news" (Plain, There, Hidden, Nothing),
    }
}

/// What the members of a jury are told.
#[derive(Debug, Clone)]
pub enum JuryNews {
    /// Where and when; their statement is wanted.
    Convened,
    Moved,
    /// It sits soon.
    Reminder,
    Cancelled {
        reason: String,
    },
    /// The minutes wait for their signature.
    MinutesToSign,
}

impl PlaceNews {
    /// Whether the reader has a seat, or had the one that is lost: only then are they told where to go, and is their
    /// calendar touched.
    pub const fn is_of_a_seat(&self) -> bool {
        match self {
            Self::SessionMoved { state, .. } => state.has_place(),
            Self::EnrolmentCancelled { had_seat, .. } | Self::SessionCancelled { had_seat, .. } => *had_seat,
            _ => true,
        }
    }
}
