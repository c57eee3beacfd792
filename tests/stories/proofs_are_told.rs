//! Somebody who holds the database writes proofs past the journal: whoever verifies is told which, and the
//! session is not closed on them.

use crate::harness::{Database, stories};
use crate::the_journal_is_proved::{VERIFY, is_told, number, tamper};
use crate::town::{MANAGER, Planned, Room};
use actions::signatures::{Arrival, Connection, Outcome, What};
use domain::access::Actor;
use domain::attendance::Mark;
use domain::calendar::Zone;
use domain::ids::{EnrolmentId, PersonId, SlotId};
use domain::sessions::{self, Plan, Slot};
use domain::signatures::{Hand, Refusal};

stories! {
    both: what_stands_is_what_the_journal_tells,
        a_word_is_for_the_signatures_that_stood_then,
        a_word_waits_for_the_end_of_the_half_day,
        a_plan_keeps_the_half_days_that_are_signed,
        what_a_closing_counted_stays_what_it_was;
}

/// A session that can be closed: Lou and Mia signed the morning, which is countersigned; Mia was asked to
/// sign the afternoon, and whoever did not sign does without.
struct Proven {
    room: Room,
    people: Vec<PersonId>,
    slots: Vec<SlotId>,
}

fn slots(room: &Room) -> Vec<SlotId> {
    let kept = room.town.store().read(|conn| store::sessions::slots(conn, room.session)).unwrap();
    kept.iter().map(|kept| kept.id).collect()
}

impl Proven {
    /// The same before anything happened.
    fn planned(database: &Database) -> Self {
        let room = Room::open(database, &Planned::default());
        room.replans(|plan| plan.minimum = 2).unwrap();
        let people = room.colleagues(&["Lou", "Mia", "Noé"]);
        room.enrols(&people);
        Self { slots: slots(&room), people, room }
    }

    fn new(database: &Database) -> Self {
        let mut proven = Self::planned(database);
        proven.room.is_now(proven.room.starts_at().plus_minutes(10));
        for person in [0, 1] {
            assert_eq!(proven.signs(person), Outcome::Kept);
        }
        proven.room.is_now(proven.room.starts_at().plus_days(1));
        let (house, manager) = (&proven.room.town.house, proven.room.town.actor(MANAGER));
        let session = proven.room.session;
        for slot in &proven.slots {
            actions::attendance::mark(house, &manager, session, &[], Some(*slot)).unwrap();
        }
        let (morning, afternoon) = (proven.slots[0], proven.slots[1]);
        let unsigned: Vec<_> = (0..3).map(|person| Some(proven.place(person))).collect();
        let asked = [proven.place(1)];
        assert_eq!(actions::signatures::ask(house, &manager, session, afternoon, &asked).unwrap(), 1);
        let waive = |slot, whose: &[_]| {
            actions::signatures::waive(house, &manager, (session, slot), whose, "Sur papier.").unwrap()
        };
        assert_eq!((waive(morning, &unsigned), waive(afternoon, &unsigned)), (1, 3));
        assert_eq!(waive(afternoon, &[None]), 1);
        proven.countersigns(morning);
        proven
    }

    fn place(&self, person: usize) -> EnrolmentId {
        self.room.enrolment(self.people[person])
    }

    /// On the trainer's device, in the first minutes of the morning.
    fn signs(&self, person: usize) -> Outcome {
        let arrival = Arrival {
            name: format!("{person} {}", self.room.town.now().iso()),
            who: self.place(person),
            at: self.room.starts_at().plus_minutes(5),
            what: What::Signed(Hand::Typed("Prénom Nom".to_owned())),
        };
        let (house, manager) = (&self.room.town.house, self.room.town.actor(MANAGER));
        let connection = Connection { address: "192.0.2.7".to_owned(), ..Connection::default() };
        let (session, slot) = (self.room.session, self.slots[0]);
        let answers =
            actions::signatures::arrive(house, &manager, (session, slot), &[arrival], &connection).unwrap();
        answers[0].outcome.clone()
    }

    fn countersigns(&self, slot: SlotId) {
        self.countersign(slot).unwrap();
    }

