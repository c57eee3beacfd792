//! Some forty sessions, past and coming, with people in every state.

use super::{Staff, Stage, cast, surveys};
use actions::attendance::Cell;
use actions::enrolments::{self, Request};
use actions::signatures::{Arrival, Connection, What};
use actions::{self, House};
use anyhow::Context as _;
use domain::access::{Action, Actor};
use domain::attendance::{Mark, Presence};
use domain::calendar::{Day, Minute, Zone};
use domain::courses::{Sheet, Stage as Station};
use domain::enrolments::{Beneficiary, Enrolment, EnrolmentState, GroupPolicy};
use domain::ids::{CourseVersionId, PersonId, ProgrammeId, SessionId};
use domain::sessions::{Plan, Promotion, Slot, Venue};
use domain::signatures::Hand;
use domain::surveys::Moment;
use store::sessions::KeptSlot;

/// What is taught: title, station, minutes, aims.
const COURSES: &[(&str, Station, u32, &str)] = &[
    (
        "Comprendre l’IA en une demi-journée",
        Station::Awareness,
        210,
        "Distinguer ce que l’IA sait faire de ce qu’elle ne sait pas faire. Repérer dans son métier deux usages utiles et un risque.",
    ),
    (
        "L’IA dans la relation client",
        Station::Awareness,
        210,
        "Choisir quand répondre avec l’aide d’un assistant, vérifier ses réponses, protéger les données des clients.",
    ),
    (
        "Données et atelier de production",
        Station::Practice,
        420,
        "Recueillir des données d’atelier exploitables et cadrer un premier projet de contrôle visuel.",
    ),
    (
        "Mener un premier projet d’IA",
        Station::Practice,
        840,
        "Écrire le besoin, choisir une méthode, essayer sur un cas réel et mesurer le résultat avec son équipe.",
    ),
];

/// Where sessions are held; none is at a distance.
const PLACES: &[(Option<&str>, &str)] = &[
    (Some("59178"), "Maison des associations, 12 rue du Canal"),
    (Some("62498"), "Pépinière du Grand Clos, salle 2"),
    (Some("59350"), "Espace Vauban, 3e étage"),
    (None, ""),
    (Some("80021"), "Cité des métiers, salle Picardie"),
    (Some("62193"), "Halle d’Opale, salle des Marées"),
    (Some("60057"), "Maison de l’entreprise, salle Thérain"),
    (Some("02408"), "Hôtel d’entreprises, salle Ardon"),
    (Some("59606"), "Serre numérique, plateau B"),
];

/// The play: who runs a session, where it is, how it ends.
struct Scene {
    course: usize,
    place: usize,
    /// Days from today to its first half-day.
    in_days: i64,
    seats: u32,
}

const fn scene(course: usize, place: usize, in_days: i64, seats: u32) -> Scene {
    Scene { course, place, in_days, seats }
}

const PAST: &[Scene] = &[
    scene(0, 0, -196, 12),
    scene(0, 2, -189, 15),
    scene(1, 3, -182, 14),
    scene(0, 4, -168, 12),
    scene(0, 1, -161, 15),
    scene(1, 5, -154, 12),
    scene(2, 0, -147, 10),
    scene(0, 6, -133, 12),
    scene(0, 3, -126, 16),
    scene(1, 2, -119, 12),
    scene(0, 7, -105, 10),
    scene(3, 8, -98, 10),
    scene(0, 5, -84, 15),
    scene(2, 1, -70, 10),
    scene(1, 3, -63, 14),
    scene(0, 0, -49, 13),
    scene(0, 4, -42, 12),
    scene(3, 2, -35, 10),
    scene(1, 6, -28, 12),
    scene(0, 8, -14, 15),
];

const COMING: &[Scene] = &[
    scene(0, 0, 11, 13),
    scene(1, 3, 16, 14),
    scene(2, 1, 18, 12),
    scene(0, 2, 22, 15),
    scene(0, 5, 24, 10),
    scene(1, 2, 29, 12),
    scene(3, 8, 32, 10),
    scene(0, 4, 36, 12),
    scene(0, 6, 43, 15),
    scene(2, 0, 46, 10),
    scene(1, 3, 52, 16),
    scene(0, 7, 58, 12),
    scene(3, 2, 64, 10),
    scene(0, 1, 71, 15),
];

