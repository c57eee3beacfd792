//! One question of a form: its name on the wire, its words, and how what was typed is read.

mod shown;
mod texts;

pub use shown::Shown;
pub use texts::{Secret, Text};

use std::marker::PhantomData;
use std::str::FromStr;
use words::Words;

/// A fixed text, in the reader's language.
pub type Label = fn(Words) -> &'static str;

/// What is asked: read from what was typed under its name, or told why it cannot be.
pub trait Ask: Copy + 'static {
    type Value;

    fn look(self) -> Look;

    /// The name on the wire.
    fn name(self) -> &'static str {
        self.look().name
    }

    /// `typed` has each value that came under the name of the field; an empty line is one that is empty.
    fn read(self, typed: &[String], w: Words) -> Result<Self::Value, Unread>;
}

/// Why what came for a field is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// What is to be mended.
    Mistake(String),
    /// No page sends this.
    Forged,
}

impl From<&str> for Unread {
    fn from(sentence: &str) -> Self {
        Self::Mistake(sentence.to_owned())
    }
}

/// How a field looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// On the wire, and as the identifier of the element.
    pub name: &'static str,
    pub label: Label,
    pub help: Option<Label>,
    pub input: Input,
    /// Whether it says that it may be left out.
    pub is_optional: bool,
    /// Whether a browser sends nothing while it is empty.
    pub is_required: bool,
    /// What browsers may fill in: a word of `autocomplete`.
    pub fills: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// The type of the input.
    Line(&'static str),
    /// Several lines.
    Text,
    Select,
    /// One of few, each of them seen.
    Radio,
    /// Any number of them.
    Boxes,
    /// Yes, or not.
    Tick,
    /// A text that is looked up: where it may mean several things they are offered, and one of them is chosen.
    LookUp {
        /// The name of what was chosen.
        chosen: &'static str,
        choose: Label,
    },
}

impl Look {
    pub(super) const fn new(name: &'static str, label: Label, input: Input) -> Self {
        Self { name, label, help: None, input, is_optional: false, is_required: false, fills: "off" }
    }
}

/// A value that has to be there.
pub struct Field<T: FromStr> {
    look: Look,
    missing: Option<Label>,
    wrong: Wrong<T::Err>,
}

enum Wrong<E> {
    Said(Label),
    Why(fn(Words, E) -> String),
}

impl<E> Clone for Wrong<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Wrong<E> {}

impl<T: FromStr> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: FromStr> Copy for Field<T> {}

impl<T: FromStr + 'static> Field<T> {
    const fn new(name: &'static str, label: Label, input: Input, wrong: Label) -> Self {
        let mut look = Look::new(name, label, input);
        look.is_required = true;
        Self { look, missing: None, wrong: Wrong::Said(wrong) }
    }

    pub const fn line(name: &'static str, label: Label, wrong: Label) -> Self {
        Self::new(name, label, Input::Line("text"), wrong)
    }

    pub const fn email(name: &'static str, label: Label, wrong: Label) -> Self {
        Self::new(name, label, Input::Line("email"), wrong)
    }

    pub const fn number(name: &'static str, label: Label, wrong: Label) -> Self {
        Self::new(name, label, Input::Line("number"), wrong)
    }

    pub const fn day(name: &'static str, label: Label, wrong: Label) -> Self {
        Self::new(name, label, Input::Line("date"), wrong)
    }

    pub const fn time(name: &'static str, label: Label, wrong: Label) -> Self {
        Self::new(name, label, Input::Line("time"), wrong)
    }

    /// One of what the form offers.
    pub const fn select(name: &'static str, label: Label, wrong: Label) -> Self {
        Self::new(name, label, Input::Select, wrong)
    }

    /// One of few that the form offers, each of them seen.
    pub const fn radio(name: &'static str, label: Label, wrong: Label) -> Self {
        Self::new(name, label, Input::Radio, wrong)
    }

    pub const fn help(mut self, help: Label) -> Self {
        self.look.help = Some(help);
        self
    }

    /// What is said where nothing was typed.
    pub const fn missing(mut self, missing: Label) -> Self {
        self.missing = Some(missing);
        self
    }

    /// Says why what was typed is none.
    pub const fn why(mut self, why: fn(Words, T::Err) -> String) -> Self {
        self.wrong = Wrong::Why(why);
        self
    }

    /// What browsers may fill in: a word of `autocomplete`.
    pub const fn fills(mut self, with: &'static str) -> Self {
        self.look.fills = with;
        self
    }

    /// The same, where nothing may be typed.
    pub const fn optional(mut self) -> Optional<T> {
        self.look.is_optional = true;
        self.look.is_required = false;
        Optional(self)
    }
}

