//! The questions of a course: what is asked, and changing it.

use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::surveys::Place;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::ids::{CourseId, QuestionId};
use domain::surveys::{Inquiry, Question, QuestionKind, Refusal, Wording};
use serde::Deserialize;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/formations/{course}/questions/nouvelle", Action::EditQuestions, ask_new);
    routes.post("/formations/{course}/questions", Action::EditQuestions, add);
    routes.get("/formations/{course}/questions/{question}", Action::EditQuestions, ask_change);
    routes.post("/formations/{course}/questions/{question}", Action::EditQuestions, change);
    routes.post("/formations/{course}/questions/{question}/rang", Action::EditQuestions, place);
    routes.post("/formations/{course}/questions/{question}/retrait", Action::EditQuestions, retire);
}

/// A question as the page of its course lists it.
pub struct QuestionRow {
    pub id: QuestionId,
    pub text: String,
    pub lang: &'static str,
    pub kind: &'static str,
}

pub struct QuestionSet {
    pub label: &'static str,
    pub anchor: &'static str,
    pub rows: Vec<QuestionRow>,
}

impl QuestionSet {
    /// The questions that are asked now, by set.
    pub fn all(w: Words, questions: &[Question]) -> Vec<Self> {
        let row = |question: &Question| {
            let (text, language) = question.wording.told(w.0);
            QuestionRow {
                id: question.id,
                text: text.to_owned(),
                lang: if language == w.0 { "" } else { Words(language).code() },
                kind: w.question_kind(question.wording.kind),
            }
        };
        let of = |inquiry| {
            questions.iter().filter(move |question| question.inquiry == inquiry && !question.is_retired)
        };
        let set = |inquiry: Inquiry| Self {
            label: w.inquiry(inquiry),
            anchor: inquiry.name(),
            rows: of(inquiry).map(row).collect(),
        };
        Inquiry::ALL.into_iter().map(set).collect()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct QuestionForm {
    enquete: String,
    forme: String,
    francais: String,
    anglais: String,
}

impl QuestionForm {
    fn wording(&self) -> Wording {
        Wording {
            kind: self.forme.parse().unwrap_or(QuestionKind::Scale),
            fr: one_line(&self.francais),
            en: one_line(&self.anglais),
        }
    }
}

/// One line; the no-break spaces that French wants before its signs stay.
fn one_line(text: &str) -> String {
    text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[derive(Template)]
#[template(path = "surveys/question.html")]
struct QuestionPage {
    shell: Shell,
    course: CourseId,
    action: String,
    /// None when one is changed: it stays in its set.
    sets: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    form: QuestionForm,
    mistakes: Mistakes,
}

fn page(
    visit: &Visit<'_>,
    course: CourseId,
    changed: Option<QuestionId>,
    form: QuestionForm,
    mistakes: Mistakes,
) -> QuestionPage {
    let w = visit.w;
    let title = if changed.is_some() { w.edit_question() } else { w.add_question() };
    let action = match changed {
        Some(id) => format!("/formations/{course}/questions/{id}"),
        None => format!("/formations/{course}/questions"),
    };
    let sets = Inquiry::ALL.iter().map(|one| (one.name().to_owned(), w.inquiry(*one).to_owned()));
    QuestionPage {
        shell: visit.shell(title),
        course,
        action,
        sets: if changed.is_some() { Vec::new() } else { sets.collect() },
        kinds: QuestionKind::ALL
            .iter()
            .map(|kind| (kind.to_string(), w.question_kind(*kind).to_owned()))
            .collect(),
        form,
        mistakes,
    }
}

/// The course in the path, found within the reader's reach.
fn course(visit: &Visit<'_>) -> Result<CourseId, Problem> {
    let id: CourseId = visit.part("course")?;
    Ok(visit.house.store.read(|conn| store::courses::get(conn, &visit.reach, id))?.id)
}

fn ask_new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: QuestionForm = visit.query()?;
    Reply::page(&page(visit, course(visit)?, None, form, Mistakes::default()))
}

fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (course, form): (CourseId, QuestionForm) = (course(visit)?, visit.form()?);
    let inquiry = Inquiry::named(&form.enquete).unwrap_or(Inquiry::HOT);
    let added = actions::surveys::add(visit.house, &visit.actor, course, inquiry, &form.wording());
    saved(visit, course, None, form, added)
}

fn ask_change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (course, id) = (visit.part("course")?, visit.part("question")?);
    let question = visit.house.store.read(|conn| store::surveys::question(conn, &visit.reach, course, id))?;
    let form = QuestionForm {
        enquete: String::new(),
        forme: question.wording.kind.to_string(),
        francais: question.wording.fr,
        anglais: question.wording.en,
    };
    Reply::page(&page(visit, course, Some(id), form, Mistakes::default()))
}

fn change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (course, form): (CourseId, QuestionForm) = (course(visit)?, visit.form()?);
    let id: QuestionId = visit.part("question")?;
    let changed = actions::surveys::change(visit.house, &visit.actor, course, id, &form.wording());
    saved(visit, course, Some(id), form, changed)
}

fn saved(
    visit: &Visit<'_>,
    course: CourseId,
    changed: Option<QuestionId>,
    form: QuestionForm,
    done: actions::Done<()>,
) -> Result<Reply, Problem> {
    match done {
        Ok(()) => Ok(Reply::see_with(&back(course), visit.w.question_saved())),
        Err(Error::Refused(actions::Refusal::Survey(no))) => {
            let field = if no == Refusal::TooManyQuestions { "enquete" } else { "francais" };
            let mistakes = Mistakes::one(field, visit.w.survey_refusal(no));
            Reply::form_again(&page(visit, course, changed, form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}

fn back(course: CourseId) -> String {
    format!("/formations/{course}/enquetes")
}

#[derive(Deserialize)]
struct Sense {
    #[serde(default)]
    sens: String,
}

fn place(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (course, id): (CourseId, QuestionId) = (visit.part("course")?, visit.part("question")?);
    let place = if visit.form::<Sense>()?.sens == "haut" { Place::Up } else { Place::Down };
    actions::surveys::move_by_one(visit.house, &visit.actor, course, id, place)?;
    Ok(Reply::see(&back(course)))
}

fn retire(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (course, id): (CourseId, QuestionId) = (visit.part("course")?, visit.part("question")?);
    actions::surveys::retire(visit.house, &visit.actor, course, id)?;
    Ok(Reply::see_with(&back(course), visit.w.question_removed()))
}
