//! The files for the State, and what they tell.

use super::own;
use crate::among::AmongExpression as _;
use crate::backend::Backend;
use crate::schema::{
    certificates, declaration_files, declaration_passages, declaration_reports, declarations,
};
use crate::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Day, Instant};
use domain::certificates::CertificateState;
use domain::certifications::RecordCode;
use domain::declarations::{
    ClientId, ContractId, Declarant, DeclarationState, Envelope, FileState, FlowId, TechnicalId,
};
use domain::ids::{CandidacyId, DeclarationFileId, DeclarationId, DeclarationReportId, OrganisationId};
use domain::keys::Sealed;

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

/// Takes back a file that nobody was put into.
pub fn discard(conn: &mut Conn, file: DeclarationFileId) -> Kept<()> {
    let empty = declaration_files::table.find(file).filter(declaration_files::passages.eq(0));
    diesel::delete(empty).execute(conn)?;
    Ok(())
}

/// Puts declarations into a file with what it tells of each; [`Error::Stale`] when one is not as it was read.
pub fn put(
    conn: &mut Conn,
    file: DeclarationFileId,
    rows: &[(DeclarationId, RecordCode, Sealed)],
    (seen, next): (DeclarationState, DeclarationState),
    now: Instant,
) -> Kept<()> {
    for (id, code, passage) in rows {
        let untouched = declarations::table.find(id).filter(declarations::state.eq(seen));
        let put = diesel::update(untouched)
            .set((
                declarations::state.eq(next),
                declarations::file_id.eq(file),
                declarations::changed_at.eq(now),
            ))
            .execute(conn)?;
        if put != 1 {
            return Err(Error::Stale);
        }
        diesel::insert_into(declaration_passages::table)
            .values((
                declaration_passages::file_id.eq(file),
                declaration_passages::declaration_id.eq(id),
                declaration_passages::code.eq(code),
                declaration_passages::passage.eq(passage),
            ))
            .execute(conn)?;
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
#[diesel(table_name = declaration_passages)]
pub struct Frozen {
    #[diesel(column_name = declaration_id)]
    pub id: DeclarationId,
    #[diesel(select_expression = declarations::technical_id)]
    pub technical: TechnicalId,
    pub code: RecordCode,
    pub passage: Sealed,
}

/// What a file that the caller has found within its reach tells, a portion at a time, one record after the other.
pub fn frozen(
    conn: &mut Conn,
    file: DeclarationFileId,
    after: Option<&(RecordCode, DeclarationId)>,
) -> Kept<Vec<Frozen>> {
    use declaration_passages as told;
    let mut all =
        told::table.inner_join(declarations::table).filter(told::file_id.eq(file)).into_boxed::<Backend>();
    if let Some((code, id)) = after {
        all = all.filter(told::code.gt(code).or(told::code.eq(code).and(told::declaration_id.gt(*id))));
    }
    Ok(all
        .order((told::code, told::declaration_id))
        .limit(super::PORTION)
        .select(Frozen::as_select())
        .load(conn)?)
}

/// What a file tells of the holder of one declaration, which the caller has found within its reach.
pub fn frozen_of(conn: &mut Conn, file: DeclarationFileId, id: DeclarationId) -> Kept<Frozen> {
    Ok(declaration_passages::table
        .inner_join(declarations::table)
        .filter(declaration_passages::file_id.eq(file).and(declaration_passages::declaration_id.eq(id)))
        .select(Frozen::as_select())
        .first(conn)?)
}

/// Moves a file, unless somebody moved it or put somebody into it since it was read, and everybody in it who is in the
/// state `from`.
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
    let untouched = declaration_files::table
        .find(seen.id)
        .filter(declaration_files::state.eq(seen.state))
        .filter(declaration_files::passages.eq(seen.passages));
    match diesel::update(untouched).set(declaration_files::state.eq(next)).execute(conn)? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}

/// Gives a file up: those in it wait for another, and what it told is gone.
pub fn free(
    conn: &mut Conn,
    seen: &File,
    next: FileState,
    to: DeclarationState,
    now: Instant,
) -> Kept<usize> {
    moved(conn, seen, next)?;
    let told = declaration_passages::table.filter(declaration_passages::file_id.eq(seen.id));
    diesel::delete(told).execute(conn)?;
    let own = declarations::table.filter(declarations::file_id.eq(seen.id));
    Ok(diesel::update(own)
        .set((
            declarations::state.eq(to),
            declarations::file_id.eq(None::<DeclarationFileId>),
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

/// A passage of a file, and how its declaration stands.
#[derive(Debug, Clone, Queryable)]
pub struct Sent {
    pub id: DeclarationId,
    pub technical: TechnicalId,
    pub candidacy: CandidacyId,
    pub state: DeclarationState,
    /// The file that it is in now: not this one, once it was put right.
    pub file: Option<DeclarationFileId>,
}

/// Every passage of a file that the caller has found within its reach, by candidacy.
pub fn sent(conn: &mut Conn, file: DeclarationFileId) -> Kept<Vec<Sent>> {
    Ok(declaration_passages::table
        .inner_join(declarations::table)
        .filter(declaration_passages::file_id.eq(file))
        .order((declarations::candidacy_id, declarations::id))
        .select((
            declarations::id,
            declarations::technical_id,
            declarations::candidacy_id,
            declarations::state,
            declarations::file_id,
        ))
        .load(conn)?)
}

/// Moves declarations that are all in one state, without a reason: the State accepted them.
pub fn accept(
    conn: &mut Conn,
    ids: &[DeclarationId],
    (from, to): (DeclarationState, DeclarationState),
    now: Instant,
) -> Kept<()> {
    for portion in ids.chunks(500) {
        let own = declarations::table
            .filter(declarations::id.among(portion.iter().copied()))
            .filter(declarations::state.eq(from));
        let moved = diesel::update(own)
            .set((declarations::state.eq(to), declarations::changed_at.eq(now)))
            .execute(conn)?;
        if moved != portion.len() {
            return Err(Error::Stale);
        }
    }
    Ok(())
}

/// How many declarations that are in a file now stand in each state.
pub fn counted(conn: &mut Conn, file: DeclarationFileId) -> Kept<Vec<(DeclarationState, i64)>> {
    Ok(declarations::table
        .filter(declarations::file_id.eq(file))
        .group_by(declarations::state)
        .order(declarations::state)
        .select((declarations::state, diesel::dsl::count_star()))
        .load(conn)?)
}

/// How many of those in a file lost their certificate since, in each state.
pub fn lost_in(conn: &mut Conn, file: DeclarationFileId) -> Kept<Vec<(DeclarationState, i64)>> {
    Ok(declarations::table
        .inner_join(certificates::table)
        .filter(declarations::file_id.eq(file))
        .filter(certificates::state.eq(CertificateState::Revoked))
        .group_by(declarations::state)
        .select((declarations::state, diesel::dsl::count_star()))
        .load(conn)?)
}

/// A report that was taken in.
#[derive(Debug, Clone, Queryable)]
pub struct Report {
    pub id: DeclarationReportId,
    pub digest: String,
    pub taken_at: Instant,
}

/// The reports on a file that the caller has found within its reach, oldest first.
pub fn reports(conn: &mut Conn, file: DeclarationFileId) -> Kept<Vec<Report>> {
    Ok(declaration_reports::table
        .filter(declaration_reports::file_id.eq(file))
        .order(declaration_reports::id)
        .select((declaration_reports::id, declaration_reports::digest, declaration_reports::taken_at))
        .load(conn)?)
}

/// A report as it came, sealed.
pub fn report(conn: &mut Conn, file: DeclarationFileId, id: DeclarationReportId) -> Kept<Sealed> {
    Ok(declaration_reports::table
        .filter(declaration_reports::id.eq(id).and(declaration_reports::file_id.eq(file)))
        .select(declaration_reports::report)
        .first(conn)?)
}

/// Keeps a report beside those that came before.
pub fn add_report(
    conn: &mut Conn,
    file: DeclarationFileId,
    report: &Sealed,
    digest: &str,
    now: Instant,
) -> Kept<()> {
    diesel::insert_into(declaration_reports::table)
        .values((
            declaration_reports::file_id.eq(file),
            declaration_reports::digest.eq(digest),
            declaration_reports::report.eq(report),
            declaration_reports::taken_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
