//! What every form does by itself: it is sent once, for whom it was drawn, and over what it was drawn from.

use crate::harness::{Database, stories};
use crate::town::{EMPLOYER, Form, MANAGER, PASSWORD, Page, Person, Planned, Room};
use domain::access::Role;
use domain::organisations::Capacity;
use std::thread;

stories! {
    both: a_form_that_is_sent_twice_does_it_once,
        two_presses_at_once_do_it_once,
        what_somebody_else_wrote_meanwhile_stands_beside_what_one_typed,
        two_who_save_at_the_same_moment_do_not_overwrite_each_other,
        a_form_of_another_part_saves_nothing,
        a_log_in_that_ended_under_a_form_loses_nothing,
        what_was_kept_is_only_given_back_to_whose_it_is;
    sqlite: what_nobody_else_changed_is_saved,
        a_form_that_is_sent_again_after_two_days_is_new,
        what_is_sent_again_leads_to_what_it_made,
        what_is_long_or_secret_or_old_is_not_kept;
}

const OTHER: &str = "rita@atelier.example";
const STAFF: &str = "/salaries/nouveau";

/// A form for somebody who starts at the company.
fn newcomer(person: &Person, family: &str) -> Form {
    person.get(STAFF).form("/salaries").with("family_name", family).with("given_name", "Ada")
}

fn employees(employer: &Person, family: &str) -> usize {
    let list = employer.get("/salaries").body.to_lowercase();
    list.split("<tr").skip(1).filter(|row| row.contains(&family.to_lowercase())).count()
}

fn a_form_that_is_sent_twice_does_it_once(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let employer = room.town.log_in(EMPLOYER);
    let form = newcomer(&employer, "Quimper");
    let first = form.clone().sent_by(&employer);
    first.is(303);
    // The same form again, and as it stands behind the button « Back », with another name in it.
    for again in [form.clone(), form.with("family_name", "Quimperlé")] {
        let again = again.sent_by(&employer);
        again.is(303);
        employer.get(&again.leads_to()).is(200).sees("Ce formulaire avait déjà été envoyé");
    }
    assert_eq!(employees(&employer, "Quimper"), 1);
    // A form of its own adds another one.
    newcomer(&employer, "Vannes").sent_by(&employer).is(303);
    employer.get("/salaries").sees("Vannes");
}

/// Two who send at the same moment.
fn at_once(one: (&Person, Form), other: (&Person, Form)) -> [Page; 2] {
    thread::scope(|scope| {
        let [one, other] = [one, other].map(|(person, form)| scope.spawn(move || form.sent_by(person)));
        [one.join().unwrap(), other.join().unwrap()]
    })
}

fn two_presses_at_once_do_it_once(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let employer = room.town.log_in(EMPLOYER);
    for family in ["Quimper", "Morlaix", "Lannion"] {
        let form = newcomer(&employer, family);
        let [one, other] = at_once((&employer, form.clone()), (&employer, form));
        one.is(303);
        other.is(303);
        assert_eq!(employees(&employer, family), 1, "{family}");
    }
}

/// A training body with two managers, each with its course open, and where it is.
fn one_course_two_managers(database: &Database) -> (Room, Person, Person, String) {
    let room = Room::open(database, &Planned::default());
    room.town.member(OTHER, Role::TrainingManager, Some(room.body));
    let (paul, rita) = (room.town.log_in(MANAGER), room.town.log_in(OTHER));
    let mut links = paul.get("/formations").body;
    let course = loop {
        let (_, rest) = links.split_once("href=\"/formations/").expect("a course");
        let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if !id.is_empty() {
            break format!("/formations/{id}");
        }
        links = rest.to_owned();
    };
    (room, paul, rita, course)
}

