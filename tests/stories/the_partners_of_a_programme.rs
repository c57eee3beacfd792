//! An administrator founds a programme, its operator registers who takes part, an employer keeps its list.

use crate::harness::{Database, stories};
use crate::town::{Person, Planned, Room, Town, everything};
use domain::access::Role;
use domain::ids::OrganisationId;
use domain::organisations::{Capacity, Profile, Siret};
use domain::programmes::{Target, TargetKind};

stories! {
    both: a_target_of_a_past_year_says_so,
        an_administrator_founds_the_first_programme,
        an_operator_registers_its_partners_and_finds_them_again,
        what_is_known_already_joins_the_programme,
        a_second_programme_adds_whom_it_knows_by_number,
        a_member_edits_the_page_and_not_the_part,
        an_employer_keeps_its_list;
    sqlite: a_text_that_means_several_things_is_asked_about,
        a_long_list_goes_a_page_at_a_time;
}

/// A SIRET whose sum is right; every number gives another.
pub fn siret(number: u32) -> String {
    let base = format!("9{number:08}0001");
    (0..10).map(|digit| format!("{base}{digit}")).find(|s| s.parse::<Siret>().is_ok()).unwrap()
}

/// A company without any programme.
pub fn company(town: &Town, name: &str, number: u32) -> OrganisationId {
    organisation(town, name, number, Capacity::Company)
}

fn organisation(town: &Town, name: &str, number: u32, capacity: Capacity) -> OrganisationId {
    let profile = Profile {
        name: name.parse().unwrap(),
        capacities: vec![capacity],
        siret: Some(siret(number).parse().unwrap()),
        activity: None,
        commune: None,
        headcount: None,
        idcc: None,
        opco: None,
        nda: None,
    };
    let now = town.now();
    town.store().write(|conn| store::organisations::add(conn, &profile, false, now)).unwrap()
}

/// Founds a programme as an administrator does, and comes back as its operator.
fn operator(town: &Town) -> Person {
    town.member("admin@parcours.example", Role::Administrator, None);
    let admin = town.log_in("admin@parcours.example");
    admin.get("/programme").is(200).sees("Aucun programme n’est encore ouvert");
    admin.get("/programmes/nouveau").is(200).sees("Aucune organisation n’est encore opérateur");
    let page = admin.does(
        "/entreprises",
        &[("name", "Opérateur du Nord"), ("capacities", "operator"), ("capacities", "funder")],
    );
    page.is(200).sees("Opérateur du Nord est enregistré").sees("Financeur");
    let id = operator_id(town);
    let asked = [
        ("name", "Compétences d’avenir"),
        ("short_name", "CA"),
        ("region", "32"),
        ("operator", &*id.to_string()),
        ("starts_on", "2026-01-01"),
        ("ends_on", "2025-01-01"),
    ];
    admin.post("/programmes", &asked).is(422).sees("Le dernier jour précède le premier");
    let founded = admin.does("/programmes", &asked[..5]);
    founded.sees("Compétences d’avenir").sees("Hauts-de-France").sees("Opérateur du Nord");
    town.member("omar@operateur.example", Role::Operator, Some(id));
    town.log_in("omar@operateur.example")
}

fn operator_id(town: &Town) -> OrganisationId {
    let all =
        |conn: &mut store::Conn| store::organisations::choices(conn, &everything(), Capacity::Operator, 9);
    town.store().read(all).unwrap()[0].0
}

fn an_administrator_founds_the_first_programme(database: &Database) {
    let town = Town::new(database);
    let omar = operator(&town);
    omar.get("/programme").is(200).sees("Compétences d’avenir");
    omar.get("/programmes/nouveau").is(404);
    town.member("region@financeur.example", Role::Funder, Some(operator_id(&town)));
    let page = town.log_in("region@financeur.example").get("/programme");
    page.is(200).sees("personnes sensibilisées");
    assert!(page.queries() <= 8, "{}", page.queries());
    town.the_journal_holds();
}

