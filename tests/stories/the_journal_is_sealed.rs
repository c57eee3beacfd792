//! The journal is sealed by checkpoints, and whoever closed a session keeps its seal.

use crate::harness::{Database, stories};
use crate::the_journal_is_proved::tamper;
use crate::town::{MANAGER, Planned, Room, Town};
use actions::{self, House};
use credentials::Keys;
use domain::access::{Actor, Role, Subject};
use domain::enrolments::EnrolmentState;
use domain::ids::OrganisationId;
use domain::journal::seals::Seal;
use domain::journal::verifying::Verdict;
use domain::keys::KeyPurpose;
use domain::letters::LetterKind;
use std::sync::Barrier;
use std::thread;
use store::{self, journal::Line, outbox::Whole};

stories! {
    both: a_closing_is_sealed_and_its_seal_is_sent_once,
        a_closing_without_a_key_is_sealed_by_a_later_round,
        the_rounds_seal_what_moved_and_no_more_than_once_an_hour,
        servers_that_seal_at_once_make_one_chain_of_checkpoints,
        a_new_key_signs_and_the_old_one_still_counts,
        a_session_that_cannot_be_told_keeps_no_other_waiting,
        what_was_sealed_under_another_key_is_told_and_stops_nothing;
}

/// Two people, their session over and noted, ready to be closed.
pub fn held(database: &Database) -> Room {
    let mut room = Room::open(database, &Planned::default());
    let people = room.colleagues(&["Lou", "Mia"]);
    room.enrols(&people);
    room.adds("Noé");
    room.gives_back(people[1]);
    room.is_now(room.starts_at().plus_days(1));
    let manager = room.town.actor(MANAGER);
    actions::sessions::start(&room.town.house, &manager, room.session).unwrap();
    let slots = room.town.store().read(|conn| store::sessions::slots(conn, room.session)).unwrap();
    let seated = |conn: &mut store::Conn| {
        store::enrolments::of_session(conn, room.session, &[EnrolmentState::Confirmed])
    };
    let seated = room.town.store().read(seated).unwrap();
    let whose: Vec<_> = seated.iter().map(|one| Some(one.id)).chain([None]).collect();
    for slot in slots {
        let (house, reason) = (&room.town.house, "Signé sur papier.");
        actions::attendance::mark(house, &manager, room.session, &[], Some(slot.id)).unwrap();
        actions::signatures::waive(house, &manager, (room.session, slot.id), &whose, reason).unwrap();
    }
    room
}

pub fn closed(database: &Database) -> Room {
    let room = held(database);
    room.manager.does(&format!("/sessions/{}/cloture", room.session), &[]).sees("La session est close");
    room
}

pub fn seals(room: &Room) -> Vec<Whole> {
    let sealed = |letter: &Whole| letter.kind == LetterKind::SessionSealed;
    room.town.letters().into_iter().filter(sealed).collect()
}

fn verdict(town: &Town, seal: Option<&Seal>) -> Verdict {
    actions::journal::verify(&town.house, &Actor::HOUSE, seal).unwrap()
}

/// Something that is written on the chain of an organisation.
fn write(house: &House, organisation: OrganisationId, kind: &str) {
    let line = Line { kind, reference: "organisation", evidence: Some("{}"), ..Line::default() };
    let subject = Subject::Organisation(organisation);
    let now = house.clock.now();
    house.store.write(|conn| store::journal::write(conn, &Actor::HOUSE, subject, now, &[line])).unwrap();
}

