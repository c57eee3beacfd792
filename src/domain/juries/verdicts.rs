//! What a jury finds of one candidate: points for each assessment, what becomes of each block, and what it comes to.

use crate::certifications::{Acquisition, Block, BlockCode};
use crate::named;

named! {
    /// Whether the candidate came.
    Appearance {
        Present = "present",
        Absent = "absent",
        /// For fraud.
        Excluded = "excluded",
    }
}

named! {
    /// What becomes of a block.
    BlockResult {
        Acquired = "acquired",
        NotAcquired = "not_acquired",
        /// Not asked for, by a rule of the record.
        Exempted = "exempted",
        /// Another certification stands for it.
        Equivalent = "equivalent",
    }
}

impl BlockResult {
    /// Whether the block stays with the candidate.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Acquired | Self::Exempted | Self::Equivalent)
    }
}

named! {
    /// What the jury decides.
    Decision {
        Awarded = "awarded",
        /// Some blocks, which stay acquired.
        Partial = "partial",
        Failed = "failed",
        Absent = "absent",
        Excluded = "excluded",
    }
}

/// What a jury found of a block that the candidate did not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: BlockCode,
    /// In the order of the assessments; none where it was not taken.
    pub points: Vec<Option<u32>>,
    pub result: BlockResult,
    /// Why the jury departs from the points, or dispenses from them.
    pub reason: String,
}

/// What a jury found of one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    pub appearance: Appearance,
    /// Empty for who did not come.
    pub findings: Vec<Finding>,
    pub remarks: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the grid has not the blocks that are missing")]
    Blocks,
    #[error("points of {0} are missing")]
    PointsMissing(BlockCode),
    #[error("an assessment of {0} has no so many points")]
    TooManyPoints(BlockCode),
    #[error("a reason is wanted for {0}: it departs from the points")]
    ReasonMissing(BlockCode),
    #[error("who is excluded is told why")]
    ExclusionReason,
}

impl Block {
    /// Whether these points acquire it; none while some are missing.
    pub fn is_acquired_by(&self, points: &[Option<u32>]) -> Option<bool> {
        if points.len() != self.assessments.len() {
            return None;
        }
        let points: Vec<u32> = points.iter().copied().collect::<Option<_>>()?;
        Some(match self.acquisition {
            Acquisition::Each => {
                self.assessments.iter().zip(&points).all(|(asked, got)| *got >= asked.pass_points)
            }
            Acquisition::Together => {
                points.iter().sum::<u32>() >= self.assessments.iter().map(|asked| asked.pass_points).sum()
            }
        })
    }
}

impl Grid {
    /// What it comes to, for a candidate who holds some blocks already. Where the record knows no single blocks, all
    /// of them or none are acquired.
    pub fn decision(
        &self,
        blocks: &[Block],
        held: &[BlockCode],
        is_partial: bool,
    ) -> Result<Decision, Refusal> {
        match self.appearance {
            Appearance::Absent => return Ok(Decision::Absent),
            Appearance::Excluded if self.remarks.is_empty() => return Err(Refusal::ExclusionReason),
            Appearance::Excluded => return Ok(Decision::Excluded),
            Appearance::Present => {}
        }
        let missing: Vec<&Block> = blocks.iter().filter(|block| !held.contains(&block.code)).collect();
        let is_whole = missing.len() == self.findings.len()
            && missing.iter().zip(&self.findings).all(|(block, found)| block.code == found.code);
        if !is_whole {
            return Err(Refusal::Blocks);
        }
        for (block, found) in missing.iter().zip(&self.findings) {
            found.check(block)?;
        }
        let acquired = self.findings.iter().filter(|found| found.result.is_held()).count();
        Ok(if acquired == missing.len() {
            Decision::Awarded
        } else if acquired > 0 && is_partial {
            Decision::Partial
        } else {
            Decision::Failed
        })
    }
}