fn an_operator_registers_its_partners_and_finds_them_again(database: &Database) {
    let town = Town::new(database);
    let omar = operator(&town);
    company(&town, "Ailleurs SA", 7);
    let wrong = omar.post(
        "/entreprises",
        &[("name", "Pâtisserie Beaupré"), ("capacities", "company"), ("siret", "90000000100001")],
    );
    wrong.is(422).sees("Un chiffre de ce SIRET semble faux").sees("Quelle organisation rejoint");
    assert!(wrong.body.contains("Pâtisserie Beaupré"));
    omar.post("/entreprises", &[("name", "X"), ("siret", &siret(3))]).is(422).sees("Dites ce qu’est");
    omar.post("/entreprises", &[("name", "X"), ("capacities", "company")])
        .is(422)
        .sees("reconnaît à son SIRET");
    let form = [
        ("name", "Pâtisserie Beaupré"),
        ("capacities", "company"),
        ("siret", &*siret(3)),
        ("commune", "douai"),
        ("activity", "10.71D"),
        ("headcount", "10"),
        ("approves_requests", "oui"),
    ];
    let page = omar.does("/entreprises", &form);
    page.sees("Pâtisserie Beaupré est enregistré").sees("Douai (59)").sees("Pâtisserie").sees("10 salariés");
    omar.post("/entreprises", &form).is(422).sees("Une organisation porte déjà ce SIRET");
    omar.does(
        "/entreprises",
        &[("name", "École du Canal"), ("capacities", "training_body"), ("siret", &siret(4))],
    )
    .sees("son numéro de déclaration");

    let list = omar.get("/entreprises");
    list.is(200).sees("Pâtisserie Beaupré").sees("École du Canal").does_not_see("Ailleurs SA");
    assert!(list.queries() <= 8, "{}", list.queries());
    omar.get("/entreprises?q=beaupre").sees("Beaupré").does_not_see("Canal");
    omar.get("/entreprises?q=ECOLE+can").sees("Canal").does_not_see("Beaupré");
    omar.get("/entreprises?role=training_body").sees("Canal").does_not_see("Beaupré");
    omar.get("/entreprises?departement=59").sees("Beaupré").does_not_see("Canal");
    omar.get("/entreprises?q=eaupre").sees("Aucune organisation ne correspond");
    let stranger = company(&town, "Ailleurs bis", 8);
    omar.get(&format!("/entreprises/{stranger}")).is(404);
    omar.get("/programme").sees("École du Canal");
    town.the_journal_holds();
}

fn what_is_known_already_joins_the_programme(database: &Database) {
    let town = Town::new(database);
    let omar = operator(&town);
    let known = company(&town, "Ailleurs SA", 7);
    let number = siret(7);
    let form = [("name", "Tout autre nom"), ("capacities", "company"), ("siret", number.as_str())];
    let joined = omar.does("/entreprises", &form);
    joined.is(200).sees("Ailleurs SA était déjà connu").does_not_see("Tout autre nom");
    omar.get("/entreprises").sees("Ailleurs SA").does_not_see("Tout autre nom");
    omar.post("/entreprises", &form).is(422).sees("Une organisation porte déjà ce SIRET");
    town.member("nadia@ailleurs.example", Role::Employer, Some(known));
    town.log_in("nadia@ailleurs.example").get("/programme").is(200).sees("Compétences d’avenir");

    // There is one programme only: what the administrator registers teaches in it.
    let admin = town.log_in("admin@parcours.example");
    let asked = admin.get("/entreprises/nouvelle");
    asked.is(200).sees("Elle prendra part au programme « Compétences d’avenir »");
    let number = siret(8);
    let school = [("name", "École du Canal"), ("capacities", "training_body"), ("siret", number.as_str())];
    admin.does("/entreprises", &school).sees("École du Canal est enregistré");
    omar.get("/entreprises").sees("École du Canal");
    let reach = everything();
    let school = |conn: &mut store::Conn| {
        store::organisations::by_siret(conn, &reach, &number.parse().unwrap()).map(|known| known.id)
    };
    let school = town.store().read(school).unwrap();
    town.member("karim@canal.example", Role::TrainingManager, Some(school));
    let karim = town.log_in("karim@canal.example");
    karim.get("/formations/nouvelle").is(200).sees("Programme CA");
    town.the_journal_holds();
}

