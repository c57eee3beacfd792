//! Sessions as lists and their own page show them.

use super::super::among::AmongExpression as _;
use super::super::backend::Backend;
use super::super::schema::{
    accounts, course_versions, courses, enrolments, organisations, programmes, session_trainers, sessions,
    slots,
};
use super::super::{Conn, Kept, Page, ROWS_AND_ONE};
use super::{KeptSlot, is_done, is_draft, is_live, slots as slots_of};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Instant, Zone};
use domain::courses::Stage;
use domain::enrolments::EnrolmentState;
use domain::ids::{CourseId, SessionId};
use domain::reference::CommuneCode;
use domain::sessions::SessionState;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

/// The last row of a page of sessions: the next page starts after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub starts_at: Instant,
    pub id: SessionId,
}

/// `1797321600000000-12`: microseconds and number.
impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.starts_at.utc().timestamp_micros(), self.id)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the end of a page")]
pub struct AfterError;

impl FromStr for After {
    type Err = AfterError;

    fn from_str(text: &str) -> Result<Self, AfterError> {
        let (micros, id) = text.rsplit_once('-').ok_or(AfterError)?;
        let micros = micros.parse().map_err(|_| AfterError)?;
        let at = chrono::DateTime::from_timestamp_micros(micros).ok_or(AfterError)?;
        Ok(Self { starts_at: Instant::from_utc(at), id: id.parse().map_err(|_| AfterError)? })
    }
}

/// A session as a line of a list; nothing in it is for those only who have a place.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Listed {
    pub id: SessionId,
    pub state: SessionState,
    #[diesel(select_expression = course_versions::title)]
    pub title: String,
    #[diesel(select_expression = courses::stage)]
    pub stage: Stage,
    #[diesel(select_expression = organisations::name)]
    pub body: String,
    pub zone: Zone,
    pub commune: Option<CommuneCode>,
    pub capacity: i32,
    pub over: i32,
    pub held: i32,
    pub reserved: i32,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub sequence: i32,
}

impl Listed {
    /// Seats held or set aside.
    pub fn taken(&self) -> i32 {
        self.held + self.reserved
    }

    /// Seats that anyone may be given.
    pub fn free(&self) -> u32 {
        u32::try_from(self.capacity - self.taken()).unwrap_or(0)
    }

    pub(crate) fn cursor(&self) -> String {
        After { starts_at: self.starts_at, id: self.id }.to_string()
    }
}

/// Which sessions a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Announced and not over, the next first.
    Coming,
    /// Over, closed or cancelled, the last first.
    Past,
    Drafts,
    /// Over and still running: marks to note and to close; or closed, and corrected since a trainer's last
    /// word. The oldest first.
    ToClose,
}

/// What a shelf is put together from: each part is read in the order of an index of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Live and not over.
    Coming,
    Drafts,
    /// Running still, and over.
    ToClose,
    /// Closed not long ago, with a mark since a trainer's last word.
    Corrected,
    /// Closed or cancelled.
    Done,
    /// Live still, and over.
    Over,
}

impl Part {
    const fn of(shelf: Shelf) -> &'static [Self] {
        match shelf {
            Shelf::Coming => &[Self::Coming],
            Shelf::Past => &[Self::Done, Self::Over],
            Shelf::Drafts => &[Self::Drafts],
            Shelf::ToClose => &[Self::ToClose, Self::Corrected],
        }
    }
}

/// Sessions within reach, one page.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    shelf: Shelf,
    now: Instant,
    after: Option<After>,
) -> Kept<Page<Listed>> {
    let mut rows = Vec::new();
    for part in Part::of(shelf) {
        rows.extend(page_of(conn, reach, *part, now, after)?);
    }
    rows.sort_by_key(|row: &Listed| (row.starts_at, row.id));
    if shelf == Shelf::Past {
        rows.reverse();
    }
    Ok(Page::cut(rows, Listed::cursor))
}

