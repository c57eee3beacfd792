//! What one can do: one function for each action of the policy, in the same order everywhere:
//! may, load, decide, keep, tell.

use clock::Clock;
use credentials::{Keys, Passwords};
use domain::access::Denied;
use mail::{self, Sender};
use store::{self, Store};

mod act;
mod once;

pub mod accounts;
pub mod agreements;
pub mod attendance;
pub mod candidacies;
pub mod catalogue;
pub mod certificates;
pub mod certifications;
pub mod courses;
pub mod declarations;
pub mod enrolments;
pub mod exports;
pub mod identities;
pub mod imports;
pub mod invitations;
pub mod journal;
pub mod juries;
pub mod keys;
pub mod letters;
pub mod link_requests;
pub mod members;
pub mod organisations;
pub mod people;
pub mod programmes;
pub mod rounds;
pub mod sessions;
pub mod signatures;
pub mod surveys;
pub mod tracks;

pub use act::Act;
pub use once::Once;

/// What the actions work with.
#[derive(Clone)]
pub struct House {
    pub store: Store,
    pub clock: Clock,
    pub passwords: Passwords,
    /// Who signs the letters, and at which address their links lead.
    pub sender: Sender,
    /// What seals and signs; none on a server that was given no master key.
    pub keys: Option<Keys>,
    /// Minutes between two checkpoints of the journal.
    pub checkpoint_minutes: i64,
    /// The public host under which certifiers sign; none while this installation has no https address.
    pub issuer_host: Option<String>,
    /// The form that asks, where one does.
    pub once: Option<Once>,
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Refused(Refusal),
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The form was sent before, and did what it asks for.
    #[error("the form was sent before")]
    Again,
    /// A fault of the machine, not of the person.
    #[error("{0}")]
    Fault(String),
}

/// Why an act is refused to a person, in the words of its noun.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Account(#[from] domain::accounts::Refusal),
    #[error(transparent)]
    Agreement(#[from] domain::agreements::Refusal),
    #[error(transparent)]
    Organisation(#[from] domain::organisations::Refusal),
    #[error(transparent)]
    Person(#[from] domain::people::Refusal),
    #[error(transparent)]
    Programme(#[from] domain::programmes::Refusal),
    #[error(transparent)]
    Import(#[from] domain::imports::Refusal),
    #[error(transparent)]
    Course(#[from] domain::courses::Refusal),
    #[error(transparent)]
    Certification(#[from] domain::certifications::Refusal),
    #[error(transparent)]
    Candidacy(#[from] domain::candidacies::Refusal),
    #[error(transparent)]
    Jury(#[from] domain::juries::Refusal),
    #[error(transparent)]
    Identity(#[from] domain::identities::Refusal),
    #[error(transparent)]
    Certificate(#[from] domain::certificates::Refusal),
    #[error(transparent)]
    Declaration(#[from] domain::declarations::Refusal),
    #[error(transparent)]
    Session(#[from] domain::sessions::Refusal),
    #[error(transparent)]
    Enrolment(#[from] domain::enrolments::Refusal),
    #[error(transparent)]
    Attendance(#[from] domain::attendance::Refusal),
    #[error(transparent)]
    Signature(#[from] domain::signatures::Refusal),
    #[error(transparent)]
    Key(#[from] domain::keys::Refusal),
    #[error(transparent)]
    Survey(#[from] domain::surveys::Refusal),
}

impl<R: Into<Refusal>> From<R> for Error {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<domain::agreements::Illegal> for Refusal {
    fn from(illegal: domain::agreements::Illegal) -> Self {
        Self::Agreement(illegal.into())
    }
}

impl From<domain::sessions::Illegal> for Refusal {
    fn from(illegal: domain::sessions::Illegal) -> Self {
        Self::Session(illegal.into())
    }
}

impl From<domain::enrolments::Illegal> for Refusal {
    fn from(illegal: domain::enrolments::Illegal) -> Self {
        Self::Enrolment(illegal.into())
    }
}

impl From<mail::Fault> for Error {
    fn from(fault: mail::Fault) -> Self {
        Self::Fault(fault.to_string())
    }
}

/// What an action answers.
pub type Done<T> = Result<T, Error>;
