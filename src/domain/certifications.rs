//! A professional certification as data: its record in the national register, its blocks and what acquires
//! each, who may enter, and who judges. Nothing about any one certification is written in code.

use super::calendar::Day;
use super::courses::Stage;
use super::ids::{CertificationId, CertificationVersionId, OrganisationId, ProgrammeId};
use super::named;
use super::text::{Name, Title, search_key};
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

mod codes;
mod entry;

pub use codes::{BlockCode, BlockCodeError, RecordCode, RecordCodeError, Register};
pub use entry::Entry;

/// A level of the French framework of qualifications, 2 (without diploma) to 8 (doctorate).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a level goes from 2 to 8")]
pub struct LevelError;

impl Level {
    pub const ALL: [Self; 7] = [Self(2), Self(3), Self(4), Self(5), Self(6), Self(7), Self(8)];

    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<i32> for Level {
    type Error = LevelError;

    fn try_from(number: i32) -> Result<Self, LevelError> {
        Self::ALL.into_iter().find(|level| i32::from(level.0) == number).ok_or(LevelError)
    }
}

impl FromStr for Level {
    type Err = LevelError;

    /// `7`, and `NIV7` as the register writes it.
    fn from_str(typed: &str) -> Result<Self, LevelError> {
        let number = typed.trim();
        let number = number.strip_prefix("NIV").unwrap_or(number);
        number.parse::<i32>().map_err(|_| LevelError)?.try_into()
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

named! {
    /// How somebody comes to a certification, as the State counts it.
    AccessRoute {
        Initial = "initial",
        Apprenticeship = "apprenticeship",
        /// Employees who train, the usual one here.
        Continuing = "continuing",
        ProfessionalisationContract = "professionalisation_contract",
        /// Recognition of prior experience (VAE).
        Vae = "vae",
        /// A foreign diploma that is recognised.
        Equivalence = "equivalence",
        IndividualCandidate = "individual_candidate",
    }
}

named! {
    /// How something is assessed.
    AssessmentKind {
        Project = "project",
        CaseStudy = "case_study",
        Practical = "practical",
        Written = "written",
        Oral = "oral",
    }
}

/// What is assessed for a block, in points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    pub title: Name,
    pub kind: AssessmentKind,
    pub most_points: u32,
    /// Points from which it is passed.
    pub pass_points: u32,
}

named! {
    /// What acquires a block.
    Acquisition {
        /// Each assessment is passed.
        Each = "each",
        /// The points of all assessments together reach those to pass together.
        Together = "together",
    }
}

/// A block of competencies, which may be acquired by itself where the record allows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub code: BlockCode,
    pub title: Title,
    pub acquisition: Acquisition,
    pub assessments: Vec<Assessment>,
}

/// What must be shown before somebody is a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// A session of that stage of the path, attended at least in part.
    Attended(Stage),
    /// A qualification of that level or above, told by the candidate.
    Level(Level),
    /// A document that the certifier reads.
    Piece(Name),
}

/// Who must sit, and how many, before a jury may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JuryRules {
    /// Members at least, the chair among them.
    pub members: u32,
    /// Hundredths of the members who come from outside the certifier and its training bodies, at least.
    pub outside_percent: u32,
    /// Members present when it decides, at least.
    pub quorum: u32,
    /// Whether the chair comes from outside.
    pub outside_chair: bool,
}

/// What the record says; a change makes a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub title: Title,
    /// What stands in the specific register has none.
    pub level: Option<Level>,
    /// The day of the decision to register.
    pub decided_on: Option<Day>,
    pub effective_on: Day,
    /// The end of the registration: who enrolled before may still obtain it.
    pub registered_until: Day,
    /// The last day on which it may be issued, where the record names one.
    pub last_issue_on: Option<Day>,
    /// Months for which a certificate is valid; none for always.
    pub validity_months: Option<u32>,
    /// Whether blocks may be acquired one by one.
    pub is_partial: bool,
    pub routes: Vec<AccessRoute>,
    pub blocks: Vec<Block>,
    pub requirements: Vec<Requirement>,
    pub jury: JuryRules,
}

/// A certification that a certifier holds within a programme, with its newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certification {
    pub id: CertificationId,
    pub code: RecordCode,
    pub certifier: OrganisationId,
    pub programme: ProgrammeId,
    pub version: CertificationVersionId,
    /// 1 for the first.
    pub number: i32,
    pub record: Record,
}

/// What a candidacy needs to know of a record: what it is called, and who may enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrance {
    pub code: RecordCode,
    pub title: Title,
    pub routes: Vec<AccessRoute>,
    pub requirements: Vec<Requirement>,
}

