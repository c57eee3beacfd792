//! One person and one certification obtained: what the State asks, what it may be told besides, and what is missing.

use super::values::{
    BirthDate, CivilName, ContractId, CountryCode, OptionLabel, PlaceName, PostalCode, ProofLink, TechnicalId,
};
use crate::calendar::Day;
use crate::certifications::{AccessRoute, RecordCode};
use crate::named;
use crate::reference::CommuneCode;

named! {
    /// As civil status has it: the State knows these two, and takes no empty one.
    Sex {
        Female = "female",
        Male = "male",
    }
}

named! {
    /// Who enrolled the holder.
    Initiative {
        Holder = "holder",
        TrainingBody = "training_body",
        JobCentre = "job_centre",
        Employer = "employer",
        Other = "other",
    }
}

named! {
    ExamMode {
        Remote = "remote",
        OnSite = "on_site",
        Mixed = "mixed",
    }
}

named! {
    /// The mention of a diploma.
    Honours {
        /// Known to bear none.
        Without = "without",
        FairlyGood = "fairly_good",
        Good = "good",
        VeryGood = "very_good",
        /// With the congratulations of the jury.
        Highest = "highest",
    }
}

/// A country other than France; its code is known or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    pub code: Option<CountryCode>,
    pub name: PlaceName,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Birthplace {
    #[default]
    Unknown,
    France {
        commune: CommuneCode,
        name: Option<PlaceName>,
    },
    Abroad {
        country: Country,
        town: Option<PlaceName>,
    },
}

impl Birthplace {
    /// A place in France, under the name that its commune bears today.
    pub fn in_commune(commune: CommuneCode) -> Self {
        let name = commune.place_name();
        Self::France { commune, name }
    }
}

/// Names beside the birth name and the first one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OtherNames {
    /// The name that somebody goes by (nom d’usage), where it differs.
    pub usual: Option<CivilName>,
    pub second: Option<CivilName>,
    pub third: Option<CivilName>,
}

/// When, where and how the examination was held, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exam {
    pub starts_on: Option<Day>,
    pub ends_on: Option<Day>,
    pub mode: Option<ExamMode>,
    pub postal_code: Option<PostalCode>,
}

/// What the State may be told and does without.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The last day on which the certification is valid; none for one without end.
    pub valid_until: Option<Day>,
    pub exam: Exam,
    pub honours: Option<Honours>,
    pub route: Option<AccessRoute>,
    pub initiative: Option<Initiative>,
    pub enrolled_on: Option<Day>,
    pub proof: Option<ProofLink>,
    pub option: Option<OptionLabel>,
}

/// Civil identity: the State finds the holder by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub birth_name: CivilName,
    pub first_name: CivilName,
    pub other_names: OtherNames,
    pub born: BirthDate,
    pub sex: Sex,
    pub birthplace: Birthplace,
}

impl Holder {
    /// The given names, in their order.
    pub fn given_names(&self) -> Vec<&str> {
        let others = &self.other_names;
        let names = [Some(&self.first_name), others.second.as_ref(), others.third.as_ref()];
        names.into_iter().flatten().map(CivilName::as_str).collect()
    }

    /// Every name that was told.
    pub fn names(&self) -> impl Iterator<Item = &CivilName> {
        let others = &self.other_names;
        [&self.birth_name, &self.first_name]
            .into_iter()
            .chain([&others.usual, &others.second, &others.third].into_iter().flatten())
    }
}

/// One holder and one certification, complete: what [`Draft::passage`] makes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passage {
    pub id: TechnicalId,
    pub contract: ContractId,
    pub certification: RecordCode,
    pub issued_on: Day,
    pub holder: Holder,
    pub details: Details,
}

/// What is known so far of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: TechnicalId,
    /// The certifier's, under which it will be declared.
    pub contract: Option<ContractId>,
    pub certification: Option<RecordCode>,
    /// From when the certification is held: the day of the jury or of issue.
    pub issued_on: Option<Day>,
    pub birth_name: Option<CivilName>,
    pub first_name: Option<CivilName>,
    pub born: Option<BirthDate>,
    pub sex: Option<Sex>,
    pub other_names: OtherNames,
    pub birthplace: Birthplace,
    pub details: Details,
}

named! {
    /// What keeps a passage from being declared: something missing, or two things that cannot both be true.
    Lack {
        Contract = "contract",
        Certification = "certification",
        IssueDate = "issue_date",
        BirthName = "birth_name",
        FirstName = "first_name",
        BirthYear = "birth_year",
        Sex = "sex",
        BornAfterIssue = "born_after_issue",
        ValidityEndsBeforeIssue = "validity_ends_before_issue",
        ExamEndsBeforeStart = "exam_ends_before_start",
    }
}

impl Draft {
    /// A passage of which nothing is known yet.
    pub fn new(id: TechnicalId) -> Self {
        Self {
            id,
            contract: None,
            certification: None,
            issued_on: None,
            birth_name: None,
            first_name: None,
            born: None,
            sex: None,
            other_names: OtherNames::default(),
            birthplace: Birthplace::default(),
            details: Details::default(),
        }
    }

    /// Everything that keeps it from being declared, in the order of a form.
    pub fn lacks(&self) -> Vec<Lack> {
        let after = |first: Option<Day>, second: Option<Day>| first.zip(second).is_some_and(|(a, b)| a > b);
        let (exam, born) = (&self.details.exam, self.born.and_then(BirthDate::earliest));
        Lack::ALL
            .iter()
            .copied()
            .filter(|lack| match lack {
                Lack::Contract => self.contract.is_none(),
                Lack::Certification => self.certification.is_none(),
                Lack::IssueDate => self.issued_on.is_none(),
                Lack::BirthName => self.birth_name.is_none(),
                Lack::FirstName => self.first_name.is_none(),
                Lack::BirthYear => self.born.is_none(),
                Lack::Sex => self.sex.is_none(),
                Lack::BornAfterIssue => after(born, self.issued_on),
                Lack::ValidityEndsBeforeIssue => after(self.issued_on, self.details.valid_until),
                Lack::ExamEndsBeforeStart => after(exam.starts_on, exam.ends_on),
            })
            .collect()
    }

    /// The passage as it goes to the State, or everything that it lacks.
    pub fn passage(&self) -> Result<Passage, Vec<Lack>> {
        let lacks = self.lacks();
        let draft = self.clone();
        let (Some(contract), Some(certification), Some(issued_on), true) =
            (draft.contract, draft.certification, draft.issued_on, lacks.is_empty())
        else {
            return Err(lacks);
        };
        let (Some(birth_name), Some(first_name), Some(born), Some(sex)) =
            (draft.birth_name, draft.first_name, draft.born, draft.sex)
        else {
            return Err(lacks);
        };
        let (other_names, birthplace) = (draft.other_names, draft.birthplace);
        let holder = Holder { birth_name, first_name, other_names, born, sex, birthplace };
        Ok(Passage { id: draft.id, contract, certification, issued_on, holder, details: draft.details })
    }
}
