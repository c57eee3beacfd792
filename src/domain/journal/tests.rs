mod book;

use super::checkpoints::{Checkpoint, Flaw};
use super::seals::{NoSeal, Seal};
use super::verifying::{Unsealed, Wrong};
use super::{FIRST, Head, Row, Secret, SecretName};
use crate::keys::{PublicKey, Signature};
use book::{Book, Line, book};
use proptest::prelude::*;

/// Another text that differs in one character, or where there was nothing an empty one.
fn flip(text: &mut String, at: prop::sample::Index) {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        letters.push('x');
    } else {
        let at = at.index(letters.len());
        letters[at] = char::from_u32(u32::from(letters[at]) ^ 1).unwrap();
    }
    *text = letters.into_iter().collect();
}

fn flip_if_any(text: &mut Option<String>, at: prop::sample::Index) {
    match text {
        Some(text) => flip(text, at),
        None => *text = Some(String::new()),
    }
}

/// Fields of a row that name its place; then those whose change is found in that row itself.
const PLACE: usize = 2;
const FIELDS: usize = 14;

fn alter(row: &mut Row, field: usize, at: prop::sample::Index) {
    match field {
        0 => flip(&mut row.chain, at),
        1 => row.number ^= 1,
        2 => flip(&mut row.at, at),
        3 => flip(&mut row.kind, at),
        4 => flip(&mut row.reference, at),
        5 => row.account = Some(row.account.unwrap_or(0) ^ 1),
        6 => flip(&mut row.role, at),
        7 => flip_if_any(&mut row.from, at),
        8 => flip_if_any(&mut row.to, at),
        9 => flip_if_any(&mut row.reason_digest, at),
        10 => flip_if_any(&mut row.evidence_digest, at),
        11 => flip(&mut row.hash, at),
        12 => match row.secrets.first_mut() {
            Some(secret) => flip(&mut secret.salt, at),
            None => row.secrets.push(Secret { name: SecretName::Reason, salt: "s".into(), text: "t".into() }),
        },
        _ => match row.secrets.last_mut() {
            Some(secret) => flip(&mut secret.text, at),
            None => {
                row.secrets.push(Secret { name: SecretName::Evidence, salt: "s".into(), text: "t".into() });
            }
        },
    }
}

