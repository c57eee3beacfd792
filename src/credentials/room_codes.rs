//! The codes that a room shows: each follows from the secret of its half-day and the time, so that none is kept.

use super::Token;
use super::tokens::Fault;
use sha2::{Digest as _, Sha256};

/// Without what is read one for the other: no 0 and O, no 1 and I.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of a code: 30 bits.
const LENGTH: usize = 6;

/// The secret of one half-day's codes.
pub fn secret() -> Result<String, Fault> {
    Ok(Token::new()?.as_str().to_owned())
}

/// The code of that number. The secret has a fixed length and only part of the digest shows, so that
/// nothing can be appended to it.
pub fn code(secret: &str, number: i64) -> String {
    let digest = Sha256::digest(format!("parcours-room/1:{secret}:{number}"));
    digest
        .iter()
        .take(LENGTH)
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|b| char::from(*b))
        .collect()
}

/// A code as it was typed: small letters and spaces do not matter.
pub fn read(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// `K7P 4QX`, easier to read aloud.
pub fn spaced(code: &str) -> String {
    let (first, last) = code.split_at_checked(LENGTH / 2).unwrap_or((code, ""));
    format!("{first} {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_follows_from_its_secret_and_number_and_is_read_as_it_is_said() {
        let secret = secret().unwrap();
        let shown = code(&secret, 7);
        assert_eq!(shown.len(), 6);
        assert_eq!(shown, code(&secret, 7));
        assert_ne!(shown, code(&secret, 8));
        assert_ne!(shown, code(&super::secret().unwrap(), 7));
        assert_eq!(read(&spaced(&shown).to_lowercase()), shown);
    }
}
