//! Somebody who holds the database changes the journal, and whoever verifies it is told where.

use crate::harness::{Database, Kind, stories};
use crate::the_journal_is_sealed::{closed, seals};
use crate::town::Room;
use crate::whoever_runs_it::{done, parcours};
use diesel::prelude::*;
use domain::journal::verifying;
use exchange::journals::Exported;
use std::fs;
use std::process::Command;

stories! {
    both: the_verifier_names_the_row_that_was_changed,
        a_tail_that_was_cut_is_found_by_what_was_kept_outside,
        a_session_is_exported_and_checked_without_its_database,
        an_erased_person_breaks_no_chain,
        a_server_without_a_key_says_so;
}

/// The program on the database of the story, with the key that the town has.
pub fn program(database: &Database, arguments: &[&str]) -> Command {
    let mut command = parcours(database, arguments);
    command.env("PARCOURS_KEY_FILE", database.key_file());
    command
}

/// What nobody may do by the program.
pub fn tamper(room: &Room, statements: &[&str]) {
    let run = |conn: &mut store::Conn| {
        for statement in statements {
            diesel::sql_query(*statement).execute(conn)?;
        }
        Ok::<_, store::Error>(())
    };
    room.town.store().write(run).unwrap();
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    number: i64,
}

pub fn number(room: &Room, question: &str) -> i64 {
    let ask = |conn: &mut store::Conn| {
        Ok::<_, store::Error>(diesel::sql_query(question).get_result::<Number>(conn)?.number)
    };
    room.town.store().read(ask).unwrap()
}

/// The number of a row of the session's chain.
fn row(room: &Room, place: i64) -> i64 {
    let session = room.session;
    number(
        room,
        &format!("SELECT id AS number FROM journal WHERE chain = 'session:{session}' AND number = {place}"),
    )
}

