//! The bodies of requests: read once a route is open to who sends them, within a time, at a speed, and within a share of the
//! memory that a server gives to bodies which are not all there yet.

use super::error::Problem;
use super::route::{REPORT_LIMIT, UPLOAD_LIMIT};
use actix_web::rt::time::timeout;
use actix_web::web::{Bytes, Payload};
use domain::ids::AccountId;
use futures_util::StreamExt as _;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::Ipv6Addr;
use std::ops::{Add, SubAssign};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes of a body that count as small: any form with nothing but fields. Large bodies leave these their room.
const SMALL: usize = 16 * 1024;
/// Bytes that all bodies of a server hold at most with their small beginnings, and one account with its own.
const SMALL_ALL: usize = 8 * 1024 * 1024;
const SMALL_EACH: usize = 1024 * 1024;
/// Of these, bytes for those who are not logged in, and for one network of theirs: a whole office may be one, and none of them
/// keeps the others from logging in.
const SMALL_STRANGERS: usize = 6 * 1024 * 1024;
const SMALL_EACH_STRANGER: usize = 256 * 1024;
/// The same for what comes after the beginning. The longest body fits, once; one sender holds as much as one upload, or the
/// longest body of the route, whatever the number of their requests.
const LARGE_ALL: usize = REPORT_LIMIT;
/// Of these, bytes for those who are not logged in.
const LARGE_STRANGERS: usize = 12 * 1024 * 1024;

/// A body may be so late, and takes so many bytes a second from then on: a telephone at the edge of its network does better.
const GRACE: Duration = Duration::from_secs(10);
const SLOWEST: u32 = 4 * 1024;
/// No body takes longer.
const DEADLINE: Duration = Duration::from_mins(10);

/// Whose share a body is taken from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sender {
    Account(AccountId),
    /// Nobody who is known, in this network.
    Stranger(String),
}

impl Sender {
    /// Who is not logged in, at an address. Whoever has one of the longer kind has a network full of them.
    pub fn stranger(address: &str) -> Self {
        match address.parse::<Ipv6Addr>() {
            Ok(of_many) => Self::Stranger(format!("{:x?}", &of_many.segments()[..4])),
            Err(_) => Self::Stranger(address.to_owned()),
        }
    }

    const fn is_stranger(&self) -> bool {
        matches!(self, Self::Stranger(_))
    }
}

/// What all bodies that are on their way hold.
#[derive(Debug, Default)]
pub struct Bodies(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    all: Taken,
    strangers: Taken,
    by: HashMap<Sender, Taken>,
}

/// Bytes of one sender, or of one body.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Taken {
    small: usize,
    large: usize,
}

impl Add for Taken {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self { small: self.small + more.small, large: self.large + more.large }
    }
}

impl SubAssign for Taken {
    fn sub_assign(&mut self, less: Self) {
        self.small -= less.small;
        self.large -= less.large;
    }
}

impl Taken {
    const fn fits(self, small: usize, large: usize) -> bool {
        self.small <= small && self.large <= large
    }
}

/// The share of one body, kept as long as its bytes. Dropped, it is there for others.
pub struct Share<'a> {
    bodies: &'a Bodies,
    sender: Sender,
    taken: Taken,
}

