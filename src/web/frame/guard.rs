//! Cookie → actor; same-site check; requests per address.

use super::site::Site;
use super::visit::Request;
use actions::House;
use actix_web::HttpRequest;
use actix_web::http::header;
use domain::access::Actor;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use store::{self, logins::Ended, logins::Login};

/// Who sends a request: the holder of the personal link in the path, else whoever the cookie names.
/// A part named in the link (`?comme=`) is taken, if the account holds it; it is kept for the pages that
/// follow, unless another site led here.
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
            let kept = named.filter(|part| request.is_same_site && Some(*part) != login.chosen);
            login.chosen = kept.or(login.chosen);
            // That it was used can be written down by the next page as well.
            if kept.is_some() || (login.is_due(now) && !house.store.is_writing()) {
                house.store.write(|conn| store::logins::touch(conn, &login, now))?;
            }
            login.chosen = named.or(login.chosen);
            Some(login)
        }
    };
    let actor = login.as_ref().map_or(Actor::NOBODY, Login::actor);
    Ok((actor, login))
}

/// The log-in that the cookie names, if it has ended; what a personal link opens has none.
pub fn ended(house: &House, request: &Request) -> Result<Option<Ended>, store::Error> {
    let secret = request.cookie.as_ref().filter(|_| request.parameter("link").is_none());
    let Some(secret) = secret else { return Ok(None) };
    let now = house.clock.now();
    house.store.read(|conn| store::logins::ended(conn, &credentials::digest(secret), now))
}

fn part_named(query: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    pairs.into_iter().find(|(name, _)| name == "comme").map(|(_, value)| value)
}

/// Whether a request comes from our own pages or from nobody's, or from no browser at all.
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

/// The client's address: the peer, unless the peer is a proxy named in the settings. `Forwarded` is
/// not read: a proxy that writes `X-Forwarded-For` passes it on as the client wrote it.
pub fn address(request: &HttpRequest, site: &Site) -> String {
    let peer = request.peer_addr().map(|a| a.ip());
    let told: Vec<&str> =
        request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).collect();
    peer.map(|peer| client(peer, &told.join(","), &site.proxies).to_string()).unwrap_or_default()
}

/// Each proxy adds at the right whom it answers. So the way back begins at the peer, and ends at the
/// first who is no proxy of ours: what stands further left is anybody's word.
fn client(peer: IpAddr, told: &str, proxies: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    for hop in told.rsplit(',') {
        if !proxies.contains(&client) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(before) => client = before.to_canonical(),
            Err(_) => break,
        }
    }
    client
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_cannot_write_its_own_address() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxies = [ip("127.0.0.1"), ip("10.0.0.2")];
        for (peer, told, found) in [
            ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
            ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
            ("127.0.0.1", "198.51.100.1, 203.0.113.9 ,10.0.0.2", "203.0.113.9"),
            ("::ffff:127.0.0.1", "2001:db8::7", "2001:db8::7"),
            ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
            ("127.0.0.1", "", "127.0.0.1"),
            ("127.0.0.1", "10.0.0.2", "10.0.0.2"),
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ] {
            assert_eq!(client(ip(peer), told, &proxies), ip(found), "{peer} after {told}");
        }
    }
}
