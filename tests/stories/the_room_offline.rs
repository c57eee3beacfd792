//! What trainers' devices kept without a network comes, each deed exactly once, and none hinders another.

use crate::harness::{Database, stories};
use crate::the_room::{Hall, between};
use crate::town::{MANAGER, Person};
use serde_json::{Value, json};

stories! {
    both: what_two_devices_kept_offline_arrives_once_and_clashes_aloud,
        a_clash_says_who_and_when_and_each_mark_whose_it_is,
        a_deed_that_cannot_be_read_hinders_no_other,
        what_was_answered_once_writes_over_nothing_later,
        a_signature_that_comes_late_shows_both_times,
        that_a_deed_came_is_forgotten_in_the_end;
    sqlite: what_one_account_kept_is_not_sent_under_another;
}

/// Sends what a device kept; answers each outcome by name.
fn sends(hall: &Hall, who: &Person, deeds: &[Value]) -> Vec<(String, String)> {
    let page = who.sends_json(
        &format!("{}/envois", hall.at(0)),
        &json!({"account": account(hall, who), "deeds": deeds}),
    );
    page.is(200);
    let told: Value = serde_json::from_str(&page.body).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    told["answers"].as_array().unwrap().iter().map(|a| (text(&a["name"]), text(&a["outcome"]))).collect()
}

/// Whose page the room is, as its script reads it.
fn account(hall: &Hall, who: &Person) -> i64 {
    between(&who.get(&hall.at(0)), "\"account\":", ",").parse().unwrap()
}

fn millis(hall: &Hall) -> i64 {
    hall.room.town.now().utc().timestamp_millis()
}

