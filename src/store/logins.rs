//! Who is logged in, in which part. The only place that makes an actor of an account.

use super::schema::{accounts, logins, memberships, organisations};
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::access::{Actor, Membership, Part, Reach, Role};
use domain::calendar::{Instant, Zone};
use domain::ids::{AccountId, LoginId, MembershipId, OrganisationId, PersonId};
use domain::text::Language;

/// A log-in ends this many days after it was last used.
const IDLE_DAYS: i64 = 14;
/// It is known so many hours longer, so that what its owner was writing is not lost.
const ENDED_HOURS: i64 = 24;
/// The part of a trainee, in links.
const TRAINEE: &str = "stagiaire";
/// `seen_at` is not written again before this many seconds, so that reading pages writes nothing.
const SEEN_EVERY: i64 = 600;

/// A part that an account may act in, with the name it is known by.
#[derive(Debug, Clone)]
pub struct Choice {
    pub part: Part,
    pub role: Role,
    /// The organisation, or the person for a trainee.
    pub of: String,
}

/// A log-in that holds, and all that the bar of a page shows.
#[derive(Debug, Clone)]
pub struct Login {
    pub id: LoginId,
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub person: Option<PersonId>,
    pub chosen: Option<Part>,
    /// Every part that the account holds today.
    pub choices: Vec<Choice>,
    pub seen_at: Instant,
}

impl Login {
    pub fn actor(&self) -> Actor {
        Actor::logged_in(self.account, self.chosen)
    }

    /// The part named in a link (`?comme=`), if the account holds it.
    pub fn part_named(&self, name: &str) -> Option<Part> {
        self.choices.iter().map(|c| c.part).find(|p| part_name(*p) == name)
    }

    /// Whether it is time to write down that it was used.
    pub fn is_due(&self, now: Instant) -> bool {
        now.seconds_since(self.seen_at) >= SEEN_EVERY
    }
}

/// How a part is named in links: the number of the membership, or `stagiaire`.
pub fn part_name(part: Part) -> String {
    match part {
        Part::Member(member) => member.id.to_string(),
        Part::Trainee(_) => TRAINEE.to_owned(),
    }
}

/// A log-in and its account.
#[derive(Queryable, Selectable)]
#[diesel(table_name = logins)]
struct Found {
    id: LoginId,
    #[diesel(select_expression = logins::membership_id)]
    membership: Option<MembershipId>,
    as_trainee: bool,
    seen_at: Instant,
    #[diesel(select_expression = accounts::id)]
    account: AccountId,
    #[diesel(select_expression = accounts::name)]
    name: String,
    #[diesel(select_expression = accounts::email)]
    email: String,
    #[diesel(select_expression = accounts::language)]
    language: Language,
    #[diesel(select_expression = accounts::person_id)]
    person: Option<PersonId>,
}

/// A membership and the name of its organisation.
#[derive(Queryable, Selectable)]
#[diesel(table_name = memberships)]
struct Held {
    id: MembershipId,
    role: Role,
    #[diesel(select_expression = memberships::organisation_id)]
    organisation: Option<OrganisationId>,
}

/// The log-in that a cookie's digest names, if it still holds. One query: every page begins with it.
pub fn find(conn: &mut Conn, digest: &str, now: Instant) -> Kept<Option<Login>> {
    let today = now.day(Zone::OFFICE);
    let held_today = memberships::account_id
        .eq(accounts::id)
        .and(memberships::starts_on.le(today))
        .and(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)));
    let rows: Vec<(Found, Option<Held>, Option<String>)> = logins::table
        .inner_join(accounts::table)
        .left_join(memberships::table.on(held_today))
        .left_join(organisations::table.on(organisations::id.nullable().eq(memberships::organisation_id)))
        .filter(
            logins::digest.eq(digest).and(logins::expires_at.gt(now)).and(accounts::disabled_at.is_null()),
        )
        .order(memberships::id)
        .select((Found::as_select(), Option::<Held>::as_select(), organisations::name.nullable()))
        .load(conn)?;
    let mut found = None;
    let mut held = Vec::new();
    for (login, member, of) in rows {
        found.get_or_insert(login);
        held.extend(member.map(|member| (member, of)));
    }
    let Some(found) = found else { return Ok(None) };
    let choices = offered(held, found.person);
    let chosen = choices
        .iter()
        .map(|c| c.part)
        .find(|part| match part {
            Part::Trainee(_) => found.as_trainee,
            Part::Member(member) => !found.as_trainee && Some(member.id) == found.membership,
        })
        .or_else(|| choices.first().map(|c| c.part));
    Ok(Some(Login {
        id: found.id,
        account: found.account,
        name: found.name,
        email: found.email,
        language: found.language,
        person: found.person,
        chosen,
        choices,
        seen_at: found.seen_at,
    }))
}

