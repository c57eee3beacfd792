//! A session from its draft to its close: planned, announced, found, moved, marked, closed.

use crate::harness::{Database, stories};
use crate::town::{Page, Person, Planned, Room, Town, everything};
use domain::access::Role;
use domain::calendar::{Day, Zone};
use domain::ids::OrganisationId;
use domain::letters::LetterKind;
use domain::organisations::{Capacity, Profile};
use domain::programmes::NewProgramme;
use domain::sessions::SessionState;

stories! {
    both: a_draft_is_seen_by_nobody_and_a_published_session_by_all,
        a_session_that_moves_is_told_to_who_has_a_place,
        a_session_closes_when_every_mark_is_noted,
        a_plan_that_two_write_at_once_loses_nothing,
        a_trainer_reads_the_sessions_of_one_body,
        an_old_sheet_is_not_forgotten,
        a_body_without_coming_sessions_finds_its_past_ones,
        a_cancelled_session_says_so_and_frees_everyone;
    sqlite: an_hour_that_does_not_exist_is_refused_and_nothing_typed_is_lost,
        a_line_is_added_without_script,
        enter_saves_and_adds_no_line,
        another_body_finds_nothing,
        a_municipality_is_chosen_and_never_mistyped;
}

/// A training body with a course, in a programme, and its manager.
struct School {
    town: Town,
    manager: Person,
}

fn organisation(town: &Town, name: &str, capacity: Capacity) -> OrganisationId {
    let profile = Profile {
        name: name.parse().unwrap(),
        capacities: vec![capacity],
        siret: None,
        activity: None,
        commune: None,
        headcount: None,
        idcc: None,
        opco: None,
        nda: (capacity == Capacity::TrainingBody).then(|| "32590000099".parse().unwrap()),
    };
    let now = town.now();
    town.store().write(|conn| store::organisations::add(conn, &profile, false, now)).unwrap()
}

fn body(town: &Town, name: &str, email: &str, programme: domain::ids::ProgrammeId) -> Person {
    let body = organisation(town, name, Capacity::TrainingBody);
    town.store().write(|conn| store::organisations::join(conn, programme, body)).unwrap();
    town.member(email, Role::TrainingManager, Some(body));
    town.log_in(email)
}

impl School {
    fn found(database: &Database) -> (Self, Person) {
        let town = Town::new(database);
        let operator = organisation(&town, "Pilotage", Capacity::Operator);
        let new = NewProgramme {
            short_name: "IAHDF".parse().unwrap(),
            name: "Intelligence artificielle Hauts-de-France".parse().unwrap(),
            region: "32".to_owned(),
            operator,
            starts_on: town.today(),
            ends_on: None,
        };
        let programme = town.store().write(|conn| store::programmes::add(conn, &new)).unwrap();
        let manager = body(&town, "Atelier du Nord", "karim@atelier.example", programme);
        let stranger = body(&town, "Formation Canal", "zoe@canal.example", programme);
        manager
            .does(
                "/formations",
                &[
                    ("titre", "Comprendre l’IA"),
                    ("programme", &programme.to_string()),
                    ("etape", "awareness"),
                    ("objectifs", "Dire ce que l’IA sait faire."),
                    ("duree", "3 h 30"),
                ],
            )
            .is(200)
            .sees("Comprendre l’IA");
        (Self { town, manager }, stranger)
    }

    fn day(&self, days: u64) -> Day {
        self.town.today().plus_days(days)
    }

