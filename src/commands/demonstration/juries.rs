//! Two juries of the certification: one that decided, and one that is convened.

use super::{Stage, cast, working_days};
use actions::juries::{self, Asked};
use actions::{self, House};
use anyhow::Context as _;
use domain::access::{Action, Actor};
use domain::calendar::{Day, Zone};
use domain::certificates::Signatory;
use domain::declarations::{ClientId, Declarant};
use domain::ids::{CandidacyId, CertificationId, JuryId};
use domain::juries::verdicts::{Appearance, BlockResult, Finding, Grid};
use domain::juries::{Capacity, Meeting, SittingMode};

const MEMBERS: [(cast::Account, Capacity); 3] = [
    (cast::CHAIR, Capacity::Professional),
    (cast::OUTSIDER, Capacity::Professional),
    (cast::JUROR, Capacity::Certifier),
];

/// The juries of one certification.
pub struct Sitting<'a> {
    pub stage: &'a Stage,
    pub certification: CertificationId,
    pub certifier: Actor,
}

impl Sitting<'_> {
    /// It met three weeks ago: the first candidate lacks a block, and sits it again; the second is awarded.
    pub fn decided(&self, partial: CandidacyId, awarded: CandidacyId) -> anyhow::Result<()> {
        let day = *working_days(self.stage.today(), -21, 1).first().context("no such day")?;
        let jury = self.convened(&self.stage.days_ago(45), day, &[partial, awarded])?;
        let starts_at = Zone::PARIS.instant(day, "09:00".parse()?)?;
        let chair = self.stage.acting(cast::CHAIR.email)?;
        let then = self.stage.at(starts_at.plus_minutes(5));
        let whole = self.whole(&chair, jury)?;
        let present: Vec<_> = whole.jurors.iter().map(|juror| juror.id).collect();
        juries::open(&then, &chair, jury, &present)?;
        let then = self.stage.at(starts_at.plus_hours(6));
        for attempt in &whole.attempts {
            let lacks = attempt.candidacy == partial;
            let asked = self.stage.house.store.read(|conn| juries::asked(conn, attempt))?;
            juries::assess(&then, &chair, jury, attempt.id, &grid(&asked, lacks))?;
        }
        juries::close(&self.stage.at(starts_at.plus_hours(7)), &chair, jury)?;
        for (who, _) in &MEMBERS[1..2] {
            juries::sign(&self.stage.days_ago(19), &self.stage.acting(who.email)?, jury)?;
        }
        let then = self.stage.days_ago(18);
        let signatory =
            Signatory { name: "Irène Vasseur".parse()?, quality: "directrice générale".parse()? };
        actions::certificates::settle_issuer(&then, &self.certifier, "deux-canaux", signatory)?;
        let client: ClientId = "09ZZZ999".parse()?;
        let (contract, sender) = ("MCFCER999999".parse()?, client.clone());
        let declarant = Declarant { client, contract, sender, says_action: true };
        actions::declarations::settle(&then, &self.certifier, &declarant)?;
        actions::certificates::issue(&then, &self.certifier, jury)?;
        Ok(actions::candidacies::resit(&self.stage.days_ago(17), &self.certifier, partial)?)
    }

    /// It meets in two weeks; one member has not made their statement.
    pub fn to_come(&self, candidates: &[CandidacyId]) -> anyhow::Result<()> {
        let day = *working_days(self.stage.today(), 14, 1).first().context("no such day")?;
        self.convened(&self.stage.days_ago(4), day, candidates)?;
        Ok(())
    }

    fn convened(&self, then: &House, day: Day, candidates: &[CandidacyId]) -> anyhow::Result<JuryId> {
        let meeting = Meeting {
            starts_at: Zone::PARIS.instant(day, "09:00".parse()?)?,
            zone: Zone::PARIS,
            mode: SittingMode::OnSite,
            place: "Institut des Deux Canaux, salle du conseil, 12 rue des Quais, Douai".to_owned(),
        };
        let jury = juries::plan(then, &self.certifier, self.certification, &meeting)?;
        for (number, (who, capacity)) in MEMBERS.iter().enumerate() {
            let account = self.stage.acting(who.email)?.account().context("an account")?;
            let juror = juries::add_member(then, &self.certifier, jury, account, *capacity)?;
            if number == 0 {
                juries::name_chair(then, &self.certifier, jury, juror)?;
            }
        }
        juries::add_candidates(then, &self.certifier, jury, candidates)?;
        juries::convene(then, &self.certifier, jury)?;
        // Whoever shows the part of a juror finds something to do.
        let is_past = day < self.stage.today();
        for (who, _) in MEMBERS.iter().filter(|(who, _)| is_past || who.email != cast::JUROR.email) {
            juries::state_interest(then, &self.stage.acting(who.email)?, jury, None)?;
        }
        Ok(jury)
    }

    fn whole(&self, chair: &Actor, jury: JuryId) -> anyhow::Result<juries::Whole> {
        let reach = chair.may(Action::ReadJuries)?;
        let today = self.stage.today();
        Ok(self.stage.house.store.read(|conn| juries::whole(conn, &reach, jury, today))?)
    }
}

/// Three quarters of the points everywhere; for who lacks a block, a third in the last one.
fn grid(asked: &Asked, lacks: bool) -> Grid {
    let last = asked.blocks.len().saturating_sub(1);
    let finding = |(number, block): (usize, &domain::certifications::Block)| {
        let fails = lacks && number == last;
        let got = |most: u32| if fails { most / 3 } else { most * 3 / 4 };
        Finding {
            code: block.code.clone(),
            points: block.assessments.iter().map(|one| Some(got(one.most_points))).collect(),
            result: if fails { BlockResult::NotAcquired } else { BlockResult::Acquired },
            reason: String::new(),
        }
    };
    Grid {
        appearance: Appearance::Present,
        findings: asked.blocks.iter().enumerate().map(finding).collect(),
        remarks: if lacks { "Le cadre juridique est à reprendre.".to_owned() } else { String::new() },
    }
}
