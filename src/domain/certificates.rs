//! A certificate: its life, and everything that it says, frozen on the day of issue. What the paper prints, what the
//! badge tells and what a stranger may check are these claims and no others.

use super::calendar::Day;
use super::certifications::{BlockCode, Level, RecordCode};
use super::declarations::{self, BirthDate, CivilName, Line};
use super::named;
use super::text::{Name, Title, search_key};

mod issuers;
mod numbers;
mod written;

pub use issuers::Issuer;
pub use numbers::{CertificateNumber, NumberError, VerificationCode, VerificationCodeError};
pub use written::Unreadable;

named! {
    CertificateState {
        Valid = "valid",
        /// Another one was issued in its place.
        Superseded = "superseded",
        Revoked = "revoked",
    }
}

named! {
    CertificateStep {
        Supersede = "supersede",
        Revoke = "revoke",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a certificate that is {from} cannot {step}")]
pub struct Illegal {
    pub from: CertificateState,
    pub step: CertificateStep,
}

impl CertificateState {
    /// The whole life of a certificate; no other line of the house chooses a state.
    ///
    /// What was superseded is relied on by nobody: whoever checks it is led to the one in its place, and that is the one
    /// to revoke. To revoke both would leave two answers to what became of the first. What was revoked is not given
    /// back: who is found in their right holds a new certificate.
    pub fn step(self, step: CertificateStep) -> Result<Self, Illegal> {
        use CertificateState::{Revoked, Superseded, Valid};
        use CertificateStep as Step;
        Ok(match (self, step) {
            (Valid, Step::Supersede) => Superseded,
            (Valid, Step::Revoke) => Revoked,
            _ => return Err(Illegal { from: self, step }),
        })
    }
}

/// Why a certificate is not issued, or not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Illegal(#[from] Illegal),
    #[error("nothing is signed before the certifier said under which name")]
    NoIssuer,
    #[error("this server has no public https address, which every certificate must name")]
    NoHost,
    #[error("a short name has 1 to 60 small letters, digits and hyphens")]
    IssuerName,
    #[error("another certifier signs under this name")]
    IssuerNameTaken,
    #[error("nobody of this jury waits for a certificate")]
    NothingToIssue,
    #[error("the certifier must be told who the holder is by birth")]
    NoIdentity,
    #[error("the reason is missing")]
    ReasonMissing,
    #[error("a certificate without end is not renewed")]
    Endless,
    #[error("a certificate is renewed from {RENEWAL_DAYS} days before its end on")]
    TooEarly,
    #[error("it was renewed already")]
    Renewed,
    #[error("only what was revoked, and is still awarded, is issued anew")]
    NotLost,
    #[error("no font has the sign « {0} »")]
    Unprintable(char),
    #[error("no font has the sign « {0} », of the record or of the certifier")]
    UnprintableRecord(char),
    #[error("all numbers of this record are given for this year")]
    NumbersSpent,
}

/// Where a certificate stands, and since which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub state: CertificateState,
    pub since: Day,
}

impl Standing {
    /// What a certificate of a period is worth on a day.
    pub fn validity(self, (from, until): (Day, Option<Day>), on: Day) -> Validity {
        match self.state {
            CertificateState::Revoked => Validity::Revoked(self.since),
            CertificateState::Superseded => Validity::Superseded(self.since),
            CertificateState::Valid if on < from => Validity::NotYet(from),
            CertificateState::Valid => match until {
                Some(end) if end < on => Validity::Expired(end),
                _ => Validity::Valid,
            },
        }
    }
}

/// Everything that a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "written::Written", into = "written::Written")]
pub struct Claims {
    pub number: CertificateNumber,
    pub code: VerificationCode,
    pub holder: Holder,
    /// The legal name.
    pub certifier: Name,
    pub record: RecordCode,
    /// As the register has it, to the letter.
    pub title: Title,
    /// What stands in the specific register has none.
    pub level: Option<Level>,
    pub scope: Scope,
    /// The day on which the jury decided.
    pub jury_on: Day,
    pub issued_on: Day,
    pub valid_from: Day,
    /// The last day; none for a certificate without end.
    pub valid_until: Option<Day>,
    pub signatory: Signatory,
    /// The one that it was issued in place of.
    pub replaces: Option<CertificateNumber>,
}

