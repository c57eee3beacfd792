use super::{Field, Line};
use crate::domain::calendar::Day;
use crate::domain::ids::PersonId;
use crate::domain::people::{EmailAddress, Employee, JobGroup, NewEmployee, STAFF_NUMBER_MOST};
use crate::domain::text::{Name, NameError, search_key};
use std::collections::HashMap;

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
    StaffNumberLong,
    /// The number is somebody else's, on the list or on another line.
    StaffNumberOf {
        name: String,
    },
    JobGroup,
    StartsOn,
    /// Several people of this name are on the list: only a staff number or an address tells them apart.
    Namesakes,
}

impl Mistake {
    /// Where it is to be mended.
    pub fn field(&self) -> Field {
        match self {
            Self::Name { field, .. } => *field,
            Self::Email => Field::Email,
            Self::StaffNumberLong | Self::StaffNumberOf { .. } | Self::Namesakes => Field::StaffNumber,
            Self::JobGroup => Field::JobGroup,
            Self::StartsOn => Field::StartsOn,
        }
    }
}

impl Line {
    /// The person that the line tells of, or everything that is wrong with it.
    pub fn read(&self) -> Result<NewEmployee, Vec<Mistake>> {
        let mut mistakes = Vec::new();
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
            (Some(given_name), Some(family_name)) if mistakes.is_empty() => {
                Ok(NewEmployee { given_name, family_name, email, staff_number, job_group, starts_on })
            }
            _ => Err(mistakes),
        }
    }
}

/// Whom a line was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nobody,
    /// Places in the list of staff, and in the lines.
    Staff(usize),
    Several,
    NumberOfStaff(usize),
    NumberOfLine(usize),
    Twin(usize),
    Unread,
}

/// Judges every line against the company's list and against the other lines.
///
/// A staff number tells who somebody is, then an address together with the given name (a family name may change),
/// then the name alone. Two people of one name are told apart by different numbers or addresses.
pub fn judge(lines: &[Line], staff: &[Employee]) -> Vec<Verdict> {
    let read: Vec<Result<NewEmployee, Vec<Mistake>>> = lines.iter().map(Line::read).collect();
    let mut matching = Matching::new(&read, staff);
    matching.by_staff_number();
    matching.by_email();
    matching.by_name();
    matching.among_lines();
    let found = matching.found;
    let line_number = |at: usize| lines.get(at).map_or(0, |l| l.number);
    let employee_name = |at: usize| staff.get(at).map(|e| e.person.full_name()).unwrap_or_default();
    let written_name =
        |at: usize| read.get(at).and_then(|r| r.as_ref().ok()).map(full_name).unwrap_or_default();
    read.iter()
        .zip(&found)
        .map(|(line, found)| match (line, found) {
            (Err(mistakes), _) => Verdict::ToMend(mistakes.clone()),
            (Ok(_), Found::Several) => Verdict::ToMend(vec![Mistake::Namesakes]),
            (Ok(_), Found::NumberOfStaff(at)) => {
                Verdict::ToMend(vec![Mistake::StaffNumberOf { name: employee_name(*at) }])
            }
            (Ok(_), Found::NumberOfLine(at)) => {
                Verdict::ToMend(vec![Mistake::StaffNumberOf { name: written_name(*at) }])
            }
            (Ok(_), Found::Twin(at)) => Verdict::Twin { line: line_number(*at) },
            (Ok(new), Found::Staff(at)) => match staff.get(*at) {
                Some(known) => compare(known, new),
                None => Verdict::New(new.clone()),
            },
            (Ok(new), Found::Nobody | Found::Unread) => Verdict::New(new.clone()),
        })
        .collect()
}

fn full_name(new: &NewEmployee) -> String {
    format!("{} {}", new.given_name, new.family_name)
}

