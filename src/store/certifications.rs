//! Certifications, in versions. A record is public: whoever comes may read it, and only its certifier changes it.

use super::among::AmongExpression as _;
use super::backend::Backend;
use super::schema::{
    assessments, blocks, certification_routes, certification_versions, certifications, organisations,
    programmes, requirements,
};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, Instant};
use domain::certifications::{
    AccessRoute, Acquisition, Assessment, AssessmentKind, Block, BlockCode, Certification, Entrance,
    JuryRules, Level, Record, RecordCode, Requirement,
};
use domain::courses::Stage;
use domain::ids::{CertificationId, CertificationVersionId, OrganisationId, ProgrammeId};
use domain::organisations::Siret;
use domain::text::{Name, Title};
use std::collections::HashMap;

/// What one may change; to read a record no reach is asked for.
fn within(reach: &Reach) -> certifications::BoxedQuery<'static, Backend> {
    let all = certifications::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::Certifier(certifier) => all.filter(certifications::certifier_id.eq(certifier)),
        Extent::OperatedBy(operator) => {
            let own = programmes::table.filter(programmes::operator_id.eq(operator)).select(programmes::id);
            all.filter(certifications::programme_id.eq_any(own))
        }
        _ => all.filter(certifications::id.lt(CertificationId(0))),
    }
}

/// A certification as a list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: CertificationId,
    pub code: RecordCode,
    pub title: Title,
    pub level: Option<Level>,
    pub certifier: OrganisationId,
    pub certifier_name: Name,
    pub registered_until: Day,
    pub blocks: i64,
}

/// Every certification that can be obtained here, the newest first.
pub fn list(conn: &mut Conn, before: Option<CertificationId>) -> Kept<Page<Listed>> {
    let mut all = certifications::table.inner_join(organisations::table).into_boxed();
    if let Some(before) = before {
        all = all.filter(certifications::id.lt(before));
    }
    let rows: Vec<(CertificationId, RecordCode, OrganisationId, Name)> = all
        .order(certifications::id.desc())
        .limit(ROWS_AND_ONE)
        .select((certifications::id, certifications::code, certifications::certifier_id, organisations::name))
        .load(conn)?;
    let page = Page::cut(rows, |row| row.0.to_string());
    let mut newest = newest(conn, page.rows.iter().map(|row| row.0))?;
    let versions: Vec<_> = newest.values().map(|version| version.id).collect();
    let counted: HashMap<CertificationVersionId, i64> = blocks::table
        .filter(blocks::version_id.among(versions))
        .group_by(blocks::version_id)
        .select((blocks::version_id, diesel::dsl::count_star()))
        .load(conn)?
        .into_iter()
        .collect();
    let listed = |(id, code, certifier, certifier_name): (_, _, _, _)| {
        let version = newest.remove(&id)?;
        let blocks = counted.get(&version.id).copied().unwrap_or_default();
        let level = version.level.and_then(|level| level.try_into().ok());
        Some(Listed {
            id,
            code,
            title: version.title,
            level,
            certifier,
            certifier_name,
            registered_until: version.registered_until,
            blocks,
        })
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(listed).collect(), next: page.next })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = certification_versions)]
struct VersionRow {
    id: CertificationVersionId,
    #[diesel(column_name = certification_id)]
    certification: CertificationId,
    number: i32,
    title: Title,
    level: Option<i32>,
    decided_on: Option<Day>,
    effective_on: Day,
    registered_until: Day,
    last_issue_on: Option<Day>,
    validity_months: Option<i32>,
    is_partial: bool,
    jury_members: i32,
    jury_outside_percent: i32,
    jury_quorum: i32,
    jury_outside_chair: bool,
}

fn newest(
    conn: &mut Conn,
    of: impl IntoIterator<Item = CertificationId>,
) -> Kept<HashMap<CertificationId, VersionRow>> {
    let versions: Vec<VersionRow> = certification_versions::table
        .filter(certification_versions::certification_id.among(of))
        .order(certification_versions::number)
        .select(VersionRow::as_select())
        .load(conn)?;
    Ok(versions.into_iter().map(|version| (version.certification, version)).collect())
}

