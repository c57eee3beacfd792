//! The files for the State, and what they tell.

use super::own;
use crate::domain::access::{Extent, Reach};
use crate::domain::calendar::{Day, Instant};
use crate::domain::certifications::RecordCode;
use crate::domain::declarations::{
    ClientId, ContractId, Declarant, DeclarationState, Envelope, FileState, FlowId, TechnicalId,
};
use crate::domain::ids::{DeclarationFileId, DeclarationId, OrganisationId};
use crate::domain::keys::Sealed;
use crate::store::among::AmongExpression as _;
use crate::store::backend::Backend;
use crate::store::schema::{declaration_files, declarations};
use crate::store::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;

/// A file as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = declaration_files)]
pub struct File {
    pub id: DeclarationFileId,
    #[diesel(column_name = certifier_id)]
    pub certifier: OrganisationId,
    pub flow: FlowId,
    pub state: FileState,
    pub made_at: Instant,
    client: ClientId,
    contract: ContractId,
    sender: ClientId,
    says_action: bool,
    pub passages: i32,
    /// SHA-256 of its bytes, once it was written.
    pub digest: Option<String>,
    pub deposited_on: Option<Day>,
    pub report_digest: Option<String>,
    pub reported_at: Option<Instant>,
}

impl File {
    pub fn envelope(&self) -> Envelope {
        let declarant = Declarant {
            client: self.client.clone(),
            contract: self.contract.clone(),
            sender: self.sender.clone(),
            says_action: self.says_action,
        };
        declarant.envelope(self.flow.clone(), self.made_at)
    }
}

/// A file within reach.
pub fn get(conn: &mut Conn, reach: &Reach, id: DeclarationFileId) -> Kept<File> {
    let all = own!(declaration_files::table.into_boxed::<Backend>(), declaration_files::certifier_id, reach);
    Ok(all.filter(declaration_files::id.eq(id)).select(File::as_select()).first(conn)?)
}

/// Files within reach, the newest first.
pub fn list(conn: &mut Conn, reach: &Reach, before: Option<DeclarationFileId>) -> Kept<Page<File>> {
    let mut all =
        own!(declaration_files::table.into_boxed::<Backend>(), declaration_files::certifier_id, reach);
    if let Some(before) = before {
        all = all.filter(declaration_files::id.lt(before));
    }
    let rows: Vec<File> =
        all.order(declaration_files::id.desc()).limit(ROWS_AND_ONE).select(File::as_select()).load(conn)?;
    Ok(Page::cut(rows, |row| row.id.to_string()))
}

/// Begins a file, with nobody in it.
pub fn add(
    conn: &mut Conn,
    certifier: OrganisationId,
    flow: &FlowId,
    declarant: &Declarant,
    now: Instant,
) -> Kept<DeclarationFileId> {
    Ok(diesel::insert_into(declaration_files::table)
        .values((
            declaration_files::certifier_id.eq(certifier),
            declaration_files::flow.eq(flow),
            declaration_files::state.eq(FileState::Batched),
            declaration_files::made_at.eq(now),
            declaration_files::client.eq(&declarant.client),
            declaration_files::contract.eq(&declarant.contract),
            declaration_files::sender.eq(&declarant.sender),
            declaration_files::says_action.eq(declarant.says_action),
            declaration_files::passages.eq(0),
        ))
        .returning(declaration_files::id)
        .get_result(conn)?)
}

/// Puts declarations into a file with what it tells of each; [`Error::Stale`] when one is not as it was read.
pub fn put(
    conn: &mut Conn,
    file: DeclarationFileId,
    rows: &[(DeclarationId, Sealed)],
    (seen, next): (DeclarationState, DeclarationState),
    now: Instant,
) -> Kept<()> {
    for (id, passage) in rows {
        let untouched = declarations::table.find(id).filter(declarations::state.eq(seen));
        let put = diesel::update(untouched)
            .set((
                declarations::state.eq(next),
                declarations::file_id.eq(file),
                declarations::passage.eq(passage),
                declarations::changed_at.eq(now),
            ))
            .execute(conn)?;
        if put != 1 {
            return Err(Error::Stale);
        }
    }
    let more = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    let open = declaration_files::table.find(file).filter(declaration_files::state.eq(FileState::Batched));
    let counted = diesel::update(open)
        .set(declaration_files::passages.eq(declaration_files::passages + more))
        .execute(conn)?;
    if counted == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What a file tells of one holder.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = declarations)]
