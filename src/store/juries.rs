//! Juries: when they sit, who sits, whom they assess, and their minutes. A jury that is still being composed is its
//! certifier's alone; its members see it from the day they are convened.

mod appeals;
mod attempts;
mod jurors;
mod minutes;

pub use appeals::{
    Appeal, answer as answer_appeal, find as appeal, make as make_appeal,
    of_candidacy as appeals_of_candidacy, of_jury as appeals_of,
};
pub use attempts::{
    Attempt, Result as AttemptResult, Tried, Waiting, add as add_attempt, decide, get as attempt, grid,
    has_acquired, held, is_tried_since, jury_of, keep_grid, of_candidacy as attempts_of_candidacy,
    of_jury as attempts_of, release, remove as remove_attempt, results_of, waiting,
};
pub use jurors::{
    Named, add as add_juror, awaiting as statements_awaited, come, name_chair, of as jurors_of,
    remove as remove_juror, sat, state_interest, who_may_sit,
};
pub use minutes::{Sealed, add as add_minutes, facts, of as minutes_of, sign as sign_minutes, to_sign};

use super::backend::{self, Backend, Held};
use super::literal::literal;
use super::schema::{certification_versions, certifications, juries, jurors as sitting};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::access::{Extent, Reach};
use domain::calendar::{Instant, Zone};
use domain::certifications::{JuryRules, RecordCode};
use domain::ids::{CertificationId, CertificationVersionId, JuryId, OrganisationId};
use domain::juries::{Jury, JuryState, Meeting, SittingMode};
use domain::text::Title;

/// Narrows a query on juries joined to their certifications to what a reach covers.
macro_rules! covered {
    ($query:expr, $reach:expr) => {
        match $reach.extent() {
            Extent::Everything => $query,
            Extent::Certifier(certifier) => $query.filter(certifications::certifier_id.eq(certifier)),
            Extent::JudgedBy(account, _) => {
                let own = sitting::table.filter(sitting::account_id.eq(account)).select(sitting::jury_id);
                $query.filter(juries::id.eq_any(own)).filter(juries::state.ne(JuryState::Composing))
            }
            _ => $query.filter(juries::id.lt(JuryId(0))),
        }
    };
}
use covered;

/// Holds the row of a jury until the end of the transaction.
pub fn hold(conn: &mut Conn, id: JuryId) -> Kept<()> {
    backend::hold(conn, Held::Jury, &id.to_string()).map(|_| ())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = juries)]
struct Row {
    id: JuryId,
    certification_id: CertificationId,
    state: JuryState,
    starts_at: Instant,
    pub zone: Zone,
    mode: SittingMode,
    place: String,
    opened_at: Option<Instant>,
    closed_at: Option<Instant>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = certification_versions)]
struct RulesRow {
    #[diesel(column_name = jury_members)]
    members: i32,
    #[diesel(column_name = jury_outside_percent)]
    outside_percent: i32,
    #[diesel(column_name = jury_quorum)]
    quorum: i32,
    #[diesel(column_name = jury_outside_chair)]
    outside_chair: bool,
}

impl Row {
    fn whole(self, certifier: OrganisationId, rules: &RulesRow) -> Jury {
        Jury {
            id: self.id,
            certification: self.certification_id,
            certifier,
            state: self.state,
            meeting: Meeting {
                starts_at: self.starts_at,
                zone: self.zone,
                mode: self.mode,
                place: self.place,
            },
            rules: JuryRules {
                members: rules.members.unsigned_abs(),
                outside_percent: rules.outside_percent.unsigned_abs(),
                quorum: rules.quorum.unsigned_abs(),
                outside_chair: rules.outside_chair,
            },
            opened_at: self.opened_at,
            closed_at: self.closed_at,
        }
    }
}

/// What a jury decides on, as its record says it.
#[derive(Debug, Clone, Queryable)]
pub struct About {
    pub code: RecordCode,
    pub title: Title,
    pub level: Option<i32>,
}

