//! The places of one session, on its own page: who is in, who waits, seats set aside.

use super::{PlaceRow, mark};
use crate::forms::{Ask as _, Choice, Declared, Field, Form, Optional, REASON, Refused, Text};
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::enrolments::SetAside;
use domain::access::Action;
use domain::calendar::{Day, Minute};
use domain::enrolments::{Beneficiary, EnrolmentState, Refusal, Reservation, Seats, rank};
use domain::ids::{GroupId, ReservationId, SessionId};
use domain::organisations::Siret;
use domain::sessions::SessionState;
use std::collections::BTreeMap;
use std::iter;
use store::Conn;
use store::enrolments::Seated;
use store::sessions::Listed;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/sessions/{session}/reservations", Action::ReserveSeats, reserve);
    routes.post("/reservations/{reservation}/fin", Action::ReserveSeats, unreserve);
}

/// A person of the session, with their rank when they wait.
pub struct SeatedRow {
    pub place: PlaceRow,
    pub email: String,
    /// « 1re en attente », for who waits.
    pub rank: Option<String>,
}

/// Everything that the page of a session shows of its places (`templates/enrolments/of_session.html`).
pub struct SessionPlaces {
    pub rows: Vec<SeatedRow>,
    pub ended: Vec<SeatedRow>,
    pub summary: String,
    pub reservations: Vec<(ReservationId, String)>,
    pub may_add: bool,
    pub may_reserve: bool,
    pub session: SessionId,
}

impl SessionPlaces {
    /// Reads the places of a session that was found within the reader's reach, in two queries.
    pub fn read(conn: &mut Conn, visit: &Visit<'_>, listed: &Listed) -> Result<Self, store::Error> {
        let (w, session) = (visit.w, listed.id);
        let seated = store::enrolments::all_of_session(conn, &visit.reach, session)?;
        let aside = store::enrolments::reservations(conn, session)?;
        let queue: Vec<_> = seated.iter().filter_map(Seated::claim).collect();
        let seats = seats(listed, &aside);
        let mut rows: Vec<_> = seated
            .iter()
            .map(|one| {
                let rank = match one.state {
                    EnrolmentState::Waiting => rank(&seats, &queue, one.id),
                    _ => None,
                };
                let row = SeatedRow {
                    place: PlaceRow { mark: mark(one.state), ..PlaceRow::new(w, one) },
                    email: one.email.clone().unwrap_or_default(),
                    rank: rank.map(|r| w.rank_short(&r)),
                };
                (one.state, rank.map_or(0, |r| r.place), one.name.search_key(), row)
            })
            .collect();
        rows.sort_by(|a, b| (order(a.0), a.1, &a.2).cmp(&(order(b.0), b.1, &b.2)));
        let seats_taken = rows.iter().filter(|r| r.0.holds_seat()).count();
        let waiting = rows.iter().filter(|r| r.0 == EnrolmentState::Waiting).count();
        let (live, ended): (Vec<_>, Vec<_>) = rows.into_iter().partition(|r| r.0.is_live());
        let takes = matches!(
            listed.state,
            SessionState::Draft | SessionState::Published | SessionState::Confirmed | SessionState::Running
        ) && visit.house.clock.now() < listed.ends_at;
        let may = |action| visit.actor.may(action).is_ok();
        Ok(Self {
            rows: live.into_iter().map(|r| r.3).collect(),
            ended: ended.into_iter().map(|r| r.3).collect(),
            summary: w.enrolled_count(seats_taken, waiting),
            reservations: aside
                .into_iter()
                .map(|r| {
                    let who = r.company.unwrap_or_else(|| {
                        w.waiting_group(r.group.map_or(0, |g| g.0), usize::try_from(r.seats).unwrap_or(0))
                    });
                    (r.id, w.reserved_for(r.seats, &who, &w.moment(r.until, listed.zone)))
                })
                .collect(),
            may_add: takes && may(Action::AddEnrolment),
            may_reserve: takes && may(Action::ReserveSeats),
            session,
        })
    }
}

