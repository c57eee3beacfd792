//! What programs fetch to check a badge: the keys of a certifier, its status lists, the badge itself.

use crate::frame::{Problem, Reply, Routes, Visit};
use actions::certificates::Picture;
use actix_web::http::{StatusCode, header};
use domain::access::Action;
use domain::badges::BadgeId;
use store::certificates::Held;

const JSON: &str = "application/json";
const DID: &str = "application/did+json";
const KEYS: &str = "application/jwk-set+json";
const DOCUMENT: &str = "application/vc+ld+json";
const TOKEN: &str = "application/vc+jwt";

pub fn routes(routes: &mut Routes) {
    routes.get("/certificateurs/{issuer}/did.json", Action::ReadPublicPages, did);
    routes.get("/certificateurs/{issuer}/jwks.json", Action::ReadPublicPages, key_set);
    routes.get("/certificateurs/{issuer}/listes/{list}", Action::ReadPublicPages, list);
    routes.get("/certificats/{certificate}", Action::ReadPublicPages, badge);
    routes.get_blocking("/certificats/{certificate}/badge.svg", Action::ReadPublicPages, svg);
    routes.get_blocking("/certificats/{certificate}/badge.png", Action::ReadPublicPages, png);
}

/// For pages of others, too: what is published here is everybody's.
fn published(content_type: &'static str, body: String) -> Reply {
    Reply::text(StatusCode::OK, content_type, body)
        .with(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .with(header::CACHE_CONTROL, "public, max-age=300")
}

fn keys(visit: &Visit<'_>) -> Result<(String, String), Problem> {
    let name: String = visit.part("issuer")?;
    Ok(visit.house.store.read(|conn| {
        let issuer = store::certificates::issuer_named(conn, &name)?;
        actions::certificates::documents(conn, &issuer)
    })?)
}

fn did(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Ok(published(DID, keys(visit)?.0))
}

fn key_set(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Ok(published(KEYS, keys(visit)?.1))
}

/// Whether the sender wants a document rather than a token.
fn wants_document(visit: &Visit<'_>) -> bool {
    let wants = visit.request.wants.to_ascii_lowercase();
    !wants.contains("jwt") && [JSON, "ld+json", "application/vc"].iter().any(|kind| wants.contains(kind))
}

/// One address, two forms: the document to who asks for JSON, the token to others.
fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (issuer, number): (String, i32) = (visit.part("issuer")?, visit.part("list")?);
    let list = visit.house.store.read(|conn| store::certificates::published(conn, &issuer, number))?;
    let reply =
        if wants_document(visit) { published(DOCUMENT, list.document) } else { published(TOKEN, list.token) };
    Ok(reply.with(header::VARY, "Accept"))
}

/// Nobody guesses the name of a badge; whoever has the badge has it, and learns nothing more here.
fn held(visit: &Visit<'_>) -> Result<(String, String), Problem> {
    let uuid: BadgeId = visit.part("certificate")?;
    Ok(visit.house.store.read(|conn| {
        let seen = store::certificates::find(conn, Held::Badge(uuid))?.ok_or(store::Error::Missing)?;
        store::certificates::badge(conn, seen.id)
    })?)
}

fn badge(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (document, token) = held(visit)?;
    let wants_token = visit.request.wants.to_ascii_lowercase().contains("jwt");
    let reply = if wants_token { published(TOKEN, token) } else { published(DOCUMENT, document) };
    Ok(reply.with(header::VARY, "Accept"))
}

/// A picture with the badge in it, to keep.
fn svg(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let uuid: BadgeId = visit.part("certificate")?;
    let picture = actions::certificates::picture(visit.house, uuid, Picture::Svg)?;
    Ok(Reply::file(&format!("badge-{uuid}.svg"), "image/svg+xml", picture))
}

fn png(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let uuid: BadgeId = visit.part("certificate")?;
    let picture = actions::certificates::picture(visit.house, uuid, Picture::Png)?;
    Ok(Reply::file(&format!("badge-{uuid}.png"), "image/png", picture))
}
