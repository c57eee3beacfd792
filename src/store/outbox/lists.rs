//! Letters as lists show them, and how far each is. No list holds what a letter says.

use super::super::among::AmongExpression as _;
use crate::backend::{Searched, shapes, words_of};
use crate::literal::literal;
use crate::names::{few, patterns};
use crate::schema::outbox;
use crate::{Conn, Kept, Page, ROWS_AND_ONE};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::access::{Extent, Reach};
use domain::calendar::Instant;
use domain::ids::{AccountId, EnrolmentId, LetterId, SessionId};
use domain::letters::{GIVEN_UP_DAYS, LetterKind, Progress, Trace};

/// What a list shows of a letter.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Sending {
    pub id: LetterId,
    pub kind: LetterKind,
    pub to_email: String,
    pub to_name: String,
    pub subject: String,
    pub created_at: Instant,
    pub due_at: Instant,
    pub attempts: i32,
    pub sent_at: Option<Instant>,
    pub given_up_at: Option<Instant>,
    pub last_error: Option<String>,
    pub session_id: Option<SessionId>,
}

impl Sending {
    pub fn progress(&self) -> Progress {
        self.trace().progress()
    }

    pub fn trace(&self) -> Trace {
        Trace {
            attempts: self.attempts,
            sent: self.sent_at.is_some(),
            given_up: self.given_up_at.is_some(),
            failed_before: self.last_error.is_some(),
        }
    }
}

type Sendings = outbox::BoxedQuery<'static, crate::backend::Backend>;

pub(super) fn within(reach: &Reach) -> Sendings {
    covered(outbox::table.into_boxed(), reach)
}

/// Of these letters, those that a reach covers.
fn covered(all: Sendings, reach: &Reach) -> Sendings {
    use crate::schema::{enrolments, programmes, session_trainers, sessions};
    let none = literal::<BigInt>("0");
    match reach.extent() {
        Extent::Everything => all,
        Extent::TrainingBody(body) => all.filter(outbox::training_body_id.eq(body)),
        Extent::Company(company) => all.filter(outbox::company_id.eq(company)),
        Extent::OperatedBy(operator) => {
            let own = sessions::table
                .inner_join(programmes::table)
                .filter(sessions::id.nullable().eq(outbox::session_id))
                .filter(programmes::operator_id.eq(operator));
            all.filter(exists(own))
        }
        Extent::Enrolment(enrolment) => all.filter(outbox::enrolment_id.eq(enrolment)),
        Extent::Person(person) => {
            let own =
                enrolments::table.filter(enrolments::person_id.eq(person)).select(enrolments::id.nullable());
            all.filter(outbox::enrolment_id.eq_any(own))
        }
        Extent::TaughtBy(account, body) => {
            let taught = session_trainers::table
                .filter(session_trainers::session_id.nullable().eq(outbox::session_id))
                .filter(session_trainers::account_id.eq(account));
            all.filter(outbox::training_body_id.eq(body).and(exists(taught)))
        }
        _ => all.filter(none.eq(1)),
    }
}

/// Of letters that another column leads to, those that a reach covers: [`covered`], told so that no database takes the
/// index of all letters of a training body instead.
fn covered_among_few(few: Sendings, reach: &Reach) -> Sendings {
    use crate::schema::session_trainers;
    match reach.extent() {
        Extent::TrainingBody(body) => few.filter(outbox::training_body_id.between(body, body)),
        Extent::TaughtBy(account, body) => {
            let taught = session_trainers::table
                .filter(session_trainers::session_id.nullable().eq(outbox::session_id))
                .filter(session_trainers::account_id.eq(account));
            few.filter(outbox::training_body_id.between(body, body).and(exists(taught)))
        }
        _ => covered(few, reach),
    }
}

/// Letters within reach, newest first; of one session when it is named.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    session: Option<SessionId>,
    before: Option<LetterId>,
) -> Kept<Page<Sending>> {
    let mut letters = match session {
        Some(session) => {
            covered_among_few(outbox::table.filter(outbox::session_id.eq(session)).into_boxed(), reach)
        }
        None => within(reach),
    };
    if let Some(before) = before {
        letters = letters.filter(outbox::id.lt(before));
    }
    let rows: Vec<Sending> =
        letters.order(outbox::id.desc()).limit(ROWS_AND_ONE).select(Sending::as_select()).load(conn)?;
    Ok(Page::cut(rows, |r| r.id.to_string()))
}

