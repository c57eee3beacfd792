//! Accounts, their memberships, and the log-ins that failed.

use super::among::AmongExpression as _;
use super::backend::{Backend, Searched, shapes, words_of};
use super::names::{Way, in_order, past, ways};
use super::schema::{accounts, enrolments, failures, links, memberships, organisations, people, sessions};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use domain::access::{Extent, Reach, Role};
use domain::accounts::{INVITATION_HOURS, Opening};
use domain::calendar::{Day, Instant, Zone};
use domain::ids::{AccountId, MembershipId, OrganisationId, PersonId, SessionId};
use domain::letters::Addressee;
use domain::people::EmailAddress;
use domain::text::{Language, Name};

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

/// The account of a person, if they have one.
pub fn of_person(conn: &mut Conn, person: PersonId) -> Kept<Option<AccountId>> {
    Ok(accounts::table.filter(accounts::person_id.eq(person)).select(accounts::id).first(conn).optional()?)
}

/// Who an account is known to be.
pub fn person_of(conn: &mut Conn, id: AccountId) -> Kept<Option<PersonId>> {
    Ok(accounts::table.find(id).select(accounts::person_id).first(conn)?)
}

/// How far the account of a person is; the caller has found them within its reach.
pub fn opening(conn: &mut Conn, person: PersonId, now: Instant) -> Kept<Opening> {
    let account: Option<(bool, Instant)> = accounts::table
        .filter(accounts::person_id.eq(person))
        .select((accounts::password.is_null(), accounts::created_at))
        .first(conn)
        .optional()?;
    if matches!(account, Some((false, _))) {
        return Ok(Opening::Open);
    }
    let until: Option<Instant> = links::table
        .filter(links::person_id.eq(person).and(links::used_at.is_null()).and(links::until.gt(now)))
        .order(links::until.desc())
        .select(links::until)
        .first(conn)
        .optional()?;
    Ok(match (until, account) {
        (Some(until), _) => Opening::Invited { on: until.plus_hours(-INVITATION_HOURS) },
        (None, Some((_, since))) => Opening::Unanswered { since },
        (None, None) => Opening::NotInvited,
    })
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
            accounts::search_key.eq(name.search_key()),
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

pub fn set_email(conn: &mut Conn, id: AccountId, email: &EmailAddress) -> Kept<()> {
    diesel::update(accounts::table.find(id)).set(accounts::email.eq(email)).execute(conn)?;
    Ok(())
}

/// Tells an account who it is. The caller has seen that neither has another.
pub fn set_person(conn: &mut Conn, id: AccountId, person: PersonId) -> Kept<()> {
    diesel::update(accounts::table.find(id)).set(accounts::person_id.eq(Some(person))).execute(conn)?;
    Ok(())
}

pub fn set_name(conn: &mut Conn, id: AccountId, name: &Name) -> Kept<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::name.eq(name), accounts::search_key.eq(name.search_key())))
        .execute(conn)?;
    Ok(())
}

/// Closes an account to its owner, or opens it again.
pub fn set_disabled(conn: &mut Conn, id: AccountId, since: Option<Instant>) -> Kept<()> {
    diesel::update(accounts::table.find(id)).set(accounts::disabled_at.eq(since)).execute(conn)?;
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

/// Counts a failure; answers its number, by which it can be taken back.
pub fn add_failure(conn: &mut Conn, subject: &str, now: Instant) -> Kept<i64> {
    Ok(diesel::insert_into(failures::table)
        .values((failures::subject.eq(subject), failures::at.eq(now)))
        .returning(failures::id)
        .get_result(conn)?)
}

/// It was no failure after all.
pub fn take_back_failure(conn: &mut Conn, number: i64) -> Kept<()> {
    diesel::delete(failures::table.find(number)).execute(conn)?;
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

/// Who speaks for an organisation.
const MANAGERS: [Role; 4] = [Role::Employer, Role::TrainingManager, Role::Certifier, Role::Operator];

/// Who manages an organisation on a day: where letters to it and answers to its own go. Who has a
/// password comes first, then who came first.
pub fn contact_of(conn: &mut Conn, organisation: OrganisationId, today: Day) -> Kept<Option<Addressee>> {
    let found: Option<(String, String, Language)> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::organisation_id.eq(organisation).and(memberships::role.among(MANAGERS)))
        .filter(memberships::starts_on.le(today).and(accounts::disabled_at.is_null()))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .order((accounts::password.is_null(), memberships::id))
        .select((accounts::email, accounts::name, accounts::language))
        .first(conn)
        .optional()?;
    Ok(found.map(|(email, name, language)| Addressee { email, name, language }))
}

/// Everyone who manages a training body on the day of a moment.
pub fn managers_of(conn: &mut Conn, body: OrganisationId, now: Instant) -> Kept<Vec<(AccountId, Addressee)>> {
    let today = now.day(Zone::OFFICE);
    let found: Vec<(AccountId, String, String, Language)> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::organisation_id.eq(body).and(memberships::role.eq(Role::TrainingManager)))
        .filter(memberships::starts_on.le(today).and(accounts::disabled_at.is_null()))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .order(accounts::id)
        .select((accounts::id, accounts::email, accounts::name, accounts::language))
        .distinct()
        .load(conn)?;
    let keeper = |(id, email, name, language)| (id, Addressee { email, name, language });
    Ok(found.into_iter().map(keeper).collect())
}

