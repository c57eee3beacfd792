//! The page of one place: its state, why it is so, and what can be done.

use super::ending::Ending;
use super::{PlaceRow, mark};
use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use crate::pages::attendance::{self, HalfDay};
use crate::pages::letters::{self, LetterRow};
use crate::pages::session_rows;
use askama::Template;
use domain::access::Action;
use domain::enrolments::{EnrolmentState, rank};
use domain::ids::{EnrolmentId, PersonId, SessionId};
use store::{self, enrolments::Seated};

pub fn routes(routes: &mut Routes) {
    routes.get("/inscriptions/{enrolment}", Action::ReadPlaces, show);
    routes.get("/inscriptions/{enrolment}/agenda.ics", Action::ReadPlaces, calendar);
    routes.get("/inscriptions/{enrolment}/annulation", Action::CancelEnrolment, confirm_cancel);
}

/// What the reader may do with a place in its state.
#[derive(Default)]
struct Can {
    cancel: bool,
    answer: bool,
    approve: bool,
    substitute: bool,
    transfer: bool,
    exceed: bool,
}

impl Can {
    fn new(visit: &Visit<'_>, state: EnrolmentState, before_start: bool) -> Self {
        use EnrolmentState::{Confirmed, Offered, Requested, Waiting};
        let may = |action| visit.actor.may(action).is_ok();
        Self {
            cancel: before_start
                && matches!(state, Requested | Waiting | Offered | Confirmed)
                && may(Action::CancelEnrolment),
            answer: state == Offered && may(Action::AnswerOffer),
            approve: state == Requested && may(Action::ApproveEnrolment),
            substitute: before_start && state == Confirmed && may(Action::SubstituteEnrolment),
            transfer: before_start && state == Confirmed && may(Action::TransferEnrolment),
            exceed: state == Waiting && may(Action::ExceedCapacity),
        }
    }
}

#[derive(Template)]
#[template(path = "enrolments/one.html")]
struct OnePage {
    shell: Shell,
    id: EnrolmentId,
    row: PlaceRow,
    explained: Option<String>,
    offer: Option<String>,
    ending: Option<Ending>,
    letters: Vec<LetterRow>,
    half_days: Vec<HalfDay>,
    can: Can,
    colleagues: Vec<(PersonId, String)>,
    others: Vec<(SessionId, String)>,
    mistakes: Mistakes,
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, visit.part("enrolment")?, None)?)
}

/// The days of a place, for the reader's calendar.
fn calendar(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let feed = actions::invitations::feed(visit.house, &visit.actor, visit.part("enrolment")?)?;
    Ok(Reply::file("parcours.ics", "text/calendar; charset=utf-8", feed.into_bytes()))
}

/// The page again, with the refusal of what was tried on it.
pub fn again(visit: &Visit<'_>, id: EnrolmentId, no: domain::enrolments::Refusal) -> Result<Reply, Problem> {
    Reply::form_again(&page(visit, id, Some(visit.w.enrolment_refusal(no)))?)
}

fn page(visit: &Visit<'_>, id: EnrolmentId, mistake: Option<String>) -> Result<OnePage, Problem> {
    let now = visit.house.clock.now();
    let reach = visit.actor.may(Action::ReadPlaces).map_err(actions::Error::from)?;
    let (seated, rank, colleagues, others, can, ending, letters, half_days) = visit.read(|conn| {
        let seated = store::enrolments::seated(conn, &reach, id)?;
        let rank = match seated.state {
            EnrolmentState::Waiting => {
                let seats = store::enrolments::seats(conn, seated.session)?;
                let queue = store::enrolments::queue(conn, seated.session)?;
                rank(&seats, &queue, id)
            }
            _ => None,
        };
        let can = Can::new(visit, seated.state, now < seated.starts_at);
        let colleagues = if can.substitute {
            let day = seated.starts_at.day(seated.zone);
            store::enrolments::choosable(conn, &reach, day, &[], "")?
        } else {
            Vec::new()
        };
        let others = if can.transfer {
            store::sessions::sister_sessions(conn, seated.session, now)?
        } else {
            Vec::new()
        };
        let ending = Ending::read(conn, visit.w, &reach, &seated)?;
        let letters = letters::of_place(conn, visit, id)?;
        let half_days = attendance::half_days(conn, visit.w, &reach, &seated, None, now)?;
        Ok((seated, rank, colleagues, others, can, ending, letters, half_days))
    })?;
    let w = visit.w;
    let offer = seated
        .offered_until
        .filter(|_| seated.state == EnrolmentState::Offered)
        .map(|until| w.offer_until(&w.moment(until, seated.zone)));
    Ok(OnePage {
        shell: visit.shell(title(visit, &seated)),
        id,
        row: PlaceRow::new(w, &seated),
        explained: rank.map(|r| w.rank_explained(r)),
        offer,
        ending,
        letters,
        half_days,
        can,
        colleagues: colleagues
            .into_iter()
            .filter(|c| c.person != seated.person)
            .map(|c| (c.person, c.name.listed()))
            .collect(),
        others: others
            .iter()
            .map(|h| {
                let when = w.span(h.starts_at, h.ends_at, h.zone);
                let place = session_rows::place(w, h.commune.as_ref());
                (h.id, format!("{}, {when}, {place} ({})", h.title, w.seats_left(h.free())))
            })
            .collect(),
        mistakes: mistake.map(|m| Mistakes::one("", m)).unwrap_or_default(),
    })
}

/// « Lou Carpentier : place confirmée ».
fn title(visit: &Visit<'_>, seated: &Seated) -> String {
    visit.w.titled_state(&seated.name.full(), seated.state)
}

#[derive(Template)]
#[template(path = "enrolments/cancel.html")]
struct CancelPage {
    shell: Shell,
    action: String,
    back: String,
    about: String,
    state: &'static str,
    mark: &'static str,
    reason: String,
    mistakes: Mistakes,
}

fn confirm_cancel(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: EnrolmentId = visit.part("enrolment")?;
    let base = format!("/inscriptions/{id}");
    Reply::page(&cancel_page(visit, id, &base, "", None)?)
}

/// The page that asks for the reason, again with a mistake when there is one.
pub fn cancel_again(
    visit: &Visit<'_>,
    id: EnrolmentId,
    base: &str,
    reason: &str,
    no: domain::enrolments::Refusal,
) -> Result<Reply, Problem> {
    Reply::form_again(&cancel_page(visit, id, base, reason, Some(visit.w.enrolment_refusal(no)))?)
}

/// The same, as the holder of a personal link sees it.
pub fn cancel_by_link(visit: &Visit<'_>, id: EnrolmentId, base: &str) -> Result<Reply, Problem> {
    Reply::page(&cancel_page(visit, id, base, "", None)?)
}

fn cancel_page(
    visit: &Visit<'_>,
    id: EnrolmentId,
    base: &str,
    reason: &str,
    mistake: Option<String>,
) -> Result<impl Template + use<>, Problem> {
    let seated = visit.read(|conn| store::enrolments::seated(conn, &visit.reach, id))?;
    let w = visit.w;
    let when = w.span(seated.starts_at, seated.ends_at, seated.zone);
    Ok(CancelPage {
        shell: visit.shell(w.cancel_title(&seated.name.full())),
        action: format!("{base}/annulation"),
        back: base.to_owned(),
        about: format!("{}, {when}, {}", seated.title, session_rows::place(w, seated.commune.as_ref())),
        state: w.enrolment_state(seated.state),
        mark: mark(seated.state),
        reason: reason.to_owned(),
        mistakes: mistake.map(|m| Mistakes::one("motif", m)).unwrap_or_default(),
    })
}
