//! What people are asked after a session, what they answer, and what is shown of it.

use crate::harness::{Database, stories};
use crate::town::{EMPLOYER, MANAGER, Page, Person, Planned, Room, email};
use actions::attendance::{self, Cell};
use domain::access::Role;
use domain::attendance::{Mark, Presence};
use domain::enrolments::EnrolmentState;
use domain::letters::LetterKind;
use domain::organisations::Capacity;

stories! {
    both: who_came_is_thanked_and_answers_once_by_a_link,
        a_link_opens_its_own_survey_and_nothing_else,
        who_answers_too_late_is_told_so,
        who_is_silent_is_reminded_once,
        sixty_days_later_trainees_and_employer_are_asked,
        four_answers_show_nothing_and_five_do,
        a_small_session_is_not_told_by_a_difference,
        a_question_that_changes_keeps_its_results,
        who_has_no_address_is_asked_through_the_employer_or_counted_apart,
        another_body_finds_no_answers;
}

/// A session that was held: everyone came, but those who are named absent.
struct Held {
    room: Room,
}

impl Held {
    fn close(database: &Database, came: &[&str], absent: &[&str]) -> Self {
        let mut room = Room::open(database, &Planned::default());
        let people = room.colleagues(&[came, absent].concat());
        room.enrols(&people).is(200);
        room.is_now(room.starts_at().plus_hours(9));
        let held = Self { room };
        held.closes(held.room.session, absent.len());
        held
    }

    /// The training body marks everyone present but the last ones, has their signatures on paper, and closes the session.
    fn closes(&self, session: domain::ids::SessionId, absent: usize) {
        let town = &self.room.town;
        let manager = town.actor(MANAGER);
        let read = |conn: &mut store::Conn| {
            let people = store::enrolments::of_session(conn, session, &[EnrolmentState::Confirmed])?;
            Ok::<_, store::Error>((people, store::sessions::slots(conn, session)?))
        };
        let (people, slots) = town.store().read(read).unwrap();
        let came = people.len() - absent;
        let mut cells = Vec::new();
        for (place, one) in people.iter().enumerate() {
            let wanted = if place < came { Mark::Present } else { Mark::AbsentExcused };
            cells.extend(slots.iter().map(|slot| Cell {
                enrolment: one.id,
                slot: slot.id,
                seen: Presence::EXPECTED,
                wanted,
                minutes: None,
            }));
        }
        attendance::mark(&town.house, &manager, session, &cells, None).unwrap();
        for slot in &slots {
            let mut paper = vec![("qui", "formateur".to_owned()), ("motif", "Signé sur papier.".to_owned())];
            paper.extend(people[..came].iter().map(|one| ("qui", one.id.to_string())));
            let paper: Vec<(&str, &str)> =
                paper.iter().map(|(name, value)| (*name, value.as_str())).collect();
            self.room
                .manager
                .post(&format!("/sessions/{session}/salle/{}/dispense", slot.id), &paper)
                .is(303);
        }
        attendance::close(&town.house, &manager, session).unwrap();
    }

    /// Days pass, and the house makes its rounds; twice, which is to change nothing.
    fn days_pass(&mut self, days: i64) {
        self.room.is_now(self.room.town.now().plus_days(days));
        self.room.rounds();
        let letters = self.room.town.letters().len();
        self.room.rounds();
        assert_eq!(self.room.town.letters().len(), letters, "the rounds write nothing twice");
    }

    /// The survey that somebody was last asked to answer.
    fn link(&self, email: &str) -> String {
        let letters = self.room.town.letters_to(email);
        let text = letters.iter().rev().find_map(|letter| letter.text_body.split_once("/enquetes/"));
        let (_, after) = text.expect("a letter with a survey");
        let secret: String = after.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
        format!("/enquetes/{secret}")
    }

    /// Somebody answers by the link of their last letter: the same mark everywhere, and a text.
    #[track_caller]
    fn says(&self, given: &str, mark: &str, text: &str) {
        let (visitor, link) = (self.room.town.visitor(), self.link(&email(given)));
        answer(&visitor, &link, mark, text);
    }

