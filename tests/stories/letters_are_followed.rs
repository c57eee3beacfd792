//! Whoever caused a letter sees how far it is; what it says, and the link in it, stay with its addressee.

use crate::harness::{Database, stories};
use crate::mail_server::MailServer;
use crate::town::{EMPLOYER, MANAGER, Page, Person, Planned, Room, email};
use domain::access::Role;
use domain::enrolments::EnrolmentState::{Cancelled, Confirmed, Waiting};
use domain::ids::PersonId;
use domain::letters::LetterKind;
use domain::text::Language;
use mail::{Courier, Transport};
use std::time::Duration;

stories! {
    both: whoever_asked_sees_what_became_of_the_letter,
        who_gives_a_seat_back_is_not_told_to_whom_it_went,
        who_invites_sees_whether_the_invitation_left,
        a_trainer_follows_the_letters_of_what_they_teach,
        a_place_that_ended_says_when_by_whom_and_why,
        who_gave_way_to_a_colleague_is_told_so,
        a_moved_session_says_what_was_planned_before,
        a_seat_in_a_session_that_goes_ahead_comes_with_one_letter,
        an_english_reader_has_the_whole_letter_in_english;
}

const OWN: &str = "/compte/courrier";

fn room(database: &Database, seats: u32) -> Room {
    Room::open(database, &Planned { seats, ..Planned::default() })
}

/// Somebody of the company with an account, logged in.
fn trainee(room: &Room, given: &str) -> (PersonId, Person) {
    let person = room.colleague(given);
    room.town.account(&email(given), Some(person));
    (person, room.town.log_in(&email(given)))
}

fn the_post_leaves(room: &Room, server: &MailServer) {
    let house = &room.town.house;
    let courier = Courier {
        store: house.store.clone(),
        clock: house.clock.clone(),
        sender: house.sender.clone(),
        transport: Transport::smtp(&server.url(), Duration::from_millis(500)).unwrap(),
    };
    courier.run_once().unwrap();
}

#[track_caller]
fn holds_no_link(page: &Page) {
    assert!(!page.body.contains("/place/") && !page.body.contains("/acces/"), "{}", page.body);
    assert!(page.queries() <= 8, "{}", page.queries());
}

fn whoever_asked_sees_what_became_of_the_letter(database: &Database) {
    let (room, server) = (room(database, 3), MailServer::new());
    let (lou, visitor) = trainee(&room, "Lou");
    visitor.get(OWN).is(200).sees("Aucun courriel pour l’instant");
    visitor.does(&format!("/sessions/{}/demande", room.session), &[]).sees("Mes courriels");
    visitor.get(OWN).sees("Votre place est confirmée").sees("À envoyer").sees("lou@verrerie.example");
    let refused = room.colleague("refused");
    room.enrols(&[refused]);
    let link = room.link("Lou");
    the_post_leaves(&room, &server);
    let own = visitor.get(OWN);
    own.sees("Envoyé le").does_not_see("refused@verrerie.example");
    holds_no_link(&own);
    let place = visitor.get(&room.place(lou));
    place.sees("Courriels à propos de cette place").sees("Envoyé le");
    holds_no_link(&place);
    let by_link = room.town.visitor().get(&link);
    by_link.is(200).sees("Envoyé le").sees("à Lou Delmotte").does_not_see("lou@verrerie.example");

    // The employer asked for the other one, and learns that nothing arrives there.
    let own = room.employer.get(OWN);
    own.sees("refused Delmotte").sees("Abandonné adresse refusée").does_not_see("lou@verrerie.example");
    holds_no_link(&own);
    for reader in [&room.employer, &room.manager] {
        let place = reader.get(&room.place(refused));
        place.sees("Abandonné adresse refusée").sees("refused@verrerie.example");
        holds_no_link(&place);
    }
    visitor.get(&room.place(refused)).is(404);
    room.town.visitor().get(OWN).is(303);
}

fn who_gives_a_seat_back_is_not_told_to_whom_it_went(database: &Database) {
    let room = room(database, 1);
    let (lou, visitor) = trainee(&room, "Lou");
    let malo = room.colleague("Malo");
    room.enrols(&[lou, malo]);
    for page in [room.town.visitor().get(&room.link("Malo")), room.manager.get(&room.place(malo))] {
        page.is(200).sees("1re sur 1").sees("À envoyer");
        assert!(page.queries() <= 8, "{}", page.queries());
    }
    visitor.does(&format!("{}/annulation", room.place(lou)), &[("motif", "Un rendez-vous.")]);
    assert_eq!(room.last_letter("Malo").kind, LetterKind::Promoted);
    let own = visitor.get(OWN);
    own.sees("Votre inscription est annulée").does_not_see("Malo").does_not_see("Une place s’est libérée");
    // Both are the employer's people, and the session is the training body's.
    room.employer.get("/courrier").sees("malo@verrerie.example");
    room.gives_back(malo);
    room.employer.get(OWN).sees("malo@verrerie.example").sees("Inscription annulée");
    assert_eq!(room.count(Cancelled), 2);
}

