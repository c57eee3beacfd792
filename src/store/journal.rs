//! Who did what to what, when: append-only, a chain of hashes for each subject.
//!
//! The hash of a line covers its version, chain, number, time, kind, references and the digest of
//! its reason, each with its length, and the hash before it. Names never stand in it.

use super::backend::{self, Held};
use super::schema::{accounts, chains, journal, journal_reasons};
use super::{Conn, Kept, Page, ROWS_AND_ONE};
use crate::domain::access::{Actor, Reach, Role, Subject};
use crate::domain::calendar::Instant;
use crate::domain::ids::{AccountId, EnrolmentId};
use diesel::prelude::*;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Version of the way in which a line is hashed.
const VERSION: &str = "1";
const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What happens to a place.
pub const STEP: &str = "enrolment";
/// The same, when it follows from a seat that an employer passes on to a colleague.
pub const SUBSTITUTION: &str = "substitution";
const STEPS: [&str; 2] = [STEP, SUBSTITUTION];

/// A line to be written.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub kind: &'a str,
    /// The row it is about, «enrolment:12».
    pub reference: &'a str,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    pub reason: Option<&'a str>,
}

/// Writes lines on the chain of one subject, in the transaction of what they tell. The caller holds
/// the row of the subject already.
pub fn write(conn: &mut Conn, actor: &Actor, subject: Subject, now: Instant, lines: &[Line<'_>]) -> Kept<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let chain = subject.to_string();
    backend::hold(conn, Held::Chain, &chain)?;
    let head: Option<(i64, String)> =
        chains::table.find(&chain).select((chains::number, chains::hash)).first(conn).optional()?;
    let is_new = head.is_none();
    let (mut number, mut hash) = head.unwrap_or_else(|| (0, FIRST.to_owned()));
    for line in lines {
        number += 1;
        let salted = line.reason.map(|reason| {
            let salt = uuid::Uuid::new_v4().simple().to_string();
            let digest = hexadecimal(&Sha256::digest(format!("{salt}{reason}")));
            (salt, reason, digest)
        });
        let entry = Entry {
            chain: &chain,
            number,
            at: now,
            kind: line.kind,
            reference: line.reference,
            account_id: actor.account(),
            role: actor.role(),
            from_state: line.from,
            to_state: line.to,
            reason_digest: salted.as_ref().map(|s| s.2.as_str()),
        };
        hash = entry.hash(&hash);
        let id: i64 = diesel::insert_into(journal::table)
            .values((&entry, journal::hash.eq(&hash)))
            .returning(journal::id)
            .get_result(conn)?;
        if let Some((salt, reason, _)) = salted {
            diesel::insert_into(journal_reasons::table)
                .values((
                    journal_reasons::journal_id.eq(id),
                    journal_reasons::salt.eq(salt),
                    journal_reasons::reason.eq(reason),
                ))
                .execute(conn)?;
        }
    }
    if is_new {
        diesel::insert_into(chains::table)
            .values((chains::chain.eq(&chain), chains::number.eq(number), chains::hash.eq(&hash)))
            .execute(conn)?;
    } else {
        diesel::update(chains::table.find(&chain))
            .set((chains::number.eq(number), chains::hash.eq(&hash)))
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
}

impl Entry<'_> {
    fn hash(&self, before: &str) -> String {
        let account = self.account_id.map(|a| a.to_string()).unwrap_or_default();
        let number = self.number.to_string();
        let at = self.at.0.format("%Y-%m-%dT%H:%M:%S%.6f").to_string();
        let parts = [
            VERSION,
            before,
            self.chain,
            &number,
            &at,
            self.kind,
            self.reference,
            &account,
            self.role.as_str(),
            self.from_state.unwrap_or_default(),
            self.to_state.unwrap_or_default(),
            self.reason_digest.unwrap_or_default(),
        ];
        let mut sum = Sha256::new();
        for part in parts {
            sum.update(format!("{}:", part.len()));
            sum.update(part);
        }
        hexadecimal(&sum.finalize())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
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
        .left_join(journal_reasons::table)
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
            journal_reasons::reason.nullable(),
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
        .left_join(journal_reasons::table)
        .filter(journal::reference.eq(format!("enrolment:{place}")).and(journal::kind.eq_any(STEPS)))
        .order(journal::id.desc())
        .select((
            journal::at,
            journal::kind,
            journal::from_state,
            accounts::name.nullable(),
            journal::role,
            journal_reasons::reason.nullable(),
        ))
        .first(conn)
        .optional()?)
}

/// The first line of a chain that is not what was written, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub id: i64,
    pub reference: String,
    pub why: &'static str,
}

#[derive(Queryable)]
struct Written {
    id: i64,
    chain: String,
    number: i64,
    at: Instant,
    kind: String,
    reference: String,
    account_id: Option<AccountId>,
    role: Role,
    from_state: Option<String>,
    to_state: Option<String>,
    reason_digest: Option<String>,
    hash: String,
}

/// Every chain, by name.
pub fn chains(conn: &mut Conn) -> Kept<Vec<String>> {
    Ok(chains::table.select(chains::chain).order(chains::chain).load(conn)?)
}

/// Computes a chain again from its first line and compares; answers the number of lines.
pub fn verify(conn: &mut Conn, chain: &str) -> Kept<Result<i64, Break>> {
    let lines: Vec<Written> =
        journal::table.filter(journal::chain.eq(chain)).order(journal::number).load(conn)?;
    let reasons: Vec<(i64, String, String)> = journal_reasons::table
        .inner_join(journal::table)
        .filter(journal::chain.eq(chain))
        .select((journal_reasons::journal_id, journal_reasons::salt, journal_reasons::reason))
        .load(conn)?;
    let reasons: std::collections::HashMap<i64, (String, String)> =
        reasons.into_iter().map(|(id, s, r)| (id, (s, r))).collect();
    let (mut number, mut hash, mut last) = (0, FIRST.to_owned(), (0, String::new()));
    for line in lines {
        let broken = |why| Ok(Err(Break { id: line.id, reference: line.reference.clone(), why }));
        number += 1;
        if line.number != number {
            return broken("a line before this one is missing");
        }
        let entry = Entry {
            chain: &line.chain,
            number: line.number,
            at: line.at,
            kind: &line.kind,
            reference: &line.reference,
            account_id: line.account_id,
            role: line.role,
            from_state: line.from_state.as_deref(),
            to_state: line.to_state.as_deref(),
            reason_digest: line.reason_digest.as_deref(),
        };
        hash = entry.hash(&hash);
        if hash != line.hash {
            return broken("the line was altered");
        }
        if let (Some((salt, reason)), Some(digest)) = (reasons.get(&line.id), &line.reason_digest)
            && hexadecimal(&Sha256::digest(format!("{salt}{reason}"))) != *digest
        {
            return broken("the reason was altered");
        }
        last = (line.id, line.reference);
    }
    let head: (i64, String) = chains::table.find(chain).select((chains::number, chains::hash)).first(conn)?;
    if head == (number, hash) {
        return Ok(Ok(number));
    }
    let (id, reference) = if last.0 == 0 { (0, chain.to_owned()) } else { last };
    Ok(Err(Break { id, reference, why: "lines after this one are missing" }))
}
