//! From admission to a decision that holds: the jury is composed, sits, decides, and its minutes are sealed.

use crate::harness::{Database, stories};
use crate::town::{Board, CHAIR, OWN, Person, SECOND};
use actions::rounds;
use diesel::RunQueryDsl as _;
use domain::access::Role;
use domain::letters::LetterKind;
use std::thread;
use store::{self, Conn};

stories! {
    both: a_jury_is_composed_sits_and_decides,
        forbidden_compositions_are_refused_for_their_reason,
        nobody_sees_a_result_before_the_jury_closes,
        what_was_acquired_stays_and_the_rest_is_sat_again,
        sealed_minutes_that_were_altered_are_found,
        a_correction_is_another_version,
        a_result_is_contested_and_answered,
        a_jury_that_does_not_sit_gives_its_candidates_back,
        members_and_candidates_are_reminded_once,
        a_candidate_waits_for_one_jury_even_when_named_twice_at_once;
}

fn kinds(board: &Board, email: &str) -> Vec<LetterKind> {
    board.institute.town.letters_to(email).into_iter().map(|letter| letter.kind).collect()
}

fn a_jury_is_composed_sits_and_decides(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let jury = board.planned();
    board
        .ines
        .get(&jury)
        .sees("En composition")
        .sees("Le jury compte 0 membre(s), la fiche en demande 3 au moins.")
        .sees("Personne ne préside")
        .sees("Aucun candidat n’est inscrit.");
    board.ines.post(&format!("{jury}/convocation"), &[]).is(422).sees("Personne ne préside");
    board.seated(&jury);
    assert_eq!(board.names(&jury, &lou).status, 303);
    let ready = board.ines.get(&jury);
    ready.sees("Toutes les règles de la fiche sont respectées.").sees("Lou Delmotte");
    assert!(ready.queries() <= 8, "{}", ready.queries());
    // Members know nothing of a jury that is being composed.
    board.member(CHAIR).get(&jury).is(404);
    board.ines.does(&format!("{jury}/convocation"), &[]).sees("Convoqué");
    assert_eq!(kinds(&board, CHAIR).last(), Some(&LetterKind::JuryNews));
    let letter = board.institute.town.letters_to("lou@candidat.example").pop().unwrap();
    assert!(letter.subject.contains("Convocation devant le jury"), "{}", letter.subject);
    assert!(letter.text_body.contains("Salle du conseil"), "{}", letter.text_body);
    let candidate = board.institute.town.log_in("lou@candidat.example");
    candidate.get(&lou).sees("Convoquée devant le jury").sees("Voir les passages");
    candidate.get(&format!("{lou}/passages")).sees("Salle du conseil");

    let chair = board.member(CHAIR);
    chair.get("/accueil").sees("Un jury attend votre déclaration d’intérêts");
    // Without every statement nobody sits.
    let all: Vec<String> = [board.chair, board.second, board.own]
        .iter()
        .map(|who| board.juror(&jury, *who).to_string())
        .collect();
    let present: Vec<(&str, &str)> = all.iter().map(|id| ("present", id.as_str())).collect();
    chair.post(&format!("{jury}/ouverture"), &present).is(422).sees("n’a pas encore fait sa déclaration");
    chair.post(&format!("{jury}/declaration"), &[]).is(422).sees("Dites quel lien vous avez");
    for email in [CHAIR, SECOND, OWN] {
        board.as_juror(email).does(&format!("{jury}/declaration"), &[("lien", "aucun")]);
    }
    board.member(SECOND).post(&format!("{jury}/ouverture"), &present).is(422).sees("Seul le président");
    chair.post(&format!("{jury}/ouverture"), &present[..1]).is(422).sees("le quorum est de 3");
    board.opened(&jury);

    chair.post(&format!("{jury}/cloture"), &[]).is(422).sees("Un candidat n’est pas encore évalué.");
    board
        .assesses(&jury, &lou, &[("01", "12")])
        .is(422)
        .sees("Il manque des points pour le bloc RNCP99999BC02");
    let kept = board.assesses(&jury, &lou, &[("01", "douze"), ("02", "14")]);
    kept.is(422).sees("chiffres entiers");
    assert!(
        kept.body.contains("value=\"douze\"") && kept.body.contains("value=\"14\""),
        "what was typed stays"
    );
    assert_eq!(board.assesses(&jury, &lou, &[("01", "12"), ("02", "14")]).status, 303);
    chair.does(&format!("{jury}/cloture"), &[]).sees("le procès-verbal scellé").sees("Admis");

    candidate.get(&lou).sees("Décision rendue");
    candidate
        .get(&format!("{lou}/passages"))
        .sees("Admis")
        .sees("Cadrer un projet d’IA (RNCP99999BC01) Acquis");
    let letter = board.institute.town.letters_to("lou@candidat.example").pop().unwrap();
    assert!(letter.text_body.contains("Décision du jury"), "{}", letter.text_body);
    let second = board.member(SECOND);
    second.get("/accueil").sees("Un procès-verbal attend votre signature");
    let minutes = format!("{jury}/proces-verbal");
    second
        .get(&minutes)
        .is(200)
        .sees("tel qu’il a été scellé")
        .sees("Lou Delmotte")
        .sees("Signer ce procès-verbal");
    second.does(&minutes, &[]).sees("Votre signature est enregistrée.");
    second.post(&minutes, &[]).is(422).sees("Vous avez déjà signé");
    second.get("/accueil").does_not_see("attend votre signature");
    board.ines.get(&minutes).is(200).does_not_see("Signer ce procès-verbal");
    // What is closed is closed.
    chair.post(&format!("{jury}/cloture"), &[]).is(422);
    board.ines.post(&format!("{jury}/annulation"), &[("motif", "Trop tard")]).is(422);
    board.assesses(&jury, &lou, &[("01", "1"), ("02", "1")]).is(422).sees("Le jury n’est pas en séance.");
    board.institute.town.the_journal_holds();
}

