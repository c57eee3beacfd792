//! Signing keys: what is published of them, and their private part, sealed.

use super::schema::signing_keys;
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::Instant;
use domain::keys::{KeyPurpose, PublicKey, Sealed};

/// The key that signs for a purpose now.
#[derive(Debug, Clone, Queryable)]
pub struct Active {
    pub id: i64,
    pub public: PublicKey,
    pub sealed: Sealed,
}

pub fn active(conn: &mut Conn, purpose: KeyPurpose) -> Kept<Option<Active>> {
    Ok(signing_keys::table
        .filter(signing_keys::purpose.eq(purpose.to_string()).and(signing_keys::retired_at.is_null()))
        .select((signing_keys::id, signing_keys::public_key, signing_keys::sealed_private))
        .first(conn)
        .optional()?)
}

/// Keeps a new key. [`super::Unique::SigningKeyActive`] while another one is active.
pub fn add(
    conn: &mut Conn,
    purpose: KeyPurpose,
    public: &PublicKey,
    sealed: &Sealed,
    now: Instant,
) -> Kept<i64> {
    Ok(diesel::insert_into(signing_keys::table)
        .values((
            signing_keys::purpose.eq(purpose.to_string()),
            signing_keys::public_key.eq(public),
            signing_keys::sealed_private.eq(sealed),
            signing_keys::created_at.eq(now),
        ))
        .returning(signing_keys::id)
        .get_result(conn)?)
}

/// Lets a key sign no more. Its public part stays.
pub fn retire(conn: &mut Conn, id: i64, now: Instant) -> Kept<()> {
    let active = signing_keys::table.find(id).filter(signing_keys::retired_at.is_null());
    match diesel::update(active).set(signing_keys::retired_at.eq(now)).execute(conn)? {
        1 => Ok(()),
        _ => Err(super::Error::Stale),
    }
}

/// Every key that signs or signed for a purpose, the one that signs now first.
pub fn of_purpose(conn: &mut Conn, purpose: KeyPurpose) -> Kept<Vec<PublicKey>> {
    Ok(signing_keys::table
        .filter(signing_keys::purpose.eq(purpose.to_string()))
        .order(signing_keys::id.desc())
        .select(signing_keys::public_key)
        .load(conn)?)
}

/// A key as everyone may know it.
#[derive(Debug, Clone, Queryable)]
pub struct Published {
    pub id: i64,
    pub purpose: String,
    pub public: PublicKey,
    pub created_at: Instant,
    pub retired_at: Option<Instant>,
}

/// Every key that signs or signed, oldest first.
pub fn published(conn: &mut Conn) -> Kept<Vec<Published>> {
    Ok(signing_keys::table
        .order(signing_keys::id)
        .select((
            signing_keys::id,
            signing_keys::purpose,
            signing_keys::public_key,
            signing_keys::created_at,
            signing_keys::retired_at,
        ))
        .load(conn)?)
}

/// The keys that signed checkpoints of the journal, each with its number; one that is no key any more
/// is left out.
pub fn of_checkpoints(conn: &mut Conn) -> Kept<Vec<(i64, PublicKey)>> {
    let found: Vec<(i64, String)> = signing_keys::table
        .filter(signing_keys::purpose.eq(KeyPurpose::Journal.to_string()))
        .order(signing_keys::id)
        .select((signing_keys::id, signing_keys::public_key))
        .load(conn)?;
    Ok(found.into_iter().filter_map(|(id, key)| Some((id, key.parse().ok()?))).collect())
}