fn a_second_programme_adds_whom_it_knows_by_number(database: &Database) {
    let town = Town::new(database);
    let omar = operator(&town);
    let school = town.organisation("École du Canal", &[Capacity::TrainingBody]);
    let ours = company(&town, "Verrerie des Trois Canaux", 7);
    let get = |conn: &mut store::Conn| store::organisations::get(conn, &everything(), school);
    let mut known = town.store().read(get).unwrap();
    known.profile.nda = Some("32590000099".parse().unwrap());
    town.store().write(|conn| store::organisations::set(conn, &known)).unwrap();
    // Elsewhere there is another programme, in which both take part.
    let elsewhere = town.organisation("Opérateur du Sud", &[Capacity::Operator]);
    let programme = town.programme(elsewhere, &[elsewhere, school, ours]);
    town.member("lea@sud.example", Role::Operator, Some(elsewhere));

    let (number, programme) = (siret(7), programme.to_string());
    let page = omar.get(&format!("/entreprises/nouvelle?numero={number}"));
    page.is(200).sees("Verrerie des Trois Canaux").sees("Ajouter au programme Compétences d’avenir");
    page.does_not_see("IA Hauts-de-France");
    assert!(page.queries() <= 8, "{}", page.queries());
    let read = |conn: &mut store::Conn| store::programmes::joined_by(conn, operator_id(&town));
    let own = town.store().read(read).unwrap()[0].id.to_string();
    let join = |programme: &str, number: &str| {
        omar.post("/entreprises/participations", &[("programme", programme), ("siret", number)])
    };
    join(&programme, &number).is(404);
    join(&own, &siret(8)).is(404);
    omar.get("/entreprises").does_not_see("Verrerie");
    let joined = omar.get(&join(&own, &number).is(303).leads_to());
    joined.sees("Verrerie des Trois Canaux était déjà connu").sees("Programmes Compétences d’avenir");
    join(&own, &number).is(422).sees("prend déjà part au programme");
    let again = omar.get(&format!("/entreprises/nouvelle?numero={number}"));
    again.sees("Prend déjà part à : Compétences d’avenir").does_not_see("Ajouter au programme");

    omar.get("/entreprises/nouvelle?numero=32+59+00000+99")
        .sees("École du Canal")
        .sees("Ajouter au programme");
    omar.get("/entreprises/nouvelle?numero=12345").sees("quatorze chiffres, un numéro de déclaration onze");
    let free = omar.get(&format!("/entreprises/nouvelle?numero={}", siret(9)));
    free.sees("Aucune organisation ne porte ce numéro");
    // What was typed is not typed again, and the page of the other programme still has its partner.
    assert!(free.body.contains(&format!("name=\"siret\" value=\"{}", &siret(9)[..3])), "{}", free.body);
    town.log_in("lea@sud.example").get("/entreprises").sees("Verrerie des Trois Canaux");
    let admin = town.log_in("admin@parcours.example");
    let page = admin.get(&format!("/entreprises/{ours}"));
    page.sees("IA Hauts-de-France").sees("Compétences d’avenir");
    town.the_journal_holds();
}

fn a_member_edits_the_page_and_not_the_part(database: &Database) {
    let town = Town::new(database);
    let own = company(&town, "Brasserie du Beffroi", 1);
    let other = company(&town, "Verrerie", 2);
    town.member("nadia@brasserie.example", Role::Employer, Some(own));
    let nadia = town.log_in("nadia@brasserie.example");
    let path = nadia.get("/organisation").is(303).leads_to();
    nadia.get(&path).is(200).sees("Brasserie du Beffroi");
    let edited = nadia.does(
        &format!("{path}/modification"),
        &[("name", "Brasserie Neuve"), ("capacities", "funder"), ("siret", &siret(9)), ("headcount", "12")],
    );
    edited.sees("Brasserie Neuve").sees("Entreprise").sees("12 salariés");
    let kept = town.store().read(|conn| store::organisations::get(conn, &everything(), own)).unwrap();
    assert_eq!(kept.profile.capacities, [Capacity::Company]);
    assert_eq!(kept.profile.siret.unwrap().as_str(), siret(1));
    nadia.get(&format!("/entreprises/{other}")).is(404);
    nadia.post(&format!("/entreprises/{other}/modification"), &[("name", "X")]).is(404);
    nadia.post("/entreprises", &[("name", "X")]).is(403);
    nadia.get("/entreprises").does_not_see("Verrerie");
}

