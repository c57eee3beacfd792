//! Asking for places, giving them, giving them back.
