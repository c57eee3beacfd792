//! Somebody types a few letters and finds whom they look for: the beginning of any word of a name, on both databases, by
//! an index of its own.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::company;
use crate::town::{Person, Planned, Town, everything};
use domain::access::{Action, Role};
use domain::ids::{OrganisationId, PersonId};
use domain::organisations::Capacity;
use domain::people::{NewEmployee, PersonName};
use domain::text::words_match;
use std::collections::BTreeSet;
use store::people::{Presence, Wanted};
use store::{self, Conn, Portion};

stories! {
    both: whatever_is_typed_finds_whom_it_names,
        many_bear_a_name_and_each_is_found_once_in_order,
        a_company_finds_its_own_people_only,
        a_new_name_is_found_and_the_old_one_is_not,
        an_account_is_found_by_name_and_by_address,
        a_session_is_found_by_its_title_and_by_its_training_body,
        a_letter_is_found_by_the_parts_of_its_address;
    sqlite: a_copy_of_the_database_finds_as_the_database_did;
}

const NADIA: &str = "nadia@verrerie.example";

struct Works {
    town: Town,
    company: OrganisationId,
    nadia: Person,
}

fn works(database: &Database) -> Works {
    let town = Town::new(database);
    let company = company(&town, "Verrerie des Trois Canaux", 1);
    town.member(NADIA, Role::Employer, Some(company));
    let nadia = town.log_in(NADIA);
    Works { town, company, nadia }
}

fn asked(path: &str, words: &str) -> String {
    let bytes = words.bytes().map(|byte| format!("%{byte:02X}"));
    format!("{path}{}", bytes.collect::<String>())
}

fn whatever_is_typed_finds_whom_it_names(database: &Database) {
    let Works { town, company, nadia } = works(database);
    for (given, family) in [("Élodie", "D’Artagnan-Müller"), ("Jean-Noël", "O'Brien"), ("Agent", "Bond 007")]
    {
        town.employee(company, given, family, None);
    }
    let all = ["D’ARTAGNAN", "O'BRIEN", "BOND"];
    let nobody: [&str; 0] = [];
    let typed: &[(&str, &[&str])] = &[
        ("", &all),
        ("elodie", &all[..1]),
        ("ÉLO", &all[..1]),
        ("d’art", &all[..1]),
        ("d'artagnan muller", &all[..1]),
        ("MÜLL", &all[..1]),
        ("muller-elodie", &all[..1]),
        ("  noel   jean ", &all[1..2]),
        ("o'b", &all[1..2]),
        ("brien", &all[1..2]),
        ("o", &all[1..2]),
        ("007", &all[2..]),
        ("00", &all[2..]),
        ("b", &all[1..]),
        ("\"jean\"", &all[1..2]),
        ("jean*", &all[1..2]),
        ("(jean", &all[1..2]),
        ("^jean", &all[1..2]),
        ("~jean", &all[1..2]),
        ("jean:*", &all[1..2]),
        ("jean & noel", &all[1..2]),
        ("!jean", &all[1..2]),
        ("-jean", &all[1..2]),
        ("jean\\", &all[1..2]),
        ("jean%", &all[1..2]),
        ("je_n", &all[1..2]),
        ("jean AND noel", &nobody),
        ("jean OR elodie", &nobody),
        ("NOT jean", &nobody),
        ("NEAR(jean noel)", &nobody),
        ("ean", &nobody),
        ("jeanne", &nobody),
        ("1", &nobody),
        // What is no letter and no digit asks for nothing.
        ("'", &all),
        ("\"", &all),
        ("%", &all),
        ("* ( ) : ^ ~ & | ! <-> --", &all),
    ];
    for (words, found) in typed {
        let page = nadia.get(&asked("/salaries?q=", words));
        page.is(200);
        for name in all {
            let text = page.text().to_uppercase();
            assert_eq!(text.contains(name), found.contains(&name), "{words:?}: {name} in {text}");
        }
    }
    let long = "jean ".repeat(400);
    nadia.get(&asked("/salaries?q=", &long)).is(200);
}

