//! The list of a company’s employees.