fn forbidden_compositions_are_refused_for_their_reason(database: &Database) {
    let board = Board::open(database);
    let town = &board.institute.town;
    let (person, lou) = board.institute.admitted("Lou", board.certification);
    // Zoé runs the awareness session that Lou attended; Noé manages staff where Lou works; Lou is a juror too.
    let body = board.institute.body;
    let zoe = town.member("zoe@atelier.example", Role::Trainer, Some(body));
    town.also("zoe@atelier.example", Role::Juror, board.institute.certifier);
    let session = board.number("SELECT session_id AS number FROM enrolments ORDER BY id DESC LIMIT 1");
    let write = |conn: &mut Conn| {
        let statement =
            format!("INSERT INTO session_trainers (session_id, account_id) VALUES ({session}, {zoe})");
        diesel::sql_query(statement).execute(conn)?;
        Ok::<_, store::Error>(())
    };
    town.store().write(write).unwrap();
    let company =
        board.number(&format!("SELECT company_id AS number FROM employments WHERE person_id = {person}"));
    let company = domain::ids::OrganisationId(company);
    let noe = town.member("noe@candidat.example", Role::Employer, Some(company));
    town.also("noe@candidat.example", Role::Juror, board.institute.certifier);
    let themselves = town.also("lou@candidat.example", Role::Juror, board.institute.certifier);
    let outsider = town.account("personne@ailleurs.example", None);

    let jury = board.planned();
    board.seated(&jury);
    assert_eq!(board.names(&jury, &lou).status, 303);
    board.seats(&jury, board.second, "professional").is(422).sees("déjà membre");
    board.seats(&jury, outsider, "professional").is(422).sees("rôle de membre de jury");
    for (account, capacity, said) in [
        (zoe, "professional", "travaille pour Atelier du Nord"),
        (zoe, "trainer", "a formé Lou Delmotte"),
        (noe, "professional", "ont le même employeur, Atelier de Lou"),
        (themselves, "professional", "est aussi candidat"),
    ] {
        assert_eq!(board.seats(&jury, account, capacity).status, 303);
        board.ines.get(&jury).sees(said);
        board.ines.post(&format!("{jury}/convocation"), &[]).is(422).sees(said);
        let juror = board.juror(&jury, account);
        board.ines.does(&format!("{jury}/membres/{juror}/retrait"), &[]);
    }
    // The share from outside: two of three hold it, one of two with the chair taken away does not.
    let second = board.juror(&jury, board.second);
    board.ines.does(&format!("{jury}/membres/{second}/retrait"), &[]);
    board.ines.post(&format!("{jury}/convocation"), &[]).is(422).sees("la fiche en demande 3");
    assert_eq!(board.seats(&jury, board.second, "trainer").status, 303);
    board
        .ines
        .post(&format!("{jury}/convocation"), &[])
        .is(422)
        .sees("viennent de l’extérieur, il en faut 2");
    let second = board.juror(&jury, board.second);
    board.ines.does(&format!("{jury}/membres/{second}/retrait"), &[]);
    assert_eq!(board.seats(&jury, board.second, "professional").status, 303);
    board.ines.does(&format!("{jury}/convocation"), &[]).sees("Convoqué");
    // An interest that is stated excludes too.
    let interest = [("lien", "lien"), ("lequel", "Lou est ma nièce.")];
    board.member(SECOND).does(&format!("{jury}/declaration"), &interest);
    board.ines.get(&jury).sees("Lou est ma nièce.");
    for email in [CHAIR, OWN] {
        board.as_juror(email).does(&format!("{jury}/declaration"), &[("lien", "aucun")]);
    }
    let all: Vec<String> = [board.chair, board.second, board.own]
        .iter()
        .map(|who| board.juror(&jury, *who).to_string())
        .collect();
    let present: Vec<(&str, &str)> = all.iter().map(|id| ("present", id.as_str())).collect();
    board.member(CHAIR).post(&format!("{jury}/ouverture"), &present).is(422).sees("déclare un lien");
}

