//! Everybody walks through the demonstration from their home page, over every link that leads to another kind of page,
//! or to a row in another state. No page may stick out of a telephone, and none may be against axe-core or vnu.

use super::Browser;
use super::driver::{DESK, PHONE};
use crate::harness::{Database, stories};
use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

stories! {
    chromium: those_who_run_the_programme,
        those_who_train,
        those_who_certify_and_control,
        those_who_learn_and_who_send_them,
        whoever_comes_along;
}

fn those_who_run_the_programme(database: &Database) {
    everyone_walks(database, &["administrator", "operator", "funder"]);
}

fn those_who_train(database: &Database) {
    everyone_walks(database, &["training_manager", "trainer"]);
}

fn those_who_certify_and_control(database: &Database) {
    everyone_walks(database, &["certifier", "juror", "auditor"]);
}

fn those_who_learn_and_who_send_them(database: &Database) {
    everyone_walks(database, &["employer", "trainee"]);
}

fn whoever_comes_along(database: &Database) {
    let demonstration = Demonstration::start(database);
    let mut walk = Walk::new(&demonstration);
    walk.from("/");
    walk.from("/nulle-part");
    walk.from("/acces/un-lien-qui-ne-va-nulle-part");
    walk.browser.open("/");
    walk.browser.click("English");
    walk.seen.clear();
    walk.from("/");
    walk.ends();
}

fn everyone_walks(database: &Database, roles: &[&str]) {
    let demonstration = Demonstration::start(database);
    for role in roles {
        let mut walk = Walk::new(&demonstration);
        let (email, password) = demonstration.account(role);
        walk.browser.open("/connexion");
        walk.browser.fill("Adresse électronique", email);
        walk.browser.fill("Mot de passe", password);
        walk.browser.press("Enter");
        walk.browser.arrives_at("/accueil");
        walk.from("/accueil");
        walk.ends();
    }
}

/// `parcours demo`, as one starts it.
struct Demonstration {
    server: Child,
    address: String,
    /// Role, e-mail, password.
    accounts: Vec<[String; 3]>,
}

impl Demonstration {
    fn start(database: &Database) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_parcours"))
            .args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"])
            .current_dir(&database.folder)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut accounts = Vec::new();
        let address = lines.find_map(|line| {
            let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
            accounts.extend(<[String; 3]>::try_from(columns));
            line.strip_prefix("ready ").map(str::to_owned)
        });
        Self { server, address: address.expect("the demonstration is ready"), accounts }
    }

    fn account(&self, role: &str) -> (&str, &str) {
        let [_, email, password] = self.accounts.iter().find(|[of, ..]| of == role).expect("an account");
        (email, password)
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// One person's way through the house.
struct Walk {
    browser: Browser,
    /// The kinds of pages that were seen: an address without its numbers, and the state of the row it was linked from.
    seen: BTreeSet<String>,
    faults: Vec<String>,
}

impl Walk {
    fn new(demonstration: &Demonstration) -> Self {
        Self { browser: Browser::new(&demonstration.address), seen: BTreeSet::new(), faults: Vec::new() }
    }

    fn from(&mut self, start: &str) {
        let mut ahead = VecDeque::from([start.to_owned()]);
        while let Some(address) = ahead.pop_front() {
            self.browser.size(PHONE.0, PHONE.1);
            self.browser.open(&address);
            let wide = self.browser.sticks_out();
            if !wide.is_empty() {
                self.faults.push(format!("{address}, at 360 px: {wide}"));
            }
            self.browser.size(DESK.0, DESK.1);
            self.faults.extend(self.browser.faults());
            let links = self.browser.eval(LINKS);
            for link in links.as_array().map(Vec::as_slice).unwrap_or_default() {
                let [Some(kind), Some(address)] = [0, 1].map(|at| link[at].as_str()) else { continue };
                if self.seen.insert(kind.to_owned()) {
                    ahead.push_back(address.to_owned());
                }
            }
        }
    }

    fn ends(self) {
        if !self.faults.is_empty() {
            self.browser.fail(&self.faults.join("\n"));
        }
    }
}

/// The pages of the house that this one leads to, each with its kind. Files are downloaded, not shown.
const LINKS: &str = "return [...document.links]
    .filter((link) => link.origin === location.origin && !link.hasAttribute('download'))
    .filter((link) => !/\\.(ics|csv|eml)$/.test(link.pathname))
    .map((link) => {
        const path = link.pathname.replace(/\\d+/g, '#');
        const named = ([key, value]) => (/^[a-z_]{1,20}$/.test(value) ? `${key}=${value}` : key);
        const query = [...new URLSearchParams(link.search)].map(named).join('&');
        const state = link.closest('tr, li')?.querySelector('.mark')?.textContent.replace(/\\d+/g, '#') ?? '';
        return [`${path} ${query} ${state}`, link.pathname + link.search];
    })";
