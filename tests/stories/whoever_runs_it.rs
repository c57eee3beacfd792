//! What somebody does who installs Parcours and keeps it running: the program itself, as they start it.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::{company, siret};
use crate::town::{PASSWORD, Planned, Room, Town};
use diesel::RunQueryDsl as _;
use domain::access::Role;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use store::{self, Store};
use ureq::Agent;

stories! {
    sqlite: the_demonstration_says_who_and_where_and_stops_when_told,
        a_backup_is_taken_while_it_serves_and_restored_when_it_does_not,
        a_lost_key_is_asked_for_and_never_replaced,
        unsafe_settings_are_refused_with_a_sentence,
        a_wrong_word_on_the_command_line_is_told_apart,
        a_server_that_stops_sends_its_proxy_elsewhere_first,
        a_doctor_has_a_line_for_each_check,
        a_command_in_the_wrong_folder_makes_no_database,
        a_log_that_nobody_reads_stops_nothing,
        a_server_without_its_database_stops_at_once,
        a_demonstration_of_other_migrations_begins_afresh;
    both: the_journal_is_verified_from_the_command_line,
        a_journal_that_was_tampered_with_is_named,
        the_first_administrator_is_made_from_the_command_line,
        a_company_brings_its_employees_in_from_the_command_line,
        a_database_of_other_migrations_is_refused;
    postgres: an_older_schema_is_served_as_not_ready_until_it_is_migrated;
}

/// The program with nothing of our own environment that it would listen to, in the story's folder.
pub fn parcours(database: &Database, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parcours"));
    command.args(arguments).current_dir(&database.folder).env_clear();
    command.env("DATABASE_URL", &database.url).stdin(Stdio::null());
    command
}

pub fn done(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (status.code().unwrap_or(-1), text(&stdout), text(&stderr))
}

