//! Places move to a colleague or to another session, wait for the employer's word, and come too late.

use crate::harness::{Database, stories};
use crate::town::{EMPLOYER, Page, Planned, Room, email, everything};
use domain::access::Role;
use domain::calendar::Zone;
use domain::enrolments::EnrolmentState::{
    Attended, Cancelled, Confirmed, Expired, Refused, Requested, Transferred, Waiting,
};
use domain::ids::PersonId;
use domain::letters::LetterKind;
use domain::organisations::Capacity;
use domain::sessions::Slot;

stories! {
    both: a_place_moves_to_another_session,
        a_day_that_is_dropped_leaves_the_calendar,
        letters_go_to_the_contact_who_can_log_in_today,
        a_colleague_takes_the_place,
        the_employer_approves_or_refuses,
        without_the_switch_nobody_is_asked,
        after_the_deadline_only_staff_add_people,
        when_the_queue_closes_waiting_ends,
        nobody_is_in_a_session_twice,
        an_unknown_way_to_share_seats_is_refused,
        only_ones_own_employees_are_enrolled,
        what_has_begun_is_told_by_its_attendance,
        a_closed_queue_takes_no_requests,
        the_home_of_an_employer_says_first_what_wants_an_answer,
        the_home_of_an_employer_counts_what_it_does_not_show,
        the_places_of_a_company_stand_by_date_with_their_rank,
        who_has_left_is_not_counted_among_the_staff;
}

fn room(database: &Database, seats: u32) -> Room {
    Room::open(database, &Planned { seats, ..Planned::default() })
}

fn a_place_moves_to_another_session(database: &Database) {
    let room = room(database, 1);
    let people = room.colleagues(&["Lou", "Malo"]);
    room.enrols(&people);
    let full = room.another(&Planned { seats: 1, in_days: 40, ..Planned::default() });
    let free = room.another(&Planned { seats: 1, in_days: 50, ..Planned::default() });
    room.town.enrol(&room.town.actor(EMPLOYER), full, &[room.colleague("Zoé")]);
    let path = format!("{}/report", room.place(people[0]));
    let to = |session: &str, why: &str| room.manager.post(&path, &[("session", session), ("motif", why)]);
    to(&full.to_string(), "Malade ce jour-là.").is(422).sees("pas assez de places libres");
    to(&free.to_string(), " ").is(422).sees("Dites pourquoi");
    to(&room.session.to_string(), "Malade ce jour-là.").is(422);
    assert_eq!(room.states(&people), [Confirmed, Waiting]);
    to(&free.to_string(), "Malade ce jour-là.").is(303);
    assert_eq!(room.states(&people), [Transferred, Confirmed]);
    assert_eq!(room.state_in(free, people[0]), Confirmed);
    let told = room.told("Lou");
    assert_eq!(told, [LetterKind::Confirmed, LetterKind::EnrolmentCancelled, LetterKind::Confirmed]);
    assert_eq!(room.last_letter("Malo").kind, LetterKind::Promoted);

    let elsewhere = room.town.organisation("Formation Canal", &[Capacity::TrainingBody]);
    let foreign = room.town.session(elsewhere, room.programme, &Planned::default(), &[]);
    let path = format!("{}/report", room.place(people[1]));
    room.manager.post(&path, &[("session", &foreign.to_string()), ("motif", "Pour voir.")]).is(404);
    room.town.the_journal_holds();
}

fn a_day_that_is_dropped_leaves_the_calendar(database: &Database) {
    let room = room(database, 1);
    let first = room.starts_at().day(Zone::PARIS);
    let days = |numbers: std::ops::Range<u64>| {
        let clock = |text: &str| text.parse().unwrap();
        let slot = |n| Slot::new(Zone::PARIS, first.plus_days(n), clock("9:00"), clock("12:00")).unwrap();
        numbers.map(slot).collect::<Vec<_>>()
    };
    room.replans(|plan| plan.slots = days(0..3)).unwrap();
    room.enrols(&[room.colleague("Lou")]);
    let calendars = || {
        let texts: Vec<String> = serde_json::from_str(&room.last_letter("Lou").calendars).unwrap();
        let line = |text: &str, name: &str| {
            text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned()
        };
        let one = |text: &String| {
            let (uid, day) = (line(text, "UID:"), line(text, "DTSTART:")[..8].to_owned());
            (line(text, "METHOD:"), uid.rsplit('-').next().unwrap().to_owned(), day)
        };
        texts.iter().map(one).collect::<Vec<_>>()
    };
    let entry = |method: &str, number: &str, day: u64| {
        (method.to_owned(), number.to_owned(), first.plus_days(day).iso().replace('-', ""))
    };
    let all = [entry("REQUEST", "1", 0), entry("REQUEST", "2", 1), entry("REQUEST", "3", 2)];
    assert_eq!(calendars(), all);
    room.replans(|plan| plan.slots = days(1..2)).unwrap();
    let fewer = [entry("REQUEST", "1", 1), entry("CANCEL", "2", 1), entry("CANCEL", "3", 2)];
    assert_eq!(calendars(), fewer);
}