type Row = (CertificationId, RecordCode, OrganisationId, ProgrammeId);

const ROW: (
    certifications::id,
    certifications::code,
    certifications::certifier_id,
    certifications::programme_id,
) = (certifications::id, certifications::code, certifications::certifier_id, certifications::programme_id);

/// A certification with its newest version.
pub fn get(conn: &mut Conn, id: CertificationId) -> Kept<Certification> {
    let row: Row = certifications::table.find(id).select(ROW).first(conn)?;
    with_newest(conn, row)
}

/// A certification that a reach may change, with its newest version.
pub fn own(conn: &mut Conn, reach: &Reach, id: CertificationId) -> Kept<Certification> {
    let row: Row = within(reach).filter(certifications::id.eq(id)).select(ROW).first(conn)?;
    with_newest(conn, row)
}

/// A certification as a version says it.
pub fn at_version(conn: &mut Conn, version: CertificationVersionId) -> Kept<Certification> {
    let (row, version): (Row, VersionRow) = certification_versions::table
        .inner_join(certifications::table)
        .filter(certification_versions::id.eq(version))
        .select((ROW, VersionRow::as_select()))
        .first(conn)?;
    whole(conn, row, version)
}

/// Who may enter now, and the version that says so.
pub fn entrance_now(
    conn: &mut Conn,
    certification: CertificationId,
) -> Kept<(CertificationVersionId, Entrance)> {
    let newest = certification_versions::table
        .filter(certification_versions::certification_id.eq(certification))
        .order(certification_versions::number.desc())
        .select(certification_versions::id)
        .first(conn)?;
    Ok((newest, entrance(conn, newest)?))
}

/// The newest version of a certification that a reach may change.
pub fn version_now(conn: &mut Conn, reach: &Reach, id: CertificationId) -> Kept<CertificationVersionId> {
    let _: Row = within(reach).filter(certifications::id.eq(id)).select(ROW).first(conn)?;
    Ok(certification_versions::table
        .filter(certification_versions::certification_id.eq(id))
        .order(certification_versions::number.desc())
        .select(certification_versions::id)
        .first(conn)?)
}

/// Whether single blocks are acquired under a version.
pub fn is_partial(conn: &mut Conn, version: CertificationVersionId) -> Kept<bool> {
    Ok(certification_versions::table.find(version).select(certification_versions::is_partial).first(conn)?)
}

/// Who may enter as a version says it.
pub fn entrance(conn: &mut Conn, version: CertificationVersionId) -> Kept<Entrance> {
    let rows: Vec<(RecordCode, Title, AccessRoute)> = certification_routes::table
        .inner_join(certification_versions::table.inner_join(certifications::table))
        .filter(certification_routes::version_id.eq(version))
        .select((certifications::code, certification_versions::title, certification_routes::route))
        .load(conn)?;
    let routes: Vec<AccessRoute> = rows.iter().map(|row| row.2).collect();
    let (code, title, _) = rows.into_iter().next().ok_or(Error::Missing)?;
    let requirements = requirements_of(conn, version)?;
    Ok(Entrance { code, title, routes: in_order(&routes), requirements })
}

/// Routes in the order in which they are always said.
pub(super) fn in_order(routes: &[AccessRoute]) -> Vec<AccessRoute> {
    AccessRoute::ALL.iter().copied().filter(|route| routes.contains(route)).collect()
}

fn with_newest(conn: &mut Conn, row: Row) -> Kept<Certification> {
    let version = newest(conn, [row.0])?.remove(&row.0).ok_or(Error::Missing)?;
    whole(conn, row, version)
}

