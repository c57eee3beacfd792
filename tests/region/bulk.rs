//! A hundred thousand rows in and out, beside what the database takes for the same.

use crate::database::Database;
use crate::floor;
use crate::program::{Account, Program, Server};
use crate::roll;
use crate::{client, scratch};
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

const ROWS: usize = 100_000;
/// Downloads at the same time, at last.
const READERS: usize = 16;

pub struct Bulk<'a> {
    pub program: &'a Program,
    pub employer: &'a Account,
}

impl Bulk<'_> {
    /// The list in and out again.
    pub fn measure(&self, server: &Server) {
        head();
        self.import();
        self.export(server);
        println!();
    }

    fn database(&self) -> Database {
        Database { url: self.program.database_url.clone() }
    }

    fn company(&self) -> i64 {
        let email = &self.employer.email;
        let question = format!(
            "SELECT m.organisation_id AS said FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE a.email = '{email}'"
        );
        self.database().number(&question)
    }

    /// The command, from its start to its end, beside the database's own load of rows of the same shape into the
    /// same tables.
    fn import(&self) {
        let url = &self.program.database_url;
        let company = self.company();
        let other = self.database().number(&format!(
            "SELECT max(company_id) AS said FROM employments WHERE company_id <> {company}"
        ));
        let own = floor::bulk(url, other, &roll::colleagues('x', ROWS));
        let siret =
            self.database().text(&format!("SELECT siret AS said FROM organisations WHERE id = {company}"));
        let file = scratch::folder().join("list.csv");
        fs::write(&file, roll::table(&roll::colleagues('y', ROWS))).unwrap();
        let began = Instant::now();
        let said = self.program.run(&["import", "employees", "--company", &siret, file.to_str().unwrap()]);
        let took = began.elapsed();
        assert!(said.starts_with(&format!("{ROWS} added")), "{said}");
        let times = took.as_secs_f64() / own.as_secs_f64();
        told(
            "import 100,000 employees",
            took,
            ROWS,
            &format!("{times:.1} × the database’s own load ({:.1} s)", own.as_secs_f64()),
            "–",
        );
    }

    /// The company's list as a file: by one reader, then by many at once.
    fn export(&self, server: &Server) {
        let cookie = client::log_in(server.address, &self.employer.email, &self.employer.password);
        let request = client::get("/salaries/export.csv", &cookie);
        let (own, rows) = floor::reading(&self.program.database_url, self.company());
        server.forget_peak();
        let one = |request: &[u8]| {
            let answer = client::ask(server.address, request).unwrap();
            assert_eq!(answer.status, 200, "{}", answer.head);
            let lines = answer.text().lines().count();
            assert!(lines > ROWS, "{lines} lines");
        };
        let began = Instant::now();
        one(&request);
        let took = began.elapsed();
        let times = took.as_secs_f64() / own.as_secs_f64();
        told(
            "export 100,000 employees",
            took,
            rows,
            &format!("{times:.1} × the database’s own reading ({:.1} s)", own.as_secs_f64()),
            &server.peak().to_string(),
        );
        server.forget_peak();
        let began = Instant::now();
        thread::scope(|scope| {
            for _ in 0..READERS {
                scope.spawn(|| one(&request));
            }
        });
        told(
            &format!("{READERS} such exports at once"),
            began.elapsed(),
            rows * READERS,
            "–",
            &server.peak().to_string(),
        );
    }
}

pub fn head() {
    println!("| work | took | a second | beside | peak MB |");
    println!("|---|--:|--:|--:|--:|");
}

pub fn told(work: &str, took: Duration, many: usize, beside: &str, peak: &str) {
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = many as f64 / took.as_secs_f64();
    println!("| {work} | {:.1} s | {rate:.0} | {beside} | {peak} |", took.as_secs_f64());
}
