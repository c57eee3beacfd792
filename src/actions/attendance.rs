//! Marking who came.