/// Three given names of a civil status, at most, and what parts them.
pub type GivenNames = Line<182>;

/// Who holds it, as civil status knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// All of them, in their order.
    pub given_names: GivenNames,
    pub birth_name: CivilName,
    /// Where it differs.
    pub usual_name: Option<CivilName>,
    pub born: Option<BirthDate>,
    /// As it is printed: « Lille (Nord) ».
    pub birthplace: Option<Name>,
}

impl Holder {
    /// Who was told to a certifier; the birthplace as it is to be printed.
    pub fn of(
        told: &declarations::Holder,
        birthplace: Option<Name>,
    ) -> Result<Self, declarations::ValueError> {
        Ok(Self {
            given_names: told.given_names().join(" ").parse()?,
            birth_name: told.birth_name.clone(),
            usual_name: told.other_names.usual.clone(),
            born: Some(told.born),
            birthplace,
        })
    }

    /// The surnames, by birth and in use, as keys that are equal however a name is written.
    pub fn surname_keys(&self) -> (String, Option<String>) {
        let key = |name: &CivilName| search_key(name.as_str());
        (key(&self.birth_name), self.usual_name.as_ref().map(key))
    }

    /// « Léa Marie D’AUBIGNÉ »: surnames stand in capitals on official documents.
    pub fn printed_name(&self) -> String {
        format!("{} {}", self.given_names.as_str(), capitals(&self.birth_name))
    }

    /// « LEROY », where it differs from the birth name.
    pub fn printed_usual_name(&self) -> Option<String> {
        self.usual_name.as_ref().map(capitals).filter(|usual| *usual != capitals(&self.birth_name))
    }
}

fn capitals(name: &CivilName) -> String {
    name.as_str().to_uppercase()
}

/// How much of the certification was obtained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    Whole,
    /// One block of competencies of it, by itself.
    Block {
        code: BlockCode,
        title: Title,
    },
}

/// Who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatory {
    pub name: Name,
    /// « Directrice générale ».
    pub quality: Name,
}

/// Two claims that cannot both be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    #[error("the number is that of another record")]
    Number,
    #[error("the block is of another record")]
    Block,
    #[error("it is issued before the jury decided")]
    IssuedBeforeJury,
    #[error("it ends before it begins")]
    EndsBeforeStart,
    #[error("it replaces itself")]
    ReplacesItself,
}

/// What whoever checks a certificate is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    Valid,
    /// It begins later.
    NotYet(Day),
    /// Its last day was that one.
    Expired(Day),
    /// Since that day, another one stands in its place.
    Superseded(Day),
    /// Since that day it is worth nothing.
    Revoked(Day),
}

/// Days before the end from which a renewal is spoken of.
pub const RENEWAL_DAYS: i64 = 90;

impl Claims {
    /// What was obtained: the certification, or the block of it.
    pub fn scope_title(&self) -> &Title {
        match &self.scope {
            Scope::Whole => &self.title,
            Scope::Block { title, .. } => title,
        }
    }

    pub fn check(&self) -> Result<(), Contradiction> {
        if *self.number.record() != self.record {
            return Err(Contradiction::Number);
        }
        if let Scope::Block { code, .. } = &self.scope
            && !code.is_of(&self.record)
        {
            return Err(Contradiction::Block);
        }
        if self.issued_on < self.jury_on {
            return Err(Contradiction::IssuedBeforeJury);
        }
        if self.valid_until.is_some_and(|end| end < self.valid_from) {
            return Err(Contradiction::EndsBeforeStart);
        }
        if self.replaces.as_ref() == Some(&self.number) {
            return Err(Contradiction::ReplacesItself);
        }
        Ok(())
    }

    /// Its worth on a day. What became of it comes first, whatever the day that is asked about: nobody shall show the
    /// answer for a day gone by in place of a revocation.
    pub fn validity(&self, standing: Standing, on: Day) -> Validity {
        standing.validity((self.valid_from, self.valid_until), on)
    }

