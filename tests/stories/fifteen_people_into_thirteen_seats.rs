//! The main job: a session is published, an employer enrols fifteen people into thirteen seats, everyone is told.

use crate::harness::{Database, stories};
use crate::town::{Page, Planned, Room};
use domain::enrolments::EnrolmentState::{Confirmed, Waiting};
use domain::ids::PersonId;
use domain::letters::LetterKind;
use store::outbox;

stories! {
    both: thirteen_have_a_seat_and_two_know_why_they_wait,
        who_leaves_by_the_link_passes_the_seat_on,
        who_comes_back_is_last,
        a_trainee_sees_it_all_on_the_path;
}

const FIFTEEN: [&str; 15] = [
    "Aïcha", "Bruno", "Chloé", "Driss", "Élodie", "Farid", "Gaëlle", "Hugo", "Inès", "Jules", "Karine",
    "Lou", "Malo", "Noémie", "Oscar",
];

/// Published, and asked for by fifteen.
fn full(database: &Database) -> (Room, Vec<PersonId>, Page) {
    let mut room = Room::open(database, &Planned { seats: 13, ..Planned::default() });
    let draft = room.town.draft(room.body, room.programme, &Planned { seats: 13, ..Planned::default() }, &[]);
    room.session = draft;
    let people = room.colleagues(&FIFTEEN);
    room.enrols(&people).is(404);
    room.manager.does(&format!("/sessions/{draft}/publication"), &[]).sees("La session est publiée");
    let page = room.enrols(&people);
    (room, people, page)
}

/// The calendar files that went to somebody, oldest first.
fn invitations(room: &Room, given: &str) -> Vec<String> {
    let letters = room.town.letters_to(&crate::town::email(given));
    letters.iter().flat_map(|letter| outbox::unpacked(&letter.calendars)).collect()
}

/// `SEQUENCE:3` is 3; `UID:a` is « a ».
fn line<'a>(calendar: &'a str, name: &str) -> &'a str {
    let start = format!("{name}:");
    calendar
        .lines()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap_or_else(|| panic!("no {name}: {calendar}"))
}

fn thirteen_have_a_seat_and_two_know_why_they_wait(database: &Database) {
    let (room, people, page) = full(database);
    page.sees("13 places confirmées").sees("2 personnes en attente");
    assert_eq!((room.count(Confirmed), room.count(Waiting)), (13, 2));
    for (given, rank) in [("Noémie", "1re sur"), ("Oscar", "2e sur")] {
        let letter = room.last_letter(given);
        assert_eq!(letter.kind, LetterKind::Waiting);
        assert!(letter.text_body.contains(&format!("{rank} la liste d’attente")), "{}", letter.text_body);
        let place = room.town.visitor().get(&room.link(given));
        place.is(200).sees("En attente").sees(&format!("{rank} 2")).sees("Les 13 places sont prises");
        place.does_not_see("12 rue des Fuseaux");
    }
    room.employer.get(&room.place(people[13])).is(200).sees("1re sur 2");
    let own = room.manager.get(&format!("/sessions/{}", room.session));
    own.is(200).sees("13 places prises, 2 en attente").sees("2e en attente");
    room.town.visitor().get(&format!("/catalogue/{}", room.session)).is(200).sees("Complet");
    // The same again changes nothing, and says so.
    room.enrols(&people).is(422).sees("déjà inscrite");
    let summary = room.town.letters_to("nadia@verrerie.example").pop().unwrap();
    assert_eq!(summary.kind, LetterKind::RequestReceived);
    assert!(summary.text_body.contains("Oscar Delmotte"), "{}", summary.text_body);
    room.town.the_journal_holds();
}

