//! People are invited into an organisation, act for it, and leave; nobody touches another organisation's.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::siret;
use crate::town::{PASSWORD, Town};
use domain::access::Role;
use domain::ids::OrganisationId;
use domain::organisations::Capacity;

stories! {
    both: a_colleague_is_invited_and_comes_in,
        one_organisation_does_not_see_the_members_of_another,
        whoever_has_an_account_gets_one_more_role,
        the_same_address_is_invited_by_two_at_once;
    sqlite: a_part_ends_at_once_and_never_ones_own,
        an_operator_invites_the_first_person_of_a_partner,
        an_auditors_mandate_has_an_end,
        an_invitation_is_sent_again;
}

const NEW: &str = "quatre chevaux verts au galop";

struct Region {
    town: Town,
    acme: OrganisationId,
    body: OrganisationId,
    operator: OrganisationId,
}

/// An operator with one partner, a training body that has a manager; a company stands apart.
fn region(database: &Database) -> Region {
    let town = Town::new(database);
    let acme = town.organisation("Acme", &[Capacity::Company]);
    let body = town.organisation("Atelier du Nord", &[Capacity::TrainingBody]);
    let operator = town.organisation("Opérateur des Hauts", &[Capacity::Operator]);
    town.programme(operator, &[body]);
    town.member("nadia@acme.example", Role::Employer, Some(acme));
    town.member("paul@atelier.example", Role::TrainingManager, Some(body));
    town.member("olga@operateur.example", Role::Operator, Some(operator));
    Region { town, acme, body, operator }
}

fn wanted<'a>(email: &'a str, role: &'a str) -> [(&'a str, &'a str); 5] {
    [("name", "Zoé Noël"), ("email", email), ("role", role), ("ends_on", ""), ("langue", "fr")]
}

/// The path of the last link that was written to an address.
fn link_to(town: &Town, email: &str) -> String {
    let letters = town.letters_to(email);
    let body = &letters.last().expect("a letter").text_body;
    let start = body.find("/acces/").unwrap_or_else(|| panic!("no link in {body}"));
    body[start..].split_whitespace().next().unwrap().to_owned()
}

fn a_colleague_is_invited_and_comes_in(database: &Database) {
    let Region { town, body, .. } = region(database);
    let paul = town.log_in("paul@atelier.example");
    paul.get("/membres/nouveau").is(200).sees("Formateur").does_not_see("Ressources humaines");
    let page = paul.does("/membres", &wanted("zoe@atelier.example", "trainer"));
    page.is(200).sees("L’invitation part vers zoe@atelier.example").sees("Zoé Noël").sees("Formateur");
    assert!(page.queries() <= 8, "{}", page.queries());
    let zoe = town.visitor();
    zoe.post(&link_to(&town, "zoe@atelier.example"), &[("password", NEW)]).is(303);
    zoe.get("/compte").is(200).sees("Formateur, Atelier du Nord");
    zoe.get("/membres").is(404);
    paul.get(&format!("/entreprises/{body}/membres")).is(200).does_not_see("Invitation envoyée");
    paul.post("/membres", &wanted("zoe@atelier.example", "trainer")).is(422).sees("déjà membre avec ce rôle");
    paul.post("/membres", &wanted("zoe@atelier.example", "employer")).is(422).sees("n’est pas ouvert");
    let page = paul.post("/membres", &[("name", ""), ("email", "zoe"), ("role", ""), ("langue", "fr")]);
    page.is(422).sees("Quelques points").sees("nom@entreprise.example").sees("Choisissez un rôle");
    town.the_journal_holds();
}

fn one_organisation_does_not_see_the_members_of_another(database: &Database) {
    let Region { town, acme, .. } = region(database);
    let (nadia, paul) = (town.log_in("nadia@acme.example"), town.log_in("paul@atelier.example"));
    nadia.does("/membres", &wanted("lea@acme.example", "employer")).sees("lea@acme.example");
    let page = nadia.get("/membres");
    let end = page.body.split("href=\"").find(|rest| rest.contains("/fin\"")).unwrap();
    let end = end.split('"').next().unwrap().to_owned();
    let again = page.address_of("/comptes/");
    nadia.get(&end).is(200).sees("Mettre fin à l’appartenance de Zoé Noël");
    paul.get(&end).is(404);
    paul.post(&end, &[]).is(404);
    paul.post(&again, &[]).is(404);
    paul.get(&format!("/entreprises/{acme}/membres")).is(404);
    paul.get(&format!("/entreprises/{acme}/membres/nouveau")).is(404);
    paul.post(&format!("/entreprises/{acme}/membres"), &wanted("zoe@atelier.example", "employer")).is(404);
    paul.get("/membres").is(200).does_not_see("lea@acme.example");
    paul.get("/comptes").is(404);
    town.visitor().get("/membres").is(303);
    assert!(town.letters_to("zoe@atelier.example").is_empty());
}

fn whoever_has_an_account_gets_one_more_role(database: &Database) {
    let Region { town, .. } = region(database);
    let paul = town.log_in("paul@atelier.example");
    paul.does("/membres", &wanted("nadia@acme.example", "trainer")).sees("nadia@acme.example");
    let letters = town.letters_to("nadia@acme.example");
    assert_eq!(letters.len(), 1);
    let body = &letters[0].text_body;
    assert!(body.contains("Formateur, Atelier du Nord") && !body.contains("/acces/"), "{body}");
    assert!(body.contains("/connexion?suite=%2Faccueil%3Fcomme%3D"), "{body}");
    let nadia = town.log_in("nadia@acme.example");
    nadia.get("/compte").sees("Formateur, Atelier du Nord").sees("Ressources humaines, Acme");
    assert_eq!(town.visitor().get("/connexion").status, 200);
}

