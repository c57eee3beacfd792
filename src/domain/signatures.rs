//! A signed half-day: in which ways, when, what the hand leaves, and what looks odd afterwards.

use super::attendance::{Mark, Sheet};
use super::calendar::{Instant, Zone};
use super::ids::{EnrolmentId, SlotId};
use super::named;
use super::sessions::Slot;
use std::collections::BTreeMap;

named! {
    /// How it is known who signed.
    Way {
        /// On their own device, logged in, with the code of the room.
        Account = "account",
        /// On their own device, by their personal link, with the code of the room.
        Link = "link",
        /// On the trainer's device, handed round.
        Tablet = "tablet",
        /// By their personal link, after the half-day, because they were asked to.
        Afterwards = "afterwards",
    }
}

/// Minutes before a half-day from which it may be signed.
pub const OPENS_BEFORE: i64 = 15;
/// Minutes after a half-day until which it may be signed.
pub const CLOSES_AFTER: i64 = 30;
/// Days that somebody has to sign afterwards, once asked.
pub const LATE_DAYS: i64 = 14;
/// Seconds after which the room shows another code.
pub const CODE_CHANGES: i64 = 30;
/// How many codes are good at once: the one that shows, and those just before it, for slow hands. None lives
/// longer than two minutes.
pub const CODES_GOOD: i64 = 4;
/// Days after which it is forgotten from where and with what somebody signed.
pub const CONNECTION_DAYS: i64 = 90;

/// When a half-day may be signed in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Instant,
    pub until: Instant,
}

impl Window {
    pub fn of(slot: &Slot) -> Self {
        Self::around(slot.starts_at, slot.ends_at)
    }

    /// Of a half-day, or of a session from its first to its last.
    pub fn around(starts_at: Instant, ends_at: Instant) -> Self {
        Self { from: starts_at.plus_minutes(-OPENS_BEFORE), until: ends_at.plus_minutes(CLOSES_AFTER) }
    }

    pub fn holds(self, moment: Instant) -> bool {
        (self.from..=self.until).contains(&moment)
    }
}

/// The numbers of the codes that are good at a moment, the one that shows first.
pub fn good_codes(now: Instant) -> impl Iterator<Item = i64> {
    let shown = now.utc().timestamp() / CODE_CHANGES;
    (0..CODES_GOOD).map(move |back| shown - back)
}

/// What a hand left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hand {
    Typed(String),
    /// The path of a drawing in a box of 600 × 200: `M10 20L12 24…`.
    Drawn(String),
}

/// The longest drawing, in bytes.
pub const MOST_DRAWN: usize = 16 * 1024;
/// The fewest lines of a drawing: a dot is no signature.
pub const LEAST_LINES: usize = 5;

impl Hand {
    /// Takes the drawing when there is one, else the name: whoever touched the field by chance and then
    /// typed their name has signed.
    pub fn read(typed: &str, drawn: &str) -> Result<Self, Refusal> {
        let no = match Self::drawing(drawn) {
            Ok(drawing) => return Ok(drawing),
            Err(no) => no,
        };
        let plain: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 | 1 => Err(no),
            2..=100 => Ok(Self::Typed(name)),
            _ => Err(Refusal::HandTooLong),
        }
    }

    fn drawing(path: &str) -> Result<Self, Refusal> {
        if path.len() > MOST_DRAWN {
            return Err(Refusal::HandTooLong);
        }
        let is_path = path.starts_with('M')
            && path.chars().all(|c| c.is_ascii_digit() || matches!(c, 'M' | 'L' | ' ' | '.'));
        if is_path && path.matches('L').count() >= LEAST_LINES {
            Ok(Self::Drawn(path.to_owned()))
        } else {
            Err(Refusal::HandMissing)
        }
    }
}

/// Whether somebody may sign a half-day, as far as its sheet goes.
pub fn may_sign(sheet: &Sheet, who: EnrolmentId, slot: SlotId) -> Result<(), Refusal> {
    if !sheet.people.contains(&who) {
        return Err(Refusal::NoPlace);
    }
    match sheet.stands(who, slot).mark {
        Mark::AbsentExcused | Mark::AbsentUnexcused => Err(Refusal::Absent),
        Mark::Expected | Mark::Present | Mark::Late | Mark::LeftEarly => Ok(()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("neither a name nor a drawing")]
    HandMissing,
    #[error("the name or the drawing is too long")]
    HandTooLong,
    #[error("no code, or one that is not good any more, or of another room")]
    Code,
    #[error("the half-day may be signed from {} to {}", .from.iso(), .until.iso())]
    NotOpen { from: Instant, until: Instant, zone: Zone },
    #[error("signed already at {}", .at.iso())]
    Already { at: Instant, zone: Zone },
    #[error("noted as absent")]
    Absent,
    #[error("nobody with a place signs here")]
    NoPlace,
    #[error("nothing is signed there")]
    NotSigned,
    #[error("the session is closed: nothing is signed any more")]
    Closed,
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("the time for signing afterwards is over, or nobody asked for it")]
    NotAsked,
    #[error("the half-day is not over: it is signed in the room")]
    SignableStill,
    #[error("the sheet is not what the trainer read")]
    SheetMoved,
    #[error("the half-day lasts until {}", .until.iso())]
    NotOver { until: Instant, zone: Zone },
    #[error("{missing} presences or signatures are missing")]
    Incomplete { missing: usize },
    #[error("the person signed: the signature is withdrawn first")]
    Signed,
}

