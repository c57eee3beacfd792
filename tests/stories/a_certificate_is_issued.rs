//! From the decision of a jury to a paper that a stranger checks: issued at one go, replaced when its holder changes
//! their name, revoked, told before its end.

use crate::harness::{Database, stories};
use crate::town::{Board, CHAIR, Page, Person, Town, are_answered_alike};
use crate::verifiers::papers::{attached, qpdf, qr, text, verapdf};
use crate::verifiers::{Case, say};
use crate::whoever_runs_it::{done, parcours};
use actions::rounds;
use diesel::RunQueryDsl as _;
use domain::ids::CandidacyId;
use domain::keys::KeyPurpose;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::thread;
use store::{self, Conn};

stories! {
    both: a_jury_awards_and_a_stranger_checks,
        a_file_is_compared_with_what_was_issued,
        each_acquired_block_has_its_certificate,
        a_name_that_no_paper_prints_is_set_aside,
        another_name_is_another_certificate,
        what_was_revoked_is_told_as_revoked,
        nothing_is_issued_to_nobody_and_by_nobody,
        two_who_issue_at_once_issue_each_once,
        a_number_alone_tells_of_nobody,
        nothing_tells_whether_a_number_was_given,
        a_holder_is_told_before_the_end,
        it_says_what_it_said_whatever_becomes_of_its_holder;
    verifiers: what_was_taken_away_is_believed_when_nothing_serves;
    papers: the_paper_is_one_that_archives_take;
}

const LOU: &str = "lou@candidat.example";

impl Board {
    /// Lou, who told who they are, and was awarded; the jury, and their candidacy.
    fn awarded(&self) -> (String, String) {
        let (_, lou) = self.institute.admitted("Lou", self.certification);
        self.is_born("Lou", &lou, "Vanderhaeghe");
        self.signs();
        (self.decided(&[(&lou, "12", "14")]), lou)
    }

    /// The same, with the certificate: its page.
    fn certified(&self) -> Issued<'_> {
        let (jury, candidacy) = self.awarded();
        let page = self.ines.does(&format!("{jury}/certificats"), &[]);
        page.is(200).sees("Un certificat est délivré.");
        Issued::only(self, jury, candidacy)
    }
}

/// The one certificate of a board.
struct Issued<'a> {
    board: &'a Board,
    jury: String,
    candidacy: String,
    /// `/certificats/{uuid}`.
    address: String,
    number: String,
    /// `/verifier/{code}`.
    check: String,
}

impl<'a> Issued<'a> {
    fn only(board: &'a Board, jury: String, candidacy: String) -> Self {
        let page = board.ines.get("/certificats");
        let file = newest(page.is(200));
        let address = file.trim_end_matches("/fiche").to_owned();
        let one = board.ines.get(&file);
        let number = number_in(&one);
        let check = one.is(200).address_of("/verifier/");
        Self { board, jury, candidacy, address, number, check }
    }

    fn stranger(&self) -> Person {
        self.board.institute.town.visitor()
    }

    /// The bytes of one of its files, as its holder fetches them.
    fn file(&self, name: &str) -> Vec<u8> {
        let page = self.board.institute.town.log_in(LOU).get(&format!("{}{name}", self.address));
        assert_eq!(page.status, 200, "{}", page.text());
        page.bytes
    }

    fn brings(&self, name: &str, file: &[u8]) -> Page {
        self.stranger().upload("/verifier/fichier", &[], "fichier", name, file)
    }

    /// Whether the published list says that the badge is revoked.
    fn is_listed_as_revoked(&self) -> bool {
        let badge: Value = serde_json::from_slice(&self.stranger().get(&self.address).bytes).unwrap();
        is_revoked(&self.stranger(), &badge)
    }
}

/// The first certificate of a list.
fn newest(list: &Page) -> String {
    let mut all = list.body.split("href=\"").skip(1).filter_map(|piece| piece.split('"').next());
    all.find(|address| address.ends_with("/fiche")).unwrap_or_else(|| panic!("{}", list.text())).to_owned()
}

