//! Inviting people into an organisation, and ending their part.
