//! Where the clients act: a training body, three companies, sessions to come and sessions of today. It is founded by the
//! functions that the program itself uses; what the clients do goes over HTTP.

use crate::client;
use crate::database::Database;
use crate::program::Program;
use crate::scratch;
use actions::enrolments::Request;
use actions::{House, enrolments, surveys};
use clock::Clock;
use credentials::{Cost, Keys, Passwords};
use domain::access::{Action, Actor, Reach, Role};
use domain::calendar::{Instant, Minute, Zone};
use domain::courses::{Sheet, Stage};
use domain::enrolments::{EnrolmentState, GroupPolicy};
use domain::ids::{CourseId, OrganisationId, PersonId, ProgrammeId, SessionId};
use domain::organisations::{Capacity, Organisation, Profile};
use domain::people::{NewEmployee, PersonName};
use domain::programmes::NewProgramme;
use domain::sessions::{Plan, Promotion, QUEUE_CLOSES_HOURS, SessionState, Slot, Venue};
use domain::text::Language;
use mail::Sender;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Mutex;
use store::{self, Conn, Store};

pub const PASSWORD: &str = "sept mots pour une phrase de passe";
const MANAGER: &str = "karim@atelier.example";
const COMPANIES: [&str; 3] = ["verrerie", "brasserie", "filature"];
const PEOPLE_OF_EACH: usize = 60;
/// Seats of a session; half as many again are asked for, so that some wait.
const SEATS: u32 = 12;
/// Days before today on which people asked for places in the sessions of today.
const ASKED_BEFORE: u64 = 5;

/// A company that sends its people.
pub struct Company {
    pub id: i64,
    pub siret: String,
    email: String,
    people: Vec<PersonId>,
}

/// Places that nobody asked for yet: some people of one company, in one session.
#[derive(Debug, Clone)]
pub struct Places {
    pub session: i64,
    /// Its number among [`World::companies`].
    pub company: usize,
    pub people: Vec<i64>,
}

/// A half-day of today that one person has not signed yet.
#[derive(Debug, Clone, Copy)]
pub struct Square {
    pub session: i64,
    pub slot: i64,
    pub enrolment: i64,
}

/// Log-ins, which outlive the server that gave them.
#[derive(Debug, Clone)]
pub struct Cookies {
    pub manager: String,
    /// One for each company.
    pub employers: Vec<String>,
}

/// Employees of the first company, each logged in.
pub struct Crowd {
    /// Each with their cookie.
    pub people: Vec<(i64, String)>,
}

pub struct World {
    pub companies: Vec<Company>,
    body: OrganisationId,
    programme: ProgrammeId,
    course: CourseId,
    places: Mutex<VecDeque<Places>>,
    squares: Mutex<VecDeque<Square>>,
    cookies: Mutex<Option<Cookies>>,
}

impl World {
    /// Founds it in an empty database that has been migrated.
    pub fn found(database: &Database) -> Self {
        let house = house(database, 0);
        let hash = house.passwords.hash(PASSWORD).unwrap();
        let now = house.clock.now();
        let found = |conn: &mut Conn| {
            let body = party(conn, "Atelier du Nord", 1, &[Capacity::TrainingBody, Capacity::Operator], now)?;
            account(conn, MANAGER, Role::TrainingManager, body, &hash, now)?;
            let mut companies = Vec::new();
            for (number, name) in (2..).zip(COMPANIES) {
                companies.push(company(conn, name, number, &hash, now)?);
            }
            let programme = programme(conn, body, &companies, now)?;
            let course = store::courses::insert(conn, body, programme, Stage::Awareness, &sheet(), now)?;
            surveys::lay_down(conn, course, now).unwrap();
            let (places, squares, cookies) = Default::default();
            Ok::<_, store::Error>(Self { companies, body, programme, course, places, squares, cookies })
        };
        house.store.write(found).unwrap()
    }