/// A server that runs; killed when the story ends otherwise.
pub struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Asks it to stop and waits; answers its exit status.
    pub fn stop(self) -> i32 {
        self.stop_and_tell().0
    }

    /// The same, with what it said on standard error. For servers that say little.
    pub fn stop_and_tell(mut self) -> (i32, String) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let said = self.complaint();
        (self.child.wait().unwrap().code().unwrap_or(-1), said)
    }

    fn complaint(&mut self) -> String {
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn free_address() -> String {
    crate::harness::scratch::free_address().to_string()
}

/// The status and the text of an address, asked again until somebody listens there.
#[track_caller]
pub fn ask(url: &str) -> (u16, String) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let began = Instant::now();
    loop {
        match agent.get(url).call() {
            Ok(mut answer) => return (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap()),
            Err(error) => assert!(began.elapsed() < Duration::from_secs(20), "{url}: {error}"),
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn the_demonstration_says_who_and_where_and_stops_when_told(database: &Database) {
    let start = |more: &[&str]| {
        let arguments = [&["demo", "--listen", "127.0.0.1:0", "--data", "demo"], more].concat();
        Server::start(parcours(database, &arguments))
    };
    let mut server = start(&[]);
    let mut accounts = Vec::new();
    let address = loop {
        let mut line = String::new();
        assert!(server.out.read_line(&mut line).unwrap() > 0, "it ended: {}", server.complaint());
        match line.trim_end().strip_prefix("ready ") {
            Some(address) => break address.to_owned(),
            None => accounts.push(line.trim_end().split('\t').map(str::to_owned).collect::<Vec<_>>()),
        }
    };
    assert!(accounts.iter().any(|account| account[0] == "administrator"), "{accounts:?}");
    let agent: Agent =
        Agent::config_builder().max_redirects(0).max_redirects_will_error(false).build().into();
    for account in &accounts {
        let [role, email, password] = account.as_slice() else { panic!("{account:?}") };
        let form = [("email", email.as_str()), ("password", password.as_str())];
        let answer = agent.post(format!("{address}/connexion")).send_form(form).unwrap();
        assert_eq!(answer.status(), 303, "{role} {email}");
    }
    let mut second = start(&[]);
    assert_eq!(second.child.wait().unwrap().code(), Some(1));
    assert_eq!(second.complaint(), "parcours: another server uses demo/parcours.db already\n");
    assert_eq!(server.stop(), 0);
    let mut again = start(&["--fresh"]);
    let mut line = String::new();
    again.out.read_line(&mut line).unwrap();
    assert!(line.contains('\t'), "{line}");
    assert_eq!(again.stop(), 0);
}

fn a_backup_is_taken_while_it_serves_and_restored_when_it_does_not(database: &Database) {
    let address = free_address();
    let mut serve = parcours(database, &["serve"]);
    serve.env("PARCOURS_LISTEN", &address);
    let server = Server::start(serve);
    assert_eq!(ask(&format!("http://{address}/readyz")), (200, "ready\n".to_owned()));

    let (code, said, _) = done(&mut parcours(database, &["backup", "copy.db"]));
    assert_eq!((code, said.as_str()), (0, "copied to copy.db\n"));
    assert!(!database.folder.join("copy.db.partial").exists());
    is_private(&database.folder.join("copy.db"));
    let (code, _, said) = done(&mut parcours(database, &["backup", "copy.db"]));
    assert_eq!((code, said.as_str()), (1, "parcours: copy.db is there already: name a new file\n"));
    let (code, _, said) = done(&mut parcours(database, &["restore", "copy.db"]));
    assert!(code == 1 && said.contains("another server uses"), "{said}");
    assert_eq!(server.stop(), 0);

    // What is done after the copy is gone once it is restored.
    let store = Store::open(&database.url, 1).unwrap();
    store.unmigrate().unwrap();
    drop(store);
    let (code, said, complaint) = done(&mut parcours(database, &["restore", "copy.db"]));
    assert!(code == 0 && said.starts_with("restored; what was there before is "), "{said}{complaint}");
    assert!(Store::open(&database.url, 1).unwrap().is_ready().unwrap());
    is_private(Store::open(&database.url, 1).unwrap().file().unwrap());

    std::fs::write(database.folder.join("letter.txt"), "no database").unwrap();
    let (code, _, said) = done(&mut parcours(database, &["restore", "letter.txt"]));
    assert!(code == 1 && said.contains("letter.txt is no whole database"), "{said}");
    let store = Store::open(&database.url, 1).unwrap();
    assert!(store.is_ready().unwrap(), "the refused file changed nothing");

    // A copy is wanted most before the program that is newer than the database starts.
    let forget = "DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)";
    store.write(|conn| diesel::sql_query(forget).execute(conn).map_err(store::Error::from)).unwrap();
    assert!(!store.is_ready().unwrap());
    let (code, said, _) = done(&mut parcours(database, &["doctor"]));
    assert!(code == 0 && said.contains("which `serve` brings to this version"), "{said}");
    let (code, said, complaint) = done(&mut parcours(database, &["backup", "older.db"]));
    assert_eq!((code, said.as_str()), (0, "copied to older.db\n"), "{complaint}");
    std::fs::write(database.folder.join("empty.db"), "").unwrap();
    let (code, _, said) =
        done(parcours(database, &["backup", "nothing.db"]).env("DATABASE_URL", "sqlite:empty.db"));
    assert!(code == 1 && said.contains("it lacks the tables of a programme"), "{said}");
    assert!(!database.folder.join("nothing.db").exists());
}

fn unsafe_settings_are_refused_with_a_sentence(database: &Database) {
    let (code, _, said) =
        done(parcours(database, &["serve"]).env("PARCOURS_PUBLIC_URL", "http://parcours.example"));
    assert!(code == 1 && said.contains("passwords would travel in the clear"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    std::fs::write(database.folder.join("parcours.toml"), "lisen = \"127.0.0.1:1\"\n").unwrap();
    let (code, _, said) = done(&mut parcours(database, &["serve"]));
    assert!(code == 1 && said.contains("there is no setting « lisen »"), "{said}");
    let secret = "drain_seconds = 3\nsmtp_url = \"smtps://u:geheim@mail.example\n";
    std::fs::write(database.folder.join("parcours.toml"), secret).unwrap();
    let (code, _, said) = done(&mut parcours(database, &["serve"]));
    assert!(code == 1 && said.contains("line 2 is not TOML") && !said.contains("geheim"), "{said}");
}

/// Nobody else on the machine reads a file with people in it.
fn is_private(file: &Path) {
    use std::os::unix::fs::MetadataExt as _;
    assert_eq!(std::fs::metadata(file).unwrap().mode() & 0o077, 0, "{}", file.display());
}

fn a_lost_key_is_asked_for_and_never_replaced(database: &Database) {
    let serve = || {
        let mut serve = parcours(database, &["serve"]);
        let address = free_address();
        serve.env("PARCOURS_LISTEN", &address);
        (serve, format!("http://{address}/readyz"))
    };
    let started = || {
        let (serve, readiness) = serve();
        let server = Server::start(serve);
        assert_eq!(ask(&readiness).0, 200);
        server
    };
    let first = started();
    assert_eq!(done(&mut parcours(database, &["journal", "new-key"])).0, 0);
    assert_eq!(first.stop(), 0);
    let store = Store::open(&database.url, 1).unwrap();
    let key = format!("{}.key", store.file().unwrap().display());
    drop(store);
    let aside = format!("{key}.aside");
    std::fs::rename(&key, &aside).unwrap();
    let (code, _, said) = done(&mut serve().0);
    assert!(code == 1 && said.contains("is missing: put it back"), "{said}");
    assert!(!Path::new(&key).exists(), "a new key would look like the lost one");
    std::fs::rename(&aside, &key).unwrap();
    assert_eq!(started().stop(), 0);
}

fn a_wrong_word_on_the_command_line_is_told_apart(database: &Database) {
    assert_eq!(done(&mut parcours(database, &["srve"])).0, 2);
    assert_eq!(done(&mut parcours(database, &["backup"])).0, 2);
    assert_eq!(done(&mut parcours(database, &["--help"])).0, 0);
}

fn a_server_that_stops_sends_its_proxy_elsewhere_first(database: &Database) {
    let address = free_address();
    let mut serve = parcours(database, &["serve"]);
    serve.env("PARCOURS_LISTEN", &address).env("PARCOURS_DRAIN_SECONDS", "4");
    let server = Server::start(serve);
    let readiness = || ask(&format!("http://{address}/readyz"));
    assert_eq!(readiness(), (200, "ready\n".to_owned()));
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let told = Instant::now();
    while readiness().0 == 200 {
        assert!(told.elapsed() < Duration::from_secs(3), "/readyz still says ready");
    }
    assert_eq!(readiness(), (503, "stopping\n".to_owned()));
    let page = Agent::new_with_defaults().get(format!("http://{address}/connexion")).call().unwrap();
    assert_eq!((page.status().as_u16(), page.headers()["connection"].to_str().unwrap()), (200, "close"));
    assert_eq!(server.stop(), 0);
}

fn a_log_that_nobody_reads_stops_nothing(database: &Database) {
    let address = free_address();
    let mut serve = parcours(database, &["serve"]);
    serve.env("PARCOURS_LISTEN", &address).env("PARCOURS_LOG", "debug");
    let mut server = Server::start(serve);
    drop(server.child.stderr.take());
    for _ in 0..3 {
        assert_eq!(ask(&format!("http://{address}/connexion")).0, 200);
    }
    assert!(Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

fn a_server_without_its_database_stops_at_once(database: &Database) {
    let address = free_address();
    let mut serve = parcours(database, &["serve"]);
    serve.env("PARCOURS_LISTEN", &address).env("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none");
    let server = Server::start(serve);
    assert_eq!(
        ask(&format!("http://{address}/readyz")),
        (503, "the database cannot be reached\n".to_owned())
    );
    let told = Instant::now();
    assert_eq!(server.stop(), 0);
    assert!(told.elapsed() < Duration::from_secs(9), "{:?}", told.elapsed());
}

fn a_doctor_has_a_line_for_each_check(database: &Database) {
    let (code, said, _) = done(&mut parcours(database, &["doctor"]));
    let names: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("ok      ")?.split(':').next()).collect();
    assert_eq!((code, names), (0, vec!["settings", "database", "key", "mail", "clock", "folders"]), "{said}");
    let (code, said, complaint) =
        done(parcours(database, &["doctor"]).env("PARCOURS_SMTP_URL", "smtp://127.0.0.1:9"));
    assert!(code == 1 && said.contains("FAILED  mail: the mail server does not answer"), "{said}");
    assert_eq!(complaint, "parcours: 1 of the checks failed\n");
    let (code, said, _) =
        done(parcours(database, &["doctor"]).env("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none"));
    let broken: Vec<&str> = said.lines().filter(|line| !line.starts_with("ok      ")).collect();
    assert!(code == 1 && broken.len() == 2, "{said}");
    assert!(broken[0].starts_with("FAILED  database: ") && broken[0].contains("127.0.0.1"), "{said}");
    assert!(broken[1].starts_with("FAILED  key: none"), "{said}");
    let (code, said, _) = done(parcours(database, &["doctor"]).env("PARCOURS_LOG", "loud"));
    assert!(code == 1 && said.starts_with("FAILED  settings: ") && said.contains("« loud »"), "{said}");
    // Whoever reads no further has what they wanted.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut cut = parcours(database, &["doctor"]);
    let cut = cut.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let Output { status, stderr, .. } = cut.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8_lossy(&stderr).as_ref()), (Some(0), ""));
}

fn a_command_in_the_wrong_folder_makes_no_database(database: &Database) {
    let elsewhere = database.folder.join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let there = |arguments: &[&str]| {
        done(parcours(database, arguments).current_dir(&elsewhere).env_remove("DATABASE_URL"))
    };
    let file = elsewhere.join("var").join("parcours.db");
    let absent = format!("parcours: there is no database at {}: run `parcours migrate`", file.display());
    for command in [
        &["admin", "create", "ana@parcours.example"][..],
        &["journal", "verify"],
        &["backup", "copy.db"],
        &["certificates", "export", "badges"],
    ] {
        let (code, said, complaint) = there(command);
        assert!(code == 1 && said.is_empty() && complaint.starts_with(&absent), "{command:?}: {complaint}");
    }
    let (code, said, complaint) = there(&["doctor"]);
    assert!(code == 0 && said.contains("ok      database: none yet"), "{said}{complaint}");
    assert!(said.contains(&*file.to_string_lossy()), "{said}");
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0, "nothing was made");
    // On a new machine a copy is put where nothing was.
    assert_eq!(done(&mut parcours(database, &["backup", "copy.db"])).0, 0);
    let copy = database.folder.join("copy.db");
    let (code, said, complaint) = there(&["restore", copy.to_str().unwrap()]);
    assert_eq!((code, said.as_str()), (0, "restored\n"), "{complaint}");
    assert_eq!(there(&["journal", "verify"]).0, 0);
    is_private(&file);
}

fn the_journal_is_verified_from_the_command_line(database: &Database) {
    let (code, said, complaint) = done(&mut parcours(database, &["journal", "verify"]));
    assert_eq!((code, said.as_str()), (0, "0 rows in 0 chains hold, under 0 checkpoints\n"), "{complaint}");
    let empty = database.empty_neighbour();
    let (code, _, said) = done(&mut parcours(&empty, &["journal", "verify"]));
    assert!(code == 1 && said.contains("run `parcours migrate`"), "{said}");
}

fn the_first_administrator_is_made_from_the_command_line(database: &Database) {
    let create = |email: &str| done(&mut parcours(database, &["admin", "create", email]));
    let (code, said, complaint) = create("ana@");
    assert_eq!((code, said.as_str()), (1, ""));
    assert!(complaint.starts_with("parcours: « ana@ » is not an e-mail address"), "{complaint}");

    let path = |said: &str| {
        assert_eq!(said.lines().count(), 1, "{said}");
        let start = said.find("/acces/").unwrap_or_else(|| panic!("no link in {said}"));
        said[start..].trim_end().to_owned()
    };
    let (code, first, complaint) = create("ana@parcours.example");
    assert_eq!(code, 0, "{complaint}");
    // Asked again before it was answered, the command gives a new link; the first is spent.
    let (code, second, _) = create("ana@parcours.example");
    assert_eq!(code, 0);
    let town = Town::new(database);
    let ana = town.visitor();
    ana.get(&path(&first)).is(404);
    ana.post(&path(&second), &[("password", PASSWORD)]).is(303);
    ana.get("/comptes").is(200).sees("ana@parcours.example");
    assert_eq!(town.letters().len(), 0, "the link is on the screen, and in no letter");
    let (code, said, complaint) = create("ana@parcours.example");
    assert_eq!((code, said.as_str()), (1, ""));
    assert_eq!(complaint, "parcours: this account is open already\n");
    town.the_journal_holds();
    drop(town);

    let empty = database.empty_neighbour();
    let (code, _, said) = done(&mut parcours(&empty, &["admin", "create", "ana@parcours.example"]));
    assert!(code == 1 && said.contains("run `parcours migrate`"), "{said}");
}

fn a_company_brings_its_employees_in_from_the_command_line(database: &Database) {
    let number = siret(3);
    let town = Town::new(database);
    let company = company(&town, "Verrerie des Trois Canaux", 3);
    town.member("nadia@verrerie.example", Role::Employer, Some(company));
    std::fs::write(
        database.folder.join("liste.csv"),
        "Nom;Prénom;Adresse électronique\nRoy;Mia;mia@verrerie.example\nDenis;;\n=Caron;Idriss;\nÉlie;Noé;\n",
    )
    .unwrap();
    let import = |siret: &str, file: &str, more: &[&str]| {
        let arguments = [&["import", "employees", "--company", siret, file], more].concat();
        done(&mut parcours(database, &arguments))
    };
    let (code, said, left_out) = import(&number, "liste.csv", &["--dry-run"]);
    let counts = "2 added, 0 changed, 0 back, 0 known already, 2 left out\n";
    assert_eq!((code, said), (0, format!("dry run: {counts}")), "{left_out}");
    let nadia = town.log_in("nadia@verrerie.example");
    nadia.get("/salaries").is(200).sees("Vos salariés seront ici");

    let (code, said, left_out) = import(&number, "liste.csv", &[]);
    assert_eq!((code, said.as_str()), (0, counts));
    let told: Vec<&str> = left_out.lines().collect();
    assert_eq!(told[0], "line 3: The given name is missing.");
    assert!(told[1].starts_with("line 4: Family name: this cell begins with"), "{left_out}");
    nadia.get("/salaries").sees("2 salariés dans votre liste").sees("ROY Mia").sees("ÉLIE Noé");
    // The same file again changes nothing.
    let (code, said, _) = import(&number, "liste.csv", &[]);
    assert_eq!((code, said.as_str()), (0, "0 added, 0 changed, 0 back, 2 known already, 2 left out\n"));
    nadia.get("/salaries").sees("2 salariés dans votre liste");

    let refused = |siret: &str, file: &str, why: &str| {
        let (code, said, complaint) = import(siret, file, &[]);
        assert_eq!((code, said.as_str()), (1, ""), "{complaint}");
        assert!(complaint.starts_with("parcours: ") && complaint.contains(why), "{complaint}");
    };
    refused("12", "liste.csv", "« 12 » is not a SIRET");
    refused(&siret(4), "liste.csv", "no organisation has the SIRET");
    refused(&number, "nowhere.csv", "nowhere.csv cannot be read");
    std::fs::write(database.folder.join("old.xls"), b"\xd0\xcf\x11\xe0 and more").unwrap();
    refused(&number, "old.xls", "old.xls: nothing was written. This workbook is in an old Excel format");
    std::fs::write(database.folder.join("titles.csv"), "Nom;Poste\nRoy;Fours\n").unwrap();
    refused(&number, "titles.csv", "We miss the column “Given name”. Headings found: Nom, Poste.");

    // Longer than what a page takes, with namesakes whom only their numbers tell apart, and one line twice.
    let line = |n: usize| format!("Martin;Jean;;{n:05};01/02/2020\n");
    let lines: String = (0..6000).map(line).collect();
    let list = format!("Nom;Prénom;Adresse électronique;Matricule;Date d’entrée\n{lines}{}", line(17));
    std::fs::write(database.folder.join("long.csv"), list).unwrap();
    let (code, said, left_out) = import(&number, "long.csv", &[]);
    assert_eq!((code, said.as_str()), (0, "6000 added, 0 changed, 0 back, 0 known already, 1 left out\n"));
    assert!(left_out.starts_with("line 6002: ") && left_out.contains("line 19"), "{left_out}");
    nadia.get("/salaries").sees("6\u{202f}002 salariés dans votre liste").sees("MARTIN Jean");
    // Somebody who comes later has a number of their own.
    std::fs::write(database.folder.join("one.csv"), "Nom;Prénom\nSaïdi;Lina\n").unwrap();
    let (code, said, _) = import(&number, "one.csv", &[]);
    assert_eq!((code, said.as_str()), (0, "1 added, 0 changed, 0 back, 0 known already, 0 left out\n"));
    town.the_journal_holds();
}

fn a_journal_that_was_tampered_with_is_named(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let people = room.colleagues(&["Lou", "Malo"]);
    room.enrols(&people);
    room.gives_back(people[0]);
    let verify = || {
        let (code, said, complaint) = done(&mut parcours(database, &["journal", "verify"]));
        (code, format!("{said}{complaint}"))
    };
    let is_broken = |reference: &str, why: &str| {
        let (code, said) = verify();
        assert!(code == 1 && said.contains(reference) && said.contains(why), "{code}: {said}");
    };
    let change = |sql: &str| {
        let write = |conn: &mut store::Conn| Ok::<_, store::Error>(diesel::sql_query(sql).execute(conn)?);
        assert!(room.town.store().write(write).unwrap() > 0, "{sql}");
    };
    assert_eq!(verify().0, 0, "{}", verify().1);
    let [lou, malo] = [people[0], people[1]].map(|one| format!("enrolment:{}", room.enrolment(one)));

    change("UPDATE journal_secrets SET text = 'Une autre raison.'");
    is_broken(&lou, "its reason was altered");
    change("UPDATE journal_secrets SET text = 'Un changement d’équipe.'");
    assert_eq!(verify().0, 0);
    change(&format!("UPDATE journal SET role = 'operator' WHERE reference = '{malo}'"));
    is_broken(&malo, "the row was altered");
    change(&format!("UPDATE journal SET role = 'employer' WHERE reference = '{malo}'"));
    assert_eq!(verify().0, 0);
    change(&format!("DELETE FROM journal WHERE reference = '{malo}'"));
    is_broken(&lou, "a row before this one is missing");
}

fn an_older_schema_is_served_as_not_ready_until_it_is_migrated(database: &Database) {
    let empty = database.empty_neighbour();
    let address = free_address();
    let mut serve = parcours(&empty, &["serve"]);
    serve.env("PARCOURS_LISTEN", &address);
    let server = Server::start(serve);
    assert_eq!(ask(&format!("http://{address}/livez")).0, 200);
    let (status, said) = ask(&format!("http://{address}/readyz"));
    assert!(status == 503 && said.contains("parcours migrate"), "{said}");
    let (code, said, complaint) = done(&mut parcours(&empty, &["migrate"]));
    assert!(
        code == 0 && said.ends_with("migrations run; the database is of this version\n"),
        "{said}{complaint}"
    );
    assert_eq!(ask(&format!("http://{address}/readyz")).0, 200);
    assert_eq!(server.stop(), 0);
}

/// A migration under another name: an older one, or one that came meanwhile.
const RENAMED: [&str; 2] = ["20251201000015", "20261202000015"];

/// What tells a database that this program goes on from: as no program of before wrote it, and as another one did.
const MADE_OTHERWISE: [&str; 2] = [
    "UPDATE migration_digests SET digest = 'of another up.sql'
     WHERE version = (SELECT max(version) FROM migration_digests)",
    "DROP TABLE migration_digests",
];

fn tell(store: &Store, statement: &str) {
    store.write(|conn| diesel::sql_query(statement).execute(conn).map_err(store::Error::from)).unwrap();
}

fn a_database_of_other_migrations_is_refused(database: &Database) {
    let store = Store::open(&database.url, 1).unwrap();
    tell(&store, "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000001')");
    assert!(store.is_ready().unwrap(), "what a newer program added is served");
    let rename = |from: &str, to: &str| {
        for table in ["__diesel_schema_migrations", "migration_digests"] {
            tell(&store, &format!("UPDATE {table} SET version = '{to}' WHERE version = '{from}'"));
        }
    };
    for name in RENAMED {
        rename("20261201000015", name);
        let (code, _, complaint) = done(&mut parcours(database, &["migrate"]));
        assert!(code == 1 && complaint.contains("`parcours demo --fresh`"), "{complaint}");
        rename(name, "20261201000015");
    }
    assert!(store.is_ready().unwrap());
    for otherwise in MADE_OTHERWISE {
        tell(&store, otherwise);
        assert!(!store.is_ready().unwrap());
        for command in [
            &["migrate"][..],
            &["serve"],
            &["seed", "--people", "100"],
            &["admin", "create", "ana@parcours.example"],
            &["journal", "verify"],
        ] {
            let (code, said, complaint) =
                done(parcours(database, command).env("PARCOURS_LISTEN", free_address()));
            assert!(code == 1 && said.is_empty(), "{command:?}: {said}");
            assert!(
                complaint.contains("made by another state of this program")
                    && complaint.contains("`parcours demo --fresh`")
                    && complaint.lines().count() == 1,
                "{command:?}: {complaint}"
            );
        }
        let (code, said, _) = done(&mut parcours(database, &["doctor"]));
        assert!(code == 1 && said.contains("FAILED  database: the database was made by another"), "{said}");
    }
}

fn a_demonstration_of_other_migrations_begins_afresh(database: &Database) {
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--data", ".", "--fresh"];
    tell(&Store::open(&database.url, 1).unwrap(), MADE_OTHERWISE[1]);
    // It may be kept, and is not taken back.
    assert_eq!(done(&mut parcours(database, &["backup", "parcours.db"])).0, 0);
    let (code, _, said) = done(&mut parcours(database, &["restore", "parcours.db"]));
    assert!(code == 1 && said.contains("made by another state"), "{said}");
    let (code, said, complaint) = done(&mut parcours(database, &arguments[..5]));
    assert!(code == 1 && said.is_empty() && complaint.contains("demo --fresh"), "{complaint}");
    let mut afresh = Server::start(parcours(database, &arguments));
    let mut line = String::new();
    afresh.out.read_line(&mut line).unwrap();
    assert!(line.contains('\t'), "{line}");
    assert_eq!(afresh.stop(), 0);
}
