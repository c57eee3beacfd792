//! Figures of a whole region, that may be a little old.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// What is counted from so few rows is counted each time.
const FEW: i64 = 5_000;
/// What takes longer is told again for so many times what it took: one hundredth of the time goes into it.
const WORTH: u32 = 100;

/// An answer that knows of how many rows it tells, more or less.
pub trait Counted {
    fn rows(&self) -> i64;
}

/// Answers that were counted lately, by what was asked.
#[derive(Debug)]
pub struct Lately<Question, Answer>(Mutex<HashMap<Question, (Answer, Instant)>>);

impl<Question, Answer> Default for Lately<Question, Answer> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Question: Eq + Hash, Answer: Clone + Counted> Lately<Question, Answer> {
    /// Counts, or tells what was counted a moment ago.
    pub fn ask<E>(&self, question: Question, count: impl FnOnce() -> Result<Answer, E>) -> Result<Answer, E> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let began = Instant::now();
        if let Some((answer, until)) = known().get(&question)
            && began < *until
        {
            return Ok(answer.clone());
        }
        let answer = count()?;
        if answer.rows() > FEW {
            known().insert(question, (answer.clone(), Instant::now() + began.elapsed() * WORTH));
        }
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::sleep;
    use std::time::Duration;

    impl Counted for i64 {
        fn rows(&self) -> i64 {
            *self
        }
    }

    #[test]
    fn what_is_much_is_counted_once_for_a_while() {
        let lately = Lately::default();
        let slow = |answer| {
            move || {
                sleep(Duration::from_millis(40));
                Ok::<_, ()>(answer)
            }
        };
        assert_eq!(lately.ask("people", slow(FEW + 1)), Ok(FEW + 1));
        assert_eq!(lately.ask("people", slow(FEW + 2)), Ok(FEW + 1), "as it was a moment ago");
        assert_eq!(lately.ask("companies", slow(FEW + 3)), Ok(FEW + 3), "another question");
        assert_eq!(lately.ask("sessions", slow(4)), Ok(4));
        assert_eq!(lately.ask("sessions", slow(5)), Ok(5), "they are few");
    }
}