fn nobody_sees_a_result_before_the_jury_closes(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let jury = board.sitting(&[&lou]);
    assert_eq!(board.assesses(&jury, &lou, &[("01", "12"), ("02", "3")]).status, 303);
    let candidate = board.institute.town.log_in("lou@candidat.example");
    let passages = format!("{lou}/passages");
    candidate.get(&lou).sees("aucun résultat n’est visible");
    candidate.get(&passages).sees("Salle du conseil").does_not_see("Acquis").does_not_see("partielle");
    board.ines.get(&passages).does_not_see("Acquis").does_not_see("partielle");
    board.ines.get(&jury).sees("Évalué").does_not_see("partielle");
    board.ines.get(&format!("{}/grille", board.attempt(&jury, &lou))).is(404);
    board.ines.get(&format!("{jury}/proces-verbal")).is(404);
    assert!(!kinds(&board, "lou@candidat.example").is_empty());
    let told = board.institute.town.letters_to("lou@candidat.example");
    assert!(told.iter().all(|letter| !letter.text_body.contains("Décision du jury")));
    // Another juror of the house who does not sit in it sees nothing either.
    board.institute.town.member("ida@dehors.example", Role::Juror, Some(board.institute.certifier));
    board.member("ida@dehors.example").get(&jury).is(404);
    // A member who breaks the sitting off decides nothing.
    let chair = board.member(CHAIR);
    chair.post(&format!("{jury}/suspension"), &[]).is(422).sees("Donnez un motif");
    chair.does(&format!("{jury}/suspension"), &[("motif", "Une alarme.")]).sees("Convoqué");
    candidate.get(&passages).does_not_see("Acquis");
    board.opened(&jury);
    chair.does(&format!("{jury}/cloture"), &[]).sees("Admission partielle");
    candidate.get(&passages).sees("Admission partielle").sees("Non acquis");
}

fn what_was_acquired_stays_and_the_rest_is_sat_again(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let first = board.sitting(&[&lou]);
    assert_eq!(board.assesses(&first, &lou, &[("01", "12"), ("02", "3")]).status, 303);
    board.member(CHAIR).does(&format!("{first}/cloture"), &[]);
    board.ines.does(&format!("{lou}/rattrapage"), &[]).sees("Le rattrapage est ouvert");
    board.ines.post(&format!("{lou}/rattrapage"), &[]).is(422);
    let second = board.sitting(&[&lou]);
    let grid = board.member(SECOND).get(&format!("{}/grille", board.attempt(&second, &lou)));
    grid.is(200).sees("Blocs déjà acquis").sees("Piloter un projet d’IA");
    assert!(!grid.body.contains("points-RNCP99999BC01-0"), "an acquired block is not assessed again");
    assert_eq!(board.assesses(&second, &lou, &[("02", "11")]).status, 303);
    board.member(CHAIR).does(&format!("{second}/cloture"), &[]).sees("Admis");
    let page = board.institute.town.log_in("lou@candidat.example").get(&format!("{lou}/passages"));
    page.sees("Admission partielle").sees("Admis");
    assert!(page.queries() <= 8, "{}", page.queries());
    board.ines.post(&format!("{lou}/rattrapage"), &[]).is(422).sees("rien à rattraper");
    board.institute.town.the_journal_holds();
}