fn told(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

fn what_two_devices_kept_offline_arrives_once_and_clashes_aloud(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia", "Hugo"]);
    hall.room.enrols(&people);
    hall.minutes_in(60);
    let ids: Vec<i64> = people.iter().map(|p| hall.room.enrolment(*p).0).collect();
    let at = millis(&hall) - 600_000;
    let one = hall.room.town.log_in(crate::town::MANAGER);
    let two = hall.room.town.log_in(crate::town::MANAGER);
    let mark = |name: &str, who: i64, seen: &str, wanted: &str| json!({"name": name, "who": who, "at": at, "seen": seen, "wanted": wanted});
    let sign = |name: &str, who: i64, at: i64| json!({"name": name, "who": who, "at": at, "typed": "Un Nom"});
    // The first device: a mark, a signature, and a second thought about the mark.
    let first = [
        mark("a1", ids[0], "expected-0", "present"),
        sign("a2", ids[1], at),
        json!({"name": "a3", "who": ids[0], "at": at, "seen": "expected-0", "after": ["a1"], "wanted": "late", "minutes": 150}),
    ];
    let kept = told(&[("a1", "kept"), ("a2", "kept"), ("a3", "kept")]);
    assert_eq!(sends(&hall, &one, &first), kept);
    // The answer was lost: sent again, nothing happens twice.
    let again = told(&[("a1", "already"), ("a2", "already"), ("a3", "already")]);
    assert_eq!(sends(&hall, &one, &first), again);
    // The second device saw nothing of it. The same answer agrees, another clashes, and nobody signs twice.
    let second = [
        mark("b1", ids[0], "expected-0", "absent_unexcused"),
        mark("b2", ids[1], "expected-0", "present"),
        sign("b3", ids[1], at),
        mark("b4", ids[1], "expected-0", "absent_excused"),
        mark("b5", ids[2], "expected-0", "absent_excused"),
        sign("b6", ids[2], at),
    ];
    let outcome = [
        ("b1", "conflict"),
        ("b2", "already"),
        ("b3", "refused"),
        ("b4", "conflict"),
        ("b5", "kept"),
        ("b6", "refused"),
    ];
    assert_eq!(sends(&hall, &two, &second), told(&outcome));
    assert!(hall.field(0, people[0]).ends_with(".late-150"));
    // Whoever decides against what stands says what they saw; who signed is not noted absent.
    let decided = [
        mark("c1", ids[0], "late-150", "absent_unexcused"),
        mark("c2", ids[1], "present-210", "absent_excused"),
        sign("c3", ids[0], at - 3_600_000 * 3),
        json!({"name": "c4", "who": ids[2], "at": at, "seen": "absent_excused-0", "wanted": "left_early", "minutes": 0}),
    ];
    let outcome = [("c1", "kept"), ("c2", "refused"), ("c3", "refused"), ("c4", "refused")];
    assert_eq!(sends(&hall, &two, &decided), told(&outcome));
    // What is no batch at all is not read, and changes nothing.
    let path = format!("{}/envois", hall.at(0));
    one.sends_json(&path, &json!([{"name": "d1", "who": ids[0], "at": at, "seen": "gone"}])).is(400);
    one.sends_json(&path, &json!({"name": "d1"})).is(400);
    hall.room.employer.sends_json(&path, &json!({"account": 0, "deeds": []})).is(403);
    hall.room.town.the_journal_holds();
}

fn a_clash_says_who_and_when_and_each_mark_whose_it_is(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia", "Hugo"]);
    hall.room.enrols(&people);
    hall.minutes_in(60);
    let ids: Vec<i64> = people.iter().map(|p| hall.room.enrolment(*p).0).collect();
    let at = millis(&hall);
    hall.notes(0, people[0], "absent_excused", "").is(303);
    hall.signs_on_tablet(0, people[1]).is(303);
    let mark = |name: &str, who: i64, seen: &str, after: &[&str]| json!({"name": name, "who": who, "at": at, "seen": seen, "after": after, "wanted": "absent_unexcused"});
    let deeds = [
        mark("a1", ids[0], "expected-0", &[]),
        mark("a2", ids[1], "expected-0", &[]),
        // Stands for two that were given before; the second of them came, the other did not.
        json!({"name": "b1", "who": ids[2], "at": at, "seen": "expected-0", "wanted": "present"}),
        mark("b3", ids[2], "expected-0", &["b0", "b1", "b2"]),
    ];
    let manager = hall.room.town.log_in(MANAGER);
    let batch = json!({"account": account(&hall, &manager), "deeds": deeds});
    let page = manager.sends_json(&format!("{}/envois", hall.at(0)), &batch);
    let told: Value = serde_json::from_str(&page.is(200).body).unwrap();
    let plain = |value: &Value| value.as_str().unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    let says = |n: usize| plain(&told["answers"][n]["says"]);
    let (name, day) = (MANAGER.split('@').next().unwrap(), hall.room.short_day(0));
    assert_eq!(says(0), format!("Noté autrement entre-temps : « Excusé » ({name}, {day} à 9 h 59)."));
    assert!(says(1).contains("(a signé à 9 h 59 sur l’appareil du formateur)"), "{}", says(1));
    assert_eq!(told["answers"][3]["outcome"], "kept");
    let noted = |who: i64| {
        let one = told["people"].as_array().unwrap().iter().find(|one| one["who"] == who).unwrap();
        plain(&one["noted"])
    };
    assert_eq!(noted(ids[2]), format!("{name}, {day} à 9 h 59"));
    assert_eq!(noted(ids[1]), "");
    hall.room.town.the_journal_holds();
}

fn a_deed_that_cannot_be_read_hinders_no_other(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia", "Hugo"]);
    hall.room.enrols(&people);
    hall.minutes_in(60);
    let ids: Vec<i64> = people.iter().map(|p| hall.room.enrolment(*p).0).collect();
    let at = millis(&hall) - 60_000;
    let late = |name: &str, minutes: Value| json!({"name": name, "who": ids[0], "at": at, "seen": "expected-0", "wanted": "late", "minutes": minutes});
    let deeds = [
        json!({"name": "half", "who": ids[0], "at": at, "seen": "expected-0"}),
        json!({"name": "gone", "who": ids[0], "at": at, "seen": "gone", "wanted": "present"}),
        late("much", json!(99_999_999_999_u64)),
        late("word", json!("soixante")),
        json!({"name": "x".repeat(65), "who": ids[0], "at": at, "typed": "Un Nom"}),
        json!({"name": "nul\0", "who": ids[0], "at": at, "typed": "Un Nom"}),
        json!({"name": "dot", "who": ids[0], "at": at, "drawn": "M10 20"}),
        json!({"name": "stranger", "who": 999_999, "at": at, "seen": "expected-0", "wanted": "present"}),
        // Before the half-day began, by the clock of the device.
        json!({"name": "early", "who": ids[2], "at": at - 7_200_000, "seen": "expected-0", "wanted": "present"}),
        // Touched by chance, then typed.
        json!({"name": "typed", "who": ids[0], "at": at, "drawn": "M10 20L10 20", "typed": "Lou\0 Delmotte"}),
        json!({"name": "good", "who": ids[1], "at": at, "seen": "expected-0", "wanted": "present"}),
    ];
    let manager = hall.room.town.log_in(MANAGER);
    let answers = sends(&hall, &manager, &deeds);
    assert_eq!(answers.len(), deeds.len(), "each is answered: {answers:?}");
    let kept: Vec<&str> = answers.iter().filter(|(_, o)| o == "kept").map(|(n, _)| n.as_str()).collect();
    assert_eq!(kept, ["typed", "good"]);
    assert!(answers.iter().all(|(_, outcome)| matches!(outcome.as_str(), "kept" | "refused")), "{answers:?}");
    hall.room.manager.get(&hall.at(0)).sees("Présents : 2 sur 3");
    // The largest batch that a device makes fits.
    let drawn = format!("M10 20{}", "L11 21".repeat(2600));
    let large: Vec<Value> = (0..100)
        .map(|n| json!({"name": format!("large-{n}"), "who": ids[0], "at": at, "typed": &drawn[..900]}))
        .collect();
    assert_eq!(sends(&hall, &manager, &large).len(), 100);
    let one = [json!({"name": "drawn", "who": ids[2], "at": at, "drawn": drawn})];
    assert_eq!(sends(&hall, &manager, &one), told(&[("drawn", "kept")]));
    hall.room.town.the_journal_holds();
}

fn what_was_answered_once_writes_over_nothing_later(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(60);
    let (who, at) = (hall.room.enrolment(lou).0, millis(&hall) - 60_000);
    let mark = |name: &str, seen: &str, wanted: &str| json!({"name": name, "who": who, "at": at, "seen": seen, "wanted": wanted});
    let (one, two) = (hall.room.town.log_in(MANAGER), hall.room.town.log_in(MANAGER));
    assert_eq!(sends(&hall, &one, &[mark("a1", "expected-0", "absent_excused")]), told(&[("a1", "kept")]));
    // Two agrees with what stands; the answer is lost on the way.
    let agreed = [mark("b1", "absent_unexcused-0", "absent_excused")];
    assert_eq!(sends(&hall, &two, &agreed), told(&[("b1", "already")]));
    // One puts back what Two had seen; then Two's device sends again.
    assert_eq!(
        sends(&hall, &one, &[mark("a2", "absent_excused-0", "absent_unexcused")]),
        told(&[("a2", "kept")])
    );
    assert_eq!(sends(&hall, &two, &agreed), told(&[("b1", "already")]));
    assert!(hall.field(0, lou).ends_with(".absent_unexcused-0"), "{}", hall.field(0, lou));
    hall.room.town.the_journal_holds();
}

fn a_signature_that_comes_late_shows_both_times(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia"]);
    hall.room.enrols(&people);
    hall.minutes_in(60);
    let at = millis(&hall);
    let sign = |person| json!({"name": format!("s{person}"), "who": hall.room.enrolment(person).0, "at": at, "typed": "Un Nom"});
    let (lou, mia) = (sign(people[0]), sign(people[1]));
    sends(&hall, &hall.room.town.log_in(MANAGER), &[lou]);
    let room = hall.room.manager.get(&hall.at(0));
    room.sees("a signé à 9 h 59 sur l’appareil du formateur")
        .does_not_see("reçu le")
        .does_not_see("reçu bien après");
    hall.minutes_in(60 * 48);
    sends(&hall, &hall.room.town.log_in(MANAGER), &[mia]);
    let room = hall.room.manager.get(&hall.at(0));
    let received = hall.room.short_day(2);
    room.sees(&format!("a signé à 9 h 59 sur l’appareil du formateur, reçu le {received} à 8 h 59"));
    room.sees("Signé à temps selon l’appareil du formateur, et reçu bien après : DELMOTTE Mia.");
    hall.room.town.the_journal_holds();
}

fn that_a_deed_came_is_forgotten_in_the_end(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(60);
    let deed =
        json!({"name": "a1", "who": hall.room.enrolment(lou).0, "at": millis(&hall), "typed": "Un Nom"});
    assert_eq!(sends(&hall, &hall.room.town.log_in(MANAGER), &[deed]), told(&[("a1", "kept")]));
    hall.room.town.days_pass(80);
    hall.room.rounds();
    assert_eq!(hall.count("arrivals"), 1);
    hall.room.town.days_pass(11);
    hall.room.rounds();
    assert_eq!(hall.count("arrivals"), 0);
}

fn what_one_account_kept_is_not_sent_under_another(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(60);
    let manager = hall.room.town.log_in(MANAGER);
    let whose = account(&hall, &manager);
    let deed =
        json!({"name": "a1", "who": hall.room.enrolment(lou).0, "at": millis(&hall), "typed": "Un Nom"});
    let path = format!("{}/envois", hall.at(0));
    let sent = manager.sends_json(&path, &json!({"account": whose + 1, "deeds": [deed]}));
    assert_eq!((sent.status, sent.leads_to()), (303, "/connexion".to_owned()));
    let asked = manager.get(&format!("{}/etat?compte={}", hall.at(0), whose + 1));
    assert_eq!(asked.status, 303);
    manager.get(&format!("{}/etat?compte={whose}", hall.at(0))).is(200);
    manager.get(&hall.at(0)).sees("Présents : 0 sur 1");
}