/// A log-in that ended within the last day.
#[derive(Debug, Clone)]
pub struct Ended {
    pub account: AccountId,
    /// The name of the part that it acted in.
    pub part: Option<String>,
}

/// The log-in that a cookie's digest named, if it ended within the last day and its account is open.
pub fn ended(conn: &mut Conn, digest: &str, now: Instant) -> Kept<Option<Ended>> {
    let found: Option<(AccountId, Option<MembershipId>, bool)> = logins::table
        .inner_join(accounts::table)
        .filter(logins::digest.eq(digest).and(accounts::disabled_at.is_null()))
        .filter(logins::expires_at.le(now).and(logins::expires_at.gt(now.plus_hours(-ENDED_HOURS))))
        .select((logins::account_id, logins::membership_id, logins::as_trainee))
        .first(conn)
        .optional()?;
    Ok(found.map(|(account, membership, as_trainee)| {
        let trainee = as_trainee.then(|| TRAINEE.to_owned());
        Ended { account, part: membership.map(|id| id.to_string()).or(trainee) }
    }))
}

/// What an account may choose from: memberships by number, then the person's own path.
fn offered(held: Vec<(Held, Option<String>)>, person: Option<PersonId>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = held
        .into_iter()
        .map(|(Held { id, role, organisation }, of)| Choice {
            part: Part::Member(Membership { id, role, organisation }),
            role,
            of: of.unwrap_or_default(),
        })
        .collect();
    if let Some(person) = person {
        choices.push(Choice { part: Part::Trainee(person), role: Role::Trainee, of: String::new() });
    }
    choices
}

/// Opens a log-in; the part is the first that the account holds until another is chosen.
pub fn open(conn: &mut Conn, digest: &str, account: AccountId, agent: &str, now: Instant) -> Kept<()> {
    diesel::insert_into(logins::table)
        .values((
            logins::digest.eq(digest),
            logins::account_id.eq(account),
            logins::as_trainee.eq(false),
            logins::agent.eq(agent),
            logins::created_at.eq(now),
            logins::seen_at.eq(now),
            logins::expires_at.eq(now.plus_days(IDLE_DAYS)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes down that a log-in was used, and in which part.
pub fn touch(conn: &mut Conn, login: &Login, now: Instant) -> Kept<()> {
    let (membership, as_trainee) = match login.chosen {
        Some(Part::Member(member)) => (Some(member.id), false),
        Some(Part::Trainee(_)) => (None, true),
        None => (None, false),
    };
    diesel::update(logins::table.find(login.id))
        .set((
            logins::membership_id.eq(membership),
            logins::as_trainee.eq(as_trainee),
            logins::seen_at.eq(now),
            logins::expires_at.eq(now.plus_days(IDLE_DAYS)),
        ))
        .execute(conn)?;
    Ok(())
}

/// A log-in as the account's owner sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Open {
    pub id: LoginId,
    pub agent: String,
    pub created_at: Instant,
    pub seen_at: Instant,
}

/// The log-ins of one's own account that still hold, last used first.
pub fn of_account(conn: &mut Conn, _reach: &Reach, account: AccountId, now: Instant) -> Kept<Vec<Open>> {
    Ok(logins::table
        .filter(logins::account_id.eq(account).and(logins::expires_at.gt(now)))
        .order((logins::seen_at.desc(), logins::id.desc()))
        .limit(50)
        .select((logins::id, logins::agent, logins::created_at, logins::seen_at))
        .load(conn)?)
}

/// Ends one log-in of an account.
pub fn end(conn: &mut Conn, account: AccountId, login: LoginId, now: Instant) -> Kept<()> {
    let own = logins::table.filter(logins::id.eq(login).and(logins::account_id.eq(account)));
    let ended = diesel::update(own.filter(logins::expires_at.gt(now)))
        .set(logins::expires_at.eq(now))
        .execute(conn)?;
    if ended == 0 { Err(super::Error::Missing) } else { Ok(()) }
}

/// Ends every log-in of an account, but the one that is kept.
pub fn end_others(conn: &mut Conn, account: AccountId, keep: Option<LoginId>, now: Instant) -> Kept<()> {
    let own = logins::table.filter(logins::account_id.eq(account).and(logins::expires_at.gt(now)));
    let ended = logins::expires_at.eq(now);
    match keep {
        Some(keep) => diesel::update(own.filter(logins::id.ne(keep))).set(ended).execute(conn)?,
        None => diesel::update(own).set(ended).execute(conn)?,
    };
    Ok(())
}

/// Forgets log-ins that ended a day ago. Answers how many.
pub fn sweep(conn: &mut Conn, now: Instant) -> Kept<usize> {
    let ended = logins::table.filter(logins::expires_at.le(now.plus_hours(-ENDED_HOURS)));
    Ok(diesel::delete(ended).execute(conn)?)
}
