//! Clients that enrol, sign and import at the same time, over HTTP, and note each act in the ledger.

use crate::client::{self, Connection};
use crate::ledger::{Act, Came, Ledger, Number};
use crate::world::{Cookies, World};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How long a client waits for an answer before its outcome is unknown.
const PATIENCE: Duration = Duration::from_secs(40);
/// People of a list that is sent to a page.
pub const LINES: usize = 40;

/// The clients, and where they go.
pub struct Workload<'a> {
    pub world: &'a World,
    pub ledger: &'a Ledger,
    pub cookies: &'a Cookies,
    pub address: SocketAddr,
    pub enrolling: usize,
    pub signing: usize,
    pub importing: usize,
    /// Time between an answer and the next act of the same client.
    pub pause: Duration,
}

/// Numbers the lists of a whole run.
static LISTS: AtomicUsize = AtomicUsize::new(0);

/// What a client has open, and whether the server was there.
struct Client<'a> {
    load: &'a Workload<'a>,
    stop: &'a AtomicBool,
    connection: Option<Connection>,
}

impl<'a> Workload<'a> {
    pub fn new(world: &'a World, ledger: &'a Ledger, cookies: &'a Cookies, address: SocketAddr) -> Self {
        let pause = Duration::from_millis(20);
        Self { world, ledger, cookies, address, enrolling: 4, signing: 2, importing: 1, pause }
    }

    /// Acts, all clients at once, while `meanwhile` runs; clients end after the act under way. Each first asks again for
    /// what the ledger knows no outcome of.
    pub fn run<T>(&self, meanwhile: impl FnOnce() -> T) -> T {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for (number, act) in self.ledger.to_ask_again() {
                let mut client = self.client(&stop);
                scope.spawn(move || client.asks(number, &act));
            }
            for _ in 0..self.enrolling {
                let mut client = self.client(&stop);
                scope.spawn(move || client.keeps_on(Client::enrols));
            }
            for _ in 0..self.signing {
                let mut client = self.client(&stop);
                scope.spawn(move || client.keeps_on(Client::signs));
            }
            for _ in 0..self.importing {
                let mut client = self.client(&stop);
                scope.spawn(move || client.keeps_on(Client::imports));
            }
            let _ends = Ends(&stop);
            meanwhile()
        })
    }

    fn client(&'a self, stop: &'a AtomicBool) -> Client<'a> {
        Client { load: self, stop, connection: None }
    }
}

/// Stops the clients, also when what ran meanwhile failed.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// No answer came.
enum Lost {
    /// Nobody listened.
    NotAsked,
    Unknown,
}

impl Client<'_> {
    /// Does the same again and again, until it is told to stop or finds nothing more to do.
    fn keeps_on(&mut self, act: impl Fn(&mut Self) -> bool) {
        while !self.stop.load(Ordering::Relaxed) && act(self) {
            thread::sleep(self.load.pause);
        }
    }

    fn enrols(&mut self) -> bool {
        let Some(places) = self.load.world.next_places() else { return false };
        let (session, company, people) = (places.session, places.company, places.people);
        self.acts(&Act::Enrol { session, company, people })
    }

    fn signs(&mut self) -> bool {
        let Some(square) = self.load.world.next_square() else { return false };
        let (session, slot, enrolment) = (square.session, square.slot, square.enrolment);
        self.acts(&Act::Sign { session, slot, enrolment })
    }

    fn imports(&mut self) -> bool {
        let act = list(self.load.world, LINES);
        self.acts(&act)
    }

    fn acts(&mut self, act: &Act) -> bool {
        let number = self.load.ledger.begins(act.clone());
        self.asks(number, act);
        true
    }

    /// Asks until somebody listens.
    fn asks(&mut self, number: Number, act: &Act) {
        loop {
            match self.performs(act) {
                Ok(came) => return self.load.ledger.ends(number, came),
                Err(Lost::Unknown) => return self.load.ledger.ends(number, Came::Unknown),
                Err(Lost::NotAsked) if self.stop.load(Ordering::Relaxed) => {
                    return self.load.ledger.ends(number, Came::NotAsked);
                }
                Err(Lost::NotAsked) => thread::sleep(self.load.pause),
            }
        }
    }

    fn performs(&mut self, act: &Act) -> Result<Came, Lost> {
        let cookies = self.load.cookies;
        let answer = match act {
            Act::Enrol { session, company, people } => {
                let people: String =
                    people.iter().fold(String::new(), |form, p| form + "&person=" + &p.to_string());
                let form = format!("session={session}&mode=as_many_as_fit{people}");
                self.ask(&client::post("/inscriptions", &cookies.employers[*company], &form))?
            }
            Act::Sign { session, slot, enrolment } => {
                let path = format!("/sessions/{session}/salle/{slot}/signature/{enrolment}");
                self.ask(&client::post(&path, &cookies.manager, "nom=Lou+Delmotte"))?
            }
            Act::Import { company, mark, lines } => {
                let (cookie, text) = (&cookies.employers[*company], lines_of(mark, *lines));
                let sent =
                    self.ask(&client::upload("/salaries/import", cookie, "fichier", "liste.csv", &text))?;
                let path = sent.header("location").unwrap_or_default().to_owned();
                if sent.status != 303 {
                    return Ok(came(sent.status));
                }
                // Nothing was added so far, whatever becomes of the connection.
                self.ask(&client::post(&format!("{path}/confirmation"), cookie, ""))
                    .map_err(|_| Lost::Unknown)?
            }
        };
        Ok(came(answer.status))
    }

    fn ask(&mut self, request: &[u8]) -> Result<client::Answer, Lost> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(self.load.address, PATIENCE).map_err(|_| Lost::NotAsked)?,
        };
        let answer = connection.ask(request).map_err(|_| Lost::Unknown)?;
        let closes = answer.header("connection").is_some_and(|said| said.eq_ignore_ascii_case("close"));
        self.connection = (!closes).then_some(connection);
        Ok(answer)
    }
}

/// What an answer says of an act.
pub const fn came(status: u16) -> Came {
    match status {
        200..400 => Came::Done,
        // A proxy that lost its server in the middle knows as little as we do.
        502 | 504 => Came::Unknown,
        500.. => Came::Failed(status),
        _ => Came::Refused(status),
    }
}

/// A list of people that nobody sent before, for the last company.
pub fn list(world: &World, lines: usize) -> Act {
    let mark = format!("list{}", LISTS.fetch_add(1, Ordering::Relaxed));
    Act::Import { company: world.companies.len() - 1, mark, lines }
}

/// The file of a list.
pub fn lines_of(mark: &str, lines: usize) -> String {
    (1..=lines).fold("Prénom;Nom;Adresse électronique\n".to_owned(), |mut text, n| {
        writeln!(text, "Noé;Beaupré {mark} {n};{mark}-{n}@filature.example").unwrap();
        text
    })
}
