//! Whatever people do and in whichever order: after every committed action no seat that fits is free while somebody
//! waits, and what the session says of its seats is what the rows say.

use crate::harness::{Database, stories};
use crate::town::{EMPLOYER, MANAGER, Planned, Room, email, everything};
use actions::enrolments::{self, Answer, ByHand, Request, SetAside};
use actions::{Done, Error, House, Refusal, sessions};
use domain::access::{Actor, Role};
use domain::calendar::Instant;
use domain::enrolments::EnrolmentState::{self, Confirmed, Offered, Requested, Waiting};
use domain::enrolments::{Beneficiary, Claim, Enrolment, GroupPolicy, Seats};
use domain::ids::{EnrolmentId, OrganisationId, PersonId, SessionId};
use domain::organisations::Capacity;
use domain::people::PersonName;
use domain::sessions::{Plan, Promotion, Session, Slot};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

stories! {
    sqlite: twenty_four_histories;
    postgres: six_histories;
}

/// What somebody does next. A number chooses among those to whom it may happen.
#[derive(Debug, Clone)]
enum Move {
    Enrol { company: usize, people: Vec<usize>, together: bool },
    Ask(usize),
    Approve(usize),
    Refuse(usize),
    AddByHand(usize),
    Cancel(usize),
    LeaveTheQueue(usize),
    Accept(usize),
    Decline(usize),
    Substitute { place: usize, by: usize },
    Transfer(usize),
    Exceed(usize),
    Resize(u32),
    ChangeDay { in_days: u64 },
    ReserveForCompany { company: usize, seats: u32, hours: i64 },
    ReserveForGroup { group: usize, seats: u32 },
    Unreserve(usize),
    HoursPass(i64),
    MakeRounds,
    CloseTheQueue,
}

/// Every kind of move, as [`Move`] writes them.
const KINDS: usize = 20;
const STEPS: usize = 50;
const STAFF: usize = 8;

fn moves() -> impl Strategy<Value = Move> {
    let one_of_them = || 0usize..100;
    let people = prop::collection::vec(0..STAFF, 1..5);
    prop_oneof![
        8 => (0usize..2, people, any::<bool>())
            .prop_map(|(company, people, together)| Move::Enrol { company, people, together }),
        3 => (0..STAFF).prop_map(Move::Ask),
        2 => one_of_them().prop_map(Move::Approve),
        1 => one_of_them().prop_map(Move::Refuse),
        2 => (0usize..6).prop_map(Move::AddByHand),
        5 => one_of_them().prop_map(Move::Cancel),
        4 => one_of_them().prop_map(Move::LeaveTheQueue),
        3 => one_of_them().prop_map(Move::Accept),
        3 => one_of_them().prop_map(Move::Decline),
        2 => (one_of_them(), 0..STAFF).prop_map(|(place, by)| Move::Substitute { place, by }),
        2 => one_of_them().prop_map(Move::Transfer),
        1 => one_of_them().prop_map(Move::Exceed),
        3 => (3u32..8).prop_map(Move::Resize),
        3 => prop::sample::select(vec![2, 3, 9]).prop_map(|in_days| Move::ChangeDay { in_days }),
        2 => (0usize..2, 1u32..4, 1i64..60)
            .prop_map(|(company, seats, hours)| Move::ReserveForCompany { company, seats, hours }),
        5 => (one_of_them(), 1u32..3).prop_map(|(group, seats)| Move::ReserveForGroup { group, seats }),
        2 => one_of_them().prop_map(Move::Unreserve),
        2 => (1i64..10).prop_map(Move::HoursPass),
        2 => Just(Move::MakeRounds),
        1 => Just(Move::CloseTheQueue),
    ]
}

fn twenty_four_histories(database: &Database) {
    let happened = tell(database, 24);
    assert_eq!(happened.len(), KINDS, "some moves never came about: {happened:?}");
}

fn six_histories(database: &Database) {
    tell(database, 6);
}

