use super::matching::{Found, Matching};
use super::{Field, Line};
use crate::calendar::Day;
use crate::ids::PersonId;
use crate::people::{EmailAddress, Employee, JobGroup, NewEmployee, PersonName, STAFF_NUMBER_MOST};
use crate::text::{Name, NameError, runs_as_formula};

/// The people of a company, among whom lines are found again.
#[derive(Debug, Clone, Default)]
pub struct Staff {
    pub current: Vec<Employee>,
    /// Those who left, each with the last time there and the address by which they may be known again: it is compared,
    /// never shown. Who left last comes first.
    pub former: Vec<Employee>,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    New(NewEmployee),
    /// On the list already, and nothing changes.
    Known(PersonId),
    Changed {
        person: PersonId,
        to: NewEmployee,
        changes: Vec<Change>,
    },
    /// Somebody who left and comes back: the same person, for a second time.
    Back {
        person: PersonId,
        to: NewEmployee,
        /// The last day there so far.
        left: Day,
    },
    ToMend(Vec<Mistake>),
    /// The same person stands on this line already.
    Twin {
        line: usize,
    },
}

/// What a line says anew of somebody who is known. An empty cell changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Name { from: String, to: String },
    Email { from: Option<EmailAddress>, to: EmailAddress },
    StaffNumber { from: Option<String>, to: String },
    JobGroup { from: Option<JobGroup>, to: JobGroup },
    StartsOn { from: Day, to: Day },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    Name {
        field: Field,
        why: NameError,
    },
    Email,
    /// A spreadsheet that opens an export would run it.
    Formula {
        field: Field,
    },
    StaffNumberLong,
    /// The number is somebody else's, on the list or on another line.
    StaffNumberOf {
        name: String,
    },
    JobGroup,
    StartsOn,
    /// Several people of this name are on the list: only a staff number or an address tells them apart.
    Namesakes,
    /// Somebody on the list has this name and another address: it may be them, and it may be somebody else.
    AnotherAddress {
        name: String,
        known: Option<EmailAddress>,
    },
    /// Somebody of this name has left the company: it may be them who come back.
    MayBeBack {
        name: String,
        left: Day,
    },
    /// They were there until this day: they come back after it.
    BackTooEarly {
        left: Day,
    },
}

impl Mistake {
    /// Where it is to be mended.
    pub fn field(&self) -> Field {
        match self {
            Self::Name { field, .. } | Self::Formula { field } => *field,
            Self::Email | Self::AnotherAddress { .. } | Self::MayBeBack { .. } => Field::Email,
            Self::StaffNumberLong | Self::StaffNumberOf { .. } | Self::Namesakes => Field::StaffNumber,
            Self::JobGroup => Field::JobGroup,
            Self::StartsOn | Self::BackTooEarly { .. } => Field::StartsOn,
        }
    }

    /// Whether the reader's answer settles it.
    pub fn asks(&self) -> bool {
        matches!(self, Self::Namesakes | Self::AnotherAddress { .. } | Self::MayBeBack { .. })
    }
}

impl Line {
    /// The person that the line tells of, or everything that is wrong with it.
    pub fn read(&self) -> Result<NewEmployee, Vec<Mistake>> {
        let formulas = Field::ALL.iter().filter(|field| runs_as_formula(self.cell(**field)));
        let mut mistakes: Vec<Mistake> = formulas.map(|field| Mistake::Formula { field: *field }).collect();
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let mut name = |field| {
            let parsed = self.cell(field).parse::<Name>();
            parsed.map_err(|why| mistakes.push(Mistake::Name { field, why })).ok()
        };
        let (family_name, given_name) = (name(Field::FamilyName), name(Field::GivenName));
        let text = |field| Some(self.cell(field).trim()).filter(|t| !t.is_empty());
        let email =
            text(Field::Email).and_then(|t| t.parse().map_err(|_| mistakes.push(Mistake::Email)).ok());
        let staff_number = text(Field::StaffNumber).map(str::to_owned);
        if staff_number.as_ref().is_some_and(|n| n.chars().count() > STAFF_NUMBER_MOST) {
            mistakes.push(Mistake::StaffNumberLong);
        }
        let job_group = text(Field::JobGroup).map(JobGroup::said);
        if job_group == Some(None) {
            mistakes.push(Mistake::JobGroup);
        }
        let job_group = job_group.flatten();
        let starts_on =
            text(Field::StartsOn).and_then(|t| t.parse().map_err(|_| mistakes.push(Mistake::StartsOn)).ok());
        match (given_name, family_name) {
            (Some(given), Some(family)) if mistakes.is_empty() => {
                let name = PersonName { given, family };
                Ok(NewEmployee { name, email, staff_number, job_group, starts_on })
            }
            _ => Err(mistakes),
        }
    }
}