fn who_invites_sees_whether_the_invitation_left(database: &Database) {
    let (room, server) = (room(database, 1), MailServer::new());
    let form =
        [("name", "Ida Morel"), ("email", "refused@atelier.example"), ("role", "trainer"), ("langue", "fr")];
    room.manager.does(&format!("/entreprises/{}/membres", room.body), &form);
    room.manager.get(OWN).sees("refused@atelier.example").sees("À envoyer");
    the_post_leaves(&room, &server);
    let own = room.manager.get(OWN);
    own.sees("Abandonné adresse refusée");
    holds_no_link(&own);
    room.employer.get(OWN).does_not_see("refused@atelier.example");
}

fn a_trainer_follows_the_letters_of_what_they_teach(database: &Database) {
    let room = room(database, 3);
    let trainer = room.town.member("yann@atelier.example", Role::Trainer, Some(room.body));
    let taught = room.town.session(
        room.body,
        room.programme,
        &Planned { in_days: 40, ..Planned::default() },
        &[trainer],
    );
    let [lou, malo] = ["Lou", "Malo"].map(|given| room.colleague(given));
    room.enrols(&[lou]);
    room.town.enrol(&room.town.actor(EMPLOYER), taught, &[malo]);
    let yann = room.town.log_in("yann@atelier.example");
    yann.get("/courrier").is(200).sees("malo@verrerie.example").does_not_see("lou@verrerie.example");
    let place = format!("/inscriptions/{}", room.town.enrolment(taught, malo));
    yann.get(&place).is(200).sees("Courriels à propos de cette place").sees("À envoyer");
    yann.get(&room.place(lou)).is(404);
}

fn a_place_that_ended_says_when_by_whom_and_why(database: &Database) {
    let room = room(database, 3);
    let (lou, visitor) = trainee(&room, "Lou");
    let malo = room.colleague("Malo");
    room.enrols(&[lou, malo]);
    let link = room.link("Malo");
    room.employer.get(&room.place(lou)).does_not_see("Terminée le");
    room.gives_back(lou);
    for reader in [&room.employer, &room.manager, &visitor] {
        let page = reader.get(&room.place(lou));
        page.is(200)
            .sees("Terminée le")
            .sees("nadia (ressources humaines)")
            .sees("« Un changement d’équipe. »");
        assert!(page.queries() <= 8, "{}", page.queries());
    }
    let holder = room.town.visitor();
    holder.does(&format!("{link}/annulation"), &[("motif", "Un rendez-vous.")]);
    holder.get(&link).sees("Le lien personnel de cette place").sees("« Un rendez-vous. »");
    room.manager.get(&room.place(malo)).sees("Le lien personnel de cette place").sees("« Un rendez-vous. »");
}

fn who_gave_way_to_a_colleague_is_told_so(database: &Database) {
    let room = room(database, 1);
    let people = room.colleagues(&["Lou", "Malo", "Zoé"]);
    room.enrols(&people[..2]);
    let by = |who: PersonId, other: PersonId| {
        room.employer.does(&format!("{}/remplacement", room.place(who)), &[("person", &other.to_string())])
    };
    let place = room.place(people[0]);
    by(people[0], people[2]);
    let told = room.last_letter("Lou");
    assert!(
        told.text_body.contains("l’employeur a confié cette place à Zoé Delmotte."),
        "{}",
        told.text_body
    );
    room.employer.get(&place).sees("L’employeur a confié cette place à un collègue.");
    let waiting = room.place(people[1]);
    by(people[2], people[1]);
    assert_eq!(room.states(&people), [Cancelled, Confirmed, Cancelled]);
    room.manager.get(&waiting).sees("L’employeur lui a confié la place d’un collègue.");
    let journal = room.manager.get(&format!("/sessions/{}/journal", room.session));
    journal.sees("Place confiée à un collègue : place confirmée → inscription annulée");
    room.town.the_journal_holds();
}

