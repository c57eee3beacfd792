//! What a form asks for is done once.

use crate::{Act, Done, Error};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Unique;

/// Hours after which a form that was sent is forgotten, and could be sent again.
pub(crate) const KEPT_HOURS: i64 = 48;

/// One sending of a form, whatever number of times it arrives.
#[derive(Debug, Clone)]
pub struct Once {
    number: Arc<str>,
    /// What is asked for may be done by several acts.
    is_kept: Arc<AtomicBool>,
}

impl Once {
    /// By the number that was made with the page that shows the form.
    pub fn new(number: &str) -> Self {
        Self { number: number.into(), is_kept: Arc::default() }
    }

    /// Whether what it asks for is done.
    pub fn is_kept(&self) -> bool {
        self.is_kept.load(Ordering::Relaxed)
    }

    /// Keeps in the transaction of an act that the form was sent; refuses the act where it was.
    pub(crate) fn keep(&self, act: &mut Act<'_>) -> Done<()> {
        if self.is_kept() {
            return Ok(());
        }
        let made = act.made.as_deref();
        match store::sent_forms::keep(act.conn, &self.number, made, act.now) {
            Ok(()) => {}
            Err(store::Error::Taken(Unique::FormOnce)) => return Err(Error::Again),
            Err(other) => return Err(other.into()),
        }
        self.is_kept.store(true, Ordering::Relaxed);
        Ok(())
    }
}
