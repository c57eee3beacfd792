//! What the clients know: every act that they asked for, and what came of it. Compared with the database, it says which
//! promises were broken.
//!
//! ```text
//! let ledger = Ledger::default();
//! let act = ledger.begins(Act::Sign { session, slot, enrolment }); // before the request leaves
//! ledger.ends(act, came);                                     // what the client was told, if anything
//! let comparison = ledger.compare(&database);                 // comparison.broken is empty, or names what is broken
//! ```

use crate::database::{Database, Facts};
use std::sync::Mutex;
use std::time::Instant;

/// What a client asks for. Nobody asks for the same twice, unless they do not know what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Places in a session for these people of a company, all of them in one act.
    Enrol { session: i64, company: usize, people: Vec<i64> },
    /// The signature of one half-day.
    Sign { session: i64, slot: i64, enrolment: i64 },
    /// A list of people of a company (its number in the world), whose addresses are `{mark}-1@…` to `{mark}-{lines}@…`.
    Import { company: usize, mark: String, lines: usize },
}

impl Act {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Enrol { people, .. } if people.len() > 1 => Kind::EnrolMany,
            Self::Enrol { .. } => Kind::EnrolOne,
            Self::Sign { .. } => Kind::Sign,
            Self::Import { .. } => Kind::Import,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    EnrolOne,
    EnrolMany,
    Sign,
    Import,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::EnrolOne, Self::EnrolMany, Self::Sign, Self::Import];

    pub const fn name(self) -> &'static str {
        match self {
            Self::EnrolOne => "enrol one",
            Self::EnrolMany => "enrol several",
            Self::Sign => "sign",
            Self::Import => "import",
        }
    }
}

/// What came of an act, as its client sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Acknowledged: it must be there, whole.
    Done,
    /// A «no» (4xx): it must not be there.
    Refused(u16),
    /// «Not now» (5xx): it should not be there; what is nevertheless is counted in [`Comparison::failed_yet_kept`].
    Failed(u16),
    /// The connection broke: it is there whole, or not at all.
    Unknown,
    /// Nobody listened: it must not be there.
    NotAsked,
}

#[derive(Debug, Clone)]
struct Entry {
    act: Act,
    came: Option<Came>,
    ended: Option<Instant>,
    /// Its connection broke, once.
    cut: bool,
    /// Asked again after that.
    again: bool,
}

/// The number of an act in the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Number(usize);

/// Kept by all clients together.
#[derive(Debug, Default)]
pub struct Ledger(Mutex<Vec<Entry>>);

/// What a ledger and a database say of each other.
#[derive(Debug, Default, Clone)]
pub struct Comparison {
    /// A sentence for each promise that was broken.
    pub broken: Vec<String>,
    pub done: usize,
    pub refused: usize,
    pub failed: usize,
    pub unknown: usize,
    /// Of the unknown ones, those that are there.
    pub unknown_yet_kept: usize,
    /// Of the failed ones, those that are there: only a database that was lost in the middle of a commit excuses them.
    pub failed_yet_kept: usize,
    /// Of the failed ones, those that were told something else than 503: a fault of the program, or of a proxy.
    pub faults: Vec<u16>,
}

impl Ledger {
    /// Notes an act that is about to be asked for.
    pub fn begins(&self, act: Act) -> Number {
        let mut entries = self.0.lock().unwrap();
        entries.push(Entry { act, came: None, ended: None, cut: false, again: false });
        Number(entries.len() - 1)
    }

    /// Notes what came of it.
    pub fn ends(&self, Number(number): Number, came: Came) {
        let mut entries = self.0.lock().unwrap();
        let entry = &mut entries[number];
        // Whoever asks again is told «twice» when it was done the first time: it is there either way.
        let done_before = entry.again && matches!(came, Came::Refused(_));
        entry.came = Some(if done_before { Came::Done } else { came });
        entry.cut |= came == Came::Unknown;
        entry.ended = Some(Instant::now());
    }

    /// Acts whose outcome is unknown, for whoever asks again. Each is given once.
    pub fn to_ask_again(&self) -> Vec<(Number, Act)> {
        let mut entries = self.0.lock().unwrap();
        let unknown =
            entries.iter_mut().enumerate().filter(|(_, e)| e.came == Some(Came::Unknown) && !e.again);
        unknown
            .map(|(number, entry)| {
                entry.again = true;
                (Number(number), entry.act.clone())
            })
            .collect()
    }

