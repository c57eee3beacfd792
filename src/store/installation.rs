//! What this database is for: a real programme, the demonstration, or made-up people for load work.
