//! Who asks for a place in one session, and what becomes of it: everything in the order of time, the seats given by the
//! same rules as in life.

mod queue;
mod requests;

use super::dice::Dice;
use super::letters::Post;
use super::names::{CALLED_OFF, EXCUSES, MOVED};
use super::sessions::Tale;
use anyhow::Context as _;
use domain::access::{Actor, Role};
use domain::calendar::Instant;
use domain::enrolments::{Beneficiary, EnrolmentState, EnrolmentStep, Seats};
use domain::ids::{PersonId, ReservationId};
use domain::sessions::SessionStep;
use requests::{Ask, GROUP};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use store::journal::{By, Line, kinds};

/// A place as it stands at that point of the tale.
pub struct Place {
    pub row: store::seed::Enrolment,
    /// The place of its employer among the companies.
    pub company: usize,
    whole_group: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Duty {
    /// The number of a group.
    Ask(usize),
    Confirm,
    Reserve,
    /// The number of a place, like those that follow.
    Approve(usize),
    Cancel(usize),
    Substitute(usize),
    Answer(usize),
    Lapse(usize),
    CloseQueue,
    CallOff,
}

pub struct Places {
    rows: Vec<Place>,
    seats: Seats,
    asks: Vec<Ask>,
    companies: HashSet<usize>,
    people: HashSet<PersonId>,
    agenda: BinaryHeap<Reverse<(Instant, usize, Duty)>>,
    duties: usize,
    groups: Vec<store::seed::Group>,
    reservations: Vec<store::seed::Reservation>,
}

fn house() -> By {
    By::from(&Actor::HOUSE)
}

impl Places {
    pub fn new(tale: &Tale<'_>) -> Self {
        let capacity = tale.session.plan.capacity;
        Self {
            rows: Vec::new(),
            seats: Seats { capacity, over: 0, held: 0, reservations: Vec::new() },
            asks: Vec::new(),
            companies: HashSet::new(),
            people: HashSet::new(),
            agenda: BinaryHeap::new(),
            duties: 0,
            groups: Vec::new(),
            reservations: Vec::new(),
        }
    }

    pub fn seats(&self) -> &Seats {
        &self.seats
    }

    pub fn rows(&self) -> &[Place] {
        &self.rows
    }

    /// Those who have a place, by their number among the rows.
    pub fn confirmed(&self) -> Vec<usize> {
        let is_confirmed = |(_, place): &(usize, &Place)| place.row.state == EnrolmentState::Confirmed;
        self.rows.iter().enumerate().filter(is_confirmed).map(|(who, _)| who).collect()
    }

    pub fn keep(self, out: &mut store::seed::Sessions) {
        out.groups.extend(self.groups);
        out.enrolments.extend(self.rows.into_iter().map(|place| place.row));
        out.reservations.extend(self.reservations);
    }

    pub fn place(&mut self, who: usize) -> anyhow::Result<&mut Place> {
        self.rows.get_mut(who).context("there is no such place")
    }

    /// Lets everything happen up to now, or until the session begins or is called off.
    pub fn fill(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        called_off: Option<Instant>,
    ) -> anyhow::Result<()> {
        self.prepare(tale)?;
        if let Some(at) = called_off {
            self.note(at, Duty::CallOff);
        }
        let (now, starts_at) = (tale.now(), tale.session.starts_at);
        self.note(tale.session.queue_closes_at(), Duty::CloseQueue);
        let in_days = starts_at.seconds_since(now) / 86_400;
        if in_days < 21 && tale.dice.is(85) {
            self.note(starts_at.plus_days(-tale.dice.between(7, 14)), Duty::Confirm);
        }
        if in_days > 15 && tale.dice.is(4) {
            self.note(tale.published_at.plus_minutes(30), Duty::Reserve);
        }
        while let Some(Reverse((at, _, duty))) = self.agenda.pop() {
            if at > now || at >= starts_at || !tale.session.state.is_public() {
                break;
            }
            self.happen(tale, post, at, duty)?;
        }
        Ok(())
    }

    fn note(&mut self, at: Instant, duty: Duty) {
        self.duties += 1;
        self.agenda.push(Reverse((at, self.duties, duty)));
    }

