//! How domain values lie in columns; written once, for any database.

use crate::domain::access::Role;
use crate::domain::attendance::Mark;
use crate::domain::calendar::{Day, HalfDay, Instant};
use crate::domain::candidacies::{CandidacyState, PieceState};
use crate::domain::certificates::CertificateState;
use crate::domain::certifications::{AccessRoute, Acquisition, AssessmentKind, BlockCode, RecordCode};
use crate::domain::courses::Stage;
use crate::domain::declarations::{
    ClientId, ContractId, DeclarationState, FileState, FlowId, ReasonKind, TechnicalId,
};
use crate::domain::enrolments::{EnrolmentState, GroupPolicy};
use crate::domain::ids::{
    AccountId, AppealId, AttemptId, CandidacyId, CertificateId, CertificationId, CertificationVersionId,
    CourseId, CourseVersionId, DeclarationFileId, DeclarationId, DeclarationReportId, EmploymentId,
    EnrolmentId, GroupId, ImportId, JurorId, JuryId, LetterId, LinkId, LoginId, MembershipId, MinutesId,
    OrganisationId, PersonId, PieceId, ProgrammeId, QuestionId, ReservationId, SessionId, SignatureId,
    SlotId, StatusListId, SurveyId,
};
use crate::domain::journal::SecretName;
use crate::domain::juries::verdicts::{Appearance, BlockResult, Decision};
use crate::domain::juries::{Capacity as JurorCapacity, JuryState, SittingMode};
use crate::domain::keys::{PublicKey, Sealed, Signature};
use crate::domain::letters::LetterKind;
use crate::domain::organisations::{Capacity, Nomenclature, Siret};
use crate::domain::people::{EmailAddress, JobGroup};
use crate::domain::programmes::TargetKind;
use crate::domain::sessions::SessionState;
use crate::domain::signatures::Way;
use crate::domain::surveys::{Audience, Moment, QuestionKind};
use crate::domain::text::{Language, Name, Title};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{BigInt, Date, Text, Timestamp};

/// A value kept as text; what comes back is parsed like what is typed.
macro_rules! kept_as_text {
    ($($proxy:ident($value:ty)),+ $(,)?) => {$(
        #[derive(Debug, AsExpression, FromSqlRow)]
        #[diesel(foreign_derive)]
        #[diesel(sql_type = Text)]
        #[expect(dead_code, reason = "stands in for the domain's type in the derive only")]
        struct $proxy($value);

        impl<DB: Backend> ToSql<Text, DB> for $value
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.as_str().to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $value
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse()?)
            }
        }
    )+};
}

kept_as_text! {
    RoleColumn(Role),
    MarkColumn(Mark),
    HalfDayColumn(HalfDay),
    StageColumn(Stage),
    EnrolmentStateColumn(EnrolmentState),
    GroupPolicyColumn(GroupPolicy),
    LetterKindColumn(LetterKind),
    CapacityColumn(Capacity),
    NomenclatureColumn(Nomenclature),
    SiretColumn(Siret),
    EmailColumn(EmailAddress),
    JobGroupColumn(JobGroup),
    TargetKindColumn(TargetKind),
    SessionStateColumn(SessionState),
    WayColumn(Way),
    NameColumn(Name),
    TitleColumn(Title),
    LanguageColumn(Language),
    MomentColumn(Moment),
    AudienceColumn(Audience),
    QuestionKindColumn(QuestionKind),
    SecretNameColumn(SecretName),
    SealedColumn(Sealed),
    PublicKeyColumn(PublicKey),
    KeySignatureColumn(Signature),
    AccessRouteColumn(AccessRoute),
    AcquisitionColumn(Acquisition),
    AssessmentKindColumn(AssessmentKind),
    BlockCodeColumn(BlockCode),
    RecordCodeColumn(RecordCode),
    CandidacyStateColumn(CandidacyState),
    PieceStateColumn(PieceState),
    CertificateStateColumn(CertificateState),
    ClientColumn(ClientId),
    ContractColumn(ContractId),
    DeclarationStateColumn(DeclarationState),
    FileStateColumn(FileState),
    FlowColumn(FlowId),
    ReasonKindColumn(ReasonKind),
    TechnicalColumn(TechnicalId),
    JuryStateColumn(JuryState),
    JurorCapacityColumn(JurorCapacity),
    SittingModeColumn(SittingMode),
    AppearanceColumn(Appearance),
    BlockResultColumn(BlockResult),
    DecisionColumn(Decision),
}

/// A newtype kept as what it wraps.
macro_rules! kept_as_inner {
    ($sql:ty, $inner:ty: $($proxy:ident($value:ident)),+ $(,)?) => {$(
        #[derive(Debug, AsExpression, FromSqlRow)]
        #[diesel(foreign_derive)]
        #[diesel(sql_type = $sql)]
        #[expect(dead_code, reason = "stands in for the domain's type in the derive only")]
        struct $proxy($value);

        impl<DB: Backend> ToSql<$sql, DB> for $value
        where
            $inner: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<$sql, DB> for $value
        where
            $inner: FromSql<$sql, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                <$inner>::from_sql(bytes).map(Self)
            }
        }
    )+};
}

kept_as_inner! { BigInt, i64:
    AccountColumn(AccountId),
    AppealColumn(AppealId),
    AttemptColumn(AttemptId),
    CandidacyColumn(CandidacyId),
    CertificateColumn(CertificateId),
    JurorColumn(JurorId),
    JuryColumn(JuryId),
    MinutesColumn(MinutesId),
    PieceColumn(PieceId),
    CertificationColumn(CertificationId),
    CertificationVersionColumn(CertificationVersionId),
    CourseColumn(CourseId),
    CourseVersionColumn(CourseVersionId),
    DeclarationFileColumn(DeclarationFileId),
    DeclarationColumn(DeclarationId),
    DeclarationReportColumn(DeclarationReportId),
    EmploymentColumn(EmploymentId),
    EnrolmentColumn(EnrolmentId),
    GroupColumn(GroupId),
    ImportColumn(ImportId),
    LetterColumn(LetterId),
    LinkColumn(LinkId),
    LoginColumn(LoginId),
    MembershipColumn(MembershipId),
    OrganisationColumn(OrganisationId),
    PersonColumn(PersonId),
    ProgrammeColumn(ProgrammeId),
    QuestionColumn(QuestionId),
    ReservationColumn(ReservationId),
    SessionColumn(SessionId),
    SignatureColumn(SignatureId),
    SlotColumn(SlotId),
    StatusListColumn(StatusListId),
    SurveyColumn(SurveyId),
}
kept_as_inner! { Date, chrono::NaiveDate: DayColumn(Day) }

/// What comes back is read by `backend/moments.rs`, for each database as it keeps them.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(foreign_derive)]
#[diesel(sql_type = Timestamp)]
#[expect(dead_code, reason = "stands in for the domain's type in the derive only")]
struct InstantColumn(Instant);

impl<DB: Backend> ToSql<Timestamp, DB> for Instant
where
    chrono::NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}
