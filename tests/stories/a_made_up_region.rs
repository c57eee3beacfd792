//! Whoever measures Parcours fills it with a region that nobody lives in.

use crate::harness::{Database, stories};
use crate::town::Town;
use crate::whoever_runs_it::{done, parcours};
use actions::rounds::{self, Report};
use diesel::RunQueryDsl as _;
use diesel::sql_types::{BigInt, Text};
use domain::access::Role;
use store::{self, Conn, Store};

stories! {
    both: a_region_is_made_up_and_everybody_in_it_can_be_asked,
        the_same_number_gives_the_same_region,
        a_region_goes_into_an_empty_database_only;
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

fn count(store: &Store, of: &str) -> i64 {
    let question = format!("SELECT count(*) AS rows FROM {of}");
    let ask = |conn: &mut Conn| Ok::<_, store::Error>(diesel::sql_query(question).get_result::<Count>(conn)?);
    store.read(ask).unwrap().rows
}

fn seed(database: &Database, rng: &str) -> Vec<[String; 3]> {
    let arguments = ["seed", "--people", "900", "--sessions", "150", "--rng", rng];
    let (code, said, complaint) = done(&mut parcours(database, &arguments));
    assert_eq!((code, complaint.as_str()), (0, ""), "{said}");
    let account = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
    said.lines().map(account).collect()
}

fn a_region_is_made_up_and_everybody_in_it_can_be_asked(database: &Database) {
    let accounts = seed(database, "7");
    let roles: Vec<&str> = accounts.iter().map(|[role, ..]| role.as_str()).collect();
    let all = Role::ALL.iter().take_while(|role| **role != Role::Link);
    assert_eq!(roles, all.map(|role| role.as_str()).collect::<Vec<_>>());

    let town = Town::new(database);
    for [role, email, password] in &accounts {
        let person = town.visitor();
        person.post("/connexion", &[("email", email), ("password", password)]).is(303);
        person.get("/accueil").is(200);
        for (page, who) in [
            ("/entreprises", "administrator"),
            ("/sessions", "training_manager"),
            ("/sessions", "trainer"),
            ("/salaries", "employer"),
            ("/inscriptions", "employer"),
            ("/inscriptions", "trainee"),
        ] {
            if role == who {
                person.get(page).is(200);
            }
        }
    }

    let store = town.store();
    let some = |of: &str| assert!(count(store, of) > 0, "{of}");
    assert_eq!(count(store, "people"), 900);
    assert_eq!(count(store, "employments WHERE ends_on IS NULL"), 900);
    assert_eq!(count(store, "sessions"), 150);
    for state in ["draft", "published", "confirmed", "running", "closed", "cancelled"] {
        some(&format!("sessions WHERE state = '{state}'"));
    }
    for state in ["waiting", "confirmed", "expired", "cancelled", "attended", "partly_attended", "absent"] {
        some(&format!("enrolments WHERE state = '{state}'"));
    }
    for table in ["marks", "signatures", "countersignatures", "outbox WHERE sent_at IS NOT NULL"] {
        some(table);
    }
    the_seats_are_counted(store);
    let (code, said, complaint) = done(&mut parcours(database, &["journal", "verify"]));
    assert_eq!((code, complaint.as_str()), (0, ""), "{said}");
    // It stands as if the house had looked after it all the time: nothing is due.
    let report = rounds::run(&town.house, &rounds::Reminders::default()).unwrap();
    assert_eq!(Report { seals: 0, ..report }, Report::default());
    // What comes next is numbered after it.
    town.account("somebody@parcours.example", None);
}

fn the_seats_are_counted(store: &Store) {
    let held = "(SELECT count(*) FROM enrolments e WHERE e.session_id = s.id
        AND e.state IN ('confirmed', 'offered', 'attended', 'partly_attended', 'absent'))";
    let reserved = "(SELECT coalesce(sum(r.seats), 0) FROM reservations r WHERE r.session_id = s.id)";
    assert_eq!(count(store, &format!("sessions s WHERE held <> {held}")), 0);
    assert_eq!(count(store, &format!("sessions s WHERE reserved <> {reserved}")), 0);
    assert_eq!(count(store, "sessions WHERE held + reserved > capacity + over"), 0);
    // Who waits alone waits because no seat is free.
    let alone = "enrolments e JOIN sessions s ON s.id = e.session_id LEFT JOIN groups g ON g.id = e.group_id
        WHERE e.state = 'waiting' AND coalesce(g.policy, '') <> 'all_or_none' AND s.held + s.reserved < s.capacity";
    assert_eq!(count(store, alone), 0);
    let undecided = "enrolments e JOIN sessions s ON s.id = e.session_id
        WHERE s.state IN ('closed', 'cancelled') AND e.state IN ('requested', 'waiting', 'offered', 'confirmed')";
    assert_eq!(count(store, undecided), 0);
}

/// Everything that the journal covers, and who everybody is.
fn told(database: &Database) -> Vec<String> {
    let store = Store::open(&database.url, 1).unwrap();
    // The installation's chain tells of its own key.
    let question = "SELECT chain || ' ' || hash AS line FROM chains WHERE chain <> 'installation'
        UNION ALL SELECT 'person ' || id || ' ' || search_key || ' ' || coalesce(email, '') FROM people
        UNION ALL SELECT 'company ' || id || ' ' || name || ' ' || siret || ' ' || commune FROM organisations
            WHERE siret IS NOT NULL
        UNION ALL SELECT 'letter ' || message_id || ' ' || to_email || ' ' || subject FROM outbox";
    let ask = |conn: &mut Conn| Ok::<_, store::Error>(diesel::sql_query(question).load::<Line>(conn)?);
    let mut lines: Vec<String> = store.read(ask).unwrap().into_iter().map(|line| line.line).collect();
    lines.sort();
    lines
}

fn the_same_number_gives_the_same_region(database: &Database) {
    let regions = |rng: &str| {
        let neighbour = database.neighbour();
        seed(&neighbour, rng);
        told(&neighbour)
    };
    let first = regions("7");
    assert!(first.len() > 1000, "{}", first.len());
    // The region stands as of a quarter of an hour: the next one may just have begun.
    assert!(regions("7") == first || regions("7") == regions("7"), "chance fell otherwise");
    assert_ne!(regions("8"), first);
}

fn a_region_goes_into_an_empty_database_only(database: &Database) {
    let refused = || {
        let (code, said, complaint) = done(&mut parcours(database, &["seed", "--people", "900"]));
        assert_eq!((code, said.as_str()), (1, ""));
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert!(complaint.contains("there is something in this database already"), "{complaint}");
    };
    let town = Town::new(database);
    town.account("ana@parcours.example", None);
    refused();
    assert_eq!(count(town.store(), "people"), 0);
    let (code, _, complaint) = done(&mut parcours(database, &["seed", "--people", "many"]));
    assert_eq!(code, 2, "{complaint}");
}
