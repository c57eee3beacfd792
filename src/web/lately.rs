//! Figures of a whole region, that may be a little old.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is counted this fast is counted each time.
const FAST: Duration = Duration::from_millis(20);
/// What takes longer is told again for so many times what it took: one hundredth of the time goes into it.
const WORTH: u32 = 100;

/// Answers that were counted lately, by what was asked.
#[derive(Debug)]
pub struct Lately<Question, Answer>(Mutex<HashMap<Question, (Answer, Instant)>>);

impl<Question, Answer> Default for Lately<Question, Answer> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Question: Eq + Hash, Answer: Clone> Lately<Question, Answer> {
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
        let took = began.elapsed();
        if took > FAST {
            known().insert(question, (answer.clone(), Instant::now() + took * WORTH));
        }
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::sleep;

    #[test]
    fn what_takes_long_is_counted_once_for_a_while() {
        let lately = Lately::default();
        let slow = |answer| {
            move || {
                sleep(FAST * 2);
                Ok::<_, ()>(answer)
            }
        };
        assert_eq!(lately.ask("people", slow(1)), Ok(1));
        assert_eq!(lately.ask("people", slow(2)), Ok(1), "as it was a moment ago");
        assert_eq!(lately.ask("companies", slow(3)), Ok(3), "another question");
        assert_eq!(lately.ask("sessions", || Ok::<_, ()>(4)), Ok(4));
        assert_eq!(lately.ask("sessions", || Ok::<_, ()>(5)), Ok(5), "it was fast");
    }
}
