//! Reading and retrying what was sent.
