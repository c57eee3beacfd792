use super::verdicts::{Mistake, Staff};
use super::{Answer, Line};
use crate::people::{Employee, NewEmployee};
use crate::text::search_key;
use std::collections::HashMap;
use std::ops::Range;

/// Whom a line was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Nobody,
    /// A place among the staff: the current ones first, then those who left.
    Known(usize),
    /// Somebody of this name, who may be somebody else.
    Asked(usize),
    Several,
    NumberOfStaff(usize),
    /// A place among the lines.
    NumberOfLine(usize),
    Twin(usize),
    Unread,
}

/// What identifies somebody, on the list or on a line.
struct Keys {
    number: Option<String>,
    email: Option<String>,
    given: String,
    family: String,
    answer: Option<Answer>,
}

impl Keys {
    fn of_line(line: &Line, new: &NewEmployee) -> Self {
        Self {
            number: new.staff_number.as_deref().map(search_key),
            email: new.email.as_ref().map(ToString::to_string),
            given: new.name.given.search_key(),
            family: new.name.family.search_key(),
            answer: line.answer,
        }
    }

    fn of_staff(known: &Employee) -> Self {
        Self {
            number: known.employment.staff_number.as_deref().map(search_key),
            email: known.person.email.as_ref().map(ToString::to_string),
            given: known.person.name.given.search_key(),
            family: known.person.name.family.search_key(),
            answer: None,
        }
    }

    fn name(&self) -> (String, String) {
        (self.family.clone(), self.given.clone())
    }

    fn contact(&self) -> Option<(String, String)> {
        self.email.clone().map(|email| (email, self.given.clone()))
    }

    fn name_borrowed(&self) -> (&str, &str) {
        (&self.family, &self.given)
    }

