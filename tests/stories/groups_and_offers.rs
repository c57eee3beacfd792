//! Groups, offers, seats set aside and seats above the capacity: who is served next, and who is passed over.

use crate::harness::{Database, stories};
use crate::town::{Planned, Room};
use actions::Error;
use domain::access::Role;
use domain::enrolments::EnrolmentState::{Cancelled, Confirmed, Declined, Expired, Offered, Waiting};
use domain::enrolments::Refusal;
use domain::ids::PersonId;
use domain::letters::LetterKind;
use domain::organisations::Capacity;
use domain::sessions::{Promotion, Slot};

stories! {
    both: a_group_is_seated_whole_or_keeps_its_rank,
        a_group_that_grows_smaller_may_fit,
        as_many_as_fit_are_seated,
        an_offer_is_accepted_declined_or_lapses,
        who_is_only_offered_a_seat_is_not_told_where,
        an_offer_never_outlasts_the_queue_of_its_session,
        seats_are_set_aside_for_a_company_until_a_day,
        seats_are_set_aside_for_a_group_that_waits,
        a_seat_above_the_capacity_has_a_name_and_a_reason,
        staff_may_add_somebody_above_the_capacity_with_a_reason,
        more_seats_promote_and_fewer_than_taken_are_refused,
        a_cancelled_session_holds_nothing_any_more;
}

fn room(database: &Database, seats: u32) -> Room {
    Room::open(database, &Planned { seats, ..Planned::default() })
}

fn a_group_is_seated_whole_or_keeps_its_rank(database: &Database) {
    let room = room(database, 4);
    let singles = room.colleagues(&["Aïcha", "Bruno", "Zoé"]);
    let group = room.colleagues(&["Lou", "Malo", "Noémie"]);
    room.enrols(&singles[..2]);
    room.enrols_together(&group).sees("3 personnes en attente");
    let explained = room.employer.get(&room.place(group[0]));
    explained.sees("Le groupe demande 3 places ensemble et il en reste 2").sees("1re sur 3");
    room.enrols(&singles[2..]).sees("1 place confirmée");
    room.employer.get(&room.place(group[0])).sees("il en reste 1").sees("garde son rang");
    room.gives_back(singles[0]);
    assert_eq!(room.states(&group), [Waiting; 3]);
    room.gives_back(singles[1]);
    assert_eq!(room.states(&group), [Confirmed; 3]);
    for given in ["Lou", "Malo", "Noémie"] {
        assert_eq!(room.told(given), [LetterKind::Waiting, LetterKind::Promoted]);
    }
    let five = room.colleagues(&["Driss", "Élodie", "Farid", "Gaëlle", "Hugo"]);
    room.enrols_together(&five).is(422).sees("Ce groupe ne tiendra jamais entier");
    room.town.the_journal_holds();
}

fn a_group_that_grows_smaller_may_fit(database: &Database) {
    let room = room(database, 2);
    let group = room.colleagues(&["Lou", "Malo"]);
    let one = room.colleague("Zoé");
    room.enrols(&[one]);
    room.enrols_together(&group);
    assert_eq!(room.states(&group), [Waiting; 2]);
    room.gives_back(group[0]);
    assert_eq!(room.states(&group), [Cancelled, Confirmed]);
}

fn as_many_as_fit_are_seated(database: &Database) {
    let room = room(database, 2);
    let people = room.colleagues(&["Lou", "Malo", "Noémie", "Zoé"]);
    room.enrols(&people).sees("2 places confirmées").sees("2 personnes en attente");
    room.gives_back(people[1]);
    assert_eq!(room.states(&people), [Confirmed, Cancelled, Confirmed, Waiting]);
}

/// One seat, which the first has; the others wait, and are asked when it is theirs.
fn waiting_for_an_offer(database: &Database, given: &[&str]) -> (Room, Vec<PersonId>) {
    let promotion = Promotion::Offer { hours: 48 };
    let room = Room::open(database, &Planned { seats: 1, promotion, ..Planned::default() });
    let people = room.colleagues(given);
    for person in &people {
        room.enrols(&[*person]);
    }
    room.gives_back(people[0]);
    assert_eq!(room.states(&people[1..3]), [Offered, Waiting]);
    (room, people)
}