/// Names of which some are borne by more people than are gathered at once, some by few.
fn drawn(number: usize) -> (String, String) {
    let family = ["Martin", "Marchand", "Dupont", "Du Val", "Zola", "De La Tour", "Marot"];
    let given = ["Marie", "Jean Marc", "Daniel", "Lou", "Zoé", "Ma Li"];
    let rare = if number.is_multiple_of(499) { "Xavière" } else { "" };
    let (family, given) = (family[number % 7], given[number / 7 % 6]);
    (format!("{given} {rare}").trim().to_owned(), format!("{family}{}", number % 90))
}

fn employ(town: &Town, company: OrganisationId, names: &[(String, String)]) -> Vec<PersonId> {
    let new = |(given, family): &(String, String)| NewEmployee {
        name: PersonName { given: given.parse().unwrap(), family: family.parse().unwrap() },
        email: None,
        staff_number: None,
        job_group: None,
        starts_on: None,
    };
    let news: Vec<NewEmployee> = names.iter().map(new).collect();
    let since = town.today().minus_days(30);
    let rows: Vec<_> = news.iter().map(|new| (new, since)).collect();
    town.store().write(|conn| store::people::add_many(conn, company, &rows, town.now())).unwrap()
}

/// Everybody whom a company finds, page after page.
fn found(town: &Town, words: &str, presence: Presence) -> Vec<(PersonId, String)> {
    let reach = town.actor(NADIA).may(Action::ReadStaff).unwrap();
    let wanted = Wanted { words: words.to_owned(), job_group: None, presence };
    let (mut all, mut after) = (Vec::new(), String::new());
    let read = |conn: &mut Conn, after: &str| {
        store::people::list(conn, &reach, &wanted, Portion::Page, after, town.today())
    };
    loop {
        let page = town.store().read(|conn| read(conn, &after)).unwrap();
        let named = page.rows.into_iter().map(|row| row.person);
        all.extend(named.map(|one| (one.id, format!("{} {}", one.name.family, one.name.given))));
        match page.next {
            Some(next) => after = next,
            None => return all,
        }
    }
}

fn many_bear_a_name_and_each_is_found_once_in_order(database: &Database) {
    let Works { town, company, .. } = works(database);
    let names: Vec<_> = (0..2_600).map(drawn).collect();
    let ids = employ(&town, company, &names);
    let key = |family: &str, given: &str| domain::text::search_key(&format!("{family} {given}"));
    let known: Vec<(PersonId, String)> =
        ids.into_iter().zip(&names).map(|(id, (given, family))| (id, key(family, given))).collect();
    for words in
        ["m", "ma", "mar", "d", "du", "z", "martin", "m d", "ma ma", "la", "xav", "xav m", "l m j", "a b"]
    {
        let mut expected: Vec<_> = known.iter().filter(|(_, key)| words_match(key, words)).collect();
        expected.sort_by(|one, other| (&one.1, one.0.0).cmp(&(&other.1, other.0.0)));
        let found = found(&town, words, Presence::Current);
        let (found, expected): (Vec<_>, Vec<_>) =
            (found.iter().map(|one| one.0).collect(), expected.iter().map(|one| one.0).collect());
        assert_eq!(found, expected, "{words:?}");
    }
}

fn a_company_finds_its_own_people_only(database: &Database) {
    let Works { town, company: own, .. } = works(database);
    let other = company(&town, "Tissages du Nord", 2);
    let names: Vec<_> = (0..1_500).map(drawn).collect();
    employ(&town, other, &names);
    let lou = town.employee(own, "Lou", "Martin", None);
    let ids = |words: &str| found(&town, words, Presence::Current).into_iter().map(|one| one.0);
    for words in ["m", "mar", "lou", "l m"] {
        assert_eq!(ids(words).collect::<Vec<_>>(), [lou], "{words}");
    }
    assert_eq!(ids("dup").count(), 0);
}

