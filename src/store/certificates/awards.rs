//! What a jury awarded, and whether it was certified.

use crate::among::AmongExpression as _;
use crate::juries;
use crate::schema::{attempts, candidacies, certificates, civil_identities, people};
use crate::{Conn, Kept};
use diesel::prelude::*;
use domain::access::Reach;
use domain::calendar::Instant;
use domain::certificates::CertificateState;
use domain::certifications::BlockCode;
use domain::ids::{AttemptId, CandidacyId, CertificationVersionId, JuryId};
use domain::juries::verdicts::{BlockResult, Decision};
use domain::people::PersonName;
use std::collections::HashMap;

/// What a jury awarded to one candidate.
#[derive(Debug, Clone)]
pub struct Award {
    pub attempt: AttemptId,
    pub candidacy: CandidacyId,
    pub version: CertificationVersionId,
    pub name: String,
    /// Whether they told who they are by birth.
    pub is_identified: bool,
    /// None for the whole certification.
    pub pending: Vec<Option<BlockCode>>,
    /// How many certificates for it hold.
    pub issued: usize,
}

#[derive(Queryable)]
struct Row {
    attempt: AttemptId,
    candidacy: CandidacyId,
    version: CertificationVersionId,
    name: PersonName,
    decision: Option<Decision>,
    decided_at: Option<Instant>,
    confirmed_at: Option<Instant>,
}

/// What a jury that the caller has found within its reach awarded, by name: all of the certification, or the blocks that
/// were acquired before it; one from which somebody was dispensed is no acquired one. What was certified since the decision is pending no more, even when it was revoked: a jury
/// that decides anew opens it again.
pub fn of_jury(conn: &mut Conn, reach: &Reach, jury: JuryId) -> Kept<Vec<Award>> {
    let rows: Vec<Row> = attempts::table
        .inner_join(candidacies::table.inner_join(people::table).left_join(civil_identities::table))
        .filter(attempts::jury_id.eq(jury))
        .filter(attempts::decision.among([Decision::Awarded, Decision::Partial]))
        .order((people::search_key, attempts::id))
        .select((
            attempts::id,
            attempts::candidacy_id,
            candidacies::version_id,
            (people::given_name, people::family_name),
            attempts::decision,
            attempts::decided_at,
            civil_identities::confirmed_at.nullable(),
        ))
        .load(conn)?;
    let partial = rows.iter().filter(|row| row.decision == Some(Decision::Partial));
    let mut found = juries::results_of(conn, reach, partial.map(|row| row.attempt).collect::<Vec<_>>())?;
    let known: Vec<(AttemptId, String, Instant, CertificateState)> = certificates::table
        .filter(certificates::attempt_id.among(rows.iter().map(|row| row.attempt)))
        .select((certificates::attempt_id, certificates::block, certificates::issued_at, certificates::state))
        .load(conn)?;
    let mut issued: HashMap<AttemptId, Vec<(String, Instant, CertificateState)>> = HashMap::new();
    for (attempt, block, at, state) in known {
        issued.entry(attempt).or_default().push((block, at, state));
    }
    let award = |row: Row| {
        let issued = issued.remove(&row.attempt).unwrap_or_default();
        let awarded: Vec<Option<BlockCode>> = match row.decision {
            Some(Decision::Partial) => {
                let findings = found.remove(&row.attempt).unwrap_or_default();
                findings
                    .into_iter()
                    .filter(|one| one.result == BlockResult::Acquired)
                    .map(|one| Some(one.code))
                    .collect()
            }
            _ => vec![None],
        };
        let is_pending = |block: &Option<BlockCode>| {
            let block = block.as_ref().map_or("", BlockCode::as_str);
            !issued.iter().any(|(known, at, _)| known == block && Some(*at) >= row.decided_at)
        };
        Award {
            attempt: row.attempt,
            candidacy: row.candidacy,
            version: row.version,
            name: row.name.full(),
            is_identified: row.confirmed_at.is_some(),
            pending: awarded.into_iter().filter(is_pending).collect(),
            issued: issued.iter().filter(|(.., state)| *state == CertificateState::Valid).count(),
        }
    };
    Ok(rows.into_iter().map(award).collect())
}
