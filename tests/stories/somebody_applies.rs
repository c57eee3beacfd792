//! From an awareness session to the certification: an employee applies, the certifier answers.

use crate::harness::{Database, stories};
use crate::town::{CANDIDATE, CERTIFIER, Institute, Page, Person, everything};
use domain::access::Role;
use domain::letters::LetterKind;
use domain::organisations::Capacity;
use std::thread;

stories! {
    both: a_candidacy_is_followed_until_admission,
        what_is_missing_is_said_and_keeps_the_door_shut,
        a_candidacy_is_once_even_when_asked_for_twice_at_once,
        nobody_else_reads_what_a_candidate_entrusts,
        a_candidacy_is_given_up;
}

const PDF: &[u8] = b"%PDF-1.4\n% le parcours de Lou, en une page\n%%EOF\n";

fn application() -> Vec<(&'static str, &'static str)> {
    vec![("voie", "continuing"), ("niveau", "6"), ("projet", "Mener le projet de contrôle visuel.")]
}

fn begins(lou: &Person, institute: &Institute, form: &[(&str, &str)]) -> String {
    let certification = institute.certification();
    let page = lou.post(&format!("/certifications/{certification}/candidature"), form);
    assert_eq!(page.status, 303, "{}", page.text());
    page.leads_to()
}

fn sends(lou: &Person, candidacy: &str, bytes: &[u8]) -> Page {
    let form = [("piece", "Curriculum vitæ")];
    lou.upload(&format!("{candidacy}/pieces"), &form, "fichier", "cv-lou.pdf", bytes)
}

/// The address of the newest piece.
fn piece(reader: &Person, candidacy: &str) -> String {
    let page = reader.get(candidacy);
    let start = format!("href=\"{candidacy}/pieces/");
    let found = page.body.rmatch_indices(&start).next().expect("a piece").0;
    page.body[found + 6..].split('"').next().unwrap().to_owned()
}

fn told(institute: &Institute, email: &str) -> Vec<String> {
    institute.town.letters_to(email).into_iter().map(|letter| letter.subject).collect()
}

fn a_candidacy_is_followed_until_admission(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let (lou, ines) = (institute.town.log_in(CANDIDATE), institute.manager());
    lou.get("/accueil").sees("Voir les certifications");
    let candidacy = begins(&lou, &institute, &application());
    lou.get(&candidacy)
        .is(200)
        .sees("En préparation")
        .sees("Comprendre l’IA, suivie le")
        .sees("niveau 6 déclaré")
        .sees("il manque")
        .sees("Il manque encore quelque chose pour déposer.");
    lou.post(&format!("{candidacy}/depot"), &[]).is(422).sees("Il manque encore quelque chose");
    // A draft is its candidate's alone.
    ines.get(&candidacy).is(404);
    ines.get("/candidatures").sees("Aucune pour l’instant");

    assert_eq!(sends(&lou, &candidacy, PDF).status, 303);
    lou.does(&format!("{candidacy}/depot"), &[]).sees("Votre candidature est déposée").sees("Déposée");
    assert_eq!(
        told(&institute, CANDIDATE).last().unwrap(),
        "Votre candidature est déposée\u{a0}: Chef de projet IA"
    );
    assert!(told(&institute, CERTIFIER).last().unwrap().contains("Lou Delmotte"));

    ines.get("/accueil").sees("Une candidature attend votre réponse");
    ines.get("/candidatures?etat=submitted").is(200).sees("Lou Delmotte");
    ines.get("/candidatures?etat=admitted").is(200).does_not_see("Lou Delmotte");
    let read = ines.get(&candidacy);
    read.is(200).sees("Mener le projet de contrôle visuel.").sees("pièce reçue, à lire");
    assert!(read.queries() <= 8, "{}", read.queries());
    let first = piece(&ines, &candidacy);
    let file = ines.get(&first);
    assert_eq!((file.status, file.bytes.as_slice()), (200, PDF));
    // It is kept, and never opens among our pages.
    assert!(file.header("content-disposition").starts_with("attachment"), "{:?}", file.headers);
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    // Nobody answers before everything was read.
    ines.post(&format!("{candidacy}/eligibilite"), &[("reponse", "eligible")])
        .is(422)
        .sees("n’a pas encore été lue");
    ines.post(&first, &[("reponse", "refusee")]).is(422).sees("Donnez un motif");
    ines.does(&first, &[("reponse", "refusee"), ("motif", "La page 2 manque.")]).sees("refusée");
    assert!(institute.town.letters_to(CANDIDATE).last().unwrap().text_body.contains("La page 2 manque."));

    assert_eq!(sends(&lou, &candidacy, PDF).status, 303);
    let second = piece(&ines, &candidacy);
    ines.does(&second, &[("reponse", "acceptee")]).sees("pièce acceptée");
    ines.post(&second, &[("reponse", "acceptee")]).is(409);
    ines.post(&format!("{candidacy}/eligibilite"), &[("reponse", "non_eligible")])
        .is(422)
        .sees("Rien ne manque");
    ines.does(&format!("{candidacy}/eligibilite"), &[("reponse", "eligible")]).sees("Éligible");
    let letter = institute.town.letters_to(CANDIDATE).pop().unwrap();
    assert_eq!(letter.kind, LetterKind::Eligible);
    assert!(letter.text_body.contains("Éligible parce que"), "{}", letter.text_body);
    lou.get(&candidacy).sees("Vous remplissez les conditions");
    ines.does(&format!("{candidacy}/admission"), &[]).sees("Admise en formation");
    ines.post(&format!("{candidacy}/admission"), &[]).is(422).sees("Ce n’est plus possible");
    assert_eq!(told(&institute, CANDIDATE).last().unwrap(), "Vous êtes admis\u{a0}: Chef de projet IA");
    lou.get("/accueil").sees("Admise en formation");
    lou.get(&candidacy).sees("inscrivez-vous aux sessions de la formation certifiante");
    assert_eq!(sends(&lou, &candidacy, PDF).status, 422);
    institute.town.the_journal_holds();
}

