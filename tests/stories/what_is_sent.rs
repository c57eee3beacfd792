//! Forms and files on their way: who sends them is known before they are read, and nobody fills the memory of the server.

use crate::harness::{Database, stories};
use crate::town::{MANAGER, Room, Town};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

stories! {
    both: a_stranger_is_sent_to_the_log_in_before_their_file_is_read,
        a_file_is_not_read_for_whom_it_is_not_meant;
    sqlite: what_has_no_length_ends_with_the_answer,
        what_drips_is_cut_and_what_is_slow_is_not,
        one_stranger_leaves_room_for_the_forms_of_others;
}

/// A request whose body is on its way.
struct Sending(TcpStream);

impl Sending {
    /// The head, and the first bytes of a body of so many.
    fn begin(town: &Town, path: &str, cookie: &str, bytes: usize, first: usize) -> Self {
        let address = town.address().replace("http://", "");
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nAccept-Language: fr\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {bytes}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut sending = Self(stream);
        sending.goes_on(first);
        sending
    }

    /// A server that has answered may read no more.
    fn goes_on(&mut self, bytes: usize) {
        let _ = self.0.write_all(&vec![b'a'; bytes]);
    }

    /// The answer, and whether it came within a time.
    fn is_answered_within(&mut self, time: Duration) -> Option<String> {
        self.0.set_read_timeout(Some(time)).unwrap();
        let mut came = vec![0; 64 * 1024];
        match self.0.read(&mut came) {
            Ok(read) => Some(String::from_utf8_lossy(&came[..read]).into_owned()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => None,
            Err(error) => panic!("{error}"),
        }
    }

    #[track_caller]
    fn is_answered(&mut self, status: u16) -> String {
        let answer =
            self.is_answered_within(Duration::from_secs(5)).expect("an answer before the whole body came");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        answer
    }
}

fn a_stranger_is_sent_to_the_log_in_before_their_file_is_read(database: &Database) {
    let town = Town::new(database);
    for (path, bytes) in [
        ("/salaries/import", 5_000_000),
        ("/inscriptions", 400_000),
        ("/declarations/fichiers/1/compte-rendu", 32_505_856),
    ] {
        let answer = Sending::begin(&town, path, "", bytes, 100).is_answered(303);
        assert!(answer.contains("/connexion"), "{answer}");
    }
    // A cookie that nobody gave, and a link that leads nowhere.
    let answer =
        Sending::begin(&town, "/salaries/import", "parcours=inconnu", 5_000_000, 100).is_answered(303);
    assert!(answer.contains("/connexion"), "{answer}");
    Sending::begin(&town, "/place/inconnu/annulation", "", 400_000, 100).is_answered(404);
}

fn what_has_no_length_ends_with_the_answer(database: &Database) {
    let town = Town::new(database);
    let address = town.address().replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    let head =
        format!("POST /salaries/import HTTP/1.1\r\nHost: {address}\r\nTransfer-Encoding: chunked\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let (began, mut came) = (Instant::now(), Vec::new());
    // It goes on for as long as somebody listens.
    while began.elapsed() < Duration::from_secs(15) {
        if stream.write_all(b"1\r\na\r\n").is_err() || stream.read_to_end(&mut came).is_ok() {
            break;
        }
    }
    assert!(came.starts_with(b"HTTP/1.1 303"), "{}", String::from_utf8_lossy(&came));
    assert!(began.elapsed() < Duration::from_secs(10), "the connection stays open");
}

fn a_file_is_not_read_for_whom_it_is_not_meant(database: &Database) {
    let room = Room::open(database, &crate::town::Planned::default());
    let cookie = room.town.cookie(MANAGER);
    // The report of the State is the certifier's; a list of employees, their employer's.
    Sending::begin(&room.town, "/declarations/fichiers/1/compte-rendu", &cookie, 32_505_856, 100)
        .is_answered(403);
    Sending::begin(&room.town, "/salaries/import", &cookie, 5_000_000, 100).is_answered(403);
    // What is longer than a door takes is refused before it is sent.
    Sending::begin(&room.town, "/sessions", &cookie, 5_000_000, 100).is_answered(413);
    assert_eq!(room.town.log_in(MANAGER).get("/accueil").status, 200);
}

fn what_drips_is_cut_and_what_is_slow_is_not(database: &Database) {
    let town = Town::new(database);
    let mut drip = Sending::begin(&town, "/connexion", "", 100_000, 10);
    let mut slow = Sending::begin(&town, "/verifier/fichier", "", 200_000, 10_000);
    let began = Instant::now();
    let mut sent = 10_000;
    let cut = loop {
        drip.goes_on(1);
        slow.goes_on(5_000);
        sent += 5_000;
        if let Some(answer) = drip.is_answered_within(Duration::from_millis(500)) {
            break answer;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "it drips on and on");
    };
    assert!(cut.starts_with("HTTP/1.1 408"), "{cut}");
    assert!(cut.contains("n’est pas arrivé à temps"), "{cut}");
    slow.goes_on(200_000 - sent);
    slow.is_answered(422);
}

fn one_stranger_leaves_room_for_the_forms_of_others(database: &Database) {
    let town = Town::new(database);
    town.account("lou@verrerie.example", None);
    let upload = || Sending::begin(&town, "/verifier/fichier", "", 5_000_000, 4_000_000);
    let mut first = upload();
    assert!(first.is_answered_within(Duration::from_millis(500)).is_none());
    let refused = upload().is_answered(503);
    assert!(refused.to_lowercase().contains("retry-after"), "{refused}");
    // Others log in meanwhile, from the same address; and what the first held is there again once they are gone.
    town.log_in("lou@verrerie.example");
    first.goes_on(1_000_000);
    first.is_answered(422);
    drop(first);
    let mut next = upload();
    assert!(next.is_answered_within(Duration::from_millis(500)).is_none());
    next.goes_on(1_000_000);
    next.is_answered(422);
}