/// Plays every session, the past ones to their end.
pub fn play(stage: &Stage, programme: ProgrammeId, staff: &[Staff]) -> anyhow::Result<()> {
    let bodies = [
        Body::open(stage, programme, cast::MANAGER.email, cast::TRAINER.email)?,
        Body::open(stage, programme, cast::SECOND_MANAGER.email, "yann@ecoles-beffroi.example")?,
    ];
    let mut crowd = Crowd { staff, next: vec![0; staff.len()] };
    for (number, scene) in PAST.iter().enumerate() {
        past(stage, by_turn(&bodies, number), scene, number, &mut crowd)?;
    }
    surveys::weeks_after(stage)?;
    yesterday(stage, by_turn(&bodies, 0), &mut crowd)?;
    today(stage, by_turn(&bodies, 0), &mut crowd)?;
    for (number, scene) in COMING.iter().enumerate() {
        coming(stage, by_turn(&bodies, number), scene, number, &mut crowd)?;
    }
    drafts_and_cancelled(stage, &bodies, &mut crowd)
}

/// Every third session is the second training body's.
fn by_turn([first, second]: &[Body; 2], number: usize) -> &Body {
    if number % 3 == 2 { second } else { first }
}

/// A training body with its courses.
pub(super) struct Body {
    pub manager: Actor,
    pub trainer: Actor,
    pub versions: Vec<CourseVersionId>,
}

impl Body {
    fn open(stage: &Stage, programme: ProgrammeId, manager: &str, trainer: &str) -> anyhow::Result<Self> {
        let then = stage.days_ago(super::BEGAN - 5);
        let manager = stage.acting(manager)?;
        let reach = manager.may(Action::ReadCourses)?;
        let mut versions = Vec::new();
        for (title, station, minutes, aims) in COURSES {
            let sheet = Sheet {
                title: title.parse()?,
                aims: (*aims).to_owned(),
                prerequisites: "Aucun prérequis.".to_owned(),
                audience: "Tous les métiers, du bac au bac+5.".to_owned(),
                minutes: *minutes,
            };
            let course = actions::courses::add(&then, &manager, programme, *station, &sheet)?;
            versions.push(then.store.read(|conn| store::courses::get(conn, &reach, course))?.version);
        }
        let trainer = stage.acting(trainer)?;
        Ok(Self { manager, trainer, versions })
    }

    fn plan(&self, stage: &Stage, scene: &Scene) -> anyhow::Result<Plan> {
        let zone = Zone::PARIS;
        let (title, _, minutes, _) = COURSES.get(scene.course).context("no such course")?;
        let hours = |from: (u16, u16), to: (u16, u16)| {
            Minute::new(from.0, from.1).zip(Minute::new(to.0, to.1)).context("no such hour")
        };
        let (morning, afternoon) = (hours((9, 0), (12, 30))?, hours((14, 0), (17, 30))?);
        let days = usize::try_from(*minutes / 420).unwrap_or(1).max(1);
        let mut slots = Vec::new();
        for day in working_days(stage.today(), scene.in_days, days) {
            slots.push(Slot::new(zone, day, morning.0, morning.1)?);
            if *minutes > 210 {
                slots.push(Slot::new(zone, day, afternoon.0, afternoon.1)?);
            }
        }
        let starts_at = slots.first().with_context(|| (*title).to_owned())?.starts_at;
        let (commune, place) = PLACES.get(scene.place).context("no such place")?;
        Ok(Plan {
            version: *self.versions.get(scene.course).context("no such course")?,
            zone,
            slots,
            venue: Venue {
                commune: commune.map(str::parse).transpose()?,
                place: (*place).to_owned(),
                video_link: match commune {
                    Some(_) => String::new(),
                    None => "https://visio.atelier-nord.example/salle-bleue".to_owned(),
                },
            },
            capacity: scene.seats,
            minimum: scene.seats / 2,
            enrol_by: starts_at.plus_days(-2),
            queue_closes_hours: 24,
            promotion: if scene.course == 1 { Promotion::Offer { hours: 48 } } else { Promotion::Confirm },
            trainers: vec![self.trainer.account().context("a trainer has an account")?],
        })
    }

    pub fn publish(&self, then: &House, plan: &Plan) -> anyhow::Result<SessionId> {
        let session = actions::sessions::plan(then, &self.manager, plan)?;
        actions::sessions::publish(then, &self.manager, session)?;
        Ok(session)
    }
}

