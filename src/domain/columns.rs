//! How domain values lie in columns; written once, for any database. A trait of diesel is implemented for a type in the crate of
//! one of them, so it is here and not in the store, which alone asks for it (the feature `columns`).

mod moments;

use crate::access::Role;
use crate::agreements::AgreementState;
use crate::attendance::Mark;
use crate::calendar::{Day, HalfDay, Instant, Zone};
use crate::candidacies::{CandidacyState, PieceState};
use crate::certificates::CertificateState;
use crate::certifications::{AccessRoute, Acquisition, AssessmentKind, BlockCode, RecordCode};
use crate::courses::Stage;
use crate::declarations::{
    ClientId, ContractId, DeclarationState, FileState, FlowId, ReasonKind, TechnicalId,
};
use crate::enrolments::{EnrolmentState, GroupPolicy};
use crate::ids::{
    AccountId, AgreementId, AppealId, AttemptId, CandidacyId, CertificateId, CertificationId,
    CertificationVersionId, CourseId, CourseVersionId, DeclarationFileId, DeclarationId, DeclarationReportId,
    EmploymentId, EnrolmentId, GroupId, ImportId, JurorId, JuryId, LetterId, LinkId, LoginId, MembershipId,
    MinutesId, OrganisationId, PersonId, PieceId, ProgrammeId, QuestionId, ReservationId, SessionId,
    SignatureId, SlotId, StatusListId, SurveyId,
};
use crate::journal::SecretName;
use crate::juries::verdicts::{Appearance, BlockResult, Decision};
use crate::juries::{Capacity as JurorCapacity, JuryState, SittingMode};
use crate::keys::{PublicKey, Sealed, Signature};
use crate::letters::LetterKind;
use crate::organisations::{Capacity, Nomenclature, Siret};
use crate::people::{EmailAddress, JobGroup};
use crate::programmes::TargetKind;
use crate::reference::CommuneCode;
use crate::sessions::SessionState;
use crate::signatures::Way;
use crate::surveys::{Audience, Moment, QuestionKind};
use crate::text::{Language, Name, Title};
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
    AgreementStateColumn(AgreementState),
    MarkColumn(Mark),
    HalfDayColumn(HalfDay),
    ZoneColumn(Zone),
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
    CommuneColumn(CommuneCode),
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
    AgreementColumn(AgreementId),
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

/// What comes back is read by `moments.rs`, for each database as it keeps them.
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
