//! What somebody else wrote since a form was drawn.

use super::field::{Choice, Shown};
use super::form::Form;
use crate::frame::sent::{Sent, short};

/// What became of a field while its form was away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Meanwhile {
    #[default]
    Nothing,
    /// Only somebody else changed it: it shows what they wrote.
    Taken,
    /// It shows what was typed; beside it, as it reads, what somebody else wrote.
    Other(String),
}

impl Form<'_> {
    /// Compares what was typed with what is kept now, where that is not what the form was drawn from. Answers whether there is
    /// anything to choose; what only somebody else changed is taken.
    pub(super) fn compare(&mut self, kept: Vec<Vec<String>>, sent: &Sent) -> bool {
        let mut is_changed = false;
        for (number, (field, kept)) in self.fields.iter_mut().zip(kept).enumerate() {
            let Some(drawn) = sent.of_field(number) else { continue };
            let (now, typed) = (short(&kept), short(&field.values));
            if now == drawn || now == typed {
                continue;
            }
            is_changed = true;
            if typed == drawn {
                field.values = kept;
                field.meanwhile = Meanwhile::Taken;
            } else {
                field.meanwhile = Meanwhile::Other(field.read_aloud(&kept));
            }
        }
        is_changed
    }
}

impl Shown {
    /// Values of this field as a reader sees them.
    fn read_aloud(&self, values: &[String]) -> String {
        let label = |value: &String| {
            let choice = self.choices.iter().find(|choice: &&Choice| choice.value == *value);
            choice.map_or_else(|| value.clone(), |choice| choice.label.clone())
        };
        let read: Vec<String> = values.iter().filter(|value| !value.is_empty()).map(label).collect();
        if read.is_empty() { self.w.nothing_saved().to_owned() } else { read.join(", ") }
    }
}
