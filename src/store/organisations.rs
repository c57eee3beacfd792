//! Companies, training bodies and the other parties, and what each of them is.

use super::among::AmongExpression as _;
use super::backend::{self, Backend, Held, Searched};
use super::names::{FEW, Place, Way, if_few, in_order, on_the_way, patterns, ways};
use super::schema::{capacities, organisations, partners, programmes};
use super::{Conn, Error, Kept, Page, Portion};
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::Instant;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::{Activity, Capacity, Nomenclature, Number, Organisation, Profile, Siret};
use domain::reference::CommuneCode;
use domain::text::Name;
use std::collections::HashMap;

fn within(reach: &Reach) -> organisations::BoxedQuery<'static, Backend> {
    let all = organisations::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::OperatedBy(operator) => {
            let part = partners::table
                .inner_join(programmes::table)
                .filter(partners::organisation_id.eq(organisations::id))
                .filter(programmes::operator_id.eq(operator))
                .select(partners::organisation_id)
                .limit(1);
            // One looked up for each row: «exists» beside «or» would have PostgreSQL gather all partners first.
            all.filter(organisations::id.eq(operator).or(part.single_value().is_not_null()))
        }
        Extent::TrainingBody(own) | Extent::Company(own) | Extent::Certifier(own) | Extent::Figures(own) => {
            all.filter(organisations::id.eq(own))
        }
        _ => all.filter(organisations::id.lt(OrganisationId(0))),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
pub(super) struct Row {
    id: OrganisationId,
    name: Name,
    siret: Option<Siret>,
    naf_code: Option<String>,
    naf_nomenclature: Option<Nomenclature>,
    commune: Option<CommuneCode>,
    headcount: Option<i32>,
    idcc: Option<String>,
    opco: Option<String>,
    nda: Option<String>,
    approves_requests: bool,
}

impl Row {
    pub(super) fn whole(self, capacities: Vec<Capacity>) -> Kept<Organisation> {
        let activity = self
            .naf_code
            .zip(self.naf_nomenclature)
            .map(|(code, nomenclature)| Activity { code, nomenclature });
        let profile = Profile {
            name: self.name,
            capacities,
            siret: self.siret,
            activity,
            commune: self.commune,
            headcount: self.headcount.map(i32::unsigned_abs),
            idcc: self.idcc.map(|t| t.parse()).transpose().map_err(Error::broken)?,
            opco: self.opco.map(|t| t.parse()).transpose().map_err(Error::broken)?,
            nda: self.nda.map(|t| t.parse()).transpose().map_err(Error::broken)?,
        };
        Ok(Organisation { id: self.id, profile, approves_requests: self.approves_requests })
    }
}

/// An organisation within reach.
pub fn get(conn: &mut Conn, reach: &Reach, id: OrganisationId) -> Kept<Organisation> {
    let row = within(reach).filter(organisations::id.eq(id)).select(Row::as_select()).first(conn)?;
    row.whole(capacities_of(conn, id)?)
}

/// The organisation within reach that has this SIRET.
pub fn by_siret(conn: &mut Conn, reach: &Reach, siret: &Siret) -> Kept<Organisation> {
    let row = within(reach).filter(organisations::siret.eq(siret)).select(Row::as_select()).first(conn)?;
    let capacities = capacities_of(conn, row.id)?;
    row.whole(capacities)
}

/// Who bears a SIRET, within reach or not: so that nobody is registered twice.
pub fn bearer(conn: &mut Conn, siret: Option<&Siret>) -> Kept<Option<(OrganisationId, Name)>> {
    let Some(siret) = siret else { return Ok(None) };
    Ok(organisations::table
        .filter(organisations::siret.eq(siret))
        .select((organisations::id, organisations::name))
        .first(conn)
        .optional()?)
}

/// What everybody may learn of an organisation by its number: what official registers tell too.
#[derive(Debug, Clone)]
pub struct Bearer {
    pub id: OrganisationId,
    pub name: String,
    pub siret: Siret,
    pub commune: Option<CommuneCode>,
    /// Those of the programmes asked about in which it takes part.
    pub programmes: Vec<ProgrammeId>,
}

/// Who bears a number, within reach or not. A declaration number is that of all the establishments of one body.
pub fn bearers(conn: &mut Conn, number: &Number, among: &[ProgrammeId]) -> Kept<Vec<Bearer>> {
    let all = organisations::table.into_boxed();
    let such = match number {
        Number::Siret(siret) => all.filter(organisations::siret.eq(siret)),
        Number::Nda(nda) => all.filter(organisations::nda.eq(nda.as_str())),
    };
    let rows: Vec<(OrganisationId, String, Siret, Option<CommuneCode>)> = such
        .filter(organisations::siret.is_not_null())
        .order((organisations::search_key, organisations::id))
        .limit(20)
        .select((
            organisations::id,
            organisations::name,
            organisations::siret.assume_not_null(),
            organisations::commune,
        ))
        .load(conn)?;
    let ids: Vec<OrganisationId> = rows.iter().map(|row| row.0).collect();
    let parts: Vec<(OrganisationId, ProgrammeId)> = partners::table
        .filter(
            partners::organisation_id
                .among(ids.iter().copied())
                .and(partners::programme_id.among(among.iter().copied())),
        )
        .select((partners::organisation_id, partners::programme_id))
        .load(conn)?;
    let programmes = |of: OrganisationId| {
        parts.iter().filter(|(id, _)| *id == of).map(|(_, programme)| *programme).collect()
    };
    let bearer = |(id, name, siret, commune)| Bearer { id, name, siret, commune, programmes: programmes(id) };
    Ok(rows.into_iter().map(bearer).collect())
}

