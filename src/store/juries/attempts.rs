//! Candidates before a jury, and what it finds of them. Findings are the jury's until it closes.

use super::covered;
use crate::among::AmongExpression as _;
use crate::backend::Backend;
use crate::schema::{attempts, candidacies, certifications, findings, juries, jurors as sitting, people};
use crate::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Instant, Zone};
use domain::candidacies::CandidacyState;
use domain::certifications::BlockCode;
use domain::ids::{AttemptId, CandidacyId, CertificationId, CertificationVersionId, JuryId, PersonId};
use domain::juries::verdicts::{Appearance, BlockResult, Decision, Finding, Grid};
use domain::juries::{JuryState, Meeting, SittingMode};
use domain::people::PersonName;
use std::collections::HashMap;

/// One candidate before one jury.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = attempts)]
pub struct Attempt {
    pub id: AttemptId,
    #[diesel(column_name = jury_id)]
    pub jury: JuryId,
    #[diesel(column_name = candidacy_id)]
    pub candidacy: CandidacyId,
    #[diesel(select_expression = candidacies::person_id)]
    pub person: PersonId,
    /// Of the record: the candidate keeps the one that they began under.
    #[diesel(select_expression = candidacies::version_id)]
    pub version: CertificationVersionId,
    #[diesel(select_expression = candidacies::state)]
    pub candidacy_state: CandidacyState,
    #[diesel(select_expression = (people::given_name, people::family_name))]
    pub name: PersonName,
    /// None until they were assessed.
    pub appearance: Option<Appearance>,
    pub remarks: String,
    /// None until the jury closed.
    pub decision: Option<Decision>,
}

/// The candidates of a jury that the caller has found within its reach, by name.
pub fn of_jury(conn: &mut Conn, _reach: &Reach, jury: JuryId) -> Kept<Vec<Attempt>> {
    Ok(attempts::table
        .inner_join(candidacies::table.inner_join(people::table))
        .filter(attempts::jury_id.eq(jury))
        .order((people::search_key, attempts::id))
        .select(Attempt::as_select())
        .load(conn)?)
}

/// One attempt of a jury within reach.
pub fn get(conn: &mut Conn, reach: &Reach, jury: JuryId, id: AttemptId) -> Kept<Attempt> {
    let all = attempts::table
        .inner_join(candidacies::table.inner_join(people::table))
        .inner_join(juries::table.inner_join(certifications::table))
        .into_boxed::<Backend>();
    Ok(covered!(all, reach)
        .filter(attempts::id.eq(id).and(attempts::jury_id.eq(jury)))
        .select(Attempt::as_select())
        .first(conn)?)
}

/// Somebody admitted who waits for a jury.
#[derive(Debug, Clone, Queryable)]
pub struct Waiting {
    pub candidacy: CandidacyId,
    pub name: PersonName,
}

/// Those who wait for a jury of a certification that the caller has found within its reach, by name.
pub fn waiting(conn: &mut Conn, _reach: &Reach, of: CertificationId, most: i64) -> Kept<Vec<Waiting>> {
    let before_a_jury = attempts::table.filter(attempts::decision.is_null()).select(attempts::candidacy_id);
    Ok(candidacies::table
        .inner_join(people::table)
        .filter(candidacies::certification_id.eq(of).and(candidacies::state.eq(CandidacyState::Admitted)))
        .filter(diesel::dsl::not(candidacies::id.eq_any(before_a_jury)))
        .order((people::search_key, candidacies::id))
        .limit(most)
        .select((candidacies::id, (people::given_name, people::family_name)))
        .load(conn)?)
}

/// Puts a candidate before a jury. [`crate::Unique::AttemptOnce`] when they are before one.
pub fn add(conn: &mut Conn, jury: JuryId, candidacy: CandidacyId, now: Instant) -> Kept<AttemptId> {
    Ok(diesel::insert_into(attempts::table)
        .values((
            attempts::jury_id.eq(jury),
            attempts::candidacy_id.eq(candidacy),
            attempts::remarks.eq(""),
            attempts::created_at.eq(now),
        ))
        .returning(attempts::id)
        .get_result(conn)?)
}

