//! Links that people ask for who are not logged in: for a new password, or to sign in the room where they stand. Whoever asks is
//! answered the same, by the same statements, whether there is anybody to send a link to or not; that is looked at here,
//! a moment later.

use super::{Act, Done, Error, House, accounts, signatures};
use clock::{self, Beat, Outcome, Stop};
use domain::access::{Action, Actor};
use domain::accounts::{FAILURES_COUNT_MINUTES, FREE_LINKS};
use std::time::Duration;
use store::link_requests::{self, LinkRequest};

/// Looked at in one go.
const LOAD: i64 = 20;
/// How often it is looked whether somebody asked.
const PAUSE: Duration = Duration::from_secs(1);

/// Keeps that somebody asked for a link, unless one was asked for too often for this address: nobody is written to again and
/// again because somebody else types their address. The same is done whether the address is known or not.
pub(super) fn ask(act: &mut Act<'_>, email: &str, room_code: Option<&str>) -> Done<()> {
    let kind = if room_code.is_some() { "signing" } else { "reset" };
    let subject = format!("{kind}:{}", credentials::digest(email));
    let since = act.now.plus_minutes(-FAILURES_COUNT_MINUTES);
    let (asked, _) = store::accounts::failures(act.conn, &subject, since)?;
    if asked >= FREE_LINKS {
        return Ok(());
    }
    store::accounts::add_failure(act.conn, &subject, act.now)?;
    Ok(link_requests::add(act.conn, email, room_code, act.now)?)
}

/// Looks at everything that was asked for, once. On any number of servers each request is answered once; one that fails keeps
/// none of the others waiting, and is tried again the next time, until the rounds forget it.
pub fn look(house: &House, stop: &Stop) -> Done<()> {
    let (mut last, mut first_failure) = (None, None);
    while !stop.is_asked() {
        let some = house.store.read(|conn| link_requests::waiting(conn, last.as_ref(), LOAD))?;
        for one in &some {
            if let Err(error) = house.act(&Actor::HOUSE, Action::RunRounds, |act| answer(act, one)) {
                tracing::warn!("a link that somebody asked for was not sent: {error}");
                first_failure.get_or_insert(error);
            }
        }
        last = some.into_iter().next_back();
        if last.is_none() {
            break;
        }
    }
    first_failure.map_or(Ok(()), Err)
}

fn answer(act: &mut Act<'_>, one: &LinkRequest) -> Done<()> {
    if !link_requests::take(act.conn, one)? {
        return Ok(());
    }
    match &one.room_code {
        None => accounts::send_reset(act, &one.email),
        Some(code) => match signatures::send_link(act, code, &one.email, one.asked_at) {
            // Nobody is expected where that code was shown.
            Err(Error::Refused(crate::Refusal::Signature(_))) => Ok(()),
            other => other,
        },
    }
}

/// Looks on a thread of its own, until the answer is stopped or dropped.
pub fn spawn(house: House) -> std::io::Result<Beat> {
    clock::every(PAUSE, "links", move |stop| match look(&house, stop) {
        Ok(()) => Outcome::Done,
        Err(_) => Outcome::Failed,
    })
}
