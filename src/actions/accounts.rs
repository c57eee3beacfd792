//! Logging in and out, passwords, one's own account, and closing somebody's.

use super::{Act, Done, Error, House, link_requests, members};
use addresses::Page;
use credentials::{self, Token};
use domain::access::{Action, Actor, Subject};
use domain::accounts::{
    FAILURES_COUNT_MINUTES, FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, RESET_HOURS, Refusal, check_password,
    wait_seconds,
};
use domain::calendar::Instant;
use domain::ids::{AccountId, LoginId};
use domain::letters::{AccountNews, Message};
use domain::text::{Language, Name};
use store::accounts::Lock;
use store::journal::Line;
use store::links::{Key, Purpose};
use store::{self, Conn};

/// Opens a log-in and answers whose it is, and the secret for the cookie. Wrong address and wrong password cannot be
/// told apart, neither by what is said nor by how long it takes.
pub fn log_in(
    house: &House,
    actor: &Actor,
    (email, password): (&str, &str),
    address: &str,
    agent: &str,
) -> Done<(AccountId, Token)> {
    actor.may(Action::LogIn)?;
    let email = email.trim().to_lowercase();
    let tries = count_try(house, (actor, Action::LogIn), &email, Some(address))?;
    let lock = house.store.read(|conn| store::accounts::lock_of(conn, &email))?;
    let open = lock.as_ref().filter(|l| l.disabled_at.is_none());
    let right = house.passwords.check(password, open.and_then(|l| l.password.as_deref()));
    let (true, Some(lock)) = (right, open) else { return Err(Refusal::WrongLogIn.into()) };
    let token = new_token()?;
    house.act(actor, Action::LogIn, |act| {
        forget_tries(act.conn, &email, &tries)?;
        Ok(store::logins::open(act.conn, &token.digest(), lock.id, agent, act.now)?)
    })?;
    Ok((lock.id, token))
}

fn new_token() -> Done<Token> {
    Token::new().map_err(|e| Error::Fault(e.to_string()))
}

/// Under which name the failures of an account are counted, whether it exists or not.
fn subject_of(email: &str) -> String {
    format!("account:{}", credentials::digest(email))
}

/// Counts a try as a failure before its password is looked at, so that many at the same moment count
/// too; refuses when it comes too soon after too many. What is answered takes the count back.
fn count_try(
    house: &House,
    (actor, action): (&Actor, Action),
    email: &str,
    address: Option<&str>,
) -> Done<Vec<i64>> {
    let mut subjects = vec![(subject_of(email), FREE_FAILURES)];
    subjects.extend(address.map(|a| (format!("address:{a}"), FREE_FAILURES_OF_ADDRESS)));
    house.act(actor, action, |act| {
        for (subject, free) in &subjects {
            throttle(act, subject, *free)?;
        }
        let counted = subjects.iter().map(|(name, _)| store::accounts::add_failure(act.conn, name, act.now));
        Ok(counted.collect::<Result<_, _>>()?)
    })
}

/// The password was right: the account has a clean slate, its address one failure less.
///
/// The account's rows go first, all in one statement: two log-ins of one account that each began
/// with a row of their own would wait for each other.
fn forget_tries(conn: &mut Conn, email: &str, tries: &[i64]) -> Done<()> {
    store::accounts::forget_failures(conn, &subject_of(email))?;
    for number in tries {
        store::accounts::take_back_failure(conn, *number)?;
    }
    Ok(())
}

fn throttle(act: &mut Act<'_>, subject: &str, free: i64) -> Done<()> {
    let (count, last) =
        store::accounts::failures(act.conn, subject, act.now.plus_minutes(-FAILURES_COUNT_MINUTES))?;
    let waited = last.map_or(i64::MAX, |last| act.now.seconds_since(last));
    match wait_seconds(count, free) - waited {
        seconds if seconds > 0 => Err(Refusal::Throttled { seconds }.into()),
        _ => Ok(()),
    }
}

