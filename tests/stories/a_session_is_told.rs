//! What the pages of a session say of its half-days: to the training body, the person, the employer, the auditor.

use crate::harness::{Database, stories};
use crate::the_room::{Hall, between};
use crate::the_room_is_proved::closable;
use domain::access::Role;
use domain::letters::LetterKind;

stories! {
    both: nobody_gets_a_second_place_on_the_spot,
        a_reason_asks_nobody_and_the_list_says_who_was_asked,
        a_corrected_half_day_is_countersigned_again,
        who_signed_is_not_asked_again_and_sees_the_proof,
        an_auditor_reads_the_sheet_and_changes_nothing,
        an_employer_sees_its_people_by_session,
        a_closed_session_offers_nothing_that_it_refuses;
}

fn nobody_gets_a_second_place_on_the_spot(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia", "Hugo"]);
    hall.room.enrols(&people);
    let lou = people[0];
    hall.minutes_in(5);
    let (slot, place) = (hall.slots[0].to_string(), hall.room.enrolment(lou).to_string());
    let add = format!("/sessions/{}/inscription", hall.room.session);
    let adds = |email: &str, more: &[(&str, &str)]| {
        let form = [("prenom", "lou"), ("nom", "DELMOTTE"), ("email", email), ("salle", slot.as_str())];
        hall.room.manager.post(&add, &[&form, more].concat())
    };
    // She is enrolled by her employer: her name and her address are enough to know her.
    let hers = "lou@verrerie.example";
    for more in [&[][..], &[("autre", place.as_str())]] {
        let page = adds(hers, more);
        page.is(422).sees("Cette personne est déjà inscrite à cette session : place confirmée");
        page.does_not_see("C’est une autre personne");
        assert_eq!(page.address_of(&format!("{}#", hall.at(0))), format!("{}#place-{place}", hall.at(0)));
    }
    let room = hall.room.manager.get(&hall.at(0));
    assert!(room.body.contains(&format!("id=\"place-{place}\"")), "{}", room.body);
    // A namesake, or somebody at the same address, gets a place once somebody looked.
    for email in ["", "une.autre@verrerie.example"] {
        adds(email, &[])
            .is(422)
            .sees("Quelqu’un de ce nom est déjà inscrit")
            .sees("C’est une autre personne");
    }
    let zoe = [("prenom", "Zoé"), ("nom", "Vasseur"), ("email", hers)];
    hall.room.manager.post(&add, &zoe).is(422).sees("avec cette adresse");
    assert_eq!(hall.room.seats().held, 3);
    let told = [("autre", place.as_str())];
    adds("", &told).is(303);
    assert_eq!(hall.room.seats().held, 4);
    // A second click adds nobody: this time the namesake is there too.
    adds("", &told).is(422).sees("Quelqu’un de ce nom");
    assert_eq!(hall.room.seats().held, 4);
    // No seat is left, and nobody waits any more: a reason is asked for, and is enough.
    hall.room.manager.get(&add).is(200).does_not_see("Sans motif, elle attend");
    let named = |given: &str, reason: &str| {
        let form = [("prenom", given), ("nom", "Vasseur"), ("motif", reason)];
        hall.room.manager.post(&add, &form)
    };
    named("Ida", "").is(303);
    let page = named("Noé", "");
    page.is(422).sees("donnez un motif");
    assert!(page.body.contains("href=\"#motif\""), "the mistake does not lead to its field");
    named("Noé", "Il est venu de loin.").is(303);
    named(&"N".repeat(3000), "").is(422).sees("trop long").does_not_see("Indiquez le prénom");
    hall.room.town.the_journal_holds();
}

