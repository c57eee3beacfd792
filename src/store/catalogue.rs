//! What anyone may read: sessions to come, their public sheets, the programme's own figures.
//! Neither an address, a link nor a person ever leaves from here.

use super::among::AmongExpression as _;
use super::backend::{Backend, Searched};
use super::names::{Way, few, on_the_way, patterns};
use super::schema::{
    course_versions, courses, enrolments, organisations, programmes, sessions, slots, targets,
};
use super::sessions::{After, Listed, is_done, is_live};
use super::{Conn, Kept, Page, ROWS_AND_ONE};
use diesel::dsl::{count, count_star, sum};
use diesel::prelude::*;
use domain::calendar::{Day, Instant, Minute};
use domain::courses::Stage;
use domain::enrolments::EnrolmentState;
use domain::ids::{OrganisationId, ProgrammeId, SessionId};
use domain::programmes::TargetKind;
use domain::sessions::SessionState;
use domain::text::search_key;

const ANNOUNCED: [SessionState; 2] = [SessionState::Published, SessionState::Confirmed];

/// Where somebody looks for a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Where<'a> {
    #[default]
    Anywhere,
    /// Held through a video link only.
    AtADistance,
    /// Code of a département.
    Department(&'a str),
}

/// What somebody looks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Words of the title or of the training body's name.
    pub text: &'a str,
    pub stage: Option<Stage>,
    pub place: Where<'a>,
    /// Sessions that start at this moment or later.
    pub from: Option<Instant>,
    pub after: Option<After>,
}

/// Announced sessions to come, the next first.
pub fn list(conn: &mut Conn, wanted: &Wanted<'_>, now: Instant) -> Kept<Page<Listed>> {
    let from = wanted.from.map_or(now, |from| from.max(now));
    let few = few(conn, Searched::Announced, "", wanted.text)?;
    let mut rows = sessions::table
        .inner_join(course_versions::table.inner_join(courses::table))
        .inner_join(organisations::table)
        .filter(is_live().and(sessions::state.among(ANNOUNCED)).and(sessions::starts_at.ge(from)))
        .into_boxed::<Backend>();
    if let Some(After { starts_at, id }) = wanted.after {
        rows = rows
            .filter(sessions::starts_at.ge(starts_at))
            .filter(sessions::starts_at.gt(starts_at).or(sessions::id.gt(id)));
    }
    if let Some(stage) = wanted.stage {
        rows = rows.filter(courses::stage.eq(stage));
    }
    rows = match wanted.place {
        Where::Anywhere => rows,
        Where::AtADistance => rows.filter(sessions::commune.is_null()),
        Where::Department(code) => {
            rows.filter(sessions::commune.like(format!("{}%", search_key(code).to_uppercase())))
        }
    };
    let way = match few {
        Some(found) => Way::These(found, Vec::new()),
        None => Way::Along(patterns(wanted.text)),
    };
    let rows: Vec<Listed> = on_the_way!(rows, way, sessions, SessionId)
        .order((sessions::starts_at, sessions::id))
        .limit(ROWS_AND_ONE)
        .select(Listed::as_select())
        .load(conn)?;
    Ok(Page::cut(rows, Listed::cursor))
}

/// The first announced sessions to come.
pub fn next(conn: &mut Conn, now: Instant, most: i64) -> Kept<Vec<Listed>> {
    Ok(sessions::table
        .inner_join(course_versions::table.inner_join(courses::table))
        .inner_join(organisations::table)
        .filter(is_live().and(sessions::state.among(ANNOUNCED)).and(sessions::starts_at.ge(now)))
        .order((sessions::starts_at, sessions::id))
        .limit(most)
        .select(Listed::as_select())
        .load(conn)?)
}

