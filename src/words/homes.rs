//! Words of the homes pages.