pub struct Frozen {
    pub id: DeclarationId,
    pub technical_id: TechnicalId,
    pub code: RecordCode,
    #[diesel(select_expression = declarations::passage.assume_not_null())]
    pub passage: Sealed,
}

/// What a file that the caller has found within its reach tells, a portion at a time, one record after the other.
pub fn frozen(
    conn: &mut Conn,
    file: DeclarationFileId,
    after: Option<&(RecordCode, DeclarationId)>,
) -> Kept<Vec<Frozen>> {
    let mut all = declarations::table.filter(declarations::file_id.eq(file)).into_boxed::<Backend>();
    if let Some((code, id)) = after {
        all = all.filter(
            declarations::code.gt(code).or(declarations::code.eq(code).and(declarations::id.gt(*id))),
        );
    }
    Ok(all
        .order((declarations::code, declarations::id))
        .limit(super::PORTION)
        .select(Frozen::as_select())
        .load(conn)?)
}

/// Moves a file, unless somebody moved it since it was read, and everybody in it who is in the state `from`.
pub fn shift(
    conn: &mut Conn,
    seen: &File,
    next: FileState,
    (from, to): (DeclarationState, DeclarationState),
    now: Instant,
) -> Kept<usize> {
    moved(conn, seen, next)?;
    let own =
        declarations::table.filter(declarations::file_id.eq(seen.id)).filter(declarations::state.eq(from));
    Ok(diesel::update(own)
        .set((declarations::state.eq(to), declarations::changed_at.eq(now)))
        .execute(conn)?)
}

fn moved(conn: &mut Conn, seen: &File, next: FileState) -> Kept<()> {
    let untouched = declaration_files::table.find(seen.id).filter(declaration_files::state.eq(seen.state));
    match diesel::update(untouched).set(declaration_files::state.eq(next)).execute(conn)? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}

/// Gives a file up: those in it wait for another.
pub fn free(
    conn: &mut Conn,
    seen: &File,
    next: FileState,
    to: DeclarationState,
    now: Instant,
) -> Kept<usize> {
    moved(conn, seen, next)?;
    let own = declarations::table.filter(declarations::file_id.eq(seen.id));
    Ok(diesel::update(own)
        .set((
            declarations::state.eq(to),
            declarations::file_id.eq(None::<DeclarationFileId>),
            declarations::passage.eq(None::<Sealed>),
            declarations::changed_at.eq(now),
        ))
        .execute(conn)?)
}

/// Notes what the bytes of a file came to.
pub fn note_digest(conn: &mut Conn, id: DeclarationFileId, digest: &str) -> Kept<()> {
    diesel::update(declaration_files::table.find(id))
        .set(declaration_files::digest.eq(digest))
        .execute(conn)?;
    Ok(())
}

/// Notes on which day a file was deposited.
pub fn note_deposit(conn: &mut Conn, id: DeclarationFileId, day: Day) -> Kept<()> {
    diesel::update(declaration_files::table.find(id))
        .set(declaration_files::deposited_on.eq(day))
        .execute(conn)?;
    Ok(())
}

/// A passage of a file, and how it stands.
#[derive(Debug, Clone, Queryable)]
pub struct Sent {
    pub id: DeclarationId,
    pub technical: TechnicalId,
    pub state: DeclarationState,
}

/// Every passage of a file that the caller has found within its reach.
pub fn sent(conn: &mut Conn, file: DeclarationFileId) -> Kept<Vec<Sent>> {
    Ok(declarations::table
        .filter(declarations::file_id.eq(file))
        .order(declarations::id)
        .select((declarations::id, declarations::technical_id, declarations::state))
        .load(conn)?)
}

/// How many passages of a file stand in each state.
pub fn answered(conn: &mut Conn, file: DeclarationFileId) -> Kept<Vec<(DeclarationState, i64)>> {
    let mut counted: Vec<(DeclarationState, i64)> = Vec::new();
    for state in [DeclarationState::Deposited, DeclarationState::Accepted, DeclarationState::Rejected] {
        let of_state = declarations::table
            .filter(declarations::file_id.eq(file))
            .filter(declarations::state.among([state]));
        counted.push((state, of_state.count().get_result(conn)?));
    }
    Ok(counted)
}

/// Keeps a report in place of one that answered less.
pub fn keep_report(
    conn: &mut Conn,
    file: DeclarationFileId,
    report: &Sealed,
    digest: &str,
    now: Instant,
) -> Kept<()> {
    diesel::update(declaration_files::table.find(file))
        .set((
            declaration_files::report.eq(report),
            declaration_files::report_digest.eq(digest),
            declaration_files::reported_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