/// The public sheet of a session.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub listed: Listed,
    pub aims: String,
    pub prerequisites: String,
    pub audience: String,
    pub minutes: i32,
    /// Number under which the training body is declared.
    pub nda: Option<String>,
    pub body: OrganisationId,
    pub enrol_by: Instant,
    pub queue_closes_at: Instant,
    /// Whether there is a video link; never the link.
    pub has_video: bool,
    pub slots: Vec<HalfDay>,
    pub waiting: i64,
}

/// A half-day, as anyone may know it.
#[derive(Debug, Clone, Copy)]
pub struct HalfDay {
    pub day: Day,
    pub starts: Minute,
    pub ends: Minute,
}

/// The public sheet of a session that was announced once, whatever became of it.
pub fn sheet(conn: &mut Conn, id: SessionId) -> Kept<Sheet> {
    use SessionState::{Cancelled, Draft};
    type About = (String, String, String, i32, Option<String>, OrganisationId, Instant, Instant, String);
    let (listed, about): (Listed, About) = sessions::table
        .inner_join(course_versions::table.inner_join(courses::table))
        .inner_join(organisations::table)
        .filter(sessions::id.eq(id).and(sessions::state.ne(Draft)))
        // A draft that was cancelled was never told to anyone: only what was announced has a number.
        .filter(sessions::state.ne(Cancelled).or(sessions::sequence.gt(0)))
        .select((
            Listed::as_select(),
            (
                course_versions::aims,
                course_versions::prerequisites,
                course_versions::audience,
                course_versions::minutes,
                organisations::nda,
                sessions::training_body_id,
                sessions::enrol_by,
                sessions::queue_closes_at,
                sessions::video_link,
            ),
        ))
        .first(conn)?;
    let (aims, prerequisites, audience, minutes, nda, body, enrol_by, queue_closes_at, video_link) = about;
    let slots = half_days(conn, &[id])?.into_iter().map(|(_, slot)| slot).collect();
    let waiting = super::sessions::waiting(conn, &[id])?.remove(&id).unwrap_or(0);
    let has_video = !video_link.trim().is_empty();
    Ok(Sheet {
        listed,
        aims,
        prerequisites,
        audience,
        minutes,
        nda,
        body,
        enrol_by,
        queue_closes_at,
        has_video,
        slots,
        waiting,
    })
}

fn half_days(conn: &mut Conn, ids: &[SessionId]) -> Kept<Vec<(SessionId, HalfDay)>> {
    let rows: Vec<(SessionId, Day, i32, i32)> = slots::table
        .filter(slots::session_id.among(ids.iter().copied()))
        .order((slots::session_id, slots::starts_at))
        .select((slots::session_id, slots::day, slots::starts_minute, slots::ends_minute))
        .load(conn)?;
    let minute = Minute::from_after_midnight;
    Ok(rows
        .into_iter()
        .filter_map(|(id, day, from, to)| {
            Some((id, HalfDay { day, starts: minute(from)?, ends: minute(to)? }))
        })
        .collect())
}

/// A session as the calendar feed tells it: with the moments of its half-days.
#[derive(Debug, Clone)]
pub struct Fed {
    pub listed: Listed,
    pub created_at: Instant,
    pub slots: Vec<(Instant, Instant)>,
}

