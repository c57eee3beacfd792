//! The room on a device that is slow, shared, without a network, without a mouse or without a database.

use super::Browser;
use super::cut::Cut;
use super::driver::PHONE;
use super::the_room::{TRAINER, draws, has_a_trainer, is_kept, logs_in};
use super::without_a_mouse_and_without_scripts::tabs_to;
use crate::harness::{Database, stories};
use crate::town::{MANAGER, PASSWORD, Page, Planned, Room};
use diesel::prelude::*;
use domain::ids::PersonId;
use serde_json::json;
use std::thread;
use std::time::Duration;

stories! {
    chromium: on_a_network_that_hangs_everything_is_kept_and_comes_once,
        who_comes_late_signs_without_a_network,
        on_a_telephone_each_answer_has_its_border,
        a_half_day_that_begins_without_a_network_is_noted,
        once_it_is_over_the_minutes_are_asked_for,
        what_one_account_leaves_on_a_device_is_not_anothers,
        where_the_browser_keeps_nothing_the_plain_form_does_it,
        without_a_script_enter_saves_one_answer_and_no_other,
        a_sheet_is_filled_by_keyboard_alone;
}

struct Hall {
    room: Room,
    /// The room of the morning.
    place: String,
    people: Vec<PersonId>,
}

impl Hall {
    fn open(database: &Database, minutes_in: i64) -> Self {
        let mut room = Room::open(database, &Planned::default());
        let people = room.colleagues(&["Lou", "Mia", "Hugo"]);
        room.enrols(&people);
        has_a_trainer(&room);
        room.is_now(room.starts_at().plus_minutes(minutes_in - 1));
        let sheet = room.manager.get(&format!("/sessions/{}/presences", room.session));
        let (_, rest) = sheet.body.split_once("href=\"/sessions/").expect("a link");
        let (_, rest) = rest.split_once("/salle/").expect("a room that is open");
        let slot = rest.split('"').next().unwrap();
        let place = format!("/sessions/{}/salle/{slot}", room.session);
        Self { room, place, people }
    }

    fn who(&self, person: usize) -> String {
        self.room.enrolment(self.people[person]).to_string()
    }

    /// Until the server has it so: `late-180`.
    fn stands(&self, browser: &Browser, person: usize, presence: &str) -> Page {
        for _ in 0..160 {
            let page = self.room.manager.get(&self.place);
            if page.body.contains(&format!("name=\"{}.{presence}\"", self.who(person))) {
                return page;
            }
            thread::sleep(Duration::from_millis(50));
        }
        browser.fail(&format!("{presence} never comes"))
    }
}

fn opens(hall: &Hall, address: &str) -> Browser {
    let trainer = Browser::new(address);
    logs_in(&trainer, TRAINER);
    trainer.open(&hall.place);
    trainer
}

fn on_a_network_that_hangs_everything_is_kept_and_comes_once(database: &Database) {
    let hall = Hall::open(database, 20);
    let network = Cut::before(&hall.room.town.address());
    let trainer = opens(&hall, &network.address());
    trainer.sees("Présents : 0 sur 3");
    is_kept(&trainer);
    network.hang();
    trainer.choose("DELMOTTE Lou", "Présent");
    trainer.sees("Un envoi attend le réseau");
    trainer.choose("DELMOTTE Lou", "Excusé");
    trainer.click("Faire signer ici : DELMOTTE Mia");
    draws(&trainer);
    trainer.click("Signer");
    // A second thought takes the place of the first.
    trainer.sees("2 envois attendent le réseau");
    // A page that was never answered opens anew all the same.
    trainer.open(&hall.place);
    trainer.sees("2 envois attendent le réseau");
    trainer.sees("signé ici, en attente de réseau");
    network.mend();
    hall.stands(&trainer, 0, "absent_excused-0").sees("Présents : 1 sur 3");
    trainer.sees("Présents : 1 sur 3");
    trainer.does_not_see("attend le réseau");
    trainer.does_not_see("Noté autrement entre-temps");

    // Meanwhile somebody else notes Lou otherwise, and the trainer insists.
    network.cut();
    for answer in ["Présent", "Départ avancé", "Absent"] {
        trainer.choose("DELMOTTE Lou", answer);
    }
    trainer.sees("Un envoi attend le réseau");
    let field = format!("{}.absent_excused-0", hall.who(0));
    assert_eq!(hall.room.manager.post(&hall.place, &[(&field, "present")]).status, 303);
    network.mend();
    trainer.sees("Noté autrement entre-temps");
    trainer.sees(&format!("({}, {} à 9 h", MANAGER.split('@').next().unwrap(), hall.room.short_day(0)));
    trainer.click("Mettre ma réponse");
    hall.stands(&trainer, 0, "absent_unexcused-0");
    trainer.does_not_see("Noté autrement entre-temps");
    let journal = hall.room.manager.get(&format!("/sessions/{}/journal", hall.room.session));
    journal.sees("présent → absent").does_not_see("départ avancé");
    assert_eq!(trainer.complaints(), [""; 0]);
    hall.room.town.the_journal_holds();
}

