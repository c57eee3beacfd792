//! Somebody sets a password by a link, loses it, changes it, and sees where they are logged in.

use crate::harness::{Database, stories};
use crate::town::{PASSWORD, Person, Town, are_answered_alike};
use actions::link_requests::look;
use clock::Stop;
use diesel::RunQueryDsl as _;
use domain::access::Role;

stories! {
    both: nothing_tells_who_has_an_account,
        a_letter_that_cannot_be_written_keeps_no_other_waiting,
        an_invitation_opens_once_and_looking_does_not_use_it_up,
        a_reset_ends_the_other_log_ins_and_links,
        a_link_ends_by_itself,
        a_new_password_ends_the_other_log_ins,
        many_wrong_passwords_at_once_all_count,
        a_suspended_account_is_shut_out;
    sqlite: a_reset_says_the_same_to_everybody_and_writes_three_letters_at_most,
        a_weak_password_is_refused_with_its_reason,
        a_log_in_makes_a_new_secret_and_ends_the_one_it_replaces,
        a_device_that_one_does_not_know_is_ended,
        the_language_follows_the_reader,
        the_first_administrator_comes_from_the_command;
}

const NEW: &str = "quatre chevaux verts au galop";

/// The path of the last link to a password that was written to an address.
fn link_to(town: &Town, email: &str) -> String {
    let letters = town.letters_to(email);
    let body = &letters.last().expect("a letter").text_body;
    let start = body.find("/acces/").unwrap_or_else(|| panic!("no link in {body}"));
    body[start..].split_whitespace().next().unwrap().to_owned()
}

fn tries(who: &Person, email: &str, password: &str) -> u16 {
    who.post("/connexion", &[("email", email), ("password", password)]).status
}

fn an_invitation_opens_once_and_looking_does_not_use_it_up(database: &Database) {
    let town = Town::new(database);
    town.member("ana@parcours.example", Role::Administrator, None);
    let ana = town.log_in("ana@parcours.example");
    let form = [
        ("name", "Zoé Noël"),
        ("email", "zoe@parcours.example"),
        ("role", "administrator"),
        ("langue", "fr"),
    ];
    ana.does("/membres", &form).is(200).sees("Zoé Noël").sees("Invitation envoyée");
    let link = link_to(&town, "zoe@parcours.example");
    for _ in 0..3 {
        town.visitor().get(&link).is(200).sees("Bonjour Zoé Noël");
    }
    let zoe = town.visitor();
    let page = zoe.post(&link, &[("password", NEW)]);
    assert_eq!(page.is(303).leads_to(), "/accueil");
    zoe.get("/compte").is(200).sees("zoe@parcours.example").sees("Administration");
    town.visitor().get(&link).is(404).sees("Demander un nouveau lien");
    town.visitor().post(&link, &[("password", "cinq ânes gris au repos")]).is(404);
    assert_eq!(tries(&town.visitor(), "zoe@parcours.example", NEW), 303);
    town.the_journal_holds();
}

fn a_reset_ends_the_other_log_ins_and_links(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let elsewhere = town.log_in("lou@acme.example");
    let lou = town.visitor();
    lou.does("/mot-de-passe", &[("email", " Lou@Acme.example ")]).is(200).sees("Si un compte existe");
    let first = link_to(&town, "lou@acme.example");
    lou.post("/mot-de-passe", &[("email", "lou@acme.example")]).is(303);
    let second = link_to(&town, "lou@acme.example");
    assert_ne!(first, second);
    lou.post(&second, &[("password", NEW)]).is(303);
    lou.get("/compte").is(200);
    elsewhere.get("/compte").is(303);
    town.visitor().get(&first).is(404);
    assert_eq!(tries(&town.visitor(), "lou@acme.example", PASSWORD), 422);
    assert_eq!(tries(&town.visitor(), "lou@acme.example", NEW), 303);
}

fn a_link_ends_by_itself(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    town.visitor().post("/mot-de-passe", &[("email", "lou@acme.example")]).is(303);
    let link = link_to(&town, "lou@acme.example");
    town.hours_pass(1);
    town.visitor().get(&link).is(200);
    town.hours_pass(1);
    town.visitor().get(&link).is(404);
    town.visitor().post(&link, &[("password", NEW)]).is(404);
}