#[track_caller]
pub fn is_told(database: &Database, arguments: &[&str], words: &[&str]) {
    let (code, _, said) = done(&mut program(database, arguments));
    assert_eq!(code, 1, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    for word in words {
        assert!(said.contains(word), "« {word} » is not in « {said} »");
    }
}

pub const VERIFY: &[&str] = &["journal", "verify"];

fn the_verifier_names_the_row_that_was_changed(database: &Database) {
    let room = closed(database);
    let (code, said, complaint) = done(&mut program(database, VERIFY));
    assert!(code == 0 && said.ends_with("hold, under 1 checkpoints\n"), "{said}{complaint}");
    let (chain, third) = (format!("chain session:{}", room.session), row(&room, 3));
    let named = format!("row {third} (");
    let (named, chain) = (named.as_str(), chain.as_str());
    let columns = [
        ("kind", "'other'"),
        ("reference", "'enrolment:999'"),
        ("role", "'nobody'"),
        ("to_state", "''"),
        ("hash", "'00'"),
        ("at", "'2026-01-01 00:00:00'"),
    ];
    for (column, value) in columns {
        tamper(
            &room,
            &[
                "CREATE TABLE before AS SELECT * FROM journal",
                &format!("UPDATE journal SET {column} = {value} WHERE id = {third}"),
            ],
        );
        is_told(database, VERIFY, &[named, chain, "the row was altered"]);
        let back = format!(
            "UPDATE journal SET {column} = (SELECT {column} FROM before WHERE before.id = {third}) WHERE id = {third}"
        );
        tamper(&room, &[&back, "DROP TABLE before"]);
    }
    let reason = number(&room, "SELECT min(journal_id) AS number FROM journal_secrets");
    tamper(&room, &["UPDATE journal_secrets SET text = text || '!'"]);
    is_told(database, VERIFY, &[&format!("row {reason} ("), "its reason was altered"]);
    tamper(&room, &["UPDATE journal_secrets SET text = substr(text, 1, length(text) - 1)"]);
    if database.kind == Kind::Sqlite {
        let ours = format!("UPDATE journal SET at = 'hier' WHERE id = {third}");
        tamper(&room, &["CREATE TABLE before AS SELECT * FROM journal", &ours]);
        is_told(database, VERIFY, &[&format!("row {third} ("), chain, "cannot be read"]);
        let back = format!(
            "UPDATE journal SET at = (SELECT at FROM before WHERE before.id = {third}) WHERE id = {third}"
        );
        tamper(&room, &[&back, "DROP TABLE before"]);
    }
    tamper(&room, &["UPDATE checkpoints SET root = 'ab'"]);
    is_told(database, VERIFY, &["checkpoint 1 does not hold: it was altered"]);
}

fn a_tail_that_was_cut_is_found_by_what_was_kept_outside(database: &Database) {
    let room = closed(database);
    let letter = &seals(&room)[0];
    let quoted = format!("> {}", letter.text_body.replace('\n', "\r\n> "));
    fs::write(database.folder.join("lettre.eml"), quoted).unwrap();
    let kept = ["journal", "verify", "--checkpoint", "lettre.eml"];
    let (code, _, complaint) = done(&mut program(database, &kept));
    assert_eq!((code, complaint.as_str()), (0, ""));

    // The last two rows go; then the head says so; then every checkpoint that knew.
    let session = room.session;
    let head = number(&room, &format!("SELECT number FROM chains WHERE chain = 'session:{session}'"));
    let last = row(&room, head - 2);
    let tail = format!("FROM journal WHERE chain = 'session:{session}' AND number > {}", head - 2);
    let secrets = format!("DELETE FROM journal_secrets WHERE journal_id IN (SELECT id {tail})");
    tamper(&room, &[&secrets, &format!("DELETE {tail}")]);
    let named = format!("row {last} (");
    is_told(database, VERIFY, &[&named, "rows after this one are missing"]);
    let moved = format!(
        "UPDATE chains SET number = {}, hash = (SELECT hash FROM journal WHERE id = {last}) WHERE chain = 'session:{session}'",
        head - 2
    );
    tamper(&room, &[&moved]);
    is_told(
        database,
        VERIFY,
        &[&named, "are missing", &format!("up to number {head}: checkpoint 1 covers them")],
    );
    tamper(
        &room,
        &["UPDATE seals SET checkpoint = NULL", "DELETE FROM checkpoint_heads", "DELETE FROM checkpoints"],
    );
    // What was counted stands there still, and nothing tells of it any more.
    is_told(database, VERIFY, &[&format!("(chain session:{session}) is not")]);
    tamper(
        &room,
        &[
            "UPDATE enrolments SET minutes = NULL",
            "UPDATE enrolments SET state = (SELECT to_state FROM journal WHERE reference = 'enrolment:' || enrolments.id ORDER BY journal.id DESC LIMIT 1)",
            "UPDATE sessions SET state = 'running' WHERE state = 'closed'",
        ],
    );
    let (code, said, complaint) = done(&mut program(database, VERIFY));
    assert!(
        code == 0 && said.contains("under 0 checkpoints\n"),
        "who takes everything leaves no trace here: {said}{complaint}"
    );
    is_told(
        database,
        &kept,
        &[&named, "the seal that was kept covers them", "checkpoint 1 of the seal that was kept is missing"],
    );
    let seal = letter.text_body.parse::<domain::journal::seals::Seal>().unwrap().to_string();
    is_told(database, &["journal", "verify", "--checkpoint", &seal], &[&named]);
    // Nothing at all is left of the session.
    tamper(
        &room,
        &[
            &format!(
                "DELETE FROM journal_secrets WHERE journal_id IN (SELECT id FROM journal WHERE chain = 'session:{session}')"
            ),
            &format!("DELETE FROM journal WHERE chain = 'session:{session}'"),
            &format!("DELETE FROM chains WHERE chain = 'session:{session}'"),
        ],
    );
    is_told(database, &kept, &[&format!("no row of chain session:{session} is left")]);
    is_told(database, &["journal", "verify", "--checkpoint", &seal[..seal.len() - 1]], &["not copied whole"]);
    is_told(database, &["journal", "verify", "--checkpoint", "rien"], &["there is no seal in it"]);
}

fn a_session_is_exported_and_checked_without_its_database(database: &Database) {
    let room = closed(database);
    let session = room.session.to_string();
    let export = ["journal", "export", "--session", &session, "session.jsonl"];
    let (code, said, complaint) = done(&mut program(database, &export));
    assert!(code == 0 && said.ends_with("are in session.jsonl\n"), "{said}{complaint}");
    is_told(database, &export, &["session.jsonl is there already"]);
    is_told(database, &["journal", "export", "--session", "999", "none.jsonl"], &["session 999"]);
    assert!(!database.folder.join("none.jsonl").exists() && !database.folder.join("none.partial").exists());
    let file = fs::read_to_string(database.folder.join("session.jsonl")).unwrap();
    let page = room.manager.get(&format!("/sessions/{session}/journal/fichier"));
    assert_eq!(page.is(200).body, file, "the page gives the same file");
    assert!(file.contains("{\"checkpoint\"") && page.queries() <= 8, "{}", page.queries());

    let check = |more: &[&str]| {
        let mut command = program(database, &[&["journal", "check", "session.jsonl"], more].concat());
        command.env("DATABASE_URL", "postgres://nowhere.example/none").env_remove("PARCOURS_KEY_FILE");
        done(&mut command)
    };
    let letter = seals(&room)[0].text_body.clone();
    let seal: domain::journal::seals::Seal = letter.parse().unwrap();
    let (code, said, complaint) = check(&["--checkpoint", &letter]);
    assert_eq!(code, 0, "{complaint}");
    assert!(
        said.contains(&format!("up to row {}, signed by {}", seal.head.number, seal.key.fingerprint())),
        "{said}"
    );

    let lines: Vec<&str> = file.lines().collect();
    let third = row(&room, 3);
    let altered = file.replace(
        &format!("\"id\":{third},\"chain\":\"session:{session}\",\"number\":3,\"at\":\"2"),
        &format!("\"id\":{third},\"chain\":\"session:{session}\",\"number\":3,\"at\":\"3"),
    );
    assert_ne!(altered, file);
    fs::write(database.folder.join("session.jsonl"), altered).unwrap();
    let (code, _, said) = check(&[]);
    assert!(
        code == 1 && said.contains(&format!("row {third} (")) && said.contains("the row was altered"),
        "{said}"
    );
    // The last row taken away, with the head and the checkpoint that tell of it.
    let cut: Vec<&str> = lines.iter().copied().filter(|line| !line.starts_with("{\"checkpoint\"")).collect();
    let cut = cut[..cut.len() - 1].join("\n");
    let before = cut.lines().last().unwrap().split("\"hash\":\"").nth(1).unwrap()[..64].to_owned();
    let (first, rest) = cut.split_once('\n').unwrap();
    let head = first.replace(&seal.head.hash, &before).replace(
        &format!("\"number\":{}", seal.head.number),
        &format!("\"number\":{}", seal.head.number - 1),
    );
    fs::write(database.folder.join("session.jsonl"), format!("{head}\n{rest}\n")).unwrap();
    let (code, said, _) = check(&[]);
    assert!(code == 0 && said.contains("no checkpoint covers them"), "{said}");
    let (code, _, said) = check(&["--checkpoint", &letter]);
    assert!(code == 1 && said.contains("the seal that was kept covers them"), "{said}");
    bytes_count(&file);
}

/// Every eleventh byte is changed, each alone: only the numbers that name rows may be.
fn bytes_count(file: &str) {
    let names: Vec<std::ops::Range<usize>> = file
        .match_indices("{\"row\":{\"id\":")
        .map(|(at, start)| at + start.len()..at + start.len() + file[at + start.len()..].find(',').unwrap())
        .collect();
    for at in (0..file.len()).step_by(11).filter(|at| !names.iter().any(|name| name.contains(at))) {
        let mut bytes = file.as_bytes().to_vec();
        bytes[at] ^= 1;
        let Ok(mut exported) = Exported::read(&bytes[..]) else { continue };
        let Ok(verdict) = verifying::verify(&mut exported, credentials::is_signed, None);
        assert!(
            !verdict.holds(),
            "byte {at}: {}",
            String::from_utf8_lossy(&bytes[at.saturating_sub(40)..at + 20])
        );
    }
}

fn an_erased_person_breaks_no_chain(database: &Database) {
    let room = closed(database);
    let erased = number(&room, "SELECT COUNT(*) AS number FROM journal_secrets WHERE name = 'reason'");
    tamper(&room, &["DELETE FROM journal_secrets WHERE name = 'reason'"]);
    let (code, said, complaint) = done(&mut program(database, VERIFY));
    assert_eq!((code, complaint.as_str()), (0, ""));
    assert!(said.contains(&format!("{erased} of their reasons or evidence were erased")), "{said}");
    let file = room.manager.get(&format!("/sessions/{}/journal/fichier", room.session)).body;
    assert!(!file.contains("Un changement"), "{file}");
    let mut exported = Exported::read(file.as_bytes()).unwrap();
    let Ok(verdict) = verifying::verify(&mut exported, credentials::is_signed, None);
    assert!(verdict.holds() && verdict.rows > 5, "{verdict:?}");
    // What names nobody is never erased.
    let counted =
        number(&room, "SELECT MIN(journal_id) AS number FROM journal_secrets WHERE name = 'evidence'");
    tamper(&room, &[&format!("DELETE FROM journal_secrets WHERE journal_id = {counted}")]);
    is_told(database, VERIFY, &[&format!("row {counted} ("), "its evidence was taken away"]);
}

fn a_server_without_a_key_says_so(database: &Database) {
    let (code, said, _) = done(&mut parcours(database, &["doctor"]));
    match database.kind {
        Kind::Sqlite => assert!(code == 0 && said.contains("ok      key: none yet: `serve` makes"), "{said}"),
        Kind::Postgres => {
            assert!(code == 1 && said.contains("FAILED  key: none: the journal is not sealed"), "{said}");
        }
    }
    let room = closed(database);
    let (code, said, complaint) = done(&mut program(database, &["doctor"]));
    assert!(code == 0 && said.contains("the journal is signed by "), "{said}{complaint}");
    let (code, said, _) = done(&mut program(database, &["journal", "new-key"]));
    assert!(code == 0 && said.starts_with("the journal is signed by "), "{said}");
    room.town.the_journal_holds();
    let file = database.key_file();
    fs::write(&file, format!("{}=\n", "A".repeat(43))).unwrap();
    let (code, said, _) = done(&mut program(database, &["doctor"]));
    assert!(code == 1 && said.contains("FAILED  key: this was sealed under another master key"), "{said}");
}