    fn happen(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        at: Instant,
        duty: Duty,
    ) -> anyhow::Result<()> {
        use EnrolmentState::{Confirmed, Offered, Requested, Waiting};
        match duty {
            Duty::Ask(number) => self.arrive(tale, post, at, number),
            Duty::Confirm => {
                tale.shift(at, tale.manager(), SessionStep::Confirm, None, None)?;
                for who in self.confirmed() {
                    post.joining(tale, self.place(who)?, at)?;
                }
                Ok(())
            }
            Duty::Reserve => self.reserve(tale, at),
            Duty::Approve(who) if self.is(who, &[Requested]) => self.approve(tale, post, at, who),
            Duty::Cancel(who) if self.is(who, &[Waiting, Offered, Confirmed]) => {
                self.leave(tale, post, at, who)
            }
            Duty::Substitute(who) if self.is(who, &[Confirmed]) => self.substitute(tale, post, at, who),
            Duty::Answer(who) if self.is(who, &[Offered]) => {
                let accepts = tale.dice.is(85);
                let by = self.speaker(tale, who)?;
                let step = if accepts { EnrolmentStep::Confirm } else { EnrolmentStep::Decline };
                self.step(tale, at, who, by, step, None, None)?;
                if accepts {
                    return post.confirmed(tale, self.place(who)?, at);
                }
                post.no_place(tale, self.place(who)?, at)?;
                self.seats.release();
                self.allocate(tale, post, at, &[])
            }
            Duty::Lapse(who) if self.is(who, &[Offered]) => {
                self.step(tale, at, who, house(), EnrolmentStep::Expire, None, None)?;
                post.no_place(tale, self.place(who)?, at)?;
                self.seats.release();
                self.allocate(tale, post, at, &[])
            }
            Duty::CloseQueue => {
                for who in 0..self.rows.len() {
                    if self.is(who, &[Waiting, Requested]) {
                        self.step(tale, at, who, house(), EnrolmentStep::Expire, None, None)?;
                        post.no_place(tale, self.place(who)?, at)?;
                    }
                }
                Ok(())
            }
            Duty::CallOff => self.call_off(tale, post, at),
            Duty::Approve(_) | Duty::Cancel(_) | Duty::Substitute(_) | Duty::Answer(_) | Duty::Lapse(_) => {
                Ok(())
            }
        }
    }

    /// Somebody gives their place back, or the training body moves them to a session that suits them better.
    fn leave(&mut self, tale: &mut Tale<'_>, post: &mut Post, at: Instant, who: usize) -> anyhow::Result<()> {
        let before = self.place(who)?.row.state;
        let (by, step, reason) = if before == EnrolmentState::Confirmed && tale.dice.is(10) {
            (tale.manager(), EnrolmentStep::Transfer, MOVED)
        } else {
            (self.speaker(tale, who)?, EnrolmentStep::Cancel, tale.dice.pick(EXCUSES))
        };
        self.step(tale, at, who, by, step, None, Some(reason))?;
        post.cancelled(tale, self.place(who)?, at, reason, before.has_place())?;
        if before.holds_seat() {
            self.seats.release();
        }
        self.allocate(tale, post, at, &[])
    }

    fn is(&self, who: usize, states: &[EnrolmentState]) -> bool {
        self.rows.get(who).is_some_and(|place| states.contains(&place.row.state))
    }

    /// Whoever speaks for a place: the employer's contact, else the person by account or by link.
    fn speaker(&self, tale: &Tale<'_>, who: usize) -> anyhow::Result<By> {
        let place = self.rows.get(who).context("there is no such place")?;
        spoken(tale, place.company, place.row.person_id)
    }

    /// Moves a place, as the domain lets it.
    #[expect(clippy::too_many_arguments, reason = "when, whose, by whom, what, until when and why")]
    pub fn step(
        &mut self,
        tale: &mut Tale<'_>,
        at: Instant,
        who: usize,
        by: By,
        step: EnrolmentStep,
        until: Option<Instant>,
        reason: Option<&str>,
    ) -> anyhow::Result<()> {
        let row = &mut self.place(who)?.row;
        let (from, next) = (row.state, row.state.step(step)?);
        row.state = next;
        row.offered_until = until;
        row.changed_at = at;
        if next == EnrolmentState::Waiting {
            row.ranked_at = row.ranked_at.or(Some(at));
        }
        let reference = format!("enrolment:{}", row.id);
        let (from, to) = (Some(from.as_str()), Some(next.as_str()));
        tale.tell(
            at,
            by,
            &Line { kind: kinds::ENROLMENT, reference: &reference, from, to, reason, ..Line::default() },
        );
        Ok(())
    }

