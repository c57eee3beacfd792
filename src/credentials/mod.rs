//! How it is proved: passwords, the secrets of cookies and links, and the keys that seal and sign.

mod keys;
mod passwords;
mod tokens;

pub use keys::{Fault, Keys, Signer, is_open_to_others, is_signed};
pub use passwords::{Cost, Passwords};
pub use tokens::{Token, digest};