fn a_closing_is_sealed_and_its_seal_is_sent_once(database: &Database) {
    let room = held(database);
    let page = format!("/sessions/{}/journal", room.session);
    room.manager.get(&page).is(200).sees("pas encore scellé");
    room.town.member("anna@atelier.example", Role::TrainingManager, Some(room.body));
    room.town.member("ines@atelier.example", Role::Trainer, Some(room.body));
    room.manager.does(&format!("/sessions/{}/cloture", room.session), &[]).sees("La session est close");

    let letters = seals(&room);
    let to: Vec<&str> = letters.iter().map(|letter| letter.to_email.as_str()).collect();
    assert_eq!(to, [MANAGER, "anna@atelier.example"]);
    let seal: Seal = letters[0].text_body.parse().unwrap();
    assert_eq!(letters[1].text_body.parse(), Ok(seal.clone()));
    assert_eq!(seal.head.chain, format!("session:{}", room.session));
    assert!(letters[0].text_body.contains("Conservez cette lettre."), "{}", letters[0].text_body);
    assert!(letters[0].text_body.contains(&page), "{}", letters[0].text_body);
    // The seal covers the closing itself.
    let head = |conn: &mut store::Conn| store::journal::head(conn, &seal.head.chain);
    assert_eq!(room.town.store().read(head).unwrap(), Some(seal.head.clone()));
    let found = verdict(&room.town, Some(&seal));
    assert!(found.holds() && found.checkpoints == 1, "{found:?}");

    let shown = room.manager.get(&page);
    shown.is(200).sees("Point de contrôle n° 1").sees(&seal.key.fingerprint()).sees(&seal.head.hash);
    assert!(
        shown.body.contains(&format!("data-copy=\"{}\"", seal.to_string().replace('/', "&#x2f;")))
            || shown.body.contains(&format!("data-copy=\"{seal}\"")),
        "{}",
        shown.body
    );
    let keys = room.town.visitor().get("/cles.json");
    assert!(keys.is(200).body.contains(seal.key.as_str()), "{}", keys.body);

    room.rounds();
    room.town.days_pass(1);
    room.rounds();
    assert_eq!(seals(&room).len(), 2, "once to each");
    assert_eq!(verdict(&room.town, Some(&seal)).checkpoints, 1, "nothing moved");
}

fn a_closing_without_a_key_is_sealed_by_a_later_round(database: &Database) {
    let room = held(database);
    let bare = House { keys: None, ..room.town.house.clone() };
    actions::attendance::close(&bare, &room.town.actor(MANAGER), room.session).unwrap();
    actions::rounds::run(&bare, &actions::rounds::Reminders(Vec::new())).unwrap();
    assert!(seals(&room).is_empty());
    assert_eq!(verdict(&room.town, None).checkpoints, 0);
    room.rounds();
    let letters = seals(&room);
    assert_eq!(letters.len(), 1);
    assert!(verdict(&room.town, Some(&letters[0].text_body.parse().unwrap())).holds());
}

fn a_session_that_cannot_be_told_keeps_no_other_waiting(database: &Database) {
    let room = held(database);
    let bare = House { keys: None, ..room.town.house.clone() };
    actions::attendance::close(&bare, &room.town.actor(MANAGER), room.session).unwrap();
    let other = room.another(&Planned::default());
    let now = room.town.now();
    let expect = |conn: &mut store::Conn| {
        let line = Line { kind: "session", reference: "session", to: Some("published"), ..Line::default() };
        store::journal::write(conn, &Actor::HOUSE, Subject::Session(other), now, &[line])?;
        store::checkpoints::expect(conn, other)
    };
    room.town.store().write(expect).unwrap();
    tamper(&room, &[&format!("UPDATE sessions SET zone = 'Nulle/Part' WHERE id = {}", room.session)]);
    assert!(actions::journal::keep_sealed(&room.town.house).is_err(), "the failure is told");
    let letters = seals(&room);
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text_body.contains(&format!("/sessions/{other}/journal")), "{}", letters[0].text_body);
    write(&room.town.house, room.body, "later");
    room.town.house.clock.advance_minutes(61);
    assert!(actions::journal::keep_sealed(&room.town.house).is_err());
    assert_eq!(verdict(&room.town, None).checkpoints, 2, "it is sealed every hour all the same");
}

fn the_rounds_seal_what_moved_and_no_more_than_once_an_hour(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let town = &room.town;
    let checkpoints = || verdict(town, None).checkpoints;
    write(&town.house, room.body, "first");
    room.rounds();
    assert_eq!(checkpoints(), 1);
    write(&town.house, room.body, "second");
    room.rounds();
    assert_eq!(checkpoints(), 1, "it is not an hour old");
    town.house.clock.advance_minutes(61);
    room.rounds();
    assert_eq!(checkpoints(), 2);
    town.hours_pass(5);
    room.rounds();
    assert_eq!(checkpoints(), 2, "nothing moved");
    // What moved long after, and was seen by no checkpoint in between.
    write(&town.house, room.company, "third");
    room.rounds();
    assert_eq!(checkpoints(), 3);
    let chain = Subject::Organisation(room.company).to_string();
    let made = town.store().read(|conn| store::checkpoints::last_seal(conn, &chain)).unwrap().unwrap();
    assert!(made.seal.checkpoint == 3 && verdict(town, Some(&made.seal)).holds());
}

