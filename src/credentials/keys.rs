//! The master key, and what is derived from it: one key for each purpose, which seals what is kept
//! secret in the database. Signing keys are made at random and lie there sealed.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::keys::{Curve, KeyPurpose, PublicKey, Refusal, Sealed, Signature};
use domain::text::hexadecimal;
use ed25519_dalek::{Signer as _, Verifier as _};
use hkdf::Hkdf;
use p256::ecdsa;
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
        "the key file {} does not hold 32 bytes in base64: put the right one back, since a new one opens nothing that was sealed before; for a database without a key `openssl rand -base64 32` makes one",
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

    /// A key that lasts as long as whoever holds it: for what outlives no server.
    pub fn passing() -> Result<Self, Fault> {
        Ok(Self(Arc::new(random()?)))
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

    /// The digest of a text under this key: whoever has only the database cannot tell what it is of, by trying either.
    pub fn digest(&self, purpose: KeyPurpose, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.derived(&format!("digest/{purpose}/{text}")))
    }

    /// A new signing key on the curve of its purpose: its public part, and its private one sealed.
    pub fn new_signing_key(&self, purpose: KeyPurpose) -> Result<(PublicKey, Sealed), Fault> {
        loop {
            let secret: [u8; 32] = random()?;
            // Of all numbers of 256 bits, one in four thousand million is no private key of P-256.
            let Some(signer) = Signer::of(purpose.curve(), secret) else { continue };
            let public = signer.public();
            let sealed = self.seal(purpose, public.as_str(), &secret)?;
            return Ok((public, sealed));
        }
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
        Signer::of(purpose.curve(), secret).ok_or(Refusal::OtherMasterKey)
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
pub struct Signer(Hand);

enum Hand {
    Ed25519(ed25519_dalek::SigningKey),
    P256(ecdsa::SigningKey),
}

impl Signer {
    pub(super) fn of(curve: Curve, secret: [u8; 32]) -> Option<Self> {
        Some(Self(match curve {
            Curve::Ed25519 => Hand::Ed25519(ed25519_dalek::SigningKey::from_bytes(&secret)),
            Curve::P256 => Hand::P256(ecdsa::SigningKey::from_bytes(&secret.into()).ok()?),
        }))
    }

    /// Both curves sign without chance (RFC 8032, RFC 6979): the same message has the same signature.
    pub fn sign(&self, message: &[u8]) -> Signature {
        match &self.0 {
            Hand::Ed25519(key) => Signature::new(&key.sign(message).to_bytes()),
            Hand::P256(key) => {
                let signature: ecdsa::Signature = key.sign(message);
                Signature::new(&signature.to_bytes())
            }
        }
    }

    pub fn public(&self) -> PublicKey {
        match &self.0 {
            Hand::Ed25519(key) => PublicKey::new(key.verifying_key().as_bytes()),
            Hand::P256(key) => PublicKey::new(key.verifying_key().to_encoded_point(true).as_bytes()),
        }
    }
}

/// Whether a message was signed under a key.
pub fn is_signed(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let (bytes, signature) = (key.bytes(), signature.bytes());
    match key.curve() {
        Some(Curve::Ed25519) => {
            let key = <[u8; 32]>::try_from(bytes).ok();
            let key = key.and_then(|key| ed25519_dalek::VerifyingKey::from_bytes(&key).ok());
            let signature = ed25519_dalek::Signature::from_slice(&signature).ok();
            key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
        }
        Some(Curve::P256) => {
            let key = ecdsa::VerifyingKey::from_sec1_bytes(&bytes).ok();
            let signature = ecdsa::Signature::from_slice(&signature).ok();
            key.zip(signature).is_some_and(|(key, signature)| key.verify(message, &signature).is_ok())
        }
        None => false,
    }
}

/// The two coordinates of a key of P-256, 32 bytes each.
pub(super) fn coordinates(key: &PublicKey) -> Option<([u8; 32], [u8; 32])> {
    let point = ecdsa::VerifyingKey::from_sec1_bytes(&key.bytes()).ok()?.to_encoded_point(false);
    Some(((*point.x()?).into(), (*point.y()?).into()))
}

/// Bytes that nobody can guess.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
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
    use domain::ids::OrganisationId;
    use domain::text::from_hexadecimal;

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
    fn an_issuer_signs_on_two_curves_and_the_same_way_each_time() {
        let certifier = OrganisationId(7);
        for purpose in [KeyPurpose::BadgeTokens(certifier), KeyPurpose::BadgeDocuments(certifier)] {
            let (public, sealed) = keys(1).new_signing_key(purpose).unwrap();
            assert_eq!(public.curve(), Some(purpose.curve()));
            let signer = keys(1).signer(purpose, &public, &sealed).unwrap();
            assert_eq!(signer.public(), public);
            let signature = signer.sign(b"message");
            assert_eq!(signature, signer.sign(b"message"));
            assert_eq!(signature.bytes().len(), 64);
            assert!(is_signed(&public, b"message", &signature));
            assert!(!is_signed(&public, b"massage", &signature));
            // The key of another certifier, under this one's name.
            assert!(keys(1).signer(KeyPurpose::BadgeTokens(OrganisationId(8)), &public, &sealed).is_err());
            assert_eq!(coordinates(&public).is_some(), purpose.curve() == Curve::P256);
        }
    }

    /// RFC 6979, A.2.5: P-256 with SHA-256.
    #[test]
    fn the_vector_of_the_standard_comes_out() {
        let secret =
            from_hexadecimal("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721").unwrap();
        let signature = Signer::of(Curve::P256, secret.try_into().unwrap()).unwrap().sign(b"sample");
        assert_eq!(
            signature.as_str(),
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716\
             f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
        );
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
