//! What time it is, and what is done again and again. The only caller of `Utc::now`.

use domain::calendar::Instant;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
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
    pulse: Pulse,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

/// What a monitor may know of such work. Copies count together.
#[derive(Debug, Clone)]
pub struct Pulse {
    pub name: &'static str,
    beats: Arc<Beats>,
}

#[derive(Debug, Default)]
struct Beats {
    done: AtomicU64,
    failed: AtomicU64,
    /// Seconds since 1970.
    last_done: AtomicI64,
}

impl Pulse {
    fn of(name: &'static str) -> Self {
        Self { name, beats: Arc::default() }
    }

    fn count(&self, outcome: Outcome) {
        let beats = &self.beats;
        match outcome {
            Outcome::Done => {
                beats.last_done.store(Clock::default().now().utc().timestamp(), Ordering::Relaxed);
                beats.done.fetch_add(1, Ordering::Relaxed)
            }
            Outcome::Failed => beats.failed.fetch_add(1, Ordering::Relaxed),
        };
    }

    /// How often the work was done since the start.
    pub fn done(&self) -> u64 {
        self.beats.done.load(Ordering::Relaxed)
    }

    /// How often it failed, in part or whole.
    pub fn failed(&self) -> u64 {
        self.beats.failed.load(Ordering::Relaxed)
    }

    /// When it was done last, in seconds since 1970; zero before the first time.
    pub fn last_done(&self) -> i64 {
        self.beats.last_done.load(Ordering::Relaxed)
    }
}

/// What came of the work, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Failed,
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
    name: &'static str,
    mut work: impl FnMut(&Stop) -> Outcome + Send + 'static,
) -> std::io::Result<Beat> {
    let (stop, pulse) = (Stop::default(), Pulse::of(name));
    let (asked, counted) = (stop.clone(), pulse.clone());
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        while !asked.is_asked() {
            counted.count(work(&asked));
            asked.wait(interval);
        }
    })?;
    Ok(Beat { pulse, stop, thread: Some(thread) })
}

impl Beat {
    pub fn pulse(&self) -> Pulse {
        self.pulse.clone()
    }

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
