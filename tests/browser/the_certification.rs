//! From an employee who attended an awareness session to a paper that a stranger checks: a partial success, a resit, a
//! change of name and a revocation on the way.

use super::driver::PHONE;
use super::the_main_job::logged_in;
use super::{Browser, Media};
use crate::harness::{Database, stories};
use crate::town::{Board, CANDIDATE, CERTIFIER, CHAIR, OWN, SECOND};
use std::fs;
use std::path::{Path, PathBuf};

stories! {
    chromium: from_awareness_to_a_paper_that_a_stranger_checks;
}

fn from_awareness_to_a_paper_that_a_stranger_checks(database: &Database) {
    let board = Board::open(database);
    board.institute.candidate();
    let town = &board.institute.town;
    let (lou, ines) = (logged_in(town, CANDIDATE), logged_in(town, CERTIFIER));
    lou.size(PHONE.0, PHONE.1);
    let candidacy = applies(&board, &lou);
    is_let_in(&ines, &candidacy);
    let first = composes_a_jury(&board, &ines);
    has_a_partial_success(&board, &first, &candidacy);
    settles_how_it_signs(&ines);
    issues(&ines, &first);
    ines.open(&format!("{candidacy}/passages"));
    ines.click("Ouvrir le rattrapage");
    ines.sees("Le rattrapage est ouvert");
    let second = board.sitting(&[&candidacy]);
    assert_eq!(board.assesses(&second, &candidacy, &[("02", "11")]).status, 303);
    board.member(CHAIR).does(&format!("{second}/cloture"), &[]);
    issues(&ines, &second);

    let (block, whole) = looks_at_both(&lou);
    let paper = takes_away(&board, database, &whole);
    let stranger = Browser::new(&town.address());
    stranger.size(PHONE.0, PHONE.1);
    brings(&stranger, &paper, "Ce certificat est valable");
    let new_code = changes_their_name(&lou, &ines, &candidacy, &whole);
    brings(&stranger, &paper, "Ce certificat a été remplacé");
    types(&stranger, &new_code, "Ce certificat est valable");
    stranger.sees("Lou DELATTRE");
    stranger.media(Media::Print);
    stranger.sees("Ce que dit ce certificat");
    stranger.media(Media::Screen);
    let block_code = revokes(&ines, &block);
    types(&stranger, &block_code, "Ce certificat est révoqué");
    stranger.does_not_see("Fraude");
    town.the_journal_holds();
}

fn applies(board: &Board, lou: &Browser) -> String {
    lou.open("/accueil");
    lou.sees("Sensibilisation");
    lou.open(&format!("/certifications/{}", board.certification));
    lou.inspect();
    lou.click("Candidater");
    lou.inspect();
    lou.choose("Voie d’accès", "Formation continue");
    lou.choose("Votre plus haut niveau de qualification", "6 (licence, bac + 3 ou 4)");
    lou.click("Commencer le dossier");
    lou.sees("Identité de naissance à renseigner");
    lou.inspect();
    let candidacy = lou.address();
    lou.upload("Fichier – Curriculum vitæ", &curriculum());
    lou.click("Envoyer – Curriculum vitæ");
    lou.sees("curriculum.pdf");
    tells_who_they_are(lou, &candidacy, "Vanderhaeghe");
    lou.open(&format!("{candidacy}/declaration"));
    lou.sees("Le nom de naissance");
    lou.inspect();
    lou.open(&candidacy);
    lou.click("Déposer la candidature");
    lou.sees("Déposée");
    lou.inspect();
    candidacy
}

fn curriculum() -> PathBuf {
    let file = crate::harness::scratch::folder().join("curriculum.pdf");
    fs::write(&file, b"%PDF-1.4\n%%EOF\n").unwrap();
    file
}

fn tells_who_they_are(lou: &Browser, candidacy: &str, name: &str) {
    lou.open(&format!("{candidacy}/identite/saisie"));
    lou.fill("Nom de naissance", name);
    lou.fill("Premier prénom", "Lou");
    lou.fill("Date de naissance", "07/04/1988");
    lou.choose("Sexe à l’état civil", "Féminin");
    lou.choose("Naissance", "en France");
    lou.fill("Commune de naissance", "Tourcoing");
    lou.tick("J’atteste que ces informations sont celles de mon état civil");
    lou.inspect();
    lou.click("Enregistrer");
    lou.sees("Votre identité de naissance est confirmée.");
}

fn is_let_in(ines: &Browser, candidacy: &str) {
    ines.open(candidacy);
    ines.click("Accepter – Curriculum vitæ");
    ines.click("Confirmer l’éligibilité");
    ines.click("Admettre");
    ines.sees("Admise en formation");
    ines.inspect();
}

fn composes_a_jury(board: &Board, ines: &Browser) -> String {
    ines.open(&format!("/certifications/{}", board.certification));
    ines.click("Préparer un jury");
    ines.fill("Jour", &board.institute.town.today().iso());
    ines.fill("Heure", "09:00");
    ines.choose("Déroulement", "En présentiel");
    ines.fill("Lieu", "Salle du conseil");
    ines.click("Créer le jury");
    ines.sees("Aucun candidat n’est inscrit.");
    let jury = ines.address();
    for (email, capacity) in
        [(CHAIR, "Professionnel extérieur"), (SECOND, "Professionnel extérieur"), (OWN, "Certificateur")]
    {
        ines.open(&format!("{jury}/membres"));
        ines.choose("Membre", email.split('@').next().unwrap());
        ines.choose("Qualité", capacity);
        ines.click("Ajouter un membre");
        ines.sees("Le membre est ajouté.");
    }
    ines.click("Désigner président – maelle");
    ines.sees("Président");
    ines.open(&format!("{jury}/candidats"));
    ines.tick("Lou Delmotte");
    ines.click("Ajouter des candidats");
    ines.sees("Toutes les règles de la fiche sont respectées.");
    ines.inspect();
    ines.click("Convoquer membres et candidats");
    ines.sees("Convoqué");
    jury
}