/// So many days on which people work, the first of them some days from today: further ahead than asked for
/// where that is no working day, or further back in the past.
pub fn working_days(today: Day, in_days: i64, many: usize) -> Vec<Day> {
    let far = in_days.unsigned_abs();
    let is_worked = |day: &Day| {
        let eve = day.iso().ends_with("-12-24");
        !eve && !day.is_weekend() && !day.is_public_holiday()
    };
    if in_days >= 0 {
        return (far..).map(|n| today.plus_days(n)).filter(is_worked).take(many).collect();
    }
    let mut days: Vec<Day> = (far..).map(|n| today.minus_days(n)).filter(is_worked).take(many).collect();
    days.reverse();
    days
}

/// Those who may still be enrolled: each company sends its people in turn.
struct Crowd<'a> {
    staff: &'a [Staff],
    next: Vec<usize>,
}

impl Crowd<'_> {
    /// The next people of a company.
    fn take(&mut self, company: usize, many: usize) -> Vec<PersonId> {
        let company = company % self.staff.len().max(1);
        let (Some(staff), Some(next)) = (self.staff.get(company), self.next.get_mut(company)) else {
            return Vec::new();
        };
        let many = many.min(staff.people.len());
        let chosen = staff.people.iter().cycle().skip(*next).take(many).copied().collect();
        *next = (*next + many) % staff.people.len().max(1);
        chosen
    }

    fn send(
        &mut self,
        stage: &Stage,
        then: &House,
        session: SessionId,
        company: usize,
        many: usize,
        policy: GroupPolicy,
    ) -> anyhow::Result<()> {
        let people = self.take(company, many);
        self.send_these(stage, then, session, company, people, policy)
    }

    fn send_these(
        &self,
        stage: &Stage,
        then: &House,
        session: SessionId,
        company: usize,
        people: Vec<PersonId>,
        policy: GroupPolicy,
    ) -> anyhow::Result<()> {
        let company = company % self.staff.len().max(1);
        let name = cast::COMPANIES.get(company).context("no such company")?.name;
        let actor = stage.acting(cast::contact_of(name).context("no contact")?.email)?;
        enrolments::request(then, &actor, &Request { session, people, policy })?;
        Ok(())
    }
}

/// A session that was held: announced three weeks before, confirmed a week before, marked, closed.
fn past(
    stage: &Stage,
    body: &Body,
    scene: &Scene,
    number: usize,
    crowd: &mut Crowd<'_>,
) -> anyhow::Result<()> {
    let plan = body.plan(stage, scene)?;
    let before = |days: i64| stage.days_ago(-scene.in_days + days);
    let session = body.publish(&before(24), &plan)?;
    let seats = scene.seats as usize;
    let parts = [seats / 2, seats / 3, seats - seats / 2 - seats / 3 - usize::from(number.is_multiple_of(2))];
    for (turn, part) in parts.into_iter().enumerate() {
        let company = if number == 0 && turn == 0 { 0 } else { number * 3 + turn };
        crowd.send(stage, &before(20), session, company, part.max(1), GroupPolicy::AsManyAsFit)?;
    }
    actions::sessions::confirm(&before(8), &body.manager, session)?;
    hold(stage, body, scene, session, number)
}

/// Holds a session, half-day by half-day, and closes it some days after.
fn hold(stage: &Stage, body: &Body, scene: &Scene, session: SessionId, number: usize) -> anyhow::Result<()> {
    let after = stage.days_ago(-scene.in_days - 3);
    let reach = body.manager.may(Action::MarkAttendance)?;
    let (slots, seated) = after.store.read(|conn| {
        let seated = store::enrolments::of_session(conn, session, &[EnrolmentState::Confirmed])?;
        store::sessions::get(conn, &reach, session)?;
        Ok::<_, store::Error>((store::sessions::slots(conn, session)?, seated))
    })?;
    for (half, slot) in slots.iter().enumerate() {
        if half == 0 {
            actions::sessions::start(&stage.at(slot.slot.starts_at), &body.trainer, session)?;
        }
        let came = |place: usize| match (place + number * 7) % 13 {
            5 => Mark::AbsentExcused,
            8 if number.is_multiple_of(2) => Mark::AbsentUnexcused,
            11 if half == 0 && slots.len() > 1 => Mark::AbsentExcused,
            3 => Mark::Late,
            _ => Mark::Present,
        };
        let cell = |(place, one): (usize, &Enrolment)| {
            let wanted = came(place);
            let minutes = wanted.is_partial().then(|| slot.slot.minutes() - 25);
            Cell { enrolment: one.id, slot: slot.id, seen: Presence::EXPECTED, wanted, minutes }
        };
        let cells: Vec<Cell> = seated.iter().enumerate().map(cell).collect();
        half_day(stage, body, session, slot, &cells)?;
    }
    actions::attendance::close(&after, &body.manager, session)?;
    surveys::answered(stage, &stage.days_ago(-scene.in_days - 5), Moment::Hot)
}