fn number_in(page: &Page) -> String {
    let text = page.text();
    let at = text.find("RNCP99999-").unwrap_or_else(|| panic!("no number: {text}"));
    text[at..].split_whitespace().next().unwrap().to_owned()
}

fn is_revoked(stranger: &Person, badge: &Value) -> bool {
    use base64::Engine as _;
    use std::io::Read as _;
    let status = &badge["credentialStatus"];
    let list = status["statusListCredential"].as_str().unwrap();
    let path = list.strip_prefix("https://parcours.example").unwrap();
    let page = stranger.get_from(path, ("accept", "application/json"));
    assert_eq!((page.status, page.header("vary")), (200, "Accept"));
    let list: Value = serde_json::from_str(&page.body).unwrap();
    let packed = list["credentialSubject"]["encodedList"].as_str().unwrap().strip_prefix('u').unwrap();
    let packed = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(packed).unwrap();
    let mut bits = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bits).unwrap();
    let index: usize = status["statusListIndex"].as_str().unwrap().parse().unwrap();
    bits[index / 8] & (0x80 >> (index % 8)) != 0
}

fn a_jury_awards_and_a_stranger_checks(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let town = &board.institute.town;
    let year = town.today().year();
    assert_eq!(issued.number, format!("RNCP99999-{year}-000001"));
    let letter = town.letters_to(LOU).pop().unwrap();
    assert!(letter.subject.contains("Votre certificat est délivré"), "{}", letter.subject);
    assert!(letter.text_body.contains("/certificats"), "{}", letter.text_body);

    let lou = town.log_in(LOU);
    let list = lou.get("/certificats");
    list.is(200).sees("Chef de projet IA").sees(&issued.number).sees("Valable");
    assert!(list.queries() <= 8, "{}", list.queries());
    let one = lou.get(&format!("{}/fiche", issued.address));
    one.is(200).sees("Lou Zoé VANDERHAEGHE").sees("7 avril 1988").does_not_see("Révoquer");
    let paper = lou.get(&format!("{}/papier.pdf", issued.address));
    assert_eq!((paper.status, paper.header("content-type")), (200, "application/pdf"));
    assert!(paper.bytes.starts_with(b"%PDF-"));

    // Anybody who has the code reads everything that the paper prints, and nothing else.
    let page = issued.stranger().get(&issued.check);
    page.is(200)
        .sees("Ce certificat est valable")
        .sees("Lou Zoé VANDERHAEGHE")
        .sees("7 avril 1988")
        .sees("Tourcoing")
        .sees("Institut des Deux Canaux")
        .sees("Irène Vasseur, directrice générale")
        .does_not_see(LOU)
        .does_not_see("Atelier de Lou");
    let code = issued.check.trim_start_matches("/verifier/");
    let typed = format!("{} {}", code[..5].to_lowercase(), &code[5..]);
    assert_eq!(
        issued.stranger().get(&format!("/verifier?code={}", typed.replace(' ', "+"))).leads_to(),
        issued.check
    );
    issued.stranger().get("/verifier?code=court").is(422).sees("vingt-cinq lettres et chiffres");
    let other = format!("/verifier/{}{}", &code[..24], if code.ends_with('0') { '1' } else { '0' });
    issued.stranger().get(&other).is(404).sees("Aucun certificat ne porte ce code");

    // The keys and the list are there for programs.
    let did = issued.stranger().get("/certificateurs/deux-canaux/did.json");
    assert_eq!((did.status, did.header("access-control-allow-origin")), (200, "*"));
    let did: Value = serde_json::from_str(&did.body).unwrap();
    assert_eq!(did["id"], "did:web:parcours.example:certificateurs:deux-canaux");
    assert_eq!(did["verificationMethod"].as_array().unwrap().len(), 2);
    assert!(!issued.is_listed_as_revoked());
    let token = issued.stranger().get("/certificateurs/deux-canaux/listes/1");
    assert_eq!((token.status, token.header("content-type")), (200, "application/vc+jwt"));
    issued.stranger().get("/certificateurs/personne/did.json").is(404);
    issued.stranger().get("/certificateurs/deux-canaux/listes/2").is(404);
    town.the_journal_holds();
}

