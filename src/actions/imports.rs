//! Fifteen employees in three minutes: preview, mend, keep.