    /// Plans one half-day so many days from now; answers where its page is.
    fn plans(&self, days: u64, changed: &[(&'static str, &str)]) -> Page {
        self.manager.post(
            "/sessions",
            &self.form(days, changed).iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>(),
        )
    }

    fn form(&self, days: u64, changed: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        let mut form: Vec<(&'static str, String)> = [
            ("formation", "1"),
            ("jour", &self.day(days).iso()),
            ("debut", "09:00"),
            ("fin", "12:30"),
            ("fuseau", "Europe/Paris"),
            ("commune", "Douai"),
            ("lieu", "Maison des associations, salle 2"),
            ("lien", "https://visio.example/salle-2"),
            ("places", "2"),
            ("minimum", "1"),
            ("limite_jour", &self.day(days - 1).iso()),
            ("limite_heure", "18:00"),
            ("cloture", "24"),
            ("promotion", "confirm"),
        ]
        .map(|(key, value)| (key, value.to_owned()))
        .into();
        for (key, value) in changed {
            form.retain(|(known, _)| known != key);
            form.push((key, (*value).to_owned()));
        }
        form
    }

    /// The edition of a plan that its form says it was opened on.
    fn edition(&self, path: &str) -> String {
        edition_in(&self.manager.get(path))
    }

    /// Plans and publishes; answers the number of the session.
    fn announces(&self, days: u64) -> String {
        let page = self.plans(days, &[]);
        let path = page.is(303).leads_to();
        self.manager.does(&format!("{path}/publication"), &[]).sees("La session est publiée");
        path.trim_start_matches("/sessions/").to_owned()
    }

    fn adds(&self, session: &str, given: &str, email: &str) {
        let form = [("prenom", given), ("nom", "Caron"), ("email", email)];
        self.manager.post(&format!("/sessions/{session}/inscription"), &form).is(303);
    }

    /// The path of the room of its first half-day.
    fn room(&self, session: &str) -> String {
        let page = self.manager.get(&format!("/sessions/{session}/presences"));
        page.is(200).address_of(&format!("/sessions/{session}/salle/"))
    }

    /// The names of the first answers of each person in the room, in order.
    fn answers(&self, session: &str) -> Vec<String> {
        let page = self.manager.get(&self.room(session));
        let mut names: Vec<String> = page
            .is(200)
            .body
            .split("type=\"radio\" name=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
            .collect();
        names.dedup();
        names
    }
}

fn edition_in(page: &Page) -> String {
    let value = page.body.split("name=\"edition\" value=\"").nth(1).expect("an edition");
    value.split('"').next().unwrap().to_owned()
}

fn a_draft_is_seen_by_nobody_and_a_published_session_by_all(database: &Database) {
    let (school, _) = School::found(database);
    let visitor = school.town.visitor();
    let path = school.plans(10, &[]).is(303).leads_to();
    let number = path.trim_start_matches("/sessions/");
    visitor.get("/catalogue").is(200).does_not_see("Comprendre l’IA");
    visitor.get(&format!("/catalogue/{number}")).is(404);
    visitor.get(&path).is(303);

    school.manager.does(&format!("{path}/publication"), &[]).sees("La session est publiée");
    visitor.get("/catalogue").is(200).sees("Comprendre l’IA").sees("Douai").sees("2 places libres");
    visitor.get("/catalogue?q=compr&ou=59&etape=awareness").is(200).sees("Comprendre l’IA");
    visitor.get("/catalogue?q=ateli").is(200).sees("Comprendre l’IA");
    for elsewhere in ["q=omprendre", "ou=62", "ou=distance", "etape=practice", "du=2199-01-01"] {
        visitor.get(&format!("/catalogue?{elsewhere}")).is(200).does_not_see("Comprendre l’IA");
    }
    visitor.get("/").is(200).sees("Comprendre l’IA").sees("IAHDF");
    let sheet = visitor.get(&format!("/catalogue/{number}"));
    sheet.is(200).sees("Ce que vous saurez faire").sees("ne vaut pas agrément de l’État");
    let feed = visitor.get("/catalogue.ics");
    assert!(feed.is(200).body.contains(&format!("UID:session-{number}-1@parcours.example")), "{}", feed.body);
    for page in [&sheet, &feed, &visitor.get("/catalogue"), &visitor.get("/")] {
        assert!(!page.body.contains("salle 2") && !page.body.contains("salle-2"), "{}", page.body);
    }
}

fn an_hour_that_does_not_exist_is_refused_and_nothing_typed_is_lost(database: &Database) {
    let (school, _) = School::found(database);
    let night = (0..400)
        .map(|days| school.day(days))
        .find(|day| {
            Zone::PARIS.instant(*day, "2:30".parse().unwrap()) == Err(domain::calendar::LocalTimeError::Never)
        })
        .unwrap();
    let page = school.plans(10, &[("jour", &night.iso()), ("debut", "02:30")]);
    page.is(422).sees("Cette heure n’existe pas ce jour-là");
    assert!(page.body.contains("Maison des associations, salle 2"), "{}", page.body);
    school.plans(10, &[("debut", "13:00")]).is(422).sees("se termine avant d’avoir commencé");
    school.plans(10, &[("places", "zéro")]).is(422).sees("Écrivez un nombre");
    school.plans(10, &[("minimum", "3")]).is(422).sees("dépasse le nombre de places");
    school.plans(10, &[("fuseau", "Mars/Olympus")]).is(422).sees("Choisissez le fuseau horaire du lieu.");
    school
        .plans(10, &[("cloture", "4294967295")])
        .is(422)
        .sees("La liste d’attente ferme au plus 8 760 heures");
    for hours in ["0", "8761"] {
        let offer = [("promotion", "offer"), ("delai", hours)];
        school.plans(10, &offer).is(422).sees("Le délai de réponse va de 1 à 8 760 heures");
    }
    for link in ["javascript:alert(1)", "visio.example/salle-2", "https://"] {
        school.plans(10, &[("lien", link)]).is(422).sees("Un lien commence par https://");
    }
}

fn a_line_is_added_without_script(database: &Database) {
    let (school, _) = School::found(database);
    let page = school.plans(10, &[("ligne", "lendemain")]);
    page.is(200);
    assert!(page.body.contains(&format!("value=\"{}\"", school.day(11).iso())), "{}", page.body);
    assert_eq!(page.body.matches("name=\"jour\"").count(), 2);
    school.plans(10, &[("ligne", "vide")]).is(200).sees("Demi-journée 2");
}

/// A browser presses the first button of a form for whoever types Enter.
fn enter_saves_and_adds_no_line(database: &Database) {
    let (school, _) = School::found(database);
    let page = school.manager.get("/sessions/nouvelle");
    let form = page.is(200).body.split("action=\"/sessions\"").nth(1).unwrap();
    let first = form.split("<button").nth(1).unwrap().split('>').next().unwrap();
    assert!(!first.contains("name="), "{first}");
}

fn a_plan_that_two_write_at_once_loses_nothing(database: &Database) {
    let (school, _) = School::found(database);
    let number = school.announces(10);
    let other = school.town.log_in("karim@atelier.example");
    let path = format!("/sessions/{number}/plan");
    let (mine, theirs) = (school.edition(&path), school.edition(&path));
    let typed = |edition: &str, changed: &[(&'static str, &str)]| {
        let mut form = school.form(10, changed);
        form.push(("edition", edition.to_owned()));
        form
    };
    let post = |who: &Person, form: &[(&'static str, String)]| {
        who.post(&path, &form.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>())
    };
    post(&other, &typed(&theirs, &[("places", "5")])).is(303);
    let page = post(&school.manager, &typed(&mine, &[("lieu", "Salle 7")]));
    page.is(409).sees("Quelqu’un d’autre a modifié ce plan").sees("Salle 7");
    other.get(&format!("/catalogue/{number}")).sees("5 places libres");
    post(&school.manager, &school.form(10, &[])).is(409);
    // Whoever has read that saves again, and is heard.
    let read = edition_in(&page);
    post(&school.manager, &typed(&read, &[("lieu", "Salle 7")])).is(303);
    school.manager.get(&format!("/sessions/{number}")).sees("Salle 7").sees("0 sur 2");
    school.town.the_journal_holds();
}

fn a_trainer_reads_the_sessions_of_one_body(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let elsewhere = room.town.organisation("Formation Canal", &[Capacity::TrainingBody]);
    // Once a trainer of the first body too: that part is over, the sessions taught there still say so.
    let ines = room.town.member("ines@canal.example", Role::Trainer, Some(elsewhere));
    let former = room.town.session(room.body, room.programme, &Planned::default(), &[ines]);
    let planned = Planned { title: "L’IA au bureau", ..Planned::default() };
    let own = room.town.session(elsewhere, room.programme, &planned, &[ines]);
    room.town.enrol(&room.town.actor(crate::town::EMPLOYER), former, &[room.colleague("Lou")]);
    let ines = room.town.log_in("ines@canal.example");
    ines.get("/sessions").is(200).sees("L’IA au bureau").does_not_see("Comprendre l’IA");
    ines.get("/formations").is(200).sees("L’IA au bureau").does_not_see("Comprendre l’IA");
    ines.get("/inscriptions").is(200).does_not_see("DELMOTTE");
    ines.get(&format!("/sessions/{own}/presences")).is(200);
    for page in ["", "/presences"] {
        ines.get(&format!("/sessions/{former}{page}")).is(404);
    }
}

fn an_old_sheet_is_not_forgotten(database: &Database) {
    let mut room = Room::open(database, &Planned { title: "La plus ancienne", ..Planned::default() });
    let later: Vec<_> =
        (0..26).map(|n| room.another(&Planned { in_days: 31 + n, ..Planned::default() })).collect();
    room.is_now(room.starts_at().plus_days(60));
    room.rounds();
    let close = |conn: &mut store::Conn| {
        later.iter().try_for_each(|id| {
            let seen = store::sessions::get(conn, &everything(), *id)?;
            store::sessions::shift(conn, &seen, SessionState::Closed)
        })
    };
    room.town.store().write(close).unwrap();
    let home = room.manager.get("/accueil");
    home.is(200).sees("Notez les présences et clôturez « La plus ancienne »");
    assert!(home.queries() <= 8, "{}", home.queries());
}

fn a_municipality_is_chosen_and_never_mistyped(database: &Database) {
    let (school, _) = School::found(database);
    school.plans(10, &[("commune", "Xyzzy")]).is(422).sees("n’est pas reconnue");
    let page = school.plans(10, &[("commune", "Saint-Martin")]);
    page.is(422).sees("choisissez ci-dessous");
    assert!(page.body.contains("type=\"radio\" name=\"code\" value=\"62758\""), "{}", page.body);
    let chosen = [("commune", "Saint-Martin"), ("code", "62758")];
    let path = school.plans(10, &chosen).is(303).leads_to();
    school.manager.get(&path).is(200).sees("Saint-Martin-Boulogne");
}

fn another_body_finds_nothing(database: &Database) {
    let (school, stranger) = School::found(database);
    let number = school.announces(10);
    for page in ["", "/plan", "/annulation", "/journal", "/presences"] {
        stranger.get(&format!("/sessions/{number}{page}")).is(404);
    }
    for noun in ["publication", "maintien", "cloture", "suppression", "annulation", "plan"] {
        stranger.post(&format!("/sessions/{number}/{noun}"), &[("motif", "pour voir")]).is(404);
    }
    stranger.get("/formations/1").is(404);
    stranger.get("/sessions").is(200).does_not_see("Comprendre l’IA");
    let form = school.form(10, &[]);
    let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
    stranger.post("/sessions", &form).is(422).sees("Choisissez une formation");
}

fn a_session_that_moves_is_told_to_who_has_a_place(database: &Database) {
    let (school, _) = School::found(database);
    let number = school.announces(10);
    school.adds(&number, "Lou", "lou@acme.example");
    let same = school.form(10, &[("places", "3")]);
    let form = |form: &[(&'static str, String)]| form.to_vec();
    let post = |mut form: Vec<(&'static str, String)>| {
        form.push(("edition", school.edition(&format!("/sessions/{number}/plan"))));
        let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        school.manager.does(&format!("/sessions/{number}/plan"), &fields)
    };
    post(form(&same)).sees("Le plan est enregistré");
    let moved = |town: &Town| {
        town.letters_to("lou@acme.example").iter().filter(|l| l.kind == LetterKind::SessionMoved).count()
    };
    assert_eq!(moved(&school.town), 0);
    let later = school.form(12, &[("motif", "La salle est prise.")]);
    post(form(&later)).sees("prévenues du changement");
    assert_eq!(moved(&school.town), 1);
    let feed = school.town.visitor().get("/catalogue.ics");
    assert!(feed.body.contains("SEQUENCE:1"), "{}", feed.body);
    school.manager.get(&format!("/sessions/{number}/journal")).is(200).sees("La salle est prise.");
    post(form(&school.form(12, &[("places", "2")])));
    school.adds(&number, "Mia", "mia@acme.example");
    let edition = school.edition(&format!("/sessions/{number}/plan"));
    let fields = school.form(12, &[("places", "1"), ("edition", &edition)]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    school.manager.post(&format!("/sessions/{number}/plan"), &fields).is(422).sees("déjà prises");
    school.town.the_journal_holds();
}

fn a_session_closes_when_every_mark_is_noted(database: &Database) {
    let (school, _) = School::found(database);
    let number = school.announces(10);
    school.adds(&number, "Lou", "lou@acme.example");
    school.adds(&number, "Mia", "mia@acme.example");
    school.manager.does(&format!("/sessions/{number}/maintien"), &[]).sees("La session est maintenue");
    let called = school.town.letters_to("lou@acme.example");
    assert!(called.iter().any(|l| l.kind == LetterKind::Joining), "{called:?}");
    let close = format!("/sessions/{number}/cloture");
    school.manager.post(&close, &[]).is(422).sees("n’a pas encore commencé");
    school.town.days_pass(11);
    school.manager.post(&close, &[]).is(422).sees("2 présences à noter");
    let room = school.room(&number);
    let names = school.answers(&number);
    let everyone = [("tous", "1"), (names[1].as_str(), "absent_unexcused")];
    school.manager.does(&room, &everyone).sees("2 présences sont enregistrées");
    let paper = [("qui", names[0].split('.').next().unwrap()), ("qui", "formateur"), ("motif", "Papier.")];
    school.manager.does(&format!("{room}/dispense"), &paper).sees("2 preuves sont dispensées");
    school
        .manager
        .does(&close, &[])
        .sees("La session est close")
        .sees("A suivi la session")
        .sees("N’est pas venu");
    let sheet = school.town.visitor().get(&format!("/catalogue/{number}"));
    sheet.is(200).sees("Cette session est terminée").does_not_see("Se connecter pour");
    school.town.visitor().get("/").is(200).sees("personnes ont suivi une session moins de 5");
    school.town.the_journal_holds();
}

fn a_body_without_coming_sessions_finds_its_past_ones(database: &Database) {
    let mut room = Room::open(database, &Planned::default());
    room.manager.get("/sessions").sees("Comprendre l’IA").does_not_see("Aucune session à venir");
    room.is_now(room.starts_at().plus_days(2));
    let page = room.manager.get("/sessions");
    page.is(200).sees("Aucune session à venir").sees("Voir les sessions passées");
    room.manager.get(&page.address_of("/sessions?vue=passees")).sees("Comprendre l’IA");
    // A body that never had one is told how a session begins.
    let (new, email) =
        (room.town.organisation("Formation Canal", &[Capacity::TrainingBody]), "ida@canal.example");
    room.town.member(email, Role::TrainingManager, Some(new));
    room.town.log_in(email).get("/sessions").sees("Les sessions seront ici").does_not_see("sessions passées");
}

fn a_cancelled_session_says_so_and_frees_everyone(database: &Database) {
    let (school, _) = School::found(database);
    let number = school.announces(10);
    school.adds(&number, "Lou", "lou@acme.example");
    let cancel = format!("/sessions/{number}/annulation");
    school.manager.post(&cancel, &[("motif", "  ")]).is(422).sees("Dites pourquoi");
    school.manager.does(&cancel, &[("motif", "La formatrice est souffrante.")]).sees("Annulée");
    let told = school.town.letters_to("lou@acme.example");
    assert!(told.iter().any(|l| l.kind == LetterKind::SessionCancelled), "{told:?}");
    let visitor = school.town.visitor();
    visitor.get(&format!("/catalogue/{number}")).is(200).sees("Cette session est annulée");
    visitor.get("/catalogue").is(200).does_not_see("Comprendre l’IA");
    assert!(visitor.get("/catalogue.ics").body.contains("STATUS:CANCELLED"));
    school.manager.post(&cancel, &[("motif", "encore")]).is(422);
    let path = school.plans(20, &[]).is(303).leads_to();
    school.manager.does(&format!("{path}/suppression"), &[]).sees("Le brouillon est supprimé");
    school.manager.get(&path).is(404);
}