/// A jury within reach, and what it decides on.
pub fn get(conn: &mut Conn, reach: &Reach, id: JuryId) -> Kept<(Jury, About)> {
    let all = juries::table
        .inner_join(certifications::table)
        .inner_join(certification_versions::table)
        .into_boxed::<Backend>();
    let (row, rules, certifier, about): (Row, RulesRow, OrganisationId, About) = covered!(all, reach)
        .filter(juries::id.eq(id))
        .select((
            Row::as_select(),
            RulesRow::as_select(),
            certifications::certifier_id,
            (certifications::code, certification_versions::title, certification_versions::level),
        ))
        .first(conn)?;
    Ok((row.whole(certifier, &rules), about))
}

/// A jury as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub id: JuryId,
    pub state: JuryState,
    pub starts_at: Instant,
    pub zone: Zone,
    pub place: String,
    pub code: RecordCode,
    pub title: Title,
}

/// Juries within reach, the newest first.
pub fn list(conn: &mut Conn, reach: &Reach, before: Option<JuryId>) -> Kept<Page<Listed>> {
    let all = juries::table
        .inner_join(certifications::table)
        .inner_join(certification_versions::table)
        .into_boxed::<Backend>();
    let mut all = covered!(all, reach);
    if let Some(before) = before {
        all = all.filter(juries::id.lt(before));
    }
    let rows: Vec<Listed> = all
        .order(juries::id.desc())
        .limit(ROWS_AND_ONE)
        .select((
            juries::id,
            juries::state,
            juries::starts_at,
            juries::zone,
            juries::place,
            certifications::code,
            certification_versions::title,
        ))
        .load(conn)?;
    Ok(Page::cut(rows, |row| row.id.to_string()))
}

/// Convened juries that sit between two moments: when, and in which zone.
pub fn coming(conn: &mut Conn, from: Instant, to: Instant) -> Kept<Vec<(JuryId, Instant, Zone)>> {
    Ok(juries::table
        // In the words of the migration: an index of these alone is found by them.
        .filter(literal::<Bool>("juries.state = 'convened'"))
        .filter(juries::starts_at.between(from, to))
        .order(juries::id)
        .select((juries::id, juries::starts_at, juries::zone))
        .load(conn)?)
}

pub fn insert(
    conn: &mut Conn,
    (certification, version): (CertificationId, CertificationVersionId),
    meeting: &Meeting,
    now: Instant,
) -> Kept<JuryId> {
    Ok(diesel::insert_into(juries::table)
        .values((
            juries::certification_id.eq(certification),
            juries::version_id.eq(version),
            juries::state.eq(JuryState::Composing),
            juries::starts_at.eq(meeting.starts_at),
            juries::zone.eq(meeting.zone),
            juries::mode.eq(meeting.mode),
            juries::place.eq(&meeting.place),
            juries::created_at.eq(now),
        ))
        .returning(juries::id)
        .get_result(conn)?)
}

/// Moves the meeting of a jury, unless its state changed since it was read.
pub fn plan(conn: &mut Conn, seen: &Jury, meeting: &Meeting) -> Kept<()> {
    let untouched = juries::table.find(seen.id).filter(juries::state.eq(seen.state));
    let kept = diesel::update(untouched)
        .set((
            juries::starts_at.eq(meeting.starts_at),
            juries::zone.eq(meeting.zone),
            juries::mode.eq(meeting.mode),
            juries::place.eq(&meeting.place),
        ))
        .execute(conn)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Moves a jury, unless somebody moved it since it was read.
pub fn shift(conn: &mut Conn, seen: &Jury, next: JuryState, now: Instant) -> Kept<()> {
    let untouched = juries::table.find(seen.id).filter(juries::state.eq(seen.state));
    let opened_at = if next == JuryState::Sitting { Some(now) } else { seen.opened_at };
    let moved = diesel::update(untouched)
        .set((
            juries::state.eq(next),
            juries::opened_at.eq(opened_at),
            juries::closed_at.eq((next == JuryState::Closed).then_some(now)),
        ))
        .execute(conn)?;
    if moved == 1 { Ok(()) } else { Err(Error::Stale) }
}