/// One block of two: the members state that nothing ties them, the chair opens, assesses, closes.
fn has_a_partial_success(board: &Board, jury: &str, candidacy: &str) {
    for email in [SECOND, OWN] {
        board.as_juror(email).does(&format!("{jury}/declaration"), &[("lien", "aucun")]);
    }
    let chair = logged_in(&board.institute.town, CHAIR);
    chair.open(&format!("{jury}/declaration"));
    chair.tick("Rien ne me lie à l’un des candidats");
    chair.inspect();
    chair.click("Faire cette déclaration");
    chair.sees("Aucun lien");
    chair.open(&format!("{jury}/ouverture"));
    for name in ["maelle", "hugo", "paul"] {
        chair.tick(name);
    }
    chair.click("Ouvrir la séance");
    chair.sees("En séance");
    chair.inspect();
    chair.open(&format!("{}/grille", board.attempt(jury, candidacy)));
    chair.within("Cadrer un projet d’IA").fill("Étude de cas", "12");
    chair.within("Piloter un projet d’IA").fill("Étude de cas", "3");
    chair.inspect();
    chair.click("Enregistrer l’évaluation");
    chair.sees("Évalué");
    chair.open(&format!("{jury}/cloture"));
    chair.inspect();
    chair.click("Clore et sceller le procès-verbal");
    chair.sees("Admission partielle");
    chair.inspect();
}

fn settles_how_it_signs(ines: &Browser) {
    ines.open("/certificats/signature");
    ines.fill("Nom court", "deux-canaux");
    ines.fill("Qui signe", "Irène Vasseur");
    ines.fill("En qualité de", "directrice générale");
    ines.inspect();
    ines.click("Enregistrer");
    ines.sees("Vos certificats seront signés ainsi");
}

fn issues(ines: &Browser, jury: &str) {
    ines.open(jury);
    ines.click("Délivrer les certificats");
    ines.inspect();
    ines.click("Délivrer le certificat");
    ines.sees("Un certificat est délivré.");
    ines.inspect();
}

/// The addresses of the certificate of the block, and of the certification.
fn looks_at_both(lou: &Browser) -> (String, String) {
    let open = |name: &str| {
        lou.open("/certificats");
        lou.inspect();
        lou.click(name);
        lou.sees("Ce certificat est valable");
        lou.inspect();
        lou.address()
    };
    (open("Chef de projet IA, RNCP99999BC01"), open("Chef de projet IA"))
}

/// The paper as its holder downloads it.
fn takes_away(board: &Board, database: &Database, page: &str) -> PathBuf {
    let paper = page.replace("/fiche", "/papier.pdf");
    let page = board.institute.town.log_in(CANDIDATE).get(&paper);
    assert_eq!(page.status, 200, "{}", page.text());
    let file = database.folder.join("certificat.pdf");
    fs::write(&file, page.bytes).unwrap();
    file
}

fn brings(stranger: &Browser, paper: &Path, said: &str) {
    stranger.open("/");
    stranger.click("Vérifier un certificat");
    stranger.inspect();
    stranger.upload("Certificat en PDF, ou badge en SVG, PNG ou JSON", paper);
    stranger.click("Vérifier – Avec le fichier");
    stranger.sees(said);
    stranger.sees("sans aucun changement");
    stranger.inspect();
}

fn types(stranger: &Browser, code: &str, said: &str) {
    stranger.open("/verifier");
    stranger.fill("Code", &code.to_lowercase());
    stranger.click("Vérifier – Avec le code imprimé");
    stranger.sees(said);
    stranger.inspect();
}

/// The code that a certificate shows.
fn code_on(page: &Browser) -> String {
    let text = page.text();
    let code = text.split_whitespace().find(|word| {
        word.len() == 29 && word.split('-').count() == 5 && word.split('-').all(|group| group.len() == 5)
    });
    code.unwrap_or_else(|| panic!("no code: {text}")).to_owned()
}

fn changes_their_name(lou: &Browser, ines: &Browser, candidacy: &str, whole: &str) -> String {
    tells_who_they_are(lou, candidacy, "Delattre");
    ines.open(whole);
    ines.click("Remplacer ce certificat");
    ines.fill("Motif", "Changement de nom.");
    ines.inspect();
    ines.click("Remplacer ce certificat");
    ines.sees("Le nouveau certificat est délivré");
    ines.sees("Lou DELATTRE");
    ines.inspect();
    code_on(ines)
}

fn revokes(ines: &Browser, block: &str) -> String {
    ines.open(block);
    ines.click("Révoquer ce certificat");
    ines.fill("Motif", "Fraude établie.");
    ines.inspect();
    ines.click("Révoquer ce certificat");
    ines.sees("Le certificat est révoqué");
    ines.inspect();
    code_on(ines)
}