fn the_same_address_is_invited_by_two_at_once(database: &Database) {
    let Region { town, .. } = region(database);
    let emails = ["nadia@acme.example", "nadia@acme.example", "paul@atelier.example", "paul@atelier.example"];
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let invites = emails.map(|email| {
            let town = &town;
            scope.spawn(move || {
                let role = if email.starts_with("nadia") { "employer" } else { "trainer" };
                town.log_in(email).post("/membres", &wanted("zoe@ailleurs.example", role)).status
            })
        });
        invites.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let done = |status| statuses.iter().filter(|one| **one == status).count();
    assert_eq!((done(303), done(422)), (2, 2), "{statuses:?}");
    town.the_journal_holds();
}

fn a_part_ends_at_once_and_never_ones_own(database: &Database) {
    let Region { town, acme, .. } = region(database);
    town.member("lea@acme.example", Role::Employer, Some(acme));
    let (nadia, lea) = (town.log_in("nadia@acme.example"), town.log_in("lea@acme.example"));
    let page = lea.get("/membres");
    page.is(200).sees("vous");
    let ends: Vec<&str> = page.body.match_indices("/fin\"").map(|(at, _)| &page.body[..at]).collect();
    assert_eq!(ends.len(), 1, "one’s own line has no end");
    let nadias = format!("{}/fin", &ends[0][ends[0].rfind("/membres/").unwrap()..]);
    nadia.post(&nadias, &[]).is(422).sees("On ne met pas fin à sa propre appartenance");
    lea.does(&nadias, &[]).sees("nadia n’est plus membre dans ce rôle");
    nadia.get("/membres").is(404);
    nadia.get("/compte").is(200).sees("Aucun rôle pour l’instant");
    lea.get(&nadias).is(404);
    lea.post(&nadias, &[]).is(409);
    town.the_journal_holds();
}

fn an_operator_invites_the_first_person_of_a_partner(database: &Database) {
    let Region { town, acme, body, operator } = region(database);
    let olga = town.log_in("olga@operateur.example");
    let number = siret(5);
    let form = [("name", "École du Canal"), ("capacities", "training_body"), ("siret", number.as_str())];
    let page = olga.post("/entreprises", &form).is(303).leads_to();
    let path = format!("{page}/membres");
    assert_eq!(olga.get(&page).address_of(&path), path);
    olga.get(&path).is(200).sees("Qui agit pour École du Canal");
    let page = olga.post(&path, &wanted("zoe@canal.example", "training_manager"));
    assert_eq!(page.is(303).leads_to(), path);
    olga.get(&format!("/entreprises/{operator}/membres")).is(200).sees("olga@operateur.example");
    olga.get(&format!("/entreprises/{acme}/membres")).is(404);
    // The training body has people of its own.
    olga.get(&format!("/entreprises/{body}")).is(200).does_not_see("Modifier la fiche");
    olga.get(&format!("/entreprises/{body}/membres")).is(404);
    olga.post("/membres", &wanted("zoe@atelier.example", "administrator")).is(422);
    town.member("ana@parcours.example", Role::Administrator, None);
    let ana = town.log_in("ana@parcours.example");
    ana.get(&format!("/entreprises/{acme}/membres")).is(200).sees("nadia@acme.example");
    ana.get("/membres").is(200).sees("Les administrateurs").does_not_see("nadia@acme.example");
}

fn an_auditors_mandate_has_an_end(database: &Database) {
    let Region { town, .. } = region(database);
    let olga = town.log_in("olga@operateur.example");
    let mandate = |until: &str| {
        let mut form = wanted("zoe@audit.example", "auditor");
        form[3].1 = until;
        let form = form.map(|(name, value)| (name, value.to_owned()));
        olga.post("/membres", &form.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    mandate("").is(422).sees("Un mandat d’audit a une date de fin");
    mandate("2020-01-01").is(422).sees("Cette date est passée");
    mandate("demain").is(422).sees("Écrivez la date");
    let until = town.today().plus_days(30);
    mandate(&until.iso()).is(303);
    let zoe = town.visitor();
    zoe.post(&link_to(&town, "zoe@audit.example"), &[("password", NEW)]).is(303);
    zoe.get("/compte").sees("Audit, Opérateur des Hauts");
    town.days_pass(31);
    let zoe = town.visitor();
    zoe.post("/connexion", &[("email", "zoe@audit.example"), ("password", NEW)]).is(303);
    zoe.get("/compte").is(200).sees("Aucun rôle pour l’instant");
}

fn an_invitation_is_sent_again(database: &Database) {
    let Region { town, .. } = region(database);
    let nadia = town.log_in("nadia@acme.example");
    nadia.does("/membres", &wanted("lea@acme.example", "employer")).is(200);
    let first = link_to(&town, "lea@acme.example");
    town.days_pass(8);
    town.visitor().get(&first).is(404);
    let again = nadia.get("/membres").address_of("/comptes/");
    let page = nadia.does(&again, &[("suite", "/membres")]);
    page.is(200).sees("L’invitation est repartie");
    let second = link_to(&town, "lea@acme.example");
    town.visitor().get(&first).is(404);
    let lea = town.visitor();
    lea.post(&second, &[("password", NEW)]).is(303);
    nadia.post(&again, &[]).is(422).sees("a déjà son mot de passe");
    assert_eq!(lea.post("/connexion", &[("email", "lea@acme.example"), ("password", PASSWORD)]).status, 422);
}
