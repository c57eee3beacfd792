//! What time it is. The only caller of `Utc::now`.

use crate::domain::calendar::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

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