fn a_new_name_is_found_and_the_old_one_is_not(database: &Database) {
    let Works { town, company, .. } = works(database);
    let lou = town.employee(company, "Lou", "Carpentier", None);
    let read = |conn: &mut Conn| {
        store::people::get(conn, &town.actor(NADIA).may(Action::ReadStaff).unwrap(), lou, town.today())
    };
    let known = town.store().read(read).unwrap();
    let renamed = NewEmployee {
        name: PersonName { given: "Lou".parse().unwrap(), family: "Ferry".parse().unwrap() },
        email: None,
        staff_number: None,
        job_group: None,
        starts_on: None,
    };
    town.store().write(|conn| store::people::set(conn, &known, &renamed)).unwrap();
    let many = |words: &str, presence| found(&town, words, presence).len();
    assert_eq!((many("ferry", Presence::Current), many("carp", Presence::Current)), (1, 0));

    let yesterday = town.today().minus_days(1);
    town.store().write(|conn| store::people::end(conn, known.employment.id, yesterday)).unwrap();
    assert_eq!((many("ferry", Presence::Current), many("fer lou", Presence::Former)), (0, 1));

    let listed = |words: &str| {
        let wanted = store::organisations::Wanted { words: words.to_owned(), ..Default::default() };
        let page =
            |conn: &mut Conn| store::organisations::list(conn, &everything(), &wanted, Portion::Page, "");
        town.store().read(page).unwrap().rows.len()
    };
    assert_eq!((listed("canaux"), listed("forge")), (1, 0));
    let read = |conn: &mut Conn| store::organisations::get(conn, &everything(), company);
    let mut known = town.store().read(read).unwrap();
    known.profile.name = "Forge de l’Étang".parse().unwrap();
    town.store().write(|conn| store::organisations::set(conn, &known)).unwrap();
    assert_eq!((listed("canaux"), listed("etang for")), (0, 1));
}

fn an_account_is_found_by_name_and_by_address(database: &Database) {
    let Works { town, .. } = works(database);
    town.member("marion@installation.example", Role::Administrator, None);
    let marion = town.log_in("marion@installation.example");
    let lou = town.account("lou.carpentier-roy@verrerie.example", None);
    let finds =
        |words: &str| marion.get(&asked("/comptes?q=", words)).is(200).text().contains("carpentier-roy@");
    for words in
        ["carp", "lou", "roy", "lou.carpentier-roy@verrerie.example", "verrerie", "LOU.CARP", "exam lou"]
    {
        assert!(finds(words), "{words}");
    }
    for words in ["errerie", "lou@", "carpentier nadia", "lou.roy.zoe"] {
        assert_eq!(finds(words), words == "lou@", "{words}");
    }
    town.store()
        .write(|conn| store::accounts::set_email(conn, lou, &"l@tissages.example".parse().unwrap()))
        .unwrap();
    assert!(!finds("verrerie lou") && !finds("roy@"));
    let renamed = |conn: &mut Conn| store::accounts::set_name(conn, lou, &"Zoé Ferry".parse().unwrap());
    town.store().write(renamed).unwrap();
    marion.get("/comptes?q=fer").is(200).sees("Zoé Ferry");
    marion.get("/comptes?q=tissages").is(200).sees("Zoé Ferry");
    marion.get("/comptes?q=carp").is(200).does_not_see("Zoé Ferry");
}

