//! How it is proved: passwords, and the secrets of cookies and links.

mod passwords;
mod tokens;

pub use passwords::{Cost, Passwords};
pub use tokens::{Token, digest};