fn whole(conn: &mut Conn, row: Row, version: VersionRow) -> Kept<Certification> {
    let (id, code, certifier, programme) = row;
    let routes: Vec<AccessRoute> = certification_routes::table
        .filter(certification_routes::version_id.eq(version.id))
        .select(certification_routes::route)
        .load(conn)?;
    let level = |number: i32| Level::try_from(number).map_err(Error::broken);
    let record = Record {
        title: version.title,
        level: version.level.map(level).transpose()?,
        decided_on: version.decided_on,
        effective_on: version.effective_on,
        registered_until: version.registered_until,
        last_issue_on: version.last_issue_on,
        validity_months: version.validity_months.map(i32::unsigned_abs),
        is_partial: version.is_partial,
        routes: in_order(&routes),
        blocks: blocks_of(conn, version.id)?,
        requirements: requirements_of(conn, version.id)?,
        jury: JuryRules {
            members: version.jury_members.unsigned_abs(),
            outside_percent: version.jury_outside_percent.unsigned_abs(),
            quorum: version.jury_quorum.unsigned_abs(),
            outside_chair: version.jury_outside_chair,
        },
    };
    Ok(Certification { id, code, certifier, programme, version: version.id, number: version.number, record })
}

/// The blocks of a version of a record, in its order.
pub fn blocks_of(conn: &mut Conn, version: CertificationVersionId) -> Kept<Vec<Block>> {
    type BlockRow = (i64, BlockCode, Title, Acquisition);
    type AssessmentRow = (Name, AssessmentKind, i32, i32);
    let rows: Vec<(BlockRow, AssessmentRow)> = blocks::table
        .inner_join(assessments::table)
        .filter(blocks::version_id.eq(version))
        .order((blocks::position, assessments::position))
        .select((
            (blocks::id, blocks::code, blocks::title, blocks::acquisition),
            (assessments::title, assessments::kind, assessments::most_points, assessments::pass_points),
        ))
        .load(conn)?;
    let mut all: Vec<(i64, Block)> = Vec::new();
    for ((id, code, title, acquisition), (name, kind, most_points, pass_points)) in rows {
        let assessment = Assessment {
            title: name,
            kind,
            most_points: most_points.unsigned_abs(),
            pass_points: pass_points.unsigned_abs(),
        };
        match all.last_mut() {
            Some((last, block)) if *last == id => block.assessments.push(assessment),
            _ => all.push((id, Block { code, title, acquisition, assessments: vec![assessment] })),
        }
    }
    Ok(all.into_iter().map(|(_, block)| block).collect())
}

pub(super) fn requirements_of(conn: &mut Conn, version: CertificationVersionId) -> Kept<Vec<Requirement>> {
    let rows: Vec<(Option<Stage>, Option<i32>, Option<Name>)> = requirements::table
        .filter(requirements::version_id.eq(version))
        .order(requirements::position)
        .select((requirements::stage, requirements::level, requirements::piece))
        .load(conn)?;
    rows.into_iter()
        .map(|row| match row {
            (Some(stage), None, None) => Ok(Requirement::Attended(stage)),
            (None, Some(level), None) => level.try_into().map(Requirement::Level).map_err(Error::broken),
            (None, None, Some(piece)) => Ok(Requirement::Piece(piece)),
            _ => Err(Error::broken(NoRequirement)),
        })
        .collect()
}

#[derive(Debug, thiserror::Error)]
#[error("a requirement is one of three things")]
struct NoRequirement;

/// The certification that a reach may change under a code, with its newest version.
pub fn by_code(conn: &mut Conn, reach: &Reach, code: &RecordCode) -> Kept<Option<Certification>> {
    let row: Option<Row> =
        within(reach).filter(certifications::code.eq(code)).select(ROW).first(conn).optional()?;
    row.map(|row| with_newest(conn, row)).transpose()
}

/// Who certifies, as everyone may know it: the name, and the number by which the register knows them.
pub fn certifier(conn: &mut Conn, id: OrganisationId) -> Kept<(Name, Option<Siret>)> {
    Ok(organisations::table.find(id).select((organisations::name, organisations::siret)).first(conn)?)
}

