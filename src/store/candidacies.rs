//! Candidacies and their pieces. A draft is its candidate's alone; what was handed in is the certifier's to read too.

mod pieces;

pub use pieces::{File, Piece, add as add_piece, file, judge as judge_piece, of as pieces_of};

use super::backend::{self, Backend, Held};
use super::schema::{
    candidacies, certification_routes, certification_versions, certifications, civil_identities,
    course_versions, courses, enrolments, organisations, people, sessions,
};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE, certifications as records};
use diesel::dsl::Eq;
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::calendar::{Instant, Zone};
use domain::candidacies::{Attended, Candidacy, CandidacyState, Told};
use domain::certifications::{AccessRoute, Entrance, RecordCode};
use domain::courses::Stage;
use domain::enrolments::EnrolmentState;
use domain::ids::{CandidacyId, CertificationId, CertificationVersionId, OrganisationId, PersonId};
use domain::keys::Sealed;
use domain::people::PersonName;
use domain::text::{Name, Title};

/// Narrows a query on candidacies joined to their certifications to what a reach covers.
macro_rules! covered {
    ($query:expr, $reach:expr) => {
        match $reach.extent() {
            Extent::Everything => $query,
            Extent::Person(person) => $query.filter(candidacies::person_id.eq(person)),
            Extent::Certifier(certifier) => $query
                .filter(certifications::certifier_id.eq(certifier))
                .filter(candidacies::submitted_at.is_not_null()),
            Extent::JudgedBy(account, _) => {
                use $crate::schema::{attempts, jurors};
                let judged = attempts::table
                    .inner_join(jurors::table.on(jurors::jury_id.eq(attempts::jury_id)))
                    .filter(jurors::account_id.eq(account))
                    .select(attempts::candidacy_id);
                $query.filter(candidacies::id.eq_any(judged))
            }
            _ => $query.filter(candidacies::id.lt(CandidacyId(0))),
        }
    };
}
pub(super) use covered;

/// Holds the row of a candidacy until the end of the transaction.
pub fn hold(conn: &mut Conn, id: CandidacyId) -> Kept<()> {
    backend::hold(conn, Held::Candidacy, &id.to_string()).map(|_| ())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = candidacies)]
struct Row {
    id: CandidacyId,
    certification_id: CertificationId,
    version_id: CertificationVersionId,
    person_id: PersonId,
    state: CandidacyState,
    route: AccessRoute,
    level: Option<i32>,
    motivation: String,
    accommodation: Option<Sealed>,
    submitted_at: Option<Instant>,
}

impl Row {
    fn whole(self, certifier: OrganisationId) -> Candidacy {
        Candidacy {
            id: self.id,
            certification: self.certification_id,
            version: self.version_id,
            certifier,
            person: self.person_id,
            state: self.state,
            told: Told {
                route: self.route,
                level: self.level.and_then(|level| level.try_into().ok()),
                motivation: self.motivation,
                accommodation: self.accommodation,
            },
            submitted_at: self.submitted_at,
        }
    }
}

/// A candidacy within reach.
pub fn get(conn: &mut Conn, reach: &Reach, id: CandidacyId) -> Kept<Candidacy> {
    let all = candidacies::table.inner_join(certifications::table).into_boxed::<Backend>();
    let (row, certifier): (Row, OrganisationId) = covered!(all, reach)
        .filter(candidacies::id.eq(id))
        .select((Row::as_select(), certifications::certifier_id))
        .first(conn)?;
    Ok(row.whole(certifier))
}

/// A candidacy with what its page says at the top.
#[derive(Debug, Clone)]
pub struct Opened {
    pub seen: Candidacy,
    pub candidate: PersonName,
    pub entrance: Entrance,
    /// When the candidate confirmed who they are by birth; none while they told nothing.
    pub identity_confirmed_at: Option<Instant>,
}

/// A candidacy within reach, opened: in one query and its conditions, since its page asks much besides.
pub fn opened(conn: &mut Conn, reach: &Reach, id: CandidacyId) -> Kept<Opened> {
    type OpenedRow = (Row, OrganisationId, (RecordCode, Title), AccessRoute, PersonName, Option<Instant>);
    let all = candidacies::table
        .inner_join(certifications::table)
        .inner_join(certification_versions::table.inner_join(certification_routes::table))
        .inner_join(people::table)
        .left_join(civil_identities::table)
        .into_boxed::<Backend>();
    let mut rows: Vec<OpenedRow> = covered!(all, reach)
        .filter(candidacies::id.eq(id))
        .select((
            Row::as_select(),
            certifications::certifier_id,
            (certifications::code, certification_versions::title),
            certification_routes::route,
            (people::given_name, people::family_name),
            civil_identities::confirmed_at.nullable(),
        ))
        .load(conn)?;
    let routes: Vec<AccessRoute> = rows.iter().map(|row| row.3).collect();
    let (row, certifier, (code, title), _, candidate, identity_confirmed_at) =
        rows.pop().ok_or(Error::Missing)?;
    let requirements = records::requirements_of(conn, row.version_id)?;
    let entrance = Entrance { code, title, routes: records::in_order(&routes), requirements };
    Ok(Opened { seen: row.whole(certifier), candidate, entrance, identity_confirmed_at })
}

/// The candidacy that somebody has for a certification and that is not over.
pub fn live_of(
    conn: &mut Conn,
    reach: &Reach,
    certification: CertificationId,
    person: PersonId,
) -> Kept<Option<(CandidacyId, CandidacyState)>> {
    let all = candidacies::table.inner_join(certifications::table).into_boxed::<Backend>();
    Ok(covered!(all, reach)
        .filter(candidacies::certification_id.eq(certification).and(candidacies::person_id.eq(person)))
        .filter(candidacies::state.ne(CandidacyState::NotEligible))
        .filter(candidacies::state.ne(CandidacyState::Withdrawn))
        .select((candidacies::id, candidacies::state))
        .first(conn)
        .optional()?)
}

