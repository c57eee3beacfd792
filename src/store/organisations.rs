//! The parties of a programme.
