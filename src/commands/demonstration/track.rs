//! The certifying training: one day a week, three of them behind those who follow it and two ahead; and the next one.

use super::sessions::{Body, half_day, working_days};
use super::{Stage, cast};
use actions::attendance::Cell;
use actions::enrolments::{self, Request};
use actions::{self, House};
use anyhow::Context as _;
use domain::access::{Action, Actor};
use domain::attendance::{Mark, Presence};
use domain::calendar::{Minute, Zone};
use domain::courses::{Sheet, Stage as Station};
use domain::enrolments::{EnrolmentState, GroupPolicy};
use domain::ids::{CertificationId, PersonId, ProgrammeId, SessionId};
use domain::sessions::{Plan, Promotion, Slot, Venue};

/// Days from today on which it is held, and on which it is held next.
const DAYS: [i64; 5] = [-20, -13, -6, 8, 15];
const NEXT: [i64; 5] = [45, 52, 59, 66, 73];

/// A course that the certifier counts among those that lead to its certification, and a session of it in which these
/// people of the first company are.
pub fn play(
    stage: &Stage,
    programme: ProgrammeId,
    (certifier, certification): (&Actor, CertificationId),
    people: &[PersonId],
) -> anyhow::Result<()> {
    let then = stage.days_ago(190);
    let manager = stage.acting(cast::MANAGER.email)?;
    let sheet = Sheet {
        title: "Chef de projet IA\u{a0}: la formation certifiante".parse()?,
        aims: "Mener un projet d’IA de bout en bout, du besoin à la mesure du résultat, et le présenter devant le jury.".to_owned(),
        prerequisites: "Être admis à candidater par le certificateur.".to_owned(),
        audience: "Candidats à la certification « Chef de projet IA ».".to_owned(),
        minutes: 2100,
    };
    let course = actions::courses::add(&then, &manager, programme, Station::Certification, &sheet)?;
    actions::tracks::set(&then, certifier, certification, &[course])?;
    let reach = manager.may(Action::ReadCourses)?;
    let version = then.store.read(|conn| store::courses::get(conn, &reach, course))?.version;
    let trainer = stage.acting(cast::TRAINER.email)?;
    let body = Body { manager, trainer, versions: vec![version] };
    let session = announced(stage, &body, DAYS, 60)?;
    announced(stage, &body, NEXT, 12)?;
    let employer = stage.acting(cast::EMPLOYER.email)?;
    let wanted = Request { session, people: people.to_vec(), policy: GroupPolicy::AsManyAsFit };
    enrolments::request(&stage.days_ago(27), &employer, &wanted)?;
    actions::sessions::confirm(&stage.days_ago(26), &body.manager, session)?;
    held_so_far(stage, &stage.days_ago(0), &body, session)
}

fn announced(stage: &Stage, body: &Body, days: [i64; 5], ago: i64) -> anyhow::Result<SessionId> {
    let hours = |from: (u16, u16), to: (u16, u16)| {
        Minute::new(from.0, from.1).zip(Minute::new(to.0, to.1)).context("no such hour")
    };
    let (morning, afternoon) = (hours((9, 0), (12, 30))?, hours((14, 0), (17, 30))?);
    let mut slots = Vec::new();
    for day in days.iter().flat_map(|in_days| working_days(stage.today(), *in_days, 1)) {
        slots.push(Slot::new(Zone::PARIS, day, morning.0, morning.1)?);
        slots.push(Slot::new(Zone::PARIS, day, afternoon.0, afternoon.1)?);
    }
    let starts_at = slots.first().context("it has days")?.starts_at;
    let plan = Plan {
        version: *body.versions.first().context("it has a sheet")?,
        zone: Zone::PARIS,
        slots,
        venue: Venue {
            commune: Some("59178".parse()?),
            place: "Maison des associations, 12 rue du Canal".to_owned(),
            video_link: String::new(),
        },
        capacity: 12,
        minimum: 1,
        enrol_by: starts_at.plus_days(-2),
        queue_closes_hours: 24,
        promotion: Promotion::Confirm,
        trainers: vec![body.trainer.account().context("a trainer has an account")?],
    };
    body.publish(&stage.days_ago(ago), &plan)
}

/// The half-days that are over are held, marked and signed.
fn held_so_far(stage: &Stage, now: &House, body: &Body, session: SessionId) -> anyhow::Result<()> {
    let (slots, seated) = now.store.read(|conn| {
        let seated = store::enrolments::of_session(conn, session, &[EnrolmentState::Confirmed])?;
        Ok::<_, store::Error>((store::sessions::slots(conn, session)?, seated))
    })?;
    let first = slots.first().context("it has half-days")?;
    actions::sessions::start(&stage.at(first.slot.starts_at), &body.trainer, session)?;
    for (half, slot) in slots.iter().enumerate().filter(|(_, slot)| slot.slot.ends_at < now.clock.now()) {
        let wanted = if half == 3 { Mark::AbsentExcused } else { Mark::Present };
        let cells: Vec<Cell> = seated
            .iter()
            .map(|one| Cell {
                enrolment: one.id,
                slot: slot.id,
                seen: Presence::EXPECTED,
                wanted,
                minutes: None,
            })
            .collect();
        half_day(stage, body, session, slot, &cells)?;
    }
    Ok(())
}
