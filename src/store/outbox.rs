//! Letters waiting for the courier: finished envelopes, written with the fact that causes them.

mod lists;

pub use lists::{Sending, addressed, given_up, list, of_place, own};

use super::among::AmongExpression as _;
use super::schema::{outbox, sessions};
use super::{Conn, Kept};
use diesel::prelude::*;
use domain::access::Reach;
use domain::calendar::Instant;
use domain::ids::{AccountId, EnrolmentId, LetterId, OrganisationId, SessionId};
use domain::letters::LetterKind;
use lists::within;
use std::collections::HashSet;

/// A letter ready to leave.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = outbox)]
pub struct Letter {
    pub kind: LetterKind,
    pub to_email: String,
    pub to_name: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    /// A JSON array of calendar files.
    pub calendars: String,
    pub message_id: String,
    pub secret: bool,
    pub session_id: Option<SessionId>,
    pub enrolment_id: Option<EnrolmentId>,
    pub company_id: Option<OrganisationId>,
    /// Whose act it follows from.
    pub caused_by: Option<AccountId>,
    pub occasion: Option<String>,
    pub created_at: Instant,
    pub due_at: Instant,
    pub attempts: i32,
}

/// Calendar files as their column keeps them.
pub fn packed(calendars: &[String]) -> String {
    serde_json::Value::from(calendars.to_vec()).to_string()
}

/// The files that [`packed`] put together.
pub fn unpacked(calendars: &str) -> Vec<String> {
    serde_json::from_str(calendars).unwrap_or_default()
}

/// Writes a letter in the transaction of what it tells. One whose occasion was told already is
/// left out: answers whether it was written.
pub fn put(conn: &mut Conn, letter: &Letter) -> Kept<bool> {
    if let Some(occasion) = &letter.occasion {
        let told = diesel::select(diesel::dsl::exists(outbox::table.filter(outbox::occasion.eq(occasion))))
            .get_result(conn)?;
        if told {
            return Ok(false);
        }
    }
    let its_session = sessions::table.filter(sessions::id.nullable().eq(letter.session_id));
    let body = its_session.select(sessions::training_body_id).single_value();
    diesel::insert_into(outbox::table).values((letter, outbox::training_body_id.eq(body))).execute(conn)?;
    Ok(true)
}

/// A letter that the courier has in hand.
#[derive(Debug, Clone, Queryable)]
pub struct Envelope {
    pub id: LetterId,
    pub to_email: String,
    pub to_name: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    pub calendars: String,
    pub message_id: String,
    pub secret: bool,
    pub enrolment: Option<EnrolmentId>,
    pub created_at: Instant,
    pub due_at: Instant,
    /// Tries before this one.
    pub attempts: i32,
}

/// Letters that are due, oldest first; looking takes nothing.
pub fn due(conn: &mut Conn, now: Instant, most: i64) -> Kept<Vec<Envelope>> {
    Ok(outbox::table
        .filter(outbox::sent_at.is_null().and(outbox::given_up_at.is_null()).and(outbox::due_at.le(now)))
        .order((outbox::due_at, outbox::id))
        .limit(most)
        .select((
            outbox::id,
            outbox::to_email,
            outbox::to_name,
            outbox::reply_to,
            outbox::subject,
            outbox::text_body,
            outbox::html_body,
            outbox::calendars,
            outbox::message_id,
            outbox::secret,
            outbox::enrolment_id,
            outbox::created_at,
            outbox::due_at,
            outbox::attempts,
        ))
        .load(conn)?)
}

/// How many letters wait to leave, and since when the oldest does: those that failed and are tried again later wait too.
pub fn backlog(conn: &mut Conn) -> Kept<(i64, Option<Instant>)> {
    use diesel::dsl::{count_star, min};
    Ok(outbox::table
        .filter(outbox::sent_at.is_null().and(outbox::given_up_at.is_null()))
        .select((count_star(), min(outbox::created_at)))
        .first(conn)?)
}

/// Takes a letter in hand by moving its due date, and answers whether it did: another courier may have been first, the number of
/// tries is the stake. Nobody else takes it before `until`. Letters to one reader about one place leave in the order in which
/// they were written: a withdrawal never overtakes its invitation. The one that would waits as long as the other.
pub fn take(conn: &mut Conn, letter: &Envelope, until: Instant) -> Kept<bool> {
    let untouched = outbox::table.find(letter.id).filter(
        outbox::attempts
            .eq(letter.attempts)
            .and(outbox::sent_at.is_null())
            .and(outbox::given_up_at.is_null()),
    );
    if let Some(before) = before(conn, letter)? {
        diesel::update(untouched).set(outbox::due_at.eq(before.max(letter.due_at))).execute(conn)?;
        return Ok(false);
    }
    let taken = diesel::update(untouched)
        .set((outbox::attempts.eq(letter.attempts + 1), outbox::due_at.eq(until)))
        .execute(conn)?;
    Ok(taken == 1)
}