impl Bodies {
    /// Reads a body of at most `limit` bytes; they come with their share.
    pub async fn read(
        &self,
        body: &mut Payload,
        announced: Option<usize>,
        limit: usize,
        sender: Sender,
    ) -> Result<(Bytes, Share<'_>), Problem> {
        if announced.is_some_and(|length| length > limit) {
            return Err(Problem::TooLarge);
        }
        let began = Instant::now();
        let mut share = Share { bodies: self, sender, taken: Taken::default() };
        // What is only announced takes no memory: the system gives it with the bytes that fill it.
        let mut bytes = Vec::with_capacity(announced.unwrap_or_default());
        loop {
            let left = time_for(bytes.len()).saturating_sub(began.elapsed());
            let chunk = match timeout(left, body.next()).await {
                Ok(None) => return Ok((bytes.into(), share)),
                Ok(Some(chunk)) => chunk.map_err(|_| Problem::Unreadable)?,
                Err(_) => return Err(Problem::TooSlow),
            };
            if bytes.len() + chunk.len() > limit {
                return Err(Problem::TooLarge);
            }
            share.take(bytes.len(), chunk.len(), limit)?;
            bytes.extend_from_slice(&chunk);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long after its beginning a body of which so many bytes came may still wait for the next.
fn time_for(bytes: usize) -> Duration {
    let at_the_slowest = u32::try_from(bytes).unwrap_or(u32::MAX) / SLOWEST;
    (GRACE + Duration::from_secs(at_the_slowest.into())).min(DEADLINE)
}

impl Share<'_> {
    /// Takes what `more` bytes behind the first `before` of a body need, or nothing.
    fn take(&mut self, before: usize, more: usize, limit: usize) -> Result<(), Problem> {
        let small = SMALL.saturating_sub(before).min(more);
        let more = Taken { small, large: more - small };
        let mut held = self.bodies.lock();
        let mine = held.by.get(&self.sender).copied().unwrap_or_default() + more;
        let all = held.all + more;
        let strangers = if self.sender.is_stranger() { held.strangers + more } else { held.strangers };
        let each = if self.sender.is_stranger() { SMALL_EACH_STRANGER } else { SMALL_EACH };
        if !(all.fits(SMALL_ALL, LARGE_ALL)
            && strangers.fits(SMALL_STRANGERS, LARGE_STRANGERS)
            && mine.fits(each, limit.max(UPLOAD_LIMIT)))
        {
            return Err(Problem::Crowded);
        }
        held.all = all;
        held.strangers = strangers;
        held.by.insert(self.sender.clone(), mine);
        self.taken = self.taken + more;
        Ok(())
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        let mut held = self.bodies.lock();
        held.all -= self.taken;
        if self.sender.is_stranger() {
            held.strangers -= self.taken;
        }
        if let Entry::Occupied(mut mine) = held.by.entry(self.sender.clone()) {
            *mine.get_mut() -= self.taken;
            if *mine.get() == Taken::default() {
                mine.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger(number: usize) -> Sender {
        Sender::Stranger(format!("192.0.2.{number}"))
    }

    fn share(bodies: &Bodies, sender: Sender) -> Share<'_> {
        Share { bodies, sender, taken: Taken::default() }
    }

    /// As the bytes come, in pieces of 8 kB; those that were taken.
    fn fill(share: &mut Share<'_>, bytes: usize) -> usize {
        let came = (0..bytes).step_by(8192);
        came.take_while(|before| share.take(*before, 8192, UPLOAD_LIMIT).is_ok()).count() * 8192
    }

    #[test]
    fn all_bodies_together_hold_a_fixed_number_of_bytes() {
        let bodies = Bodies::default();
        let mut shares: Vec<_> = (0..64).map(|n| share(&bodies, Sender::Account(AccountId(n)))).collect();
        let held: usize = shares.iter_mut().map(|share| fill(share, UPLOAD_LIMIT)).sum();
        assert!((LARGE_ALL..=LARGE_ALL + SMALL_ALL).contains(&held), "{held}");
        // A form still comes in.
        assert!(share(&bodies, stranger(1)).take(0, 2000, UPLOAD_LIMIT).is_ok());
        drop(shares);
        let held = bodies.lock();
        assert_eq!((held.all, held.strangers, held.by.len()), (Taken::default(), Taken::default(), 0));
    }

    #[test]
    fn strangers_leave_room_for_those_who_are_known_and_one_of_them_for_the_others() {
        let bodies = Bodies::default();
        let mut mine: Vec<_> = (0..4).map(|_| share(&bodies, stranger(1))).collect();
        let held: usize = mine.iter_mut().map(|share| fill(share, UPLOAD_LIMIT)).sum();
        assert!(held <= UPLOAD_LIMIT + 4 * SMALL, "{held}");
        let mut others: Vec<_> = (2..9).map(|n| share(&bodies, stranger(n))).collect();
        let held = held + others.iter_mut().map(|share| fill(share, UPLOAD_LIMIT)).sum::<usize>();
        assert!(held <= LARGE_STRANGERS + 11 * SMALL, "{held}");
        assert_eq!(fill(&mut share(&bodies, Sender::Account(AccountId(1))), UPLOAD_LIMIT), UPLOAD_LIMIT);
    }

    #[test]
    fn no_network_and_no_crowd_of_strangers_keeps_others_from_their_forms() {
        let bodies = Bodies::default();
        let half_sent = |n| {
            let mut shares: Vec<_> = (0..64).map(|_| share(&bodies, stranger(n))).collect();
            (shares.iter_mut().map(|share| fill(share, SMALL)).sum::<usize>(), shares)
        };
        let (held, one) = half_sent(1);
        assert_eq!(held, SMALL_EACH_STRANGER);
        assert!(share(&bodies, stranger(2)).take(0, 2000, UPLOAD_LIMIT).is_ok());
        let crowd: Vec<_> = (2..100).map(half_sent).collect();
        assert_eq!(bodies.lock().strangers.small, SMALL_STRANGERS);
        assert!(share(&bodies, Sender::Account(AccountId(1))).take(0, 2000, UPLOAD_LIMIT).is_ok());
        drop((one, crowd));
    }

    #[test]
    fn one_network_is_one_stranger() {
        assert_eq!(Sender::stranger("2001:db8:1:2::7"), Sender::stranger("2001:db8:1:2:9::1"));
        assert_ne!(Sender::stranger("2001:db8:1:2::7"), Sender::stranger("2001:db8:1:3::7"));
        assert_ne!(Sender::stranger("192.0.2.1"), Sender::stranger("192.0.2.2"));
    }

    #[test]
    fn a_slow_telephone_has_its_time_and_a_drip_has_not() {
        assert_eq!(time_for(20), GRACE);
        // Five megabytes at twenty kilobytes a second.
        assert!(time_for(2_500_000) > Duration::from_secs(125));
        assert_eq!(time_for(UPLOAD_LIMIT * 5), DEADLINE);
    }
}