fn an_offer_is_accepted_declined_or_lapses(database: &Database) {
    let (room, people) = waiting_for_an_offer(database, &["Aïcha", "Lou", "Malo", "Noémie", "Oscar"]);
    let visitor = room.town.visitor();
    let lou = room.link("Lou");
    visitor.get(&lou).is(200).sees("Place proposée").sees("Cette place est gardée jusqu’au");
    visitor.get(&format!("/catalogue/{}", room.session)).sees("Complet");
    visitor.does(&format!("{lou}/reponse"), &[("reponse", "non")]).sees("Place déclinée");
    assert_eq!(room.states(&people[1..4]), [Declined, Offered, Waiting]);
    visitor.post(&format!("{lou}/reponse"), &[("reponse", "oui")]).is(422).sees("n’est plus possible");

    // Past the deadline nobody can accept, even before the round has seen it.
    let malo = room.link("Malo");
    room.town.hours_pass(48);
    visitor.post(&format!("{malo}/reponse"), &[("reponse", "oui")]).is(422).sees("Le délai");
    assert_eq!(room.states(&people[2..4]), [Offered, Waiting]);
    room.rounds();
    assert_eq!(room.states(&people[2..4]), [Expired, Offered]);
    assert_eq!(room.last_letter("Malo").kind, LetterKind::NoPlace);
    assert_eq!(room.last_letter("Noémie").kind, LetterKind::Offer);
    room.rounds();
    assert_eq!(room.told("Malo").len(), 3);

    room.town.hours_pass(47);
    let page = visitor.does(&format!("{}/reponse", room.link("Noémie")), &[("reponse", "oui")]);
    page.sees("Place confirmée").sees("12 rue des Fuseaux");
    room.town.hours_pass(2);
    room.rounds();
    assert_eq!(room.states(&people[3..]), [Confirmed, Waiting]);
    room.town.the_journal_holds();
}

fn who_is_only_offered_a_seat_is_not_told_where(database: &Database) {
    let (room, people) = waiting_for_an_offer(database, &["Aïcha", "Lou", "Malo"]);
    let (visitor, link) = (room.town.visitor(), room.link("Lou"));
    room.replans(|plan| "7 quai du Wault".clone_into(&mut plan.venue.place)).unwrap();
    let moved = room.last_letter("Lou");
    assert_eq!((moved.kind, moved.calendars.as_str()), (LetterKind::SessionMoved, "[]"));
    assert!(!moved.text_body.contains("quai du Wault"), "{}", moved.text_body);
    assert!(moved.text_body.contains("attend toujours votre réponse"), "{}", moved.text_body);
    let agenda = |path: &str| visitor.get(&format!("{path}/agenda.ics")).is(200).body.clone();
    visitor.get(&link).does_not_see("quai du Wault");
    assert!(!agenda(&link).contains("VEVENT"));
    // What was never entered is not taken out.
    room.gives_back(people[1]);
    let gone = room.last_letter("Lou");
    assert_eq!((gone.kind, gone.calendars.as_str()), (LetterKind::EnrolmentCancelled, "[]"));

    let malo = room.link("Malo");
    visitor.does(&format!("{malo}/reponse"), &[("reponse", "oui")]).sees("quai du Wault");
    assert!(agenda(&malo).contains("quai du Wault"));
    // The employer knows when; the person and those who run the session know where.
    let path = format!("{}/agenda.ics", room.place(people[2]));
    let page = room.employer.get(&path);
    assert!(page.is(200).body.contains("DTSTART") && !page.body.contains("quai du Wault"), "{}", page.body);
    assert!(page.queries() <= 8, "{}", page.queries());
    assert!(room.manager.get(&path).is(200).body.contains("quai du Wault"));
}

fn an_offer_never_outlasts_the_queue_of_its_session(database: &Database) {
    let (mut room, people) = waiting_for_an_offer(database, &["Aïcha", "Lou", "Malo"]);
    // The session moves to the day after tomorrow: its queue closes before the 48 hours are over.
    let day = room.town.today().plus_days(2);
    let moved = room.replans(|plan| {
        let clock = |text: &str| text.parse().unwrap();
        plan.slots = vec![Slot::new(plan.zone, day, clock("9:00"), clock("12:00")).unwrap()];
        plan.enrol_by = plan.slots[0].starts_at.plus_hours(-24);
    });
    assert!(moved.unwrap());
    let told = room.told("Lou");
    assert_eq!(told[told.len() - 2..], [LetterKind::SessionMoved, LetterKind::Offer]);
    let link = room.link("Lou");
    room.is_now(room.starts_at().plus_hours(-24));
    room.town.visitor().post(&format!("{link}/reponse"), &[("reponse", "oui")]).is(422).sees("Le délai");
    room.rounds();
    assert_eq!(room.states(&people[1..]), [Expired, Expired]);
    assert_eq!(room.seats().held, 0);
}

