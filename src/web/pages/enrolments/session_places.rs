//! The places of one session, on its own page: who is in, who waits, seats set aside.

use super::{PlaceRow, mark};
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::{self, Error, enrolments::SetAside};
use askama::Template;
use domain::access::Action;
use domain::calendar::{Day, Minute};
use domain::enrolments::{Beneficiary, EnrolmentState, Refusal, Reservation, Seats, rank};
use domain::ids::{GroupId, ReservationId, SessionId};
use domain::organisations::Siret;
use domain::sessions::SessionState;
use serde::Deserialize;
use std::collections::BTreeMap;
use store::enrolments::Seated;
use store::sessions::Listed;
use store::{self, Conn};

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/reservations", Action::ReserveSeats, ask_reservation);
    routes.post("/sessions/{session}/reservations", Action::ReserveSeats, reserve);
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

#[derive(Deserialize, Default)]
struct ReservationForm {
    #[serde(default)]
    siret: String,
    #[serde(default)]
    groupe: String,
    #[serde(default)]
    places: String,
    #[serde(default)]
    jusqu: String,
    #[serde(default)]
    motif: String,
}

#[derive(Template)]
#[template(path = "enrolments/reserve.html")]
struct ReservePage {
    shell: Shell,
    session: SessionId,
    /// Groups *all or none* that wait, with their size.
    groups: Vec<(GroupId, String)>,
    form: ReservationForm,
    mistakes: Mistakes,
}

fn reserve_page(
    visit: &Visit<'_>,
    form: ReservationForm,
    mistakes: Mistakes,
) -> Result<ReservePage, Problem> {
    let session: SessionId = visit.part("session")?;
    let queue = visit.house.store.read(|conn| {
        store::sessions::get(conn, &visit.reach, session)?;
        store::enrolments::queue(conn, session)
    })?;
    let mut sizes: BTreeMap<GroupId, usize> = BTreeMap::new();
    for group in queue.iter().filter_map(|c| c.group) {
        *sizes.entry(group).or_default() += 1;
    }
    let groups = sizes.into_iter().map(|(id, n)| (id, visit.w.waiting_group(id.0, n))).collect();
    Ok(ReservePage { shell: visit.shell(visit.w.reserve_title()), session, groups, form, mistakes })
}

fn ask_reservation(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&reserve_page(visit, ReservationForm::default(), Mistakes::default())?)
}

fn reserve(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (session, form): (SessionId, ReservationForm) = (visit.part("session")?, visit.form()?);
    let w = visit.w;
    let (zone, beneficiary) = visit.house.store.read(|conn| {
        let zone = store::sessions::get(conn, &visit.reach, session)?.plan.zone;
        Ok::<_, store::Error>((zone, beneficiary(conn, &form)?))
    })?;
    let Some(beneficiary) = beneficiary else {
        return Reply::form_again(&reserve_page(visit, form, Mistakes::one("siret", w.unknown_company()))?);
    };
    let Ok(seats) = form.places.trim().parse::<u32>() else {
        return Reply::form_again(&reserve_page(
            visit,
            form,
            Mistakes::one("places", w.field_mistake("places")),
        )?);
    };
    let until = form.jusqu.parse::<Day>().ok().and_then(|day| {
        let last_minute = Minute::new(23, 59)?;
        zone.instant(day, last_minute).ok()
    });
    let Some(until) = until else {
        return Reply::form_again(&reserve_page(
            visit,
            form,
            Mistakes::one("jusqu", w.field_mistake("jusqu")),
        )?);
    };
    let aside = SetAside { beneficiary, seats, until, reason: form.motif.clone() };
    match actions::enrolments::reserve(visit.house, &visit.actor, session, &aside) {
        Ok(()) => Ok(Reply::see_with(&format!("/sessions/{session}"), w.reserved_notice(seats))),
        Err(Error::Refused(actions::Refusal::Enrolment(no))) => {
            let field = match no {
                Refusal::ReservationDate => "jusqu",
                Refusal::NotEnoughFree { .. } => "places",
                Refusal::ReasonMissing => "motif",
                _ => "",
            };
            Reply::form_again(&reserve_page(visit, form, Mistakes::one(field, w.enrolment_refusal(no)))?)
        }
        Err(other) => Err(other.into()),
    }
}

fn beneficiary(conn: &mut Conn, form: &ReservationForm) -> Result<Option<Beneficiary>, store::Error> {
    if let Ok(group) = form.groupe.parse::<GroupId>() {
        return Ok(Some(Beneficiary::Group(group)));
    }
    let Ok(siret) = form.siret.parse::<Siret>() else { return Ok(None) };
    match store::enrolments::company_with(conn, siret.as_str()) {
        Ok(company) => Ok(Some(Beneficiary::Company(company))),
        Err(store::Error::Missing) => Ok(None),
        Err(other) => Err(other),
    }
}

fn unreserve(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ReservationId = visit.part("reservation")?;
    let session = actions::enrolments::unreserve(visit.house, &visit.actor, id)?;
    Ok(Reply::see_with(&format!("/sessions/{session}"), visit.w.unreserved_notice()))
}
