//! Chains that come whole, for a made-up region: written like any other, and kept by the thousand.

#![expect(
    clippy::ref_option_ref,
    reason = "what diesel makes of columns that are borrowed and may be absent"
)]

use super::{By, FIRST, Head, Instant, Line, Row, row};
use crate::backend::{add_all, in_bulk};
use crate::schema::{chains, journal, journal_secrets};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::access::Subject;
use domain::journal::SecretName;

/// A chain from its first row on.
#[derive(Debug)]
pub struct Chain {
    head: Head,
    rows: Vec<(Instant, Row)>,
}

impl Chain {
    pub fn begin(subject: Subject) -> Self {
        Self {
            head: Head { chain: subject.to_string(), number: 0, hash: FIRST.to_owned() },
            rows: Vec::new(),
        }
    }

    /// Writes the next line under the number `id` of all rows. `salt` is asked for each secret.
    pub fn write(&mut self, id: i64, by: By, now: Instant, line: &Line<'_>, salt: impl FnMut() -> String) {
        let number = self.head.number + 1;
        let mut row = row(by, &self.head.chain, number, now, line, &self.head.hash, salt);
        row.id = id;
        self.head.number = number;
        self.head.hash.clone_from(&row.hash);
        self.rows.push((now, row));
    }
}

#[derive(Insertable)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
struct NewRow<'a> {
    id: i64,
    chain: &'a str,
    number: i64,
    at: Instant,
    kind: &'a str,
    reference: &'a str,
    account_id: Option<i64>,
    role: &'a str,
    from_state: Option<&'a str>,
    to_state: Option<&'a str>,
    reason_digest: Option<&'a str>,
    evidence_digest: Option<&'a str>,
    hash: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = journal_secrets, treat_none_as_default_value = false)]
struct NewSecret<'a> {
    journal_id: i64,
    name: SecretName,
    salt: &'a str,
    text: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = chains, treat_none_as_default_value = false)]
struct NewHead<'a> {
    chain: &'a str,
    number: i64,
    hash: &'a str,
}

in_bulk! {
    journal <- NewRow<'_>,
    journal_secrets <- NewSecret<'_>,
    chains <- NewHead<'_>,
}

/// Keeps chains that were not there.
pub fn keep(conn: &mut Conn, chains: &[Chain]) -> Kept<()> {
    let all = || chains.iter().flat_map(|chain| &chain.rows);
    let rows: Vec<NewRow<'_>> = all().map(|(at, row)| NewRow::of(*at, row)).collect();
    add_all(conn, &rows)?;
    let secrets: Vec<NewSecret<'_>> = all()
        .flat_map(|(_, row)| row.secrets.iter().map(|secret| (row.id, secret)))
        .map(|(id, secret)| NewSecret {
            journal_id: id,
            name: secret.name,
            salt: &secret.salt,
            text: &secret.text,
        })
        .collect();
    add_all(conn, &secrets)?;
    let heads: Vec<NewHead<'_>> = chains
        .iter()
        .map(|Chain { head, .. }| NewHead { chain: &head.chain, number: head.number, hash: &head.hash })
        .collect();
    add_all(conn, &heads)
}

impl<'a> NewRow<'a> {
    fn of(at: Instant, row: &'a Row) -> Self {
        Self {
            id: row.id,
            chain: &row.chain,
            number: row.number,
            at,
            kind: &row.kind,
            reference: &row.reference,
            account_id: row.account,
            role: &row.role,
            from_state: row.from.as_deref(),
            to_state: row.to.as_deref(),
            reason_digest: row.reason_digest.as_deref(),
            evidence_digest: row.evidence_digest.as_deref(),
            hash: &row.hash,
        }
    }
}