fn a_file_is_compared_with_what_was_issued(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let paper = issued.file("/papier.pdf");
    issued
        .brings("certificat.pdf", &paper)
        .is(200)
        .sees("Ce certificat est valable")
        .sees("sans aucun changement")
        .sees("7 avril 1988");
    let mut touched = paper.clone();
    let last = touched.len() - 20;
    touched[last] ^= 1;
    issued.brings("certificat.pdf", &touched).is(422).sees("aucun de ceux qui ont été délivrés ici");
    // A badge tells of no birth, and neither does its page.
    let badge = issued.file("");
    for (name, file) in [
        ("badge.json", badge.clone()),
        ("badge.svg", issued.file("/badge.svg")),
        ("badge.png", issued.file("/badge.png")),
    ] {
        let page = issued.brings(name, &file);
        page.is(200).sees("sans aucun changement").sees("Lou Zoé VANDERHAEGHE").does_not_see("1988");
    }
    // The badge in it is ours; what the picture shows is not.
    let drawn = String::from_utf8(issued.file("/badge.svg")).unwrap();
    let painted = drawn.replacen("</svg>", "<text>Directeur général</text></svg>", 1);
    assert_ne!(painted, drawn);
    for brought in [painted.clone(), format!("\n{painted}"), format!("\u{feff}{painted}")] {
        issued
            .brings("badge.svg", brought.as_bytes())
            .is(200)
            .sees("Cette image n’est pas celle qui a été délivrée")
            .sees("Lou Zoé VANDERHAEGHE")
            .does_not_see("sans aucun changement");
    }
    let forged = String::from_utf8(badge).unwrap().replace("Lou Zoé", "Paul Marie");
    issued
        .brings("badge.json", forged.as_bytes())
        .is(200)
        .sees("Ce fichier a été modifié")
        .sees("Ne vous y fiez pas")
        .sees("Lou Zoé VANDERHAEGHE");
    let uuid = issued.address.rsplit('/').next().unwrap();
    let elsewhere = forged.replace(uuid, "0f4c1d9e-2f5b-4c5f-9a53-6d1f0c9d1e11");
    issued.brings("badge.json", elsewhere.as_bytes()).is(422).sees("n’a pas été délivré ici");
    issued.brings("photo.png", b"\x89PNG\r\n\x1a\n").is(422).sees("Aucun badge n’a été trouvé");
    issued.stranger().post("/verifier/fichier", &[]).is(422).sees("Choisissez un fichier.");
}

fn each_acquired_block_has_its_certificate(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    board.is_born("Lou", &lou, "Vanderhaeghe");
    board.signs();
    let first = board.decided(&[(&lou, "12", "3")]);
    let issue = format!("{first}/certificats");
    board.ines.get(&issue).is(200).sees("RNCP99999BC01").does_not_see("RNCP99999BC02");
    board.ines.does(&issue, &[]).sees("Un certificat est délivré.").sees("Délivré");
    let town = &board.institute.town;
    let letter = town.letters_to(LOU).pop().unwrap();
    assert!(letter.text_body.contains("– Cadrer un projet d’IA"), "{}", letter.text_body);
    let check = board.ines.get(&newest(&board.ines.get("/certificats"))).address_of("/verifier/");
    town.visitor().get(&check).is(200).sees("Cadrer un projet d’IA (RNCP99999BC01)");
    // After the resit, the certification; the block stays what it is.
    board.ines.does(&format!("{lou}/rattrapage"), &[]);
    let second = board.sitting(&[&lou]);
    assert_eq!(board.assesses(&second, &lou, &[("02", "11")]).status, 303);
    board.member(CHAIR).does(&format!("{second}/cloture"), &[]);
    board.ines.does(&format!("{second}/certificats"), &[]).sees("Un certificat est délivré.");
    let list = town.log_in(LOU).get("/certificats");
    list.sees("Chef de projet IA, RNCP99999BC01").sees("-000001").sees("-000002");
    town.visitor().get(&check).is(200).sees("Ce certificat est valable");
    town.the_journal_holds();
}

