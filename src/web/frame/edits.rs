//! Whose turn it is to change a thing.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Those who change one thing come one after the other, each seeing what the one before wrote: a thing is the path of its form.
/// Several things may share a turn, and never wait for long.
#[derive(Default)]
pub struct Edits {
    first: Mutex<()>,
    others: [Mutex<()>; 31],
}

impl Edits {
    /// Waits for one's turn, and has it until the answer is dropped.
    pub fn take(&self, path: &str) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        let number = usize::try_from(hasher.finish() % 32).unwrap_or_default();
        let turn = self.others.get(number).unwrap_or(&self.first);
        turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