    fn countersign(&self, slot: SlotId) -> actions::Done<()> {
        let read = |conn: &mut store::Conn| store::sheets::load(conn, self.room.session);
        let seen = credentials::digest(&self.room.town.store().read(read).unwrap().sheet().text(slot));
        let (house, manager) = (&self.room.town.house, self.room.town.actor(MANAGER));
        actions::signatures::countersign(house, &manager, self.room.session, slot, &seen)
    }

    fn closes(&self) -> crate::town::Page {
        self.room.manager.post(&format!("/sessions/{}/cloture", self.room.session), &[])
    }

    /// Changes something past the journal, sees that it is told, and changes it back.
    #[track_caller]
    fn is_told(&self, change: &str, back: &str, words: &[&str]) {
        tamper(&self.room, &[change]);
        let found = actions::journal::verify(&self.room.town.house, &Actor::HOUSE, None).unwrap();
        let said = found.differs.as_ref().map(ToString::to_string).unwrap_or_default();
        for word in words {
            assert!(said.contains(word), "{change}: « {word} » is not in « {said} »");
        }
        assert!(!found.holds() && found.first.is_none(), "{change}");
        self.closes().is(422);
        tamper(&self.room, &[back]);
    }
}

#[rustfmt::skip]
fn what_stands_is_what_the_journal_tells(database: &Database) {
    let proven = Proven::new(database);
    proven.room.town.the_journal_holds();
    let (lou, mia, noe) = (proven.place(0), proven.place(1), proven.place(2));
    let (morning, afternoon) = (proven.slots[0], proven.slots[1]);
    let at = |who: EnrolmentId, slot: SlotId| format!("enrolment_id = {who} AND slot_id = {slot}");
    let told = |who: EnrolmentId, slot: SlotId, what: &str| format!("the {what} of enrolment:{who}/slot:{slot} (chain");
    let is_altered = "is not what row";

    let marks = format!("WHERE {}", at(lou, afternoon));
    proven.is_told(&format!("UPDATE marks SET minutes = minutes - 1 {marks}"), &format!("UPDATE marks SET minutes = minutes + 1 {marks}"), &[&told(lou, afternoon, "presence"), is_altered]);
    proven.is_told(&format!("UPDATE marks SET mark = 'late' {marks}"), &format!("UPDATE marks SET mark = 'present' {marks}"), &[&told(lou, afternoon, "presence"), is_altered]);
    tamper(&proven.room, &["CREATE TABLE aside AS SELECT * FROM marks"]);
    proven.is_told(&format!("UPDATE marks SET marked_at = '2026-01-01 00:00:00' {marks}"), &format!("UPDATE marks SET marked_at = (SELECT marked_at FROM aside {marks}) {marks}"), &[&told(lou, afternoon, "presence"), is_altered]);
    proven.is_told(&format!("DELETE FROM marks {marks}"), &format!("INSERT INTO marks SELECT * FROM aside {marks}"), &[&told(lou, afternoon, "presence"), "is gone, and row"]);

    let hand = format!("WHERE {}", at(lou, morning));
    proven.is_told(&format!("UPDATE signatures SET typed = 'Une Autre' {hand}"), &format!("UPDATE signatures SET typed = 'Prénom Nom' {hand}"), &[&told(lou, morning, "signature"), is_altered]);
    proven.is_told(&format!("UPDATE signatures SET address = '192.0.2.8' {hand}"), &format!("UPDATE signatures SET address = '192.0.2.7' {hand}"), &[&told(lou, morning, "signature"), is_altered]);
    proven.is_told(&format!("UPDATE signatures SET withdrawn_at = signed_at {hand}"), &format!("UPDATE signatures SET withdrawn_at = NULL {hand}"), &[&told(lou, morning, "signature"), is_altered]);
    let columns = "way, signed_at, received_at, typed, sheet_digest, connection_digest";
    proven.is_told(
        &format!("INSERT INTO signatures (enrolment_id, slot_id, {columns}) SELECT {noe}, {afternoon}, {columns} FROM signatures {hand}"),
        &format!("DELETE FROM signatures WHERE {}", at(noe, afternoon)),
        &[&told(noe, afternoon, "signature"), "is not told by the journal"],
    );

    let waiver = format!("WHERE {}", at(mia, afternoon));
    proven.is_told(&format!("UPDATE waivers SET reason = 'Dispensée.' {waiver}"), &format!("UPDATE waivers SET reason = 'Sur papier.' {waiver}"), &[&told(mia, afternoon, "waiver"), is_altered]);
    proven.is_told(
        &format!("INSERT INTO waivers (slot_id, enrolment_id, reason, waived_at, waived_by) SELECT {morning}, {lou}, reason, waived_at, waived_by FROM waivers {waiver}"),
        &format!("DELETE FROM waivers WHERE {}", at(lou, morning)),
        &[&told(lou, morning, "waiver"), "is not told by the journal"],
    );
    proven.is_told(&format!("UPDATE waivers SET slot_id = {morning} WHERE enrolment_id IS NULL"), &format!("UPDATE waivers SET slot_id = {afternoon} WHERE enrolment_id IS NULL"), &["the waiver of slot:"]);

    proven.is_told("UPDATE countersignatures SET sheet = sheet || ' '", "UPDATE countersignatures SET sheet = substr(sheet, 1, length(sheet) - 1)", &[&format!("the countersignature of slot:{morning} ("), is_altered]);
    proven.is_told(&format!("UPDATE late_signings SET enrolment_id = {lou}"), &format!("UPDATE late_signings SET enrolment_id = {mia}"), &[&told(lou, afternoon, "late signing"), "is not told by the journal"]);
    tamper(&proven.room, &["CREATE TABLE slots_aside AS SELECT * FROM slots"]);
    proven.is_told(
        &format!("UPDATE slots SET ends_at = (SELECT ends_at FROM slots_aside WHERE id = {morning}), starts_at = (SELECT starts_at FROM slots_aside WHERE id = {morning}) WHERE id = {afternoon}"),
        &format!("UPDATE slots SET ends_at = (SELECT ends_at FROM slots_aside WHERE id = {afternoon}), starts_at = (SELECT starts_at FROM slots_aside WHERE id = {afternoon}) WHERE id = {afternoon}"),
        &[&format!("the time of the half-day of slot:{afternoon} ("), is_altered],
    );
    proven.is_told(&format!("UPDATE enrolments SET state = 'cancelled' WHERE id = {noe}"), &format!("UPDATE enrolments SET state = 'confirmed' WHERE id = {noe}"), &[&format!("the state of the enrolment of enrolment:{noe} ("), is_altered]);

    // Somebody who closes is told in words which row to look at.
    tamper(&proven.room, &[&format!("UPDATE marks SET minutes = minutes - 1 {marks}")]);
    let row = number(&proven.room, &format!("SELECT id AS number FROM journal WHERE reference = 'enrolment:{lou}/slot:{afternoon}' AND kind = 'mark'"));
    proven.closes().is(422).sees("La session ne peut pas être close").sees(&format!("ligne {row} du journal"));
    is_told(database, VERIFY, &["the presence of", &format!("row {row} of the journal")]);
    tamper(&proven.room, &[&format!("UPDATE marks SET minutes = minutes + 1 {marks}")]);
    proven.closes().is(303);
    proven.room.town.the_journal_holds();
}

