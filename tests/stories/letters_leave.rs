//! Letters leave the house: once each, later when they must, and never in silence.

use crate::harness::{Database, stories};
use crate::mail_server::MailServer;
use crate::town::{Planned, Room, Town, everything};
use domain::access::Role;
use domain::ids::LetterId;
use domain::letters::{AccountNews, Addressee, Message, Progress};
use domain::text::Language;
use mail::{Courier, Transport};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant as Stopwatch};
use store::outbox::{self, Sending};
use store::{self, Store};

stories! {
    both: a_letter_arrives_as_it_was_written,
        a_refused_mailbox_is_given_up_and_tried_again_on_request,
        what_could_not_be_delivered_is_shown_while_it_matters,
        a_busy_server_is_asked_again_later,
        two_couriers_take_each_letter_once,
        in_the_demonstration_letters_are_read_on_a_page;
    sqlite: a_silent_server_keeps_no_other_letter_waiting,
        a_folder_takes_whole_files,
        a_courier_on_its_thread_stops_when_told;
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1-1\r\nSUMMARY:L’été\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// Puts a letter into the outbox that opens something.
fn write_to(town: &Town, email: &str, calendars: &[String]) {
    let now = town.now();
    let to =
        Addressee { email: email.to_owned(), name: "Élodie Delmotte".to_owned(), language: Language::Fr };
    let link = format!("{}/acces/s3cr3t", town.address());
    let message = Message::Account { link, news: AccountNews::Reset { until: now.plus_days(1) } };
    let mut letter = town.house.sender.letter(&to, &message, calendars, None, now).unwrap();
    letter.reply_to = Some("karim@atelier.example".to_owned());
    town.store().write(|conn| outbox::put(conn, &letter)).unwrap();
}

fn courier(town: &Town, transport: Transport) -> Courier {
    let house = &town.house;
    Courier {
        store: house.store.clone(),
        clock: house.clock.clone(),
        sender: house.sender.clone(),
        transport,
    }
}

fn by_mail(server: &MailServer) -> Transport {
    Transport::smtp(&server.url(), Duration::from_millis(500)).unwrap()
}

fn sendings(town: &Town) -> Vec<Sending> {
    town.store().read(|conn| outbox::list(conn, &everything(), None, None)).unwrap().rows
}

fn only(town: &Town) -> Sending {
    let mut all = sendings(town);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn a_letter_arrives_as_it_was_written(database: &Database) {
    let (town, server) = (Town::new(database), MailServer::new());
    write_to(&town, "elodie@verrerie.example", &[CALENDAR.to_owned()]);
    let id = town.letters()[0].message_id.clone();
    assert_eq!(courier(&town, by_mail(&server)).run_once().unwrap(), 1);
    let letter = server.taken().remove(0);
    for header in [
        format!("Message-ID: {id}\r\n").as_str(),
        "From: Parcours <parcours@parcours.example>\r\n",
        "Reply-To: karim@atelier.example\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Subject: Choisissez un nouveau mot de passe\r\n",
        "Content-Type: multipart/mixed;",
        "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n",
        "Content-Disposition: attachment; filename=\"invitation-1.ics\"\r\n",
    ] {
        assert!(letter.contains(header), "{header}\n{letter}");
    }
    assert_eq!(letter.matches("text/calendar").count(), 2, "{letter}");
    assert!(letter.contains("Date: ") && letter.contains("=?utf-8?b?"), "{letter}");
    let sent = only(&town);
    assert_eq!(sent.progress(), Progress::Sent);
    let kept = &town.letters()[0];
    assert!(kept.text_body.is_empty() && kept.html_body.is_empty(), "what opened something is blanked");
    assert_eq!(courier(&town, by_mail(&server)).run_once().unwrap(), 0);
}

fn a_refused_mailbox_is_given_up_and_tried_again_on_request(database: &Database) {
    let (town, server) = (Town::new(database), MailServer::new());
    write_to(&town, "refused@verrerie.example", &[]);
    let courier = courier(&town, by_mail(&server));
    assert_eq!(courier.run_once().unwrap(), 0);
    let letter = only(&town);
    assert_eq!(letter.progress(), Progress::GivenUp);
    town.days_pass(3);
    courier.run_once().unwrap();
    assert_eq!(only(&town).attempts, 1);

    town.member("admin@parcours.example", Role::Administrator, None);
    let admin = town.log_in("admin@parcours.example");
    let page = admin.get("/courrier");
    page.is(200).sees("Non remise").sees("nobody of that name").sees("Renvoyer à Élodie Delmotte");
    assert!(page.queries() <= 8, "{}", page.queries());
    let path = page.address_of("/courrier/");
    admin.does(&path, &[]).sees("La lettre repart").sees("Dans la file");
    assert_eq!(only(&town).progress(), Progress::Queued);
    town.visitor().post(&path, &[]).is(303);
    let stranger = LetterId(letter.id.0 + 1000);
    admin.post(&format!("/courrier/{stranger}/renvoi"), &[]).is(404);
}

fn what_could_not_be_delivered_is_shown_while_it_matters(database: &Database) {
    let mut room = Room::open(database, &Planned::default());
    let server = MailServer::new();
    room.enrols(&[room.colleague("Refused")]);
    courier(&room.town, by_mail(&server)).run_once().unwrap();
    let lost = "Un courrier pour Refused Delmotte n’a pas pu être remis";
    room.manager.get("/accueil").sees(lost);
    room.employer.get("/accueil").sees(lost);
    let path = room.manager.get("/courrier").address_of("/courrier/");
    let opens = |room: &Room| room.last_letter("Refused").text_body.contains("/place/");
    room.town.days_pass(13);
    room.rounds();
    assert!(opens(&room));
    room.town.days_pass(2);
    room.rounds();
    assert!(!opens(&room), "what opens something is not kept for ever");
    room.is_now(room.town.now());
    room.manager.get("/accueil").sees(lost);
    room.manager.does(&path, &[]).sees("Cette lettre ne peut plus repartir").sees("Non remise");
    room.is_now(room.starts_at());
    room.manager.get("/accueil").does_not_see(lost);
    room.employer.get("/accueil").does_not_see(lost);
}

fn a_busy_server_is_asked_again_later(database: &Database) {
    let (town, server) = (Town::new(database), MailServer::new());
    write_to(&town, "busy@verrerie.example", &[]);
    let courier = courier(&town, by_mail(&server));
    assert_eq!(courier.run_once().unwrap(), 0);
    let letter = only(&town);
    assert_eq!(letter.progress(), Progress::TryingAgain);
    assert!(letter.last_error.unwrap().contains("later please"));
    courier.run_once().unwrap();
    assert_eq!(only(&town).attempts, 1, "not before its time");
    town.house.clock.advance_minutes(2);
    courier.run_once().unwrap();
    assert_eq!(only(&town).attempts, 2);
    server.has_time();
    town.hours_pass(1);
    assert_eq!(courier.run_once().unwrap(), 1);
    assert_eq!((only(&town).progress(), server.count()), (Progress::Sent, 1));
}

fn a_silent_server_keeps_no_other_letter_waiting(database: &Database) {
    let (town, server) = (Town::new(database), MailServer::new());
    write_to(&town, "silent@verrerie.example", &[]);
    write_to(&town, "lou@verrerie.example", &[]);
    assert_eq!(courier(&town, by_mail(&server)).run_once().unwrap(), 1);
    let progress: Vec<_> = sendings(&town).iter().map(Sending::progress).collect();
    assert_eq!(progress, [Progress::Sent, Progress::TryingAgain]);
}

fn two_couriers_take_each_letter_once(database: &Database) {
    const LETTERS: usize = 30;
    let town = Town::new(database);
    let server = Arc::new(MailServer::new());
    for number in 0..LETTERS {
        write_to(&town, &format!("person{number}@verrerie.example"), &[]);
    }
    let couriers: Vec<_> = (0..2)
        .map(|_| {
            let mut courier = courier(&town, by_mail(&server));
            courier.store = Store::open(&database.url, 2).unwrap();
            thread::spawn(move || while courier.run_once().unwrap() > 0 {})
        })
        .collect();
    for courier in couriers {
        courier.join().unwrap();
    }
    // The one that found nothing more has left the rest in the other's hands.
    assert_eq!((server.count(), server.different()), (LETTERS, LETTERS));
    let unsent = |conn: &mut store::Conn| outbox::due(conn, town.now().plus_days(9), 100);
    assert!(town.store().read(unsent).unwrap().is_empty());
}

fn a_folder_takes_whole_files(database: &Database) {
    let town = Town::new(database);
    let folder = tempfile::tempdir().unwrap();
    let transport = Transport::Folder(folder.path().join("courrier"));
    transport.check().unwrap();
    write_to(&town, "elodie@verrerie.example", &[]);
    assert_eq!(courier(&town, transport).run_once().unwrap(), 1);
    let files = |path: &Path| -> Vec<_> { path.read_dir().unwrap().flatten().map(|f| f.path()).collect() };
    let files = files(&folder.path().join("courrier"));
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].extension().unwrap(), "eml");
    let text = std::fs::read_to_string(&files[0]).unwrap();
    assert!(text.contains("To: ") && text.contains("elodie@verrerie.example"), "{text}");
}

