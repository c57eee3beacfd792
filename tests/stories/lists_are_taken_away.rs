//! Lists that people take away: what they see and nothing more, piece by piece, whole or visibly cut.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::company;
use crate::town::{EMPLOYER, MANAGER, Page, Planned, Room, Town};
use actions::exports::{Export, Piece};
use actions::{self, people};
use diesel::prelude::*;
use domain::access::Role;
use domain::calendar::Day;
use domain::ids::{OrganisationId, PersonId};
use domain::organisations::Capacity;
use domain::people::{Employee, JobGroup, NewEmployee, PersonName};
use domain::text::Language;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;
use store::people::Wanted;
use store::{self, Conn};
use words::Words;

stories! {
    both: an_employer_takes_its_list_and_imports_it_elsewhere,
        what_the_page_is_asked_for_the_file_holds,
        everybody_takes_away_what_they_may_see_and_no_more,
        people_come_and_go_while_a_list_is_fetched,
        a_long_list_comes_in_pieces,
        a_file_that_fails_midway_is_cut;
    sqlite: a_server_that_stops_lets_a_file_finish,
        a_long_calendar_is_one_calendar;
}

const NADIA: &str = "nadia@verrerie.example";

fn somebody(family: &str, given: &str) -> NewEmployee {
    NewEmployee {
        name: PersonName { given: given.parse().unwrap(), family: family.parse().unwrap() },
        email: None,
        staff_number: None,
        job_group: None,
        starts_on: None,
    }
}

fn joins(town: &Town, company: OrganisationId, new: &NewEmployee, since: &str) -> PersonId {
    let (since, now) = (since.parse().unwrap(), town.now());
    town.store().write(|conn| store::people::add(conn, company, new, since, now)).unwrap()
}

/// So many people, by name in the order of their numbers.
fn crowd(town: &Town, company: OrganisationId, people: usize) -> Vec<PersonId> {
    let news: Vec<NewEmployee> = (0..people).map(|n| somebody(&format!("Foule {n:06}"), "Camille")).collect();
    let (since, now) = (town.today().minus_days(30), town.now());
    let with_days: Vec<(&NewEmployee, Day)> = news.iter().map(|new| (new, since)).collect();
    town.store().write(|conn| store::people::add_many(conn, company, &with_days, now)).unwrap()
}

/// The cells of a file without quotation marks, the headings first.
fn cells(file: &str) -> Vec<Vec<String>> {
    let text = file.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with("\r\n"), "{text}");
    text.split_terminator("\r\n").map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

fn pulled(town: &Town, export: &mut Export) -> Vec<u8> {
    let mut file = Vec::new();
    loop {
        let Piece { bytes, is_last } = export.next(&town.house).unwrap();
        file.extend(bytes);
        if is_last {
            return file;
        }
    }
}

