//! Words of the catalogue pages.