fn what_is_missing_is_said_and_keeps_the_door_shut(database: &Database) {
    let institute = Institute::open(database);
    let mia = institute.town.employee(institute.company, "Mia", "Vasseur", Some("mia@verrerie.example"));
    institute.town.account("mia@verrerie.example", Some(mia));
    let mia = institute.town.log_in("mia@verrerie.example");
    let certification = institute.certification();
    let page = format!("/certifications/{certification}/candidature");
    mia.get(&page).is(200).sees("Formation continue").does_not_see("Apprentissage");
    mia.post(&page, &[]).is(422).sees("Choisissez une voie d’accès.");
    mia.post(&page, &[("voie", "initial"), ("projet", "Le mien")])
        .is(422)
        .sees("à laquelle cette certification est ouverte");
    let wish = [("voie", "continuing"), ("niveau", "4"), ("amenagement", "oui"), ("projet", "Le mien")];
    let refused = mia.post(&page, &wish);
    refused.is(422).sees("Dites ce qu’il faut aménager");
    assert!(refused.body.contains("Le mien"));
    let candidacy = mia.post(&page, &[("voie", "continuing"), ("niveau", "4")]).leads_to();
    mia.get(&candidacy).sees("Avoir suivi une session de sensibilisation il manque").sees("niveau 4 déclaré");
    // The page of the certification leads to the candidacy that there is.
    assert_eq!(mia.get(&page).leads_to(), candidacy);
    for (bytes, said) in [
        (&b"<html><script>alert(1)</script>"[..], "Envoyez un PDF"),
        (&b"MZ\x90\0"[..], "Envoyez un PDF"),
        (&[b"%PDF-1.4".as_slice(), &vec![b' '; 5_000_001]].concat(), "dépasse 5 Mo"),
    ] {
        sends(&mia, &candidacy, bytes).is(422).sees(said);
    }
    mia.upload(&format!("{candidacy}/pieces"), &[("piece", "Autre chose")], "fichier", "x.pdf", PDF)
        .is(422)
        .sees("n’est pas demandée");
    mia.post(&format!("{candidacy}/pieces"), &[("piece", "Curriculum vitæ")])
        .is(422)
        .sees("Choisissez un fichier.");
    assert_eq!(sends(&mia, &candidacy, PDF).status, 303);
    mia.post(&format!("{candidacy}/depot"), &[]).is(422);
    // She told her level too low: what she tells may be changed until somebody answers.
    mia.does(&format!("{candidacy}/dossier"), &[("voie", "continuing"), ("niveau", "5")])
        .sees("niveau 5 déclaré");
    mia.post(&format!("{candidacy}/depot"), &[]).is(422);
}

