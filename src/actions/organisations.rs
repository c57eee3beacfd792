//! Registering and keeping organisations.
