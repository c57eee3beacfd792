//! An operator wants an organisation that is known already: it is asked, and says itself whether it takes part. Nobody
//! takes it over.

use crate::harness::{Database, stories};
use crate::town::{PASSWORD, Page, Person, Town, everything};
use domain::access::Role;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::Capacity;
use std::sync::Barrier;
use std::thread;
use store::journal;

stories! {
    both: nobody_takes_over_an_organisation,
        asked_twice_is_one_request,
        a_request_is_taken_back,
        a_no_stands_for_a_while,
        one_answer_counts,
        two_programmes_ask_at_once,
        the_first_of_its_people_is_invited_by_who_brought_it_in,
        whose_people_are_suspended_is_still_asked,
        who_was_invited_first_answers_for_it,
        what_an_operator_sent_before_lapses_when_it_has_people;
    sqlite: each_kind_of_organisation_answers_for_itself,
        the_administrator_asks_too,
        asking_again_and_again_is_told_twice_a_day,
        a_request_says_what_is_so,
        who_gets_one_more_role_elsewhere_loses_no_invitation,
        who_runs_no_programme_registers_nobody;
}

/// Two programmes, each with its operator. The training body is of the first and has a manager, a trainer and somebody
/// who was invited.
struct Regions {
    town: Town,
    first: ProgrammeId,
    second: ProgrammeId,
    body: OrganisationId,
    siret: String,
}

const OMAR: &str = "omar@nord.example";
const LEA: &str = "lea@sud.example";
const KARIM: &str = "karim@atelier.example";

fn regions(database: &Database) -> Regions {
    let town = Town::new(database);
    let north = town.organisation("Mission Nord", &[Capacity::Operator]);
    let south = town.organisation("Mission Sud", &[Capacity::Operator]);
    let body = town.organisation("Atelier du Nord", &[Capacity::TrainingBody]);
    let first = town.programme(north, &[north, body]);
    let second = town.programme(south, &[south]);
    town.member(OMAR, Role::Operator, Some(north));
    town.member(LEA, Role::Operator, Some(south));
    town.member(KARIM, Role::TrainingManager, Some(body));
    town.member("paul@atelier.example", Role::Trainer, Some(body));
    town.invited("zoe@atelier.example", Role::TrainingManager, body);
    let siret = siret_of(&town, body);
    Regions { town, first, second, body, siret }
}

fn siret_of(town: &Town, organisation: OrganisationId) -> String {
    let get = |conn: &mut store::Conn| store::organisations::get(conn, &everything(), organisation);
    town.store().read(get).unwrap().profile.siret.unwrap().as_str().to_owned()
}

impl Regions {
    fn asks(&self, who: &Person, programme: ProgrammeId) -> Page {
        let programme = programme.to_string();
        who.post("/entreprises/participations", &[("programme", &programme), ("siret", &self.siret)])
    }

    /// Léa asks; answers where her request is.
    fn asked(&self) -> String {
        let asked = self.asks(&self.town.log_in(LEA), self.second);
        let address = asked.is(303).leads_to();
        assert!(address.starts_with("/accords/"), "{address}");
        address
    }

    fn answers(&self, request: &str, answer: &str) -> Page {
        self.town.log_in(KARIM).post(&format!("{request}/reponse"), &[("reponse", answer)])
    }

    /// What the chain of an organisation tells of agreements and programmes: kind, from, to.
    fn told(&self) -> Vec<(String, String, String)> {
        let chain = format!("organisation:{}", self.body);
        let rows = |conn: &mut store::Conn| journal::archive::rows(conn, &chain, 0);
        let rows = self.town.store().read(rows).unwrap();
        let told = rows.into_iter().filter_map(|found| match found {
            domain::journal::verifying::Found::Row(row) => {
                Some((row.kind, row.from.unwrap_or_default(), row.to.unwrap_or_default()))
            }
            domain::journal::verifying::Found::Unreadable(_) => None,
        });
        told.collect()
    }
}

fn wanted<'a>(email: &'a str, role: &'a str) -> [(&'a str, &'a str); 4] {
    [("name", "Intrus Quelconque"), ("email", email), ("role", role), ("langue", "fr")]
}