fn servers_that_seal_at_once_make_one_chain_of_checkpoints(database: &Database) {
    const SERVERS: usize = 4;
    const TIMES: usize = 6;
    let room = Room::open(database, &Planned::default());
    let houses: Vec<House> = (0..SERVERS)
        .map(|_| House { store: store::Store::open(&database.url, 2).unwrap(), ..room.town.house.clone() })
        .collect();
    let start = Barrier::new(SERVERS);
    let made: usize = thread::scope(|scope| {
        let servers: Vec<_> = houses
            .iter()
            .map(|house| {
                scope.spawn(|| {
                    start.wait();
                    (0..TIMES)
                        .map(|_| {
                            write(house, room.body, "mark");
                            write(house, room.company, "mark");
                            actions::journal::checkpoint(house).unwrap()
                        })
                        .sum::<usize>()
                })
            })
            .collect();
        servers.into_iter().map(|server| server.join().unwrap()).sum()
    });
    actions::journal::checkpoint(&room.town.house).unwrap();
    let found = verdict(&room.town, None);
    assert!(found.holds(), "{found:?}");
    let made = i64::try_from(made).unwrap();
    assert!(found.checkpoints == made || found.checkpoints == made + 1, "{found:?} {made}");
    for organisation in [room.body, room.company] {
        let chain = Subject::Organisation(organisation).to_string();
        let read = |conn: &mut store::Conn| {
            Ok::<_, store::Error>((
                store::journal::head(conn, &chain)?,
                store::checkpoints::last_seal(conn, &chain)?,
            ))
        };
        let (head, made) = room.town.store().read(read).unwrap();
        assert_eq!(head, made.map(|made| made.seal.head), "no head is left out");
    }
    let keys = room.town.store().read(store::keys::published).unwrap();
    assert_eq!(keys.len(), 1, "{keys:?}");
}

fn a_new_key_signs_and_the_old_one_still_counts(database: &Database) {
    let room = closed(database);
    let seal: Seal = seals(&room)[0].text_body.parse().unwrap();
    let key = actions::keys::renew(&room.town.house, &Actor::HOUSE, KeyPurpose::Journal).unwrap();
    assert_ne!(key, seal.key);
    actions::journal::checkpoint(&room.town.house).unwrap();
    let found = verdict(&room.town, Some(&seal));
    assert!(found.holds() && found.checkpoints == 2, "{found:?}");
    let published = room.town.visitor().get("/cles.json").body;
    assert!(published.contains(seal.key.as_str()) && published.contains(key.as_str()), "{published}");
    // Nobody makes a key by the policy but whoever has the command line.
    let manager = room.town.actor(MANAGER);
    assert!(actions::keys::renew(&room.town.house, &manager, KeyPurpose::Journal).is_err());
}

fn what_was_sealed_under_another_key_is_told_and_stops_nothing(database: &Database) {
    let room = held(database);
    write(&room.town.house, room.body, "first");
    actions::journal::checkpoint(&room.town.house).unwrap();
    let other = Keys::read_or_make(&database.folder.join("other.key")).unwrap();
    let house = House { keys: Some(other), ..room.town.house.clone() };
    actions::attendance::close(&house, &room.town.actor(MANAGER), room.session).unwrap();
    let refused = actions::journal::checkpoint(&house).unwrap_err().to_string();
    assert!(refused.contains("another master key"), "{refused}");
    assert!(seals(&room).is_empty());
    actions::keys::renew(&house, &Actor::HOUSE, KeyPurpose::Journal).unwrap();
    actions::journal::keep_sealed(&house).unwrap();
    assert_eq!(seals(&room).len(), 1);
    assert!(verdict(&room.town, None).holds());
}
