//! Places as a file that one takes away.

use crate::{Done, House, exports};
use domain::access::{Action, Actor};
use domain::reference::CommuneCode;
use store::enrolments::Seated;
use store::{self, Portion};
use words::Words;

/// The places within the actor's reach, as their page lists them: those of sessions to come, or of those that are over.
/// How somebody may be reached is not in it.
pub fn export(house: &House, actor: &Actor, w: Words, past: bool) -> Done<exports::Export> {
    let reach = actor.may(Action::ExportPlaces)?;
    let now = house.clock.now();
    let headings = [
        w.session_number(),
        w.course_title(),
        w.stage_label(),
        w.first_session_day(),
        w.last_session_day(),
        w.place_where(),
        w.family_name(),
        w.given_name(),
        w.company(),
        w.state(),
        w.followed_hours(),
    ];
    let read = move |conn: &mut store::Conn, after: &str| {
        store::enrolments::list(conn, &reach, past, now, Portion::Piece, after.parse().ok())
    };
    Ok(exports::table(&headings, read, move |seated| cells(w, seated)))
}

fn cells(w: Words, seated: &Seated) -> Vec<String> {
    let zone = seated.zone;
    let place = seated.commune.as_ref().map(CommuneCode::name);
    vec![
        seated.session.to_string(),
        seated.title.clone(),
        w.stage(seated.stage).to_owned(),
        w.sheet_day(seated.starts_at.day(zone)),
        w.sheet_day(seated.ends_at.day(zone)),
        place.unwrap_or_else(|| w.at_a_distance()).to_owned(),
        seated.name.family.to_string(),
        seated.name.given.to_string(),
        seated.employer.clone().unwrap_or_default(),
        w.enrolment_state(seated.state).to_owned(),
        seated.minutes.map(|minutes| w.sheet_hours(minutes)).unwrap_or_default(),
    ]
}
