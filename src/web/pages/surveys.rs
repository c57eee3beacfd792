//! What somebody is asked: the form, by a personal link or from one's own list, and that list.

mod questions;
mod results;

use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use domain::access::{Action, Extent};
use domain::calendar::Instant;
use domain::ids::{QuestionId, SurveyId};
use domain::surveys::{Question, QuestionKind, Refusal};
use std::collections::BTreeMap;
use store::{self, surveys::Asked};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/enquetes/{link}", Action::AnswerSurvey, show);
    routes.post("/enquetes/{link}", Action::AnswerSurvey, send);
    routes.get("/mes-enquetes", Action::AnswerSurvey, own);
    routes.get("/mes-enquetes/{survey}", Action::AnswerSurvey, show);
    routes.post("/mes-enquetes/{survey}", Action::AnswerSurvey, send);
    results::routes(routes);
    questions::routes(routes);
}

/// One question of the form.
struct Field {
    name: String,
    text: String,
    /// Its language, where it is not the one of the page.
    lang: &'static str,
    is_scale: bool,
    /// Value, words, whether it is chosen; none for a free text.
    choices: Vec<(String, String, bool)>,
    typed: String,
}

impl Field {
    fn new(w: Words, question: &Question, typed: &BTreeMap<QuestionId, String>) -> Self {
        let (text, language) = question.wording.told(w.0);
        let typed = typed.get(&question.id).cloned().unwrap_or_default();
        let choice = |value: String, words: String| {
            let chosen = value == typed;
            (value, words, chosen)
        };
        let choices = match question.wording.kind {
            QuestionKind::Scale => (1..=5).map(|mark| choice(mark.to_string(), mark.to_string())).collect(),
            QuestionKind::YesNo => {
                vec![choice("oui".into(), w.yes().into()), choice("non".into(), w.no().into())]
            }
            QuestionKind::Text => Vec::new(),
        };
        Self {
            name: format!("q{}", question.id),
            text: text.to_owned(),
            lang: if language == w.0 { "" } else { Words(language).code() },
            is_scale: question.wording.kind == QuestionKind::Scale,
            choices,
            typed,
        }
    }
}

/// How far a survey is, for whoever is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Open,
    Answered,
    Over,
}

impl Stand {
    fn of(asked: &Asked, now: Instant) -> Self {
        match asked.answered_on {
            Some(_) => Self::Answered,
            None if asked.until <= now => Self::Over,
            None => Self::Open,
        }
    }

    const fn told(self, w: Words) -> (&'static str, &'static str) {
        match self {
            Self::Open => (" wait", w.survey_open()),
            Self::Answered => (" ok", w.survey_answered()),
            Self::Over => ("", w.survey_over()),
        }
    }
}

#[derive(Template)]
#[template(path = "surveys/form.html")]
struct FormPage {
    shell: Shell,
    /// Whether the reader is logged in, and has a list to go back to.
    has_list: bool,
    about: String,
    until: String,
    fields: Vec<Field>,
    mistakes: Mistakes,
}

/// Said instead of the form, once it was answered or is over.
#[derive(Template)]
#[template(path = "surveys/closed.html")]
struct ClosedPage {
    shell: Shell,
    has_list: bool,
    about: String,
    told: String,
}

/// The one survey that a personal link opens, or the one of the reader's own list.
fn wanted(visit: &Visit<'_>) -> Result<SurveyId, Problem> {
    match visit.reach.extent() {
        Extent::Survey(id) => Ok(id),
        _ => visit.part("survey"),
    }
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    page(visit, wanted(visit)?, &BTreeMap::new(), None)
}

/// The form; said again with what is to be mended when it is refused.
fn page(
    visit: &Visit<'_>,
    id: SurveyId,
    typed: &BTreeMap<QuestionId, String>,
    no: Option<Refusal>,
) -> Result<Reply, Problem> {
    let (w, now) = (visit.w, visit.house.clock.now());
    let (asked, questions) = visit.read(|conn| {
        let asked = store::surveys::get(conn, &visit.reach, id)?;
        let questions = store::surveys::live(conn, asked.course, asked.inquiry())?;
        Ok((asked, questions))
    })?;
    let has_list = visit.login.is_some();
    let about = format!("{}, {}.", asked.body, w.span(asked.starts_at, asked.ends_at, asked.zone));
    let until = w.moment(asked.until, asked.zone);
    let (title, told) = match Stand::of(&asked, now) {
        Stand::Open => {
            let mistakes = no.map(|no| Mistakes::one("", w.survey_refusal(no)));
            let page = FormPage {
                shell: visit.shell(w.survey_title(&asked.title)),
                has_list,
                about,
                until: w.survey_until(&until),
                fields: questions.iter().map(|question| Field::new(w, question, typed)).collect(),
                mistakes: mistakes.clone().unwrap_or_default(),
            };
            return if mistakes.is_some() { Reply::form_again(&page) } else { Reply::page(&page) };
        }
        Stand::Answered => (w.survey_answered_title(), w.survey_answered_help().to_owned()),
        Stand::Over => (w.survey_over_title(), w.survey_was_until(&until)),
    };
    let page =
        ClosedPage { shell: visit.shell(title), has_list, about: format!("{}, {about}", asked.title), told };
    if no.is_some() { Reply::form_again(&page) } else { Reply::page(&page) }
}

/// Reads `q12 = 4`; what is none of ours is left aside.
fn typed(form: &[(String, String)]) -> BTreeMap<QuestionId, String> {
    let answer = |(name, value): &(String, String)| {
        Some((name.strip_prefix('q')?.parse().ok()?, value.replace("\r\n", "\n")))
    };
    form.iter().filter_map(answer).collect()
}

fn send(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = wanted(visit)?;
    let form: Vec<(String, String)> = visit.form()?;
    let typed = typed(&form);
    match actions::surveys::answer(visit.house, &visit.actor, id, &typed) {
        Ok(()) => Ok(Reply::see_with(&visit.request.path, visit.w.survey_thanks())),
        Err(Error::Refused(actions::Refusal::Survey(no))) => page(visit, id, &typed, Some(no)),
        Err(other) => Err(other.into()),
    }
}

struct OwnRow {
    href: String,
    title: String,
    about: String,
    mark: &'static str,
    state: &'static str,
    told: String,
}

#[derive(Template)]
#[template(path = "surveys/own.html")]
struct OwnPage {
    shell: Shell,
    rows: Vec<OwnRow>,
}

fn own(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (w, now) = (visit.w, visit.house.clock.now());
    let all = visit.read(|conn| store::surveys::list(conn, &visit.reach))?;
    let row = |asked: &Asked| {
        let (mark, state) = Stand::of(asked, now).told(w);
        let told = match asked.answered_on {
            Some(day) => w.survey_answered_on(&w.day(day)),
            None => w.survey_until(&w.moment(asked.until, asked.zone)),
        };
        OwnRow {
            href: format!("/mes-enquetes/{}", asked.id),
            title: asked.title.clone(),
            about: format!(
                "{}, {}",
                w.inquiry(asked.inquiry()),
                w.span(asked.starts_at, asked.ends_at, asked.zone)
            ),
            mark,
            state,
            told,
        }
    };
    Reply::page(&OwnPage { shell: visit.shell(w.my_surveys()), rows: all.iter().map(row).collect() })
}