fn compare(known: &Employee, new: &NewEmployee) -> Verdict {
    let mut changes = Vec::new();
    let (person, employment) = (&known.person, &known.employment);
    let same_name = person.given_name.search_key() == new.given_name.search_key()
        && person.family_name.search_key() == new.family_name.search_key();
    if !same_name {
        changes.push(Change::Name { from: person.full_name(), to: full_name(new) });
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
        to.given_name = person.given_name.clone();
        to.family_name = person.family_name.clone();
    }
    to.email = to.email.or_else(|| person.email.clone());
    to.staff_number = to.staff_number.or_else(|| employment.staff_number.clone());
    to.job_group = to.job_group.or(employment.job_group);
    to.starts_on = to.starts_on.or(Some(employment.starts_on));
    Verdict::Changed { person: person.id, to, changes }
}

/// What identifies somebody, on the list or on a line.
struct Keys {
    number: Option<String>,
    email: Option<String>,
    given: String,
    family: String,
}

impl Keys {
    fn of_line(new: &NewEmployee) -> Self {
        Self {
            number: new.staff_number.as_deref().map(search_key),
            email: new.email.as_ref().map(ToString::to_string),
            given: new.given_name.search_key(),
            family: new.family_name.search_key(),
        }
    }

    fn of_staff(known: &Employee) -> Self {
        Self {
            number: known.employment.staff_number.as_deref().map(search_key),
            email: known.person.email.as_ref().map(ToString::to_string),
            given: known.person.given_name.search_key(),
            family: known.person.family_name.search_key(),
        }
    }

    fn name(&self) -> (String, String) {
        (self.family.clone(), self.given.clone())
    }

    fn contact(&self) -> Option<(String, String)> {
        self.email.clone().map(|email| (email, self.given.clone()))
    }

    fn shares_a_name(&self, other: &Self) -> bool {
        self.given == other.given || self.family == other.family
    }

    fn numbers_differ(&self, other: &Self) -> bool {
        matches!((&self.number, &other.number), (Some(a), Some(b)) if a != b)
    }

    fn emails_differ(&self, other: &Self) -> bool {
        matches!((&self.email, &other.email), (Some(a), Some(b)) if a != b)
    }
}

struct Matching {
    lines: Vec<Option<Keys>>,
    staff: Vec<Keys>,
    found: Vec<Found>,
    /// The line that somebody on the list was found on.
    claimed: HashMap<usize, usize>,
}

impl Matching {
    fn new(read: &[Result<NewEmployee, Vec<Mistake>>], staff: &[Employee]) -> Self {
        let lines: Vec<Option<Keys>> = read.iter().map(|r| r.as_ref().ok().map(Keys::of_line)).collect();
        let found = lines.iter().map(|l| if l.is_some() { Found::Nobody } else { Found::Unread }).collect();
        Self { lines, staff: staff.iter().map(Keys::of_staff).collect(), found, claimed: HashMap::new() }
    }

    /// Asks `who` for each line that is nobody yet.
    fn each(&mut self, who: impl Fn(&Self, &Keys) -> Found) {
        for at in 0..self.lines.len() {
            let answer = match (self.found.get(at), self.lines.get(at)) {
                (Some(Found::Nobody), Some(Some(keys))) => who(self, keys),
                _ => continue,
            };
            let answer = match answer {
                Found::Staff(place) => {
                    let first = *self.claimed.entry(place).or_insert(at);
                    if first == at { answer } else { Found::Twin(first) }
                }
                other => other,
            };
            if let Some(found) = self.found.get_mut(at) {
                *found = answer;
            }
        }
    }

    fn by_staff_number(&mut self) {
        let index: HashMap<String, usize> =
            self.staff.iter().enumerate().filter_map(|(at, k)| Some((k.number.clone()?, at))).collect();
        self.each(|all, keys| {
            let holder = keys.number.as_ref().and_then(|number| index.get(number)).copied();
            match holder.and_then(|at| Some((at, all.staff.get(at)?))) {
                Some((at, known)) if known.shares_a_name(keys) => Found::Staff(at),
                Some((at, _)) => Found::NumberOfStaff(at),
                None => Found::Nobody,
            }
        });
    }

