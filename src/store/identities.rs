//! Who candidates are by birth, sealed. It is reached through the candidacy and by nothing else.

use super::backend::Backend;
use super::candidacies::covered;
use super::schema::{candidacies, certifications, civil_identities};
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::Instant;
use domain::ids::CandidacyId;
use domain::keys::Sealed;

/// An identity as it is kept.
#[derive(Debug, Clone, Queryable)]
pub struct Identity {
    pub sealed: Sealed,
    /// When it was told first.
    pub told_at: Instant,
    /// When the candidate last told it and confirmed it.
    pub confirmed_at: Instant,
}

/// The identity told in a candidacy within reach; none while nothing was told.
pub fn get(conn: &mut Conn, reach: &Reach, id: CandidacyId) -> Kept<Option<Identity>> {
    let all = candidacies::table
        .inner_join(certifications::table)
        .left_join(civil_identities::table)
        .into_boxed::<Backend>();
    Ok(covered!(all, reach)
        .filter(candidacies::id.eq(id))
        .select(
            (civil_identities::sealed, civil_identities::told_at, civil_identities::confirmed_at).nullable(),
        )
        .first(conn)?)
}

/// Keeps an identity in place of what was told before. The caller holds the candidacy.
pub fn keep(conn: &mut Conn, id: CandidacyId, sealed: &Sealed, now: Instant) -> Kept<()> {
    let told = diesel::update(civil_identities::table.find(id))
        .set((civil_identities::sealed.eq(sealed), civil_identities::confirmed_at.eq(now)))
        .execute(conn)?;
    if told == 0 {
        diesel::insert_into(civil_identities::table)
            .values((
                civil_identities::candidacy_id.eq(id),
                civil_identities::sealed.eq(sealed),
                civil_identities::told_at.eq(now),
                civil_identities::confirmed_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}
