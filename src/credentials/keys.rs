//! The master key, and what is derived from it: one key for each purpose, which seals what is kept
//! secret in the database. Signing keys are made at random and lie there sealed.

use crate::domain::keys::{KeyPurpose, PublicKey, Refusal, Sealed, Signature};
use crate::domain::text::hexadecimal;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::Sha256;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const NONCE: usize = 24;

/// What the master key opens and seals. It is never printed, and no backup holds it.
#[derive(Clone)]
pub struct Keys(Arc<[u8; 32]>);

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the key file {} cannot be read: {source}", .file.display())]
    Unreadable { file: PathBuf, source: io::Error },
    #[error("the key file {} cannot be made: {source}", .file.display())]
    Unwritable { file: PathBuf, source: io::Error },
    #[error(
        "the key file {} does not hold 32 bytes in base64: make one with `openssl rand -base64 32`",
        .0.display()
    )]
    NoKey(PathBuf),
    #[error("the system gives no randomness: {0}")]
    Randomness(String),
}

impl Keys {
    /// The key of a file: 32 bytes in base64.
    pub fn read(file: &Path) -> Result<Self, Fault> {
        let text =
            fs::read_to_string(file).map_err(|source| Fault::Unreadable { file: file.to_owned(), source })?;
        let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        bytes.map(|bytes| Self(Arc::new(bytes))).ok_or_else(|| Fault::NoKey(file.to_owned()))
    }

    /// The key of a file, which is made when it is not there, for its owner's eyes only.
    pub fn read_or_make(file: &Path) -> Result<Self, Fault> {
        if !file.exists() {
            make(file)?;
        }
        Self::read(file)
    }

    /// Encrypts a secret about something; only the same purpose and the same thing open it.
    pub fn seal(&self, purpose: KeyPurpose, about: &str, secret: &[u8]) -> Result<Sealed, Fault> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: secret, aad: about.as_bytes() };
        let sealed = self
            .cipher(purpose)
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|e| Fault::Randomness(e.to_string()))?;
        Ok(Sealed::new(&self.name(), &URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat())))
    }

    /// Decrypts what [`Self::seal`] encrypted.
    pub fn open(&self, purpose: KeyPurpose, about: &str, sealed: &Sealed) -> Result<Vec<u8>, Refusal> {
        let (key, body) = sealed.parts();
        if key != self.name() {
            return Err(Refusal::OtherMasterKey);
        }
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| Refusal::OtherMasterKey)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(Refusal::OtherMasterKey)?;
        let payload = Payload { msg: sealed, aad: about.as_bytes() };
        self.cipher(purpose).decrypt(XNonce::from_slice(nonce), payload).map_err(|_| Refusal::OtherMasterKey)
    }

    /// A new signing key: its public part, and its private one sealed.
    pub fn new_signing_key(&self, purpose: KeyPurpose) -> Result<(PublicKey, Sealed), Fault> {
        let secret: [u8; 32] = random()?;
        let public = PublicKey::new(SigningKey::from_bytes(&secret).verifying_key().as_bytes());
        let sealed = self.seal(purpose, public.as_str(), &secret)?;
        Ok((public, sealed))
    }

    /// Opens a signing key for use.
    pub fn signer(
        &self,
        purpose: KeyPurpose,
        public: &PublicKey,
        sealed: &Sealed,
    ) -> Result<Signer, Refusal> {
        let secret = self.open(purpose, public.as_str(), sealed)?;
        let secret = <[u8; 32]>::try_from(secret).map_err(|_| Refusal::OtherMasterKey)?;
        Ok(Signer(SigningKey::from_bytes(&secret)))
    }

    /// What a sealed value calls this key; it tells nothing about it.
    fn name(&self) -> String {
        hexadecimal(self.derived("name").get(..4).unwrap_or_default())
    }

    fn cipher(&self, purpose: KeyPurpose) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derived(&format!("seal/{purpose}")).into())
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        // It fails only for a key longer than 255 digests.
        let _ =
            Hkdf::<Sha256>::new(None, &*self.0).expand(format!("parcours/1/{purpose}").as_bytes(), &mut key);
        key
    }
}

