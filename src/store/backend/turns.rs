//! Who may work with the database now, in the order of arrival. On PostgreSQL an act that waits for a row holds its connection
//! meanwhile: a session that hundreds ask for would take all of them, and every other page would wait with it. So acts
//! wait here, before they have one.

use super::super::error::Error;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long somebody waits for their turn before the answer is « busy »: hundreds of acts, one after the other, on a machine
/// that has other things to do.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Queues by what is waited for; before each of them, so many may be at it together.
pub(super) struct Turns<K> {
    together: usize,
    queues: Mutex<HashMap<K, Queue>>,
}

/// There while somebody is at it.
struct Queue {
    inside: usize,
    waiting: VecDeque<Sender<()>>,
}

/// One's turn. Dropped, it is the next one's.
pub(super) struct Turn<'a, K: Copy + Eq + Hash> {
    turns: &'a Turns<K>,
    of: K,
}

impl<K: Copy + Eq + Hash> Turns<K> {
    pub fn of(together: usize) -> Self {
        Self { together, queues: Mutex::default() }
    }

    /// Waits for one's turn, behind all who came before.
    pub fn take(&self, of: K) -> Result<Turn<'_, K>, Error> {
        self.take_within(of, PATIENCE)
    }

    fn take_within(&self, of: K, patience: Duration) -> Result<Turn<'_, K>, Error> {
        let told = match self.lock().entry(of) {
            Entry::Vacant(free) => {
                free.insert(Queue { inside: 1, waiting: VecDeque::new() });
                return Ok(Turn { turns: self, of });
            }
            Entry::Occupied(mut queue) if queue.get().inside < self.together => {
                queue.get_mut().inside += 1;
                return Ok(Turn { turns: self, of });
            }
            Entry::Occupied(mut queue) => {
                let (tell, told) = channel();
                queue.get_mut().waiting.push_back(tell);
                told
            }
        };
        if told.recv_timeout(patience).is_err() {
            // A turn is passed on under the lock: what has not come by now will not come.
            let _still = self.lock();
            if told.try_recv().is_err() {
                drop(told);
                return Err(Error::Busy("too many wait for the same".to_owned()));
            }
        }
        Ok(Turn { turns: self, of })
    }

    /// Whoever waits is told « busy » at once; whoever is at it goes on.
    pub fn send_away(&self) {
        self.lock().values_mut().for_each(|queue| queue.waiting.clear());
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Copy + Eq + Hash> Drop for Turn<'_, K> {
    fn drop(&mut self) {
        let mut queues = self.turns.lock();
        let Some(queue) = queues.get_mut(&self.of) else { return };
        while let Some(next) = queue.waiting.pop_front() {
            // Whoever lost patience hears nothing.
            if next.send(()).is_ok() {
                return;
            }
        }
        queue.inside -= 1;
        if queue.inside == 0 {
            queues.remove(&self.of);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::thread;

    /// Until so many stand behind whoever is at it.
    fn wait_for(turns: &Turns<u8>, of: u8, waiting: usize) {
        while turns.lock().get(&of).map_or(0, |queue| queue.waiting.len()) < waiting {
            thread::yield_now();
        }
    }

    #[test]
    fn they_are_served_as_they_came() {
        let (turns, served) = (Arc::new(Turns::of(1)), Arc::new(Mutex::new(Vec::new())));
        let first = turns.take(7).unwrap();
        let mut people = Vec::new();
        for number in 0..20 {
            let (inside, seen) = (Arc::clone(&turns), Arc::clone(&served));
            people.push(thread::spawn(move || {
                let turn = inside.take(7).unwrap();
                seen.lock().unwrap().push(number);
                drop(turn);
            }));
            wait_for(&turns, 7, number + 1);
        }
        // Another queue is nobody's business here.
        drop(turns.take(8).unwrap());
        assert!(served.lock().unwrap().is_empty());
        drop(first);
        for one in people {
            one.join().unwrap();
        }
        assert_eq!(*served.lock().unwrap(), (0..20).collect::<Vec<_>>());
        assert!(turns.lock().is_empty(), "nothing is kept of a queue that is over");
    }

    #[test]
    fn no_more_are_at_it_than_may_be_together() {
        let turns = Turns::of(2);
        let (one, _two) = (turns.take(7).unwrap(), turns.take(7).unwrap());
        assert!(turns.take_within(7, Duration::ZERO).is_err());
        drop(one);
        drop(turns.take_within(7, Duration::ZERO).unwrap());
    }

    #[test]
    fn those_who_wait_can_be_sent_away() {
        let turns = Arc::new(Turns::of(1));
        let first = turns.take(7).unwrap();
        let inside = Arc::clone(&turns);
        let next = thread::spawn(move || inside.take(7).is_err());
        wait_for(&turns, 7, 1);
        turns.send_away();
        assert!(next.join().unwrap());
        drop(first);
        drop(turns.take_within(7, Duration::ZERO).unwrap());
    }

    #[test]
    fn whoever_loses_patience_takes_no_turn_with_them() {
        let turns = Arc::new(Turns::of(1));
        let first = turns.take(7).unwrap();
        assert!(turns.take_within(7, Duration::from_millis(1)).is_err());
        let inside = Arc::clone(&turns);
        let next = thread::spawn(move || drop(inside.take(7).unwrap()));
        wait_for(&turns, 7, 2);
        drop(first);
        next.join().unwrap();
        assert!(turns.lock().is_empty());
    }
}
