//! Five hundred certificates at one go: each a badge signed twice and a paper that is printed and sealed.

use crate::bulk;
use crate::client;
use crate::database::Database;
use crate::program::Server;
use crate::world::{PASSWORD, account, actor, everything, house, party, programme};
use actions::{self, House};
use domain::access::{Actor, Role};
use domain::calendar::{Instant, Zone};
use domain::candidacies;
use domain::certificates::Signatory;
use domain::certifications::{
    AccessRoute, Acquisition, Assessment, AssessmentKind, Block, JuryRules, Record,
};
use domain::declarations::{Birthplace, Holder, OtherNames, Sex};
use domain::identities::Told;
use domain::ids::{CertificationId, JuryId};
use domain::juries::verdicts::{Appearance, Decision, Grid};
use domain::juries::{JuryState, Meeting, SittingMode};
use domain::organisations::Capacity;
use domain::people::{NewEmployee, PersonName};
use domain::text::Language;
use std::time::Instant as Stopwatch;
use store::{self, Conn};

const CERTIFICATES: usize = 500;
const CERTIFIER: &str = "ines@institut.example";
/// SIRETs of the region, and of the harness, come before.
const NUMBER: usize = 5000;

pub fn measure(database: &Database, server: &Server) {
    let house = House { issuer_host: Some("parcours.example".to_owned()), ..house(database, 0) };
    let jury = awarded(&house);
    let cookie = client::log_in(server.address, CERTIFIER, PASSWORD);
    server.forget_peak();
    let began = Stopwatch::now();
    let request = client::post(&format!("/jurys/{jury}/certificats"), &cookie, "");
    let (answer, computed) = server.computing(|| client::ask(server.address, &request).unwrap());
    let took = began.elapsed();
    assert_eq!(answer.status, 303, "{}", answer.text());
    let kept = database.number("SELECT COUNT(*) AS said FROM issued_files");
    assert_eq!(usize::try_from(kept).unwrap(), CERTIFICATES);
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let of_a_core = CERTIFICATES as f64 / computed.as_secs_f64();
    bulk::head();
    let beside = format!("{of_a_core:.0} for each second of one core");
    bulk::told(
        &format!("issue {CERTIFICATES} certificates"),
        took,
        CERTIFICATES,
        &beside,
        &server.peak().to_string(),
    );
    println!();
}

/// A jury that closed, whose candidates were all awarded and told who they are.
fn awarded(house: &House) -> JuryId {
    let now = house.clock.now();
    let hash = house.passwords.hash(PASSWORD).unwrap();
    let founded = |conn: &mut Conn| {
        let certifier =
            party(conn, "Institut des Deux Canaux", NUMBER, &[Capacity::Certifier, Capacity::Operator], now)?;
        account(conn, CERTIFIER, Role::Certifier, certifier, &hash, now)?;
        let programme = programme(conn, certifier, &[], now)?;
        let company = party(conn, "Verrerie des Trois Canaux", NUMBER + 1, &[Capacity::Company], now)?;
        let code = "RNCP99999".parse().unwrap();
        let id = store::certifications::insert(conn, certifier, programme, &code, &record(now), now)?;
        Ok::<_, store::Error>((id, company))
    };
    let (certification, company) = house.store.write(founded).unwrap();
    let certifier = actor(house, CERTIFIER);
    let (name, quality) = ("Irène Vasseur".parse().unwrap(), "directrice générale".parse().unwrap());
    actions::certificates::settle_issuer(house, &certifier, "deux-canaux", Signatory { name, quality })
        .unwrap();
    let jury = house.store.write(|conn| sitting(conn, certification, now)).unwrap();
    for number in 0..CERTIFICATES {
        let since = now.day(Zone::PARIS).minus_days(30);
        let email = format!("lou{number}@candidat.example");
        let new = NewEmployee {
            name: PersonName {
                given: "Lou".parse().unwrap(),
                family: format!("Delmotte {number}").parse().unwrap(),
            },
            email: Some(email.parse().unwrap()),
            staff_number: None,
            job_group: None,
            starts_on: None,
        };
        let candidate = |conn: &mut Conn| {
            let person = store::people::add(conn, company, &new, since, now)?;
            let (address, name) = (email.parse().unwrap(), "Lou Delmotte".parse().unwrap());
            store::accounts::add(conn, &address, &name, Some(person), Language::Fr, now)?;
            let (version, _) = store::certifications::entrance_now(conn, certification)?;
            let told = candidacies::Told {
                route: AccessRoute::Continuing,
                level: "6".parse().ok(),
                motivation: String::new(),
                accommodation: None,
            };
            let id = store::candidacies::begin(conn, (certification, version), person, &told, now)?;
            let seen = store::candidacies::get(conn, &everything(), id)?;
            store::candidacies::shift(conn, &seen, candidacies::CandidacyState::Submitted, now)?;
            let attempt = store::juries::add_attempt(conn, jury, id, now)?;
            let grid = Grid { appearance: Appearance::Present, findings: Vec::new(), remarks: String::new() };
            store::juries::keep_grid(conn, attempt, &grid)?;
            store::juries::decide(conn, attempt, Decision::Awarded, now)?;
            Ok::<_, store::Error>(id)
        };
        let candidacy = house.store.write(candidate).unwrap();
        let lou: Actor = actor(house, &email);
        actions::identities::tell(house, &lou, candidacy, &born(number)).unwrap();
    }
    let close = |conn: &mut Conn| {
        let (seen, _) = store::juries::get(conn, &everything(), jury)?;
        store::juries::shift(conn, &seen, JuryState::Closed, now)
    };
    house.store.write(close).unwrap();
    jury
}

fn sitting(conn: &mut Conn, of: CertificationId, now: Instant) -> Result<JuryId, store::Error> {
    let version = store::certifications::version_now(conn, &everything(), of)?;
    let meeting =
        Meeting { starts_at: now, zone: Zone::PARIS, mode: SittingMode::OnSite, place: "Salle 1".to_owned() };
    store::juries::insert(conn, (of, version), &meeting, now)
}

fn born(number: usize) -> Told {
    let holder = Holder {
        birth_name: format!("Delmotte {number}").parse().unwrap(),
        first_name: "Lou".parse().unwrap(),
        other_names: OtherNames::default(),
        born: "07/04/1988".parse().unwrap(),
        sex: Sex::Female,
        birthplace: Birthplace::in_commune("59178".parse().unwrap()),
    };
    Told { holder, is_attested: true }
}

fn record(now: Instant) -> Record {
    let today = now.day(Zone::PARIS);
    let assessment = Assessment {
        title: "Étude de cas".parse().unwrap(),
        kind: AssessmentKind::CaseStudy,
        most_points: 20,
        pass_points: 10,
    };
    let block = |number: u8| Block {
        code: format!("RNCP99999BC{number:02}").parse().unwrap(),
        title: "Cadrer un projet d’intelligence artificielle".parse().unwrap(),
        acquisition: Acquisition::Each,
        assessments: vec![assessment.clone()],
    };
    Record {
        title: "Chef de projet IA".parse().unwrap(),
        level: "7".parse().ok(),
        decided_on: None,
        effective_on: today.minus_days(100),
        registered_until: today.plus_days(1000),
        last_issue_on: None,
        validity_months: Some(60),
        is_partial: true,
        routes: vec![AccessRoute::Continuing],
        blocks: (1..=4).map(block).collect(),
        requirements: Vec::new(),
        jury: JuryRules { members: 3, outside_percent: 50, quorum: 3, outside_chair: false },
    }
}
