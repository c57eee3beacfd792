//! Places: who is in which session, and in which state.
