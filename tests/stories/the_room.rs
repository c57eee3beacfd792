//! A half-day is run, signed in four ways, proved and closed.

use crate::harness::{Database, stories};
use crate::town::{EMPLOYER, Page, Planned, Room};
use diesel::prelude::*;
use parcours::domain::calendar::Zone;
use parcours::domain::enrolments::EnrolmentState;
use parcours::domain::ids::{EnrolmentId, PersonId, SlotId};
use parcours::domain::letters::LetterKind;
use parcours::domain::sessions::Slot;
use parcours::store;

stories! {
    both: a_half_day_is_signed_in_four_ways_and_closed,
        a_code_is_refused_twice_late_elsewhere_and_to_strangers,
        nobody_writes_over_a_mark_that_somebody_else_noted,
        each_proof_taken_away_keeps_the_session_open,
        a_session_that_is_closed_shows_no_code,
        who_was_not_enrolled_gets_a_seat_on_the_spot,
        a_correction_after_closing_tells_who_and_why,
        a_proof_is_done_without_for_a_reason_that_everyone_hears;
    sqlite: odd_patterns_are_shown_to_the_trainer,
        a_signature_is_withdrawn_with_a_reason,
        whoever_forgot_their_letter_gets_their_link_in_the_room;
}

/// A session with its morning (9 h – 12 h 30) and, if wanted, its afternoon (14 h – 17 h).
pub struct Hall {
    pub room: Room,
    pub slots: Vec<SlotId>,
}

impl Hall {
    pub fn open(database: &Database, afternoon: bool) -> Self {
        let room = Room::open(database, &Planned { seats: 5, ..Planned::default() });
        room.replans(|plan| {
            let (day, time) = (plan.slots[0].day, |text: &str| text.parse().unwrap());
            let slot = |from, to| Slot::new(Zone::PARIS, day, time(from), time(to)).unwrap();
            plan.slots = vec![slot("9:00", "12:30")];
            plan.slots.extend(afternoon.then(|| slot("14:00", "17:00")));
        })
        .unwrap();
        let slots = room.town.store().read(|conn| store::sessions::slots(conn, room.session)).unwrap();
        let slots = slots.iter().map(|kept| kept.id).collect();
        Self { room, slots }
    }

    pub fn at(&self, slot: usize) -> String {
        format!("/sessions/{}/salle/{}", self.room.session, self.slots[slot])
    }

    /// So many minutes after the session began.
    pub fn minutes_in(&mut self, minutes: i64) {
        let then = self.room.starts_at().plus_minutes(minutes - 1);
        self.room.is_now(then);
    }

    /// The code that a room shows.
    pub fn code(&self, slot: usize) -> String {
        let page = self.room.manager.get(&format!("{}/code", self.at(slot)));
        page.is(200).sees("Signez votre présence");
        between(&page, "<p class=\"code\">", "</p>").replace(' ', "")
    }

    /// The field of the room for somebody, with what stands in it now.
    pub fn field(&self, slot: usize, person: PersonId) -> String {
        let start = format!("type=\"radio\" name=\"{}.", self.room.enrolment(person));
        let page = self.room.manager.get(&self.at(slot));
        format!("{}.{}", self.room.enrolment(person), between(&page, &start, "\""))
    }

    pub fn notes(&self, slot: usize, person: PersonId, mark: &str, minutes: &str) -> Page {
        let (field, told) = (self.field(slot, person), format!("minutes.{}", self.room.enrolment(person)));
        self.room.manager.post(&self.at(slot), &[(&field, mark), (&told, minutes)])
    }

    pub fn signs_on_tablet(&self, slot: usize, person: PersonId) -> Page {
        let path = format!("{}/signature/{}", self.at(slot), self.room.enrolment(person));
        self.room.manager.get(&path).is(200);
        self.room.manager.post(&path, &[("nom", "Prénom Nom")])
    }

    pub fn countersigns(&self, slot: usize) -> Page {
        let page = self.room.manager.get(&self.at(slot));
        let sheet = between(&page, "name=\"feuille\" value=\"", "\"");
        self.room.manager.does(&format!("{}/contresignature", self.at(slot)), &[("feuille", &sheet)])
    }

    pub fn closes(&self) -> Page {
        self.room.manager.post(&format!("/sessions/{}/cloture", self.room.session), &[])
    }
}

#[track_caller]
pub fn between(page: &Page, start: &str, end: &str) -> String {
    let rest = page.body.split(start).nth(1).unwrap_or_else(|| panic!("no {start} in {}", page.text()));
    rest.split(end).next().unwrap_or_default().to_owned()
}

const DRAWN: &str = "M10 20L12 24L15 30L20 31L26 30L30 28";

