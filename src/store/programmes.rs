//! Programmes, their partners and their targets.
