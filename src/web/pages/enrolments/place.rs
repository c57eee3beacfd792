//! The personal page of a place: opened by a link, without an account.

use super::decide::Decision;
use super::ending::Ending;
use super::{PlaceRow, one};
use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use crate::pages::attendance::{self, HalfDay};
use crate::pages::letters::{self, LetterRow};
use actions::{self, Error};
use askama::Template;
use domain::access::{Action, Extent};
use domain::calendar::Zone;
use domain::enrolments::{EnrolmentState, rank};
use domain::ids::EnrolmentId;
use domain::signatures::Window;

pub fn routes(routes: &mut Routes) {
    routes.get("/place/{link}", Action::ReadPlaces, show);
    routes.get("/place/{link}/agenda.ics", Action::ReadPlaces, calendar);
    routes.get("/place/{link}/annulation", Action::CancelEnrolment, ask_cancel);
    routes.post("/place/{link}/annulation", Action::CancelEnrolment, cancel);
    routes.post("/place/{link}/reponse", Action::AnswerOffer, answer);
    routes.post("/place/{link}/compte", Action::OpenAccount, open_account);
}

/// The one enrolment that a personal link opens.
fn opened(visit: &Visit<'_>) -> Result<EnrolmentId, Problem> {
    match visit.reach.extent() {
        Extent::Enrolment(id) => Ok(id),
        _ => Err(Problem::NotFound),
    }
}

#[derive(Template)]
#[template(path = "enrolments/place.html")]
struct PlacePage {
    shell: Shell,
    base: String,
    row: PlaceRow,
    explained: Option<String>,
    offer: Option<String>,
    ending: Option<Ending>,
    letters: Vec<LetterRow>,
    half_days: Vec<HalfDay>,
    has_seat: bool,
    /// Half-days that wait for a signature after the fact, with their address.
    late: Vec<(String, String)>,
    /// Whether a half-day may be signed about now, with the code of the room, and is not yet.
    may_sign: bool,
    may_open_account: bool,
    may_cancel: bool,
    /// One line a half-day.
    slots: Vec<String>,
    place: String,
    video_link: String,
    organiser: String,
    organiser_email: Option<String>,
    mistakes: Mistakes,
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, None)?)
}

fn page(visit: &Visit<'_>, mistake: Option<String>) -> Result<PlacePage, Problem> {
    let id = opened(visit)?;
    let now = visit.house.clock.now();
    let (seated, slots, (place, video_link), (organiser, email), rank, late, ending, letters, half_days) =
        visit.read(|conn| {
            let seated = store::enrolments::seated(conn, &visit.reach, id)?;
            let slots = store::sessions::slots(conn, seated.session)?;
            // Told only to those who have a place.
            let venue = if seated.state.has_place() {
                store::sessions::venue(conn, seated.session)?
            } else {
                Default::default()
            };
            let organiser = store::accounts::organiser_of(conn, seated.session, now.day(Zone::OFFICE))?;
            let rank = match seated.state {
                EnrolmentState::Waiting => {
                    let seats = store::enrolments::seats(conn, seated.session)?;
                    rank(&seats, &store::enrolments::queue(conn, seated.session)?, id)
                }
                _ => None,
            };
            let late = if seated.state == EnrolmentState::Confirmed && seated.starts_at <= now {
                store::signatures::late_slots(conn, id, now)?
            } else {
                Vec::new()
            };
            let ending = Ending::read(conn, visit.w, &visit.reach, &seated)?;
            let letters = letters::of_place(conn, visit, id)?;
            let half_days = attendance::half_days(conn, visit.w, &visit.reach, &seated, Some(&slots), now)?;
            Ok((seated, slots, venue, organiser, rank, late, ending, letters, half_days))
        })?;
    let w = visit.w;
    let is_offer = seated.state == EnrolmentState::Offered;
    let offer = seated.offered_until.filter(|_| is_offer);
    Ok(PlacePage {
        shell: visit.shell(w.titled_state(&seated.name.full(), seated.state)),
        base: format!("/place/{}", visit.link()),
        row: PlaceRow::new(w, &seated),
        explained: rank.map(|r| w.rank_explained(r)),
        offer: offer.map(|until| w.offer_until(&w.moment(until, seated.zone))),
        ending,
        letters,
        has_seat: seated.state.has_place(),
        late: slots
            .iter()
            .filter(|kept| late.contains(&kept.id))
            .map(|kept| {
                let label = format!("{}, {}", w.day(kept.slot.day), w.half_day(kept.slot.half_day));
                (label, format!("/place/{}/signature/{}", visit.link(), kept.id))
            })
            .collect(),
        may_sign: seated.state == EnrolmentState::Confirmed
            && slots.iter().any(|kept| {
                let is_signed = half_days.iter().any(|one| one.slot == kept.id && one.is_signed);
                Window::of(&kept.slot).holds(now) && !is_signed
            }),
        half_days,
        may_open_account: seated.email.is_some() && seated.account.is_none(),
        may_cancel: now < seated.starts_at && seated.state.is_live(),
        slots: slots
            .iter()
            .map(|s| &s.slot)
            .map(|s| format!("{}, {}, {}", w.day(s.day), w.half_day(s.half_day), w.hours(s.starts, s.ends)))
            .collect(),
        place,
        video_link,
        organiser,
        organiser_email: email,
        mistakes: mistake.map(|m| Mistakes::one("", m)).unwrap_or_default(),
    })
}

/// Writes the invitation to one's own account; the letter proves whose mailbox it is.
fn open_account(visit: &Visit<'_>) -> Result<Reply, Problem> {
    actions::members::open_account(visit.house, &visit.actor)?;
    Ok(Reply::see_with(&format!("/place/{}", visit.link()), visit.w.account_on_its_way()))
}

fn calendar(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let feed = actions::invitations::feed(visit.house, &visit.actor, opened(visit)?)?;
    Ok(Reply::file("parcours.ics", "text/calendar; charset=utf-8", feed.into_bytes()))
}

fn ask_cancel(visit: &Visit<'_>) -> Result<Reply, Problem> {
    one::cancel_by_link(visit, opened(visit)?, &format!("/place/{}", visit.link()))
}

fn cancel(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (opened(visit)?, visit.form()?);
    let base = format!("/place/{}", visit.link());
    match actions::enrolments::cancel(visit.house, &visit.actor, id, &form.motif) {
        Ok(()) => Ok(Reply::see(&base)),
        Err(Error::Refused(actions::Refusal::Enrolment(no))) => {
            one::cancel_again(visit, id, &base, &form.motif, no)
        }
        Err(other) => Err(other.into()),
    }
}

fn answer(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, form): (EnrolmentId, Decision) = (opened(visit)?, visit.form()?);
    match actions::enrolments::answer(visit.house, &visit.actor, id, form.answer()?) {
        Ok(()) => Ok(Reply::see(&format!("/place/{}", visit.link()))),
        Err(Error::Refused(actions::Refusal::Enrolment(no))) => {
            Reply::form_again(&page(visit, Some(visit.w.enrolment_refusal(no)))?)
        }
        Err(other) => Err(other.into()),
    }
}