fn what_somebody_else_wrote_meanwhile_stands_beside_what_one_typed(database: &Database) {
    let (_room, paul, rita, course) = one_course_two_managers(database);
    let (own, other) = (paul.get(&course).form(&course), rita.get(&course).form(&course));
    let other = other.with("titre", "Découvrir l’IA à Lille").with("prerequis", "Savoir lire un tableau.");
    other.sent_by(&rita).is(303);
    let own = own.with("titre", "Découvrir l’IA à Roubaix").with("objectifs", "Reconnaître un cas d’usage.");
    let told = own.sent_by(&paul);
    told.is(409)
        .sees("Quelqu’un a modifié ces informations pendant que vous écriviez")
        .sees("Enregistré entre-temps : Découvrir l’IA à Lille")
        .sees("Modifié entre-temps par quelqu’un d’autre : c’est sa version qui figure ici.")
        .sees("Garder ce qui est enregistré");
    assert_eq!(rita.get(&course).form(&course).value("titre"), Some("Découvrir l’IA à Lille"));
    // What one typed is there, and what only the other changed; saved, it stands.
    let again = told.form(&course);
    assert_eq!(again.value("titre"), Some("Découvrir l’IA à Roubaix"));
    assert_eq!(again.value("objectifs"), Some("Reconnaître un cas d’usage."));
    assert_eq!(again.value("prerequis"), Some("Savoir lire un tableau."));
    again.sent_by(&paul).is(303);
    let saved = rita.get(&course).form(&course);
    assert_eq!(saved.value("titre"), Some("Découvrir l’IA à Roubaix"));
    assert_eq!(saved.value("prerequis"), Some("Savoir lire un tableau."));
}

fn two_who_save_at_the_same_moment_do_not_overwrite_each_other(database: &Database) {
    let (_room, paul, rita, course) = one_course_two_managers(database);
    for round in 0..5 {
        let own = paul.get(&course).form(&course).with("titre", &format!("De Paul {round}"));
        let other = rita.get(&course).form(&course).with("titre", &format!("De Rita {round}"));
        let mut told = at_once((&paul, own), (&rita, other)).map(|page| page.status);
        told.sort_unstable();
        assert_eq!(told, [303, 409]);
    }
}

fn what_nobody_else_changed_is_saved(database: &Database) {
    let (_room, paul, rita, course) = one_course_two_managers(database);
    let (own, other) = (paul.get(&course).form(&course), rita.get(&course).form(&course));
    other.with("titre", "Un même titre").sent_by(&rita).is(303);
    // Both wrote the same: nobody has to choose between two things that are one.
    let told = own.with("titre", "Un même titre").sent_by(&paul);
    assert!(matches!(told.status, 303 | 409), "{}", told.text());
    told.does_not_see("Quelqu’un a modifié ces informations pendant");
    assert_eq!(paul.get(&course).form(&course).value("titre"), Some("Un même titre"));
}

fn a_form_of_another_part_saves_nothing(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let other = room.town.organisation("Faïencerie du Port", &[Capacity::Company]);
    room.town.also(EMPLOYER, Role::Employer, other);
    let employer = room.town.log_in(EMPLOYER);
    let form = newcomer(&employer, "Quimper");
    // In another tab.
    let page = employer.get("/accueil");
    let last = page.body.rsplit("comme=").next().unwrap();
    let part: String = last.chars().take_while(char::is_ascii_digit).collect();
    employer.get(&format!("/accueil?comme={part}")).sees("Faïencerie du Port. Personne");
    form.clone()
        .sent_by(&employer)
        .is(409)
        .sees("Cette page était ouverte avec un autre accès")
        .sees("Rien n’a été enregistré");
    assert_eq!(employees(&employer, "Quimper"), 0);
    let first = room.town.log_in(EMPLOYER);
    assert_eq!(employees(&first, "Quimper"), 0);
    // Of the part that it was drawn for it does what it asks for.
    form.sent_by(&first).is(303);
    assert_eq!(employees(&first, "Quimper"), 1);
    // Whoever else logs in here sends nobody else's form.
    let of_employer = newcomer(&first, "Vannes");
    of_employer.sent_by(&room.town.log_in(MANAGER)).is(403);
}

fn a_form_that_is_sent_again_after_two_days_is_new(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let employer = room.town.log_in(EMPLOYER);
    let form = newcomer(&employer, "Quimper");
    form.clone().sent_by(&employer).is(303);
    room.town.hours_pass(47);
    room.rounds();
    let again = form.clone().with("family_name", "Vannes").sent_by(&employer);
    employer.get(&again.leads_to()).sees("Ce formulaire avait déjà été envoyé");
    room.town.hours_pass(2);
    room.rounds();
    form.with("family_name", "Vannes").sent_by(&employer).is(303);
    employer.get("/salaries").sees("Vannes");
}

/// Logs in on the page that asks again, as somebody.
fn logs_in_again(page: &Page, who: &Person, email: &str) -> Page {
    page.form("/connexion").with("email", email).with("password", PASSWORD).sent_by(who)
}

