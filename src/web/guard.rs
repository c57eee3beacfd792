//! Cookie → actor; same-site check; requests per address.

use super::server::Site;
use super::visit::Request;
use crate::actions::House;
use crate::credentials;
use crate::domain::access::Actor;
use crate::store::{self, logins::Login};
use actix_web::HttpRequest;
use actix_web::http::header;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;

/// Who is at the door: the holder of the personal link in the path, else whoever the cookie names.
/// A part named in the link (`?comme=`) is taken, if the account holds it.
pub fn who(house: &House, request: &Request) -> Result<(Actor, Option<Login>), store::Error> {
    let now = house.clock.now();
    if let Some(secret) = request.parameter("link") {
        let holder =
            house.store.read(|conn| store::links::holder(conn, &credentials::digest(secret), now))?;
        return Ok((holder.unwrap_or(Actor::NOBODY), None));
    }
    let login = match &request.cookie {
        None => None,
        Some(secret) => {
            house.store.read(|conn| store::logins::find(conn, &credentials::digest(secret), now))?
        }
    };
    let login = match login {
        None => None,
        Some(mut login) => {
            let named = part_named(&request.query).and_then(|name| login.part_named(&name));
            let switched = named.is_some() && named != login.chosen;
            if switched {
                login.chosen = named;
            }
            if switched || login.is_due(now) {
                house.store.write(|conn| store::logins::touch(conn, &login, now))?;
            }
            Some(login)
        }
    };
    let actor = login.as_ref().map_or(Actor::NOBODY, Login::actor);
    Ok((actor, login))
}

fn part_named(query: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    pairs.into_iter().find(|(name, _)| name == "comme").map(|(_, value)| value)
}

/// Whether a request that changes something comes from our own pages, or from no browser at all.
pub fn is_same_site(request: &HttpRequest, site: &Site) -> bool {
    let header_text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(said) = header_text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(said, "same-origin" | "none");
    }
    match header_text(header::ORIGIN) {
        None => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == site.public_url || (host.is_some() && host == header_text(header::HOST))
        }
    }
}

/// The client's address: the peer, unless the peer is a proxy named in the settings.
pub fn address(request: &HttpRequest, site: &Site) -> String {
    let peer = request.peer_addr().map(|a| a.ip());
    let trusted = peer.is_some_and(|ip| site.proxies.contains(&ip));
    let told = request.connection_info().realip_remote_addr().map(str::to_owned);
    match (trusted, told, peer) {
        (true, Some(told), _) => told,
        (_, _, Some(ip)) => ip.to_string(),
        (_, told, None) => told.unwrap_or_default(),
    }
}

/// Requests that check a secret, per address, in the memory of this server.
pub struct Throttle(DefaultKeyedRateLimiter<String>);

impl Throttle {
    /// So many a minute, in bursts of as many.
    pub fn per_minute(requests: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(requests).unwrap_or(NonZeroU32::MIN));
        Self(RateLimiter::keyed(quota))
    }

    /// Seconds to wait, when this one is too many.
    pub fn check(&self, address: &str) -> Option<u64> {
        if self.0.len() > 100_000 {
            self.0.retain_recent();
        }
        let wait = self.0.check_key(&address.to_owned()).err()?;
        Some(wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }
}
