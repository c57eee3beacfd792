//! Instants, days, half-days and the zone that ties them together.

use super::named;
use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    Timelike, Utc, Weekday,
};
use chrono_tz::Tz;
use std::fmt;
use std::str::FromStr;

/// A moment, the same everywhere; kept to the microsecond, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(pub NaiveDateTime);

impl Instant {
    /// Cuts to the microsecond, the finest that both databases keep.
    pub fn from_utc(moment: DateTime<Utc>) -> Self {
        let naive = moment.naive_utc();
        let nanos = naive.nanosecond() / 1000 * 1000;
        Self(naive.with_nanosecond(nanos).unwrap_or(naive))
    }

    pub fn utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }

    /// `2026-11-22T08:00:00Z`, as pages say it to machines.
    pub fn iso(self) -> String {
        self.0.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// `2026-11-22T10:15:00+01:00`: what a clock in `zone` shows, and how far from UTC it is on that day.
    pub fn iso_in(self, zone: Zone) -> String {
        self.utc().with_timezone(&zone.0).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Reads what [`Self::iso`] wrote.
    pub fn from_iso(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|moment| Self(moment.naive_utc()))
    }

    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + TimeDelta::seconds(seconds))
    }

    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + TimeDelta::minutes(minutes))
    }

    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Self {
        self.plus_minutes(hours * 60)
    }

    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0 + TimeDelta::days(days))
    }

    /// Seconds from `earlier` to this one; negative when it lies after.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_seconds()
    }

    /// The day and the time of day that a clock in `zone` shows.
    pub fn local(self, zone: Zone) -> NaiveDateTime {
        self.utc().with_timezone(&zone.0).naive_local()
    }

    pub fn day(self, zone: Zone) -> Day {
        Day(self.local(zone).date())
    }

    /// The time of day there, cut to the minute.
    pub fn minute(self, zone: Zone) -> Minute {
        let time = self.local(zone).time();
        let minutes = u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0);
        Minute(minutes)
    }
}

/// A date on the calendar of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl Day {
    /// Days from `earlier` to this one.
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    #[must_use]
    pub fn plus_days(self, days: u64) -> Self {
        Self(self.0.checked_add_days(Days::new(days)).unwrap_or(self.0))
    }

    #[must_use]
    pub fn minus_days(self, days: u64) -> Self {
        Self(self.0.checked_sub_days(Days::new(days)).unwrap_or(self.0))
    }

    /// The day of the same number `months` later; where that month is too short, its last day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(self.0))
    }

    /// `2026-11-22`, as form fields and files between machines write it.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    pub fn year(self) -> i32 {
        self.0.year()
    }

    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// Whether it is one of the eleven public holidays of metropolitan France (Code du travail, L. 3133-1).
    pub fn is_public_holiday(self) -> bool {
        /// Easter Monday, Ascension and Whit Monday, in days after Easter.
        const AFTER_EASTER: [i64; 3] = [1, 39, 50];
        let fixed = matches!(
            (self.0.month(), self.0.day()),
            (1 | 5 | 11, 1) | (5, 8) | (7, 14) | (8, 15) | (11, 11) | (12, 25)
        );
        fixed || easter(self.year()).is_some_and(|easter| AFTER_EASTER.contains(&self.days_since(easter)))
    }
}

/// Easter Sunday of a year of the Gregorian calendar (Jean Meeus, Astronomical Algorithms, chapter 8).
#[expect(clippy::many_single_char_names, reason = "the letters of the source")]
fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, (n / 31).unsigned_abs(), (n % 31 + 1).unsigned_abs()).map(Day)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date: 22/11/2026 or 2026-11-22 is expected")]
pub struct DayError;

impl FromStr for Day {
    type Err = DayError;

