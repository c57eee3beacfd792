//! What the house does by itself: reminders, expiries, offers that lapse.
