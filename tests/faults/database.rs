//! The database behind the server, as the harness reads it: the facts, and the promises that hold without a ledger.

use crate::ledger::Act;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Text};
use domain::enrolments::EnrolmentState;
use std::collections::{HashMap, HashSet};
use store::{self, Store};

/// A database by its URL. Nothing stays open in it: the server that is killed was its last user.
#[derive(Debug, Clone)]
pub struct Database {
    pub url: String,
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    session: i64,
    #[diesel(sql_type = BigInt)]
    person: i64,
    #[diesel(sql_type = Text)]
    state: String,
}

#[derive(QueryableByName)]
struct Room {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    seats: i64,
    #[diesel(sql_type = BigInt)]
    held: i64,
}

#[derive(QueryableByName)]
struct Signature {
    #[diesel(sql_type = BigInt)]
    slot: i64,
    #[diesel(sql_type = BigInt)]
    enrolment: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

#[derive(QueryableByName)]
struct Address {
    #[diesel(sql_type = Text)]
    email: String,
}

/// A letter of the outbox.
#[derive(Debug, Clone, QueryableByName)]
pub struct Letter {
    #[diesel(sql_type = Text)]
    pub message_id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    enrolment: Option<i64>,
    /// `sent`, `given_up` or `queued`.
    #[diesel(sql_type = Text)]
    pub progress: String,
}

impl Database {
    /// Runs one statement of the harness's own.
    pub fn tell(&self, statement: &str) -> usize {
        let run = |conn: &mut store::Conn| Ok::<_, store::Error>(sql_query(statement).execute(conn)?);
        self.store().write(run).unwrap()
    }

    /// The one number that a question with `AS rows` is answered with.
    pub fn count(&self, question: &str) -> i64 {
        self.read::<Count>(question)[0].rows
    }

    /// How many places of a session are in a state.
    pub fn in_state(&self, session: i64, state: &str) -> i64 {
        self.count(&format!(
            "SELECT count(*) AS rows FROM enrolments WHERE session_id = {session} AND state = '{state}'"
        ))
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.read(LETTERS)
    }

    fn store(&self) -> Store {
        Store::open(&self.url, 1).unwrap()
    }

    fn read<T>(&self, question: &str) -> Vec<T>
    where
        for<'q> diesel::query_builder::SqlQuery: diesel::query_dsl::LoadQuery<'q, store::Conn, T>,
    {
        self.store().read(|conn| Ok::<_, store::Error>(sql_query(question).load(conn)?)).unwrap()
    }
}

const LETTERS: &str = "SELECT message_id, kind, enrolment_id AS enrolment, CASE WHEN sent_at IS NOT NULL THEN 'sent' \
    WHEN given_up_at IS NOT NULL THEN 'given_up' ELSE 'queued' END AS progress FROM outbox ORDER BY id";

/// What stands in the database.
pub struct Facts {
    places: Vec<Place>,
    /// Live enrolments by session and person.
    live: HashMap<(i64, i64), usize>,
    rooms: Vec<Room>,
    signed: HashMap<(i64, i64), usize>,
    /// Addresses of everybody on a staff list.
    staff: HashMap<String, usize>,
    letters: Vec<Letter>,
}

impl Facts {
    pub fn of(database: &Database) -> Self {
        let places: Vec<Place> = database
            .read("SELECT id, session_id AS session, person_id AS person, state FROM enrolments ORDER BY id");
        let rooms = database.read(
            "SELECT id, CAST(capacity + over AS BIGINT) AS seats, CAST(held AS BIGINT) AS held FROM sessions",
        );
        let signatures: Vec<Signature> = database.read(
            "SELECT slot_id AS slot, enrolment_id AS enrolment FROM signatures WHERE withdrawn_at IS NULL",
        );
        let staff: Vec<Address> = database.read(
            "SELECT email FROM people JOIN employments ON person_id = people.id WHERE email IS NOT NULL",
        );
        let live = places.iter().filter(|p| state(p).is_live()).map(|p| (p.session, p.person));
        Self {
            live: counted(live),
            signed: counted(signatures.iter().map(|s| (s.slot, s.enrolment))),
            staff: counted(staff.into_iter().map(|a| a.email)),
            letters: database.letters(),
            places,
            rooms,
        }
    }

    /// How much of an act is there, and of how much.
    pub fn share_of(&self, act: &Act) -> (usize, usize) {
        match act {
            Act::Enrol { session, people, .. } => {
                let there = people.iter().filter(|person| self.live.contains_key(&(*session, **person)));
                (there.count(), people.len())
            }
            Act::Sign { slot, enrolment, .. } => {
                (usize::from(self.signed.contains_key(&(*slot, *enrolment))), 1)
            }
            Act::Import { mark, lines, .. } => {
                let is_there = |n: &usize| self.staff.contains_key(&format!("{mark}-{n}@filature.example"));
                ((1..=*lines).filter(is_there).count(), *lines)
            }
        }
    }

    /// What no act may ever lead to.
    pub fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let holding = self.places.iter().filter(|p| state(p).holds_seat());
        let held = counted(holding.map(|p| p.session));
        for room in &self.rooms {
            let recounted = held.get(&room.id).copied().unwrap_or_default();
            let counter = usize::try_from(room.held).unwrap_or_default();
            if recounted != counter {
                broken
                    .push(format!("session {}: {recounted} seats are held, {counter} are counted", room.id));
            }
            if i64::try_from(recounted).unwrap_or(i64::MAX) > room.seats {
                broken.push(format!("session {}: {recounted} people on {} seats", room.id, room.seats));
            }
        }
        let twice = |what: &str, (a, b): &(i64, i64)| format!("{what}: twice {b} in {a}");
        broken.extend(self.live.iter().filter(|(_, n)| **n > 1).map(|(at, _)| twice("enrolled", at)));
        broken.extend(self.signed.iter().filter(|(_, n)| **n > 1).map(|(at, _)| twice("signed", at)));
        broken.extend(
            self.staff.iter().filter(|(_, n)| **n > 1).map(|(who, _)| format!("employed twice: {who}")),
        );
        broken.extend(self.letters_broken());
        broken
    }

    /// Each place was answered by one letter, and each answer has its place.
    fn letters_broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let answers = self.letters.iter().filter(|l| matches!(l.kind.as_str(), "confirmed" | "waiting"));
        let answered = counted(answers.clone().map(|l| l.enrolment.unwrap_or_default()));
        let ids: HashSet<i64> = self.places.iter().map(|p| p.id).collect();
        for place in &self.places {
            match answered.get(&place.id) {
                Some(1) => {}
                Some(many) => broken.push(format!("enrolment {} was told {many} times", place.id)),
                None => broken.push(format!("enrolment {} has no letter", place.id)),
            }
        }
        let strays = answers.filter(|l| l.enrolment.is_none_or(|id| !ids.contains(&id)));
        broken.extend(strays.map(|l| format!("letter {} tells of no enrolment", l.message_id)));
        let ids = counted(self.letters.iter().map(|l| &l.message_id));
        broken.extend(
            ids.iter().filter(|(_, n)| **n > 1).map(|(id, _)| format!("two letters are called {id}")),
        );
        broken
    }
}

fn state(place: &Place) -> EnrolmentState {
    place.state.parse().expect("a state that the domain knows")
}

fn counted<T: std::hash::Hash + Eq>(all: impl Iterator<Item = T>) -> HashMap<T, usize> {
    let mut counted = HashMap::new();
    for one in all {
        *counted.entry(one).or_default() += 1;
    }
    counted
}
