//! What the pages of a session say of its half-days: to the training body, the person, the employer, the auditor.

use crate::harness::{Database, stories};
use crate::the_room::Hall;

stories! {
    both: nobody_gets_a_second_place_on_the_spot;
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