    /// Whether a lie would be found out: places that nobody asked for, as if they had been acknowledged, and what is
    /// there, as if it had been refused.
    pub fn is_awake(&self, database: &Database) -> bool {
        let invented = Act::Enrol { session: 0, company: 0, people: vec![0] };
        let done = |e: &&Entry| e.came == Some(Came::Done);
        let there = self.0.lock().unwrap().iter().find(done).map(|entry| entry.act.clone());
        [(Some(invented), Came::Done), (there, Came::Refused(422))].into_iter().all(|(act, came)| {
            let lies = Self::default();
            act.is_some_and(|act| {
                lies.ends(lies.begins(act), came);
                !lies.compare(database).broken.is_empty()
            })
        })
    }

    /// How many acts of a kind came to something that is asked about.
    pub fn count(&self, kind: Kind, is_meant: impl Fn(Came) -> bool) -> usize {
        let entries = self.0.lock().unwrap();
        let meant = |e: &&Entry| e.act.kind() == kind && e.came.is_some_and(&is_meant);
        entries.iter().filter(meant).count()
    }

    /// When each act that ended in a span of time did so, and what it came to, in order.
    pub fn ended_between(&self, from: Instant, to: Instant) -> Vec<(Instant, Came)> {
        let entries = self.0.lock().unwrap();
        let ended = entries.iter().filter_map(|e| Some((e.ended?, e.came?)));
        let mut ended: Vec<_> = ended.filter(|(at, _)| (from..to).contains(at)).collect();
        ended.sort_unstable_by_key(|(at, _)| *at);
        ended
    }

    /// How many acts were acknowledged so far.
    pub fn done(&self) -> usize {
        self.0.lock().unwrap().iter().filter(|entry| entry.came == Some(Came::Done)).count()
    }

    /// How many acts of a kind were under way when their connection broke, whatever became known of them later.
    pub fn cut(&self, kind: Kind) -> usize {
        self.0.lock().unwrap().iter().filter(|e| e.act.kind() == kind && e.cut).count()
    }

    /// Compares every act with the database, and checks what holds without a ledger: seats, letters, nobody twice.
    pub fn compare(&self, database: &Database) -> Comparison {
        self.compare_as_of(database, Instant::now())
    }

    /// The same with a copy whose making began at a moment: what was acknowledged later may be in it or not.
    pub fn compare_as_of(&self, database: &Database, moment: Instant) -> Comparison {
        let facts = Facts::of(database);
        let mut comparison = Comparison { broken: facts.broken(), ..Comparison::default() };
        for entry in self.0.lock().unwrap().iter() {
            let late = entry.ended.is_some_and(|ended| ended > moment);
            let came = if late && entry.came == Some(Came::Done) { Some(Came::Unknown) } else { entry.came };
            comparison.take(&entry.act, came.unwrap_or(Came::Unknown), &facts);
        }
        comparison
    }
}

impl Comparison {
    fn take(&mut self, act: &Act, came: Came, facts: &Facts) {
        let (there, of) = facts.share_of(act);
        if there != 0 && there != of {
            self.broken.push(format!("{there} of {of} are there: half of {act:?}, which came to {came:?}"));
        }
        match came {
            Came::Done => {
                self.done += 1;
                if there == 0 {
                    self.broken.push(format!("acknowledged and not there: {act:?}"));
                }
            }
            Came::Refused(status) => {
                self.refused += 1;
                if there > 0 {
                    self.broken.push(format!("refused with {status} and there: {act:?}"));
                }
            }
            Came::NotAsked if there > 0 => self.broken.push(format!("never asked for and there: {act:?}")),
            Came::NotAsked => {}
            Came::Failed(status) => {
                self.failed += 1;
                self.faults.extend((status != 503).then_some(status));
                self.failed_yet_kept += usize::from(there > 0);
            }
            Came::Unknown => {
                self.unknown += 1;
                self.unknown_yet_kept += usize::from(there > 0);
            }
        }
    }
}