/// Ends the log-in that is being used.
pub fn log_out(house: &House, actor: &Actor, login: LoginId) -> Done<()> {
    house.act(actor, Action::LogOut, |act| {
        let Some(account) = act.actor.account() else { return Ok(()) };
        Ok(store::logins::end(act.conn, account, login, act.now)?)
    })
}

/// Asks for a letter with a link that sets a new password. Nothing that is said or done here tells whether the address
/// has an account; who asks too often is not written to again.
pub fn ask_reset(house: &House, actor: &Actor, email: &str) -> Done<()> {
    house.act(actor, Action::SetPassword, |act| link_requests::ask(act, &email.trim().to_lowercase(), None))
}

/// Writes the letter that [`ask_reset`] asked for, if there is an account to write to.
pub(super) fn send_reset(act: &mut Act<'_>, email: &str) -> Done<()> {
    let lock = store::accounts::lock_of(act.conn, email)?;
    let Some(lock) = lock.filter(|l| l.disabled_at.is_none()) else { return Ok(()) };
    let (token, until) = (new_token()?, act.now.plus_hours(RESET_HOURS));
    store::links::add(act.conn, &token.digest(), Purpose::Reset(lock.id), until)?;
    let to = store::accounts::addressee(act.conn, lock.id)?;
    let message =
        Message::Account { link: access_link(act.house, &token), news: AccountNews::Reset { until } };
    act.post(&to, &message)
}

/// Where a link that sets a password leads.
pub(super) fn access_link(house: &House, token: &Token) -> String {
    house.sender.link(&Page::Access(token.as_str()))
}

/// The account whose password a link sets. Looking uses nothing up: mail scanners look too.
pub fn account_of_link(house: &House, actor: &Actor, secret: &str) -> Done<Lock> {
    actor.may(Action::SetPassword)?;
    let now = house.clock.now();
    house.store.read(|conn| Ok(unlocked(conn, secret, now)?.1))
}

fn unlocked(conn: &mut Conn, secret: &str, now: Instant) -> Done<(Key, Lock)> {
    let key = match store::links::key(conn, &credentials::digest(secret), now) {
        Err(store::Error::Missing) => return Err(Refusal::LinkSpent.into()),
        other => other?,
    };
    let lock = store::accounts::lock(conn, key.account)?;
    if lock.disabled_at.is_some() { Err(Refusal::LinkSpent.into()) } else { Ok((key, lock)) }
}

/// Sets the password by a link, which it uses up with every other link and log-in of the account,
/// and opens a new log-in.
pub fn set_password(house: &House, actor: &Actor, secret: &str, password: &str, agent: &str) -> Done<Token> {
    let lock = account_of_link(house, actor, secret)?;
    check_password(password, &lock.name, &lock.email)?;
    let hash = house.passwords.hash(password).map_err(|e| Error::Fault(e.to_string()))?;
    let token = new_token()?;
    house.act(actor, Action::SetPassword, |act| {
        let (key, lock) = unlocked(act.conn, secret, act.now)?;
        match store::links::spend(act.conn, key.link, act.now) {
            Err(store::Error::Missing) => return Err(Refusal::LinkSpent.into()),
            other => other?,
        }
        tell_person(act.conn, &key)?;
        store::accounts::set_password(act.conn, lock.id, &hash)?;
        if lock.password.is_none() {
            members::come_in(act, lock.id)?;
        }
        store::links::end_of_account(act.conn, lock.id, act.now)?;
        store::logins::end_others(act.conn, lock.id, None, act.now)?;
        store::accounts::forget_failures(act.conn, &subject_of(&lock.email))?;
        Ok(store::logins::open(act.conn, &token.digest(), lock.id, agent, act.now)?)
    })?;
    Ok(token)
}

/// The link reached the mailbox: the account learns who it is, unless one of both is taken meanwhile.
fn tell_person(conn: &mut Conn, key: &Key) -> Done<()> {
    let Some(person) = key.person else { return Ok(()) };
    match (store::accounts::person_of(conn, key.account)?, store::accounts::of_person(conn, person)?) {
        (None, None) => Ok(store::accounts::set_person(conn, key.account, person)?),
        (Some(known), _) if known == person => Ok(()),
        (Some(_), _) | (None, Some(_)) => Err(Refusal::LinkSpent.into()),
    }
}