/// The training body of a session by its name, and the address of whom one writes to there.
pub fn organiser_of(conn: &mut Conn, session: SessionId, today: Day) -> Kept<(String, Option<String>)> {
    let today = memberships::organisation_id
        .eq(organisations::id.nullable())
        .and(memberships::role.among(MANAGERS))
        .and(memberships::starts_on.le(today))
        .and(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)));
    let open = accounts::id.eq(memberships::account_id).and(accounts::disabled_at.is_null());
    Ok(sessions::table
        .inner_join(organisations::table)
        .left_join(memberships::table.on(today))
        .left_join(accounts::table.on(open))
        .filter(sessions::id.eq(session))
        .order((accounts::id.is_null(), accounts::password.is_null(), memberships::id))
        .select((organisations::name, accounts::email.nullable()))
        .first(conn)?)
}

/// An account as somebody to write to.
pub fn addressee(conn: &mut Conn, id: AccountId) -> Kept<Addressee> {
    let (email, name, language) =
        accounts::table.find(id).select((accounts::email, accounts::name, accounts::language)).first(conn)?;
    Ok(Addressee { email, name, language })
}

/// An account as the administrator's list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub id: AccountId,
    pub name: String,
    pub email: String,
    /// Whether the invitation still waits for its answer.
    pub is_invited: bool,
    pub disabled_at: Option<Instant>,
    pub created_at: Instant,
}

/// Accounts with a name or an address of which some word begins with each word of `query`, by name. Only who reaches
/// everything sees any.
pub fn list(conn: &mut Conn, reach: &Reach, query: &str, after: Option<AccountId>) -> Kept<Page<Listed>> {
    if reach.extent() != Extent::Everything {
        return Ok(Page { rows: Vec::new(), next: None });
    }
    let after: Option<(String, AccountId)> = after
        .map(|id| accounts::table.find(id).select((accounts::search_key, accounts::id)).first(conn))
        .transpose()?;
    let mut rows: Vec<(Listed, String)> = Vec::new();
    for way in ways(conn, Searched::Accounts, "", query)? {
        let mut some = fitting(way);
        if let Some((key, id)) = after.clone() {
            some = some
                .filter(accounts::search_key.ge(key.clone()))
                .filter(accounts::search_key.gt(key).or(accounts::id.gt(id)));
        }
        let columns = (
            accounts::id,
            accounts::name,
            accounts::email,
            accounts::password.is_null(),
            accounts::disabled_at,
            accounts::created_at,
        );
        let some = some.order((accounts::search_key, accounts::id)).limit(ROWS_AND_ONE);
        rows.extend(some.select((columns, accounts::search_key)).load::<(Listed, String)>(conn)?);
    }
    let rows = in_order(rows, ROWS_AND_ONE, |(row, key)| (key, row.id.0));
    Ok(Page::cut(rows.into_iter().map(|(row, _)| row).collect(), |r| r.id.to_string()))
}

/// Accounts on a way. Words of the address count too.
fn fitting(way: Way) -> accounts::BoxedQuery<'static, Backend> {
    let all = accounts::table.into_boxed();
    let (some, patterns) = match way {
        Way::These(ids, patterns) => {
            (all.filter(accounts::id.eq_any(ids.into_iter().map(AccountId))), patterns)
        }
        Way::Beginning(word, others) => {
            let end = past(&word);
            (all.filter(accounts::search_key.ge(word).and(accounts::search_key.lt(end))), others)
        }
        Way::Along(patterns) => (all, patterns),
    };
    patterns.into_iter().fold(some, |some, pattern| {
        let (first, later) = shapes(&pattern.word);
        let words = || words_of(Searched::Accounts);
        some.filter(words().like(first).or(words().like(later)))
    })
}

/// The parts that several accounts hold on a day: role, and organisation where there is one.
pub fn parts_of(
    conn: &mut Conn,
    _reach: &Reach,
    of: &[AccountId],
    today: Day,
) -> Kept<Vec<(AccountId, Role, Option<String>)>> {
    Ok(memberships::table
        .left_join(organisations::table)
        .filter(memberships::account_id.eq_any(of).and(memberships::starts_on.le(today)))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .order(memberships::id)
        .select((memberships::account_id, memberships::role, organisations::name.nullable()))
        .load(conn)?)
}

/// The person whose place a link opens, with what an account needs.
pub fn person_within(conn: &mut Conn, reach: &Reach) -> Kept<PersonId> {
    let Extent::Enrolment(enrolment) = reach.extent() else { return Err(Error::Missing) };
    Ok(enrolments::table.find(enrolment).select(enrolments::person_id).first(conn)?)
}

/// The name and the address of a person, for the account they open.
pub fn to_open(conn: &mut Conn, person: PersonId) -> Kept<(String, Option<EmailAddress>)> {
    let (given, family, email): (String, String, Option<EmailAddress>) = people::table
        .find(person)
        .select((people::given_name, people::family_name, people::email))
        .first(conn)?;
    Ok((format!("{given} {family}"), email))
}