/// Tells so many histories, the same ones each time, and answers which moves came about.
fn tell(database: &Database, histories: u32) -> BTreeSet<String> {
    let world = World::new(database);
    let happened = RefCell::new(BTreeSet::new());
    let config = Config { cases: histories, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let history = (any::<bool>(), prop::collection::vec(moves(), STEPS));
    let told = runner.run(&history, |(asks_first, moves)| {
        let scene = world.scene(asks_first);
        for one in &moves {
            match world.play(&scene, one) {
                Ok(true) => {
                    let name = format!("{one:?}");
                    let name = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_owned();
                    happened.borrow_mut().insert(name);
                }
                Ok(false) | Err(Error::Refused(Refusal::Enrolment(_) | Refusal::Session(_))) => {}
                Err(other) => return Err(TestCaseError::fail(format!("{one:?}: {other:?}"))),
            }
            for session in [scene.session, scene.other] {
                world.look(session).all_is_well().map_err(|fault| {
                    TestCaseError::fail(format!("after {one:?}, in session {session}: {fault}"))
                })?;
            }
        }
        Ok(())
    });
    told.unwrap_or_else(|error| panic!("{error}"));
    world.room.town.the_journal_holds();
    happened.into_inner()
}

/// Two companies, of which the second wants to approve; the training body's staff.
struct World {
    room: Room,
    staff: Actor,
    companies: [OrganisationId; 2],
    employers: [Actor; 2],
    people: [Vec<PersonId>; 2],
    /// The people of the second company, as themselves.
    trainees: Vec<Actor>,
}

/// Where one history happens: a small session, and another that people may be moved to.
struct Scene {
    session: SessionId,
    other: SessionId,
}

impl World {
    fn new(database: &Database) -> Self {
        let room = Room::open(database, &Planned::default());
        let brewery = room.town.organisation("Brasserie du Beffroi", &[Capacity::Company]);
        room.town.member("ali@brasserie.example", Role::Employer, Some(brewery));
        let own = (0..STAFF).map(|n| room.colleague(&format!("Lou {n}"))).collect();
        let named = |n| format!("Zoé {n}");
        let person = |n| room.town.employee(brewery, &named(n), "Morel", Some(&email(&named(n))));
        let theirs: Vec<PersonId> = (0..STAFF).map(person).collect();
        let trainee = |(n, person): (usize, &PersonId)| {
            room.town.account(&email(&named(n)), Some(*person));
            room.town.actor(&email(&named(n)))
        };
        Self {
            staff: room.town.actor(MANAGER),
            companies: [room.company, brewery],
            employers: [room.town.actor(EMPLOYER), room.town.actor("ali@brasserie.example")],
            trainees: theirs.iter().enumerate().map(trainee).collect(),
            people: [own, theirs],
            room,
        }
    }

    /// Half of the seats are taken when a history begins.
    fn scene(&self, asks_first: bool) -> Scene {
        let promotion = if asks_first { Promotion::Offer { hours: 48 } } else { Promotion::Confirm };
        let planned = |seats| Planned { seats, in_days: 9, promotion, ..Planned::default() };
        let session = self.room.another(&planned(4));
        self.room.town.enrol(&self.employers[0], session, &self.people[0][..2]);
        Scene { session, other: self.room.another(&planned(2)) }
    }

    fn house(&self) -> &House {
        &self.room.town.house
    }

    /// Does it, if there is anybody to whom it may happen; answers whether there was.
    fn play(&self, scene: &Scene, one: &Move) -> Done<bool> {
        let (house, now, session) = (self.house(), self.room.town.now(), scene.session);
        let sight = self.look(session);
        let why = "Une bonne raison.";
        let chosen = |states: &[EnrolmentState], number: usize| sight.pick(states, number).map(|one| one.id);
        let to = |id: Option<EnrolmentId>, act: &dyn Fn(EnrolmentId) -> Done<()>| match id {
            Some(id) => act(id).map(|()| true),
            None => Ok(false),
        };
        match one {
            Move::Enrol { company, people, together } => {
                let policy = if *together { GroupPolicy::AllOrNone } else { GroupPolicy::AsManyAsFit };
                let people = people.iter().map(|n| self.people[*company][*n]).collect();
                let wanted = Request { session, people, policy };
                enrolments::request(house, &self.employers[*company], &wanted).map(|_| true)
            }
            Move::Ask(n) => enrolments::request_for_oneself(house, &self.trainees[*n], session).map(|_| true),
            Move::Approve(n) => to(chosen(&[Requested], *n), &|id| {
                enrolments::approve(house, &self.employers[1], id).map(|_| ())
            }),
            Move::Refuse(n) => {
                to(chosen(&[Requested], *n), &|id| enrolments::refuse(house, &self.employers[1], id, why))
            }
            Move::AddByHand(n) => enrolments::add(house, &self.staff, session, &by_hand(*n)).map(|_| true),
            Move::Cancel(n) => {
                to(chosen(&[Offered, Confirmed], *n), &|id| enrolments::cancel(house, &self.staff, id, why))
            }
            Move::LeaveTheQueue(n) => {
                to(chosen(&[Requested, Waiting], *n), &|id| enrolments::cancel(house, &self.staff, id, why))
            }
            Move::Accept(n) => to(chosen(&[Offered], *n), &|id| {
                enrolments::answer(house, &Actor::holder(id), id, Answer::Accept)
            }),
            Move::Decline(n) => to(chosen(&[Offered], *n), &|id| {
                enrolments::answer(house, &Actor::holder(id), id, Answer::Decline)
            }),
            Move::Substitute { place, by } => {
                let Some(place) = sight.pick(&[Confirmed], *place) else { return Ok(false) };
                let Some(company) = self.companies.iter().position(|c| Some(*c) == place.employer) else {
                    return Ok(false);
                };
                let by = self.people[company][*by];
                enrolments::substitute(house, &self.employers[company], place.id, by).map(|_| true)
            }
            Move::Transfer(n) => to(chosen(&[Confirmed], *n), &|id| {
                enrolments::transfer(house, &self.staff, id, scene.other, why)
            }),
            Move::Exceed(n) => {
                to(chosen(&[Waiting], *n), &|id| enrolments::exceed(house, &self.staff, id, why))
            }
            Move::Resize(capacity) => {
                self.replan(&sight, &Plan { capacity: *capacity, ..sight.session.plan.clone() })
            }
            Move::ChangeDay { in_days } => self.replan(&sight, &self.moved(&sight.session.plan, *in_days)),
            Move::ReserveForCompany { company, seats, hours } => {
                let beneficiary = Beneficiary::Company(self.companies[*company]);
                let until = now.plus_hours(*hours);
                self.set_aside(session, beneficiary, *seats, until)
            }
            Move::ReserveForGroup { group, seats } => {
                let groups: BTreeSet<_> = sight.queue.iter().filter_map(|one| one.group).collect();
                let Some(group) = groups.iter().nth(group % groups.len().max(1)) else { return Ok(false) };
                self.set_aside(session, Beneficiary::Group(*group), *seats, now.plus_hours(30))
            }
            Move::Unreserve(n) => {
                let aside = &sight.seats.reservations;
                let Some(one) = aside.get(n % aside.len().max(1)) else { return Ok(false) };
                enrolments::unreserve(house, &self.staff, one.id).map(|_| true)
            }
            Move::HoursPass(hours) => {
                self.room.town.hours_pass(*hours);
                Ok(true)
            }
            Move::MakeRounds => {
                self.room.rounds();
                Ok(true)
            }
            Move::CloseTheQueue => {
                let minutes = sight.session.queue_closes_at().seconds_since(now) / 60;
                if !(1..8 * 24 * 60).contains(&minutes) {
                    return Ok(false);
                }
                house.clock.advance_minutes(minutes + 1);
                self.room.rounds();
                Ok(true)
            }
        }
    }

    fn replan(&self, sight: &Sight, plan: &Plan) -> Done<bool> {
        sessions::replan(self.house(), &self.staff, (sight.session.id, sight.session.edition), plan, None)
            .map(|_| true)
    }

    fn moved(&self, plan: &Plan, in_days: u64) -> Plan {
        let day = self.room.town.today().plus_days(in_days);
        let clock = |text: &str| text.parse().unwrap();
        let slot = Slot::new(plan.zone, day, clock("9:00"), clock("12:00")).unwrap();
        Plan { enrol_by: slot.starts_at.plus_hours(-24), slots: vec![slot], ..plan.clone() }
    }

    fn set_aside(
        &self,
        session: SessionId,
        beneficiary: Beneficiary,
        seats: u32,
        until: Instant,
    ) -> Done<bool> {
        let aside = SetAside { beneficiary, seats, until, reason: "Promis.".to_owned() };
        enrolments::reserve(self.house(), &self.staff, session, &aside).map(|()| true)
    }

    fn look(&self, session: SessionId) -> Sight {
        let now = self.room.town.now();
        let read = |conn: &mut store::Conn| {
            Ok::<_, store::Error>(Sight {
                session: store::sessions::get(conn, &everything(), session)?,
                seats: store::enrolments::seats(conn, session)?,
                reserved: store::sessions::heading(conn, session)?.reserved,
                rows: store::enrolments::of_session(conn, session, EnrolmentState::ALL)?,
                queue: store::enrolments::queue(conn, session)?,
                now,
            })
        };
        self.room.town.store().read(read).unwrap()
    }
}

fn by_hand(number: usize) -> ByHand {
    ByHand {
        name: PersonName {
            given: format!("Main {number}").parse().unwrap(),
            family: "Delmotte".parse().unwrap(),
        },
        email: None,
        company: None,
        exceed: None,
        not: Vec::new(),
    }
}

/// A session as the database tells it between two moves.
#[derive(Debug)]
struct Sight {
    session: Session,
    seats: Seats,
    /// The sum that the session keeps of its reservations.
    reserved: i32,
    rows: Vec<Enrolment>,
    queue: Vec<Claim>,
    now: Instant,
}

impl Sight {
    fn pick(&self, states: &[EnrolmentState], number: usize) -> Option<&Enrolment> {
        let fit: Vec<_> = self.rows.iter().filter(|one| states.contains(&one.state)).collect();
        fit.get(number % fit.len().max(1)).copied()
    }

    fn all_is_well(&self) -> Result<(), String> {
        let Seats { capacity, over, held, .. } = self.seats;
        let reserved = self.seats.reserved();
        let rows = self.rows.iter().filter(|one| one.state.holds_seat()).count();
        let ensure =
            |holds: bool, fault: &str| if holds { Ok(()) } else { Err(format!("{fault}: {self:?}")) };
        ensure(held as usize == rows, "the seats held are not the rows that hold one")?;
        ensure(held <= capacity + over, "more seats are held than there are")?;
        ensure(i64::from(self.reserved) == i64::from(reserved), "the sum set aside is another")?;
        ensure(over == (held + reserved).saturating_sub(capacity), "over is not what no seat carries")?;
        let mut live = HashSet::new();
        let once = self.rows.iter().filter(|one| one.state.is_live()).all(|one| live.insert(one.person));
        ensure(once, "somebody is in the session twice")?;
        let closes = self.session.queue_closes_at();
        let in_time = |one: &Enrolment| one.offered_until.is_some_and(|until| until <= closes);
        let offers = self.rows.iter().filter(|one| one.state == Offered).all(in_time);
        ensure(offers, "an offer outlasts the queue")?;
        ensure(!self.session.queue_is_open(self.now) || self.nobody_fits(), "somebody waits who fits")
    }

    /// Nobody who waits fits into what is free and what is set aside for them.
    fn nobody_fits(&self) -> bool {
        let mut needs: HashMap<_, (u32, &Claim)> = HashMap::new();
        for one in &self.queue {
            let unit = one.group.ok_or(one.claimant);
            needs.entry(unit).or_insert((0, one)).0 += 1;
        }
        let taken = self.seats.held + self.seats.reserved();
        let free = self.seats.capacity.saturating_sub(taken);
        needs.values().all(|(need, one)| {
            let own = self.seats.reservations.iter().filter(|aside| match aside.beneficiary {
                Beneficiary::Company(company) => one.employer == Some(company),
                Beneficiary::Group(group) => one.group == Some(group),
            });
            *need > free + own.map(|aside| aside.seats).sum::<u32>()
        })
    }
}