fn a_reason_asks_nobody_and_the_list_says_who_was_asked(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia"]);
    hall.room.enrols(&people);
    let (lou, mia) = (hall.room.enrolment(people[0]).to_string(), hall.room.enrolment(people[1]).to_string());
    hall.minutes_in(100);
    let (room, closing) = (hall.at(0), format!("/sessions/{}/cloture", hall.room.session));
    hall.notes(0, people[0], "present", "").is(303);
    hall.notes(0, people[1], "late", "90").is(303);
    // While it lasts it is signed in the room: nobody is written to.
    hall.room.manager.get(&room).is(200).does_not_see("Demander les signatures manquantes");
    let page = hall.room.manager.get(&closing);
    page.is(200).sees("La demi-journée n’est pas finie").does_not_see("Demander la signature");
    page.sees("La contresignature vient en dernier");
    hall.room.manager.get(&room).sees("La contresignature vient en dernier");
    let ask = [("qui", lou.as_str()), ("depuis", "cloture")];
    hall.room.manager.post(&format!("{room}/demande"), &ask).is(422).sees("n’est pas finie");
    assert!(hall.room.told("Lou").iter().all(|kind| *kind != LetterKind::SignatureWanted));
    // Afterwards the list asks, stays where it is, and says who was asked.
    hall.minutes_in(300);
    let page = hall.room.manager.does(&format!("{room}/demande"), &ask);
    page.sees("La demande part").sees("Ce qui manque pour clore").sees("DELMOTTE Lou Signature demandée le");
    page.does_not_see("DELMOTTE Mia Signature demandée le");
    // Where the reason is typed, the first button is the one that it belongs to.
    let form = between(&page, "/dispense\"", "</form>");
    assert!(form.contains("name=\"motif\""), "{form}");
    assert_eq!(form.matches("<button").count(), 1, "{form}");
    assert!(!form.contains("formaction") && !form.contains("/demande"), "{form}");
    let waiver = [("qui", lou.as_str()), ("qui", mia.as_str()), ("motif", "Feuille papier.")];
    let page = hall.room.manager.does(&format!("{room}/dispense"), &waiver);
    page.sees("2 preuves sont dispensées").sees("Relire et contresigner");
    hall.countersigns(0);
    // What the closing will say, and by which rule.
    let page = hall.room.manager.get(&closing);
    page.sees("Chaque preuve est là").sees("Qui est venu à toutes les demi-journées a suivi la session");
    page.sees("DELMOTTE Mia A suivi la session, 1 h 30");
    assert!(page.queries() <= 8, "{}", page.queries());
    hall.closes().is(303);
    // The room says what the sheet says.
    for path in [room, format!("/sessions/{}/presences", hall.room.session)] {
        hall.room.manager.get(&path).sees("Sans signature : Feuille papier.").does_not_see("demandée le");
    }
}

fn a_corrected_half_day_is_countersigned_again(database: &Database) {
    let hall = closable(database);
    hall.closes().is(303);
    let sheet = format!("/sessions/{}/presences", hall.room.session);
    let anew = "à contresigner de nouveau";
    hall.room.manager.get("/accueil").does_not_see(anew);
    let correction = format!("{sheet}/{}/{}", hall.slots[1], hall.of("Mia"));
    // She never signed that afternoon: the reason of the correction stands for it.
    let page = hall.room.manager.does(&correction, &[("presence", "present"), ("motif", "Elle était là.")]);
    page.sees(anew);
    let room = page.address_of(&format!("{}#", hall.at(1)));
    assert!(!page.body.contains(&format!("{}#", hall.at(0))), "the morning did not change");
    let home = hall.room.manager.get("/accueil");
    home.sees(anew);
    assert!(home.queries() <= 8, "{}", home.queries());
    hall.room.manager.get(&room).is(200).sees("Contresigner la demi-journée");
    hall.countersigns(1).sees("La demi-journée est contresignée");
    hall.room.manager.get(&sheet).does_not_see(anew);
    hall.room.manager.get("/accueil").does_not_see(anew);
    hall.room.town.the_journal_holds();
}

