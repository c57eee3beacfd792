//! A jury: planned and composed by the certifier, held by its members, closed with minutes.

mod appeals;
mod composing;
mod deliberating;
mod telling;

pub use appeals::{answer as answer_appeal, appeal};
pub use composing::{
    add_candidates, add_member, cancel, convene, name_chair, plan, remove_candidate, remove_member, replan,
};
pub use deliberating::{adjourn, assess, close, correct, open, sign, state_interest};
pub use telling::remind;

use super::{Act, Done, House};
use domain::access::{Actor, Reach, Subject};
use domain::calendar::Day;
use domain::certifications::{Block, BlockCode};
use domain::ids::{AccountId, CertificationVersionId, JuryId};
use domain::juries::composition::{self, Breach, Stage};
use domain::juries::{Juror, Jury, JuryState, JuryStep, Refusal};
use std::collections::HashMap;
use store::juries::{About, Attempt};
use store::{self, Conn, journal::Line};

/// A jury with everybody who sits in it or comes before it.
#[derive(Debug, Clone)]
pub struct Whole {
    pub seen: Jury,
    pub about: About,
    /// The chair first.
    pub jurors: Vec<Juror>,
    /// By name.
    pub attempts: Vec<Attempt>,
}

/// A jury within reach, with what ties its members to its candidates on a day.
pub fn whole(conn: &mut Conn, reach: &Reach, id: JuryId, today: Day) -> Result<Whole, store::Error> {
    let (seen, about) = store::juries::get(conn, reach, id)?;
    let attempts = store::juries::attempts_of(conn, reach, id)?;
    let candidates: Vec<_> = attempts.iter().map(|one| (one.person, one.name.full())).collect();
    let jurors = store::juries::jurors_of(conn, reach, id, seen.certifier, &candidates, today)?;
    Ok(Whole { seen, about, jurors, attempts })
}

impl Whole {
    /// The rules that it breaks as it stands.
    pub fn breaches(&self) -> Vec<Breach> {
        let stage = if self.seen.state == JuryState::Sitting { Stage::Sitting } else { Stage::Named };
        self.breaches_at(stage)
    }

    fn breaches_at(&self, stage: Stage) -> Vec<Breach> {
        composition::breaches(self.seen.rules, &self.jurors, self.attempts.len(), stage)
    }

    fn holds_at(&self, stage: Stage) -> Result<(), Refusal> {
        let breaches = self.breaches_at(stage);
        if breaches.is_empty() { Ok(()) } else { Err(Refusal::Composition(breaches)) }
    }

    /// The member that an account is.
    pub fn member(&self, account: Option<AccountId>) -> Option<&Juror> {
        self.jurors.iter().find(|juror| Some(juror.account) == account)
    }

    fn chair(&self, actor: &Actor) -> Result<&Juror, Refusal> {
        self.member(actor.account()).filter(|juror| juror.is_chair).ok_or(Refusal::ChairOnly)
    }
}

/// What a candidate is asked for: the blocks of their record, and those that they hold already.
#[derive(Debug, Clone)]
pub struct Asked {
    pub blocks: Vec<Block>,
    pub is_partial: bool,
    pub held: Vec<BlockCode>,
}

/// Records as the candidates of a jury keep them: read once for each version.
#[derive(Default)]
struct Records(HashMap<CertificationVersionId, (Vec<Block>, bool)>);

impl Records {
    fn of(
        &mut self,
        conn: &mut Conn,
        version: CertificationVersionId,
    ) -> Result<&(Vec<Block>, bool), store::Error> {
        use std::collections::hash_map::Entry;
        match self.0.entry(version) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => {
                let blocks = store::certifications::blocks_of(conn, version)?;
                Ok(unknown.insert((blocks, store::certifications::is_partial(conn, version)?)))
            }
        }
    }
}

/// What the candidate of an attempt within reach is asked for.
pub fn asked(conn: &mut Conn, attempt: &Attempt) -> Result<Asked, store::Error> {
    let (blocks, is_partial) = Records::default().of(conn, attempt.version)?.clone();
    let held = store::juries::held(conn, [attempt.candidacy])?;
    let held = held.into_iter().filter(|(_, by, _)| *by < attempt.id).map(|(.., block)| block).collect();
    Ok(Asked { blocks, is_partial, held })
}

/// A jury within reach, held until the end of the transaction, with everybody.
fn held(act: &mut Act<'_>, id: JuryId) -> Done<Whole> {
    store::juries::get(act.conn, &act.reach, id)?;
    act.hold(|conn| store::juries::hold(conn, id))?;
    Ok(whole(act.conn, &act.reach, id, act.today())?)
}

/// Moves a jury by one step and writes it into its journal.
fn step(act: &mut Act<'_>, seen: &Jury, step: JuryStep, reason: Option<&str>) -> Done<JuryState> {
    let next = seen.state.step(step).map_err(Refusal::from)?;
    store::juries::shift(act.conn, seen, next, act.now)?;
    let line = Line {
        kind: "jury",
        reference: &reference(seen.id),
        from: Some(seen.state.as_str()),
        to: Some(next.as_str()),
        reason,
        ..Line::default()
    };
    note(act, seen.id, &[line])?;
    Ok(next)
}

fn reference(id: JuryId) -> String {
    format!("jury:{id}")
}

fn note(act: &mut Act<'_>, id: JuryId, lines: &[Line<'_>]) -> Done<()> {
    act.note(Subject::Jury(id), lines)
}

/// Seals what a jury just decided with a checkpoint. The decision stands whatever becomes of it: the next round seals
/// what this one could not.
fn seal(house: &House) {
    if house.keys.is_some()
        && let Err(error) = super::journal::checkpoint(house)
    {
        tracing::warn!("a jury was closed and not sealed yet: {error}");
    }
}
