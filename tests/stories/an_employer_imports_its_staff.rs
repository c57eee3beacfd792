//! Fifteen employees in three minutes: pasted or sent as a file, read again together, mended, added at once.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::company;
use crate::town::{Page, Person, Planned, Room, Town, everything};
use parcours::actions::imports::{self, Mode, Sent};
use parcours::domain::access::{Actor, Role};
use parcours::domain::ids::OrganisationId;
use parcours::domain::people::Employee;
use parcours::store;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fmt::Write as _;
use std::io::Write as _;
use std::thread;

stories! {
    both: fifteen_people_are_pasted_and_two_of_them_mended,
        two_confirmations_at_once_add_everybody_once,
        another_company_finds_nothing_of_an_import,
        a_list_comes_for_a_session_that_is_public,
        the_command_line_reads_the_same_file,
        five_thousand_people_come_at_once;
    sqlite: a_file_of_french_excel_is_read,
        a_workbook_brings_real_dates,
        lines_left_out_come_back_as_a_file,
        what_cannot_be_read_says_why_and_what_to_do,
        an_import_is_forgotten_after_a_day,
        a_list_without_headings_is_understood;
}

const NADIA: &str = "nadia@verrerie.example";

fn verrerie(town: &Town) -> (OrganisationId, Person) {
    let company = company(town, "Verrerie des Trois Canaux", 1);
    town.member(NADIA, Role::Employer, Some(company));
    (company, town.log_in(NADIA))
}

fn staff(town: &Town, company: OrganisationId) -> Vec<Employee> {
    let today = town.today();
    town.store().read(|conn| store::people::current(conn, &everything(), company, today)).unwrap()
}

/// Sends a list and opens what was read of it.
#[track_caller]
fn pastes(nadia: &Person, text: &str) -> (String, Page) {
    let page = nadia.post("/salaries/import", &[("lignes", text)]);
    let path = page.is(303).leads_to();
    let preview = nadia.get(&path);
    preview.is(200);
    (path, preview)
}

#[track_caller]
fn sends(nadia: &Person, name: &str, file: &[u8]) -> Page {
    nadia.upload("/salaries/import", &[("lignes", ""), ("session", "")], "fichier", name, file)
}

fn list(people: usize) -> String {
    (1..=people).fold("Prénom\tNom\tAdresse électronique\tMatricule\n".to_owned(), |mut list, n| {
        writeln!(list, "Noé\tBeaupré {n}\tnoe{n}@verrerie.example\tM{n}").unwrap();
        list
    })
}

fn fifteen_people_are_pasted_and_two_of_them_mended(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    nadia.get("/salaries").is(200).sees("Vos salariés seront ici");
    let mut pasted = list(13);
    pasted.push_str("\tDenis\tmalo@verrerie.example\tM14\nMia\tRoy\tmia@verrerie\tM15\n");
    let (path, preview) = pastes(&nadia, &pasted);
    preview.sees("13 personnes sont prêtes, 2 lignes restent à compléter").sees("Le prénom manque");
    assert!(preview.queries() <= 8, "{}", preview.queries());
    assert_eq!(staff(&town, company).len(), 0);

    let mended =
        [("l15.given_name", "Malo"), ("l15.family_name", "Denis"), ("l16.email", "mia@verrerie.example")];
    let checked = nadia.does(&format!("{path}/verification"), &mended);
    checked.sees("15 personnes sont prêtes").sees("Ajouter 15 personnes");
    let done = nadia.does(&format!("{path}/confirmation"), &[]);
    done.sees("15 personnes ajoutées").sees("15 salariés dans votre liste");
    assert_eq!(staff(&town, company).len(), 15);
    nadia.get("/salaries?q=beaupre").sees("BEAUPRÉ 1 Noé").does_not_see("ROY Mia");

    let good = pasted.replace("\tDenis", "Malo\tDenis").replace("mia@verrerie\t", "mia@verrerie.example\t");
    let (path, again) = pastes(&nadia, &good);
    again.sees("15 personnes déjà connues");
    nadia.does(&format!("{path}/confirmation"), &[]).sees("15 personnes déjà connues");
    assert_eq!(staff(&town, company).len(), 15);
    town.the_journal_holds();
}

fn two_confirmations_at_once_add_everybody_once(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    let (first, _) = pastes(&nadia, &list(15));
    let (second, _) = pastes(&nadia, &list(15));
    let people: Vec<Person> = (0..4).map(|_| town.log_in(NADIA)).collect();
    thread::scope(|scope| {
        for (at, person) in people.iter().enumerate() {
            let path = if at % 2 == 0 { &first } else { &second };
            scope.spawn(move || person.post(&format!("{path}/confirmation"), &[]).is(303).status);
        }
    });
    assert_eq!(staff(&town, company).len(), 15);
    town.the_journal_holds();
}

