//! Who came, half-day by half-day.
