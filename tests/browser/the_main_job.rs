//! The main job, by the people whose job it is: a session of thirteen seats is published, fifteen employees are enrolled,
//! two wait and know why, one cancels, the next one has the seat, and everyone is told.

use super::driver::PHONE;
use super::{Browser, leaf};
use crate::harness::{Database, stories};
use crate::town::{PASSWORD, Town};
use actions::rounds::{self, Reminders};
use domain::access::Role;
use domain::letters::LetterKind;
use domain::organisations::Capacity;

stories! {
    chromium: two_wait_and_one_of_them_gets_the_seat_that_is_given_back;
}

const KARIM: &str = "karim@atelier.example";
const NADIA: &str = "nadia@verrerie.example";
/// Who gives her seat back on her telephone, and who waits first.
const LOU: &str = "lou.carpentier@verrerie.example";
const HUGO: &str = "hugo.wattel@verrerie.example";

/// As a spreadsheet copies it; the address of line 4 was never finished. The last two of the alphabet come too late.
const STAFF: &str = "Nom\tPrénom\tCourriel\tMatricule
Carpentier\tLou\tlou.carpentier@verrerie.example\t1001
Beaupré\tÉmile\temile.beaupre@verrerie.example\t1002
Lefèvre\tSandrine\tsandrine.lefevre@\t1003
Delmotte\tÉlodie\telodie.delmotte@verrerie.example\t1004
Wattel\tHugo\thugo.wattel@verrerie.example\t1005
Carlier\tInès\tines.carlier@verrerie.example\t1006
Ghesquière\tMaud\tmaud.ghesquiere@verrerie.example\t1007
Hennebelle\tPaul\tpaul.hennebelle@verrerie.example\t1008
Flament\tYann\tyann.flament@verrerie.example\t1009
Herbaut\tSofia\tsofia.herbaut@verrerie.example\t1010
Bracq\tOlivier\tolivier.bracq@verrerie.example\t1011
Legrand\tNoé\tnoe.legrand@verrerie.example\t1012
Dubois\tJade\tjade.dubois@verrerie.example\t1013
Vasseur\tMia\tmia.vasseur@verrerie.example\t1014
Zimmer\tAxel\taxel.zimmer@verrerie.example\t1015";

fn two_wait_and_one_of_them_gets_the_seat_that_is_given_back(database: &Database) {
    let town = found(database);
    let karim = logged_in(&town, KARIM);
    writes_a_course(&karim);
    plans_and_publishes(&town, &karim);
    let nadia = logged_in(&town, NADIA);
    pastes_fifteen_people(&nadia);
    enrols_them(&nadia);
    gives_the_seat_back(&town);
    the_first_who_waits_has_it(&town, &nadia);
    calls_everyone(&town, &karim);
    let hugo = sees_it_on_the_path(&town);
    marks_and_closes(&town, &karim);
    hugo.open("/accueil");
    hugo.sees("A suivi la session");
    hugo.inspect();
    town.the_journal_holds();
}

/// A body and a company in one programme, each with somebody who has a password.
fn found(database: &Database) -> Town {
    let town = Town::new(database);
    let operator = town.organisation("Pilotage", &[Capacity::Operator]);
    let body = town.organisation("Atelier du Nord", &[Capacity::TrainingBody]);
    let company = town.organisation("Verrerie des Trois Canaux", &[Capacity::Company]);
    town.programme(operator, &[body, company]);
    town.member(KARIM, Role::TrainingManager, Some(body));
    town.member(NADIA, Role::Employer, Some(company));
    town
}

pub fn logged_in(town: &Town, email: &str) -> Browser {
    let browser = Browser::new(&town.address());
    browser.open("/connexion");
    browser.inspect();
    browser.fill("Adresse électronique", email);
    browser.fill("Mot de passe", PASSWORD);
    browser.press("Enter");
    browser.arrives_at("/accueil");
    browser.inspect();
    browser
}

