//! Who signs certificates.

use crate::schema::issuers;
use crate::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::badges::Did;
use domain::calendar::Instant;
use domain::certificates::{Issuer, Signatory};
use domain::ids::OrganisationId;
use domain::text::Name;

#[derive(Queryable, Selectable)]
#[diesel(table_name = issuers)]
pub(super) struct IssuerRow {
    organisation_id: OrganisationId,
    name: String,
    host: String,
    signatory: Name,
    quality: Name,
}

impl IssuerRow {
    pub(super) fn issuer(self) -> Kept<Issuer> {
        Ok(Issuer {
            certifier: self.organisation_id,
            did: Did::new(&self.host, &self.name).map_err(Error::broken)?,
            signatory: Signatory { name: self.signatory, quality: self.quality },
        })
    }
}

/// The certifier that a reach is of.
pub fn certifier_of(reach: &Reach) -> Kept<OrganisationId> {
    match reach.extent() {
        Extent::Certifier(certifier) => Ok(certifier),
        _ => Err(Error::Missing),
    }
}

/// Under which name a certifier signs; none before they said it.
pub fn of(conn: &mut Conn, certifier: OrganisationId) -> Kept<Option<Issuer>> {
    let row = issuers::table.find(certifier).select(IssuerRow::as_select()).first(conn).optional()?;
    row.map(IssuerRow::issuer).transpose()
}

/// Who signs under a name, as everyone may know it.
pub fn by_name(conn: &mut Conn, name: &str) -> Kept<Issuer> {
    issuers::table.filter(issuers::name.eq(name)).select(IssuerRow::as_select()).first(conn)?.issuer()
}

/// Everyone who signs, by name.
pub fn all(conn: &mut Conn) -> Kept<Vec<Issuer>> {
    let rows: Vec<IssuerRow> =
        issuers::table.order(issuers::name).select(IssuerRow::as_select()).load(conn)?;
    rows.into_iter().map(IssuerRow::issuer).collect()
}

/// Keeps who signs. Of one that is known, the name and the host stay as they are.
pub fn keep(conn: &mut Conn, issuer: &Issuer, now: Instant) -> Kept<()> {
    let signatory =
        (issuers::signatory.eq(&issuer.signatory.name), issuers::quality.eq(&issuer.signatory.quality));
    let known = diesel::update(issuers::table.find(issuer.certifier)).set(signatory).execute(conn)?;
    if known == 0 {
        diesel::insert_into(issuers::table)
            .values((
                issuers::organisation_id.eq(issuer.certifier),
                issuers::name.eq(issuer.did.name()),
                issuers::host.eq(issuer.did.host()),
                signatory,
                issuers::settled_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}
