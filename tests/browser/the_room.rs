//! A half-day in four hands: a telephone with an account, one with a link only, the trainer's device handed round, and
//! that same device while the network is cut.

use super::cut::Cut;
use super::driver::PHONE;
use super::{Browser, leaf};
use crate::harness::{Database, stories};
use crate::town::{PASSWORD, Planned, Room};
use domain::access::Role;
use domain::calendar::Zone;
use domain::ids::PersonId;
use std::thread;
use std::time::Duration;

stories! {
    chromium: a_half_day_is_signed_in_four_ways_one_of_them_without_a_network;
}

fn on_a_phone(base: &str) -> Browser {
    let browser = Browser::new(base);
    browser.size(PHONE.0, PHONE.1);
    browser
}

pub(super) const TRAINER: &str = "ines@atelier.example";

/// A trainer of the training body who runs the session, and nothing else.
pub(super) fn has_a_trainer(room: &Room) {
    let ines = room.town.member(TRAINER, Role::Trainer, Some(room.body));
    room.replans(|plan| plan.trainers.push(ines)).unwrap();
}

/// Until the room would open without a network.
pub(super) fn is_kept(browser: &Browser) {
    let kept =
        "return navigator.serviceWorker.ready.then(() => caches.match(location.pathname)).then(Boolean)";
    for _ in 0..200 {
        if browser.eval(kept) == true {
            return;
        }
        thread::sleep(Duration::from_millis(25));
    }
    browser.fail("the room is not kept on the device");
}

pub(super) fn logs_in(browser: &Browser, email: &str) {
    browser.open("/connexion");
    browser.fill("Adresse électronique", email);
    browser.fill("Mot de passe", PASSWORD);
    browser.press("Enter");
    browser.arrives_at("/accueil");
}

/// Draws a line with the pointer, as a finger does.
pub(super) fn draws(browser: &Browser) {
    browser.eval(
        "const svg = document.querySelector('dialog[open] [data-draw], form [data-draw]'); const box = svg.getBoundingClientRect();
         const at = (kind, x, y) => svg.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 1, clientX: box.left + x, clientY: box.top + y }));
         svg.setPointerCapture = () => {}; at('pointerdown', 20, 40);
         for (let step = 1; step < 12; step += 1) at('pointermove', 20 + step * 9, 40 + (step % 3) * 12);
         at('pointerup', 130, 50);",
    );
}

fn a_half_day_is_signed_in_four_ways_one_of_them_without_a_network(database: &Database) {
    let mut room = Room::open(database, &Planned::default());
    let people = room.colleagues(&["Lou", "Mia", "Hugo", "Zoé"]);
    room.enrols(&people);
    room.town.account("lou@verrerie.example", Some(people[0]));
    has_a_trainer(&room);
    room.is_now(room.starts_at().plus_minutes(10));
    let network = Cut::before(&room.town.address());

    let trainer = Browser::new(&network.address());
    logs_in(&trainer, TRAINER);
    trainer.open(&format!("/sessions/{}/presences", room.session));
    trainer.click(&format!("Ouvrir la salle : {} matin", leaf(room.starts_at().day(Zone::PARIS))));
    trainer.inspect();
    let place = trainer.address();
    trainer.click("Afficher le code");
    trainer.sees("Signez votre présence");
    trainer.inspect();
    let code =
        trainer.eval("return document.querySelector('.code').textContent").as_str().unwrap().to_owned();
    trainer.open(&place);

    with_an_account(&room, &code);
    by_a_link(&room, &code);
    trainer.sees("Présents : 2 sur 4");
    on_the_tablet(&trainer, "DELMOTTE Hugo");
    trainer.sees("Présents : 3 sur 4");
    without_a_network(&room, &network, &trainer, &place, [people[0], people[3]]);
    room.town.the_journal_holds();
}

fn with_an_account(room: &Room, code: &str) {
    let lou = on_a_phone(&room.town.address());
    logs_in(&lou, "lou@verrerie.example");
    lou.click("Signer ma présence");
    lou.inspect();
    lou.size(PHONE.0, PHONE.1);
    lou.fill("Le code de la salle", code);
    lou.click("Continuer");
    lou.sees("j’atteste ma présence");
    lou.inspect();
    lou.size(PHONE.0, PHONE.1);
    draws(&lou);
    lou.click("Signer");
    lou.sees("votre présence est signée");
}

fn by_a_link(room: &Room, code: &str) {
    let mia = on_a_phone(&room.town.address());
    mia.open(&format!("/emargement/{}", code.replace(' ', "")));
    mia.sees("J’ai reçu ma convocation");
    mia.inspect();
    mia.size(PHONE.0, PHONE.1);
    mia.open(&room.link("Mia"));
    mia.click("Signer ma présence");
    mia.fill("Le code de la salle", "ZZZ ZZZ");
    mia.click("Continuer");
    mia.sees("aucune de vos demi-journées");
    mia.inspect();
    mia.size(PHONE.0, PHONE.1);
    mia.fill("Le code de la salle", code);
    mia.click("Continuer");
    mia.fill("Nom tapé en guise de signature", "Mia Delmotte");
    mia.click("Signer");
    mia.sees("votre présence est signée");
}

fn on_the_tablet(trainer: &Browser, name: &str) {
    trainer.click(&format!("Faire signer ici : {name}"));
    trainer.sees("Tendez l’appareil");
    draws(trainer);
    trainer.click("Signer");
}

fn without_a_network(room: &Room, network: &Cut, trainer: &Browser, place: &str, [lou, zoe]: [PersonId; 2]) {
    // Opened once, and no more.
    is_kept(trainer);
    network.cut();
    on_the_tablet(trainer, "DELMOTTE Zoé");
    trainer.sees("Hors connexion depuis");
    trainer.sees("Un envoi attend le réseau");
    trainer.choose("DELMOTTE Lou", "Départ avancé");
    trainer.sees("2 envois attendent le réseau");
    // Even opened anew the room is there, with what it keeps.
    trainer.open(place);
    trainer.sees("2 envois attendent le réseau");
    trainer.sees("signé ici, en attente de réseau");
    // Meanwhile somebody else notes Lou otherwise.
    let (field, minutes) =
        (format!("{}.present-180", room.enrolment(lou)), format!("minutes.{}", room.enrolment(lou)));
    let other = room.manager.post(place, &[(&field, "late"), (&minutes, "170")]);
    assert_eq!(other.status, 303, "{}", other.text());
    network.mend();
    trainer.sees("Présents : 4 sur 4");
    trainer.sees("Noté autrement entre-temps");
    trainer.inspect();
    trainer.click("Laisser ainsi");
    trainer.does_not_see("Noté autrement entre-temps");
    let signed = room.manager.get(place);
    signed.sees("sur l’appareil du formateur").sees("Présents : 4 sur 4");
    assert!(signed.body.contains(&format!("name=\"{}.present-180\"", room.enrolment(zoe))));
    assert!(signed.body.contains(&format!("name=\"{}.late-170\"", room.enrolment(lou))));
}
