//! Imports that were shown and wait to be done.