fn writes_a_course(karim: &Browser) {
    karim.click("Formations");
    karim.sees("Vos formations seront ici");
    karim.inspect();
    karim.click("Ajouter une formation");
    karim.inspect();
    karim.fill("Intitulé", "Comprendre l’IA");
    karim.choose("Étape du parcours", "Sensibilisation");
    karim.fill("Durée prévue", "3 h 30");
    karim.click("Enregistrer la formation");
    karim.sees("Dites en une phrase ce que l’on saura faire");
    karim.inspect();
    assert_eq!(karim.value("Intitulé"), "Comprendre l’IA", "what was typed is still there");
    karim.fill("Objectifs", "Dire ce que l’IA sait faire.\nReconnaître ce qu’elle ne sait pas.");
    karim.click("Enregistrer la formation");
    karim.sees("La formation est enregistrée");
    karim.inspect();
}

fn plans_and_publishes(town: &Town, karim: &Browser) {
    karim.click("Planifier une session");
    karim.inspect();
    let day = town.today().plus_days(10);
    karim.within("Demi-journée 1").fill("Date", &day.iso());
    karim.within("Demi-journée 1").fill("Début", "09:00");
    karim.within("Demi-journée 1").fill("Fin", "12:30");
    karim.fill("Commune de la session", "Douai");
    karim.fill("Adresse et salle", "12 rue des Fuseaux, salle 2");
    karim.fill("Nombre de places", "13");
    karim.fill("Minimum", "14");
    karim.fill("Jour", &day.minus_days(2).iso());
    karim.fill("Heure", "18:00");
    karim.click("Garder en brouillon");
    karim.sees("dépasse le nombre de places");
    karim.inspect();
    karim.fill("Minimum", "4");
    karim.click("Garder en brouillon");
    karim.sees("Le brouillon est enregistré");
    karim.inspect();
    karim.click("Publier la session");
    karim.sees("La session est publiée");
    karim.inspect();
    karim.click("Voir la fiche publique");
    karim.sees("13 places libres");
    karim.inspect();
}

fn pastes_fifteen_people(nadia: &Browser) {
    nadia.open("/catalogue");
    nadia.inspect();
    nadia.click("Comprendre l’IA");
    nadia.inspect();
    nadia.click("Inscrire des salariés");
    nadia.sees("Votre liste de salariés est vide");
    nadia.inspect();
    nadia.click("Coller une liste");
    nadia.inspect();
    nadia.click("Relire la liste");
    nadia.sees("Rien n’a été collé ni envoyé");
    nadia.inspect();
    nadia.paste("Cellules copiées", STAFF);
    nadia.click("Relire la liste");
    nadia.sees("14 personnes sont prêtes, une ligne reste à compléter");
    nadia.inspect();
    nadia.fill("Adresse électronique, ligne 4", "sandrine.lefevre@verrerie.example");
    nadia.click("Vérifier à nouveau");
    nadia.sees("15 personnes sont prêtes");
    nadia.does_not_see("reste à compléter");
    nadia.inspect();
    nadia.click("Ajouter 15 personnes");
}

fn enrols_them(nadia: &Browser) {
    nadia.sees("15 personnes ajoutées");
    nadia.sees("15 personnes choisies");
    nadia.sees("2 personnes attendront");
    nadia.inspect();
    nadia.click("Inscrire 15 personnes");
    nadia.sees("13 places confirmées, 2 personnes en attente");
    nadia.inspect();
    nadia.open("/inscriptions");
    nadia.within("WATTEL").sees("1re en attente");
    nadia.within("ZIMMER").sees("2e en attente");
    nadia.inspect();
    nadia.click("WATTEL Hugo");
    nadia.sees("Pourquoi cette attente ? 1re sur 2. Les 13 places sont prises.");
    nadia.inspect();
}

fn gives_the_seat_back(town: &Town) {
    let lou = Browser::new(&town.address());
    lou.size(PHONE.0, PHONE.1);
    lou.open(&personal_link(town, LOU));
    lou.sees("Place confirmée");
    lou.sees("12 rue des Fuseaux");
    lou.inspect();
    lou.size(PHONE.0, PHONE.1);
    lou.click("Annuler cette inscription");
    lou.inspect();
    lou.size(PHONE.0, PHONE.1);
    lou.fill("Motif", "Je suis en congé ce jour-là.");
    lou.click("Annuler cette inscription");
    lou.sees("Inscription annulée");
    lou.inspect();
}