pub(super) fn capacities_of(conn: &mut Conn, id: OrganisationId) -> Kept<Vec<Capacity>> {
    let mut found: Vec<Capacity> = capacities::table
        .filter(capacities::organisation_id.eq(id))
        .select(capacities::capacity)
        .load(conn)?;
    found.sort_unstable();
    Ok(found)
}

/// Which organisations a list shows.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words of the name.
    pub words: String,
    pub capacity: Option<Capacity>,
    /// Code of a département.
    pub department: Option<String>,
}

impl Wanted {
    /// The first commune of the département, and what comes after its last one.
    fn communes(&self) -> Option<(String, String)> {
        self.department.as_ref().map(|code| (code.clone(), format!("{code}Z")))
    }
}

/// The ways to what is wanted: where few are such a party or in such a place, they are gathered.
fn ways_to(conn: &mut Conn, wanted: &Wanted) -> Kept<Vec<Way>> {
    let ways = ways(conn, Searched::Organisations, "", &wanted.words)?;
    if matches!(ways.as_slice(), [Way::These(..)]) {
        return Ok(ways);
    }
    let mut few: Option<Vec<OrganisationId>> = None;
    if let Some(capacity) = wanted.capacity {
        let such = capacities::table.filter(capacities::capacity.eq(capacity));
        few = if_few(such.limit(FEW + 1).select(capacities::organisation_id).load(conn)?);
    }
    if let (None, Some((first, end))) = (&few, wanted.communes()) {
        let there =
            organisations::table.filter(organisations::commune.ge(first).and(organisations::commune.lt(end)));
        few = if_few(there.limit(FEW + 1).select(organisations::id).load(conn)?);
    }
    let these = |ids: Vec<OrganisationId>| {
        vec![Way::These(ids.into_iter().map(|id| id.0).collect(), patterns(&wanted.words))]
    };
    Ok(few.map_or(ways, these))
}

/// What a list shows of an organisation.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: OrganisationId,
    pub name: String,
    pub siret: Option<Siret>,
    pub commune: Option<CommuneCode>,
    pub headcount: Option<u32>,
    pub capacities: Vec<Capacity>,
}

type ListRow = (OrganisationId, String, String, Option<Siret>, Option<CommuneCode>, Option<i32>);

/// Organisations within reach by name, a portion at a time; `after` is the cursor of the one before.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    wanted: &Wanted,
    portion: Portion,
    after: &str,
) -> Kept<Page<Listed>> {
    let after = Place::read(after);
    let mut rows: Vec<ListRow> = Vec::new();
    for way in ways_to(conn, wanted)? {
        let mut some = on_the_way!(within(reach), way, organisations, OrganisationId);
        if let Some(capacity) = wanted.capacity {
            let is_such = capacities::table
                .filter(capacities::organisation_id.eq(organisations::id))
                .filter(capacities::capacity.eq(capacity));
            some = some.filter(exists(is_such));
        }
        if let Some(department) = &wanted.department {
            some = some.filter(organisations::commune.like(format!("{department}%")));
        }
        if let Some(Place { key, id }) = after.clone() {
            let id = OrganisationId(id);
            some = some
                .filter(organisations::search_key.ge(key.clone()))
                .filter(organisations::search_key.gt(key).or(organisations::id.gt(id)));
        }
        let columns = (
            organisations::id,
            organisations::search_key,
            organisations::name,
            organisations::siret,
            organisations::commune,
            organisations::headcount,
        );
        let some = some.order((organisations::search_key, organisations::id)).limit(portion.and_one());
        rows.extend(some.select(columns).load::<ListRow>(conn)?);
    }
    let rows = in_order(rows, portion.and_one(), |row| (&row.1, row.0.0));
    let page = Page::cut_to(portion, rows, |row| Place::cursor(&row.1, row.0.0));
    let ids: Vec<OrganisationId> = page.rows.iter().map(|row| row.0).collect();
    let mut held: HashMap<OrganisationId, Vec<Capacity>> = HashMap::new();
    let pairs: Vec<(OrganisationId, Capacity)> = capacities::table
        .filter(capacities::organisation_id.among(ids.iter().copied()))
        .select((capacities::organisation_id, capacities::capacity))
        .load(conn)?;
    for (id, capacity) in pairs {
        held.entry(id).or_default().push(capacity);
    }
    let listed = |(id, _, name, siret, commune, headcount): ListRow| {
        let mut capacities = held.remove(&id).unwrap_or_default();
        capacities.sort_unstable();
        Listed { id, name, siret, commune, headcount: headcount.map(i32::unsigned_abs), capacities }
    };
    Ok(Page { rows: page.rows.into_iter().map(listed).collect(), next: page.next })
}