/// When the letter is due that must leave before this one.
fn before(conn: &mut Conn, letter: &Envelope) -> Kept<Option<Instant>> {
    let Some(enrolment) = letter.enrolment else { return Ok(None) };
    Ok(outbox::table
        .filter(outbox::enrolment_id.eq(enrolment).and(outbox::to_email.eq(&letter.to_email)))
        .filter(outbox::id.lt(letter.id))
        .filter(outbox::sent_at.is_null().and(outbox::given_up_at.is_null()))
        .select(diesel::dsl::max(outbox::due_at))
        .first(conn)?)
}

/// The letter left the house. A body that opens something is blanked.
pub fn mark_sent(conn: &mut Conn, letter: &Envelope, now: Instant) -> Kept<()> {
    mark_captured(conn, letter, now)?;
    if letter.secret {
        diesel::update(outbox::table.find(letter.id))
            .set((outbox::text_body.eq(""), outbox::html_body.eq("")))
            .execute(conn)?;
    }
    Ok(())
}

/// The letter counts as sent and stays to be read here.
pub fn mark_captured(conn: &mut Conn, letter: &Envelope, now: Instant) -> Kept<()> {
    diesel::update(outbox::table.find(letter.id))
        .set((outbox::sent_at.eq(Some(now)), outbox::last_error.eq(None::<String>)))
        .execute(conn)?;
    Ok(())
}

/// The try failed: the letter is due again at `next`, or given up `now`.
pub fn mark_failed(
    conn: &mut Conn,
    letter: &Envelope,
    why: &str,
    next: Option<Instant>,
    now: Instant,
) -> Kept<()> {
    let ours = outbox::table.find(letter.id).filter(outbox::attempts.eq(letter.attempts + 1));
    let given_up = next.is_none().then_some(now);
    diesel::update(ours)
        .set((
            outbox::last_error.eq(Some(why)),
            outbox::given_up_at.eq(given_up),
            outbox::due_at.eq(next.unwrap_or(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Places of a session whose holder was written to since a moment that they have it.
pub fn assured(conn: &mut Conn, session: SessionId, since: Instant) -> Kept<HashSet<EnrolmentId>> {
    let kinds = [LetterKind::Confirmed, LetterKind::Promoted, LetterKind::Joining];
    let places: Vec<Option<EnrolmentId>> = outbox::table
        .filter(outbox::session_id.eq(session).and(outbox::kind.among(kinds)))
        .filter(outbox::created_at.gt(since))
        .select(outbox::enrolment_id)
        .load(conn)?;
    Ok(places.into_iter().flatten().collect())
}

/// Which of these occasions were told already.
pub fn told(conn: &mut Conn, occasions: &[String]) -> Kept<HashSet<String>> {
    let told: Vec<Option<String>> =
        outbox::table.filter(outbox::occasion.eq_any(occasions)).select(outbox::occasion).load(conn)?;
    Ok(told.into_iter().flatten().collect())
}

/// A letter whole: the subject, the plain text and the page that a reader sees.
#[derive(Debug, Clone, Queryable)]
pub struct Whole {
    pub id: LetterId,
    pub kind: LetterKind,
    pub to_email: String,
    pub to_name: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    pub calendars: String,
    pub message_id: String,
    pub created_at: Instant,
}

pub fn get(conn: &mut Conn, reach: &Reach, id: LetterId) -> Kept<Whole> {
    Ok(within(reach)
        .filter(outbox::id.eq(id))
        .select((
            outbox::id,
            outbox::kind,
            outbox::to_email,
            outbox::to_name,
            outbox::reply_to,
            outbox::subject,
            outbox::text_body,
            outbox::html_body,
            outbox::calendars,
            outbox::message_id,
            outbox::created_at,
        ))
        .first(conn)?)
}

/// Blanks what letters that were given up before a moment would have opened. Answers how many.
pub fn blank_given_up(conn: &mut Conn, before: Instant) -> Kept<usize> {
    let over = outbox::table
        .filter(outbox::secret.eq(true).and(outbox::given_up_at.le(before)))
        .filter(outbox::text_body.ne(""));
    Ok(diesel::update(over).set((outbox::text_body.eq(""), outbox::html_body.eq(""))).execute(conn)?)
}

/// Puts a letter that was given up back in the queue; one that was not stays as it is. Answers whether
/// it may leave: one whose body was blanked has nothing to say any more.
pub fn retry(conn: &mut Conn, reach: &Reach, id: LetterId, now: Instant) -> Kept<bool> {
    let (letter, body): (LetterId, String) =
        within(reach).filter(outbox::id.eq(id)).select((outbox::id, outbox::text_body)).first(conn)?;
    if body.is_empty() {
        return Ok(false);
    }
    diesel::update(outbox::table.find(letter).filter(outbox::given_up_at.is_not_null()))
        .set((
            outbox::given_up_at.eq(None::<Instant>),
            outbox::attempts.eq(0),
            outbox::due_at.eq(now),
            outbox::last_error.eq(None::<String>),
        ))
        .execute(conn)?;
    Ok(true)
}