fn what_a_closing_counted_stays_what_it_was(database: &Database) {
    let proven = Proven::new(database);
    proven.closes().is(303);
    proven.room.town.the_journal_holds();
    let (lou, afternoon) = (proven.place(0), proven.slots[1]);
    let minutes = |more: &str| format!("UPDATE enrolments SET minutes = minutes {more} 60 WHERE id = {lou}");
    let named = format!("the time followed of enrolment:{lou} (");
    proven.is_told(&minutes("+"), &minutes("-"), &[&named, "is not what row"]);
    proven.is_told(
        "UPDATE enrolments SET minutes = NULL",
        "UPDATE enrolments SET minutes = 360",
        &["the time followed of", "is gone"],
    );

    // A correction moves what was counted, and is told in its turn.
    let (house, manager) = (&proven.room.town.house, proven.room.town.actor(MANAGER));
    let correct = |mark, minutes| {
        let (who, slot, reason) = (lou, afternoon, "Partie plus tôt.");
        actions::attendance::correct(
            house,
            &manager,
            proven.room.session,
            actions::attendance::Correction { who, slot, mark, minutes, reason },
        )
    };
    correct(Mark::LeftEarly, Some(60)).unwrap();
    proven.room.town.the_journal_holds();
    let corrected = number(&proven.room, "SELECT MAX(id) AS number FROM journal WHERE kind = 'correction'");
    proven.is_told(&minutes("+"), &minutes("-"), &[&named, &format!("row {corrected} of")]);
    // « Expected » is no answer to who came.
    let refused = correct(Mark::Expected, None).unwrap_err().to_string();
    assert!(refused.contains("who came"), "{refused}");
    let page = format!("/sessions/{}/presences/{afternoon}/{lou}", proven.room.session);
    let form = [("presence", "expected"), ("motif", "Une erreur.")];
    proven.room.manager.post(&page, &form).is(422).sees("n’est pas une correction");
}

