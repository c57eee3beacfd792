//! What somebody reads who watches over an installation: figures for a monitor, and lines of a log that name nobody.

use crate::harness::{Database, stories};
use crate::mail_server::MailServer;
use crate::town::{Town, everything};
use crate::whoever_runs_it::{Server, ask, free_address, parcours};
use domain::access::Role;
use std::thread;
use std::time::{Duration, Instant};
use store::{Store, outbox};
use ureq::Agent;

stories! {
    sqlite: the_metrics_have_a_listener_of_their_own,
        the_metrics_tell_of_what_goes_on_beside;
    both: the_log_names_nobody;
}

fn the_metrics_have_a_listener_of_their_own(database: &Database) {
    let (address, metrics) = (free_address(), free_address());
    let mut serve = parcours(database, &["serve"]);
    serve.env("PARCOURS_LISTEN", &address).env("PARCOURS_METRICS_LISTEN", &metrics);
    let server = Server::start(serve);
    assert_eq!(ask(&format!("http://{address}/connexion")).0, 200);
    let (status, text) = ask(&format!("http://{metrics}/metrics"));
    assert_eq!(status, 200);
    for line in [
        "parcours_requests_total{status=\"2xx\"} 1",
        "parcours_request_seconds_bucket{le=\"+Inf\"} 1",
        "parcours_request_seconds_count 1",
        "parcours_outbox_due 0",
        "# TYPE parcours_database_connections_in_use gauge",
    ] {
        assert!(text.lines().any(|one| one == line), "« {line} » is not in\n{text}");
    }
    assert_eq!(ask(&format!("http://{address}/metrics")).0, 404);
    assert_eq!(server.stop(), 0);
}

/// Asks until it is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

fn the_metrics_tell_of_what_goes_on_beside(database: &Database) {
    let town = Town::new(database);
    town.member("mia@verrerie.example", Role::Administrator, None);
    drop(town);
    let address = free_address();
    let mut serve = parcours(database, &["serve"]);
    serve.env("PARCOURS_LISTEN", &address).env("PARCOURS_SMTP_URL", "smtp://127.0.0.1:9");
    let server = Server::start(serve);
    let told = |name: &str| {
        let (_, text) = ask(&format!("http://{address}/metrics"));
        let line =
            text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse::<u64>().ok());
        line.unwrap_or_else(|| panic!("« {name} » is not in\n{text}"))
    };
    until("both worked once", || {
        ["courier", "rounds"].iter().all(|job| told(&format!("parcours_job_done_total{{job=\"{job}\"}}")) > 0)
    });
    assert!(told("parcours_job_last_done_timestamp_seconds{job=\"courier\"}") > 1_700_000_000);
    assert_eq!(told("parcours_job_failed_total{job=\"rounds\"}"), 0);
    // No mail server is there: a letter that failed still waits, and its age grows.
    assert_eq!(told("parcours_outbox_due"), 0);
    let agent: Agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let email = [("email", "mia@verrerie.example")];
    agent.post(format!("http://{address}/mot-de-passe")).send_form(email).unwrap();
    let store = Store::open(&database.url, 1).unwrap();
    let sendings = || store.read(|conn| outbox::list(conn, &everything(), None, None)).unwrap().rows;
    until("it was tried", || sendings().iter().any(|letter| letter.last_error.is_some()));
    assert_eq!(told("parcours_outbox_due"), 1);
    until("it ages", || told("parcours_outbox_oldest_seconds") > 0);
    assert_eq!(server.stop(), 0);
}

/// A mailbox is refused by name, a personal link is asked for, a password is wrong, the database fails: the log says all
/// of it, for machines, and no name, no address, no secret.
fn the_log_names_nobody(database: &Database) {
    let town = Town::new(database);
    town.member("refused.lou@verrerie.example", Role::Administrator, None);
    drop(town);
    let (address, mail) = (free_address(), MailServer::new());
    let mut serve = parcours(database, &["serve"]);
    serve
        .env("PARCOURS_LISTEN", &address)
        .env("PARCOURS_SMTP_URL", mail.url())
        .env("PARCOURS_MAIL_FROM", "parcours@parcours.example")
        .env("PARCOURS_LOG", "debug")
        .env("PARCOURS_LOG_FORMAT", "json");
    let server = Server::start(serve);
    ask(&format!("http://{address}/place/s3cr3t-0f-lou"));
    let agent: Agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let email = ("email", "refused.lou@verrerie.example");
    agent.post(format!("http://{address}/mot-de-passe")).send_form([email]).unwrap();
    agent
        .post(format!("http://{address}/connexion"))
        .send_form([email, ("password", "s3cr3t-w0rd")])
        .unwrap();
    let store = Store::open(&database.url, 1).unwrap();
    let sendings = || store.read(|conn| outbox::list(conn, &everything(), None, None)).unwrap().rows;
    until("the mail server refused it", || sendings().iter().any(|letter| letter.given_up_at.is_some()));
    let (code, log) = server.stop_and_tell();
    assert_eq!(code, 0, "{log}");
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .collect();
    assert!(lines.iter().any(|line| line["fields"]["door"] == "/place/{link}"), "{log}");
    assert!(log.contains("a letter did not leave: the mail server answers 550"), "{log}");
    for private in ["lou", "verrerie", "s3cr3t"] {
        assert!(!log.to_lowercase().contains(private), "« {private} » is in\n{log}");
    }
}