/// An identity that was sealed before names were asked for in printable letters keeps nobody else waiting.
fn a_name_that_no_paper_prints_is_set_aside(database: &Database) {
    let board = Board::open(database);
    board.signs();
    let told = |given: &str| {
        let (_, candidacy) = board.institute.admitted(given, board.certification);
        board.is_born(given, &candidacy, "Vanderhaeghe");
        candidacy
    };
    let (lou, mia) = (told("Lou"), told("Mia"));
    let id: CandidacyId = lou.rsplit('/').next().unwrap().parse().unwrap();
    let text = "{\"birth_name\":\"東\",\"first_name\":\"Lou\",\"born\":\"1988\",\"sex\":\"female\"}";
    let house = &board.institute.town.house;
    let keys = house.keys.as_ref().unwrap();
    let sealed = keys.seal(KeyPurpose::Identity, &format!("identity:{id}"), text.as_bytes()).unwrap();
    let now = board.institute.town.now();
    house.store.write(|conn| store::identities::keep(conn, id, &sealed, now)).unwrap();
    let jury = board.decided(&[(&lou, "12", "14"), (&mia, "12", "14")]);
    let issue = format!("{jury}/certificats");
    let page = board.ines.post(&issue, &[]);
    page.is(422).sees("Un certificat est délivré.").sees("Lou Delmotte (« 東 »)");
    board.ines.get("/certificats").sees("Mia").does_not_see("Lou");
    board.ines.post(&issue, &[]).is(422).sees("Le caractère « 東 » d’un nom ne peut pas être imprimé");
    board.is_born("Lou", &lou, "Azuma");
    board.ines.does(&issue, &[]).sees("Un certificat est délivré.");
    board.institute.town.the_journal_holds();
}

/// `/certificats/{uuid}`, from its page.
fn new_address(page: &Page) -> String {
    page.address_of("/certificats/").trim_end_matches("/papier.pdf").to_owned()
}

fn another_name_is_another_certificate(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let town = &board.institute.town;
    board.is_born("Lou", &issued.candidacy, "Delattre");
    let replace = format!("{}/remplacement", issued.address);
    let paper = issued.file("/papier.pdf");
    board.ines.get(&replace).is(200).sees("Remplacer ce certificat");
    board.ines.post(&replace, &[("motif", " ")]).is(422).sees("Écrivez le motif.");
    let new = board.ines.does(&replace, &[("motif", "Changement de nom.")]);
    new.is(200)
        .sees("Lou Zoé DELATTRE")
        .sees("-000002")
        .sees(&format!("Remplace le certificat {}", issued.number));
    let letter = town.letters_to(LOU).pop().unwrap();
    assert!(letter.text_body.contains("Changement de nom."), "{}", letter.text_body);

    // The old one is what it was, and leads to the new one.
    let old = issued.stranger().get(&issued.check);
    old.is(200)
        .sees("Ce certificat a été remplacé")
        .sees("VANDERHAEGHE")
        .sees("-000002 tient lieu de celui-ci");
    old.does_not_see("DELATTRE").does_not_see("Changement de nom.");
    assert!(issued.is_listed_as_revoked(), "verifiers of badges know no third answer");
    issued.brings("ancien.pdf", &paper).is(200).sees("Ce certificat a été remplacé");
    issued.stranger().get(&new.address_of("/verifier/")).is(200).sees("Ce certificat est valable");
    board.ines.does(&format!("{}/revocation", new_address(&new)), &[("motif", "Fraude.")]);
    issued.stranger().get(&issued.check).sees("-000002 tenait lieu de celui-ci ; il est révoqué");
    // One certificate stands in the place of another, once.
    board.ines.post(&replace, &[("motif", "Encore")]).is(422).sees("déjà été remplacé ou révoqué");
    board.ines.post(&format!("{}/revocation", issued.address), &[("motif", "Non")]).is(422);
    town.the_journal_holds();
}