    /// The end from which another period may follow, on that day: what holds no more is renewed too.
    pub fn renewable_from(&self, on: Day) -> Result<Day, Refusal> {
        let end = self.valid_until.ok_or(Refusal::Endless)?;
        if end.days_since(on) <= RENEWAL_DAYS { Ok(end) } else { Err(Refusal::TooEarly) }
    }
}

/// The days on one of which a certificate ends whose renewal is spoken of on a day.
pub fn renewal_window(on: Day) -> (Day, Day) {
    (on, on.plus_days(RENEWAL_DAYS.unsigned_abs()))
}

/// The period after another one, of so many months: from the day after its end, or from today where it is over.
pub fn period_after(end: Day, today: Day, months: u32) -> Option<(Day, Day)> {
    let from = end.plus_days(1).max(today);
    Some((from, ends_on(from, months)?))
}

/// The last day of a validity of so many months: the day of the same number, or the last of a month that is too short
/// (Code de procédure civile, art. 641). None for a day that is not written as a date any more.
pub fn ends_on(from: Day, months: u32) -> Option<Day> {
    let end = from.plus_months(months);
    let is_counted = months == 0 || end > from;
    is_counted.then(|| end.iso().parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::CertificateState as State;
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    pub(super) fn claims() -> Claims {
        Claims {
            number: "RNCP99999-2026-000042".parse().unwrap(),
            code: VerificationCode::new([0x5a; 16]),
            holder: Holder {
                given_names: "Léa Marie".parse().unwrap(),
                birth_name: "d’Aubigné".parse().unwrap(),
                usual_name: "Leroy".parse().ok(),
                born: "07/04/1988".parse().ok(),
                birthplace: "Lille (Nord)".parse().ok(),
            },
            certifier: "Institut des Deux Canaux".parse().unwrap(),
            record: "RNCP99999".parse().unwrap(),
            title: "Chef de projet en intelligence artificielle".parse().unwrap(),
            level: "7".parse().ok(),
            scope: Scope::Whole,
            jury_on: day("2026-01-12"),
            issued_on: day("2026-01-20"),
            valid_from: day("2026-01-12"),
            valid_until: Some(day("2031-01-12")),
            signatory: Signatory {
                name: "Irène Vasseur".parse().unwrap(),
                quality: "Directrice générale".parse().unwrap(),
            },
            replaces: None,
        }
    }

    #[test]
    fn only_what_is_valid_changes() {
        use CertificateState::{Revoked, Superseded, Valid};
        assert_eq!(Valid.step(CertificateStep::Supersede), Ok(Superseded));
        assert_eq!(Valid.step(CertificateStep::Revoke), Ok(Revoked));
        for from in [Superseded, Revoked] {
            for step in CertificateStep::ALL.iter().copied() {
                assert_eq!(from.step(step), Err(Illegal { from, step }));
            }
        }
    }

    #[test]
    fn surnames_stand_in_capitals() {
        let mut holder = claims().holder;
        assert_eq!(holder.printed_name(), "Léa Marie D’AUBIGNÉ");
        assert_eq!(holder.printed_usual_name().as_deref(), Some("LEROY"));
        holder.usual_name = "D’AUBIGNÉ".parse().ok();
        assert_eq!(holder.printed_usual_name(), None);
    }

    #[test]
    fn whoever_asks_is_told_what_became_of_it_before_what_the_calendar_says() {
        let claims = claims();
        let since = day("2027-05-02");
        let told = |state, on| claims.validity(Standing { state, since }, day(on));
        assert_eq!(told(State::Valid, "2026-01-11"), Validity::NotYet(day("2026-01-12")));
        assert_eq!(told(State::Valid, "2026-01-12"), Validity::Valid);
        assert_eq!(told(State::Valid, "2031-01-12"), Validity::Valid);
        assert_eq!(told(State::Valid, "2031-01-13"), Validity::Expired(day("2031-01-12")));
        for on in ["2026-01-11", "2026-06-01", "2028-01-01", "2040-01-01"] {
            assert_eq!(told(State::Superseded, on), Validity::Superseded(since));
            assert_eq!(told(State::Revoked, on), Validity::Revoked(since));
        }
        let endless = Claims { valid_until: None, ..claims.clone() };
        let standing = Standing { state: State::Valid, since };
        assert_eq!(endless.validity(standing, day("2199-12-31")), Validity::Valid);
    }

    #[test]
    fn a_renewal_follows_the_period_or_begins_today() {
        let claims = claims();
        assert_eq!(claims.renewable_from(day("2030-10-13")), Err(Refusal::TooEarly));
        assert_eq!(claims.renewable_from(day("2030-10-14")), Ok(day("2031-01-12")));
        assert_eq!(claims.renewable_from(day("2035-01-01")), Ok(day("2031-01-12")));
        let endless = Claims { valid_until: None, ..claims };
        assert_eq!(endless.renewable_from(day("2035-01-01")), Err(Refusal::Endless));
        let (first, last) = renewal_window(day("2030-10-14"));
        assert_eq!((first, last), (day("2030-10-14"), day("2031-01-12")));
        let end = day("2031-01-12");
        let after = |today: &str| period_after(end, day(today), 12);
        assert_eq!(after("2030-12-01"), Some((day("2031-01-13"), day("2032-01-13"))));
        assert_eq!(after("2033-02-28"), Some((day("2033-02-28"), day("2034-02-28"))));
    }

    #[test]
    fn a_validity_ends_on_the_same_day_of_a_later_month_or_on_its_last() {
        for (from, months, end) in [
            ("2026-01-12", 60, Some("2031-01-12")),
            ("2026-01-31", 1, Some("2026-02-28")),
            ("2027-08-31", 6, Some("2028-02-29")),
            ("2024-02-29", 12, Some("2025-02-28")),
            ("2024-02-29", 48, Some("2028-02-29")),
            ("2026-02-28", 1, Some("2026-03-28")),
            ("2026-12-31", 0, Some("2026-12-31")),
            ("2190-01-01", 240, None),
            ("2026-01-01", u32::MAX, None),
        ] {
            assert_eq!(ends_on(day(from), months), end.map(day), "{from} and {months} months");
        }
    }

    #[test]
    fn claims_that_cannot_both_be_true_are_told() {
        type Change = fn(&mut Claims);
        let cases: [(Change, Contradiction); 5] = [
            (|c| c.number = "RNCP99998-2026-000042".parse().unwrap(), Contradiction::Number),
            (
                |c| {
                    let (code, title) = ("RNCP99998BC01".parse().unwrap(), "Bloc".parse().unwrap());
                    c.scope = Scope::Block { code, title };
                },
                Contradiction::Block,
            ),
            (|c| c.issued_on = day("2026-01-11"), Contradiction::IssuedBeforeJury),
            (|c| c.valid_until = Some(day("2026-01-11")), Contradiction::EndsBeforeStart),
            (|c| c.replaces = Some(c.number.clone()), Contradiction::ReplacesItself),
        ];
        assert_eq!(claims().check(), Ok(()));
        for (change, contradiction) in cases {
            let mut claims = claims();
            change(&mut claims);
            assert_eq!(claims.check(), Err(contradiction));
        }
    }

    proptest! {
        #[test]
        fn a_life_has_one_step_at_most(steps in proptest::collection::vec(0usize..CertificateStep::ALL.len(), 0..8)) {
            let (mut state, mut taken) = (CertificateState::Valid, 0);
            for at in steps {
                let step = CertificateStep::ALL[at];
                match state.step(step) {
                    Ok(next) => {
                        prop_assert_eq!(state, CertificateState::Valid);
                        prop_assert!(next != CertificateState::Valid);
                        (state, taken) = (next, taken + 1);
                    }
                    Err(illegal) => prop_assert_eq!(illegal, Illegal { from: state, step }),
                }
            }
            prop_assert!(taken <= 1);
        }

        #[test]
        fn a_validity_never_ends_before_it_begins(after in 0u64..40_000, months in 0u32..1200) {
            let from = day("2000-01-01").plus_days(after);
            if let Some(end) = ends_on(from, months) {
                prop_assert!(end >= from);
                prop_assert!(end <= from.plus_days(u64::from(months) * 31));
                prop_assert_eq!(Some(end), end.iso().parse().ok());
            }
        }
    }
}