impl Staff {
    /// Somebody by their place, the current ones first; for one who left, also the last day there.
    fn at(&self, place: usize) -> Option<(&Employee, Option<Day>)> {
        let left = || self.former.get(place.checked_sub(self.current.len())?);
        self.current.get(place).map(|e| (e, None)).or_else(|| left().map(|e| (e, e.employment.ends_on)))
    }
}

/// Judges every line against the company's list and against the other lines.
///
/// A staff number tells who somebody is, then an address together with the given name (a family name may change),
/// then the name alone, unless the addresses differ: then the reader says. Two people of one name are told apart by
/// different numbers or addresses. Whoever is not on the list is looked for among those who left, by the same marks;
/// a name alone is not enough there.
pub fn judge(lines: &[Line], staff: &Staff) -> Vec<Verdict> {
    let read: Vec<Result<NewEmployee, Vec<Mistake>>> = lines.iter().map(Line::read).collect();
    let found = Matching::run(lines, &read, staff);
    let verdict = |(line, found): (&Result<NewEmployee, Vec<Mistake>>, &Found)| match line {
        Err(mistakes) => Verdict::ToMend(mistakes.clone()),
        Ok(new) => match found {
            Found::Known(place) => staff.at(*place).map_or(Verdict::New(new.clone()), |known| match known {
                (known, None) => compare(known, new),
                (known, Some(left)) => back(known, new, left),
            }),
            Found::Twin(at) => Verdict::Twin { line: lines.get(*at).map_or(0, |l| l.number) },
            Found::Nobody | Found::Unread => Verdict::New(new.clone()),
            Found::Several => Verdict::ToMend(vec![Mistake::Namesakes]),
            Found::Asked(place) => Verdict::ToMend(staff.at(*place).into_iter().map(question).collect()),
            Found::NumberOfStaff(place) => {
                let name = staff.at(*place).map(|(e, _)| e.person.name.full()).unwrap_or_default();
                Verdict::ToMend(vec![Mistake::StaffNumberOf { name }])
            }
            Found::NumberOfLine(at) => {
                let other = read.get(*at).and_then(|r| r.as_ref().ok());
                let name = other.map(|new| new.name.full()).unwrap_or_default();
                Verdict::ToMend(vec![Mistake::StaffNumberOf { name }])
            }
        },
    };
    read.iter().zip(&found).map(verdict).collect()
}

/// What the reader is asked about somebody who bears the name of a line.
fn question((known, left): (&Employee, Option<Day>)) -> Mistake {
    let name = known.person.name.full();
    match left {
        Some(left) => Mistake::MayBeBack { name, left },
        None => Mistake::AnotherAddress { name, known: known.person.email.clone() },
    }
}

/// Somebody who left is written down for a second time there, which begins after the first.
fn back(known: &Employee, new: &NewEmployee, left: Day) -> Verdict {
    match new.starts_on {
        Some(starts) if starts <= left => Verdict::ToMend(vec![Mistake::BackTooEarly { left }]),
        Some(_) | None => Verdict::Back { person: known.person.id, to: new.clone(), left },
    }
}

fn compare(known: &Employee, new: &NewEmployee) -> Verdict {
    let mut changes = Vec::new();
    let (person, employment) = (&known.person, &known.employment);
    let same_name = person.name.reads_like(&new.name);
    if !same_name {
        changes.push(Change::Name { from: person.name.full(), to: new.name.full() });
    }
    if let Some(to) = new.email.clone().filter(|to| person.email.as_ref() != Some(to)) {
        changes.push(Change::Email { from: person.email.clone(), to });
    }
    if let Some(to) = new.staff_number.clone().filter(|to| employment.staff_number.as_ref() != Some(to)) {
        changes.push(Change::StaffNumber { from: employment.staff_number.clone(), to });
    }
    if let Some(to) = new.job_group.filter(|to| employment.job_group != Some(*to)) {
        changes.push(Change::JobGroup { from: employment.job_group, to });
    }
    if let Some(to) = new.starts_on.filter(|to| employment.starts_on != *to) {
        changes.push(Change::StartsOn { from: employment.starts_on, to });
    }
    if changes.is_empty() {
        return Verdict::Known(person.id);
    }
    let mut to = new.clone();
    if same_name {
        to.name = person.name.clone();
    }
    to.email = to.email.or_else(|| person.email.clone());
    to.staff_number = to.staff_number.or_else(|| employment.staff_number.clone());
    to.job_group = to.job_group.or(employment.job_group);
    to.starts_on = to.starts_on.or(Some(employment.starts_on));
    Verdict::Changed { person: person.id, to, changes }
}

#[cfg(test)]
mod tests;
