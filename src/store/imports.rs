//! What an employer sent, between being read and being confirmed.

use super::backend::Backend;
use super::schema::imports;
use super::{Conn, Error, Kept};
use crate::domain::access::{Actor, Extent, Reach};
use crate::domain::calendar::Instant;
use crate::domain::ids::{ImportId, OrganisationId, PersonId, SessionId};
use crate::domain::imports::{KEPT_HOURS, Line};
use diesel::prelude::*;

fn within(reach: &Reach) -> imports::BoxedQuery<'static, Backend> {
    let all = imports::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::Company(company) => all.filter(imports::company_id.eq(company)),
        Extent::OperatedBy(_)
        | Extent::TrainingBody(_)
        | Extent::TaughtBy(..)
        | Extent::Certifier(_)
        | Extent::JudgedBy(_)
        | Extent::Person(_)
        | Extent::Enrolment(_)
        | Extent::Survey(_)
        | Extent::Figures
        | Extent::Nothing => all.filter(imports::id.lt(ImportId(0))),
    }
}

/// An import, its lines as they were typed or mended.
#[derive(Debug, Clone)]
pub struct Import {
    pub id: ImportId,
    pub company: OrganisationId,
    /// The session for which people were being enrolled.
    pub session: Option<SessionId>,
    pub done_at: Option<Instant>,
    pub lines: Vec<KeptLine>,
}

/// A line, and who it turned out to be once the import is done.
#[derive(Debug, Clone)]
pub struct KeptLine {
    pub line: Line,
    pub person: Option<PersonId>,
}

type Written = Vec<(usize, [String; 6], Option<i64>)>;

fn packed(lines: &[KeptLine]) -> Kept<String> {
    let rows: Vec<(usize, &[String; 6], Option<i64>)> =
        lines.iter().map(|l| (l.line.number, l.line.cells(), l.person.map(|p| p.0))).collect();
    serde_json::to_string(&rows).map_err(Error::broken)
}

fn unpacked(text: &str) -> Kept<Vec<KeptLine>> {
    let rows: Written = serde_json::from_str(text).map_err(Error::broken)?;
    let line = |(number, cells, person): (usize, [String; 6], Option<i64>)| KeptLine {
        line: Line::new(number, cells),
        person: person.map(PersonId),
    };
    Ok(rows.into_iter().map(line).collect())
}

pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    company: OrganisationId,
    session: Option<SessionId>,
    lines: Vec<Line>,
    now: Instant,
) -> Kept<ImportId> {
    let lines: Vec<KeptLine> = lines.into_iter().map(|line| KeptLine { line, person: None }).collect();
    Ok(diesel::insert_into(imports::table)
        .values((
            imports::company_id.eq(company),
            imports::account_id.eq(actor.account()),
            imports::rows_json.eq(packed(&lines)?),
            imports::session_id.eq(session),
            imports::created_at.eq(now),
        ))
        .returning(imports::id)
        .get_result(conn)?)
}

type Row = (ImportId, OrganisationId, Option<SessionId>, Option<Instant>, String);

/// An import within reach that is not forgotten yet.
pub fn get(conn: &mut Conn, reach: &Reach, id: ImportId, now: Instant) -> Kept<Import> {
    let (id, company, session, done_at, rows): Row = within(reach)
        .filter(imports::id.eq(id).and(imports::created_at.gt(now.plus_hours(-KEPT_HOURS))))
        .select((imports::id, imports::company_id, imports::session_id, imports::done_at, imports::rows_json))
        .first(conn)?;
    Ok(Import { id, company, session, done_at, lines: unpacked(&rows)? })
}

/// The people of an import that is done, in the order of its lines: those it added and those it found.
pub fn people(conn: &mut Conn, reach: &Reach, id: ImportId) -> Kept<Vec<PersonId>> {
    let rows: String = within(reach)
        .filter(imports::id.eq(id).and(imports::done_at.is_not_null()))
        .select(imports::rows_json)
        .first(conn)?;
    Ok(unpacked(&rows)?.into_iter().filter_map(|l| l.person).collect())
}

/// Keeps the lines as they stand now; the caller has found the import within its reach.
pub fn set(conn: &mut Conn, id: ImportId, lines: &[KeptLine], done_at: Option<Instant>) -> Kept<()> {
    diesel::update(imports::table.find(id))
        .set((imports::rows_json.eq(packed(lines)?), imports::done_at.eq(done_at)))
        .execute(conn)?;
    Ok(())
}

/// Forgets what was sent before a moment: it holds people's names.
pub fn sweep(conn: &mut Conn, before: Instant) -> Kept<usize> {
    Ok(diesel::delete(imports::table.filter(imports::created_at.lt(before))).execute(conn)?)
}
