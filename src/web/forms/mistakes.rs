//! What is to be mended in a form: said next to its field, and summed up at the top.

use std::str::FromStr;

/// Sentences by the field that they are about, in the order of the form.
#[derive(Debug, Clone, Default)]
pub struct Mistakes(Vec<(&'static str, String)>);

impl Mistakes {
    pub fn one(field: &'static str, sentence: impl Into<String>) -> Self {
        let mut mistakes = Self::default();
        mistakes.add(field, sentence);
        mistakes
    }

    pub fn add(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.0.push((field, sentence.into()));
    }

    /// Takes what was read, or notes its mistake.
    pub fn read<T, E>(
        &mut self,
        field: &'static str,
        read: Result<T, E>,
        sentence: impl Into<String>,
    ) -> Option<T> {
        if read.is_err() {
            self.add(field, sentence);
        }
        read.ok()
    }

    /// Keeps a value that parses; says why of one that does not. Nothing typed is nothing.
    pub fn parse<T: FromStr>(
        &mut self,
        field: &'static str,
        typed: &str,
        sentence: impl FnOnce(T::Err) -> String,
    ) -> Option<T> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        typed.parse().map_err(|why| self.add(field, sentence(why))).ok()
    }

    /// Puts them in the order of the form; what is about none of its fields comes first.
    pub fn sort_by(&mut self, place: impl Fn(&str) -> Option<usize>) {
        self.0.sort_by_key(|(field, _)| place(field));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence beside a field; empty when there is nothing to say.
    pub fn of(&self, field: &str) -> &str {
        self.0.iter().find(|(at, _)| *at == field).map_or("", |(_, sentence)| sentence)
    }

    pub fn all(&self) -> &[(&'static str, String)] {
        &self.0
    }
}
