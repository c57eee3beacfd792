//! Everything that goes only to the network: cookies, the headers that every answer has, the body.

use super::reply::{Body, LoginCookie, Reply};
use super::site::{Shared, Site};
use super::streaming;
use actix_web::cookie::{Cookie, SameSite, time::Duration as CookieTime};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::stream;
use std::time::Instant as Stopwatch;

pub const NOTICE_COOKIE: &str = "parcours-avis";
pub const LANGUAGE_COOKIE: &str = "parcours-langue";
/// Tells one device from another among those that sign.
pub const DEVICE_COOKIE: &str = "parcours-appareil";

/// What a trip to the blocking pool brings back.
pub struct Outcome {
    pub reply: Reply,
    /// The notice was shown: its cookie goes.
    pub forget_notice: bool,
    pub timing: Option<String>,
}

/// None when a handler fell, or the server stops.
pub fn answer(
    request: &HttpRequest,
    done: Option<Outcome>,
    shared: &Shared,
    stopwatch: Stopwatch,
) -> HttpResponse {
    let response = match done {
        Some(outcome) => finish(request, outcome, shared),
        None => HttpResponse::ServiceUnavailable().insert_header((header::RETRY_AFTER, "3")).finish(),
    };
    shared.1.metrics.count(response.status(), stopwatch.elapsed());
    response
}

fn finish(request: &HttpRequest, outcome: Outcome, shared: &Shared) -> HttpResponse {
    let Outcome { mut reply, forget_notice, timing } = outcome;
    let mut response = HttpResponse::build(reply.status);
    for (name, value) in std::mem::take(&mut reply.headers) {
        response.insert_header((name, value));
    }
    for (name, value) in SAFETY {
        response.insert_header((HeaderName::from_static(name), HeaderValue::from_static(value)));
    }
    if let Some(timing) = timing {
        response.insert_header((HeaderName::from_static("server-timing"), timing));
    }
    let body = std::mem::replace(&mut reply.body, Body::Whole(Vec::new()));
    cookies(&mut response, reply, forget_notice, &shared.1);
    match body {
        Body::Whole(bytes) => response.body(bytes),
        // The same headers, and nothing is made for nobody.
        Body::Pieces(..) if *request.method() == Method::HEAD => {
            response.streaming(stream::empty::<Result<Bytes, streaming::Cut>>())
        }
        Body::Pieces(first, rest) => {
            let pattern = request.match_pattern().unwrap_or_default();
            response.streaming(streaming::stream(first, rest, shared, &pattern))
        }
    }
}

fn cookies(response: &mut HttpResponseBuilder, reply: Reply, forget_notice: bool, site: &Site) {
    let cookie = |name: &'static str, value: String| {
        Cookie::build(name, value).path("/").http_only(true).same_site(SameSite::Lax).secure(site.secure)
    };
    if let Some(login) = reply.login {
        let built = match login {
            LoginCookie::Set(secret) => cookie(site.cookie_name(), secret).max_age(CookieTime::days(14)),
            LoginCookie::End => cookie(site.cookie_name(), String::new()).max_age(CookieTime::ZERO),
        };
        response.cookie(built.finish());
    }
    match reply.notice {
        Some(notice) => {
            response.cookie(cookie(NOTICE_COOKIE, notice.pack()).max_age(CookieTime::minutes(1)).finish());
        }
        None if forget_notice => {
            response.cookie(cookie(NOTICE_COOKIE, String::new()).max_age(CookieTime::ZERO).finish());
        }
        None => {}
    }
    if let Some(language) = reply.language {
        let kept = cookie(LANGUAGE_COOKIE, language.as_str().to_owned()).max_age(CookieTime::days(365));
        response.cookie(kept.finish());
    }
    if let Some(device) = reply.device {
        response.cookie(cookie(DEVICE_COOKIE, device).max_age(CookieTime::days(30)).finish());
    }
}

const SAFETY: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("x-frame-options", "DENY"),
];