fn seats_are_set_aside_for_a_company_until_a_day(database: &Database) {
    let room = room(database, 4);
    let brewery = room.town.organisation("Brasserie du Beffroi", &[Capacity::Company]);
    room.town.member("ali@brasserie.example", Role::Employer, Some(brewery));
    let ali = room.town.log_in("ali@brasserie.example");
    let until = room.town.today().plus_days(5);
    room.sets_aside(brewery, "5", until).is(422).sees("Il ne reste pas assez de places libres");
    room.sets_aside(brewery, "2", room.town.today().plus_days(60)).is(422).sees("La réservation doit");
    room.sets_aside(brewery, "3", until).is(303);
    room.town.visitor().get(&format!("/catalogue/{}", room.session)).sees("Plus qu’une place");
    room.manager.get(&format!("/sessions/{}", room.session)).sees("Brasserie du Beffroi");

    let people = room.colleagues(&["Lou", "Malo", "Noémie"]);
    room.enrols(&people).sees("1 place confirmée").sees("2 personnes en attente");
    room.employer.get(&room.place(people[1])).sees("réservées (3)");
    let own = room.town.employee(brewery, "Ida", "Morel", Some("ida@brasserie.example"));
    let form = [("session", &*room.session.to_string()), ("person", &*own.to_string())];
    ali.does("/inscriptions", &form).sees("1 place confirmée");
    assert_eq!((room.seats().held, room.seats().reserved(), room.seats().free()), (2, 2, 0));

    // At that day what was not used goes back to all.
    room.town.days_pass(6);
    room.rounds();
    assert_eq!(room.states(&people), [Confirmed; 3]);
    assert_eq!((room.seats().held, room.seats().reserved()), (4, 0));
    room.town.the_journal_holds();
}

fn seats_are_set_aside_for_a_group_that_waits(database: &Database) {
    let room = room(database, 3);
    let singles = room.colleagues(&["Aïcha", "Bruno", "Zoé"]);
    let group = room.colleagues(&["Lou", "Malo"]);
    room.enrols(&singles[..2]);
    room.enrols_together(&group);
    let path = format!("/sessions/{}/reservations", room.session);
    let number = room.manager.get(&path).is(200).body.split("Groupe n°\u{a0}").nth(1).unwrap().to_owned();
    let number: String = number.chars().take_while(char::is_ascii_digit).collect();
    let day = room.town.today().plus_days(5).iso();
    let form =
        |group| [("groupe", group), ("places", "1"), ("jusqu", &*day), ("motif", "Ils viennent de loin.")];
    room.manager.post(&path, &form("987654")).is(404);
    room.manager.does(&path, &form(&number)).sees("1 place est réservée");
    room.enrols(&singles[2..]).sees("1 personne en attente");
    room.gives_back(singles[0]);
    assert_eq!(room.states(&group), [Confirmed; 2]);
    assert_eq!((room.state(singles[2]), room.seats().reserved()), (Waiting, 0));

    // What is set aside for nobody any more is given back by hand.
    room.gives_back(group[0]);
    assert_eq!(room.state(singles[2]), Confirmed);
    room.gives_back(group[1]);
    room.sets_aside(room.company, "1", room.town.today().plus_days(5)).is(303);
    let page = room.manager.get(&format!("/sessions/{}", room.session));
    room.manager.does(&page.address_of("/reservations/"), &[]).sees("de nouveau libres");
    assert_eq!(room.seats().free(), 1);
    room.town.the_journal_holds();
}

fn a_seat_above_the_capacity_has_a_name_and_a_reason(database: &Database) {
    let room = room(database, 1);
    let people = room.colleagues(&["Lou", "Malo", "Noémie"]);
    room.enrols(&people);
    let path = format!("{}/depassement", room.place(people[2]));
    room.manager.post(&path, &[("motif", " ")]).is(422).sees("Dites pourquoi");
    room.employer.post(&path, &[("motif", "Pour voir.")]).is(403);
    room.manager.does(&path, &[("motif", "Une chaise de plus est trouvée.")]).sees("place confirmée");
    assert_eq!(room.states(&people), [Confirmed, Waiting, Confirmed]);
    assert_eq!((room.seats().held, room.seats().over), (2, 1));
    let journal = room.manager.get(&format!("/sessions/{}/journal", room.session));
    journal.is(200).sees("Une chaise de plus est trouvée.").sees("karim");
    room.gives_back(people[0]);
    assert_eq!((room.state(people[1]), room.seats().over), (Waiting, 0));
    room.gives_back(people[2]);
    assert_eq!(room.state(people[1]), Confirmed);
    room.town.the_journal_holds();
}