impl<T: FromStr + 'static> Ask for Field<T> {
    type Value = T;

    fn look(self) -> Look {
        self.look
    }

    fn read(self, typed: &[String], w: Words) -> Result<T, Unread> {
        let typed = line(typed);
        if let (true, Some(missing)) = (typed.is_empty(), self.missing) {
            return Err(missing(w).into());
        }
        typed.parse().map_err(|error| match self.wrong {
            Wrong::Said(said) => said(w).into(),
            Wrong::Why(why) => Unread::Mistake(why(w, error)),
        })
    }
}

/// A value that may be left out.
pub struct Optional<T: FromStr>(Field<T>);

impl<T: FromStr> Clone for Optional<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: FromStr> Copy for Optional<T> {}

impl<T: FromStr + 'static> Ask for Optional<T> {
    type Value = Option<T>;

    fn look(self) -> Look {
        self.0.look
    }

    fn read(self, typed: &[String], w: Words) -> Result<Option<T>, Unread> {
        if line(typed).is_empty() { Ok(None) } else { self.0.read(typed, w).map(Some) }
    }
}

/// A box that is ticked, or not.
#[derive(Debug, Clone, Copy)]
pub struct Tick(Look);

impl Tick {
    /// What comes under the name of a box that is ticked.
    pub const YES: &'static str = "oui";

    pub const fn new(name: &'static str, label: Label) -> Self {
        Self(Look::new(name, label, Input::Tick))
    }
}

impl Ask for Tick {
    type Value = bool;

    fn look(self) -> Look {
        self.0
    }

    fn read(self, typed: &[String], _: Words) -> Result<bool, Unread> {
        Ok(!line(typed).is_empty())
    }
}

/// Any number of what the form offers.
pub struct Several<T> {
    look: Look,
    missing: Option<Label>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Several<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Several<T> {}

impl<T> Several<T> {
    pub const fn boxes(name: &'static str, label: Label) -> Self {
        Self { look: Look::new(name, label, Input::Boxes), missing: None, of: PhantomData }
    }

    pub const fn help(mut self, help: Label) -> Self {
        self.look.help = Some(help);
        self
    }

    /// One of them at least; what is said where none is chosen.
    pub const fn missing(mut self, missing: Label) -> Self {
        self.missing = Some(missing);
        self
    }
}

impl<T: FromStr + 'static> Ask for Several<T> {
    type Value = Vec<T>;

    fn look(self) -> Look {
        self.look
    }

    fn read(self, typed: &[String], w: Words) -> Result<Vec<T>, Unread> {
        let chosen: Result<Vec<T>, _> = typed.iter().map(|one| one.parse()).collect();
        let chosen = chosen.map_err(|_| Unread::Forged)?;
        match self.missing {
            Some(missing) if chosen.is_empty() => Err(missing(w).into()),
            _ => Ok(chosen),
        }
    }
}

pub(super) fn line(typed: &[String]) -> &str {
    typed.first().map(|text| text.trim()).unwrap_or_default()
}

/// An answer that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What tells it from its neighbours.
    pub detail: String,
    /// The language of the label, where it is not the page's; else empty.
    pub language: &'static str,
    /// For a select that belongs to no form.
    pub chosen: bool,
}

impl Choice {
    #[expect(clippy::needless_pass_by_value, reason = "a value as it comes: borrowed, or made for this")]
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self {
            value: value.to_string(),
            label: label.into(),
            detail: String::new(),
            language: "",
            chosen: false,
        }
    }

    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    #[must_use]
    pub fn detailed(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}