fn what_was_revoked_is_told_as_revoked(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let town = &board.institute.town;
    // The jury cannot decide otherwise behind a certificate that holds.
    let correction = format!("{}/correction", board.attempt(&issued.jury, &issued.candidacy));
    let grid = [
        ("presence", "present"),
        ("points-RNCP99999BC01-0", "12"),
        ("points-RNCP99999BC02-0", "3"),
        ("motif", "Une copie d’un autre."),
    ];
    board.member(CHAIR).post(&correction, &grid).is(422).sees("Un certificat dit ce résultat");

    let revoke = format!("{}/revocation", issued.address);
    board.ines.get(&revoke).is(200).sees("C’est définitif");
    board.ines.post(&revoke, &[]).is(422).sees("Écrivez le motif.");
    board.ines.does(&revoke, &[("motif", "Fraude établie.")]).sees("Révoqué").sees("Fraude établie.");
    let page = issued.stranger().get(&issued.check);
    page.is(200)
        .sees("Ce certificat est révoqué")
        .sees("il ne fait plus foi")
        .does_not_see("Fraude établie.");
    assert!(issued.is_listed_as_revoked());
    let letter = town.letters_to(LOU).pop().unwrap();
    assert!(letter.text_body.contains("Fraude établie."), "{}", letter.text_body);
    // The button does not give it back.
    board
        .ines
        .post(&format!("{}/certificats", issued.jury), &[])
        .is(422)
        .sees("Personne n’attend de certificat");
    // Now the jury may decide anew; what comes of it is certified anew.
    board.member(CHAIR).does(&correction, &grid).sees("Admission partielle");
    board.ines.does(&format!("{}/certificats", issued.jury), &[]).sees("Un certificat est délivré.");
    town.log_in(LOU).get("/certificats").sees("RNCP99999BC01").sees("Révoqué").sees("Valable");
    town.the_journal_holds();
}

fn nothing_is_issued_to_nobody_and_by_nobody(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let (_, mia) = board.institute.admitted("Mia", board.certification);
    let jury = board.decided(&[(&lou, "12", "14"), (&mia, "3", "3")]);
    let issue = format!("{jury}/certificats");
    board.ines.get(&issue).is(200).sees("Identité de naissance à renseigner").does_not_see("Mia");
    board.ines.post(&issue, &[]).is(422).sees("L’identité de naissance n’est pas renseignée");
    board.is_born("Lou", &lou, "Vanderhaeghe");
    board.ines.post(&issue, &[]).is(422).sees("Dites d’abord sous quel nom");
    for (name, said) in [("Institut", "1 à 60 lettres minuscules"), ("", "1 à 60 lettres minuscules")] {
        let form = [("nom", name), ("signataire", "Irène Vasseur"), ("qualite", "directrice")];
        board.ines.post("/certificats/signature", &form).is(422).sees(said);
    }
    let form = [("nom", "deux-canaux"), ("signataire", ""), ("qualite", "")];
    board.ines.post("/certificats/signature", &form).is(422).sees("Écrivez le nom de qui signe.");
    board.signs();
    // The name is chosen once; who signs may change.
    let form = [("nom", "autre-nom"), ("signataire", "Paul Hardy"), ("qualite", "président")];
    board.ines.does("/certificats/signature", &form).sees("deux-canaux").does_not_see("autre-nom");
    // Another certifier cannot take the name.
    let other =
        board.institute.town.organisation("École d’ailleurs", &[domain::organisations::Capacity::Certifier]);
    board.institute.town.member("zoe@ecole.example", domain::access::Role::Certifier, Some(other));
    let zoe = board.institute.town.log_in("zoe@ecole.example");
    let form = [("nom", "deux-canaux"), ("signataire", "Zoé Martin"), ("qualite", "directrice")];
    zoe.post("/certificats/signature", &form).is(422).sees("Un autre certificateur signe sous ce nom");
    zoe.get(&issue).is(404);
    zoe.post(&issue, &[]).is(404);
    board.ines.does(&issue, &[]).sees("Un certificat est délivré.");
    let one = board.ines.get(&newest(&board.ines.get("/certificats")));
    one.sees("Paul Hardy, président");
    zoe.get("/certificats").is(200).sees("Aucun certificat");
    board.ines.post(&issue, &[]).is(422).sees("Personne n’attend de certificat");
}

