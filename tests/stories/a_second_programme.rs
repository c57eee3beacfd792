//! A second programme is founded beside the first: nothing changes in that one, and who is of both opens the right one.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::siret;
use crate::town::{PASSWORD, Person, Planned, Town, everything};
use domain::access::Role;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::Capacity;
use domain::programmes::NewProgramme;
use std::collections::BTreeMap;
use web::routes;

stories! {
    both: founding_a_second_programme_changes_nothing_in_the_first,
        who_is_of_one_programme_opens_that_one,
        who_is_of_two_programmes_has_the_choice;
    sqlite: an_operator_is_not_put_into_a_programme_of_another,
        the_administrator_says_which_programme;
}

/// Who takes part in a programme: a role, and what their organisation is.
const PARTIES: [(Role, Capacity); 9] = [
    (Role::Operator, Capacity::Operator),
    (Role::Auditor, Capacity::Operator),
    (Role::Funder, Capacity::Funder),
    (Role::TrainingManager, Capacity::TrainingBody),
    (Role::Trainer, Capacity::TrainingBody),
    (Role::Employer, Capacity::Company),
    (Role::Certifier, Capacity::Certifier),
    (Role::Juror, Capacity::Certifier),
    (Role::Trainee, Capacity::Company),
];

/// A programme with one organisation of each kind, and one person of each role at `role@place.example`.
struct Region {
    programme: ProgrammeId,
    houses: BTreeMap<Capacity, OrganisationId>,
    place: &'static str,
}

impl Region {
    fn open(town: &Town, place: &'static str) -> Self {
        let house = |kind: &Capacity| (*kind, town.organisation(&format!("{kind} {place}"), &[*kind]));
        let houses: BTreeMap<Capacity, OrganisationId> = Capacity::ALL.iter().map(house).collect();
        let new = NewProgramme {
            short_name: place.parse().unwrap(),
            name: format!("Programme {place}").parse().unwrap(),
            region: "32".to_owned(),
            operator: houses[&Capacity::Operator],
            starts_on: town.today().minus_days(365),
            ends_on: None,
        };
        let add = |conn: &mut store::Conn| {
            let programme = store::programmes::add(conn, &new)?;
            houses.values().try_for_each(|house| store::organisations::join(conn, programme, *house))?;
            Ok::<_, store::Error>(programme)
        };
        let programme = town.store().write(add).unwrap();
        let region = Self { programme, houses, place };
        for (role, kind) in PARTIES.iter().filter(|(role, _)| *role != Role::Trainee) {
            town.member(&region.email(*role), *role, Some(region.houses[kind]));
        }
        let email = region.email(Role::Trainee);
        let lou = town.employee(region.houses[&Capacity::Company], "Lou", place, Some(&email));
        town.account(&email, Some(lou));
        region
    }

    fn email(&self, role: Role) -> String {
        format!("{role}@{}.example", self.place)
    }
}

/// Every page without a number in its address, as this reader sees it.
fn pages(reader: &Person) -> BTreeMap<&'static str, String> {
    // The catalogue is everybody's, whatever the programme.
    let all = routes(false).into_iter().filter(|route| {
        route.method == "GET" && !route.path.contains('{') && !route.path.starts_with("/catalogue")
    });
    all.map(|route| (route.path, reader.get(route.path).text())).collect()
}

