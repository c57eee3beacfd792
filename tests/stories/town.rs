//! The town: a house that is open on a port of its own, and the people who come to it over HTTP, each with their
//! cookies. Letters wait in the outbox, where stories read them.

// A vocabulary for all stories: not each word is said on each day.
#![allow(dead_code, unused_imports)]

mod alike;
mod board;
mod certifying;
mod forms;
mod founding;
mod room;

pub use alike::are_answered_alike;
pub use board::{Board, CHAIR, OWN, SECOND};
pub use certifying::{CANDIDATE, CERTIFIER, Institute};
pub use forms::Form;
pub use founding::Planned;
pub use room::{EMPLOYER, MANAGER, Room, email};

use crate::harness::Database;
use actions::{self, House};
use actix_web::dev::ServerHandle;
use clock::{Clock, Stop};
use credentials::{Cost, Keys, Passwords};
use domain::access::{Action, Actor, Reach, Role};
use domain::calendar::{Day, Instant, Zone};
use domain::ids::{AccountId, OrganisationId, PersonId, ProgrammeId};
use domain::organisations::{Capacity, Profile, Siret};
use domain::programmes::NewProgramme;
use domain::text::Language;
use mail::Sender;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use store::{self, Store, outbox};
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};
use web::{self, Site};

/// Everybody's password.
pub const PASSWORD: &str = "sept mots pour une phrase de passe";

pub struct Town {
    pub house: House,
    address: SocketAddr,
    handle: ServerHandle,
    server: Option<JoinHandle<()>>,
    hash: String,
}

impl Town {
    /// As in production: nothing of the demonstration. On PostgreSQL, a second town on the same database is a second
    /// server of it.
    pub fn new(database: &Database) -> Self {
        Self::open(database, false)
    }

    /// With the doors that only the demonstration has.
    pub fn demonstration(database: &Database) -> Self {
        Self::open(database, true)
    }