/// Changes one's own password and ends the other log-ins. Failures count like those of a log-in.
pub fn change_password(
    house: &House,
    actor: &Actor,
    login: LoginId,
    current: &str,
    password: &str,
) -> Done<()> {
    const ACTION: Action = Action::KeepOwnAccount;
    let account = own_account(actor)?;
    let lock = house.store.read(|conn| store::accounts::lock(conn, account))?;
    let tries = count_try(house, (actor, ACTION), &lock.email, None)?;
    if !house.passwords.check(current, lock.password.as_deref()) {
        return Err(Refusal::WrongPassword.into());
    }
    house.act(actor, ACTION, |act| forget_tries(act.conn, &lock.email, &tries))?;
    check_password(password, &lock.name, &lock.email)?;
    let hash = house.passwords.hash(password).map_err(|e| Error::Fault(e.to_string()))?;
    house.act(actor, ACTION, |act| {
        store::accounts::set_password(act.conn, account, &hash)?;
        store::links::end_of_account(act.conn, account, act.now)?;
        Ok(store::logins::end_others(act.conn, account, Some(login), act.now)?)
    })
}

fn own_account(actor: &Actor) -> Done<AccountId> {
    actor.may(Action::KeepOwnAccount)?;
    actor.account().ok_or_else(|| store::Error::Missing.into())
}

/// Changes the name under which one is shown, and the language one reads.
pub fn edit_own(house: &House, actor: &Actor, name: &Name, language: Language) -> Done<()> {
    let account = own_account(actor)?;
    house.act(actor, Action::KeepOwnAccount, |act| {
        store::accounts::set_name(act.conn, account, name)?;
        Ok(store::accounts::set_language(act.conn, account, language)?)
    })
}

/// Keeps the language that somebody who is logged in has chosen.
pub fn set_language(house: &House, actor: &Actor, language: Language) -> Done<()> {
    let account = own_account(actor)?;
    house.act(actor, Action::KeepOwnAccount, |act| {
        Ok(store::accounts::set_language(act.conn, account, language)?)
    })
}

/// Ends one of one's own log-ins.
pub fn end_login(house: &House, actor: &Actor, login: LoginId) -> Done<()> {
    let account = own_account(actor)?;
    house.act(actor, Action::KeepOwnAccount, |act| Ok(store::logins::end(act.conn, account, login, act.now)?))
}

/// Ends all of one's own log-ins but the one in use.
pub fn end_other_logins(house: &House, actor: &Actor, keep: LoginId) -> Done<()> {
    let account = own_account(actor)?;
    house.act(actor, Action::KeepOwnAccount, |act| {
        Ok(store::logins::end_others(act.conn, account, Some(keep), act.now)?)
    })
}

/// Closes an account to its owner: its log-ins and links end. What it did stays. Answers its name.
pub fn disable(house: &House, actor: &Actor, account: AccountId) -> Done<String> {
    house.act(actor, Action::DisableAccount, |act| {
        if act.actor.account() == Some(account) {
            return Err(Refusal::OwnAccount.into());
        }
        let name = store::accounts::lock(act.conn, account)?.name;
        store::accounts::set_disabled(act.conn, account, Some(act.now))?;
        store::logins::end_others(act.conn, account, None, act.now)?;
        store::links::end_of_account(act.conn, account, act.now)?;
        note(act, account, "account_disabled")?;
        Ok(name)
    })
}

/// Opens again an account that was disabled, and answers its name.
pub fn enable(house: &House, actor: &Actor, account: AccountId) -> Done<String> {
    house.act(actor, Action::DisableAccount, |act| {
        let name = store::accounts::lock(act.conn, account)?.name;
        store::accounts::set_disabled(act.conn, account, None)?;
        note(act, account, "account_enabled")?;
        Ok(name)
    })
}

fn note(act: &mut Act<'_>, account: AccountId, kind: &str) -> Done<()> {
    let line = Line { kind, reference: &format!("account:{account}"), ..Line::default() };
    act.note(Subject::Installation, &[line])
}