fn a_half_day_is_signed_in_four_ways_and_closed(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia", "Hugo", "Zoé"]);
    hall.room.enrols(&people);
    hall.room.town.account("lou@verrerie.example", Some(people[0]));
    hall.minutes_in(20);
    let code = hall.code(0);

    // With an account and the code.
    let lou = hall.room.town.log_in("lou@verrerie.example");
    lou.get("/accueil").sees("Signer ma présence");
    let page = lou.get(&format!("/emargement/{}", code.to_lowercase()));
    page.is(200).sees("Lou Delmotte").sees("j’atteste ma présence");
    assert!(page.queries() <= 8, "{}", page.queries());
    lou.post(&format!("/emargement/{code}"), &[("nom", " ")]).is(422).sees("Tapez votre nom");
    lou.does(&format!("/emargement/{code}"), &[("nom", "Lou Delmotte")]).sees("votre présence est signée");

    // By a personal link and the code, drawn.
    let (visitor, link) = (hall.room.town.visitor(), hall.room.link("Mia"));
    visitor.get(&link).is(200).sees("Signer ma présence");
    let signing = format!("{link}/signature");
    visitor.get(&format!("{signing}?code={code}")).is(200).sees("Mia Delmotte");
    visitor.does(&signing, &[("code", &code), ("dessin", DRAWN)]).sees("votre présence est signée");

    // On the tablet that is handed round.
    hall.signs_on_tablet(0, people[2]).is(303);
    let page = hall.room.manager.get(&hall.at(0));
    page.sees("Présents : 3 sur 4").sees("par son compte").sees("par son lien personnel");
    page.sees("sur l’appareil du formateur").sees("À noter");
    assert!(page.queries() <= 8, "{}", page.queries());

    // Afterwards, because the training body asked.
    hall.notes(0, people[3], "late", "185").is(303);
    let zoe = hall.room.enrolment(people[3]).to_string();
    hall.minutes_in(300);
    let room = hall.at(0);
    hall.room.manager.does(&format!("{room}/demande"), &[("qui", &zoe)]).sees("La demande part");
    hall.room.manager.get(&room).sees("Signature demandée le");
    assert!(hall.room.told("Zoé").contains(&LetterKind::SignatureWanted));
    let link = hall.room.link("Zoé");
    let late = format!("{link}/signature/{}", hall.slots[0]);
    assert!(visitor.get(&link).sees("Il manque votre signature").body.contains(&late));
    visitor.get(&late).is(200).sees("Zoé Delmotte");
    visitor.does(&late, &[("nom", "Zoé Delmotte")]).sees("votre présence est signée");
    for page in [visitor.get(&late), visitor.post(&late, &[("nom", "Zoé Delmotte")])] {
        assert_eq!((page.status, page.leads_to()), (303, link.clone()), "{}", page.text());
    }
    visitor.get(&link).sees("déjà signée");

    // The trainer's word, then the closing.
    hall.closes().is(422).sees("une contresignature");
    hall.countersigns(0).sees("La demi-journée est contresignée").sees("Contresignée par");
    hall.closes().is(303);
    for (person, state) in people.iter().zip([EnrolmentState::Attended; 4]) {
        assert_eq!(hall.room.state(*person), state);
    }
    lou.get("/accueil").sees("3 h 30 suivies, une demi-journée signée");
    hall.room.employer.get("/inscriptions?passees=1").sees("3 h 30 suivies").sees("3 h 05 suivies");
    let sheet = hall.room.manager.get(&format!("/sessions/{}/presences", hall.room.session));
    sheet.is(200).sees("Retard, 185 min").sees("3 h 05").sees("après coup").sees("3 h 30");
    assert!(sheet.queries() <= 8, "{}", sheet.queries());
    hall.room.manager.get(&hall.at(0)).is(200);
    hall.room.town.the_journal_holds();
}

fn a_code_is_refused_twice_late_elsewhere_and_to_strangers(database: &Database) {
    let mut hall = Hall::open(database, true);
    let (lou, mia) = (hall.room.colleague("Lou"), hall.room.colleague("Mia"));
    hall.room.enrols(&[lou, mia]);
    let ida = hall.room.trainee("Ida");
    hall.room.manager.post(&hall.at(0), &[]).is(422);
    hall.room.manager.get(&format!("{}/code", hall.at(0))).is(422).sees("se signe du");
    hall.minutes_in(10);
    let code = hall.code(0);
    let (visitor, link) = (hall.room.town.visitor(), format!("{}/signature", hall.room.link("Lou")));
    let with = |code: &str| visitor.post(&link, &[("code", code), ("nom", "Lou Delmotte")]);
    // Nobody without a place signs, not even with a good code.
    let ida_again = hall.room.town.log_in("ida@verrerie.example");
    ida_again
        .post(&format!("/emargement/{code}"), &[("nom", "Ida")])
        .is(422)
        .sees("aucune de vos demi-journées");
    drop(ida);
    with("ZZZZZZ").is(422).sees("aucune de vos demi-journées");
    // The code of one half-day signs that half-day, and nothing else.
    with(&code).is(303);
    with(&code).is(422).sees("déjà signée");
    hall.room.manager.get(&hall.at(1)).is(200).does_not_see("a signé");
    // Three minutes later it is another one.
    hall.room.town.house.clock.advance_minutes(4);
    with(&code).is(422).sees("aucune de vos demi-journées");
    hall.room.town.the_journal_holds();
    // In the afternoon the morning's codes are over.
    hall.minutes_in(290);
    hall.room.manager.get(&format!("{}/code", hall.at(0))).is(422).sees("se signe du");
    with(&hall.code(1)).is(303);
    // Whoever is noted as absent sees the trainer first.
    hall.notes(1, mia, "present", "").is(422).sees("n’a pas encore commencé").sees("DELMOTTE Mia");
    hall.minutes_in(305);
    hall.notes(1, mia, "absent_unexcused", "").is(303);
    let link = format!("{}/signature", hall.room.link("Mia"));
    let refused = visitor.post(&link, &[("code", &hall.code(1)), ("nom", "Mia Delmotte")]);
    refused.is(422).sees("Vous êtes noté absent");
    visitor.get("/emargement").is(200).sees("Le code de la salle");
    visitor.get("/emargement/K7P4QX").is(200).sees("K7P 4QX").sees("Recevoir mon lien");
    hall.room.town.the_journal_holds();
}

