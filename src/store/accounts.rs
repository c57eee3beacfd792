//! Accounts, their memberships, and the log-ins that failed.

use super::schema::{accounts, failures, memberships};
use super::{Conn, Kept};
use crate::domain::access::Role;
use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::{AccountId, MembershipId, OrganisationId, PersonId};
use crate::domain::letters::Addressee;
use crate::domain::people::EmailAddress;
use crate::domain::text::{Language, Name};
use diesel::prelude::*;

/// What the log-in compares.
#[derive(Debug, Clone, Queryable)]
pub struct Lock {
    pub id: AccountId,
    pub name: String,
    pub email: String,
    pub password: Option<String>,
    pub disabled_at: Option<Instant>,
}

const LOCK: (accounts::id, accounts::name, accounts::email, accounts::password, accounts::disabled_at) =
    (accounts::id, accounts::name, accounts::email, accounts::password, accounts::disabled_at);

pub fn lock_of(conn: &mut Conn, email: &str) -> Kept<Option<Lock>> {
    Ok(accounts::table.filter(accounts::email.eq(email)).select(LOCK).first(conn).optional()?)
}

pub fn lock(conn: &mut Conn, id: AccountId) -> Kept<Lock> {
    Ok(accounts::table.find(id).select(LOCK).first(conn)?)
}

/// Opens an account without a password; the invitation sets it.
pub fn add(
    conn: &mut Conn,
    email: &EmailAddress,
    name: &Name,
    person: Option<PersonId>,
    language: Language,
    now: Instant,
) -> Kept<AccountId> {
    Ok(diesel::insert_into(accounts::table)
        .values((
            accounts::email.eq(email),
            accounts::name.eq(name),
            accounts::person_id.eq(person),
            accounts::language.eq(language),
            accounts::created_at.eq(now),
        ))
        .returning(accounts::id)
        .get_result(conn)?)
}

pub fn set_password(conn: &mut Conn, id: AccountId, hash: &str) -> Kept<()> {
    diesel::update(accounts::table.find(id)).set(accounts::password.eq(Some(hash))).execute(conn)?;
    Ok(())
}

pub fn set_language(conn: &mut Conn, id: AccountId, language: Language) -> Kept<()> {
    diesel::update(accounts::table.find(id)).set(accounts::language.eq(language)).execute(conn)?;
    Ok(())
}

/// Gives an account a part in an organisation.
pub fn add_membership(
    conn: &mut Conn,
    account: AccountId,
    organisation: Option<OrganisationId>,
    role: Role,
    starts_on: Day,
    ends_on: Option<Day>,
) -> Kept<MembershipId> {
    Ok(diesel::insert_into(memberships::table)
        .values((
            memberships::account_id.eq(account),
            memberships::organisation_id.eq(organisation),
            memberships::role.eq(role),
            memberships::starts_on.eq(starts_on),
            memberships::ends_on.eq(ends_on),
        ))
        .returning(memberships::id)
        .get_result(conn)?)
}

/// Failures of a subject since a moment, and the last of them.
pub fn failures(conn: &mut Conn, subject: &str, since: Instant) -> Kept<(i64, Option<Instant>)> {
    use diesel::dsl::{count_star, max};
    Ok(failures::table
        .filter(failures::subject.eq(subject).and(failures::at.gt(since)))
        .select((count_star(), max(failures::at)))
        .first(conn)?)
}

pub fn add_failure(conn: &mut Conn, subject: &str, now: Instant) -> Kept<()> {
    diesel::insert_into(failures::table)
        .values((failures::subject.eq(subject), failures::at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Who logs in again has a clean slate.
pub fn forget_failures(conn: &mut Conn, subject: &str) -> Kept<()> {
    diesel::delete(failures::table.filter(failures::subject.eq(subject))).execute(conn)?;
    Ok(())
}

pub fn sweep_failures(conn: &mut Conn, before: Instant) -> Kept<usize> {
    Ok(diesel::delete(failures::table.filter(failures::at.lt(before))).execute(conn)?)
}

/// The first member who manages an organisation today: where answers to its letters go.
pub fn contact_of(conn: &mut Conn, organisation: OrganisationId) -> Kept<Option<Addressee>> {
    let managers = [Role::Employer, Role::TrainingManager, Role::Certifier, Role::Operator];
    let found: Option<(String, String, Language)> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::organisation_id.eq(organisation).and(memberships::role.eq_any(managers)))
        .filter(memberships::ends_on.is_null().and(accounts::disabled_at.is_null()))
        .order(memberships::id)
        .select((accounts::email, accounts::name, accounts::language))
        .first(conn)
        .optional()?;
    Ok(found.map(|(email, name, language)| Addressee { email, name, language }))
}

/// An account as somebody to write to.
pub fn addressee(conn: &mut Conn, id: AccountId) -> Kept<Addressee> {
    let (email, name, language) =
        accounts::table.find(id).select((accounts::email, accounts::name, accounts::language)).first(conn)?;
    Ok(Addressee { email, name, language })
}
