//! Everybody walks through the demonstration from their home page, over every link that leads to another kind of page,
//! or to a row in another state, and sends the forms that they meet with nothing in them. No page may stick out of a
//! telephone, and none may be against axe-core or vnu.

use super::Browser;
use super::driver::{DESK, PHONE};
use crate::harness::{Database, stories};
use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

stories! {
    chromium: those_who_run_the_programme,
        those_who_train,
        those_who_certify_and_control,
        those_who_learn_and_who_send_them,
        whoever_comes_along,
        whoever_is_asked_what_they_think,
        whoever_reads_english,
        whoever_sends_a_list,
        whoever_sends_what_they_may_not;
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
    for start in ["/", "/nulle-part", "/acces/un-lien-qui-ne-mene-nulle-part"] {
        walk.from(start);
    }
    walk.ends();
}

/// By the link of a letter, without an account.
fn whoever_is_asked_what_they_think(database: &Database) {
    let demonstration = Demonstration::start(database);
    let mut walk = Walk::new(&demonstration);
    walk.browser.open("/demo/courrier");
    let found = walk.browser.eval(OPEN_SURVEY);
    let link = found.as_str().expect("a letter with an open survey").to_owned();
    walk.from(&link);
    walk.browser.open(&link);
    walk.sends_nothing(&link);
    walk.browser.eval("document.querySelector('main input[type=radio]').focus()");
    walk.browser.press("ArrowRight");
    walk.browser.press("Enter");
    walk.browser.sees("Vous avez répondu, merci");
    walk.look();
    walk.ends();
}

/// Looks through the captured letters, the last one first, for the link of a survey that is still open.
const OPEN_SURVEY: &str = "
    const read = (path) => {
        const request = new XMLHttpRequest();
        request.open('GET', path, false);
        request.send();
        return request.responseText;
    };
    const last = Math.max(...[...document.links].map((link) => Number(link.pathname.match(/courrier\\/(\\d+)$/)?.[1] ?? 0)));
    for (let letter = last; letter > 0; letter--) {
        const link = read(`/demo/courrier/${letter}`).match(/\\/enquetes\\/[\\w-]+/)?.[0];
        if (link && read(link).includes('<textarea')) return link;
    }
    return null;";

fn whoever_reads_english(database: &Database) {
    let demonstration = Demonstration::start(database);
    let mut walk = Walk::new(&demonstration);
    walk.browser.open("/");
    walk.browser.click("English");
    walk.browser.sees("Open sessions");
    walk.from("/");
    walk.log_in(&demonstration, "training_manager", ["E-mail address", "Password"]);
    walk.from("/accueil");
    walk.ends();
}

/// A list of which the columns are guessed, and in which each kind of line stands: no link leads to what is read of it.
fn whoever_sends_a_list(database: &Database) {
    let demonstration = Demonstration::start(database);
    let mut walk = Walk::new(&demonstration);
    walk.log_in(&demonstration, "employer", ["Adresse électronique", "Mot de passe"]);
    walk.browser.open("/salaries/import");
    walk.browser.eval(
        "document.querySelector('[name=lignes]').value = 'Vorname\\tNachname\\tKontakt\\n'
            + 'Élodie\\tDelmotte\\tautre@verrerie-canaux.example\\nMia\\t=Roy\\tmia@verrerie-canaux.example';
        document.querySelector('main form').submit();",
    );
    walk.browser.sees("Ce que contient chaque colonne");
    walk.browser.sees("C’est la même personne");
    walk.look();
    walk.ends();
}

/// A form that the funder was never shown, and whose address somebody may know.
fn whoever_sends_what_they_may_not(database: &Database) {
    let demonstration = Demonstration::start(database);
    let mut walk = Walk::new(&demonstration);
    walk.log_in(&demonstration, "funder", ["Adresse électronique", "Mot de passe"]);
    walk.browser.eval(
        "const form = document.createElement('form');
        form.method = 'post'; form.action = '/sessions/1/cloture';
        document.body.append(form); form.submit();",
    );
    walk.answers_with(403, "/sessions/1/cloture");
    walk.ends();
}

