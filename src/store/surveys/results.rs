//! What was said, counted. The sessions that callers name are those that they found within their reach.

use crate::schema::{answers, surveys};
use crate::{Conn, Kept};
use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use domain::ids::{QuestionId, SessionId};
use domain::surveys::{Audience, Inquiry, Moment, Said};

/// Keeps what one form said, each answer under a number drawn at random: in the order of their numbers
/// they would tell who came first.
pub fn keep(conn: &mut Conn, session: SessionId, said: &[(QuestionId, Option<Said>)]) -> Kept<()> {
    for (question, said) in said {
        let (rating, text) = match said {
            Some(Said::Rating(rating)) => (Some(*rating), None),
            Some(Said::Text(text)) => (None, Some(text.as_str())),
            None => (None, None),
        };
        let drawn = i64::try_from(uuid::Uuid::new_v4().as_u128() >> 65).unwrap_or_default();
        diesel::insert_into(answers::table)
            .values((
                answers::id.eq(drawn),
                answers::session_id.eq(session),
                answers::question_id.eq(question),
                answers::rating.eq(rating),
                answers::said.eq(text),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// How many were asked, and how many answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub inquiry: Inquiry,
    pub sent: i64,
    pub answered: i64,
    /// Those whom no letter reaches.
    pub unreached: i64,
}

pub fn rates(conn: &mut Conn, sessions: &[SessionId]) -> Kept<Vec<Rate>> {
    let rows: Vec<(Moment, Audience, i64, i64, i64)> = surveys::table
        .filter(surveys::session_id.eq_any(sessions))
        .group_by((surveys::moment, surveys::audience))
        .select((
            surveys::moment,
            surveys::audience,
            count_star(),
            count(surveys::sent_at),
            count(surveys::answered_on),
        ))
        .load(conn)?;
    let rate = |(moment, audience, all, sent, answered): (_, _, i64, i64, i64)| Rate {
        inquiry: Inquiry { moment, audience },
        sent,
        answered,
        unreached: all - sent,
    };
    Ok(rows.into_iter().map(rate).collect())
}

/// How many of a session answered one question alike. Neither rating nor text: they left it blank.
#[derive(Debug, Clone, Queryable)]
pub struct Count {
    pub question: QuestionId,
    pub session: SessionId,
    pub rating: Option<i32>,
    pub said: Option<String>,
    pub people: i64,
}

/// Everything that was said in these sessions, counted. The caller shows what may be shown.
pub fn counts(conn: &mut Conn, sessions: &[SessionId]) -> Kept<Vec<Count>> {
    Ok(answers::table
        .filter(answers::session_id.eq_any(sessions))
        .group_by((answers::question_id, answers::session_id, answers::rating, answers::said))
        .select((answers::question_id, answers::session_id, answers::rating, answers::said, count_star()))
        .load(conn)?)
}
