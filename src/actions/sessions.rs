//! Planning, publishing, holding and closing sessions.