/// The next sessions to come for a calendar program, those that were cancelled among them: at most `most`, which start
/// after a moment, or at it with a number above that one.
pub fn feed(conn: &mut Conn, after: After, most: i64) -> Kept<Vec<Fed>> {
    use SessionState::{Cancelled, Confirmed, Published};
    let later = sessions::starts_at.eq(after.starts_at).and(sessions::id.gt(after.id));
    let rows: Vec<(Listed, Instant)> = sessions::table
        .inner_join(course_versions::table.inner_join(courses::table))
        .inner_join(organisations::table)
        .filter(sessions::state.among([Published, Confirmed, Cancelled]))
        .filter(
            sessions::starts_at.ge(after.starts_at).and(sessions::starts_at.gt(after.starts_at).or(later)),
        )
        .filter(sessions::state.ne(Cancelled).or(sessions::sequence.gt(0)))
        .order((sessions::starts_at, sessions::id))
        .limit(most)
        .select((Listed::as_select(), sessions::created_at))
        .load(conn)?;
    let ids: Vec<SessionId> = rows.iter().map(|(listed, _)| listed.id).collect();
    let mut of: std::collections::HashMap<SessionId, Vec<(Instant, Instant)>> =
        std::collections::HashMap::new();
    let moments: Vec<(SessionId, Instant, Instant)> = slots::table
        .filter(slots::session_id.among(ids.iter().copied()))
        .order(slots::starts_at)
        .select((slots::session_id, slots::starts_at, slots::ends_at))
        .load(conn)?;
    for (id, starts, ends) in moments {
        of.entry(id).or_default().push((starts, ends));
    }
    Ok(rows
        .into_iter()
        .map(|(listed, created_at)| {
            let slots = of.remove(&listed.id).unwrap_or_default();
            Fed { listed, created_at, slots }
        })
        .collect())
}

/// The programme as its home page tells it.
#[derive(Debug, Clone)]
pub struct Front {
    pub short_name: String,
    pub name: String,
    /// Code of the region.
    pub region: String,
    pub targets: Vec<(TargetKind, i64, Option<i32>)>,
}

/// The programme that was founded first, if there is one.
pub fn front(conn: &mut Conn) -> Kept<Option<Front>> {
    let found: Option<(ProgrammeId, String, String, String)> = programmes::table
        .order(programmes::id)
        .select((programmes::id, programmes::short_name, programmes::name, programmes::region))
        .first(conn)
        .optional()?;
    let Some((id, short_name, name, region)) = found else { return Ok(None) };
    let mut targets: Vec<(TargetKind, i64, Option<i32>)> = targets::table
        .filter(targets::programme_id.eq(id))
        .select((targets::kind, targets::people, targets::by_year))
        .load(conn)?;
    targets.sort_by_key(|(kind, ..)| *kind);
    Ok(Some(Front { short_name, name, region, targets }))
}

/// The regions of all programmes, by code: where sessions may be looked for.
pub fn regions(conn: &mut Conn) -> Kept<Vec<String>> {
    Ok(programmes::table.select(programmes::region).distinct().order(programmes::region).load(conn)?)
}

/// What was reached so far, counted when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// People who came, each once.
    pub people: i64,
    /// Companies whose staff came, each once.
    pub companies: i64,
    pub held: i64,
    /// Seats that anyone may still ask for, and the sessions that have them.
    pub seats: i64,
    pub sessions: i64,
}

pub fn figures(conn: &mut Conn, now: Instant) -> Kept<Figures> {
    type Open = (i64, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let came = [EnrolmentState::Attended, EnrolmentState::PartlyAttended];
    let (people, companies) = enrolments::table
        .filter(enrolments::state.among(came))
        .select((
            count(enrolments::person_id).aggregate_distinct(),
            count(enrolments::employer_id).aggregate_distinct(),
        ))
        .first(conn)?;
    let held = sessions::table
        .filter(is_done().and(sessions::state.eq(SessionState::Closed)))
        .select(count_star())
        .first(conn)?;
    // Nothing is free where seats stand above the capacity; elsewhere `over` is none.
    let (open, capacity, over, seated, reserved): Open = sessions::table
        .filter(is_live().and(sessions::state.among(ANNOUNCED)).and(sessions::starts_at.gt(now)))
        .filter(sessions::enrol_by.gt(now).and(sessions::queue_closes_at.gt(now)))
        .select((
            count_star(),
            sum(sessions::capacity),
            sum(sessions::over),
            sum(sessions::held),
            sum(sessions::reserved),
        ))
        .first(conn)?;
    let all = |seats: Option<i64>| seats.unwrap_or(0);
    let seats = all(capacity) + all(over) - all(seated) - all(reserved);
    Ok(Figures { people, companies, held, seats, sessions: open })
}
