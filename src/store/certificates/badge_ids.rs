//! How the name of a badge lies in a column. It is a type of another crate, and so is the trait that reads it.

use diesel::deserialize::{self, FromSql, Queryable};
use diesel::sql_types::Text;
use domain::badges::BadgeId;

/// The name of a badge as text; one that cannot be read is an error of its row.
pub struct KeptId(BadgeId);

impl<DB: diesel::backend::Backend> Queryable<Text, DB> for KeptId
where
    String: FromSql<Text, DB>,
{
    type Row = String;

    fn build(kept: String) -> deserialize::Result<Self> {
        Ok(Self(kept.parse()?))
    }
}

impl From<KeptId> for BadgeId {
    fn from(kept: KeptId) -> Self {
        kept.0
    }
}
