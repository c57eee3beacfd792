//! The fields of a form: label, help, what was typed, and what is to be mended.

use super::mistakes::Mistakes;
use askama::Template;
use domain::calendar::Day;
use words::Words;

/// One field, as the page shows it.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    pub id: &'static str,
    label: String,
    help: String,
    /// As it was typed.
    value: String,
    pub mistake: String,
    /// What stands beside the label of a field that may stay empty.
    optional: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// The type of the input.
    Input(&'static str),
    Select(Vec<Choice>),
    /// A text that was typed, and what it may mean.
    Lookup {
        legend: String,
        name: &'static str,
        choices: Vec<Choice>,
    },
}

/// An answer that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What tells it from its neighbours.
    pub detail: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), label: label.into(), detail: String::new(), chosen }
    }

    #[must_use]
    pub fn detailed(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

impl Field {
    fn new(id: &'static str, label: impl Into<String>, value: impl Into<String>, kind: Kind) -> Self {
        Self {
            id,
            label: label.into(),
            help: String::new(),
            value: value.into(),
            mistake: String::new(),
            optional: "",
            kind,
        }
    }

    /// A line of text; `input` is the type that the browser knows it by.
    pub fn input(
        id: &'static str,
        input: &'static str,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(id, label, value, Kind::Input(input))
    }

    /// A date. What was typed and is none stays as it is, in a field that can hold it.
    pub fn date(id: &'static str, label: impl Into<String>, typed: impl Into<String>) -> Self {
        let typed = typed.into();
        match typed.parse::<Day>() {
            Ok(day) => Self::input(id, "date", label, day.iso()),
            Err(_) if typed.is_empty() => Self::input(id, "date", label, typed),
            Err(_) => Self::input(id, "text", label, typed),
        }
    }

    pub fn select(id: &'static str, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(id, label, "", Kind::Select(choices))
    }

    /// A text that is looked up: when it may mean several things, they are offered under `name`.
    pub fn lookup(
        id: &'static str,
        name: &'static str,
        label: impl Into<String>,
        value: impl Into<String>,
        legend: String,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(id, label, value, Kind::Lookup { legend, name, choices })
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    #[must_use]
    pub fn optional(mut self, w: Words) -> Self {
        self.optional = w.optional();
        self
    }

    /// Takes what is said of this field from what is said of the form.
    #[must_use]
    pub fn mended_by(mut self, mistakes: &Mistakes) -> Self {
        self.mistake = mistakes.of(self.id).to_owned();
        self
    }

    fn described_by(&self) -> String {
        let help = (!self.help.is_empty()).then(|| format!("{}-aide", self.id));
        let mistake = (!self.mistake.is_empty()).then(|| format!("{}-motif", self.id));
        help.into_iter().chain(mistake).collect::<Vec<_>>().join(" ")
    }
}