/// Every organisation within reach that is such a party, by name: for short lists to choose from.
pub fn choices(
    conn: &mut Conn,
    reach: &Reach,
    capacity: Capacity,
    most: i64,
) -> Kept<Vec<(OrganisationId, String)>> {
    let such = capacities::table.filter(capacities::capacity.eq(capacity));
    let few: Vec<OrganisationId> = such.limit(FEW + 1).select(capacities::organisation_id).load(conn)?;
    let is_such = capacities::table
        .filter(capacities::organisation_id.eq(organisations::id))
        .filter(capacities::capacity.eq(capacity));
    let mut such = within(reach).filter(exists(is_such));
    if let Some(few) = if_few(few) {
        such = such.filter(organisations::id.eq_any(few));
    }
    Ok(such
        .order((organisations::search_key, organisations::id))
        .limit(most)
        .select((organisations::id, organisations::name))
        .load(conn)?)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = organisations, treat_none_as_null = true)]
struct Written<'a> {
    name: &'a Name,
    search_key: String,
    siret: Option<Siret>,
    naf_code: Option<String>,
    naf_nomenclature: Option<Nomenclature>,
    commune: Option<CommuneCode>,
    headcount: Option<i32>,
    idcc: Option<String>,
    opco: Option<String>,
    nda: Option<String>,
    approves_requests: bool,
}

impl<'a> Written<'a> {
    fn of(profile: &'a Profile, approves_requests: bool) -> Self {
        Self {
            name: &profile.name,
            search_key: profile.name.search_key(),
            siret: profile.siret.clone(),
            naf_code: profile.activity.as_ref().map(|a| a.code.clone()),
            naf_nomenclature: profile.activity.as_ref().map(|a| a.nomenclature),
            commune: profile.commune.clone(),
            headcount: profile.headcount.map(|n| i32::try_from(n).unwrap_or(i32::MAX)),
            idcc: profile.idcc.as_ref().map(|i| i.as_str().to_owned()),
            opco: profile.opco.map(|o| o.to_string()),
            nda: profile.nda.as_ref().map(|n| n.as_str().to_owned()),
            approves_requests,
        }
    }
}

pub fn add(
    conn: &mut Conn,
    profile: &Profile,
    approves_requests: bool,
    now: Instant,
) -> Kept<OrganisationId> {
    let id = diesel::insert_into(organisations::table)
        .values((Written::of(profile, approves_requests), organisations::created_at.eq(now)))
        .returning(organisations::id)
        .get_result(conn)?;
    set_capacities(conn, id, &profile.capacities)?;
    Ok(id)
}

/// Writes what is known of an organisation; the caller has found it within its reach.
pub fn set(conn: &mut Conn, organisation: &Organisation) -> Kept<()> {
    let Organisation { id, profile, approves_requests } = organisation;
    let former: String = organisations::table.find(*id).select(organisations::search_key).first(conn)?;
    let written = Written::of(profile, *approves_requests);
    let is_renamed = written.search_key != former;
    diesel::update(organisations::table.find(*id)).set(written).execute(conn)?;
    if is_renamed {
        super::sessions::tell_catalogue_anew(conn, *id)?;
    }
    diesel::delete(capacities::table.filter(capacities::organisation_id.eq(*id))).execute(conn)?;
    set_capacities(conn, *id, &profile.capacities)
}

fn set_capacities(conn: &mut Conn, id: OrganisationId, held: &[Capacity]) -> Kept<()> {
    for capacity in held {
        diesel::insert_into(capacities::table)
            .values((capacities::organisation_id.eq(id), capacities::capacity.eq(*capacity)))
            .execute(conn)?;
    }
    Ok(())
}

/// Makes an organisation take part in a programme; its first one is the one that it came in by. The caller holds the
/// organisation's row.
pub fn join(conn: &mut Conn, programme: ProgrammeId, organisation: OrganisationId) -> Kept<()> {
    let earlier = partners::table.filter(partners::organisation_id.eq(organisation));
    let is_known: bool = diesel::select(exists(earlier)).get_result(conn)?;
    diesel::insert_into(partners::table)
        .values((
            partners::programme_id.eq(programme),
            partners::organisation_id.eq(organisation),
            partners::is_first.eq(!is_known),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn takes_part(conn: &mut Conn, programme: ProgrammeId, organisation: OrganisationId) -> Kept<bool> {
    let found = partners::table.find((programme, organisation)).select(partners::programme_id);
    Ok(found.first::<ProgrammeId>(conn).optional()?.is_some())
}

/// Holds the row of an organisation until the end of the transaction.
pub fn hold(conn: &mut Conn, id: OrganisationId) -> Kept<()> {
    backend::hold(conn, Held::Company, &id.to_string()).map(|_| ())
}
