//! The public programme: a region, its partners and what it set out to reach.

use super::calendar::Day;
use super::ids::{OrganisationId, ProgrammeId};
use super::named;
use super::organisations::{Capacity, Organisation};
use super::reference;
use super::text::Name;

/// Below this number, people are not counted out to those who may see no one.
const FEWEST_TOLD: i64 = 5;

/// Whether a count of people may be told exactly to everyone.
pub fn is_told(people: i64) -> bool {
    !(1..FEWEST_TOLD).contains(&people)
}

/// A public training programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    pub id: ProgrammeId,
    /// « IAHDF ».
    pub short_name: Name,
    pub name: Name,
    /// INSEE code of the region, « 32 ».
    pub region: String,
    pub operator: OrganisationId,
    pub starts_on: Day,
    pub ends_on: Option<Day>,
}

named! {
    /// What a programme counts towards, or measured at its start.
    TargetKind {
        /// Private employees of the region when the programme began.
        Employees = "employees",
        CivilServants = "civil_servants",
        PeopleAware = "people_aware",
        PostsConcerned = "posts_concerned",
        ExpertsToRecruit = "experts_to_recruit",
        ExpertsToTrain = "experts_to_train",
    }
}

/// A figure of the programme's convention, with the year by which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub kind: TargetKind,
    pub people: i64,
    pub by_year: Option<i32>,
}

/// A programme that the administrator founds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProgramme {
    pub short_name: Name,
    pub name: Name,
    /// INSEE code of the region, one that the reference lists.
    pub region: String,
    pub operator: OrganisationId,
    pub starts_on: Day,
    pub ends_on: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the last day lies before the first")]
    EndsBeforeStart,
    #[error("the region is not known")]
    Region,
    #[error("this organisation operates no programme")]
    NotAnOperator,
}

impl NewProgramme {
    /// What must hold before a programme is founded.
    pub fn check(&self, operator: &Organisation) -> Result<(), Refusal> {
        if !operator.profile.capacities.contains(&Capacity::Operator) {
            return Err(Refusal::NotAnOperator);
        }
        if reference::region(&self.region).is_none() {
            return Err(Refusal::Region);
        }
        match self.ends_on {
            Some(last) if last < self.starts_on => Err(Refusal::EndsBeforeStart),
            _ => Ok(()),
        }
    }
}
