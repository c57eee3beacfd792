//! Who belongs to which organisation, in which role.

use super::backend::Backend;
use super::organisations::{Row, capacities_of};
use super::schema::{accounts, capacities, memberships, organisations, partners, programmes};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::dsl::{InnerJoin, IntoBoxed, exists, not};
use diesel::prelude::*;
use domain::access::{Extent, KEEPERS, Reach, Role};
use domain::calendar::Day;
use domain::ids::{AccountId, MembershipId, OrganisationId};
use domain::letters::Addressee;
use domain::organisations::{Capacity, Organisation};
use domain::text::Language;

type Members = IntoBoxed<'static, InnerJoin<memberships::table, accounts::table>, Backend>;

// Members and their accounts once more, within a question about other members.
diesel::alias!(memberships as keeping: Keeping, accounts as keeper: Keeper);

/// Whether a role keeps an organisation. Written out, so that the statement is kept prepared by its type: pages ask it.
macro_rules! is_keeper {
    ($role:expr) => {{
        let [first, second, third, fourth, fifth] = KEEPERS;
        $role.eq(first).or($role.eq(second)).or($role.eq(third)).or($role.eq(fourth)).or($role.eq(fifth))
    }};
}

/// Memberships by which organisations have people of their own on a day: those who keep them and have answered their
/// invitation. Who is suspended for a while has not left. A macro, like the next one: what stands within another query has a type of its own.
macro_rules! keeping {
    ($today:expr) => {{
        let of = keeping.field(memberships::account_id);
        keeping
            .inner_join(keeper.on(keeper.field(accounts::id).eq(of)))
            .filter(is_keeper!(keeping.field(memberships::role)))
            .filter(keeping.field(memberships::starts_on).le($today))
            .filter(
                keeping
                    .field(memberships::ends_on)
                    .is_null()
                    .or(keeping.field(memberships::ends_on).ge($today)),
            )
            .filter(keeper.field(accounts::password).is_not_null())
    }};
}

/// The organisations that an operator keeps on a day: itself, and those that came in by a programme of its, while they
/// have no people of their own.
macro_rules! kept_by {
    ($operator:expr, $today:expr) => {{
        let brought_in = partners::table
            .inner_join(programmes::table)
            .filter(partners::organisation_id.eq(organisations::id).and(partners::is_first))
            .filter(programmes::operator_id.eq($operator));
        let own = keeping.field(memberships::organisation_id).eq(organisations::id.nullable());
        let is_orphan = exists(brought_in).and(not(exists(keeping!($today).filter(own))));
        organisations::table.filter(organisations::id.eq($operator).or(is_orphan))
    }};
}

/// Whether an organisation has people of its own on a day, or somebody who was invited to be the first of them.
pub fn has_keepers(conn: &mut Conn, organisation: OrganisationId, today: Day) -> Kept<bool> {
    let kept = memberships::table
        .filter(memberships::organisation_id.eq(organisation))
        .filter(is_keeper!(memberships::role))
        .filter(memberships::starts_on.le(today))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)));
    Ok(diesel::select(exists(kept)).get_result(conn)?)
}

/// Whether somebody keeps an organisation on a day who has answered their invitation, suspended or not.
pub fn keeps_itself(conn: &mut Conn, organisation: OrganisationId, today: Day) -> Kept<bool> {
    let own = keeping!(today).filter(keeping.field(memberships::organisation_id).eq(organisation));
    Ok(diesel::select(exists(own)).get_result(conn)?)
}

/// Those who can answer for an organisation on a day, each once: letters to it go to them. Nobody where all are suspended or
/// still invited.
pub fn keepers_of(
    conn: &mut Conn,
    organisation: OrganisationId,
    today: Day,
) -> Kept<Vec<(AccountId, Addressee)>> {
    let found: Vec<(AccountId, String, String, Language)> = keeping!(today)
        .filter(keeping.field(memberships::organisation_id).eq(organisation))
        .filter(keeper.field(accounts::disabled_at).is_null())
        .order(keeper.field(accounts::id))
        .select(keeper.fields((accounts::id, accounts::email, accounts::name, accounts::language)))
        .distinct()
        .load(conn)?;
    let addressed = |(id, email, name, language)| (id, Addressee { email, name, language });
    Ok(found.into_iter().map(addressed).collect())
}

