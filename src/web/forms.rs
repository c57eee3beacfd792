//! What a page asks with.

pub mod confirm;
pub mod fields;
pub mod mistakes;
pub mod uploads;
