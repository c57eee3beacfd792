//! Fifteen employees in three minutes: pasted or sent as a file, read again together, mended, added at once.

use crate::harness::{Database, stories};
use crate::the_partners_of_a_programme::company;
use crate::town::{Page, Person, Planned, Room, Town, everything};
use actions::imports::{self, Mode};
use domain::access::Role;
use domain::ids::OrganisationId;
use domain::people::Employee;
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
        one_name_and_another_address_is_asked_about,
        who_left_comes_back_as_the_same_person,
        the_reader_says_what_the_columns_are,
        five_thousand_people_come_at_once;
    sqlite: a_file_of_french_excel_is_read,
        a_workbook_brings_real_dates,
        lines_left_out_come_back_as_a_file,
        what_cannot_be_read_says_why_and_what_to_do,
        an_import_is_forgotten_after_a_day,
        a_cell_that_a_spreadsheet_would_run_is_refused,
        several_changed_addresses_are_answered_at_once,
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
    let sent: (&[u8], &str) = (file.as_bytes(), "liste.tsv");
    let run = |mode| imports::from_file(&town.house, company, sent, mode, |_, _| ()).unwrap().0;
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
    assert_eq!(employee.person.name.full(), "Élodie Delmotte");
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
    nadia.post("/salaries/import", &[("lignes", "Nom\tPrénom\n")]).is(422).sees("qu’une ligne de titres");
    let (_, page) = pastes(&nadia, "Nom\tPoste\nRoy\tFours\n");
    page.sees("Il manque la colonne « Prénom »").sees("Titres trouvés : Nom, Poste").sees("Roy");
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 900]].concat();
    sends(&nadia, "liste.xls", &old).is(422).sees("ancien format d’Excel").sees(".xlsx ou .csv");
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
    assert_eq!(names(&town, company), ["Idriss CARON", "Mia ROY"]);
    for two in
        ["Malo\tDenis\nZoé\tLeroy", "Malo Denis\tmalo@verrerie.example\nZoé Leroy\tzoe@verrerie.example"]
    {
        let (_, page) = pastes(&nadia, two);
        page.sees("2 personnes sont prêtes").sees("vérifiez noms et prénoms");
    }
    pastes(&nadia, "Malo\tDenis").1.sees("Une personne est prête");
}

fn names(town: &Town, company: OrganisationId) -> Vec<String> {
    staff(town, company).iter().map(|e| e.person.name.full()).collect()
}

fn the_reader_says_what_the_columns_are(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    // Nothing tells that the family name comes first, that the first line holds titles, nor what the third is.
    let (path, page) = pastes(&nadia, "Nachname\tVorname\tBüro\nRoy\tMia\tB12\nCaron\tIdriss\tB14\n");
    page.sees("Ces titres ne nous disent rien").sees("Colonnes laissées de côté : Büro").sees("Roy, Caron");
    assert!(page.body.contains("<details class=\"card\" open>"));
    let columns = format!("{path}/colonnes");
    let twice = [("titres", "oui"), ("c0", "family_name"), ("c1", "family_name"), ("c2", "left_out")];
    nadia.post(&columns, &twice).is(422).sees("Deux colonnes sont dites « Nom »");
    let lacking = [("titres", "oui"), ("c0", "family_name"), ("c1", "left_out")];
    nadia.post(&columns, &lacking).is(422).sees("Il manque la colonne « Prénom » : dites où");
    let chosen = [("titres", "oui"), ("c0", "family_name"), ("c1", "given_name"), ("c2", "left_out")];
    nadia
        .does(&columns, &chosen)
        .sees("2 personnes sont prêtes")
        .sees("Colonnes laissées de côté : Büro")
        .does_not_see("ne nous disent rien");
    nadia.does(&format!("{path}/confirmation"), &[]).sees("2 personnes ajoutées");
    assert_eq!(names(&town, company), ["Idriss Caron", "Mia Roy"]);
    // What was mended stays; a column without a title does not vanish either.
    let (path, page) = pastes(&nadia, "Nom\tPetit nom\tMail\nDenis\tMalo\tmalo@\tQuai\n");
    page.sees("Il manque la colonne « Prénom »").sees("Colonnes laissées de côté : Petit nom, colonne 4");
    nadia.does(&format!("{path}/verification"), &[("l2.email", "malo@verrerie.example")]);
    let chosen = [("titres", "oui"), ("c0", "family_name"), ("c1", "given_name"), ("c2", "email")];
    let page = nadia.does(&format!("{path}/colonnes"), &chosen);
    page.sees("Une personne est prête").sees("malo@verrerie.example");
    nadia.does(&format!("{path}/confirmation"), &[]).sees("1 personne ajoutée");
    // A list that is done is done.
    nadia.does(&format!("{path}/colonnes"), &chosen).sees("Votre liste est à jour");
}