fn a_session_is_found_by_its_title_and_by_its_training_body(database: &Database) {
    let town = Town::new(database);
    let body = town.organisation("Atelier Lumière", &[Capacity::TrainingBody]);
    let operator = town.organisation("Opérateur", &[Capacity::Operator]);
    let programme = town.programme(operator, &[body]);
    town.session(body, programme, &Planned::default(), &[]);
    let draft = town.draft(body, programme, &Planned { title: "Soudure", ..Planned::default() }, &[]);
    let visitor = town.visitor();
    let finds =
        |words: &str| visitor.get(&asked("/catalogue?q=", words)).is(200).text().contains("Comprendre l’IA");
    for words in ["compr", "ia", "lumiere", "ate com", "l'ia"] {
        assert!(finds(words), "{words}");
    }
    assert!(!finds("soudure") && !finds("omprendre"));
    let publish = |conn: &mut Conn| {
        let seen = store::sessions::get(conn, &everything(), draft)?;
        store::sessions::shift(conn, &seen, domain::sessions::SessionState::Published)
    };
    visitor.get("/catalogue?q=soudure").is(200).does_not_see("Atelier Lumière");
    town.store().write(publish).unwrap();
    visitor.get("/catalogue?q=soudure").is(200).sees("Atelier Lumière");

    let mut known = town.store().read(|conn| store::organisations::get(conn, &everything(), body)).unwrap();
    known.profile.name = "Atelier Boréal".parse().unwrap();
    town.store().write(|conn| store::organisations::set(conn, &known)).unwrap();
    assert!(finds("boreal") && !finds("lumiere"));
}

fn a_letter_is_found_by_the_parts_of_its_address(database: &Database) {
    let town = Town::demonstration(database);
    let company = company(&town, "Verrerie des Trois Canaux", 1);
    town.member(NADIA, Role::Employer, Some(company));
    let nadia = town.log_in(NADIA);
    let lou = town.employee(company, "Lou", "Carpentier", Some("lou.carpentier@verrerie.example"));
    nadia.does(&format!("/salaries/{lou}/invitation"), &[]).is(200);
    let visitor = town.visitor();
    let finds = |words: &str| {
        let page = visitor.get(&asked("/demo/courrier?destinataire=", words));
        page.is(200).text().contains("lou.carpentier@verrerie.example")
    };
    for words in ["", "lou", "carp", "lou.carpentier@verrerie.example", "verr", "VERR Carp"] {
        assert!(finds(words), "{words}");
    }
    for words in ["arpentier", "nadia", "lou.martin"] {
        assert!(!finds(words), "{words}");
    }
}

fn a_copy_of_the_database_finds_as_the_database_did(database: &Database) {
    let Works { town, company, .. } = works(database);
    let names: Vec<_> = (0..60).map(drawn).collect();
    employ(&town, company, &names);
    let copy = database.folder.join("copy.db");
    town.store().back_up(&copy).unwrap();
    let copied = store::Store::open(&format!("sqlite:{}", copy.display()), 1).unwrap();
    let wanted = Wanted { words: "mar".to_owned(), ..Wanted::default() };
    let reach = town.actor(NADIA).may(Action::ReadStaff).unwrap();
    let names = |store: &store::Store| -> BTreeSet<i64> {
        let page = store
            .read(|conn| store::people::list(conn, &reach, &wanted, Portion::Page, "", town.today()))
            .unwrap();
        page.rows.iter().map(|row| row.person.id.0).collect()
    };
    assert!(!names(&copied).is_empty());
    assert_eq!(names(&copied), names(town.store()));
    let added = |conn: &mut Conn| {
        store::people::list(
            conn,
            &reach,
            &Wanted { words: "quentin".to_owned(), ..Wanted::default() },
            Portion::Page,
            "",
            town.today(),
        )
    };
    let new = NewEmployee {
        name: PersonName { given: "Quentin".parse().unwrap(), family: "Ferry".parse().unwrap() },
        email: None,
        staff_number: None,
        job_group: None,
        starts_on: None,
    };
    copied.write(|conn| store::people::add(conn, company, &new, town.today(), town.now())).unwrap();
    assert_eq!(copied.read(added).unwrap().rows.len(), 1, "the copy goes on to keep its words");
}