    fn contact_borrowed(&self) -> Option<(&str, &str)> {
        Some((self.email.as_deref()?, &self.given))
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

/// Lines of one name, the first of each kind: with or without a number, with or without an address. Who has the same
/// number or address is found by that; of all others, only those whom nothing tells apart may be the same person. So
/// one look is enough, however many bear the name.
#[derive(Default)]
struct Namesakes {
    /// In the order in which they were noted; whether they have a number and an address.
    first: Vec<(bool, bool, usize)>,
}

impl Namesakes {
    fn note(&mut self, keys: &Keys, at: usize) {
        let kind = (keys.number.is_some(), keys.email.is_some());
        if !self.first.iter().any(|(number, email, _)| (*number, *email) == kind) {
            self.first.push((kind.0, kind.1, at));
        }
    }

    fn may_be(&self, keys: &Keys) -> Option<usize> {
        let untold = |(number, email, _): &&(bool, bool, usize)| {
            let is_told_apart = (*number && keys.number.is_some()) || (*email && keys.email.is_some());
            !is_told_apart
        };
        self.first.iter().find(untold).map(|(_, _, at)| *at)
    }
}

pub(super) struct Matching {
    lines: Vec<Option<Keys>>,
    staff: Vec<Keys>,
    found: Vec<Found>,
    /// The line that somebody was found on.
    claimed: HashMap<usize, usize>,
}

impl Matching {
    /// Finds each line among the staff, then among the other lines. A line that cannot be read is not looked for.
    pub(super) fn run(
        lines: &[Line],
        read: &[Result<NewEmployee, Vec<Mistake>>],
        staff: &Staff,
    ) -> Vec<Found> {
        let keys = |(line, read): (&Line, &Result<NewEmployee, Vec<Mistake>>)| {
            read.as_ref().ok().map(|new| Keys::of_line(line, new))
        };
        let lines: Vec<Option<Keys>> = lines.iter().zip(read).map(keys).collect();
        let found = lines.iter().map(|l| if l.is_some() { Found::Nobody } else { Found::Unread }).collect();
        let all = staff.current.iter().chain(&staff.former).map(Keys::of_staff).collect();
        let mut matching = Self { lines, staff: all, found, claimed: HashMap::new() };
        let current = staff.current.len();
        matching.by_staff_number(0..current, Found::NumberOfStaff);
        matching.by_email(0..current);
        matching.by_name(0..current);
        // The number of somebody who left is free again.
        let everybody = matching.staff.len();
        matching.by_staff_number(current..everybody, |_| Found::Nobody);
        matching.by_email(current..everybody);
        matching.by_name_of_former(current..everybody);
        matching.among_lines();
        matching.found
    }

    fn places(&self, among: Range<usize>) -> impl Iterator<Item = (usize, &Keys)> {
        self.staff.iter().enumerate().skip(among.start).take(among.len())
    }

    /// Asks `who` for each line that is nobody yet.
    fn each(&mut self, who: impl Fn(&Self, &Keys) -> Found) {
        for at in 0..self.lines.len() {
            let answer = match (self.found.get(at), self.lines.get(at)) {
                (Some(Found::Nobody), Some(Some(keys))) => who(self, keys),
                _ => continue,
            };
            let answer = match answer {
                Found::Known(place) => {
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

    /// `of_another` is what a line is whose number is somebody's of quite another name.
    fn by_staff_number(&mut self, among: Range<usize>, of_another: fn(usize) -> Found) {
        if among.is_empty() {
            return;
        }
        let index: HashMap<String, usize> =
            self.places(among).filter_map(|(at, k)| Some((k.number.clone()?, at))).collect();
        self.each(|all, keys| {
            let holder = keys.number.as_ref().and_then(|number| index.get(number)).copied();
            match holder.and_then(|at| Some((at, all.staff.get(at)?))) {
                Some((at, known)) if known.shares_a_name(keys) => Found::Known(at),
                Some((at, _)) => of_another(at),
                None => Found::Nobody,
            }
        });
    }

    fn by_email(&mut self, among: Range<usize>) {
        if among.is_empty() {
            return;
        }
        let index: HashMap<(String, String), usize> =
            self.places(among).filter_map(|(at, k)| Some((k.contact()?, at))).collect();
        self.each(|_, keys| {
            let known = keys.contact().and_then(|contact| index.get(&contact).copied());
            known.map_or(Found::Nobody, Found::Known)
        });
    }

    fn by_name(&mut self, among: Range<usize>) {
        if among.is_empty() {
            return;
        }
        let index = self.names(among);
        self.each(|all, keys| {
            if keys.answer == Some(Answer::SomebodyElse) {
                return Found::Nobody;
            }
            let is_same = keys.answer == Some(Answer::SamePerson);
            let mut free = index.get(&keys.name()).into_iter().flatten().copied().filter(|at| {
                // Who is said to be somebody twice is found twice, so that the second line is seen to be a twin.
                (is_same || !all.claimed.contains_key(at))
                    && all.staff.get(*at).is_some_and(|k| !k.numbers_differ(keys))
            });
            match (free.next(), free.next()) {
                (Some(at), None) if is_same => Found::Known(at),
                (Some(at), None) if all.staff.get(at).is_some_and(|k| k.emails_differ(keys)) => {
                    Found::Asked(at)
                }
                (Some(at), None) => Found::Known(at),
                (Some(_), Some(_)) => Found::Several,
                (None, _) => Found::Nobody,
            }
        });
    }

    /// A name alone never brings somebody back: the reader says so. Of namesakes, who left last is asked about.
    fn by_name_of_former(&mut self, among: Range<usize>) {
        if among.is_empty() {
            return;
        }
        let index = self.names(among);
        self.each(|all, keys| {
            let is_free = |at: &&usize| !all.claimed.contains_key(*at);
            let known = index.get(&keys.name()).and_then(|places| places.iter().find(is_free)).copied();
            match (known, keys.answer) {
                (None, _) | (Some(_), Some(Answer::SomebodyElse)) => Found::Nobody,
                (Some(at), Some(Answer::SamePerson)) => Found::Known(at),
                (Some(at), None) => Found::Asked(at),
            }
        });
    }

    fn names(&self, among: Range<usize>) -> HashMap<(String, String), Vec<usize>> {
        let mut index: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (at, known) in self.places(among) {
            index.entry(known.name()).or_default().push(at);
        }
        index
    }

    /// Lines that tell of somebody who stands on another line.
    fn among_lines(&mut self) {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut contacts: HashMap<(&str, &str), usize> = HashMap::new();
        let mut names: HashMap<(&str, &str), Namesakes> = HashMap::new();
        let Self { lines, found, .. } = self;
        let order = |found: &Found| !matches!(found, Found::Known(_));
        let mut places: Vec<usize> = (0..lines.len()).collect();
        // Those found on the list stand first: a line that is nobody's cannot be their original.
        places.sort_by_key(|at| found.get(*at).is_none_or(order));
        for at in places {
            let (Some(found), Some(Some(keys))) = (found.get_mut(at), lines.get(at)) else {
                continue;
            };
            if !matches!(found, Found::Known(_) | Found::Nobody) {
                continue;
            }
            let line = |place: &usize| lines.get(*place).and_then(Option::as_ref);
            if *found == Found::Nobody {
                let same_number = keys.number.as_deref().and_then(|n| numbers.get(n)).copied();
                let same_contact = keys.contact_borrowed().and_then(|c| contacts.get(&c)).copied();
                let same_name = names.get(&keys.name_borrowed()).and_then(|known| known.may_be(keys));
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
                numbers.entry(number).or_insert(at);
            }
            if let Some(contact) = keys.contact_borrowed() {
                contacts.entry(contact).or_insert(at);
            }
            names.entry(keys.name_borrowed()).or_default().note(keys, at);
        }
    }
}