fn founding_a_second_programme_changes_nothing_in_the_first(database: &Database) {
    let town = Town::new(database);
    let north = Region::open(&town, "nord");
    let (body, company) = (north.houses[&Capacity::TrainingBody], north.houses[&Capacity::Company]);
    let trainer = town.actor(&north.email(Role::Trainer)).account().unwrap();
    let session = town.session(body, north.programme, &Planned::default(), &[trainer]);
    let noe = town.employee(company, "Noé", "Delmotte", None);
    town.enrol(&town.actor(&north.email(Role::Employer)), session, &[noe]);
    town.certification(north.houses[&Capacity::Certifier], north.programme, "RNCP99999");
    town.member("ana@parcours.example", Role::Administrator, None);
    let people = || PARTIES.iter().map(|(role, _)| (*role, town.log_in(&north.email(*role))));
    let everyone: Vec<(Role, Person)> = people().collect();
    let seen = || -> Vec<_> { everyone.iter().map(|(role, reader)| (*role, pages(reader))).collect() };
    let public = || pages(&town.visitor());
    let (before, front) = (seen(), public());

    // The administrator founds it, older than the first; its operator comes in and registers its own partners.
    let ana = town.log_in("ana@parcours.example");
    ana.does("/entreprises", &[("name", "Mission Sud"), ("capacities", "operator")]).is(200);
    let south = operator(&town, "Mission Sud");
    let form = [
        ("name", "Programme du Sud"),
        ("short_name", "SUD"),
        ("region", "76"),
        ("operator", &*south.to_string()),
        ("starts_on", "2010-01-01"),
    ];
    ana.does("/programmes", &form).is(200);
    let invited = [
        ("name", "Léa Sudre"),
        ("email", "lea@sud.example"),
        ("role", "operator"),
        ("ends_on", ""),
        ("langue", "fr"),
    ];
    ana.post(&format!("/entreprises/{south}/membres"), &invited).is(303);
    let lea = comes_in(&town, "lea@sud.example");
    for (number, (kind, name)) in
        [("training_body", "École du Sud"), ("company", "Verrerie du Sud"), ("funder", "Région Sud")]
            .iter()
            .enumerate()
    {
        let number = siret(u32::try_from(number).unwrap() + 40);
        let form = [("name", *name), ("capacities", *kind), ("siret", number.as_str())];
        lea.post("/entreprises", &form).is(303);
    }
    lea.get("/programme").is(200).sees("Programme du Sud").does_not_see("Programme nord");

    for ((role, before), (_, after)) in before.iter().zip(seen()) {
        for (path, page) in before {
            assert_eq!(*page, after[path], "{path} as {role}");
        }
    }
    for (path, page) in &front {
        assert_eq!(*page, public()[path], "{path} as anyone");
    }
    town.the_journal_holds();
}

fn operator(town: &Town, name: &str) -> OrganisationId {
    let all =
        |conn: &mut store::Conn| store::organisations::choices(conn, &everything(), Capacity::Operator, 9);
    town.store().read(all).unwrap().into_iter().find(|(_, known)| known == name).unwrap().0
}

/// Somebody who was invited opens their account.
fn comes_in(town: &Town, email: &str) -> Person {
    let letters = town.letters_to(email);
    let body = &letters.last().expect("an invitation").text_body;
    let link = body[body.find("/acces/").unwrap()..].split_whitespace().next().unwrap();
    let person = town.visitor();
    person.post(link, &[("password", PASSWORD)]).is(303);
    person
}

fn who_is_of_one_programme_opens_that_one(database: &Database) {
    let town = Town::new(database);
    let regions = [Region::open(&town, "nord"), Region::open(&town, "sud")];
    for (own, other) in [(&regions[0], &regions[1]), (&regions[1], &regions[0])] {
        for (role, _) in PARTIES {
            let reader = town.log_in(&own.email(role));
            let page = reader.get("/programme");
            page.is(200).sees(&format!("Programme {}", own.place)).sees(&format!("operator {}", own.place));
            page.does_not_see(&format!("Programme {}", other.place));
            page.does_not_see(&format!("operator {}", other.place));
            assert!(page.queries() <= 8, "{role}: {}", page.queries());
            reader.get(&format!("/programme?programme={}", other.programme)).is(404);
        }
    }
}

