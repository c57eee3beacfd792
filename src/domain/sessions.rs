//! A run of a course: its life, its half-days, its seats and its deadlines.

use super::calendar::{Day, HalfDay, Instant, LocalTimeError, Minute, Zone};
use super::ids::{AccountId, CourseVersionId, OrganisationId, ProgrammeId, SessionId};
use super::named;
use super::reference::CommuneCode;

named! {
    SessionState {
        Draft = "draft",
        Published = "published",
        Confirmed = "confirmed",
        Running = "running",
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

named! {
    SessionStep {
        Publish = "publish",
        /// The minimum is reached, or the training body holds it anyway: it will take place.
        Confirm = "confirm",
        Start = "start",
        Close = "close",
        Cancel = "cancel",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a session that is {from} cannot {step}")]
pub struct Illegal {
    pub from: SessionState,
    pub step: SessionStep,
}

impl SessionState {
    /// The whole life of a session; no other line of the house chooses a state.
    pub fn step(self, step: SessionStep) -> Result<Self, Illegal> {
        use SessionState::*;
        use SessionStep::*;
        Ok(match (self, step) {
            (Draft, Publish) => Published,
            (Published, Confirm) => Confirmed,
            (Published | Confirmed, Start) => Running,
            (Running, Close) => Closed,
            (Draft | Published | SessionState::Confirmed | Running, Cancel) => Cancelled,
            _ => return Err(Illegal { from: self, step }),
        })
    }

    /// Whether anyone may see it in the catalogue.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Confirmed)
    }

    /// Whether its plan may still change.
    pub fn may_be_replanned(self) -> bool {
        self == Self::Draft || self.is_public()
    }
}

/// A half-day of a session: the local times are the truth, the instants follow from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub day: Day,
    pub half_day: HalfDay,
    pub starts: Minute,
    pub ends: Minute,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

impl Slot {
    /// Works out the instants once, when the slot is written down.
    pub fn new(zone: Zone, day: Day, starts: Minute, ends: Minute) -> Result<Self, Refusal> {
        if ends <= starts {
            return Err(Refusal::SlotEndsBeforeStart);
        }
        let clock = |time| {
            zone.instant(day, time).map_err(|e| match e {
                LocalTimeError::Never => Refusal::TimeNever,
                LocalTimeError::Twice => Refusal::TimeTwice,
            })
        };
        let (starts_at, ends_at) = (clock(starts)?, clock(ends)?);
        Ok(Self { day, half_day: HalfDay::of(starts), starts, ends, starts_at, ends_at })
    }

    /// Length, in minutes of real time.
    pub fn minutes(&self) -> u32 {
        u32::try_from(self.ends_at.seconds_since(self.starts_at) / 60).unwrap_or(0)
    }
}

/// Where people meet; told only to those who have a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Venue {
    /// INSEE code of the municipality; public, unlike the rest. None when held at a distance.
    pub commune: Option<CommuneCode>,
    pub place: String,
    pub video_link: String,
}

impl Venue {
    /// Whether a text is an address of the web, as links in pages and calendars need it.
    pub fn is_link(text: &str) -> bool {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    }
}

/// How a seat that comes free passes to the first in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promotion {
    /// The place is theirs at once.
    Confirm,
    /// It is held for them this many hours, until they answer.
    Offer { hours: u32 },
}

/// Everything that a training body decides of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub version: CourseVersionId,
    pub zone: Zone,
    pub slots: Vec<Slot>,
    pub venue: Venue,
    pub capacity: u32,
    /// People needed for the session to be held.
    pub minimum: u32,
    /// Until when employers and trainees may ask for a place.
    pub enrol_by: Instant,
    /// Hours before the first slot at which the queue closes.
    pub queue_closes_hours: u32,
    pub promotion: Promotion,
    pub trainers: Vec<AccountId>,
}

/// The default of [`Plan::queue_closes_hours`].
pub const QUEUE_CLOSES_HOURS: u32 = 24;
/// The longest delay that a plan may ask for: a year.
pub const MOST_HOURS: u32 = 8760;
/// The largest room.
pub const MOST_SEATS: u32 = 1000;
/// The most half-days of one session.
pub const MOST_SLOTS: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Illegal(#[from] Illegal),
    #[error("a session has at least one half-day")]
    NoSlot,
    #[error("too many half-days")]
    TooManySlots,
    #[error("a half-day ends after it starts")]
    SlotEndsBeforeStart,
    #[error("two half-days overlap")]
    SlotsOverlap,
    #[error("this local time does not exist")]
    TimeNever,
    #[error("this local time exists twice")]
    TimeTwice,
    #[error("a session has one seat or more, and at most {MOST_SEATS}")]
    Capacity,
    #[error("the minimum is above the capacity")]
    MinimumAboveCapacity,
    #[error("{held} seats are held already")]
    BelowHeld { held: u32 },
    #[error("the deadline lies after the first half-day")]
    DeadlineAfterStart,
    #[error("the queue closes at most {MOST_HOURS} hours before the start")]
    QueueHours,
    #[error("a place is offered for one hour or more, and at most {MOST_HOURS}")]
    OfferHours,
    #[error("the video link is no address of the web")]
    NotALink,
    #[error("the session lies in the past")]
    Past,
    #[error("the place is not known: neither an address nor a link")]
    NoVenue,
    #[error("the session has not begun")]
    NotBegun,
    #[error("the session has not ended")]
    NotEnded,
    #[error("missing: {presences} presences, {signatures} signatures, {countersignatures} countersignatures")]
    ProofsMissing { presences: u32, signatures: u32, countersignatures: u32 },
    #[error("what stands is not what the journal tells")]
    NotAsTold { row: Option<i64> },
    #[error("what is running or over keeps its plan")]
    PlanFrozen,
    #[error("somebody signed a half-day that would be changed or taken away")]
    SlotSigned,
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("the trainer is not one of the training body's")]
    ForeignTrainer,
}

