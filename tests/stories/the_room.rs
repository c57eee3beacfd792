//! A half-day is run, and signed in four ways.

use crate::harness::{Database, stories};
use crate::town::{EMPLOYER, Page, Planned, Room, are_answered_alike};
use domain::calendar::Zone;
use domain::enrolments::EnrolmentState;
use domain::ids::{PersonId, SlotId};
use domain::letters::LetterKind;
use domain::sessions::Slot;

stories! {
    both: nothing_tells_who_is_expected_in_a_room,
        a_half_day_is_signed_in_four_ways_and_closed,
        a_code_is_refused_twice_late_elsewhere_and_to_strangers,
        nobody_writes_over_a_mark_that_somebody_else_noted,
        minutes_that_no_half_day_has_are_asked_for_again,
        who_was_not_enrolled_gets_a_seat_on_the_spot;
    sqlite: odd_patterns_are_shown_to_the_trainer,
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
    // Whoever is not logged in is asked who they are, if a room shows the code; else it is said at once.
    visitor.get(&format!("/emargement/{code}")).is(200).sees("Qui signe").sees("Recevoir mon lien");
    visitor.get("/emargement").is(200).sees("Le code de la salle");
    let wrong = visitor.get("/emargement/K7P4QX");
    wrong.is(422).sees("Aucune salle ne montre ce code").does_not_see("Qui signe");
    assert!(wrong.body.contains("value=\"K7P4QX\""), "what was typed is lost");
    // Two minutes later it is another one.
    hall.room.town.house.clock.advance_minutes(2);
    visitor.get(&format!("/emargement/{code}")).is(422).sees("Aucune salle ne montre ce code");
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
    untold.is(422).sees("Cela manque pour").sees("DELMOTTE Lou").does_not_see("DELMOTTE Mia. Rien");
    assert_eq!(hall.field(0, people[1]), mia, "nothing half written");
    hall.notes(0, people[0], "late", "185").is(303);
    let page = hall.room.manager.post(&room, &[(&lou, "present"), (&mia, "absent_excused")]);
    page.is(422).sees("entre-temps").sees("DELMOTTE Lou (").sees(&format!(", {} à", hall.room.short_day(0)));
    assert!(hall.field(0, people[0]).ends_with(".late-185"));
    assert!(hall.field(0, people[1]).ends_with(".absent_excused-0"));
    hall.room.town.the_journal_holds();
}

fn minutes_that_no_half_day_has_are_asked_for_again(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(60);
    hall.notes(0, lou, "late", "185").is(303);
    for typed in ["-5", "0", "1.5", "abc", "210", "999"] {
        let page = hall.notes(0, lou, "late", typed);
        page.is(422).sees("en nombre entier : au moins 1, et moins de 210").sees("DELMOTTE Lou");
        assert!(page.body.contains(&format!("value=\"{typed}\"")), "{typed} is lost: {}", page.text());
        assert!(hall.field(0, lou).ends_with(".late-185"), "{typed} is written");
    }
    hall.notes(0, lou, "late", "209").is(303);
    hall.room.town.the_journal_holds();
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

fn nothing_tells_who_is_expected_in_a_room(database: &Database) {
    let mut hall = Hall::open(database, false);
    let lou = hall.room.colleague("Lou");
    hall.room.enrols(&[lou]);
    hall.minutes_in(10);
    let (path, visitor) = (format!("/emargement/{}/lien", hall.code(0)), hall.room.town.visitor());
    let asks = |email: &str| visitor.post(&path, &[("email", email)]);
    are_answered_alike(database, |_| asks("lou@verrerie.example"), |_| asks("mia@verrerie.example"));
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
    let wrong = visitor.post("/emargement/ZZZZZZ/lien", &[("email", "lou@verrerie.example")]);
    wrong.is(422).sees("Aucune salle ne montre ce code");
    ask(&code, "personne@verrerie.example");
    ask(&code, EMPLOYER);
    ask(&code, "rien");
    assert_eq!(hall.room.told("Lou").len(), before);
    ask(&code, "lou@verrerie.example");
    assert_eq!(hall.room.last_letter("Lou").kind, LetterKind::SigningLink);
    let link = format!("{}/signature", hall.room.link("Lou"));
    // Whoever types somebody's address again and again does not fill their mailbox.
    for _ in 0..5 {
        ask(&code, "lou@verrerie.example");
    }
    let sent = hall.room.told("Lou").into_iter().filter(|kind| *kind == LetterKind::SigningLink).count();
    assert_eq!(sent, 3);
    visitor.does(&link, &[("code", &code), ("nom", "Lou Delmotte")]).sees("votre présence est signée");
}
