//! Asking people what they think of a session, and taking their answers.

mod questions;
mod telling;

pub use questions::{Place, add, change, lay_down, move_by_one, retire};
pub(super) use telling::{ask, recall, thank};

use super::{Done, House};
use domain::access::{Action, Actor};
use domain::ids::{QuestionId, SurveyId};
use domain::surveys::{Refusal, answers};
use std::collections::BTreeMap;

/// Keeps what somebody answers, once. That they answered is kept with the day; what they said, apart
/// from it and from them. Nothing goes into the journal, which would tell the hour.
pub fn answer(house: &House, actor: &Actor, id: SurveyId, typed: &BTreeMap<QuestionId, String>) -> Done<()> {
    house.act(actor, Action::AnswerSurvey, |act| {
        let asked = store::surveys::get(act.conn, &act.reach, id)?;
        if asked.answered_on.is_some() {
            return Err(Refusal::Answered.into());
        }
        if asked.until <= act.now {
            return Err(Refusal::Over.into());
        }
        let mut questions = store::surveys::of_course(act.conn, asked.course)?;
        questions.retain(|question| question.inquiry == asked.inquiry());
        let said = answers(&questions, typed)?;
        if !store::surveys::close(act.conn, id, act.now.day(asked.zone))? {
            return Err(Refusal::Answered.into());
        }
        Ok(store::surveys::keep(act.conn, asked.session, &said)?)
    })
}
