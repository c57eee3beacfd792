//! The public part of every key that signs or signed, for whoever checks what it signed.

use crate::frame::{Problem, Reply, Routes, Visit};
use actix_web::http::StatusCode;
use domain::access::Action;
use domain::calendar::Instant;
use domain::keys::Curve;

pub fn routes(routes: &mut Routes) {
    routes.get("/cles.json", Action::ReadPublicPages, published);
}

fn published(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let keys = visit.read(store::keys::published)?;
    let keys: Vec<serde_json::Value> = keys
        .into_iter()
        .map(|key| {
            serde_json::json!({
                "number": key.id,
                "purpose": key.purpose,
                "algorithm": match key.public.curve() {
                    Some(Curve::P256) => "ES256",
                    Some(Curve::Ed25519) | None => "Ed25519",
                },
                "public_key": key.public.as_str(),
                "fingerprint": key.public.fingerprint(),
                "from": key.created_at.iso(),
                "until": key.retired_at.map(Instant::iso),
            })
        })
        .collect();
    let body = serde_json::json!({ "keys": keys }).to_string();
    Ok(Reply::text(StatusCode::OK, "application/json", body))
}
