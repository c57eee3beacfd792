//! Checkpoints over the heads of the journal, and the seals of sessions that were closed.

use super::schema::{chains, checkpoint_heads, checkpoints, journal, seals, signing_keys};
use super::{Conn, Error, Kept};
use diesel::dsl::{exists, max, not};
use diesel::prelude::*;
use diesel::result::Error as Diesel;
use domain::access::Subject;
use domain::calendar::Instant;
use domain::ids::SessionId;
use domain::journal::checkpoints::{Checkpoint, Unsigned, leaf};
use domain::journal::seals::Seal;
use domain::journal::{FIRST, Head, moment};
use domain::keys::{PublicKey, Signature};
use std::collections::{BTreeMap, HashMap};

/// Heads of one checkpoint at most: its transaction stays short.
const MOST_HEADS: i64 = 2_000;
/// Checkpoints that are read at once.
const BATCH: i64 = 20;
/// Of those that cover one chain: all its other heads come along with each.
const COVERING_BATCH: i64 = 1;
/// Seals that one round sends.
const MOST_DUE: i64 = 200;
/// How long a transaction may take at most between its first row in the journal and its end.
const LATE_MINUTES: i64 = 60;

/// What the next checkpoint is to cover, and how far the journal was looked through for it.
pub struct Draft {
    pub unsigned: Unsigned,
    pub at: Instant,
    seen: i64,
    /// Whether more heads moved than one checkpoint covers.
    pub is_full: bool,
}

/// What moved since the last checkpoint; none when nothing did.
///
/// Chains are found by the rows that were written since: numbers of rows are given before a transaction
/// ends, so that the search goes back to what an older checkpoint had seen. It takes no lock.
pub fn draft(conn: &mut Conn, now: Instant) -> Kept<Option<Draft>> {
    let last: Option<(i64, String, i64)> = checkpoints::table
        .order(checkpoints::number.desc())
        .select((checkpoints::number, checkpoints::root, checkpoints::seen_id))
        .first(conn)
        .optional()?;
    let (number, previous, seen_last) = last.unwrap_or_else(|| (0, FIRST.to_owned(), 0));
    let seen_then: Option<i64> = checkpoints::table
        .filter(checkpoints::at.le(now.plus_minutes(-LATE_MINUTES)))
        .order(checkpoints::number.desc())
        .select(checkpoints::seen_id)
        .first(conn)
        .optional()?;
    // Read before the heads: what is written in between is looked at again next time.
    let seen: Option<i64> = journal::table.select(max(journal::id)).first(conn)?;
    let moved = journal::table.filter(journal::id.gt(seen_then.unwrap_or(0))).select(journal::chain);
    let covered = checkpoint_heads::table
        .filter(checkpoint_heads::chain.eq(chains::chain))
        .filter(checkpoint_heads::number.ge(chains::number));
    let heads: Vec<(String, i64, String)> = chains::table
        .filter(chains::chain.eq_any(moved).and(not(exists(covered))))
        .order(chains::chain)
        .limit(MOST_HEADS)
        .load(conn)?;
    if heads.is_empty() {
        return Ok(None);
    }
    let is_full = i64::try_from(heads.len()).is_ok_and(|count| count == MOST_HEADS);
    let heads = heads.into_iter().map(|(chain, number, hash)| Head { chain, number, hash }).collect();
    Ok(Some(Draft {
        unsigned: Unsigned { number: number + 1, at: moment(now), previous, heads },
        at: now,
        seen: if is_full { seen_last } else { seen.unwrap_or(0) },
        is_full,
    }))
}

