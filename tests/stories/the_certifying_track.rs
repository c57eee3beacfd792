//! From admission to the jury: the certifying training, with its own sessions and its own attendance.

use crate::harness::{Database, stories};
use crate::town::{CANDIDATE, Institute, Person, Planned, everything};
use domain::access::{Actor, Role};
use domain::attendance::{Mark, Presence};
use domain::candidacies::{CandidacyState, Told};
use domain::certifications::AccessRoute;
use domain::courses::Stage;
use domain::ids::{CandidacyId, CertificationId, CourseId, OrganisationId, PersonId, SessionId};
use domain::organisations::Capacity;

stories! {
    both: the_certifier_says_which_courses_lead_to_its_certification,
        a_candidate_follows_the_training_and_the_certifier_sees_it;
}

const TITLE: &str = "Conduire un projet d’IA";

/// A session of two half-days of a certifying course, in some days.
fn certifying(institute: &Institute, body: OrganisationId, in_days: u64) -> (CourseId, SessionId) {
    let town = &institute.town;
    let planned = Planned { title: TITLE, in_days, ..Planned::default() };
    town.session_of(Stage::Certification, body, institute.programme, &planned, &[])
}

/// A candidacy that stands where it should.
fn candidacy(
    institute: &Institute,
    certification: CertificationId,
    person: PersonId,
    state: CandidacyState,
) -> CandidacyId {
    let now = institute.town.now();
    let told = Told {
        route: AccessRoute::Continuing,
        level: "6".parse().ok(),
        motivation: String::new(),
        accommodation: None,
    };
    let write = |conn: &mut store::Conn| {
        let (version, _) = store::certifications::entrance_now(conn, certification)?;
        let id = store::candidacies::begin(conn, (certification, version), person, &told, now)?;
        for next in [CandidacyState::Submitted, CandidacyState::Eligible, CandidacyState::Admitted] {
            let seen = store::candidacies::get(conn, &everything(), id)?;
            if seen.state != state {
                store::candidacies::shift(conn, &seen, next, now)?;
            }
        }
        Ok::<_, store::Error>(id)
    };
    institute.town.store().write(write).unwrap()
}

fn marked(institute: &Institute, session: SessionId, person: PersonId, by: &Actor) {
    let town = &institute.town;
    let (now, by, place) = (town.now(), by.account().unwrap(), town.enrolment(session, person));
    let write = |conn: &mut store::Conn| {
        let slot = store::sessions::slots(conn, session)?.remove(0);
        let came = Presence { mark: Mark::Late, minutes: slot.slot.minutes() - 30 };
        store::marks::note(conn, place, slot.id, came, by, now)
    };
    town.store().write(write).unwrap();
}

fn the_certifier_says_which_courses_lead_to_its_certification(database: &Database) {
    let institute = Institute::open(database);
    let (town, ines) = (&institute.town, institute.manager());
    let certification = institute.certification();
    let (page, track) =
        (format!("/certifications/{certification}"), format!("/certifications/{certification}/formations"));
    ines.get(&track).is(200).sees("Aucune formation certifiante dans ce programme");
    let (course, _) = certifying(&institute, institute.body, 30);
    // One of another programme, and one of another stage.
    let stranger = town.organisation("Ailleurs formation", &[Capacity::TrainingBody, Capacity::Operator]);
    let elsewhere = town.programme(stranger, &[stranger]);
    let planned = Planned { title: "Une autre", ..Planned::default() };
    let (foreign, _) = town.session_of(Stage::Certification, stranger, elsewhere, &planned, &[]);
    town.session(institute.body, institute.programme, &Planned::default(), &[]);
    let form = ines.get(&track);
    form.is(200)
        .sees(TITLE)
        .sees("Atelier du Nord, 6 h")
        .does_not_see("Une autre")
        .does_not_see("Comprendre l’IA");
    assert!(form.queries() <= 8, "{}", form.queries());
    town.visitor().get(&page).is(200).does_not_see("Formation certifiante");

    let chosen = course.to_string();
    ines.does(&track, &[("formation", chosen.as_str())]).sees("La formation certifiante est enregistrée.");
    assert!(ines.get(&track).body.contains("checked"));
    let read = town.visitor().get(&page);
    read.is(200).sees("Formation certifiante").sees(TITLE).sees("Atelier du Nord, 6 h");
    let catalogue = read.address_of("/catalogue?");
    town.visitor().get(&catalogue).is(200).sees(TITLE);
    assert!(ines.get(&page).queries() <= 8, "{}", ines.get(&page).queries());
    // What is no course of the programme leads nowhere; another certifier says nothing here.
    let foreign = foreign.to_string();
    ines.post(&track, &[("formation", foreign.as_str())]).is(404);
    ines.post(&track, &[("formation", "x")]).is(400);
    let other = town.organisation("Autre école", &[Capacity::Certifier]);
    town.member("zoe@autre.example", Role::Certifier, Some(other));
    let zoe = town.log_in("zoe@autre.example");
    zoe.get(&track).is(404);
    zoe.post(&track, &[("formation", chosen.as_str())]).is(404);
    ines.get(&page).sees(TITLE);
    ines.does(&track, &[]).does_not_see(TITLE);
    town.the_journal_holds();
}

