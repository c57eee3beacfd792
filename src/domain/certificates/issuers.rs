//! Under which name a certifier signs, and who answers for it.

use super::{Refusal, Signatory};
use crate::badges::{BadgeError, Did};
use crate::ids::OrganisationId;

/// A certifier as everyone sees it who checks a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    pub certifier: OrganisationId,
    /// Chosen once: it stands in everything that was signed.
    pub did: Did,
    /// Who answers for what is issued from now on.
    pub signatory: Signatory,
}

impl Issuer {
    /// `host` is the public host of this installation, if it has one.
    pub fn new(
        certifier: OrganisationId,
        host: Option<&str>,
        name: &str,
        signatory: Signatory,
    ) -> Result<Self, Refusal> {
        match Did::new(host.ok_or(Refusal::NoHost)?, name) {
            Ok(did) => Ok(Self { certifier, did, signatory }),
            Err(BadgeError::IssuerName) => Err(Refusal::IssuerName),
            Err(_) => Err(Refusal::NoHost),
        }
    }

    /// Where its badges can be fetched, each under its own name.
    pub fn badges(&self) -> String {
        format!("https://{}/certificats", self.did.host())
    }

    /// Where whoever holds the paper checks it.
    pub fn link(&self, code: &super::VerificationCode) -> String {
        format!("https://{}/verifier/{}", self.did.host(), code.as_str())
    }

    /// The address of one of its status lists.
    pub fn list(&self, number: i32) -> String {
        format!("{}/listes/{number}", self.did.folder())
    }
}