    /// Sees to it that so many requests for places and so many signatures can be made. Nothing stays open in the
    /// database afterwards.
    pub fn top_up(&self, database: &Database, places: usize, squares: usize) {
        while self.places.lock().unwrap().len() < places {
            let now = house(database, 0);
            for _ in 0..8 {
                let session = self.session(&now, 30);
                self.places.lock().unwrap().extend(self.wanted(session));
            }
        }
        while self.squares.lock().unwrap().len() < squares {
            let then = house(database, ASKED_BEFORE);
            for _ in 0..4 {
                let session = self.session(&then, ASKED_BEFORE);
                self.fill(&then, session);
            }
        }
    }

    /// The next people to ask for; none when all were asked for.
    pub fn next_places(&self) -> Option<Places> {
        self.places.lock().unwrap().pop_front()
    }

    /// The next half-day to sign; none when all were signed.
    pub fn next_square(&self) -> Option<Square> {
        self.squares.lock().unwrap().pop_front()
    }

    /// Everybody is logged in, once for all servers of the database.
    pub fn cookies(&self, address: SocketAddr) -> Cookies {
        let mut cookies = self.cookies.lock().unwrap();
        let log_in = || {
            let employers = self.companies.iter().map(|c| client::log_in(address, &c.email, PASSWORD));
            Cookies { manager: client::log_in(address, MANAGER, PASSWORD), employers: employers.collect() }
        };
        cookies.get_or_insert_with(log_in).clone()
    }

    /// So many people of the first company, logged in on every server.
    pub fn crowd(&self, database: &Database, people: usize) -> Crowd {
        let house = house(database, 0);
        let (company, now) = (OrganisationId(self.companies[0].id), house.clock.now());
        let come = |conn: &mut Conn| {
            let mut crowd = Vec::new();
            for number in 0..people {
                let email = format!("foule{number}@verrerie.example");
                let person = employee(conn, company, &format!("Vasseur {number}"), &email, now)?;
                let (address, name) = (email.parse().unwrap(), "Lou Vasseur".parse().unwrap());
                let account = store::accounts::add(conn, &address, &name, Some(person), Language::Fr, now)?;
                let secret = format!("secret-{number}");
                store::logins::open(conn, &credentials::digest(&secret), account, "ici", now)?;
                crowd.push((person.0, format!("parcours={secret}")));
            }
            Ok::<_, store::Error>(Crowd { people: crowd })
        };
        house.store.write(come).unwrap()
    }

    /// A session next month with so many seats, which nobody asked for yet.
    pub fn popular_session(&self, database: &Database, seats: u32) -> i64 {
        self.session_of(&house(database, 0), 30, seats).0
    }

    /// A session of one long half-day, so many days from the house's today.
    fn session(&self, house: &House, in_days: u64) -> SessionId {
        self.session_of(house, in_days, SEATS)
    }

    fn session_of(&self, house: &House, in_days: u64, capacity: u32) -> SessionId {
        let (zone, now) = (daylight(), house.clock.now());
        let time = |hour| Minute::new(hour, 30).unwrap();
        let slot = Slot::new(zone, now.day(zone).plus_days(in_days), time(0), time(23)).unwrap();
        let make = |conn: &mut Conn| {
            let plan = Plan {
                version: store::courses::get(conn, &everything(), self.course)?.version,
                zone,
                enrol_by: slot.starts_at.plus_hours(-i64::from(QUEUE_CLOSES_HOURS)),
                slots: vec![slot],
                venue: Venue { place: "12 rue des Fuseaux".to_owned(), ..Venue::default() },
                capacity,
                minimum: 1,
                queue_closes_hours: QUEUE_CLOSES_HOURS,
                promotion: Promotion::Confirm,
                trainers: Vec::new(),
            };
            let id = store::sessions::insert(conn, self.body, self.programme, &plan, now)?;
            let draft = store::sessions::get(conn, &everything(), id)?;
            store::sessions::shift(conn, &draft, SessionState::Published)?;
            Ok::<_, store::Error>(id)
        };
        house.store.write(make).unwrap()
    }

