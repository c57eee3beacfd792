//! Every letter that the house sends, and to whom.

use super::access::Role;
use super::calendar::{Day, Instant, Zone};
use super::candidacies::Eligibility;
use super::declarations::ReasonKind;
use super::enrolments::{EnrolmentState, Rank};
use super::ids::{AccountId, EnrolmentId, JuryId, LetterId, OrganisationId, SessionId, SurveyId};
use super::journal::seals::Seal;
use super::juries;
use super::juries::verdicts::{BlockResult, Decision};
use super::named;
use super::reference;
use super::sessions::{Plan, Slot};
use super::surveys::Moment;
use super::text::Language;

named! {
    LetterKind {
        /// To an account that does not have its password yet.
        Invitation = "invitation",
        Reset = "reset",
        /// To an account that has its password: it holds one more role.
        NewRole = "new_role",
        /// To the employer: someone of its staff asks for a place.
        ApprovalWanted = "approval_wanted",
        /// To whoever asked, with what became of each request.
        RequestReceived = "request_received",
        /// To the employer: what changed for its people, by somebody else's hand.
        StaffNews = "staff_news",
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
        SigningLink = "signing_link",
        SignatureWanted = "signature_wanted",
        UnsignedPresence = "unsigned_presence",
        SessionMoved = "session_moved",
        SessionCancelled = "session_cancelled",
        /// At the closing, to who came: the hours, and the hot survey.
        ThankYou = "thank_you",
        ColdSurvey = "cold_survey",
        SurveyReminder = "survey_reminder",
        EmployerSurvey = "employer_survey",
        EmployerReminder = "employer_reminder",
        /// To the training body: where the journal of a closed session stood, to be kept outside.
        SessionSealed = "session_sealed",
        /// To the candidate: where their candidacy stands.
        CandidacyNews = "candidacy_news",
        /// To the certifier: a candidacy waits for an answer.
        CandidacyReceived = "candidacy_received",
        /// To the members of a jury: where and when it sits, and what is asked of them.
        JuryNews = "jury_news",
        /// To the certifier: a result is contested.
        AppealReceived = "appeal_received",
        /// To who keeps an organisation: a programme asks whether it takes part.
        AgreementWanted = "agreement_wanted",
        /// To who keeps the operator: what became of it.
        AgreementGiven = "agreement_given",
        AgreementDeclined = "agreement_declined",
    }
}

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

/// When and where a session was to be held, before it moved.
#[derive(Debug, Clone)]
pub struct Former {
    pub zone: Zone,
    pub slots: Vec<Slot>,
    /// Name of the municipality; none at a distance.
    pub commune: Option<String>,
    pub place: String,
    pub video_link: String,
}

/// What of a session has changed for those who mean to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub days: bool,
    pub hours: bool,
    pub place: bool,
}

impl Former {
    pub fn of(plan: &Plan) -> Self {
        let commune = plan.venue.commune.as_deref().and_then(reference::commune);
        Self {
            zone: plan.zone,
            slots: plan.slots.clone(),
            commune: commune.map(|c| c.name.to_owned()),
            place: plan.venue.place.clone(),
            video_link: plan.venue.video_link.clone(),
        }
    }

    pub fn change(&self, now: &Meeting) -> Change {
        let days = |slots: &[Slot]| slots.iter().map(|s| s.day).collect::<Vec<_>>();
        Change {
            days: days(&self.slots) != days(&now.slots),
            hours: self.slots != now.slots || self.zone != now.zone,
            place: (&self.commune, &self.place, &self.video_link)
                != (&now.commune, &now.place, &now.video_link),
        }
    }
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
    /// The whole address of the personal page of this place, or of the survey that the letter brings.
    pub link: String,
}

/// A programme and an organisation that it wants, as letters tell them.
#[derive(Debug, Clone)]
pub struct Partnership {
    pub organisation: String,
    pub operator: String,
    pub programme: String,
    /// The whole address of the page of the agreement, which asks for a log-in.
    pub link: String,
}

/// A candidacy as letters tell it.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub certifier: String,
    pub title: String,
    pub code: String,
    pub candidate: String,
    /// The whole address of its page, which asks for a log-in.
    pub link: String,
}

