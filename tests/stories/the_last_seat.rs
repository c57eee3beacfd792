//! Many hands reach for one seat at the same time: exactly one has it, and nobody is counted twice.

use crate::harness::{Database, stories};
use crate::town::{EMPLOYER, Page, Person, Planned, Room, Town, email};
use domain::enrolments::EnrolmentState::{Cancelled, Confirmed, Declined, Offered, Waiting};
use domain::ids::PersonId;
use domain::letters::LetterKind;
use domain::sessions::Promotion;
use std::sync::Barrier;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};
use store::{self, Conn, Store};

stories! {
    both: sixty_four_ask_for_the_last_seat,
        those_who_wait_for_a_session_keep_nobody_else_waiting,
        seats_given_back_and_asked_for_at_once_all_find_somebody,
        two_clicks_approve_once,
        an_offer_is_answered_once;
    postgres: two_servers_give_the_last_seat_once;
}

const CLIENTS: usize = 64;

fn one_seat(database: &Database) -> Room {
    Room::open(database, &Planned { seats: 1, ..Planned::default() })
}

/// Who posts what, and where.
type Posts<'a> = (Person, String, Vec<(&'a str, &'a str)>);

/// All of them post at the same moment; who is told to come back later does.
fn at_once(people: &[Posts<'_>]) -> Vec<Page> {
    let start = Barrier::new(people.len());
    thread::scope(|scope| {
        let clients: Vec<_> = people
            .iter()
            .map(|(person, path, form)| {
                scope.spawn(|| {
                    start.wait();
                    loop {
                        let page = person.post(path, form);
                        if page.status != 503 {
                            return page;
                        }
                    }
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

/// The employees of the room, each logged in, at the town that their number chooses.
fn trainees(room: &Room, towns: &[&Town], number: usize) -> Vec<Person> {
    let people = (0..number).map(|n| {
        let given = format!("Zoé {n}");
        let person = room.colleague(&given);
        room.town.account(&email(&given), Some(person));
        towns[n % towns.len()].log_in(&email(&given))
    });
    people.collect()
}

fn everybody_asks(room: &Room, towns: &[&Town]) {
    let path = format!("/sessions/{}/demande", room.session);
    let clients: Vec<_> =
        trainees(room, towns, CLIENTS).into_iter().map(|client| (client, path.clone(), Vec::new())).collect();
    for page in at_once(&clients) {
        page.is(303);
    }
    assert_eq!((room.count(Confirmed), room.count(Waiting)), (1, CLIENTS - 1));
    let won: Vec<_> =
        clients.iter().filter(|(c, ..)| c.get("/accueil").text().contains("confirmée")).collect();
    assert_eq!(won.len(), 1);
    let told = |kind| room.town.letters().iter().filter(|letter| letter.kind == kind).count();
    assert_eq!((told(LetterKind::Confirmed), told(LetterKind::Waiting)), (1, CLIENTS - 1));
    let seats = room.seats();
    assert_eq!((seats.held, seats.over, seats.free()), (1, 0, 0));
    room.town.the_journal_holds();
}

fn sixty_four_ask_for_the_last_seat(database: &Database) {
    let room = one_seat(database);
    everybody_asks(&room, &[&room.town]);
}

fn two_servers_give_the_last_seat_once(database: &Database) {
    let (room, second) = (one_seat(database), Town::new(database));
    everybody_asks(&room, &[&room.town, &second]);
}

/// Somebody else's act on the session takes its time; a dozen ask for places meanwhile, one after the other.
fn those_who_wait_for_a_session_keep_nobody_else_waiting(database: &Database) {
    let room = Room::open(database, &Planned { seats: 4, ..Planned::default() });
    let people = trainees(&room, &[&room.town], 12);
    let (path, visitor) = (format!("/sessions/{}/demande", room.session), room.town.visitor());
    let elsewhere = Store::open(&database.url, 1).unwrap();
    let (tell_held, held) = channel();
    let (let_go, until) = channel::<()>();
    let asked = thread::scope(|scope| {
        scope.spawn(move || {
            let wait = |_: &mut Conn| {
                tell_held.send(()).unwrap();
                until.recv_timeout(Duration::from_secs(20)).unwrap();
                Ok::<_, store::Error>(())
            };
            elsewhere.write_holding(&[room.session], wait).unwrap();
        });
        held.recv().unwrap();
        let path = path.as_str();
        let asking = people.iter().map(|person| {
            let page = scope.spawn(move || person.post(path, &[]));
            thread::sleep(Duration::from_millis(50));
            page
        });
        let asking: Vec<_> = asking.collect();
        let began = Instant::now();
        visitor.get("/catalogue").is(200);
        assert!(began.elapsed() < Duration::from_secs(1), "a page took {:?}", began.elapsed());
        let_go.send(()).unwrap();
        asking.into_iter().map(|page| page.join().unwrap()).collect::<Vec<_>>()
    });
    for page in &asked {
        page.is(303);
    }
    // In the order in which they came: four have a seat, the others wait behind them, and were told so in turn.
    assert_eq!((room.count(Confirmed), room.count(Waiting)), (4, 8));
    let told = room
        .town
        .letters()
        .into_iter()
        .filter(|one| [LetterKind::Confirmed, LetterKind::Waiting].contains(&one.kind));
    let told: Vec<String> = told.map(|letter| letter.to_email).collect();
    assert_eq!(told, (0..12).map(|n| email(&format!("Zoé {n}"))).collect::<Vec<_>>());
    room.town.the_journal_holds();
}

fn seats_given_back_and_asked_for_at_once_all_find_somebody(database: &Database) {
    let room = Room::open(database, &Planned { seats: 8, ..Planned::default() });
    let names: Vec<String> = (0..8).map(|n| format!("Ali {n}")).collect();
    let seated = room.colleagues(&names.iter().map(String::as_str).collect::<Vec<_>>());
    room.enrols(&seated).sees("8 places confirmées");
    let ask = format!("/sessions/{}/demande", room.session);
    let leaving = names.iter().map(|given| {
        (room.town.visitor(), format!("{}/annulation", room.link(given)), vec![("motif", "Un rendez-vous.")])
    });
    let coming = trainees(&room, &[&room.town], 8).into_iter().map(|one| (one, ask.clone(), Vec::new()));
    for page in at_once(&leaving.chain(coming).collect::<Vec<_>>()) {
        page.is(303);
    }
    assert_eq!((room.count(Confirmed), room.count(Cancelled), room.count(Waiting)), (8, 8, 0));
    assert_eq!((room.seats().held, room.seats().free()), (8, 0));
    room.town.the_journal_holds();
}

/// The same click from eight windows.
fn eight_clicks(room: &Room, log_in: &str, path: &str, form: &[(&'static str, &'static str)]) -> usize {
    let windows = (0..8).map(|_| (room.town.log_in(log_in), path.to_owned(), form.to_vec()));
    let pages = at_once(&windows.collect::<Vec<_>>());
    assert!(pages.iter().all(|page| [303, 422].contains(&page.status)), "{pages:?}");
    pages.iter().filter(|page| page.status == 303).count()
}

fn two_clicks_approve_once(database: &Database) {
    let room = Room::open(database, &Planned { seats: 2, ..Planned::default() });
    room.approves_requests(true);
    let lou = room.colleague("Lou");
    room.town.account(&email("Lou"), Some(lou));
    let ask = format!("/sessions/{}/demande", room.session);
    assert_eq!(eight_clicks(&room, &email("Lou"), &ask, &[]), 1);
    let approve = format!("{}/approbation", room.place(lou));
    assert_eq!(eight_clicks(&room, EMPLOYER, &approve, &[]), 1);
    assert_eq!((room.count(Confirmed), room.seats().held), (1, 1));
    let confirmed = room.told("Lou").into_iter().filter(|kind| *kind == LetterKind::Confirmed);
    assert_eq!(confirmed.count(), 1);
    room.town.the_journal_holds();
}

/// One seat that was given back and is offered to the first of two who wait.
fn offered(database: &Database) -> (Room, PersonId, PersonId) {
    let promotion = Promotion::Offer { hours: 24 };
    let room = Room::open(database, &Planned { seats: 1, promotion, ..Planned::default() });
    let [max, lou, zoe] = ["Max", "Lou", "Zoé"].map(|given| room.colleague(given));
    for one in [max, lou, zoe] {
        room.enrols(&[one]);
    }
    room.gives_back(max);
    assert_eq!(room.states(&[lou, zoe]), [Offered, Waiting]);
    (room, lou, zoe)
}

fn an_offer_is_answered_once(database: &Database) {
    let (room, lou, zoe) = offered(database);
    let path = format!("{}/reponse", room.place(lou));
    assert_eq!(eight_clicks(&room, EMPLOYER, &path, &[("reponse", "oui")]), 1);
    assert_eq!(room.states(&[lou, zoe]), [Confirmed, Waiting]);

    // Lou says no by the letter while the employer says yes for them.
    let elsewhere = database.neighbour();
    let (room, lou, zoe) = offered(&elsewhere);
    let path = format!("{}/reponse", room.place(lou));
    let both = [
        (room.town.visitor(), format!("{}/reponse", room.link("Lou")), vec![("reponse", "non")]),
        (room.town.log_in(EMPLOYER), path, vec![("reponse", "oui")]),
    ];
    let pages = at_once(&both);
    assert_eq!(pages.iter().filter(|page| page.status == 303).count(), 1, "{pages:?}");
    assert!([[Confirmed, Waiting], [Declined, Offered]].map(Vec::from).contains(&room.states(&[lou, zoe])));
    assert_eq!(room.seats().held, 1);
    room.town.the_journal_holds();
}