const LOU: &str = "Nom\tPrénom\tMail\nCarpentier\tLou\tlou@verrerie.example\n";

fn one_name_and_another_address_is_asked_about(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    nadia.does(&format!("{}/confirmation", pastes(&nadia, LOU).0), &[]);
    let lou = staff(&town, company)[0].person.id;
    let other = LOU.replace("lou@", "l.carpentier@");
    let emails = || -> Vec<String> {
        staff(&town, company).iter().map(|e| e.person.email.as_ref().unwrap().to_string()).collect()
    };

    // Without an answer the same file changes nothing, however often it comes.
    for _ in 0..2 {
        let (path, page) = pastes(&nadia, &other);
        page.sees("Lou Carpentier est déjà dans votre liste, à l’adresse lou@verrerie.example");
        page.sees("C’est la même personne (changer l’adresse)").sees("C’est quelqu’un d’autre (ajouter)");
        nadia.does(&format!("{path}/confirmation"), &[]).sees("Une ligne n’a pas été retenue");
        assert_eq!(emails(), ["lou@verrerie.example"]);
    }
    let (path, _) = pastes(&nadia, &other);
    let page = nadia.does(&format!("{path}/verification"), &[("l2.reponse", "same")]);
    page.sees("devient l.carpentier@verrerie.example").sees("Mettre à jour 1 personne");
    // An answer can be taken back.
    nadia.does(&format!("{path}/verification"), &[("l2.reponse", "")]).sees("une ligne reste à compléter");
    nadia.does(&format!("{path}/confirmation"), &[("l2.reponse", "same")]).sees("1 fiche mise à jour");
    assert_eq!(emails(), ["l.carpentier@verrerie.example"]);
    pastes(&nadia, &other).1.sees("1 personne déjà connue");

    let (path, _) = pastes(&nadia, LOU);
    nadia.does(&format!("{path}/confirmation"), &[("l2.reponse", "other")]).sees("1 personne ajoutée");
    assert_eq!(emails(), ["l.carpentier@verrerie.example", "lou@verrerie.example"]);
    assert_eq!(staff(&town, company)[0].person.id, lou);
    for known in [LOU, &other] {
        pastes(&nadia, known).1.sees("1 personne déjà connue");
    }
    town.the_journal_holds();
}

fn several_changed_addresses_are_answered_at_once(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    nadia.does(&format!("{}/confirmation", pastes(&nadia, &list(3)).0), &[]);
    // The same people without their numbers, at another domain.
    let moved = list(3).replace("verrerie.example", "verre.example");
    let moved: Vec<String> =
        moved.lines().map(|line| line.split('\t').take(3).collect::<Vec<_>>().join("\t")).collect();
    let (path, page) = pastes(&nadia, &moved.join("\n"));
    page.sees("3 lignes restent à compléter").sees("Pour toutes ces adresses, c’est la même personne");
    let page = nadia.does(&format!("{path}/verification"), &[("memes", "oui")]);
    page.sees("Mettre à jour 3 personnes").does_not_see("Pour toutes ces adresses");
    nadia.does(&format!("{path}/confirmation"), &[]).sees("3 fiches mises à jour");
    let staff = staff(&town, company);
    assert!(staff.iter().all(|e| e.person.email.as_ref().unwrap().as_str().ends_with("@verre.example")));
    assert_eq!(staff.len(), 3);
}

