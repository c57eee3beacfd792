//! Words as they come: any text, and passwords.

use super::{Ask, Input, Label, Look, Unread, line};
use words::Words;

/// Words of the reader's own, cut of what surrounds them; nothing is a text too.
#[derive(Debug, Clone, Copy)]
pub struct Text(Look);

impl Text {
    pub const fn new(name: &'static str, label: Label) -> Self {
        Self(Look::new(name, label, Input::Text))
    }

    /// On one line.
    pub const fn line(name: &'static str, label: Label) -> Self {
        Self(Look::new(name, label, Input::Line("text")))
    }

    pub const fn email(name: &'static str, label: Label) -> Self {
        Self(Look::new(name, label, Input::Line("email")))
    }

    pub const fn day(name: &'static str, label: Label) -> Self {
        Self(Look::new(name, label, Input::Line("date")))
    }

    /// One of what the form offers.
    pub const fn select(name: &'static str, label: Label) -> Self {
        Self(Look::new(name, label, Input::Select))
    }

    /// One of few that the form offers, each of them seen.
    pub const fn radio(name: &'static str, label: Label) -> Self {
        Self(Look::new(name, label, Input::Radio))
    }

    pub const fn help(mut self, help: Label) -> Self {
        self.0.help = Some(help);
        self
    }

    pub const fn optional(mut self) -> Self {
        self.0.is_optional = true;
        self
    }
}

impl Ask for Text {
    type Value = String;

    fn look(self) -> Look {
        self.0
    }

    fn read(self, typed: &[String], _: Words) -> Result<String, Unread> {
        Ok(line(typed).replace("\r\n", "\n"))
    }
}

/// A password: as it was typed, and never shown again.
#[derive(Debug, Clone, Copy)]
pub struct Secret {
    look: Look,
    missing: Label,
}

impl Secret {
    /// `fills` says which of one's passwords it is: a word of `autocomplete`; `missing` is said where nothing was typed.
    pub const fn new(name: &'static str, label: Label, fills: &'static str, missing: Label) -> Self {
        let mut look = Look::new(name, label, Input::Line(PASSWORD));
        look.is_required = true;
        look.fills = fills;
        Self { look, missing }
    }

    pub const fn help(mut self, help: Label) -> Self {
        self.look.help = Some(help);
        self
    }
}

impl Ask for Secret {
    type Value = String;

    fn look(self) -> Look {
        self.look
    }

    fn read(self, typed: &[String], w: Words) -> Result<String, Unread> {
        match typed.first().filter(|typed| !typed.is_empty()) {
            Some(typed) => Ok(typed.clone()),
            None => Err((self.missing)(w).into()),
        }
    }
}

/// The type of an input that shows nothing of what is typed.
pub(super) const PASSWORD: &str = "password";