/// A signature, as far as oddities go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    pub enrolment: EnrolmentId,
    pub way: Way,
    pub signed_at: Instant,
    pub received_at: Instant,
    /// The device, when it is one's own.
    pub device: Option<String>,
    /// Whether the trainer noted the presence too: otherwise the signature alone tells of the whole half-day.
    pub noted: bool,
}

/// What a trainer may want to look at. Nobody is punished by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// Several people signed on one device that is not the trainer's.
    OneDevice { people: Vec<EnrolmentId> },
    /// They signed for the whole half-day, on their own device, long after it began.
    LongAfterStart { people: Vec<EnrolmentId> },
    /// Several signed within a minute once the half-day was over.
    BurstAfterEnd { people: Vec<EnrolmentId>, at: Instant },
    /// Signed on the trainer's device in time, as it says, and received when it could not be signed any more.
    ReceivedLate { people: Vec<EnrolmentId> },
}

/// Minutes after the start from which a signature is late.
const LATE_MINUTES: i64 = 60;
/// How many make a burst.
const BURST: usize = 3;

/// Everything odd among the signatures of one half-day.
pub fn oddities(slot: &Slot, traces: &[Trace]) -> Vec<Oddity> {
    let mut found = Vec::new();
    let mut devices: BTreeMap<&str, Vec<EnrolmentId>> = BTreeMap::new();
    for trace in traces.iter().filter(|t| t.way != Way::Tablet) {
        if let Some(device) = &trace.device {
            devices.entry(device).or_default().push(trace.enrolment);
        }
    }
    found.extend(
        devices.into_values().filter(|people| people.len() > 1).map(|people| Oddity::OneDevice { people }),
    );
    let in_the_room = |t: &&Trace| matches!(t.way, Way::Account | Way::Link) && !t.noted;
    let behind: Vec<EnrolmentId> = traces
        .iter()
        .filter(in_the_room)
        .filter(|t| t.signed_at >= slot.starts_at.plus_minutes(LATE_MINUTES))
        .map(|t| t.enrolment)
        .collect();
    if !behind.is_empty() {
        found.push(Oddity::LongAfterStart { people: behind });
    }
    let mut late: Vec<&Trace> =
        traces.iter().filter(|t| t.signed_at > slot.ends_at && t.way != Way::Afterwards).collect();
    late.sort_by_key(|t| (t.signed_at, t.enrolment));
    let mut rest = late.as_slice();
    while let Some(first) = rest.first() {
        let together = rest.iter().take_while(|t| t.signed_at.seconds_since(first.signed_at) < 60).count();
        let (burst, others) = rest.split_at(together);
        if burst.len() >= BURST {
            let people = burst.iter().map(|t| t.enrolment).collect();
            found.push(Oddity::BurstAfterEnd { people, at: first.signed_at });
        }
        rest = others;
    }
    let window = Window::of(slot);
    let is_late = |t: &&Trace| t.way == Way::Tablet && t.received_at > window.until;
    let people: Vec<EnrolmentId> = traces.iter().filter(is_late).map(|t| t.enrolment).collect();
    if !people.is_empty() {
        found.push(Oddity::ReceivedLate { people });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot() -> Slot {
        let time = |text: &str| text.parse().unwrap();
        Slot::new(Zone::PARIS, "2026-12-03".parse().unwrap(), time("9:00"), time("12:30")).unwrap()
    }

    #[test]
    fn a_half_day_is_signed_around_its_time_only() {
        let (slot, window) = (slot(), Window::of(&slot()));
        assert!(window.holds(slot.starts_at.plus_minutes(-15)));
        assert!(window.holds(slot.ends_at.plus_minutes(30)));
        assert!(!window.holds(slot.starts_at.plus_minutes(-16)));
        assert!(!window.holds(slot.ends_at.plus_minutes(31)));
    }

    #[test]
    fn a_code_is_good_for_two_minutes() {
        let now = slot().starts_at;
        let shown = good_codes(now).next().unwrap();
        assert!(good_codes(now.plus_seconds(119)).any(|n| n == shown));
        assert!(!good_codes(now.plus_seconds(120)).any(|n| n == shown));
        assert!(!good_codes(now.plus_seconds(-30)).any(|n| n == shown));
    }

    #[test]
    fn a_name_or_a_drawing_but_no_dot_and_no_script() {
        let line = "M10 20L12 24L15 30L20 31.5L26 30L30 28";
        assert_eq!(Hand::read("", line), Ok(Hand::Drawn(line.to_owned())));
        assert_eq!(Hand::read("  Lou   Carpentier ", ""), Ok(Hand::Typed("Lou Carpentier".to_owned())));
        for (typed, drawn) in [("", ""), ("L", ""), ("", "M10 20L10 20"), ("", "<script>"), ("\0L", "M1 1")] {
            assert_eq!(Hand::read(typed, drawn), Err(Refusal::HandMissing), "{typed} {drawn}");
        }
        // The field was touched by chance, then the name was typed; no database keeps a NUL.
        let lou = Ok(Hand::Typed("Lou Carpentier".to_owned()));
        assert_eq!(Hand::read("Lou\0Carpentier", "M1 1"), lou);
        assert_eq!(Hand::read("Lou Carpentier", &"M1 1".repeat(5000)), lou);
        assert_eq!(Hand::read("", &"M1 1".repeat(5000)), Err(Refusal::HandTooLong));
        assert_eq!(Hand::read(&"x".repeat(101), ""), Err(Refusal::HandTooLong));
    }

    fn trace(person: i64, way: Way, minutes_after_end: i64, device: &str) -> Trace {
        let at = slot().ends_at.plus_minutes(minutes_after_end);
        let device = Some(device.to_owned());
        Trace { enrolment: EnrolmentId(person), way, signed_at: at, received_at: at, device, noted: false }
    }

    #[test]
    fn one_device_for_many_and_a_burst_after_the_end_are_shown() {
        let ids = |ids: &[i64]| ids.iter().map(|n| EnrolmentId(*n)).collect::<Vec<_>>();
        let traces = [
            trace(1, Way::Account, -200, "a"),
            trace(2, Way::Link, -190, "a"),
            trace(3, Way::Link, -180, "b"),
            trace(4, Way::Tablet, -70, "t"),
            trace(5, Way::Tablet, -70, "t"),
        ];
        assert_eq!(oddities(&slot(), &traces), [Oddity::OneDevice { people: ids(&[1, 2]) }]);
        let traces: Vec<_> = (1..=3).map(|n| trace(n, Way::Tablet, 5, "t")).collect();
        let at = slot().ends_at.plus_minutes(5);
        assert_eq!(oddities(&slot(), &traces), [Oddity::BurstAfterEnd { people: ids(&[1, 2, 3]), at }]);
        assert_eq!(oddities(&slot(), &traces[..2]), []);
        // The trainer's device says when it was signed: when that came later, one sees both.
        let mut kept = trace(1, Way::Tablet, -70, "t");
        kept.received_at = slot().ends_at.plus_minutes(CLOSES_AFTER);
        assert_eq!(oddities(&slot(), &[kept.clone()]), []);
        kept.received_at = kept.received_at.plus_seconds(1);
        assert_eq!(oddities(&slot(), &[kept]), [Oddity::ReceivedLate { people: ids(&[1]) }]);
        let afterwards: Vec<_> = (1..=3).map(|n| trace(n, Way::Afterwards, 5, "x")).collect();
        assert_eq!(oddities(&slot(), &afterwards), [Oddity::OneDevice { people: ids(&[1, 2, 3]) }]);
    }

    #[test]
    fn a_whole_half_day_signed_near_its_end_is_shown_unless_it_was_noted() {
        let last = trace(1, Way::Account, -1, "a");
        let odd = [Oddity::LongAfterStart { people: vec![EnrolmentId(1)] }];
        assert_eq!(oddities(&slot(), std::slice::from_ref(&last)), odd);
        assert_eq!(oddities(&slot(), &[trace(1, Way::Link, -150, "a")]), odd, "an hour after the start");
        for usual in [
            trace(1, Way::Link, -151, "a"),
            trace(1, Way::Tablet, -1, "t"),
            trace(1, Way::Afterwards, 90, "a"),
            Trace { noted: true, ..last },
        ] {
            assert_eq!(oddities(&slot(), &[usual]), []);
        }
    }
}
