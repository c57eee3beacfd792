//! Until when a certification has to be declared, and when to say so.

use super::DeclarationState;
use crate::calendar::Day;

/// Months that a certifier has from the day of issue.
pub const DEADLINE_MONTHS: u32 = 3;
/// Days before the deadline from which it is shown.
pub const ALERT_DAYS: u64 = 30;

/// The last day on which a certification issued on a day is declared in time.
pub fn deadline(issued_on: Day) -> Day {
    issued_on.plus_months(DEADLINE_MONTHS)
}

/// The last deadline of which somebody is warned on a day.
pub fn warned_until(today: Day) -> Day {
    today.plus_days(ALERT_DAYS)
}

/// What the countdown of a declaration says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// Zero on the last day.
    Soon {
        days_left: i64,
    },
    Overdue {
        days_late: i64,
    },
}

/// What there is to say of a declaration on a day. It is silent only once the State has accepted it: a deposit may
/// still be rejected, or its report never have been read.
pub fn alert(state: DeclarationState, deadline: Day, today: Day) -> Option<Alert> {
    let days_left = deadline.days_since(today);
    if state == DeclarationState::Accepted || today < deadline.minus_days(ALERT_DAYS) {
        None
    } else if days_left >= 0 {
        Some(Alert::Soon { days_left })
    } else {
        Some(Alert::Overdue { days_late: -days_left })
    }
}