/// A signing key in hand.
pub struct Signer(SigningKey);

impl Signer {
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature::new(&self.0.sign(message).to_bytes())
    }
}

/// Whether a message was signed under a key.
pub fn is_signed(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let key = <[u8; 32]>::try_from(key.bytes()).ok().and_then(|key| VerifyingKey::from_bytes(&key).ok());
    let signature = ed25519_dalek::Signature::from_slice(&signature.bytes()).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
}

fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(|e| Fault::Randomness(e.to_string()))?;
    Ok(bytes)
}

/// Makes a key file that is whole or is not there; one that another process made meanwhile stays.
fn make(file: &Path) -> Result<(), Fault> {
    let secret: [u8; 32] = random()?;
    let mut partial = file.as_os_str().to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    let partial = PathBuf::from(partial);
    let written = owners_only(&partial).and_then(|mut open| {
        writeln!(open, "{}", STANDARD.encode(secret))?;
        open.sync_all()?;
        match fs::hard_link(&partial, file) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }
    });
    let removed = fs::remove_file(&partial);
    written.and(removed).map_err(|source| Fault::Unwritable { file: file.to_owned(), source })
}

fn owners_only(file: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Whether others on this machine may read a key file.
pub fn is_open_to_others(file: &Path) -> bool {
    #[cfg(unix)]
    return fs::metadata(file).is_ok_and(|about| std::os::unix::fs::MetadataExt::mode(&about) & 0o077 != 0);
    #[cfg(not(unix))]
    return false;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(byte: u8) -> Keys {
        Keys(Arc::new([byte; 32]))
    }

    #[test]
    fn what_is_sealed_opens_under_the_same_key_about_the_same_thing() {
        let sealed = keys(1).seal(KeyPurpose::Journal, "one", b"secret").unwrap();
        let again: Sealed = sealed.as_str().parse().unwrap();
        assert_eq!(keys(1).open(KeyPurpose::Journal, "one", &again).unwrap(), b"secret");
        assert_eq!(keys(1).open(KeyPurpose::Journal, "other", &sealed), Err(Refusal::OtherMasterKey));
        assert_eq!(keys(2).open(KeyPurpose::Journal, "one", &sealed), Err(Refusal::OtherMasterKey));
        let other = keys(1).seal(KeyPurpose::Journal, "one", b"secret").unwrap();
        assert_ne!(sealed, other, "no two nonces are the same");
        assert!("letter".parse::<Sealed>().is_err());
    }

    #[test]
    fn a_signature_holds_for_its_message_and_its_key() {
        let (public, sealed) = keys(1).new_signing_key(KeyPurpose::Journal).unwrap();
        let signature = keys(1).signer(KeyPurpose::Journal, &public, &sealed).unwrap().sign(b"message");
        assert!(is_signed(&public, b"message", &signature));
        assert!(!is_signed(&public, b"massage", &signature));
        let (other, theirs) = keys(1).new_signing_key(KeyPurpose::Journal).unwrap();
        assert!(!is_signed(&other, b"message", &signature));
        // The private part of one key under the name of another.
        assert!(keys(1).signer(KeyPurpose::Journal, &public, &theirs).is_err());
        assert_eq!(public.fingerprint().len(), 39);
    }

    #[test]
    fn a_key_file_is_made_once_and_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("parcours.db.key");
        let made = Keys::read_or_make(&file).unwrap();
        assert!(!is_open_to_others(&file));
        assert_eq!(Keys::read_or_make(&file).unwrap().name(), made.name());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left there");
        fs::write(&file, "letter").unwrap();
        assert!(matches!(Keys::read(&file), Err(Fault::NoKey(_))));
    }
}
