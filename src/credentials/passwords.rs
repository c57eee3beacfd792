//! Passwords: Argon2id, a bounded number at once.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString, rand_core::OsRng};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// What one hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Cost {
    /// OWASP's parameters for Argon2id with one lane: 19 MiB and two passes.
    pub const OWASP: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    /// For tests only, where many people log in.
    pub const CHEAP: Self = Self { memory_kib: 8, passes: 1 };
}

/// Hashes and checks passwords, at most a few at the same time: each takes its memory.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    turns: Arc<Turns>,
    /// Checked when the account does not exist, so that the answer takes as long.
    nobody: Arc<str>,
}

struct Turns {
    free: Mutex<usize>,
    changed: Condvar,
}

#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct Fault(String);

impl Passwords {
    pub fn new(cost: Cost, at_once: usize) -> Result<Self, Fault> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|e| Fault(e.to_string()))?;
        let mut made = Self {
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            turns: Arc::new(Turns { free: Mutex::new(at_once.max(1)), changed: Condvar::new() }),
            nobody: Arc::from(""),
        };
        made.nobody = made.hash("nobody's password")?.into();
        Ok(made)
    }

    /// The hash to keep, with its salt and parameters.
    pub fn hash(&self, password: &str) -> Result<String, Fault> {
        self.in_turn(|argon| {
            let salt = SaltString::generate(&mut OsRng);
            argon
                .hash_password(password.as_bytes(), &salt)
                .map(|h| h.to_string())
                .map_err(|e| Fault(e.to_string()))
        })
    }

    /// Whether this is the password; without a hash it takes as long and says no.
    pub fn check(&self, password: &str, kept: Option<&str>) -> bool {
        self.in_turn(|argon| {
            let Ok(hash) = PasswordHash::new(kept.unwrap_or(&self.nobody)) else { return false };
            argon.verify_password(password.as_bytes(), &hash).is_ok() && kept.is_some()
        })
    }

    fn in_turn<T>(&self, work: impl FnOnce(&Argon2<'static>) -> T) -> T {
        let mut free = self.turns.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = self.turns.changed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        drop(free);
        let done = work(&self.argon);
        *self.turns.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.turns.changed.notify_one();
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_production_cost_is_written_into_the_hash_and_checks() {
        let passwords = Passwords::new(Cost::OWASP, 2).unwrap();
        let kept = passwords.hash("sept mots pour une phrase de passe").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(passwords.check("sept mots pour une phrase de passe", Some(&kept)));
        assert!(!passwords.check("autre chose", Some(&kept)));
        assert!(!passwords.check("nobody's password", None));
    }
}