fn letters_go_to_the_contact_who_can_log_in_today(database: &Database) {
    let room = room(database, 3);
    let (town, today) = (&room.town, room.town.today());
    let brewery = town.organisation("Brasserie du Beffroi", &[Capacity::Company]);
    town.invited("ida@brasserie.example", Role::Employer, brewery);
    let account = |email: &str, from, until| {
        let account = town.account(email, None);
        let role = Role::Employer;
        let add = |conn: &mut store::Conn| {
            store::accounts::add_membership(conn, account, Some(brewery), role, from, until)
        };
        town.store().write(add).unwrap();
    };
    account("former@brasserie.example", today.minus_days(9), Some(today.minus_days(1)));
    account("later@brasserie.example", today.plus_days(9), None);
    account("ali@brasserie.example", today.minus_days(9), Some(today));
    let nobody = town.employee(brewery, "Noa", "Morel", None);
    town.enrol(&town.actor("ali@brasserie.example"), room.session, &[nobody]);
    let about_noa = town.letters().into_iter().filter(|letter| letter.kind == LetterKind::Confirmed);
    let to: Vec<_> = about_noa.map(|letter| letter.to_email).collect();
    assert_eq!(to, ["ali@brasserie.example"]);
}

fn a_colleague_takes_the_place(database: &Database) {
    let room = room(database, 1);
    let people = room.colleagues(&["Lou", "Malo", "Noémie", "Zoé"]);
    room.enrols(&people[..3]);
    let path = |person| format!("{}/remplacement", room.place(person));
    let by =
        |who: PersonId, other: PersonId| room.employer.post(&path(who), &[("person", &other.to_string())]);
    by(people[0], people[3]).is(303);
    assert_eq!(room.states(&people), [Cancelled, Waiting, Waiting, Confirmed]);
    assert_eq!((room.last_letter("Zoé").kind, room.seats().held), (LetterKind::Confirmed, 1));
    assert_eq!(room.last_letter("Lou").kind, LetterKind::EnrolmentCancelled);
    // Who waited leaves the queue for the place of a colleague.
    by(people[3], people[2]).is(303);
    assert_eq!(room.states(&people), [Cancelled, Waiting, Confirmed, Cancelled]);
    by(people[1], people[0]).is(422);
    let brewery = room.town.organisation("Brasserie du Beffroi", &[Capacity::Company]);
    let stranger = room.town.employee(brewery, "Ida", "Morel", None);
    by(people[2], stranger).is(422).sees("ne fait pas partie de vos salariés");
    assert_eq!(room.states(&people), [Cancelled, Waiting, Confirmed, Cancelled]);
    room.town.the_journal_holds();
}

fn the_employer_approves_or_refuses(database: &Database) {
    let room = room(database, 1);
    room.approves_requests(true);
    let people = room.colleagues(&["Lou", "Malo", "Noémie"]);
    let ask = format!("/sessions/{}/demande", room.session);
    for (given, person) in ["Lou", "Malo", "Noémie"].into_iter().zip(&people) {
        room.town.account(&email(given), Some(*person));
        room.town.log_in(&email(given)).does(&ask, &[]).sees("transmise à l’employeur");
    }
    assert_eq!((room.states(&people), room.seats().held), (vec![Requested; 3], 0));
    let wanted = room.town.letters_to(EMPLOYER);
    assert_eq!(wanted.len(), 3);
    assert!(wanted[0].text_body.contains(&room.place(people[0])), "{}", wanted[0].text_body);

    // The rank is that of the approval, not of the asking.
    let answers = |person, noun: &str, form: &[(&str, &str)]| {
        room.employer.post(&format!("{}/{noun}", room.place(person)), form)
    };
    answers(people[2], "approbation", &[]).is(303);
    answers(people[1], "approbation", &[]).is(303);
    assert_eq!(room.states(&people), [Requested, Waiting, Confirmed]);
    answers(people[0], "refus", &[("motif", "")]).is(422).sees("Dites pourquoi");
    answers(people[0], "refus", &[("motif", "C’est la semaine d’inventaire.")]).is(303);
    assert_eq!(room.state(people[0]), Refused);
    let refused = room.last_letter("Lou");
    assert!(refused.text_body.contains("C’est la semaine d’inventaire."), "{}", refused.text_body);
    answers(people[0], "approbation", &[]).is(422).sees("demande refusée");
    room.town.the_journal_holds();
}