/// The trainer marks who came, everyone who was there signs in turn, and the trainer puts their word to it.
pub(super) fn half_day(
    stage: &Stage,
    body: &Body,
    session: SessionId,
    slot: &KeptSlot,
    cells: &[Cell],
) -> anyhow::Result<()> {
    let noted = stage.at(slot.slot.starts_at.plus_minutes(35));
    actions::attendance::mark(&noted, &body.trainer, session, cells, None)?;
    let came = cells.iter().filter(|cell| cell.wanted.came());
    let arrivals: Vec<Arrival> = came
        .zip(1..)
        .map(|(cell, minute)| Arrival {
            name: format!("{}-{}", cell.enrolment, cell.slot),
            who: cell.enrolment,
            at: slot.slot.starts_at.plus_minutes(35 + minute),
            what: What::Signed(Hand::Drawn(flourish(cell.enrolment.0))),
        })
        .collect();
    let gone_round = stage.at(slot.slot.starts_at.plus_minutes(36 + i64::try_from(arrivals.len())?));
    let connection = Connection::default();
    actions::signatures::arrive(&gone_round, &body.trainer, (session, slot.id), &arrivals, &connection)?;
    let over = stage.at(slot.slot.ends_at.plus_minutes(4));
    let text = over.store.read(|conn| store::sheets::load(conn, session))?.sheet().text(slot.id);
    let seen = credentials::digest(&text);
    Ok(actions::signatures::countersign(&over, &body.trainer, session, slot.id, &seen)?)
}

/// A made-up hand: a wave that differs from person to person.
pub fn flourish(number: i64) -> String {
    let point = |step: i64| {
        let height = 60 + (step * (number % 7 + 2) * 37) % 80;
        format!("{} {height}", 60 + step * 26)
    };
    format!("M60 120L{}", (1..=18).map(point).collect::<Vec<_>>().join("L"))
}

/// A session of yesterday whose sheet still waits to be filled.
fn yesterday(stage: &Stage, body: &Body, crowd: &mut Crowd<'_>) -> anyhow::Result<()> {
    let scene = scene(0, 1, -1, 12);
    let plan = body.plan(stage, &scene)?;
    let session = body.publish(&stage.days_ago(25), &plan)?;
    crowd.send(stage, &stage.days_ago(22), session, 1, 6, GroupPolicy::AsManyAsFit)?;
    crowd.send(stage, &stage.days_ago(20), session, 4, 4, GroupPolicy::AsManyAsFit)?;
    actions::sessions::confirm(&stage.days_ago(9), &body.manager, session)?;
    // Since midnight at least: whatever the hour is now, it had begun by then.
    Ok(actions::sessions::start(&stage.minutes_ago(13 * 60), &body.manager, session)?)
}

/// A session that is on right now, whatever the hour: its room can be tried. The trainee of the cast is there.
fn today(stage: &Stage, body: &Body, crowd: &mut Crowd<'_>) -> anyhow::Result<()> {
    let scene = scene(0, 0, 0, 8);
    let now = stage.house.clock.now().minute(Zone::PARIS).after_midnight();
    let minute = |m: i32| Minute::from_after_midnight(m).context("no such minute");
    let begins = (now - 60).max(0) / 15 * 15;
    let slot = Slot::new(Zone::PARIS, stage.today(), minute(begins)?, minute((begins + 210).min(1439))?)?;
    let plan =
        Plan { slots: vec![slot], enrol_by: slot.starts_at.plus_days(-2), ..body.plan(stage, &scene)? };
    let session = body.publish(&stage.days_ago(15), &plan)?;
    let trainee = crowd.staff.first().and_then(|staff| staff.people.first()).context("no trainee")?;
    let then = stage.days_ago(10);
    crowd.send_these(stage, &then, session, 0, vec![*trainee], GroupPolicy::AsManyAsFit)?;
    crowd.send(stage, &then, session, 2, 6, GroupPolicy::AsManyAsFit)?;
    actions::sessions::confirm(&stage.days_ago(5), &body.manager, session)?;
    Ok(actions::sessions::start(&stage.minutes_ago(0), &body.manager, session)?)
}

