//! Roles, actions, and the policy: who may do what, and how far.

use super::ids::{
    AccountId, CandidacyId, EnrolmentId, JuryId, MembershipId, OrganisationId, PersonId, SessionId, SurveyId,
};
use super::named;

named! {
    /// A part that somebody plays. The last three are nobody's membership: the holder of a
    /// personal link, a stranger, and the house itself when it acts by the clock.
    Role {
        Administrator = "administrator",
        Operator = "operator",
        Funder = "funder",
        Auditor = "auditor",
        TrainingManager = "training_manager",
        Trainer = "trainer",
        Employer = "employer",
        Certifier = "certifier",
        Juror = "juror",
        Trainee = "trainee",
        Link = "link",
        Anyone = "anyone",
        House = "house",
    }
}

named! {
    /// Everything that can be done, each by one function of `actions` or one page.
    Action {
        ReadPublicPages = "read_public_pages",
        LogIn = "log_in",
        LogOut = "log_out",
        SetPassword = "set_password",
        KeepOwnAccount = "keep_own_account",
        ReadHome = "read_home",
        OpenAccount = "open_account",
        InviteEmployee = "invite_employee",
        CreateAdministrator = "create_administrator",
        ReadAccounts = "read_accounts",
        DisableAccount = "disable_account",
        ReadMembers = "read_members",
        InviteMember = "invite_member",
        EndMembership = "end_membership",
        ReadProgramme = "read_programme",
        SetTargets = "set_targets",
        FoundProgramme = "found_programme",
        ReadOrganisations = "read_organisations",
        ExportOrganisations = "export_organisations",
        RegisterOrganisation = "register_organisation",
        EditOrganisation = "edit_organisation",
        ReadStaff = "read_staff",
        ExportStaff = "export_staff",
        AddStaff = "add_staff",
        ImportStaff = "import_staff",
        EditStaff = "edit_staff",
        ReadCourses = "read_courses",
        EditCourse = "edit_course",
        EditCertification = "edit_certification",
        ApplyForCertification = "apply_for_certification",
        ReadCandidacies = "read_candidacies",
        JudgeCandidacy = "judge_candidacy",
        WithdrawCandidacy = "withdraw_candidacy",
        ReadJuries = "read_juries",
        ComposeJury = "compose_jury",
        StateInterest = "state_interest",
        ChairJury = "chair_jury",
        AssessCandidate = "assess_candidate",
        SignMinutes = "sign_minutes",
        AppealResult = "appeal_result",
        AnswerAppeal = "answer_appeal",
        TellIdentity = "tell_identity",
        ReadIdentity = "read_identity",
        EditIssuer = "edit_issuer",
        ReadCertificates = "read_certificates",
        IssueCertificates = "issue_certificates",
        ChangeCertificate = "change_certificate",
        PublishLists = "publish_lists",
        EditDeclarant = "edit_declarant",
        ReadDeclarations = "read_declarations",
        Declare = "declare",
        ReadSessions = "read_sessions",
        PlanSession = "plan_session",
        PublishSession = "publish_session",
        ConfirmSession = "confirm_session",
        StartSession = "start_session",
        CloseSession = "close_session",
        CancelSession = "cancel_session",
        ReadPlaces = "read_places",
        ExportPlaces = "export_places",
        RequestEnrolment = "request_enrolment",
        AddEnrolment = "add_enrolment",
        ApproveEnrolment = "approve_enrolment",
        AnswerOffer = "answer_offer",
        CancelEnrolment = "cancel_enrolment",
        SubstituteEnrolment = "substitute_enrolment",
        TransferEnrolment = "transfer_enrolment",
        ExceedCapacity = "exceed_capacity",
        ReserveSeats = "reserve_seats",
        ReadAttendance = "read_attendance",
        MarkAttendance = "mark_attendance",
        ShowRoomCode = "show_room_code",
        SignAttendance = "sign_attendance",
        CollectSignature = "collect_signature",
        CorrectAttendance = "correct_attendance",
        WithdrawSignature = "withdraw_signature",
        AskSignature = "ask_signature",
        WaiveProof = "waive_proof",
        Countersign = "countersign",
        AnswerSurvey = "answer_survey",
        ReadSurveys = "read_surveys",
        EditQuestions = "edit_questions",
        ReadLetters = "read_letters",
        ReadOwnLetters = "read_own_letters",
        ReadPlaceLetters = "read_place_letters",
        RetryLetter = "retry_letter",
        ReadJournal = "read_journal",
        ExportJournal = "export_journal",
        VerifyJournal = "verify_journal",
        RenewSigningKey = "renew_signing_key",
        RunRounds = "run_rounds",
        ReadDemoLetters = "read_demo_letters",
    }
}