fn who_is_of_two_programmes_has_the_choice(database: &Database) {
    let town = Town::new(database);
    let (north, south) = (Region::open(&town, "nord"), Region::open(&town, "sud"));
    // Each takes part in the other's too: it came in by its own.
    let join = |programme: ProgrammeId, region: &Region| {
        for kind in [Capacity::Funder, Capacity::Certifier, Capacity::TrainingBody, Capacity::Company] {
            let house = region.houses[&kind];
            let join = |conn: &mut store::Conn| store::organisations::join(conn, programme, house);
            town.store().write(join).unwrap();
        }
    };
    join(north.programme, &south);
    join(south.programme, &north);
    for (own, other) in [(&north, &south), (&south, &north)] {
        for role in
            [Role::Funder, Role::TrainingManager, Role::Trainer, Role::Employer, Role::Certifier, Role::Juror]
        {
            let reader = town.log_in(&own.email(role));
            let page = reader.get("/programme");
            page.is(200).sees(&format!("operator {}", own.place)).sees("Vos autres programmes");
            page.does_not_see(&format!("operator {}", other.place));
            let there = reader.get(&page.address_of("/programme?programme="));
            there.is(200).sees(&format!("operator {}", other.place));
            assert!(page.queries() <= 8, "{role}: {}", page.queries());
        }
    }
}

fn an_operator_is_not_put_into_a_programme_of_another(database: &Database) {
    let town = Town::new(database);
    let north = Region::open(&town, "nord");
    town.member("ana@parcours.example", Role::Administrator, None);
    let ana = town.log_in("ana@parcours.example");
    ana.get("/entreprises/nouvelle").is(200).sees("Elle prendra part au programme « Programme nord »");
    ana.does("/entreprises", &[("name", "Mission Sud"), ("capacities", "operator")]).is(200);
    let omar = town.log_in(&north.email(Role::Operator));
    omar.get("/entreprises").does_not_see("Mission Sud");
    omar.get("/programme").sees("Opérateur : operator nord.");
    // One that takes part is a partner, and still not the operator of this programme.
    let number = siret(9);
    let form = [("name", "Mission Est"), ("capacities", "operator"), ("siret", number.as_str())];
    omar.does("/entreprises", &form).is(200);
    omar.get("/entreprises").sees("Mission Est");
    omar.get("/programme").sees("Opérateur : operator nord.");
}

fn the_administrator_says_which_programme(database: &Database) {
    let town = Town::new(database);
    let (north, south) = (Region::open(&town, "nord"), Region::open(&town, "sud"));
    town.member("ana@parcours.example", Role::Administrator, None);
    let ana = town.log_in("ana@parcours.example");
    let (omar, lea) = (town.log_in(&north.email(Role::Operator)), town.log_in(&south.email(Role::Operator)));
    let page = ana.get("/entreprises/nouvelle");
    page.is(200).sees("Programme nord").sees("Programme sud").sees("Aucun pour l’instant");
    let register = |reader: &Person, name: &str, number: u32, programme: &str| {
        let number = siret(number);
        let form = [("name", name), ("capacities", "company"), ("siret", &number), ("programme", programme)];
        reader.post("/entreprises", &form)
    };
    register(&ana, "Verrerie", 20, "").is(422).sees("Choisissez le programme qu’elle rejoint");
    register(&ana, "Verrerie", 20, &south.programme.to_string()).is(303);
    register(&ana, "Brasserie", 21, "aucun").is(303);
    lea.get("/entreprises").sees("Verrerie").does_not_see("Brasserie");
    omar.get("/entreprises").does_not_see("Verrerie").does_not_see("Brasserie");
    // An operator has one programme, and is neither asked nor let into another.
    omar.get("/entreprises/nouvelle").sees("Elle prendra part au programme « Programme nord »");
    register(&omar, "Filature", 22, &south.programme.to_string()).is(404);
    register(&omar, "Filature", 22, "").is(303);
    omar.get("/entreprises").sees("Filature");
    lea.get("/entreprises").does_not_see("Filature");
    ana.does("/entreprises", &[("name", "Mission Est"), ("capacities", "operator")]).is(200);
}
