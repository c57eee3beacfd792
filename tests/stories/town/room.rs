//! A room: one session of a training body, the company that sends its people there, and who acts for each of them.

use super::{Page, Person, Planned, Town};
use actions::rounds::{self, Reminders};
use actions::{self, Done};
use domain::access::Role;
use domain::calendar::{Day, Instant, Zone};
use domain::enrolments::{EnrolmentState, Seats};
use domain::ids::{EnrolmentId, OrganisationId, PersonId, ProgrammeId, SessionId};
use domain::letters::LetterKind;
use domain::organisations::{Capacity, Organisation};
use domain::sessions::Plan;
use domain::text::search_key;
use store::{self, outbox::Whole};
use words::{Language, Words};

pub struct Room {
    pub town: Town,
    pub body: OrganisationId,
    pub programme: ProgrammeId,
    pub session: SessionId,
    pub company: OrganisationId,
    /// Of the training body.
    pub manager: Person,
    /// Of the company, which does not want to approve what its people ask for.
    pub employer: Person,
}

pub const MANAGER: &str = "karim@atelier.example";
pub const EMPLOYER: &str = "nadia@verrerie.example";

impl Room {
    pub fn open(database: &crate::harness::Database, planned: &Planned) -> Self {
        let town = Town::new(database);
        let body = town.organisation("Atelier du Nord", &[Capacity::TrainingBody, Capacity::Operator]);
        let company = town.organisation("Verrerie des Trois Canaux", &[Capacity::Company]);
        let programme = town.programme(body, &[body, company]);
        town.member(MANAGER, Role::TrainingManager, Some(body));
        town.member(EMPLOYER, Role::Employer, Some(company));
        let session = town.session(body, programme, planned, &[]);
        let (manager, employer) = (town.log_in(MANAGER), town.log_in(EMPLOYER));
        let room = Self { town, body, programme, session, company, manager, employer };
        room.approves_requests(false);
        room
    }

    /// Whether the company wants to approve what its people ask for.
    pub fn approves_requests(&self, approves_requests: bool) {
        let id = self.company;
        let set = |conn: &mut store::Conn| {
            let known = store::organisations::get(conn, &super::everything(), id)?;
            store::organisations::set(conn, &Organisation { approves_requests, ..known })
        };
        self.town.store().write(set).unwrap();
    }

    /// Time passes until then; staff and employer log in again, as their log-ins may have ended.
    pub fn is_now(&mut self, then: Instant) {
        let minutes = then.seconds_since(self.town.now()).div_euclid(60) + 1;
        self.town.house.clock.advance_minutes(minutes);
        self.manager = self.town.log_in(MANAGER);
        self.employer = self.town.log_in(EMPLOYER);
    }

    /// When the first half-day of the session begins.
    pub fn starts_at(&self) -> Instant {
        self.plan().starts_at().unwrap()
    }

    /// The day of its first half-day, or so many days later, as pages show it: « 23/12/2026 ».
    pub fn short_day(&self, days_later: i64) -> String {
        let day = self.starts_at().plus_days(days_later).day(Zone::PARIS);
        Words(Language::Fr).short_day(day)
    }

    /// Another session of the same training body.
    pub fn another(&self, planned: &Planned) -> SessionId {
        self.town.session(self.body, self.programme, planned, &[])
    }

    /// Somebody of the company.
    pub fn colleague(&self, given: &str) -> PersonId {
        self.town.employee(self.company, given, "Delmotte", Some(&email(given)))
    }

    /// Several of them, in order.
    pub fn colleagues(&self, given: &[&str]) -> Vec<PersonId> {
        given.iter().map(|given| self.colleague(given)).collect()
    }

    /// Somebody without an employer, logged in.
    pub fn trainee(&self, given: &str) -> Person {
        let now = self.town.now();
        let key = search_key(&format!("Delmotte {given}"));
        let address = email(given);
        let add = |conn: &mut store::Conn| {
            store::enrolments::add_person(conn, given, "Delmotte", &key, Some(&address), now)
        };
        let person = self.town.store().write(add).unwrap();
        self.town.account(&address, Some(person));
        self.town.log_in(&address)
    }

    /// The employer asks for places, each for themselves.
    pub fn enrols(&self, people: &[PersonId]) -> Page {
        self.asks(people, "as_many_as_fit")
    }

    /// The employer asks for places for all of them or for none.
    pub fn enrols_together(&self, people: &[PersonId]) -> Page {
        self.asks(people, "all_or_none")
    }

