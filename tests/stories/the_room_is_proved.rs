//! What a session needs before it closes, what may be done without, and what is mended afterwards.

use crate::harness::{Database, stories};
use crate::the_room::Hall;
use diesel::prelude::*;
use domain::ids::EnrolmentId;
use domain::letters::LetterKind;

stories! {
    both: each_proof_taken_away_keeps_the_session_open,
        a_session_that_is_closed_shows_no_code,
        a_correction_after_closing_tells_who_and_why,
        a_proof_is_done_without_for_a_reason_that_everyone_hears;
    sqlite: a_signature_is_withdrawn_with_a_reason;
}

/// A session of two half-days that can be closed: Lou came all day, Mia in the morning.
pub fn closable(database: &Database) -> Hall {
    let mut hall = Hall::open(database, true);
    let people = hall.room.colleagues(&["Lou", "Mia"]);
    hall.room.enrols(&people);
    hall.minutes_in(100);
    for person in &people {
        hall.signs_on_tablet(0, *person).is(303);
    }
    hall.minutes_in(400);
    hall.signs_on_tablet(1, people[0]).is(303);
    hall.notes(1, people[1], "absent_excused", "").is(303);
    hall.minutes_in(600);
    hall.countersigns(0);
    hall.countersigns(1);
    hall
}

fn each_proof_taken_away_keeps_the_session_open(database: &Database) {
    let hall = closable(database);
    let closing = format!("/sessions/{}/cloture", hall.room.session);
    let page = hall.room.manager.get(&closing);
    page.is(200).sees("Chaque preuve est là");
    assert!(page.queries() <= 8, "{}", page.queries());
    let taken =
        [("signatures", "DELMOTTE"), ("countersignatures", "Contresignature"), ("marks", "DELMOTTE Mia")];
    for (table, named) in taken {
        for place in 0..hall.count(table) {
            hall.takes_away(table, place);
            hall.closes().is(422).sees("Il manque, avant de clore");
            hall.room.manager.get(&closing).is(200).sees(named).does_not_see("Chaque preuve est là");
            hall.puts_back(table);
        }
    }
    hall.closes().is(303);
}

impl Hall {
    fn run(&self, statements: &[String]) {
        let all = |conn: &mut store::Conn| {
            for one in statements {
                diesel::sql_query(one).execute(conn)?;
            }
            Ok::<_, store::Error>(())
        };
        self.room.town.store().write(all).unwrap();
    }

    pub fn count(&self, table: &str) -> i64 {
        let read = |conn: &mut store::Conn| {
            diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!(
                "(SELECT COUNT(*) FROM {table})"
            )))
            .get_result(conn)
            .map_err(store::Error::from)
        };
        self.room.town.store().read(read).unwrap()
    }

    /// Takes the row at that place out of its table, and keeps it aside.
    fn takes_away(&self, table: &str, place: i64) {
        let order = if table == "marks" { "enrolment_id, slot_id" } else { "id" };
        let equal = if table == "marks" { "enrolment_id || '-' || slot_id" } else { "id || ''" };
        self.run(&[
            format!("CREATE TABLE aside AS SELECT * FROM {table} ORDER BY {order} LIMIT 1 OFFSET {place}"),
            format!("DELETE FROM {table} WHERE {equal} IN (SELECT {equal} FROM aside)"),
        ]);
    }

    fn puts_back(&self, table: &str) {
        self.run(&[format!("INSERT INTO {table} SELECT * FROM aside"), "DROP TABLE aside".to_owned()]);
    }
}

fn a_session_that_is_closed_shows_no_code(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(100);
    let code = format!("{}/code", hall.at(0));
    hall.room.manager.get(&code).is(200);
    hall.signs_on_tablet(0, lou).is(303);
    hall.minutes_in(215);
    hall.countersigns(0);
    hall.room.manager.get(&code).is(200);
    hall.closes().is(303);
    hall.room.manager.get(&code).is(422).sees("La session est close");
}

