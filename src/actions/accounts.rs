//! Logging in and out.

use super::{Done, Error, House};
use crate::credentials::{self, Token};
use crate::domain::access::{Action, Actor};
use crate::domain::accounts::{
    FAILURES_COUNT_MINUTES, FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, Refusal, wait_seconds,
};
use crate::domain::calendar::Instant;
use crate::domain::ids::LoginId;
use crate::store::{self, Conn};

/// Opens a log-in and answers the secret for the cookie. Wrong address and wrong password cannot be
/// told apart, neither by what is said nor by how long it takes.
pub fn log_in(
    house: &House,
    actor: &Actor,
    email: &str,
    password: &str,
    address: &str,
    agent: &str,
) -> Done<Token> {
    actor.may(Action::LogIn)?;
    let now = house.clock.now();
    let email = email.trim().to_lowercase();
    let subjects = [
        (format!("account:{}", credentials::digest(&email)), FREE_FAILURES),
        (format!("address:{address}"), FREE_FAILURES_OF_ADDRESS),
    ];
    let lock = house.store.read(|conn| {
        for (subject, free) in &subjects {
            throttle(conn, subject, *free, now)?;
        }
        store::accounts::lock_of(conn, &email).map_err(Error::from)
    })?;
    let open = lock.as_ref().filter(|l| l.disabled_at.is_none());
    let right = house.passwords.check(password, open.and_then(|l| l.password.as_deref()));
    let token = Token::new().map_err(|e| Error::Fault(e.to_string()))?;
    let opened = house.store.write(|conn| {
        if let (true, Some(lock)) = (right, open) {
            for (subject, _) in &subjects[..1] {
                store::accounts::forget_failures(conn, subject)?;
            }
            store::logins::open(conn, &token.digest(), lock.id, agent, now)?;
            return Ok(true);
        }
        for (subject, _) in &subjects {
            store::accounts::add_failure(conn, subject, now)?;
        }
        Ok::<_, Error>(false)
    })?;
    if opened { Ok(token) } else { Err(Refusal::WrongLogIn.into()) }
}

fn throttle(conn: &mut Conn, subject: &str, free: i64, now: Instant) -> Done<()> {
    let (count, last) = store::accounts::failures(conn, subject, now.plus_minutes(-FAILURES_COUNT_MINUTES))?;
    let waited = last.map_or(i64::MAX, |last| now.seconds_since(last));
    match wait_seconds(count, free) - waited {
        seconds if seconds > 0 => Err(Refusal::Throttled { seconds }.into()),
        _ => Ok(()),
    }
}

/// Ends the log-in that is being used.
pub fn log_out(house: &House, actor: &Actor, login: LoginId) -> Done<()> {
    actor.may(Action::LogOut)?;
    let Some(account) = actor.account() else { return Ok(()) };
    house.store.write(|conn| store::logins::end(conn, account, login).map_err(Error::from))
}
