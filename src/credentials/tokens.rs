//! Secrets that open something: only their digest is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};

/// A random secret of 256 bits, as it stands in a cookie or a link.
#[derive(Clone)]
pub struct Token(String);

#[derive(Debug, thiserror::Error)]
#[error("the system gives no randomness: {0}")]
pub struct Fault(String);

impl Token {
    pub fn new() -> Result<Self, Fault> {
        let mut bytes = [0u8; 32];
        OsRng.try_fill_bytes(&mut bytes).map_err(|e| Fault(e.to_string()))?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> String {
        digest(&self.0)
    }
}

/// A name for a browser that signs: it tells devices apart and opens nothing.
pub fn device_name() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The digest under which a secret that somebody brought is looked up. A fast hash is enough:
/// nobody guesses 256 random bits.
pub fn digest(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}
