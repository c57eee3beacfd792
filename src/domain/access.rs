//! Roles, actions, and the policy: who may do what, and how far.

use super::ids::{
    AccountId, CandidacyId, EnrolmentId, JuryId, MembershipId, OrganisationId, PersonId, SessionId, SurveyId,
};
use super::named;
use super::organisations::Capacity;

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
        ReadAgreements = "read_agreements",
        AnswerAgreement = "answer_agreement",
        WithdrawAgreement = "withdraw_agreement",
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

impl Role {
    /// Whether it is held as a membership: by the administrator of the installation, or in an organisation.
    pub fn is_of_members(self) -> bool {
        self == Self::Administrator || Capacity::ALL.iter().any(|what| roles_of(*what).contains(&self))
    }
}

/// How far a role may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    All,
    Own,
    No,
}

/// Who may do one thing with every row, and who with their own. The wider of two grants counts.
#[derive(Debug, Clone, Copy)]
pub struct Grants {
    all: &'static [Role],
    own: &'static [Role],
}

const fn all(roles: &'static [Role]) -> Grants {
    Grants { all: roles, own: &[] }
}

const fn own(roles: &'static [Role]) -> Grants {
    Grants { all: &[], own: roles }
}

impl Grants {
    const fn own(self, roles: &'static [Role]) -> Self {
        Self { own: roles, ..self }
    }

    /// How far a role may go.
    pub fn span(self, role: Role) -> Span {
        if self.all.contains(&role) {
            Span::All
        } else if self.own.contains(&role) {
            Span::Own
        } else {
            Span::No
        }
    }
}

/// Those who log in.
#[rustfmt::skip]
const WITH_ACCOUNT: &[Role] = {
    use Role::*;
    &[Administrator, Operator, Funder, Auditor, TrainingManager, Trainer, Employer, Certifier, Juror, Trainee]
};
/// Those, and a stranger: whoever stands before the log-in.
#[rustfmt::skip]
const BEFORE_LOG_IN: &[Role] = {
    use Role::*;
    &[Administrator, Operator, Funder, Auditor, TrainingManager, Trainer, Employer, Certifier, Juror, Trainee, Anyone]
};
/// Whoever knocks: all but the house itself.
#[rustfmt::skip]
const ANYBODY: &[Role] = {
    use Role::*;
    &[Administrator, Operator, Funder, Auditor, TrainingManager, Trainer, Employer, Certifier, Juror, Trainee, Link, Anyone]
};

