//! What a reader does with a form: opens it, sends it, and gets it again with what is to be mended.

use super::Form;
use crate::forms::field::{Ask, Choice, Input, Unread};
use crate::forms::refused::Refused as _;
use crate::forms::uploads::Upload;
use crate::frame::error::{self, Problem};
use crate::frame::reply::Reply;
use crate::frame::sent::{self, Sent, short};
use actions::{Error, Refusal};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use words::Words;

impl Form<'_> {
    pub fn show(&self) -> Result<Reply, Problem> {
        self.reply(StatusCode::OK)
    }

    /// The form as it is kept, with what is to be mended in it first.
    pub fn told(mut self, field: impl Ask, sentence: impl Into<String>) -> Result<Reply, Problem> {
        self.mistakes.add(field.name(), sentence);
        self.again()
    }

    /// Takes what was typed, does what it asks for, and goes on; else the same page again, as it was filled, with what is to be
    /// mended, or with what somebody else wrote meanwhile.
    pub fn submit(mut self, upload: Upload, sent: &Sent) -> Result<Reply, Problem> {
        self.edition = Some(self.edition());
        let kept = self.take(upload);
        if self.compare(kept, sent) {
            return self.changed(&sent.leads);
        }
        self.check()?;
        if self.is_slow
            && let Err(problem) = self.visit.slow_down()
        {
            return self.refused(&problem);
        }
        let Some(work) = self.work.take() else { return self.again() };
        match work(&mut self) {
            Ok(Some(reply)) => Ok(reply),
            Ok(None) => match self.problem.take() {
                Some(problem) => Err(problem),
                None => self.again(),
            },
            Err(Error::Refused(no)) => {
                self.mistakes.add(self.place_of(&no), error::refusal(self.shell.w, &no));
                let form = match self.more.take() {
                    Some(more) => more(self, &no),
                    None => self,
                };
                let problem = Problem::Action(Error::Refused(no));
                Ok(problem.mark(form.again_with(problem.status())?))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// The form as it was filled before its sender logged in again. What it was drawn from is still what it was drawn from.
    pub fn resume(mut self, upload: Upload, sent: Sent) -> Result<Reply, Problem> {
        self.take(upload);
        self.edition = Some(sent.edition);
        self.is_resumed = true;
        self.show()
    }

    /// What was typed in a field; none where it cannot be read.
    pub fn get<F: Ask>(&self, field: F) -> Option<F::Value> {
        let shown = self.fields.iter().find(|shown| shown.look.name == field.name())?;
        field.read(&shown.values, self.shell.w).ok()
    }

    /// The value that came under a name: of a button that was pressed, or of what the form carried.
    pub fn sent(&self, name: &str) -> &str {
        self.upload.text(name)
    }

    pub fn words(&self) -> Words {
        self.shell.w
    }

    /// Offers what may be chosen in a field.
    pub fn offer(&mut self, field: impl Ask, choices: Vec<Choice>) {
        if let Some(shown) = self.fields.iter_mut().find(|shown| shown.look.name == field.name()) {
            shown.choices = choices;
            if let Input::LookUp { chosen, .. } = shown.look.input {
                // What was meant before is no answer to this.
                self.hidden.retain(|(carried, _)| *carried != chosen);
            }
        }
    }

    /// What is proposed for a field that was left empty.
    #[expect(clippy::needless_pass_by_value, reason = "a value as it comes: borrowed, or made for this")]
    pub fn propose(&mut self, field: impl Ask, value: impl ToString) {
        if let Some(shown) = self.fields.iter_mut().find(|shown| shown.look.name == field.name()) {
            shown.values = vec![value.to_string()];
        }
    }

    /// Carries another value than before.
    #[expect(clippy::needless_pass_by_value, reason = "a value as it comes: borrowed, or made for this")]
    pub fn carry_instead(&mut self, name: &'static str, value: impl ToString) {
        self.hidden.retain(|(carried, _)| *carried != name);
        self.hidden.push((name, value.to_string()));
    }

    /// Notes what is to be mended, and gives nothing.
    pub fn mend<T>(&mut self, field: impl Ask, sentence: impl Into<String>) -> Option<T> {
        self.mistakes.add(field.name(), sentence);
        None
    }

    /// The field that a refusal is about: a form with one question asks for what is refused.
    fn place_of(&self, no: &Refusal) -> &'static str {
        let mut names = self.fields.iter().map(|field| field.look.name);
        match (no.field(), self.fields.as_slice()) {
            (Some(name), _) if names.any(|own| own == name) => name,
            (_, [only]) => only.look.name,
            _ => "",
        }
    }

    /// What was read while the form was; nothing where that failed.
    pub fn looked<T>(&mut self, found: Result<T, store::Error>) -> Option<T> {
        found.map_err(|error| self.problem = Some(error.into())).ok()
    }

    /// Notes what is to be mended in a field of this name.
    pub fn mistake(&mut self, name: &'static str, sentence: impl Into<String>) {
        self.mistakes.add(name, sentence);
    }

    /// Takes what was typed; gives what is kept.
    fn take(&mut self, upload: Upload) -> Vec<Vec<String>> {
        self.upload = upload;
        let typed = |name| self.upload.texts(name).map(str::to_owned).collect();
        let fields = self.fields.iter_mut();
        fields
            .map(|field| {
                let values = std::mem::replace(&mut field.values, typed(field.look.name));
                if field.is_kept { values } else { Vec::new() }
            })
            .collect()
    }

    /// The digests of what is kept.
    fn edition(&self) -> String {
        let drawn = || {
            self.fields.iter().map(|field| short(if field.is_kept { &field.values } else { &[] })).collect()
        };
        self.edition.clone().unwrap_or_else(drawn)
    }

    /// What the form says of itself while it is away.
    pub(super) fn token(&self) -> String {
        let leads = self.ways_out.first().or(self.back.as_ref()).map_or("", |(href, _)| href.as_str());
        Sent::draw(&sent::whom(self.visit.actor), &self.edition(), leads)
    }

    /// The form with what somebody else wrote beside what was typed.
    fn changed(mut self, leads: &str) -> Result<Reply, Problem> {
        self.is_changed = true;
        let request = self.visit.request;
        let page = if request.has_page { &request.path } else { leads };
        self.ways_out.insert(0, (page.to_owned(), self.shell.w.keep_what_is_saved().to_owned()));
        self.reply(StatusCode::CONFLICT)
    }

    fn check(&mut self) -> Result<(), Problem> {
        let w = self.shell.w;
        for (field, check) in self.fields.iter().zip(&self.checks) {
            match check(&field.values, w) {
                Ok(()) => {}
                Err(Unread::Mistake(sentence)) => self.mistakes.add(field.look.name, sentence),
                Err(Unread::Forged) => return Err(Problem::Unreadable),
            }
        }
        Ok(())
    }

    /// Not tried at all.
    fn refused(mut self, problem: &Problem) -> Result<Reply, Problem> {
        self.mistakes.add("", problem.told(self.shell.w).1);
        Ok(problem.mark(self.again_with(problem.status())?))
    }

    fn again(self) -> Result<Reply, Problem> {
        self.again_with(StatusCode::UNPROCESSABLE_ENTITY)
    }

    fn again_with(mut self, status: StatusCode) -> Result<Reply, Problem> {
        let place = |name: &str| self.fields.iter().position(|field| field.look.name == name);
        self.mistakes.sort_by(place);
        for field in &mut self.fields {
            self.mistakes.of(field.look.name).clone_into(&mut field.mistake);
        }
        self.reply(status)
    }

    fn reply(&self, status: StatusCode) -> Result<Reply, Problem> {
        let reply = Reply::page_with(status, self)?;
        let noindex = HeaderName::from_static("x-robots-tag");
        Ok(if self.is_unlisted { reply.with(noindex, "noindex, noarchive") } else { reply })
    }
}