fn nobody_takes_over_an_organisation(database: &Database) {
    let regions = regions(database);
    let (town, body) = (&regions.town, regions.body);
    let (lea, karim) = (town.log_in(LEA), town.log_in(KARIM));
    let page = format!("/entreprises/{body}");
    // By its number alone, through the form: what she types of it is nobody's news.
    let form = [("name", "Autre nom"), ("capacities", "training_body"), ("siret", regions.siret.as_str())];
    let asked = lea.post("/entreprises", &form).is(303).leads_to();
    let request = lea.get(&asked);
    request.is(200).sees("Atelier du Nord a ses propres membres").sees("En attente de réponse");
    request.does_not_see("karim").does_not_see("Autre nom").does_not_see("Organisme de formation");
    let is_closed = || {
        lea.get(&format!("{page}/modification")).is(404);
        lea.post(&format!("{page}/modification"), &[("name", "Pris")]).is(404);
        lea.get(&format!("{page}/membres")).is(404);
        lea.get(&format!("{page}/membres/nouveau")).is(404);
        lea.post(&format!("{page}/membres"), &wanted("intrus@sud.example", "training_manager")).is(404);
        assert!(town.letters_to("intrus@sud.example").is_empty());
    };
    lea.get(&page).is(404);
    lea.get("/entreprises").does_not_see("Atelier du Nord");
    lea.get("/programme").does_not_see("Atelier du Nord");
    is_closed();

    // Who keeps the training body is asked, by letter and at home; nobody else answers for it.
    let letters = town.letters_to(KARIM);
    let [letter] = letters.as_slice() else { panic!("{} letters", letters.len()) };
    assert!(letter.subject.contains("Mission Sud vous demande votre accord"), "{}", letter.subject);
    assert!(letter.text_body.contains(&asked), "{}", letter.text_body);
    assert!(town.letters_to("paul@atelier.example").is_empty());
    assert!(town.letters_to("zoe@atelier.example").is_empty());
    karim.get("/accueil").sees("Mission Sud vous demande votre accord");
    karim.get(&asked).is(200).sees("Mission Sud vous demande de prendre part").sees("Hauts-de-France");
    let answer = format!("{asked}/reponse");
    lea.post(&answer, &[("reponse", "oui")]).is(404);
    town.log_in(OMAR).post(&answer, &[("reponse", "oui")]).is(404);
    town.log_in(OMAR).get(&asked).is(404);
    town.log_in("paul@atelier.example").post(&answer, &[("reponse", "oui")]).is(403);
    karim.post(&format!("{asked}/retrait"), &[]).is(403);

    let agreed = karim.does(&answer, &[("reponse", "oui")]);
    agreed.sees("Vous prenez désormais part au programme").sees("Accord donné");
    karim.get("/accueil").does_not_see("vous demande votre accord");
    let letters = town.letters_to(LEA);
    assert!(letters[0].subject.contains("Atelier du Nord prend part"), "{}", letters[0].subject);
    lea.get(&page).is(200).sees("Atelier du Nord tient elle-même sa fiche et ses membres");
    lea.get("/entreprises").sees("Atelier du Nord");
    lea.get(&asked).is(200).sees("Voir sa fiche");
    is_closed();
    // The first operator keeps it no more than the second.
    let omar = town.log_in(OMAR);
    omar.get(&page).is(200);
    omar.get(&format!("{page}/membres")).is(404);
    omar.get(&format!("{page}/modification")).is(404);
    let second = regions.second.to_string();
    let told = |kind: &str, from: &str, to: &str| (kind.to_owned(), from.to_owned(), to.to_owned());
    assert_eq!(
        regions.told(),
        [
            told("agreement", "", "asked"),
            told("agreement", "asked", "given"),
            told("organisation_joined", "", &second)
        ]
    );
    town.the_journal_holds();
}

fn asked_twice_is_one_request(database: &Database) {
    let regions = regions(database);
    let asked = regions.asked();
    assert_eq!(regions.asked(), asked);
    assert_eq!(regions.town.letters_to(KARIM).len(), 1);
    let lea = regions.town.log_in(LEA);
    lea.get("/accords").is(200).sees("Atelier du Nord").sees("En attente de réponse");
    regions.town.log_in(KARIM).get("/accords").is(200).sees("Mission Sud");
    let asked_of_omar = regions.town.log_in(OMAR).get("/accords");
    asked_of_omar.is(200).does_not_see("Mission Sud").does_not_see("Atelier du Nord");
    regions.asks(&regions.town.log_in(OMAR), regions.second).is(404);
    regions.asks(&regions.town.log_in(OMAR), regions.first).is(422).sees("prend déjà part");
}

