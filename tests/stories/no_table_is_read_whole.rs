//! What the pages ask is found by an index, on both databases, however many people there are.

use crate::every_door::{Side, World};
use crate::harness::{Database, ear, stories};
use actions::rounds;
use domain::access::Role;
use domain::organisations::{Capacity, Profile};
use domain::people::{NewEmployee, PersonName};
use domain::text::{Language, Name};
use std::collections::{BTreeMap, BTreeSet};
use store::{self, Conn, Store};
use web::routes;

stories! {
    both: every_page_finds_its_rows_by_an_index;
}

/// Tables that grow with the people of the region.
const LARGE: &[&str] = &[
    "accounts",
    "answers",
    "appeals",
    "attempts",
    "candidacies",
    "certificates",
    "chains",
    "civil_identities",
    "declaration_files",
    "declaration_passages",
    "declaration_reports",
    "declarations",
    "employments",
    "enrolments",
    "findings",
    "journal",
    "journal_secrets",
    "juries",
    "jurors",
    "links",
    "logins",
    "marks",
    "memberships",
    "minutes",
    "minutes_signatures",
    "organisations",
    "outbox",
    "people",
    "pieces",
    "sessions",
    "session_trainers",
    "signatures",
    "slots",
    "surveys",
    "waivers",
    "countersignatures",
    "reservations",
    "imports",
    "import_rows",
    "issued_files",
];

/// Statements that may: a page in the order of the key stops after its rows; the figures of the whole region are counted
/// a hundredth of the time at most (`src/web/frame/cache.rs`); what is in an empty list is nothing.
const ON_PURPOSE: &[&str] = &[
    "FROM outbox ORDER BY outbox.id DESC LIMIT",
    // An operator's: nearly every letter is about a session of its programme.
    "FROM outbox WHERE EXISTS (SELECT sessions.id,",
    "count( DISTINCT enrolments.person_id)",
    "WHERE (1=0)",
];

/// Pages with a search, and the other ways in which lists are asked for: words that few rows bear and words that many do.
const SEARCHES: &[&str] = &[
    "/salaries?q=lou",
    "/salaries?q=m",
    "/salaries?q=m+n",
    "/salaries?q=m&apres=900~martin+n900",
    "/salaries?presence=anciens&q=m",
    "/entreprises?q=ici",
    "/entreprises?q=m",
    "/entreprises?q=m&role=company&departement=59",
    "/entreprises?role=certifier",
    "/comptes?q=trainer",
    "/comptes?q=m",
    "/catalogue?q=compr",
    "/catalogue?q=c&ou=59&etape=awareness",
    "/catalogue?ou=distance",
    "/demo/courrier?destinataire=ici",
    "/demo/courrier?destinataire=nobody",
    "/inscriptions?passees=1",
    "/sessions?vue=passees",
    "/sessions?vue=brouillons",
];

/// So many people, companies and accounts of one name that they are not gathered one by one.
fn crowd(world: &World) {
    let (town, many) = (&world.town, 1..=1_100);
    let company = town.actor(&world.people[&(Role::Employer, Side::Own)]).organisation().unwrap();
    let name = |number: i32| format!("Martin N{number}").parse::<Name>().unwrap();
    let employee = |number| NewEmployee {
        name: PersonName { given: format!("N{number}").parse().unwrap(), family: "Martin".parse().unwrap() },
        email: None,
        staff_number: None,
        job_group: None,
        starts_on: None,
    };
    let employees: Vec<NewEmployee> = (1..=3_000).map(employee).collect();
    let profile = |number| Profile {
        name: name(number),
        capacities: vec![Capacity::Company],
        siret: None,
        activity: None,
        commune: "59178".parse().ok(),
        headcount: None,
        idcc: None,
        opco: None,
        nda: None,
    };
    let (now, today) = (town.now(), town.today());
    let write = |conn: &mut Conn| {
        let news: Vec<_> = employees.iter().map(|new| (new, today)).collect();
        store::people::add_many(conn, company, &news, now)?;
        for number in many {
            store::organisations::add(conn, &profile(number), false, now)?;
            let address = format!("martin.n{number}@ailleurs.example").parse().unwrap();
            store::accounts::add(conn, &address, &name(number), None, Language::Fr, now)?;
        }
        Ok::<_, store::Error>(())
    };
    town.store().write_long(write).unwrap();
}

fn every_page_finds_its_rows_by_an_index(database: &Database) {
    ear::listen();
    let world = World::found(database);
    crowd(&world);
    let mut logged_in = BTreeMap::new();
    for ((role, side), email) in &world.people {
        let person = logged_in.entry((role, side)).or_insert_with(|| world.town.log_in(email));
        for route in routes(true).into_iter().filter(|route| route.method == "GET") {
            person.get(&world.path(&route, *role));
        }
        for search in SEARCHES {
            let page = person.get(search);
            assert!(matches!(page.status, 200 | 404), "{search} as {role}: {}", page.status);
            assert!(page.status == 404 || page.queries() <= 10, "{search} as {role}: {}", page.queries());
        }
    }
    rounds::run(&world.town.house, &rounds::Reminders::default()).unwrap();
    let store = Store::open(&database.url, 1).unwrap();
    let own = ear::heard(database);
    let mut seen = 0;
    let mut faults = Vec::new();
    let mut searched = BTreeSet::new();
    for statement in
        own.iter().filter(|statement| statement.starts_with("SELECT") && statement.contains(" FROM "))
    {
        seen += 1;
        match store.plan(statement) {
            Ok(_) if ON_PURPOSE.iter().any(|part| statement.replace(['`', '"'], "").contains(part)) => {}
            Ok(steps) => {
                let by_words = steps.iter().filter_map(|step| step.split_once("words_of_"));
                let table = |(_, rest): (&str, &str)| rest.split(' ').next().unwrap_or_default().to_owned();
                searched.extend(by_words.map(table));
                let whole = steps.iter().filter(|step| reads_whole(step));
                faults.extend(whole.map(|step| format!("{}\n    in {statement}", step.trim())));
            }
            Err(error) => faults.push(format!("{error}\n    in {statement}")),
        }
    }
    assert!(seen > 60, "only {seen} statements were heard");
    let mut by_words = vec!["accounts", "employments", "organisations", "outbox"];
    // PostgreSQL reads the few sessions of this story rather than any index of them.
    by_words.extend(store.is_embedded().then_some("sessions"));
    let missed: Vec<_> = by_words.iter().filter(|table| !searched.contains(**table)).collect();
    assert!(missed.is_empty(), "not searched by words: {missed:?}");
    assert!(faults.is_empty(), "{} of {seen}:\n{}", faults.len(), faults.join("\n"));
}

/// Whether a step of a plan reads a large table from its first row to its last.
fn reads_whole(step: &str) -> bool {
    let step = step.trim().trim_start_matches("->").trim();
    let table = step.strip_prefix("SCAN ").or_else(|| step.strip_prefix("Seq Scan on "));
    table.and_then(|rest| rest.split(' ').next()).is_some_and(|table| LARGE.contains(&table))
        && !step.contains(" USING INDEX ")
}
