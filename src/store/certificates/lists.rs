//! Status lists: what an issuer publishes of its revocations.

use super::issuers::IssuerRow;
use crate::schema::{certificates, issuers, status_lists};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::calendar::Instant;
use domain::certificates::{CertificateState, Issuer};
use domain::ids::{OrganisationId, StatusListId};
use std::collections::BTreeSet;

/// The list in which an issuer's next badges get their places.
#[derive(Debug, Clone)]
pub struct Open {
    pub id: StatusListId,
    pub number: i32,
    pub taken: BTreeSet<u32>,
}

/// The newest list of an issuer; none before the first.
pub fn newest(conn: &mut Conn, issuer: OrganisationId) -> Kept<Option<Open>> {
    let found: Option<(StatusListId, i32)> = status_lists::table
        .filter(status_lists::issuer_id.eq(issuer))
        .order(status_lists::number.desc())
        .select((status_lists::id, status_lists::number))
        .first(conn)
        .optional()?;
    let Some((id, number)) = found else { return Ok(None) };
    let entries: Vec<i32> =
        certificates::table.filter(certificates::list_id.eq(id)).select(certificates::entry).load(conn)?;
    Ok(Some(Open { id, number, taken: entries.into_iter().map(i32::unsigned_abs).collect() }))
}

/// Opens another list, which nobody has signed yet.
pub fn add(conn: &mut Conn, issuer: OrganisationId, number: i32, now: Instant) -> Kept<StatusListId> {
    Ok(diesel::insert_into(status_lists::table)
        .values((
            status_lists::issuer_id.eq(issuer),
            status_lists::number.eq(number),
            status_lists::changes.eq(1),
            status_lists::published.eq(0),
            status_lists::document.eq(""),
            status_lists::token.eq(""),
            status_lists::valid_until.eq(now),
        ))
        .returning(status_lists::id)
        .get_result(conn)?)
}

/// Notes that something in a list changed: what is published does not tell it yet.
pub fn change(conn: &mut Conn, id: StatusListId) -> Kept<()> {
    diesel::update(status_lists::table.find(id))
        .set(status_lists::changes.eq(status_lists::changes + 1))
        .execute(conn)?;
    Ok(())
}

/// The lists that are to be signed: something changed, or what is published ends before a moment.
pub fn due(conn: &mut Conn, before: Instant) -> Kept<Vec<StatusListId>> {
    let changed = status_lists::changes.gt(status_lists::published);
    Ok(status_lists::table
        .filter(changed.or(status_lists::valid_until.lt(before)))
        .order(status_lists::id)
        .select(status_lists::id)
        .load(conn)?)
}

/// A list as it stands, to be signed.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: StatusListId,
    pub issuer: Issuer,
    pub number: i32,
    pub revoked: BTreeSet<u32>,
    /// What this copy will tell.
    changes: i32,
}

pub fn draft(conn: &mut Conn, id: StatusListId) -> Kept<Draft> {
    let (issuer, number, changes): (IssuerRow, i32, i32) = status_lists::table
        .inner_join(issuers::table)
        .filter(status_lists::id.eq(id))
        .select((IssuerRow::as_select(), status_lists::number, status_lists::changes))
        .first(conn)?;
    let entries: Vec<i32> = certificates::table
        .filter(certificates::list_id.eq(id).and(certificates::state.ne(CertificateState::Valid)))
        .select(certificates::entry)
        .load(conn)?;
    let revoked = entries.into_iter().map(i32::unsigned_abs).collect();
    Ok(Draft { id, issuer: issuer.issuer()?, number, revoked, changes })
}

/// A list as it was signed.
#[derive(Debug, Clone, Queryable)]
pub struct Published {
    pub document: String,
    pub token: String,
    pub valid_until: Instant,
}

/// Publishes a copy, unless one that tells more was published meanwhile.
pub fn publish(conn: &mut Conn, draft: &Draft, copy: &Published) -> Kept<()> {
    let older = status_lists::table.find(draft.id).filter(status_lists::published.le(draft.changes));
    diesel::update(older)
        .set((
            status_lists::published.eq(draft.changes),
            status_lists::document.eq(&copy.document),
            status_lists::token.eq(&copy.token),
            status_lists::valid_until.eq(copy.valid_until),
        ))
        .execute(conn)?;
    Ok(())
}

/// What an issuer published under a number.
pub fn published(conn: &mut Conn, issuer: &str, number: i32) -> Kept<Published> {
    Ok(status_lists::table
        .inner_join(issuers::table)
        .filter(issuers::name.eq(issuer).and(status_lists::number.eq(number)))
        .filter(status_lists::published.gt(0))
        .select((status_lists::document, status_lists::token, status_lists::valid_until))
        .first(conn)?)
}

/// The lists of an issuer.
pub fn of_issuer(conn: &mut Conn, issuer: OrganisationId) -> Kept<Vec<StatusListId>> {
    Ok(status_lists::table
        .filter(status_lists::issuer_id.eq(issuer))
        .order(status_lists::number)
        .select(status_lists::id)
        .load(conn)?)
}
