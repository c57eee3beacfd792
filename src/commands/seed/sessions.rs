//! One session after the other, in the order of their days: what it is, and how its life is told.

use super::dice::{Dice, Of};
use super::founding::{Body, Course, Programme};
use super::names::PLACES;
use super::places::Places;
use super::region::Region;
use super::{letters::Post, room};
use crate::commands::demonstration::working_days;
use anyhow::Context as _;
use domain::access::{Role, Subject};
use domain::calendar::{Instant, Minute, Zone};
use domain::ids::{AccountId, SessionId, SlotId};
use domain::journal::evidence;
use domain::journal::standing::kinds;
use domain::sessions::{
    Plan, Promotion, QUEUE_CLOSES_HOURS, Session, SessionState, SessionStep, Slot, Venue,
};
use domain::text::search_key;
use mail::Sender;
use store::journal::{By, Line};
use store::seed::{Chain, Sessions};

/// Of a thousand sessions, those that are over and those of today.
const PAST: i64 = 620;
const TODAY: i64 = 4;
/// Days back to the first session, and to the last one ahead.
const BEGAN: i64 = 900;
const AHEAD: i64 = 240;

/// What all sessions are told from.
pub struct Stage<'a> {
    pub region: &'a Region,
    pub programme: &'a Programme,
    pub sender: &'a Sender,
    pub sessions: i64,
}

/// The last numbers that were given.
#[derive(Debug, Default)]
pub struct Counters {
    pub slots: i64,
    pub groups: i64,
    pub enrolments: i64,
    pub reservations: i64,
    pub journal: i64,
}

/// What becomes of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Held,
    Draft,
    CalledOff(Instant),
}

/// One session while it is told.
pub struct Tale<'a> {
    pub stage: &'a Stage<'a>,
    pub body: &'a Body,
    pub course: &'a Course,
    pub trainer: AccountId,
    /// Its number among all, from zero.
    pub number: i64,
    /// As it stands at that point of the tale.
    pub session: Session,
    pub slots: Vec<(SlotId, Slot)>,
    pub published_at: Instant,
    pub dice: Dice,
    pub counters: &'a mut Counters,
    pub out: &'a mut Sessions,
    chain: Chain,
}

/// Tells the session of that number from its first plan to how it stands now.
pub fn play(
    stage: &Stage<'_>,
    number: i64,
    counters: &mut Counters,
    out: &mut Sessions,
) -> anyhow::Result<()> {
    let mut dice = stage.region.dice(Of::Session, number);
    let day = Day::of(stage, number);
    let (body, course) = day.taught(stage, &mut dice)?;
    let trainer = match day {
        Day::Today { first: true } => body.trainers.first().copied(),
        _ => body.trainers.get(dice.place(body.trainers.len())).copied(),
    };
    let trainer = trainer.context("a training body has trainers")?;
    let plan = plan(stage, &day, course, trainer, &mut dice)?;
    plan.check()?;
    let (starts_at, ends_at) = plan.starts_at().zip(plan.ends_at()).context("a session has half-days")?;
    let now = stage.region.now;
    let planned_at =
        starts_at.plus_days(-dice.between(50, 90)).min(now.plus_minutes(-dice.between(5 * 1440, 40 * 1440)));
    let published_at = planned_at.plus_minutes(dice.between(60, 2 * 1440));
    let fate = day.fate(&mut dice, starts_at, published_at, now);
    let slots = plan.slots.iter().map(|slot| {
        counters.slots += 1;
        (SlotId(counters.slots), *slot)
    });
    let slots: Vec<(SlotId, Slot)> = slots.collect();
    let id = SessionId(number + 1);
    let session = Session {
        id,
        training_body: body.id,
        programme: stage.programme.id,
        state: SessionState::Draft,
        plan,
        starts_at,
        ends_at,
        sequence: 0,
        edition: 0,
    };
    let chain = Chain::begin(Subject::Session(id));
    let mut tale = Tale {
        stage,
        body,
        course,
        trainer,
        number,
        session,
        slots,
        published_at,
        dice,
        counters,
        out,
        chain,
    };
    let manager = tale.manager();
    let planned = evidence::plan(tale.times());
    tale.say(planned_at, manager, None, SessionState::Draft, None, Some(&planned));
    let mut places = Places::new(&tale);
    let mut post = Post::of(&tale);
    if fate != Fate::Draft {
        tale.shift(published_at, manager, SessionStep::Publish, None, None)?;
        let called_off = if let Fate::CalledOff(at) = fate { Some(at) } else { None };
        places.fill(&mut tale, &mut post, called_off)?;
        room::hold(&mut tale, &mut places, &mut post)?;
    }
    tale.keep(places, planned_at)
}