fn a_request_is_taken_back(database: &Database) {
    let regions = regions(database);
    let asked = regions.asked();
    regions.town.log_in(OMAR).post(&format!("{asked}/retrait"), &[]).is(404);
    let lea = regions.town.log_in(LEA);
    lea.does(&format!("{asked}/retrait"), &[]).sees("La demande est retirée").sees("Demande retirée");
    lea.post(&format!("{asked}/retrait"), &[]).is(422).sees("Ce n’est plus possible");
    let karim = regions.town.log_in(KARIM);
    karim.get("/accueil").does_not_see("vous demande votre accord");
    karim.get(&asked).is(200).sees("Mission Sud a retiré sa demande");
    regions.answers(&asked, "oui").is(422).sees("demande retirée");
    assert_eq!(regions.asked(), asked);
    karim.get("/accueil").sees("Mission Sud vous demande votre accord");
    assert_eq!(regions.town.letters_to(KARIM).len(), 2);
    regions.town.the_journal_holds();
}

fn a_no_stands_for_a_while(database: &Database) {
    let regions = regions(database);
    let asked = regions.asked();
    regions.answers(&asked, "non").is(303);
    let letters = regions.town.letters_to(LEA);
    assert!(letters[0].subject.contains("ne prend pas part"), "{}", letters[0].subject);
    regions.answers(&asked, "non").is(422);
    regions.asks(&regions.town.log_in(LEA), regions.second).is(422).sees("a répondu non");
    regions.town.days_pass(31);
    assert_eq!(regions.asked(), asked);
    regions.answers(&asked, "non").is(303);
    // The organisation itself changes its mind when it likes.
    let karim = regions.town.log_in(KARIM);
    karim.get(&asked).is(200).sees("Prendre part finalement");
    regions.answers(&asked, "oui").is(303);
    regions.answers(&asked, "oui").is(422).sees("accord donné");
    regions.town.the_journal_holds();
}

/// Who posts what, and where.
type Post<'a> = (Person, String, Vec<(&'a str, &'a str)>);