fn who_comes_late_signs_without_a_network(database: &Database) {
    let hall = Hall::open(database, 20);
    let lou = format!("{}.expected-0", hall.who(0));
    assert_eq!(hall.room.manager.post(&hall.place, &[(&lou, "absent_unexcused")]).status, 303);
    let network = Cut::before(&hall.room.town.address());
    let trainer = opens(&hall, &network.address());
    // The device is on the clock of another place.
    trainer.chromium("Emulation.setTimezoneOverride", &json!({ "timezoneId": "America/Martinique" }));
    trainer.sees(&format!("{}, {} à 9 h", MANAGER.split('@').next().unwrap(), hall.room.short_day(0)));
    is_kept(&trainer);
    let lou = trainer.within("DELMOTTE Lou Verrerie");
    lou.does_not_see("Faire signer ici");
    network.cut();
    trainer.choose("DELMOTTE Lou", "Retard");
    lou.sees("Faire signer ici");
    lou.does_not_see(&hall.room.short_day(0));
    trainer.click("Faire signer ici : DELMOTTE Lou");
    draws(&trainer);
    trainer.click("Signer");
    trainer.sees("2 envois attendent le réseau");
    trainer.sees("Hors connexion depuis 9 h");
    lou.does_not_see("Faire signer ici");
    lou.does_not_see("Retirer la signature");
    for way in ["Afficher le code", "Ajouter quelqu’un qui n’est pas inscrit", "Feuille de présence"] {
        trainer.click(way);
        trainer.sees("Cette page demande le réseau");
        assert!(trainer.address().ends_with(&hall.place), "{way} leads to {}", trainer.address());
    }
    trainer.inspect();
    network.mend();
    trainer.sees("Présents : 1 sur 3");
    trainer.does_not_see("Cette page demande le réseau");
    lou.sees(&format!("ines, {}", hall.room.short_day(0)));
    trainer.click("Retirer la signature : DELMOTTE Lou");
    trainer.sees("Retirer une signature");
    assert_eq!(trainer.complaints(), [""; 0]);
    hall.room.town.the_journal_holds();
}

fn on_a_telephone_each_answer_has_its_border(database: &Database) {
    let hall = Hall::open(database, 20);
    let trainer = opens(&hall, &hall.room.town.address());
    trainer.size(PHONE.0, PHONE.1);
    trainer.sees("Présents : 0 sur 3");
    let bare = "return [...document.querySelectorAll('.mark-it .choice label')]
        .filter((label) => parseFloat(getComputedStyle(label).borderTopWidth) === 0).length";
    assert_eq!(trainer.eval(bare), 0);
    trainer.inspect();
    // Nothing was followed yet: the sheet does not ask what.
    trainer.open(&format!("/sessions/{}/presences", hall.room.session));
    trainer.size(PHONE.0, PHONE.1);
    let empty = "return [...document.querySelectorAll('td[data-label]')]
        .filter((cell) => cell.textContent === '' && cell.offsetHeight > 0).length";
    assert_eq!(trainer.eval(empty), 0);
}

fn a_half_day_that_begins_without_a_network_is_noted(database: &Database) {
    let hall = Hall::open(database, -10);
    let network = Cut::before(&hall.room.town.address());
    let trainer = opens(&hall, &network.address());
    trainer.sees("La demi-journée n’a pas commencé");
    is_kept(&trainer);
    network.cut();
    // Twenty minutes pass, for the device and for the house.
    trainer.eval("const real = Date.now.bind(Date); Date.now = () => real() + 20 * 60000;");
    hall.room.town.house.clock.advance_minutes(20);
    trainer.does_not_see("La demi-journée n’a pas commencé");
    trainer.click("Tout le monde présent");
    trainer.sees("3 envois attendent le réseau");
    network.mend();
    trainer.sees("Présents : 3 sur 3");
    hall.stands(&trainer, 0, "present-180").sees("Présents : 3 sur 3");
    trainer.does_not_see("n’a pas commencé");
}