fn everyone_walks(database: &Database, roles: &[&str]) {
    let demonstration = Demonstration::start(database);
    for role in roles {
        let mut walk = Walk::new(&demonstration);
        walk.log_in(&demonstration, role, ["Adresse électronique", "Mot de passe"]);
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

/// Forms that nobody can send empty.
const FORMS: &[&str] = &[
    "/connexion",
    "/compte",
    "/compte/courrier",
    "/entreprises/#/membres/nouveau",
    "/entreprises/#/modification",
    "/entreprises/nouvelle",
    "/formations/#",
    "/formations/#/questions/#",
    "/formations/#/questions/nouvelle",
    "/formations/nouvelle",
    "/inscriptions/#/annulation",
    "/membres/nouveau",
    "/mes-enquetes/#",
    "/programmes/nouveau",
    "/salaries/#",
    "/salaries/#/depart",
    "/salaries/import",
    "/salaries/nouveau",
    "/sessions/#/annulation",
    "/sessions/#/inscription",
    "/sessions/#/plan",
    "/sessions/#/reservations",
    "/sessions/nouvelle",
];

/// One person’s way through the house.
struct Walk {
    browser: Browser,
    logged_in: bool,
    /// The kinds of pages that were seen: an address without its numbers, and the state of the row it was linked from.
    seen: BTreeSet<String>,
    faults: Vec<String>,
}

impl Walk {
    fn new(demonstration: &Demonstration) -> Self {
        let browser = Browser::new(&demonstration.address);
        Self { browser, logged_in: false, seen: BTreeSet::new(), faults: Vec::new() }
    }

    fn log_in(&mut self, demonstration: &Demonstration, role: &str, fields: [&str; 2]) {
        let (email, password) = demonstration.account(role);
        self.browser.open("/connexion");
        self.browser.fill(fields[0], email);
        self.browser.fill(fields[1], password);
        self.browser.press("Enter");
        self.browser.arrives_at("/accueil");
        self.logged_in = true;
        self.seen.clear();
    }

    fn from(&mut self, start: &str) {
        let mut ahead = VecDeque::from([start.to_owned()]);
        while let Some(address) = ahead.pop_front() {
            self.browser.open(&address);
            self.look();
            let links = self.browser.eval(LINKS);
            for link in links.as_array().map(Vec::as_slice).unwrap_or_default() {
                let [Some(kind), Some(address)] = [0, 1].map(|at| link[at].as_str()) else { continue };
                // The captured letters are the same for all.
                let is_known = self.logged_in && address.starts_with("/demo/");
                if !is_known && self.seen.insert(kind.to_owned()) {
                    ahead.push_back(address.to_owned());
                }
            }
            let path = address.split('?').next().unwrap_or_default();
            let path = path.split('/').map(|piece| if piece.parse::<i64>().is_ok() { "#" } else { piece });
            let path = path.collect::<Vec<_>>().join("/");
            if FORMS.contains(&path.as_str()) && self.seen.insert(format!("{path} refused")) {
                self.sends_nothing(&address);
            }
        }
    }

    fn sends_nothing(&mut self, address: &str) {
        let form = "const form = document.querySelector('main form[method=post]:has(input[required], [name=jour], textarea, [name=titre])')
                ?? document.querySelector('main form[method=post]');
            if (!form) return false;
            for (const field of form.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox]), textarea')) field.value = '';
            form.noValidate = true;
            form.requestSubmit();
            return true;";
        // Some may read and not write.
        if self.browser.eval(form) == true {
            self.answers_with(422, address);
        }
    }

    fn answers_with(&mut self, wanted: u16, address: &str) {
        let status = "return document.readyState === 'complete'
            ? performance.getEntriesByType('navigation')[0].responseStatus : 0";
        let came = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            self.browser.eval(status) == wanted
        });
        if came {
            self.look();
        } else {
            let status = self.browser.eval(status);
            self.faults
                .push(format!("{address} answers with {status}, not {wanted}: {}", self.browser.text()));
        }
    }

    fn look(&mut self) {
        self.browser.size(PHONE.0, PHONE.1);
        let wide = self.browser.sticks_out();
        if !wide.is_empty() {
            self.faults.push(format!("{}, on a telephone: {wide}", self.browser.address()));
        }
        self.browser.size(DESK.0, DESK.1);
        self.faults.extend(self.browser.faults());
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