/// A session to come; the first ones show a full room, offers, groups and seats set aside.
fn coming(
    stage: &Stage,
    body: &Body,
    scene: &Scene,
    number: usize,
    crowd: &mut Crowd<'_>,
) -> anyhow::Result<()> {
    use GroupPolicy::{AllOrNone, AsManyAsFit};
    let plan = body.plan(stage, scene)?;
    let session = body.publish(&stage.days_ago(12), &plan)?;
    let (early, late) = (stage.days_ago(9), stage.days_ago(3));
    match number {
        // Thirteen seats, fifteen people: two wait, and know why.
        0 => {
            crowd.send(stage, &early, session, 1, 2, AsManyAsFit)?;
            crowd.send(stage, &late, session, 0, 13, AsManyAsFit)?;
            actions::sessions::confirm(&stage.days_ago(1), &body.manager, session)?;
        }
        // Full, and a seat given back that is offered to the next.
        1 => {
            crowd.send(stage, &early, session, 5, 14, AsManyAsFit)?;
            crowd.send(stage, &late, session, 0, 2, AsManyAsFit)?;
            let seated = stage
                .house
                .store
                .read(|conn| store::enrolments::of_session(conn, session, &[EnrolmentState::Confirmed]))?;
            let first = seated.first().context("somebody has a seat")?;
            let employer = stage.acting("rh@beaupre-assurances.example")?;
            enrolments::cancel(&stage.days_ago(1), &employer, first.id, "Déplacement professionnel")?;
        }
        // A group that stays together waits; seats set aside for a company.
        2 => {
            crowd.send(stage, &early, session, 3, 7, AsManyAsFit)?;
            crowd.send(stage, &late, session, 6, 6, AllOrNone)?;
            crowd.send(stage, &late, session, 10, 2, AsManyAsFit)?;
            let company = crowd.staff.get(7).context("no such company")?.company;
            let aside = enrolments::SetAside {
                beneficiary: Beneficiary::Company(company),
                seats: 2,
                until: plan.enrol_by,
                reason: "Accord avec l’opérateur pour les petites entreprises".to_owned(),
            };
            enrolments::reserve(&stage.days_ago(2), &body.manager, session, &aside)?;
        }
        // Somebody asks for a place and their employer is asked first.
        3 => {
            crowd.send(stage, &early, session, 8, 5, AsManyAsFit)?;
            let trainee = stage.acting(cast::TRAINEE.email)?;
            enrolments::request_for_oneself(&late, &trainee, session)?;
        }
        _ => {
            for (turn, part) in [scene.seats as usize / 3, number % 4].into_iter().enumerate() {
                if part > 0 {
                    crowd.send(stage, &early, session, number * 2 + turn, part, AsManyAsFit)?;
                }
            }
        }
    }
    Ok(())
}

/// What is not announced yet, and what does not take place.
fn drafts_and_cancelled(stage: &Stage, bodies: &[Body; 2], crowd: &mut Crowd<'_>) -> anyhow::Result<()> {
    let [first, second] = bodies;
    for (body, place, in_days) in [(first, 2, 80), (first, 3, 87), (second, 7, 92)] {
        let plan = body.plan(stage, &scene(0, place, in_days, 12))?;
        actions::sessions::plan(&stage.days_ago(2), &body.manager, &plan)?;
    }
    let called_off =
        [(first, 5, 27, "Trop peu d’inscrits"), (second, 4, 40, "La salle n’est plus disponible")];
    for (body, place, in_days, reason) in called_off {
        let plan = body.plan(stage, &scene(1, place, in_days, 12))?;
        let session = body.publish(&stage.days_ago(15), &plan)?;
        crowd.send(stage, &stage.days_ago(13), session, 9, 3, GroupPolicy::AsManyAsFit)?;
        actions::sessions::cancel(&stage.days_ago(4), &body.manager, session, reason)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_on_a_public_holiday() {
        let first: Day = "2026-01-01".parse().unwrap();
        for (today, in_days) in
            (0..1100).flat_map(|n| [-98_i64, -14, -1, 11, 32].map(|d| (first.plus_days(n), d)))
        {
            let days = working_days(today, in_days, 2);
            assert!(days.is_sorted() && days.len() == 2, "{days:?}");
            for day in &days {
                let held = !day.is_weekend() && !day.is_public_holiday() && !day.iso().ends_with("12-24");
                assert!(held, "{day:?}");
                assert_eq!(*day > today, in_days > 0, "{today:?} {in_days} {day:?}");
                assert!((day.days_since(today) - in_days).abs() <= 8, "{today:?} {in_days} {day:?}");
            }
        }
    }
}
