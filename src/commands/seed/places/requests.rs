//! Those who ask, when and for whom, and the first state of each place.

use super::queue::Coming;
use super::{Duty, Place, Places, spoken};
use crate::commands::seed::letters::Post;
use crate::commands::seed::names::REFUSALS;
use crate::commands::seed::sessions::Tale;
use anyhow::Context as _;
use domain::access::Role;
use domain::calendar::Instant;
use domain::enrolments::{Claimant, EnrolmentState, EnrolmentStep, GroupPolicy};
use domain::ids::{EnrolmentId, GroupId, PersonId};
use store::journal::{By, Line, kinds};

/// The largest group that a company sends in one go.
pub const GROUP: i64 = 12;
/// So many sessions, evenly over time, are the printed trainee's too.
const OF_TRAINEE: i64 = 24;
const TRAINEE: PersonId = PersonId(1);

pub struct Ask {
    company: usize,
    people: Vec<PersonId>,
    policy: GroupPolicy,
}

impl Places {
    /// Who will ask, and when.
    pub fn prepare(&mut self, tale: &mut Tale<'_>) -> anyhow::Result<()> {
        let now = tale.now();
        let is_past = tale.session.starts_at <= now;
        let (least, most) = if is_past { (65, 115) } else { (10, 120) };
        let capacity = i64::from(tale.session.plan.capacity);
        let mut wanted = capacity * tale.dice.between(least, most) / 100;
        let from = tale.published_at.plus_minutes(40);
        let minutes = tale.session.plan.enrol_by.min(now).seconds_since(from) / 60;
        let step = (tale.stage.sessions / OF_TRAINEE).max(1);
        if tale.number % step == 0 || (is_past && tale.session.ends_at > now && tale.slots.len() == 1) {
            self.asks.push(Ask { company: 0, people: vec![TRAINEE], policy: GroupPolicy::AsManyAsFit });
            self.companies.insert(0);
            self.note(from, Duty::Ask(0));
        }
        for _ in 0..200 {
            if wanted <= 0 || minutes <= 0 {
                break;
            }
            let Some(ask) = self.ask(tale, wanted)? else { continue };
            wanted -= i64::try_from(ask.people.len())?;
            self.asks.push(ask);
            self.note(from.plus_minutes(tale.dice.between(1, minutes)), Duty::Ask(self.asks.len() - 1));
        }
        Ok(())
    }

    /// A company that sends some of its people, and none that sent others already.
    fn ask(&mut self, tale: &mut Tale<'_>, wanted: i64) -> anyhow::Result<Option<Ask>> {
        let dice = &mut tale.dice;
        let (place, person) = tale.stage.region.anybody(dice);
        if !self.companies.insert(place) {
            return Ok(None);
        }
        let company = tale.stage.region.company(place)?;
        let many = dice.between(1, GROUP).min(dice.between(1, GROUP)).min(company.size).min(wanted);
        let people =
            (0..many).map(|turn| PersonId(company.first + (person.0 - company.first + turn) % company.size));
        let whole = many > 1 && dice.is(10);
        let policy = if whole { GroupPolicy::AllOrNone } else { GroupPolicy::AsManyAsFit };
        Ok(Some(Ask { company: place, people: people.collect(), policy }))
    }

    pub fn arrive(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        at: Instant,
        number: usize,
    ) -> anyhow::Result<()> {
        let ask = self.asks.get(number).context("there is no such group")?;
        let (company, policy) = (ask.company, ask.policy);
        let people: Vec<PersonId> = ask.people.iter().copied().filter(|p| !self.people.contains(p)).collect();
        let Some(first) = people.first().copied() else { return Ok(()) };
        let employer = *tale.stage.region.company(company)?;
        let by = spoken(tale, company, first)?;
        let asks_first = employer.approves && people.len() == 1 && tale.dice.is(50);
        let mut group = None;
        if people.len() > 1 {
            tale.counters.groups += 1;
            let id = GroupId(tale.counters.groups);
            let session_id = tale.session.id;
            let row = store::seed::Group { id, session_id, company_id: employer.id, policy, created_at: at };
            self.groups.push(row);
            group = Some(id);
        }
        let mut newcomers = Vec::new();
        for person in people {
            self.people.insert(person);
            newcomers.push(self.row(tale, at, company, person, group, by)?);
        }
        if policy == GroupPolicy::AllOrNone {
            for who in &newcomers {
                self.place(*who)?.whole_group = true;
            }
        }
        if asks_first && tale.stage.region.contact(company).is_some() {
            for who in newcomers {
                self.begin(tale, at, who, by, EnrolmentState::Requested)?;
                self.note(at.plus_minutes(tale.dice.between(60, 4000)), Duty::Approve(who));
            }
            return Ok(());
        }
        let come = |(number, who): (usize, &usize)| Coming { who: *who, claimant: Claimant::New(number), by };
        let coming: Vec<Coming> = newcomers.iter().enumerate().map(come).collect();
        self.allocate(tale, post, at, &coming)?;
        post.received(tale, self, company, &newcomers, at)
    }

    /// A row whose first state is not written yet.
    pub fn row(
        &mut self,
        tale: &mut Tale<'_>,
        at: Instant,
        company: usize,
        person: PersonId,
        group: Option<GroupId>,
        by: By,
    ) -> anyhow::Result<usize> {
        tale.counters.enrolments += 1;
        let row = store::seed::Enrolment {
            id: EnrolmentId(tale.counters.enrolments),
            session_id: tale.session.id,
            person_id: person,
            employer_id: tale.stage.region.company(company)?.id,
            group_id: group,
            state: EnrolmentState::Requested,
            ranked_at: None,
            offered_until: None,
            minutes: None,
            asked_by: by.account,
            calendar_uid: tale.dice.uuid(),
            created_at: at,
            changed_at: at,
        };
        self.rows.push(Place { row, company, whole_group: false });
        Ok(self.rows.len() - 1)
    }

    pub fn begin(
        &mut self,
        tale: &mut Tale<'_>,
        at: Instant,
        who: usize,
        by: By,
        state: EnrolmentState,
    ) -> anyhow::Result<()> {
        let row = &mut self.place(who)?.row;
        row.state = state;
        row.ranked_at = (state != EnrolmentState::Requested).then_some(at);
        let reference = format!("enrolment:{}", row.id);
        let line = Line {
            kind: kinds::ENROLMENT,
            reference: &reference,
            to: Some(state.as_str()),
            ..Line::default()
        };
        tale.tell(at, by, &line);
        Ok(())
    }

    pub fn approve(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        at: Instant,
        who: usize,
    ) -> anyhow::Result<()> {
        let company = self.place(who)?.company;
        let by = By { account: tale.stage.region.contact(company), role: Role::Employer };
        if tale.dice.is(15) {
            let reason = tale.dice.pick(REFUSALS);
            self.step(tale, at, who, by, EnrolmentStep::Refuse, None, Some(reason))?;
            return post.no_place(tale, self.place(who)?, at);
        }
        let claimant = Claimant::Approved(self.place(who)?.row.id);
        self.allocate(tale, post, at, &[Coming { who, claimant, by }])
    }
}
