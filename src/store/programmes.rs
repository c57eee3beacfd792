//! Public programmes, who takes part in them, and what they set out to reach.

use super::among::AmongExpression as _;
use super::backend::Backend;
use super::schema::{
    capacities, course_versions, courses, employments, enrolments, organisations, partners, programmes,
    sessions, targets,
};
use super::{Conn, Kept};
use diesel::dsl::{count, count_star, exists};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::Day;
use domain::courses::Stage;
use domain::enrolments::EnrolmentState;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::Capacity;
use domain::programmes::{NewProgramme, Programme, Target, TargetKind};
use domain::sessions::SessionState;
use domain::text::Name;

/// A programme is public; who takes part in one finds it, and none that they have nothing to do with.
fn within(reach: &Reach) -> programmes::BoxedQuery<'static, Backend> {
    let all = programmes::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::OperatedBy(operator) => all.filter(programmes::operator_id.eq(operator)),
        Extent::TrainingBody(own)
        | Extent::TaughtBy(_, own)
        | Extent::Company(own)
        | Extent::Certifier(own)
        | Extent::JudgedBy(_, own)
        | Extent::Figures(own) => {
            let joined =
                partners::table.filter(partners::organisation_id.eq(own)).select(partners::programme_id);
            all.filter(programmes::id.eq_any(joined))
        }
        Extent::Person(person) => {
            let employer = partners::table
                .inner_join(employments::table.on(employments::company_id.eq(partners::organisation_id)))
                .filter(employments::person_id.eq(person))
                .select(partners::programme_id);
            let place = enrolments::table
                .inner_join(sessions::table)
                .filter(enrolments::person_id.eq(person))
                .select(sessions::programme_id);
            all.filter(programmes::id.eq_any(employer).or(programmes::id.eq_any(place)))
        }
        _ => all.filter(programmes::id.lt(ProgrammeId(0))),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = programmes)]
struct Row {
    id: ProgrammeId,
    short_name: Name,
    name: Name,
    region: String,
    operator_id: OrganisationId,
    starts_on: Day,
    ends_on: Option<Day>,
}

impl From<Row> for Programme {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            short_name: row.short_name,
            name: row.name,
            region: row.region,
            operator: row.operator_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        }
    }
}

/// Programmes within reach, in the order in which they were founded.
pub fn list(conn: &mut Conn, reach: &Reach) -> Kept<Vec<Programme>> {
    let rows: Vec<Row> = within(reach).order(programmes::id).limit(20).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Programme::from).collect())
}

/// The programmes within reach in which an organisation takes part, in the order in which they were founded.
pub fn with(conn: &mut Conn, reach: &Reach, organisation: OrganisationId) -> Kept<Vec<Programme>> {
    let joined =
        partners::table.filter(partners::organisation_id.eq(organisation)).select(partners::programme_id);
    let rows: Vec<Row> = within(reach)
        .filter(programmes::id.eq_any(joined))
        .order(programmes::id)
        .limit(20)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Programme::from).collect())
}

/// A programme within reach.
pub fn get(conn: &mut Conn, reach: &Reach, id: ProgrammeId) -> Kept<Programme> {
    let row: Row = within(reach).filter(programmes::id.eq(id)).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// The programmes that an organisation takes part in, in the order in which they were founded.
pub fn joined_by(conn: &mut Conn, organisation: OrganisationId) -> Kept<Vec<Programme>> {
    let rows: Vec<Row> = programmes::table
        .inner_join(partners::table)
        .filter(partners::organisation_id.eq(organisation))
        .order(programmes::id)
        .limit(20)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Programme::from).collect())
}

/// The programme that an organisation came in by, if it takes part in any.
pub fn first_of(conn: &mut Conn, organisation: OrganisationId) -> Kept<Option<ProgrammeId>> {
    Ok(partners::table
        .filter(partners::organisation_id.eq(organisation).and(partners::is_first))
        .select(partners::programme_id)
        .first(conn)
        .optional()?)
}