fn sealed_minutes_that_were_altered_are_found(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let jury = board.sitting(&[&lou]);
    assert_eq!(board.assesses(&jury, &lou, &[("01", "3"), ("02", "3")]).status, 303);
    board.member(CHAIR).does(&format!("{jury}/cloture"), &[]).sees("Ajourné");
    let minutes = format!("{jury}/proces-verbal");
    board.ines.get(&minutes).sees("tel qu’il a été scellé");
    let change = |statement: &'static str| {
        let run = |conn: &mut Conn| {
            diesel::sql_query(statement).execute(conn)?;
            Ok::<_, store::Error>(())
        };
        board.institute.town.store().write(run).unwrap();
    };
    for (there, back) in [
        (
            "UPDATE minutes SET body = replace(body, '\"failed\"', '\"awarded\"')",
            "UPDATE minutes SET body = replace(body, '\"awarded\"', '\"failed\"')",
        ),
        ("UPDATE attempts SET decision = 'awarded'", "UPDATE attempts SET decision = 'failed'"),
        ("UPDATE minutes SET number = 2", "UPDATE minutes SET number = 1"),
    ] {
        change(there);
        board.ines.get(&minutes).is(200).sees("n’est plus tel qu’il a été scellé");
        let verdict =
            actions::journal::verify(&board.institute.town.house, &domain::access::Actor::HOUSE, None);
        assert!(!verdict.unwrap().holds(), "{there}");
        change(back);
        board.ines.get(&minutes).sees("tel qu’il a été scellé");
    }
    board.institute.town.the_journal_holds();
}

fn a_correction_is_another_version(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let jury = board.sitting(&[&lou]);
    assert_eq!(board.assesses(&jury, &lou, &[("01", "12"), ("02", "3")]).status, 303);
    board.member(CHAIR).does(&format!("{jury}/cloture"), &[]).sees("Admission partielle");
    let correction = format!("{}/correction", board.attempt(&jury, &lou));
    let form = |why: &'static str| {
        vec![
            ("presence", "present"),
            ("points-RNCP99999BC01-0", "12"),
            ("points-RNCP99999BC02-0", "13"),
            ("motif", why),
        ]
    };
    board.member(SECOND).post(&correction, &form("Inversion")).is(422).sees("Seul le président");
    board.member(CHAIR).post(&correction, &form(" ")).is(422).sees("Donnez un motif");
    board.member(CHAIR).does(&correction, &form("Deux notes étaient inversées.")).sees("Admis");
    let page = board.ines.get(&format!("{jury}/proces-verbal"));
    page.sees("version 2")
        .sees("version 1")
        .sees("Deux notes étaient inversées.")
        .sees("Admission partielle");
    let letter = board.institute.town.letters_to("lou@candidat.example").pop().unwrap();
    assert!(letter.text_body.contains("Deux notes étaient inversées."), "{}", letter.text_body);
    board.institute.town.log_in("lou@candidat.example").get(&format!("{lou}/passages")).sees("Admis");
    board.institute.town.the_journal_holds();
}

fn a_result_is_contested_and_answered(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let jury = board.sitting(&[&lou]);
    let candidate = board.institute.town.log_in("lou@candidat.example");
    let appeal = format!("{lou}/passages/{}/recours", board.attempt(&jury, &lou).rsplit('/').next().unwrap());
    candidate.get(&appeal).is(404);
    candidate.post(&appeal, &[("motif", "Trop tôt")]).is(404);
    assert_eq!(board.assesses(&jury, &lou, &[("01", "3"), ("02", "3")]).status, 303);
    board.member(CHAIR).does(&format!("{jury}/cloture"), &[]);
    candidate.get(&appeal).is(200).sees("Dites ce que vous contestez");
    candidate.post(&appeal, &[("motif", " ")]).is(422).sees("Donnez un motif");
    candidate
        .does(&appeal, &[("motif", "Ma soutenance n’a pas été notée.")])
        .sees("Recours en attente de réponse");
    candidate.post(&appeal, &[("motif", "Encore")]).is(422).sees("Un recours est déjà enregistré");
    let letter = board.institute.town.letters_to(crate::town::CERTIFIER).pop().unwrap();
    assert_eq!(letter.kind, LetterKind::AppealReceived);
    let answer = format!("{}/recours", board.attempt(&jury, &lou));
    board.ines.get(&jury).sees("Répondre au recours");
    board.ines.get(&answer).sees("Ma soutenance n’a pas été notée.");
    board.ines.post(&answer, &[("reponse", "rejete")]).is(422).sees("Donnez un motif");
    board
        .ines
        .does(&answer, &[("reponse", "rejete"), ("motif", "La grille compte la soutenance.")])
        .sees("Recours rejeté");
    board.ines.post(&answer, &[("reponse", "accueilli"), ("motif", "Finalement si.")]).is(409);
    let letter = board.institute.town.letters_to("lou@candidat.example").pop().unwrap();
    assert!(letter.text_body.contains("La grille compte la soutenance."), "{}", letter.text_body);
    candidate.get(&format!("{lou}/passages")).sees("Recours rejeté");
    board.institute.town.the_journal_holds();
}