/// How far a role may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    All,
    Own,
    No,
}

/// Who may do what, and how far. The only place where a permission is written.
/// The columns follow [`Role::ALL`].
#[rustfmt::skip]
#[expect(clippy::match_same_arms, reason = "a table has a row for each action")]
pub const fn policy(action: Action) -> [Span; 13] {
    use Action::*;
    use Span::*;
    match action {
        //                       admin oper  fund  audit train train emplo certi juror train link  any   house
        //                             ator  er    or    manag er    yer   fier        ee          one
        ReadPublicPages      => [ All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  No  ],
        LogIn                => [ All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  No  ],
        LogOut               => [ Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  No,   Own,  No  ],
        SetPassword          => [ Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  No,   Own,  No  ],
        KeepOwnAccount       => [ Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  No,   No,   No  ],
        ReadHome             => [ Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  No,   No,   No  ],
        OpenAccount          => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No  ],
        InviteEmployee       => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No  ],
        CreateAdministrator  => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   All ],
        ReadAccounts         => [ All,  No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No  ],
        DisableAccount       => [ All,  No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No  ],
        ReadMembers          => [ All,  Own,  No,   No,   Own,  No,   Own,  Own,  No,   No,   No,   No,   No  ],
        InviteMember         => [ All,  Own,  No,   No,   Own,  No,   Own,  Own,  No,   No,   No,   No,   No  ],
        EndMembership        => [ All,  Own,  No,   No,   Own,  No,   Own,  Own,  No,   No,   No,   No,   No  ],
        ReadProgramme        => [ All,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  No,   No,   No  ],
        SetTargets           => [ All,  Own,  No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No  ],
        FoundProgramme       => [ All,  No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No  ],
        ReadOrganisations    => [ All,  Own,  No,   Own,  Own,  No,   Own,  Own,  No,   No,   No,   No,   No  ],
        ExportOrganisations  => [ All,  Own,  No,   Own,  No,   No,   No,   No,   No,   No,   No,   No,   No  ],
        RegisterOrganisation => [ All,  Own,  No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No  ],
        EditOrganisation     => [ All,  Own,  No,   No,   Own,  No,   Own,  Own,  No,   No,   No,   No,   No  ],
        ReadStaff            => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No  ],
        ExportStaff          => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No  ],
        AddStaff             => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No  ],
        ImportStaff          => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   All ],
        EditStaff            => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No  ],
        ReadCourses          => [ No,   Own,  No,   Own,  Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        EditCourse           => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        EditCertification    => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        ApplyForCertification=> [ No,   No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No  ],
        ReadCandidacies      => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   Own,  No,   No,   No  ],
        JudgeCandidacy       => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        WithdrawCandidacy    => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   Own,  No,   No,   No  ],
        ReadJuries           => [ No,   No,   No,   No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No  ],
        ComposeJury          => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        StateInterest        => [ No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No  ],
        ChairJury            => [ No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No  ],
        AssessCandidate      => [ No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No  ],
        SignMinutes          => [ No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No  ],
        AppealResult         => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No  ],
        AnswerAppeal         => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        TellIdentity         => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No  ],
        ReadIdentity         => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   Own,  No,   No,   No  ],
        EditIssuer           => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        ReadCertificates     => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   Own,  No,   No,   No  ],
        IssueCertificates    => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        ChangeCertificate    => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        PublishLists         => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   All ],
        EditDeclarant        => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        ReadDeclarations     => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        Declare              => [ No,   No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No  ],
        ReadSessions         => [ No,   Own,  No,   Own,  Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        PlanSession          => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        PublishSession       => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        ConfirmSession       => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        StartSession         => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   All ],
        CloseSession         => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        CancelSession        => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        ReadPlaces           => [ No,   Own,  No,   Own,  Own,  Own,  Own,  No,   No,   Own,  Own,  No,   All ],
        ExportPlaces         => [ No,   Own,  No,   Own,  Own,  No,   Own,  No,   No,   No,   No,   No,   No  ],
        RequestEnrolment     => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   Own,  No,   No,   No  ],
        AddEnrolment         => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        ApproveEnrolment     => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No  ],
        AnswerOffer          => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   Own,  Own,  No,   No  ],
        CancelEnrolment      => [ No,   No,   No,   No,   Own,  No,   Own,  No,   No,   Own,  Own,  No,   No  ],
        SubstituteEnrolment  => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No  ],
        TransferEnrolment    => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        ExceedCapacity       => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        ReserveSeats         => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   All ],
        ReadAttendance       => [ No,   Own,  No,   Own,  Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        MarkAttendance       => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        ShowRoomCode         => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        SignAttendance       => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   Own,  Own,  No,   No  ],
        CollectSignature     => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        WithdrawSignature    => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        AskSignature         => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        WaiveProof           => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        CorrectAttendance    => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        Countersign          => [ No,   No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        ReadLetters          => [ All,  Own,  No,   No,   Own,  Own,  Own,  No,   No,   No,   No,   No,   No  ],
        ReadOwnLetters       => [ Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  Own,  No,   No,   No  ],
        ReadPlaceLetters     => [ No,   Own,  No,   No,   Own,  Own,  Own,  No,   No,   Own,  Own,  No,   No  ],
        AnswerSurvey         => [ No,   No,   No,   No,   No,   No,   Own,  No,   No,   Own,  Own,  No,   No  ],
        ReadSurveys          => [ No,   Own,  No,   Own,  Own,  Own,  No,   No,   No,   No,   No,   No,   No  ],
        EditQuestions        => [ No,   No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        RetryLetter          => [ All,  No,   No,   No,   Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        ReadJournal          => [ No,   Own,  No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No,   No  ],
        ExportJournal        => [ No,   No,   No,   Own,  Own,  No,   No,   No,   No,   No,   No,   No,   All ],
        VerifyJournal        => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   All ],
        RenewSigningKey      => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   All ],
        RunRounds            => [ No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   No,   All ],
        ReadDemoLetters      => [ All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  All,  No  ],
    }
}

