//! Accounts: what a password must be, and when a log-in is refused.

use super::access::{Role, roles_of};
use super::calendar::{Day, Instant};
use super::organisations::Capacity;
use super::text::search_key;

/// Characters that a password has at least.
pub const PASSWORD_LEAST: usize = 12;
/// Characters that are still read; longer ones only cost.
pub const PASSWORD_MOST: usize = 256;
/// Failures after which an account or an address must wait.
pub const FREE_FAILURES: i64 = 5;
/// Failures of one address after which it must wait: many people may sit behind one.
pub const FREE_FAILURES_OF_ADDRESS: i64 = 30;
/// Minutes during which failures count.
pub const FAILURES_COUNT_MINUTES: i64 = 15;
/// Letters with a link of one kind that may be asked for to one address while failures count.
pub const FREE_LINKS: i64 = 3;
/// Hours during which an invitation can be answered.
pub const INVITATION_HOURS: i64 = 7 * 24;
/// Hours during which a password can be set anew.
pub const RESET_HOURS: i64 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("address or password is not right")]
    WrongLogIn,
    #[error("too many failures: wait {seconds} seconds")]
    Throttled { seconds: i64 },
    #[error("a password has at least {PASSWORD_LEAST} characters")]
    PasswordShort,
    #[error("a password has at most {PASSWORD_MOST} characters")]
    PasswordLong,
    #[error("this password is too easy to guess")]
    PasswordCommon,
    #[error("the link is spent or too old")]
    LinkSpent,
    #[error("the current password is not right")]
    WrongPassword,
    #[error("this role is not open to members of this organisation")]
    ForeignRole,
    #[error("this person is a member already")]
    MemberAlready,
    #[error("an auditor's mandate has an end")]
    MandateWithoutEnd,
    #[error("the end lies in the past")]
    EndsInThePast,
    #[error("one does not end one's own membership")]
    OwnMembership,
    #[error("one does not disable one's own account")]
    OwnAccount,
    #[error("this account is disabled")]
    AccountDisabled,
    #[error("this account is open already")]
    AccountOpen,
    #[error("no address is known to write to")]
    NoAddress,
    #[error("the account of this address is another person's")]
    AddressTaken,
}

/// How far the account of a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    NotInvited,
    /// The link of the last invitation still works.
    Invited {
        on: Instant,
    },
    /// It works no longer, and no password was chosen.
    Unanswered {
        since: Instant,
    },
    Open,
}

/// The roles that members of an organisation may hold, by what it is; without an organisation,
/// the administrators of the installation.
pub fn roles_open(capacities: Option<&[Capacity]>) -> Vec<Role> {
    match capacities {
        None => vec![Role::Administrator],
        Some(capacities) => {
            let mut roles: Vec<Role> = capacities.iter().flat_map(|c| roles_of(*c)).copied().collect();
            roles.sort_unstable();
            roles.dedup();
            roles
        }
    }
}

/// Whether somebody may be given this role until that day.
pub fn check_part(role: Role, open: &[Role], ends_on: Option<Day>, today: Day) -> Result<(), Refusal> {
    match ends_on {
        _ if !open.contains(&role) => Err(Refusal::ForeignRole),
        None if role == Role::Auditor => Err(Refusal::MandateWithoutEnd),
        Some(end) if end < today => Err(Refusal::EndsInThePast),
        Some(_) | None => Ok(()),
    }
}

/// Beginnings of passwords that everybody tries first, without digits and signs.
const COMMON: &[&str] = &[
    "motdepasse",
    "password",
    "azerty",
    "qwerty",
    "bonjour",
    "soleil",
    "jetaime",
    "doudou",
    "loulou",
    "marseille",
    "chouchou",
    "princesse",
    "iloveyou",
    "administrateur",
    "administrator",
    "admin",
    "welcome",
    "letmein",
    "parcours",
    "formation",
    "entreprise",
    "football",
    "lille",
    "changeme",
    "secret",
];

/// Whether a password may be used by somebody of this name and address.
pub fn check_password(password: &str, name: &str, email: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < PASSWORD_LEAST {
        return Err(Refusal::PasswordShort);
    }
    if length > PASSWORD_MOST {
        return Err(Refusal::PasswordLong);
    }
    let distinct = password.chars().collect::<std::collections::HashSet<_>>().len();
    let letters: String = search_key(password).chars().filter(|c| c.is_alphabetic()).collect();
    let own = search_key(name)
        .split(' ')
        .chain(email.split(['@', '.']))
        .any(|part| part.len() > 3 && letters == part);
    let common = COMMON.iter().any(|c| letters == *c || letters == format!("{c}{c}"));
    let digits_only = password.chars().all(|c| c.is_ascii_digit());
    if distinct < 5 || own || common || digits_only { Err(Refusal::PasswordCommon) } else { Ok(()) }
}

/// Seconds to wait after so many failures: none at first, then twice as long each time, at most as
/// long as failures count.
pub fn wait_seconds(failures: i64, free: i64) -> i64 {
    if failures < free {
        return 0;
    }
    let doublings = u32::try_from(failures - free).unwrap_or(u32::MAX).min(6);
    (60 * 2_i64.pow(doublings)).min(FAILURES_COUNT_MINUTES * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_passwords_are_refused() {
        let check = |p: &str| check_password(p, "Lou Carpentier", "lou@acme.example");
        assert_eq!(check("court"), Err(Refusal::PasswordShort));
        for easy in [
            "MotDePasse2026!",
            "azertyazerty1",
            "111111111111",
            "aaaaaaaabbbb",
            "Carpentier2026",
            "123456789012",
        ] {
            assert_eq!(check(easy), Err(Refusal::PasswordCommon), "{easy}");
        }
        assert_eq!(check("quatre chevaux verts"), Ok(()));
    }

    #[test]
    fn a_part_is_one_that_the_organisation_has() {
        let today: Day = "2026-11-22".parse().unwrap();
        let (yesterday, tomorrow) = (today.minus_days(1), today.plus_days(1));
        let body = roles_open(Some(&[Capacity::TrainingBody, Capacity::Company]));
        assert_eq!(body, [Role::TrainingManager, Role::Trainer, Role::Employer]);
        assert_eq!(check_part(Role::Trainer, &body, None, today), Ok(()));
        assert_eq!(check_part(Role::Trainer, &body, Some(today), today), Ok(()));
        assert_eq!(check_part(Role::Trainer, &body, Some(yesterday), today), Err(Refusal::EndsInThePast));
        assert_eq!(check_part(Role::Administrator, &body, None, today), Err(Refusal::ForeignRole));
        assert_eq!(check_part(Role::Administrator, &roles_open(None), None, today), Ok(()));
        let operator = roles_open(Some(&[Capacity::Operator]));
        assert_eq!(check_part(Role::Auditor, &operator, None, today), Err(Refusal::MandateWithoutEnd));
        assert_eq!(check_part(Role::Auditor, &operator, Some(tomorrow), today), Ok(()));
    }

    #[test]
    fn the_wait_grows_and_stops_growing() {
        let waits: Vec<_> = [0, 4, 5, 6, 7, 50].map(|n| wait_seconds(n, FREE_FAILURES)).into();
        assert_eq!(waits, [0, 0, 60, 120, 240, 900]);
    }
}