/// Keeps a draft that was signed. [`super::Unique::CheckpointNumber`] when another server made the next
/// checkpoint meanwhile.
pub fn keep(conn: &mut Conn, draft: &Draft, checkpoint: &Checkpoint) -> Kept<()> {
    diesel::insert_into(checkpoints::table)
        .values((
            checkpoints::number.eq(checkpoint.number),
            checkpoints::at.eq(draft.at),
            checkpoints::root.eq(&checkpoint.root),
            checkpoints::previous_root.eq(&checkpoint.previous),
            checkpoints::key_id.eq(checkpoint.key),
            checkpoints::signature.eq(&checkpoint.signature),
            checkpoints::seen_id.eq(draft.seen),
        ))
        .execute(conn)?;
    for head in &checkpoint.heads {
        diesel::insert_into(checkpoint_heads::table)
            .values((
                checkpoint_heads::checkpoint.eq(checkpoint.number),
                checkpoint_heads::chain.eq(&head.chain),
                checkpoint_heads::number.eq(head.number),
                checkpoint_heads::hash.eq(&head.hash),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// How many checkpoints there are, and when the last was made.
pub fn last(conn: &mut Conn) -> Kept<Option<(i64, Instant)>> {
    Ok(checkpoints::table
        .order(checkpoints::number.desc())
        .select((checkpoints::number, checkpoints::at))
        .first(conn)
        .optional()?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = checkpoints)]
struct Written {
    number: i64,
    at: Instant,
    root: String,
    previous_root: String,
    key_id: i64,
    signature: String,
}

/// Checkpoints after a number, with all their heads.
pub fn after(conn: &mut Conn, number: i64) -> Kept<Vec<Checkpoint>> {
    let batch =
        checkpoints::table.filter(checkpoints::number.gt(number)).order(checkpoints::number).limit(BATCH);
    match batch.select(Written::as_select()).load(conn) {
        Ok(written) => with_heads(conn, written),
        // Some of them cannot be read: which?
        Err(Diesel::DeserializationError(_)) => {
            let numbers: Vec<i64> = batch.select(checkpoints::number).load(conn)?;
            numbers.into_iter().map(|number| one(conn, number)).collect()
        }
        Err(other) => Err(other.into()),
    }
}

/// Some of the checkpoints that cover a chain, where other chains are digests.
pub struct Covering {
    pub checkpoints: Vec<Checkpoint>,
    /// Those that signed them, by their numbers.
    pub keys: BTreeMap<i64, PublicKey>,
    /// Whether there may be more after them.
    pub is_full: bool,
}

/// Checkpoints after a number that cover a chain.
pub fn of_chain(conn: &mut Conn, chain: &str, number: i64) -> Kept<Covering> {
    let found: Vec<(Written, PublicKey)> = checkpoint_heads::table
        .inner_join(checkpoints::table.inner_join(signing_keys::table))
        .filter(checkpoint_heads::chain.eq(chain).and(checkpoint_heads::checkpoint.gt(number)))
        .order(checkpoint_heads::checkpoint)
        .limit(COVERING_BATCH)
        .select((Written::as_select(), signing_keys::public_key))
        .load(conn)?;
    let is_full = i64::try_from(found.len()).is_ok_and(|count| count == COVERING_BATCH);
    let keys = found.iter().map(|(one, key)| (one.key_id, key.clone())).collect();
    let mut checkpoints = with_heads(conn, found.into_iter().map(|(one, _)| one).collect())?;
    for checkpoint in &mut checkpoints {
        checkpoint.heads.retain(|head| head.chain == chain);
    }
    Ok(Covering { checkpoints, keys, is_full })
}

/// One that cannot be read comes back empty, so that it does not hold.
fn one(conn: &mut Conn, number: i64) -> Kept<Checkpoint> {
    let written = match checkpoints::table.find(number).select(Written::as_select()).first(conn) {
        Err(Diesel::DeserializationError(_)) => return Ok(Checkpoint { number, ..Checkpoint::default() }),
        other => other?,
    };
    with_heads(conn, vec![written])?.pop().ok_or(Error::Missing)
}

fn with_heads(conn: &mut Conn, written: Vec<Written>) -> Kept<Vec<Checkpoint>> {
    if written.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<i64> = written.iter().map(|one| one.number).collect();
    let found: Vec<(i64, String, i64, String)> = checkpoint_heads::table
        .filter(checkpoint_heads::checkpoint.eq_any(numbers))
        .order((checkpoint_heads::checkpoint, checkpoint_heads::chain))
        .load(conn)?;
    let mut heads: HashMap<i64, Vec<Head>> = HashMap::new();
    for (checkpoint, chain, number, hash) in found {
        heads.entry(checkpoint).or_default().push(Head { chain, number, hash });
    }
    let checkpoint = |one: Written| {
        let heads = heads.remove(&one.number).unwrap_or_default();
        Checkpoint {
            number: one.number,
            at: moment(one.at),
            previous: one.previous_root,
            root: one.root,
            leaves: heads.iter().map(leaf).collect(),
            heads,
            key: one.key_id,
            signature: one.signature.parse().unwrap_or_else(|_| Signature::new(&[])),
        }
    };
    Ok(written.into_iter().map(checkpoint).collect())
}

/// A seal with the moment of its checkpoint.
#[derive(Debug, Clone)]
pub struct Made {
    pub seal: Seal,
    pub at: Instant,
}

/// Row and hash; checkpoint, root, signature and moment; key.
type SealColumns = ((i64, String), (i64, String, Signature, Instant), PublicKey);

/// The last seal of a chain, if a checkpoint covers it.
pub fn last_seal(conn: &mut Conn, chain: &str) -> Kept<Option<Made>> {
    seal(conn, chain, None)
}

/// The first that covers a row, or the last of all.
fn seal(conn: &mut Conn, chain: &str, from: Option<i64>) -> Kept<Option<Made>> {
    let mut found = checkpoint_heads::table
        .inner_join(checkpoints::table.inner_join(signing_keys::table))
        .filter(checkpoint_heads::chain.eq(chain))
        .into_boxed();
    found = match from {
        Some(number) => {
            found.filter(checkpoint_heads::number.ge(number)).order(checkpoint_heads::number.asc())
        }
        None => found.order(checkpoint_heads::number.desc()),
    };
    let columns = (
        (checkpoint_heads::number, checkpoint_heads::hash),
        (checkpoints::number, checkpoints::root, checkpoints::signature, checkpoints::at),
        signing_keys::public_key,
    );
    let found: Option<SealColumns> = found.select(columns).first(conn).optional()?;
    Ok(found.map(|((number, hash), (checkpoint, root, signature, at), key)| Made {
        seal: Seal { head: Head { chain: chain.to_owned(), number, hash }, checkpoint, root, signature, key },
        at,
    }))
}

/// Notes in the transaction of its closing that a session is to be sealed as its chain stands now.
pub fn expect(conn: &mut Conn, session: SessionId) -> Kept<()> {
    let chain = Subject::Session(session).to_string();
    let head = super::journal::head(conn, &chain)?.ok_or(Error::Missing)?;
    diesel::insert_into(seals::table)
        .values((seals::session_id.eq(session), seals::number.eq(head.number)))
        .execute(conn)?;
    Ok(())
}

/// Sessions that were closed and whose seal was not sent.
pub fn due(conn: &mut Conn) -> Kept<Vec<SessionId>> {
    Ok(seals::table
        .filter(seals::checkpoint.is_null())
        .order(seals::session_id)
        .limit(MOST_DUE)
        .select(seals::session_id)
        .load(conn)?)
}

/// The seal of a closed session that is to be sent now; none when it was sent, or nothing covers it yet.
/// The caller holds the row of the session.
pub fn take_due(conn: &mut Conn, session: SessionId) -> Kept<Option<Made>> {
    let due = seals::table.find(session).filter(seals::checkpoint.is_null());
    let Some(number) = due.select(seals::number).first(conn).optional()? else { return Ok(None) };
    let Some(made) = seal(conn, &Subject::Session(session).to_string(), Some(number))? else {
        return Ok(None);
    };
    diesel::update(seals::table.find(session))
        .set(seals::checkpoint.eq(made.seal.checkpoint))
        .execute(conn)?;
    Ok(Some(made))
}