fn a_correction_after_closing_tells_who_and_why(database: &Database) {
    let hall = closable(database);
    hall.closes().is(303);
    let people: Vec<EnrolmentId> = ["Lou", "Mia"].iter().map(|given| hall.of(given)).collect();
    let lou = format!("/sessions/{}/presences/{}/{}", hall.room.session, hall.slots[1], people[0]);
    hall.room.manager.get(&lou).is(200).sees("la correction est inscrite au journal");
    let wrong = [("presence", "left_early"), ("minutes", ""), ("motif", "Partie à 15 h.")];
    let page = hall.room.manager.post(&lou, &wrong);
    page.is(422).sees("Dites les minutes suivies");
    assert!(page.body.contains("Partie à 15 h."), "what was typed is lost");
    let silent = [("presence", "absent_excused"), ("motif", " ")];
    hall.room.manager.post(&lou, &silent).is(422).sees("Donnez un motif");
    let right = [("presence", "left_early"), ("minutes", "60"), ("motif", "Partie à 15 h.")];
    hall.room.manager.does(&lou, &right).sees("Départ avancé, 60 min").sees("4 h 30");
    let journal = hall.room.manager.get(&format!("/sessions/{}/journal", hall.room.session));
    journal.is(200).sees("Partie à 15 h.").sees("Présence corrigée : présent → départ avancé, 60 min");
    journal.sees("Signature : sur l’appareil du formateur").sees("Contresignature");
    // Somebody who was not there at all: the outcome follows.
    let mia = format!("/sessions/{}/presences/{}/{}", hall.room.session, hall.slots[1], people[1]);
    hall.room.manager.does(&mia, &[("presence", "present"), ("motif", "Elle était là.")]).sees("6 h 30");
    hall.room.employer.get(&lou).is(404);
    hall.room.town.the_journal_holds();
}

impl Hall {
    pub fn of(&self, given: &str) -> EnrolmentId {
        let find = |conn: &mut store::Conn| store::sheets::load(conn, self.room.session);
        let kept = self.room.town.store().read(find).unwrap();
        kept.squares.iter().find(|s| s.name.given.as_str() == given).unwrap().enrolment
    }
}

fn a_proof_is_done_without_for_a_reason_that_everyone_hears(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(300);
    let room = hall.at(0);
    hall.room.manager.does(&room, &[("tous", "1")]).sees("Une présence est enregistrée");
    let closing = hall.room.manager.get(&format!("/sessions/{}/cloture", hall.room.session));
    closing.sees("Signatures manquantes (1)").sees("DELMOTTE Lou");
    let (waive, who) = (format!("{room}/dispense"), hall.room.enrolment(lou).to_string());
    hall.room.manager.post(&waive, &[("qui", &who), ("motif", "")]).is(422).sees("Donnez un motif");
    let reason = [("qui", who.as_str()), ("motif", "Feuille papier signée.")];
    hall.room.manager.does(&waive, &reason).sees("Une preuve est dispensée");
    hall.countersigns(0);
    hall.closes().is(303);
    let letters = hall.room.town.letters_to("lou@verrerie.example");
    let told = letters.iter().find(|letter| letter.kind == LetterKind::UnsignedPresence).expect("a letter");
    assert!(told.text_body.contains("Feuille papier signée."), "{}", told.text_body);
    let sheet = hall.room.manager.get(&format!("/sessions/{}/presences", hall.room.session));
    sheet.sees("Sans signature : Feuille papier signée.");
    hall.room.town.the_journal_holds();
}

fn a_signature_is_withdrawn_with_a_reason(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(30);
    hall.signs_on_tablet(0, lou).is(303);
    hall.notes(0, lou, "absent_unexcused", "").is(422).sees("sans retirer d’abord la signature");
    let path = format!("{}/retrait/{}", hall.at(0), hall.room.enrolment(lou));
    hall.room.manager.get(&path).is(200);
    hall.room.manager.post(&path, &[("motif", "")]).is(422).sees("Donnez un motif");
    hall.room
        .manager
        .does(&path, &[("motif", "Un collègue a signé pour elle.")])
        .sees("La signature est retirée");
    hall.notes(0, lou, "absent_unexcused", "").is(303);
    hall.minutes_in(300);
    hall.countersigns(0).sees("Contresignée par");
    // Another word is needed once the sheet has changed.
    hall.notes(0, lou, "absent_excused", "").is(303);
    hall.room.manager.get(&hall.at(0)).sees("La feuille a changé depuis la contresignature");
    hall.closes().is(422).sees("une contresignature");
    hall.countersigns(0);
    hall.closes().is(303);
    hall.room.town.the_journal_holds();
}