fn who_signed_is_not_asked_again_and_sees_the_proof(database: &Database) {
    let mut hall = Hall::open(database, true);
    let people = hall.room.colleagues(&["Lou", "Mia"]);
    hall.room.enrols(&people);
    hall.room.town.account("lou@verrerie.example", Some(people[0]));
    hall.minutes_in(-10);
    let (sign, visitor) = ("Signer ma présence", hall.room.town.visitor());
    let lou = hall.room.town.log_in("lou@verrerie.example");
    lou.get("/accueil").sees(sign);
    let code = hall.code(0);
    lou.does(&format!("/emargement/{code}"), &[("nom", "Lou Delmotte")]).sees("votre présence est signée");
    let home = lou.get("/accueil");
    home.does_not_see(sign);
    assert!(home.queries() <= 8, "{}", home.queries());
    lou.get(&format!("/emargement/{code}")).sees("déjà signée").does_not_see("J’atteste ma présence");
    let link = hall.room.link("Mia");
    visitor.get(&link).sees(sign);
    visitor.does(&format!("{link}/signature"), &[("code", &code), ("nom", "Mia Delmotte")]);
    let page = visitor.get(&link);
    page.does_not_see(sign).sees("par son lien personnel");
    assert!(page.queries() <= 8, "{}", page.queries());
    // In the afternoon there is something to sign again.
    hall.minutes_in(305);
    lou.get("/accueil").sees(sign);
    visitor.get(&link).sees(sign);
    hall.notes(1, people[0], "late", "90").is(303);
    // The path leads to what proves it.
    let place = lou.get(&format!("/inscriptions/{}", hall.room.enrolment(people[0])));
    place
        .sees("Présent a signé à")
        .sees("par son compte")
        .sees("3 h 30")
        .sees("Retard Signature manquante 1 h 30");
    assert!(place.queries() <= 8, "{}", place.queries());
    let hers = format!("/inscriptions/{}", hall.room.enrolment(people[0]));
    hall.room.employer.get(&hers).is(200).does_not_see("par son compte");
    // What was signed afterwards bears its date.
    hall.minutes_in(600);
    let who = hall.room.enrolment(people[0]).to_string();
    hall.room.manager.does(&format!("{}/demande", hall.at(1)), &[("qui", &who)]);
    let late = format!("{}/signature/{}", hall.room.link("Lou"), hall.slots[1]);
    visitor.does(&late, &[("nom", "Lou Delmotte")]).sees("votre présence est signée");
    visitor.does(&late, &[("nom", "Lou Delmotte")]).sees("déjà signée");
    let sheet = hall.room.manager.get(&format!("/sessions/{}/presences", hall.room.session));
    sheet.sees("a signé le").sees(", après coup");
}

fn an_auditor_reads_the_sheet_and_changes_nothing(database: &Database) {
    let hall = closable(database);
    hall.closes().is(303);
    let sheet = format!("/sessions/{}/presences", hall.room.session);
    let correction = format!("{sheet}/{}/{}", hall.slots[0], hall.of("Lou"));
    let wrong = [("presence", "absent_unexcused"), ("motif", "Une erreur de nom.")];
    hall.room.manager.does(&correction, &wrong).sees("écartée par la correction");
    for (email, role) in [("audit@region.example", Role::Auditor), ("suivi@atelier.example", Role::Operator)]
    {
        hall.room.town.member(email, role, Some(hall.room.body));
        let reader = hall.room.town.log_in(email);
        reader.get(&format!("/sessions/{}", hall.room.session)).address_of(&sheet);
        let page = reader.get(&sheet);
        page.is(200).sees("DELMOTTE Lou").sees("a signé à").sees("écartée par la correction");
        page.sees("inscrite au journal")
            .does_not_see("Ouvrir la salle")
            .does_not_see("Relire et contresigner");
        assert!(!page.body.contains(&format!("{sheet}/")), "nothing to correct");
        assert!(page.queries() <= 8, "{}", page.queries());
        reader.get(&correction).is(404);
        reader.get(&hall.at(0)).is(404);
    }
    hall.room.employer.get(&sheet).is(404);
    // What is printed says whose paper it is.
    let page = hall.room.manager.get(&sheet);
    page.sees("Organisme de formation Atelier du Nord").sees(&hall.room.plan().venue.place);
    let journal = hall.room.manager.get(&format!("/sessions/{}/journal", hall.room.session));
    journal.sees("Comprendre l’IA").sees("Atelier du Nord");
    let printed = between(&journal, "class=\"print-only\"", "</p>");
    assert!(printed.contains("Atelier du Nord") && printed.contains("2026"), "{printed}");
    assert!(
        journal.body.contains("<div class=\"card screen-only\"><ol class=\"journal\">"),
        "the rows are printed"
    );
}

fn an_employer_sees_its_people_by_session(database: &Database) {
    let hall = closable(database);
    let coming = hall.room.employer.get("/inscriptions");
    coming.does_not_see("Ensemble");
    hall.closes().is(303);
    hall.room.employer.get("/inscriptions").does_not_see("DELMOTTE");
    let page = hall.room.employer.get("/inscriptions?passees=1");
    page.sees("DELMOTTE Lou").sees("6 h 30").sees("DELMOTTE Mia").sees("Ensemble, 10 h suivies");
    assert_eq!(page.body.matches("<table").count(), 1, "one session, one table");
}

fn a_closed_session_offers_nothing_that_it_refuses(database: &Database) {
    let hall = closable(database);
    let one = format!("/sessions/{}", hall.room.session);
    hall.closes().is(303);
    let page = hall.room.manager.get(&one);
    page.is(200).does_not_see("Ajouter une personne").does_not_see("Réserver des places");
    hall.room.manager.post(&hall.at(0), &[("tous", "1")]).is(422).sees("sa feuille ne se remplit plus");
}
