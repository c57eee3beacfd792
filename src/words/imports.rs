//! Words of the imports pages.