fn a_candidate_follows_the_training_and_the_certifier_sees_it(database: &Database) {
    let institute = Institute::open(database);
    let (town, certification) = (&institute.town, institute.certification());
    let lou_is = institute.candidate();
    let (lou, ines) = (town.log_in(CANDIDATE), institute.manager());
    let (course, session) = certifying(&institute, institute.body, 20);
    let (_, beside) = certifying(&institute, institute.body, 40);
    let certifier = ines_is(&institute);
    actions::tracks::set(&town.house, &certifier, certification, &[course]).unwrap();
    let id = candidacy(&institute, certification, lou_is, CandidacyState::Admitted);
    let page = format!("/candidatures/{id}");

    lou.get(&page)
        .is(200)
        .sees("Formation certifiante")
        .sees("Vous n’avez encore de place dans aucune session.");
    assert_eq!(lou.get(&page).address_of("/catalogue?"), "/catalogue?etape=certification");
    ines.get(&page).is(200).sees("Le candidat n’a encore de place dans aucune session");

    let rh = town.member("rh@verrerie.example", Role::Employer, Some(institute.company));
    let employer = town.actor("rh@verrerie.example");
    assert_eq!(employer.account(), Some(rh));
    town.enrol(&employer, session, &[lou_is]);
    // A session of a course that does not lead there is nothing of the certifier's.
    town.enrol(&employer, beside, &[lou_is]);
    let title = format!("{TITLE} Atelier du Nord");
    for reader in [&lou, &ines] {
        let read = reader.get(&page);
        read.is(200).sees(&title).sees("un jour").sees("Place confirmée").sees("0 min suivies sur 6 h");
        assert_eq!(read.text().matches("Place confirmée").count(), 1, "{}", read.text());
        assert!(read.queries() <= 8, "{}", read.queries());
    }
    marked(&institute, session, lou_is, &employer);
    ines.get(&page).sees("2 h 30 suivies sur 6 h");
    // The certifier reads the place by the candidacy, and by nothing else.
    let place = town.enrolment(session, lou_is);
    ines.get(&format!("/inscriptions/{place}")).is(404);
    assert_eq!(lou.get(&page).address_of("/inscriptions/"), format!("/inscriptions/{place}"));
    nobody_else(&institute, &page);

    // A place that was given back is no place.
    actions::enrolments::cancel(&town.house, &employer, place, "Empêchée").unwrap();
    ines.get(&page).sees("Le candidat n’a encore de place dans aucune session");
}

fn ines_is(institute: &Institute) -> Actor {
    institute.town.actor(crate::town::CERTIFIER)
}

fn nobody_else(institute: &Institute, page: &str) {
    let town = &institute.town;
    let other = town.organisation("Autre école", &[Capacity::Certifier]);
    town.member("zoe@autre.example", Role::Certifier, Some(other));
    let mia = town.employee(institute.company, "Mia", "Vasseur", None);
    town.account("mia@verrerie.example", Some(mia));
    let readers: Vec<Person> = ["zoe@autre.example", "mia@verrerie.example", "rh@verrerie.example"]
        .map(|email| town.log_in(email))
        .into();
    for reader in readers {
        reader.get(page).is(404);
    }
    let id = page.rsplit('/').next().unwrap().parse().unwrap();
    let reach = town.actor("zoe@autre.example").may(domain::access::Action::ReadCandidacies).unwrap();
    assert!(town.store().read(|conn| store::tracks::places(conn, &reach, id)).unwrap().is_empty());
}
