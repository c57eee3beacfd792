//! A field as a page shows it.

use super::texts::PASSWORD;
use super::{Choice, Input, Look, Tick};
use crate::forms::meanwhile::Meanwhile;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::calendar::Day;
use words::Words;

/// A field on a page: as it was typed, with what may be chosen and what is to be mended.
#[derive(Debug, Template)]
#[template(path = "forms/field.html")]
pub struct Shown {
    pub w: Words,
    pub look: Look,
    pub values: Vec<String>,
    pub choices: Vec<Choice>,
    /// Whether its values are what is kept, and not only proposed.
    pub is_kept: bool,
    pub mistake: String,
    pub meanwhile: Meanwhile,
    /// What to look at before one answers: an address and its words.
    pub see: Option<(String, String)>,
    /// The groups that begin with this field: the class and the legend of each.
    pub opens: Vec<(&'static str, &'static str)>,
    /// How many groups end after it.
    pub closes: usize,
}

impl HtmlSafe for Shown {}

impl Shown {
    fn label(&self) -> &'static str {
        (self.look.label)(self.w)
    }

    fn help(&self) -> &'static str {
        self.look.help.map(|help| help(self.w)).unwrap_or_default()
    }

    /// What stands above what is offered.
    fn legend(&self) -> &'static str {
        match self.look.input {
            Input::LookUp { choose, .. } => choose(self.w),
            _ => self.label(),
        }
    }

    fn id(&self) -> &'static str {
        self.look.name
    }

    fn value(&self) -> &str {
        if matches!(self.look.input, Input::Line(PASSWORD)) {
            return "";
        }
        self.values.first().map(String::as_str).unwrap_or_default()
    }

    fn is_chosen(&self, choice: &Choice) -> bool {
        self.values.contains(&choice.value)
    }

    /// What was typed for a date and is none stays, in an input that can hold it.
    fn kind_of(&self, kind: &'static str) -> &'static str {
        let is_day = || self.value().is_empty() || self.value().parse::<Day>().is_ok();
        if kind == "date" && !is_day() { "text" } else { kind }
    }

    fn described_by(&self) -> String {
        let help = (!self.help().is_empty()).then(|| format!("{}-aide", self.id()));
        let meanwhile = (self.meanwhile != Meanwhile::Nothing).then(|| format!("{}-entre-temps", self.id()));
        let mistake = (!self.mistake.is_empty()).then(|| format!("{}-motif", self.id()));
        help.into_iter().chain(meanwhile).chain(mistake).collect::<Vec<_>>().join(" ")
    }
}
