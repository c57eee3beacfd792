//! Who came, half-day by half-day, and what follows for each enrolment.

use super::enrolments::EnrolmentStep;
use super::named;

named! {
    /// What is known of one person in one half-day.
    Mark {
        Expected = "expected",
        Present = "present",
        Late = "late",
        LeftEarly = "left_early",
        AbsentExcused = "absent_excused",
        AbsentUnexcused = "absent_unexcused",
    }
}

impl Mark {
    pub fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly)
    }

    /// Minutes counted for a half-day of that length. Half-days are marked whole: who came late or
    /// left early counts as long as who stayed.
    pub fn minutes(self, of: i64) -> i64 {
        if self.came() { of } else { 0 }
    }
}

/// What becomes of a mark that somebody wants to note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noting {
    /// It stands so already, or the person left it as they saw it.
    Keep,
    Write,
    /// Somebody else noted another one since the page was opened: it is not written over.
    Conflict,
}

/// Decides on one mark: as it was seen, as it stands, as it is wanted.
pub fn noting(seen: Mark, stands: Mark, wanted: Mark) -> Noting {
    if wanted == seen || wanted == stands {
        Noting::Keep
    } else if seen == stands {
        Noting::Write
    } else {
        Noting::Conflict
    }
}

/// What the marks of all half-days make of an enrolment; none while one is still missing.
pub fn outcome(marks: &[Mark]) -> Option<EnrolmentStep> {
    if marks.is_empty() || marks.contains(&Mark::Expected) {
        return None;
    }
    let came = marks.iter().filter(|m| m.came()).count();
    Some(match came {
        0 => EnrolmentStep::Miss,
        all if all == marks.len() => EnrolmentStep::Attend,
        _ => EnrolmentStep::AttendPartly,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_noted_by_somebody_else_meanwhile_is_not_written_over() {
        use Mark::*;
        assert_eq!(noting(Expected, Expected, Present), Noting::Write);
        assert_eq!(noting(Present, Present, AbsentExcused), Noting::Write);
        assert_eq!(noting(Expected, Late, Present), Noting::Conflict);
        assert_eq!(noting(Expected, Present, Present), Noting::Keep);
        assert_eq!(noting(Present, Late, Present), Noting::Keep);
    }

    #[test]
    fn the_outcome_follows_the_half_days() {
        use Mark::*;
        assert_eq!(outcome(&[Present, Late]), Some(EnrolmentStep::Attend));
        assert_eq!(outcome(&[Present, AbsentExcused]), Some(EnrolmentStep::AttendPartly));
        assert_eq!(outcome(&[AbsentExcused, AbsentUnexcused]), Some(EnrolmentStep::Miss));
        assert_eq!(outcome(&[Present, Expected]), None);
        assert_eq!(outcome(&[]), None);
    }
}