impl Plan {
    pub fn starts_at(&self) -> Option<Instant> {
        self.slots.iter().map(|s| s.starts_at).min()
    }

    pub fn ends_at(&self) -> Option<Instant> {
        self.slots.iter().map(|s| s.ends_at).max()
    }

    /// What must hold of a plan, whoever wrote it and whatever the time.
    pub fn check(&self) -> Result<(), Refusal> {
        let Some(starts_at) = self.starts_at() else { return Err(Refusal::NoSlot) };
        if self.slots.len() > MOST_SLOTS {
            return Err(Refusal::TooManySlots);
        }
        let mut slots: Vec<_> = self.slots.iter().collect();
        slots.sort_by_key(|s| s.starts_at);
        let overlap = slots.iter().zip(slots.iter().skip(1)).any(|(one, next)| next.starts_at < one.ends_at);
        if overlap {
            return Err(Refusal::SlotsOverlap);
        }
        if !(1..=MOST_SEATS).contains(&self.capacity) {
            return Err(Refusal::Capacity);
        }
        if self.minimum > self.capacity {
            return Err(Refusal::MinimumAboveCapacity);
        }
        if self.enrol_by > starts_at {
            return Err(Refusal::DeadlineAfterStart);
        }
        self.check_delays()?;
        let link = &self.venue.video_link;
        if link.is_empty() || Venue::is_link(link) { Ok(()) } else { Err(Refusal::NotALink) }
    }

    fn check_delays(&self) -> Result<(), Refusal> {
        if self.queue_closes_hours > MOST_HOURS {
            return Err(Refusal::QueueHours);
        }
        match self.promotion {
            Promotion::Offer { hours } if !(1..=MOST_HOURS).contains(&hours) => Err(Refusal::OfferHours),
            Promotion::Offer { .. } | Promotion::Confirm => Ok(()),
        }
    }

    /// What must hold before it is shown to everyone.
    pub fn check_public(&self, now: Instant) -> Result<(), Refusal> {
        self.check()?;
        if self.starts_at().is_none_or(|start| start <= now) {
            return Err(Refusal::Past);
        }
        if self.venue.place.trim().is_empty() && self.venue.video_link.trim().is_empty() {
            return Err(Refusal::NoVenue);
        }
        Ok(())
    }

    /// Whether those who have a place must be told: another time, or another place.
    pub fn moves(&self, before: &Self) -> bool {
        let hours = |plan: &Self| plan.slots.iter().map(|s| (s.starts_at, s.ends_at)).collect::<Vec<_>>();
        hours(self) != hours(before) || self.zone != before.zone || self.venue != before.venue
    }

    /// The distinct days of the session, in order.
    pub fn days(&self) -> Vec<Day> {
        let mut days: Vec<_> = self.slots.iter().map(|s| s.day).collect();
        days.sort();
        days.dedup();
        days
    }
}

/// A session as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub training_body: OrganisationId,
    pub programme: ProgrammeId,
    pub state: SessionState,
    pub plan: Plan,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// Rises with every change of time or place; calendar entries carry it.
    pub sequence: i32,
    /// Rises with every change of the plan: who changes it says which one was read.
    pub edition: i32,
}

impl Session {
    /// What holds of a session before its marks are noted or it is closed: it has begun. One that
    /// the clock has not started yet is started on the way.
    pub fn begun(&self, now: Instant) -> Result<Option<SessionStep>, Refusal> {
        match self.state {
            SessionState::Running => Ok(None),
            SessionState::Published | SessionState::Confirmed if self.starts_at <= now => {
                Ok(Some(SessionStep::Start))
            }
            SessionState::Published | SessionState::Confirmed | SessionState::Draft => Err(Refusal::NotBegun),
            SessionState::Closed | SessionState::Cancelled => Err(Refusal::PlanFrozen),
        }
    }