fn a_list_comes_for_a_session_that_is_public(database: &Database) {
    let room = Room::open(database, &Planned::default());
    let draft = room.town.draft(room.body, room.programme, &Planned::default(), &[]);
    let leads_to = |session: &str| {
        let (line, number) = (list(1), session.to_owned());
        let page = room.employer.post("/salaries/import", &[("lignes", &line), ("session", &number)]);
        let path = page.is(303).leads_to();
        room.employer.post(&format!("{path}/confirmation"), &[]).is(303).leads_to()
    };
    let public = room.session.to_string();
    assert!(leads_to(&public).starts_with(&format!("/inscriptions/nouvelle?session={public}&import=")));
    for unknown in [draft.to_string(), "999999".to_owned()] {
        assert_eq!(leads_to(&unknown), "/salaries", "{unknown}");
    }
    room.manager.does(&format!("/sessions/{draft}/suppression"), &[]).sees("Le brouillon est supprimé");
}

fn another_company_finds_nothing_of_an_import(database: &Database) {
    let town = Town::new(database);
    let (verrerie, nadia) = verrerie(&town);
    let other = company(&town, "Brasserie du Beffroi", 2);
    town.member("paul@brasserie.example", Role::Employer, Some(other));
    let paul = town.log_in("paul@brasserie.example");
    let (path, _) = pastes(&nadia, &list(3));
    paul.get(&path).is(404);
    paul.get(&format!("{path}/refus.csv")).is(404);
    paul.post(&format!("{path}/verification"), &[("l2.given_name", "X")]).is(404);
    paul.post(&format!("{path}/confirmation"), &[]).is(404);
    nadia.does(&format!("{path}/confirmation"), &[]).sees("3 personnes ajoutées");
    let known = staff(&town, verrerie).first().unwrap().person.id;
    paul.get(&format!("/salaries/{known}")).is(404);
    paul.get(&format!("/salaries/{known}/depart")).is(404);
    paul.post(&format!("/salaries/{known}"), &[("given_name", "X"), ("family_name", "Y")]).is(404);
    paul.get("/salaries").does_not_see("Beaupré");
    assert_eq!(staff(&town, other).len(), 0);
}

fn the_command_line_reads_the_same_file(database: &Database) {
    let town = Town::new(database);
    let (company, _) = verrerie(&town);
    let file = list(20);
    let sent = Sent::File { bytes: file.as_bytes(), name: "liste.tsv" };
    let run =
        |mode| imports::from_file(&town.house, &Actor::HOUSE, company, sent, mode, |_, _| ()).unwrap().0;
    assert_eq!(run(Mode::DryRun).added, 20);
    assert_eq!(staff(&town, company).len(), 0);
    assert_eq!(run(Mode::Keep).added, 20);
    assert_eq!(run(Mode::Keep).known, 20);
    assert_eq!(staff(&town, company).len(), 20);
}

fn five_thousand_people_come_at_once(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    let page = sends(&nadia, "liste.tsv", list(5_000).as_bytes());
    let path = page.is(303).leads_to();
    let preview = nadia.get(&path);
    preview.sees("5000 personnes sont prêtes").sees("Lignes suivantes");
    assert!(preview.queries() <= 8 && preview.body.len() < 200_000);
    nadia.does(&format!("{path}/confirmation"), &[]).sees("5 000 salariés dans votre liste");
    assert_eq!(staff(&town, company).len(), 5_000);
}

fn a_file_of_french_excel_is_read(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    // « Prénom;Nom;Catégorie;Date d’entrée » in Windows-1252, as «CSV (séparateur : point-virgule)» writes it.
    let file = b"Pr\xe9nom;Nom;Cat\xe9gorie;Date d\x92entr\xe9e\r\n\xc9lodie;Delmotte;Agent de ma\xeetrise;22/11/2024\r\n";
    let path = sends(&nadia, "salaries.csv", file).is(303).leads_to();
    nadia.get(&path).sees("Élodie").sees("Une personne est prête");
    nadia.does(&format!("{path}/confirmation"), &[]).sees("1 personne ajoutée");
    let staff = staff(&town, company);
    let employee = staff.first().unwrap();
    assert_eq!(employee.person.full_name(), "Élodie Delmotte");
    assert_eq!(employee.employment.starts_on.iso(), "2024-11-22");
    nadia.get("/salaries").sees("Technicien, agent de maîtrise").sees("sans adresse");
}