    fn results(&self) -> Page {
        self.room.manager.get(&format!("/sessions/{}/enquetes", self.room.session))
    }

    fn course(&self) -> String {
        let page = self.results();
        let (_, after) = page.body.split_once("href=\"/formations/").expect("a link to the course");
        after.split('/').next().unwrap().to_owned()
    }

    fn received(&self, email: &str, kind: LetterKind) -> usize {
        self.room.town.letters_to(email).iter().filter(|letter| letter.kind == kind).count()
    }
}

/// The names of the fields of a form, with whether each is a free text.
fn fields(page: &Page) -> Vec<(String, bool)> {
    let mut names: Vec<(String, bool)> = Vec::new();
    for piece in page.body.split("name=\"q").skip(1) {
        let name = format!("q{}", piece.split('"').next().unwrap());
        if names.iter().all(|(known, _)| *known != name) {
            let before = page.body.split(&format!("name=\"{name}\"")).next().unwrap();
            names.push((name, before.rfind("<textarea") > before.rfind("<input")));
        }
    }
    names
}

#[track_caller]
fn answer(person: &Person, path: &str, mark: &str, text: &str) {
    let page = person.get(path);
    page.is(200);
    let fields = fields(&page);
    let yes_no = |name: &str| page.body.contains(&format!("name=\"{name}\" value=\"oui\""));
    let form: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, is_text)| match is_text {
            true => (name.as_str(), text),
            false if yes_no(name) => (name.as_str(), "oui"),
            false => (name.as_str(), mark),
        })
        .collect();
    person.does(path, &form).sees("Merci, vos réponses sont enregistrées");
}

fn who_came_is_thanked_and_answers_once_by_a_link(database: &Database) {
    let held = Held::close(database, &["Lou"], &["Mia"]);
    let letters = held.room.town.letters_to(&email("Lou"));
    let letter = letters.iter().find(|letter| letter.kind == LetterKind::ThankYou).unwrap();
    assert!(letter.text_body.contains("Vous en avez suivi 6\u{a0}h."), "{}", letter.text_body);
    assert!(!held.room.told("Mia").contains(&LetterKind::ThankYou), "who was absent is not asked");

    let (visitor, link) = (held.room.town.visitor(), held.link(&email("Lou")));
    let form = visitor.get(&link);
    form.is(200).sees("Votre avis : Comprendre l’IA").sees("gardées sans votre nom");
    assert_eq!(fields(&form).len(), 5);
    visitor.post(&link, &[]).is(422).sees("Répondez à une question au moins");
    answer(&visitor, &link, "4", "Un exemple de mon métier.");
    visitor.get(&link).is(200).sees("Vous avez répondu, merci").does_not_see("Un exemple");
    let again: Vec<(String, bool)> = fields(&form);
    visitor.post(&link, &[(&again[0].0, "1")]).is(422).sees("On ne répond qu’une fois");
    held.results().is(200).sees("À chaud, stagiaires 1 1 100 %");

    let shape = held.room.town.store().shape().unwrap();
    let kept: Vec<&str> = shape.iter().filter_map(|line| line.strip_prefix("column answers.")).collect();
    let columns: Vec<&str> = kept.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(columns, ["id", "question_id", "rating", "said", "session_id"], "nothing leads to a person");
    held.room.town.the_journal_holds();
}

