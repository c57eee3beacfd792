//! What a text means that was typed by a few letters: one thing, or several to choose from.

use super::field::{Ask, Choice, Input, Label, Look, Unread, line};
use super::form::Form;
use domain::reference::{self, Commune};
use domain::text::search_key;
use words::Words;

/// More than any name has namesakes.
const OFFERED: usize = 30;

/// What was typed turned out to mean.
pub enum Meaning<T> {
    Nothing,
    One(T),
    Several(Vec<Choice>),
    Unknown,
}

/// A text that is looked up. Where it means several things they are offered beside it.
#[derive(Debug, Clone, Copy)]
pub struct LookUp {
    look: Look,
    chosen: &'static str,
    several: Label,
    unknown: Label,
}

impl LookUp {
    /// `chosen` is the name of what was chosen; `choose` stands above what is offered; `several` and `unknown` are said of what
    /// was typed.
    pub const fn new(
        name: &'static str,
        chosen: &'static str,
        label: Label,
        (choose, several, unknown): (Label, Label, Label),
    ) -> Self {
        let look = Look::new(name, label, Input::LookUp { chosen, choose });
        Self { look, chosen, several, unknown }
    }

    pub const fn help(mut self, help: Label) -> Self {
        self.look.help = Some(help);
        self
    }

    pub const fn optional(mut self) -> Self {
        self.look.is_optional = true;
        self
    }

    /// The name of what was chosen.
    pub const fn chosen(self) -> &'static str {
        self.chosen
    }
}

impl Ask for LookUp {
    type Value = String;

    fn look(self) -> Look {
        self.look
    }

    fn read(self, typed: &[String], _: Words) -> Result<String, Unread> {
        Ok(line(typed).to_owned())
    }
}

/// What stands in the way is shown in the form.
pub struct Unfound;

impl Form<'_> {
    /// What was meant in a field, if anything. `mean` gets what was typed and what was chosen.
    pub fn find<T>(
        &mut self,
        field: LookUp,
        mean: impl FnOnce(&str, &str) -> Meaning<T>,
    ) -> Result<Option<T>, Unfound> {
        let typed = self.get(field).unwrap_or_default();
        let w = self.words();
        match mean(&typed, self.sent(field.chosen)) {
            Meaning::Nothing => Ok(None),
            Meaning::One(meant) => Ok(Some(meant)),
            Meaning::Several(choices) => {
                self.offer(field, choices);
                self.mend(field, (field.several)(w)).ok_or(Unfound)
            }
            Meaning::Unknown => self.mend(field, (field.unknown)(w)).ok_or(Unfound),
        }
    }
}

/// Which municipality was meant, by a name, a postal code or the code of the State.
pub fn commune(typed: &str, chosen: &str, offered: fn(&Commune) -> Choice) -> Meaning<&'static Commune> {
    let named = search_key(typed);
    if named.is_empty() {
        return Meaning::Nothing;
    }
    let found = reference::communes_matching(typed, OFFERED);
    if let Some(one) = found.iter().find(|one| one.code == chosen) {
        return Meaning::One(one);
    }
    let namesakes: Vec<&'static Commune> =
        found.iter().copied().filter(|one| search_key(one.name) == named).collect();
    // The code of one is the postal code of another: five digits alone may mean several too.
    match if namesakes.is_empty() { found } else { namesakes }.as_slice() {
        [] => Meaning::Unknown,
        [one] => Meaning::One(one),
        several => Meaning::Several(several.iter().map(|one| offered(one)).collect()),
    }
}

/// A municipality as it is offered: its name, its postal code and its département.
pub fn by_post(one: &Commune) -> Choice {
    let department = reference::department(one.department).map(|of| of.name).unwrap_or_default();
    let postal = one.postal_codes().next().unwrap_or_default();
    Choice::new(one.code, one.name).detailed(format!("{postal} {department}").trim())
}