/// The seats of a session as its page counts them.
fn seats(listed: &Listed, aside: &[store::enrolments::SetAside]) -> Seats {
    let reservations = aside
        .iter()
        .filter_map(|r| {
            let beneficiary = r.company_id.map(Beneficiary::Company).or(r.group.map(Beneficiary::Group))?;
            Some(Reservation { id: r.id, beneficiary, seats: r.seats.unsigned_abs() })
        })
        .collect();
    Seats {
        capacity: listed.capacity.unsigned_abs(),
        over: listed.over.unsigned_abs(),
        held: listed.held.unsigned_abs(),
        reservations,
    }
}

/// Who has a seat first, then who is asked, then the queue.
const fn order(state: EnrolmentState) -> u8 {
    match state {
        EnrolmentState::Confirmed
        | EnrolmentState::Attended
        | EnrolmentState::PartlyAttended
        | EnrolmentState::Absent => 0,
        EnrolmentState::Offered => 1,
        EnrolmentState::Waiting => 2,
        EnrolmentState::Requested => 3,
        EnrolmentState::Refused
        | EnrolmentState::Expired
        | EnrolmentState::Declined
        | EnrolmentState::Cancelled
        | EnrolmentState::Transferred => 4,
    }
}

const GROUP: Optional<GroupId> =
    Field::select("groupe", Words::reserve_group, Words::field_attention).optional();
const SIRET: Text = Text::line("siret", Words::company_siret);
const SEATS: Field<u32> = Field::number("places", Words::seats_number, Words::seats_number_missing);
const UNTIL: Field<Day> = Field::day("jusqu", Words::reserve_until, Words::reserve_until_missing);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::ReservationDate => Some(UNTIL.name()),
            Self::NotEnoughFree { .. } | Self::BelowTaken { .. } => Some(SEATS.name()),
            Self::ReasonMissing => Some(REASON.name()),
            _ => None,
        }
    }
}

fn reserve<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part::<SessionId>("session")?);
    let (zone, queue) = visit.read(|conn| {
        let zone = store::sessions::get(conn, &visit.reach, id)?.plan.zone;
        Ok((zone, store::enrolments::queue(conn, id)?))
    })?;
    // Groups *all or none* that wait, with their size.
    let mut sizes: BTreeMap<GroupId, usize> = BTreeMap::new();
    for group in queue.iter().filter_map(|claim| claim.group) {
        *sizes.entry(group).or_default() += 1;
    }
    let back = format!("/sessions/{id}");
    let form = Form::new(visit, w.reserve_title()).narrow().back(&back, w.session()).lede(w.reserve_help());
    let form = if sizes.is_empty() {
        form
    } else {
        let groups = sizes.iter().map(|(group, size)| Choice::new(group, w.waiting_group(group.0, *size)));
        form.ask(GROUP).among(iter::once(Choice::new("", "—")).chain(groups))
    };
    Ok(form.ask(SIRET).ask(SEATS).ask(UNTIL).ask(REASON).button(w.reserve_button()).submits(
        move |form| {
            let beneficiary = beneficiary(visit, form);
            let until = Minute::new(23, 59).and_then(|last| zone.instant(form.get(UNTIL)?, last).ok());
            let (seats, reason) = (form.get(SEATS)?, form.get(REASON)?);
            Some(SetAside { beneficiary: beneficiary?, seats, until: until?, reason })
        },
        move |aside| {
            actions::enrolments::reserve(visit.house, &visit.actor, id, &aside)?;
            Ok(aside.seats)
        },
        move |seats| Reply::see_with(&back, w.reserved_notice(seats)),
    ))
}

/// Whom seats are set aside for: a group that waits, or the company of a SIRET.
fn beneficiary(visit: &Visit<'_>, form: &mut Form<'_>) -> Option<Beneficiary> {
    if let Some(Some(group)) = form.get(GROUP) {
        return Some(Beneficiary::Group(group));
    }
    let found = match form.get(SIRET)?.parse::<Siret>() {
        Err(_) => None,
        Ok(siret) => match visit.read(|conn| store::enrolments::company_with(conn, siret.as_str())) {
            Err(store::Error::Missing) => None,
            found => Some(form.looked(found)?),
        },
    };
    match found {
        Some(company) => Some(Beneficiary::Company(company)),
        None => form.mend(SIRET, visit.w.unknown_company()),
    }
}

fn unreserve(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ReservationId = visit.part("reservation")?;
    let session = actions::enrolments::unreserve(visit.house, &visit.actor, id)?;
    Ok(Reply::see_with(&format!("/sessions/{session}"), visit.w.unreserved_notice()))
}
