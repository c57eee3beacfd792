//! Whoever holds a certification is declared to the State within three months: what is missing is seen from the first
//! day, files are the same each time, and what the State rejects goes again.

use crate::harness::{Database, stories};
use crate::town::{Board, Page, Person};
use domain::access::Role;
use domain::organisations::Capacity;
use domain::text::hexadecimal;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::process::Command;
use std::thread;

stories! {
    both: what_is_missing_is_seen_from_the_first_day,
        a_file_is_deposited_answered_and_sent_again,
        a_file_tells_what_was_chosen_and_nothing_later,
        a_report_is_taken_whole_or_not_at_all,
        what_was_rejected_goes_again_in_one_go,
        who_lost_their_certificate_is_declared_no_more,
        a_file_is_given_up_or_refused_as_a_whole,
        two_files_at_once_have_nobody_twice,
        deadlines_are_told_before_and_after,
        one_certifier_tells_for_itself_alone;
    xmllint: a_file_is_what_our_schema_says;
}

const LOU: &str = "lou@candidat.example";

/// Everyone told who they are, was awarded, and holds a certificate.
fn certified(board: &Board, given: &[&str]) -> Vec<String> {
    board.signs();
    let candidacies: Vec<String> = given
        .iter()
        .map(|given| {
            let (_, candidacy) = board.institute.admitted(given, board.certification);
            board.is_born(given, &candidacy, "Vanderhaeghe");
            candidacy
        })
        .collect();
    let points: Vec<_> = candidacies.iter().map(|candidacy| (candidacy.as_str(), "12", "14")).collect();
    let jury = board.decided(&points);
    board.ines.does(&format!("{jury}/certificats"), &[]).is(200);
    candidacies
}

fn gives_numbers(ines: &Person) {
    let form = [("client", "09zzz999"), ("contrat", "MCFCER999999"), ("deposant", ""), ("action", "oui")];
    ines.does("/declarations/numeros", &form).sees("Vos numéros sont enregistrés.");
}

fn prepares(ines: &Person) -> String {
    let page = ines.post("/declarations/fichiers", &[]);
    assert_eq!(page.status, 303, "{}", page.text());
    page.leads_to()
}

fn bytes(ines: &Person, file: &str) -> String {
    let page = ines.get(&format!("{file}/declaration.xml"));
    assert_eq!((page.status, page.header("content-type")), (200, "application/xml"));
    page.body
}

fn element(xml: &str, name: &str) -> String {
    let (_, rest) = xml.split_once(&format!("<cpf:{name}>")).unwrap_or_else(|| panic!("no {name} in {xml}"));
    rest.split_once('<').unwrap().0.to_owned()
}

fn deposited(board: &Board, file: &str) {
    let today = board.institute.town.today();
    board.ines.does(&format!("{file}/depot"), &[("jour", &today.iso())]).sees("Le dépôt est noté.");
}

