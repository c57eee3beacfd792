//! What is taught, in versions: a session keeps the version that it was announced with.

use super::ids::{CourseId, CourseVersionId, OrganisationId, ProgrammeId};
use super::named;
use super::text::Name;
use std::str::FromStr;

named! {
    /// The three stations of the path.
    Stage {
        Awareness = "awareness",
        Practice = "practice",
        Certification = "certification",
    }
}

/// What the course sheet says; a change makes a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub title: Name,
    pub aims: String,
    pub prerequisites: String,
    pub audience: String,
    /// Planned length, in minutes.
    pub minutes: u32,
}

/// A course of a training body within a programme, with its newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub id: CourseId,
    pub training_body: OrganisationId,
    pub programme: ProgrammeId,
    pub stage: Stage,
    pub version: CourseVersionId,
    /// 1 for the first.
    pub number: i32,
    pub sheet: Sheet,
}

/// The longest text of a sheet, in characters.
pub const SHEET_TEXT: usize = 4000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a course says what it aims at")]
    AimsMissing,
    #[error("a text of the sheet is too long")]
    TextTooLong,
    #[error("a course lasts from ten minutes to a thousand hours")]
    Duration,
    #[error("the training body takes part in no programme")]
    NoProgramme,
}

/// A length as people write it: `3 h 30`, `3:30`, `14 h`, `45 min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length(u32);

impl Length {
    pub const fn minutes(self) -> u32 {
        self.0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a length is hours and minutes")]
pub struct NotALength;

impl FromStr for Length {
    type Err = NotALength;

    fn from_str(typed: &str) -> Result<Self, NotALength> {
        minutes(typed).map(Self).ok_or(NotALength)
    }
}

fn minutes(typed: &str) -> Option<u32> {
    let tidy: String = typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(minutes) = tidy.strip_suffix("min").filter(|rest| !rest.contains(['h', ':'])) {
        return minutes.parse().ok();
    }
    let tidy = tidy.trim_end_matches("min").replace('h', ":");
    let (hours, minutes) = tidy.split_once(':').unwrap_or((&tidy, ""));
    let minutes: u32 = if minutes.is_empty() { 0 } else { minutes.parse().ok().filter(|m| *m < 60)? };
    hours.parse::<u32>().ok()?.checked_mul(60)?.checked_add(minutes)
}

impl Sheet {
    pub fn check(&self) -> Result<(), Refusal> {
        if self.aims.trim().is_empty() {
            return Err(Refusal::AimsMissing);
        }
        if [&self.aims, &self.prerequisites, &self.audience].iter().any(|t| t.chars().count() > SHEET_TEXT) {
            return Err(Refusal::TextTooLong);
        }
        if (10..=60_000).contains(&self.minutes) { Ok(()) } else { Err(Refusal::Duration) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (typed, minutes) in
            [("3 h 30", 210), ("3:30", 210), ("14\u{a0}h", 840), ("45 min", 45), ("2h", 120)]
        {
            assert_eq!(typed.parse(), Ok(Length(minutes)), "{typed}");
        }
        for typed in ["", "h", "3 h 75", "longtemps", "-2 h", "99999999999 h"] {
            assert_eq!(typed.parse::<Length>(), Err(NotALength), "{typed}");
        }
    }
}
