//! What anybody meets first: is it alive, the log-in page, and what the house refuses at the door.

use crate::harness::{Database, stories};
use crate::town::{PASSWORD, Town};
use domain::access::Role;
use domain::organisations::Capacity;
use store::{self, Store};

stories! {
    both: a_monitor_asks_whether_it_is_alive_and_ready,
        a_page_goes_out_with_the_headers_that_keep_it_safe,
        a_form_from_another_site_is_refused,
        a_page_behind_the_log_in_leads_there_and_back,
        another_site_shows_a_part_but_does_not_keep_it,
        what_only_takes_a_form_is_no_place_to_come_back_to,
        a_wrong_password_says_so_and_keeps_the_address,
        whoever_tries_too_often_waits;
    sqlite: a_head_request_answers_like_a_get_without_its_body,
        what_leads_nowhere_is_a_page_too,
        a_path_says_which_methods_it_answers,
        before_its_migrations_it_is_alive_and_not_ready,
        one_embedded_database_has_one_server;
}

fn a_monitor_asks_whether_it_is_alive_and_ready(database: &Database) {
    let town = Town::new(database);
    let monitor = town.visitor();
    assert_eq!(monitor.get("/livez").is(200).body, "alive\n");
    assert_eq!(monitor.get("/readyz").is(200).body, "ready\n");
}

fn before_its_migrations_it_is_alive_and_not_ready(database: &Database) {
    let empty = database.empty_neighbour();
    let town = Town::new(&empty);
    town.visitor().get("/livez").is(200);
    let page = town.visitor().get("/readyz");
    assert_eq!(page.is(503).body, "the database waits for `parcours migrate`\n");
}

fn a_page_goes_out_with_the_headers_that_keep_it_safe(database: &Database) {
    let town = Town::new(database);
    let page = town.visitor().get("/connexion");
    page.is(200).sees("Mot de passe");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "{policy}");
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.header(header), value, "{header}");
    }
    town.account("lou@acme.example", None);
    let page = town.visitor().post("/connexion", &[("email", "lou@acme.example"), ("password", PASSWORD)]);
    let cookie = page.is(303).header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

fn a_form_from_another_site_is_refused(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let form = [("email", "lou@acme.example"), ("password", PASSWORD)];
    let own = town.address();
    for (header, status) in [
        (("Sec-Fetch-Site", "cross-site"), 403),
        (("Sec-Fetch-Site", "same-site"), 403),
        (("Origin", "https://ailleurs.example"), 403),
        (("Origin", "null"), 403),
        (("Sec-Fetch-Site", "same-origin"), 303),
        (("Origin", own.as_str()), 303),
    ] {
        let page = town.visitor().post_from("/connexion", header, &form);
        assert_eq!(page.status, status, "{header:?}");
    }
}

fn a_page_behind_the_log_in_leads_there_and_back(database: &Database) {
    let town = Town::new(database);
    town.member("ana@parcours.example", Role::Administrator, None);
    let ana = town.visitor();
    let page = ana.get("/accueil?comme=1");
    assert_eq!(page.is(303).leads_to(), "/connexion?suite=%2Faccueil%3Fcomme%3D1");
    let form = [("email", " Ana@Parcours.example "), ("password", PASSWORD), ("suite", "/accueil?comme=1")];
    assert_eq!(ana.post("/connexion", &form).is(303).leads_to(), "/accueil?comme=1");
    for elsewhere in ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example"] {
        let form = [("email", "ana@parcours.example"), ("password", PASSWORD), ("suite", elsewhere)];
        assert_eq!(town.visitor().post("/connexion", &form).is(303).leads_to(), "/accueil");
    }
    ana.get("/accueil").is(200);
    assert_eq!(ana.post("/deconnexion", &[]).is(303).leads_to(), "/");
    ana.get("/accueil").is(303);
}

fn another_site_shows_a_part_but_does_not_keep_it(database: &Database) {
    let town = Town::new(database);
    let account = town.member("ana@parcours.example", Role::Administrator, None);
    let company = town.organisation("Verrerie des Trois Canaux", &[Capacity::Company]);
    let (role, today) = (Role::Employer, town.today());
    let add = |conn: &mut store::Conn| {
        store::accounts::add_membership(conn, account, Some(company), role, today, None)
    };
    let other = format!("/accueil?comme={}", town.store().write(add).unwrap());
    let ana = town.log_in("ana@parcours.example");
    let employer = "Inscrire des salariés";
    ana.get("/accueil").is(200).does_not_see(employer);
    ana.get_from(&other, ("Sec-Fetch-Site", "cross-site")).is(200).sees(employer);
    ana.get("/accueil").does_not_see(employer);
    ana.get_from(&other, ("Sec-Fetch-Site", "same-origin")).is(200).sees(employer);
    ana.get("/accueil").sees(employer);
}