fn the_first_who_waits_has_it(town: &Town, nadia: &Browser) {
    assert!(has(town, HUGO, LetterKind::Promoted), "{:?}", town.letters_to(HUGO));
    nadia.open("/inscriptions");
    nadia.within("WATTEL").sees("Place confirmée");
    nadia.within("ZIMMER").sees("1re en attente");
    nadia.inspect();
    nadia.click("ZIMMER Axel");
    nadia.sees("1re sur 1");
}

fn calls_everyone(town: &Town, karim: &Browser) {
    karim.open("/sessions");
    karim.inspect();
    karim.click("Comprendre l’IA");
    karim.sees("13 places prises, 1 en attente");
    karim.inspect();
    karim.click("Maintenir la session");
    karim.sees("La session est maintenue");
    karim.inspect();
    let called = town.letters().into_iter().filter(|letter| letter.kind == LetterKind::Joining);
    let called: Vec<_> = called.collect();
    assert!(called.iter().any(|letter| letter.to_email == HUGO && letter.calendars.contains("BEGIN:VEVENT")));
    assert!(!called.iter().any(|letter| letter.to_email == LOU), "who cancelled is not called");
    karim.click("Courrier");
    karim.sees("Votre convocation");
    karim.inspect();
}

/// Hugo opens his account from the page of his place; his home is the path.
fn sees_it_on_the_path(town: &Town) -> Browser {
    let hugo = Browser::new(&town.address());
    hugo.open(&personal_link(town, HUGO));
    hugo.click("Ouvrir mon compte");
    hugo.sees("Un courriel vient de vous être adressé");
    hugo.inspect();
    hugo.open(&link(town, HUGO, "/acces/"));
    hugo.inspect();
    hugo.fill("Nouveau mot de passe", "court");
    hugo.click("Enregistrer et entrer");
    hugo.inspect();
    hugo.fill("Nouveau mot de passe", PASSWORD);
    hugo.click("Enregistrer et entrer");
    hugo.arrives_at("/accueil");
    hugo.sees("Comprendre l’IA");
    hugo.sees("Place confirmée");
    hugo.inspect();
    hugo
}

fn marks_and_closes(town: &Town, karim: &Browser) {
    town.days_pass(11);
    rounds::run(&town.house, &Reminders::default()).unwrap();
    karim.open("/accueil");
    karim.inspect();
    karim.click("Ouvrir la feuille de présence");
    karim.inspect();
    karim.click(&format!("Ouvrir la salle : {} matin", leaf(town.today().minus_days(1))));
    karim.inspect();
    karim.click("Tout le monde présent");
    karim.sees("Présents : 13 sur 13");
    karim.choose("FLAMENT Yann", "Excusé");
    karim.sees("Présents : 12 sur 13");
    karim.inspect();
    karim.click("Feuille de présence");
    karim.click("Ce qui manque pour clore");
    karim.inspect();
    karim.click("Se passer des signatures");
    karim.tick("La contresignature");
    karim.fill("Motif", "Feuille papier signée en salle");
    karim.click("Se passer de ces preuves");
    karim.sees("Chaque preuve est là");
    karim.inspect();
    karim.click("Clore la session");
    karim.sees("La session est close");
    karim.within("WATTEL").sees("A suivi la session");
    karim.within("FLAMENT").sees("N’est pas venu");
    karim.inspect();
    karim.click("Journal");
    karim.inspect();
}

fn has(town: &Town, email: &str, kind: LetterKind) -> bool {
    town.letters_to(email).iter().any(|letter| letter.kind == kind)
}

fn personal_link(town: &Town, email: &str) -> String {
    link(town, email, "/place/")
}

/// The first address in somebody’s letters that begins so.
fn link(town: &Town, email: &str, start: &str) -> String {
    let letters = town.letters_to(email);
    let link = letters.iter().find_map(|letter| {
        let rest = letter.text_body.split_once(start)?.1;
        rest.split_whitespace().next().map(|secret| format!("{start}{secret}"))
    });
    link.unwrap_or_else(|| panic!("no link to {start} in {letters:?}"))
}