fn an_employer_takes_its_list_and_imports_it_elsewhere(database: &Database) {
    let town = Town::new(database);
    let home = company(&town, "Verrerie des Trois Canaux", 1);
    town.member(NADIA, Role::Employer, Some(home));
    let lou = NewEmployee {
        email: Some("lou@verrerie.example".parse().unwrap()),
        staff_number: Some("12; «\u{a0}A\u{a0}»".to_owned()),
        job_group: Some(JobGroup::Clerk),
        ..somebody("D’Arc, née Roy", "Lou \"Loulou\"")
    };
    joins(&town, home, &lou, "2024-09-01");
    joins(&town, home, &somebody("Émile-Zola", "Noé"), "1999-12-31");
    for (at, group) in JobGroup::ALL.iter().enumerate() {
        let one = NewEmployee {
            job_group: Some(*group),
            staff_number: Some(format!("00{at}")),
            ..somebody("Denis", &format!("Mia {at}"))
        };
        joins(&town, home, &one, "2020-02-29");
    }
    let nadia = town.log_in(NADIA);
    let page = nadia.get("/salaries/export.csv");
    assert_eq!(page.is(200).header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(page.header("content-disposition"), "attachment; filename=\"salaries.csv\"");
    assert!(
        page.body
            .starts_with("\u{feff}Nom;Prénom;Adresse électronique;Matricule;Catégorie;Date d’entrée\r\n")
    );
    assert!(page.body.contains(";01/09/2024\r\n"), "{}", page.body);

    let english = people::export(&town.house, &town.actor(NADIA), Words(Language::En), Wanted::default());
    let english = pulled(&town, &mut english.unwrap());
    let everybody = 2 + JobGroup::ALL.len();
    for (number, file) in (2..).zip([page.bytes.as_slice(), english.as_slice()]) {
        let elsewhere = company(&town, &format!("Ailleurs {number}"), number);
        let email = format!("paul{number}@ailleurs.example");
        town.member(&email, Role::Employer, Some(elsewhere));
        let sent = |person: &crate::town::Person| {
            let form = [("lignes", ""), ("session", "")];
            let path =
                person.upload("/salaries/import", &form, "fichier", "liste.csv", file).is(303).leads_to();
            (person.get(&path), path)
        };
        let paul = town.log_in(&email);
        let (preview, path) = sent(&paul);
        preview.sees(&format!("{everybody} personnes sont prêtes"));
        paul.does(&format!("{path}/confirmation"), &[]).sees(&format!("{everybody} personnes ajoutées"));
        assert_eq!(told(&town, elsewhere), told(&town, home));
        sent(&nadia).0.sees(&format!("{everybody} personnes déjà connues"));
    }
    town.the_journal_holds();
}

/// What a list tells of everybody who is there.
fn told(town: &Town, company: OrganisationId) -> Vec<String> {
    let (reach, today) = (crate::town::everything(), town.today());
    let all = town.store().read(|conn| store::people::current(conn, &reach, company, today)).unwrap();
    let one = |Employee { person, employment }: Employee| {
        let email = person.email.map(|email| email.to_string());
        let (group, number) = (employment.job_group, employment.staff_number);
        format!(
            "{} {} {email:?} {number:?} {group:?} {:?}",
            person.name.family, person.name.given, employment.starts_on
        )
    };
    all.into_iter().map(one).collect()
}

fn what_the_page_is_asked_for_the_file_holds(database: &Database) {
    let town = Town::new(database);
    let (home, other) = (company(&town, "Verrerie", 1), company(&town, "Tissage", 2));
    town.member(NADIA, Role::Employer, Some(home));
    let with_address = |name: &str| NewEmployee {
        email: Some(format!("{name}@verrerie.example").parse().unwrap()),
        ..somebody(name, "Lou")
    };
    joins(
        &town,
        home,
        &NewEmployee { job_group: Some(JobGroup::Clerk), ..with_address("Beaupre") },
        "2024-01-01",
    );
    joins(&town, home, &with_address("Beaulieu"), "2024-01-01");
    joins(&town, home, &with_address("Carpentier"), "2024-01-01");
    let left = joins(&town, home, &with_address("Delmotte"), "2024-01-01");
    joins(&town, other, &somebody("Beaumarchais", "Zoé"), "2024-01-01");
    let yesterday = town.today().minus_days(1);
    let actor = town.actor(NADIA);
    people::end(&town.house, &actor, left, yesterday).unwrap();

    let nadia = town.log_in(NADIA);
    let names = |page: &Page| -> Vec<String> {
        let file = nadia.get(&page.is(200).address_of("/salaries/export.csv"));
        cells(&file.is(200).body)[1..].iter().map(|row| row[0].clone()).collect()
    };
    assert_eq!(names(&nadia.get("/salaries")), ["Beaulieu", "Beaupre", "Carpentier"]);
    assert_eq!(names(&nadia.get("/salaries?q=beau&categorie=&presence=")), ["Beaulieu", "Beaupre"]);
    let clerks = format!("/salaries?q=beau&categorie={}", JobGroup::Clerk);
    assert_eq!(names(&nadia.get(&clerks)), ["Beaupre"]);
    let gone = nadia.get(&nadia.get("/salaries?presence=partis").address_of("/salaries/export.csv"));
    let gone = cells(&gone.body);
    assert_eq!(gone[0].last().unwrap(), "Dernier jour");
    let day = Words(Language::Fr).short_day(yesterday);
    assert_eq!(gone[1..], [["Delmotte", "Lou", "", "", "", "01/01/2024", &day].map(str::to_owned).to_vec()]);
    nadia.get("/salaries?q=personne").is(200).does_not_see("Télécharger");
    assert_eq!(cells(&nadia.get("/salaries/export.csv?q=personne").body).len(), 1, "the headings alone");
}

fn everybody_takes_away_what_they_may_see_and_no_more(database: &Database) {
    let mut room = Room::open(database, &Planned { title: "Souder", ..Planned::default() });
    // The body of the room operates its programme itself.
    let operator = room.body;
    let rival = room.town.organisation("Rival", &[Capacity::TrainingBody]);
    let other = room.town.organisation("Tissage", &[Capacity::Company]);
    for (email, role, of) in [
        ("iris@region.example", Role::Operator, operator),
        ("ada@region.example", Role::Auditor, operator),
        ("paul@tissage.example", Role::Employer, other),
        ("rita@rival.example", Role::TrainingManager, rival),
        ("tom@atelier.example", Role::Trainer, room.body),
    ] {
        room.town.member(email, role, Some(of));
    }
    let ours = room.colleague("Lou");
    let theirs = room.town.employee(other, "Zoé", "Petit", Some("zoe@tissage.example"));
    let (nadia, paul) = (room.town.actor(EMPLOYER), room.town.actor("paul@tissage.example"));
    room.town.enrol(&nadia, room.session, &[ours]);
    room.town.enrol(&paul, room.session, &[theirs]);
    room.town.account("lou@verrerie.example", Some(ours));

    let people = |email: &str| -> Vec<String> {
        let page = room.town.log_in(email).get("/inscriptions/export.csv");
        assert!(!page.is(200).body.contains('@'), "no address: {}", page.body);
        assert!(page.queries() <= 8, "{}", page.queries());
        let mut names: Vec<String> = cells(&page.body)[1..].iter().map(|row| row[6].clone()).collect();
        names.sort();
        names
    };
    assert_eq!(people(EMPLOYER), ["Delmotte"]);
    assert_eq!(people("paul@tissage.example"), ["Petit"]);
    for whole in [MANAGER, "iris@region.example", "ada@region.example"] {
        assert_eq!(people(whole), ["Delmotte", "Petit"], "{whole}");
    }
    assert_eq!(people("rita@rival.example"), [""; 0]);
    for nobody in ["tom@atelier.example", "lou@verrerie.example"] {
        let person = room.town.log_in(nobody);
        person.get("/inscriptions/export.csv").is(404);
        person.get("/inscriptions").is(200).does_not_see("Télécharger");
    }
    assert_eq!(
        room.town.visitor().get("/inscriptions/export.csv").is(303).leads_to(),
        "/connexion?suite=%2Finscriptions%2Fexport%2Ecsv"
    );

    // Its dates, its state and its hours, once it is over.
    let file = room.manager.get(&room.manager.get("/inscriptions").address_of("/inscriptions/export.csv"));
    let row = &cells(&file.body)[1];
    let day = Words(Language::Fr).short_day(room.plan().slots[0].day);
    assert_eq!(row[1..6], ["Souder", "Sensibilisation", &day, &day, "À\u{a0}distance"]);
    assert_eq!(row[9..], ["Place confirmée", ""]);
    room.is_now(room.starts_at().plus_days(2));
    assert_eq!(cells(&room.manager.get("/inscriptions/export.csv").body).len(), 1);
    let past = room.manager.get("/inscriptions?passees=1").address_of("/inscriptions/export.csv");
    assert_eq!(cells(&room.manager.get(&past).body).len(), 3);

    // The directory: all of it for the operator, nothing for those who see themselves in it.
    let iris = room.town.log_in("iris@region.example");
    let directory = iris.get(&iris.get("/entreprises?role=company").address_of("/entreprises/export.csv"));
    let names: Vec<String> = cells(&directory.is(200).body)[1..].iter().map(|row| row[0].clone()).collect();
    assert_eq!(names, ["Verrerie des Trois Canaux"], "those of its programme alone");
    room.manager.get("/entreprises/export.csv").is(404);
    room.employer.get("/entreprises").is(200).does_not_see("Télécharger");
}

fn people_come_and_go_while_a_list_is_fetched(database: &Database) {
    let town = Town::new(database);
    let home = company(&town, "Verrerie", 1);
    town.member(NADIA, Role::Employer, Some(home));
    let crowd = crowd(&town, home, 1_300);
    let actor = town.actor(NADIA);
    let mut export = people::export(&town.house, &actor, Words(Language::Fr), Wanted::default()).unwrap();
    let (mut pieces, mut gone) = (Vec::new(), BTreeSet::new());
    loop {
        let Piece { bytes, is_last } = export.next(&town.house).unwrap();
        pieces.push(bytes);
        assert_eq!(town.store().connections().0, 0, "between two pieces no connection is held");
        if is_last {
            break;
        }
        // One joins in front of the next row and one behind it; one who was told of leaves, and one who was not.
        let done = pieces.len();
        joins(&town, home, &somebody("Avant", &format!("Zoé {done}")), "2024-01-01");
        joins(&town, home, &somebody("Zzz", &format!("Zoé {done}")), "2024-01-01");
        for at in [done * 500 - 1, done * 500 + 1] {
            people::end(&town.house, &actor, crowd[at], town.today().minus_days(1)).unwrap();
            gone.insert(format!("Foule {at:06}"));
        }
    }
    assert_eq!(pieces.len(), 3);
    let rows = cells(&String::from_utf8(pieces.concat()).unwrap());
    let names: Vec<String> = rows[1..].iter().map(|row| row[0].clone()).collect();
    assert!(names.is_sorted(), "by name");
    let told: BTreeSet<&String> = names.iter().filter(|name| name.starts_with("Foule")).collect();
    let crowded = names.iter().filter(|name| name.starts_with("Foule")).count();
    assert_eq!(told.len(), crowded, "nobody twice");
    for name in (0..1_300).map(|n| format!("Foule {n:06}")) {
        assert!(told.contains(&name) || gone.contains(&name), "{name} is missing");
    }
    assert_eq!(names.iter().filter(|name| *name == "Zzz").count(), 2, "who joined behind the reader");
    assert!(!names.iter().any(|name| name == "Avant"), "who joined in front of the reader");
}

/// Asks as a program of the plainest sort does, and answers what came until the connection ended.
fn raw(town: &Town, method: &str, path: &str, version: &str, cookie: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(town.address().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let host = town.address();
    let host = host.trim_start_matches("http://");
    let asked = format!(
        "{method} {path} HTTP/{version}\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(asked.as_bytes()).unwrap();
    let mut came = Vec::new();
    // A connection may be cut with a reset.
    let _ = stream.read_to_end(&mut came);
    let end = came.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    (String::from_utf8(came[..end].to_vec()).unwrap().to_lowercase(), came[end + 4..].to_vec())
}

/// The chunks of a body, and whether the mark of the end stands behind them.
fn chunks(body: &[u8]) -> (Vec<Vec<u8>>, bool) {
    let (mut rest, mut chunks) = (body, Vec::new());
    loop {
        let mut size = String::new();
        let read = rest.read_line(&mut size).unwrap_or(0);
        let Ok(size) = usize::from_str_radix(size.trim(), 16) else { return (chunks, false) };
        if read == 0 || rest.len() < size + 2 {
            return (chunks, false);
        }
        if size == 0 {
            return (chunks, rest == b"\r\n");
        }
        chunks.push(rest[..size].to_vec());
        rest = &rest[size + 2..];
    }
}

fn a_long_list_comes_in_pieces(database: &Database) {
    let town = Town::new(database);
    let home = company(&town, "Verrerie", 1);
    town.member(NADIA, Role::Employer, Some(home));
    crowd(&town, home, 2_100);
    let cookie = town.cookie(NADIA);
    let (head, body) = raw(&town, "GET", "/salaries/export.csv", "1.1", &cookie);
    for header in [
        "transfer-encoding: chunked",
        "server-timing: total;dur=",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
    ] {
        assert!(head.starts_with("http/1.1 200") && head.contains(header), "{head}");
    }
    let (pieces, ends) = chunks(&body);
    assert!(ends && pieces.len() >= 5, "{} pieces", pieces.len());
    let whole = pieces.concat();
    let rows = cells(std::str::from_utf8(&whole).unwrap());
    assert_eq!(rows.len(), 2_101);
    for (n, row) in rows[1..].iter().enumerate() {
        assert_eq!(row[0], format!("Foule {n:06}"));
    }

    let (promised, nothing) = raw(&town, "HEAD", "/salaries/export.csv", "1.1", &cookie);
    let names = |head: &str| -> BTreeSet<String> {
        head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
    };
    assert!(promised.starts_with("http/1.1 200") && nothing.is_empty(), "{promised}");
    assert_eq!(names(&promised), names(&head));
    // Who would not notice that it was cut gets it with its length.
    let (old, body) = raw(&town, "GET", "/salaries/export.csv", "1.0", &cookie);
    assert!(old.contains(&format!("content-length: {}", whole.len())), "{old}");
    assert!(body == whole, "the same file");
}

fn a_file_that_fails_midway_is_cut(database: &Database) {
    let town = Town::new(database);
    let home = company(&town, "Verrerie", 1);
    town.member(NADIA, Role::Employer, Some(home));
    let crowd = crowd(&town, home, 1_300);
    let cookie = town.cookie(NADIA);
    let damage = |person: PersonId| {
        let statement = format!("UPDATE people SET given_name = '' WHERE id = {person}");
        let run = |conn: &mut Conn| Ok::<_, store::Error>(diesel::sql_query(statement).execute(conn)?);
        assert_eq!(town.store().write(run).unwrap(), 1);
    };
    damage(crowd[1_299]);
    let (head, body) = raw(&town, "GET", "/salaries/export.csv", "1.1", &cookie);
    let (pieces, ends) = chunks(&body);
    assert!(head.starts_with("http/1.1 200") && head.contains("chunked"), "{head}");
    assert!(!ends, "no mark of the end behind {} pieces", pieces.len());
    // Of what could be read, the last piece may be lost with the connection.
    assert!((1..=2).contains(&pieces.len()), "{} pieces", pieces.len());
    town.visitor().get("/metrics").sees("parcours_files_cut_total 1");
    let (old, _) = raw(&town, "GET", "/salaries/export.csv", "1.0", &cookie);
    assert!(old.starts_with("http/1.0 500") || old.starts_with("http/1.1 500"), "{old}");
    // What fails before the first byte has its page.
    damage(crowd[0]);
    let (head, _) = raw(&town, "GET", "/salaries/export.csv", "1.1", &cookie);
    assert!(head.starts_with("http/1.1 500") && !head.contains("content-disposition"), "{head}");
}

fn a_server_that_stops_lets_a_file_finish(database: &Database) {
    let town = Town::new(database);
    let home = company(&town, "Verrerie", 1);
    town.member(NADIA, Role::Employer, Some(home));
    crowd(&town, home, 12_000);
    let cookie = town.cookie(NADIA);
    let address = town.address();
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    write!(stream, "GET /salaries/export.csv HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n").unwrap();
    let mut reader = BufReader::with_capacity(512, stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
    }
    town.is_told_to_stop();
    let is_closed = || TcpStream::connect(host).is_err();
    for _ in 0..100 {
        if is_closed() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(is_closed(), "nobody new is let in");
    let mut body = Vec::new();
    reader.read_to_end(&mut body).unwrap();
    let (pieces, ends) = chunks(&body);
    assert!(ends, "the end is there");
    assert_eq!(cells(std::str::from_utf8(&pieces.concat()).unwrap()).len(), 12_001);
}

fn a_long_calendar_is_one_calendar(database: &Database) {
    let town = Town::new(database);
    let body = town.organisation("Atelier", &[Capacity::TrainingBody, Capacity::Operator]);
    let programme = town.programme(body, &[body]);
    for days in 0..105 {
        town.session(body, programme, &Planned { in_days: 10 + days % 7, ..Planned::default() }, &[]);
    }
    let feed = || actions::catalogue::feed(&town.house, &domain::access::Actor::NOBODY, Words(Language::Fr));
    let mut first = feed().unwrap();
    assert!(!first.next(&town.house).unwrap().is_last, "it takes several pieces");
    let calendar = String::from_utf8(pulled(&town, &mut feed().unwrap())).unwrap();
    let page = town.visitor().get("/catalogue.ics");
    assert_eq!(page.is(200).body, calendar);
    assert_eq!(page.header("content-type"), "text/calendar; charset=utf-8");
    assert!(
        calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n")
    );
    assert_eq!(calendar.matches("VCALENDAR").count(), 2);
    let names: BTreeSet<&str> = calendar.lines().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!((names.len(), calendar.matches("BEGIN:VEVENT").count()), (210, 210), "each half-day once");
}