fn what_only_takes_a_form_is_no_place_to_come_back_to(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let visitor = town.visitor();
    assert_eq!(visitor.post("/compte/mot-de-passe", &[]).is(303).leads_to(), "/connexion");
    assert_eq!(visitor.post("/compte", &[]).is(303).leads_to(), "/connexion?suite=%2Fcompte");
    let lou = town.log_in("lou@acme.example");
    let again = lou.post("/compte/mot-de-passe", &[("current", "non"), ("password", "non")]);
    assert!(again.is(422).body.contains("name=\"suite\" value=\"/accueil\""), "{}", again.body);
    let again = lou.post("/compte", &[("name", " "), ("langue", "fr")]);
    assert!(again.is(422).body.contains("name=\"suite\" value=\"/compte\""), "{}", again.body);
}

fn a_wrong_password_says_so_and_keeps_the_address(database: &Database) {
    let town = Town::new(database);
    assert_eq!(town.visitor().get("/connexion").text().matches("Se connecter").count(), 1);
    town.account("lou@acme.example", None);
    let wrong = town.visitor().post("/connexion", &[("email", "lou@acme.example"), ("password", "non")]);
    assert!(wrong.is(422).body.contains("value=\"lou@acme.example\""), "{}", wrong.body);
    let nobody = town.visitor().post("/connexion", &[("email", "mia@acme.example"), ("password", "non")]);
    nobody.is(422);
    assert_eq!(wrong.text(), nobody.text(), "an address that is not known looks like one that is");
}

fn whoever_tries_too_often_waits(database: &Database) {
    let town = Town::new(database);
    town.account("lou@acme.example", None);
    let tries = |password| {
        town.visitor().post("/connexion", &[("email", "lou@acme.example"), ("password", password)])
    };
    let waits = (0..10).find_map(|_| Some(tries("non")).filter(|page| page.status == 429));
    let waits = waits.expect("ten wrong passwords are too many");
    assert!(waits.body.contains("value=\"lou@acme.example\""), "{}", waits.body);
    waits.sees("Mot de passe").does_not_see("Revenir");
    let seconds: i64 = waits.header("retry-after").parse().expect("seconds to wait");
    assert_eq!(tries(PASSWORD).status, 429, "the right one waits as well");
    town.house.clock.advance_minutes(seconds / 60 + 1);
    assert_eq!(tries(PASSWORD).status, 303);
}

fn a_head_request_answers_like_a_get_without_its_body(database: &Database) {
    let town = Town::new(database);
    let (head, get) = (town.visitor().head("/connexion"), town.visitor().get("/connexion"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.bytes.len().to_string());
    assert_eq!(head.header("content-type"), get.header("content-type"));
    town.visitor().head("/nulle-part").is(404);
}

fn what_leads_nowhere_is_a_page_too(database: &Database) {
    let town = Town::new(database);
    let page = town.visitor().get("/nulle-part");
    assert_eq!(page.is(404).header("content-type"), "text/html; charset=utf-8");
}

fn a_path_says_which_methods_it_answers(database: &Database) {
    let town = Town::new(database);
    let visitor = town.visitor();
    for (method, path, allow) in [
        ("POST", "/", "GET, HEAD"),
        ("PUT", "/connexion", "GET, HEAD, POST"),
        ("OPTIONS", "/connexion", "GET, HEAD, POST"),
        ("DELETE", "/sessions/12/publication", "POST"),
        ("GET", "/deconnexion", "POST"),
        ("OPTIONS", "/livez", "GET"),
        ("PUT", "/assets/style.css", "GET"),
    ] {
        let page = visitor.asks(method, path);
        assert_eq!((page.status, page.header("allow")), (405, allow), "{method} {path}");
    }
    visitor.get("/deconnexion").sees("Cette adresse ne répond pas à cela");
    visitor.asks("PUT", "/nulle-part").is(404);
}

fn one_embedded_database_has_one_server(database: &Database) {
    let (one, two) = (Store::open(&database.url, 1).unwrap(), Store::open(&database.url, 1).unwrap());
    let held = one.claim().unwrap();
    let refused = two.claim().expect_err("it is held").to_string();
    assert!(refused.starts_with("another server uses "), "{refused}");
    drop(held);
    two.claim().expect("it is free again");
}
