//! Moments as each database keeps them. On an embedded one they are text, for which diesel tries one format after the other,
//! each of them read anew; what this program writes there is written in one way.

use crate::calendar::Instant;
use chrono::NaiveDateTime;
use diesel::backend::Backend as Reader;
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::sql_types::Timestamp;
use diesel::sqlite::Sqlite;

impl FromSql<Timestamp, Sqlite> for Instant {
    fn from_sql(mut bytes: <Sqlite as Reader>::RawValue<'_>) -> deserialize::Result<Self> {
        match written(bytes.read_text()) {
            Some(moment) => Ok(Self(moment)),
            None => <NaiveDateTime as FromSql<Timestamp, Sqlite>>::from_sql(bytes).map(Self),
        }
    }
}

/// `2026-11-22 09:00:00.25`, as diesel writes it.
fn written(text: &str) -> Option<NaiveDateTime> {
    let (day, time) = text.split_once(' ')?;
    Some(NaiveDateTime::new(day.parse().ok()?, time.parse().ok()?))
}

impl FromSql<Timestamp, Pg> for Instant {
    fn from_sql(bytes: <Pg as Reader>::RawValue<'_>) -> deserialize::Result<Self> {
        <NaiveDateTime as FromSql<Timestamp, Pg>>::from_sql(bytes).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::prelude::*;
    use diesel::sql_types::Text;

    #[test]
    fn a_moment_is_read_as_it_was_written() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        for micros in [0, 250_000, 1, 1_797_321_600_000_000, 1_797_321_600_120_000, 1_797_321_600_000_001] {
            let moment = Instant(chrono::DateTime::from_timestamp_micros(micros).unwrap().naive_utc());
            let kept = moment.into_sql::<Timestamp>();
            let (text, read): (String, Instant) =
                diesel::select((diesel::dsl::sql::<Text>("").bind::<Timestamp, _>(moment), kept))
                    .first(&mut conn)
                    .unwrap();
            assert_eq!((written(&text), read), (Some(moment.0), moment), "{text}");
        }
    }

    #[test]
    fn a_moment_that_another_hand_wrote_is_read_too() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let read: Instant =
            diesel::select(diesel::dsl::sql::<Timestamp>("'2026-11-22T09:00'")).first(&mut conn).unwrap();
        assert_eq!(read.iso(), "2026-11-22T09:00:00Z");
        let none =
            diesel::select(diesel::dsl::sql::<Timestamp>("'2026-11-22 lundi'")).first::<Instant>(&mut conn);
        assert!(none.is_err());
    }
}