proptest! {
    #[test]
    fn what_was_written_holds_also_once_a_person_is_erased(mut book in book(), at: prop::sample::Index) {
        let chain = book.rows[at.index(book.rows.len())].chain.clone();
        let seal = book.seal(&chain);
        let verdict = book.verdict(Some(&seal));
        prop_assert!(verdict.holds(), "{verdict:?}");
        prop_assert_eq!(usize::try_from(verdict.rows).unwrap(), book.rows.len());
        for row in &mut book.rows {
            row.secrets.clear();
        }
        prop_assert!(book.verdict(Some(&seal)).holds());
    }

    #[test]
    fn one_byte_of_a_row_is_found_in_that_row(
        mut book in book(), at: prop::sample::Index, field in 0..FIELDS, byte: prop::sample::Index,
    ) {
        let at = at.index(book.rows.len());
        let id = book.rows[at].id;
        alter(&mut book.rows[at], field, byte);
        let found = book.broken();
        prop_assert!(field < PLACE || found.row.as_ref().is_some_and(|(row, _)| *row == id), "{found:?}");
    }

    #[test]
    fn a_row_that_is_gone_is_found(mut book in book(), at: prop::sample::Index) {
        let gone = book.rows.remove(at.index(book.rows.len()));
        let next = book.rows.iter().find(|row| row.chain == gone.chain && row.number > gone.number).map(|r| r.id);
        let found = book.broken();
        prop_assert_eq!(&found.chain, &gone.chain);
        prop_assert!(next.is_none() || found.row.map(|(id, _)| id) == next);
    }

    #[test]
    fn two_rows_that_changed_places_are_found(mut book in book(), one: prop::sample::Index, other: prop::sample::Index) {
        let chain = book.rows[one.index(book.rows.len())].chain.clone();
        let own = book.numbers(&chain);
        let (one, other) = (own[one.index(own.len())], own[other.index(own.len())]);
        prop_assume!(one != other);
        let numbers = (book.rows[one].number, book.rows[other].number);
        (book.rows[one].number, book.rows[other].number) = (numbers.1, numbers.0);
        let first = if one < other { other } else { one };
        let (id, found) = (book.rows[first].id, book.broken());
        prop_assert_eq!(found.row.map(|(row, _)| row), Some(id));
    }

    #[test]
    fn a_tail_cut_off_is_found_by_the_head_by_a_checkpoint_or_by_a_seal(
        mut book in book(), at: prop::sample::Index,
    ) {
        let from = book.rows[at.index(book.rows.len())].clone();
        let (chain, seal) = (from.chain.clone(), book.seal(&from.chain));
        let whole = book.clone();
        book.cut(&chain, from.number);
        let last = book.rows.iter().rfind(|row| row.chain == chain).map(|row| row.id);

        let mut head_kept = Book { heads: whole.heads.clone(), checkpoints: Vec::new(), ..book.clone() };
        let found = head_kept.broken();
        prop_assert_eq!((found.wrong, found.row.map(|(id, _)| id)), (Wrong::MissingAfter, last));

        let found = book.broken();
        prop_assert!(matches!(found.wrong, Wrong::Cut { .. }), "{found:?}");
        prop_assert_eq!((&found.chain, found.row.map(|(id, _)| id)), (&chain, last));

        // Everything that knew of it is gone here.
        let knows = |c: &Checkpoint| c.heads.iter().any(|h| h.chain == chain && h.number >= from.number);
        let first = book.checkpoints.iter().position(knows).unwrap();
        book.checkpoints.truncate(first);
        prop_assert!(book.verdict(None).holds());
        let verdict = book.verdict(Some(&seal));
        let found = verdict.first.unwrap();
        prop_assert_eq!((found.wrong, &found.chain), (Wrong::CutBeforeSeal(seal.head.number), &chain));
        prop_assert_eq!(verdict.unsealed, Some(Unsealed::Missing(seal.checkpoint)));
    }

    #[test]
    fn a_chain_that_was_written_anew_is_found_by_a_checkpoint_or_by_a_seal(
        mut book in book(), at: prop::sample::Index, field in PLACE..9_usize, byte: prop::sample::Index,
    ) {
        let at = at.index(book.rows.len());
        let (chain, number) = (book.rows[at].chain.clone(), book.rows[at].number);
        let seal = book.seal(&chain);
        alter(&mut book.rows[at], field, byte);
        book.hash_again(&chain);
        let found = book.broken();
        prop_assert!(matches!(found.wrong, Wrong::NotCovered(_)), "{found:?}");
        let named = found.row.unwrap().0;
        let named = book.rows.iter().find(|row| row.id == named).unwrap();
        prop_assert!(named.chain == chain && named.number >= number);

        book.checkpoints.clear();
        book.checkpoint();
        prop_assert!(book.verdict(None).holds(), "who signs may write everything anew");
        prop_assert_eq!(book.verdict(Some(&seal)).first.unwrap().wrong, Wrong::NotSealed);
    }

    #[test]
    fn a_checkpoint_that_was_altered_is_named_and_accuses_no_row(
        mut book in book(), at: prop::sample::Index, field in 0..8_usize, byte: prop::sample::Index,
    ) {
        let at = at.index(book.checkpoints.len());
        let (number, root) = (book.checkpoints[at].number, book.checkpoints[at].root.clone());
        let checkpoint = &mut book.checkpoints[at];
        let head = checkpoint.heads.len() - 1;
        match field {
            0 => flip(&mut checkpoint.at, byte),
            1 => flip(&mut checkpoint.previous, byte),
            2 => flip(&mut checkpoint.root, byte),
            3 => checkpoint.key = 2,
            4 => checkpoint.signature = Signature::new(b"forged"),
            5 => flip(&mut checkpoint.heads[head].hash, byte),
            6 => checkpoint.heads[head].number += 100,
            _ => drop(checkpoint.heads.pop()),
        }
        let verdict = book.verdict(None);
        let expected = match field {
            3 => Flaw::UnknownKey,
            4 => Flaw::Signature,
            _ => Flaw::Altered,
        };
        prop_assert_eq!((verdict.flaw, &verdict.first), (Some((number, expected)), &None));
        prop_assert!(book.checkpoints[at].root == root || field == 2);
    }

    #[test]
    fn a_checkpoint_that_is_gone_is_noticed_by_the_next(mut book in book(), at: prop::sample::Index) {
        prop_assume!(book.checkpoints.len() > 1);
        let gone = at.index(book.checkpoints.len() - 1);
        let next = book.checkpoints[gone + 1].number;
        book.checkpoints.remove(gone);
        prop_assert_eq!(book.verdict(None).flaw, Some((next, Flaw::MissingBefore)));
    }

    #[test]
    fn a_seal_is_read_from_a_letter_and_from_a_print(book in book(), width in 5..90_usize) {
        let seal = book.seal(&book.rows[0].chain);
        let text: Vec<char> = seal.to_string().chars().collect();
        let broken: Vec<String> = text.chunks(width).map(|line| line.iter().collect()).collect();
        for (between, capitals) in [("\n", false), ("\r\n> ", false), ("=\r\n", false), ("\n  > > ", true)] {
            let mut letter = broken.join(between);
            if capitals {
                letter = letter.to_uppercase();
            }
            let letter = format!("Bonjour,\n\nSceau :\n> {letter}\n\nOuvrir le journal\n");
            prop_assert_eq!(letter.parse::<Seal>(), Ok(seal.clone()));
        }
        prop_assert_eq!(seal.lines().join("\n").parse::<Seal>(), Ok(seal));
    }

    #[test]
    fn a_seal_with_a_wrong_character_is_not_taken_for_another(book in book(), at: prop::sample::Index) {
        let seal = book.seal(&book.rows[0].chain);
        let mut text = seal.to_string();
        flip(&mut text, at);
        prop_assert!(matches!(text.parse::<Seal>(), Err(NoSeal::Damaged | NoSeal::Absent)), "{text}");
        let short: String = seal.to_string().chars().take(300).collect();
        prop_assert_eq!(short.parse::<Seal>(), Err(NoSeal::Damaged));
    }
}