    fn open(database: &Database, demonstration: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let public_url = format!("http://{address}");
        let sender = Sender {
            public_url: public_url.clone(),
            from: "parcours@parcours.example".to_owned(),
            domain: "parcours.example".to_owned(),
        };
        let passwords = Passwords::new(Cost::CHEAP, 2).unwrap();
        let hash = passwords.hash(PASSWORD).unwrap();
        let store = Store::open(&database.url, 4).unwrap();
        if demonstration {
            store.make_letters_searchable().unwrap();
        }
        let keys = Some(Keys::read_or_make(&database.key_file()).unwrap());
        let clock = Clock::default();
        let issuer_host = Some("parcours.example".to_owned());
        let house =
            House { store, clock, passwords, sender, keys, checkpoint_minutes: 60, issuer_host, once: None };
        let mut site = Site::new(&public_url, demonstration, Vec::new(), 100_000);
        site.tells_timing = true;
        let (tell, told) = mpsc::channel();
        let inside = house.clone();
        let server = thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let server = web::serve(inside, site, listener, 1).unwrap();
                tell.send(server.handle).unwrap();
                server.running.await.unwrap();
            });
        });
        let handle = told.recv().unwrap();
        Self { house, address, handle, server: Some(server), hash }
    }

    /// Where it is: `http://127.0.0.1:40123`.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Is asked to stop as by SIGTERM: what is under way is still answered.
    pub fn is_told_to_stop(&self) {
        // The command is sent by the call.
        drop(self.handle.stop(true));
    }

    pub fn store(&self) -> &Store {
        &self.house.store
    }

    pub fn now(&self) -> Instant {
        self.house.clock.now()
    }

    pub fn today(&self) -> Day {
        self.now().day(Zone::PARIS)
    }

    pub fn hours_pass(&self, hours: i64) {
        self.house.clock.advance_minutes(hours * 60);
    }

    pub fn days_pass(&self, days: i64) {
        self.hours_pass(days * 24);
    }

    /// Somebody who comes along and is not logged in.
    pub fn visitor(&self) -> Person {
        let agent = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .build()
            .new_agent();
        Person { agent, town: self.address() }
    }

    /// Logs somebody in who has an account here.
    pub fn log_in(&self, email: &str) -> Person {
        let person = self.visitor();
        let page = person.post("/connexion", &[("email", email), ("password", PASSWORD)]);
        assert_eq!(page.status, 303, "{email} logs in: {}", page.text());
        person
    }

    /// The cookie of somebody who logs in, for whoever speaks HTTP by hand.
    pub fn cookie(&self, email: &str) -> String {
        let page = self.visitor().post("/connexion", &[("email", email), ("password", PASSWORD)]);
        page.is(303).header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }

    /// An account without any part, whose password is [`PASSWORD`].
    pub fn account(&self, email: &str, person: Option<PersonId>) -> AccountId {
        let now = self.now();
        let name = email.split('@').next().unwrap_or(email).replace('.', " ");
        self.house
            .store
            .write(|conn| {
                let (address, name) = (email.parse().unwrap(), name.parse().unwrap());
                let id = store::accounts::add(conn, &address, &name, person, Language::Fr, now)?;
                store::accounts::set_password(conn, id, &self.hash)?;
                Ok::<_, store::Error>(id)
            })
            .unwrap()
    }

    /// An account with one part, since yesterday. An auditor's mandate lasts a year.
    pub fn member(&self, email: &str, role: Role, organisation: Option<OrganisationId>) -> AccountId {
        let id = self.account(email, None);
        let since = self.today().minus_days(1);
        let until = (role == Role::Auditor).then(|| self.today().plus_days(365));
        self.house
            .store
            .write(|conn| store::accounts::add_membership(conn, id, organisation, role, since, until))
            .unwrap();
        id
    }

    /// One more part for an account that there is.
    pub fn also(&self, email: &str, role: Role, organisation: OrganisationId) -> AccountId {
        let account = self.actor(email).account().expect("an account");
        let today = self.today();
        let add = |conn: &mut store::Conn| {
            store::accounts::add_membership(conn, account, Some(organisation), role, today, None)
        };
        self.store().write(add).unwrap();
        account
    }

    /// An organisation with what it is. Each has a SIRET of its own.
    pub fn organisation(&self, name: &str, capacities: &[Capacity]) -> OrganisationId {
        let now = self.now();
        let siret = (10_000..).map(|n| format!("9000{n:05}00017"));
        let profile = |siret: Siret| Profile {
            name: name.parse().unwrap(),
            capacities: capacities.to_vec(),
            siret: Some(siret),
            activity: None,
            commune: None,
            headcount: None,
            idcc: None,
            opco: None,
            nda: None,
        };
        let free = |siret: &Siret| {
            let known =
                self.house.store.read(|conn| store::organisations::by_siret(conn, &everything(), siret));
            matches!(known, Err(store::Error::Missing))
        };
        let siret = siret.filter_map(|digits| digits.parse().ok()).find(free).unwrap();
        self.house.store.write(|conn| store::organisations::add(conn, &profile(siret), true, now)).unwrap()
    }

    /// A programme of an operator, and who takes part in it.
    pub fn programme(&self, operator: OrganisationId, partners: &[OrganisationId]) -> ProgrammeId {
        let new = NewProgramme {
            short_name: "IAHDF".parse().unwrap(),
            name: "IA Hauts-de-France".parse().unwrap(),
            region: "32".to_owned(),
            operator,
            starts_on: self.today().minus_days(365),
            ends_on: None,
        };
        let add = |conn: &mut store::Conn| {
            let programme = store::programmes::add(conn, &new)?;
            for partner in partners {
                store::organisations::join(conn, programme, *partner)?;
            }
            Ok::<_, store::Error>(programme)
        };
        self.house.store.write(add).unwrap()
    }

    /// Every letter written to an address, sent or not, oldest first.
    pub fn letters_to(&self, email: &str) -> Vec<outbox::Whole> {
        let mut letters = self.letters();
        letters.retain(|letter| letter.to_email == email);
        letters
    }

    /// Every letter of the outbox, oldest first, and those that somebody asked for a moment ago.
    pub fn letters(&self) -> Vec<outbox::Whole> {
        actions::link_requests::look(&self.house, &Stop::default()).unwrap();
        let reach = everything();
        let read = |conn: &mut store::Conn| {
            let (mut letters, mut before) = (Vec::new(), None);
            loop {
                let page = outbox::list(conn, &reach, None, before)?;
                for row in &page.rows {
                    letters.push(outbox::get(conn, &reach, row.id)?);
                }
                before = page.rows.last().map(|row| row.id);
                if page.next.is_none() {
                    letters.reverse();
                    return Ok::<_, store::Error>(letters);
                }
            }
        };
        self.house.store.read(read).unwrap()
    }

    /// Fails when a chain or a checkpoint of the journal does not verify.
    #[track_caller]
    pub fn the_journal_holds(&self) {
        let verdict = actions::journal::verify(&self.house, &Actor::HOUSE, None).unwrap();
        assert!(verdict.holds(), "{verdict:?}");
    }
}

/// The reach of the house itself, for looking behind the pages.
pub fn everything() -> Reach {
    Actor::HOUSE.may(Action::RunRounds).unwrap()
}

