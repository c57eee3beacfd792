//! One type for each kind of row number, so that a person's is never taken for a session's.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    AccountId,
    AgreementId,
    AppealId,
    AttemptId,
    CandidacyId,
    CertificateId,
    CertificationId,
    CertificationVersionId,
    CourseId,
    CourseVersionId,
    DeclarationFileId,
    DeclarationId,
    DeclarationReportId,
    EmploymentId,
    EnrolmentId,
    GroupId,
    ImportId,
    JurorId,
    JuryId,
    LetterId,
    LinkId,
    LoginId,
    MembershipId,
    MinutesId,
    OrganisationId,
    PersonId,
    PieceId,
    ProgrammeId,
    QuestionId,
    ReservationId,
    SessionId,
    SignatureId,
    SlotId,
    StatusListId,
    SurveyId,
}
