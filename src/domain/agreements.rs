//! What an organisation that has people of its own is asked before it takes part in a programme.

use super::calendar::Instant;
use super::named;

named! {
    AgreementState {
        Asked = "asked",
        /// It takes part from then on.
        Given = "given",
        Declined = "declined",
        Withdrawn = "withdrawn",
    }
}

named! {
    AgreementStep {
        /// Once more, by who asked before.
        Ask = "ask",
        /// By the organisation, also when it has declined before.
        Agree = "agree",
        /// By the organisation.
        Decline = "decline",
        /// By who asked.
        Withdraw = "withdraw",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an agreement that is {from} cannot {step}")]
pub struct Illegal {
    pub from: AgreementState,
    pub step: AgreementStep,
}

impl AgreementState {
    /// The whole life of an agreement; no other line of the house chooses a state.
    pub fn step(self, step: AgreementStep) -> Result<Self, Illegal> {
        use AgreementState::{Asked, Declined, Given, Withdrawn};
        Ok(match (self, step) {
            (Declined | Withdrawn, AgreementStep::Ask) => Asked,
            (Asked | Declined, AgreementStep::Agree) => Given,
            (Asked, AgreementStep::Decline) => Declined,
            (Asked, AgreementStep::Withdraw) => Withdrawn,
            _ => return Err(Illegal { from: self, step }),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Illegal(#[from] Illegal),
    #[error("it said no not long ago")]
    SaidNo,
}

/// Days after a no during which the same is not asked again. The organisation itself may still say yes.
pub const NO_STANDS_DAYS: i64 = 30;

/// Whether the same may be asked again after an agreement that ended so, at that moment.
pub fn check_again(ended: AgreementState, at: Instant, now: Instant) -> Result<(), Refusal> {
    let stands = ended == AgreementState::Declined && now < at.plus_days(NO_STANDS_DAYS);
    if stands { Err(Refusal::SaidNo) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Zone;

    #[test]
    fn what_was_given_stays_given() {
        for step in AgreementStep::ALL {
            assert!(AgreementState::Given.step(*step).is_err(), "{step}");
        }
    }

    #[test]
    fn only_the_organisation_gives() {
        for (state, step) in
            AgreementState::ALL.iter().flat_map(|s| AgreementStep::ALL.iter().map(move |t| (s, t)))
        {
            let is_given = state.step(*step) == Ok(AgreementState::Given);
            assert!(!is_given || *step == AgreementStep::Agree, "{state} {step}");
        }
    }

    #[test]
    fn a_no_stands_for_its_days_and_nothing_else_does() {
        let at = Zone::PARIS.instant("2026-11-24".parse().unwrap(), "10:00".parse().unwrap()).unwrap();
        let (before, after) = (at.plus_days(NO_STANDS_DAYS).plus_seconds(-1), at.plus_days(NO_STANDS_DAYS));
        assert_eq!(check_again(AgreementState::Declined, at, before), Err(Refusal::SaidNo));
        assert_eq!(check_again(AgreementState::Declined, at, after), Ok(()));
        assert_eq!(check_again(AgreementState::Withdrawn, at, at), Ok(()));
    }
}