impl Tale<'_> {
    pub fn now(&self) -> Instant {
        self.stage.region.now
    }

    pub fn manager(&self) -> By {
        By { account: Some(self.body.manager), role: Role::TrainingManager }
    }

    pub fn trainer(&self) -> By {
        By { account: Some(self.trainer), role: Role::Trainer }
    }

    /// Writes a line of its journal.
    pub fn tell(&mut self, at: Instant, by: By, line: &Line<'_>) {
        self.counters.journal += 1;
        let dice = &mut self.dice;
        self.chain.write(self.counters.journal, by, at, line, || dice.digits());
    }

    /// From when to when each half-day lasts.
    pub fn times(&self) -> impl Iterator<Item = (SlotId, Instant, Instant)> {
        self.slots.iter().map(|(id, slot)| (*id, slot.starts_at, slot.ends_at))
    }

    /// Moves the session, as the domain lets it.
    pub fn shift(
        &mut self,
        at: Instant,
        by: By,
        step: SessionStep,
        reason: Option<&str>,
        evidence: Option<&str>,
    ) -> anyhow::Result<()> {
        let next = self.session.state.step(step)?;
        self.say(at, by, Some(self.session.state), next, reason, evidence);
        self.session.state = next;
        Ok(())
    }

    fn say(
        &mut self,
        at: Instant,
        by: By,
        from: Option<SessionState>,
        to: SessionState,
        reason: Option<&str>,
        evidence: Option<&str>,
    ) {
        let reference = format!("session:{}", self.session.id);
        let (kind, from, to) = (kinds::SESSION, from.map(SessionState::as_str), Some(to.as_str()));
        self.tell(at, by, &Line { kind, reference: &reference, from, to, reason, evidence });
    }

    /// Puts everything that was told among the rows to be written.
    fn keep(self, places: Places, planned_at: Instant) -> anyhow::Result<()> {
        let Self { session, slots, out, chain, trainer, body, course, .. } = self;
        let Session { plan, .. } = &session;
        let seats = places.seats();
        let queue_closes_at = session.queue_closes_at();
        out.sessions.push(store::seed::Session {
            id: session.id,
            version_id: plan.version,
            training_body_id: session.training_body,
            programme_id: session.programme,
            state: session.state,
            zone: plan.zone.as_str(),
            commune: plan.venue.commune.clone(),
            place: plan.venue.place.clone(),
            video_link: plan.venue.video_link.clone(),
            capacity: i32::try_from(seats.capacity)?,
            over: i32::try_from(seats.over)?,
            held: i32::try_from(seats.held)?,
            reserved: i32::try_from(seats.reserved())?,
            minimum: i32::try_from(plan.minimum)?,
            enrol_by: plan.enrol_by,
            queue_closes_hours: i32::try_from(plan.queue_closes_hours)?,
            offer_hours: match plan.promotion {
                Promotion::Confirm => None,
                Promotion::Offer { hours } => Some(i32::try_from(hours)?),
            },
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            queue_closes_at,
            sequence: session.sequence,
            edition: session.edition,
            created_at: planned_at,
            search_key: store::sessions::searched_by(&search_key(course.title), &search_key(&body.name)),
        });
        let noted = |id| out.marks.iter().filter(|m| m.slot_id == id).map(|m| m.marked_at).max();
        let confirmed =
            |id| out.countersignatures.iter().filter(|c| c.slot_id == id).map(|c| c.signed_at).max();
        out.slots.extend(slots.iter().map(|(id, slot)| store::seed::Slot {
            id: *id,
            session_id: session.id,
            day: slot.day,
            half_day: slot.half_day,
            starts_minute: slot.starts.after_midnight(),
            ends_minute: slot.ends.after_midnight(),
            zone: plan.zone.as_str(),
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            noted_at: noted(*id),
            confirmed_at: confirmed(*id),
        }));
        out.trainers.push(store::seed::Trainer { session_id: session.id, account_id: trainer });
        places.keep(out);
        out.chains.push(chain);
        Ok(())
    }
}

/// When a session is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    /// Days from today: less than zero when it is over.
    Away(i64),
    /// The first one is the printed trainer's.
    Today { first: bool },
}

impl Day {
    /// More and more of them up to today; then fewer and fewer.
    fn of(stage: &Stage<'_>, number: i64) -> Self {
        let past = stage.sessions * PAST / 1000;
        let today = (stage.sessions * TODAY / 1000).max(2);
        if number < past {
            let share = (number * 1_000_000 / past).isqrt();
            return Self::Away((BEGAN * (share - 1000) / 1000).min(-1));
        }
        if number < past + today {
            return Self::Today { first: number == past };
        }
        let share = (number - past - today) * 1000 / (stage.sessions - past - today).max(1);
        Self::Away(1 + AHEAD * (share * 2 + share * share / 1000) / 3000)
    }