/// Memberships that a reach covers on a day, with their accounts: those of one's own organisation, and for an operator
/// those of the organisations that its programmes brought in, while they have no people of their own.
fn within(reach: &Reach, today: Day) -> Members {
    let all = memberships::table.inner_join(accounts::table).into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::OperatedBy(operator) => {
            let to_keep = kept_by!(operator, today)
                .filter(organisations::id.nullable().eq(memberships::organisation_id));
            all.filter(exists(to_keep))
        }
        Extent::TrainingBody(own) | Extent::Company(own) | Extent::Certifier(own) | Extent::Figures(own) => {
            all.filter(memberships::organisation_id.eq(own))
        }
        _ => all.filter(memberships::id.lt(MembershipId(0))),
    }
}

/// What people are invited into: an organisation, or the installation itself.
#[derive(Debug, Clone)]
pub struct House {
    pub id: Option<OrganisationId>,
    /// Empty for the installation.
    pub name: String,
    /// None for the installation.
    pub capacities: Option<Vec<Capacity>>,
}

/// The organisation, if the reach covers its members; without one the installation, for who
/// reaches everything.
pub fn house(conn: &mut Conn, reach: &Reach, id: Option<OrganisationId>, today: Day) -> Kept<House> {
    let Some(organisation) = id else {
        return match reach.extent() {
            Extent::Everything => Ok(House { id: None, name: String::new(), capacities: None }),
            _ => Err(Error::Missing),
        };
    };
    let name = match reach.extent() {
        Extent::OperatedBy(operator) if operator != organisation => kept_by!(operator, today)
            .filter(organisations::id.eq(organisation))
            .select(organisations::name)
            .first(conn)?,
        _ if covers(conn, reach, organisation, today)? => {
            organisations::table.find(organisation).select(organisations::name).first(conn)?
        }
        _ => return Err(Error::Missing),
    };
    let held = capacities::table
        .filter(capacities::organisation_id.eq(organisation))
        .order(capacities::capacity)
        .select(capacities::capacity)
        .load(conn)?;
    Ok(House { id, name, capacities: Some(held) })
}

/// Whether a reach covers the members of an organisation on a day: who keeps it, so to speak.
pub fn covers(conn: &mut Conn, reach: &Reach, organisation: OrganisationId, today: Day) -> Kept<bool> {
    match reach.extent() {
        Extent::Everything => Ok(true),
        Extent::OperatedBy(operator) if operator == organisation => Ok(true),
        Extent::OperatedBy(operator) => {
            let kept = kept_by!(operator, today).filter(organisations::id.eq(organisation));
            let kept: Option<OrganisationId> = kept.select(organisations::id).first(conn).optional()?;
            Ok(kept.is_some())
        }
        Extent::TrainingBody(own) | Extent::Company(own) | Extent::Certifier(own) | Extent::Figures(own) => {
            Ok(own == organisation)
        }
        _ => Ok(false),
    }
}

/// An organisation that the reach covers on a day in this way.
pub fn kept(conn: &mut Conn, reach: &Reach, id: OrganisationId, today: Day) -> Kept<Organisation> {
    match reach.extent() {
        Extent::OperatedBy(operator) if operator != id => {
            let kept = kept_by!(operator, today).filter(organisations::id.eq(id));
            let row = kept.select(Row::as_select()).first(conn)?;
            row.whole(capacities_of(conn, id)?)
        }
        _ if covers(conn, reach, id, today)? => super::organisations::get(conn, reach, id),
        _ => Err(Error::Missing),
    }
}

/// Somebody's part in an organisation.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = memberships)]
pub struct Member {
    pub id: MembershipId,
    #[diesel(column_name = account_id)]
    pub account: AccountId,
    #[diesel(column_name = organisation_id)]
    pub organisation: Option<OrganisationId>,
    #[diesel(select_expression = accounts::name)]
    pub name: String,
    #[diesel(select_expression = accounts::email)]
    pub email: String,
    pub role: Role,
    pub starts_on: Day,
    pub ends_on: Option<Day>,
    /// Whether the invitation still waits for its answer.
    #[diesel(select_expression = accounts::password.is_null())]
    pub is_invited: bool,
}

impl Member {
    pub fn is_over(&self, today: Day) -> bool {
        self.ends_on.is_some_and(|last| last < today)
    }
}

