//! What is taught, in versions.
