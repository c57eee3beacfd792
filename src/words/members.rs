//! Words of the members pages.
