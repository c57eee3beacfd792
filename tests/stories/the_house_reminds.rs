//! What people are told of their place as time passes, and in which order.

use crate::harness::{Database, stories};
use crate::mail_server::MailServer;
use crate::town::{Town, everything};
use actions::rounds::{self, Reminders};
use actions::{self, enrolments::ByHand};
use domain::access::{Actor, Membership, Part, Role};
use domain::calendar::{Day, Zone};
use domain::courses::{Sheet, Stage};
use domain::ids::SessionId;
use domain::organisations::{Capacity, Profile};
use domain::people::PersonName;
use domain::programmes::NewProgramme;
use domain::sessions::{Plan, Promotion, Slot, Venue};
use mail::{Courier, Transport};
use std::thread;
use std::time::Duration;
use store::outbox::{self, Whole};

stories! {
    both: a_week_and_a_day_before_each_is_reminded_once,
        a_session_that_moves_is_recalled_again,
        what_is_over_is_forgotten,
        two_servers_remind_each_place_once,
        a_cancellation_never_overtakes_its_invitation;
}

/// A training body with one session in Douai, ten days from now.
struct Workshop {
    town: Town,
    manager: Actor,
    session: SessionId,
}

impl Workshop {
    fn open(database: &Database) -> Self {
        let town = Town::new(database);
        let now = town.now();
        let account = town.account("karim@atelier.example", None);
        let body = town.store().write(|conn| {
            let body = store::organisations::add(conn, &profile(), false, now)?;
            let programme = NewProgramme {
                short_name: "IAHDF".parse().unwrap(),
                name: "Intelligence artificielle Hauts-de-France".parse().unwrap(),
                region: "32".into(),
                operator: body,
                starts_on: town.today(),
                ends_on: None,
            };
            let programme = store::programmes::add(conn, &programme)?;
            store::organisations::join(conn, programme, body)?;
            Ok::<_, store::Error>((body, programme))
        });
        let (body, programme) = body.unwrap();
        let since = town.today().minus_days(1);
        let role = Role::TrainingManager;
        let membership = town
            .store()
            .write(|conn| store::accounts::add_membership(conn, account, Some(body), role, since, None));
        let member = Membership { id: membership.unwrap(), role, organisation: Some(body) };
        let manager = Actor::logged_in(account, Some(Part::Member(member)));
        let house = &town.house;
        let course = actions::courses::add(house, &manager, programme, Stage::Awareness, &sheet()).unwrap();
        let course = house.store.read(|conn| store::courses::get(conn, &everything(), course)).unwrap();
        let plan = plan(course.version, town.today().plus_days(10));
        let session = actions::sessions::plan(house, &manager, &plan).unwrap();
        actions::sessions::publish(house, &manager, session).unwrap();
        Self { town, manager, session }
    }

    fn enrol(&self, given_name: &str, email: &str) {
        self.enrol_at(given_name, Some(email));
    }

    fn enrol_at(&self, given_name: &str, email: Option<&str>) {
        let who = ByHand {
            name: PersonName { given: given_name.parse().unwrap(), family: "Delmotte".parse().unwrap() },
            email: email.map(|email| email.parse().unwrap()),
            company: None,
            exceed: None,
            not: Vec::new(),
        };
        actions::enrolments::add(&self.town.house, &self.manager, self.session, &who).unwrap();
    }

    /// Makes the rounds and answers how many people were reminded.
    fn rounds(&self) -> usize {
        let report = rounds::run(&self.town.house, &Reminders::default()).unwrap();
        assert_eq!(report.failures, 0);
        report.reminders
    }
}

fn profile() -> Profile {
    Profile {
        name: "Atelier Numérique du Nord".parse().unwrap(),
        capacities: vec![Capacity::TrainingBody, Capacity::Operator],
        siret: None,
        activity: None,
        commune: None,
        headcount: None,
        idcc: None,
        opco: None,
        nda: None,
    }
}

fn sheet() -> Sheet {
    Sheet {
        title: "L’IA au quotidien".parse().unwrap(),
        aims: "Comprendre".into(),
        prerequisites: "Aucun".into(),
        audience: "Tous".into(),
        minutes: 210,
    }
}

fn plan(version: domain::ids::CourseVersionId, day: Day) -> Plan {
    let slot = Slot::new(Zone::PARIS, day, "14:00".parse().unwrap(), "17:30".parse().unwrap()).unwrap();
    Plan {
        version,
        zone: Zone::PARIS,
        enrol_by: slot.starts_at.plus_days(-1),
        slots: vec![slot],
        venue: Venue { commune: None, place: "12 place du Barlet".into(), video_link: String::new() },
        capacity: 13,
        minimum: 1,
        queue_closes_hours: 24,
        promotion: Promotion::Confirm,
        trainers: Vec::new(),
    }
}

fn subjects(letters: &[Whole]) -> Vec<&str> {
    letters.iter().map(|letter| letter.subject.split('\u{a0}').next().unwrap_or_default()).collect()
}