    /// What is asked for in a session: half as many again as it has seats, one by one and several at once, company by
    /// company in turn, so that neighbours want the same seats.
    fn wanted(&self, session: SessionId) -> Vec<Places> {
        let mut wanted = Vec::new();
        let mut left = SEATS as usize * 3 / 2;
        for turn in 0.. {
            let (company, round) = (turn % self.companies.len(), turn / self.companies.len());
            let many = if round % 2 == 0 { 1 } else { 3 }.min(left);
            if many == 0 {
                break;
            }
            let people = &self.companies[company].people;
            let first = (usize::try_from(session.0).unwrap() * 7 + round * 4) % (people.len() - 3);
            let people = people[first..first + many].iter().map(|p| p.0).collect();
            wanted.push(Places { session: session.0, company, people });
            left -= many;
        }
        wanted
    }

    /// Fills so many sessions of tomorrow, as of some days ago: their people are to be reminded. Answers how many.
    pub fn fill_tomorrow(&self, database: &Database, sessions: usize) -> usize {
        let then = house(database, ASKED_BEFORE);
        for _ in 0..sessions {
            self.seat(&then, self.session(&then, ASKED_BEFORE + 1));
        }
        sessions * SEATS as usize
    }

    /// Gives all seats of a session of today to people of the first company.
    fn fill(&self, house: &House, session: SessionId) {
        self.seat(house, session);
        let read = |conn: &mut Conn| {
            let slot = store::sessions::slots(conn, session)?[0].id;
            let rows = store::enrolments::of_session(conn, session, &[EnrolmentState::Confirmed])?;
            Ok::<_, store::Error>((slot, rows))
        };
        let (slot, rows) = house.store.read(read).unwrap();
        let square = |id: i64| Square { session: session.0, slot: slot.0, enrolment: id };
        self.squares.lock().unwrap().extend(rows.iter().map(|row| square(row.id.0)));
    }

    fn seat(&self, house: &House, session: SessionId) {
        let company = &self.companies[0];
        let employer = actor(house, &company.email);
        let people = company.people[..SEATS as usize].to_vec();
        let request = Request { session, people, policy: GroupPolicy::AsManyAsFit };
        enrolments::request(house, &employer, &request).unwrap();
    }
}

/// The house on the harness's side, some days ago.
pub fn house(database: &Database, days_ago: u64) -> House {
    let clock = Clock::default();
    clock.advance_minutes(-i64::try_from(days_ago * 24 * 60).unwrap());
    let sender = Sender {
        public_url: "http://localhost".to_owned(),
        from: "parcours@parcours.example".to_owned(),
        domain: "parcours.example".to_owned(),
    };
    House {
        store: Store::open(&database.url, 1).unwrap(),
        clock,
        passwords: Passwords::new(Cost::CHEAP, 1).unwrap(),
        sender,
        keys: Some(Keys::read(&scratch::folder().join(Program::KEY_FILE)).unwrap()),
        checkpoint_minutes: 60,
        issuer_host: None,
        once: None,
    }
}

/// A zone where it is day: no half-day of today ends while the harness runs.
fn daylight() -> Zone {
    let now = Clock::default().now();
    let is_day = |zone: &&Zone| (6..18).contains(&now.minute(**zone).hour());
    *Zone::OFFERED.iter().find(is_day).expect("it is day somewhere")
}

pub fn everything() -> Reach {
    Actor::HOUSE.may(Action::RunRounds).unwrap()
}

pub fn party(
    conn: &mut Conn,
    name: &str,
    number: usize,
    capacities: &[Capacity],
    now: Instant,
) -> Result<OrganisationId, store::Error> {
    let profile = Profile {
        name: name.parse().unwrap(),
        capacities: capacities.to_vec(),
        siret: Some(siret(number)),
        activity: None,
        commune: None,
        headcount: None,
        idcc: None,
        opco: None,
        nda: None,
    };
    store::organisations::add(conn, &profile, true, now)
}

