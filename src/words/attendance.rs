//! Words of the attendance pages.