fn a_new_password_ends_the_other_log_ins(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let (here, there) = (town.log_in("lou@acme.example"), town.log_in("lou@acme.example"));
    let change = |current: &str, new: &str| {
        here.post("/compte/mot-de-passe", &[("current", current), ("password", new)])
    };
    change("autre chose", NEW).is(422).sees("Le mot de passe actuel n’est pas le bon");
    change(PASSWORD, "court").is(422).sees("au moins 12 caractères");
    there.get("/compte").is(200);
    change(PASSWORD, NEW).is(303);
    here.get("/compte").is(200);
    there.get("/compte").is(303);
    assert_eq!(tries(&town.visitor(), "lou@acme.example", NEW), 303);
}

fn many_wrong_passwords_at_once_all_count(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let looked_at = std::thread::scope(|scope| {
        let tries = (0..16).map(|number| {
            let town = &town;
            scope.spawn(move || tries(&town.visitor(), "lou@acme.example", &format!("essai {number}")))
        });
        let tries: Vec<_> = tries.collect();
        tries.into_iter().map(|one| one.join().unwrap()).filter(|status| *status == 422).count()
    });
    assert!((5..=8).contains(&looked_at), "{looked_at} passwords were looked at");
    assert_eq!(tries(&town.visitor(), "lou@acme.example", PASSWORD), 429);
}

fn a_suspended_account_is_shut_out(database: &Database) {
    let town = Town::new(database);
    town.member("ana@parcours.example", Role::Administrator, None);
    let id = town.account("lou.carpentier@acme.example", None);
    let (ana, lou) = (town.log_in("ana@parcours.example"), town.log_in("lou.carpentier@acme.example"));
    ana.get("/comptes?q=lou")
        .is(200)
        .sees("lou.carpentier@acme.example")
        .does_not_see("ana@parcours.example");
    ana.get("/comptes?q=LOU+Carp").sees("lou.carpentier@acme.example");
    ana.get("/comptes?q=zzz").is(200).sees("Aucun compte ne commence ainsi");
    ana.does(&format!("/comptes/{id}/suspension"), &[]).sees("est suspendu");
    lou.get("/compte").is(303);
    assert_eq!(tries(&town.visitor(), "lou.carpentier@acme.example", PASSWORD), 422);
    town.visitor().post("/mot-de-passe", &[("email", "lou.carpentier@acme.example")]).is(303);
    assert!(town.letters_to("lou.carpentier@acme.example").is_empty());
    ana.does(&format!("/comptes/{id}/reouverture"), &[]).sees("est rouvert");
    assert_eq!(tries(&town.visitor(), "lou.carpentier@acme.example", PASSWORD), 303);
    let own = ana.get("/comptes").text();
    assert!(own.contains("vous"), "{own}");
    town.the_journal_holds();
}

fn a_reset_says_the_same_to_everybody_and_writes_three_letters_at_most(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let asks = |email| town.visitor().does("/mot-de-passe", &[("email", email)]);
    assert_eq!(asks("lou@acme.example").text(), asks("mia@acme.example").text());
    for _ in 0..5 {
        asks("lou@acme.example").is(200).sees("Si un compte existe");
    }
    assert_eq!(town.letters_to("lou@acme.example").len(), 3);
    assert!(town.letters_to("mia@acme.example").is_empty());
    town.visitor().post("/mot-de-passe", &[("email", "lou")]).is(422).sees("nom@entreprise.example");
}

fn a_letter_that_cannot_be_written_keeps_no_other_waiting(database: &Database) {
    let town = Town::new(database);
    let asks = |email: &str| town.visitor().post("/mot-de-passe", &[("email", email)]).is(303).leads_to();
    for number in 0..30 {
        let email = format!("broken{number}@acme.example");
        town.account(&email, None);
        asks(&email);
    }
    let run = |statement: &str| {
        let work =
            |conn: &mut store::Conn| Ok::<_, store::Error>(diesel::sql_query(statement).execute(conn)?);
        town.store().write(work).unwrap();
    };
    run("INSERT INTO languages VALUES ('xx')");
    run("UPDATE accounts SET language = 'xx' WHERE email LIKE 'broken%'");
    town.account("lou@acme.example", None);
    asks("lou@acme.example");
    assert!(look(&town.house, &Stop::default()).is_err());
    run("UPDATE accounts SET language = 'fr' WHERE email LIKE 'broken%'");
    let told: Vec<_> = town.letters().into_iter().map(|letter| letter.to_email).collect();
    assert_eq!((told.first().map(String::as_str), told.len()), (Some("lou@acme.example"), 31));
}

fn nothing_tells_who_has_an_account(database: &Database) {
    let town = Town::new(database);
    for number in 0..510 {
        town.account(&format!("lou{number}@acme.example"), None);
    }
    let asks = |who: &str, number: usize| {
        let email = format!("{who}{number}@acme.example");
        town.visitor().post("/mot-de-passe", &[("email", &email)])
    };
    are_answered_alike(database, |number| asks("lou", number), |number| asks("mia", number));
    assert_eq!(town.letters_to("lou1@acme.example").len(), 1);
    assert!(town.letters_to("mia1@acme.example").is_empty());
}

