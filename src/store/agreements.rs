//! What organisations were asked before they take part in a programme, and what they answered.

use super::among::AmongExpression as _;
use super::schema::{agreements, organisations, programmes};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::agreements::AgreementState;
use domain::calendar::Instant;
use domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use domain::organisations::Siret;
use domain::reference::CommuneCode;

/// On which side of an agreement somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The organisation is theirs.
    Asked,
    /// The programme is theirs.
    Asking,
}

/// An agreement with what both sides may know of each other: what is public.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = agreements)]
pub struct Agreement {
    pub id: AgreementId,
    #[diesel(column_name = programme_id)]
    pub programme: ProgrammeId,
    #[diesel(select_expression = programmes::name)]
    pub programme_name: String,
    #[diesel(select_expression = programmes::region)]
    pub region: String,
    #[diesel(select_expression = programmes::operator_id)]
    pub operator: OrganisationId,
    #[diesel(select_expression = operators.field(organisations::name))]
    pub operator_name: String,
    #[diesel(column_name = organisation_id)]
    pub organisation: OrganisationId,
    #[diesel(select_expression = organisations::name)]
    pub organisation_name: String,
    #[diesel(select_expression = organisations::siret)]
    pub siret: Option<Siret>,
    #[diesel(select_expression = organisations::commune)]
    pub commune: Option<CommuneCode>,
    pub state: AgreementState,
    pub asked_at: Instant,
    /// When it was answered or taken back; none while it waits.
    pub answered_at: Option<Instant>,
}

diesel::alias!(organisations as operators: Operators);

/// Agreements that a reach covers from one side. A macro, because a query with its joins has a type of its own.
macro_rules! within {
    ($reach:expr, $side:expr) => {{
        let runs = operators.field(organisations::id).eq(programmes::operator_id);
        let all = agreements::table
            .inner_join(organisations::table)
            .inner_join(programmes::table.inner_join(operators.on(runs)))
            .into_boxed();
        match ($side, $reach.extent()) {
            (Side::Asking, Extent::Everything) => all,
            (Side::Asking, Extent::OperatedBy(operator)) => all.filter(programmes::operator_id.eq(operator)),
            (
                Side::Asked,
                Extent::OperatedBy(own)
                | Extent::TrainingBody(own)
                | Extent::Company(own)
                | Extent::Certifier(own)
                | Extent::Figures(own),
            ) => all.filter(agreements::organisation_id.eq(own)),
            _ => all.filter(agreements::id.lt(AgreementId(0))),
        }
    }};
}

/// Agreements within reach from one side, newest first.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    side: Side,
    before: Option<AgreementId>,
) -> Kept<Page<Agreement>> {
    let mut some = within!(reach, side);
    if let Some(before) = before {
        some = some.filter(agreements::id.lt(before));
    }
    let rows: Vec<Agreement> =
        some.order(agreements::id.desc()).limit(ROWS_AND_ONE).select(Agreement::as_select()).load(conn)?;
    Ok(Page::cut(rows, |one| one.id.to_string()))
}

/// An agreement that waits for the word of whom it is asked.
#[derive(Debug, Clone, Queryable)]
pub struct Awaited {
    pub id: AgreementId,
    pub operator_name: String,
    pub programme_name: String,
}

/// The agreements that wait for the word of who asks, the oldest first: a few of them.
pub fn awaited(conn: &mut Conn, reach: &Reach) -> Kept<Vec<Awaited>> {
    let (Extent::OperatedBy(own)
    | Extent::TrainingBody(own)
    | Extent::Company(own)
    | Extent::Certifier(own)
    | Extent::Figures(own)) = reach.extent()
    else {
        return Ok(Vec::new());
    };
    let runs = operators.field(organisations::id).eq(programmes::operator_id);
    Ok(agreements::table
        .inner_join(programmes::table.inner_join(operators.on(runs)))
        .filter(agreements::organisation_id.eq(own).and(agreements::state.eq(AgreementState::Asked)))
        .order(agreements::id)
        .limit(5)
        .select((agreements::id, operators.field(organisations::name), programmes::name))
        .load(conn)?)
}

/// What some organisations were asked for some programmes and have not answered: the agreement, its programme and its
/// organisation.
pub fn waiting(
    conn: &mut Conn,
    programmes: &[ProgrammeId],
    organisations: &[OrganisationId],
) -> Kept<Vec<(AgreementId, ProgrammeId, OrganisationId)>> {
    Ok(agreements::table
        .filter(agreements::organisation_id.among(organisations.iter().copied()))
        .filter(agreements::programme_id.among(programmes.iter().copied()))
        .filter(agreements::state.eq(AgreementState::Asked))
        .select((agreements::id, agreements::programme_id, agreements::organisation_id))
        .load(conn)?)
}

/// An agreement within reach from one side.
pub fn get(conn: &mut Conn, reach: &Reach, side: Side, id: AgreementId) -> Kept<Agreement> {
    Ok(within!(reach, side).filter(agreements::id.eq(id)).select(Agreement::as_select()).first(conn)?)
}

/// What an organisation was asked for a programme; the caller has the programme within its reach.
pub fn between(
    conn: &mut Conn,
    programme: ProgrammeId,
    organisation: OrganisationId,
) -> Kept<Option<(AgreementId, AgreementState, Option<Instant>)>> {
    Ok(agreements::table
        .filter(agreements::programme_id.eq(programme).and(agreements::organisation_id.eq(organisation)))
        .select((agreements::id, agreements::state, agreements::answered_at))
        .first(conn)
        .optional()?)
}

pub fn add(
    conn: &mut Conn,
    programme: ProgrammeId,
    organisation: OrganisationId,
    now: Instant,
) -> Kept<AgreementId> {
    Ok(diesel::insert_into(agreements::table)
        .values((
            agreements::programme_id.eq(programme),
            agreements::organisation_id.eq(organisation),
            agreements::state.eq(AgreementState::Asked),
            agreements::asked_at.eq(now),
        ))
        .returning(agreements::id)
        .get_result(conn)?)
}

/// Moves an agreement, unless somebody moved it since it was read.
pub fn shift(
    conn: &mut Conn,
    (id, seen): (AgreementId, AgreementState),
    next: AgreementState,
    now: Instant,
) -> Kept<()> {
    let untouched = agreements::table.find(id).filter(agreements::state.eq(seen));
    let moved = if next == AgreementState::Asked {
        let again = (agreements::asked_at.eq(now), agreements::answered_at.eq(None::<Instant>));
        diesel::update(untouched).set((agreements::state.eq(next), again)).execute(conn)?
    } else {
        diesel::update(untouched)
            .set((agreements::state.eq(next), agreements::answered_at.eq(Some(now))))
            .execute(conn)?
    };
    if moved == 1 { Ok(()) } else { Err(Error::Stale) }
}
