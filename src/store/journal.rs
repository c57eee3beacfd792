//! Who did what to what, when: append-only, a chain of hashes for each subject.
//!
//! What a row's hash covers is said in [`domain::journal`]. Names never stand in it.

pub mod archive;
mod facts;
pub mod loading;

use super::among::AmongExpression as _;
use super::backend::{self, Held};
use super::schema::{accounts, chains, journal, journal_secrets};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use domain::access::{Actor, Reach, Role, Subject};
use domain::calendar::Instant;
use domain::ids::{AccountId, EnrolmentId};
pub use domain::journal::standing::kinds;
use domain::journal::{FIRST, Head, Row, Secret, SecretName, moment};

const STEPS: [&str; 2] = [kinds::ENROLMENT, kinds::SUBSTITUTION];

/// A line to be written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Line<'a> {
    pub kind: &'a str,
    /// The row it is about, «enrolment:12».
    pub reference: &'a str,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    /// Why, in somebody's words. Kept beside the line with a salt, and may be erased.
    pub reason: Option<&'a str>,
    /// What is kept as proof, in a form that the caller always gives it. Kept like the reason.
    pub evidence: Option<&'a str>,
}

/// Writes lines on the chain of one subject, in the transaction of what they tell. The caller holds
/// the row of the subject already.
pub fn write(conn: &mut Conn, actor: &Actor, subject: Subject, now: Instant, lines: &[Line<'_>]) -> Kept<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let chain = subject.to_string();
    // A head that appears after it could not be held belongs to somebody else's transaction.
    let is_held = backend::hold(conn, Held::Chain, &chain)?;
    let head = match head(conn, &chain)? {
        Some(head) if is_held => head,
        Some(_) | None => begin(conn, &chain)?,
    };
    let (mut number, mut hash) = (head.number, head.hash);
    for line in lines {
        number += 1;
        let row = row(By::from(actor), &chain, number, now, line, &hash, fresh_salt);
        insert(conn, actor, now, &row)?;
        hash = row.hash;
    }
    diesel::update(chains::table.find(&chain))
        .set((chains::number.eq(number), chains::hash.eq(&hash)))
        .execute(conn)?;
    Ok(())
}

/// Begins a chain. Another server may do so at the same moment: whoever comes second goes on after it.
fn begin(conn: &mut Conn, chain: &str) -> Kept<Head> {
    backend::begin_chain(conn, chain, FIRST)?;
    backend::hold(conn, Held::Chain, chain)?;
    head(conn, chain)?.ok_or(Error::Missing)
}

/// Where a chain stands; none while nothing was written on it.
pub fn head(conn: &mut Conn, chain: &str) -> Kept<Option<Head>> {
    let found: Option<(String, i64, String)> = chains::table.find(chain).first(conn).optional()?;
    Ok(found.map(|(chain, number, hash)| Head { chain, number, hash }))
}

/// In whose name a line is written.
#[derive(Debug, Clone, Copy)]
pub struct By {
    pub account: Option<AccountId>,
    pub role: Role,
}

impl From<&Actor> for By {
    fn from(actor: &Actor) -> Self {
        Self { account: actor.account(), role: actor.role() }
    }
}

fn fresh_salt() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

fn row(
    by: By,
    chain: &str,
    number: i64,
    now: Instant,
    line: &Line<'_>,
    before: &str,
    mut salt: impl FnMut() -> String,
) -> Row {
    let named = [(SecretName::Reason, line.reason), (SecretName::Evidence, line.evidence)];
    let secrets: Vec<Secret> = named
        .into_iter()
        .filter_map(|(name, text)| Some(Secret { name, text: text?.to_owned(), salt: salt() }))
        .collect();
    let digest_of = |name| secrets.iter().find(|secret| secret.name == name).map(Secret::digest);
    let mut row = Row {
        id: 0,
        chain: chain.to_owned(),
        number,
        at: moment(now),
        kind: line.kind.to_owned(),
        reference: line.reference.to_owned(),
        account: by.account.map(|id| id.0),
        role: by.role.to_string(),
        from: line.from.map(str::to_owned),
        to: line.to.map(str::to_owned),
        reason_digest: digest_of(SecretName::Reason),
        evidence_digest: digest_of(SecretName::Evidence),
        hash: String::new(),
        secrets,
    };
    row.hash = row.hash_after(before);
    row
}

fn insert(conn: &mut Conn, actor: &Actor, now: Instant, row: &Row) -> Kept<()> {
    let entry = Entry {
        chain: &row.chain,
        number: row.number,
        at: now,
        kind: &row.kind,
        reference: &row.reference,
        account_id: actor.account(),
        role: actor.role(),
        from_state: row.from.as_deref(),
        to_state: row.to.as_deref(),
        reason_digest: row.reason_digest.as_deref(),
        evidence_digest: row.evidence_digest.as_deref(),
        hash: &row.hash,
    };
    let id: i64 =
        diesel::insert_into(journal::table).values(&entry).returning(journal::id).get_result(conn)?;
    for secret in &row.secrets {
        diesel::insert_into(journal_secrets::table)
            .values((
                journal_secrets::journal_id.eq(id),
                journal_secrets::name.eq(secret.name),
                journal_secrets::salt.eq(&secret.salt),
                journal_secrets::text.eq(&secret.text),
            ))
            .execute(conn)?;
    }
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = journal)]
struct Entry<'a> {
    chain: &'a str,
    number: i64,
    at: Instant,
    kind: &'a str,
    reference: &'a str,
    account_id: Option<AccountId>,
    role: Role,
    from_state: Option<&'a str>,
    to_state: Option<&'a str>,
    reason_digest: Option<&'a str>,
    evidence_digest: Option<&'a str>,
    hash: &'a str,
}

