//! What was answered, as far as it may be shown: of one session, and of all sessions of a course.

use super::questions::QuestionSet;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::ids::{CourseId, QuestionId, SessionId};
use domain::surveys::{FEWEST, Inquiry, Question, QuestionKind, Spread, shown_together};
use domain::text::search_key;
use std::collections::BTreeMap;
use store::surveys::{Count, Rate};
use store::{self, Conn, Kept};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/enquetes", Action::ReadSurveys, of_session);
    routes.get("/formations/{course}/enquetes", Action::ReadSurveys, of_course);
}

struct RateRow {
    label: &'static str,
    rate: Rate,
    share: String,
}

/// One bar of a spread.
struct Bar {
    label: String,
    people: i64,
    share: String,
}

/// What was answered to one question.
struct Outcome {
    text: String,
    lang: &'static str,
    is_retired: bool,
    /// What may be shown; none of it when too few were asked.
    shown: Option<Shown>,
}

struct Shown {
    summary: String,
    answered: i64,
    bars: Vec<Bar>,
    is_text: bool,
    texts: Vec<String>,
}

struct Group {
    label: &'static str,
    anchor: &'static str,
    outcomes: Vec<Outcome>,
}

/// `templates/surveys/results.html`.
pub struct Results {
    rates: Vec<RateRow>,
    groups: Vec<Group>,
}

/// As it was read, before anything is left out.
struct Read {
    questions: Vec<Question>,
    rates: Vec<Rate>,
    counts: Vec<Count>,
}

impl Read {
    fn of(conn: &mut Conn, course: CourseId, sessions: &[SessionId]) -> Kept<Self> {
        Ok(Self {
            questions: store::surveys::of_course(conn, course)?,
            rates: store::surveys::rates(conn, sessions)?,
            counts: store::surveys::counts(conn, sessions)?,
        })
    }

    fn shown(&self, w: Words) -> Results {
        let rate = |inquiry: Inquiry| self.rates.iter().find(|rate| rate.inquiry == inquiry);
        let rates = Inquiry::ALL.into_iter().filter_map(rate).map(|rate| RateRow {
            label: w.inquiry(rate.inquiry),
            rate: *rate,
            share: w.percentage(rate.answered, rate.sent),
        });
        let group = |inquiry: Inquiry| Group {
            label: w.inquiry(inquiry),
            anchor: inquiry.name(),
            outcomes: self.outcomes(w, inquiry),
        };
        let groups = Inquiry::ALL.into_iter().map(group).filter(|group| !group.outcomes.is_empty());
        Results { rates: rates.collect(), groups: groups.collect() }
    }

    fn outcomes(&self, w: Words, inquiry: Inquiry) -> Vec<Outcome> {
        let mut counted: BTreeMap<QuestionId, Vec<&Count>> = BTreeMap::new();
        for count in &self.counts {
            counted.entry(count.question).or_default().push(count);
        }
        let of_set = self.questions.iter().filter(|question| question.inquiry == inquiry);
        of_set
            .filter_map(|question| {
                let (text, language) = question.wording.told(w.0);
                Some(Outcome {
                    text: text.to_owned(),
                    lang: if language == w.0 { "" } else { Words(language).code() },
                    is_retired: question.is_retired,
                    shown: shown(w, question.wording.kind, counted.get(&question.id)?),
                })
            })
            .collect()
    }
}

fn shown(w: Words, kind: QuestionKind, counts: &[&Count]) -> Option<Shown> {
    let mut asked: BTreeMap<SessionId, i64> = BTreeMap::new();
    for count in counts {
        *asked.entry(count.session).or_default() += count.people;
    }
    let sessions = shown_together(&asked);
    let asked: i64 = sessions.iter().filter_map(|session| asked.get(session)).sum();
    if asked < FEWEST {
        return None;
    }
    let mut spread = Spread::default();
    let mut texts = Vec::new();
    for count in counts.iter().filter(|count| sessions.contains(&count.session)) {
        match (count.rating, &count.said) {
            (Some(rating), _) => spread.add(rating, count.people),
            (None, Some(said)) => (0..count.people).for_each(|_| texts.push(said.clone())),
            (None, None) => {}
        }
    }
    // In the order of the alphabet, which says nothing of who came first.
    texts.sort_by_cached_key(|text| search_key(text));
    let answered = spread.answered();
    let bar = |(rating, label): (i32, String)| Bar {
        label,
        people: spread.of(rating),
        share: w.percentage(spread.of(rating), answered),
    };
    let (summary, steps) = match kind {
        QuestionKind::Scale => (
            w.spread_summary(spread.mean(), answered, asked),
            (1..=5).rev().map(|rating| (rating, w.scale_step(rating))).collect(),
        ),
        QuestionKind::YesNo => {
            (w.answers_of(answered, asked), vec![(1, w.yes().to_owned()), (0, w.no().to_owned())])
        }
        QuestionKind::Text => (w.answers_of(i64::try_from(texts.len()).unwrap_or(0), asked), Vec::new()),
    };
    let bars = steps.into_iter().map(bar).collect();
    Some(Shown { summary, answered, bars, is_text: kind == QuestionKind::Text, texts })
}

#[derive(Template)]
#[template(path = "surveys/of_session.html")]
struct SessionPage {
    shell: Shell,
    id: SessionId,
    title: String,
    when: String,
    course: CourseId,
    results: Results,
}

fn of_session(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let w = visit.w;
    let (session, read) = visit.read(|conn| {
        let session = store::sessions::named(conn, &visit.reach, id)?;
        let read = Read::of(conn, session.course, &[session.id])?;
        Ok((session, read))
    })?;
    Reply::page(&SessionPage {
        shell: visit.shell(w.survey_title_of(&session.title)),
        id,
        when: w.span(session.starts_at, session.ends_at, session.zone),
        title: session.title,
        course: session.course,
        results: read.shown(w),
    })
}

#[derive(Template)]
#[template(path = "surveys/of_course.html")]
struct CoursePage {
    shell: Shell,
    id: CourseId,
    may_edit: bool,
    sets: Vec<QuestionSet>,
    results: Results,
}

fn of_course(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CourseId = visit.part("course")?;
    let w = visit.w;
    let (course, read) = visit.read(|conn| {
        let course = store::courses::get(conn, &visit.reach, id)?;
        let sessions = store::sessions::of_course(conn, &visit.reach, id)?;
        Ok((course, Read::of(conn, id, &sessions)?))
    })?;
    Reply::page(&CoursePage {
        shell: visit.shell(w.survey_title_of(course.sheet.title.as_str())),
        id,
        may_edit: visit.actor.may(Action::EditQuestions).is_ok(),
        sets: QuestionSet::all(w, &read.questions),
        results: read.shown(w),
    })
}