    /// Reads `22/11/2026`, `22-11-2026`, `22.11.2026` and `2026-11-22`, of the years 1900 to 2199.
    fn from_str(typed: &str) -> Result<Self, DayError> {
        let tidy: String = typed.trim().chars().map(|c| if c == '/' || c == '.' { '-' } else { c }).collect();
        let day = NaiveDate::parse_from_str(&tidy, "%Y-%m-%d")
            .ok()
            .filter(|d| d.year() >= 1000)
            .or_else(|| NaiveDate::parse_from_str(&tidy, "%d-%m-%Y").ok());
        day.filter(|d| (1900..2200).contains(&d.year())).map(Self).ok_or(DayError)
    }
}

/// A time of day, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Minute(u16);

impl Minute {
    pub const MIDNIGHT: Self = Self(0);

    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self(hour * 60 + minute))
    }

    /// Minutes after midnight, 0 to 1439.
    pub fn after_midnight(self) -> i32 {
        i32::from(self.0)
    }

    pub fn from_after_midnight(minutes: i32) -> Option<Self> {
        u16::try_from(minutes).ok().filter(|m| *m < 24 * 60).map(Self)
    }

    pub fn hour(self) -> u16 {
        self.0 / 60
    }

    pub fn minute(self) -> u16 {
        self.0 % 60
    }

    /// `09:30`, as form fields write it.
    pub fn iso(self) -> String {
        format!("{:02}:{:02}", self.hour(), self.minute())
    }

    fn time(self) -> NaiveTime {
        NaiveTime::MIN + TimeDelta::minutes(i64::from(self.0))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time of day: 9:30 or 9 h 30 is expected")]
pub struct MinuteError;

impl FromStr for Minute {
    type Err = MinuteError;

    /// Reads `9:30`, `09:30:00`, `9h30`, `9 h 30` and `9 h`.
    fn from_str(typed: &str) -> Result<Self, MinuteError> {
        let tidy: String =
            typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(['h', 'H'], ":");
        let mut parts = tidy.split(':');
        let hour = parts.next().and_then(|h| h.parse().ok()).ok_or(MinuteError)?;
        let minute = match parts.next() {
            None | Some("") => 0,
            Some(m) => m.parse().map_err(|_| MinuteError)?,
        };
        Self::new(hour, minute).ok_or(MinuteError)
    }
}

/// A time zone by its IANA name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

impl Zone {
    pub const PARIS: Self = Self(Tz::Europe__Paris);
    /// On whose clock an installation counts its days: what is over today, who is a member today.
    pub const OFFICE: Self = Self::PARIS;

    /// The zones of the places where French training programmes are held.
    pub const OFFERED: &'static [Self] = &[
        Self::PARIS,
        Self(Tz::America__Guadeloupe),
        Self(Tz::America__Martinique),
        Self(Tz::America__Cayenne),
        Self(Tz::Indian__Reunion),
        Self(Tz::Indian__Mayotte),
        Self(Tz::Pacific__Noumea),
        Self(Tz::Pacific__Tahiti),
        Self(Tz::America__Miquelon),
    ];

    pub fn as_str(&self) -> &'static str {
        self.0.name()
    }

    /// The one moment at which clocks in this zone show `day` and `time`.
    pub fn instant(self, day: Day, time: Minute) -> Result<Instant, LocalTimeError> {
        match day.0.and_time(time.time()).and_local_timezone(self.0) {
            MappedLocalTime::Single(moment) => Ok(Instant::from_utc(moment.to_utc())),
            MappedLocalTime::Ambiguous(..) => Err(LocalTimeError::Twice),
            MappedLocalTime::None => Err(LocalTimeError::Never),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Zone {
    type Err = super::UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| super::UnknownName { kind: "Zone", text: text.to_owned() })
    }
}

/// Why a local time names no single moment: the clocks change that night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    #[error("this local time does not exist: the clocks go forward")]
    Never,
    #[error("this local time exists twice: the clocks go back")]
    Twice,
}

named! {
    /// The part of a day that a slot fills; presence is signed for each.
    HalfDay {
        Morning = "morning",
        Afternoon = "afternoon",
        Evening = "evening",
    }
}

