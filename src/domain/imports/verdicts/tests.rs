use super::super::Answer;
use super::*;
use crate::ids::{EmploymentId, OrganisationId};
use crate::people::{Employment, Person};

/// « Nom, Prénom, adresse, matricule, groupe, entrée », from line 2.
fn lines(rows: &[&str]) -> Vec<Line> {
    let line = |(at, row): (usize, &&str)| {
        let mut cells = row.split(',').map(|c| c.trim().to_owned());
        Line::new(at + 2, std::array::from_fn(|_| cells.next().unwrap_or_default()))
    };
    rows.iter().enumerate().map(line).collect()
}

fn employed(rows: &[&str]) -> Vec<Employee> {
    let verdicts = judge(&lines(rows), &Staff::default());
    (1..)
        .zip(verdicts)
        .map(|(id, verdict)| {
            let Verdict::New(new) = verdict else { panic!("{verdict:?}") };
            Employee {
                person: Person { id: PersonId(id), name: new.name, email: new.email },
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
    told_of(&lines(rows), &Staff { current: employed(staff), former: Vec::new() })
}

fn told_of(lines: &[Line], staff: &Staff) -> Vec<String> {
    judge(lines, staff)
        .into_iter()
        .map(|verdict| match verdict {
            Verdict::New(_) => "new".to_owned(),
            Verdict::Known(person) => format!("known {person}"),
            Verdict::Changed { person, changes, .. } => format!("changed {person} ({})", changes.len()),
            Verdict::Back { person, left, .. } => format!("back {person} after {}", left.iso()),
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
    let staff = Staff { current: employed(&["Carpentier, Lou, lou@acme.example"]), former: Vec::new() };
    let judged = judge(&lines(&["Carpentier, Lou, , 13"]), &staff);
    let [Verdict::Changed { to, .. }] = judged.as_slice() else { panic!("{judged:?}") };
    assert_eq!(to.email.as_ref().unwrap().as_str(), "lou@acme.example");
}

#[test]
fn mistakes_are_named() {
    let told = told(&[", Lou, lou@acme", "Denis, Malo, , , patron, 31/02/2020"], &[]);
    assert_eq!(told, ["mend [Name { field: FamilyName, why: Empty }, Email]", "mend [JobGroup, StartsOn]"]);
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
    assert_eq!(told(&["Leroy, Paul, , 12"], &[LOU]), ["mend [StaffNumberOf { name: \"Lou Carpentier\" }]"]);
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

const OTHER: &str = "Carpentier, Lou, l.c@acme.example";

fn answered(row: &str, answer: Answer) -> Vec<Line> {
    lines(&[row]).into_iter().map(|line| Line { answer: Some(answer), ..line }).collect()
}

#[test]
fn a_name_with_another_address_is_asked_about() {
    let known = "Carpentier, Lou, lou@acme.example";
    let staff = Staff { current: employed(&[known]), former: Vec::new() };
    let asked = told_of(&lines(&[OTHER]), &staff);
    assert!(asked[0].starts_with("mend [AnotherAddress"), "{asked:?}");
    assert_eq!(told_of(&answered(OTHER, Answer::SamePerson), &staff), ["changed 1 (1)"]);
    assert_eq!(told_of(&answered(OTHER, Answer::SomebodyElse), &staff), ["new"]);
    // What stands on the list is not asked about, and one whose own line is there is nobody else.
    assert_eq!(told(&[known, OTHER], &[known]), ["known 1", "new"]);
    assert_eq!(told(&[OTHER], &[known, OTHER]), ["known 2"]);
    assert_eq!(told(&[OTHER], &["Carpentier, Lou"]), ["changed 1 (1)"]);
    let twice: Vec<Line> = ["l.c@acme.example", "lc@acme.example"]
        .iter()
        .flat_map(|email| answered(&format!("Carpentier, Lou, {email}"), Answer::SamePerson))
        .collect();
    assert_eq!(told_of(&twice, &staff), ["changed 1 (1)", "twin 2"]);
}

#[test]
fn who_left_comes_back_as_the_same_person() {
    let left: Day = "2025-12-31".parse().unwrap();
    let former = employed(&[LOU]).into_iter().map(|mut known| {
        known.employment.ends_on = Some(left);
        known
    });
    let staff = Staff { current: employed(&["Denis, Malo"]), former: former.collect() };
    let told = |row: &str| told_of(&lines(&[row]), &staff);
    assert_eq!(told("Carpentier, Lou, lou@acme.example"), ["back 1 after 2025-12-31"]);
    assert_eq!(told("Moreau, Lou, lou@acme.example, , , 01/03/2026"), ["back 1 after 2025-12-31"]);
    assert_eq!(told("Carpentier, Lou, , 12"), ["back 1 after 2025-12-31"]);
    assert!(told(LOU)[0].starts_with("mend [BackTooEarly"), "{:?}", told(LOU));
    for row in ["Carpentier, Lou", OTHER] {
        assert!(told(row)[0].starts_with("mend [MayBeBack"), "{:?}", told(row));
        assert_eq!(told_of(&answered(row, Answer::SamePerson), &staff), ["back 1 after 2025-12-31"]);
        assert_eq!(told_of(&answered(row, Answer::SomebodyElse), &staff), ["new"]);
    }
    // The number is free again, and another name does not own it.
    assert_eq!(told("Leroy, Paul, , 12"), ["new"]);
}

#[test]
fn what_a_spreadsheet_would_run_is_refused() {
    for (row, field) in [
        ("=cmd, Lou", Field::FamilyName),
        ("Roy, +Lou", Field::GivenName),
        ("Roy, Lou, -lou@acme.example", Field::Email),
        ("Roy, Lou, , @12", Field::StaffNumber),
    ] {
        assert_eq!(told(&[row], &[]), [format!("mend [Formula {{ field: {field:?} }}]")], "{row}");
    }
}