fn without_the_switch_nobody_is_asked(database: &Database) {
    let room = room(database, 1);
    let lou = room.colleague("Lou");
    room.town.account(&email("Lou"), Some(lou));
    let ask = format!("/sessions/{}/demande", room.session);
    room.town.log_in(&email("Lou")).does(&ask, &[]).sees("Place confirmée");
    assert!(room.town.letters_to(EMPLOYER).is_empty());
    room.employer.get(&room.place(lou)).is(200);
}

fn after_the_deadline_only_staff_add_people(database: &Database) {
    let mut room = room(database, 3);
    let lou = room.colleague("Lou");
    let deadline = room.starts_at().plus_days(-5);
    room.replans(|plan| plan.enrol_by = deadline).unwrap();
    room.is_now(deadline);
    let zoe = room.trainee("Zoé");
    room.enrols(&[lou]).is(422).sees("La date limite d’inscription est passée");
    zoe.post(&format!("/sessions/{}/demande", room.session), &[]).is(422).sees("La date limite");
    room.adds("Malo").is(303);
    assert_eq!(room.count(Confirmed), 1);
    // The same click twice adds nobody.
    room.adds("Malo").is(422).sees("déjà inscrite");
    assert_eq!(room.count(Confirmed), 1);
}

fn when_the_queue_closes_waiting_ends(database: &Database) {
    let mut room = room(database, 1);
    room.approves_requests(true);
    let people = room.colleagues(&["Lou", "Malo", "Noémie"]);
    room.enrols(&people[..2]);
    room.town.account(&email("Noémie"), Some(people[2]));
    room.town.log_in(&email("Noémie")).does(&format!("/sessions/{}/demande", room.session), &[]);
    assert_eq!(room.states(&people), [Confirmed, Waiting, Requested]);
    room.is_now(room.starts_at().plus_hours(-24));
    // Closed already, though no round was made: nobody is promoted any more.
    room.gives_back(people[0]);
    assert_eq!(room.states(&people), [Cancelled, Waiting, Requested]);
    room.rounds();
    assert_eq!(room.states(&people), [Cancelled, Expired, Expired]);
    assert_eq!(room.last_letter("Malo").kind, LetterKind::NoPlace);
    assert_eq!(room.last_letter("Noémie").kind, LetterKind::NoPlace);
    room.adds("Oscar").is(303);
    room.adds("Hugo").is(422).sees("la liste d’attente est close");
    room.town.the_journal_holds();
}

/// The queue may close before the last day of enrolment.
fn a_closed_queue_takes_no_requests(database: &Database) {
    let room = room(database, 3);
    let visitor = room.town.visitor();
    room.employer.get("/inscriptions/nouvelle").is(200).sees("Comprendre l’IA");
    visitor.get("/").is(200).sees("dans une session à venir");
    room.replans(|plan| plan.queue_closes_hours = 24 * 40).unwrap();
    room.employer.get("/inscriptions/nouvelle").is(200).does_not_see("Comprendre l’IA");
    visitor.get("/").is(200).sees("dans 0 sessions à venir");
    room.enrols(&[room.colleague("Lou")]).is(422);
}

fn the_home_of_an_employer_says_first_what_wants_an_answer(database: &Database) {
    let room = room(database, 1);
    room.approves_requests(true);
    let noemie = room.colleague("Noémie");
    room.town.account(&email("Noémie"), Some(noemie));
    room.town.log_in(&email("Noémie")).does(&format!("/sessions/{}/demande", room.session), &[]);
    let many: Vec<PersonId> = (0..30).map(|n| room.colleague(&format!("Lou {n}"))).collect();
    room.enrols(&many);
    assert_eq!(room.count(Waiting), 29);
    let home = room.employer.get("/accueil");
    home.is(200).sees("Noémie Delmotte demande une place").sees("29 personnes attendent une place");
    assert!(home.queries() <= 8, "{}", home.queries());
}