fn once_it_is_over_the_minutes_are_asked_for(database: &Database) {
    let hall = Hall::open(database, 190);
    let trainer = opens(&hall, &hall.room.town.address());
    trainer.choose("DELMOTTE Lou", "Retard");
    trainer.sees("Dites les minutes suivies, en nombre entier : au moins 1, et moins de 180.");
    // The question waits, and so does the answer.
    thread::sleep(Duration::from_secs(4));
    trainer.sees("Dites les minutes suivies");
    assert_eq!(trainer.focused(), "Minutes suivies : DELMOTTE Lou");
    trainer.inspect();
    for typed in ["999", "180", "1.5"] {
        trainer.fill("Minutes suivies : DELMOTTE Lou", typed);
        trainer.press("Tab");
        trainer.sees("moins de 180");
        hall.stands(&trainer, 0, "expected-0");
        assert_eq!(trainer.value("Minutes suivies : DELMOTTE Lou"), typed);
    }
    trainer.fill("Minutes suivies : DELMOTTE Lou", "170");
    trainer.press("Tab");
    hall.stands(&trainer, 0, "late-170");
    trainer.does_not_see("Dites les minutes suivies, en");
    assert_eq!(trainer.value("Minutes suivies : DELMOTTE Lou"), "170");
    // Nothing written, nothing signed; a touch by chance and a name is a signature by name.
    trainer.click("Faire signer ici : DELMOTTE Mia");
    trainer.click("Signer");
    trainer.sees("Tapez votre nom, ou dessinez votre signature.");
    trainer.eval(
        "const svg = document.querySelector('dialog[open] [data-draw]'); svg.setPointerCapture = () => {};
         for (const kind of ['pointerdown', 'pointerup']) svg.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 1, clientX: 200, clientY: 300 }));",
    );
    trainer.fill("Nom tapé en guise de signature", "Mia Delmotte");
    trainer.click("Signer");
    hall.stands(&trainer, 1, "present-180").sees("sur l’appareil du formateur");
    // Something that the server cannot read is said, and holds up nothing.
    trainer.ask(
        "const [who] = arguments; const start = JSON.parse(document.getElementById('salle').textContent);
         return new Promise((done) => { const asked = indexedDB.open('parcours-salle', 1); asked.onsuccess = () => {
           const deal = asked.result.transaction('envois', 'readwrite');
           deal.objectStore('envois').add({ base: start.base, account: start.account, name: 'bad', at: Date.now(), who, seen: 'gone', wanted: 'present' });
           deal.oncomplete = () => done(true); }; });",
        &json!([hall.who(0).parse::<i64>().unwrap()]),
    );
    trainer.choose("DELMOTTE Hugo", "Absent");
    hall.stands(&trainer, 2, "absent_unexcused-0");
    trainer.sees("Cette réponse n’a pas pu être lue");
    trainer.click("J’ai compris");
    trainer.does_not_see("Cette réponse n’a pas pu être lue");
    assert_eq!(trainer.complaints(), [""; 0]);
}

/// The names under which rooms are kept, once they are as many as expected.
fn kept_rooms(browser: &Browser, many: u64) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..100 {
        let told = browser.eval("return caches.keys()");
        names = told.as_array().unwrap().iter().map(|n| n.as_str().unwrap().to_owned()).collect();
        if names.len() as u64 == many {
            return names;
        }
        thread::sleep(Duration::from_millis(50));
    }
    browser.fail(&format!("{many} rooms expected, there are {names:?}"))
}

fn logs_out(browser: &Browser) {
    browser.open("/accueil");
    browser.eval("document.querySelector('form[action=\"/deconnexion\"]').requestSubmit();");
    browser.sees("Se connecter");
}