pub fn targets(conn: &mut Conn, programme: ProgrammeId) -> Kept<Vec<Target>> {
    let rows: Vec<(TargetKind, i64, Option<i32>)> = targets::table
        .filter(targets::programme_id.eq(programme))
        .select((targets::kind, targets::people, targets::by_year))
        .load(conn)?;
    let mut found: Vec<Target> =
        rows.into_iter().map(|(kind, people, by_year)| Target { kind, people, by_year }).collect();
    found.sort_by_key(|t| t.kind);
    Ok(found)
}

/// The parties of a programme that are named to everybody: all but companies. Of operators it is its own.
pub fn parties(conn: &mut Conn, programme: &Programme) -> Kept<Vec<(Capacity, String)>> {
    let foreign = [Capacity::Company, Capacity::Operator];
    let named = Capacity::ALL.iter().copied().filter(|capacity| !foreign.contains(capacity));
    let part = partners::table
        .filter(partners::organisation_id.eq(organisations::id).and(partners::programme_id.eq(programme.id)));
    let runs = capacities::capacity.eq(Capacity::Operator).and(organisations::id.eq(programme.operator));
    Ok(capacities::table
        .inner_join(organisations::table)
        .filter(capacities::capacity.among(named).and(exists(part)).or(runs))
        .order((organisations::search_key, organisations::id))
        .limit(200)
        .select((capacities::capacity, organisations::name))
        .load(conn)?)
}

/// What a programme has done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub companies: i64,
    /// Sessions that were announced and not cancelled.
    pub sessions: i64,
    /// People who attended a session of awareness, whole or in part.
    pub aware: i64,
}

pub fn figures(conn: &mut Conn, programme: ProgrammeId) -> Kept<Figures> {
    let companies = partners::table
        .inner_join(organisations::table.inner_join(capacities::table))
        .filter(partners::programme_id.eq(programme).and(capacities::capacity.eq(Capacity::Company)))
        .select(count_star())
        .first(conn)?;
    let announced = sessions::table.filter(
        sessions::programme_id
            .eq(programme)
            .and(sessions::state.ne_all([SessionState::Draft, SessionState::Cancelled])),
    );
    let sessions = announced.select(count_star()).first(conn)?;
    let aware = enrolments::table
        .inner_join(sessions::table.inner_join(course_versions::table.inner_join(courses::table)))
        .filter(sessions::programme_id.eq(programme).and(courses::stage.eq(Stage::Awareness)))
        .filter(enrolments::state.among([EnrolmentState::Attended, EnrolmentState::PartlyAttended]))
        .select(count(enrolments::person_id).aggregate_distinct())
        .first(conn)?;
    Ok(Figures { companies, sessions, aware })
}

pub fn add(conn: &mut Conn, new: &NewProgramme) -> Kept<ProgrammeId> {
    Ok(diesel::insert_into(programmes::table)
        .values((
            programmes::short_name.eq(&new.short_name),
            programmes::name.eq(&new.name),
            programmes::region.eq(&new.region),
            programmes::operator_id.eq(new.operator),
            programmes::starts_on.eq(new.starts_on),
            programmes::ends_on.eq(new.ends_on),
        ))
        .returning(programmes::id)
        .get_result(conn)?)
}

/// Puts these targets in the place of the former ones.
pub fn set_targets(conn: &mut Conn, programme: ProgrammeId, targets: &[Target]) -> Kept<()> {
    diesel::delete(targets::table.filter(targets::programme_id.eq(programme))).execute(conn)?;
    targets.iter().try_for_each(|target| add_target(conn, programme, target))
}

/// Sets what a programme wants to reach, one kind at a time.
pub fn add_target(conn: &mut Conn, programme: ProgrammeId, target: &Target) -> Kept<()> {
    diesel::insert_into(targets::table)
        .values((
            targets::programme_id.eq(programme),
            targets::kind.eq(target.kind),
            targets::people.eq(target.people),
            targets::by_year.eq(target.by_year),
        ))
        .execute(conn)?;
    Ok(())
}
