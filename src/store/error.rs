//! What can go wrong between the house and its database.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

/// A unique rule of the database that an action may run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    AccountEmail,
    AppealOnce,
    AttemptOnce,
    CandidacyOnce,
    CheckpointNumber,
    EmploymentOnce,
    EnrolmentOnce,
    FormOnce,
    IssuerName,
    JurorOnce,
    OrganisationSiret,
    OutboxOccasion,
    SigningKeyActive,
    StaffNumber,
    Other,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such row within reach.
    #[error("no such row within reach")]
    Missing,
    /// A unique rule is broken. On PostgreSQL the transaction is over.
    #[error("a unique rule is broken: {0:?}")]
    Taken(Unique),
    /// Somebody moved the row since it was read.
    #[error("somebody moved the row since it was read")]
    Stale,
    /// The database cannot answer now; the same question may be asked again.
    #[error("the database cannot answer now: {0}")]
    Busy(String),
    /// A fault of the program or of the database.
    #[error("the database is at fault")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    pub(super) fn broken(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Broken(Box::new(source))
    }
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match error {
            Diesel::NotFound => Self::Missing,
            // The connection was lost within a transaction, and is not used again.
            broken @ Diesel::BrokenTransactionManager => Self::Busy(broken.to_string()),
            Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, about) => {
                Self::Taken(super::backend::broken_rule(about.as_ref()))
            }
            Diesel::DatabaseError(
                // A server that was the primary when we connected says read-only.
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::ReadOnlyTransaction,
                about,
            ) => Self::Busy(about.message().to_owned()),
            Diesel::DatabaseError(_, ref about) if super::backend::is_passing(about.message()) => {
                Self::Busy(about.message().to_owned())
            }
            other => Self::broken(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_was_lost_within_a_transaction_passes() {
        assert!(matches!(Error::from(Diesel::BrokenTransactionManager), Error::Busy(_)));
    }

    #[test]
    fn a_primary_that_became_a_standby_passes() {
        let said = Box::new("cannot execute INSERT in a read-only transaction".to_owned());
        let error = Diesel::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, said);
        assert!(matches!(Error::from(error), Error::Busy(_)));
    }
}