fn the_home_of_an_employer_counts_what_it_does_not_show(database: &Database) {
    let room = room(database, 1);
    room.approves_requests(true);
    let other =
        room.another(&Planned { title: "Mener un projet", seats: 1, in_days: 12, ..Planned::default() });
    for number in 0..30 {
        let given = format!("Lou {number}");
        room.town.account(&email(&given), Some(room.colleague(&given)));
        let actor = room.town.actor(&email(&given));
        actions::enrolments::request_for_oneself(&room.town.house, &actor, room.session).unwrap();
    }
    let people = room.colleagues(&["Malo", "Noémie", "Zoé"]);
    room.town.enrol(&room.town.actor(EMPLOYER), other, &people);
    let home = room.employer.get("/accueil");
    home.sees("4 autres demandes ou propositions attendent votre réponse");
    home.sees("Noémie Delmotte et Zoé Delmotte attendent une place");
    assert!(home.queries() <= 8, "{}", home.queries());
}

fn the_places_of_a_company_stand_by_date_with_their_rank(database: &Database) {
    let mut room = room(database, 1);
    let soon =
        room.another(&Planned { title: "Mener un projet", seats: 1, in_days: 12, ..Planned::default() });
    let late =
        room.another(&Planned {
            title: "Données d’atelier", seats: 40, in_days: 60, ..Planned::default()
        });
    let crowd: Vec<PersonId> = (10..40).map(|n| room.colleague(&format!("Lou {n}"))).collect();
    let employer = room.town.actor(EMPLOYER);
    room.town.enrol(&employer, late, &crowd);
    let people = room.colleagues(&["Malo", "Noémie", "Zoé"]);
    room.enrols(&people);
    room.town.enrol(&employer, soon, &people[1..2]);
    let order = |page: &Page, words: &[&str]| {
        let text = page.text();
        let found: Vec<_> =
            words.iter().map(|word| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"))).collect();
        assert!(found.is_sorted(), "{found:?} {text}");
    };
    let first = room.employer.get("/inscriptions");
    order(
        &first,
        &["Mener un projet", "DELMOTTE Malo", "DELMOTTE Zoé", "DELMOTTE Lou 10", "DELMOTTE Lou 30"],
    );
    first.sees("1re en attente").sees("2e en attente").does_not_see("DELMOTTE Lou 39");
    assert!(first.queries() <= 8, "{}", first.queries());
    let second = room.employer.get(&first.address_of("/inscriptions?apres="));
    order(&second, &["DELMOTTE Lou 31", "DELMOTTE Lou 39"]);
    second.does_not_see("DELMOTTE Lou 30").does_not_see("Mener un projet");

    // Two of the three are over: they stand by themselves, from the latest on.
    room.is_now(room.starts_at().plus_days(2));
    room.employer.get("/inscriptions").does_not_see("Mener un projet").sees("DELMOTTE Lou 10");
    let past = room.employer.get("/inscriptions?passees=1");
    order(&past, &["Comprendre l’IA", "Mener un projet"]);
    past.does_not_see("DELMOTTE Lou 10");
    assert!(past.queries() <= 8, "{}", past.queries());
    room.employer.get("/inscriptions?apres=zzz").is(200).sees("DELMOTTE Lou 10");
}

fn who_has_left_is_not_counted_among_the_staff(database: &Database) {
    let mut room = room(database, 3);
    let people = room.colleagues(&["Lou", "Malo", "Noémie"]);
    room.enrols(&people);
    let come = |conn: &mut store::Conn| {
        for one in store::enrolments::of_session(conn, room.session, &[Confirmed])? {
            store::enrolments::shift(conn, &one, Attended, None, room.town.now())?;
        }
        let lou = store::people::get(conn, &everything(), people[0], room.town.today())?;
        store::people::end(conn, lou.employment.id, room.town.today())
    };
    room.town.store().write(come).unwrap();
    room.employer.get("/accueil").sees("3 personnes ont suivi une sensibilisation, 100 % de votre liste");
    room.is_now(room.town.now().plus_days(2));
    room.employer.get("/accueil").sees("2 personnes ont suivi une sensibilisation, 100 % de votre liste");
}

fn nobody_is_in_a_session_twice(database: &Database) {
    let room = room(database, 3);
    let lou = room.colleague("Lou");
    room.town.account(&email("Lou"), Some(lou));
    let trainee = room.town.log_in(&email("Lou"));
    let ask = format!("/sessions/{}/demande", room.session);
    trainee.does(&ask, &[]);
    trainee.post(&ask, &[]).is(422).sees("déjà inscrite");
    room.enrols(&[lou]).is(422).sees("déjà inscrite");
    room.enrols(&[lou, room.colleague("Malo")]).sees("1 place confirmée").sees("1 personne y était déjà");
    assert_eq!((room.count(Confirmed), room.seats().held), (2, 2));
}

/// What cannot be read is not taken for the other choice.
fn an_unknown_way_to_share_seats_is_refused(database: &Database) {
    let room = room(database, 3);
    let (session, lou) = (room.session.to_string(), room.colleague("Lou"));
    let form = [("session", session.as_str()), ("mode", "zzz"), ("person", &lou.to_string())];
    room.employer
        .post("/inscriptions", &form)
        .is(422)
        .sees("Dites ce qui vaut s’il n’y a pas assez de places");
    assert_eq!(room.count(Confirmed), 0);
    room.employer.post("/inscriptions", &[form[0], form[2]]).is(303);
    assert_eq!(room.count(Confirmed), 1);
}

fn only_ones_own_employees_are_enrolled(database: &Database) {
    let room = room(database, 3);
    let brewery = room.town.organisation("Brasserie du Beffroi", &[Capacity::Company]);
    let stranger = room.town.employee(brewery, "Ida", "Morel", None);
    let former = room.colleague("Lou");
    let yesterday = room.town.today().minus_days(1);
    let end = |conn: &mut store::Conn| {
        let known = store::people::get(conn, &everything(), former, room.town.today())?;
        store::people::end(conn, known.employment.id, yesterday)
    };
    room.town.store().write(end).unwrap();
    let own = room.colleague("Malo");
    for refused in [stranger, former] {
        room.enrols(&[own, refused]).is(422).sees("ne fait pas partie de vos salariés");
    }
    assert_eq!(room.count(Confirmed), 0);
    room.town.member("ali@brasserie.example", Role::Employer, Some(brewery));
    room.enrols(&[own]);
    let ali = room.town.log_in("ali@brasserie.example");
    ali.get(&room.place(own)).is(404);
    ali.post(&format!("{}/annulation", room.place(own)), &[("motif", "Pour voir.")]).is(404);
    assert_eq!(room.state(own), Confirmed);
}

fn what_has_begun_is_told_by_its_attendance(database: &Database) {
    let mut room = room(database, 2);
    let [lou, zoe] = ["Lou", "Zoé"].map(|given| room.colleague(given));
    room.enrols(&[lou]);
    let link = room.link("Lou");
    let later = room.another(&Planned { in_days: 60, ..Planned::default() });
    room.is_now(room.starts_at());
    let visitor = room.town.visitor();
    let reason = [("motif", "Un rendez-vous.")];
    visitor.post(&format!("{link}/annulation"), &reason).is(422).sees("La session a commencé");
    visitor.get(&link).does_not_see("Annuler");
    let place = room.place(lou);
    for round in 0..2 {
        room.employer.post(&format!("{place}/annulation"), &reason).is(422).sees("La session a commencé");
        let by = [("person", &*zoe.to_string())];
        room.employer.post(&format!("{place}/remplacement"), &by).is(422).sees("La session a commencé");
        let to = [("session", &*later.to_string()), ("motif", "Un rendez-vous.")];
        room.manager.post(&format!("{place}/report"), &to).is(422).sees("La session a commencé");
        if round == 0 {
            room.rounds();
        }
    }
    assert_eq!((room.state(lou), room.seats().held), (Confirmed, 1));
    // A mark of somebody who is on the sheet no longer stands for nobody else's.
    room.adds("Hugo").is(303);
    let sheet = format!("/sessions/{}/presences", room.session);
    let hall = room.manager.get(&sheet).address_of(&format!("/sessions/{}/salle/", room.session));
    let page = room.manager.get(&hall);
    let square = page
        .body
        .split("type=\"radio\" name=\"")
        .find(|name| name.starts_with(&format!("{}.", room.enrolment(lou))));
    let square = square.unwrap().split('"').next().unwrap().to_owned();
    room.manager.does(&hall, &[(&square, "present")]).sees("Une présence est enregistrée");
    room.manager.get(&sheet).sees("Il reste une présence à noter");
    let leaves = |conn: &mut store::Conn| {
        let seen = store::enrolments::get(conn, &everything(), room.enrolment(lou))?;
        store::enrolments::shift(conn, &seen, Cancelled, None, room.town.now())
    };
    room.town.the_journal_holds();
    room.town.store().write(leaves).unwrap();
    room.manager.get(&sheet).sees("Il reste une présence à noter");
}