impl Drop for Town {
    fn drop(&mut self) {
        // The command is sent by the call; waiting for the thread waits for its end.
        drop(self.handle.stop(false));
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

/// Somebody with a browser of the plainest sort: cookies, no scripts, no redirects followed.
pub struct Person {
    agent: Agent,
    town: String,
}

impl Person {
    pub fn get(&self, path: &str) -> Page {
        Page::read(self.agent.get(self.url(path)).call().unwrap())
    }

    /// Follows a link as a browser does that says where the request comes from.
    pub fn get_from(&self, path: &str, header: (&str, &str)) -> Page {
        Page::read(self.agent.get(self.url(path)).header(header.0, header.1).call().unwrap())
    }

    pub fn head(&self, path: &str) -> Page {
        Page::read(self.agent.head(self.url(path)).call().unwrap())
    }

    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        Page::read(self.agent.post(self.url(path)).send_form(form.iter().copied()).unwrap())
    }

    pub fn sends_json(&self, path: &str, body: &serde_json::Value) -> Page {
        let request = self.agent.post(self.url(path)).header("content-type", "application/json");
        Page::read(request.send(body.to_string()).unwrap())
    }

    /// Asks with another method than `GET` or `POST`.
    pub fn asks(&self, method: &str, path: &str) -> Page {
        let request = ureq::http::Request::builder().method(method).uri(self.url(path)).body(()).unwrap();
        Page::read(self.agent.run(request).unwrap())
    }

    /// Posts as a browser does that says where the request comes from.
    pub fn post_from(&self, path: &str, header: (&str, &str), form: &[(&str, &str)]) -> Page {
        let request = self.agent.post(self.url(path)).header(header.0, header.1);
        Page::read(request.send_form(form.iter().copied()).unwrap())
    }

    /// Posts a form with a file in the field `field`.
    pub fn upload(&self, path: &str, form: &[(&str, &str)], field: &str, name: &str, file: &[u8]) -> Page {
        const LINE: &str = "ligne-entre-les-parts";
        let mut body = Vec::new();
        for (key, value) in form {
            let part =
                format!("--{LINE}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{LINE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{LINE}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={LINE}");
        Page::read(self.agent.post(self.url(path)).content_type(kind).send(&body[..]).unwrap())
    }

    /// Posts, is sent elsewhere, and reads the page there.
    #[track_caller]
    pub fn does(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let page = self.post(path, form);
        assert_eq!(page.status, 303, "POST {path}: {}", page.text());
        self.get(&page.leads_to())
    }

    fn url(&self, path: &str) -> String {
        match path.strip_prefix(&self.town) {
            Some(own) => format!("{}{own}", self.town),
            None => format!("{}{path}", self.town),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    /// The bytes of a page; empty for one that is not text.
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Page {
    fn read(mut response: Response<Body>) -> Self {
        let bytes = response.body_mut().read_to_vec().unwrap();
        let body = String::from_utf8(bytes.clone()).unwrap_or_default();
        Self { status: response.status().as_u16(), headers: response.headers().clone(), body, bytes }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where it sends the reader on to.
    pub fn leads_to(&self) -> String {
        self.header("location").to_owned()
    }

    /// What a reader sees: no tags, every white space one blank.
    pub fn text(&self) -> String {
        let start = self.body.find("<body").unwrap_or(0);
        let mut text = String::new();
        let mut inside = false;
        for letter in self.body[start..].chars() {
            match letter {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    text.push(' ');
                }
                _ if inside => {}
                other => text.push(other),
            }
        }
        for (entity, sign) in
            [("&#39;", "'"), ("&#34;", "\""), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#60;", "<")]
        {
            text = text.replace(entity, sign);
        }
        plain(&text.replace("&#62;", ">").replace("&#38;", "&").replace("&amp;", "&"))
    }

    /// The reader finds these words; white space of every kind counts as one blank.
    #[track_caller]
    pub fn sees(&self, words: &str) -> &Self {
        assert!(
            self.text().contains(&plain(words)),
            "« {words} » is not in {}: {}",
            self.status,
            self.text()
        );
        self
    }

    #[track_caller]
    pub fn does_not_see(&self, words: &str) -> &Self {
        assert!(!self.text().contains(&plain(words)), "« {words} » is in {}: {}", self.status, self.text());
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The first address on the page (of a link or a form) that begins with `start`.
    #[track_caller]
    pub fn address_of(&self, start: &str) -> String {
        let found = ["href=\"", "action=\""].iter().find_map(|attribute| {
            let mut pieces = self.body.split(attribute).skip(1);
            pieces.find_map(|piece| piece.split('"').next().filter(|address| address.starts_with(start)))
        });
        found.unwrap_or_else(|| panic!("nothing leads to {start}…: {}", self.text())).replace("&#38;", "&")
    }

    /// Queries that the page took, as `Server-Timing` tells.
    pub fn queries(&self) -> u32 {
        let timing = self.header("server-timing");
        let count = timing.split("desc=\"").nth(1).and_then(|rest| rest.split('"').next());
        count.and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("no count in « {timing} »"))
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
