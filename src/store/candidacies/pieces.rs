//! The documents of a candidacy: what each is and where it stands; the document itself is sealed.

use super::covered;
use crate::backend::Backend;
use crate::schema::{candidacies, certifications, pieces};
use crate::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::Instant;
use domain::candidacies::{PieceKind, PieceState};
use domain::ids::{CandidacyId, PieceId};
use domain::keys::Sealed;
use domain::text::Name;

/// A document, as pages tell it.
#[derive(Debug, Clone, Queryable)]
pub struct Piece {
    pub id: PieceId,
    /// What the record asks for, in its words.
    pub name: Name,
    pub state: PieceState,
    pub file_name: String,
    pub bytes: i64,
    pub reason: Option<String>,
    pub sent_at: Instant,
}

/// Every piece of a candidacy, oldest first. The caller has found the candidacy within its reach.
pub fn of(conn: &mut Conn, _reach: &Reach, candidacy: CandidacyId) -> Kept<Vec<Piece>> {
    Ok(pieces::table
        .filter(pieces::candidacy_id.eq(candidacy))
        .order(pieces::id)
        .select((
            pieces::id,
            pieces::name,
            pieces::state,
            pieces::file_name,
            pieces::bytes,
            pieces::reason,
            pieces::sent_at,
        ))
        .load(conn)?)
}

/// A document with what it holds, sealed.
#[derive(Debug, Clone, Queryable)]
pub struct File {
    pub candidacy: CandidacyId,
    pub name: Name,
    pub state: PieceState,
    pub media_type: String,
    pub sealed: Sealed,
}

/// A piece of a candidacy within reach.
pub fn file(conn: &mut Conn, reach: &Reach, candidacy: CandidacyId, id: PieceId) -> Kept<File> {
    let all = pieces::table
        .inner_join(candidacies::table.inner_join(certifications::table))
        .into_boxed::<Backend>();
    Ok(covered!(all, reach)
        .filter(pieces::id.eq(id).and(pieces::candidacy_id.eq(candidacy)))
        .select((pieces::candidacy_id, pieces::name, pieces::state, pieces::media_type, pieces::sealed))
        .first(conn)?)
}

/// Keeps a document in place of an earlier one of the same name that nobody has read.
pub fn add(
    conn: &mut Conn,
    candidacy: CandidacyId,
    (name, file_name): (&Name, &str),
    (kind, bytes): (PieceKind, usize),
    sealed: &Sealed,
    now: Instant,
) -> Kept<PieceId> {
    let unread = pieces::table
        .filter(pieces::candidacy_id.eq(candidacy))
        .filter(pieces::name.eq(name))
        .filter(pieces::state.eq(PieceState::Sent));
    diesel::delete(unread).execute(conn)?;
    Ok(diesel::insert_into(pieces::table)
        .values((
            pieces::candidacy_id.eq(candidacy),
            pieces::name.eq(name),
            pieces::state.eq(PieceState::Sent),
            pieces::file_name.eq(file_name),
            pieces::media_type.eq(kind.as_str()),
            pieces::bytes.eq(i64::try_from(bytes).unwrap_or(i64::MAX)),
            pieces::sealed.eq(sealed),
            pieces::sent_at.eq(now),
        ))
        .returning(pieces::id)
        .get_result(conn)?)
}

/// Accepts or refuses a piece that nobody judged yet.
pub fn judge(
    conn: &mut Conn,
    id: PieceId,
    state: PieceState,
    reason: Option<&str>,
    now: Instant,
) -> Kept<()> {
    let unread = pieces::table.find(id).filter(pieces::state.eq(PieceState::Sent));
    let judged = diesel::update(unread)
        .set((pieces::state.eq(state), pieces::reason.eq(reason), pieces::judged_at.eq(now)))
        .execute(conn)?;
    if judged == 1 { Ok(()) } else { Err(Error::Stale) }
}
