//! What is written is read again by another crate, element by element, into the same values.

mod made_up;
mod read_back;
mod reports;

use super::*;
use domain::calendar::Instant;
use domain::declarations::*;
use made_up::{envelope, passage, passages};
use proptest::prelude::*;
use read_back::read_back;

fn text(envelope: &Envelope, passages: &[Passage]) -> String {
    let written = write(Vec::new(), envelope.clone(), passages.iter().cloned()).unwrap();
    assert_eq!((written.bytes, written.passages), (written.out.len() as u64, passages.len()));
    String::from_utf8(written.out).unwrap()
}

#[test]
fn pieces_that_are_taken_away_are_the_same_file() {
    let all: Vec<Passage> = (1..=3).map(passage).collect();
    let mut writer = Writer::begin(Vec::new(), envelope()).unwrap();
    let mut pieces = vec![std::mem::take(writer.out())];
    for one in &all {
        writer.passage(one).unwrap();
        pieces.push(std::mem::take(writer.out()));
    }
    let written = writer.end().unwrap();
    pieces.push(written.out);
    let whole = text(&envelope(), &all);
    assert_eq!(written.bytes, whole.len() as u64);
    assert_eq!(String::from_utf8(pieces.concat()).unwrap(), whole);
}

#[test]
fn what_does_not_go_together_is_refused_and_leaves_no_trace() {
    let refused = |result: Result<_, Unwritable>| match result {
        Err(Unwritable::Refused(refusal)) => Some(refusal),
        _ => None,
    };
    let empty = refused(write(Vec::new(), envelope(), []).map(|_| ()));
    assert_eq!(empty, Some(Refusal::Empty));
    let undated = Envelope { made_at: Instant("2100-01-01T00:00:00".parse().unwrap()), ..envelope() };
    assert_eq!(refused(Writer::begin(Vec::new(), undated).map(|_| ())), Some(Refusal::Undated));

    let mut writer = Writer::begin(Vec::new(), envelope()).unwrap();
    writer.passage(&passage(1)).unwrap();
    let before = writer.out().len();
    let twice = refused(writer.passage(&passage(1)));
    assert_eq!(twice, Some(Refusal::Twice(passage(1).id)));
    assert_eq!(writer.out().len(), before);
    writer.passage(&passage(2)).unwrap();
    let written = writer.end().unwrap();
    assert_eq!(String::from_utf8(written.out).unwrap(), text(&envelope(), &[passage(1), passage(2)]));
}

#[test]
fn the_same_file_is_written_again_to_the_byte() {
    let all: Vec<Passage> = (1..=3).map(passage).collect();
    assert_eq!(text(&envelope(), &all), text(&envelope(), &all));
}

#[test]
fn a_full_disk_is_told() {
    let mut room = [0_u8; 600];
    let written = write(room.as_mut_slice(), envelope(), [passage(1)]);
    assert!(matches!(written, Err(Unwritable::Out(_))));
}

#[test]
fn the_action_is_left_out_on_demand() {
    let silent = Envelope { says_action: false, ..envelope() };
    let with = text(&envelope(), &[passage(1)]);
    let without = text(&silent, &[passage(1)]);
    assert_eq!(with.replace("<cpf:action>CREATION</cpf:action>\n", ""), without);
    assert_eq!(read_back(&without), (silent, vec![passage(1)]));
}

proptest! {
    #[test]
    fn whatever_is_declared_comes_back_the_same((envelope, passages) in passages()) {
        let text = text(&envelope, &passages);
        prop_assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cpf:flux "));
        prop_assert!(text.ends_with("</cpf:flux>\n"));
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        let no_character = |c| matches!(c, '\u{fffe}' | '\u{ffff}');
        prop_assert!(!text.contains(no_character));
        prop_assert_eq!(read_back(&text), (envelope, passages));
    }
}
