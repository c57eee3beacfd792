//! An employer invites somebody on its list to open their own account; somebody who left comes back as themselves.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::company;
use crate::town::{Person, Town, everything};
use domain::access::Role;
use domain::ids::{OrganisationId, PersonId};

stories! {
    both: an_employee_is_invited_and_opens_their_account,
        an_invitation_follows_the_address,
        somebody_comes_back_by_their_address;
    sqlite: only_ones_own_people_are_invited,
        an_account_that_is_there_already_learns_who_it_is,
        the_employer_says_who_bears_the_name_of_somebody_who_left;
}

const NADIA: &str = "nadia@verrerie.example";
const LOU: &str = "lou@verrerie.example";
const NEW: &str = "quatre chevaux verts au galop";

struct Works {
    town: Town,
    company: OrganisationId,
    nadia: Person,
    lou: PersonId,
    /// The page of Lou.
    page: String,
}

fn works(database: &Database) -> Works {
    let town = Town::new(database);
    let company = company(&town, "Verrerie des Trois Canaux", 1);
    town.member(NADIA, Role::Employer, Some(company));
    let nadia = town.log_in(NADIA);
    let lou = town.employee(company, "Lou", "Carpentier", Some(LOU));
    Works { company, nadia, lou, page: format!("/salaries/{lou}"), town }
}

/// The path of the last link that was written to an address.
fn link_to(town: &Town, email: &str) -> String {
    let letters = town.letters_to(email);
    let body = &letters.last().expect("a letter").text_body;
    let start = body.find("/acces/").unwrap_or_else(|| panic!("no link in {body}"));
    body[start..].split_whitespace().next().unwrap().to_owned()
}

fn an_employee_is_invited_and_opens_their_account(database: &Database) {
    let Works { town, nadia, page, .. } = works(database);
    let invitation = format!("{page}/invitation");
    nadia.get(&page).is(200).sees("n’a pas encore de compte").sees("Inviter à ouvrir un compte");
    let invited = nadia.does(&invitation, &[]);
    invited.sees("L’invitation part vers Lou Carpentier").sees("Invitation envoyée le");
    invited.sees("Renvoyer l’invitation");
    assert!(invited.queries() <= 8, "{}", invited.queries());
    let first = link_to(&town, LOU);
    assert!(town.letters_to(LOU)[0].text_body.contains("Verrerie des Trois Canaux"));

    nadia.does(&invitation, &[]).sees("L’invitation part");
    let second = link_to(&town, LOU);
    let lou = town.visitor();
    lou.get(&first).is(404);
    town.days_pass(8);
    lou.get(&second).is(404);
    let nadia = town.log_in(NADIA);
    nadia.get(&page).sees("l’invitation est restée sans réponse");
    nadia.does(&invitation, &[]).sees("Invitation envoyée le");
    lou.post(&link_to(&town, LOU), &[("password", NEW)]).is(303);
    lou.get("/accueil").is(200);

    let page = nadia.get(&page);
    page.sees("a ouvert son compte").does_not_see("Renvoyer l’invitation");
    nadia.post(&invitation, &[]).is(422).sees("a déjà ouvert son compte");
    assert_eq!(town.letters_to(LOU).len(), 3);
    town.the_journal_holds();
}

fn an_invitation_follows_the_address(database: &Database) {
    let Works { town, nadia, page, .. } = works(database);
    let invitation = format!("{page}/invitation");
    nadia.does(&invitation, &[]);
    let wrong = link_to(&town, LOU);
    let edited = |email: &str| {
        nadia.does(&page, &[("family_name", "Carpentier"), ("given_name", "Lou"), ("email", email)]);
    };
    edited("lou.carpentier@verrerie.example");
    nadia.does(&invitation, &[]);
    let lou = town.visitor();
    lou.get(&wrong).is(404);
    lou.post(&link_to(&town, "lou.carpentier@verrerie.example"), &[("password", NEW)]).is(303);
    lou.get("/compte").sees("lou.carpentier@verrerie.example");

    // Without an address of their own nobody is invited.
    let mia = town.employee(town.actor(NADIA).organisation().unwrap(), "Mia", "Roy", None);
    let page = nadia.get(&format!("/salaries/{mia}"));
    page.sees("Sans adresse électronique").does_not_see("Inviter à ouvrir");
    nadia.post(&format!("/salaries/{mia}/invitation"), &[]).is(422).sees("ajoutez-la ci-dessus");
    let shared =
        [("family_name", "Roy"), ("given_name", "Mia"), ("email", "lou.carpentier@verrerie.example")];
    nadia.does(&format!("/salaries/{mia}"), &shared);
    nadia.post(&format!("/salaries/{mia}/invitation"), &[]).is(422).sees("celui d’une autre personne");
    town.the_journal_holds();
}