/// A line as a page shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Told {
    pub id: i64,
    pub at: Instant,
    pub kind: String,
    pub reference: String,
    /// Who did it; none for the house and for holders of a link.
    pub by: Option<String>,
    pub role: Role,
    pub from: Option<String>,
    pub to: Option<String>,
    pub reason: Option<String>,
}

/// The lines of one subject, newest first. The caller has found the subject within its reach.
pub fn of(conn: &mut Conn, _reach: &Reach, subject: Subject, before: Option<i64>) -> Kept<Page<Told>> {
    let mut lines = journal::table
        .left_join(accounts::table)
        .left_join(journal_secrets::table.on(
            journal_secrets::journal_id.eq(journal::id).and(journal_secrets::name.eq(SecretName::Reason)),
        ))
        .filter(journal::chain.eq(subject.to_string()))
        .into_boxed();
    if let Some(before) = before {
        lines = lines.filter(journal::id.lt(before));
    }
    let rows: Vec<Told> = lines
        .order(journal::id.desc())
        .limit(ROWS_AND_ONE)
        .select((
            journal::id,
            journal::at,
            journal::kind,
            journal::reference,
            accounts::name.nullable(),
            journal::role,
            journal::from_state,
            journal::to_state,
            journal_secrets::text.nullable(),
        ))
        .load(conn)?;
    Ok(Page::cut(rows, |r| r.id.to_string()))
}

/// How a place ended: when, by whom, why.
#[derive(Debug, Clone, Queryable)]
pub struct Ending {
    pub at: Instant,
    pub kind: String,
    pub from: Option<String>,
    pub by: Option<String>,
    pub role: Role,
    /// As it was given, until it is erased.
    pub reason: Option<String>,
}

/// The last step of a place, which the caller has found within its reach.
pub fn last_step(conn: &mut Conn, _reach: &Reach, place: EnrolmentId) -> Kept<Option<Ending>> {
    Ok(journal::table
        .left_join(accounts::table)
        .left_join(journal_secrets::table.on(
            journal_secrets::journal_id.eq(journal::id).and(journal_secrets::name.eq(SecretName::Reason)),
        ))
        .filter(journal::reference.eq(format!("enrolment:{place}")).and(journal::kind.among(STEPS)))
        .order(journal::id.desc())
        .select((
            journal::at,
            journal::kind,
            journal::from_state,
            accounts::name.nullable(),
            journal::role,
            journal_secrets::text.nullable(),
        ))
        .first(conn)
        .optional()?)
}
