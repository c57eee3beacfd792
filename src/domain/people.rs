//! A person, how to reach them, and whom they worked for and when.

use super::calendar::Day;
use super::ids::{EmploymentId, OrganisationId, PersonId};
use super::named;
use super::text::{Name, search_key};
use std::fmt;
use std::str::FromStr;

/// An address that a letter can be sent to; kept in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address: name@company.example is expected")]
pub struct EmailError;

impl EmailAddress {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    /// Accepts what mail servers deliver in practice: one `@`, a dotted host, no blanks.
    fn from_str(typed: &str) -> Result<Self, EmailError> {
        let address = typed.trim().to_lowercase();
        let (local, host) = address.rsplit_once('@').ok_or(EmailError)?;
        let local_right = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b));
        let label_right = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let host_right = host.len() <= 253 && host.contains('.') && host.split('.').all(label_right);
        if local_right && host_right { Ok(Self(address)) } else { Err(EmailError) }
    }
}

named! {
    /// The group of jobs that employers and OPCOs report by.
    JobGroup {
        Worker = "worker",
        Clerk = "clerk",
        Technician = "technician",
        Manager = "manager",
    }
}

/// Characters of a staff number, at most.
pub const STAFF_NUMBER_MOST: usize = 40;

impl JobGroup {
    /// The group that somebody means, in the words of payrolls.
    pub fn said(text: &str) -> Option<Self> {
        let key = search_key(text);
        let words: Vec<&str> = key.split(' ').collect();
        Some(match words.as_slice() {
            ["ouvrier" | "ouvriere" | "ouvriers" | "ouv" | "worker", ..] => Self::Worker,
            ["employe" | "employee" | "employes" | "emp" | "clerk", ..] => Self::Clerk,
            [
                "technicien" | "technicienne" | "techniciens" | "tech" | "etam" | "tam" | "am" | "technician",
                ..,
            ]
            | ["agent" | "agente" | "agents", "de", "maitrise", ..] => Self::Technician,
            ["cadre" | "cadres" | "ingenieur" | "ingenieure" | "ingenieurs" | "ic" | "manager", ..] => {
                Self::Manager
            }
            _ => return None,
        })
    }
}

/// What somebody is called.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "columns", derive(diesel::Queryable))]
pub struct PersonName {
    pub given: Name,
    pub family: Name,
}

impl PersonName {
    /// `Lou Carpentier`.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// `CARPENTIER Lou`, as official lists have it.
    pub fn listed(&self) -> String {
        format!("{} {}", self.family.as_str().to_uppercase(), self.given)
    }

    /// Whether both read alike, whatever their capitals and accents.
    pub fn reads_like(&self, other: &Self) -> bool {
        self.family.search_key() == other.family.search_key()
            && self.given.search_key() == other.given.search_key()
    }

    /// By which they are found and put in order.
    pub fn search_key(&self) -> String {
        search_key(&format!("{} {}", self.family, self.given))
    }
}

/// Someone who may be enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: PersonName,
    /// A contact, never the identity; several people may have none.
    pub email: Option<EmailAddress>,
}

/// A time during which a person works for a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employment {
    pub id: EmploymentId,
    pub person: PersonId,
    pub company: OrganisationId,
    /// The number by which the company knows the person (matricule).
    pub staff_number: Option<String>,
    pub job_group: Option<JobGroup>,
    pub starts_on: Day,
    /// The last day, when it is known.
    pub ends_on: Option<Day>,
}

/// Somebody on a company's list: the person, and the time there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employee {
    pub person: Person,
    pub employment: Employment,
}

impl Employee {
    /// Whether the time at the company may end on a day.
    pub fn check_end(&self, last_day: Day, today: Day) -> Result<(), Refusal> {
        if !self.employment.is_current(today) {
            return Err(Refusal::Left);
        }
        if last_day < self.employment.starts_on { Err(Refusal::EndsBeforeStart) } else { Ok(()) }
    }

    /// Whether what the employer says of somebody agrees with a last day that is known.
    pub fn check_change(&self, to: &NewEmployee) -> Result<(), Refusal> {
        match (to.starts_on, self.employment.ends_on) {
            (Some(first), Some(last)) if first > last => Err(Refusal::EndsBeforeStart),
            _ => Ok(()),
        }
    }
}

impl Employment {
    /// Whether it holds on a day, or is still to come.
    pub fn is_current(&self, today: Day) -> bool {
        self.ends_on.is_none_or(|last| last >= today)
    }
}

