//! People, and whom they work for.