    /// The day on which it begins, where it is held.
    pub fn first_day(&self) -> Day {
        self.starts_at.day(self.plan.zone)
    }

    /// When the queue closes: from then on only staff add people.
    pub fn queue_closes_at(&self) -> Instant {
        self.starts_at.plus_hours(-i64::from(self.plan.queue_closes_hours))
    }

    /// Whether waiting people may still be given a seat.
    pub fn queue_is_open(&self, now: Instant) -> bool {
        self.state.is_public() && now < self.queue_closes_at()
    }

    /// Whether employers and trainees may still ask.
    pub fn takes_requests(&self, now: Instant) -> bool {
        self.queue_is_open(now) && now < self.plan.enrol_by
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(day: &str) -> Plan {
        let time = |text: &str| text.parse::<Minute>().unwrap();
        let day: Day = day.parse().unwrap();
        let slot = |from, to| Slot::new(Zone::PARIS, day, time(from), time(to)).unwrap();
        let slots = vec![slot("9:00", "12:30"), slot("13:30", "17:00")];
        Plan {
            version: CourseVersionId(1),
            zone: Zone::PARIS,
            enrol_by: slots[0].starts_at.plus_days(-2),
            slots,
            venue: Venue { commune: None, place: "Salle 2".into(), video_link: String::new() },
            capacity: 12,
            minimum: 4,
            queue_closes_hours: QUEUE_CLOSES_HOURS,
            promotion: Promotion::Confirm,
            trainers: vec![],
        }
    }

    #[test]
    fn a_plan_says_what_is_wrong_with_it() {
        let right = plan("2026-12-03");
        assert_eq!(right.check(), Ok(()));
        assert_eq!(Plan { slots: vec![], ..right.clone() }.check(), Err(Refusal::NoSlot));
        let twice = vec![right.slots[0], right.slots[0]];
        assert_eq!(Plan { slots: twice, ..right.clone() }.check(), Err(Refusal::SlotsOverlap));
        assert_eq!(Plan { capacity: 0, ..right.clone() }.check(), Err(Refusal::Capacity));
        assert_eq!(Plan { minimum: 13, ..right.clone() }.check(), Err(Refusal::MinimumAboveCapacity));
        let ages = Plan { queue_closes_hours: MOST_HOURS + 1, ..right.clone() };
        assert_eq!(ages.check(), Err(Refusal::QueueHours));
        for hours in [0, MOST_HOURS + 1, u32::MAX] {
            let offer = Plan { promotion: Promotion::Offer { hours }, ..right.clone() };
            assert_eq!(offer.check(), Err(Refusal::OfferHours));
        }
        for (link, is_right) in [
            ("https://visio.example/a", true),
            ("http://visio.example", true),
            ("javascript:alert(1)", false),
            ("https://", false),
            ("https://visio.example a", false),
        ] {
            let venue = Venue { video_link: link.to_owned(), ..right.venue.clone() };
            assert_eq!(Plan { venue, ..right.clone() }.check().is_ok(), is_right, "{link}");
        }
        let late = right.slots[1].starts_at;
        assert_eq!(Plan { enrol_by: late, ..right.clone() }.check(), Err(Refusal::DeadlineAfterStart));
        assert_eq!(right.check_public(late), Err(Refusal::Past));
        let nowhere = Plan { venue: Venue::default(), ..right.clone() };
        assert_eq!(nowhere.check_public(right.enrol_by), Err(Refusal::NoVenue));
    }

    #[test]
    fn only_another_time_or_place_moves_a_session() {
        let before = plan("2026-12-03");
        let more_seats = Plan { capacity: 20, minimum: 0, ..before.clone() };
        assert!(!more_seats.moves(&before));
        assert!(plan("2026-12-04").moves(&before));
        let elsewhere = Venue { place: "Salle 3".into(), ..before.venue.clone() };
        assert!(Plan { venue: elsewhere, ..before.clone() }.moves(&before));
    }

    #[test]
    fn clock_changes_are_refused() {
        let time = |text: &str| text.parse::<Minute>().unwrap();
        let slot = |day: &str| Slot::new(Zone::PARIS, day.parse().unwrap(), time("2:30"), time("5:00"));
        assert_eq!(slot("2026-03-29"), Err(Refusal::TimeNever));
        assert_eq!(slot("2026-10-25"), Err(Refusal::TimeTwice));
        assert!(slot("2026-10-26").is_ok());
    }

    #[test]
    fn every_pair_that_is_not_listed_is_refused() {
        let legal: usize = SessionState::ALL
            .iter()
            .map(|from| SessionStep::ALL.iter().filter(|step| from.step(**step).is_ok()).count())
            .sum();
        assert_eq!(legal, 9);
        for ended in [SessionState::Closed, SessionState::Cancelled] {
            for step in SessionStep::ALL {
                assert_eq!(ended.step(*step), Err(Illegal { from: ended, step: *step }));
            }
        }
    }
}
