//! Carries letters from the outbox out of the house. Nothing is locked while the network is slow.

use super::{Sender, Transport};
use clock::{self, Beat, Clock, Outcome};
use domain::calendar::Instant;
use domain::letters::next_try;
use std::thread;
use std::time::Duration;
use store::outbox::{self, Envelope};
use store::{self, Store};

/// Letters looked at in one go.
const LOAD: i64 = 20;
/// How long a letter stays in the hands of one courier: longer than the slowest mail server may take.
const IN_HAND_MINUTES: i64 = 10;
/// How often the outbox is looked at when it was empty.
const PAUSE: Duration = Duration::from_secs(1);

/// One of any number of couriers, on any number of servers: each letter leaves once.
#[derive(Clone)]
pub struct Courier {
    pub store: Store,
    pub clock: Clock,
    pub sender: Sender,
    pub transport: Transport,
}

impl Courier {
    /// Tries the letters that are due, once each, and answers how many left.
    pub fn run_once(&self) -> Result<usize, store::Error> {
        self.run(|| false)
    }

    /// Carries letters on a thread of its own, until the answer is stopped or dropped.
    pub fn spawn(self) -> std::io::Result<Beat> {
        clock::every(PAUSE, "courier", move |stop| {
            loop {
                match self.run(|| stop.is_asked()) {
                    Ok(0) => break Outcome::Done,
                    Ok(_) => {}
                    Err(error) => {
                        tracing::warn!("the courier cannot reach the outbox: {error}");
                        break Outcome::Failed;
                    }
                }
            }
        })
    }

    fn run(&self, stopped: impl Fn() -> bool) -> Result<usize, store::Error> {
        let now = self.clock.now();
        let mut left = 0;
        for letter in self.store.read(|conn| outbox::due(conn, now, LOAD))? {
            if stopped() {
                break;
            }
            let until = self.clock.now().plus_minutes(IN_HAND_MINUTES);
            if self.store.write(|conn| outbox::take(conn, &letter, until))? && self.carry(&letter)? {
                left += 1;
            }
        }
        Ok(left)
    }

    /// Answers whether the letter left.
    fn carry(&self, letter: &Envelope) -> Result<bool, store::Error> {
        let outcome = self.transport.send(&self.sender, letter);
        let now = self.clock.now();
        match outcome {
            Ok(()) => {
                self.note_sent(letter, now)?;
                Ok(true)
            }
            Err(why) => {
                let next = if why.for_good { None } else { next_try(letter.id, letter.attempts, now) };
                let given_up = next.is_none();
                tracing::warn!(letter = letter.id.0, given_up, "a letter did not leave: {}", why.cause);
                self.store.write(|conn| outbox::mark_failed(conn, letter, &why.to_string(), next, now))?;
                Ok(false)
            }
        }
    }

    /// What has left must be noted, or it would leave again: a busy database is asked a few times.
    fn note_sent(&self, letter: &Envelope, now: Instant) -> Result<(), store::Error> {
        let mark = match &self.transport {
            Transport::Captured => outbox::mark_captured,
            Transport::Smtp(_) | Transport::Folder(_) => outbox::mark_sent,
        };
        let mut tries = 1..5;
        loop {
            match self.store.write(|conn| mark(conn, letter, now)) {
                Err(store::Error::Busy(_)) if tries.next().is_some() => thread::sleep(PAUSE),
                other => return other,
            }
        }
    }
}