/// All of them post at the same moment.
fn at_once(posts: &[Post<'_>]) -> Vec<u16> {
    let start = Barrier::new(posts.len());
    thread::scope(|scope| {
        let clients: Vec<_> = posts
            .iter()
            .map(|(person, path, form)| {
                scope.spawn(|| {
                    start.wait();
                    person.post(path, form).status
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

fn one_answer_counts(database: &Database) {
    let regions = regions(database);
    let asked = regions.asked();
    let (answer, back) = (format!("{asked}/reponse"), format!("{asked}/retrait"));
    let mut posts = vec![(regions.town.log_in(LEA), back, Vec::new())];
    for said in ["oui", "non", "oui"] {
        posts.push((regions.town.log_in(KARIM), answer.clone(), vec![("reponse", said)]));
    }
    let statuses = at_once(&posts);
    // A yes may follow a no; else one of them counts.
    let steps = regions.told().into_iter().filter(|(kind, ..)| kind == "agreement").count() - 1;
    let done = statuses.iter().filter(|status| **status == 303).count();
    assert_eq!(done, steps, "{statuses:?}");
    assert!((1..=2).contains(&done), "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 409, 422].contains(status)), "{statuses:?}");
    let lea = regions.town.log_in(LEA);
    let is_given = regions.told().iter().any(|(_, _, to)| to == "given");
    lea.get(&format!("/entreprises/{}", regions.body)).is(if is_given { 200 } else { 404 });
    regions.town.the_journal_holds();
}

fn two_programmes_ask_at_once(database: &Database) {
    let regions = regions(database);
    let east = regions.town.organisation("Mission Est", &[Capacity::Operator]);
    let third = regions.town.programme(east, &[east]);
    regions.town.member("ines@est.example", Role::Operator, Some(east));
    let (second, third) = (regions.second.to_string(), third.to_string());
    let posts: Vec<_> = [LEA, LEA, "ines@est.example", "ines@est.example"]
        .iter()
        .map(|email| {
            let programme = if *email == LEA { second.as_str() } else { third.as_str() };
            let form = vec![("programme", programme), ("siret", regions.siret.as_str())];
            (regions.town.log_in(email), "/entreprises/participations".to_owned(), form)
        })
        .collect();
    assert_eq!(at_once(&posts), [303; 4]);
    assert_eq!(regions.town.letters_to(KARIM).len(), 2);
    let home = regions.town.log_in(KARIM).get("/accueil");
    home.sees("Mission Sud vous demande votre accord").sees("Mission Est vous demande votre accord");
    regions.town.the_journal_holds();
}

fn the_first_of_its_people_is_invited_by_who_brought_it_in(database: &Database) {
    let regions = regions(database);
    let (town, omar, lea) = (&regions.town, regions.town.log_in(OMAR), regions.town.log_in(LEA));
    let number = crate::the_partners_of_a_programme::siret(5);
    let form = [("name", "Brasserie du Beffroi"), ("capacities", "company"), ("siret", number.as_str())];
    let page = omar.post("/entreprises", &form).is(303).leads_to();
    // Nobody could answer: it takes part at once, and that gives nobody its people.
    let second = regions.second.to_string();
    let joined =
        lea.post("/entreprises/participations", &[("programme", &second), ("siret", number.as_str())]);
    assert_eq!(joined.is(303).leads_to(), page);
    lea.get(&page).is(200);
    let members = format!("{page}/membres");
    lea.get(&members).is(404);
    lea.post(&members, &wanted("intrus@sud.example", "employer")).is(404);
    lea.post(&format!("{page}/modification"), &[("name", "Pris"), ("capacities", "company")]).is(404);

    omar.get(&members).is(200).sees("Personne n’agit encore");
    omar.get(&format!("{page}/modification")).is(200);
    omar.post(&members, &wanted("nadia@beffroi.example", "employer")).is(303);
    // Until she has answered, a wrong address can be mended.
    let again = omar.get(&members).sees("Invitation envoyée").address_of("/comptes/");
    omar.post(&again, &[]).is(303);
    let letters = town.letters_to("nadia@beffroi.example");
    let body = &letters.last().unwrap().text_body;
    let link = body[body.find("/acces/").unwrap()..].split_whitespace().next().unwrap();
    let nadia = town.visitor();
    nadia.post(link, &[("password", PASSWORD)]).is(303);
    omar.get(&members).is(404);
    omar.post(&members, &wanted("intrus@nord.example", "employer")).is(404);
    omar.post(&again, &[]).is(404);
    omar.get(&page).is(200).does_not_see("Modifier la fiche");
    nadia.does("/membres", &wanted("lou@beffroi.example", "employer")).sees("lou@beffroi.example");
    town.the_journal_holds();
}

fn each_kind_of_organisation_answers_for_itself(database: &Database) {
    let regions = regions(database);
    let town = &regions.town;
    let kinds = [
        (Capacity::Company, Role::Employer),
        (Capacity::Certifier, Role::Certifier),
        (Capacity::Funder, Role::Funder),
        (Capacity::Operator, Role::Operator),
    ];
    for (capacity, role) in kinds {
        let email = format!("{role}@ailleurs.example");
        let organisation = town.organisation(&format!("Maison {capacity}"), &[capacity]);
        town.member(&email, role, Some(organisation));
        let siret = siret_of(town, organisation);
        let second = regions.second.to_string();
        let lea = town.log_in(LEA);
        let form = [("programme", second.as_str()), ("siret", siret.as_str())];
        let asked = lea.post("/entreprises/participations", &form).is(303).leads_to();
        let own = town.log_in(&email);
        let home = own.get("/accueil");
        home.is(200).sees("Mission Sud vous demande votre accord");
        assert!(home.queries() <= 8, "{role}: {}", home.queries());
        own.get(&own.get("/accueil").address_of("/accords/")).is(200);
        own.does(&format!("{asked}/reponse"), &[("reponse", "oui")]).sees("Accord donné");
        lea.get(&format!("/entreprises/{organisation}/membres")).is(404);
        own.get("/membres").is(200).sees(&email);
        own.get("/organisation").is(303);
        own.get(&format!("/entreprises/{organisation}")).is(200).sees("Modifier la fiche");
        own.get(&format!("/entreprises/{}/membres", regions.body)).is(404);
    }
}

fn the_administrator_asks_too(database: &Database) {
    let regions = regions(database);
    regions.town.member("ana@parcours.example", Role::Administrator, None);
    let ana = regions.town.log_in("ana@parcours.example");
    let asked = regions.asks(&ana, regions.second).is(303).leads_to();
    ana.get(&asked).is(200).sees("En attente de réponse");
    ana.get("/accords").is(200).sees("Atelier du Nord");
    ana.post(&format!("{asked}/reponse"), &[("reponse", "oui")]).is(403);
    regions.answers(&asked, "oui").is(303);
    assert_eq!(regions.town.letters_to(LEA).len(), 1, "the operator is told");
    let members = format!("/entreprises/{}/membres", regions.body);
    ana.get(&members).is(200).sees(KARIM);
}

/// A company that the first operator brings in, and the path of its page.
fn brewery(omar: &Person) -> (String, String) {
    let number = crate::the_partners_of_a_programme::siret(5);
    let form = [("name", "Brasserie du Beffroi"), ("capacities", "company"), ("siret", number.as_str())];
    (omar.post("/entreprises", &form).is(303).leads_to(), number)
}

impl Regions {
    fn brings(&self, number: &str) -> String {
        let second = self.second.to_string();
        let form = [("programme", second.as_str()), ("siret", number)];
        self.town.log_in(LEA).post("/entreprises/participations", &form).is(303).leads_to()
    }

    /// Who was invited by letter sets a password.
    fn comes_in(&self, email: &str) -> Person {
        let letters = self.town.letters_to(email);
        let body = &letters.last().expect("an invitation").text_body;
        let link = body[body.find("/acces/").unwrap()..].split_whitespace().next().unwrap().to_owned();
        let visitor = self.town.visitor();
        visitor.post(&link, &[("password", PASSWORD)]).is(303);
        visitor
    }
}

fn whose_people_are_suspended_is_still_asked(database: &Database) {
    let regions = regions(database);
    let town = &regions.town;
    town.member("ana@parcours.example", Role::Administrator, None);
    let karim = town.actor(KARIM).account().unwrap();
    town.log_in("ana@parcours.example").post(&format!("/comptes/{karim}/suspension"), &[]).is(303);
    let omar = town.log_in(OMAR);
    let page = format!("/entreprises/{}", regions.body);
    omar.get(&format!("{page}/modification")).is(404);
    omar.get(&format!("{page}/membres")).is(404);
    let asked = regions.asked();
    let lea = town.log_in(LEA);
    lea.get(&page).is(404);
    lea.get(&asked).sees("Personne ne peut répondre pour elle en ce moment");
    assert!(town.letters_to(KARIM).is_empty(), "who is suspended is written to");
    town.log_in("ana@parcours.example").post(&format!("/comptes/{karim}/reouverture"), &[]).is(303);
    lea.get(&asked).sees("C’est à ses membres de répondre");
    regions.answers(&asked, "oui").is(303);
    lea.get(&page).is(200);
}

fn who_was_invited_first_answers_for_it(database: &Database) {
    let regions = regions(database);
    let omar = regions.town.log_in(OMAR);
    let (page, number) = brewery(&omar);
    omar.post(&format!("{page}/membres"), &wanted("nadia@beffroi.example", "employer")).is(303);
    // Somebody is on their way: the second operator does not come in before them.
    let asked = regions.brings(&number);
    assert!(asked.starts_with("/accords/"), "{asked}");
    let lea = regions.town.log_in(LEA);
    lea.get(&page).is(404);
    lea.get(&asked).sees("Personne ne peut répondre pour elle en ce moment");
    lea.get(&format!("/entreprises/nouvelle?numero={number}")).sees("Voir votre demande d’accord");
    let nadia = regions.comes_in("nadia@beffroi.example");
    nadia.get("/accueil").sees("Mission Sud vous demande votre accord");
    nadia.post(&format!("{asked}/reponse"), &[("reponse", "non")]).is(303);
    lea.get(&page).is(404);
}

fn what_an_operator_sent_before_lapses_when_it_has_people(database: &Database) {
    let regions = regions(database);
    let omar = regions.town.log_in(OMAR);
    let (page, _) = brewery(&omar);
    for email in ["nadia@beffroi.example", "intrus@nord.example"] {
        omar.post(&format!("{page}/membres"), &wanted(email, "employer")).is(303);
    }
    let nadia = regions.comes_in("nadia@beffroi.example");
    nadia.get("/membres").is(200).sees("nadia@beffroi.example").does_not_see("intrus@nord.example");
    // Whom she did not invite is in no part of hers.
    let intruder = regions.comes_in("intrus@nord.example");
    intruder.get("/membres").is(404);
    intruder.get(&page).is(404);
    nadia.get("/membres").does_not_see("intrus@nord.example");
    // Whom she invites herself comes in, and stays.
    nadia.post("/membres", &wanted("lou@beffroi.example", "employer")).is(303);
    regions.comes_in("lou@beffroi.example").get("/membres").is(200).sees("nadia@beffroi.example");
    regions.town.the_journal_holds();
}

fn asking_again_and_again_is_told_twice_a_day(database: &Database) {
    let regions = regions(database);
    let lea = regions.town.log_in(LEA);
    for _ in 0..5 {
        let asked = regions.asked();
        lea.post(&format!("{asked}/retrait"), &[]).is(303);
    }
    assert_eq!(regions.town.letters_to(KARIM).len(), 2);
    regions.town.days_pass(1);
    regions.asked();
    assert_eq!(regions.town.letters_to(KARIM).len(), 3);
}

fn a_request_says_what_is_so(database: &Database) {
    let regions = regions(database);
    let (lea, karim) = (regions.town.log_in(LEA), regions.town.log_in(KARIM));
    let asked = regions.asked();
    lea.post(&format!("{asked}/retrait"), &[]).is(303);
    for reader in [&lea, &karim] {
        reader.get(&asked).sees("Retirée le").does_not_see("Réponse du");
    }
    // All its people leave: it comes in without being asked, and the page of what it was asked says so.
    let end = |conn: &mut store::Conn| {
        let house = store::members::house(conn, &everything(), Some(regions.body), regions.town.today())?;
        let members = store::members::list(conn, &house, regions.town.today(), None)?;
        let yesterday = regions.town.today().minus_days(1);
        members.rows.iter().try_for_each(|member| store::members::end(conn, member.id, yesterday))
    };
    regions.town.store().write(end).unwrap();
    assert!(regions.brings(&regions.siret).starts_with("/entreprises/"));
    lea.get(&asked).sees("Elle prend part au programme").sees("Voir sa fiche");
    lea.get(&asked).does_not_see("n’attend plus de réponse").does_not_see("Demande retirée");
}

fn who_runs_no_programme_registers_nobody(database: &Database) {
    let regions = regions(database);
    let town = &regions.town;
    let west = town.organisation("Mission Ouest", &[Capacity::Operator]);
    town.member("ines@ouest.example", Role::Operator, Some(west));
    let number = crate::the_partners_of_a_programme::siret(6);
    let form = [("name", "Brasserie du Quai"), ("capacities", "company"), ("siret", number.as_str())];
    let told = town.log_in("ines@ouest.example").post("/entreprises", &form);
    told.is(422).sees("Votre organisation ne conduit encore aucun programme");
    // Whom the administrator registers as an operator joins no programme of another, whichever is named.
    town.member("ana@parcours.example", Role::Administrator, None);
    let first = regions.first.to_string();
    let form = [("name", "Mission Est"), ("capacities", "operator"), ("programme", first.as_str())];
    let page = town.log_in("ana@parcours.example").post("/entreprises", &form).is(303).leads_to();
    town.log_in(OMAR).get(&page).is(404);
}

fn who_gets_one_more_role_elsewhere_loses_no_invitation(database: &Database) {
    let regions = regions(database);
    let karim = regions.town.log_in(KARIM);
    karim.post("/membres", &wanted("lou@atelier.example", "training_manager")).is(303);
    // The operator of another region wants Karim too, and he himself another role: those whom he invited still come in.
    regions.town.log_in(LEA).post("/membres", &wanted(KARIM, "operator")).is(303);
    regions.town.member("ana@parcours.example", Role::Administrator, None);
    let ana = regions.town.log_in("ana@parcours.example");
    ana.post(&format!("/entreprises/{}/membres", regions.body), &wanted(KARIM, "trainer")).is(303);
    regions.comes_in("lou@atelier.example").get("/membres").is(200).sees(KARIM);
}
