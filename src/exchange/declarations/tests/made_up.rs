//! Passages that never were, of every shape that the types allow.

use domain::calendar::{Day, Instant};
use domain::certifications::AccessRoute;
use domain::declarations::*;
use domain::reference::CommuneCode;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::Debug;
use std::str::FromStr;

pub fn envelope() -> Envelope {
    Envelope {
        flow: "7b1e6a52-3c0f-4f6e-9a55-0d8f2f4b9c11".parse().unwrap(),
        made_at: Instant("2026-11-22T09:15:00".parse().unwrap()),
        sender: "09ZZZ999".parse().unwrap(),
        certifier: "09ZZZ999".parse().unwrap(),
        contract: "MCFCER999999".parse().unwrap(),
        says_action: true,
    }
}

/// One of many who differ by a number.
pub fn passage(number: u32) -> Passage {
    let draft = Draft {
        contract: Some(envelope().contract),
        certification: "RNCP99999".parse().ok(),
        issued_on: "2026-10-20".parse().ok(),
        birth_name: "Delmotte".parse().ok(),
        first_name: "Élodie".parse().ok(),
        born: "1988".parse().ok(),
        sex: Some(Sex::Female),
        ..Draft::new(format!("IAHDF-{number}").parse().unwrap())
    };
    draft.passage().unwrap()
}

/// A file: some passages, those of one certification together, each under a number of its own.
pub fn passages() -> impl Strategy<Value = (Envelope, Vec<Passage>)> {
    // from 1912 on: before, Paris was some seconds away from any offset that can be written
    let seconds = -1_830_000_000_i64..4_102_400_000;
    let certifications = proptest::collection::btree_map("(RNCP|RS)[0-9]{1,5}", 1_usize..4, 1..4);
    (seconds, parsed::<ClientId>("[0-9]{2}[A-Z]{3}[0-9]{3}"), any::<bool>(), certifications)
        .prop_flat_map(|(seconds, certifier, says_action, certifications)| {
            let made_at = Instant(chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc());
            let envelope = Envelope { made_at, certifier, says_action, ..envelope() };
            let codes: Vec<String> =
                certifications.into_iter().flat_map(|(code, times)| vec![code; times]).collect();
            (Just(envelope), Just(codes.clone()), proptest::collection::vec(draft(), codes.len()))
        })
        .prop_map(|(envelope, codes, drafts)| {
            let drafts = drafts.into_iter().zip(codes).enumerate();
            let passages = drafts.map(|(number, (mut draft, code))| {
                draft.id = format!("p-{number}").parse().unwrap();
                draft.certification = Some(code.parse().unwrap());
                draft.passage().unwrap()
            });
            (envelope, passages.collect())
        })
}

fn draft() -> impl Strategy<Value = Draft> {
    let names = (line::<60>(), line::<60>(), option::of(line()), option::of(line()), option::of(line()));
    let issued = day("2010-01-01", 20_000);
    (names, born(), select(Sex::ALL), birthplace(), issued).prop_flat_map(
        |((birth_name, first_name, usual, second, third), born, sex, birthplace, issued)| {
            let draft = Draft {
                contract: Some(envelope().contract),
                issued_on: Some(issued),
                birth_name: Some(birth_name),
                first_name: Some(first_name),
                born: Some(born),
                sex: Some(sex),
                other_names: OtherNames { usual, second, third },
                birthplace,
                ..Draft::new("p".parse().unwrap())
            };
            details(issued).prop_map(move |details| Draft { details, ..draft.clone() })
        },
    )
}

fn details(issued: Day) -> impl Strategy<Value = Details> {
    let later = option::of((0_u64..4_000).prop_map(move |days| issued.plus_days(days)));
    let exam = (option::of(day("2005-01-01", 900)), option::of(day("2008-01-01", 900)));
    let exam = (exam, option::of(select(ExamMode::ALL)), option::of(line()));
    let exam = exam.prop_map(|((starts_on, ends_on), mode, postal_code)| Exam {
        starts_on,
        ends_on,
        mode,
        postal_code,
    });
    let ways = (option::of(select(Honours::ALL)), option::of(select(AccessRoute::ALL)));
    let link = option::of(parsed::<ProofLink>("https://[a-z]{1,9}\\.example/[!-~]{0,40}"));
    let rest =
        (option::of(select(Initiative::ALL)), option::of(day("2004-01-01", 900)), link, option::of(line()));
    (later, exam, ways, rest).prop_map(
        |(valid_until, exam, (honours, route), (initiative, enrolled_on, proof, option))| Details {
            valid_until,
            exam,
            honours,
            route,
            initiative,
            enrolled_on,
            proof,
            option,
        },
    )
}

fn birthplace() -> impl Strategy<Value = Birthplace> {
    let commune = parsed::<CommuneCode>("([0-8][0-9]|2[AB])[0-9]{3}");
    let country = parsed::<CountryCode>("99[2-9][0-9]{2}");
    prop_oneof![
        Just(Birthplace::Unknown),
        (commune, option::of(line())).prop_map(|(commune, name)| Birthplace::France { commune, name }),
        (option::of(country), line(), option::of(line()))
            .prop_map(|(code, name, town)| Birthplace::Abroad { country: Country { code, name }, town }),
    ]
}

fn born() -> impl Strategy<Value = BirthDate> {
    (1900_u32..2010, option::of((1_u32..=12, option::of(1_u32..=31))))
        .prop_filter_map("a day", |(year, rest)| {
            BirthDate::new(year, rest.map(|(month, _)| month), rest.and_then(|(_, day)| day)).ok()
        })
}

fn day(first: &str, days: u64) -> impl Strategy<Value = Day> + use<> {
    let first: Day = first.parse().unwrap();
    (0..days).prop_map(move |days| first.plus_days(days))
}

/// Letters, what XML gives a meaning to, and anything at all.
fn line<const MOST: usize>() -> impl Strategy<Value = Line<MOST>> {
    prop_oneof!["[A-Za-zéÉœŁ'’ -]{1,30}", "[a-c<>&\"'/!?\\]\\[;#x-]{1,12}", "\\PC{1,9}", any::<String>(),]
        .prop_filter_map("a line", |text| text.chars().take(MOST).collect::<String>().parse().ok())
}

fn parsed<T: FromStr + Debug>(pattern: &'static str) -> impl Strategy<Value = T> + use<T> {
    pattern.prop_filter_map("a value", |text| text.parse().ok())
}