/// A report of one file; of each passage what was found wrong, or nothing.
fn report(flow: &str, passages: &[(&str, Option<&str>)]) -> Vec<u8> {
    let (mut ko, mut ok) = (String::new(), String::new());
    for (id, why) in passages {
        match why {
            Some(why) => {
                ko = format!(
                    "{ko}<passage><idTechnique>{id}</idTechnique><messageErreur>{why}</messageErreur></passage>"
                );
            }
            None => ok = format!("{ok}<idTechnique>{id}</idTechnique>"),
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rapport xmlns:ns2=\"urn:cdc:cpf:pc5:rapport:schema\">\
         <nomFichier>f.xml</nomFichier><idFlux>{flow}</idFlux><idTraitement>1</idTraitement>\
         <PassagesKO>{ko}</PassagesKO><PassagesOK>{ok}</PassagesOK></rapport>"
    )
    .into_bytes()
}

fn answers(ines: &Person, file: &str, report: &[u8]) -> Page {
    ines.upload(&format!("{file}/compte-rendu"), &[], "fichier", "rapport.xml", report)
}

fn what_is_missing_is_seen_from_the_first_day(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let page = format!("{lou}/declaration");
    let candidate = board.institute.town.log_in(LOU);
    candidate.get(&lou).sees("Voir ce qui est prêt");
    for reader in [&candidate, &board.ines] {
        let page = reader.get(&page);
        page.is(200)
            .sees("Le nom de naissance Le candidat le renseigne")
            .sees("Les numéros du certificateur");
        page.does_not_see("Rien ne manque.");
        assert!(page.queries() <= 8, "{}", page.queries());
    }
    board.is_born("Lou", &lou, "Vanderhaeghe");
    gives_numbers(&board.ines);
    candidate
        .get(&page)
        .sees("Le nom de naissance Renseigné.")
        .sees("Le jour de la décision du jury Connu quand");
    board.signs();
    let jury = board.decided(&[(&lou, "12", "14")]);
    board.ines.does(&format!("{jury}/certificats"), &[]);
    candidate.get(&page).sees("Rien ne manque.").sees("Prête");
    board
        .ines
        .get("/declarations")
        .sees("Lou Delmotte")
        .sees("Prête")
        .sees("Préparer le fichier (1 déclaration)");
}

fn a_file_is_deposited_answered_and_sent_again(database: &Database) {
    let board = Board::open(database);
    let lou = certified(&board, &["Lou"]).remove(0);
    let ines = &board.ines;
    ines.get("/declarations").is(200).sees("Incomplète").sees("Sans vos numéros");
    ines.post("/declarations/fichiers", &[]).is(422).sees("Donnez d’abord vos numéros");
    let wrong = [("client", "court"), ("contrat", "avec espace"), ("deposant", "x"), ("action", "")];
    let page = ines.post("/declarations/numeros", &wrong);
    page.is(422)
        .sees("Un identifiant client a huit lettres")
        .sees("Un identifiant de contrat a 1 à 20 signes");
    assert!(page.body.contains("value=\"avec espace\""), "what was typed stays");
    gives_numbers(ines);
    let file = prepares(ines);
    ines.get(&file).is(200).sees("Écrit, à déposer").sees("1 déclaration");
    let xml = bytes(ines, &file);
    assert_eq!(element(&xml, "nomNaissance"), "Vanderhaeghe");
    assert_eq!(element(&xml, "idContrat"), "MCFCER999999");
    assert_eq!(element(&xml, "codeInsee"), "59599");
    let first = xml.clone();
    let (flow, technical) = (element(&xml, "idFlux"), element(&xml, "idTechnique"));

    let answer = format!("{file}/compte-rendu");
    answers(ines, &file, &report(&flow, &[(&technical, None)]))
        .is(422)
        .sees("notez d’abord le jour du dépôt");
    let tomorrow = board.institute.town.today().plus_days(1).iso();
    ines.post(&format!("{file}/depot"), &[("jour", "hier")]).is(422).sees("Écrivez le jour");
    ines.post(&format!("{file}/depot"), &[("jour", &tomorrow)]).is(422).sees("va de la préparation");
    deposited(&board, &file);
    ines.get("/declarations").does_not_see("Lou Delmotte");
    ines.get("/declarations?vue=envoyees").sees("Lou Delmotte").sees("Déposée");
    ines.post(&answer, &[]).is(422).sees("Choisissez le fichier");
    answers(ines, &file, b"<html/>").is(422).sees("ce n’est pas un compte rendu");

    let why = "Aucun titulaire ne correspond aux critères";
    let page = answers(ines, &file, &report(&flow, &[(&technical, Some(why))]));
    assert_eq!(page.status, 303, "{}", page.text());
    let list = ines.get("/declarations");
    list.sees("Rejetée").sees("Titulaire introuvable");
    let letter = board.institute.town.letters_to(LOU).pop().unwrap();
    assert!(letter.subject.contains("identité de naissance est à vérifier"), "{}", letter.subject);
    let one = list.address_of("/declarations/1");
    ines.get(&one).is(200).sees(why).sees("Marquer comme corrigée");
    board.is_born("Lou", &lou, "Van der Haeghe");
    ines.does(&format!("{one}/correction"), &[]).sees("repartira avec le prochain fichier").sees("Prête");
    // A report that comes again, or says the contrary, changes nothing of what was done since.
    assert_eq!(answers(ines, &file, &report(&flow, &[(&technical, Some(why))])).status, 303);
    let again = report(&flow, &[(&technical, Some("Aucun titulaire ne correspond aux critères, encore"))]);
    let contrary = report(&flow, &[(&technical, None)]);
    answers(ines, &file, &contrary).is(422).sees("le contraire de ce qui est déjà noté");
    ines.get(&one).sees("Prête");

    // It goes again under the same technical number, in a file of its own.
    let second = prepares(ines);
    let xml = bytes(ines, &second);
    assert_eq!(element(&xml, "idTechnique"), technical);
    assert_ne!(element(&xml, "idFlux"), flow);
    assert_eq!(element(&xml, "nomNaissance"), "Van der Haeghe");
    deposited(&board, &second);
    let accepted = report(&element(&xml, "idFlux"), &[(&technical, None)]);
    assert_eq!(answers(ines, &second, &accepted).status, 303);
    ines.get(&one).sees("Acceptée").sees("se corrige à la main");
    ines.get("/declarations?vue=acceptees").sees("Lou Delmotte");
    // The first file was right to be rejected: to hear it again contradicts nothing.
    assert_eq!(answers(ines, &file, &again).status, 303);
    ines.get(&one).sees("Acceptée");
    assert_eq!(bytes(ines, &file), first, "what was deposited first is still what it was");
    // The same report again changes nothing.
    assert_eq!(answers(ines, &second, &accepted).status, 303);
    ines.post(&format!("{one}/correction"), &[]).is(422).sees("se corrige à la main");
    board.institute.town.the_journal_holds();
}

fn a_file_tells_what_was_chosen_and_nothing_later(database: &Database) {
    let board = Board::open(database);
    let lou = certified(&board, &["Lou", "Mia"]).remove(0);
    gives_numbers(&board.ines);
    let file = prepares(&board.ines);
    let before = bytes(&board.ines, &file);
    let digest = hexadecimal(&Sha256::digest(before.as_bytes()));
    board.ines.get(&file).sees(&digest);
    board.is_born("Lou", &lou, "Delattre");
    let other = [("client", "09YYY111"), ("contrat", "AUTRE"), ("deposant", ""), ("action", "")];
    board.ines.does("/declarations/numeros", &other);
    assert_eq!(bytes(&board.ines, &file), before);
    deposited(&board, &file);
    assert_eq!(bytes(&board.ines, &file), before);
}

fn a_report_is_taken_whole_or_not_at_all(database: &Database) {
    let board = Board::open(database);
    certified(&board, &["Lou", "Mia", "Ada"]);
    gives_numbers(&board.ines);
    let file = prepares(&board.ines);
    deposited(&board, &file);
    let xml = bytes(&board.ines, &file);
    let flow = element(&xml, "idFlux");
    let ids: Vec<String> = xml
        .split("<cpf:idTechnique>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 3);
    let untouched = || board.ines.get("/declarations?vue=envoyees").text().matches("Déposée").count();
    let no = |report: &[u8], said: &str| {
        answers(&board.ines, &file, report).is(422).sees(said);
        assert_eq!(untouched(), 3);
    };
    no(&report("un-autre", &[(&ids[0], None)]), "répond à un autre fichier (un-autre)");
    no(&report(&flow, &[(&ids[0], None), ("inconnu", None)]), "parle de inconnu");
    no(&report(&flow, &[(&ids[0], None), (&ids[0], Some("Non"))]), "répond deux fois");
    no(b"<!DOCTYPE rapport><rapport/>", "types ou des entités");
    // What is not answered yet stays open; another report goes on.
    let first = report(&flow, &[(&ids[0], None), (&ids[1], Some("Plusieurs titulaires ont été identifiés"))]);
    assert_eq!(answers(&board.ines, &file, &first).status, 303);
    board.ines.get(&file).sees("Déposée 1").sees("Acceptée 1").sees("Rejetée 1");
    board.ines.get("/declarations").sees("Plusieurs titulaires possibles");
    let known = report(&flow, &[(&ids[2], Some("Ce passage existe déjà en base"))]);
    assert_eq!(answers(&board.ines, &file, &known).status, 303);
    let page = board.ines.get(&file);
    page.sees("Acceptée 2").does_not_see("Fichier XML du compte rendu");
    // Each is kept as it came.
    let kept: Vec<String> = page
        .body
        .split("href=\"")
        .filter_map(|piece| piece.split('"').next())
        .filter(|address| address.contains("/comptes-rendus/"))
        .map(|address| board.ines.get(address).body)
        .collect();
    assert_eq!(kept.len(), 2);
    assert!(
        kept.iter().any(|body| body.as_bytes() == first) && kept.iter().any(|body| body.as_bytes() == known)
    );
    let asked = ["lou", "mia", "ada"]
        .iter()
        .flat_map(|one| board.institute.town.letters_to(&format!("{one}@candidat.example")));
    let asked =
        asked.filter(|letter| letter.subject.contains("identité de naissance est à vérifier")).count();
    assert_eq!(asked, 1, "who was found is not asked to mend anything");
    board.institute.town.the_journal_holds();
}

fn what_was_rejected_goes_again_in_one_go(database: &Database) {
    let board = Board::open(database);
    let people = certified(&board, &["Lou", "Mia", "Ada"]);
    gives_numbers(&board.ines);
    let file = prepares(&board.ines);
    deposited(&board, &file);
    board.ines.does(&format!("{file}/rejet"), &[("motif", "Schéma refusé.")]).sees("Rejetée 3");
    // Who lost their certificate meanwhile stays behind.
    let certificate = of(&board, &people[0], "Lou");
    board.ines.does(&format!("{certificate}/revocation"), &[("motif", "Fraude.")]);
    let page = board.ines.does(&format!("{file}/reprise"), &[]);
    page.sees("2 déclarations repartiront").sees("Rejetée 1");
    board.ines.get("/declarations").sees("Préparer le fichier (2 déclarations)");
    assert!(!page.body.contains("/reprise\""), "nothing that is left can go again");
    let none = board.ines.does(&format!("{file}/reprise"), &[]);
    none.sees("Aucune ne peut repartir").sees("Certificats révoqués depuis la préparation de ce fichier : 1");
    let lou = board.institute.town.log_in(LOU);
    let told = lou.get(&format!("{}/declaration", people[0]));
    told.is(200).sees("il ne se déclare plus").does_not_see("passeport de compétences");
    board.institute.town.the_journal_holds();
}

/// The page of the certificate of a candidacy, without its end.
fn of(board: &Board, candidacy: &str, given: &str) -> String {
    let certificates = board.ines.get("/certificats").body;
    let row = certificates.split(&format!("{given} Delmotte")).next().unwrap();
    let certificate = row.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    board.ines.get(certificate).is(200).sees(given);
    assert!(
        board.ines.get(certificate).body.contains(&format!("href=\"{candidacy}\"")),
        "of another candidacy"
    );
    certificate.trim_end_matches("/fiche").to_owned()
}

fn who_lost_their_certificate_is_declared_no_more(database: &Database) {
    let board = Board::open(database);
    let people = certified(&board, &["Lou", "Mia"]);
    gives_numbers(&board.ines);
    let file = prepares(&board.ines);
    let lou = of(&board, &people[0], "Lou");
    board.ines.does(&format!("{lou}/revocation"), &[("motif", "Fraude.")]);
    board.ines.get(&file).sees("Certificats révoqués depuis la préparation de ce fichier : 1");
    board.ines.does(&format!("{file}/abandon"), &[("motif", "Révocation.")]).sees("Abandonné");
    let list = board.ines.get("/declarations");
    list.sees("Mia Delmotte").does_not_see("Lou Delmotte").sees("Préparer le fichier (1 déclaration)");
    let second = prepares(&board.ines);
    assert_eq!(bytes(&board.ines, &second).matches("<cpf:idTechnique>").count(), 1);
    // Found in their right, they hold another certificate, and are declared.
    let anew = format!("{lou}/nouvelle-delivrance");
    board.ines.get(&format!("{lou}/fiche")).sees("Délivrer à nouveau");
    board.ines.get(&anew).is(200).sees("Lou Zoé VANDERHAEGHE").sees("Celui-ci reste révoqué");
    board.ines.does(&anew, &[]).sees("délivré à nouveau").sees("Valable").sees("-000003");
    board.ines.post(&anew, &[]).is(422).sees("Ne se délivre à nouveau que ce qui a été révoqué");
    board.ines.get("/declarations").sees("Lou Delmotte").sees("Préparer le fichier (1 déclaration)");
    board.institute.town.the_journal_holds();
}

fn a_file_is_given_up_or_refused_as_a_whole(database: &Database) {
    let board = Board::open(database);
    certified(&board, &["Lou", "Mia"]);
    gives_numbers(&board.ines);
    let file = prepares(&board.ines);
    board.ines.post(&format!("{file}/rejet"), &[("motif", "Schéma")]).is(422).sees("notez d’abord le jour");
    board.ines.post(&format!("{file}/abandon"), &[]).is(422).sees("Écrivez le motif.");
    board.ines.does(&format!("{file}/abandon"), &[("motif", "Mauvais contrat.")]).sees("Abandonné");
    board.ines.get(&format!("{file}/declaration.xml")).is(404);
    board.ines.get("/declarations").sees("Préparer le fichier (2 déclarations)");
    let second = prepares(&board.ines);
    deposited(&board, &second);
    board.ines.post(&format!("{second}/abandon"), &[("motif", "Trop tard")]).is(422);
    let said = "Le fichier ne respecte pas le schéma.";
    board.ines.does(&format!("{second}/rejet"), &[("motif", said)]).sees("Rejetée 2");
    let list = board.ines.get("/declarations");
    list.sees("Autre motif");
    board.ines.get(&list.address_of("/declarations/1")).sees(said);
    // Those who hold it are not asked to mend what is not theirs.
    let letter = board.institute.town.letters_to(LOU).pop().unwrap();
    assert!(!letter.subject.contains("identité"), "{}", letter.subject);
}

fn two_files_at_once_have_nobody_twice(database: &Database) {
    let board = Board::open(database);
    certified(&board, &["Lou", "Mia", "Ada"]);
    gives_numbers(&board.ines);
    let people: Vec<Person> = (0..3).map(|_| board.institute.manager()).collect();
    let answers: Vec<Page> = thread::scope(|scope| {
        let asked: Vec<_> =
            people.iter().map(|one| scope.spawn(move || one.post("/declarations/fichiers", &[]))).collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(answers.iter().any(|page| page.status == 303));
    for page in &answers {
        assert!([303, 409, 422].contains(&page.status), "{}: {}", page.status, page.text());
    }
    let count = |question: &str| board.number(question);
    assert_eq!(count("SELECT COUNT(*) AS number FROM declarations WHERE state = 'exported'"), 3);
    let told = "SELECT CAST(COALESCE(SUM(passages), 0) AS BIGINT) AS number FROM declaration_files";
    assert_eq!(count(told), 3, "each is counted in one file");
    let empty = "SELECT COUNT(*) AS number FROM declaration_files WHERE passages = 0";
    assert_eq!(count(empty), 0, "nothing is left of a file that came too late");
    for page in answers.iter().filter(|page| page.status == 303) {
        let file = page.leads_to();
        let digest = hexadecimal(&Sha256::digest(bytes(&board.ines, &file).as_bytes()));
        board.ines.get(&file).sees(&digest);
    }
}

fn deadlines_are_told_before_and_after(database: &Database) {
    let board = Board::open(database);
    certified(&board, &["Lou"]);
    let town = &board.institute.town;
    board.ines.get("/accueil").does_not_see("arrive à échéance");
    town.days_pass(65);
    let ines = board.institute.manager();
    ines.get("/accueil").sees("Une déclaration à l’État arrive à échéance ou est en retard");
    ines.get("/declarations").sees("Plus que");
    town.days_pass(40);
    board.institute.manager().get("/declarations").sees("En retard de");
}

fn one_certifier_tells_for_itself_alone(database: &Database) {
    let board = Board::open(database);
    let (_, mia) = board.institute.admitted("Mia", board.certification);
    board.is_born("Mia", &mia, "Delmotte");
    certified(&board, &["Lou"]);
    gives_numbers(&board.ines);
    let list = board.ines.get("/declarations");
    let one = list.address_of("/declarations/1");
    let file = prepares(&board.ines);
    let other = board.institute.town.organisation("École d’ailleurs", &[Capacity::Certifier]);
    board.institute.town.member("zoe@ecole.example", Role::Certifier, Some(other));
    let zoe = board.institute.town.log_in("zoe@ecole.example");
    for path in [&one, &file, &format!("{file}/declaration.xml"), &format!("{file}/abandon")] {
        zoe.get(path).is(404);
    }
    for path in ["suite", "depot", "abandon", "compte-rendu", "rejet"] {
        zoe.post(&format!("{file}/{path}"), &[]).is(404);
    }
    zoe.post(&format!("{one}/correction"), &[]).is(404);
    zoe.get("/declarations").is(200).sees("Rien à déclarer ici");
    // A block alone is not declared, and neither is who lost their certificate before.
    let jury = board.decided(&[(&mia, "12", "3")]);
    board.ines.does(&format!("{jury}/certificats"), &[]);
    board.ines.get("/declarations").does_not_see("Mia");
    board.ines.does(&format!("{file}/abandon"), &[("motif", "Non.")]);
    let certificates = board.ines.get("/certificats").body;
    let lou = certificates.split("Lou Delmotte").next().unwrap().rsplit("href=\"").next().unwrap();
    let lou = lou.split('"').next().unwrap().trim_end_matches("/fiche");
    board.ines.does(&format!("{lou}/revocation"), &[("motif", "Fraude.")]);
    board.ines.get("/declarations").sees("Rien à déclarer ici");
    board.ines.post("/declarations/fichiers", &[]).is(422).sees("Aucune déclaration n’est prête");
}

fn a_file_is_what_our_schema_says(database: &Database) {
    let board = Board::open(database);
    certified(&board, &["Lou", "Mia"]);
    gives_numbers(&board.ines);
    let file = database.folder.join("declaration.xml");
    fs::write(&file, bytes(&board.ines, &prepares(&board.ines))).unwrap();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/src/exchange/declarations/declarations.xsd");
    let judged = Command::new("xmllint").args(["--noout", "--schema", schema]).arg(&file).output().unwrap();
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
}