/// The `number`-th SIRET that holds.
fn siret(number: usize) -> domain::organisations::Siret {
    let mut holds = (10_000..).filter_map(|n| format!("9000{n:05}00017").parse().ok());
    holds.nth(number).unwrap()
}

/// Its password is [`PASSWORD`].
pub fn account(
    conn: &mut Conn,
    email: &str,
    role: Role,
    organisation: OrganisationId,
    hash: &str,
    now: Instant,
) -> Result<(), store::Error> {
    let since = now.day(Zone::PARIS).minus_days(30);
    let (address, name) = (email.parse().unwrap(), "Nadia Lefebvre".parse().unwrap());
    let id = store::accounts::add(conn, &address, &name, None, Language::Fr, now)?;
    store::accounts::set_password(conn, id, hash)?;
    store::accounts::add_membership(conn, id, Some(organisation), role, since, None)?;
    Ok(())
}

fn company(
    conn: &mut Conn,
    name: &str,
    number: usize,
    hash: &str,
    now: Instant,
) -> Result<Company, store::Error> {
    let id = party(conn, name, number, &[Capacity::Company], now)?;
    let email = format!("nadia@{name}.example");
    account(conn, &email, Role::Employer, id, hash, now)?;
    let known = store::organisations::get(conn, &everything(), id)?;
    store::organisations::set(conn, &Organisation { approves_requests: false, ..known })?;
    let mut people = Vec::new();
    for n in 0..PEOPLE_OF_EACH {
        let email = format!("lou{n}@{name}.example");
        people.push(employee(conn, id, &format!("Delmotte {n}"), &email, now)?);
    }
    Ok(Company { id: id.0, siret: siret(number).to_string(), email, people })
}

/// Somebody who has been there for a month.
fn employee(
    conn: &mut Conn,
    company: OrganisationId,
    family_name: &str,
    email: &str,
    now: Instant,
) -> Result<PersonId, store::Error> {
    let new = NewEmployee {
        name: PersonName { given: "Lou".parse().unwrap(), family: family_name.parse().unwrap() },
        email: Some(email.parse().unwrap()),
        staff_number: None,
        job_group: None,
        starts_on: None,
    };
    store::people::add(conn, company, &new, now.day(Zone::PARIS).minus_days(30), now)
}

pub fn programme(
    conn: &mut Conn,
    operator: OrganisationId,
    companies: &[Company],
    now: Instant,
) -> Result<ProgrammeId, store::Error> {
    let today = now.day(Zone::PARIS);
    let new = NewProgramme {
        short_name: "IAHDF".parse().unwrap(),
        name: "IA Hauts-de-France".parse().unwrap(),
        region: "32".to_owned(),
        operator,
        starts_on: today.minus_days(365),
        ends_on: None,
    };
    let id = store::programmes::add(conn, &new)?;
    for partner in companies.iter().map(|c| OrganisationId(c.id)).chain([operator]) {
        store::organisations::join(conn, id, partner)?;
    }
    Ok(id)
}

fn sheet() -> Sheet {
    Sheet {
        title: "Comprendre l’IA".parse().unwrap(),
        aims: "Savoir ce que l’IA peut et ne peut pas.".to_owned(),
        prerequisites: "Aucun.".to_owned(),
        audience: "Tous les métiers.".to_owned(),
        minutes: 360,
    }
}

/// Who somebody is once logged in.
pub fn actor(house: &House, email: &str) -> Actor {
    let (now, secret) = (house.clock.now(), credentials::Token::new().unwrap().digest());
    let write = |conn: &mut Conn| {
        let account = store::accounts::lock_of(conn, email)?.expect("an account").id;
        store::logins::open(conn, &secret, account, "ici", now)?;
        let login = store::logins::find(conn, &secret, now)?.expect("a log-in");
        store::logins::end(conn, account, login.id, now)?;
        Ok::<_, store::Error>(login.actor())
    };
    house.store.write(write).unwrap()
}