impl HalfDay {
    /// Which half-day a slot that begins at `start` belongs to.
    pub fn of(start: Minute) -> Self {
        match start.hour() {
            0..=12 if start < Minute(12 * 60 + 30) => Self::Morning,
            0..=17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in ["22/11/2026", " 22-11-2026 ", "22.11.2026", "2026-11-22"] {
            assert_eq!(typed.parse::<Day>().unwrap().iso(), "2026-11-22", "{typed}");
        }
        for typed in ["31/02/2026", "22/11/26", "hier", "", "2026-13-01"] {
            assert_eq!(typed.parse::<Day>(), Err(DayError), "{typed}");
        }
    }

    #[test]
    fn public_holidays_are_those_of_the_year() {
        let of = |year: i32| {
            let first: Day = format!("{year}-01-01").parse().unwrap();
            let days = (0..366).map(|n| first.plus_days(n)).filter(|d| d.year() == year);
            days.filter(|d| d.is_public_holiday()).map(|d| d.iso()[5..].to_owned()).collect::<Vec<_>>()
        };
        let fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
        for (year, moving) in [
            (2019, ["04-22", "05-30", "06-10"]),
            (2024, ["04-01", "05-09", "05-20"]),
            (2026, ["04-06", "05-14", "05-25"]),
            (2027, ["03-29", "05-06", "05-17"]),
            (2038, ["04-26", "06-03", "06-14"]),
        ] {
            let mut all: Vec<_> = fixed.into_iter().chain(moving).collect();
            all.sort_unstable();
            assert_eq!(of(year), all, "{year}");
        }
        assert!("2026-12-26".parse::<Day>().unwrap().is_weekend());
        assert!(!"2026-12-24".parse::<Day>().unwrap().is_weekend());
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for typed in ["9:30", "09:30", "9h30", "9 h 30", "09:30:00"] {
            assert_eq!(typed.parse::<Minute>().unwrap().iso(), "09:30", "{typed}");
        }
        assert_eq!("14 h".parse::<Minute>().unwrap().iso(), "14:00");
        for typed in ["25:00", "9:60", "midi", ""] {
            assert_eq!(typed.parse::<Minute>(), Err(MinuteError), "{typed}");
        }
    }

    #[test]
    fn both_clock_changes_are_refused_and_neighbours_are_right() {
        let time = |text: &str| text.parse::<Minute>().unwrap();
        let day = |text: &str| text.parse::<Day>().unwrap();
        let paris = Zone::PARIS;
        assert_eq!(paris.instant(day("2026-03-29"), time("2:30")), Err(LocalTimeError::Never));
        assert_eq!(paris.instant(day("2026-10-25"), time("2:30")), Err(LocalTimeError::Twice));
        let winter = paris.instant(day("2026-12-03"), time("9:00")).unwrap();
        let summer = paris.instant(day("2026-07-03"), time("9:00")).unwrap();
        assert_eq!(winter.utc().to_rfc3339(), "2026-12-03T08:00:00+00:00");
        assert_eq!(summer.utc().to_rfc3339(), "2026-07-03T07:00:00+00:00");
        assert_eq!(winter.iso_in(paris), "2026-12-03T09:00:00+01:00");
        assert_eq!(summer.iso_in(paris), "2026-07-03T09:00:00+02:00");
    }

    #[test]
    fn months_later_is_the_same_day_or_the_last_one() {
        for (from, months, to) in [
            ("2026-10-20", 3, "2027-01-20"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2027-11-30", 3, "2028-02-29"),
            ("2026-01-31", 3, "2026-04-30"),
            ("2026-02-28", 3, "2026-05-28"),
            ("2026-12-31", 0, "2026-12-31"),
        ] {
            assert_eq!(from.parse::<Day>().unwrap().plus_months(months).iso(), to, "{from}");
        }
    }
}
