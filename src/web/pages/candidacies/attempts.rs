//! The attempts of a candidate before juries, and what came of each.

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::candidacies::CandidacyState;
use domain::certifications::Block;
use domain::ids::CandidacyId;
use domain::juries::verdicts::{Decision, Finding};
use store::juries::{Appeal, Tried};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/candidatures/{candidacy}/passages", Action::ReadCandidacies, list);
}

#[derive(Template)]
#[template(path = "candidacies/attempts.html")]
struct AttemptsPage {
    shell: Shell,
    id: CandidacyId,
    is_own: bool,
    state: CandidacyState,
    candidate: String,
    title: String,
    /// Oldest first.
    attempts: Vec<AttemptRow>,
}

/// One attempt, ready to be read.
struct AttemptRow {
    tried: Tried,
    when: String,
    /// What became of each block, by its title.
    blocks: Vec<(String, &'static str)>,
    appeal: Option<&'static str>,
}

impl AttemptsPage {
    /// Whether another attempt may be opened.
    fn may_resit(&self) -> bool {
        let last =
            self.attempts.last().and_then(|one| one.tried.result.as_ref()).map(|result| result.decision);
        self.state == CandidacyState::Decided
            && !matches!(last, None | Some(Decision::Awarded | Decision::Excluded))
    }
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    let (opened, tried, appeals, blocks) = visit.read(|conn| {
        let opened = store::candidacies::opened(conn, &visit.reach, id)?;
        let tried = store::juries::attempts_of_candidacy(conn, &visit.reach, id)?;
        let appeals = store::juries::appeals_of_candidacy(conn, &visit.reach, id)?;
        let blocks = store::certifications::blocks_of(conn, opened.seen.version)?;
        Ok((opened, tried, appeals, blocks))
    })?;
    Reply::page(&AttemptsPage {
        shell: visit.shell(visit.w.attempts_label()),
        id,
        is_own: visit.actor.person() == Some(opened.seen.person),
        state: opened.seen.state,
        candidate: opened.candidate.full(),
        title: opened.entrance.title.to_string(),
        attempts: tried.into_iter().map(|one| row(visit.w, one, &appeals, &blocks)).collect(),
    })
}

fn row(w: Words, tried: Tried, appeals: &[Appeal], blocks: &[Block]) -> AttemptRow {
    let found = tried.result.iter().flat_map(|result| &result.findings);
    let titled = |finding: &Finding| {
        let title = blocks.iter().find(|block| block.code == finding.code)?.title.to_string();
        Some((format!("{title} ({})", finding.code), w.block_result(finding.result)))
    };
    let appeal =
        appeals.iter().find(|appeal| appeal.attempt == tried.id).map(|appeal| match appeal.is_upheld {
            None => w.appeal_waits(),
            Some(true) => w.appeal_upheld(),
            Some(false) => w.appeal_dismissed(),
        });
    AttemptRow { when: w.sits_at(&tried.meeting), blocks: found.filter_map(titled).collect(), appeal, tried }
}