fn a_moved_session_says_what_was_planned_before(database: &Database) {
    let room = room(database, 1);
    let (lou, _) = trainee(&room, "Lou");
    let malo = room.colleague("Malo");
    room.enrols(&[lou, malo]);
    let account = room.town.actor(&email("Lou")).account().unwrap();
    let speak_english = |conn: &mut store::Conn| store::accounts::set_language(conn, account, Language::En);
    room.town.store().write(speak_english).unwrap();
    room.replans(|plan| "7 quai du Wault".clone_into(&mut plan.venue.place)).unwrap();
    let moved = room.last_letter("Lou");
    assert!(moved.subject.starts_with("Change of place:"), "{}", moved.subject);
    for body in [&moved.text_body, &moved.html_body] {
        assert!(body.contains("Former place") && body.contains("12 rue des Fuseaux"), "{body}");
        assert!(body.contains("7 quai du Wault") && !body.contains("Former date"), "{body}");
    }
    let (before, later) = (room.plan().slots, room.plan().slots[0].day.plus_days(2));
    room.replans(|plan| {
        let clock = |text: &str| text.parse().unwrap();
        let slot = domain::sessions::Slot::new(plan.zone, later, clock("9:00"), clock("12:00"));
        plan.slots = vec![slot.unwrap()];
        plan.venue.commune = "59350".parse().ok();
    })
    .unwrap();
    let former = words::Words(Language::Fr).day(before[0].day);
    let told = room.last_letter("Malo");
    assert_eq!(told.kind, LetterKind::SessionMoved);
    assert!(told.subject.starts_with("Changement de date et de lieu"), "{}", told.subject);
    for body in [&told.text_body, &told.html_body] {
        assert!(body.contains("Date précédente") && body.contains(&former), "{body}");
        assert!(body.contains("Lieu précédent") && body.contains("Lille"), "{body}");
        // Who only waits is not told the address, neither the old one nor the new one.
        assert!(!body.contains("quai du Wault"), "{body}");
    }
    let employer = room.town.letters_to(EMPLOYER).pop().unwrap();
    assert_eq!(employer.kind, LetterKind::StaffNews);
    assert!(employer.text_body.contains(&former), "{}", employer.text_body);
}

fn a_seat_in_a_session_that_goes_ahead_comes_with_one_letter(database: &Database) {
    let room = room(database, 1);
    let people = room.colleagues(&["Lou", "Malo"]);
    room.enrols(&people);
    room.manager.does(&format!("/sessions/{}/maintien", room.session), &[]);
    room.gives_back(people[0]);
    assert_eq!(room.told("Malo"), [LetterKind::Waiting, LetterKind::Promoted]);
    let letter = room.last_letter("Malo");
    assert!(
        letter.subject.starts_with("Une place s’est libérée, voici votre convocation"),
        "{}",
        letter.subject
    );
    assert!(letter.text_body.contains("cette lettre est votre convocation"), "{}", letter.text_body);
    assert!(letter.calendars.contains("METHOD:REQUEST"), "{}", letter.calendars);
    room.gives_back(people[1]);
    room.adds("Zoé").is(303);
    assert_eq!(room.told("Zoé"), [LetterKind::Confirmed]);
    assert!(room.last_letter("Zoé").text_body.contains("cette lettre est votre convocation"));
    assert_eq!(room.count(Waiting), 0);
}

/// No French word, date or typography is left in what an English reader gets.
fn an_english_reader_has_the_whole_letter_in_english(database: &Database) {
    let room = room(database, 1);
    let (lou, visitor) = trainee(&room, "Lou");
    visitor.post("/langue", &[("langue", "en")]).is(303);
    room.enrols(&[lou]);
    room.manager.does(&format!("/sessions/{}/maintien", room.session), &[]);
    room.replans(|plan| "7 quai du Wault".clone_into(&mut plan.venue.place)).unwrap();
    room.employer.does(&format!("{}/annulation", room.place(lou)), &[("motif", "Ill that day.")]);
    let letters = room.town.letters_to(&email("Lou"));
    let kinds: Vec<_> = letters.iter().map(|letter| letter.kind).collect();
    let wanted = [
        LetterKind::Confirmed,
        LetterKind::Joining,
        LetterKind::SessionMoved,
        LetterKind::EnrolmentCancelled,
    ];
    assert_eq!(kinds, wanted);
    for letter in &letters {
        assert!(letter.text_body.starts_with("Dear Lou Delmotte,"), "{}", letter.text_body);
        assert!(letter.html_body.contains("<html lang=\"en\">"), "{}", letter.html_body);
        let months =
            ["janvier", "février", "mars ", "avril", "juin", "juillet", "août", "septembre", "décembre"];
        let french =
            ["Bonjour", "place ", "votre", "Quand", "Où", "Organisme", "Lettre", "Ouvrir", "«", " à "];
        for body in [&letter.subject, &letter.text_body, &letter.html_body] {
            for word in french.iter().chain(&months) {
                let found = body.replace("Former place", "").contains(word);
                assert!(!found || (*word == "place " && body.contains("its place")), "{word}: {body}");
            }
        }
        assert!(letter.text_body.contains("Sent by Parcours; your answer goes to Atelier du Nord."));
    }
    assert!(letters[3].text_body.contains("Reason: Ill that day."), "{}", letters[3].text_body);
    assert!(room.town.letters_to(MANAGER).is_empty());
    visitor.get(OWN).sees("My e-mails").sees("Joining letter").sees("To be sent");
}