/// A role that somebody holds in an organisation, from one day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub id: MembershipId,
    pub role: Role,
    /// None for the administrator, whose realm is the installation.
    pub organisation: Option<OrganisationId>,
}

/// The part in which somebody who is logged in acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Member(Membership),
    Trainee(PersonId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Nobody,
    House,
    Holder(EnrolmentId),
    Respondent(SurveyId),
    LoggedIn { account: AccountId, part: Option<Part> },
}

/// Who is at the door. Made by the log-in (`store::logins`), by a personal link (`store::links`),
/// or for the house itself; `tests/house.rs` holds that nobody else makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor(Who);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{role} may not {action}")]
pub struct Denied {
    pub role: Role,
    pub action: Action,
}

impl Actor {
    pub const NOBODY: Self = Self(Who::Nobody);
    pub const HOUSE: Self = Self(Who::House);

    pub fn holder(enrolment: EnrolmentId) -> Self {
        Self(Who::Holder(enrolment))
    }

    /// The holder of a link to one survey.
    pub fn respondent(survey: SurveyId) -> Self {
        Self(Who::Respondent(survey))
    }

    /// An account without a part may still keep its account and read what is public.
    pub fn logged_in(account: AccountId, part: Option<Part>) -> Self {
        Self(Who::LoggedIn { account, part })
    }

    pub fn account(&self) -> Option<AccountId> {
        match self.0 {
            Who::LoggedIn { account, .. } => Some(account),
            _ => None,
        }
    }

    pub fn part(&self) -> Option<Part> {
        match self.0 {
            Who::LoggedIn { part, .. } => part,
            _ => None,
        }
    }

    /// The organisation that the actor acts for.
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self.part() {
            Some(Part::Member(m)) => m.organisation,
            _ => None,
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        match self.part() {
            Some(Part::Trainee(person)) => Some(person),
            _ => None,
        }
    }

    pub fn role(&self) -> Role {
        match self.0 {
            Who::Nobody => Role::Anyone,
            Who::House => Role::House,
            Who::Holder(_) | Who::Respondent(_) => Role::Link,
            Who::LoggedIn { part: Some(Part::Member(m)), .. } => m.role,
            Who::LoggedIn { part: Some(Part::Trainee(_)) | None, .. } => Role::Trainee,
        }
    }

    /// Asks the policy. What comes back is the only key to people's rows.
    pub fn may(&self, action: Action) -> Result<Reach, Denied> {
        let denied = Denied { role: self.role(), action };
        let column = Role::ALL.iter().position(|r| *r == self.role()).ok_or(denied)?;
        match policy(action).get(column) {
            Some(Span::All) => Ok(Reach(Extent::Everything)),
            Some(Span::Own) => self.own().map(Reach).ok_or(denied),
            Some(Span::No) | None => Err(denied),
        }
    }