/// A page of a part, and one session more.
fn page_of(
    conn: &mut Conn,
    reach: &Reach,
    part: Part,
    now: Instant,
    after: Option<After>,
) -> Kept<Vec<Listed>> {
    use SessionState::{Closed, Running};
    let joined = sessions::table
        .inner_join(course_versions::table.inner_join(courses::table))
        .inner_join(organisations::table)
        .into_boxed::<Backend>();
    let own = covered!(joined, reach);
    let over = || is_live().and(sessions::starts_at.le(now)).and(sessions::ends_at.le(now));
    let mut own = match part {
        Part::Coming => own.filter(is_live().and(sessions::ends_at.gt(now))),
        Part::Drafts => own.filter(is_draft()),
        Part::ToClose => own.filter(over().and(sessions::state.eq(Running))),
        Part::Corrected => {
            let unconfirmed =
                slots::table.filter(slots::confirmed_at.lt(slots::noted_at)).select(slots::session_id);
            let recent = sessions::starts_at.gt(now.plus_days(-CORRECTED_DAYS));
            own.filter(is_done().and(sessions::state.eq(Closed)).and(recent))
                .filter(sessions::id.eq_any(unconfirmed))
        }
        Part::Done => own.filter(is_done()),
        Part::Over => own.filter(over()),
    };
    let backwards = matches!(part, Part::Done | Part::Over);
    if let Some(After { starts_at, id }) = after {
        // Said twice, so that an index leads to where the page begins.
        own = if backwards {
            own.filter(sessions::starts_at.le(starts_at))
                .filter(sessions::starts_at.lt(starts_at).or(sessions::id.lt(id)))
        } else {
            own.filter(sessions::starts_at.ge(starts_at))
                .filter(sessions::starts_at.gt(starts_at).or(sessions::id.gt(id)))
        };
    }
    own = if backwards {
        own.order((sessions::starts_at.desc(), sessions::id.desc()))
    } else {
        own.order((sessions::starts_at, sessions::id))
    };
    Ok(own.limit(ROWS_AND_ONE).select(Listed::as_select()).load(conn)?)
}

/// Days after its start for which a corrected session is held up to its trainer.
const CORRECTED_DAYS: i64 = 180;

/// How many people wait for each of these sessions; none is left out of the answer by having nobody.
pub fn waiting(conn: &mut Conn, ids: &[SessionId]) -> Kept<HashMap<SessionId, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let counted: Vec<(SessionId, i64)> = enrolments::table
        .filter(enrolments::session_id.among(ids.iter().copied()))
        .filter(enrolments::state.eq(EnrolmentState::Waiting))
        .group_by(enrolments::session_id)
        .select((enrolments::session_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counted.into_iter().collect())
}

/// A session within reach, as a line of a list.
pub fn listed(conn: &mut Conn, reach: &Reach, id: SessionId) -> Kept<Listed> {
    let joined = sessions::table
        .inner_join(course_versions::table.inner_join(courses::table))
        .inner_join(organisations::table)
        .into_boxed::<Backend>();
    Ok(covered!(joined, reach).filter(sessions::id.eq(id)).select(Listed::as_select()).first(conn)?)
}

/// What the page of a session tells, whole, in three questions.
#[derive(Debug, Clone)]
pub struct Details {
    pub listed: Listed,
    pub course: CourseId,
    /// The version of the sheet that the session was announced with.
    pub version: i32,
    pub place: String,
    pub video_link: String,
    pub minimum: i32,
    pub enrol_by: Instant,
    pub queue_closes_at: Instant,
    pub trainers: Vec<String>,
    pub slots: Vec<KeptSlot>,
}