fn staff_may_add_somebody_above_the_capacity_with_a_reason(database: &Database) {
    let room = room(database, 1);
    room.enrols(&room.colleagues(&["Lou", "Malo"]));
    let path = format!("/sessions/{}/inscription", room.session);
    room.manager.get(&path).is(200).sees("Motif pour dépasser la capacité");
    let form = |given: &'static str, reason: &'static str| {
        [("prenom", given), ("nom", "Petit"), ("email", ""), ("siret", ""), ("motif", reason)]
    };
    // Without a reason they wait like everyone, behind who came first.
    room.manager.does(&path, &form("Zoé", " ")).sees("2e en attente").sees("PETIT Zoé");
    assert_eq!((room.count(Confirmed), room.count(Waiting), room.seats().over), (1, 2, 0));
    room.manager.does(&path, &form("Ida", "Promis par l’opérateur.")).sees("1 place confirmée");
    assert_eq!((room.count(Confirmed), room.count(Waiting), room.seats().over), (2, 2, 1));
    let journal = room.manager.get(&format!("/sessions/{}/journal", room.session));
    journal.sees("Place au-delà de la capacité").sees("« Promis par l’opérateur. »").sees("karim");
    room.employer.post(&path, &form("Noa", "Pour voir.")).is(403);
    // With a seat that is free the reason counts for nothing.
    room.replans(|plan| plan.capacity = 6).unwrap();
    room.manager.does(&path, &form("Noa", "Au cas où.")).sees("1 place confirmée");
    assert_eq!((room.count(Confirmed), room.seats().over), (5, 0));
    room.town.the_journal_holds();
}

fn more_seats_promote_and_fewer_than_taken_are_refused(database: &Database) {
    let room = room(database, 2);
    let people = room.colleagues(&["Lou", "Malo", "Noémie", "Zoé"]);
    room.enrols(&people);
    room.replans(|plan| plan.capacity = 3).unwrap();
    assert_eq!(room.states(&people), [Confirmed, Confirmed, Confirmed, Waiting]);
    assert_eq!(room.last_letter("Noémie").kind, LetterKind::Promoted);
    let too_few = room.replans(|plan| plan.capacity = 2);
    assert!(
        matches!(too_few, Err(Error::Refused(actions::Refusal::Enrolment(Refusal::BelowTaken { taken: 3 })))),
        "{too_few:?}"
    );
    room.replans(|plan| plan.capacity = 6).unwrap();
    room.sets_aside(room.company, "1", room.town.today().plus_days(5)).is(303);
    let too_few = room.replans(|plan| plan.capacity = 4);
    assert!(
        matches!(too_few, Err(Error::Refused(actions::Refusal::Enrolment(Refusal::BelowTaken { taken: 5 })))),
        "{too_few:?}"
    );
    room.replans(|plan| plan.capacity = 5).unwrap();
    assert_eq!((room.seats().held, room.seats().reserved(), room.seats().free()), (4, 1, 0));
    room.town.the_journal_holds();
}

fn a_cancelled_session_holds_nothing_any_more(database: &Database) {
    let room = room(database, 3);
    let people = room.colleagues(&["Lou", "Malo", "Noémie"]);
    room.sets_aside(room.town.organisation("Brasserie du Beffroi", &[Capacity::Company]), "1", {
        room.town.today().plus_days(5)
    });
    room.enrols(&people);
    assert_eq!(room.states(&people), [Confirmed, Confirmed, Waiting]);
    let path = format!("/sessions/{}/annulation", room.session);
    room.manager.does(&path, &[("motif", "La formatrice est souffrante.")]).does_not_see("Beffroi");
    assert_eq!(room.states(&people), [Cancelled; 3]);
    for given in ["Lou", "Malo", "Noémie"] {
        assert_eq!(room.last_letter(given).kind, LetterKind::SessionCancelled);
    }
    assert_eq!((room.seats().held, room.seats().reserved(), room.seats().over), (0, 0, 0));
    room.enrols(&people).is(422).sees("n’est pas ouverte");
    room.town.days_pass(40);
    room.rounds();
    assert_eq!(room.last_letter("Lou").kind, LetterKind::SessionCancelled);
    room.town.the_journal_holds();
}
