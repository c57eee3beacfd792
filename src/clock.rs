//! What time it is, and what is done again and again. The only caller of `Utc::now`.

use crate::domain::calendar::Instant;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// The clock of the house; in tests people may set it.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Minutes that it runs ahead of the machine's.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// Now, cut to the microsecond.
    pub fn now(&self) -> Instant {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
        let machine = Instant::from_utc(chrono::Utc::now());
        machine.plus_minutes(self.ahead.load(Ordering::Relaxed))
    }

    /// Lets time pass. Every copy of this clock follows.
    pub fn advance_minutes(&self, minutes: i64) {
        self.ahead.fetch_add(minutes, Ordering::Relaxed);
    }
}

/// Work that a thread of its own does at intervals. Stopping it, or letting go of it, waits for the
/// work under way.
#[must_use = "the work ends with this value"]
pub struct Beat {
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

/// Tells work that takes long to come to its end.
#[derive(Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    pub fn is_asked(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Waits for the interval, or for less when the end is asked for.
    fn wait(&self, interval: Duration) {
        let asked = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.0.1.wait_timeout_while(asked, interval, |asked| !*asked));
    }
}

/// Does `work` now and again after each interval, on a thread of that name.
pub fn every(
    interval: Duration,
    name: &str,
    mut work: impl FnMut(&Stop) + Send + 'static,
) -> std::io::Result<Beat> {
    let stop = Stop::default();
    let asked = stop.clone();
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        while !asked.is_asked() {
            work(&asked);
            asked.wait(interval);
        }
    })?;
    Ok(Beat { stop, thread: Some(thread) })
}

impl Beat {
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        self.stop.ask();
        if let Some(thread) = self.thread.take() {
            // A panic over there was told when it happened.
            let _ = thread.join();
        }
    }
}