impl Finding {
    fn check(&self, block: &Block) -> Result<(), Refusal> {
        let code = || self.code.clone();
        let is_over = |(points, asked): (&Option<u32>, _)| {
            let asked: &crate::certifications::Assessment = asked;
            points.is_some_and(|points| points > asked.most_points)
        };
        if self.points.iter().zip(&block.assessments).any(is_over) {
            return Err(Refusal::TooManyPoints(code()));
        }
        let follows = match (block.is_acquired_by(&self.points), self.result) {
            (None, BlockResult::Acquired | BlockResult::NotAcquired) => {
                return Err(Refusal::PointsMissing(code()));
            }
            (Some(acquired), BlockResult::Acquired) => acquired,
            (Some(acquired), BlockResult::NotAcquired) => !acquired,
            (_, BlockResult::Exempted | BlockResult::Equivalent) => false,
        };
        if !follows && self.reason.is_empty() { Err(Refusal::ReasonMissing(code())) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certifications::{Assessment, AssessmentKind};
    use proptest::prelude::*;

    fn block(number: u32, acquisition: Acquisition, scale: &[(u32, u32)]) -> Block {
        let assessment = |(most_points, pass_points): &(u32, u32)| Assessment {
            title: "Épreuve".parse().unwrap(),
            kind: AssessmentKind::Oral,
            most_points: *most_points,
            pass_points: *pass_points,
        };
        Block {
            code: format!("RNCP99999BC{number:02}").parse().unwrap(),
            title: "Bloc".parse().unwrap(),
            acquisition,
            assessments: scale.iter().map(assessment).collect(),
        }
    }

    fn blocks() -> Vec<Block> {
        vec![
            block(1, Acquisition::Each, &[(20, 10), (20, 8)]),
            block(2, Acquisition::Together, &[(60, 30), (40, 20)]),
        ]
    }

    fn found(number: u32, points: &[u32], result: BlockResult) -> Finding {
        Finding {
            code: format!("RNCP99999BC{number:02}").parse().unwrap(),
            points: points.iter().copied().map(Some).collect(),
            result,
            reason: String::new(),
        }
    }

    fn grid(findings: Vec<Finding>) -> Grid {
        Grid { appearance: Appearance::Present, findings, remarks: String::new() }
    }

    use BlockResult::{Acquired, Equivalent, NotAcquired};

    #[test]
    fn points_acquire_a_block_each_by_itself_or_together() {
        let [each, together] = [&blocks()[0], &blocks()[1]];
        assert_eq!(each.is_acquired_by(&[Some(10), Some(8)]), Some(true));
        assert_eq!(each.is_acquired_by(&[Some(20), Some(7)]), Some(false));
        assert_eq!(together.is_acquired_by(&[Some(10), Some(40)]), Some(true));
        assert_eq!(together.is_acquired_by(&[Some(9), Some(40)]), Some(false));
        assert_eq!(together.is_acquired_by(&[Some(60), None]), None);
        assert_eq!(together.is_acquired_by(&[Some(60)]), None);
    }

    #[test]
    fn the_decision_follows_from_the_blocks() {
        let all = grid(vec![found(1, &[10, 8], Acquired), found(2, &[30, 20], Acquired)]);
        assert_eq!(all.decision(&blocks(), &[], true), Ok(Decision::Awarded));
        let some = grid(vec![found(1, &[10, 8], Acquired), found(2, &[30, 19], NotAcquired)]);
        assert_eq!(some.decision(&blocks(), &[], true), Ok(Decision::Partial));
        assert_eq!(some.decision(&blocks(), &[], false), Ok(Decision::Failed));
        let none = grid(vec![found(1, &[9, 8], NotAcquired), found(2, &[30, 19], NotAcquired)]);
        assert_eq!(none.decision(&blocks(), &[], true), Ok(Decision::Failed));
        // A resit is for what is missing, and completes what was acquired.
        let held = ["RNCP99999BC01".parse().unwrap()];
        let rest = grid(vec![found(2, &[30, 20], Acquired)]);
        assert_eq!(rest.decision(&blocks(), &held, true), Ok(Decision::Awarded));
        assert_eq!(all.decision(&blocks(), &held, true), Err(Refusal::Blocks));
        assert_eq!(rest.decision(&blocks(), &[], true), Err(Refusal::Blocks));
    }

    #[test]
    fn who_did_not_come_or_cheated_acquires_nothing() {
        let absent = Grid { appearance: Appearance::Absent, ..grid(Vec::new()) };
        assert_eq!(absent.decision(&blocks(), &[], true), Ok(Decision::Absent));
        let mut excluded = Grid { appearance: Appearance::Excluded, ..grid(Vec::new()) };
        assert_eq!(excluded.decision(&blocks(), &[], true), Err(Refusal::ExclusionReason));
        excluded.remarks = "Un téléphone pendant l’épreuve.".to_owned();
        assert_eq!(excluded.decision(&blocks(), &[], true), Ok(Decision::Excluded));
    }

    #[test]
    fn a_jury_departs_from_points_with_a_reason_only() {
        let code = || "RNCP99999BC01".parse::<BlockCode>().unwrap();
        let with = |first: Finding| grid(vec![first, found(2, &[30, 20], Acquired)]);
        let decided = |first| with(first).decision(&blocks(), &[], true);
        assert_eq!(decided(found(1, &[9, 8], Acquired)), Err(Refusal::ReasonMissing(code())));
        assert_eq!(decided(found(1, &[10, 8], NotAcquired)), Err(Refusal::ReasonMissing(code())));
        assert_eq!(decided(found(1, &[21, 8], Acquired)), Err(Refusal::TooManyPoints(code())));
        assert_eq!(decided(found(1, &[10], Acquired)), Err(Refusal::PointsMissing(code())));
        assert_eq!(decided(found(1, &[], Equivalent)), Err(Refusal::ReasonMissing(code())));
        let reason = || "Une certification voisine en tient lieu.".to_owned();
        assert_eq!(decided(Finding { reason: reason(), ..found(1, &[], Equivalent) }), Ok(Decision::Awarded));
        assert_eq!(
            decided(Finding { reason: reason(), ..found(1, &[9, 8], Acquired) }),
            Ok(Decision::Awarded)
        );
    }

    proptest! {
        /// Nothing is awarded without every block, and no block is lost on the way.
        #[test]
        fn awarded_means_every_block(first in 0u32..=20, second in 0u32..=20, third in 0u32..=60, fourth in 0u32..=40) {
            let blocks = blocks();
            let result = |block: &Block, points: &[u32]| {
                let points: Vec<_> = points.iter().copied().map(Some).collect();
                if block.is_acquired_by(&points).unwrap() { Acquired } else { NotAcquired }
            };
            let (one, two) = ([first, second], [third, fourth]);
            let findings = vec![found(1, &one, result(&blocks[0], &one)), found(2, &two, result(&blocks[1], &two))];
            let held = findings.iter().filter(|finding| finding.result.is_held()).count();
            let decision = grid(findings).decision(&blocks, &[], true).unwrap();
            prop_assert_eq!(decision == Decision::Awarded, held == 2);
            prop_assert_eq!(decision == Decision::Partial, held == 1);
            prop_assert_eq!(decision == Decision::Failed, held == 0);
        }
    }
}