fn a_word_is_for_the_signatures_that_stood_then(database: &Database) {
    let proven = Proven::new(database);
    let (house, manager) = (&proven.room.town.house, proven.room.town.actor(MANAGER));
    let (session, morning, lou) = (proven.room.session, proven.slots[0], proven.place(0));
    let reason = "Ce n’était pas elle.";
    actions::signatures::withdraw(house, &manager, session, (lou, morning), reason).unwrap();
    house.clock.advance_minutes(1);
    assert_eq!(proven.signs(0), Outcome::Kept);
    proven.closes().is(422).sees("une contresignature");
    proven.countersigns(morning);
    proven.closes().is(303);
    proven.room.town.the_journal_holds();
}

fn a_word_waits_for_the_end_of_the_half_day(database: &Database) {
    let mut proven = Proven::planned(database);
    proven.room.is_now(proven.room.starts_at().plus_minutes(10));
    for person in [0, 1, 2] {
        assert_eq!(proven.signs(person), Outcome::Kept);
    }
    let early = proven.countersign(proven.slots[0]).unwrap_err();
    assert!(
        matches!(early, actions::Error::Refused(actions::Refusal::Signature(Refusal::NotOver { .. }))),
        "{early}"
    );
    let room = format!("/sessions/{}/salle/{}", proven.room.session, proven.slots[0]);
    let page = proven.room.manager.get(&room);
    let sheet = page.body.split("name=\"feuille\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    if let Some(sheet) = sheet {
        let refused = proven.room.manager.post(&format!("{room}/contresignature"), &[("feuille", sheet)]);
        refused.is(422).sees("se contresigne une fois finie");
    }
    proven.room.is_now(proven.room.starts_at().plus_minutes(181));
    proven.countersigns(proven.slots[0]);
    proven.room.town.the_journal_holds();
}

fn a_plan_keeps_the_half_days_that_are_signed(database: &Database) {
    let mut proven = Proven::planned(database);
    proven.room.is_now(proven.room.starts_at().plus_minutes(-11));
    let (house, manager) = (proven.room.town.house.clone(), proven.room.town.actor(MANAGER));
    actions::signatures::show_code(&house, &manager, proven.room.session, proven.slots[0]).unwrap();
    proven.room.replans(|plan| plan.capacity += 1).unwrap();
    assert_eq!(slots(&proven.room), proven.slots, "another capacity leaves the half-days alone");
    // A code that was shown holds no half-day.
    let shorter = |plan: &mut Plan, at: usize| {
        let Slot { day, starts, ends_at, .. } = plan.slots[at];
        let ends = ends_at.plus_minutes(-30).minute(Zone::PARIS);
        plan.slots[at] = Slot::new(Zone::PARIS, day, starts, ends).unwrap();
    };
    proven.room.replans(|plan| shorter(plan, 0)).unwrap();
    let before = std::mem::replace(&mut proven.slots, slots(&proven.room));
    assert!(before[0] != proven.slots[0] && before[1] == proven.slots[1]);
    let arrival = Arrival {
        name: "early".to_owned(),
        who: proven.place(0),
        at: proven.room.town.now(),
        what: What::Signed(Hand::Typed("Lou".to_owned())),
    };
    let (session, slot) = (proven.room.session, proven.slots[0]);
    let answers =
        actions::signatures::arrive(&house, &manager, (session, slot), &[arrival], &Connection::default());
    assert_eq!(answers.unwrap()[0].outcome, Outcome::Kept);
    let refused = proven.room.replans(|plan| shorter(plan, 0)).unwrap_err();
    assert!(
        matches!(refused, actions::Error::Refused(actions::Refusal::Session(sessions::Refusal::SlotSigned))),
        "{refused}"
    );
    proven.room.replans(|plan| shorter(plan, 1)).unwrap();
    proven.room.replans(|plan| plan.capacity += 1).unwrap();
    proven.room.town.the_journal_holds();
}