/// What happened to a candidacy.
#[derive(Debug, Clone)]
pub enum CandidacyNews {
    Submitted,
    PieceRefused {
        piece: String,
        reason: String,
    },
    Eligible {
        conditions: Eligibility,
    },
    NotEligible {
        conditions: Eligibility,
    },
    Admitted,
    Withdrawn {
        reason: Option<String>,
    },
    /// The joining letter (convocation).
    Convened {
        meeting: Board,
    },
    /// The jury sits at another time or place.
    Moved {
        meeting: Board,
    },
    /// The jury sits soon.
    JuryReminder {
        meeting: Board,
    },
    /// The jury does not sit; the candidate waits for another one.
    Released {
        reason: String,
    },
    Decided {
        decision: Decision,
        blocks: Vec<BlockOutcome>,
    },
    /// The minutes were corrected.
    Corrected {
        decision: Decision,
        blocks: Vec<BlockOutcome>,
        reason: String,
    },
    /// Another attempt is open.
    Resit,
    AppealAnswered {
        is_upheld: bool,
        answer: String,
    },
    /// Certificates are there: of the certification, or of these blocks.
    Certified {
        titles: Vec<String>,
    },
    /// Another certificate stands in the place of one.
    Superseded {
        about: Bearing,
        reason: String,
    },
    Revoked {
        about: Bearing,
        reason: String,
    },
    /// Another period of a certificate.
    Renewed {
        about: Bearing,
        until: Day,
    },
    /// The State did not find the holder, or found several.
    NotFoundByState {
        kind: ReasonKind,
    },
    /// It ends soon.
    Ending {
        about: Bearing,
        until: Day,
    },
}

/// A certificate, as a letter tells it.
#[derive(Debug, Clone)]
pub struct Bearing {
    pub number: String,
    /// Of the certification, or of the block.
    pub title: String,
}

impl CandidacyNews {
    /// Whether it is about an attempt before a jury.
    pub const fn is_of_a_jury(&self) -> bool {
        matches!(
            self,
            Self::Convened { .. }
                | Self::Moved { .. }
                | Self::JuryReminder { .. }
                | Self::Decided { .. }
                | Self::Corrected { .. }
                | Self::AppealAnswered { .. }
        )
    }

    /// Whether it is about a certificate.
    pub const fn is_of_a_certificate(&self) -> bool {
        matches!(
            self,
            Self::Certified { .. }
                | Self::Superseded { .. }
                | Self::Revoked { .. }
                | Self::Renewed { .. }
                | Self::Ending { .. }
        )
    }
}

/// What became of a block, as a letter tells it.
#[derive(Debug, Clone)]
pub struct BlockOutcome {
    pub code: String,
    pub title: String,
    pub result: BlockResult,
}