/// Letters within reach to addresses of which some word begins with each word of `part`, newest first.
pub fn addressed(
    conn: &mut Conn,
    reach: &Reach,
    part: &str,
    before: Option<LetterId>,
) -> Kept<Page<Sending>> {
    let few = few(conn, Searched::Letters, "", part)?;
    let mut letters = within(reach);
    match few {
        Some(found) => letters = letters.filter(outbox::id.eq_any(found.into_iter().map(LetterId))),
        None => {
            for pattern in patterns(part) {
                let (_, shape) = shapes(&pattern.word);
                letters = letters.filter(words_of(Searched::Letters).like(shape));
            }
        }
    }
    if let Some(before) = before {
        letters = letters.filter(outbox::id.lt(before));
    }
    let rows: Vec<Sending> =
        letters.order(outbox::id.desc()).limit(ROWS_AND_ONE).select(Sending::as_select()).load(conn)?;
    Ok(Page::cut(rows, |r| r.id.to_string()))
}

/// Letters about one place, newest first.
pub fn of_place(conn: &mut Conn, reach: &Reach, place: EnrolmentId) -> Kept<Vec<Sending>> {
    let about = outbox::table.filter(outbox::enrolment_id.eq(place)).into_boxed();
    Ok(covered_among_few(about, reach)
        .order(outbox::id.desc())
        .limit(ROWS_AND_ONE)
        .select(Sending::as_select())
        .load(conn)?)
}

/// The reader's own letters, newest first: those to their address, those about their places, and those
/// that follow from what they did. What an act brought to others is left out where its session is out of
/// reach: who gives a seat back is not told to whom it went.
pub fn own(
    conn: &mut Conn,
    reach: &Reach,
    account: AccountId,
    address: &str,
    before: Option<LetterId>,
) -> Kept<Page<Sending>> {
    let mut newest = |letters: Sendings| -> Kept<Vec<LetterId>> {
        let letters = match before {
            Some(before) => letters.filter(outbox::id.lt(before)),
            None => letters,
        };
        Ok(letters.order(outbox::id.desc()).limit(ROWS_AND_ONE).select(outbox::id).load(conn)?)
    };
    let caused = || outbox::table.filter(outbox::caused_by.eq(account)).into_boxed();
    let mut ids = newest(outbox::table.filter(outbox::to_email.eq(address.to_owned())).into_boxed())?;
    ids.extend(newest(caused().filter(outbox::session_id.is_null()))?);
    ids.extend(newest(covered_among_few(caused(), reach))?);
    if matches!(reach.extent(), Extent::Person(_)) {
        ids.extend(newest(within(reach))?);
    }
    if ids.is_empty() {
        return Ok(Page::cut(Vec::new(), |r: &Sending| r.id.to_string()));
    }
    let rows: Vec<Sending> = outbox::table
        .filter(outbox::id.among(ids.iter().copied()))
        .order(outbox::id.desc())
        .limit(ROWS_AND_ONE)
        .select(Sending::as_select())
        .load(conn)?;
    Ok(Page::cut(rows, |r| r.id.to_string()))
}

/// Letters within reach that were given up, newest first, while somebody must act: their session is
/// still to come, or they speak of none and were given up a few days ago.
pub fn given_up(conn: &mut Conn, reach: &Reach, now: Instant, most: i64) -> Kept<Vec<Sending>> {
    use crate::schema::sessions;
    let its_session = sessions::table.filter(sessions::id.nullable().eq(outbox::session_id));
    let coming = exists(its_session.filter(sessions::starts_at.gt(now)));
    let fresh = outbox::given_up_at.gt(now.plus_days(-GIVEN_UP_DAYS));
    Ok(within(reach)
        .filter(outbox::given_up_at.is_not_null())
        .filter(coming.or(outbox::session_id.is_null().and(fresh)))
        .order(outbox::id.desc())
        .limit(most)
        .select(Sending::as_select())
        .load(conn)?)
}