/// Who may do what, and how far: whom no grant names may not. The only place where a permission is written;
/// `docs/permissions.md` prints the whole grid.
#[rustfmt::skip]
#[expect(clippy::match_same_arms, reason = "a table has a row for each action")]
pub const fn policy(action: Action) -> Grants {
    use Action::*;
    use Role::*;
    match action {
        ReadPublicPages       => all(ANYBODY),
        LogIn                 => all(ANYBODY),
        LogOut                => own(BEFORE_LOG_IN),
        SetPassword           => own(BEFORE_LOG_IN),
        KeepOwnAccount        => own(WITH_ACCOUNT),
        ReadHome              => own(WITH_ACCOUNT),
        OpenAccount           => own(&[Link]),
        InviteEmployee        => own(&[Employer]),
        CreateAdministrator   => all(&[House]),
        ReadAccounts          => all(&[Administrator]),
        DisableAccount        => all(&[Administrator]),
        ReadMembers           => all(&[Administrator]).own(&[Operator, Funder, TrainingManager, Employer, Certifier]),
        InviteMember          => all(&[Administrator]).own(&[Operator, Funder, TrainingManager, Employer, Certifier]),
        EndMembership         => all(&[Administrator]).own(&[Operator, Funder, TrainingManager, Employer, Certifier]),
        ReadProgramme         => all(&[Administrator]).own(WITH_ACCOUNT),
        SetTargets            => all(&[Administrator]).own(&[Operator]),
        FoundProgramme        => all(&[Administrator]),
        ReadOrganisations     => all(&[Administrator]).own(&[Operator, Funder, Auditor, TrainingManager, Employer, Certifier]),
        ExportOrganisations   => all(&[Administrator]).own(&[Operator, Auditor]),
        RegisterOrganisation  => all(&[Administrator]).own(&[Operator]),
        ReadAgreements        => all(&[Administrator]).own(&[Operator, Funder, TrainingManager, Employer, Certifier]),
        AnswerAgreement       => own(&[Operator, Funder, TrainingManager, Employer, Certifier]),
        WithdrawAgreement     => all(&[Administrator]).own(&[Operator]),
        EditOrganisation      => all(&[Administrator]).own(&[Operator, Funder, TrainingManager, Employer, Certifier]),
        ReadStaff             => own(&[Employer]),
        ExportStaff           => own(&[Employer]),
        AddStaff              => own(&[Employer]),
        ImportStaff           => all(&[House]).own(&[Employer]),
        EditStaff             => own(&[Employer]),
        ReadCourses           => own(&[Operator, Auditor, TrainingManager, Trainer]),
        EditCourse            => own(&[TrainingManager]),
        EditCertification     => own(&[Certifier]),
        ApplyForCertification => own(&[Trainee]),
        ReadCandidacies       => own(&[Certifier, Trainee]),
        JudgeCandidacy        => own(&[Certifier]),
        WithdrawCandidacy     => own(&[Certifier, Trainee]),
        ReadJuries            => own(&[Certifier, Juror]),
        ComposeJury           => own(&[Certifier]),
        StateInterest         => own(&[Juror]),
        ChairJury             => own(&[Juror]),
        AssessCandidate       => own(&[Juror]),
        SignMinutes           => own(&[Juror]),
        AppealResult          => own(&[Trainee]),
        AnswerAppeal          => own(&[Certifier]),
        TellIdentity          => own(&[Trainee]),
        ReadIdentity          => own(&[Certifier, Trainee]),
        EditIssuer            => own(&[Certifier]),
        ReadCertificates      => own(&[Certifier, Trainee]),
        IssueCertificates     => own(&[Certifier]),
        ChangeCertificate     => own(&[Certifier]),
        PublishLists          => all(&[House]),
        EditDeclarant         => own(&[Certifier]),
        ReadDeclarations      => own(&[Certifier]),
        Declare               => own(&[Certifier]),
        ReadSessions          => own(&[Operator, Auditor, TrainingManager, Trainer]),
        PlanSession           => own(&[TrainingManager]),
        PublishSession        => own(&[TrainingManager]),
        ConfirmSession        => own(&[TrainingManager]),
        StartSession          => all(&[House]).own(&[TrainingManager, Trainer]),
        CloseSession          => own(&[TrainingManager]),
        CancelSession         => own(&[TrainingManager]),
        ReadPlaces            => all(&[House]).own(&[Operator, Auditor, TrainingManager, Trainer, Employer, Trainee, Link]),
        ExportPlaces          => own(&[Operator, Auditor, TrainingManager, Employer]),
        RequestEnrolment      => own(&[Employer, Trainee]),
        AddEnrolment          => own(&[TrainingManager, Trainer]),
        ApproveEnrolment      => own(&[Employer]),
        AnswerOffer           => own(&[Employer, Trainee, Link]),
        CancelEnrolment       => own(&[TrainingManager, Employer, Trainee, Link]),
        SubstituteEnrolment   => own(&[Employer]),
        TransferEnrolment     => own(&[TrainingManager]),
        ExceedCapacity        => own(&[TrainingManager, Trainer]),
        ReserveSeats          => all(&[House]).own(&[TrainingManager]),
        ReadAttendance        => own(&[Operator, Auditor, TrainingManager, Trainer]),
        MarkAttendance        => own(&[TrainingManager, Trainer]),
        ShowRoomCode          => own(&[TrainingManager, Trainer]),
        SignAttendance        => own(&[Trainee, Link]),
        CollectSignature      => own(&[TrainingManager, Trainer]),
        WithdrawSignature     => own(&[TrainingManager, Trainer]),
        AskSignature          => own(&[TrainingManager, Trainer]),
        WaiveProof            => own(&[TrainingManager]),
        CorrectAttendance     => own(&[TrainingManager]),
        Countersign           => own(&[TrainingManager, Trainer]),
        ReadLetters           => all(&[Administrator]).own(&[Operator, TrainingManager, Trainer, Employer]),
        ReadOwnLetters        => own(WITH_ACCOUNT),
        ReadPlaceLetters      => own(&[Operator, TrainingManager, Trainer, Employer, Trainee, Link]),
        AnswerSurvey          => own(&[Employer, Trainee, Link]),
        ReadSurveys           => own(&[Operator, Auditor, TrainingManager, Trainer]),
        EditQuestions         => own(&[TrainingManager]),
        RetryLetter           => all(&[Administrator]).own(&[TrainingManager]),
        ReadJournal           => own(&[Operator, Auditor, TrainingManager]),
        ExportJournal         => all(&[House]).own(&[Auditor, TrainingManager]),
        VerifyJournal         => all(&[House]),
        RenewSigningKey       => all(&[House]),
        RunRounds             => all(&[House]),
        ReadDemoLetters       => all(ANYBODY),
    }
}