fn a_jury_that_does_not_sit_gives_its_candidates_back(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let (_, mia) = board.institute.admitted("Mia", board.certification);
    let jury = board.planned();
    board.seated(&jury);
    for candidacy in [&lou, &mia] {
        assert_eq!(board.names(&jury, candidacy).status, 303);
    }
    board.ines.does(&format!("{jury}/convocation"), &[]);
    let out = format!("{}/retrait", board.attempt(&jury, &mia));
    board.ines.post(&out, &[]).is(422).sees("Donnez un motif");
    board.ines.does(&out, &[("motif", "Mia est souffrante.")]).does_not_see("Mia Delmotte");
    let mia_reads = board.institute.town.log_in("mia@candidat.example");
    mia_reads.get(&mia).sees("Admise en formation");
    assert!(
        board
            .institute
            .town
            .letters_to("mia@candidat.example")
            .pop()
            .unwrap()
            .text_body
            .contains("souffrante")
    );
    // Somebody convened gives up: their seat before the jury is free.
    let day = board.institute.town.today().plus_days(3).iso();
    let moved = [
        ("jour", day.as_str()),
        ("heure", "14:00"),
        ("deroulement", "remote"),
        ("lieu", "https://salle.example"),
    ];
    board.ines.does(&format!("{jury}/seance"), &moved).sees("À distance");
    assert!(
        board
            .institute
            .town
            .letters_to("lou@candidat.example")
            .pop()
            .unwrap()
            .text_body
            .contains("salle.example")
    );
    board.ines.post(&format!("{jury}/annulation"), &[]).is(422).sees("Donnez un motif");
    board.ines.does(&format!("{jury}/annulation"), &[("motif", "La salle est inondée.")]).sees("Annulé");
    for email in [CHAIR, "lou@candidat.example"] {
        let letter = board.institute.town.letters_to(email).pop().unwrap();
        assert!(letter.text_body.contains("La salle est inondée."), "{email}: {}", letter.text_body);
    }
    board.institute.town.log_in("lou@candidat.example").get(&lou).sees("Admise en formation");
    // Both may come before another one.
    let other = board.planned();
    board.ines.get(&format!("{other}/candidats")).sees("Lou Delmotte").sees("Mia Delmotte");
    board.institute.town.the_journal_holds();
}

fn members_and_candidates_are_reminded_once(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let jury = board.planned();
    board.seated(&jury);
    assert_eq!(board.names(&jury, &lou).status, 303);
    let town = &board.institute.town;
    let day = town.today().plus_days(10).iso();
    let later = [("jour", day.as_str()), ("heure", "09:00"), ("deroulement", "on_site"), ("lieu", "Salle 2")];
    board.ines.does(&format!("{jury}/seance"), &later);
    board.ines.does(&format!("{jury}/convocation"), &[]);
    let rounds = || rounds::run(&town.house, &rounds::Reminders::default()).unwrap();
    let told = |email: &str| {
        let all = town.letters_to(email);
        all.iter().filter(|letter| letter.subject.contains("Rappel")).count()
    };
    let everybody = || ["lou@candidat.example", CHAIR, SECOND, OWN].map(told);
    rounds();
    assert_eq!(everybody(), [0; 4]);
    town.days_pass(3);
    assert_eq!(rounds().juries, 1);
    rounds();
    assert_eq!(everybody(), [1; 4]);
    let letter = town.letters_to("lou@candidat.example").pop().unwrap();
    assert!(letter.text_body.contains("Salle 2"), "{}", letter.text_body);
    town.days_pass(6);
    rounds();
    assert_eq!(everybody(), [2; 4]);
}

fn a_candidate_waits_for_one_jury_even_when_named_twice_at_once(database: &Database) {
    let board = Board::open(database);
    let (_, lou) = board.institute.admitted("Lou", board.certification);
    let juries = [board.planned(), board.planned(), board.planned()];
    let people: Vec<Person> = juries.iter().map(|_| board.institute.manager()).collect();
    let number = lou.rsplit('/').next().unwrap();
    let answers: Vec<u16> = thread::scope(|scope| {
        let named: Vec<_> = juries
            .iter()
            .zip(&people)
            .map(|(jury, ines)| {
                scope.spawn(move || ines.post(&format!("{jury}/candidats"), &[("candidat", number)]).status)
            })
            .collect();
        named.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 2, "{answers:?}");
}