fn a_candidacy_is_once_even_when_asked_for_twice_at_once(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let page = format!("/certifications/{}/candidature", institute.certification());
    let people: Vec<Person> = (0..4).map(|_| institute.town.log_in(CANDIDATE)).collect();
    let answers: Vec<u16> = thread::scope(|scope| {
        let asked: Vec<_> =
            people.iter().map(|lou| scope.spawn(|| lou.post(&page, &application()).status)).collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 3, "{answers:?}");
    let all = institute.town.store().read(|conn| store::candidacies::list(conn, &everything(), None, None));
    assert_eq!(all.unwrap().rows.len(), 1);
}

fn nobody_else_reads_what_a_candidate_entrusts(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let lou = institute.town.log_in(CANDIDATE);
    let wish = "Un tiers de temps en plus, et de grands caractères.";
    let mut form = application();
    form.extend([("amenagement", "oui"), ("souhait", wish)]);
    let candidacy = begins(&lou, &institute, &form);
    lou.get(&candidacy).sees(wish);
    assert_eq!(sends(&lou, &candidacy, PDF).status, 303);
    lou.does(&format!("{candidacy}/depot"), &[]);
    let ines = institute.manager();
    ines.get(&candidacy).sees(wish);
    let file = piece(&lou, &candidacy);

    let id = candidacy.rsplit('/').next().unwrap().parse().unwrap();
    let kept = institute.town.store().read(|conn| store::candidacies::get(conn, &everything(), id));
    assert!(!kept.unwrap().told.accommodation.unwrap().as_str().contains("temps"), "it is sealed");

    let town = &institute.town;
    let other = town.organisation("Autre école", &[Capacity::Certifier]);
    town.member("zoe@autre.example", Role::Certifier, Some(other));
    town.member("rh@verrerie.example", Role::Employer, Some(institute.company));
    town.member("karim@atelier.example", Role::TrainingManager, Some(institute.body));
    town.member("helene@atelier.example", Role::Operator, Some(institute.body));
    let mia = town.employee(institute.company, "Mia", "Vasseur", None);
    town.account("mia@verrerie.example", Some(mia));
    for email in [
        "zoe@autre.example",
        "rh@verrerie.example",
        "karim@atelier.example",
        "helene@atelier.example",
        "mia@verrerie.example",
    ] {
        let reader = town.log_in(email);
        assert_eq!(reader.get(&candidacy).status, 404, "{email}");
        assert_eq!(reader.get(&file).status, 404, "{email}");
    }
    // The letters about it are not for the employer's eyes either.
    town.log_in("rh@verrerie.example").get("/courrier").is(200).does_not_see("candidature");
}

fn a_candidacy_is_given_up(database: &Database) {
    let institute = Institute::open(database);
    institute.candidate();
    let (lou, ines) = (institute.town.log_in(CANDIDATE), institute.manager());
    let candidacy = begins(&lou, &institute, &application());
    assert_eq!(sends(&lou, &candidacy, PDF).status, 303);
    lou.does(&format!("{candidacy}/depot"), &[]);
    let withdrawal = format!("{candidacy}/retrait");
    ines.get(&withdrawal).is(200).sees("La candidature prend fin");
    ines.post(&withdrawal, &[("motif", " ")]).is(422).sees("Donnez un motif");
    lou.does(&withdrawal, &[]).sees("La candidature est retirée.").sees("Retirée");
    lou.post(&withdrawal, &[]).is(422).sees("Ce n’est plus possible");
    // The way is free for another one.
    let page = lou.get("/certifications");
    page.is(200).sees("Chef de projet IA");
    let again = page.address_of("/certifications/");
    assert_eq!(lou.post(&format!("{again}/candidature"), &application()).status, 303);
}
