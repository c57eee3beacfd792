//! A form: declared once, and the same page when it is opened, when something in it is to be mended, and when what it asks
//! for is refused.

mod submitting;

use super::field::{Ask, Choice, Shown, Text, Unread};
use super::meanwhile::Meanwhile;
use super::mistakes::Mistakes;
use super::uploads::Upload;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::sent;
use crate::frame::visit::Visit;
use actions::{Error, Refusal};
use askama::Template;
use askama::filters::HtmlSafe;
use words::Words;

/// A form with the page around it. It asks in the order in which its fields are added.
#[derive(Template)]
#[template(path = "forms/page.html")]
pub struct Form<'v> {
    visit: &'v Visit<'v>,
    shell: Shell,
    action: String,
    /// Where the form was opened from, above its title.
    back: Option<(String, String)>,
    lede: Vec<String>,
    heading: &'static str,
    width: &'static str,
    /// What is shown before the card, at its head, and after it.
    before: String,
    within: String,
    after: String,
    hidden: Vec<(&'static str, String)>,
    pub(super) fields: Vec<Shown>,
    /// The edition of what is kept, once it gave way to what was typed.
    edition: Option<String>,
    /// Whether somebody else changed it meanwhile.
    is_changed: bool,
    /// Whether it comes back after a log-in.
    is_resumed: bool,
    checks: Vec<Check>,
    buttons: Vec<Button>,
    /// Other ways to go on, beside the buttons.
    ways_out: Vec<(String, String)>,
    is_grave: bool,
    /// Whether few of them are answered for each address: it checks or makes a secret.
    is_slow: bool,
    /// Whether no search engine shall show it.
    is_unlisted: bool,
    /// What is shown in place of a form that has nothing to offer.
    instead: Option<Instead>,
    /// What somebody else wrote, before the form.
    quoted: String,
    /// What is lacking for the form to be of use, and where to mend that.
    lacks: Option<(String, String, String)>,
    mistakes: Mistakes,
    upload: Upload,
    work: Option<Work<'v>>,
    more: Option<More<'v>>,
    /// What kept the form from being read.
    problem: Option<Problem>,
}

/// Asks what a refusal makes necessary.
type More<'v> = Box<dyn FnOnce(Form<'v>, &Refusal) -> Form<'v> + 'v>;

/// A form, or why this reader is not asked.
pub type Declared<'v> = Result<Form<'v>, Problem>;

/// Reads the form and does what it asks for; nothing where something is to be mended first.
type Work<'v> = Box<dyn FnOnce(&mut Form<'v>) -> Result<Option<Reply>, Error> + 'v>;

/// Whose password is asked for: what a browser keeps it under.
pub const USERNAME: &str = "username";

/// The name of a reason on the wire.
pub const REASON_NAME: &str = "motif";
/// Why something is done.
pub const REASON: Text = Text::new(REASON_NAME, Words::reason);

/// What a form asks and its buttons, without the page around them: for a page that has more to show.
#[derive(Template)]
#[template(path = "forms/form.html")]
pub struct Element<'f, 'v> {
    form: &'f Form<'v>,
}

impl HtmlSafe for Element<'_, '_> {}

type Check = Box<dyn Fn(&[String], Words) -> Result<(), Unread>>;

struct Instead {
    title: &'static str,
    sentence: String,
    /// Where to go: an address and its words.
    way: Option<(String, String)>,
}

struct Button {
    name: &'static str,
    value: &'static str,
    label: String,
}

/// What a page adds to the form that it draws.
impl<'v> Form<'v> {
    /// A form without any question yet, that is sent to the address of its page.
    pub fn new(visit: &'v Visit<'v>, title: impl Into<String>) -> Self {
        Self {
            visit,
            shell: visit.shell(title),
            action: visit.request.path.clone(),
            work: None,
            more: None,
            problem: None,
            back: None,
            lede: Vec::new(),
            heading: "",
            width: "medium",
            before: String::new(),
            within: String::new(),
            after: String::new(),
            hidden: Vec::new(),
            fields: Vec::new(),
            edition: None,
            is_changed: false,
            is_resumed: false,
            checks: Vec::new(),
            buttons: Vec::new(),
            ways_out: Vec::new(),
            is_grave: false,
            is_slow: false,
            is_unlisted: false,
            instead: None,
            quoted: String::new(),
            lacks: None,
            mistakes: Mistakes::default(),
            upload: Upload::default(),
        }
    }

    /// Sent to another address than that of its page.
    #[must_use]
    pub fn to(mut self, action: impl Into<String>) -> Self {
        self.action = action.into();
        self
    }

    /// What is done with it: read, act, go on. `read` gives nothing where it found a mistake that no field could find by
    /// itself.
    #[must_use]
    pub fn submits<W, T>(
        mut self,
        read: impl FnOnce(&mut Self) -> Option<W> + 'v,
        act: impl FnOnce(W) -> Result<T, Error> + 'v,
        done: impl FnOnce(T) -> Reply + 'v,
    ) -> Self {
        self.work = Some(Box::new(move |form| match read(form) {
            Some(wanted) if form.mistakes.is_empty() => act(wanted).map(done).map(Some),
            // Whatever is wrong is told at once.
            Some(_) | None => Ok(None),
        }));
        self
    }

    /// Asks with an empty field.
    #[must_use]
    pub fn ask(self, field: impl Ask) -> Self {
        self.ask_again(field, [] as [&str; 0])
    }

    /// Asks with what is kept.
    #[must_use]
    pub fn ask_with(self, field: impl Ask, kept: impl ToString) -> Self {
        self.ask_again(field, [kept])
    }

