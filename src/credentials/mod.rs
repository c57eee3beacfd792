//! How it is proved: passwords, the secrets of cookies and links, and the codes of a room.

mod passwords;
pub mod room_codes;
mod tokens;

pub use passwords::{Cost, Passwords};
pub use tokens::{Token, device_name, digest};
