//! What changes something, beside what the database commits by itself in the same run.

use crate::baseline::Cost;
use crate::client;
use crate::database::Database;
use crate::floor;
use crate::load::Load;
use crate::program::{Account, Program, Server};
use crate::world::World;
use std::thread;
use std::time::{Duration, Instant};

/// Enrolments of one person that are asked for, if there are as many.
const SINGLE: usize = 8000;
const GROUP: usize = 15;
const SIGNATURES: usize = 2000;

pub fn measure(program: &Program, server: &Server, load: &Load, accounts: &[Account]) -> Vec<Cost> {
    let floor = floor::commits(&program.database_url);
    println!("the database commits {floor:.0} small rows a second, each durably\n");
    println!("| act | a second | of commits | p50 ms | p99 ms | queries | bytes | peak MB | refused |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut costs = Vec::new();
    let mut told = |act: &str, requests: Vec<Vec<u8>>| {
        server.forget_peak();
        let (came, computed) = server.computing(|| load.all_of(requests));
        costs.push(Cost {
            what: ["act", "", act].map(str::to_owned),
            processor: Some(came.each(computed)),
            queries: Some(came.queries),
            bytes: came.bytes,
        });
        println!(
            "| {act} | {:.0} | {:.0} % | {:.2} | {:.2} | {} | {} | {} | {} of {} |",
            came.per_second,
            came.per_second / floor * 100.0,
            came.p50.as_secs_f64() * 1000.0,
            came.p99.as_secs_f64() * 1000.0,
            came.queries,
            came.bytes,
            server.peak(),
            came.refused,
            came.answers,
        );
    };
    let employer = accounts.iter().find(|a| a.role == "employer").expect("an employer");
    let cookie = client::log_in(server.address, &employer.email, &employer.password);
    let sessions = open_sessions(server, &cookie);
    let staff = staff(server, &cookie, sessions.first().expect("an open session"));
    let half = sessions.len() / 2;
    let (singles, groups) = sessions.split_at(half);
    let enrol = |session: &String, people: &[String]| {
        let people = people.join("&person=");
        client::post(
            "/inscriptions",
            &cookie,
            &format!("session={session}&mode=as_many_as_fit&person={people}"),
        )
    };
    // Neighbours go to different sessions, as they do when many employers enrol at once.
    let one_by_one: Vec<_> = staff
        .iter()
        .flat_map(|person| singles.iter().map(move |session| (session, person)))
        .take(SINGLE)
        .map(|(session, person)| enrol(session, std::slice::from_ref(person)))
        .collect();
    told("enrol one", one_by_one);
    let together: Vec<_> = staff
        .chunks_exact(GROUP)
        .flat_map(|people| groups.iter().map(move |session| enrol(session, people)))
        .take(SINGLE / GROUP)
        .collect();
    told("enrol fifteen", together);
    told("sign", signatures(program, server));
    println!();
    costs
}

/// Half-days of today, in sessions that the harness founds in the region, each signed once on the trainer's device.
fn signatures(program: &Program, server: &Server) -> Vec<Vec<u8>> {
    let database = Database { url: program.database_url.clone() };
    let world = World::found(&database);
    world.top_up(&database, 0, SIGNATURES);
    let cookie = world.cookies(server.address).manager;
    let late =
        "SELECT count(*) AS said FROM sessions WHERE state = 'published' AND starts_at < CURRENT_TIMESTAMP";
    let patience = Instant::now();
    // The server's own round begins them, once a minute.
    while database.number(late) > 0 && patience.elapsed() < Duration::from_mins(2) {
        thread::sleep(Duration::from_millis(500));
    }
    let sign = |square: crate::world::Square| {
        let (session, slot, place) = (square.session, square.slot, square.enrolment);
        let path = format!("/sessions/{session}/salle/{slot}/signature/{place}");
        client::post(&path, &cookie, "nom=Lou+Delmotte")
    };
    std::iter::from_fn(|| world.next_square()).map(sign).collect()
}

/// Sessions that an employer may choose from.
fn open_sessions(server: &Server, cookie: &str) -> Vec<String> {
    let page = client::ask(server.address, &client::get("/inscriptions/nouvelle", cookie)).unwrap().text();
    numbers_after(&page, "nouvelle?session=")
}

fn staff(server: &Server, cookie: &str, session: &str) -> Vec<String> {
    let path = format!("/inscriptions/nouvelle?session={session}");
    let page = client::ask(server.address, &client::get(&path, cookie)).unwrap().text();
    let found: Vec<String> = page
        .split("name=\"person\" value=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
        .collect();
    found
}

fn numbers_after(page: &str, mark: &str) -> Vec<String> {
    let mut found: Vec<String> = page
        .split(mark)
        .skip(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
        .collect();
    found.dedup();
    found
}