    fn by_email(&mut self) {
        let index: HashMap<(String, String), usize> =
            self.staff.iter().enumerate().filter_map(|(at, k)| Some((k.contact()?, at))).collect();
        self.each(|_, keys| {
            let known = keys.contact().and_then(|contact| index.get(&contact).copied());
            known.map_or(Found::Nobody, Found::Staff)
        });
    }

    fn by_name(&mut self) {
        let mut index: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (at, known) in self.staff.iter().enumerate() {
            index.entry(known.name()).or_default().push(at);
        }
        self.each(|all, keys| {
            let namesakes = index.get(&keys.name()).map(Vec::as_slice).unwrap_or_default();
            let mut free = namesakes.iter().copied().filter(|at| {
                !all.claimed.contains_key(at) && all.staff.get(*at).is_some_and(|k| !k.numbers_differ(keys))
            });
            match (free.next(), free.next()) {
                (Some(at), None) => Found::Staff(at),
                (Some(_), Some(_)) => Found::Several,
                (None, _) => Found::Nobody,
            }
        });
    }

    /// Lines that tell of somebody who stands on another line.
    fn among_lines(&mut self) {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut contacts: HashMap<(String, String), usize> = HashMap::new();
        let mut names: HashMap<(String, String), Vec<usize>> = HashMap::new();
        let order = |found: &Found| !matches!(found, Found::Staff(_));
        let mut places: Vec<usize> = (0..self.lines.len()).collect();
        // Those found on the list stand first: a line that is nobody's cannot be their original.
        places.sort_by_key(|at| self.found.get(*at).is_none_or(order));
        for at in places {
            let (Some(found), Some(Some(keys))) = (self.found.get_mut(at), self.lines.get(at)) else {
                continue;
            };
            if !matches!(found, Found::Staff(_) | Found::Nobody) {
                continue;
            }
            let line = |place: &usize| self.lines.get(*place).and_then(Option::as_ref);
            if *found == Found::Nobody {
                let same_number = keys.number.as_ref().and_then(|n| numbers.get(n)).copied();
                let same_contact = keys.contact().and_then(|c| contacts.get(&c)).copied();
                let same_name = names.get(&keys.name()).into_iter().flatten().copied().find(|other| {
                    line(other).is_some_and(|k| !k.numbers_differ(keys) && !k.emails_differ(keys))
                });
                let shares = |other: &usize| line(other).is_some_and(|k| k.shares_a_name(keys));
                *found = match (same_number, same_contact.or(same_name)) {
                    (Some(other), _) if shares(&other) => Found::Twin(other),
                    (Some(other), _) => Found::NumberOfLine(other),
                    (None, Some(other)) => Found::Twin(other),
                    (None, None) => Found::Nobody,
                };
                if *found != Found::Nobody {
                    continue;
                }
            }
            if let Some(number) = &keys.number {
                numbers.entry(number.clone()).or_insert(at);
            }
            if let Some(contact) = keys.contact() {
                contacts.entry(contact).or_insert(at);
            }
            names.entry(keys.name()).or_default().push(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EmploymentId, OrganisationId};
    use crate::domain::people::{Employment, Person};

    /// « Nom, Prénom, adresse, matricule, groupe, entrée », from line 2.
    fn lines(rows: &[&str]) -> Vec<Line> {
        let line = |(at, row): (usize, &&str)| {
            let mut cells = row.split(',').map(|c| c.trim().to_owned());
            Line::new(at + 2, std::array::from_fn(|_| cells.next().unwrap_or_default()))
        };
        rows.iter().enumerate().map(line).collect()
    }

    fn employed(rows: &[&str]) -> Vec<Employee> {
        let verdicts = judge(&lines(rows), &[]);
        (1..)
            .zip(verdicts)
            .map(|(id, verdict)| {
                let Verdict::New(new) = verdict else { panic!("{verdict:?}") };
                Employee {
                    person: Person {
                        id: PersonId(id),
                        given_name: new.given_name,
                        family_name: new.family_name,
                        email: new.email,
                    },
                    employment: Employment {
                        id: EmploymentId(id),
                        person: PersonId(id),
                        company: OrganisationId(1),
                        staff_number: new.staff_number,
                        job_group: new.job_group,
                        starts_on: new.starts_on.unwrap_or_else(|| "2020-01-01".parse().unwrap()),
                        ends_on: None,
                    },
                }
            })
            .collect()
    }

    fn told(rows: &[&str], staff: &[&str]) -> Vec<String> {
        judge(&lines(rows), &employed(staff))
            .into_iter()
            .map(|verdict| match verdict {
                Verdict::New(_) => "new".to_owned(),
                Verdict::Known(person) => format!("known {person}"),
                Verdict::Changed { person, changes, .. } => format!("changed {person} ({})", changes.len()),
                Verdict::ToMend(mistakes) => format!("mend {mistakes:?}"),
                Verdict::Twin { line } => format!("twin {line}"),
            })
            .collect()
    }

    const LOU: &str = "Carpentier, Lou, lou@acme.example, 12, cadre, 01/09/2020";

    #[test]
    fn the_same_list_again_changes_nothing() {
        let list =
            [LOU, "Denis, Malo, , , ,", "Élie, Noé, atelier@acme.example", "Élie, Mia, atelier@acme.example"];
        assert_eq!(told(&list, &list), ["known 1", "known 2", "known 3", "known 4"]);
        assert_eq!(told(&["CARPENTIER, lou"], &list), ["known 1"]);
    }

    #[test]
    fn what_differs_is_told_and_what_is_empty_is_kept() {
        assert_eq!(told(&["Carpentier, Lou, l.c@acme.example, 12, ouvrier"], &[LOU]), ["changed 1 (2)"]);
        // a new family name, known by the address
        assert_eq!(told(&["Moreau, Lou, lou@acme.example"], &[LOU]), ["changed 1 (1)"]);
        let judged =
            judge(&lines(&["Carpentier, Lou, , 13"]), &employed(&["Carpentier, Lou, lou@acme.example"]));
        let [Verdict::Changed { to, .. }] = judged.as_slice() else { panic!("{judged:?}") };
        assert_eq!(to.email.as_ref().unwrap().as_str(), "lou@acme.example");
    }

    #[test]
    fn mistakes_are_named() {
        let told = told(&[", Lou, lou@acme", "Denis, Malo, , , patron, 31/02/2020"], &[]);
        assert_eq!(
            told,
            ["mend [Name { field: FamilyName, why: Empty }, Email]", "mend [JobGroup, StartsOn]"]
        );
    }

    #[test]
    fn a_person_stands_once_in_a_file() {
        assert_eq!(told(&["Leroy, Paul", "Leroy, Paul"], &[]), ["new", "twin 2"]);
        assert_eq!(told(&["Leroy, Paul", "Leroy, Paul"], &["Leroy, Paul"]), ["known 1", "twin 2"]);
        assert_eq!(told(&["Leroy, Paul, p@a.example", "Leroy, Paul, q@a.example"], &[]), ["new", "new"]);
        assert_eq!(told(&["Leroy, Paul, , 1", "Leroy, Paul, , 2"], &[]), ["new", "new"]);
    }

    #[test]
    fn a_staff_number_belongs_to_one_person() {
        assert_eq!(
            told(&["Leroy, Paul, , 12"], &[LOU]),
            ["mend [StaffNumberOf { name: \"Lou Carpentier\" }]"]
        );
        assert_eq!(
            told(&["Leroy, Paul, , 5", "Denis, Malo, , 5"], &[]),
            ["new", "mend [StaffNumberOf { name: \"Paul Leroy\" }]"]
        );
    }

    #[test]
    fn namesakes_are_told_apart_or_asked_about() {
        let two = ["Martin, Jean, j1@a.example", "Martin, Jean, j2@a.example"];
        assert_eq!(told(&["Martin, Jean, j2@a.example"], &two), ["known 2"]);
        assert_eq!(told(&["Martin, Jean"], &two), ["mend [Namesakes]"]);
        assert_eq!(told(&["Martin, Jean, , 2"], &["Martin, Jean, , 1"]), ["new"]);
    }
}
