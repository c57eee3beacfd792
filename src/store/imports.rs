//! What an employer sent, between being read and being confirmed.

use super::backend::Backend;
use super::schema::imports;
use super::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::{Actor, Extent, Reach};
use domain::calendar::Instant;
use domain::ids::{ImportId, OrganisationId, PersonId, SessionId};
use domain::imports::{Answer, Column, KEPT_HOURS, Layout, Line, Sheet, Teller};

fn within(reach: &Reach) -> imports::BoxedQuery<'static, Backend> {
    let all = imports::table.into_boxed();
    match reach.extent() {
        Extent::Everything => all,
        Extent::Company(company) => all.filter(imports::company_id.eq(company)),
        _ => all.filter(imports::id.lt(ImportId(0))),
    }
}

/// An import: what was sent, what its columns are taken for, and its lines as they were typed or mended.
#[derive(Debug, Clone)]
pub struct Import {
    pub id: ImportId,
    pub company: OrganisationId,
    /// The session for which people were being enrolled.
    pub session: Option<SessionId>,
    pub done_at: Option<Instant>,
    pub sheet: Sheet,
    pub layout: Layout,
    pub lines: Vec<KeptLine>,
}

/// A line, and who it turned out to be once the import is done.
#[derive(Debug, Clone)]
pub struct KeptLine {
    pub line: Line,
    pub person: Option<PersonId>,
}

type WrittenLine = (usize, [String; 6], Option<String>, Option<i64>);

fn packed_lines(lines: &[KeptLine]) -> Kept<String> {
    let rows: Vec<_> = lines
        .iter()
        .map(|KeptLine { line, person }| {
            (line.number, line.cells(), line.answer.map(Answer::as_str), person.map(|p| p.0))
        })
        .collect();
    serde_json::to_string(&rows).map_err(Error::broken)
}

fn unpacked_lines(text: &str) -> Kept<Vec<KeptLine>> {
    let rows: Vec<WrittenLine> = serde_json::from_str(text).map_err(Error::broken)?;
    let line = |(number, cells, answer, person): WrittenLine| {
        let answer = answer.map(|a| a.parse()).transpose().map_err(Error::broken)?;
        let mut line = Line::new(number, cells);
        line.answer = answer;
        Ok(KeptLine { line, person: person.map(PersonId) })
    };
    rows.into_iter().map(line).collect()
}

fn packed_layout(layout: &Layout) -> Kept<String> {
    let columns: Vec<&str> = layout.columns.iter().map(|c| c.as_str()).collect();
    serde_json::to_string(&(columns, layout.titled, layout.teller.as_str())).map_err(Error::broken)
}

fn unpacked_layout(text: &str) -> Kept<Layout> {
    let (columns, titled, teller): (Vec<String>, bool, String) =
        serde_json::from_str(text).map_err(Error::broken)?;
    let columns = columns.iter().map(|c| c.parse::<Column>()).collect::<Result<_, _>>();
    let teller = teller.parse::<Teller>().map_err(Error::broken)?;
    Ok(Layout { columns: columns.map_err(Error::broken)?, titled, teller })
}

fn kept(lines: Vec<Line>) -> Vec<KeptLine> {
    lines.into_iter().map(|line| KeptLine { line, person: None }).collect()
}

pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    company: OrganisationId,
    session: Option<SessionId>,
    (sheet, layout): (&Sheet, &Layout),
    now: Instant,
) -> Kept<ImportId> {
    Ok(diesel::insert_into(imports::table)
        .values((
            imports::company_id.eq(company),
            imports::account_id.eq(actor.account()),
            imports::sheet_json.eq(serde_json::to_string(sheet.rows()).map_err(Error::broken)?),
            imports::layout_json.eq(packed_layout(layout)?),
            imports::rows_json.eq(packed_lines(&kept(sheet.lines(layout)))?),
            imports::session_id.eq(session),
            imports::created_at.eq(now),
        ))
        .returning(imports::id)
        .get_result(conn)?)
}

type Row = (ImportId, OrganisationId, Option<SessionId>, Option<Instant>, String, String, String);

/// An import within reach that is not forgotten yet.
pub fn get(conn: &mut Conn, reach: &Reach, id: ImportId, now: Instant) -> Kept<Import> {
    let (id, company, session, done_at, sheet, layout, rows): Row = within(reach)
        .filter(imports::id.eq(id).and(imports::created_at.gt(now.plus_hours(-KEPT_HOURS))))
        .select((
            imports::id,
            imports::company_id,
            imports::session_id,
            imports::done_at,
            imports::sheet_json,
            imports::layout_json,
            imports::rows_json,
        ))
        .first(conn)?;
    let sheet = Sheet::new(serde_json::from_str(&sheet).map_err(Error::broken)?);
    let (layout, lines) = (unpacked_layout(&layout)?, unpacked_lines(&rows)?);
    Ok(Import { id, company, session, done_at, sheet, layout, lines })
}

/// The people of an import that is done, in the order of its lines: those it added and those it found.
pub fn people(conn: &mut Conn, reach: &Reach, id: ImportId) -> Kept<Vec<PersonId>> {
    let rows: String = within(reach)
        .filter(imports::id.eq(id).and(imports::done_at.is_not_null()))
        .select(imports::rows_json)
        .first(conn)?;
    Ok(unpacked_lines(&rows)?.into_iter().filter_map(|l| l.person).collect())
}

/// Keeps the lines as they stand now; the caller has found the import within its reach.
pub fn set(conn: &mut Conn, id: ImportId, lines: &[KeptLine], done_at: Option<Instant>) -> Kept<()> {
    diesel::update(imports::table.find(id))
        .set((imports::rows_json.eq(packed_lines(lines)?), imports::done_at.eq(done_at)))
        .execute(conn)?;
    Ok(())
}

/// Keeps what the columns are now said to hold, and the lines read so.
pub fn set_layout(conn: &mut Conn, id: ImportId, layout: &Layout, lines: &[KeptLine]) -> Kept<()> {
    diesel::update(imports::table.find(id))
        .set((imports::layout_json.eq(packed_layout(layout)?), imports::rows_json.eq(packed_lines(lines)?)))
        .execute(conn)?;
    Ok(())
}

/// Forgets what was sent before a moment: it holds people's names.
pub fn sweep(conn: &mut Conn, before: Instant) -> Kept<usize> {
    Ok(diesel::delete(imports::table.filter(imports::created_at.lt(before))).execute(conn)?)
}