fn a_week_and_a_day_before_each_is_reminded_once(database: &Database) {
    let workshop = Workshop::open(database);
    workshop.enrol("Élodie", "elodie@verrerie.example");
    workshop.town.days_pass(2);
    assert_eq!(workshop.rounds(), 0);
    workshop.town.days_pass(1);
    // Who has just been told of their place is not reminded of it the same day.
    workshop.enrol("Lou", "lou@verrerie.example");
    assert_eq!(workshop.rounds(), 1);
    assert_eq!(workshop.rounds(), 0);
    workshop.town.days_pass(6);
    assert_eq!(workshop.rounds(), 2);
    assert_eq!(workshop.rounds(), 0);
    let letters = workshop.town.letters_to("elodie@verrerie.example");
    assert_eq!(subjects(&letters), ["Votre place est confirmée", "Rappel, dans 7", "Rappel, demain"]);
    assert!(letters[2].text_body.contains("12 place du Barlet"), "{}", letters[2].text_body);
    assert!(letters[2].text_body.contains("/place/"), "{}", letters[2].text_body);
}

fn a_session_that_moves_is_recalled_again(database: &Database) {
    let workshop = Workshop::open(database);
    let (town, manager) = (&workshop.town, &workshop.manager);
    workshop.enrol("Élodie", "elodie@verrerie.example");
    // No letter reaches Anouk, so no reminder is written.
    workshop.enrol_at("Anouk", None);
    town.days_pass(3);
    assert_eq!(workshop.rounds(), 1);
    let get = |conn: &mut store::Conn| store::sessions::get(conn, &everything(), workshop.session);
    let seen = town.store().read(get).unwrap();
    let version = seen.plan.version;
    let later = plan(version, town.today().plus_days(9));
    actions::sessions::replan(&town.house, manager, (workshop.session, seen.edition), &later, None).unwrap();
    assert_eq!(workshop.rounds(), 0);
    town.days_pass(2);
    assert_eq!(workshop.rounds(), 1);
    assert_eq!(workshop.rounds(), 0);
    let letters = town.letters_to("elodie@verrerie.example");
    let said = ["Votre place est confirmée", "Rappel, dans 7", "Changement de date", "Rappel, dans 7"];
    assert_eq!(subjects(&letters), said);
}

fn what_is_over_is_forgotten(database: &Database) {
    let town = Town::new(database);
    let forgotten = || {
        let report = rounds::run(&town.house, &Reminders::default()).unwrap();
        assert_eq!(report.failures, 0);
        report.forgotten
    };
    town.account("lou@acme.example", None);
    let lou = town.log_in("lou@acme.example");
    town.visitor().post("/connexion", &[("email", "lou@acme.example"), ("password", "non")]).is(422);
    town.visitor().post("/mot-de-passe", &[("email", "lou@acme.example")]).is(303);
    assert_eq!(forgotten(), 0);
    town.hours_pass(2);
    assert!(forgotten() > 0, "the link is past its time, and the failures count no more");
    lou.get("/compte").is(200);
    town.days_pass(14);
    assert_eq!(forgotten(), 0, "what was being written under a log-in that ended comes back for a day");
    town.days_pass(1);
    assert_eq!((forgotten(), forgotten()), (1, 0), "the log-in ended a day ago");
}

fn two_servers_remind_each_place_once(database: &Database) {
    let workshop = Workshop::open(database);
    for name in ["Élodie", "Lou", "Anouk"] {
        workshop.enrol(name, &format!("{}@verrerie.example", name.to_lowercase().replace('é', "e")));
    }
    workshop.town.days_pass(3);
    let reminded: usize = thread::scope(|scope| {
        let servers: Vec<_> = (0..2).map(|_| scope.spawn(|| workshop.rounds())).collect();
        servers.into_iter().map(|server| server.join().unwrap()).sum()
    });
    assert_eq!((reminded, workshop.town.letters().len()), (3, 6));
}

fn a_cancellation_never_overtakes_its_invitation(database: &Database) {
    let (workshop, server) = (Workshop::open(database), MailServer::new());
    let house = &workshop.town.house;
    workshop.enrol("Élodie", "busy.elodie@verrerie.example");
    let read = |conn: &mut store::Conn| {
        let confirmed = [domain::enrolments::EnrolmentState::Confirmed];
        store::enrolments::of_session(conn, workshop.session, &confirmed)
    };
    let place = house.store.read(read).unwrap().remove(0);
    actions::enrolments::cancel(house, &workshop.manager, place.id, "Changement d’équipe").unwrap();
    let courier = Courier {
        store: house.store.clone(),
        clock: house.clock.clone(),
        sender: house.sender.clone(),
        transport: Transport::smtp(&server.url(), Duration::from_secs(2)).unwrap(),
    };
    courier.run_once().unwrap();
    courier.run_once().unwrap();
    let list = |conn: &mut store::Conn| outbox::list(conn, &everything(), None, None);
    let attempts: Vec<_> = house.store.read(list).unwrap().rows.iter().map(|row| row.attempts).collect();
    assert_eq!(attempts, [0, 1], "the cancellation waits for the confirmation");
    server.has_time();
    workshop.town.hours_pass(1);
    while courier.run_once().unwrap() > 0 {}
    let methods: Vec<_> = server.taken().iter().map(|letter| letter.contains("method=REQUEST")).collect();
    assert_eq!(methods, [true, false]);
    assert!(server.taken()[1].contains("method=CANCEL"), "{}", server.taken()[1]);
}