/// The most blocks of one record, assessments of one block, and requirements.
pub const MOST_BLOCKS: usize = 20;
pub const MOST_ASSESSMENTS: usize = 10;
pub const MOST_REQUIREMENTS: usize = 20;
/// The largest number of points of one assessment.
pub const MOST_POINTS: u32 = 1000;
/// Members of a jury, at most.
pub const MOST_MEMBERS: u32 = 20;
/// A century of months.
const MOST_MONTHS: u32 = 1200;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the registration ends before it begins, or certificates end before it does")]
    Dates,
    #[error("a validity has one month at least")]
    Validity,
    #[error("a certification is open to one route at least")]
    NoRoute,
    #[error("a record has one to {MOST_BLOCKS} blocks")]
    Blocks,
    #[error("a block is not of this record")]
    ForeignBlock,
    #[error("two blocks have the same code")]
    SameBlock,
    #[error("a block has one to {MOST_ASSESSMENTS} assessments")]
    Assessments,
    #[error("points go from 1 to {MOST_POINTS}, and those to pass are not above them")]
    Points,
    #[error("two requirements are the same, or there are too many")]
    Requirements,
    #[error("a jury has one to {MOST_MEMBERS} members, and no larger quorum")]
    JuryMembers,
    #[error("a share goes from 0 to 100")]
    OutsideShare,
    #[error("the certifier takes part in no programme")]
    NoProgramme,
    #[error("this record is kept already")]
    Known,
}

impl Record {
    pub fn check(&self, code: &RecordCode) -> Result<(), Refusal> {
        self.check_dates()?;
        if self.routes.is_empty() {
            return Err(Refusal::NoRoute);
        }
        self.check_blocks(code)?;
        let mut said = HashSet::new();
        let is_new = |one: &Requirement| said.insert(one.key());
        if self.requirements.len() > MOST_REQUIREMENTS || !self.requirements.iter().all(is_new) {
            return Err(Refusal::Requirements);
        }
        self.jury.check()
    }

    fn check_dates(&self) -> Result<(), Refusal> {
        let ends_early = self.registered_until < self.effective_on;
        let issued_early = self.last_issue_on.is_some_and(|day| day < self.registered_until);
        if ends_early || issued_early {
            return Err(Refusal::Dates);
        }
        match self.validity_months {
            Some(months) if !(1..=MOST_MONTHS).contains(&months) => Err(Refusal::Validity),
            _ => Ok(()),
        }
    }

    fn check_blocks(&self, code: &RecordCode) -> Result<(), Refusal> {
        if !(1..=MOST_BLOCKS).contains(&self.blocks.len()) {
            return Err(Refusal::Blocks);
        }
        let mut codes = HashSet::new();
        for block in &self.blocks {
            if !block.code.is_of(code) {
                return Err(Refusal::ForeignBlock);
            }
            if !codes.insert(&block.code) {
                return Err(Refusal::SameBlock);
            }
            if !(1..=MOST_ASSESSMENTS).contains(&block.assessments.len()) {
                return Err(Refusal::Assessments);
            }
            if !block.assessments.iter().all(Assessment::is_scored) {
                return Err(Refusal::Points);
            }
        }
        Ok(())
    }

    /// What a candidate of a day should know of the registration.
    pub fn standing(&self, day: Day) -> Standing {
        if day < self.effective_on {
            Standing::NotYet
        } else if day <= self.registered_until {
            Standing::Registered
        } else if self.last_issue_on.is_none_or(|last| day <= last) {
            Standing::Ended
        } else {
            Standing::NoLongerIssued
        }
    }
}

/// Where a registration stands on a day. It warns, and refuses nothing: the register may be late, and who enrolled in
/// time may still obtain the certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NotYet,
    Registered,
    /// Issued still, to those who enrolled before.
    Ended,
    NoLongerIssued,
}

impl Assessment {
    fn is_scored(&self) -> bool {
        (1..=MOST_POINTS).contains(&self.most_points) && self.pass_points <= self.most_points
    }
}

impl Requirement {
    /// What makes two of them the same.
    fn key(&self) -> String {
        match self {
            Self::Attended(stage) => format!("attended:{stage}"),
            Self::Level(_) => "level".to_owned(),
            Self::Piece(name) => format!("piece:{}", search_key(name.as_str())),
        }
    }
}