    fn taught<'a>(&self, stage: &'a Stage<'_>, dice: &mut Dice) -> anyhow::Result<(&'a Body, &'a Course)> {
        let bodies = &stage.programme.bodies;
        let largest = matches!(self, Self::Today { first: true }) || dice.is(15);
        let place = if largest { 0 } else { dice.place(bodies.len()) };
        let body = bodies.get(place).context("there are training bodies")?;
        // Three of five last half a day; today, all of them.
        let wanted = match dice.below(10) {
            _ if matches!(self, Self::Today { .. }) => 1,
            0..6 => 1,
            6..9 => 2,
            _ => 4,
        };
        let fitting: Vec<&Course> = body.courses.iter().filter(|one| one.half_days == wanted).collect();
        Ok((body, fitting.get(dice.place(fitting.len())).copied().context("there are courses")?))
    }

    fn fate(&self, dice: &mut Dice, starts_at: Instant, published_at: Instant, now: Instant) -> Fate {
        let throw = dice.below(100);
        match self {
            Self::Away(days) if throw < 4 => {
                let last = starts_at.plus_days(-3).min(now.plus_minutes(-30));
                let room = last.seconds_since(published_at) / 60;
                if room < 1440 || *days == -1 {
                    return Fate::Held;
                }
                Fate::CalledOff(published_at.plus_minutes(dice.between(room / 2, room)))
            }
            Self::Away(days) if *days > 60 && throw < 12 => Fate::Draft,
            Self::Away(_) | Self::Today { .. } => Fate::Held,
        }
    }
}

fn plan(
    stage: &Stage<'_>,
    day: &Day,
    course: &Course,
    trainer: AccountId,
    dice: &mut Dice,
) -> anyhow::Result<Plan> {
    let zone = Zone::PARIS;
    let slots = slots(stage, *day, course, dice)?;
    let starts_at = slots.first().context("a session has half-days")?.starts_at;
    let capacity = u32::try_from(dice.between(16, 48))?;
    Ok(Plan {
        version: course.version,
        zone,
        slots,
        venue: venue(stage, dice)?,
        capacity,
        minimum: capacity / 4,
        enrol_by: starts_at.plus_days(-2),
        queue_closes_hours: QUEUE_CLOSES_HOURS,
        promotion: if dice.is(25) { Promotion::Offer { hours: 48 } } else { Promotion::Confirm },
        trainers: vec![trainer],
    })
}

fn slots(stage: &Stage<'_>, day: Day, course: &Course, dice: &mut Dice) -> anyhow::Result<Vec<Slot>> {
    let zone = Zone::PARIS;
    let today = stage.region.today;
    let clock = |minutes: i32| Minute::from_after_midnight(minutes).context("no such hour");
    let slot = |day, from: i32, to: i32| anyhow::Ok(Slot::new(zone, day, clock(from)?, clock(to)?)?);
    let in_days = match day {
        // On right now, whatever the hour is.
        Day::Today { .. } => {
            let now = stage.region.now.minute(zone).after_midnight();
            let begins = (now - 60).max(0) / 15 * 15;
            return Ok(vec![slot(today, begins, (begins + 210).min(1439))?]);
        }
        Day::Away(days) => days,
    };
    let (morning, afternoon) = ((9 * 60, 12 * 60 + 30), (14 * 60, 17 * 60 + 30));
    let only = if dice.is(50) { morning } else { afternoon };
    let days = working_days(today, in_days, usize::try_from(course.half_days.div_ceil(2))?);
    let mut slots = Vec::new();
    for day in days {
        let halves = if course.half_days == 1 { vec![only] } else { vec![morning, afternoon] };
        for (from, to) in halves {
            slots.push(slot(day, from, to)?);
        }
    }
    Ok(slots)
}

fn venue(stage: &Stage<'_>, dice: &mut Dice) -> anyhow::Result<Venue> {
    if dice.is(20) {
        let video_link = format!("https://visio.parcours.example/salle-{}", dice.between(1, 40));
        return Ok(Venue { commune: None, place: String::new(), video_link });
    }
    let towns = &stage.region.towns;
    let town = towns.get(dice.place(towns.len())).context("the region has towns")?;
    Ok(Venue {
        commune: Some(town.code.parse()?),
        place: dice.pick(PLACES).to_owned(),
        video_link: String::new(),
    })
}