fn what_one_account_leaves_on_a_device_is_not_anothers(database: &Database) {
    let hall = Hall::open(database, 20);
    let network = Cut::before(&hall.room.town.address());
    let device = opens(&hall, &network.address());
    is_kept(&device);
    let of_the_trainer = kept_rooms(&device, 1);
    network.cut();
    device.choose("DELMOTTE Lou", "Excusé");
    device.sees("Un envoi attend le réseau");
    device.open("about:blank");
    network.mend();
    logs_out(&device);
    kept_rooms(&device, 0);

    logs_in(&device, MANAGER);
    device.open(&hall.place);
    device.sees("Des réponses d’un autre compte attendent aussi sur cet appareil");
    is_kept(&device);
    assert_ne!(kept_rooms(&device, 1), of_the_trainer);
    thread::sleep(Duration::from_secs(4));
    hall.stands(&device, 0, "expected-0");
    // Another log-in over it, from another tab: the page sends nothing more, and says so.
    device.ask(
        "return fetch('/connexion', { method: 'POST', body: new URLSearchParams({ email: arguments[0], password: arguments[1] }) }).then(() => true)",
        &json!([TRAINER, PASSWORD]),
    );
    device.sees("Votre connexion a pris fin");
    device.open("/accueil");
    kept_rooms(&device, 0);

    device.open(&hall.place);
    hall.stands(&device, 0, "absent_excused-0").sees("ines");
    device.does_not_see("attend");
    // Who does not run the session any more keeps nothing of its room.
    is_kept(&device);
    let sacked = |conn: &mut store::Conn| {
        diesel::sql_query("DELETE FROM session_trainers").execute(conn).map_err(store::Error::from)
    };
    hall.room.town.store().write(sacked).unwrap();
    device.open(&hall.place);
    device.sees("n’existe pas");
    assert_eq!(device.eval("return caches.match(location.pathname).then(Boolean)"), false);
    logs_out(&device);
    logs_in(&device, MANAGER);
    device.open(&hall.place);
    // Days later the log-in has run out: the next page forgets the room.
    is_kept(&device);
    hall.room.town.days_pass(15);
    device.open("/accueil");
    device.arrives_at("/connexion");
    kept_rooms(&device, 0);
}

fn where_the_browser_keeps_nothing_the_plain_form_does_it(database: &Database) {
    let hall = Hall::open(database, 20);
    let trainer = Browser::new(&hall.room.town.address());
    logs_in(&trainer, TRAINER);
    let refuses =
        "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); };";
    trainer.chromium("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": refuses }));
    trainer.open(&hall.place);
    trainer.choose("DELMOTTE Lou", "Excusé");
    trainer.click("Enregistrer la feuille");
    trainer.sees("Une présence est enregistrée");
    hall.stands(&trainer, 0, "absent_excused-0");
    assert_eq!(trainer.complaints(), [""; 0]);
}

fn without_a_script_enter_saves_one_answer_and_no_other(database: &Database) {
    let hall = Hall::open(database, 20);
    let trainer = Browser::new(&hall.room.town.address());
    logs_in(&trainer, TRAINER);
    trainer.without_scripts();
    trainer.open(&hall.place);
    trainer.choose("DELMOTTE Hugo", "Retard");
    trainer.fill("Minutes suivies : DELMOTTE Hugo", "90");
    trainer.press("Enter");
    trainer.sees("Une présence est enregistrée");
    hall.stands(&trainer, 2, "late-90").sees("Présents : 1 sur 3");
}

fn a_sheet_is_filled_by_keyboard_alone(database: &Database) {
    let hall = Hall::open(database, 20);
    let trainer = opens(&hall, &hall.room.town.address());
    // Late, with minutes; Enter there notes nobody else.
    tabs_to(&trainer, "Faire signer ici : DELMOTTE Hugo");
    trainer.press("Tab");
    trainer.press("Space");
    trainer.press("ArrowRight");
    assert_eq!(trainer.focused(), "Retard");
    trainer.press("Tab");
    assert_eq!(trainer.focused(), "Minutes suivies : DELMOTTE Hugo");
    trainer.types("90");
    trainer.press("Enter");
    hall.stands(&trainer, 2, "late-90").sees("Présents : 1 sur 3");
    trainer.reload();
    tabs_to(&trainer, "Tout le monde présent");
    trainer.press("Enter");
    trainer.sees("Présents : 3 sur 3");
    hall.stands(&trainer, 2, "late-90");
    // By arrows one passes over answers that one does not mean.
    tabs_to(&trainer, "Faire signer ici : DELMOTTE Lou");
    trainer.press("Tab");
    for _ in 0..3 {
        trainer.press("ArrowRight");
    }
    assert_eq!(trainer.focused(), "Excusé");
    trainer.press("Tab");
    hall.stands(&trainer, 0, "absent_excused-0").sees("Présents : 2 sur 3");
    trainer.sees("Présents : 2 sur 3");
    trainer.inspect();
    let journal = hall.room.manager.get(&format!("/sessions/{}/journal", hall.room.session));
    journal.sees("présent → excusé").does_not_see("départ avancé");
    assert_eq!(trainer.complaints(), [""; 0]);
}
