//! The journal of this database, as it is read to be verified: in batches, and as text, so that a
//! value that is no longer what it was is told like any other.

use super::facts;
use super::{Conn, Head, Kept, Row, Secret, SecretName, head, moment};
use crate::schema::{chains, checkpoint_heads, journal, journal_secrets};
use crate::{Error, checkpoints, juries, keys};
use diesel::prelude::*;
use diesel::result::Error as Diesel;
use domain::calendar::Instant;
use domain::ids::{JuryId, SessionId};
use domain::journal::checkpoints::Checkpoint;
use domain::journal::standing::{Fact, Testimony};
use domain::journal::verifying::{Anchor, Archive, Found};
use domain::keys::PublicKey;
use std::collections::{BTreeSet, HashMap};

/// What is read at once.
const BATCH: i64 = 500;

/// All chains, on one connection.
pub struct Whole<'a>(pub &'a mut Conn);

impl Archive for Whole<'_> {
    type Error = Error;

    fn is_whole(&self) -> bool {
        true
    }

    fn chains(&mut self, after: &str) -> Kept<Vec<String>> {
        let mut named: BTreeSet<String> = chains::table
            .filter(chains::chain.gt(after))
            .order(chains::chain)
            .limit(BATCH)
            .select(chains::chain)
            .load::<String>(self.0)?
            .into_iter()
            .collect();
        // Rows and checkpoints name chains whose head somebody took away.
        let of_rows = journal::table
            .filter(journal::chain.gt(after))
            .order(journal::chain)
            .limit(BATCH)
            .select(journal::chain)
            .distinct();
        named.extend(of_rows.load::<String>(self.0)?);
        let of_checkpoints = checkpoint_heads::table
            .filter(checkpoint_heads::chain.gt(after))
            .order(checkpoint_heads::chain)
            .limit(BATCH)
            .select(checkpoint_heads::chain)
            .distinct();
        named.extend(of_checkpoints.load::<String>(self.0)?);
        // Each question knows the first names after that one, and so does their union.
        Ok(named.into_iter().take(usize::try_from(BATCH).unwrap_or(usize::MAX)).collect())
    }

    fn rows(&mut self, chain: &str, after: i64) -> Kept<Vec<Found>> {
        rows(self.0, chain, after)
    }

    fn head(&mut self, chain: &str) -> Kept<Option<Head>> {
        head(self.0, chain)
    }

    fn anchors(&mut self, chain: &str, after: i64) -> Kept<Vec<Anchor>> {
        let found: Vec<(i64, String, i64)> = checkpoint_heads::table
            .filter(checkpoint_heads::chain.eq(chain).and(checkpoint_heads::number.gt(after)))
            .order(checkpoint_heads::number)
            .limit(BATCH)
            .select((checkpoint_heads::number, checkpoint_heads::hash, checkpoint_heads::checkpoint))
            .load(self.0)?;
        let anchor = |(number, hash, checkpoint)| Anchor { number, hash, checkpoint };
        Ok(found.into_iter().map(anchor).collect())
    }

    fn checkpoints(&mut self, after: i64) -> Kept<Vec<Checkpoint>> {
        checkpoints::after(self.0, after)
    }

    fn keys(&mut self) -> Kept<Vec<(i64, PublicKey)>> {
        keys::of_checkpoints(self.0)
    }

    fn facts(&mut self, chain: &str) -> Kept<Option<Vec<Fact>>> {
        let Some((subject, number)) = chain.split_once(':') else { return Ok(None) };
        let Ok(number) = number.parse() else { return Ok(None) };
        match subject {
            "session" => facts::of_session(self.0, SessionId(number)).map(Some),
            "jury" => juries::facts(self.0, JuryId(number)).map(Some),
            _ => Ok(None),
        }
    }
}

#[derive(Queryable)]
struct Written {
    id: i64,
    chain: String,
    number: i64,
    at: Instant,
    kind: String,
    reference: String,
    account_id: Option<i64>,
    role: String,
    from_state: Option<String>,
    to_state: Option<String>,
    reason_digest: Option<String>,
    evidence_digest: Option<String>,
    hash: String,
}

/// Rows of a chain after a number, with what was not erased of their secrets.
pub fn rows(conn: &mut Conn, chain: &str, after: i64) -> Kept<Vec<Found>> {
    let batch = journal::table
        .filter(journal::chain.eq(chain).and(journal::number.gt(after)))
        .order(journal::number)
        .limit(BATCH);
    match batch.load(conn).and_then(|written| with_secrets(conn, written)) {
        Ok(rows) => Ok(rows.into_iter().map(|row| Found::Row(Box::new(row))).collect()),
        // Some of them cannot be read: which?
        Err(Diesel::DeserializationError(_)) => {
            let ids: Vec<i64> = batch.select(journal::id).load(conn)?;
            ids.into_iter().map(|id| one(conn, id)).collect()
        }
        Err(other) => Err(other.into()),
    }
}

/// Whether what stands beside a chain is what its lines tell. Whether the lines are what was written is another
/// question: [`domain::journal::verifying`] answers it.
pub fn agrees(conn: &mut Conn, chain: &str) -> Kept<bool> {
    let mut testimony = Testimony::default();
    let mut after = i64::MIN;
    loop {
        let batch = rows(conn, chain, after)?;
        for found in &batch {
            let Found::Row(row) = found else { return Ok(false) };
            after = row.number;
            testimony.hear(row);
        }
        if i64::try_from(batch.len()).is_ok_and(|read| read < BATCH) {
            break;
        }
    }
    let facts = Whole(conn).facts(chain)?.unwrap_or_default();
    Ok(testimony.against(chain, &facts).is_none())
}

fn one(conn: &mut Conn, id: i64) -> Kept<Found> {
    let written = journal::table.find(id).load(conn);
    match written.and_then(|written| with_secrets(conn, written)) {
        Ok(rows) => {
            Ok(rows.into_iter().next().map_or(Found::Unreadable(id), |row| Found::Row(Box::new(row))))
        }
        Err(Diesel::DeserializationError(_)) => Ok(Found::Unreadable(id)),
        Err(other) => Err(other.into()),
    }
}

fn with_secrets(conn: &mut Conn, written: Vec<Written>) -> QueryResult<Vec<Row>> {
    let ids: Vec<i64> = written.iter().map(|row| row.id).collect();
    let found: Vec<(i64, SecretName, String, String)> =
        journal_secrets::table.filter(journal_secrets::journal_id.eq_any(ids)).load(conn)?;
    let mut secrets: HashMap<i64, Vec<Secret>> = HashMap::new();
    for (id, name, salt, text) in found {
        secrets.entry(id).or_default().push(Secret { name, salt, text });
    }
    let own = |row: Written| {
        let own = secrets.remove(&row.id).unwrap_or_default();
        row.with(own)
    };
    Ok(written.into_iter().map(own).collect())
}

impl Written {
    fn with(self, secrets: Vec<Secret>) -> Row {
        Row {
            id: self.id,
            chain: self.chain,
            number: self.number,
            at: moment(self.at),
            kind: self.kind,
            reference: self.reference,
            account: self.account_id,
            role: self.role,
            from: self.from_state,
            to: self.to_state,
            reason_digest: self.reason_digest,
            evidence_digest: self.evidence_digest,
            hash: self.hash,
            secrets,
        }
    }
}