/// Takes a candidate back who was not decided on.
pub fn remove(conn: &mut Conn, id: AttemptId) -> Kept<()> {
    diesel::delete(findings::table.filter(findings::attempt_id.eq(id))).execute(conn)?;
    diesel::delete(attempts::table.find(id).filter(attempts::decision.is_null())).execute(conn)?;
    Ok(())
}

#[derive(Queryable)]
struct FindingRow {
    attempt: AttemptId,
    code: BlockCode,
    result: BlockResult,
    reason: String,
    points: String,
}

impl FindingRow {
    fn finding(self) -> Finding {
        let points = self.points.split_whitespace().map(|points| points.parse().ok()).collect();
        Finding { code: self.code, points, result: self.result, reason: self.reason }
    }
}

/// Points as they are kept: a dash where an assessment was not taken.
fn spelled(points: &[Option<u32>]) -> String {
    let one = |points: &Option<u32>| points.map_or_else(|| "-".to_owned(), |points| points.to_string());
    points.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// What was found of each attempt, by its number. The caller is the jury, or the attempts are decided.
pub fn results_of(
    conn: &mut Conn,
    _reach: &Reach,
    of: impl IntoIterator<Item = AttemptId>,
) -> Kept<HashMap<AttemptId, Vec<Finding>>> {
    let rows: Vec<FindingRow> = findings::table
        .filter(findings::attempt_id.among(of))
        .order((findings::attempt_id, findings::block))
        .select((findings::attempt_id, findings::block, findings::result, findings::reason, findings::points))
        .load(conn)?;
    let mut found: HashMap<AttemptId, Vec<Finding>> = HashMap::new();
    for row in rows {
        found.entry(row.attempt).or_default().push(row.finding());
    }
    Ok(found)
}

/// What was found of one attempt so far; none before it was assessed.
pub fn grid(conn: &mut Conn, reach: &Reach, attempt: &Attempt) -> Kept<Option<Grid>> {
    let Some(appearance) = attempt.appearance else { return Ok(None) };
    let findings = results_of(conn, reach, [attempt.id])?.remove(&attempt.id).unwrap_or_default();
    Ok(Some(Grid { appearance, findings, remarks: attempt.remarks.clone() }))
}

/// Keeps what was found in place of what was found before.
pub fn keep_grid(conn: &mut Conn, id: AttemptId, grid: &Grid) -> Kept<()> {
    diesel::update(attempts::table.find(id))
        .set((attempts::appearance.eq(grid.appearance), attempts::remarks.eq(&grid.remarks)))
        .execute(conn)?;
    diesel::delete(findings::table.filter(findings::attempt_id.eq(id))).execute(conn)?;
    for finding in &grid.findings {
        diesel::insert_into(findings::table)
            .values((
                findings::attempt_id.eq(id),
                findings::block.eq(&finding.code),
                findings::result.eq(finding.result),
                findings::reason.eq(&finding.reason),
                findings::points.eq(spelled(&finding.points)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Writes what the jury decided. A correction writes it again.
pub fn decide(conn: &mut Conn, id: AttemptId, decision: Decision, now: Instant) -> Kept<()> {
    let decided = diesel::update(attempts::table.find(id))
        .set((attempts::decision.eq(decision), attempts::decided_at.eq(now)))
        .execute(conn)?;
    if decided == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What a decision lets somebody keep.
const KEEPS: [Decision; 2] = [Decision::Awarded, Decision::Partial];
const HELD: [BlockResult; 3] = [BlockResult::Acquired, BlockResult::Exempted, BlockResult::Equivalent];

/// The blocks that candidates hold for good, each with the attempt that acquired it.
pub fn held(
    conn: &mut Conn,
    of: impl IntoIterator<Item = CandidacyId>,
) -> Kept<Vec<(CandidacyId, AttemptId, BlockCode)>> {
    Ok(findings::table
        .inner_join(attempts::table)
        .filter(attempts::candidacy_id.among(of))
        .filter(attempts::decision.among(KEEPS))
        .filter(findings::result.among(HELD))
        .order((attempts::id, findings::block))
        .select((attempts::candidacy_id, attempts::id, findings::block))
        .load(conn)?)
}

/// Before which jury an attempt is, or was.
pub fn jury_of(conn: &mut Conn, attempt: AttemptId) -> Kept<JuryId> {
    Ok(attempts::table.find(attempt).select(attempts::jury_id).first(conn)?)
}

/// Whether a jury found that a candidate acquired a block.
pub fn has_acquired(conn: &mut Conn, candidacy: CandidacyId) -> Kept<bool> {
    let acquired = findings::table
        .inner_join(attempts::table)
        .filter(attempts::candidacy_id.eq(candidacy).and(attempts::decision.among(KEEPS)))
        .filter(findings::result.eq(BlockResult::Acquired));
    Ok(diesel::select(diesel::dsl::exists(acquired)).get_result(conn)?)
}

/// Whether a candidate came before another jury after an attempt.
pub fn is_tried_since(conn: &mut Conn, candidacy: CandidacyId, attempt: AttemptId) -> Kept<bool> {
    let later = attempts::table.filter(attempts::candidacy_id.eq(candidacy).and(attempts::id.gt(attempt)));
    Ok(diesel::select(diesel::dsl::exists(later)).get_result(conn)?)
}

/// Takes a candidate who gives up back from the jury that they were before.
pub fn release(conn: &mut Conn, candidacy: CandidacyId) -> Kept<()> {
    let live = attempts::table.filter(attempts::candidacy_id.eq(candidacy).and(attempts::decision.is_null()));
    let id: Option<AttemptId> = live.select(attempts::id).first(conn).optional()?;
    id.map_or(Ok(()), |id| remove(conn, id))
}

/// An attempt as its candidate, and the certifier, may know it.
#[derive(Debug, Clone)]
pub struct Tried {
    pub id: AttemptId,
    pub jury: JuryId,
    pub meeting: Meeting,
    /// None until the jury closed.
    pub result: Option<Result>,
}

/// What came of an attempt.
#[derive(Debug, Clone)]
pub struct Result {
    pub decision: Decision,
    pub decided_at: Instant,
    pub findings: Vec<Finding>,
    pub remarks: String,
}

#[derive(Queryable)]
struct TriedRow {
    id: AttemptId,
    jury: JuryId,
    starts_at: Instant,
    zone: Zone,
    mode: SittingMode,
    place: String,
    decision: Option<Decision>,
    decided_at: Option<Instant>,
    remarks: String,
}

/// The attempts of a candidacy that the caller has found within its reach, oldest first. A jury that is being composed
/// is not told of, and what a jury found only once it closed.
pub fn of_candidacy(conn: &mut Conn, reach: &Reach, candidacy: CandidacyId) -> Kept<Vec<Tried>> {
    let rows: Vec<TriedRow> = attempts::table
        .inner_join(juries::table)
        .filter(attempts::candidacy_id.eq(candidacy))
        .filter(juries::state.ne(JuryState::Composing))
        .order(attempts::id)
        .select((
            attempts::id,
            attempts::jury_id,
            juries::starts_at,
            juries::zone,
            juries::mode,
            juries::place,
            attempts::decision,
            attempts::decided_at,
            attempts::remarks,
        ))
        .load(conn)?;
    let decided = rows.iter().filter(|row| row.decision.is_some()).map(|row| row.id);
    let mut found = results_of(conn, reach, decided.collect::<Vec<_>>())?;
    let tried = |row: TriedRow| {
        let result = row.decision.zip(row.decided_at).map(|(decision, decided_at)| Result {
            decision,
            decided_at,
            findings: found.remove(&row.id).unwrap_or_default(),
            remarks: row.remarks,
        });
        let zone = row.zone;
        let meeting = Meeting { starts_at: row.starts_at, zone, mode: row.mode, place: row.place };
        Tried { id: row.id, jury: row.jury, meeting, result }
    };
    Ok(rows.into_iter().map(tried).collect())
}