fn who_left_comes_back_as_the_same_person(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    let list = format!("{LOU}Roy\tMia\t\nDenis\tMalo\t\n");
    nadia.does(&format!("{}/confirmation", pastes(&nadia, &list).0), &[]);
    let before = staff(&town, company);
    let today = town.today();
    for known in &before {
        let path = format!("/salaries/{}/depart", known.person.id);
        nadia.does(&path, &[("last_day", &today.iso())]);
    }
    town.days_pass(3);
    let nadia = town.log_in(NADIA);
    assert_eq!(staff(&town, company).len(), 0);

    let (path, page) = pastes(&nadia, &list);
    page.sees("Une personne est prête").sees("la même personne revient");
    page.sees("Mia Roy a quitté votre entreprise le").sees("C’est la même personne (elle revient)");
    assert!(page.queries() <= 8, "{}", page.queries());
    let answers = [("l3.reponse", "same"), ("l4.reponse", "other")];
    let page = nadia.does(&format!("{path}/confirmation"), &answers);
    page.sees("1 personne ajoutée, 2 personnes revenues");
    let after = staff(&town, company);
    let of = |all: &[Employee], given: &str| {
        let known = all.iter().find(|e| e.person.name.given.as_str() == given).unwrap();
        (known.person.id, known.employment.id)
    };
    for given in ["Lou", "Mia"] {
        assert_eq!(of(&before, given).0, of(&after, given).0, "{given} is the same person");
        assert_ne!(of(&before, given).1, of(&after, given).1, "{given} has a second time there");
    }
    assert_ne!(of(&before, "Malo").0, of(&after, "Malo").0);
    nadia.get(&format!("/salaries/{}", of(&after, "Lou").0)).sees("Déjà dans votre entreprise du");
    let former = nadia.get("/salaries?presence=partis");
    former.sees("DENIS Malo").does_not_see("CARPENTIER Lou").does_not_see("ROY Mia");
    pastes(&nadia, &list).1.sees("3 personnes déjà connues");
    town.the_journal_holds();
}

fn a_cell_that_a_spreadsheet_would_run_is_refused(database: &Database) {
    let town = Town::new(database);
    let (company, nadia) = verrerie(&town);
    let list = "Nom\tPrénom\tMatricule\n=HYPERLINK(\"x\")\tMia\t\nRoy\t@Mia\t+12\n'-Caron\tIdriss\t\n";
    let (path, page) = pastes(&nadia, list);
    page.sees("3 lignes restent à compléter").sees("Nom : cette cellule commence par =, +, - ou @");
    page.sees("Matricule : cette cellule");
    nadia.does(&format!("{path}/confirmation"), &[]).sees("3 lignes n’ont pas été retenues");
    let file = nadia.get(&format!("{path}/refus.csv"));
    for cell in ["\"'=HYPERLINK(", ";'@Mia;", ";'+12;", "'-Caron;"] {
        assert!(file.body.contains(cell), "{cell}: {}", file.body);
    }
    let (path, _) = pastes(&nadia, "Nom\tPrénom\n=Roy\tMia\n");
    let mended = [("l2.family_name", "Roy")];
    nadia.does(&format!("{path}/verification"), &mended).sees("Une personne est prête");
    nadia.does(&format!("{path}/confirmation"), &[]);
    assert_eq!(names(&town, company), ["Mia Roy"]);
    // The form for one goes by the same rule.
    let form = [("family_name", "=1+1"), ("given_name", "Lou")];
    nadia.post("/salaries", &form).is(422).sees("l’exécuterait comme une formule");
}