impl JuryRules {
    fn check(self) -> Result<(), Refusal> {
        if !(1..=MOST_MEMBERS).contains(&self.members) || !(1..=self.members).contains(&self.quorum) {
            return Err(Refusal::JuryMembers);
        }
        if self.outside_percent > 100 { Err(Refusal::OutsideShare) } else { Ok(()) }
    }

    /// Members from outside that a jury of so many needs: the share, rounded up.
    pub fn outside_of(self, members: u32) -> u32 {
        (members * self.outside_percent).div_ceil(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn block(code: &str) -> Block {
        Block {
            code: code.parse().unwrap(),
            title: "Cadrer un projet".parse().unwrap(),
            acquisition: Acquisition::Each,
            assessments: vec![Assessment {
                title: "Étude de cas".parse().unwrap(),
                kind: AssessmentKind::CaseStudy,
                most_points: 20,
                pass_points: 10,
            }],
        }
    }

    fn record() -> Record {
        Record {
            title: "Chef de projet IA".parse().unwrap(),
            level: "7".parse().ok(),
            decided_on: None,
            effective_on: day("2026-01-01"),
            registered_until: day("2028-12-31"),
            last_issue_on: Some(day("2029-12-31")),
            validity_months: None,
            is_partial: true,
            routes: vec![AccessRoute::Continuing],
            blocks: vec![block("RNCP99999BC01"), block("RNCP99999BC02")],
            requirements: vec![Requirement::Attended(Stage::Awareness)],
            jury: JuryRules { members: 3, outside_percent: 50, quorum: 3, outside_chair: true },
        }
    }

    fn refused(change: impl FnOnce(&mut Record)) -> Refusal {
        let mut record = record();
        change(&mut record);
        record.check(&"RNCP99999".parse().unwrap()).unwrap_err()
    }

    #[test]
    fn a_level_is_read_as_the_register_writes_it() {
        assert_eq!("NIV7".parse::<Level>().unwrap().number(), 7);
        assert!("1".parse::<Level>().is_err() && "9".parse::<Level>().is_err());
    }

    #[test]
    fn a_record_that_could_not_be_held_is_refused_for_what_is_wrong() {
        assert_eq!(record().check(&"RNCP99999".parse().unwrap()), Ok(()));
        assert_eq!(refused(|r| r.registered_until = day("2025-12-31")), Refusal::Dates);
        assert_eq!(refused(|r| r.last_issue_on = Some(day("2028-12-30"))), Refusal::Dates);
        assert_eq!(refused(|r| r.validity_months = Some(0)), Refusal::Validity);
        assert_eq!(refused(|r| r.routes.clear()), Refusal::NoRoute);
        assert_eq!(refused(|r| r.blocks.clear()), Refusal::Blocks);
        assert_eq!(refused(|r| r.blocks[1] = block("RNCP9999BC02")), Refusal::ForeignBlock);
        assert_eq!(refused(|r| r.blocks[1] = block("RNCP99999BC01")), Refusal::SameBlock);
        assert_eq!(refused(|r| r.blocks[0].assessments.clear()), Refusal::Assessments);
        assert_eq!(refused(|r| r.blocks[0].assessments[0].pass_points = 21), Refusal::Points);
        assert_eq!(refused(|r| r.blocks[0].assessments[0].most_points = 0), Refusal::Points);
        let cv = || Requirement::Piece("Curriculum vitæ".parse().unwrap());
        let same = Requirement::Piece("curriculum vitae".parse().unwrap());
        assert_eq!(refused(|r| r.requirements = vec![cv(), same]), Refusal::Requirements);
        assert_eq!(refused(|r| r.jury.quorum = 4), Refusal::JuryMembers);
        assert_eq!(refused(|r| r.jury.members = 0), Refusal::JuryMembers);
        assert_eq!(refused(|r| r.jury.outside_percent = 101), Refusal::OutsideShare);
    }

    #[test]
    fn a_registration_that_ended_still_issues_to_those_who_enrolled_before() {
        let record = record();
        assert_eq!(record.standing(day("2025-12-31")), Standing::NotYet);
        assert_eq!(record.standing(day("2028-12-31")), Standing::Registered);
        assert_eq!(record.standing(day("2029-01-01")), Standing::Ended);
        assert_eq!(record.standing(day("2030-01-01")), Standing::NoLongerIssued);
    }

    #[test]
    fn a_share_of_outside_members_is_rounded_up() {
        let rules = JuryRules { members: 3, outside_percent: 50, quorum: 2, outside_chair: false };
        assert_eq!([rules.outside_of(2), rules.outside_of(3), rules.outside_of(5)], [1, 2, 3]);
    }
}
