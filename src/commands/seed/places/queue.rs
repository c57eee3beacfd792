//! Those who wait and those who come, served by the rule of the house.

use super::{Duty, Place, Places, house};
use crate::commands::seed::letters::Post;
use crate::commands::seed::sessions::Tale;
use domain::calendar::Instant;
use domain::enrolments::{Claim, Claimant, EnrolmentState, EnrolmentStep, Queue, Rank, promotion, serve};
use domain::ids::EnrolmentId;
use store::journal::By;

/// Somebody who comes to the queue: the number of their place, and who speaks for them.
#[derive(Debug, Clone, Copy)]
pub struct Coming {
    pub who: usize,
    pub claimant: Claimant,
    pub by: By,
}

impl Places {
    /// Serves those who wait together with those who come, writes it down and tells it.
    pub fn allocate(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        at: Instant,
        coming: &[Coming],
    ) -> anyhow::Result<()> {
        let queue = self.queue(tale, at, coming)?;
        let served = serve(self.seats.clone(), &queue)?;
        self.promote(tale, post, at, &served.promoted)?;
        for one in coming {
            self.admit(tale, at, one, served.rank_of(one.claimant).is_none())?;
        }
        for one in coming {
            self.tell_result(tale, post, at, one.who, served.rank_of(one.claimant))?;
        }
        self.seats = served.seats;
        Ok(())
    }

    fn queue(&mut self, tale: &Tale<'_>, at: Instant, coming: &[Coming]) -> anyhow::Result<Queue> {
        let mut claims: Vec<Claim> = self.rows.iter().filter_map(Place::waits).collect();
        for one in coming {
            claims.push(self.place(one.who)?.claim(one.claimant, at));
        }
        Ok(Queue { claims, is_open: tale.session.queue_is_open(at) })
    }

    /// Those who waited and have a seat now, or are offered one.
    fn promote(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        at: Instant,
        promoted: &[EnrolmentId],
    ) -> anyhow::Result<()> {
        let (step, until) = promotion(&tale.session, at);
        for who in 0..self.rows.len() {
            if !promoted.contains(&self.place(who)?.row.id) {
                continue;
            }
            self.step(tale, at, who, house(), step, until, None)?;
            match until {
                Some(until) => {
                    post.offer(tale, self.place(who)?, at, until)?;
                    self.may_answer(tale, at, who, until);
                }
                None => {
                    post.promoted(tale, self.place(who)?, at)?;
                    self.may_change(tale, at, who);
                }
            }
        }
        Ok(())
    }

    /// Most answer an offer in time.
    fn may_answer(&mut self, tale: &mut Tale<'_>, at: Instant, who: usize, until: Instant) {
        let minutes = until.seconds_since(at) / 60;
        let answer = at.plus_minutes(tale.dice.between(1, (minutes * 6 / 5).max(1)));
        self.note(until, Duty::Lapse(who));
        self.note(answer, Duty::Answer(who));
    }

    fn admit(
        &mut self,
        tale: &mut Tale<'_>,
        at: Instant,
        one: &Coming,
        has_seat: bool,
    ) -> anyhow::Result<()> {
        match one.claimant {
            Claimant::New(_) => {
                let state = if has_seat { EnrolmentState::Confirmed } else { EnrolmentState::Waiting };
                self.begin(tale, at, one.who, one.by, state)
            }
            Claimant::Approved(_) | Claimant::Waiting(_) => {
                let step = if has_seat { EnrolmentStep::Confirm } else { EnrolmentStep::Wait };
                self.step(tale, at, one.who, one.by, step, None, None)
            }
        }
    }

    fn tell_result(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        at: Instant,
        who: usize,
        rank: Option<Rank>,
    ) -> anyhow::Result<()> {
        self.may_change(tale, at, who);
        match rank {
            None => post.confirmed(tale, self.place(who)?, at),
            Some(rank) => post.waiting(tale, self.place(who)?, at, rank),
        }
    }
}

impl Place {
    /// What they claim while they wait.
    fn waits(&self) -> Option<Claim> {
        let ranked_at = self.row.ranked_at.filter(|_| self.row.state == EnrolmentState::Waiting)?;
        Some(self.claim(Claimant::Waiting(self.row.id), ranked_at))
    }

    fn claim(&self, claimant: Claimant, ranked_at: Instant) -> Claim {
        let group = self.row.group_id.filter(|_| self.whole_group);
        Claim { claimant, employer: Some(self.row.employer_id), group, ranked_at }
    }
}