fn only_ones_own_people_are_invited(database: &Database) {
    let Works { town, nadia, page, .. } = works(database);
    let other = company(&town, "Brasserie du Beffroi", 2);
    town.member("paul@brasserie.example", Role::Employer, Some(other));
    let invitation = format!("{page}/invitation");
    town.log_in("paul@brasserie.example").post(&invitation, &[]).is(404);
    nadia.does(&format!("{page}/depart"), &[("last_day", &town.today().iso())]);
    town.days_pass(2);
    town.log_in(NADIA).post(&invitation, &[]).is(422).sees("a quitté votre entreprise");
    assert_eq!(town.letters_to(LOU).len(), 0);
}

fn an_account_that_is_there_already_learns_who_it_is(database: &Database) {
    let Works { town, nadia, page, company, .. } = works(database);
    let body = company;
    town.member(LOU, Role::Employer, Some(body));
    nadia.does(&format!("{page}/invitation"), &[]).sees("Invitation envoyée le");
    let lou = town.log_in(LOU);
    lou.get("/compte").does_not_see("Stagiaire");
    let link = link_to(&town, LOU);
    lou.post(&link, &[("password", NEW)]).is(303);
    nadia.get(&page).sees("a ouvert son compte");
}

fn leaves(works: &Works) {
    let Works { town, nadia, page, .. } = works;
    nadia.does(&format!("{page}/depart"), &[("last_day", &town.today().iso())]);
    town.days_pass(10);
}

fn ids(works: &Works) -> Vec<PersonId> {
    let (today, company) = (works.town.today(), works.company);
    let read = |conn: &mut store::Conn| store::people::current(conn, &everything(), company, today);
    works.town.store().read(read).unwrap().iter().map(|known| known.person.id).collect()
}

fn somebody_comes_back_by_their_address(database: &Database) {
    let works = works(database);
    let left = works.town.today().iso();
    leaves(&works);
    let nadia = works.town.log_in(NADIA);
    nadia.get(&works.page).sees("ne fait plus partie").does_not_see(LOU);
    let form =
        [("family_name", "Moreau"), ("given_name", "Lou"), ("email", LOU), ("starts_on", left.as_str())];
    nadia.post("/salaries", &form).is(422).sees("sa nouvelle date d’entrée vient après");
    let page = nadia.does("/salaries", &form[..3]);
    page.sees("Lou Moreau revient dans votre liste").sees("MOREAU Lou");
    assert_eq!(ids(&works), [works.lou]);
    let page = nadia.get(&works.page);
    page.is(200).sees("Déjà dans votre entreprise du");
    assert!(page.body.contains(LOU));
    nadia.get("/salaries?presence=partis").does_not_see("Lou");
    nadia.post("/salaries", &form[..3]).is(422).sees("déjà dans votre liste");
    works.town.the_journal_holds();
}

fn the_employer_says_who_bears_the_name_of_somebody_who_left(database: &Database) {
    let works = works(database);
    leaves(&works);
    let nadia = works.town.log_in(NADIA);
    let form = [("family_name", "Carpentier"), ("given_name", "Lou"), ("email", "l.c@verrerie.example")];
    let asked = nadia.post("/salaries", &form);
    asked.is(422).sees("Une personne de ce nom a quitté votre entreprise").sees("elle revient");
    assert!(!asked.body.contains(LOU), "an address is no business of a former employer");
    let with = |answer: &str| {
        let answer = [("another", answer)];
        let form: Vec<(&str, &str)> = form.iter().chain(&answer).map(|(a, b)| (*a, *b)).collect();
        nadia.post("/salaries", &form)
    };
    // Nobody else is brought in under this name.
    with("999").is(422);
    assert_eq!(ids(&works), []);
    with("oui").is(303);
    let [namesake] = ids(&works)[..] else { panic!("one") };
    assert_ne!(namesake, works.lou);
    nadia.does(&format!("/salaries/{namesake}/depart"), &[("last_day", &works.town.today().iso())]);
    works.town.days_pass(2);
    let nadia = works.town.log_in(NADIA);
    let lou = works.lou.to_string();
    let form = [("family_name", "Carpentier"), ("given_name", "Lou"), ("another", lou.as_str())];
    nadia.does("/salaries", &form).sees("Lou Carpentier revient");
    assert_eq!(ids(&works), [works.lou]);
}
