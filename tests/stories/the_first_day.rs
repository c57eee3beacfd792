//! Nothing stands yet: each home says the next step that only its reader can do.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::siret;
use crate::town::{Person, Town, everything};
use domain::access::Role;
use domain::ids::OrganisationId;
use domain::organisations::Capacity;

stories! {
    both: each_home_leads_from_nothing_to_a_first_session;
}

fn first(town: &Town, capacity: Capacity) -> OrganisationId {
    town.store().read(|conn| store::organisations::choices(conn, &everything(), capacity, 1)).unwrap()[0].0
}

/// The home says this step, and its button leads to this page.
fn step(reader: &Person, words: &str, page: &str) {
    let home = reader.get("/accueil");
    home.is(200).sees(words);
    assert!(home.body.contains(&format!("href=\"{page}\"")), "no way to {page}");
    assert!(home.queries() <= 8, "{}", home.queries());
    reader.get(page).is(200);
}

fn each_home_leads_from_nothing_to_a_first_session(database: &Database) {
    let town = Town::new(database);
    town.member("admin@parcours.example", Role::Administrator, None);
    let admin = town.log_in("admin@parcours.example");
    step(&admin, "enregistrez l’opérateur", "/entreprises/nouvelle");
    admin.does("/entreprises", &[("name", "Opérateur du Nord"), ("capacities", "operator")]);
    let operator = first(&town, Capacity::Operator);
    step(&admin, "ouvrez le programme", "/programmes/nouveau");
    admin.does(
        "/programmes",
        &[
            ("name", "Compétences d’avenir"),
            ("short_name", "CA"),
            ("region", "32"),
            ("operator", &operator.to_string()),
            ("starts_on", "2026-01-01"),
        ],
    );
    admin.get("/accueil").does_not_see("ouvrez le programme").does_not_see("enregistrez l’opérateur");

    town.member("omar@operateur.example", Role::Operator, Some(operator));
    let omar = town.log_in("omar@operateur.example");
    step(&omar, "faites entrer un organisme de formation", "/entreprises/nouvelle");
    let school = [
        ("name", "École du Canal"),
        ("capacities", "training_body"),
        ("siret", &siret(4)),
        ("nda", "32591105532"),
    ];
    omar.does("/entreprises", &school);
    omar.get("/accueil").does_not_see("organisme de formation :").sees("première entreprise");

    let body = first(&town, Capacity::TrainingBody);
    town.member("paul@ecole.example", Role::TrainingManager, Some(body));
    let paul = town.log_in("paul@ecole.example");
    step(&paul, "décrivez votre première formation", "/formations/nouvelle");
    let programme =
        town.store().read(|conn| store::programmes::list(conn, &everything())).unwrap()[0].id.to_string();
    paul.does(
        "/formations",
        &[
            ("titre", "Comprendre l’IA"),
            ("programme", &programme),
            ("etape", "awareness"),
            ("objectifs", "Dire ce que l’IA sait faire."),
            ("duree", "3 h 30"),
        ],
    );
    step(&paul, "Rien n’est prévu : planifiez une session", "/sessions/nouvelle");
}