    fn asks(&self, people: &[PersonId], mode: &str) -> Page {
        let session = self.session.to_string();
        let people: Vec<String> = people.iter().map(ToString::to_string).collect();
        let mut form = vec![("session", session.as_str()), ("mode", mode)];
        form.extend(people.iter().map(|person| ("person", person.as_str())));
        let page = self.employer.post("/inscriptions", &form);
        if page.status == 303 { self.employer.get(&page.leads_to()) } else { page }
    }

    /// The employer gives somebody's place back.
    #[track_caller]
    pub fn gives_back(&self, person: PersonId) {
        let place = self.place(person);
        let reason = [("motif", "Un changement d’équipe.")];
        let page = self.employer.post(&format!("{place}/annulation"), &reason);
        assert_eq!((page.status, page.leads_to()), (303, place), "{}", page.text());
    }

    /// The training body adds somebody by hand.
    pub fn adds(&self, given: &str) -> Page {
        let form = [("prenom", given), ("nom", "Delmotte"), ("email", &email(given))];
        self.manager.post(&format!("/sessions/{}/inscription", self.session), &form)
    }

    /// The training body sets seats aside for a company, until a day.
    pub fn sets_aside(&self, company: OrganisationId, seats: &str, until: Day) -> Page {
        let siret = self.siret(company);
        let until = until.iso();
        let form = [("siret", siret.as_str()), ("places", seats), ("jusqu", &until), ("motif", "Promis.")];
        self.manager.post(&format!("/sessions/{}/reservations", self.session), &form)
    }

    /// The training body changes the plan of the session.
    pub fn replans(&self, change: impl FnOnce(&mut Plan)) -> Done<bool> {
        let get = |conn: &mut store::Conn| store::sessions::get(conn, &super::everything(), self.session);
        let mut session = self.town.store().read(get).unwrap();
        change(&mut session.plan);
        let manager = self.town.actor(MANAGER);
        let house = &self.town.house;
        actions::sessions::replan(house, &manager, (self.session, session.edition), &session.plan, None)
    }

    pub fn plan(&self) -> Plan {
        let get = |conn: &mut store::Conn| store::sessions::get(conn, &super::everything(), self.session);
        self.town.store().read(get).unwrap().plan
    }

    fn siret(&self, company: OrganisationId) -> String {
        let get = |conn: &mut store::Conn| store::organisations::get(conn, &super::everything(), company);
        self.town.store().read(get).unwrap().profile.siret.unwrap().to_string()
    }

    /// The address of the page of somebody's place.
    pub fn place(&self, person: PersonId) -> String {
        format!("/inscriptions/{}", self.enrolment(person))
    }

    pub fn enrolment(&self, person: PersonId) -> EnrolmentId {
        self.town.enrolment(self.session, person)
    }

    /// How somebody's place in a session stands, the newest when there are several.
    pub fn state_in(&self, session: SessionId, person: PersonId) -> EnrolmentState {
        let all = EnrolmentState::ALL;
        let rows = self.town.store().read(|conn| store::enrolments::of_session(conn, session, all)).unwrap();
        rows.iter().rfind(|row| row.person == person).expect("an enrolment").state
    }

    pub fn state(&self, person: PersonId) -> EnrolmentState {
        self.state_in(self.session, person)
    }

    /// The states of several people, in order.
    pub fn states(&self, people: &[PersonId]) -> Vec<EnrolmentState> {
        people.iter().map(|person| self.state(*person)).collect()
    }

    /// How many places of the session stand in a state.
    pub fn count(&self, state: EnrolmentState) -> usize {
        let read = |conn: &mut store::Conn| store::enrolments::of_session(conn, self.session, &[state]);
        self.town.store().read(read).unwrap().len()
    }

    pub fn seats(&self) -> Seats {
        self.town.store().read(|conn| store::enrolments::seats(conn, self.session)).unwrap()
    }

    /// What somebody was told, oldest first.
    pub fn told(&self, given: &str) -> Vec<LetterKind> {
        self.town.letters_to(&email(given)).iter().map(|letter| letter.kind).collect()
    }

    /// The last letter that somebody had.
    pub fn last_letter(&self, given: &str) -> Whole {
        self.town.letters_to(&email(given)).pop().expect("a letter")
    }

    /// The personal page that the last letter to somebody leads to.
    pub fn link(&self, given: &str) -> String {
        let text = self.last_letter(given).text_body;
        let (_, after) = text.split_once("/place/").expect("a personal link");
        let secret: String = after.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
        format!("/place/{secret}")
    }

    pub fn rounds(&self) {
        let report = rounds::run(&self.town.house, &Reminders(Vec::new())).unwrap();
        assert_eq!(report.failures, 0);
    }
}

/// `Élodie` is reached at `elodie@verrerie.example`.
pub fn email(given: &str) -> String {
    format!("{}@verrerie.example", search_key(given).replace(' ', "."))
}