fn a_courier_on_its_thread_stops_when_told(database: &Database) {
    let (town, server) = (Town::new(database), MailServer::new());
    let beat = courier(&town, by_mail(&server)).spawn().unwrap();
    write_to(&town, "elodie@verrerie.example", &[]);
    let began = Stopwatch::now();
    while server.taken().is_empty() && began.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(20));
    }
    beat.stop();
    assert_eq!((server.count(), only(&town).progress()), (1, Progress::Sent));
    write_to(&town, "lou@verrerie.example", &[]);
    thread::sleep(Duration::from_millis(1200));
    assert_eq!(server.count(), 1);
}

fn in_the_demonstration_letters_are_read_on_a_page(database: &Database) {
    let town = Town::demonstration(database);
    write_to(&town, "elodie@verrerie.example", &[CALENDAR.to_owned()]);
    write_to(&town, "lou@biscuiterie.example", &[]);
    assert_eq!(courier(&town, Transport::Captured).run_once().unwrap(), 2);
    let visitor = town.visitor();
    let list = visitor.get("/demo/courrier");
    list.is(200).sees("elodie@verrerie.example").sees("lou@biscuiterie.example");
    let found = visitor.get("/demo/courrier?destinataire=Verrerie");
    found.sees("elodie@verrerie.example").does_not_see("lou@biscuiterie.example");
    let path = found.address_of("/demo/courrier/");
    let letter = visitor.get(&path);
    letter.is(200).sees("Un nouveau mot de passe a été demandé").sees("Réponses à karim@atelier.example");
    assert_eq!(letter.address_of("/acces/"), "/acces/s3cr3t");
    let file = visitor.get(&letter.address_of(&format!("{path}/invitation-")));
    assert_eq!((file.header("content-type"), file.body.as_str()), ("text/calendar; charset=utf-8", CALENDAR));
    for nothing in [format!("{path}/invitation-2.ics"), format!("{path}/autre"), "/demo/courrier/999".into()]
    {
        visitor.get(&nothing).is(404);
    }
    drop(town);

    let town = Town::new(database);
    assert_eq!(town.visitor().get("/demo/courrier").status, 404, "only in the demonstration");
    town.visitor().get("/courrier").is(303);
}