/// A candidacy as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub id: CandidacyId,
    pub state: CandidacyState,
    pub code: String,
    pub title: Title,
    pub certifier: Name,
    pub name: PersonName,
    pub submitted_at: Option<Instant>,
    pub changed_at: Instant,
}

/// Candidacies within reach, the newest first; of one state, when it is said.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    state: Option<CandidacyState>,
    before: Option<CandidacyId>,
) -> Kept<Page<Listed>> {
    let all = candidacies::table
        .inner_join(certifications::table.inner_join(organisations::table))
        .inner_join(certification_versions::table)
        .inner_join(people::table)
        .into_boxed::<Backend>();
    let mut all = covered!(all, reach);
    if let Some(state) = state {
        all = all.filter(candidacies::state.eq(state));
    }
    if let Some(before) = before {
        all = all.filter(candidacies::id.lt(before));
    }
    let rows: Vec<Listed> = all
        .order(candidacies::id.desc())
        .limit(ROWS_AND_ONE)
        .select((
            candidacies::id,
            candidacies::state,
            certifications::code,
            certification_versions::title,
            organisations::name,
            (people::given_name, people::family_name),
            candidacies::submitted_at,
            candidacies::changed_at,
        ))
        .load(conn)?;
    Ok(Page::cut(rows, |row| row.id.to_string()))
}

/// How many candidacies within reach wait for the certifier's answer.
pub fn to_judge(conn: &mut Conn, reach: &Reach) -> Kept<i64> {
    let all = candidacies::table.inner_join(certifications::table).into_boxed::<Backend>();
    Ok(covered!(all, reach)
        .filter(candidacies::state.eq(CandidacyState::Submitted))
        .count()
        .get_result(conn)?)
}

type ToldColumns<'a> = (
    Eq<candidacies::route, AccessRoute>,
    Eq<candidacies::level, Option<i32>>,
    Eq<candidacies::motivation, &'a str>,
    Eq<candidacies::accommodation, &'a Option<Sealed>>,
);

/// What a candidate tells of themselves, as columns.
fn columns_of(told: &Told) -> ToldColumns<'_> {
    (
        candidacies::route.eq(told.route),
        candidacies::level.eq(told.level.map(|level| i32::from(level.number()))),
        candidacies::motivation.eq(told.motivation.as_str()),
        candidacies::accommodation.eq(&told.accommodation),
    )
}

/// Begins a candidacy. [`super::Unique::CandidacyOnce`] while there is one already.
pub fn begin(
    conn: &mut Conn,
    (certification, version): (CertificationId, CertificationVersionId),
    person: PersonId,
    told: &Told,
    now: Instant,
) -> Kept<CandidacyId> {
    Ok(diesel::insert_into(candidacies::table)
        .values((
            candidacies::certification_id.eq(certification),
            candidacies::version_id.eq(version),
            candidacies::person_id.eq(person),
            candidacies::state.eq(CandidacyState::Draft),
            columns_of(told),
            candidacies::created_at.eq(now),
            candidacies::changed_at.eq(now),
        ))
        .returning(candidacies::id)
        .get_result(conn)?)
}

/// Keeps what the candidate tells anew.
pub fn tell(conn: &mut Conn, seen: &Candidacy, told: &Told, now: Instant) -> Kept<()> {
    let untouched = candidacies::table.find(seen.id).filter(candidacies::state.eq(seen.state));
    let kept =
        diesel::update(untouched).set((columns_of(told), candidacies::changed_at.eq(now))).execute(conn)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Moves a candidacy, unless somebody moved it since it was read.
pub fn shift(conn: &mut Conn, seen: &Candidacy, next: CandidacyState, now: Instant) -> Kept<()> {
    let untouched = candidacies::table.find(seen.id).filter(candidacies::state.eq(seen.state));
    let submitted_at = seen.submitted_at.or((next == CandidacyState::Submitted).then_some(now));
    let moved = diesel::update(untouched)
        .set((
            candidacies::state.eq(next),
            candidacies::submitted_at.eq(submitted_at),
            candidacies::changed_at.eq(now),
        ))
        .execute(conn)?;
    if moved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The sessions that somebody attended at least in part, in order of time.
pub fn attended(conn: &mut Conn, _reach: &Reach, person: PersonId) -> Kept<Vec<Attended>> {
    let rows: Vec<(Stage, Name, Instant, Zone)> = enrolments::table
        .inner_join(sessions::table.inner_join(course_versions::table.inner_join(courses::table)))
        .filter(enrolments::person_id.eq(person))
        .filter(
            enrolments::state
                .eq(EnrolmentState::Attended)
                .or(enrolments::state.eq(EnrolmentState::PartlyAttended)),
        )
        .order((sessions::starts_at, sessions::id))
        .select((courses::stage, course_versions::title, sessions::starts_at, sessions::zone))
        .load(conn)?;
    let attended =
        |(stage, title, at, zone): (Stage, Name, Instant, Zone)| Attended { stage, title, day: at.day(zone) };
    Ok(rows.into_iter().map(attended).collect())
}

/// Who the candidate of a candidacy within reach is.
pub fn candidate(conn: &mut Conn, person: PersonId) -> Kept<PersonName> {
    Ok(people::table.find(person).select((people::given_name, people::family_name)).first(conn)?)
}
