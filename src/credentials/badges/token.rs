//! A credential as a token: VC-JWT signed `ES256` (Open Badges 3.0, 8.2), the whole credential at the top of the claims.

use super::Fault;
use crate::keys::Signer;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::calendar::Instant;
use serde::Serialize;

/// Open Badges allows these three and the key itself, no other.
#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    typ: &'static str,
    kid: &'a str,
}

/// The claims that readers of tokens ask for. They repeat what the credential says.
#[derive(Serialize)]
pub struct Claims<'a, T> {
    #[serde(flatten)]
    pub credential: &'a T,
    pub iss: &'a str,
    pub sub: &'a str,
    pub jti: &'a str,
    pub nbf: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
}

/// The token of some claims; `key` is the name of the signing key.
pub fn sign<T: Serialize>(claims: &Claims<'_, T>, key: &str, signer: &Signer) -> Result<String, Fault> {
    let header = serde_json::to_vec(&Header { alg: "ES256", typ: "JWT", kid: key })?;
    let message =
        format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?));
    let signature = URL_SAFE_NO_PAD.encode(signer.sign(message.as_bytes()).bytes());
    Ok(format!("{message}.{signature}"))
}

/// Whole seconds since 1970, cut as the dates of the credential are.
pub fn seconds(moment: Instant) -> i64 {
    moment.utc().timestamp()
}
