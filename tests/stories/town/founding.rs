//! How a story comes to its organisations, people and sessions, quickly: by the functions that the program itself uses,
//! without the pages in between.

use super::{Town, everything};
use actions::{enrolments, surveys};
use credentials::Token;
use domain::access::{Actor, Role};
use domain::calendar::{Day, Minute, Zone};
use domain::courses::{Sheet, Stage};
use domain::enrolments::GroupPolicy;
use domain::ids::{
    AccountId, CourseId, EnrolmentId, LoginId, OrganisationId, PersonId, ProgrammeId, SessionId,
};
use domain::people::{NewEmployee, PersonName};
use domain::sessions::{Plan, Promotion, QUEUE_CLOSES_HOURS, SessionState, Slot, Venue};
use domain::text::Language;

/// What a story decides of a session; the rest is the same for all.
pub struct Planned {
    pub title: &'static str,
    pub seats: u32,
    /// Days from today to its first half-day; it lasts from 9 to 12 and from 14 to 17, one day.
    pub in_days: u64,
    pub promotion: Promotion,
}

impl Default for Planned {
    fn default() -> Self {
        Self { title: "Comprendre l’IA", seats: 12, in_days: 30, promotion: Promotion::Confirm }
    }
}

impl Town {
    /// Somebody on the staff list of a company, for a month now.
    pub fn employee(
        &self,
        company: OrganisationId,
        given: &str,
        family: &str,
        email: Option<&str>,
    ) -> PersonId {
        let new = NewEmployee {
            name: PersonName { given: given.parse().unwrap(), family: family.parse().unwrap() },
            email: email.map(|email| email.parse().unwrap()),
            staff_number: None,
            job_group: None,
            starts_on: None,
        };
        let (since, now) = (self.today().minus_days(30), self.now());
        self.store().write(|conn| store::people::add(conn, company, &new, since, now)).unwrap()
    }

    /// A session that everyone may ask for places in, of a new course.
    pub fn session(
        &self,
        body: OrganisationId,
        programme: ProgrammeId,
        planned: &Planned,
        trainers: &[AccountId],
    ) -> SessionId {
        self.session_of(Stage::Awareness, body, programme, planned, trainers).1
    }

    /// The same, of a new course of some stage.
    pub fn session_of(
        &self,
        stage: Stage,
        body: OrganisationId,
        programme: ProgrammeId,
        planned: &Planned,
        trainers: &[AccountId],
    ) -> (CourseId, SessionId) {
        let (course, id) = self.draft_of(stage, body, programme, planned, trainers);
        let publish = |conn: &mut store::Conn| {
            let draft = store::sessions::get(conn, &everything(), id)?;
            store::sessions::shift(conn, &draft, SessionState::Published)
        };
        self.store().write(publish).unwrap();
        (course, id)
    }

    /// A session that only its training body knows of, of a new course.
    pub fn draft(
        &self,
        body: OrganisationId,
        programme: ProgrammeId,
        planned: &Planned,
        trainers: &[AccountId],
    ) -> SessionId {
        self.draft_of(Stage::Awareness, body, programme, planned, trainers).1
    }

    /// The same, of a new course of some stage.
    fn draft_of(
        &self,
        stage: Stage,
        body: OrganisationId,
        programme: ProgrammeId,
        planned: &Planned,
        trainers: &[AccountId],
    ) -> (CourseId, SessionId) {
        let (reach, now) = (everything(), self.now());
        let day = self.today().plus_days(planned.in_days);
        let sheet = Sheet {
            title: planned.title.parse().unwrap(),
            aims: "Savoir ce que l’IA peut et ne peut pas.".to_owned(),
            prerequisites: "Aucun.".to_owned(),
            audience: "Tous les métiers.".to_owned(),
            minutes: 360,
        };
        let slots = vec![half_day(day, 9, 12), half_day(day, 14, 17)];
        let found = |conn: &mut store::Conn| {
            let course = store::courses::insert(conn, body, programme, stage, &sheet, now)?;
            surveys::lay_down(conn, course, now).unwrap();
            let plan = Plan {
                version: store::courses::get(conn, &reach, course)?.version,
                zone: Zone::PARIS,
                enrol_by: slots[0].starts_at.plus_hours(-i64::from(QUEUE_CLOSES_HOURS)),
                slots,
                venue: Venue { commune: None, place: "12 rue des Fuseaux".to_owned(), ..Venue::default() },
                capacity: planned.seats,
                minimum: 1,
                queue_closes_hours: QUEUE_CLOSES_HOURS,
                promotion: planned.promotion,
                trainers: trainers.to_vec(),
            };
            Ok::<_, store::Error>((course, store::sessions::insert(conn, body, programme, &plan, now)?))
        };
        self.store().write(found).unwrap()
    }

    /// An employer asks for places, each for themselves; what became of it is on the pages.
    pub fn enrol(&self, employer: &Actor, session: SessionId, people: &[PersonId]) {
        let policy = GroupPolicy::AsManyAsFit;
        let wanted = enrolments::Request { session, people: people.to_vec(), policy };
        enrolments::request(&self.house, employer, &wanted).unwrap();
    }

    /// The enrolment of somebody in a session, whatever its state.
    pub fn enrolment(&self, session: SessionId, person: PersonId) -> EnrolmentId {
        let all = domain::enrolments::EnrolmentState::ALL;
        let rows = self.store().read(|conn| store::enrolments::of_session(conn, session, all)).unwrap();
        rows.iter().rfind(|row| row.person == person).expect("an enrolment").id
    }

    /// Somebody who has a part in an organisation and has not chosen a password yet.
    pub fn invited(&self, email: &str, role: Role, organisation: OrganisationId) -> AccountId {
        let (now, today) = (self.now(), self.today());
        let until = (role == Role::Auditor).then(|| today.plus_days(365));
        let write = |conn: &mut store::Conn| {
            let (address, name) = (email.parse().unwrap(), "Invitée".parse().unwrap());
            let id = store::accounts::add(conn, &address, &name, None, Language::Fr, now)?;
            store::accounts::add_membership(conn, id, Some(organisation), role, today, until)?;
            Ok::<_, store::Error>(id)
        };
        self.store().write(write).unwrap()
    }

    /// One more log-in of somebody, from another machine.
    pub fn open_login(&self, email: &str) -> LoginId {
        let (reach, now) = (everything(), self.now());
        let write = |conn: &mut store::Conn| {
            let account = store::accounts::lock_of(conn, email)?.expect("an account").id;
            store::logins::open(conn, &format!("digest of {email}"), account, "ailleurs", now)?;
            Ok::<_, store::Error>(store::logins::of_account(conn, &reach, account, now)?[0].id)
        };
        self.store().write(write).unwrap()
    }

    /// Who somebody is once logged in, in their first part.
    pub fn actor(&self, email: &str) -> Actor {
        let (now, secret) = (self.now(), Token::new().unwrap().digest());
        let write = |conn: &mut store::Conn| {
            let account = store::accounts::lock_of(conn, email)?.expect("an account").id;
            store::logins::open(conn, &secret, account, "ici", now)?;
            let login = store::logins::find(conn, &secret, now)?.expect("a log-in");
            store::logins::end(conn, account, login.id, now)?;
            Ok::<_, store::Error>(login.actor())
        };
        self.store().write(write).unwrap()
    }
}

fn half_day(day: Day, from: u16, to: u16) -> Slot {
    Slot::new(Zone::PARIS, day, Minute::new(from, 0).unwrap(), Minute::new(to, 0).unwrap()).unwrap()
}