fn nobody_writes_over_a_mark_that_somebody_else_noted(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia"]);
    hall.room.enrols(&people);
    hall.minutes_in(300);
    let (lou, mia) = (hall.field(0, people[0]), hall.field(0, people[1]));
    let room = hall.at(0);
    // Over, so nobody can tell by the clock how long somebody was there.
    let untold = hall.room.manager.post(&room, &[(&lou, "late"), (&mia, "present")]);
    untold.is(422).sees("combien de minutes").sees("DELMOTTE Lou").does_not_see("DELMOTTE Mia. Rien");
    assert_eq!(hall.field(0, people[1]), mia, "nothing half written");
    hall.notes(0, people[0], "late", "185").is(303);
    let page = hall.room.manager.post(&room, &[(&lou, "present"), (&mia, "absent_excused")]);
    page.is(422).sees("entre-temps").sees("DELMOTTE Lou");
    assert!(hall.field(0, people[0]).ends_with(".late-185"));
    assert!(hall.field(0, people[1]).ends_with(".absent_excused-0"));
    hall.room.town.the_journal_holds();
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

fn who_was_not_enrolled_gets_a_seat_on_the_spot(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(5);
    let page = hall.room.manager.get(&hall.at(0));
    page.sees("Ajouter quelqu’un qui n’est pas inscrit");
    let room = hall.at(0);
    let add = format!("/sessions/{}/inscription", hall.room.session);
    let slot = hall.slots[0].to_string();
    let form = [("prenom", "Ida"), ("nom", "Vasseur"), ("salle", slot.as_str())];
    let added = hall.room.manager.post(&add, &form);
    assert_eq!((added.status, added.leads_to()), (303, room.clone()), "{}", added.text());
    hall.room.manager.get(&room).sees("VASSEUR Ida").sees("sur 2");
    assert_eq!(hall.room.seats().held, 2);
    hall.room.town.the_journal_holds();
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
        kept.squares.iter().find(|s| s.given_name == given).unwrap().enrolment
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

fn odd_patterns_are_shown_to_the_trainer(database: &Database) {
    let mut hall = Hall::open(database, false);
    let people = hall.room.colleagues(&["Lou", "Mia", "Hugo"]);
    hall.room.enrols(&people);
    hall.minutes_in(30);
    let (code, phone) = (hall.code(0), hall.room.town.visitor());
    for given in ["Lou", "Mia"] {
        let path = format!("{}/signature", hall.room.link(given));
        phone.post(&path, &[("code", &code), ("nom", given)]).is(303);
    }
    let page = hall.room.manager.get(&hall.at(0));
    page.sees("Un même appareil a signé pour : DELMOTTE Lou, DELMOTTE Mia");
    page.sees("Rien n’est refusé pour autant");
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

fn whoever_forgot_their_letter_gets_their_link_in_the_room(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(10);
    let (code, visitor) = (hall.code(0), hall.room.town.visitor());
    let ask = |code: &str, email: &str| {
        visitor.post(&format!("/emargement/{code}/lien"), &[("email", email)]).is(200).sees("le lien part");
    };
    let before = hall.room.told("Lou").len();
    ask("ZZZZZZ", "lou@verrerie.example");
    ask(&code, "personne@verrerie.example");
    ask(&code, EMPLOYER);
    ask(&code, "rien");
    assert_eq!(hall.room.told("Lou").len(), before);
    ask(&code, "lou@verrerie.example");
    assert_eq!(hall.room.last_letter("Lou").kind, LetterKind::SigningLink);
    let link = format!("{}/signature", hall.room.link("Lou"));
    visitor.does(&link, &[("code", &code), ("nom", "Lou Delmotte")]).sees("votre présence est signée");
}
