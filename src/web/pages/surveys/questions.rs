//! The questions of a course: what is asked, and changing it.

use crate::forms::{Ask as _, Choice, Declared, Field, Form, Refused, Text};
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::surveys::Place;
use domain::access::Action;
use domain::ids::{CourseId, QuestionId};
use domain::surveys::{Inquiry, Question, QuestionKind, Refusal, Wording};
use serde::Deserialize;
use std::str::FromStr;
use words::Words;

pub fn routes(routes: &mut Routes) {
    let (opened, sent) = ("/formations/{course}/questions/nouvelle", "/formations/{course}/questions");
    routes.form_at(opened, sent, Action::EditQuestions, add);
    routes.form("/formations/{course}/questions/{question}", Action::EditQuestions, change);
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

const SET: Field<Set> = Field::select("enquete", Words::question_set, Words::question_set_missing);
const KIND: Field<QuestionKind> =
    Field::select("forme", Words::question_kind_label, Words::question_kind_missing);
const FRENCH: Text = Text::new("francais", Words::question_fr);
const ENGLISH: Text = Text::new("anglais", Words::question_en).help(Words::question_en_help);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        Some(if *self == Self::TooManyQuestions { SET.name() } else { FRENCH.name() })
    }
}

/// Which survey a question belongs to, by its name.
struct Set(Inquiry);

impl FromStr for Set {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Inquiry::named(name).map(Self).ok_or(())
    }
}

fn wording(form: &Form<'_>) -> Option<Wording> {
    let line = |text: Text| form.get(text).map(|typed| one_line(&typed));
    Some(Wording { kind: form.get(KIND)?, fr: line(FRENCH)?, en: line(ENGLISH)? })
}

/// One line; the no-break spaces that French wants before its signs stay.
fn one_line(text: &str) -> String {
    text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The course in the path, found within the reader's reach.
fn course(visit: &Visit<'_>) -> Result<CourseId, Problem> {
    let id: CourseId = visit.part("course")?;
    Ok(visit.read(|conn| store::courses::get(conn, &visit.reach, id))?.id)
}

fn add<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, course) = (visit.w, course(visit)?);
    let set = visit.query::<Wanted>()?.enquete;
    let form = Form::new(visit, w.add_question()).to(format!("/formations/{course}/questions"));
    let form = form
        .ask(SET)
        .proposing(set)
        .among(Inquiry::ALL.iter().map(|one| Choice::new(one.name(), w.inquiry(*one))));
    Ok(ask_wording(form, w, course, None).submits(
        |form| Some((form.get(SET)?.0, wording(form)?)),
        move |(inquiry, wording)| actions::surveys::add(visit.house, &visit.actor, course, inquiry, &wording),
        move |()| Reply::see_with(&back(course), w.question_saved()),
    ))
}

/// The survey that a link leads to.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    enquete: String,
}

fn ask_wording<'v>(form: Form<'v>, w: Words, course: CourseId, kept: Option<&Wording>) -> Form<'v> {
    form.from(&back(course), w.course_surveys())
        .ask_again(KIND, kept.map(|kept| kept.kind))
        .among(QuestionKind::ALL.iter().map(|kind| Choice::new(kind, w.question_kind(*kind))))
        .ask_again(FRENCH, kept.map(|kept| &kept.fr))
        .ask_again(ENGLISH, kept.map(|kept| &kept.en))
        .button(w.save_question())
}

fn change<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, course, id) = (visit.w, course(visit)?, visit.part("question")?);
    let question = visit.read(|conn| store::surveys::question(conn, &visit.reach, course, id))?;
    let form = Form::new(visit, w.edit_question()).lede(w.edit_question_help());
    Ok(ask_wording(form, w, course, Some(&question.wording)).submits(
        |form| wording(form),
        move |wording| actions::surveys::change(visit.house, &visit.actor, course, id, &wording),
        move |()| Reply::see_with(&back(course), w.question_saved()),
    ))
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