/// The details of a session within reach.
pub fn details(conn: &mut Conn, reach: &Reach, id: SessionId) -> Kept<Details> {
    type About = (CourseId, i32, String, String, i32, Instant, Instant);
    let joined = sessions::table
        .inner_join(course_versions::table.inner_join(courses::table))
        .inner_join(organisations::table)
        .into_boxed::<Backend>();
    let (listed, about): (Listed, About) = covered!(joined, reach)
        .filter(sessions::id.eq(id))
        .select((
            Listed::as_select(),
            (
                courses::id,
                course_versions::number,
                sessions::place,
                sessions::video_link,
                sessions::minimum,
                sessions::enrol_by,
                sessions::queue_closes_at,
            ),
        ))
        .first(conn)?;
    let (course, version, place, video_link, minimum, enrol_by, queue_closes_at) = about;
    let trainers = trainer_names(conn, id)?;
    let slots = slots_of(conn, id)?;
    Ok(Details {
        listed,
        course,
        version,
        place,
        video_link,
        minimum,
        enrol_by,
        queue_closes_at,
        trainers,
        slots,
    })
}

/// Who teaches a session, by name.
fn trainer_names(conn: &mut Conn, id: SessionId) -> Kept<Vec<String>> {
    Ok(session_trainers::table
        .inner_join(accounts::table)
        .filter(session_trainers::session_id.eq(id))
        .order(accounts::name)
        .select(accounts::name)
        .load(conn)?)
}

/// What the papers of a session say of who holds it and where.
#[derive(Debug, Clone, Default)]
pub struct Imprint {
    pub nda: Option<String>,
    /// The address, as it was typed.
    pub place: String,
    pub trainers: Vec<String>,
}

/// The imprint of a session that the caller has found within its reach.
pub fn imprint(conn: &mut Conn, id: SessionId) -> Kept<Imprint> {
    let rows: Vec<(Option<String>, String, Option<String>)> = sessions::table
        .inner_join(organisations::table)
        .left_join(session_trainers::table)
        .left_join(accounts::table.on(accounts::id.nullable().eq(session_trainers::account_id.nullable())))
        .filter(sessions::id.eq(id))
        .order(accounts::name)
        .select((organisations::nda, sessions::place, accounts::name.nullable()))
        .load(conn)?;
    let mut imprint = Imprint::default();
    for (nda, place, trainer) in rows {
        (imprint.nda, imprint.place) = (nda, place);
        imprint.trainers.extend(trainer);
    }
    Ok(imprint)
}

/// A session within reach by its name: its title, its course, and when it is.
pub fn named(conn: &mut Conn, reach: &Reach, id: SessionId) -> Kept<Named> {
    let joined = sessions::table.inner_join(course_versions::table).into_boxed::<Backend>();
    Ok(covered!(joined, reach).filter(sessions::id.eq(id)).select(Named::as_select()).first(conn)?)
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Named {
    pub id: SessionId,
    #[diesel(select_expression = course_versions::title)]
    pub title: String,
    #[diesel(select_expression = course_versions::course_id)]
    pub course: CourseId,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: Zone,
}

/// The sessions of a course within reach, the newest first, as many as one looks back on.
pub fn of_course(conn: &mut Conn, reach: &Reach, course: CourseId) -> Kept<Vec<SessionId>> {
    const MOST: i64 = 1000;
    let joined = sessions::table.inner_join(course_versions::table).into_boxed::<Backend>();
    Ok(covered!(joined, reach)
        .filter(course_versions::course_id.eq(course))
        .order(sessions::id.desc())
        .limit(MOST)
        .select(sessions::id)
        .load(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_page_finds_its_way_back() {
        let at = chrono::DateTime::from_timestamp_micros(1_797_321_600_000_001).unwrap();
        let after = After { starts_at: Instant::from_utc(at), id: SessionId(12) };
        assert_eq!(after.to_string().parse(), Ok(after));
        for text in ["", "12", "x-12", "12-x", "99999999999999999999-1"] {
            assert_eq!(text.parse::<After>(), Err(AfterError), "{text}");
        }
    }
}
