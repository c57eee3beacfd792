//! The life of a place.

use crate::named;

named! {
    EnrolmentState {
        /// Waits for the employer's word; holds no seat and has no rank.
        Requested = "requested",
        Waiting = "waiting",
        /// A seat is held for them until they answer.
        Offered = "offered",
        Confirmed = "confirmed",
        Refused = "refused",
        Expired = "expired",
        Declined = "declined",
        Cancelled = "cancelled",
        Transferred = "transferred",
        Attended = "attended",
        PartlyAttended = "partly_attended",
        Absent = "absent",
    }
}

named! {
    EnrolmentStep {
        Confirm = "confirm",
        Wait = "wait",
        Offer = "offer",
        Refuse = "refuse",
        Decline = "decline",
        Expire = "expire",
        Cancel = "cancel",
        Transfer = "transfer",
        Attend = "attend",
        AttendPartly = "attend_partly",
        Miss = "miss",
        /// A correction of the sheet gave another outcome.
        CorrectToAttended = "correct_to_attended",
        CorrectToPartlyAttended = "correct_to_partly_attended",
        CorrectToAbsent = "correct_to_absent",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an enrolment that is {from} cannot {step}")]
pub struct Illegal {
    pub from: EnrolmentState,
    pub step: EnrolmentStep,
}

impl EnrolmentState {
    /// The whole life of an enrolment; no other line of the house chooses a state.
    pub fn step(self, step: EnrolmentStep) -> Result<Self, Illegal> {
        use EnrolmentState::*;
        use EnrolmentStep::*;
        Ok(match (self, step) {
            (Requested | Waiting | Offered, Confirm) => Confirmed,
            (Requested, Wait) => Waiting,
            (Requested, Refuse) => Refused,
            (Waiting, Offer) => Offered,
            (Offered, Decline) => Declined,
            (Requested | Waiting | Offered, Expire) => Expired,
            (Requested | Waiting | Offered | Confirmed, Cancel) => Cancelled,
            (Confirmed, Transfer) => Transferred,
            (Confirmed, Attend) => Attended,
            (Confirmed, AttendPartly) => PartlyAttended,
            (Confirmed, Miss) => Absent,
            (PartlyAttended | Absent, CorrectToAttended) => Attended,
            (Attended | Absent, CorrectToPartlyAttended) => PartlyAttended,
            (Attended | PartlyAttended, CorrectToAbsent) => Absent,
            _ => return Err(Illegal { from: self, step }),
        })
    }

    /// Whether a seat of the session is taken by it.
    pub const fn holds_seat(self) -> bool {
        self.has_place() || matches!(self, Self::Offered)
    }

    /// Whether the seat is the person's own: an offered one is held, but not theirs yet. Only who has
    /// a place is told where to go, and finds the session in their calendar.
    pub const fn has_place(self) -> bool {
        matches!(self, Self::Confirmed | Self::Attended | Self::PartlyAttended | Self::Absent)
    }

    /// Whether the person is in the session: at most one such row for each person and session.
    pub fn is_live(self) -> bool {
        self.holds_seat() || matches!(self, Self::Requested | Self::Waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ended_states_end() {
        use EnrolmentState::*;
        for ended in [Refused, Expired, Declined, Cancelled, Transferred, Attended, PartlyAttended, Absent] {
            for step in EnrolmentStep::ALL {
                let corrects = step.as_str().starts_with("correct_to_");
                let outcome = matches!(ended, Attended | PartlyAttended | Absent);
                // An outcome may be corrected into another outcome, and into nothing else.
                if let Ok(next) = ended.step(*step) {
                    assert!(corrects && outcome && next != ended, "{ended} {step}");
                }
            }
        }
    }
}
