//! The trainee's home is the path: awareness, practice, certification.

use crate::frame::{Problem, Reply, Shell, Visit};
use crate::pages::enrolments::PlaceRow;
use askama::Template;
use domain::access::Action;
use domain::calendar::Instant;
use domain::courses::Stage;
use domain::enrolments::EnrolmentState;
use domain::ids::{EnrolmentId, PersonId, SlotId};
use domain::signatures::Window;
use store::{self, enrolments::Seated, signatures::Signable};
use words::Words;

/// A place on the path.
struct Step {
    row: PlaceRow,
    has_seat: bool,
    is_ahead: bool,
    agenda: String,
    /// What proves it: hours followed and half-days signed.
    proof: String,
    /// Whether a half-day of it is on about now, and not signed yet.
    may_sign: bool,
}

/// A station: what was done there, what is ahead.
struct Station {
    name: &'static str,
    help: &'static str,
    class: &'static str,
    told: &'static str,
    is_here: bool,
    steps: Vec<Step>,
    /// Where the last station leads: to one's candidacy and its state, or to what can be obtained.
    way: Option<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "homes/path.html")]
struct PathPage {
    shell: Shell,
    lede: String,
    place: String,
    video_link: String,
    stations: Vec<Station>,
    /// Surveys that wait for the reader.
    awaited: String,
}

pub fn home(visit: &Visit<'_>, person: PersonId) -> Result<Reply, Problem> {
    let now = visit.house.clock.now();
    let reach = visit.actor.may(Action::ReadPlaces).map_err(actions::Error::from)?;
    let asked = visit.actor.may(Action::AnswerSurvey).map_err(actions::Error::from)?;
    let applied = visit.actor.may(Action::ReadCandidacies).map_err(actions::Error::from)?;
    let (places, venue, signed, unsigned, awaited, candidacies) = visit.read(|conn| {
        let places = store::enrolments::all_of_person(conn, &reach, person)?;
        let next = next_of(&places, now).filter(|p| p.state.has_place());
        let venue = match next {
            Some(next) => store::sessions::venue(conn, next.session)?,
            None => (String::new(), String::new()),
        };
        let begun = |p: &&Seated| Window::around(p.starts_at, p.ends_at).from <= now;
        let begun: Vec<_> = places.iter().filter(begun).map(|p| p.id).collect();
        let signed = store::signatures::of_enrolments(conn, &begun)?;
        let on: Vec<_> = places.iter().filter(|p| is_on(p, now)).map(|p| p.id).collect();
        let slots = match on.as_slice() {
            [] => Vec::new(),
            on => store::signatures::around(conn, on, now.plus_hours(-1), now.plus_hours(1))?,
        };
        // Who signed has nothing left to sign there.
        let to_sign = |one: &Signable| {
            let is_signed = signed.contains(&(one.enrolment, one.slot));
            !is_signed && Window::around(one.starts_at, one.ends_at).holds(now)
        };
        let unsigned: Vec<_> = slots.iter().filter(|one| to_sign(one)).map(|one| one.enrolment).collect();
        let awaited = store::surveys::awaited(conn, &asked, now)?;
        let candidacies = store::candidacies::list(conn, &applied, None, None)?.rows;
        Ok((places, venue, signed, unsigned, awaited, candidacies))
    })?;
    let w = visit.w;
    let way = candidacies.first().map_or_else(
        || ("/certifications".to_owned(), w.see_certifications()),
        |own| (format!("/candidatures/{}", own.id), w.candidacy_state(own.state)),
    );
    let next = next_of(&places, now);
    let (title, lede) = match next {
        Some(next) => (next_title(w, next), w.enrolment_state(next.state).to_owned()),
        None => (w.path_title().to_owned(), w.path_help().to_owned()),
    };
    Reply::page(&PathPage {
        shell: visit.shell(title),
        lede,
        place: venue.0,
        video_link: venue.1,
        stations: stations(w, &places, &signed, &unsigned, &way, now),
        awaited: if awaited > 0 { w.surveys_awaited(awaited) } else { String::new() },
    })
}

/// The first place that still lies ahead: what the title tells, and the address when it is theirs.
fn next_of(places: &[Seated], now: Instant) -> Option<&Seated> {
    places.iter().find(|p| p.ends_at > now && p.state.is_live())
}

/// « Prochaine étape : jeudi 3 décembre 2026, 9 h – 12 h 30 ».
fn next_title(w: Words, next: &Seated) -> String {
    w.next_step(&w.span(next.starts_at, next.ends_at, next.zone))
}

/// Whether a half-day of it may be on about now.
fn is_on(place: &Seated, now: Instant) -> bool {
    place.state == EnrolmentState::Confirmed && Window::around(place.starts_at, place.ends_at).holds(now)
}

fn stations(
    w: Words,
    places: &[Seated],
    signed: &[(EnrolmentId, SlotId)],
    unsigned: &[EnrolmentId],
    way: &(String, &'static str),
    now: Instant,
) -> Vec<Station> {
    let came = |p: &&Seated| matches!(p.state, EnrolmentState::Attended | EnrolmentState::PartlyAttended);
    let done = |stage| places.iter().filter(|p| p.stage == stage).any(|p| came(&p));
    // The traveller stands at the first station that is not behind them.
    let here = Stage::ALL.iter().copied().find(|stage| !done(*stage));
    Stage::ALL
        .iter()
        .map(|stage| {
            let is_here = here == Some(*stage);
            let behind = done(*stage);
            Station {
                name: w.stage(*stage),
                help: w.stage_help(*stage),
                class: if behind {
                    "done"
                } else if is_here {
                    ""
                } else {
                    "next"
                },
                told: if behind {
                    w.station_done()
                } else if is_here {
                    w.station_here()
                } else {
                    w.station_next()
                },
                is_here: is_here && !behind,
                way: (*stage == Stage::Certification).then(|| way.clone()),
                steps: places
                    .iter()
                    .filter(|p| p.stage == *stage && (p.state.is_live() || p.ends_at > now))
                    .map(|p| Step {
                        row: PlaceRow::new(w, p),
                        has_seat: p.state == EnrolmentState::Confirmed,
                        is_ahead: p.ends_at > now,
                        agenda: format!("/inscriptions/{}/agenda.ics", p.id),
                        proof: w.followed_and_signed(
                            p.minutes,
                            signed.iter().filter(|(who, _)| *who == p.id).count(),
                        ),
                        may_sign: unsigned.contains(&p.id),
                    })
                    .collect(),
            }
        })
        .collect()
}