    /// Asks with each of the values that are kept.
    #[must_use]
    pub fn ask_again<V: ToString>(mut self, field: impl Ask, kept: impl IntoIterator<Item = V>) -> Self {
        let look = field.look();
        let w = self.shell.w;
        self.fields.push(Shown {
            w,
            look,
            values: kept.into_iter().map(|value| value.to_string()).collect(),
            choices: Vec::new(),
            is_kept: true,
            mistake: String::new(),
            meanwhile: Meanwhile::Nothing,
            see: None,
            opens: Vec::new(),
            closes: 0,
        });
        self.checks.push(Box::new(move |typed, w| field.read(typed, w).map(drop)));
        self
    }

    /// Asks several things in one group, with a legend or without.
    #[must_use]
    pub fn together(self, class: &'static str, legend: &'static str, ask: impl FnOnce(Self) -> Self) -> Self {
        let first = self.fields.len();
        let mut form = ask(self);
        if let Some(field) = form.fields.get_mut(first) {
            field.opens.insert(0, (class, legend));
        }
        if let Some(field) = form.fields.last_mut() {
            field.closes += 1;
        }
        form
    }

    /// What may be chosen in the field that was asked last.
    #[must_use]
    pub fn among(mut self, choices: impl IntoIterator<Item = Choice>) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.choices.extend(choices);
        }
        self
    }

    /// What the field that was asked last proposes, where nothing is kept.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a value as it comes: borrowed, or made for this")]
    pub fn proposing(mut self, value: impl ToString) -> Self {
        if let Some(field) = self.fields.last_mut()
            && field.values.is_empty()
        {
            field.values = vec![value.to_string()];
            field.is_kept = false;
        }
        self
    }

    /// What to look at before the field that was asked last is answered.
    #[must_use]
    pub fn see(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.see = Some((href.into(), label.into()));
        }
        self
    }

    /// What the form asks more once it was refused.
    #[must_use]
    pub fn then_asks(mut self, more: impl FnOnce(Self, &Refusal) -> Self + 'v) -> Self {
        self.more = Some(Box::new(more));
        self
    }

    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a value as it comes: borrowed, or made for this")]
    pub fn carry(mut self, name: &'static str, value: impl ToString) -> Self {
        self.hidden.push((name, value.to_string()));
        self
    }

    #[must_use]
    pub fn back(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.back = Some((href.into(), label.into()));
        self
    }

    /// A title above the fields, where another card stands before them.
    #[must_use]
    pub fn headed(mut self, title: &'static str) -> Self {
        self.heading = title;
        self
    }

    /// Opened from a page of this name, to which one may go back without it.
    #[must_use]
    pub fn from(self, href: &str, label: impl Into<String>) -> Self {
        let back = self.shell.w.back();
        self.back(href, label).or(href, back)
    }

    /// A sentence below the title.
    #[must_use]
    pub fn lede(mut self, sentence: impl Into<String>) -> Self {
        self.lede.push(sentence.into());
        self
    }

    #[must_use]
    pub fn narrow(mut self) -> Self {
        self.width = "narrow";
        self
    }

    /// What takes something away.
    #[must_use]
    pub fn grave(mut self) -> Self {
        self.is_grave = true;
        self
    }

    /// Answers few for each address: it checks or makes a secret.
    #[must_use]
    pub fn slow(mut self) -> Self {
        self.is_slow = true;
        self
    }

    /// No search engine shall show it.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.is_unlisted = true;
        self
    }

    #[must_use]
    pub fn button(self, label: impl Into<String>) -> Self {
        self.answer("", "", label)
    }

    /// One of several buttons: what it says under its name.
    #[must_use]
    pub fn answer(mut self, name: &'static str, value: &'static str, label: impl Into<String>) -> Self {
        self.buttons.push(Button { name, value, label: label.into() });
        self
    }

    #[must_use]
    pub fn or(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.ways_out.push((href.into(), label.into()));
        self
    }

    /// Nothing is to be chosen: says so, and where to go instead.
    #[must_use]
    pub fn instead(mut self, sentence: impl Into<String>, href: &str, label: &str) -> Self {
        let way = Some((href.to_owned(), label.to_owned()));
        self.instead = Some(Instead { title: "", sentence: sentence.into(), way });
        self
    }

    /// Nothing is to be chosen, and nothing is to be done about it.
    #[must_use]
    pub fn nothing(mut self, title: &'static str, sentence: impl Into<String>) -> Self {
        self.instead = Some(Instead { title, sentence: sentence.into(), way: None });
        self
    }

    /// What somebody else wrote, to be read first.
    #[must_use]
    pub fn quote(mut self, text: impl Into<String>) -> Self {
        self.quoted = text.into();
        self
    }

    /// What is lacking for the form to be of use, and where to mend that.
    #[must_use]
    pub fn lacks(mut self, sentence: impl Into<String>, href: &str, label: &str) -> Self {
        self.lacks = Some((sentence.into(), href.to_owned(), label.to_owned()));
        self
    }

    /// Shows something before the card of the form.
    pub fn before(mut self, part: &impl Template) -> Result<Self, Problem> {
        self.before += &part.render()?;
        Ok(self)
    }

    /// Shows something at the head of the card.
    pub fn within(mut self, part: &impl Template) -> Result<Self, Problem> {
        self.within += &part.render()?;
        Ok(self)
    }

    /// Shows something after the form.
    pub fn after(mut self, part: &impl Template) -> Result<Self, Problem> {
        self.after += &part.render()?;
        Ok(self)
    }

    /// What stands in its card. A page with a form among other things, or with a button, shows it from here.
    pub const fn element(&self) -> Element<'_, 'v> {
        Element { form: self }
    }

    /// Whether there is anything that could be lost.
    const fn is_filled(&self) -> bool {
        !self.fields.is_empty()
    }
}