fn a_text_that_means_several_things_is_asked_about(database: &Database) {
    let town = Town::new(database);
    let omar = operator(&town);
    let mut form = vec![("name", "Atelier"), ("capacities", "company")];
    let number = siret(5);
    form.push(("siret", &number));
    let vague = [("commune", "saint martin"), ("activity", "commerce de détail de pain")];
    let asked: Vec<_> = form.iter().copied().chain(vague).collect();
    let page = omar.post("/entreprises", &asked);
    page.is(422).sees("Plusieurs communes répondent").sees("Laquelle de ces communes");
    assert!(page.body.contains("name=\"commune_code\""));
    let code = page.body.split("name=\"commune_code\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let chosen: Vec<_> = asked.iter().copied().chain([("commune_code", code)]).collect();
    omar.does("/entreprises", &chosen).sees("Atelier est enregistré").sees("Saint-Martin").sees("47.24Z");
    omar.post("/entreprises", &[("name", "X"), ("commune", "xyzzy")]).is(422).sees("Aucune commune");
    // The collective agreement suggests the operator; the form asks once.
    let number = siret(6);
    let form = [("name", "Cabinet"), ("capacities", "company"), ("siret", &*number), ("idcc", "1486")];
    let page = omar.post("/entreprises", &form);
    page.is(422).sees("l’OPCO est sans doute");
    assert!(page.body.contains("name=\"opco_asked\" value=\"1486\""));
    let form: Vec<_> = form.iter().copied().chain([("opco_asked", "1486"), ("opco", "")]).collect();
    omar.does("/entreprises", &form).sees("Cabinet est enregistré");
}

fn an_employer_keeps_its_list(database: &Database) {
    let town = Town::new(database);
    let own = company(&town, "Brasserie du Beffroi", 1);
    town.member("nadia@brasserie.example", Role::Employer, Some(own));
    let nadia = town.log_in("nadia@brasserie.example");
    let lou = [
        ("family_name", "Beaupré"),
        ("given_name", "Lou"),
        ("email", "lou@brasserie.example"),
        ("staff_number", "12"),
    ];
    nadia
        .post("/salaries", &[("family_name", "Beaupré"), ("email", "lou@")])
        .is(422)
        .sees("Le prénom manque");
    nadia.does("/salaries", &lou).sees("Lou Beaupré est dans votre liste").sees("BEAUPRÉ Lou");
    nadia.post("/salaries", &lou).is(422).sees("déjà dans votre liste : son matricule");
    let namesake = [("family_name", "Beaupre"), ("given_name", "Lou")];
    nadia.post("/salaries", &namesake).is(422).sees("cochez la case");
    nadia.does("/salaries", &[namesake[0], namesake[1], ("another", "oui")]).sees("2 salariés");

    let page = nadia.get("/salaries?q=beaupre");
    let path = page.address_of("/salaries/1");
    assert!(page.queries() <= 8, "{}", page.queries());
    let edited =
        nadia.does(&path, &[("family_name", "Moreau"), ("given_name", "Lou"), ("job_group", "manager")]);
    edited.sees("La fiche de Lou Moreau est à jour").sees("MOREAU Lou").sees("Cadre");
    nadia.get("/salaries?categorie=manager").sees("MOREAU Lou").does_not_see("BEAUPRE Lou");

    nadia.post(&format!("{path}/depart"), &[("last_day", "01/01/2000")]).is(422).sees("précède le premier");
    let yesterday = town.today().minus_days(1).iso();
    nadia.post(&format!("{path}/depart"), &[("last_day", &yesterday)]).is(422);
    nadia
        .does(&format!("{path}/depart"), &[("last_day", &town.today().iso())])
        .sees("Le départ de Lou Moreau");
    let tomorrow = town.today().plus_days(1).iso();
    let late = [("family_name", "Moreau"), ("given_name", "Lou"), ("starts_on", tomorrow.as_str())];
    nadia.post(&path, &late).is(422).sees("Le dernier jour précède le premier");
    town.days_pass(2);
    nadia.get("/salaries").does_not_see("MOREAU");
    nadia.get("/salaries?presence=partis").sees("MOREAU Lou").sees("Dernier jour");
    nadia.get(&path).sees("ne fait plus partie");
    nadia.post(&path, &[("family_name", "X"), ("given_name", "Y")]).is(422).sees("a quitté votre entreprise");
    town.the_journal_holds();
}

fn a_long_list_goes_a_page_at_a_time(database: &Database) {
    let town = Town::new(database);
    let own = company(&town, "Brasserie du Beffroi", 1);
    town.member("nadia@brasserie.example", Role::Employer, Some(own));
    let nadia = town.log_in("nadia@brasserie.example");
    for n in 0..30 {
        let name = format!("Nom{n:02}");
        nadia.post("/salaries", &[("family_name", &name), ("given_name", "Zoé")]).is(303);
    }
    let first = nadia.get("/salaries?q=zoe");
    first.sees("NOM00 Zoé").sees("NOM24 Zoé").does_not_see("NOM25");
    let second = nadia.get(&first.address_of("/salaries?q=zoe"));
    second.sees("NOM25 Zoé").sees("NOM29 Zoé").does_not_see("NOM24");
}

fn a_target_of_a_past_year_says_so(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let this_year = room.town.today().year();
    let add = |conn: &mut store::Conn| {
        for (kind, year) in
            [(TargetKind::ExpertsToRecruit, this_year - 3), (TargetKind::ExpertsToTrain, this_year)]
        {
            let target = Target { kind, people: 4200, by_year: Some(year) };
            store::programmes::add_target(conn, room.programme, &target)?;
        }
        Ok::<_, store::Error>(())
    };
    room.town.store().write(add).unwrap();
    let front = room.town.visitor().get("/");
    front.sees(&format!("échéance passée : {}", this_year - 3)).sees(&format!("d’ici {this_year}"));
    front.does_not_see(&format!("d’ici {}", this_year - 3));
    let programme = room.employer.get("/programme");
    programme.sees(&format!("{} (passée)", this_year - 3)).does_not_see(&format!("{this_year} (passé)"));
}
