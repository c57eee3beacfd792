//! Words of the letters pages.
