//! What tells one file from another: SHA-256, in hexadecimal.

use domain::text::hexadecimal;
use sha2::{Digest as _, Sha256};

/// Of bytes that are all there.
pub fn checksum(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Of bytes that come one piece after the other.
#[derive(Debug, Clone, Default)]
pub struct Checksum(Sha256);

impl Checksum {
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn end(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_to_what_the_whole_comes_to() {
        let mut pieces = Checksum::default();
        pieces.add(b"par");
        pieces.add(b"cours");
        assert_eq!(pieces.end(), checksum(b"parcours"));
        assert_eq!(checksum(b"")[..8], *"e3b0c442");
    }
}