/// What an employer says of someone whom it wants on its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEmployee {
    pub name: PersonName,
    pub email: Option<EmailAddress>,
    pub staff_number: Option<String>,
    pub job_group: Option<JobGroup>,
    pub starts_on: Option<Day>,
}

/// What an employer answers when somebody on the list, or who left it, resembles the one to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resemblance {
    NotAsked,
    SomebodyElse,
    /// Somebody who left and comes back.
    ComesBack(PersonId),
}

/// How somebody joins a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining<'a> {
    New,
    /// The same person, for a second time there.
    Back(&'a Employee),
}

impl NewEmployee {
    /// Refuses somebody who is on the list already, and asks when the name or the address is somebody's. Who left is
    /// known again by the number or the address; of a name alone the employer says whose it is.
    pub fn joining<'a>(
        &self,
        staff: &[Employee],
        former: &'a [Employee],
        answer: Resemblance,
    ) -> Result<Joining<'a>, Refusal> {
        self.check(staff, answer)?;
        let back = match answer {
            Resemblance::SomebodyElse => None,
            Resemblance::ComesBack(person) => {
                let chosen = former.iter().find(|known| known.person.id == person);
                Some(chosen.ok_or(Refusal::Left)?)
            }
            Resemblance::NotAsked => match former.iter().find(|known| self.is_surely(known)) {
                None if !former.is_empty() => {
                    let alike = former.iter().find(|known| self.has_name_of(&known.person));
                    alike.map_or(Ok(None), |known| Err(Refusal::MayBeBack { known: known.person.id }))?
                }
                sure => sure,
            },
        };
        let Some(known) = back else { return Ok(Joining::New) };
        match (known.employment.ends_on, self.starts_on) {
            (Some(left), Some(starts)) if starts <= left => Err(Refusal::BackTooEarly { left }),
            _ => Ok(Joining::Back(known)),
        }
    }

    fn has_name_of(&self, person: &Person) -> bool {
        person.name.reads_like(&self.name)
    }

    /// An address may be shared, and a number may be given again: each tells with a part of the name.
    fn is_surely(&self, known: &Employee) -> bool {
        let person = &known.person;
        let same_given = person.name.given.search_key() == self.name.given.search_key();
        let same_family = person.name.family.search_key() == self.name.family.search_key();
        let same_number = self.staff_number.is_some() && known.employment.staff_number == self.staff_number;
        (self.email.is_some() && person.email == self.email && same_given)
            || (same_number && (same_given || same_family))
    }

    fn check(&self, staff: &[Employee], answer: Resemblance) -> Result<(), Refusal> {
        let same = |known: &&Employee| {
            self.staff_number.is_some() && known.employment.staff_number == self.staff_number
        };
        if let Some(known) = staff.iter().find(same) {
            return Err(Refusal::Twice { known: known.person.id });
        }
        let alike = |known: &&Employee| {
            let person = &known.person;
            (self.email.is_some() && person.email == self.email) || self.has_name_of(person)
        };
        match (staff.iter().find(alike), answer) {
            (Some(known), Resemblance::NotAsked) => Err(Refusal::Alike { known: known.person.id }),
            (Some(_), Resemblance::SomebodyElse | Resemblance::ComesBack(_)) | (None, _) => Ok(()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this person is on the list already")]
    Twice { known: PersonId },
    #[error("somebody on the list has the same name or address")]
    Alike { known: PersonId },
    #[error("somebody of this name has left the company")]
    MayBeBack { known: PersonId },
    #[error("they come back after the day on which they left")]
    BackTooEarly { left: Day },
    #[error("another employee has this staff number")]
    StaffNumberTaken,
    #[error("this person has left the company")]
    Left,
    #[error("the last day lies before the first")]
    EndsBeforeStart,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_right_or_refused() {
        for right in ["lou@acme.example", " Lou.Carpentier+ia@Sous.Acme.example ", "o'neil@acme.example"] {
            assert!(right.parse::<EmailAddress>().is_ok(), "{right}");
        }
        for wrong in [
            "lou",
            "lou@acme",
            "lou@@acme.example",
            "l ou@acme.example",
            "lou@-acme.example",
            ".lou@acme.example",
            "lou@acme..example",
            "élodie@acme.example",
        ] {
            assert_eq!(wrong.parse::<EmailAddress>(), Err(EmailError), "{wrong}");
        }
    }
}
