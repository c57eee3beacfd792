//! Where things stand on the web, and what an issuer is called there.

use super::BadgeError;
use std::fmt;
use std::str::FromStr;

shown!(WebAddress, Did);

/// An address of the web: http or https, a host, and only the signs that an address may have as they are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebAddress(String);

impl FromStr for WebAddress {
    type Err = BadgeError;

    fn from_str(text: &str) -> Result<Self, BadgeError> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let may_stand = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&b);
        let right =
            !host.is_empty() && !host.contains('@') && text.len() <= 2000 && text.bytes().all(may_stand);
        // A second «#» is no address any more, nor is a bare «%».
        let escapes = text
            .split('%')
            .skip(1)
            .all(|tail| tail.get(..2).is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit())));
        if right && escapes && text.matches('#').count() <= 1 {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadgeError::Address)
        }
    }
}

/// What an issuer is called: `did:web:<host>:certificateurs:<name>`. Its keys are published at
/// `https://<host>/certificateurs/<name>/did.json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Did(String);

impl Did {
    /// The path of issuers, in the address and in the name.
    const PATH: &'static str = "certificateurs";

    /// `host` is a public name without a port; `name` is the short name of the certifier.
    pub fn new(host: &str, name: &str) -> Result<Self, BadgeError> {
        let host = host.to_ascii_lowercase();
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        // An address in numbers ends in digits; no public name does.
        let named =
            host.split('.').next_back().is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()));
        if host.len() > 253 || !host.contains('.') || !named || !host.split('.').all(label) {
            return Err(BadgeError::Host);
        }
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !(1..=60).contains(&name.len()) || !name.bytes().all(plain) {
            return Err(BadgeError::IssuerName);
        }
        Ok(Self(format!("did:web:{host}:{}:{name}", Self::PATH)))
    }

    pub fn host(&self) -> &str {
        self.0.split(':').nth(2).unwrap_or_default()
    }

    /// The short name of the certifier.
    pub fn name(&self) -> &str {
        self.0.split(':').nth(4).unwrap_or_default()
    }

    /// The address below which the issuer's documents stand: `did.json`, `jwks.json`.
    pub fn folder(&self) -> String {
        let path = self.0.strip_prefix("did:web:").unwrap_or_default();
        format!("https://{}", path.replace(':', "/"))
    }
}

impl FromStr for Did {
    type Err = BadgeError;

    fn from_str(text: &str) -> Result<Self, BadgeError> {
        let parts: Vec<&str> = text.split(':').collect();
        match parts.as_slice() {
            ["did", "web", host, path, name] if *path == Self::PATH => Self::new(host, name),
            _ => Err(BadgeError::Host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_has_a_public_host_and_a_plain_name() {
        let did = Did::new("Parcours.example", "deux-canaux").unwrap();
        assert_eq!(did.as_str(), "did:web:parcours.example:certificateurs:deux-canaux");
        assert_eq!((did.host(), did.name()), ("parcours.example", "deux-canaux"));
        assert_eq!(did.folder(), "https://parcours.example/certificateurs/deux-canaux");
        assert_eq!(did.as_str().parse::<Did>(), Ok(did));
        for host in ["localhost", "10.0.0.1", "parcours.example:8443", "-a.example", "", "a..example"] {
            assert_eq!(Did::new(host, "institut"), Err(BadgeError::Host), "{host}");
        }
        for name in ["", "INSTITUT", "deux/canaux", "deux:canaux", "écoles"] {
            assert_eq!(Did::new("parcours.example", name), Err(BadgeError::IssuerName), "{name}");
        }
    }

    #[test]
    fn an_address_has_a_host_and_no_sign_that_needs_hiding() {
        assert_eq!("https://a.example/b/".parse::<WebAddress>().unwrap().as_str(), "https://a.example/b/");
        for text in [
            "",
            "ftp://a.example",
            "https://",
            "https://a.example/é",
            "https://a.example/\"x",
            "javascript:alert(1)",
            "https://u@a.example",
            "https://a.example/%zz",
            "https://a.example/#a#b",
            "https://a.example/a b",
        ] {
            assert_eq!(text.parse::<WebAddress>(), Err(BadgeError::Address), "{text}");
        }
    }
}