/// The members on a day of a house that was found within reach, by name; of the installation, the administrators.
pub fn list(conn: &mut Conn, house: &House, today: Day, after: Option<MembershipId>) -> Kept<Page<Member>> {
    let mut members = memberships::table
        .inner_join(accounts::table)
        .into_boxed()
        .filter(memberships::starts_on.le(today))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)));
    members = match house.id {
        Some(organisation) => members.filter(memberships::organisation_id.eq(organisation)),
        None => members.filter(memberships::organisation_id.is_null()),
    };
    if let Some(after) = after {
        let last: String = memberships::table
            .inner_join(accounts::table)
            .filter(memberships::id.eq(after))
            .select(accounts::search_key)
            .first(conn)?;
        let later = accounts::search_key.eq(last.clone()).and(memberships::id.gt(after));
        members = members.filter(accounts::search_key.gt(last).or(later));
    }
    let rows: Vec<Member> = members
        .order((accounts::search_key, memberships::id))
        .limit(ROWS_AND_ONE)
        .select(Member::as_select())
        .load(conn)?;
    Ok(Page::cut(rows, |m| m.id.to_string()))
}

/// A part within reach, also one that is over.
pub fn get(conn: &mut Conn, reach: &Reach, id: MembershipId, today: Day) -> Kept<Member> {
    let part = memberships::table.inner_join(accounts::table).filter(memberships::id.eq(id));
    let member: Member = part.select(Member::as_select()).first(conn)?;
    let is_covered = match member.organisation {
        Some(organisation) => covers(conn, reach, organisation, today)?,
        None => reach.extent() == Extent::Everything,
    };
    if is_covered { Ok(member) } else { Err(Error::Missing) }
}

/// A part that an account holds on a day within reach: who reaches one may write to its owner.
pub fn any_of(
    conn: &mut Conn,
    reach: &Reach,
    account: AccountId,
    today: Day,
) -> Kept<Option<OrganisationId>> {
    Ok(within(reach, today)
        .filter(memberships::account_id.eq(account))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .order(memberships::id)
        .select(memberships::organisation_id)
        .first(conn)?)
}

/// The organisations of which an account is the only one to have answered, among those who keep them on a day.
pub fn first_kept(conn: &mut Conn, account: AccountId, today: Day) -> Kept<Vec<OrganisationId>> {
    let others = keeping!(today)
        .filter(keeping.field(memberships::organisation_id).eq(memberships::organisation_id))
        .filter(keeping.field(memberships::account_id).ne(account));
    let first: Vec<Option<OrganisationId>> = memberships::table
        .filter(memberships::account_id.eq(account).and(is_keeper!(memberships::role)))
        .filter(memberships::organisation_id.is_not_null().and(memberships::starts_on.le(today)))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .filter(not(exists(others)))
        .select(memberships::organisation_id)
        .distinct()
        .load(conn)?;
    Ok(first.into_iter().flatten().collect())
}

/// The parts in an organisation on a day whose invitations wait for an answer, but an account's own.
pub fn invited(
    conn: &mut Conn,
    organisation: OrganisationId,
    but: AccountId,
    today: Day,
) -> Kept<Vec<Member>> {
    Ok(memberships::table
        .inner_join(accounts::table)
        .filter(memberships::organisation_id.eq(organisation).and(memberships::account_id.ne(but)))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .filter(accounts::password.is_null())
        .order(memberships::id)
        .select(Member::as_select())
        .load(conn)?)
}

/// Whether an account holds a role in an organisation on a day.
pub fn is_held(
    conn: &mut Conn,
    account: AccountId,
    organisation: Option<OrganisationId>,
    role: Role,
    today: Day,
) -> Kept<bool> {
    let held = memberships::table
        .filter(memberships::account_id.eq(account).and(memberships::role.eq(role)))
        .filter(memberships::ends_on.is_null().or(memberships::ends_on.ge(today)))
        .into_boxed();
    let held = match organisation {
        Some(organisation) => held.filter(memberships::organisation_id.eq(organisation)),
        None => held.filter(memberships::organisation_id.is_null()),
    };
    let found: Option<MembershipId> = held.select(memberships::id).first(conn).optional()?;
    Ok(found.is_some())
}

/// Ends a part: this was its last day, or the day before.
pub fn end(conn: &mut Conn, id: MembershipId, last_day: Day) -> Kept<()> {
    diesel::update(memberships::table.find(id)).set(memberships::ends_on.eq(Some(last_day))).execute(conn)?;
    Ok(())
}