pub fn insert(
    conn: &mut Conn,
    certifier: OrganisationId,
    programme: ProgrammeId,
    code: &RecordCode,
    record: &Record,
    now: Instant,
) -> Kept<CertificationId> {
    let id = diesel::insert_into(certifications::table)
        .values((
            certifications::certifier_id.eq(certifier),
            certifications::programme_id.eq(programme),
            certifications::code.eq(code),
            certifications::created_at.eq(now),
        ))
        .returning(certifications::id)
        .get_result(conn)?;
    add_version(conn, id, 1, record, now)?;
    Ok(id)
}

/// Writes another version of a record. Of two people who write the same number, one is refused.
pub fn add_version(
    conn: &mut Conn,
    certification: CertificationId,
    number: i32,
    record: &Record,
    now: Instant,
) -> Kept<CertificationVersionId> {
    use certification_versions as v;
    let id = diesel::insert_into(v::table)
        .values((
            v::certification_id.eq(certification),
            v::number.eq(number),
            v::title.eq(&record.title),
            v::level.eq(record.level.map(|level| i32::from(level.number()))),
            v::decided_on.eq(record.decided_on),
            v::effective_on.eq(record.effective_on),
            v::registered_until.eq(record.registered_until),
            v::last_issue_on.eq(record.last_issue_on),
            v::validity_months.eq(record.validity_months.map(small)),
            v::is_partial.eq(record.is_partial),
            v::jury_members.eq(small(record.jury.members)),
            v::jury_outside_percent.eq(small(record.jury.outside_percent)),
            v::jury_quorum.eq(small(record.jury.quorum)),
            v::jury_outside_chair.eq(record.jury.outside_chair),
            v::made_at.eq(now),
        ))
        .returning(v::id)
        .get_result(conn)?;
    for route in &record.routes {
        diesel::insert_into(certification_routes::table)
            .values((certification_routes::version_id.eq(id), certification_routes::route.eq(*route)))
            .execute(conn)?;
    }
    for (position, block) in (1..).zip(&record.blocks) {
        add_block(conn, id, position, block)?;
    }
    for (position, requirement) in (1..).zip(&record.requirements) {
        add_requirement(conn, id, position, requirement)?;
    }
    Ok(id)
}

fn add_block(conn: &mut Conn, version: CertificationVersionId, position: i32, block: &Block) -> Kept<()> {
    let id: i64 = diesel::insert_into(blocks::table)
        .values((
            blocks::version_id.eq(version),
            blocks::position.eq(position),
            blocks::code.eq(&block.code),
            blocks::title.eq(&block.title),
            blocks::acquisition.eq(block.acquisition),
        ))
        .returning(blocks::id)
        .get_result(conn)?;
    for (position, assessment) in (1..).zip(&block.assessments) {
        diesel::insert_into(assessments::table)
            .values((
                assessments::block_id.eq(id),
                assessments::position.eq(position),
                assessments::title.eq(&assessment.title),
                assessments::kind.eq(assessment.kind),
                assessments::most_points.eq(small(assessment.most_points)),
                assessments::pass_points.eq(small(assessment.pass_points)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn add_requirement(
    conn: &mut Conn,
    version: CertificationVersionId,
    position: i32,
    requirement: &Requirement,
) -> Kept<()> {
    let (stage, level, piece) = match requirement {
        Requirement::Attended(stage) => (Some(*stage), None, None),
        Requirement::Level(level) => (None, Some(i32::from(level.number())), None),
        Requirement::Piece(name) => (None, None, Some(name)),
    };
    diesel::insert_into(requirements::table)
        .values((
            requirements::version_id.eq(version),
            requirements::position.eq(position),
            requirements::stage.eq(stage),
            requirements::level.eq(level),
            requirements::piece.eq(piece),
        ))
        .execute(conn)?;
    Ok(())
}

/// The domain checked it long before: no count of a record is near the limit of its column.
fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