fn a_workbook_brings_real_dates(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, heading) in ["NOM", "PRENOM", "Embauche", "Poste"].iter().enumerate() {
        sheet.write(0, u16::try_from(at).unwrap(), *heading).unwrap();
    }
    sheet.write(1, 0, "CARON").unwrap();
    sheet.write(1, 1, "Idriss").unwrap();
    let day = ExcelDateTime::parse_from_str("2020-09-01").unwrap();
    sheet.write_datetime_with_format(1, 2, day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    sheet.write(1, 3, "Fours").unwrap();
    let page = sends(&nadia, "liste.xlsx", &workbook.save_to_buffer().unwrap());
    let path = page.is(303).leads_to();
    nadia.get(&path).sees("Colonnes laissées de côté : Poste").sees("01/09/2020");
    nadia.does(&format!("{path}/confirmation"), &[]);
    assert_eq!(staff(&town, company).first().unwrap().employment.starts_on.iso(), "2020-09-01");
}

fn lines_left_out_come_back_as_a_file(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    let (path, _) = pastes(
        &nadia,
        "Nom\tPrénom\tAdresse\nRoy\tMia\tmia@verrerie.example\nLeroy\tPaul\t=cmd()\nRoy\tMia\tmia@verrerie.example\n",
    );
    let done = nadia.does(&format!("{path}/confirmation"), &[]);
    done.sees("1 personne ajoutée").sees("2 lignes n’ont pas été retenues").sees("déjà en ligne 2");
    assert_eq!(staff(&town, company).len(), 1);
    let file = nadia.get(&format!("{path}/refus.csv"));
    file.is(200);
    assert!(file.body.contains("'=cmd()") && !file.body.contains(";=cmd()"), "{}", file.body);
    assert!(file.body.starts_with("\u{feff}Nom;Prénom;"), "{}", file.body);
    let mended = file.body.replace("'=cmd()", "paul@verrerie.example");
    let path = sends(&nadia, "refus.csv", mended.as_bytes()).is(303).leads_to();
    nadia.get(&path).sees("Une personne est prête").does_not_see("Colonnes laissées de côté");
    nadia.does(&format!("{path}/confirmation"), &[]).sees("1 personne ajoutée, 1 personne déjà connue");
    assert_eq!(staff(&town, company).len(), 2);
}

fn what_cannot_be_read_says_why_and_what_to_do(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    nadia.post("/salaries/import", &[("lignes", " ")]).is(422).sees("Rien n’a été collé ni envoyé");
    let page = nadia.post("/salaries/import", &[("lignes", "Nom\tPoste\nRoy\tFours\n")]);
    page.is(422).sees("Il manque la colonne « Prénom »").sees("Titres trouvés : Nom, Poste").sees("Roy");
    sends(&nadia, "x.xlsx", b"%PDF-1.7 ...").is(422).sees("Ce fichier est un PDF");
    sends(&nadia, "x.csv", b"\xff\xd8\xff\xe0").is(422).sees("Ce fichier est une image");
    sends(&nadia, "x.csv", b"Nom\x81;Pr\x8fnom\r\n\x90;b\r\n").is(422).sees("CSV UTF-8");
    sends(&nadia, "x.xlsx", &bomb()).is(422).sees("démesuré");
    sends(&nadia, "x.csv", &vec![b'a'; 7_000_000]).is(413).sees("trop volumineux");
    assert_eq!(staff(&town, company).len(), 0);
}

/// A small file that would be 60 MB once opened.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        archive.start_file(name, options).unwrap();
        for _ in 0..20 {
            archive.write_all(&vec![b' '; 1_000_000]).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

fn an_import_is_forgotten_after_a_day(database: &Database) {
    let town = Town::new(database);
    let (_, nadia) = verrerie(&town);
    let (path, _) = pastes(&nadia, &list(2));
    town.hours_pass(25);
    nadia.get(&path).is(404);
    nadia.post(&format!("{path}/confirmation"), &[]).is(404);
}

fn a_list_without_headings_is_understood(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    let (path, page) =
        pastes(&nadia, "ROY\tMia\tmia@verrerie.example\nCARON\tIdriss\tidriss@verrerie.example\n");
    page.sees("Sans ligne de titres").sees("2 personnes sont prêtes");
    nadia.does(&format!("{path}/confirmation"), &[]);
    let names: Vec<String> = staff(&town, company).iter().map(|e| e.person.full_name()).collect();
    assert_eq!(names, ["Idriss CARON", "Mia ROY"]);
}