    /// What «own» means, for each role.
    fn own(&self) -> Option<Extent> {
        let (account, part) = match self.0 {
            Who::Nobody => return Some(Extent::Nothing),
            Who::House => return Some(Extent::Everything),
            Who::Holder(enrolment) => return Some(Extent::Enrolment(enrolment)),
            Who::Respondent(survey) => return Some(Extent::Survey(survey)),
            Who::LoggedIn { account, part } => (account, part),
        };
        let member = match part {
            None => return Some(Extent::Nothing),
            Some(Part::Trainee(person)) => return Some(Extent::Person(person)),
            Some(Part::Member(member)) => member,
        };
        match (member.role, member.organisation) {
            (Role::Administrator, _) => Some(Extent::Nothing),
            (Role::Operator, Some(operator)) => Some(Extent::OperatedBy(operator)),
            (Role::Auditor, Some(mandator)) => Some(Extent::OperatedBy(mandator)),
            (Role::Funder, Some(_)) => Some(Extent::Figures),
            (Role::TrainingManager, Some(body)) => Some(Extent::TrainingBody(body)),
            (Role::Trainer, Some(body)) => Some(Extent::TaughtBy(account, body)),
            (Role::Employer, Some(company)) => Some(Extent::Company(company)),
            (Role::Certifier, Some(certifier)) => Some(Extent::Certifier(certifier)),
            (Role::Juror, Some(_)) => Some(Extent::JudgedBy(account)),
            (_, None) | (Role::Trainee | Role::Link | Role::Anyone | Role::House, _) => None,
        }
    }
}

/// Which rows a [`Reach`] covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Everything,
    /// What belongs to the programmes that this organisation operates.
    OperatedBy(OrganisationId),
    TrainingBody(OrganisationId),
    /// What a trainer teaches for one training body.
    TaughtBy(AccountId, OrganisationId),
    Company(OrganisationId),
    Certifier(OrganisationId),
    JudgedBy(AccountId),
    Person(PersonId),
    Enrolment(EnrolmentId),
    Survey(SurveyId),
    /// Counts, and no row.
    Figures,
    Nothing,
}

impl Extent {
    /// Whether whoever reaches a place so is told where the session is held: the person, by themselves
    /// or by their link, and who runs the session.
    pub fn tells_venue(self) -> bool {
        match self {
            Self::Person(_) | Self::Enrolment(_) | Self::TrainingBody(_) | Self::TaughtBy(..) => true,
            Self::Everything
            | Self::OperatedBy(_)
            | Self::Company(_)
            | Self::Certifier(_)
            | Self::JudgedBy(_)
            | Self::Survey(_)
            | Self::Figures
            | Self::Nothing => false,
        }
    }
}

/// Proof that an actor may act, and on which rows. Only [`Actor::may`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach(Extent);

impl Reach {
    pub fn extent(&self) -> Extent {
        self.0
    }
}

/// The subject that a line of the journal is about; each has its own chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The administrators and what they do to accounts.
    Installation,
    Organisation(OrganisationId),
    Session(SessionId),
    Candidacy(CandidacyId),
    Jury(JuryId),
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Installation => f.write_str("installation"),
            Self::Organisation(id) => write!(f, "organisation:{id}"),
            Self::Session(id) => write!(f, "session:{id}"),
            Self::Candidacy(id) => write!(f, "candidacy:{id}"),
            Self::Jury(id) => write!(f, "jury:{id}"),
        }
    }
}

/// The roles that the members of an organisation may hold, by what it is.
pub fn roles_of(capacity: super::organisations::Capacity) -> &'static [Role] {
    use super::organisations::Capacity;
    match capacity {
        Capacity::Company => &[Role::Employer],
        Capacity::TrainingBody => &[Role::TrainingManager, Role::Trainer],
        Capacity::Certifier => &[Role::Certifier, Role::Juror],
        Capacity::Funder => &[Role::Funder],
        Capacity::Operator => &[Role::Operator, Role::Auditor],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reaches_people_without_a_log_in_or_a_link() {
        for action in Action::ALL {
            if let Ok(reach) = Actor::NOBODY.may(*action) {
                let public =
                    matches!(action, Action::ReadPublicPages | Action::LogIn | Action::ReadDemoLetters);
                assert!(public || reach.extent() == Extent::Nothing, "{action}");
            }
        }
    }

    #[test]
    fn a_funder_reads_figures_and_no_row() {
        let member =
            Membership { id: MembershipId(1), role: Role::Funder, organisation: Some(OrganisationId(1)) };
        let funder = Actor::logged_in(AccountId(1), Some(Part::Member(member)));
        for action in Action::ALL {
            if let Ok(reach) = funder.may(*action) {
                let public =
                    matches!(action, Action::ReadPublicPages | Action::LogIn | Action::ReadDemoLetters);
                assert!(public || reach.extent() == Extent::Figures, "{action}");
            }
        }
    }
}
