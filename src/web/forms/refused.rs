//! Which field a refusal is about.

use actions::Refusal;

/// A refusal that may be about a field. Each noun says it once, beside its forms.
pub trait Refused {
    /// The name of the field on the wire; none where it is about the whole of what was asked.
    fn field(&self) -> Option<&'static str>;
}

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Account(no) => no.field(),
            Self::Jury(no) => no.field(),
            Self::Organisation(no) => no.field(),
            Self::Session(no) => no.field(),
            Self::Enrolment(no) => no.field(),
            Self::Attendance(no) => no.field(),
            Self::Course(no) => no.field(),
            Self::Identity(no) => no.field(),
            Self::Person(no) => no.field(),
            Self::Programme(no) => no.field(),
            Self::Survey(no) => no.field(),
            Self::Candidacy(no) => no.field(),
            Self::Certificate(no) => no.field(),
            _ => None,
        }
    }
}