/// A journal of one row under one checkpoint.
fn short() -> Book {
    let mut book = Book::default();
    let line = Line {
        chain: 1,
        about: 1,
        kind: "mark".into(),
        account: None,
        from: None,
        reason: None,
        evidence: None,
        sealed: false,
    };
    book.write(&line);
    book.checkpoint();
    book
}

#[test]
fn a_seal_that_nobody_signed_is_refused() {
    let mut book = short();
    let seal = Seal { key: PublicKey::new(&[8; 32]), ..book.seal("session:1") };
    assert_eq!(book.verdict(Some(&seal)).unsealed, Some(Unsealed::Forged));
}

#[test]
fn a_seal_with_another_head_under_a_true_signature_is_refused() {
    let mut book = short();
    let mut seal = book.seal("session:1");
    assert!(book.verdict(Some(&seal)).holds());
    for forged in [
        Head { number: 0, ..seal.head.clone() },
        Head { hash: FIRST.to_owned(), ..seal.head.clone() },
        Head { chain: "session:2".to_owned(), ..seal.head.clone() },
    ] {
        seal.head = forged;
        assert_eq!(book.verdict(Some(&seal)).unsealed, Some(Unsealed::Forged), "{:?}", seal.head);
    }
}

#[test]
fn a_key_that_comes_while_it_is_verified_is_no_fault() {
    let mut book = Book { late_keys: 1, ..short() };
    assert!(book.verdict(None).holds());
    let mut book = Book { late_keys: 2, ..short() };
    assert_eq!(book.verdict(None).flaw, Some((1, Flaw::UnknownKey)));
}