fn a_link_opens_its_own_survey_and_nothing_else(database: &Database) {
    let held = Held::close(database, &["Lou", "Zoé"], &[]);
    let (visitor, lou, zoe) = (held.room.town.visitor(), held.link(&email("Lou")), held.link(&email("Zoé")));
    assert_ne!(lou, zoe);
    held.says("Lou", "5", "Merci.");
    visitor.get(&zoe).is(200).sees("Envoyer mes réponses");
    visitor.get("/enquetes/un-secret-qui-n-est-a-personne").is(404);
    visitor.get(&lou.replace("/enquetes/", "/place/")).is(404);
    let town = &held.room.town;
    for letter in town.letters_to(&email("Lou")).iter().filter(|l| l.text_body.contains("/place/")) {
        let (_, after) = letter.text_body.split_once("/place/").unwrap();
        let secret: String = after.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
        visitor.get(&format!("/enquetes/{secret}")).is(404);
    }
    // Logged in, each finds their own, and not the other's.
    let person = |given: &str| {
        let read = |conn: &mut store::Conn| {
            let people =
                store::enrolments::of_session_letters(conn, held.room.session, &[EnrolmentState::Attended])?;
            Ok::<_, store::Error>(people.iter().find(|who| who.name.given.as_str() == given).unwrap().person)
        };
        town.store().read(read).unwrap()
    };
    town.account("lou@maison.example", Some(person("Lou")));
    town.account("zoe@maison.example", Some(person("Zoé")));
    let (lou, zoe) = (town.log_in("lou@maison.example"), town.log_in("zoe@maison.example"));
    lou.get("/mes-enquetes").is(200).sees("Répondu");
    let page = zoe.get("/mes-enquetes");
    page.is(200).sees("À répondre");
    let own = page.body.split("href=\"/mes-enquetes/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    zoe.get("/accueil").sees("Une enquête attend votre avis");
    let path = format!("/mes-enquetes/{own}");
    lou.get(&path).is(404);
    held.room.manager.get(&path).is(404);
    answer(&zoe, &path, "3", "");
    zoe.get("/accueil").is(200).does_not_see("attend votre avis");
}

fn who_answers_too_late_is_told_so(database: &Database) {
    let mut held = Held::close(database, &["Lou"], &[]);
    let (visitor, link) = (held.room.town.visitor(), held.link(&email("Lou")));
    let first = fields(&visitor.get(&link))[0].0.clone();
    held.days_pass(31);
    visitor.get(&link).is(200).sees("Cette enquête est terminée");
    visitor.post(&link, &[(&first, "5")]).is(422).sees("Cette enquête est terminée");
    held.results().sees("À chaud, stagiaires 1 0 0 %");
}

fn who_is_silent_is_reminded_once(database: &Database) {
    let mut held = Held::close(database, &["Lou", "Zoé"], &["Mia"]);
    held.says("Zoé", "4", "");
    held.days_pass(6);
    assert_eq!(held.received(&email("Lou"), LetterKind::SurveyReminder), 0);
    held.days_pass(2);
    assert_eq!(held.received(&email("Lou"), LetterKind::SurveyReminder), 1);
    held.days_pass(9);
    assert_eq!(held.received(&email("Lou"), LetterKind::SurveyReminder), 1);
    for given in ["Zoé", "Mia"] {
        assert_eq!(held.received(&email(given), LetterKind::SurveyReminder), 0, "{given}");
    }
    held.says("Lou", "2", "");
}

fn sixty_days_later_trainees_and_employer_are_asked(database: &Database) {
    let mut held = Held::close(database, &["Lou", "Zoé"], &["Mia"]);
    held.days_pass(59);
    assert_eq!(held.received(EMPLOYER, LetterKind::EmployerSurvey), 0);
    held.days_pass(2);
    for (to, kind, wanted) in [
        (email("Lou"), LetterKind::ColdSurvey, 1),
        (email("Zoé"), LetterKind::ColdSurvey, 1),
        (email("Mia"), LetterKind::ColdSurvey, 0),
        (EMPLOYER.to_owned(), LetterKind::EmployerSurvey, 1),
    ] {
        assert_eq!(held.received(&to, kind), wanted, "{to} {kind}");
    }
    held.room.employer.get("/accueil").sees("Une enquête attend votre avis");
    held.says("Lou", "5", "Des comptes rendus.");
    let link = held.link(EMPLOYER);
    answer(&held.room.town.visitor(), &link, "3", "Du temps.");
    held.room.employer.get("/mes-enquetes").is(200).sees("À froid, employeurs").sees("Répondu");
    held.results().sees("À froid, stagiaires 2 1 50 %").sees("À froid, employeurs 1 1 100 %");
    held.days_pass(15);
    for (to, kind, wanted) in [
        (email("Lou"), LetterKind::SurveyReminder, 0),
        (email("Zoé"), LetterKind::SurveyReminder, 1),
        (EMPLOYER.to_owned(), LetterKind::EmployerReminder, 0),
    ] {
        assert_eq!(held.received(&to, kind), wanted, "{to} {kind}");
    }
}

fn four_answers_show_nothing_and_five_do(database: &Database) {
    let people = ["Lou", "Zoé", "Tom", "Ana", "Éva"];
    let held = Held::close(database, &people, &[]);
    for (given, text) in people.iter().zip(["Zèbre", "Abeille", "Marmotte", ""]) {
        held.says(given, "4", text);
    }
    let page = held.results();
    page.is(200)
        .sees("5 4 80 %")
        .sees("Trop peu de réponses")
        .does_not_see("Zèbre")
        .does_not_see("en moyenne");
    held.says("Éva", "1", "Élan");
    let page = held.results();
    page.sees("5 5 100 %").sees("3,4 sur 5 en moyenne, 5 réponses sur 5");
    page.sees("Abeille Élan Marmotte Zèbre").does_not_see("Trop peu").does_not_see("Delmotte");
    let course = held.room.manager.get(&format!("/formations/{}/enquetes", held.course()));
    course.is(200).sees("3,4 sur 5 en moyenne").sees("Abeille Élan Marmotte Zèbre");
}

fn a_small_session_is_not_told_by_a_difference(database: &Database) {
    let people = ["Lou", "Zoé", "Tom", "Ana", "Éva"];
    let mut room = Room::open(database, &Planned::default());
    let version = room.plan().version;
    let two = {
        let town = &room.town;
        let get = |conn: &mut store::Conn| {
            let session = store::sessions::get(conn, &crate::town::everything(), room.session)?;
            let two = store::sessions::insert(conn, room.body, room.programme, &session.plan, town.now())?;
            let draft = store::sessions::get(conn, &crate::town::everything(), two)?;
            store::sessions::shift(conn, &draft, domain::sessions::SessionState::Published)?;
            Ok::<_, store::Error>(two)
        };
        town.store().write(get).unwrap()
    };
    assert_eq!(room.plan().version, version);
    let five = room.colleagues(&people);
    room.enrols(&five).is(200);
    let iris = room.colleague("Iris");
    let employer = room.town.actor(EMPLOYER);
    room.town.enrol(&employer, two, &[iris]);
    room.is_now(room.starts_at().plus_hours(9));
    let held = Held { room };
    held.closes(held.room.session, 0);
    held.closes(two, 0);
    for given in people {
        held.says(given, "4", "Bien.");
    }
    held.says("Iris", "1", "Iris seule.");
    let path = format!("/formations/{}/enquetes", held.course());
    let page = held.room.manager.get(&path);
    page.sees("6 6 100 %").sees("4,0 sur 5 en moyenne, 5 réponses sur 5").does_not_see("Iris seule");
}

fn a_question_that_changes_keeps_its_results(database: &Database) {
    let people = ["Lou", "Zoé", "Tom", "Ana", "Éva", "Iris"];
    let held = Held::close(database, &people, &[]);
    // Iris opens the form before the question changes.
    let (visitor, iris) = (held.room.town.visitor(), held.link(&email("Iris")));
    let before = fields(&visitor.get(&iris));
    for given in &people[..5] {
        held.says(given, "4", "");
    }
    let page = format!("/formations/{}/enquetes", held.course());
    let first = before[0].0.trim_start_matches('q');
    let question = format!("/formations/{}/questions/{first}", held.course());
    let manager = &held.room.manager;
    manager.get(&question).is(200).sees("Modifier la question");
    let empty = [("forme", "scale"), ("francais", " "), ("anglais", "")];
    manager.post(&question, &empty).is(422).sees("Écrivez la question");
    let new = [("forme", "scale"), ("francais", "Je m’en sers déjà."), ("anglais", "")];
    manager.does(&question, &new).sees("La question est enregistrée").sees("Je m’en sers déjà.");
    manager.get(&question).is(404);
    held.results().sees("Ce que j’ai appris me sera utile").sees("n’est plus posée").sees("4,0 sur 5");
    visitor.get(&iris).sees("Je m’en sers déjà.").does_not_see("Ce que j’ai appris me sera utile");
    visitor.does(&iris, &[(&before[0].0, "5")]).sees("Merci");
    held.results().sees("4,2 sur 5 en moyenne, 6 réponses sur 6").sees("Je m’en sers déjà. Trop peu");

    // Added, moved, removed.
    let add = [
        ("enquete", "a-chaud"),
        ("forme", "yes_no"),
        ("francais", "Reviendriez-vous\u{202f}?"),
        ("anglais", ""),
    ];
    manager.does(&format!("/formations/{}/questions", held.course()), &add).sees("Reviendriez-vous");
    let list = manager.get(&page);
    let at = |page: &Page, text: &str| page.text().find(text).unwrap();
    assert!(at(&list, "Je m’en sers déjà.") < at(&list, "Les explications étaient claires."));
    let second = before[1].0.trim_start_matches('q');
    let moved =
        manager.does(&format!("/formations/{}/questions/{second}/rang", held.course()), &[("sens", "haut")]);
    assert!(at(&moved, "Je m’en sers déjà.") > at(&moved, "Les explications étaient claires."));
    manager
        .does(&format!("/formations/{}/questions/{second}/retrait", held.course()), &[])
        .sees("n’est plus posée");
    held.room.town.the_journal_holds();
}

fn who_has_no_address_is_asked_through_the_employer_or_counted_apart(database: &Database) {
    let mut room = Room::open(database, &Planned::default());
    let lou = room.colleague("Lou");
    let max = room.town.employee(room.company, "Max", "Delmotte", None);
    room.enrols(&[lou, max]).is(200);
    let alone = [("prenom", "Nour"), ("nom", "Petit"), ("email", ""), ("siret", "")];
    room.manager.post(&format!("/sessions/{}/inscription", room.session), &alone).is(303);
    room.is_now(room.starts_at().plus_hours(9));
    let held = Held { room };
    held.closes(held.room.session, 0);
    // The employer's contact gets the letter to hand over.
    let handed = held.room.town.letters_to(EMPLOYER);
    let handed = handed.iter().find(|letter| letter.kind == LetterKind::ThankYou).unwrap();
    assert!(handed.text_body.contains("À remettre à Max Delmotte"), "{}", handed.text_body);
    held.results().sees("À chaud, stagiaires 2 0 0 % 1");
}

fn another_body_finds_no_answers(database: &Database) {
    let held = Held::close(database, &["Lou"], &[]);
    let town = &held.room.town;
    let other = town.organisation("École du Beffroi", &[Capacity::TrainingBody]);
    let elsewhere = town.organisation("Ailleurs", &[Capacity::Operator]);
    town.member("yann@beffroi.example", Role::TrainingManager, Some(other));
    town.member("paul@beffroi.example", Role::Trainer, Some(held.room.body));
    town.member("eve@ailleurs.example", Role::Operator, Some(elsewhere));
    town.member("ines@atelier.example", Role::Operator, Some(held.room.body));
    let (session, course) = (format!("/sessions/{}/enquetes", held.room.session), held.course());
    for stranger in ["yann@beffroi.example", "paul@beffroi.example", "eve@ailleurs.example", EMPLOYER] {
        let person = town.log_in(stranger);
        person.get(&session).is(404);
        person.get(&format!("/formations/{course}/enquetes")).is(404);
        let question = [("enquete", "a-chaud"), ("forme", "scale"), ("francais", "À moi\u{202f}?")];
        let posted = person.post(&format!("/formations/{course}/questions"), &question);
        assert!([403, 404].contains(&posted.status), "{stranger}: {}", posted.status);
    }
    let operator = town.log_in("ines@atelier.example");
    operator.get(&session).is(200).sees("À chaud, stagiaires 1 0 0 %").does_not_see("Lou");
}