    /// Some give their place back later, or a colleague comes in their stead.
    fn may_change(&mut self, tale: &mut Tale<'_>, at: Instant, who: usize) {
        let room = tale.session.starts_at.seconds_since(at) / 60 - 60;
        let dice: &mut Dice = &mut tale.dice;
        let throw = dice.below(1000);
        let later = at.plus_minutes(dice.between(30, room.max(30)));
        match throw {
            0..80 => self.note(later, Duty::Cancel(who)),
            80..95 => self.note(later, Duty::Substitute(who)),
            _ => {}
        }
    }

    fn substitute(
        &mut self,
        tale: &mut Tale<'_>,
        post: &mut Post,
        at: Instant,
        who: usize,
    ) -> anyhow::Result<()> {
        let (company, person, group) = {
            let place = self.place(who)?;
            (place.company, place.row.person_id, place.row.group_id)
        };
        let Some(account) = tale.stage.region.contact(company) else { return Ok(()) };
        let employer = *tale.stage.region.company(company)?;
        let turn = (person.0 - employer.first + GROUP + 1) % employer.size;
        let colleague = PersonId(employer.first + turn);
        if !self.people.insert(colleague) {
            return Ok(());
        }
        let by = By { account: Some(account), role: Role::Employer };
        let row = &mut self.place(who)?.row;
        let (from, next) = (row.state, row.state.step(EnrolmentStep::Cancel)?);
        (row.state, row.changed_at) = (next, at);
        let reference = format!("enrolment:{}", row.id);
        let (from, to) = (Some(from.as_str()), Some(next.as_str()));
        tale.tell(
            at,
            by,
            &Line { kind: kinds::SUBSTITUTION, reference: &reference, from, to, ..Line::default() },
        );
        let new = self.row(tale, at, company, colleague, group, by)?;
        self.begin(tale, at, new, by, EnrolmentState::Confirmed)?;
        post.confirmed(tale, self.place(new)?, at)
    }

    /// Seats set aside for a company that will name its people later.
    fn reserve(&mut self, tale: &mut Tale<'_>, at: Instant) -> anyhow::Result<()> {
        let (company, _) = tale.stage.region.anybody(&mut tale.dice);
        let id = tale.stage.region.company(company)?.id;
        let seats = u32::try_from(tale.dice.between(2, 4))?;
        if self.companies.contains(&company) || seats > self.seats.free() {
            return Ok(());
        }
        tale.counters.reservations += 1;
        let reservation = ReservationId(tale.counters.reservations);
        self.seats.reserve(reservation, Beneficiary::Company(id), seats)?;
        let reason = "Accord avec l’opérateur pour les petites entreprises";
        self.reservations.push(store::seed::Reservation {
            id: reservation,
            session_id: tale.session.id,
            company_id: id,
            seats: i32::try_from(seats)?,
            until: tale.session.plan.enrol_by,
            reason: reason.to_owned(),
        });
        let reference = format!("reservation:{reservation}");
        let line =
            Line { kind: "seats_set_aside", reference: &reference, reason: Some(reason), ..Line::default() };
        tale.tell(at, tale.manager(), &line);
        Ok(())
    }

    fn call_off(&mut self, tale: &mut Tale<'_>, post: &mut Post, at: Instant) -> anyhow::Result<()> {
        let (manager, reason) = (tale.manager(), tale.dice.pick(CALLED_OFF));
        tale.shift(at, manager, SessionStep::Cancel, Some(reason), None)?;
        tale.session.sequence += 1;
        for reservation in self.reservations.drain(..) {
            self.seats.unreserve(reservation.id);
        }
        for who in 0..self.rows.len() {
            let state = self.place(who)?.row.state;
            if !state.is_live() {
                continue;
            }
            self.step(tale, at, who, manager, EnrolmentStep::Cancel, None, Some(reason))?;
            if state.holds_seat() {
                self.seats.release();
            }
            post.called_off(tale, self.place(who)?, at, reason, state.has_place())?;
        }
        Ok(())
    }
}

/// The employer's contact, else the person by account or by link.
fn spoken(tale: &Tale<'_>, company: usize, person: PersonId) -> anyhow::Result<By> {
    let region = tale.stage.region;
    if let Some(account) = region.contact(company) {
        return Ok(By { account: Some(account), role: Role::Employer });
    }
    Ok(own(region.account(person, &region.person(person)?)))
}

/// The person themselves.
pub fn own(account: Option<domain::ids::AccountId>) -> By {
    By { account, role: if account.is_some() { Role::Trainee } else { Role::Link } }
}
