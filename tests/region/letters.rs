//! Letters to a mail server that takes all, beside what the database commits by itself.

use crate::bulk;
use crate::database::Database;
use crate::floor;
use crate::mail_server::MailServer;
use crate::program::Program;
use std::thread;
use std::time::{Duration, Instant};

const LETTERS: usize = 10_000;

/// Letters that left already are made due again; a server's own courier carries them.
pub fn measure(program: &Program) {
    let database = Database { url: program.database_url.clone() };
    let again = format!(
        "UPDATE outbox SET sent_at = NULL, given_up_at = NULL, attempts = 0, due_at = '2000-01-01 00:00:00', last_error = NULL
         WHERE id IN (SELECT id FROM outbox WHERE NOT secret ORDER BY id DESC LIMIT {LETTERS})"
    );
    let due = database.change(&again);
    let mail = MailServer::new();
    let server = program.serve_with(&[("PARCOURS_SMTP_URL", &mail.url())]);
    let until = |many: usize, patience: Duration| {
        let began = Instant::now();
        while mail.count() < many {
            assert!(began.elapsed() < patience, "{} of {due} letters left", mail.count());
            thread::sleep(Duration::from_millis(5));
        }
        began.elapsed()
    };
    until(1, Duration::from_mins(1));
    let took = until(due, Duration::from_mins(20));
    let floor = floor::commits(&database.url);
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let share = due as f64 / took.as_secs_f64() / floor * 100.0;
    bulk::head();
    bulk::told(
        &format!("send {due} letters"),
        took,
        due,
        &format!("{share:.1} % of the database’s commits ({floor:.0} a second)"),
        &server.peak().to_string(),
    );
    println!();
}