fn who_leaves_by_the_link_passes_the_seat_on(database: &Database) {
    let (room, people, _) = full(database);
    let (link, visitor) = (room.link("Chloé"), room.town.visitor());
    visitor.get(&link).is(200).sees("Place confirmée").sees("12 rue des Fuseaux");
    visitor.post(&format!("{link}/annulation"), &[("motif", " ")]).is(422).sees("Dites pourquoi");
    assert_eq!(room.state(people[2]), Confirmed);
    let page = visitor.does(&format!("{link}/annulation"), &[("motif", "Un rendez-vous.")]);
    page.sees("Inscription annulée").does_not_see("12 rue des Fuseaux");

    assert_eq!(room.states(&people[13..]), [Confirmed, Waiting]);
    assert_eq!(room.told("Noémie"), [LetterKind::Waiting, LetterKind::Promoted]);
    let invited = invitations(&room, "Noémie");
    assert!(invited[0].contains("METHOD:REQUEST"), "{invited:?}");
    let left = invitations(&room, "Chloé");
    let (first, last) = (&left[0], &left[left.len() - 1]);
    assert!(first.contains("METHOD:REQUEST") && last.contains("METHOD:CANCEL"), "{left:?}");
    assert_eq!(line(first, "UID"), line(last, "UID"));
    let number = |calendar| line(calendar, "SEQUENCE").parse::<u32>().unwrap();
    assert!(number(last) > number(first), "{left:?}");

    visitor.get(&room.link("Oscar")).is(200).sees("1re sur 1");
    // A second click changes nothing more.
    visitor.post(&format!("{link}/annulation"), &[("motif", "Un rendez-vous.")]).is(422);
    assert_eq!((room.count(Confirmed), room.count(Waiting)), (13, 1));

    // The session goes ahead: who has a seat is called, who waits is not.
    room.manager.does(&format!("/sessions/{}/maintien", room.session), &[]).sees("La session est maintenue");
    assert_eq!(room.last_letter("Noémie").kind, LetterKind::Joining);
    assert_eq!(room.told("Oscar"), [LetterKind::Waiting]);
    // Who gets a seat from now on is told both, in one letter.
    room.gives_back(people[0]);
    assert_eq!(room.told("Oscar"), [LetterKind::Waiting, LetterKind::Promoted]);
    room.town.the_journal_holds();
}

fn who_comes_back_is_last(database: &Database) {
    let (room, people, _) = full(database);
    room.gives_back(people[0]);
    room.enrols(&people[..1]).sees("1 personne en attente");
    assert_eq!(room.states(&[people[0], people[13], people[14]]), [Waiting, Confirmed, Waiting]);
    room.employer.get(&room.place(people[0])).sees("2e sur 2");
    room.gives_back(people[1]);
    assert_eq!(room.states(&[people[0], people[14]]), [Waiting, Confirmed]);
    let seen = room.employer.get(&room.place(people[0]));
    seen.sees("1re sur 1");
    assert_eq!(room.told("Aïcha").last(), Some(&LetterKind::Waiting));
    room.town.the_journal_holds();
}

fn a_trainee_sees_it_all_on_the_path(database: &Database) {
    let (room, people, _) = full(database);
    room.town.account("noemie@verrerie.example", Some(people[13]));
    let noemie = room.town.log_in("noemie@verrerie.example");
    noemie
        .get("/accueil")
        .is(200)
        .sees("Comprendre l’IA")
        .sees("En attente")
        .does_not_see("12 rue des Fuseaux");
    noemie.get(&room.place(people[13])).is(200).sees("1re sur 2");
    noemie.get(&room.place(people[12])).is(404);
    room.gives_back(people[4]);
    let path = noemie.get("/accueil");
    path.is(200).sees("Place confirmée").sees("12 rue des Fuseaux");
    let agenda = noemie.get(&path.address_of("/inscriptions/"));
    agenda.is(200);
    assert!(agenda.body.contains("BEGIN:VEVENT"), "{}", agenda.body);
    noemie.does(&format!("{}/annulation", room.place(people[13])), &[("motif", "Un rendez-vous.")]);
    assert_eq!(room.state(people[14]), Confirmed);
    let again = noemie.does(&format!("/sessions/{}/demande", room.session), &[]);
    again.sees("En attente");
    noemie.post(&format!("/sessions/{}/demande", room.session), &[]).sees("déjà inscrite");
    room.town.the_journal_holds();
}
