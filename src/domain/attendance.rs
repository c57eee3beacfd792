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
    fn the_outcome_follows_the_half_days() {
        use Mark::*;
        assert_eq!(outcome(&[Present, Late]), Some(EnrolmentStep::Attend));
        assert_eq!(outcome(&[Present, AbsentExcused]), Some(EnrolmentStep::AttendPartly));
        assert_eq!(outcome(&[AbsentExcused, AbsentUnexcused]), Some(EnrolmentStep::Miss));
        assert_eq!(outcome(&[Present, Expected]), None);
        assert_eq!(outcome(&[]), None);
    }
}