/// The roles whose holders keep their organisation: its page, its people, and its word. Who may invite into it, by the policy.
pub const KEEPERS: [Role; 5] =
    [Role::Operator, Role::Funder, Role::TrainingManager, Role::Employer, Role::Certifier];

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
        match policy(action).span(denied.role) {
            Span::All => Ok(Reach(Extent::Everything)),
            Span::Own => self.own().map(Reach).ok_or(denied),
            Span::No => Err(denied),
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
            (Role::Funder, Some(funder)) => Some(Extent::Figures(funder)),
            (Role::TrainingManager, Some(body)) => Some(Extent::TrainingBody(body)),
            (Role::Trainer, Some(body)) => Some(Extent::TaughtBy(account, body)),
            (Role::Employer, Some(company)) => Some(Extent::Company(company)),
            (Role::Certifier, Some(certifier)) => Some(Extent::Certifier(certifier)),
            (Role::Juror, Some(certifier)) => Some(Extent::JudgedBy(account, certifier)),
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
    /// What a juror judges; they were called by this certifier.
    JudgedBy(AccountId, OrganisationId),
    Person(PersonId),
    Enrolment(EnrolmentId),
    Survey(SurveyId),
    /// Counts of the programmes that this organisation takes part in, and no row but what is its own: its page, and
    /// its colleagues.
    Figures(OrganisationId),
    Nothing,
}

impl Extent {
    /// Whether whoever reaches a place so is told where the session is held: the person, by themselves
    /// or by their link, and who runs the session.
    pub fn tells_venue(self) -> bool {
        matches!(self, Self::Person(_) | Self::Enrolment(_) | Self::TrainingBody(_) | Self::TaughtBy(..))
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
pub fn roles_of(capacity: Capacity) -> &'static [Role] {
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
    fn who_keeps_an_organisation_may_invite_into_it_and_nobody_else() {
        let grants = policy(Action::InviteMember);
        for role in Role::ALL {
            assert_eq!(KEEPERS.contains(role), grants.span(*role) == Span::Own, "{role}");
        }
    }

    #[test]
    fn every_action_is_granted_to_somebody() {
        for action in Action::ALL {
            let is_granted = |role: &Role| policy(*action).span(*role) != Span::No;
            assert!(Role::ALL.iter().any(is_granted), "{action}");
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
                assert!(public || matches!(reach.extent(), Extent::Figures(_)), "{action}");
            }
        }
    }
}