fn a_log_in_that_ended_under_a_form_loses_nothing(database: &Database) {
    let (room, paul, rita, course) = one_course_two_managers(database);
    let own = paul.get(&course).form(&course).with("titre", "« Long » & <beau>");
    room.town.hours_pass(14 * 24 + 1);
    let asked = own.sent_by(&paul);
    asked.is(403).sees("Votre connexion a pris fin").sees("n’est pas perdu");
    // Mistyped once, nothing is lost either.
    let again = asked.form("/connexion").with("email", MANAGER).with("password", "faux").sent_by(&paul);
    again.is(422).sees("ne vont pas ensemble");
    let back = logs_in_again(&again, &paul, MANAGER);
    back.is(200).sees("Ce que vous aviez écrit est là").sees("Rien n’est encore enregistré");
    back.sees("Atelier du Nord").sees("Se déconnecter");
    let filled = back.form(&course).sent_by(&paul);
    filled.is(200).sees("Voici ce que vous aviez écrit");
    let form = filled.form(&course);
    assert_eq!(form.value("titre"), Some("« Long » & <beau>"));
    // What somebody else writes meanwhile is seen as it always is.
    let rita_again = room.town.log_in(OTHER);
    drop(rita);
    rita_again.get(&course).form(&course).with("titre", "De Rita").sent_by(&rita_again).is(303);
    let told = form.sent_by(&paul);
    told.is(409).sees("Enregistré entre-temps : De Rita");
    told.form(&course).sent_by(&paul).is(303);
    assert_eq!(paul.get(&course).form(&course).value("titre"), Some("« Long » & <beau>"));
}

fn what_was_kept_is_only_given_back_to_whose_it_is(database: &Database) {
    let (room, paul, _rita, course) = one_course_two_managers(database);
    let own = paul.get(&course).form(&course).with("titre", "De Paul");
    room.town.hours_pass(14 * 24 + 1);
    let asked = own.sent_by(&paul);
    let page = logs_in_again(&asked, &paul, OTHER);
    assert_eq!(page.is(303).leads_to(), "/accueil");
    paul.get("/accueil").sees("Ce qui avait été écrit ici l’était avec un autre compte");
    assert_ne!(paul.get(&course).form(&course).value("titre"), Some("De Paul"));
    assert!(!asked.body.contains("De Paul"), "sealed");
}

fn what_is_long_or_secret_or_old_is_not_kept(database: &Database) {
    let (room, paul, _rita, course) = one_course_two_managers(database);
    let form = paul.get(&course).form(&course);
    let password = paul.get("/compte").form("/compte/mot-de-passe").with("current", PASSWORD);
    room.town.hours_pass(14 * 24 + 1);
    let long = form.clone().with("objectifs", &"long ".repeat(20_000)).sent_by(&paul);
    assert!(long.is(303).leads_to().starts_with("/connexion"), "{}", long.leads_to());
    let secret = password.with("password", "quatre chevaux verts au galop").sent_by(&paul);
    assert!(secret.is(303).leads_to().starts_with("/connexion"), "{}", secret.leads_to());
    form.clone().sent_by(&paul).is(403);
    room.town.hours_pass(24);
    let old = form.sent_by(&paul);
    assert!(old.is(303).leads_to().starts_with("/connexion"), "{}", old.leads_to());
    // Whoever has no log-in at all has nothing read.
    room.town.visitor().post(&course, &[("titre", "Écrit")]).is(303);
}

fn what_is_sent_again_leads_to_what_it_made(database: &Database) {
    let (room, paul, _rita, _course) = one_course_two_managers(database);
    room.town.member("olga@atelier.example", Role::Operator, Some(room.body));
    let (olga, nadia) = (room.town.log_in("olga@atelier.example"), room.town.log_in(EMPLOYER));
    let course = paul.get("/formations/nouvelle").form("/formations");
    let course = course.with("titre", "Écrire une consigne").with("objectifs", "Une consigne claire.");
    let number = crate::the_partners_of_a_programme::siret(7);
    let company = olga.get("/entreprises/nouvelle").form("/entreprises").with("name", "Brasserie du Quai");
    let company = company.with("capacities", "company").with("siret", &number);
    let colleague = newcomer(&nadia, "Quimper");
    for (who, form, made) in [
        (&paul, course.with("duree", "7 h"), "/formations/"),
        (&olga, company, "/entreprises/"),
        (&nadia, colleague, "/salaries/"),
    ] {
        form.clone().sent_by(who).is(303);
        let again = form.sent_by(who).is(303).leads_to();
        let id = again.strip_prefix(made).unwrap_or_else(|| panic!("{again} is not {made}…"));
        assert!(id.parse::<i64>().is_ok(), "{again}");
        who.get(&again).is(200).sees("Ce formulaire avait déjà été envoyé");
    }
}