fn a_weak_password_is_refused_with_its_reason(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    town.visitor().post("/mot-de-passe", &[("email", "lou@acme.example")]).is(303);
    let link = link_to(&town, "lou@acme.example");
    let lou = town.visitor();
    lou.post(&link, &[("password", "court")]).is(422).sees("au moins 12 caractères");
    lou.post(&link, &[("password", "MotDePasse2026!")]).is(422).sees("se devine trop facilement");
    lou.post(&link, &[("password", NEW)]).is(303);
}

fn a_log_in_makes_a_new_secret_and_ends_the_one_it_replaces(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let form = [("email", "lou@acme.example"), ("password", PASSWORD)];
    // A cookie that somebody planted is not taken over.
    let planted = town.visitor().post_from("/connexion", ("Cookie", "parcours=plante"), &form);
    let cookie = planted.is(303).header("set-cookie").to_owned();
    assert!(cookie.starts_with("parcours=") && !cookie.contains("plante"), "{cookie}");
    let lou = town.visitor();
    let first = lou.post("/connexion", &form).header("set-cookie").to_owned();
    let second = lou.post("/connexion", &form).header("set-cookie").to_owned();
    assert_ne!(first, second);
    let stolen = first.split(';').next().unwrap();
    let page = town.visitor().post_from("/compte/connexions/fin", ("Cookie", stolen), &[]);
    assert!(page.is(303).leads_to().starts_with("/connexion"), "{}", page.leads_to());
}

fn a_device_that_one_does_not_know_is_ended(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let (lou, thief) = (town.log_in("lou@acme.example"), town.log_in("lou@acme.example"));
    let page = lou.get("/compte");
    page.is(200).sees("celle-ci");
    assert!(page.queries() <= 8, "{}", page.queries());
    lou.does(&page.address_of("/compte/connexions/"), &[]).sees("La connexion est fermée");
    thief.get("/compte").is(303);
    lou.get("/compte").is(200);
    // Another's is not found.
    town.account("mia@acme.example", None);
    let mia = town.log_in("mia@acme.example");
    let third = town.log_in("lou@acme.example");
    let number = lou.get("/compte").address_of("/compte/connexions/");
    mia.post(&number, &[]).is(404);
    lou.does("/compte/connexions/fin", &[]).sees("Vos autres connexions sont fermées");
    third.get("/compte").is(303);
}

fn the_language_follows_the_reader(database: &Database) {
    let town = Town::new(database);
    let visitor = town.visitor();
    visitor.get("/connexion").sees("Mot de passe");
    let page = visitor.post("/langue", &[("langue", "en"), ("suite", "/connexion")]);
    assert_eq!(page.is(303).leads_to(), "/connexion");
    visitor.get("/connexion").sees("Good to see you again");
    let away = visitor.post("/langue", &[("langue", "en"), ("suite", "https://ailleurs.example/")]);
    assert_eq!(away.is(303).leads_to(), "/accueil");
    visitor.post("/langue", &[("langue", "xx")]).is(400);
    town.account("lou@acme.example", None);
    let lou = town.log_in("lou@acme.example");
    lou.get("/compte").sees("Votre compte");
    lou.does("/langue", &[("langue", "en"), ("suite", "/compte")]).sees("Your account");
    town.log_in("lou@acme.example").get("/compte").sees("Your account");
    lou.does("/compte", &[("name", "Lou  Carpentier"), ("langue", "fr")])
        .sees("Votre compte")
        .sees("Lou Carpentier");
    lou.post("/compte", &[("name", " "), ("langue", "fr")]).is(422).sees("120 caractères au plus");
}

fn the_first_administrator_comes_from_the_command(database: &Database) {
    let town = Town::new(database);
    let email = "ana@parcours.example".parse().unwrap();
    let path = |link: String| link.strip_prefix(&town.address()).unwrap().to_owned();
    let first = path(actions::members::create_administrator(&town.house, &email).unwrap());
    let second = path(actions::members::create_administrator(&town.house, &email).unwrap());
    let ana = town.visitor();
    ana.get(&first).is(404);
    ana.post(&second, &[("password", NEW)]).is(303);
    ana.get("/comptes").is(200).sees("ana@parcours.example");
    let again = actions::members::create_administrator(&town.house, &email).unwrap_err().to_string();
    assert_eq!(again, "this account is open already");
    town.the_journal_holds();
}