fn two_who_issue_at_once_issue_each_once(database: &Database) {
    let board = Board::open(database);
    board.signs();
    let mut points = Vec::new();
    for given in ["Lou", "Mia", "Ada", "Eva"] {
        let (_, candidacy) = board.institute.admitted(given, board.certification);
        board.is_born(given, &candidacy, "Delmotte");
        points.push(candidacy);
    }
    let named: Vec<_> = points.iter().map(|candidacy| (candidacy.as_str(), "12", "14")).collect();
    let jury = board.decided(&named);
    let path = format!("{jury}/certificats");
    let people: Vec<Person> = (0..3).map(|_| board.institute.manager()).collect();
    let answers: Vec<Page> = thread::scope(|scope| {
        let path = &path;
        let asked: Vec<_> = people.iter().map(|ines| scope.spawn(move || ines.post(path, &[]))).collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for page in &answers {
        assert!([303, 422].contains(&page.status), "{}: {}", page.status, page.text());
    }
    let count = |question: &str| board.number(question);
    assert_eq!(count("SELECT COUNT(*) AS number FROM certificates"), 4);
    assert_eq!(count("SELECT COUNT(DISTINCT number) AS number FROM certificates"), 4);
    assert_eq!(
        count("SELECT CAST(last AS BIGINT) AS number FROM certificate_series"),
        4,
        "no number is left out"
    );
    assert_eq!(count("SELECT COUNT(DISTINCT entry) AS number FROM certificates"), 4);
    let letters = |given: &str| {
        let all = board.institute.town.letters_to(&format!("{given}@candidat.example"));
        all.iter().filter(|letter| letter.subject.contains("Votre certificat est délivré")).count()
    };
    assert_eq!(["lou", "mia"].map(letters), [1, 1], "each is told once");
    board.institute.town.the_journal_holds();
}

fn nothing_tells_whether_a_number_was_given(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let stranger = issued.stranger();
    let never = issued.number.replace("000001", "000042");
    let asks = |number: &str| stranger.post("/verifier/numero", &[("numero", number), ("nom", "Martin")]);
    are_answered_alike(database, |_| asks(&issued.number), |_| asks(&never));
}

fn a_number_alone_tells_of_nobody(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let asks = |number: &str, name: &str| {
        issued.stranger().post("/verifier/numero", &[("numero", number), ("nom", name)])
    };
    let right = asks(&issued.number.to_lowercase(), "vanderhaeghe");
    right.is(200).sees("Ce certificat est valable").sees("Chef de projet IA");
    right.does_not_see("Lou").does_not_see("1988").does_not_see("Tourcoing");
    // A name that is wrong and a number that nobody has are answered alike.
    let wrong = asks(&issued.number, "Martin");
    let never = asks(&issued.number.replace("000001", "000042"), "Vanderhaeghe");
    let told =
        |page: &Page| page.is(422).text().replace("000042", "000001").replace("Martin", "Vanderhaeghe");
    assert_eq!(told(&wrong), told(&never));
    wrong.sees("ne vont pas ensemble");
    assert!(wrong.body.contains("value=\"Martin\""), "what was typed stays");
    asks("42", "").is(422).sees("Un numéro s’écrit comme").sees("Écrivez le nom du titulaire.");
}

fn a_holder_is_told_before_the_end(database: &Database) {
    let board = Board::open(database);
    change(&board, "UPDATE certification_versions SET validity_months = 12");
    let issued = board.certified();
    let town = &board.institute.town;
    let told = |town: &Town| {
        let all = town.letters_to(LOU);
        all.iter().filter(|letter| letter.subject.contains("arrive à son terme")).count()
    };
    let rounds = || rounds::run(&town.house, &rounds::Reminders::default()).unwrap();
    rounds();
    assert_eq!(told(town), 0);
    board.ines.get("/certificats?fin=bientot").is(200).sees("Aucun certificat ne se termine bientôt");
    let early = format!("{}/renouvellement", issued.address);
    board.ines.post(&early, &[]).is(422).sees("à partir de 90 jours avant sa fin");
    town.days_pass(285);
    let report = rounds();
    assert_eq!((report.endings, report.failures), (1, 0));
    assert!(report.lists >= 1, "the list is signed anew: {report:?}");
    rounds();
    assert_eq!(told(town), 1, "once");
    let ines = board.institute.manager();
    ines.get("/accueil").sees("Un certificat se termine dans les 90 jours");
    ines.get("/certificats?fin=bientot").is(200).sees(&issued.number);
    // Another period follows the one that ends, once.
    let renewal = format!("{}/renouvellement", issued.address);
    ines.get(&renewal).is(200).sees("pour la période qui suit");
    let new = ines.does(&renewal, &[]);
    new.sees("Le certificat est renouvelé").sees("Ce certificat n’est pas encore valable");
    ines.post(&renewal, &[]).is(422).sees("Ce certificat est déjà renouvelé.");
    let letter = town.letters_to(LOU).pop().unwrap();
    assert!(letter.subject.contains("Votre certificat est renouvelé"), "{}", letter.subject);
    issued.stranger().get(&issued.check).sees("Ce certificat est valable");
    town.days_pass(90);
    issued
        .stranger()
        .get(&issued.check)
        .is(200)
        .sees("Ce certificat n’est plus valable")
        .sees("Son dernier jour");
    issued.stranger().get(&new.address_of("/verifier/")).is(200).sees("Ce certificat est valable");
    town.log_in(LOU).get("/certificats").sees("Valable").sees("Expiré");
    town.the_journal_holds();
}

fn it_says_what_it_said_whatever_becomes_of_its_holder(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let before = issued.stranger().get(&issued.check).text();
    for statement in [
        "UPDATE people SET given_name = '–', family_name = '–', search_key = ''",
        "DELETE FROM civil_identities",
        "UPDATE organisations SET name = 'Une autre maison'",
        "UPDATE certification_versions SET title = 'Un autre titre'",
        "UPDATE accounts SET person_id = NULL WHERE email = 'lou@candidat.example'",
    ] {
        change(&board, statement);
    }
    let after = issued.stranger().get(&issued.check);
    let until_the_hour = |text: &str| text.split("Vérifié le").next().unwrap().to_owned();
    assert_eq!(until_the_hour(&after.is(200).text()), until_the_hour(&before));
}

/// Keys, lists and badges as files, and the programs of others: three badges of which one holds, signed before and after a
/// change of keys.
fn what_was_taken_away_is_believed_when_nothing_serves(database: &Database) {
    let (valid, gone) = three_badges(database);
    let folder = database.folder.join("emporte");
    let (code, said, error) =
        done(&mut parcours(database, &["certificates", "export", folder.to_str().unwrap(), "--days", "365"]));
    assert_eq!(code, 0, "{error}");
    assert!(said.contains("3 badges of 1 certifiers"), "{said}");
    let (code, _, error) =
        done(&mut parcours(database, &["certificates", "export", folder.to_str().unwrap()]));
    assert!(code == 1 && error.contains("is there already"), "{error}");

    let cases: Vec<Case> = [("holds", &valid), ("superseded", &gone[0]), ("revoked", &gone[1])]
        .map(|(name, uuid)| taken(&folder, name, uuid))
        .into();
    for (script, forms) in [
        ("openbadgeslib_api.py", &["token", "document"][..]),
        ("digitalbazaar.mjs", &["document"]),
        ("verifier_core.mjs", &["document"]),
    ] {
        let verdicts = say(script, &cases);
        for case in &cases {
            for form in forms {
                let verdict = verdicts.iter().find(|said| said.case == case.name && said.form == *form);
                let verdict =
                    verdict.unwrap_or_else(|| panic!("{script} says nothing of {}, {form}", case.name));
                assert_eq!(verdict.accepted, case.name == "holds", "{script}: {verdict:?}");
            }
        }
    }
}

/// The badge that holds, the one that was replaced, and one that was revoked.
fn three_badges(database: &Database) -> (String, [String; 2]) {
    let board = Board::open(database);
    let issued = board.certified();
    let uuid = |address: &str| {
        let address = address.trim_end_matches("/fiche");
        address.rsplit('/').next().unwrap().to_owned()
    };
    let (_, mia) = board.institute.admitted("Mia", board.certification);
    board.is_born("Mia", &mia, "Delmotte");
    let jury = board.decided(&[(&mia, "12", "14")]);
    board.ines.does(&format!("{jury}/certificats"), &[]);
    let revoked = newest(&board.ines.get("/certificats")).trim_end_matches("/fiche").to_owned();
    board.ines.does(&format!("{revoked}/revocation"), &[("motif", "Fraude.")]);
    let (code, said, error) = done(&mut parcours(database, &["certificates", "new-keys", "deux-canaux"]));
    assert_eq!((code, said.lines().count()), (0, 3), "{said}{error}");
    let new = board.ines.post(&format!("{}/remplacement", issued.address), &[("motif", "Nom.")]);
    (uuid(&new.leads_to()), [uuid(&issued.address), uuid(&revoked)])
}

/// A badge as it lies in the folder, with all that a verifier asks for.
fn taken(folder: &Path, name: &str, uuid: &str) -> Case {
    let read =
        |path: String| fs::read_to_string(folder.join(&path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    let document = read(format!("certificats/{uuid}.json"));
    let badge: Value = serde_json::from_str(&document).unwrap();
    let own = "certificateurs/deux-canaux";
    let at = |path: &str| format!("https://parcours.example/{own}/{path}");
    let list = badge["credentialStatus"]["statusListCredential"].as_str().unwrap();
    assert_eq!(list, at("listes/1"));
    Case {
        name: name.to_owned(),
        issuer: badge["issuer"]["id"].as_str().unwrap().to_owned(),
        holder: badge["credentialSubject"]["id"].as_str().unwrap().to_owned(),
        token: Some(read(format!("certificats/{uuid}.jwt"))),
        document: Some(document),
        pictures: Vec::new(),
        web: vec![
            (at("did.json"), read(format!("{own}/did.json")), None),
            (at("jwks.json"), read(format!("{own}/jwks.json")), None),
            (at("listes/1"), read(format!("{own}/listes/1.json")), Some(read(format!("{own}/listes/1.jwt")))),
        ],
    }
}

fn the_paper_is_one_that_archives_take(database: &Database) {
    let board = Board::open(database);
    let issued = board.certified();
    let file = database.folder.join("certificat.pdf");
    fs::write(&file, issued.file("/papier.pdf")).unwrap();
    for verdict in verapdf(std::slice::from_ref(&file)) {
        assert!(verdict.fault.is_none(), "{verdict:?}");
    }
    assert_eq!(qpdf(&file), None);
    assert_eq!(qr(&file), format!("https://parcours.example{}", issued.check));
    let read = text(&file);
    for line in ["Lou Zoé VANDERHAEGHE", &issued.number, "Tourcoing (Nord)", "directrice générale"] {
        assert!(read.contains(line), "{line} is not in\n{read}");
    }
    assert_eq!(attached(&file), issued.file(""), "the badge inside is the one that is published");
}

fn change(board: &Board, statement: &str) {
    let run = |conn: &mut Conn| {
        diesel::sql_query(statement).execute(conn)?;
        Ok::<_, store::Error>(())
    };
    board.institute.town.store().write(run).unwrap();
}
