//! How it is proved: passwords, the secrets of cookies and links, the codes of a room, the keys that seal and sign, and
//! badges.

pub mod badges;
mod checksums;
mod keys;
mod passwords;
pub mod room_codes;
mod tokens;

pub use checksums::{Checksum, checksum};
pub use keys::{Fault, Keys, Signer, is_open_to_others, is_signed, random};
pub use passwords::{Cost, Passwords};
pub use tokens::{Token, device_name, digest};