/// A jury, as letters tell it: everything printed, nothing to look up.
#[derive(Debug, Clone)]
pub struct Board {
    pub certifier: String,
    pub title: String,
    pub code: String,
    pub meeting: juries::Meeting,
    /// The whole address of its page, which asks for a log-in.
    pub link: String,
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
    /// The link leads to the log-in and on to the new part.
    NewRole {
        role: Role,
        organisation: Option<String>,
        by: Option<String>,
        link: String,
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
    StaffNews {
        meeting: Meeting,
        company: OrganisationId,
        results: Vec<Told>,
        link: String,
        /// What was before, when the session has moved.
        former: Option<Former>,
    },
    /// In a session that goes ahead already it is the joining letter too.
    Confirmed {
        meeting: Meeting,
        place: Place,
        goes_ahead: bool,
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
    /// In a session that goes ahead already it is the joining letter too.
    Promoted {
        meeting: Meeting,
        place: Place,
        goes_ahead: bool,
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
        /// The colleague who has the seat now, by the employer's choice.
        passed_to: Option<String>,
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
    /// The way to sign a half-day in the room, asked for there.
    SigningLink {
        meeting: Meeting,
        place: Place,
    },
    /// A half-day to sign afterwards.
    SignatureWanted {
        meeting: Meeting,
        place: Place,
        slot: Slot,
        until: Instant,
    },
    /// Half-days that count without the person's signature, each with the reason given.
    UnsignedPresence {
        meeting: Meeting,
        place: Place,
        slots: Vec<(Slot, String)>,
    },
    SessionMoved {
        meeting: Meeting,
        place: Place,
        reason: Option<String>,
        state: EnrolmentState,
        former: Former,
    },
    SessionCancelled {
        meeting: Meeting,
        place: Place,
        reason: String,
        had_seat: bool,
    },
    /// `until` is when its survey ends; none when the course asks nothing.
    ThankYou {
        meeting: Meeting,
        place: Place,
        /// Really followed.
        minutes: i64,
        until: Option<Instant>,
    },
    ColdSurvey {
        meeting: Meeting,
        place: Place,
        until: Instant,
    },
    SurveyReminder {
        meeting: Meeting,
        place: Place,
        moment: Moment,
        until: Instant,
    },
    EmployerSurvey {
        meeting: Meeting,
        company: OrganisationId,
        link: String,
        until: Instant,
    },
    EmployerReminder {
        meeting: Meeting,
        company: OrganisationId,
        link: String,
        until: Instant,
    },
    /// `at` is when the checkpoint was made.
    SessionSealed {
        meeting: Meeting,
        seal: Seal,
        at: Instant,
        link: String,
    },
    CandidacyNews {
        dossier: Dossier,
        news: CandidacyNews,
    },
    CandidacyReceived {
        dossier: Dossier,
    },
    JuryNews {
        board: Board,
        news: JuryNews,
    },
    AppealReceived {
        dossier: Dossier,
        /// The whole address of the page of the jury.
        link: String,
    },
    AgreementWanted {
        partnership: Partnership,
    },
    AgreementGiven {
        partnership: Partnership,
    },
    AgreementDeclined {
        partnership: Partnership,
    },
}

/// What a letter does to the calendar of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarStep {
    /// Enters the session, or changes its entry.
    Enter,
    Withdraw,
}

impl Message {
    pub const fn kind(&self) -> LetterKind {
        match self {
            Self::Invitation { .. } => LetterKind::Invitation,
            Self::Reset { .. } => LetterKind::Reset,
            Self::NewRole { .. } => LetterKind::NewRole,
            Self::ApprovalWanted { .. } => LetterKind::ApprovalWanted,
            Self::RequestReceived { .. } => LetterKind::RequestReceived,
            Self::StaffNews { .. } => LetterKind::StaffNews,
            Self::Confirmed { .. } => LetterKind::Confirmed,
            Self::Waiting { .. } => LetterKind::Waiting,
            Self::Offer { .. } => LetterKind::Offer,
            Self::Promoted { .. } => LetterKind::Promoted,
            Self::NoPlace { .. } => LetterKind::NoPlace,
            Self::EnrolmentCancelled { .. } => LetterKind::EnrolmentCancelled,
            Self::Joining { .. } => LetterKind::Joining,
            Self::Reminder { .. } => LetterKind::Reminder,
            Self::SigningLink { .. } => LetterKind::SigningLink,
            Self::SignatureWanted { .. } => LetterKind::SignatureWanted,
            Self::UnsignedPresence { .. } => LetterKind::UnsignedPresence,
            Self::SessionMoved { .. } => LetterKind::SessionMoved,
            Self::SessionCancelled { .. } => LetterKind::SessionCancelled,
            Self::ThankYou { .. } => LetterKind::ThankYou,
            Self::ColdSurvey { .. } => LetterKind::ColdSurvey,
            Self::SurveyReminder { .. } => LetterKind::SurveyReminder,
            Self::EmployerSurvey { .. } => LetterKind::EmployerSurvey,
            Self::EmployerReminder { .. } => LetterKind::EmployerReminder,
            Self::SessionSealed { .. } => LetterKind::SessionSealed,
            Self::CandidacyNews { .. } => LetterKind::CandidacyNews,
            Self::CandidacyReceived { .. } => LetterKind::CandidacyReceived,
            Self::JuryNews { .. } => LetterKind::JuryNews,
            Self::AppealReceived { .. } => LetterKind::AppealReceived,
            Self::AgreementWanted { .. } => LetterKind::AgreementWanted,
            Self::AgreementGiven { .. } => LetterKind::AgreementGiven,
            Self::AgreementDeclined { .. } => LetterKind::AgreementDeclined,
        }
    }

    pub const fn meeting(&self) -> Option<&Meeting> {
        match self {
            Self::Invitation { .. }
            | Self::Reset { .. }
            | Self::NewRole { .. }
            | Self::CandidacyNews { .. }
            | Self::CandidacyReceived { .. }
            | Self::JuryNews { .. }
            | Self::AppealReceived { .. }
            | Self::AgreementWanted { .. }
            | Self::AgreementGiven { .. }
            | Self::AgreementDeclined { .. } => None,
            Self::ApprovalWanted { meeting, .. }
            | Self::RequestReceived { meeting, .. }
            | Self::StaffNews { meeting, .. }
            | Self::Confirmed { meeting, .. }
            | Self::Waiting { meeting, .. }
            | Self::Offer { meeting, .. }
            | Self::Promoted { meeting, .. }
            | Self::NoPlace { meeting, .. }
            | Self::EnrolmentCancelled { meeting, .. }
            | Self::Joining { meeting, .. }
            | Self::Reminder { meeting, .. }
            | Self::SigningLink { meeting, .. }
            | Self::SignatureWanted { meeting, .. }
            | Self::UnsignedPresence { meeting, .. }
            | Self::SessionMoved { meeting, .. }
            | Self::SessionCancelled { meeting, .. }
            | Self::SessionSealed { meeting, .. }
            | Self::ThankYou { meeting, .. }
            | Self::ColdSurvey { meeting, .. }
            | Self::SurveyReminder { meeting, .. }
            | Self::EmployerSurvey { meeting, .. }
            | Self::EmployerReminder { meeting, .. } => Some(meeting),
        }
    }

    pub const fn place(&self) -> Option<&Place> {
        match self {
            Self::Invitation { .. }
            | Self::Reset { .. }
            | Self::NewRole { .. }
            | Self::RequestReceived { .. }
            | Self::StaffNews { .. }
            | Self::SessionSealed { .. }
            | Self::CandidacyNews { .. }
            | Self::CandidacyReceived { .. }
            | Self::JuryNews { .. }
            | Self::AppealReceived { .. }
            | Self::AgreementWanted { .. }
            | Self::AgreementGiven { .. }
            | Self::AgreementDeclined { .. }
            | Self::EmployerSurvey { .. }
            | Self::EmployerReminder { .. } => None,
            Self::ApprovalWanted { place, .. }
            | Self::Confirmed { place, .. }
            | Self::Waiting { place, .. }
            | Self::Offer { place, .. }
            | Self::Promoted { place, .. }
            | Self::NoPlace { place, .. }
            | Self::EnrolmentCancelled { place, .. }
            | Self::Joining { place, .. }
            | Self::Reminder { place, .. }
            | Self::SigningLink { place, .. }
            | Self::SignatureWanted { place, .. }
            | Self::UnsignedPresence { place, .. }
            | Self::SessionMoved { place, .. }
            | Self::SessionCancelled { place, .. }
            | Self::ThankYou { place, .. }
            | Self::ColdSurvey { place, .. }
            | Self::SurveyReminder { place, .. } => Some(place),
        }
    }

    /// What was before, in a letter about a session that has moved.
    pub const fn former(&self) -> Option<&Former> {
        match self {
            Self::SessionMoved { former, .. } => Some(former),
            Self::StaffNews { former, .. } => former.as_ref(),
            _ => None,
        }
    }

    /// The company within whose reach the letter lies.
    pub fn company(&self) -> Option<OrganisationId> {
        match self {
            Self::RequestReceived { company, .. } => *company,
            Self::StaffNews { company, .. }
            | Self::EmployerSurvey { company, .. }
            | Self::EmployerReminder { company, .. } => Some(*company),
            _ => self.place().and_then(|place| place.company),
        }
    }

    /// Whether the reader, or the person it is handed to, has a seat: only they are told where to go.
    pub const fn gives_venue(&self) -> bool {
        match self {
            Self::Confirmed { .. } | Self::Promoted { .. } | Self::Joining { .. } | Self::Reminder { .. } => {
                true
            }
            Self::SessionMoved { state, .. } => state.has_place(),
            Self::Invitation { .. }
            | Self::Reset { .. }
            | Self::NewRole { .. }
            | Self::ApprovalWanted { .. }
            | Self::RequestReceived { .. }
            | Self::StaffNews { .. }
            | Self::Waiting { .. }
            | Self::Offer { .. }
            | Self::NoPlace { .. }
            | Self::SigningLink { .. }
            | Self::SignatureWanted { .. }
            | Self::UnsignedPresence { .. }
            | Self::EnrolmentCancelled { .. }
            | Self::SessionCancelled { .. }
            | Self::SessionSealed { .. }
            | Self::CandidacyNews { .. }
            | Self::CandidacyReceived { .. }
            | Self::JuryNews { .. }
            | Self::AppealReceived { .. }
            | Self::AgreementWanted { .. }
            | Self::AgreementGiven { .. }
            | Self::AgreementDeclined { .. }
            | Self::ThankYou { .. }
            | Self::ColdSurvey { .. }
            | Self::SurveyReminder { .. }
            | Self::EmployerSurvey { .. }
            | Self::EmployerReminder { .. } => false,
        }
    }

    /// Whoever passes a letter on to somebody else keeps their own calendar as it is.
    pub fn calendar_step(&self) -> Option<CalendarStep> {
        if !self.place()?.to_themselves {
            return None;
        }
        match self {
            Self::Confirmed { .. } | Self::Promoted { .. } | Self::Joining { .. } => {
                Some(CalendarStep::Enter)
            }
            Self::SessionMoved { state, .. } => state.has_place().then_some(CalendarStep::Enter),
            Self::EnrolmentCancelled { had_seat: true, .. }
            | Self::SessionCancelled { had_seat: true, .. } => Some(CalendarStep::Withdraw),
            Self::Invitation { .. }
            | Self::Reset { .. }
            | Self::NewRole { .. }
            | Self::ApprovalWanted { .. }
            | Self::RequestReceived { .. }
            | Self::StaffNews { .. }
            | Self::Waiting { .. }
            | Self::Offer { .. }
            | Self::NoPlace { .. }
            | Self::Reminder { .. }
            | Self::SigningLink { .. }
            | Self::SignatureWanted { .. }
            | Self::UnsignedPresence { .. }
            | Self::EnrolmentCancelled { had_seat: false, .. }
            | Self::SessionCancelled { had_seat: false, .. }
            | Self::SessionSealed { .. }
            | Self::CandidacyNews { .. }
            | Self::CandidacyReceived { .. }
            | Self::JuryNews { .. }
            | Self::AppealReceived { .. }
            | Self::AgreementWanted { .. }
            | Self::AgreementGiven { .. }
            | Self::AgreementDeclined { .. }
            | Self::ThankYou { .. }
            | Self::ColdSurvey { .. }
            | Self::SurveyReminder { .. }
            | Self::EmployerSurvey { .. }
            | Self::EmployerReminder { .. } => None,
        }
    }

    /// A link that opens something by itself: the letter that holds it is a secret.
    pub fn secret_link(&self) -> Option<&str> {
        let link = match self {
            Self::Invitation { link, .. }
            | Self::Reset { link, .. }
            | Self::EmployerSurvey { link, .. }
            | Self::EmployerReminder { link, .. } => link,
            Self::Confirmed { place, .. }
            | Self::Waiting { place, .. }
            | Self::Offer { place, .. }
            | Self::Promoted { place, .. }
            | Self::Joining { place, .. }
            | Self::Reminder { place, .. }
            | Self::SigningLink { place, .. }
            | Self::SignatureWanted { place, .. }
            | Self::UnsignedPresence { place, .. }
            | Self::SessionMoved { place, .. }
            | Self::ThankYou { place, .. }
            | Self::ColdSurvey { place, .. }
            | Self::SurveyReminder { place, .. } => &place.link,
            Self::NewRole { .. }
            | Self::ApprovalWanted { .. }
            | Self::RequestReceived { .. }
            | Self::StaffNews { .. }
            | Self::NoPlace { .. }
            | Self::EnrolmentCancelled { .. }
            | Self::SessionCancelled { .. }
            | Self::SessionSealed { .. }
            | Self::CandidacyNews { .. }
            | Self::CandidacyReceived { .. }
            | Self::JuryNews { .. }
            | Self::AppealReceived { .. }
            | Self::AgreementWanted { .. }
            | Self::AgreementGiven { .. }
            | Self::AgreementDeclined { .. } => return None,
        };
        Some(link.as_str()).filter(|link| !link.is_empty())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
