//! What an issuer publishes of its keys: the DID document, and the same keys for readers of tokens who know no DID.

use super::Fault;
use super::proof::multibase;
use crate::keys::coordinates;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::badges::Did;
use domain::keys::{Curve, PublicKey};
use domain::text::hexadecimal;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Ed25519 public keys in a Multikey begin with this (multicodec `ed25519-pub`).
const ED25519: [u8; 2] = [0xed, 0x01];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    #[serde(rename = "@context")]
    context: [&'static str; 3],
    id: String,
    verification_method: Vec<Method>,
    /// Names only: some readers take no whole key here.
    assertion_method: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Method {
    id: String,
    r#type: &'static str,
    controller: String,
    #[serde(flatten)]
    key: Key,
}

#[derive(Serialize)]
enum Key {
    #[serde(rename = "publicKeyJwk")]
    Jwk(Jwk),
    #[serde(rename = "publicKeyMultibase")]
    Multibase(String),
}

#[derive(Serialize)]
struct Jwk {
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
    kty: &'static str,
    crv: &'static str,
    x: String,
    y: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alg: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#use: Option<&'static str>,
}

#[derive(Serialize)]
struct KeySet {
    keys: Vec<Jwk>,
}

/// What a key of an issuer is called in its documents. The name follows from the key, so that none is given twice.
pub fn key_name(issuer: &Did, key: &PublicKey) -> String {
    let kind = match key.curve() {
        Some(Curve::P256) => "es256",
        _ => "ed25519",
    };
    let digest = hexadecimal(&Sha256::digest(key.bytes()));
    format!("{issuer}#{kind}-{}", digest.get(..12).unwrap_or_default())
}

/// `did.json` of an issuer: every key that signs or signed, those that sign now first. The keys of tokens stand before
/// the others, since there are readers who check a status list with the first key that they see.
pub fn did_document(issuer: &Did, keys: &[PublicKey]) -> Result<String, Fault> {
    let methods: Vec<Method> = of(keys, Curve::P256)
        .chain(of(keys, Curve::Ed25519))
        .map(|key| method(issuer, key))
        .collect::<Result<_, Fault>>()?;
    Ok(serde_json::to_string(&Document {
        context: [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        id: issuer.to_string(),
        assertion_method: methods.iter().map(|method| method.id.clone()).collect(),
        verification_method: methods,
    })?)
}

/// `jwks.json` of an issuer: the keys of its tokens, under the names that the tokens give.
pub fn key_set(issuer: &Did, keys: &[PublicKey]) -> Result<String, Fault> {
    let keys = of(keys, Curve::P256)
        .map(|key| {
            let kid = Some(key_name(issuer, key));
            Ok(Jwk { kid, alg: Some("ES256"), r#use: Some("sig"), ..jwk(key)? })
        })
        .collect::<Result<_, Fault>>()?;
    Ok(serde_json::to_string(&KeySet { keys })?)
}

fn of(keys: &[PublicKey], curve: Curve) -> impl Iterator<Item = &PublicKey> {
    keys.iter().filter(move |key| key.curve() == Some(curve))
}

fn method(issuer: &Did, key: &PublicKey) -> Result<Method, Fault> {
    let (r#type, shown) = match key.curve() {
        Some(Curve::P256) => ("JsonWebKey", Key::Jwk(jwk(key)?)),
        _ => ("Multikey", Key::Multibase(multibase(&[&ED25519[..], &key.bytes()].concat()))),
    };
    Ok(Method { id: key_name(issuer, key), r#type, controller: issuer.to_string(), key: shown })
}

fn jwk(key: &PublicKey) -> Result<Jwk, Fault> {
    let (x, y) = coordinates(key).ok_or(Fault::Key)?;
    let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
    Ok(Jwk { kid: None, kty: "EC", crv: "P-256", x, y, alg: None, r#use: None })
}
